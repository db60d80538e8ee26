"""Tables: what a question is answered with, before anybody formats it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

Cell = str | bool | int | float | None


def cell_text(cell: Cell) -> str:
    """A cell as text: nothing for no value, `true` or `false` as SPARQL writes them."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of plain values. `None` is a cell without a value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    #: for each row the ids of the claims that it rests on; empty where the table knows of none
    evidence: tuple[tuple[str, ...], ...] = ()

    def column(self, name: str) -> tuple[Cell, ...]:
        """What stands in a column, from the first row to the last.

        Raises:
            ValueError: if no column has that name.
        """
        at = self.columns.index(name)
        return tuple(row[at] for row in self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame; title, notes and evidence stay with the table.

        Raises:
            ImportError: if pandas is not installed, which kg itself does without.
        """
        try:
            import pandas
        except ImportError:
            raise ImportError("data frames need pandas: pip install 'actor-kg[pandas]'") from None
        return pandas.DataFrame(list(self.rows), columns=list(self.columns))
