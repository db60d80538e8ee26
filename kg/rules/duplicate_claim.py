"""One source should not be made to say the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import Claim, FactSet

CODE = Code("duplicate-claim", "consistency", Severity.WARNING, "two claims say the same")


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Claims that differ from an earlier one in no more than passage, tags and note."""
    seen: dict[object, Claim] = {}
    for claim in facts.claims.values():
        first = seen.setdefault(what_it_says(claim), claim)
        if first is not claim:
            yield Diagnostic(
                CODE,
                f"'{claim.id}' says the same as '{first.id}'",
                claim.places.declared,
                "keep one, with both passages in a list",
                (Related(first.places.declared, "it is said here first"),),
            )


def what_it_says(claim: Claim) -> object:
    """All in which claims that say the same agree."""
    return (
        claim.subject,
        claim.relation,
        claim.object,
        claim.source,
        claim.polarity,
        claim.modality,
        frozenset(claim.conditions),
        claim.degree,
        claim.when,
        claim.said_by,
        claim.quantity,
        claim.place,
        claim.against,
        claim.manner,
        claim.basis,
        claim.about,
    )
