"""How the ranks of a measure shift from one network to another: between lenses, or over time."""

from __future__ import annotations

from kg.model.table import Cell, Table

_RANKED = ("rank", "actor", "name")  #: how the table of a measure with ranks begins


class NoRanksError(ValueError):
    """A measure has no ranks that could be compared."""


def shifts(before: Table, after: Table) -> Table:
    """Ranks and figures of a measure on two networks side by side, the greatest shifts first.

    A shift is how many places an actor climbs; one that falls has a negative one. An actor without
    a figure on one side has no rank there and no shift.

    Raises:
        NoRanksError: if the measure has no ranks.
    """
    if before.columns[:3] != _RANKED or before.columns != after.columns:
        raise NoRanksError(f"'{before.title}' has no ranks to compare")
    old, new = _by_actor(before), _by_actor(after)
    rows = [_row(actor, old.get(actor), new.get(actor)) for actor in {**old, **new}]
    order = sorted(range(len(rows)), key=lambda at: _order(rows[at]))
    claims = [_claims(row[0], before, after) for row in rows]
    figure = before.columns[-2]
    return Table(
        ("actor", "name", "rank_before", "rank_after", "shift",
         f"{figure}_before", f"{figure}_after", "claims"),
        tuple((*rows[at], len(claims[at])) for at in order),
        f"{before.title}, compared",
        (*before.notes[:-1], f"Before: {before.notes[-1]}", f"After: {after.notes[-1]}"),
        tuple(claims[at] for at in order),
    )  # fmt: skip


def _by_actor(table: Table) -> dict[Cell, tuple[Cell, ...]]:
    return {row[1]: row for row in table.rows}


def _row(
    actor: Cell, old: tuple[Cell, ...] | None, new: tuple[Cell, ...] | None
) -> tuple[Cell, ...]:
    known = new or old
    assert known is not None, "an actor is in one of the tables at least"
    ranks = (old[0] if old else None, new[0] if new else None)
    shift = ranks[0] - ranks[1] if all(isinstance(rank, int) for rank in ranks) else None  # type: ignore[operator]
    figures = (old[-2] if old else None, new[-2] if new else None)
    return (actor, known[2], *ranks, shift, *figures)


def _order(row: tuple[Cell, ...]) -> tuple[int, str]:
    shift = row[4]
    return (-abs(shift) if isinstance(shift, int) else 0, str(row[1]))


def _claims(actor: Cell, *tables: Table) -> tuple[str, ...]:
    """The claims behind the figures of an actor, on either side."""
    found: dict[str, None] = {}
    for table in tables:
        for row, claims in zip(table.rows, table.evidence, strict=True):
            if row[1] == actor:
                found.update(dict.fromkeys(claims))
    return tuple(found)
