"""Five hundred small mistakes in the shipped files: each is found, and at the right place.

A mistake is one edit of one file: a key, an id, a term or a word misspelt; a required key taken
away, its name alone or with its value; a declaration taken away that something refers to. The
whole workspace is checked with each.

What is by nature not to be found is not tried:

- an optional key taken away: the file then says less, and is right;
- a name, a note or another free text misspelt: nothing says how it should be;
- an id misspelt where it is declared, or a declaration taken away, if nothing refers to it;
- the key of a `labels` entry misspelt, since the result may be a language as well;
- a date, a number or a code changed to another that is possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum
from functools import cached_property, lru_cache
from random import Random

import pytest

from kg.check import Texts, check
from kg.lens import DIALS
from kg.model.diagnostic import Diagnostic, Severity
from kg.model.node import Mapping as MappingNode
from kg.model.node import Node, Scalar, Sequence, span_of
from kg.model.text import SourceText, Span
from kg.reading import keys, values
from kg.reading.document import read_document
from kg.reading.shape import Keys
from tests.conftest import ROOT, brief, folder_texts, shipped_texts

MUTATIONS, SEED = 500, 20251202
CHUNKS = 10


class Mistake(Enum):
    MISSPELT_KEY = "a key is misspelt"
    MISSPELT_REFERENCE = "an id is misspelt where it is used"
    MISSPELT_DECLARATION = "an id is misspelt where it is declared, and used elsewhere"
    MISSPELT_TERM = "a type or relation is misspelt where it is used"
    MISSPELT_WORD = "one of a few words is misspelt"
    MISSING_KEY = "a required key is taken away"
    MISSING_NAME = "a key's name is taken away and its value left"
    MISSING_DECLARATION = "a declaration that is used is taken away"


# -- the places of a workspace --------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Place:
    """Somewhere in a file that can be damaged."""

    file: SourceText
    span: Span
    declaration: Span  #: what it is a part of


@dataclass(frozen=True, kw_only=True)
class Entry(Place):
    """A key with its value."""

    name: str
    value: Span
    is_required: bool


@dataclass(frozen=True, kw_only=True)
class Word(Place):
    """A scalar that names something."""

    text: str
    kind: str  #: reference, term, scheme, part or word


@dataclass(frozen=True, kw_only=True)
class Declared(Place):
    """What declares an id; its declaration is the key with all that is under it."""

    id: str
    is_part: bool


#: The kinds of values that name something, by what they name.
_NAMING = {
    id(values.THING): "reference",
    id(values.OBJECT): "reference",
    id(values.CHAIN_LINK): "reference",
    id(values.TYPE): "term",
    id(values.RELATION): "term",
    id(values.RANGE_ITEM): "term",
    id(values.PART): "part",
    id(values.PASSAGE): "part",
}
_RECORDS: Mapping[str, Keys] = {
    "text": keys.TEXT,
    "valence": keys.VALENCE,
    "plover": keys.PLOVER,
    "said_by": values.LINK_KEYS,
    "passage": values.PASSAGE_KEYS,
}


class Survey:
    """All places of one workspace, and everything that can be named in it."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.entries: list[Entry] = []
        self.words: list[Word] = []
        self.declared: list[Declared] = []
        files = [(text, keys.DOCUMENT) for text in texts.facts]
        files += [(text, keys.ONTOLOGY) for text in texts.ontology]
        files += [(texts.profile, keys.PROFILE)] if texts.profile else []
        for text, table in files:
            root = read_document(text, [])
            assert root is not None
            self.file(text, root, table)

    def file(self, text: SourceText, root: MappingNode, table: Keys) -> None:
        sections = {
            "entities": keys.ENTITY,
            "sources": keys.SOURCE,
            "types": keys.TYPE,
            "relations": keys.RELATION,
            "codes": keys.SCHEME,
        }
        self.mapping(text, root, table, span_of(text.path, root), deep=table is keys.PROFILE)
        for name, (_, node) in root.entries.items():
            if name == "facts" and isinstance(node, Sequence):
                for item in node.items:
                    self.fact(text, item)
            elif name in sections and isinstance(node, MappingNode) and table is not keys.PROFILE:
                for key, body in node.entries.values():
                    self.declare(text, key, body)
                    self.mapping(text, body, sections[name], _around(text, key, body))
            elif name == "defaults":
                self.mapping(text, node, keys.DEFAULTS, span_of(text.path, node))
            elif name == "lens" or name == "lenses":
                lenses = [node] if name == "lens" else [dials for _, (_, dials) in _entries(node)]
                for lens in lenses:
                    self.lens(text, lens)

    def fact(self, text: SourceText, item: Node) -> None:
        assert isinstance(item, MappingNode)
        name = item.entries["id"][1]
        assert isinstance(name, Scalar)
        self.declare(text, name, item)
        self.mapping(text, item, keys.FACT, span_of(text.path, item))

    def declare(self, text: SourceText, name: Scalar, body: Node, *, is_part: bool = False) -> None:
        whole = _around(text, name, body)
        span = span_of(text.path, name)
        self.declared.append(
            Declared(file=text, span=span, declaration=whole, id=name.value, is_part=is_part)
        )

    def mapping(
        self, text: SourceText, node: Node, table: Keys, whole: Span, *, deep: bool = True
    ) -> None:
        for name, (key_node, value) in _entries(node):
            key = table.by_name[name]
            self.entries.append(
                Entry(
                    file=text,
                    span=span_of(text.path, key_node),
                    declaration=whole,
                    name=name,
                    value=span_of(text.path, value),
                    is_required=key.required,
                )
            )
            if deep:
                self.value(text, name, value, key.kind, whole)

    def value(self, text: SourceText, name: str, node: Node, kind: object, whole: Span) -> None:
        items = node.items if isinstance(node, Sequence) else [node]
        for item in items:
            if isinstance(item, MappingNode):
                if name in _RECORDS:
                    self.mapping(text, item, _RECORDS[name], whole)
                if name == "parts" or name == "codes":
                    kind_name = "part" if name == "parts" else "scheme"
                    for _, (key_node, _) in _entries(item):
                        if kind_name == "part":
                            self.declare(text, key_node, item, is_part=True)
                        else:
                            self.word(text, key_node, "scheme", whole)
            elif isinstance(item, Scalar):
                naming = _NAMING.get(id(kind))
                is_id = re.fullmatch("[a-z][a-z0-9_-]*", item.value) is not None
                is_value = kind is values.OBJECT and not is_id
                if naming and not is_value and item.value not in ("subject", "unknown"):
                    self.word(text, item, naming, whole)
                elif not naming and "enum" in getattr(kind, "schema", {}):
                    self.word(text, item, "word", whole)

    def word(self, text: SourceText, node: Scalar, kind: str, whole: Span) -> None:
        span = span_of(text.path, node)
        self.words.append(Word(file=text, span=span, declaration=whole, text=node.value, kind=kind))

    def lens(self, text: SourceText, lens: Node) -> None:
        for name, (key_node, value) in _entries(lens):
            span = span_of(text.path, key_node)
            self.words.append(Word(file=text, span=span, declaration=span, text=name, kind="word"))
            if name in ("assume", "without", "according_to"):
                for item in value.items if isinstance(value, Sequence) else [value]:
                    assert isinstance(item, Scalar)
                    self.word(text, item, "reference", span)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that means something: no misspelling may hit one of these."""
        tables = (
            *(keys.DOCUMENT, keys.ENTITY, keys.TEXT, keys.SOURCE, keys.FACT, keys.DEFAULTS),
            *(keys.ONTOLOGY, keys.TYPE, keys.RELATION, keys.SCHEME, keys.VALENCE, keys.PLOVER),
            *(keys.PROFILE, values.LINK_KEYS, values.PASSAGE_KEYS),
        )
        words = {name for table in tables for name in table.by_name}
        for table in tables:
            for key in table.by_name.values():
                words.update(str(word) for word in key.kind.schema.get("enum", ()))
        vocabulary = check(self.texts).facts.vocabulary
        words |= {*vocabulary.types, *vocabulary.relations, *vocabulary.schemes, *DIALS}
        return frozenset(words | {declared.id for declared in self.declared})

    @cached_property
    def used(self) -> frozenset[str]:
        """What something refers to."""
        ids = {word.text for word in self.words if word.kind != "word"}
        return frozenset(ids | {id.partition("--")[0] for id in ids})


def _entries(node: Node) -> list[tuple[str, tuple[Scalar, Node]]]:
    assert isinstance(node, MappingNode)
    return list(node.entries.items())


def _around(text: SourceText, name: Scalar, body: Node) -> Span:
    first, last = span_of(text.path, name), span_of(text.path, body)
    start = min((first.line, first.column), (last.line, last.column))
    end = max((first.end_line, first.end_column), (last.end_line, last.end_column))
    return Span(text.path, *start, *end)


@lru_cache(maxsize=1)
def surveys() -> tuple[Survey, ...]:
    """The shipped workspaces: this repository's own, and the one that `kg init` begins with."""
    found = (Survey(shipped_texts()), Survey(folder_texts(ROOT / "examples" / "starter")))
    for survey in found:
        assert check(survey.texts).is_sound
    return found


