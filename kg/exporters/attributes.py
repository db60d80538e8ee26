"""What nodes and edges carry in the XML formats of graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from kg.exporters.columns import Column, Record, columns_of
from kg.exporters.records import ColumnType, EdgeRecord, NodeRecord

#: Of a node and of an edge, besides the ids, which these formats have places for.
NODE = tuple(column for column in columns_of(NodeRecord) if column.name != "id")
EDGE = tuple(c for c in columns_of(EdgeRecord) if c.name not in ("id", "source", "target"))


def attributes_of(record: Record, columns: Iterable[Column]) -> Iterator[tuple[str, str]]:
    """Name and value, as XML, of each attribute that the record has.

    Lists are texts: ids with spaces between, other lists with ` | ` between.
    """
    for column in columns:
        value = getattr(record, column.name)
        if value is not None and value != ():
            yield column.name, in_xml(_text(value, column.type))


def in_xml(text: str) -> str:
    """The text between quotation marks or tags; what XML cannot hold is written as `<U+0007>`."""
    return _SPECIAL.sub(_escaped, text)


def _text(value: Any, kind: ColumnType) -> str:
    if kind is ColumnType.BOOLEAN:
        return "true" if value else "false"
    if kind is ColumnType.IDS:
        return " ".join(value)
    return " | ".join(value) if kind is ColumnType.TEXTS else str(value)


#: Markup, white space that a reader would turn into spaces, and what XML 1.0 has no way to hold.
_SPECIAL = re.compile('[&<>"\t\n\r]|[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character in _ENTITIES:
        return _ENTITIES[character]
    code = ord(character)
    return f"&#{code};" if character in "\t\n\r" else f"&lt;U+{code:04X}&gt;"
