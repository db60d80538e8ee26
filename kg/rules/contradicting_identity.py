"""Whether entities are one has one answer: decisions that speak against each other have none."""

from __future__ import annotations

from collections.abc import Iterator

from kg.identity import contradictions
from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet

CODE = Code(
    "contradicting-identity",
    "consistency",
    Severity.ERROR,
    "decisions on which entities are the same contradict each other",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Decisions on identity that cannot be followed together."""
    for each in contradictions(facts):
        yield Diagnostic(
            CODE,
            each.message,
            each.identity.places.value("entities"),
            each.hint,
            tuple(
                Related(other.places.value("entities"), f"'{other.id}' says that they are the same")
                for other in each.others
            ),
        )
