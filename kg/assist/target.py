"""The id at a place, where it is unique, and where it is declared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.assist.cursor import Cursor, cursor_at, table_of
from kg.assist.source import source_at
from kg.assist.world import World
from kg.check import Texts
from kg.edit.references import Mention, mentions
from kg.model.node import Mapping, Places, span_of
from kg.model.text import Span
from kg.reading.records import slug
from kg.reading.shape import Space
from kg.reading.values import OBJECT, ids_in


@dataclass(frozen=True, slots=True)
class Target:
    """An id that is written at a place."""

    space: Space
    id: str
    row: int
    start: int  #: of the id alone
    end: int
    of: str | None = None  #: the source whose part it is


def target_at(
    lines: Sequence[str], path: str, row: int, column: int, world: World
) -> Target | None:
    """The id at a row and a column, from 0; of a claim's id, the whole behind its fact."""
    cursor = cursor_at(lines, table_of(path), row, column)
    return None if cursor is None else _target(cursor, lines, column, world)


def stretch_at(
    lines: Sequence[str], path: str, row: int, column: int, world: World
) -> Target | None:
    """Like `target_at`, but of a claim's id the very stretch that a rename would change."""
    target = target_at(lines, path, row, column, world)
    if target is None or target.space is not Space.THING or target.id not in world.facts.claims:
        return target
    claim = world.facts.claims[target.id]
    fact, *pieces = target.id.split("--")
    start = target.start + len(fact)
    if column <= start:
        return Target(Space.THING, fact, row, target.start, start)
    items = ((Space.THING, claim.subject), (Space.RELATION, claim.relation))
    ends = (*items, (Space.THING, claim.object))
    for piece in pieces:
        start += len("--")
        if start <= column <= start + len(piece):
            for space, id in ends:
                if isinstance(id, str) and slug(id) == piece:
                    return Target(space, id, row, start, start + len(piece))
        start += len(piece)
    return target


def declarations(target: Target, world: World, texts: Texts) -> tuple[Span, ...]:
    """Where an id is declared; a claim is where its fact is."""
    known = _known(target, world)
    if known:
        return known
    found = mentions_of(target, world, texts)
    return tuple(mention.span for mention in found if mention.is_declaration)


def mentions_of(target: Target, world: World, texts: Texts) -> tuple[Mention, ...]:
    """Every place where the id is written."""
    return mentions(texts, world.facts.vocabulary, target.id, target.space, target.of)


def _target(cursor: Cursor, lines: Sequence[str], column: int, world: World) -> Target | None:
    kind = cursor.name if cursor.is_key else cursor.kind
    if kind is None or not cursor.word.text:
        return None
    if kind is OBJECT and _is_value(cursor, world):
        return None
    word = cursor.word
    for offset, id in ids_in(word.text, kind):
        start = word.start + len(word.quote) + offset
        if start <= column <= start + len(id):
            spaces = (kind.declares,) if kind.declares else kind.names
            space = next((s for s in spaces if s and _exists(s, id, world)), None) or spaces[0]
            return _from(Target(space, id, word.row, start, start + len(id)), cursor, lines, column)
    return None


def _from(target: Target, cursor: Cursor, lines: Sequence[str], column: int) -> Target:
    space, id = target.space, target.id
    if space is Space.PART:
        is_source = cursor.keys[:1] == ("sources",) and len(cursor.keys) > 1
        of = cursor.keys[1] if is_source else source_at(cursor, lines)
        return Target(space, id, target.row, target.start, target.end, of)
    fact, dashes, _ = id.partition("--")
    if space is Space.THING and dashes and column <= target.start + len(fact):
        return Target(space, fact, target.row, target.start, target.start + len(fact))
    return target


def _is_value(cursor: Cursor, world: World) -> bool:
    """Whether the objects of the fact are values, by its relations."""
    relations = world.facts.vocabulary.relations
    known = [relations[id] for id in cursor.sibling("relation") if id in relations]
    return bool(known) and all(relation.literal is not None for relation in known)


def _exists(space: Space, id: str, world: World) -> bool:
    facts = world.facts
    match space:
        case Space.THING:
            return id in world.types or id in facts.facts or id in facts.claims
        case Space.TYPE:
            return id in facts.vocabulary.types
        case Space.RELATION:
            return id in facts.vocabulary.relations
        case Space.GROUP:
            return id in facts.profile.groups
        case _:
            return True


def _known(target: Target, world: World) -> tuple[Span, ...]:
    """Where an id is declared by what could be read, which is quick."""
    facts, id = world.facts, target.id
    vocabulary = facts.vocabulary
    match target.space:
        case Space.THING:
            claims = facts.facts.get(id, (id,))
            thing = (
                facts.written.entities.get(id)
                or facts.sources.get(id)
                or facts.decisions.get(id)
                or facts.identities.get(id)
                or facts.claims.get(claims[0])
            )
            places = thing.places if thing else None
        case Space.TYPE:
            places = vocabulary.types[id].places if id in vocabulary.types else None
        case Space.RELATION:
            places = vocabulary.relations[id].places if id in vocabulary.relations else None
        case Space.SCHEME:
            places = vocabulary.schemes[id].places if id in vocabulary.schemes else None
        case Space.PART:
            return _part(target, world)
        case _:
            places = None
    return (places.declared,) if places is not None else ()


def _part(target: Target, world: World) -> tuple[Span, ...]:
    source = world.facts.sources.get(target.of or "")
    if source is None:
        return ()
    places: Places = source.places
    text = places.body.value("text")
    parts = text.value("parts") if isinstance(text, Mapping) else None
    entry = parts.entries.get(target.id) if isinstance(parts, Mapping) else None
    return (span_of(places.path, entry[0]),) if entry else ()
