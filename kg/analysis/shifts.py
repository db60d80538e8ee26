"""How the ranks of a measure shift from one network to another: between lenses, or over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.analysis.ranking import NoRanksError, ranks_of
from kg.model.table import Cell, Table


def shifts(before: Table, after: Table) -> Table:
    """Ranks and figures of a measure on two networks side by side, the greatest shifts first.

    A shift is how many places an actor climbs; it is negative where it falls. An actor without a
    figure on one side has no rank there, and no shift. The claims are those behind either figure.

    Raises:
        NoRanksError: if the measure has no ranks.

    >>> from kg.analysis.centrality import degree
    >>> from kg.network import sketch
    >>> before, after = sketch("a > b", "b > c"), sketch("a > b", "a > c")
    >>> [row[1:5] for row in shifts(degree(before), degree(after)).rows]
    [('A', 2, 1, 1), ('B', 1, 2, -1), ('C', 2, 2, 0)]
    """
    if before.columns != after.columns:
        raise NoRanksError(f"'{before.title}' and '{after.title}' have no ranks to compare")
    old, new = _places(before), _places(after)
    actors = sorted({**old, **new}, key=lambda actor: _order(old.get(actor), new.get(actor)))
    figure = before.columns[-2]
    evidence = tuple(_claims(old.get(actor), new.get(actor)) for actor in actors)
    columns = ("actor", "name", "rank_was", "rank_is", "shift",
               f"{figure}_was", f"{figure}_is", "claims")  # fmt: skip
    return Table(
        columns,
        tuple(
            (actor, *_row(old.get(actor), new.get(actor)), len(claims))
            for actor, claims in zip(actors, evidence, strict=True)
        ),
        f"{before.title}, compared",
        (*before.notes[:-1], f"Before: {before.notes[-1]}", f"After: {after.notes[-1]}"),
        evidence,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an actor stands in one of the tables."""

    name: str
    rank: int
    figure: Cell
    claims: tuple[str, ...]


def _places(table: Table) -> Mapping[str, _Place]:
    ranks, figures = ranks_of(table), table.column(table.columns[-2])
    rows = zip(table.rows, figures, table.evidence, strict=True)
    return {
        str(actor): _Place(str(name), ranks[str(actor)] or 0, figure, claims)
        for (_, actor, name, *_), figure, claims in rows
    }


def _row(old: _Place | None, new: _Place | None) -> tuple[Cell, ...]:
    known = new or old
    return (
        known.name if known else None,
        old.rank if old else None,
        new.rank if new else None,
        _shift(old, new),
        old.figure if old else None,
        new.figure if new else None,
    )


def _shift(old: _Place | None, new: _Place | None) -> int | None:
    return old.rank - new.rank if old and new else None


def _order(old: _Place | None, new: _Place | None) -> tuple[int, int, str]:
    shift, known = _shift(old, new), new or old
    return -abs(shift or 0), known.rank if known else 0, known.name if known else ""


def _claims(*places: _Place | None) -> tuple[str, ...]:
    """The claims behind the figures of an actor, on either side."""
    return tuple(dict.fromkeys(claim for place in places if place for claim in place.claims))
