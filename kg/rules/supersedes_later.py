"""What was published earlier cannot correct what came after it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import Claim, FactSet
from kg.model.interval import Bound

CODE = Code(
    "supersedes-later",
    "consistency",
    Severity.WARNING,
    "a claim supersedes one of a later source",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Claims whose source was published before that of a claim that they supersede."""
    told: set[tuple[str, str]] = set()
    for claim in facts.claims.values():
        for id in claim.supersedes:
            other = facts.claims[id]
            published, then = _published(claim, facts), _published(other, facts)
            if not (published and then and published.latest < then.earliest):
                continue
            if (claim.fact, other.fact) not in told:
                told.add((claim.fact, other.fact))
                yield Diagnostic(
                    CODE,
                    f"'{claim.fact}' was published before '{other.fact}', which it supersedes",
                    claim.places.value("supersedes"),
                    "check which of the two came first, or write 'disputes' instead",
                    (Related(other.places.declared, "it is made here"),),
                )


def _published(claim: Claim, facts: FactSet) -> Bound | None:
    return facts.sources[claim.source].published
