"""Who says something is somebody, or something that can be read."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet
from kg.model.vocabulary import ACTOR, DOCUMENT, indefinite

CODE = Code(
    "not-a-voice",
    "ontology",
    Severity.ERROR,
    "a link of a chain is neither an actor nor a document",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Links of chains that are of a type that says nothing, such as a scenario or a place."""
    told: set[tuple[str, int]] = set()
    for claim in facts.claims.values():
        for index, link in enumerate(claim.said_by):
            type_ = facts.type_of(link.speaker) if link.speaker is not None else None
            if type_ is None or facts.vocabulary.may_be(type_, (ACTOR, DOCUMENT)):
                continue
            if (claim.fact, index) in told:
                continue
            told.add((claim.fact, index))
            assert link.speaker is not None
            yield Diagnostic(
                CODE,
                f"'{link.speaker}' is {indefinite(type_)}, which says nothing",
                claim.places.value("said_by", index),
                "name who says it: an actor, or a source that it was read in",
            )
