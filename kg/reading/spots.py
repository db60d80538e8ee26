"""Every text of a file with the kind of value that it is, whether or not it can be read.

The tables of keys say what stands where; a key that is misspelt counts as the one that is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.model.node import Mapping, Node, Scalar, Sequence
from kg.reading.shape import Key, Keys, Kind, key_meant


class Spot(NamedTuple):
    """A text of a file: a value, or a key that somebody chose."""

    scalar: Scalar
    kind: Kind
    keys: tuple[str, ...]  #: the keys that lead to it, the outermost first
    within: tuple[Mapping, ...]  #: the mappings that it stands in, the outermost first


def spots(root: Mapping, table: Keys) -> Iterator[Spot]:
    """Every text of a file that has the keys of `table`, in the file's order."""
    return _mapping(root, table, (), ())


def _mapping(
    node: Mapping, table: Keys, keys: tuple[str, ...], within: tuple[Mapping, ...]
) -> Iterator[Spot]:
    inside = (*within, node)
    for name, (_, value) in node.entries.items():
        key = key_meant(name, node, table)
        if key is not None:
            yield from _value(value, key, (*keys, key.name), inside)


def _value(
    node: Node, key: Key, keys: tuple[str, ...], within: tuple[Mapping, ...]
) -> Iterator[Spot]:
    items = node.items if key.many and isinstance(node, Sequence) else [node]
    for item in items:
        yield from _kind(item, key.kind, keys, within)


def _kind(
    node: Node, kind: Kind, keys: tuple[str, ...], within: tuple[Mapping, ...]
) -> Iterator[Spot]:
    if isinstance(node, Scalar):
        yield Spot(node, kind, keys, within)
    elif isinstance(node, Sequence) and kind.each is not None and kind.name is None:
        for item in node.items:
            yield from _kind(item, kind.each, keys, within)
    elif isinstance(node, Mapping) and kind.table is not None:
        yield from _mapping(node, kind.table, keys, within)
    elif isinstance(node, Mapping) and kind.name is not None and kind.each is not None:
        for name, (key_node, value) in node.entries.items():
            yield Spot(key_node, kind.name, keys, (*within, node))
            yield from _kind(value, kind.each, (*keys, name), (*within, node))
