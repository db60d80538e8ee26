"""Where one claim denies what another affirms, or disputes it, the reader must know."""

from __future__ import annotations

from collections.abc import Iterator

from kg.conflicts import is_decided, opposite_claims
from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import Claim, FactSet
from kg.model.text import Span

CODE = Code(
    "disputed", "consistency", Severity.NOTE, "one claim denies or disputes what another says"
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Facts of which one denies or disputes the other, where nobody decided between them."""
    told: set[tuple[str, str]] = set()
    for claim, other, message, span, there in _found(facts):
        pair = (claim.fact, other.fact)
        if pair not in told and not is_decided(claim, other, facts):
            told.add(pair)
            hint = "both stand: whoever looks at the edge is told that it is disputed"
            yield Diagnostic(CODE, message, span, hint, (Related(other.places.declared, there),))


def _found(facts: FactSet) -> Iterator[tuple[Claim, Claim, str, Span, str]]:
    for claim in facts.claims.values():
        for id in (each for each in claim.disputes if each not in claim.supersedes):
            other = facts.claims[id]
            message, span = f"'{claim.id}' disputes '{id}'", claim.places.value("disputes")
            yield claim, other, message, span, "it is made here"
    for denial, claim in opposite_claims(facts):
        if set(denial.conditions) == set(claim.conditions):
            message = f"'{denial.id}' denies what '{claim.id}' affirms"
            yield denial, claim, message, denial.places.value("polarity"), "it is affirmed here"
