"""YAML as kg sees it: a few kinds of node, every scalar still text, every node with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kg.model.text import Span


class Mark(Protocol):
    """A position as the YAML parser gives it: line and column count from 0."""

    @property
    def line(self) -> int:
        """How many lines stand before it."""

    @property
    def column(self) -> int:
        """How many code points stand before it on its line."""


# Nodes are not frozen: a frozen dataclass costs three times as much to make, and every scalar of
# every file becomes one. Nothing changes a node after `reading.document` has made it.


@dataclass(slots=True, eq=False)
class Scalar:
    """A piece of text. Whether it is a date, an id or a number is for its key to say."""

    value: str
    start: Mark
    end: Mark


@dataclass(slots=True, eq=False)
class Sequence:
    """A list of nodes, in the order of the file."""

    items: list[Node]
    start: Mark
    end: Mark


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys with their values, in the order of the file; a key stands once."""

    entries: dict[str, tuple[Scalar, Node]]
    start: Mark
    end: Mark
    is_whole: bool = True  #: else it has keys that could not be read, which is reported

    def value(self, key: str) -> Node | None:
        """The node under `key`, if the mapping has it."""
        entry = self.entries.get(key)
        return entry[1] if entry else None


@dataclass(slots=True, eq=False)
class Unreadable:
    """Something that is reported already and must not be reported again."""

    start: Mark
    end: Mark


Node = Scalar | Sequence | Mapping | Unreadable


def span_of(path: str, node: Node) -> Span:
    """The place of `node` in the file `path`."""
    start, end = node.start, node.end
    return Span(path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def same_values(one: Node, other: Node) -> bool:
    """Whether two nodes hold the same, however it is written; the order of keys means nothing."""
    match one, other:
        case Scalar(), Scalar():
            return one.value == other.value
        case Sequence(), Sequence():
            return len(one.items) == len(other.items) and all(
                map(same_values, one.items, other.items)
            )
        case Mapping(), Mapping():
            return one.entries.keys() == other.entries.keys() and all(
                same_values(value, other.entries[key][1]) for key, (_, value) in one.entries.items()
            )
    return False


@dataclass(frozen=True, slots=True)
class Places:
    """Where a declaration and each of its keys stand, worked out only when somebody asks."""

    path: str
    name: Scalar  #: what declares it: its key in a mapping, or its `id`
    body: Mapping
    defaults: Mapping | None = None  #: the file's `defaults`, for keys that the body leaves out

    @property
    def declared(self) -> Span:
        """The id that declares it."""
        return span_of(self.path, self.name)

    def key(self, name: str) -> Span:
        """The key `name` itself, else the declaration."""
        entry = self._entry(name)
        return span_of(self.path, entry[0]) if entry else self.declared

    def value(self, name: str, index: int | None = None) -> Span:
        """The value under `name`, or its item `index` where it is a list; else the declaration."""
        entry = self._entry(name)
        if entry is None:
            return self.declared
        node = entry[1]
        if index is not None and isinstance(node, Sequence) and index < len(node.items):
            node = node.items[index]
        return span_of(self.path, node)

    def _entry(self, name: str) -> tuple[Scalar, Node] | None:
        entry = self.body.entries.get(name)
        if entry is None and self.defaults is not None:
            entry = self.defaults.entries.get(name)
        return entry
