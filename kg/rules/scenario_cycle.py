"""A scenario that implies itself is two names of one thing."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet
from kg.reach import cycles

CODE = Code("scenario-cycle", "consistency", Severity.ERROR, "a scenario implies itself")


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Scenarios whose `implies` leads back to them."""
    follows = {
        entity.id: tuple(each.scenario for each in entity.implies if not each.is_ruled_out)
        for entity in facts.entities.values()
        if entity.implies
    }
    for id in cycles(follows):
        yield Diagnostic(
            CODE,
            f"'{id}' implies itself",
            facts.entities[id].places.value("implies"),
            "name under 'implies' only what comes true because of it",
        )
