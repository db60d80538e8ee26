"""A claim cannot be handed on more freely than the source that it comes through."""

from __future__ import annotations

from collections.abc import Iterator

from kg.marking import marking_of
from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet

CODE = Code(
    "marking-below-source",
    "evidence",
    Severity.WARNING,
    "a claim has a milder mark than its source",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Facts whose mark is milder than the one that they get from their sources."""
    told: set[str] = set()
    for claim in facts.claims.values():
        if claim.marking is None or claim.fact in told:
            continue
        strictest = marking_of(claim, facts)
        if strictest in (None, claim.marking):
            continue
        told.add(claim.fact)
        yield Diagnostic(
            CODE,
            f"'{claim.fact}' is marked {claim.marking}, and comes through what is {strictest}",
            claim.places.value("marking"),
            "the stricter mark holds: drop the milder one, or mark the source anew",
        )
