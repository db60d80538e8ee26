"""Which file a new entry belongs into: among its like, under no defaults that say more than it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.edit.blocks import Layout
from kg.edit.writing import NewEntry, Value, value_of
from kg.model.node import Mapping as MappingNode
from kg.reading.values import ID_PATTERN

_FOLDER = "facts"


def file_for(entry: NewEntry, layouts: Sequence[Layout]) -> str:
    """The path of the file that the entry is put into, which may have to be made.

    An entity goes into the file with most entities of its type, a source into the one with most
    sources. A fact goes into a file whose `defaults` say what it says and nothing more, or that has
    facts of its source; else into a new one of the source's name.
    """
    if entry.section == "facts":
        return _file_for_fact(entry, layouts)
    best = max(layouts, key=lambda layout: _kindred(entry, layout), default=None)
    if best is not None and any(_kindred(entry, best)):
        return best.text.path
    return _new_path(entry.section, layouts)


def defaults_of(layout: Layout) -> Mapping[str, Value]:
    """What the file says of every fact of its own that does not say it."""
    section = layout.section("defaults")
    if section is None or not isinstance(section.body, MappingNode):
        return {}
    return {key: value_of(value) for key, (_, value) in section.body.entries.items()}


def without_defaults(entry: NewEntry, layout: Layout) -> NewEntry:
    """The entry without what the file's defaults say already."""
    if entry.section != "facts":
        return entry
    defaults = defaults_of(layout)
    own = {key: value for key, value in entry.values.items() if defaults.get(key) != value}
    return NewEntry(entry.section, entry.id, own)


def _kindred(entry: NewEntry, layout: Layout) -> tuple[int, int]:
    """How many entries of its type a file has, and how many of its kind."""
    section = layout.section(entry.section)
    if section is None:
        return 0, 0
    bodies = [each.body for each in section.entries if isinstance(each.body, MappingNode)]
    types = [value_of(node) for body in bodies if (node := body.value("type")) is not None]
    return types.count(entry.values.get("type", "")), len(section.entries)


def _file_for_fact(entry: NewEntry, layouts: Sequence[Layout]) -> str:
    ranked = [(rank, layout) for layout in layouts if (rank := _rank(entry, layout)) is not None]
    if ranked:
        return max(ranked, key=lambda each: each[0])[1].text.path
    source = entry.values.get("source")
    is_id = isinstance(source, str) and re.fullmatch(ID_PATTERN, source)
    return _new_path(source if isinstance(source, str) and is_id else "facts", layouts)


def _rank(entry: NewEntry, layout: Layout) -> tuple[int, int] | None:
    """How well a fact fits into a file; None where it has no place there."""
    defaults = defaults_of(layout)
    source = entry.values.get("source")
    if any(key not in entry.values for key in defaults):
        return None  # it would say more than was meant
    kindred = _facts_of(source, layout, defaults)
    if not kindred and defaults.get("source") != source:
        return None
    return sum(entry.values[key] == value for key, value in defaults.items()), kindred


def _facts_of(source: Value | None, layout: Layout, defaults: Mapping[str, Value]) -> int:
    """How many facts of a source the file has."""
    section = layout.section("facts")
    bodies = [e.body for e in section.entries if isinstance(e.body, MappingNode)] if section else []
    sources = [body.value("source") for body in bodies]
    return sum(
        (value_of(node) if node is not None else defaults.get("source")) == source
        for node in sources
    )


def _new_path(name: str, layouts: Sequence[Layout]) -> str:
    # A file that holds nothing, as one does from which all was taken back, is as good as a new one.
    taken = {layout.text.path.casefold() for layout in layouts if layout.root.entries}
    path, number = f"{_FOLDER}/{name}.yaml", 2
    while path.casefold() in taken:
        path, number = f"{_FOLDER}/{name}-{number}.yaml", number + 1
    return path
