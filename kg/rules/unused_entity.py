"""What is declared and never used is often a misspelling, or a claim that was forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet

CODE = Code(
    "unused-entity", "hygiene", Severity.WARNING, "an entity or a source is used by no claim"
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Entities and sources that nothing refers to."""
    used = set(facts.mentioned)
    used |= {source.publisher for source in facts.sources.values() if source.publisher}
    used |= {id for source in facts.sources.values() for id in source.based_on}
    used |= {each.scenario for entity in facts.entities.values() for each in entity.implies}
    used |= {id for entity in facts.entities.values() for id in entity.close_match}
    for noun, things in (("entity", facts.entities), ("source", facts.sources)):
        for id, thing in things.items():
            if id not in used:
                yield Diagnostic(
                    CODE,
                    f"the {noun} '{id}' is used by no claim",
                    thing.places.declared,
                    "add the claim that needs it, or delete it",
                )
