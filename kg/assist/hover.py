"""What is known of the word at a place, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg import wording
from kg.assist.cursor import Cursor, cursor_at, table_of
from kg.assist.describe import ends
from kg.assist.markdown import code, plain
from kg.assist.meanings import meanings
from kg.assist.target import Target, target_at
from kg.assist.world import World
from kg.identity import united_by
from kg.model.display import counted
from kg.model.facts import Claim, Decision, Entity, Identity, Source
from kg.model.vocabulary import Relation, Type
from kg.reading.shape import Key, Space

#: More sentences than this do not help.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Hover:
    """What to show, and of which stretch of the line."""

    markdown: str
    start: int
    end: int


def hover(lines: Sequence[str], path: str, row: int, column: int, world: World) -> Hover | None:
    """What is known of the word at a row and a column, from 0, of the file at a path."""
    cursor = cursor_at(lines, table_of(path), row, column)
    if cursor is None or not cursor.word.text:
        return None
    target = target_at(lines, path, row, column, world)
    if target is not None:
        about = _about(target, world)
        if about is not None:
            return Hover(about, target.start, target.end)
    about = _word(cursor)
    return None if about is None else Hover(about, cursor.word.start, cursor.word.end)


def _word(cursor: Cursor) -> str | None:
    if cursor.is_key:
        return None if cursor.key is None else _key(cursor.key)
    if cursor.kind is None or cursor.word.text not in cursor.kind.words:
        return None
    return f"**{plain(cursor.word.text)}**: {meanings(cursor.kind)[cursor.word.text]}"


def _key(key: Key) -> str:
    lines = [f"**{key.name}**: {plain(key.summary)}"]
    if key.required:
        lines.append("required")
    words = meanings(key.kind)
    lines.extend(f"- {code(word)} {plain(meaning)}" for word, meaning in words.items())
    return "\n\n".join(lines[:2]) + "".join(f"\n{line}" for line in ["", *lines[2:]])


def _about(target: Target, world: World) -> str | None:
    facts, id = world.facts, target.id
    vocabulary = facts.vocabulary
    match target.space:
        case Space.THING:
            return _thing(id, world)
        case Space.RELATION if id in vocabulary.relations:
            return _relation(vocabulary.relations[id], world)
        case Space.TYPE if id in vocabulary.types:
            return _type(vocabulary.types[id], world)
        case Space.SCHEME if id in vocabulary.schemes:
            scheme = vocabulary.schemes[id]
            return f"**{plain(scheme.label)}**: codes of the form {code(scheme.pattern)}"
        case Space.GROUP if id in facts.profile.groups:
            names = ", ".join(facts.name(voice) for voice in facts.profile.groups[id])
            return f"**{id}**, a group of voices: {plain(names)}"
        case Space.PART:
            return _part(target, world)
        case _:
            return None


def _thing(id: str, world: World) -> str | None:
    facts = world.facts
    id = facts.kept(id)
    if id in facts.entities:
        return "\n\n".join(_entity(facts.entities[id], world))
    if id in facts.sources:
        return "\n\n".join(_source(facts.sources[id], world))
    if id in facts.decisions:
        return _decision(facts.decisions[id], world)
    if id in facts.identities:
        return _identity(facts.identities[id], world)
    if id in facts.facts:
        return "\n\n".join(_claims([facts.claims[claim] for claim in facts.facts[id]], world))
    if id in facts.claims:
        return "\n\n".join(_claims([facts.claims[id]], world))
    return None


def _entity(entity: Entity, world: World) -> Iterator[str]:
    facts = world.facts
    known = facts.vocabulary.types.get(entity.type)
    yield f"**{plain(entity.name)}** · {known.label if known else entity.type} · {code(entity.id)}"
    if entity.description:
        yield plain(entity.description)
    names = [*entity.aliases, *(f"{name} ({language})" for language, name in entity.labels)]
    if names:
        yield f"also: {plain(', '.join(names))}"
    if entity.codes:
        yield f"codes: {plain(', '.join(f'{scheme} {value}' for scheme, value in entity.codes))}"
    if entity.implies:
        implied = " and ".join(wording.condition_text(c, facts) for c in entity.implies)
        yield f"implies: {plain(implied)}"
    for each in united_by(entity.id, facts):
        yield f"the same: {plain(wording.identity_text(each, entity.id))}"
    yield from _mentioned(entity.id, world)


def _source(source: Source, world: World) -> Iterator[str]:
    facts = world.facts
    known = facts.vocabulary.types.get(source.type)
    yield f"**{plain(source.title)}** · {known.label if known else source.type} · {code(source.id)}"
    if source.description:
        yield plain(source.description)
    publisher = facts.name(source.publisher) if source.publisher else None
    published = [part for part in (publisher, source.published_text) if part]
    if published:
        yield f"published: {plain(', '.join(published))}"
    if source.reliability:
        yield f"reliability: {source.reliability}"
    if source.url:
        yield f"<{source.url}>"
    yield from _mentioned(source.id, world)


def _mentioned(id: str, world: World) -> Iterator[str]:
    count = len(world.facts.mentions.get(id, ()))
    yield f"{counted(count, 'claim')} with it" if count else "no claim with it"
    note = (world.facts.entities.get(id) or world.facts.sources[id]).note
    if note:
        yield f"*{plain(note)}*"


def _decision(decision: Decision, world: World) -> str:
    said = [
        f"- {plain(wording.sentence(world.facts.claims[claim], world.facts))}"
        for claim in decision.claims
        if claim in world.facts.claims
    ]
    return "\n".join([plain(wording.decision_text(decision)), "", *said])


def _identity(identity: Identity, world: World) -> str:
    entities = world.facts.written.entities
    names = [f"- {plain(entities[id].name)} · {code(id)}" for id in identity.entities]
    told = wording.identity_text(identity)
    return "\n".join([f"{identity.verdict}: {plain(told)}", "", *names])


def _claims(claims: list[Claim], world: World) -> Iterator[str]:
    facts = world.facts
    for claim in claims[:_MOST]:
        yield f"{plain(wording.sentence(claim, facts))}."
    if len(claims) > _MOST:
        yield f"… and {len(claims) - _MOST} more"
    first = claims[0]
    chain = (
        wording.said_by_sentence(first, facts)
        if len(claims) == 1
        else wording.shared_chain_sentence(first, facts)
    )
    yield f"*{plain(chain)}*"
    passages = "; ".join(wording.passage_text(passage, facts) for passage in first.passages)
    if passages:
        yield plain(passages)


def _relation(relation: Relation, world: World) -> str:
    domain, range_ = ends(relation.domain), ends(relation.range) or f"a {relation.literal}"
    lines = [f"**{plain(relation.label)}** · {code(relation.id)}"]
    if relation.description:
        lines.append(plain(relation.description))
    lines.append(f"{domain} → {range_}" if not relation.symmetric else f"{domain} ↔ {range_}")
    aspect = "a state: holds over a time" if relation.aspect == "state" else "an event: happens"
    lines.append(f"{aspect}; read back: {plain(relation.inverse_label)}")
    parent = world.facts.vocabulary.relations.get(relation.parent or "")
    if parent is not None:
        lines.append(f"refines {code(parent.id)}, {plain(parent.label)}")
    lines.append(counted(world.uses.get(relation.id, 0), "claim"))
    return "\n\n".join(lines)


def _type(each: Type, world: World) -> str:
    lines = [f"**{plain(each.label)}** · {code(each.id)}"]
    if each.description:
        lines.append(plain(each.description))
    above = [id for id in world.facts.vocabulary.lineage(each.id) if id != each.id]
    if above:
        lines.append(f"a kind of {' · '.join(above)}")
    lines.append(f"{counted(world.types_used.get(each.id, 0), 'thing')} of it")
    return "\n\n".join(lines)


def _part(target: Target, world: World) -> str | None:
    source = world.facts.sources.get(target.of or "")
    if source is None or source.text is None or target.id not in source.text.parts:
        return None
    start, end = source.text.parts[target.id]
    headline = ", headline" if target.id in source.text.headline else ""
    count = sum(
        any(p.source == source.id and p.part == target.id for p in claim.passages)
        for claim in world.facts.mentions.get(source.id, ())
    )
    return (
        f"**{plain(target.id)}**{headline} of {plain(source.title)}: characters {start} to {end}"
        f"\n\n{counted(count, 'claim')} in it"
    )
