"""How the text of each kind of value is read: every scalar means what it looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from kg.model.diagnostic import Code, Severity
from kg.model.edit import Edit, Fix
from kg.model.facts import Condition, Quantity
from kg.model.interval import Bound, parse_date, parse_interval
from kg.model.node import Mapping as MappingNode
from kg.model.node import Node, Scalar, Sequence, span_of
from kg.model.prefixes import PREFIXES
from kg.model.suggest import suggest
from kg.reading.document import shorten
from kg.reading.pattern import compiled
from kg.reading.repair import (
    Repair,
    advise_on_date,
    repair_date,
    repair_interval,
    repair_quantity,
)
from kg.reading.shape import (
    EMPTY_VALUE,
    Key,
    Keys,
    Kind,
    Reader,
    Space,
    keys,
    read_keys,
    report_shape,
)

ID_PATTERN = r"[a-z0-9][a-z0-9_]*(?:-[a-z0-9_]+)*-?"
TYPE_PATTERN = r"[A-Z][A-Za-z0-9]*"
RELATION_PATTERN = r"[a-z][A-Za-z0-9]*"
PART_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_-]*"
#: No id, type or relation is longer, nor a quantity as written.
LONGEST = 200
_NUMBER = r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?"  # as many digits as every SPARQL engine takes
_QUANTITY = re.compile(
    rf"(?P<about>~)?(?:(?P<one>{_NUMBER})|(?P<low>{_NUMBER})?\.\.(?P<high>{_NUMBER})?)"
    r" (?!(?:[Hh]undred|[Tt]housand|[Mm]illion|[Bb]illion|[Tt]rillion|[Mm]io|[Mm]rd|mn|bn)s?\b)"
    r"(?P<unit>[^\s()~][^()]*?)(?: \((?P<gloss>[^()]+)\))?"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_RANGE = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")


class Reference(NamedTuple):
    """An id as it was written, and where."""

    id: str
    node: Scalar


class ChainLink(NamedTuple):
    """A link of `said_by` before its speaker is looked up."""

    by: Reference
    verb: str | None


class ConditionReference(NamedTuple):
    """A scenario before it is looked up, and whether it is ruled out."""

    scenario: Reference
    is_ruled_out: bool


class PassageReference(NamedTuple):
    """A passage before its part is looked up."""

    part: Reference
    chars: tuple[int, int] | None
    chars_node: Node | None
    quote: str | None


def text(what: str = "text", schema: Mapping[str, Any] | None = None) -> Kind:
    """A kind that takes any text."""

    def read(node: Node, reader: Reader) -> str | None:
        if type(node) is Scalar:
            if node.value:
                return node.value
            reader.report(EMPTY_VALUE, f"{what} is expected here", node)
            return None
        report_shape(node, what, reader)
        return None

    return Kind(read, schema or {"type": ["string", "number", "boolean"]})


_read_text = text().read


def matching(pattern: str, code: Code, says: Callable[[str], str], hint: str) -> Kind:
    """A kind that takes text of one form, and of no more than LONGEST characters."""
    fullmatch = re.compile(pattern).fullmatch

    def read(node: Node, reader: Reader) -> str | None:
        value: str | None = _read_text(node, reader)
        if value is None or (len(value) <= LONGEST and fullmatch(value)):
            return value
        if len(value) <= LONGEST:
            reader.report(code, says(value), node, hint)
        else:
            reader.report(
                code, says(shorten(value)), node, f"it has more than {LONGEST} characters"
            )
        return None

    schema = {"type": ["string", "number"], "pattern": f"^(?:{pattern})$", "maxLength": LONGEST}
    return Kind(read, schema)


def choice(
    noun: str, options: Iterable[str], advise: Callable[[str], str | None] = lambda value: None
) -> Kind:
    """A kind that takes one of a few words; `advise` knows more of some that are none of them."""
    words = tuple(options)

    def read(node: Node, reader: Reader) -> str | None:
        value: str | None = _read_text(node, reader)
        if value is None or value in words:
            return value
        advice = advise(value)
        meant = None if advice else suggest(value, words, span_of(reader.path, node))
        hint = advice or (meant.hint if meant else "one of " + ", ".join(words))
        reader.report(BAD_VALUE, f"'{value}' is no {noun}", node, hint, fix=meant and meant.fix)
        return None

    return Kind(read, {"enum": list(words)}, words=words)


def member(
    enum: type[StrEnum], noun: str, advise: Callable[[str], str | None] = lambda value: None
) -> Kind:
    """A kind that takes a member of an enumeration."""
    read_word = choice(noun, list(enum), advise).read
    members = {str(each): each for each in enum}

    def read(node: Node, reader: Reader) -> StrEnum | None:
        word = read_word(node, reader)
        return None if word is None else members[word]

    return Kind(read, {"enum": list(members)}, words=tuple(members))


def whole_number(
    noun: str, options: tuple[int, ...], advise: Callable[[str], str | None] = lambda value: None
) -> Kind:
    """A kind that takes one of a few whole numbers."""
    words = tuple(str(option) for option in options)
    read_word = choice(noun, words, advise).read

    def read(node: Node, reader: Reader) -> int | None:
        word = read_word(node, reader)
        return None if word is None else int(word)

    return Kind(read, {"enum": [*options, *words]}, words=words)


def reference(what: str, schema_name: str, *names: Space) -> Kind:
    """A kind that takes an id, to be looked up once everything is declared."""

    def read(node: Node, reader: Reader) -> Reference | None:
        if type(node) is not Scalar:
            report_shape(node, what, reader)
            return None
        if not node.value:
            reader.report(EMPTY_VALUE, f"{what} is expected here", node)
            return None
        return Reference(node.value, node)

    return Kind(read, {"$ref": f"#/$defs/{schema_name}"}, names)


def parsed(
    parse: Callable[[str], Any],
    code: Code,
    hint: str,
    schema: Mapping[str, Any],
    repair: Callable[[str], Repair | None] = lambda value: None,
    advise: Callable[[str], str | None] = lambda value: None,
) -> Kind:
    """A kind whose text `parse` reads, raising ValueError with one sentence where it cannot.

    Where `repair` knows what was meant, and that can be read, the finding offers it; else its hint
    is what `advise` knows of it.
    """

    def read(node: Node, reader: Reader) -> Any:
        value = _read_text(node, reader)
        if value is None:
            return None
        try:
            return parse(value)
        except ValueError as error:
            offer = offer_repair(node, value, parse, repair, reader.path)
            told = offer.title if offer else advise(value) or hint
            reader.report(code, str(error), node, told, fix=offer)
            return None

    return Kind(read, schema)


def offer_repair(
    node: Node,
    value: str,
    parse: Callable[[str], Any],
    repair: Callable[[str], Repair | None],
    path: str,
) -> Fix | None:
    """A fix that writes what was meant, where `repair` knows it and `parse` can read it."""
    meant = repair(value)
    if meant is None:
        return None
    try:
        parse(meant.value)
    except ValueError:
        return None
    edit = Edit(span_of(path, node), meant.value)
    return Fix(f"write '{meant.value}'", (edit,), is_safe=meant.is_certain)


def mapping_of(name: Kind, value: Kind, what: str, pattern: str) -> Kind:
    """A kind that takes a mapping of any keys that `name` reads."""
    key_read = name.read

    def read(node: Node, reader: Reader) -> dict[Any, Any] | None:
        if not isinstance(node, MappingNode):
            report_shape(node, what, reader)
            return None
        values: dict[Any, Any] = {}
        for key_node, value_node in node.entries.values():
            key, one = key_read(key_node, reader), value.read(value_node, reader)
            if key is not None and one is not None:
                values[key] = one
        return values

    schema = {
        "type": "object",
        "patternProperties": {f"^(?:{pattern})$": dict(value.schema)},
        "additionalProperties": False,
    }
    return Kind(read, schema, name=name, each=value)


def record(table: Keys) -> Kind:
    """A kind that takes a mapping with the keys of a table."""
    return Kind(lambda node, reader: read_keys(node, table, reader), table.schema, table=table)


def whole_record(table: Keys) -> Kind:
    """A kind like `record` for what means nothing if a part of it cannot be read."""

    def read(node: Node, reader: Reader) -> dict[str, Any] | None:
        values = read_keys(node, table, reader)
        is_whole = isinstance(node, MappingNode) and values and len(values) == len(node.entries)
        return values if is_whole else None

    return Kind(read, table.schema, table=table)


def ids_in(text: str, kind: Kind) -> Iterator[tuple[int, str]]:
    """The ids that a text of a kind consists of, each with where it begins."""
    if kind is CONDITION:
        id = Condition.parse(text).scenario
        yield len(text) - len(id), id
    elif kind is CHAIN:
        yield from ((match.start(), match.group()) for match in re.finditer("[^/]+", text))
    elif kind.names or kind.declares:
        yield 0, text


# -- kinds of values ----------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def parse_quantity(value: str) -> Quantity:
    """A number, an approximate number, or bounds, with a unit: `200..900 person (a few hundred)`.

    Raises:
        ValueError: with one sentence for the reader, if it is none of these.
    """
    match = _QUANTITY.fullmatch(value) if len(value) <= LONGEST else None
    if match is None:
        raise ValueError(f"'{value}' is not a quantity")
    one, low, high = match["one"], match["low"], match["high"]
    if one is None and low is None and high is None:
        raise ValueError(f"'{value}' has no number")
    bottom, top = Decimal(one or low) if one or low else None, None
    if one or high:
        top = Decimal(one or high)
    if bottom is not None and top is not None and top < bottom:
        raise ValueError(f"'{value}' has its bounds the wrong way round")
    is_about = match["about"] is not None
    return Quantity(value, bottom, top, match["unit"].strip(), is_about, match["gloss"])


def parse_number(value: str) -> Decimal:
    """A decimal number in plain digits.

    Raises:
        ValueError: with one sentence for the reader, if it is not one.
    """
    if not re.fullmatch(_NUMBER, value):
        raise ValueError(f"'{value}' is not a number in plain digits")
    return Decimal(value)


def _parse_range(value: str) -> tuple[int, int]:
    match = _RANGE.fullmatch(value)
    if match is None:
        raise ValueError(f"'{value}' is not a range of characters")
    start, end = int(match[1]), int(match[2])
    if end <= start:
        raise ValueError(f"'{value}' ends before it begins")
    return start, end


def _parse_count(value: str) -> int:
    if not re.fullmatch("[0-9]{1,12}", value):
        raise ValueError(f"'{value}' is not a count")
    return int(value)


def _parse_dated(value: str) -> tuple[Bound, str]:
    return parse_date(value), value


def _parse_url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ValueError(f"'{value}' is not a web address")
    return value


def _parse_language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError(f"'{value}' is not a language tag")
    return value


def _parse_curie(value: str) -> str:
    prefix, colon, local = value.partition(":")
    if not (colon and re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*", local)):
        raise ValueError(f"'{value}' is not PREFIX:NAME")
    if prefix not in PREFIXES:
        raise ValueError(f"'{prefix}' is no prefix that kg knows")
    return value


def _parse_pattern(value: str) -> str:
    try:
        compiled(value)
    except ValueError as error:
        raise ValueError(f"'{shorten(value)}' {error}") from None
    return value


def _parse_template(value: str) -> str:
    if value.count("{}") != 1:
        raise ValueError(f"'{value}' does not hold one '{{}}'")
    return _parse_url(value.replace("{}", "X")) and value


def _parse_namespace(value: str) -> str:
    if _parse_url(value)[-1] not in "/#":
        raise ValueError(f"'{value}' does not end in '/' or '#'")
    return value


def _parse_base(value: str) -> str:
    if _parse_url(value)[-1] != "/":
        raise ValueError(f"'{value}' does not end in '/'")
    return value


def _read_link(node: Node, reader: Reader) -> ChainLink | None:
    if not isinstance(node, MappingNode):
        by = THING.read(node, reader)
        return None if by is None else ChainLink(by, None)
    values = read_keys(node, LINK_KEYS, reader)
    if not values or "by" not in values:
        return None
    return ChainLink(values["by"], values.get("verb"))


def _read_condition(node: Node, reader: Reader) -> ConditionReference | None:
    ruled_out = node.value("not") if isinstance(node, MappingNode) else None
    if isinstance(ruled_out, Scalar):
        hint = f"put it in quotes: 'not: {ruled_out.value}'"
        report_shape(node, "an id", reader, hint)
        return None
    scenario = THING.read(node, reader)
    if scenario is None:
        return None
    condition = Condition.parse(scenario.id)
    return ConditionReference(Reference(condition.scenario, scenario.node), condition.is_ruled_out)


def _read_passage(node: Node, reader: Reader) -> PassageReference | None:
    if not isinstance(node, MappingNode):
        part = PART.read(node, reader)
        return None if part is None else PassageReference(part, None, None, None)
    values = read_keys(node, PASSAGE_KEYS, reader)
    if not values or "part" not in values:
        return None
    return PassageReference(
        values["part"], values.get("chars"), node.value("chars"), values.get("quote")
    )


def _read_object(node: Node, reader: Reader) -> Reference | None:
    if isinstance(node, Sequence | MappingNode):
        report_shape(node, "an entity, a source or a value", reader)
        return None
    value: Reference | None = THING.read(node, reader)
    return value


def _code(name: str, family: str, summary: str) -> Code:
    return Code(name, family, Severity.ERROR, summary)


BAD_ID = _code("bad-id", "shape", "an id has a form that cannot be part of an address")
BAD_VALUE = _code("bad-value", "shape", "a word is not one of those that the key takes")
BAD_QUANTITY = _code("bad-quantity", "shape", "a quantity is not a number with a unit")
BAD_NUMBER = _code("bad-number", "shape", "a number is not written in plain digits")
BAD_ADDRESS = _code("bad-address", "shape", "a web address is not one")
BAD_LANGUAGE = _code("bad-language", "shape", "a language tag is not one")
BAD_DATE = _code("bad-date", "time", "a date or an interval is not EDTF, or not of the calendar")
BAD_RANGE = _code("bad-range", "evidence", "a range of characters is not START-END")
BAD_HASH = _code("bad-hash", "evidence", "a hash is not 64 hexadecimal digits")

_ID_HINT = "an id is a-z, 0-9, '_' and single '-', and begins with a letter or a digit"
_DATE_HINT = "write 2025, 2025-12 or 2025-12-02; '~' for about, '?' for uncertain"
_INTERVAL_HINT = (
    "write a date, such as 2025-12-02, or START/END, with '..' for open and nothing for unknown"
)

TEXT = text()
ID = matching(ID_PATTERN, BAD_ID, lambda value: f"'{value}' cannot be an id", _ID_HINT).as_names(
    Space.THING
)
TYPE_ID = matching(
    TYPE_PATTERN,
    BAD_ID,
    lambda value: f"'{value}' cannot be a type",
    "a type is written like NewsArticle",
).as_names(Space.TYPE)
RELATION_ID = matching(
    RELATION_PATTERN,
    BAD_ID,
    lambda value: f"'{value}' cannot be a relation",
    "a relation is written like alliedWith",
).as_names(Space.RELATION)
PART_ID = matching(
    PART_PATTERN,
    BAD_ID,
    lambda value: f"'{value}' cannot be a part",
    "a part is written like P1",
).as_names(Space.PART)
THING = replace(reference("an id", "id", Space.THING), takes=("entity", "source"))
ENTITY = replace(THING, takes=("entity",))
SOURCE = replace(THING, takes=("source",))
CLAIMS = replace(THING, takes=("fact", "claim"))
TOPIC = replace(THING, takes=("entity", "source", "fact", "claim"))
TYPE = reference("a type", "type", Space.TYPE)
RELATION = reference("a relation", "relation", Space.RELATION)
RANGE_ITEM = reference("a type or a kind of value", "range", Space.TYPE)
VOICE = replace(
    reference("an id", "voice", Space.THING, Space.GROUP, Space.TYPE), takes=THING.takes
)
CHAIN = replace(
    matching(
        f"{RELATION_PATTERN}(?:/{RELATION_PATTERN}){{1,2}}",
        BAD_VALUE,
        lambda value: f"'{value}' is no chain",
        "write two or three relations in a row, such as leads/governs",
    ),
    names=(Space.RELATION,),
)
PART = reference("a part of the source's text", "part", Space.PART)
CONDITION = Kind(
    _read_condition, {"$ref": "#/$defs/condition"}, (Space.THING,), takes=("scenario",)
)
OBJECT = Kind(_read_object, {"type": ["string", "number"]}, (Space.THING,), takes=THING.takes)
_DATED = {"type": ["string", "integer"]}
DATE = parsed(_parse_dated, BAD_DATE, _DATE_HINT, _DATED, repair_date, advise_on_date)
INTERVAL: Kind = parsed(
    parse_interval, BAD_DATE, _INTERVAL_HINT, _DATED, repair_interval, advise_on_date
)
QUANTITY = parsed(
    parse_quantity,
    BAD_QUANTITY,
    "write a number and a unit, such as '~300 person', '200..900 person' or '15000000 USD'",
    {"type": "string", "pattern": f"^(?:{re.sub(r'[?]P<[a-z]+>', '', _QUANTITY.pattern)})$"},
    repair_quantity,
)
URL = parsed(
    _parse_url,
    BAD_ADDRESS,
    "write it in full, beginning with https://",
    {"type": "string", "pattern": r"^https?://[^\s<>\"{}|\\^`]+$"},
)
LANGUAGE = parsed(
    _parse_language,
    BAD_LANGUAGE,
    "write a BCP 47 tag such as en, es or zh-Hant",
    {"type": "string", "pattern": f"^(?:{_LANGUAGE.pattern})$"},
)
RANGE = parsed(
    _parse_range,
    BAD_RANGE,
    "write START-END: code points from 0, the end excluded",
    {"type": "string", "pattern": "^[0-9]{1,12}-[0-9]{1,12}$"},
)
COUNT = parsed(_parse_count, BAD_NUMBER, "write it in plain digits", {"type": "integer"})
BOOLEAN = choice("truth value", ("true", "false"))
CURIE = parsed(
    _parse_curie,
    BAD_ADDRESS,
    "write PREFIX:NAME with one of " + ", ".join(PREFIXES),
    {"type": "string", "pattern": f"^({'|'.join(PREFIXES)}):[A-Za-z0-9_][A-Za-z0-9_-]*$"},
)
PATTERN = parsed(_parse_pattern, BAD_VALUE, "write a regular expression", {"type": "string"})
ADDRESS_TEMPLATE = parsed(
    _parse_template,
    BAD_ADDRESS,
    "write an address with {} where the code goes",
    {"type": "string", "pattern": r"^https?://[^{]*\{\}[^{]*$"},
)
BASE = parsed(
    _parse_base,
    BAD_ADDRESS,
    "write an address of your own that ends in '/'",
    {"type": "string", "pattern": "^https?://.*/$"},
)
_NAMESPACE = parsed(
    _parse_namespace,
    BAD_ADDRESS,
    "write an address that ends in '/' or '#'",
    {"type": "string", "pattern": "^https?://.*[/#]$"},
)
SHA256 = matching("[0-9a-f]{64}", BAD_HASH, lambda value: f"'{value}' is not a SHA-256",
                  "sha256sum FILE prints it: 64 digits and letters a to f")  # fmt: skip
LABELS = mapping_of(LANGUAGE, TEXT, "names by language, such as ru: Россия,", _LANGUAGE.pattern)
CODES_BY_SCHEME = mapping_of(
    replace(TEXT, names=(Space.SCHEME,)), TEXT, "codes by scheme", "[a-z][a-z0-9_]*"
)
PARTS = mapping_of(PART_ID, RANGE, "parts such as P1: 158-553", PART_PATTERN)
_PREFIX = matching("[a-z][a-z0-9-]*", BAD_ID, lambda value: f"'{value}' cannot be a prefix",
                   "a prefix is a-z, 0-9 and '-'")  # fmt: skip
PREFIXES_BY_NAME = mapping_of(_PREFIX, _NAMESPACE, "addresses by prefix", "[a-z][a-z0-9-]*")

LINK_KEYS = keys(
    "a link of the chain",
    Key("by", THING, "who says it: an entity, a source, 'subject' or 'unknown'", required=True),
    Key("verb", TEXT, "the verb of the report, such as 'revealed'"),
)
CHAIN_LINK = Kind(
    _read_link,
    {"anyOf": [dict(THING.schema), LINK_KEYS.schema]},
    names=THING.names,
    takes=THING.takes,
    table=LINK_KEYS,
)

PASSAGE_KEYS = keys(
    "a passage",
    Key("part", PART, "a part of the source's text", required=True),
    Key("chars", RANGE, "where in the part it stands: code points from 0, the end excluded"),
    Key("quote", TEXT, "a short quote, where the very words matter"),
)
PASSAGE = Kind(
    _read_passage,
    {"anyOf": [dict(PART.schema), PASSAGE_KEYS.schema]},
    names=PART.names,
    table=PASSAGE_KEYS,
)

CODES = (
    BAD_ID,
    BAD_VALUE,
    BAD_QUANTITY,
    BAD_NUMBER,
    BAD_ADDRESS,
    BAD_LANGUAGE,
    BAD_DATE,
    BAD_RANGE,
    BAD_HASH,
)
