"""What a file declares, as an outline; and what a workspace does, by a few letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.assist.cursor import table_of
from kg.assist.world import World
from kg.model.node import Mapping, Node, Scalar, Sequence, span_of
from kg.model.text import SourceText, Span
from kg.reading.document import read_document
from kg.wording import sentence


class Symbol(StrEnum):
    """What is declared."""

    SECTION = "section"
    ENTITY = "entity"
    SOURCE = "source"
    FACT = "fact"
    DECISION = "decision"
    IDENTITY = "identity"
    TYPE = "type"
    RELATION = "relation"
    SCHEME = "scheme"
    LENS = "lens"
    GROUP = "group"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Outline:
    """Something that is declared, with what it holds."""

    name: str
    detail: str
    symbol: Symbol
    span: Span  #: all of it
    id: Span  #: what it is called by
    inner: tuple[Outline, ...] = ()


_SECTIONS = {
    "entities": Symbol.ENTITY,
    "sources": Symbol.SOURCE,
    "facts": Symbol.FACT,
    "decisions": Symbol.DECISION,
    "identities": Symbol.IDENTITY,
    "types": Symbol.TYPE,
    "relations": Symbol.RELATION,
    "codes": Symbol.SCHEME,
    "lenses": Symbol.LENS,
    "groups": Symbol.GROUP,
}


def outline(text: SourceText, world: World) -> tuple[Outline, ...]:
    """The sections of a file with what is declared in each; nothing where it is not YAML."""
    root = read_document(text, [])
    if root is None:
        return ()
    known = table_of(text.path).by_name
    return tuple(
        _section(text.path, name, key, value, world)
        for name, (key, value) in root.entries.items()
        if name in known
    )


def _section(path: str, name: str, key: Scalar, value: Node, world: World) -> Outline:
    symbol = _SECTIONS.get(name)
    inner = tuple(_declared(path, symbol, value, world)) if symbol else ()
    start, end = span_of(path, key), span_of(path, value)
    whole = Span(path, start.line, start.column, end.end_line, end.end_column)
    detail = value.value if isinstance(value, Scalar) else str(len(inner) or "")
    kind = Symbol.SECTION if symbol or not isinstance(value, Scalar) else Symbol.KEY
    return Outline(name, detail, kind, whole, start, inner)


def _declared(path: str, symbol: Symbol, node: Node, world: World) -> Iterator[Outline]:
    if isinstance(node, Mapping):
        for name, (key, body) in node.entries.items():
            start, end = span_of(path, key), span_of(path, body)
            whole = Span(path, start.line, start.column, end.end_line, end.end_column)
            yield Outline(name, _detail(symbol, name, body, world), symbol, whole, start)
    elif isinstance(node, Sequence):
        for item in node.items:
            id = item.value("id") if isinstance(item, Mapping) else None
            if isinstance(id, Scalar) and id.value:
                detail = _detail(symbol, id.value, item, world)
                yield Outline(id.value, detail, symbol, span_of(path, item), span_of(path, id))


def _detail(symbol: Symbol, id: str, body: Node, world: World) -> str:
    if symbol is Symbol.FACT:
        return fact_line(id, world)
    if isinstance(body, Mapping):
        for key in ("name", "title", "label", "reason", "description"):
            value = body.value(key)
            if isinstance(value, Scalar):
                return value.value
    return ""


def fact_line(id: str, world: World) -> str:
    """A fact in a sentence: its first claim, and how many there are besides."""
    claims = world.facts.facts.get(id)
    if not claims:
        return ""
    first = sentence(world.facts.claims[claims[0]], world.facts)
    return first if len(claims) == 1 else f"{first} (+{len(claims) - 1})"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a workspace declares."""

    name: str
    detail: str
    symbol: Symbol
    span: Span


#: More than a list of search results shows.
LIMIT = 200


def search(query: str, world: World) -> tuple[Found, ...]:
    """What is declared by an id or a name with the query in it, whole beginnings first."""
    folded = query.casefold()
    hits = [
        (_distance(folded, names), found)
        for names, found in _declarations(world)
        if any(folded in name.casefold() for name in names)
    ]
    hits.sort(key=lambda hit: (hit[0], hit[1].name))
    return tuple(found for _, found in hits[:LIMIT])


def _distance(query: str, names: tuple[str, ...]) -> int:
    folded = [name.casefold() for name in names]
    return 0 if query in folded else 1 if any(name.startswith(query) for name in folded) else 2


def _declarations(world: World) -> Iterator[tuple[tuple[str, ...], Found]]:
    facts = world.facts
    for entity in facts.written.entities.values():
        found = Found(entity.id, entity.name, Symbol.ENTITY, entity.places.declared)
        yield (entity.id, entity.name, *entity.aliases), found
    for source in facts.sources.values():
        found = Found(source.id, source.title, Symbol.SOURCE, source.places.declared)
        yield (source.id, source.title), found
    for fact, claims in facts.facts.items():
        places = facts.claims[claims[0]].places
        yield (fact,), Found(fact, "", Symbol.FACT, places.declared)
    for decision in facts.decisions.values():
        found = Found(decision.id, decision.reason, Symbol.DECISION, decision.places.declared)
        yield (decision.id,), found
    for identity in facts.identities.values():
        found = Found(identity.id, identity.reason, Symbol.IDENTITY, identity.places.declared)
        yield (identity.id,), found
    for each in facts.vocabulary.types.values():
        yield (each.id, each.label), Found(each.id, each.label, Symbol.TYPE, each.places.declared)
    for relation in facts.vocabulary.relations.values():
        found = Found(relation.id, relation.label, Symbol.RELATION, relation.places.declared)
        yield (relation.id, relation.label), found
