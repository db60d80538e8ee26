"""A source cannot be known through itself."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet
from kg.reach import cycles

CODE = Code("source-cycle", "evidence", Severity.ERROR, "a source is based on itself")


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Sources whose `based_on` leads back to them."""
    for id in cycles({source.id: source.based_on for source in facts.sources.values()}):
        yield Diagnostic(
            CODE,
            f"'{id}' is based on itself",
            facts.sources[id].places.value("based_on"),
            "name under 'based_on' only what this source drew on",
        )
