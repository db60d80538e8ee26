"""Of two claims, only one can take the other's place."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet
from kg.reach import cycles

CODE = Code("supersedes-cycle", "consistency", Severity.ERROR, "a claim takes the place of itself")


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Facts with a claim whose `supersedes` leads back to it."""
    told: set[str] = set()
    for id in cycles({claim.id: claim.supersedes for claim in facts.claims.values()}):
        claim = facts.claims[id]
        if claim.fact not in told:
            told.add(claim.fact)
            yield Diagnostic(
                CODE,
                f"'{id}' would take the place of itself",
                claim.places.value("supersedes"),
                "the later claim supersedes the earlier one, and not the other way round",
            )
