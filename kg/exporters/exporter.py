"""What an exporter is: for kg's own formats and for those of other packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.scene import Scene


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format that a scene can be written in."""

    name: str  #: what `kg export` calls it
    summary: str  #: one line for the list: what it is, and for whom
    #: The files of an export by name. No claim that is denied or not in force may become an edge
    #: in them, and they name the lens and the claims behind every edge.
    export: Callable[[Scene], Mapping[str, bytes]]
