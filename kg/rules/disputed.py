"""Where one claim affirms what another denies, or speaks against it, the reader must know."""

from __future__ import annotations

from collections.abc import Iterator

from kg.disputes import is_decided, opposed
from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import Claim, FactSet
from kg.model.text import Span

CODE = Code("disputed", "consistency", Severity.NOTE, "one claim affirms what another denies")


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Each denial with an affirmation that it disputes, and each claim that disputes another."""
    for denial, claim in opposed(facts):
        if is_decided(denial, claim, facts):
            continue
        message = f"'{denial.id}' denies what '{claim.id}' affirms"
        yield _diagnostic(message, denial.places.value("polarity"), claim, "it is affirmed here")
    for claim in facts.claims.values():
        for other in claim.disputes:
            message = f"'{claim.id}' disputes '{other}'"
            span = claim.places.value("disputes")
            yield _diagnostic(message, span, facts.claims[other], "it is made here")


def _diagnostic(message: str, span: Span, other: Claim, there: str) -> Diagnostic:
    hint = "both stand: whoever looks at the edge is told that it is disputed"
    return Diagnostic(CODE, message, span, hint, (Related(other.places.declared, there),))
