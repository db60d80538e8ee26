"""Fact files as a fact set: everything is declared first, then every reference is looked up.

What a file's references mean hangs on the ids that they look up alone. So a file is read again
only where it, or one of these, is not what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from kg.model.diagnostic import Diagnostic
from kg.model.facts import (
    Claim,
    Decision,
    Entity,
    FactSet,
    Identity,
    PassageText,
    Profile,
    Source,
)
from kg.model.vocabulary import Vocabulary
from kg.reading.claims import read_claims
from kg.reading.declarations import MOST_OF_ALL, Declarations, Index, index
from kg.reading.entities import has_broken_text, read_entity, read_source
from kg.reading.records import Declared, Record, Records
from kg.reading.values import BAD_VALUE

_Thing = TypeVar("_Thing", Entity, Source, Claim, Decision, Identity)
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Part:
    """What a file gave, with all that it hangs on."""

    declared: tuple[Declared, ...]  #: what was read of the file
    read: tuple[Any, ...]
    found: tuple[Diagnostic, ...]
    asked: frozenset[str]  #: the ids that were looked up
    named: int  #: how many things it names

    def holds(self, declared: tuple[Declared, ...], changed: frozenset[str]) -> bool:
        """Whether it would be read just so again; a hint may hang on any id that there is."""
        return not self.found and declared == self.declared and self.asked.isdisjoint(changed)


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of some files, what is wrong with them, and each file's part."""

    facts: FactSet
    found: tuple[Diagnostic, ...]
    index: Index
    texts: Mapping[str, PassageText | None]  #: of the sources, by id
    things: Mapping[Records, Part]  #: entities and sources
    statements: Mapping[Records, Part]  #: claims and decisions


def read_facts(
    files: Iterable[Records],
    profile: Profile,
    vocabulary: Vocabulary,
    before: Reading | None = None,
) -> Reading:
    """What the fact files say. What is broken is reported and left out; all else is there.

    Args:
        files: what each of them declares, in order.
        profile: what `kg.yaml` says.
        vocabulary: what the ontology declares.
        before: what was read before, to take over from it what still holds.
    """
    declared = index(files)
    kept = before
    if kept is None or kept.facts.vocabulary is not vocabulary:
        kept = Reading(FactSet(profile, vocabulary, {}, {}, {}), (), index(()), {}, {}, {})

    changed = _differing(kept.index.by_id, declared.by_id)
    things = _parts(declared, vocabulary, kept.things, changed, _read_things)
    entities, sources = _by_id(things, Entity), _by_id(things, Source)
    texts = {s.id: s.text for s in sources.values() if s.text or not has_broken_text(s.places)}

    changed |= _differing(kept.facts.entities, entities)
    changed |= _differing(kept.facts.sources, sources) | _differing(kept.texts, texts)
    read = partial(_read_statements, texts=texts)
    statements = _parts(declared, vocabulary, kept.statements, changed, read)
    claims, decisions = _by_id(statements, Claim), _by_id(statements, Decision)
    identities = _by_id(statements, Identity)
    return Reading(
        FactSet(profile, vocabulary, entities, sources, claims, decisions, identities),
        (*declared.found, *_found(things), *_found(statements)),
        declared,
        texts,
        things,
        statements,
    )


def _differing(before: Mapping[str, object], now: Mapping[str, object]) -> frozenset[str]:
    """The ids that meant something else before, or nothing."""
    gone = frozenset(before.keys() - now.keys())
    pairs = ((id, it, before.get(id, _ABSENT)) for id, it in now.items())
    return gone.union(id for id, it, was in pairs if it is not was and it != was)


def _parts(
    declared: Index,
    vocabulary: Vocabulary,
    kept: Mapping[Records, Part],
    changed: frozenset[str],
    read: Callable[[Iterable[Declared], Declarations], Iterable[object]],
) -> Mapping[Records, Part]:
    """What each file gives: what is kept of it, or else what is read."""
    parts: dict[Records, Part] = {}
    named = 0
    for file, own in declared.by_file.items():
        part = kept.get(file)
        if part is None or not part.holds(own, changed) or named + part.named > MOST_OF_ALL:
            asking = Declarations(vocabulary, declared, named=named)
            given = tuple(read(own, asking))
            found, asked = tuple(asking.found), frozenset(asking.asked)
            part = Part(own, given, found, asked, asking.named - named)
        named += part.named
        parts[file] = part
    return parts


def _read_things(own: Iterable[Declared], declared: Declarations) -> Iterator[Entity | Source]:
    readers: Mapping[str, Callable[[Record, Declarations], Entity | Source | None]] = {
        "entity": read_entity,
        "source": read_source,
    }
    for each in own:
        if each.record is not None and each.kind in readers:
            thing = readers[each.kind](each.record, declared)
            if thing is not None:
                yield thing


def _read_statements(
    own: Iterable[Declared], declared: Declarations, texts: Mapping[str, PassageText | None]
) -> Iterator[Claim | Decision | Identity]:
    for each in own:
        if each.record is None:
            continue
        statement: Decision | Identity | None = None
        match each.kind:
            case "fact":
                yield from read_claims(each, each.record, declared, texts)
            case "decision":
                statement = _read_decision(each.record, declared)
            case "identity":
                statement = _read_identity(each.record, declared)
        if statement is not None:
            yield statement


def _by_id(parts: Mapping[Records, Part], kind: type[_Thing]) -> dict[str, _Thing]:
    each = (each for part in parts.values() for each in part.read if type(each) is kind)
    found = {one.id: one for one in each}
    return {id: found[id] for id in sorted(found)}


def _found(parts: Mapping[Records, Part]) -> Iterator[Diagnostic]:
    return chain.from_iterable(part.found for part in parts.values())


def _read_decision(record: Record, declared: Declarations) -> Decision | None:
    """The decision; None where what it decides, or why, cannot be read."""
    values = record.values
    if not declared.may_name(record):
        return None
    claims = declared.claims_named(record, "claims")
    if not claims or "rank" not in values or "reason" not in values:
        return None
    return Decision(
        id=record.id,
        claims=claims,
        rank=values["rank"],
        over=declared.claims_named(record, "over"),
        reason=values["reason"],
        by=values.get("by"),
        recorded=_day_recorded(record),
        places=record.places,
    )


def _read_identity(record: Record, declared: Declarations) -> Identity | None:
    """The identity; None where what it is about, or what was decided and why, cannot be read."""
    values = record.values
    if not declared.may_name(record):
        return None
    entities = declared.many(record, "entities")
    named = values.get("entities", ())
    if len({reference.id for reference in named}) == 1:
        span = record.places.value("entities")
        message = f"'{entities[0]}' alone is named" if entities else "one entity alone is named"
        hint = "name two entities or more: [united-states, usa]"
        declared.found.append(Diagnostic(BAD_VALUE, message, span, hint))
    if len(entities) < 2 or "verdict" not in values or "reason" not in values:
        return None
    return Identity(
        id=record.id,
        entities=entities,
        verdict=values["verdict"],
        reason=values["reason"],
        by=values.get("by"),
        recorded=_day_recorded(record),
        places=record.places,
    )


def _day_recorded(record: Record) -> str | None:
    recorded = record.values.get("recorded")
    return recorded[1] if recorded else None
