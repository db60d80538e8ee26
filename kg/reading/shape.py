"""Reading a mapping by the keys it may have: unknown, missing and misshapen ones are reported.

A `Key` says how its value is read; the tables of keys in `keys.py` are what the readers, the
published JSON Schema and the reference page all go by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.edit import Edit, Fix
from kg.model.node import Mapping as MappingNode
from kg.model.node import Node, Places, Scalar, Sequence, Unreadable, span_of
from kg.model.suggest import Suggestion, nearest_to, replacing, suggest, suggest_term
from kg.model.text import Span
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
        fix: Fix | None = None,
    ) -> None:
        """Adds a finding at `at`."""
        self.found.append(Diagnostic(code, message, span_of(self.path, at), hint, related, fix))


#: Reads a node to a value; None, with a report, where it cannot.
Read = Callable[[Node, Reader], Any]


class Space(StrEnum):
    """Where an id is unique, and looked up."""

    THING = "thing"  #: entities, sources, decisions, and facts with their claims
    TYPE = "type"
    RELATION = "relation"
    SCHEME = "scheme"  #: of codes
    PART = "part"  #: of one source's text
    GROUP = "group"  #: of voices
    LENS = "lens"


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to read a value, with the JSON Schema that says the same to an editor.

    The other fields say what can stand in a value, for those who look at a file without reading it.
    """

    read: Read
    schema: Mapping[str, Any] = field(compare=False)
    names: tuple[Space, ...] = ()  #: what its text is an id of
    takes: tuple[str, ...] = ()  #: of things, which: entity, source, fact, claim, scenario
    declares: Space | None = None  #: what its text becomes an id of
    words: tuple[str, ...] = ()  #: the only words that it takes
    table: Keys | None = field(default=None, compare=False)  #: the keys that it has as a mapping
    name: Kind | None = None  #: how the keys are read of a mapping that may have any
    each: Kind | None = None  #: what stands under each of these, or is each item of a list

    def as_names(self, space: Space) -> Kind:
        """The same, where its text becomes an id."""
        return replace(self, declares=space)


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
    for name in table.required if node.is_whole else ():
        if name not in values and name not in node.entries and name not in excused:
            _report_missing(name, at or node, node, table, reader)
    return values


def read_value(node: Node, key: Key, reader: Reader) -> Any:
    """The value under `key`; None, with a report, where it cannot be read."""
    if type(node) is Scalar and not node.value:
        hint = f"write one: {key.summary}" if key.required else "write one, or drop the key"
        reader.report(EMPTY_VALUE, f"'{key.name}' has no value", node, hint)
        return None
    if not key.many:
        return key.kind.read(node, reader)
    items = node.items if type(node) is Sequence else [node]
    if not items:
        hint = f"name one: {key.summary}" if key.required else "drop the key"
        reader.report(EMPTY_VALUE, f"the list '{key.name}' is empty", node, hint)
        return None
    values = tuple([key.kind.read(item, reader) for item in items])
    return None if None in values else values


def key_meant(name: str, node: MappingNode, table: Keys) -> Key | None:
    """The key that `name` is in this mapping, be it misspelt."""
    key = table.by_name.get(name)
    if key is not None:
        return key
    meant = (k for k in table.by_name.values() if misspelling_of(k.name, node, table) == name)
    return next(meant, None)


def misspelling_of(name: str, node: MappingNode, table: Keys) -> str | None:
    """The unknown key of a mapping that is meant for the key `name`, which it does not have."""
    unknown = [key for key in node.entries if key not in table.by_name]
    if not unknown or name in node.entries:
        return None
    tight = next((key for key in unknown if key.startswith((name + ":", name + "="))), None)
    if tight is not None:
        return tight
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


def is_block(node: MappingNode) -> bool:
    """Whether a mapping is written line by line, not between braces."""
    first = next(iter(node.entries.values()), None)
    if first is None:
        return False
    start, key = node.start, first[0].start
    return (start.line, start.column) == (key.line, key.column)


def report_shape(node: Node, expected: str, reader: Reader, hint: str | None = None) -> None:
    """Reports that `node` is not what is expected here."""
    if not isinstance(node, Unreadable):
        message = f"{describe(node)} stands where {expected} should"
        reader.report(WRONG_SHAPE, message, node, hint or _shape_hint(node, expected))


