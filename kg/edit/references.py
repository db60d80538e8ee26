"""Every place where an id is written: what a rename, a merge and an editor go by.

Where an id can stand is for the tables of keys to say (`kg.reading.keys`), so a new key is known
here as soon as it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.check import Texts
from kg.model.node import Mapping as MappingNode
from kg.model.node import Scalar, Sequence, span_of
from kg.model.text import SourceText, Span
from kg.model.vocabulary import Vocabulary
from kg.reading import keys
from kg.reading.document import read_document
from kg.reading.records import slug
from kg.reading.shape import Keys, Space, meant
from kg.reading.spots import Spot, spots
from kg.reading.values import OBJECT, ids_in


class Mention(NamedTuple):
    """A place where an id is written."""

    span: Span  #: of the id alone, without quotes, without `not:`
    is_declaration: bool = False
    is_slug: bool = False  #: it is a stretch of a claim's id, where an id stands as its slug


def references(
    texts: Texts, vocabulary: Vocabulary, id: str, space: Space = Space.THING, of: str | None = None
) -> tuple[Span, ...]:
    """The spans of all mentions of an id: see `mentions`."""
    return tuple(mention.span for mention in mentions(texts, vocabulary, id, space, of))


def mentions(
    texts: Texts, vocabulary: Vocabulary, id: str, space: Space = Space.THING, of: str | None = None
) -> tuple[Mention, ...]:
    """Every place where an id is written, its declarations too, in order of the files.

    What a file says wrong elsewhere is no hindrance, and an id that is declared nowhere, or twice,
    is found as well. A file that is not YAML holds no mention: who changes all of them asks first
    whether `unread` names any.

    - An entity, source, fact or decision is found wherever an id of a thing can stand.
    - An entity, source or relation in a list of a fact is a part of its claims' ids: the stretch
      `russia` of `backs-venezuela--russia`, marked `is_slug`, since `alliedWith` is `allied-with`
      there. A fact is the stretch before the first `--`, as it is.
    - A claim is found where its whole id is written; it is declared by its fact and the lists in
      it, so it has no declaration of its own.

    Args:
        texts: all files; mentions in the packaged core have paths below `kg/core/`.
        vocabulary: what says whether the object of a relation is a thing or a value.
        id: what is looked for.
        space: where it is unique: the ids of things, of types, of relations and so on.
        of: the source whose part it is, for a part.
    """
    files = [f for f in _files(texts) if _may_hold(f.text.data, id)]
    wanted = _Wanted(id, space, of, _lists(files))
    found = {m: None for file in files for m in _in_file(file, wanted, vocabulary)}
    return tuple(sorted(found))


def unread(texts: Texts) -> tuple[str, ...]:
    """The paths of the files that are not YAML, in which no mention is found."""
    each = [text for text, _ in _roots(texts)]
    broken = {text.path for text in each if read_document(text, []) is None}
    return tuple(sorted(broken | {diagnostic.span.path for diagnostic in texts.unreadable}))


#: What the ids of a fact's claims are made of, one by one: each item by its slug.
_Lists = tuple[Mapping[str, tuple[Space, str]], ...]


@dataclass(frozen=True, slots=True)
class _File:
    text: SourceText
    root: MappingNode
    table: Keys


@dataclass(frozen=True, slots=True)
class _Wanted:
    id: str
    space: Space
    of: str | None
    lists: Mapping[str, _Lists]


def _roots(texts: Texts) -> Iterator[tuple[SourceText, Keys]]:
    """The files that are read, each with the table of its keys."""
    is_core = False
    if texts.profile is not None:
        yield texts.profile, keys.PROFILE
        root = read_document(texts.profile, [])
        core = root.value("core") if root else None
        is_core = isinstance(core, Scalar) and core.value == "true"
    yield from ((text, keys.ONTOLOGY) for text in (() if is_core else texts.core))
    yield from ((text, keys.ONTOLOGY) for text in texts.ontology)
    yield from ((text, keys.DOCUMENT) for text in texts.facts)


def _files(texts: Texts) -> Iterator[_File]:
    for text, table in _roots(texts):
        root = read_document(text, [])
        if root is not None:
            yield _File(text, root, table)


def _may_hold(data: bytes, id: str) -> bool:
    """Whether an id can be in a file: with an escape in it, anything can."""
    return id.encode() in data or slug(id).encode() in data or b"\\" in data


def _in_file(file: _File, wanted: _Wanted, vocabulary: Vocabulary) -> Iterator[Mention]:
    for spot in spots(file.root, file.table):
        if not _holds_ids(spot, wanted, vocabulary):
            continue
        is_declaration = spot.kind.declares is wanted.space
        for start, written in ids_in(spot.scalar.value, spot.kind):
            if written == wanted.id and (is_declaration or wanted.space in spot.kind.names):
                span = _place(file, spot.scalar, start, written)
                yield Mention(span, is_declaration)
            elif wanted.space is not Space.PART and not is_declaration and "--" in written:
                yield from _in_claim_id(file, spot.scalar, start, written, wanted)


def _holds_ids(spot: Spot, wanted: _Wanted, vocabulary: Vocabulary) -> bool:
    kind, space = spot.kind, wanted.space
    if space is Space.PART:
        return (space in kind.names or kind.declares is space) and _source(spot) == wanted.of
    if kind is OBJECT:
        return takes_things(spot.within[-1], vocabulary)
    # A relation may be a stretch of a claim's id.
    spaces = (space, Space.THING) if space is Space.RELATION else (space,)
    return kind.declares is space or any(each in kind.names for each in spaces)


def takes_things(fact: MappingNode, vocabulary: Vocabulary) -> bool:
    """Whether the objects of a fact are things, as far as its relations are known."""
    node = meant("relation", fact, keys.FACT)
    items = node.items if isinstance(node, Sequence) else [node]
    ids = [item.value for item in items if isinstance(item, Scalar)]
    known = [vocabulary.relations.get(id) for id in ids]
    return not known or any(relation is None or relation.literal is None for relation in known)


def _source(spot: Spot) -> str | None:
    """The source whose part a text names."""
    if spot.keys[0] == "sources":
        return spot.keys[1] if len(spot.keys) > 1 else None
    defaults = meant("defaults", spot.within[0], keys.DOCUMENT)
    for body in (*spot.within[1:2], defaults):  # the fact itself, or what its file says for all
        node = meant("source", body, keys.FACT) if isinstance(body, MappingNode) else None
        if isinstance(node, Scalar):
            return node.value
    return None


def _in_claim_id(
    file: _File, scalar: Scalar, start: int, written: str, wanted: _Wanted
) -> Iterator[Mention]:
    """The stretches of a claim's id that stand for what is wanted."""
    fact, *pieces = written.split("--")
    if (Space.THING, fact) == (wanted.space, wanted.id):
        yield Mention(_place(file, scalar, start, fact))
    offset = start + len(fact)
    for piece, items in zip(pieces, wanted.lists.get(fact, ()), strict=False):
        offset += len("--")
        if items.get(piece) == (wanted.space, wanted.id):
            yield Mention(_place(file, scalar, offset, piece), is_slug=True)
        offset += len(piece)


