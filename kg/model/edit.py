"""Changes to the texts of a workspace, as values: nothing is written by making one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kg.model.text import Span


class Edit(NamedTuple):
    """A text to put in place of what a span covers; where the span is empty, it is put in."""

    span: Span
    text: str  #: lines end with `\\n`, whatever they end with in the file


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to put right what a diagnostic found."""

    title: str  #: what it does, as an order: `replace 'rusia' by 'russia'`
    edits: tuple[Edit, ...]
    is_safe: bool = True  #: it cannot change what is meant: it may be made unseen