# -- the mistakes ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mutation:
    mistake: Mistake
    survey: Survey
    place: Place
    data: bytes  #: what the file holds afterwards
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.mistake.value}: {self.place.span}: {self.was!r} -> {self.now!r}"

    @property
    def texts(self) -> Texts:
        def mutated(texts: tuple[SourceText, ...]) -> tuple[SourceText, ...]:
            return tuple(
                replace(text, data=self.data) if text.path == self.place.file.path else text
                for text in texts
            )

        given = self.survey.texts
        profile = mutated((given.profile,))[0] if given.profile else None
        core = mutated(given.core) if given.core == given.ontology else given.core
        return Texts(profile, core, mutated(given.ontology), mutated(given.facts))


@lru_cache(maxsize=1)
def mutations() -> tuple[Mutation, ...]:
    random = Random(SEED)
    kinds = list(Mistake)
    made = [make(kinds[n % len(kinds)], random) for n in range(MUTATIONS)]
    return tuple(made)


def make(mistake: Mistake, random: Random) -> Mutation:
    while True:
        survey = random.choices(surveys(), (9, 1))[0]
        candidates = places(mistake, survey)
        if not candidates:
            continue
        place = random.choice(candidates)
        mutation = damage(mistake, survey, place, random)
        if mutation is not None:
            return mutation


