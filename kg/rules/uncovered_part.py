"""A paragraph that no claim stands for was perhaps passed over."""

from __future__ import annotations

from collections.abc import Iterator

from kg.coverage import coverage
from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import FactSet, Source
from kg.model.node import Mapping, Places
from kg.model.text import Span

CODE = Code(
    "uncovered-part", "hygiene", Severity.NOTE, "no claim stands in a part of a source's text"
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Sources with claims in some parts of their text and none in others."""
    for source in facts.sources.values():
        parts = coverage(source, facts)
        bare = [part.name for part in parts if part.is_open]
        if bare and any(part.anchors for part in parts):
            is_one = len(bare) == 1
            yield Diagnostic(
                CODE,
                f"no claim stands in part{'' if is_one else 's'} {', '.join(bare)} "
                f"of '{source.id}'",
                _place(source, bare[0]),
                f"read {'it' if is_one else 'them'} again: 'kg annotate {source.id}' shows "
                "what is covered",
            )


def _place(source: Source, part: str) -> Span:
    text = source.places.body.value("text")
    parts = text.value("parts") if isinstance(text, Mapping) else None
    assert isinstance(parts, Mapping)
    return Places(source.places.path, source.places.name, parts).key(part)
