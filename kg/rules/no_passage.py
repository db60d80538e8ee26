"""A claim should say where in its source's text it stands."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet
from kg.reading import keys
from kg.reading.shape import is_meant

CODE = Code(
    "no-passage",
    "evidence",
    Severity.WARNING,
    "a claim names no passage, though its source's text is described",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Facts without a passage in a source whose parts are known."""
    for claims in facts.facts.values():
        claim = facts.claims[claims[0]]
        source = facts.sources.get(claim.source)
        if source is None or source.text is None or claim.passages:
            continue
        if not is_meant("passage", claim.places, keys.FACT):
            parts = ", ".join(source.text.parts)
            yield Diagnostic(
                CODE,
                f"'{claim.fact}' names no passage of '{source.id}'",
                claim.places.declared,
                f"add 'passage: …' with one of {parts}",
            )