_PLACES: dict[tuple[Mistake, int], list[Place]] = {}


def places(mistake: Mistake, survey: Survey) -> list[Place]:
    """Where a mistake of this kind can be made, and be found."""
    key = (mistake, id(survey))
    if key not in _PLACES:
        _PLACES[key] = list(_places(mistake, survey))
    return _PLACES[key]


def _places(mistake: Mistake, survey: Survey) -> Iterator[Place]:
    match mistake:
        case Mistake.MISSPELT_KEY | Mistake.MISSING_NAME:
            yield from survey.entries
        case Mistake.MISSING_KEY:
            yield from (entry for entry in survey.entries if entry.is_required)
        case Mistake.MISSPELT_REFERENCE:
            yield from (w for w in survey.words if w.kind in ("reference", "part"))
        case Mistake.MISSPELT_TERM:
            yield from (w for w in survey.words if w.kind in ("term", "scheme"))
        case Mistake.MISSPELT_WORD:
            yield from (w for w in survey.words if w.kind == "word")
        case Mistake.MISSPELT_DECLARATION | Mistake.MISSING_DECLARATION:
            yield from (d for d in survey.declared if d.id in survey.used)


def damage(mistake: Mistake, survey: Survey, place: Place, random: Random) -> Mutation | None:
    """The file with a mistake in it; None where this one cannot be made here."""
    content = place.file.data.decode()
    start, end = _offsets(content, place.span)
    was = content[start:end]
    match mistake:
        case Mistake.MISSING_KEY:
            assert isinstance(place, Entry)
            start, end = _entry_extent(content, place)
            was, now = content[start:end], ""
        case Mistake.MISSING_NAME:
            now = ""
            end = _after_colon(content, end)
        case Mistake.MISSING_DECLARATION:
            assert isinstance(place, Declared)
            start, end = _declaration_extent(content, place)
            was, now = content[start:end], ""
        case _:
            now = misspelt(was, random)
            if now.strip("'\"") in survey.known:
                return None
    data = (content[:start] + now + content[end:]).encode()
    return Mutation(mistake, survey, place, data, was, now)


