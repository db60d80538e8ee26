"""Where some sources carry a mark, one without may be forgotten, and is never handed on."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet

CODE = Code(
    "unmarked-source", "hygiene", Severity.NOTE, "a source has no mark where others have one"
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Sources without a mark in a workspace that marks, and says nothing for the rest."""
    claims = facts.claims.values()
    marks = any(s.marking for s in facts.sources.values()) or any(c.marking for c in claims)
    if not marks or facts.profile.marking is not None:
        return
    for source in facts.sources.values():
        if source.marking is None:
            yield Diagnostic(
                CODE,
                f"the source '{source.id}' has no mark",
                source.places.declared,
                "give it a 'marking', or kg.yaml one for all: without, '--marking' leaves it out",
            )
