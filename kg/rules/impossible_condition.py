"""A claim that hangs on what cannot come true together never holds."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet
from kg.scenarios import consequences, torn

CODE = Code(
    "impossible-condition",
    "consistency",
    Severity.ERROR,
    "a claim hangs on scenarios that cannot come true together",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Facts with several conditions of which one rules another out."""
    told: set[str] = set()
    for claim in facts.claims.values():
        if len(claim.conditions) < 2 or claim.fact in told:
            continue
        both = torn(consequences(claim.conditions, facts))
        alone = (torn(consequences((each,), facts)) for each in claim.conditions)
        if both and not any(alone):
            told.add(claim.fact)
            yield Diagnostic(
                CODE,
                f"where these come true, '{min(both)}' would both come true and be ruled out",
                claim.places.value("condition"),
                "drop one of them, or write two facts",
            )