def misspelt(word: str, random: Random) -> str:
    """A slip of the pen: a letter doubled, dropped, changed, or two letters swapped."""
    letters = [index for index, letter in enumerate(word) if letter.isalnum()]
    at = random.choice(letters)
    slip = random.choice("dwxs")
    if slip == "d":
        return word[:at] + word[at] + word[at:]
    if slip == "w" and at + 1 in letters and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if slip == "x" and len(letters) > 3 and at > 0:
        return word[:at] + word[at + 1 :]
    other = random.choice([letter for letter in "aeionrst" if letter != word[at].lower()])
    return word[:at] + (other.upper() if word[at].isupper() else other) + word[at + 1 :]


def _offsets(content: str, span: Span) -> tuple[int, int]:
    lines = content.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return (
        starts[span.line - 1] + span.column - 1,
        starts[span.end_line - 1] + span.end_column - 1,
    )


def _after_colon(content: str, end: int) -> int:
    end = content.index(":", end) + 1
    while content[end : end + 1] == " ":
        end += 1
    return end


def _entry_extent(content: str, entry: Entry) -> tuple[int, int]:
    """A key with its value and the comma, or the line break, that goes with it."""
    start = _offsets(content, entry.span)[0]
    end = _offsets(content, entry.value)[1]
    line = content.rfind("\n", 0, start) + 1
    before = content[line:start]
    if before.strip() in ("", "-"):  # a line of its own, or the first of a list's item
        following = content.find("\n", end - 1 if content[end - 1] == "\n" else end)
        following = len(content) if following < 0 else following
        if before.strip() == "-":
            rest = content[following + 1 :]
            indent = len(rest) - len(rest.lstrip(" "))
            return start, following + 1 + indent
        return line, following + 1
    if content[end : end + 2] == ", ":
        return start, end + 2
    if content[start - 2 : start] == ", ":
        return start - 2, end
    return start, end


def _declaration_extent(content: str, declared: Declared) -> tuple[int, int]:
    start, end = _offsets(content, declared.declaration)
    if declared.is_part:  # its name, its range and a comma
        start = _offsets(content, declared.span)[0]
        end = min(i for i in (content.find(", ", start), content.find("}", start)) if i >= 0)
        return (start, end + 2) if content[end] == "," else (start - 2, end)
    line = content.rfind("\n", 0, start) + 1
    last = content.rfind("\n", 0, end) + 1
    if not content[last:end].strip():  # a block ends where the next one begins
        return line, last
    following = content.find("\n", end)
    return line, len(content) if following < 0 else following + 1


# -- the judgement --------------------------------------------------------------------------------


def errors_of(mutation: Mutation) -> list[Diagnostic]:
    return [d for d in check(mutation.texts).diagnostics if d.severity is Severity.ERROR]


