"""Reading a mapping by the keys it may have: unknown, missing and misshapen ones are reported.

A `Key` says how its value is read; the tables of keys in `keys.py` are what the readers, the
published JSON Schema and the reference page all go by.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.node import Mapping as MappingNode
from kg.model.node import Node, Places, Scalar, Sequence, Unreadable, span_of
from kg.model.suggest import did_you_mean, nearest_to
from kg.reading.document import describe


@dataclass(frozen=True, slots=True)
class Reader:
    """The file that is read, and where to put what is wrong with it."""

    path: str
    found: list[Diagnostic]

    def report(
        self,
        code: Code,
        message: str,
        at: Node,
        hint: str | None = None,
        related: tuple[Related, ...] = (),
    ) -> None:
        """Adds a finding at `at`."""
        self.found.append(Diagnostic(code, message, span_of(self.path, at), hint, related))


#: Reads a node to a value; None, with a report, where it cannot.
Read = Callable[[Node, Reader], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to read a value, with the JSON Schema that says the same to an editor."""

    read: Read
    schema: Mapping[str, Any] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Key:
    """A key that a mapping may have."""

    name: str
    kind: Kind
    summary: str
    required: bool = False
    many: bool = False  #: a list is taken too; the value read is a tuple

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of its value."""
        one = dict(self.kind.schema)
        if not self.many:
            return {"description": self.summary, **one}
        several = {"type": "array", "items": one, "minItems": 1}
        return {"description": self.summary, "anyOf": [one, several]}


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of one kind of mapping."""

    noun: str  #: what has them, with its article: `a fact`
    by_name: Mapping[str, Key]
    required: tuple[str, ...]  #: the keys that must be there

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a mapping with these keys."""
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {key.name: key.schema for key in self.by_name.values()},
            "additionalProperties": False,
        }
        return {**schema, "required": list(self.required)} if self.required else schema


def keys(noun: str, *each: Key) -> Keys:
    """The table of `each` key."""
    required = tuple(key.name for key in each if key.required)
    return Keys(noun, {key.name: key for key in each}, required)


def read_keys(
    node: Node,
    table: Keys,
    reader: Reader,
    *,
    at: Scalar | None = None,
    inherited: Mapping[str, Any] | None = None,
    excused: Container[str] = (),
) -> dict[str, Any] | None:
    """The values of a mapping by key; only those that could be read.

    Args:
        node: the mapping; anything else is reported.
        table: the keys that it may have.
        reader: the file, and where to report to.
        at: where a missing key is reported, if not at the beginning of the mapping.
        inherited: values for keys that the mapping does not have.
        excused: keys that may be missing here since they stand elsewhere.
    """
    if not isinstance(node, MappingNode):
        report_shape(node, f"the keys of {table.noun}", reader)
        return None
    values: dict[str, Any] = dict(inherited) if inherited else {}
    by_name = table.by_name
    for name, (key_node, value_node) in node.entries.items():
        key = by_name.get(name)
        if key is None:
            _report_unknown(name, key_node, node, table, reader)
            continue
        value = read_value(value_node, key, reader)
        if value is not None:
            values[name] = value
        elif inherited:
            values.pop(name, None)
    for name in table.required:
        if name not in values and name not in node.entries and name not in excused:
            _report_missing(name, at or node, node, table, reader)
    return values


def read_value(node: Node, key: Key, reader: Reader) -> Any:
    """The value under `key`; None, with a report, where it cannot be read."""
    if type(node) is Scalar and not node.value:
        reader.report(EMPTY_VALUE, f"'{key.name}' has no value", node, "write one, or drop the key")
        return None
    if not key.many:
        return key.kind.read(node, reader)
    items = node.items if type(node) is Sequence else [node]
    if not items:
        reader.report(EMPTY_VALUE, f"the list '{key.name}' is empty", node, "drop the key")
        return None
    values = tuple([key.kind.read(item, reader) for item in items])
    return None if None in values else values


def misspelling_of(name: str, node: MappingNode, table: Keys) -> str | None:
    """The unknown key of a mapping that is meant for the key `name`, which it does not have."""
    unknown = [key for key in node.entries if key not in table.by_name]
    if not unknown or name in node.entries:
        return None
    free = [key for key in table.by_name if key not in node.entries]
    cutoff = 0.6
    if name in table.required:  # something is meant for it: of `id`, one letter must do
        free, cutoff = [key for key in free if key in table.required], 0.5
    return next((key for key in unknown if nearest_to(key, free, cutoff) == name), None)


def meant(name: str, node: MappingNode, table: Keys) -> Node | None:
    """The node under `name`, be it misspelt, which is reported: what it holds still counts."""
    misspelling = misspelling_of(name, node, table)
    return node.value(name if misspelling is None else misspelling)


def is_meant(name: str, places: Places, table: Keys) -> bool:
    """Whether a declaration has a key, be it misspelt or not to be read: that is reported then."""
    bodies = [body for body in (places.body, places.defaults) if body is not None]
    return any(name in body.entries or misspelling_of(name, body, table) for body in bodies)


def is_empty(node: Node) -> bool:
    """Whether only the key is written, which `read_value` reports."""
    return isinstance(node, Scalar) and not node.value


def report_shape(node: Node, expected: str, reader: Reader) -> None:
    """Reports that `node` is not what is expected here."""
    if not isinstance(node, Unreadable):
        reader.report(WRONG_SHAPE, f"{describe(node)} stands where {expected} should", node)


def _report_unknown(
    name: str, key_node: Scalar, node: MappingNode, table: Keys, reader: Reader
) -> None:
    free = [key for key in table.by_name if key not in node.entries]
    hint = did_you_mean(name, free) or "its keys are " + ", ".join(table.by_name)
    reader.report(UNKNOWN_KEY, f"{table.noun} has no key '{name}'", key_node, hint)


def _report_missing(name: str, at: Node, node: MappingNode, table: Keys, reader: Reader) -> None:
    if misspelling_of(name, node, table):
        return  # the unknown key is reported: one mistake, one diagnostic
    hint = f"add '{name}: …': {table.by_name[name].summary}"
    reader.report(MISSING_KEY, f"{table.noun} needs the key '{name}'", at, hint)


def _code(name: str, summary: str) -> Code:
    return Code(name, "shape", Severity.ERROR, summary)


UNKNOWN_KEY = _code("unknown-key", "a key is not one of those that can stand here")
MISSING_KEY = _code("missing-key", "a key that must be there is not")
EMPTY_VALUE = _code("empty-value", "a key has no value")
WRONG_SHAPE = _code("wrong-shape", "a list, a mapping or a text stands where another should")

CODES = (UNKNOWN_KEY, MISSING_KEY, EMPTY_VALUE, WRONG_SHAPE)