def _shape_hint(node: Node, expected: str) -> str | None:
    if expected.endswith(("by id", "by name")):
        return "write 'ID: …' for each, with its keys below"
    if expected.startswith("the keys of"):
        return "write its keys below it, each with its value, or between braces"
    if isinstance(node, MappingNode) and expected.startswith("an id"):
        return "write the id alone"
    if isinstance(node, MappingNode):
        return "write it alone; text that looks like keys stands in quotes"
    return "write one alone" if isinstance(node, Sequence) else None


_TIGHT = re.compile(r"(?P<key>\w+)[:=](?P<value>.+)")


def _report_unknown(
    name: str, key_node: Scalar, node: MappingNode, table: Keys, reader: Reader
) -> None:
    message = f"{table.noun} has no key '{name}'"
    tight = _TIGHT.fullmatch(name)
    if tight is not None and tight["key"] in table.by_name:
        line, column = key_node.start.line + 1, key_node.start.column + len(tight["key"]) + 1
        edit = Edit(Span(reader.path, line, column, line, column + 1), ": ")
        fix = Fix("write a colon and a space", (edit,))
        hint = f"write '{tight['key']}: {tight['value']}', with a space"
        reader.report(UNKNOWN_KEY, message, key_node, hint, fix=fix)
        return
    torn = _torn_text(name, node)
    if torn is not None:
        key, value = torn
        hint = f"if it is text of '{key.value}', put quotes around '{value.value}, {name}'"
        reader.report(UNKNOWN_KEY, message, key_node, hint, fix=_join(value, key_node, reader.path))
        return
    free = [key for key in table.by_name if key not in node.entries]
    span = span_of(reader.path, key_node)
    told = {key: table.by_name[key].summary for key in free}
    meant = (
        _called_otherwise(name, free, span)
        or suggest(name, free, span)
        or suggest_term(name, told, span)
    )
    hint = meant.hint if meant else "its keys are " + ", ".join(table.by_name)
    reader.report(UNKNOWN_KEY, message, key_node, hint, fix=meant and meant.fix)


#: What people call keys, by other tools or in other languages.
_OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "note": ("comment", "comments", "remark", "remarks", "bemerkung", "kommentar", "remarque"),
    "when": ("date", "time", "period", "since", "until", "valid", "datum"),
    "published": ("date", "datum"),
    "said_by": ("speaker", "speakers", "attribution", "attributed_to", "via", "through", "voice"),
    "subject": ("actor", "agent", "who"),
    "object": ("target", "recipient", "whom"),
    "relation": ("predicate", "verb", "action", "relationship"),
    "polarity": ("status", "negated", "negation", "denied"),
    "modality": ("status", "mood"),
    "condition": ("if", "scenario"),
    "quantity": ("amount", "value", "sum"),
    "likelihood": ("probability", "certainty", "confidence"),
    "credibility": ("certainty", "confidence"),
    "passage": ("quote", "paragraph", "page", "absatz"),
    "source": ("article", "quelle"),
    "place": ("location", "where"),
    "url": ("link", "address", "href"),
    "aliases": ("aka", "synonyms"),
    "description": ("text", "summary"),
}


def keys_called(word: str, known: Iterable[str]) -> list[str]:
    """Those of some keys that people call so, too."""
    return [key for key in known if word.casefold() in _OTHER_WORDS.get(key, ())]


def _called_otherwise(word: str, known: Iterable[str], span: Span) -> Suggestion | None:
    found = keys_called(word, known)
    if not found:
        return None
    named = " or ".join(f"'{key}'" for key in found)
    hint = f"did you mean {named}?"
    return Suggestion(hint, replacing(word, found[0], span) if len(found) == 1 else None)


def _torn_text(name: str, node: MappingNode) -> tuple[Scalar, Scalar] | None:
    """The key and the text from which a comma between braces tore off what looks like a key."""
    entries = list(node.entries.values())
    at = next(index for index, (key, _) in enumerate(entries) if key.value == name)
    if at == 0 or not is_empty(entries[at][1]) or is_block(node):
        return None
    key, value = entries[at - 1]
    return (key, value) if isinstance(value, Scalar) and value.value else None


def _join(value: Scalar, rest: Scalar, path: str) -> Fix | None:
    start, end = span_of(path, value), span_of(path, rest)
    if "'" in value.value + rest.value or end.line != start.line:
        return None
    opening = Span(path, start.line, start.column, start.line, start.column)
    closing = Span(path, end.end_line, end.end_column, end.end_line, end.end_column)
    return Fix("put the text in quotes", (Edit(opening, "'"), Edit(closing, "'")), is_safe=False)


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
