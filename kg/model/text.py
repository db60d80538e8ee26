"""Texts with a place: what was read, and where in it something stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file of a workspace as it was read, before anything is made of it."""

    path: str  #: relative to the workspace, with `/` on every system
    data: bytes


class Span(NamedTuple):
    """A stretch of a file: lines and columns count from 1 in code points, the end is excluded."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"
