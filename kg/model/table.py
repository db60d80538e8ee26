"""Tables: what a question is answered with, before anybody formats it."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of plain values. `None` is a cell without a value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    #: for each row the ids of the claims that it rests on; empty where the table knows of none
    evidence: tuple[tuple[str, ...], ...] = ()
