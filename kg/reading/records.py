"""What one file declares, read without a look at any other file."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import Any

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import UNKNOWN
from kg.model.node import Mapping as MappingNode
from kg.model.node import Node, Places, Scalar, Sequence, span_of
from kg.reading import keys
from kg.reading.document import shorten
from kg.reading.shape import (
    WRONG_SHAPE,
    Keys,
    Reader,
    is_empty,
    meant,
    misspelling_of,
    read_keys,
    report_shape,
)
from kg.reading.values import BAD_ID, ID, LONGEST, Reference
from kg.reading.vocabulary import Document

#: What stands for each claim's own subject in a chain.
SUBJECT = "subject"

#: So many claims one fact makes at most, and so many things it names, its lists multiplied out.
MOST_OF_FACT = 10_000

#: The keys of a fact whose lists are multiplied out.
ENDS = ("subject", "relation", "object")


@dataclass(frozen=True, slots=True)
class Minted:
    """The id of one claim of a fact, and which items of its lists it is made of."""

    id: str
    index: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Record:
    """One declaration with the values of its keys, before its references are looked up."""

    values: Mapping[str, Any]
    places: Places

    @property
    def id(self) -> str:
        """What it is declared as."""
        return self.places.name.value


@dataclass(frozen=True, slots=True)
class Declared:
    """What an id is declared as: two that are equal mean the same to whatever refers to them."""

    id: str
    kind: str  #: `entity`, `source`, `fact`, `decision` or `identity`
    #: What each item under `ENDS` adds to the ids of a fact's claims.
    columns: tuple[tuple[str, ...], ...]
    features: tuple[str, ...]  #: the type of an entity as it is written, the parts of a source
    places: Places = field(compare=False, repr=False)
    #: None where it cannot be read: it still counts as declared
    record: Record | None = field(compare=False, repr=False)

    @property
    def count(self) -> int:
        """How many claims it makes."""
        return prod(map(len, self.columns)) if self.columns else 0

    def mint(self) -> Iterator[Minted]:
        """The claims of a fact: a list adds its items to their ids, a single value never."""
        if self.columns:
            for items in product(*map(enumerate, self.columns)):
                (i, subject), (j, relation), (k, target) = items
                yield Minted(self.id + subject + relation + target, (i, j, k))


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """Everything that one file declares, in its order, be an id declared twice."""

    declared: tuple[Declared, ...]
    by_id: Mapping[str, Declared]  #: the first of each id
    count: int  #: of the claims that it makes


def read_records(document: Document, found: list[Diagnostic]) -> Records:
    """What a file declares, whether or not it can be read."""
    reader = Reader(document.path, found)
    document = _with_keys_of_last_fact(document, reader)
    read_keys(document.root, keys.DOCUMENT, reader)
    declared = (
        *_things("entities", "entity", keys.ENTITY, document, reader),
        *_things("sources", "source", keys.SOURCE, document, reader),
        *_facts(document, reader),
        *_items("decisions", "decision", keys.DECISION, document, reader),
        *_items("identities", "identity", keys.IDENTITY, document, reader),
    )
    usable = tuple([each for each in declared if _can_be_named(each, reader)])
    by_id: dict[str, Declared] = {}
    for each in usable:
        by_id.setdefault(each.id, each)
    return Records(usable, by_id, sum([each.count for each in usable]))


def slug(item: str) -> str:
    """An item as part of an id: `alliedWith` as `allied-with`."""
    kebab = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", item).lower()
    return re.sub(r"[^a-z0-9_]+", "-", kebab).strip("-")


def type_written(places: Places) -> str | None:
    """The type that an entity names, whether or not there is such a type."""
    node = places.body.value("type")
    return node.value if isinstance(node, Scalar) else None


def parts_written(places: Places) -> Mapping[str, object]:
    """The parts that a source names, whether or not their ranges can be read."""
    text = places.body.value("text")
    parts = text.value("parts") if isinstance(text, MappingNode) else None
    return parts.entries if isinstance(parts, MappingNode) else {}


def _can_be_named(declared: Declared, reader: Reader) -> bool:
    """Whether anything can refer to it; what is too long for that is told where it is read."""
    if declared.id in (SUBJECT, UNKNOWN):
        message = f"'{declared.id}' has a meaning of its own in 'said_by'"
        reader.report(BAD_ID, message, declared.places.name)
        return False
    return len(declared.id) <= LONGEST


def _things(
    section: str, kind: str, table: Keys, document: Document, reader: Reader
) -> Iterator[Declared]:
    node = meant(section, document.root, keys.DOCUMENT)
    if isinstance(node, MappingNode):
        for key_node, body in _entries(node, table, reader):
            yield _thing(kind, key_node, body, table, reader)
    elif node is not None and not is_empty(node):
        report_shape(node, f"the {section} by id", reader)


def _entries(node: MappingNode, table: Keys, reader: Reader) -> Iterator[tuple[Scalar, Node]]:
    """The entries of a section; keys that stand beside theirs, not below it, are put there."""
    rest = deque(node.entries.values())
    while rest:
        name, body = rest.popleft()
        if is_empty(body) and rest and _is_astray(*rest[0], table):
            beside: dict[str, tuple[Scalar, Node]] = {}
            while rest and rest[0][0].value in table.by_name:
                key, value = rest.popleft()
                beside[key.value] = (key, value)
            written = list(beside.values())
            _report_astray(written[0][0], f"beside '{name.value}', not below it", name, reader)
            body = MappingNode(beside, written[0][0].start, written[-1][1].end)
        yield name, body


def _is_astray(key: Scalar, value: Node, table: Keys) -> bool:
    return key.value in table.by_name and isinstance(value, Scalar) and not is_empty(value)


def _report_astray(key: Scalar, where: str, name: Scalar, reader: Reader) -> None:
    message = f"'{key.value}' stands {where}"
    hint = "indent it, and what follows it, by two spaces more"
    related = (Related(span_of(reader.path, name), f"'{name.value}' is here"),)
    reader.report(WRONG_SHAPE, message, key, hint, related)


def _with_keys_of_last_fact(document: Document, reader: Reader) -> Document:
    """The file with the keys put into its last fact that stand where a section should."""
    root = document.root
    facts = root.value("facts")
    last = facts.items[-1] if isinstance(facts, Sequence) and facts.items else None
    names = [n for n in root.entries if n in keys.FACT.by_name and n not in keys.DOCUMENT.by_name]
    if not isinstance(facts, Sequence) or not isinstance(last, MappingNode) or not last.entries:
        return document
    if not set(ENDS).intersection(names) or any(name in last.entries for name in names):
        return document
    beside = {name: root.entries[name] for name in names}
    first, _ = next(iter(last.entries.values()))
    _report_astray(beside[names[0]][0], "outside the fact that begins above it", first, reader)
    item = replace(last, entries={**last.entries, **beside})
    sections = {name: entry for name, entry in root.entries.items() if name not in beside}
    key, _ = sections["facts"]
    sections["facts"] = (key, replace(facts, items=[*facts.items[:-1], item]))
    return replace(document, root=replace(root, entries=sections))


def _thing(kind: str, name: Scalar, body: Node, table: Keys, reader: Reader) -> Declared:
    is_id = ID.read(name, reader) is not None
    values = read_keys(body, table, reader, at=name)
    body_node = body if isinstance(body, MappingNode) else MappingNode({}, body.start, body.end)
    places = Places(reader.path, name, body_node)
    features = (type_written(places) or "",) if kind == "entity" else tuple(parts_written(places))
    # What is broken still counts as declared: a reference to it is no second mistake.
    record = Record(values, places) if is_id and values is not None else None
    return Declared(name.value, kind, (), features, places, record)


def _facts(document: Document, reader: Reader) -> Iterator[Declared]:
    defaults_node = meant("defaults", document.root, keys.DOCUMENT)
    defaults: dict[str, Any] = {}
    if defaults_node is not None:
        defaults = read_keys(defaults_node, keys.DEFAULTS, reader) or {}
    defaults_map = defaults_node if isinstance(defaults_node, MappingNode) else None
    excused = _names_meant(defaults_map) if defaults_map else ()
    node = meant("facts", document.root, keys.DOCUMENT)
    if not isinstance(node, Sequence):
        if node is not None and not is_empty(node):
            _report_no_list(node, "facts", reader)
        return
    for item in node.items:
        values = read_keys(item, keys.FACT, reader, inherited=defaults, excused=excused)
        if not isinstance(item, MappingNode):
            continue
        name = meant("id", item, keys.FACT)
        if isinstance(name, Scalar) and name.value:
            yield _fact(values or {}, Places(reader.path, name, item, defaults_map), reader)


def _fact(values: Mapping[str, Any], places: Places, reader: Reader) -> Declared:
    _report_long(values, places, reader)
    id = places.name.value
    columns = tuple([tuple(_column(values.get(key, ()), places, key)) for key in ENDS])
    declared = Declared(id, "fact", columns, (), places, Record(values, places))
    if not values or declared.count > MOST_OF_FACT:
        if values:
            reader.found.append(too_many_of_fact("make", "claims", declared.count, places))
        return Declared(id, "fact", (), (), places, None)
    return declared


def _items(
    section: str, kind: str, table: Keys, document: Document, reader: Reader
) -> Iterator[Declared]:
    """The items of a list that have an id of their own."""
    node = meant(section, document.root, keys.DOCUMENT)
    if not isinstance(node, Sequence):
        if node is not None and not is_empty(node):
            _report_no_list(node, section, reader)
        return
    for item in node.items:
        values = read_keys(item, table, reader)
        name = meant("id", item, table) if isinstance(item, MappingNode) else None
        if isinstance(item, MappingNode) and isinstance(name, Scalar) and name.value:
            places = Places(reader.path, name, item)
            record = Record(values, places) if values else None
            yield Declared(name.value, kind, (), (), places, record)


def _report_no_list(node: Node, section: str, reader: Reader) -> None:
    hint = "write '- id: …' for each, with its keys below"
    report_shape(node, f"a list of {section}, each beginning with '- ',", reader, hint)


def _names_meant(defaults: MappingNode) -> list[str]:
    """The keys that a fact need not have: those of the defaults, be they misspelt there."""
    names = [name for name in keys.FACT.required if misspelling_of(name, defaults, keys.DEFAULTS)]
    return [*defaults.entries, *names]


def _column(references: tuple[Reference, ...], places: Places, key: str) -> list[str]:
    """What each item under `key` adds to the ids."""
    if not isinstance(places.body.value(key), Sequence):
        return [""] * len(references)
    return ["--" + slug(reference.id[:LONGEST]) for reference in references]


def _report_long(values: Mapping[str, Any], places: Places, reader: Reader) -> None:
    """Reports the items of a list that are too long for what they add to the ids."""
    for key in ENDS:
        if isinstance(places.body.value(key), Sequence):
            for reference in values.get(key, ()):
                if len(reference.id) > LONGEST:
                    message = f"'{shorten(reference.id)}' is too long to be part of an id"
                    hint = f"an item of a list has at most {LONGEST} characters: write it alone"
                    reader.report(BAD_ID, message, reference.node, hint)


def too_many_of_fact(verb: str, nouns: str, count: int, places: Places) -> Diagnostic:
    """The finding that the lists of a fact, multiplied out, are too long."""
    id = places.name.value
    message = f"'{id}' {verb}s {count:,} {nouns}, and may {verb} {MOST_OF_FACT:,} at most"
    hint = "its lists are multiplied out: name what they have in common as one entity"
    return Diagnostic(TOO_MANY, message, places.declared, hint)


TOO_MANY = Code(
    "too-many", "shape", Severity.ERROR, "facts make more claims, or name more, than kg holds"
)

CODES = (TOO_MANY,)
