"""A thing is seldom related to itself."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet

CODE = Code("self-relation", "consistency", Severity.WARNING, "a claim relates a thing to itself")


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Claims whose subject is their object."""
    for claim in facts.claims.values():
        if claim.subject == claim.object:
            yield Diagnostic(
                CODE,
                f"'{claim.id}' relates '{claim.subject}' to itself",
                claim.places.value("object", claim.index[2]),
                "name the other side",
            )
