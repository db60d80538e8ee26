"""A source that is read needs a date, or its claims have no time."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet
from kg.reading import keys
from kg.reading.shape import is_meant

CODE = Code("undated-source", "time", Severity.WARNING, "a source that claims rest on has no date")


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Sources of claims that have no `published`."""
    read = {claim.source for claim in facts.claims.values()}
    for source in facts.sources.values():
        if source.id not in read or source.published is not None:
            continue
        if not is_meant("published", source.places, keys.SOURCE):
            yield Diagnostic(
                CODE,
                f"the source '{source.id}' has no date: its claims hold possibly, never certainly",
                source.places.declared,
                "add 'published: …'; '2025~' will do where only the year is known",
            )
