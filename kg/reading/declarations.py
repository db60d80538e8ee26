"""What a workspace declares, by id: the place where references are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import Any

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.edit import Fix
from kg.model.facts import UNKNOWN
from kg.model.node import Mapping as MappingNode
from kg.model.node import Node, Places, Scalar, Sequence, span_of
from kg.model.suggest import nearest_to, replacing
from kg.model.text import Span
from kg.model.vocabulary import Vocabulary
from kg.reading import keys
from kg.reading.document import shorten
from kg.reading.shape import Keys, Reader, is_empty, meant, misspelling_of, read_keys, report_shape
from kg.reading.values import BAD_ID, BAD_VALUE, ID, LONGEST, Reference
from kg.reading.vocabulary import UNKNOWN_TYPE, Document, unknown_term

#: What stands for each claim's own subject in a chain.
SUBJECT = "subject"

#: So many claims one fact makes at most, and so many things it names, its lists multiplied out.
MOST_OF_FACT = 10_000
#: So many claims, and so many names, all facts together: far more than a curator can write.
MOST_OF_ALL = 1_000_000

_NOUNS = {
    "entity": "an entity",
    "source": "a source",
    "fact": "a fact",
    "decision": "a decision",
    "identity": "an identity",
}


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
    claims: tuple[Minted, ...] = ()  #: the claims of a fact

    @property
    def id(self) -> str:
        """What it is declared as."""
        return self.places.name.value


@dataclass(slots=True)
class Declarations:
    """Everything that is declared so far, and as what."""

    vocabulary: Vocabulary
    found: list[Diagnostic]
    entities: list[Record] = field(default_factory=list)
    sources: list[Record] = field(default_factory=list)
    facts: list[Record] = field(default_factory=list)
    decisions: list[Record] = field(default_factory=list)
    identities: list[Record] = field(default_factory=list)
    _kinds: dict[str, str] = field(default_factory=dict)
    _places: dict[str, Places] = field(default_factory=dict)
    _claims: dict[str, dict[str, None]] = field(default_factory=dict)  #: of each fact, in order
    _names: dict[str, str] = field(default_factory=dict)
    _choices: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    _made: int = 0  #: claims so far
    _named: int = 0  #: names looked up so far in facts

    def declare(self, document: Document) -> None:
        """Notes everything that a file declares, whether or not it can be read."""
        reader = Reader(document.path, self.found)
        read_keys(document.root, keys.DOCUMENT, reader)
        for section, kind, table in (
            ("entities", "entity", keys.ENTITY),
            ("sources", "source", keys.SOURCE),
        ):
            node = meant(section, document.root, keys.DOCUMENT)
            if isinstance(node, MappingNode):
                for key_node, body in node.entries.values():
                    self._declare_one(kind, key_node, body, table, reader)
            elif node is not None and not is_empty(node):
                report_shape(node, f"the {section} by id", reader)
        self._declare_facts(document, reader)
        for section, kind, table, into in (
            ("decisions", "decision", keys.DECISION, self.decisions),
            ("identities", "identity", keys.IDENTITY, self.identities),
        ):
            node = meant(section, document.root, keys.DOCUMENT)
            if isinstance(node, Sequence):
                into.extend(self._declare_items(kind, node, table, reader))
            elif node is not None and not is_empty(node):
                report_shape(node, f"a list of {section}, each beginning with '- ',", reader)

    def _declare_one(
        self, kind: str, name: Scalar, body: Node, table: Keys, reader: Reader
    ) -> None:
        is_id = ID.read(name, reader) is not None
        values = read_keys(body, table, reader, at=name)
        body_node = body if isinstance(body, MappingNode) else MappingNode({}, body.start, body.end)
        record = Record(values or {}, Places(reader.path, name, body_node))
        # What is broken still counts as declared: a reference to it is no second mistake.
        if self._take(kind, record.places, reader) and is_id and values is not None:
            (self.entities if kind == "entity" else self.sources).append(record)
            for alias in (*values.get("aliases", ()), values.get("name", "")):
                self._names.setdefault(alias, record.id)

    def _declare_facts(self, document: Document, reader: Reader) -> None:
        defaults_node = meant("defaults", document.root, keys.DOCUMENT)
        defaults: dict[str, Any] = {}
        if defaults_node is not None:
            defaults = read_keys(defaults_node, keys.DEFAULTS, reader) or {}
        defaults_map = defaults_node if isinstance(defaults_node, MappingNode) else None
        excused = _names_meant(defaults_map) if defaults_map else ()
        node = meant("facts", document.root, keys.DOCUMENT)
        if not isinstance(node, Sequence):
            if node is not None and not is_empty(node):
                report_shape(node, "a list of facts, each beginning with '- ',", reader)
            return
        for item in node.items:
            values = read_keys(item, keys.FACT, reader, inherited=defaults, excused=excused)
            if not isinstance(item, MappingNode):
                continue
            name = meant("id", item, keys.FACT)
            if not isinstance(name, Scalar) or not name.value:
                continue
            places = Places(reader.path, name, item, defaults_map)
            _report_long(values or {}, places, reader)
            if self._take("fact", places, reader) and values and self._may_make(values, places):
                claims = tuple(_mint(values, places))
                self._claims[name.value] = dict.fromkeys([claim.id for claim in claims])
                self.facts.append(Record(values, places, claims))

    def _declare_items(
        self, kind: str, items: Sequence, table: Keys, reader: Reader
    ) -> Iterator[Record]:
        """The items of a list that have an id of their own."""
        for item in items.items:
            values = read_keys(item, table, reader)
            name = meant("id", item, table) if isinstance(item, MappingNode) else None
            if isinstance(item, MappingNode) and isinstance(name, Scalar) and name.value:
                places = Places(reader.path, name, item)
                if self._take(kind, places, reader) and values:
                    yield Record(values, places)

    def _take(self, kind: str, places: Places, reader: Reader) -> bool:
        """Whether the id was free; reported where it was not."""
        id = places.name.value
        if len(id) > LONGEST:
            return False  # which is told where it is read; nothing can refer to it
        if id in (SUBJECT, UNKNOWN):
            reader.report(BAD_ID, f"'{id}' has a meaning of its own in 'said_by'", places.name)
            return False
        first = self._places.setdefault(id, places)
        if first is places:
            self._kinds[id] = kind
            return True
        reader.report(
            DUPLICATE_ID,
            f"'{id}' is declared twice",
            places.name,
            "all that is declared shares one id space: give it a name of its own",
            (Related(first.declared, f"it is {_NOUNS[self._kinds[id]]} here"),),
        )
        return False

    def look_up(
        self, reference: Reference, kinds: tuple[str, ...], path: str, own: str | None = None
    ) -> str | None:
        """The id, if it is declared as one of `kinds`; else None, with a report.

        `own` is what refers, where it cannot mean itself.
        """
        id = reference.id
        kind = self._kinds.get(id)
        if kind in kinds:
            return id
        told = shorten(id, LONGEST)
        span = span_of(path, reference.node)
        expected = " or ".join(kinds) if len(kinds) < 3 else "entity, source or fact"
        if kind is not None:
            here = (Related(self._places[id].declared, "it is declared here"),)
            message = f"'{id}' is {_NOUNS[kind]}, where {_article(expected)} is expected"
            self.found.append(Diagnostic(WRONG_KIND, message, span, None, here))
            return None
        code = _UNKNOWN.get(kinds, UNKNOWN_ENTITY)
        found = self._suggest(reference, kinds, span, own)
        self.found.append(Diagnostic(code, f"no {expected} is called '{told}'", span, *found))
        return None

    def _suggest(
        self, reference: Reference, kinds: tuple[str, ...], span: Span, own: str | None
    ) -> tuple[str, tuple[Related, ...], Fix | None]:
        """A hint, the place of what was probably meant, and the fix that names it."""
        id = reference.id
        if id in self._names and self._kinds[self._names[id]] in kinds:
            nearest: str | None = self._names[id]
            hint = f"'{id}' is a name of '{nearest}': write the id"
        elif id.partition("--")[0] in self._claims and "fact" in kinds:
            claims = self._claims[id.partition("--")[0]]
            nearest = nearest_to(id, claims, 0.0)
            assert nearest is not None
            return f"did you mean '{nearest}'?", (), _naming(reference, nearest, span)
        else:
            known = self._declared_as(kinds)
            nearest = nearest_to(id, tuple(k for k in known if k != own) if own else known)
            hint = f"did you mean '{nearest}'?" if nearest else "declare it, or check its spelling"
        if nearest is None:
            return hint, (), None
        here = Related(self._places[nearest].declared, f"'{nearest}' is declared here")
        return hint, (here,), _naming(reference, nearest, span)

    def _declared_as(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """All ids of some kinds; made once, since all is declared before one is looked up."""
        if kinds not in self._choices:
            self._choices[kinds] = tuple(id for id, kind in self._kinds.items() if kind in kinds)
        return self._choices[kinds]

    def one(self, record: Record, key: str, kinds: tuple[str, ...] = ("entity",)) -> str | None:
        """The id under `key`, looked up; None where there is none, or it is not declared."""
        reference = record.values.get(key)
        return self.look_up(reference, kinds, record.places.path) if reference else None

    def many(
        self, record: Record, key: str, kinds: tuple[str, ...] = ("entity",)
    ) -> tuple[str, ...]:
        """The ids under `key`, looked up; those that are not declared are left out."""
        references: tuple[Reference, ...] = record.values.get(key, ())
        ids = [self.look_up(reference, kinds, record.places.path) for reference in references]
        return tuple(dict.fromkeys(id for id in ids if id is not None))

    def claims_named(self, record: Record, key: str) -> tuple[str, ...]:
        """The claims under `key`, where a fact stands for all of its; others are reported."""
        ids: list[str] = []
        for reference in record.values.get(key, ()):
            claims = self.claims_of(reference.id)
            if not claims:
                self.look_up(reference, ("fact",), record.places.path, own=record.id)
            elif claims[0].partition("--")[0] == record.id:
                span = span_of(record.places.path, reference.node)
                message = f"'{reference.id}' names itself under '{key}'"
                self.found.append(Diagnostic(BAD_VALUE, message, span, "name another claim"))
                continue
            ids.extend(claims)
        return tuple(dict.fromkeys(ids))

    def type_of(self, record: Record) -> str | None:
        """The type that a record names, looked up in the vocabulary."""
        reference = record.values.get("type")
        if reference is None:
            return None
        types = self.vocabulary.types
        if reference.id in types:
            return str(reference.id)
        self.found.append(
            unknown_term(UNKNOWN_TYPE, "type", reference.id, record.places, "type", None, types)
        )
        return None

    def places(self, id: str) -> Places:
        """Where `id` is declared."""
        return self._places[id]

    def claims_of(self, id: str) -> tuple[str, ...]:
        """The claims that `id` stands for: those of a fact, or the one of that id; else none."""
        fact = id.partition("--")[0]
        claims = self._claims.get(fact, {})
        if id == fact:
            return tuple(claims)
        return (id,) if id in claims else ()

    def _may_make(self, values: Mapping[str, Any], places: Places) -> bool:
        """Whether there is room for a fact's claims; reported where there is none."""
        count = prod(len(values.get(key, ())) for key in _ENDS)
        self._made += count if count <= MOST_OF_FACT else 0
        return self._is_room("make", "claims", count, self._made, places)

    def may_name(self, record: Record) -> bool:
        """Whether there is room for what a fact or decision names; reported where there is none."""
        values = record.values
        lists = [v for key, v in values.items() if isinstance(v, tuple) and key not in _ENDS]
        count = sum(map(len, lists))
        for key in ("about", "supersedes", "disputes", "claims", "over"):
            count += sum(self._count_of(each.id) for each in values.get(key, ()))
        self._named += count if count <= MOST_OF_FACT else 0
        return self._is_room("name", "things", count, self._named, record.places)

    def _count_of(self, id: str) -> int:
        return len(self._claims.get(id, ()))

    def _is_room(self, verb: str, nouns: str, count: int, total: int, places: Places) -> bool:
        id = places.name.value
        if count > MOST_OF_FACT:
            message = f"'{id}' {verb}s {count:,} {nouns}, and may {verb} {MOST_OF_FACT:,} at most"
            hint = "its lists are multiplied out: name what they have in common as one entity"
        elif total > MOST_OF_ALL:
            if total - count > MOST_OF_ALL:
                return False  # that is told already
            message = f"the facts up to '{id}' {verb} more than {MOST_OF_ALL:,} {nouns}"
            hint = "keep what belongs together in a workspace of its own"
        else:
            return True
        self.found.append(Diagnostic(TOO_MANY, message, places.declared, hint))
        return False