def _lists(files: list[_File]) -> dict[str, _Lists]:
    """The lists of each fact, by its id."""
    found: dict[str, _Lists] = {}
    for file in files:
        facts = meant("facts", file.root, keys.DOCUMENT) if file.table is keys.DOCUMENT else None
        for fact in facts.items if isinstance(facts, Sequence) else ():
            if isinstance(fact, MappingNode):
                id = meant("id", fact, keys.FACT)
                if isinstance(id, Scalar):
                    found.setdefault(id.value, tuple(_lists_of(fact)))
    return found


def _lists_of(fact: MappingNode) -> Iterator[Mapping[str, tuple[Space, str]]]:
    for key in ("subject", "relation", "object"):
        node = meant(key, fact, keys.FACT)
        if isinstance(node, Sequence):
            space = Space.RELATION if key == "relation" else Space.THING
            ids = [item.value for item in node.items if isinstance(item, Scalar)]
            yield {slug(id): (space, id) for id in reversed(ids)}


def _place(file: _File, scalar: Scalar, offset: int, piece: str) -> Span:
    """Where the piece of a text stands that begins at `offset` of its value."""
    path, value = file.text.path, scalar.value
    line, column = scalar.start.line, scalar.start.column
    width = scalar.end.column - column
    if scalar.end.line == line and width in (len(value), len(value) + 2):  # plain, or in quotes
        column += offset + (width - len(value)) // 2
        return Span(path, line + 1, column + 1, line + 1, column + len(piece) + 1)
    return _searched(file, scalar, piece)


def _searched(file: _File, scalar: Scalar, piece: str) -> Span:
    """Where a piece stands in a text with escapes or of several lines, as seldom as that is."""
    path, start, end = file.text.path, scalar.start, scalar.end
    lines = re.split("\r\n|\r|\n", file.text.data.decode("utf-8-sig"))
    whole = re.compile(rf"(?<![A-Za-z_-]){re.escape(piece)}(?![A-Za-z0-9_])")
    for number in range(start.line, end.line + 1):
        first = start.column if number == start.line else 0
        last = end.column if number == end.line else len(lines[number])
        match = whole.search(lines[number], first, last)
        if match is not None:
            return Span(path, number + 1, match.start() + 1, number + 1, match.end() + 1)
    return span_of(path, scalar)
