"""What follows from assuming scenarios: those that they imply, and those that they rule out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model.facts import Condition, FactSet
from kg.reach import reached_from


def consequences(assumed: Iterable[Condition], facts: FactSet) -> frozenset[Condition]:
    """What is assumed, with all that follows from it.

    What implies something that is ruled out is ruled out with it.
    """
    return followed(assumed, implications(facts))


def followed(
    assumed: Iterable[Condition], follows: Mapping[Condition, Iterable[Condition]]
) -> frozenset[Condition]:
    """What is assumed, with all that follows from it by what the scenarios imply."""
    return reached_from(assumed, follows)


def torn(assumed: frozenset[Condition]) -> frozenset[str]:
    """The scenarios that are both taken as given and ruled out."""
    return frozenset(c.scenario for c in assumed if not c.is_ruled_out and c.opposite in assumed)


def implications(facts: FactSet) -> Mapping[Condition, list[Condition]]:
    """What each scenario brings, and what follows where one is ruled out."""
    follows: dict[Condition, list[Condition]] = {}
    for entity in facts.entities.values():
        for implied in entity.implies:
            scenario = Condition(entity.id)
            follows.setdefault(scenario, []).append(implied)
            follows.setdefault(implied.opposite, []).append(scenario.opposite)
    return follows
