"""What is said of one subject, as Turtle terms."""

from __future__ import annotations

from typing import NamedTuple

from kg.rdf.terms import text

Properties = tuple[tuple[str, tuple[str, ...]], ...]

#: Properties that are still being gathered.
Pairs = list[tuple[str, tuple[str, ...]]]


class Resource(NamedTuple):
    """All that is said of one subject: each predicate with its objects, as Turtle terms."""

    subject: str
    properties: Properties


def add_text(pairs: Pairs, name: str, value: str | None) -> None:
    """Add a text to `pairs`, where there is any."""
    if value:
        pairs.append((name, (text(value),)))
