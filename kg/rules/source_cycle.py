"""A source cannot be known through itself."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet

CODE = Code("source-cycle", "evidence", Severity.ERROR, "a source is based on itself")


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Sources whose `based_on` leads back to them."""
    for source in facts.sources.values():
        if source.id in _reached_from(source.id, facts):
            yield Diagnostic(
                CODE,
                f"'{source.id}' is based on itself",
                source.places.value("based_on"),
                "name under 'based_on' only what this source drew on",
            )


def _reached_from(id: str, facts: FactSet) -> set[str]:
    reached: set[str] = set()
    ahead = [id]
    while ahead:
        source = facts.sources.get(ahead.pop())
        for other in source.based_on if source else ():
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return reached
