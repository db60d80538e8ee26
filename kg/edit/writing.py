"""Entries of fact files as YAML text in kg's own layout: what is written reads back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.edit.scalars import flow_scalar, scalar
from kg.model.node import Mapping as MappingNode
from kg.model.node import Node, Scalar
from kg.model.node import Sequence as SequenceNode
from kg.reading import keys
from kg.reading.shape import Keys

#: How wide a line may be, where it can be broken.
WIDTH = 120

#: What stands under a key: text, or lists and mappings of it.
Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"

#: The keys of the entries of each section.
TABLES: Mapping[str, Keys] = {
    "entities": keys.ENTITY,
    "sources": keys.SOURCE,
    "facts": keys.FACT,
    "decisions": keys.DECISION,
    "identities": keys.IDENTITY,
}

#: The sections whose entries are items of a list, each with its id as a key.
LISTS = ("facts", "decisions", "identities")


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that is not written yet."""

    section: str  #: one of `TABLES`
    id: str
    values: Mapping[str, Value]  #: by key, without the id

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list with its id as a key; else it stands under its id."""
        return self.section in LISTS

    @property
    def written(self) -> dict[str, Value]:
        """The keys as they are written, in their order; an item's id is the first."""
        order = [key for key in TABLES[self.section].by_name if key in self.values]
        rest = [key for key in self.values if key not in order]
        values = {key: self.values[key] for key in (*order, *rest)}
        return {"id": self.id, **values} if self.is_item else values


def block_lines(entry: NewEntry, column: int) -> list[str]:
    """The entry as lines that begin at a column, counted from 0.

    It is one line where it fits: `- {id: …, subject: …}`, else each key has its own.
    """
    indent, values = " " * column, entry.written
    if not _holds_line_break(values):
        lead = "- " if entry.is_item else f"{flow_scalar(entry.id)}: "
        line = indent + lead + flow_value(values)
        if len(line) <= WIDTH:
            return [line]
    lines = [line for key, value in values.items() for line in _key_lines(key, value, column + 2)]
    if entry.is_item:
        return [f"{indent}- {lines[0][column + 2 :]}", *lines[1:]]
    return [f"{indent}{scalar(entry.id)}:", *lines]


def flow_text(entry: NewEntry) -> str:
    """The entry as it stands between brackets: `{id: …}`, or `ID: {…}`."""
    values = flow_value(entry.written)
    return values if entry.is_item else f"{flow_scalar(entry.id)}: {values}"


def flow_value(value: Value) -> str:
    """A value as it stands on one line, whatever is around it."""
    if isinstance(value, str):
        return flow_scalar(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{flow_scalar(key)}: {flow_value(each)}" for key, each in value.items())
        return f"{{{inner}}}"
    return f"[{', '.join(flow_value(item) for item in value)}]"


def value_of(node: Node) -> Value:
    """What a node says, without its place."""
    if isinstance(node, MappingNode):
        return {key: value_of(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [value_of(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else ""


def write_fact(id: str, values: Mapping[str, Value]) -> str:
    """A fact as an item of `facts`, from the beginning of the line."""
    return _text(NewEntry("facts", id, values))


def write_entity(id: str, values: Mapping[str, Value]) -> str:
    """An entity as it stands under `entities`, from the beginning of the line."""
    return _text(NewEntry("entities", id, values))


def write_source(id: str, values: Mapping[str, Value]) -> str:
    """A source as it stands under `sources`, from the beginning of the line."""
    return _text(NewEntry("sources", id, values))


def _text(entry: NewEntry) -> str:
    return "".join(f"{line}\n" for line in block_lines(entry, 0))


def _key_lines(key: str, value: Value, column: int) -> Iterator[str]:
    """A key and what stands under it, on as few lines as fit."""
    lead = f"{' ' * column}{scalar(key)}:"
    if isinstance(value, str):
        yield from _text_lines(lead, value, column)
        return
    line = f"{lead} {flow_value(value)}"
    if not value or (len(line) <= WIDTH and not _holds_line_break(value)):
        yield line
        return
    yield lead
    if isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _key_lines(inner, each, column + 2)
        return
    for item in value:
        yield f"{' ' * (column + 2)}- {_in_list(item)}"


def _text_lines(lead: str, value: str, column: int) -> Iterator[str]:
    line = f"{lead} {scalar(value)}"
    indent = " " * (column + 2)
    if "\n" in value and _can_be_literal(value):
        yield f"{lead} |" if value.endswith("\n") else f"{lead} |-"
        for part in value.removesuffix("\n").split("\n"):
            yield f"{indent}{part}" if part else ""
    elif len(line) > WIDTH and _can_be_folded(value):
        yield f"{lead} >-"
        yield from _folded(value, indent)
    else:
        yield line


def _folded(value: str, indent: str) -> Iterator[str]:
    line = indent
    for word in value.split(" "):
        if line != indent and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = indent
        line += word if line == indent else f" {word}"
    yield line


def _can_be_folded(value: str) -> bool:
    return " " in value and re.search(r"^\s|\s$|\s\s|[^\S ]", value) is None


def _can_be_literal(value: str) -> bool:
    """Whether lines can be written as they are: none begins or ends in a way that would be lost."""
    return re.search(r"\A\s|\n\n\Z|(?m:^ +$)|[^\S\n ]", value) is None


def _in_list(value: Value) -> str:
    return scalar(value) if isinstance(value, str) else flow_value(value)


def _holds_line_break(value: Value) -> bool:
    if isinstance(value, str):
        return "\n" in value
    values = value.values() if isinstance(value, Mapping) else value
    return any(_holds_line_break(each) for each in values)