def is_in(span: Span, whole: Span, slack: int = 0) -> bool:
    return span.path == whole.path and whole.line <= span.line <= whole.end_line + slack


def problem(mutation: Mutation) -> str | None:
    """What is wrong with what was found; None if nothing is."""
    found = errors_of(mutation)
    told = "; ".join(brief(d) for d in found[:4])
    place, mistake = mutation.place, mutation.mistake
    if not found:
        return "nothing was found"
    match mistake:
        case Mistake.MISSPELT_DECLARATION | Mistake.MISSING_DECLARATION:
            assert isinstance(place, Declared)
            return _problem_of_references(mutation, place, found)
        case Mistake.MISSING_NAME:
            assert isinstance(place, Entry)
            whole = Span(place.span.path, *place.span[1:3], *place.value[3:])
            spans = [s for d in found for s in (d.span, *(r.span for r in d.related))]
            if not any(is_in(span, whole, slack=1) for span in spans):
                return f"found elsewhere: {told}"
            return None
        case Mistake.MISSING_KEY if isinstance(place, Entry) and place.name == "id":
            return _problem_of_a_missing_id(mutation, found)
        case Mistake.MISSING_KEY:
            if not all(is_in(d.span, place.declaration) for d in found):
                return f"found outside the declaration: {told}"
        case _:
            if not all(is_in(d.span, place.span) for d in found):
                return f"found in another line: {told}"
    return None if len(found) == 1 else f"one mistake, {len(found)} findings: {told}"


def likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _problem_of_a_missing_id(mutation: Mutation, found: list[Diagnostic]) -> str | None:
    """It is missed where it was, and wherever something refers to it."""
    there = [d for d in found if is_in(d.span, mutation.place.declaration)]
    id = mutation.was.partition("id: ")[2].split(",")[0].split()[0]
    elsewhere = [d for d in found if d not in there and f"'{id}" not in d.message]
    if len(there) == 1 and not elsewhere:
        return None
    return "; ".join(brief(d) for d in found[:4])


def _problem_of_references(
    mutation: Mutation, place: Declared, found: list[Diagnostic]
) -> str | None:
    told = "; ".join(brief(d) for d in found[:4])
    old, new = place.id, mutation.now.strip("'\"")
    for diagnostic in found:
        if diagnostic.code.name == "bad-id" and diagnostic.span == place.span:
            continue  # a term that begins with the wrong case
        if diagnostic.code.name == "empty-value":
            continue  # it was the only one of its section
        if f"'{old}'" not in diagnostic.message and f"'{old}--" not in diagnostic.message:
            return f"'{old}' is not what is missed: {told}"
        if mutation.mistake is Mistake.MISSPELT_DECLARATION and len(old) > 3:
            named = (diagnostic.hint or "").partition("'")[2].partition("'")[0]
            if likeness(named, old) < likeness(new, old):
                return f"the hint does not name '{new}': {diagnostic.hint}"
    return None


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_mistake_is_found_where_it_is(chunk: int) -> None:
    tried = mutations()[chunk::CHUNKS]
    assert MUTATIONS // CHUNKS == len(tried)
    missed = {str(mutation): problem(mutation) for mutation in tried}
    assert {} == {name: told for name, told in missed.items() if told is not None}


def test_the_same_mistakes_are_made_every_time() -> None:
    first = [str(mutation) for mutation in mutations()]
    random = Random(SEED)
    again = [str(make(list(Mistake)[n % len(Mistake)], random)) for n in range(20)]
    assert first[:20] == again


def test_every_shipped_file_and_every_kind_of_mistake_is_tried() -> None:
    tried = {mutation.place.file.path for mutation in mutations()}
    files = {place.file.path for survey in surveys() for place in survey.entries}
    assert len(files) > 15
    assert files == tried
    counts = {kind: sum(m.mistake is kind for m in mutations()) for kind in Mistake}
    assert all(count >= MUTATIONS // len(Mistake) for count in counts.values())
