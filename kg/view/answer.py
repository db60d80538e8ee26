"""Which claims an answer is about, so that it can be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model.facts import Claim, FactSet
from kg.model.table import Cell, Table

#: No page holds more rows of an answer than that.
MOST_ROWS = 1000


def claims_of(answer: Table, facts: FactSet) -> Mapping[str, Claim]:
    """The claims that an answer names; else those between the things that one row names.

    Where no row names two things, the claims between all things of the answer.
    """
    rows = [[name for cell in row if (name := named(cell, facts))] for row in answer.rows]
    found = {name for row in rows for name in row if name in facts.claims}
    if not found:
        found = {id for row in answer.rows for id in _meant(row, facts)}
    if not found:
        found = set(_between([name for row in rows for name in row], facts))
    return {id: claim for id, claim in facts.claims.items() if id in found}


def named(cell: Cell, facts: FactSet) -> str | None:
    """The id of the claim, entity or source that a cell names, as `c:ID`, `e:ID` or `s:ID`."""
    if not isinstance(cell, str):
        return None
    prefix, colon, id_ = cell.partition(":")
    kinds: Mapping[str, Mapping[str, object]] = {
        "c": facts.claims,
        "e": facts.entities,
        "s": facts.sources,
    }
    return id_ if colon and id_ in kinds.get(prefix, {}) else None


def _meant(row: Iterable[Cell], facts: FactSet) -> Iterator[str]:
    """The claims between things of a row; only of its relations where it names any."""
    cells = list(row)
    names = [name for cell in cells if (name := named(cell, facts))]
    relations = {
        str(cell).removeprefix("kg:") for cell in cells
    } & facts.vocabulary.relations.keys()
    for id in _between(names, facts) if len(set(names)) > 1 else ():
        if not relations or facts.claims[id].relation in relations:
            yield id


def _between(things: Iterable[str], facts: FactSet) -> Iterator[str]:
    """The claims whose subject and object are both among some things."""
    among = set(things)
    for thing in sorted(among):
        for claim in facts.mentions.get(thing, ()):
            if claim.subject == thing and claim.object in among:
                yield claim.id