def _naming(reference: Reference, id: str, span: Span) -> Fix:
    """The fix that names `id` instead; what stands before the id, such as `not:`, stays."""
    written = reference.node.value
    fix = replacing(reference.id, id, span)
    (edit,) = fix.edits
    return replace(fix, edits=(edit._replace(text=written.removesuffix(reference.id) + id),))


def _names_meant(defaults: MappingNode) -> list[str]:
    """The keys that a fact need not have: those of the defaults, be they misspelt there."""
    names = [name for name in keys.FACT.required if misspelling_of(name, defaults, keys.DEFAULTS)]
    return [*defaults.entries, *names]


def _mint(values: Mapping[str, Any], places: Places) -> Iterator[Minted]:
    """The claims of a fact: a list adds its items to their ids, a single value never."""
    columns = [_column(values.get(key, ()), places, key) for key in _ENDS]
    fact = places.name.value
    for (i, subject), (j, relation), (k, target) in product(*columns):
        yield Minted(fact + subject + relation + target, (i, j, k))


def _column(references: tuple[Reference, ...], places: Places, key: str) -> list[tuple[int, str]]:
    """What each item under `key` adds to the ids."""
    if not isinstance(places.body.value(key), Sequence):
        return [(i, "") for i in range(len(references))]
    return [(i, "--" + slug(reference.id[:LONGEST])) for i, reference in enumerate(references)]


