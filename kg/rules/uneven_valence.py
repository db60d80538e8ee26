"""A symmetric relation must help or hurt both of its sides alike."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet

CODE = Code(
    "uneven-valence",
    "ontology",
    Severity.ERROR,
    "a symmetric relation has a different valence for each side",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Symmetric relations whose sides differ."""
    for relation in facts.vocabulary.relations.values():
        valence = relation.valence
        if relation.symmetric and valence.subject != valence.object:
            yield Diagnostic(
                CODE,
                f"'{relation.id}' is symmetric, but its valence is {valence.subject} for the "
                f"subject and {valence.object} for the object",
                relation.places.key("valence"),
                "give both sides the same valence, or say 'symmetric: false'",
            )