def _report_long(values: Mapping[str, Any], places: Places, reader: Reader) -> None:
    """Reports the items of a list that are too long for what they add to the ids."""
    for key in _ENDS:
        if isinstance(places.body.value(key), Sequence):
            for reference in values.get(key, ()):
                if len(reference.id) > LONGEST:
                    message = f"'{shorten(reference.id)}' is too long to be part of an id"
                    hint = f"an item of a list has at most {LONGEST} characters: write it alone"
                    reader.report(BAD_ID, message, reference.node, hint)


def slug(item: str) -> str:
    """An item as part of an id: `alliedWith` as `allied-with`."""
    kebab = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", item).lower()
    return re.sub(r"[^a-z0-9_]+", "-", kebab).strip("-")


_ENDS = ("subject", "relation", "object")


def _article(noun: str) -> str:
    return ("an " if noun[0] in "aeio" else "a ") + noun


def _code(name: str, summary: str) -> Code:
    return Code(name, "reference", Severity.ERROR, summary)


DUPLICATE_ID = _code("duplicate-id", "an id is declared twice")
UNKNOWN_ENTITY = _code("unknown-entity", "no entity is declared by that id")
UNKNOWN_SOURCE = _code("unknown-source", "no source is declared by that id")
UNKNOWN_FACT = _code("unknown-fact", "no fact or claim is declared by that id")
WRONG_KIND = _code("wrong-kind", "an id names another kind of thing than is expected")
TOO_MANY = Code(
    "too-many", "shape", Severity.ERROR, "facts make more claims, or name more, than kg holds"
)

CODES = (DUPLICATE_ID, UNKNOWN_ENTITY, UNKNOWN_SOURCE, UNKNOWN_FACT, WRONG_KIND, TOO_MANY)

#: The code where a reference can name one kind of thing only.
_UNKNOWN: Mapping[tuple[str, ...], Code] = {("source",): UNKNOWN_SOURCE, ("fact",): UNKNOWN_FACT}
