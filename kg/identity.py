"""Which entities are one: what the curator decided, followed without touching what is written.

Entities that are the same go by the id of one of them; what is written of the others is told of
that one. Claims keep their ids, so that taking the decision back brings everything back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.model.facts import Attribution, Claim, Condition, Entity, FactSet, Identity, Source, Verdict
from kg.model.vocabulary import Vocabulary, indefinite
from kg.reach import reached_from


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A decision on identity that others, or the entities themselves, speak against."""

    identity: Identity
    message: str
    hint: str
    others: tuple[Identity, ...] = ()


def unite(facts: FactSet) -> FactSet:
    """The facts where entities that are the same go by the id of one; the rest stays as it is.

    What contradicts itself is not followed: see `contradictions`.
    """
    apart = facts.written
    if not apart.identities:
        return apart
    same_as = {
        id: group.kept
        for group, against in _judged(apart)
        if group.kept is not None and not against
        for id in group.ids
        if id != group.kept
    }
    if not same_as:
        return apart
    others: dict[str, list[Entity]] = {}
    for id, kept in sorted(same_as.items()):
        others.setdefault(kept, []).append(apart.entities[id])
    entities = {
        id: _united(entity, others.get(id, ()), apart.vocabulary)
        for id, entity in apart.entities.items()
        if id not in same_as
    }
    return replace(
        apart,
        entities={id: _renamed_entity(each, same_as) for id, each in entities.items()},
        sources={id: _renamed_source(each, same_as) for id, each in apart.sources.items()},
        claims={id: _renamed_claim(each, same_as) for id, each in apart.claims.items()},
        same_as=same_as,
        apart=apart,
    )


def contradictions(facts: FactSet) -> Iterator[Contradiction]:
    """Decisions that cannot all be followed."""
    for _, against in _judged(facts.written):
        yield from against


def united_by(kept: str, facts: FactSet) -> tuple[Identity, ...]:
    """The decisions by which other entities go by the id `kept`."""
    return tuple(
        identity
        for identity in facts.identities.values()
        if identity.verdict is Verdict.SAME
        and any(facts.same_as.get(id) == kept for id in identity.entities)
    )


def left_open(id: str, facts: FactSet) -> tuple[Identity, ...]:
    """The decisions that an entity is another one than somebody, or that it is not clear."""
    return tuple(
        identity
        for identity in facts.identities.values()
        if identity.verdict is not Verdict.SAME
        and id in {facts.kept(each) for each in identity.entities}
    )


# -- what belongs together ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """Entities that decisions make one, directly or through others."""

    ids: frozenset[str]
    identities: tuple[Identity, ...]  #: that make them one, in order of where they stand
    kept: str | None  #: the one that none of them puts under another, where there is exactly one


def _judged(facts: FactSet) -> Iterator[tuple[_Group, tuple[Contradiction, ...]]]:
    """The entities that decisions make one, with what speaks against it."""
    groups = _groups(facts)
    of = {id: index for index, group in enumerate(groups) for id in group.ids}
    denied: dict[int, list[tuple[Identity, tuple[str, ...]]]] = {}
    for identity in facts.identities.values():
        if identity.verdict is Verdict.DIFFERENT:
            together: dict[int, list[str]] = {}
            for id in identity.entities:
                if id in of:
                    together.setdefault(of[id], []).append(id)
            for index, ids in together.items():
                if len(ids) > 1:
                    denied.setdefault(index, []).append((identity, tuple(ids)))
    for index, group in enumerate(groups):
        different = (
            Contradiction(
                identity,
                f"{_listed(ids)} are different here, and the same elsewhere",
                "take one of the decisions back",
                group.identities,
            )
            for identity, ids in denied.get(index, ())
        )
        yield group, (*_within(group, facts), *different)


def _groups(facts: FactSet) -> tuple[_Group, ...]:
    """The entities that are made one, by the decisions that do it."""
    deciding = [
        identity
        for identity in sorted(facts.identities.values(), key=lambda each: each.places.declared)
        if identity.verdict is Verdict.SAME
        and sum(id in facts.entities for id in identity.entities) > 1
    ]
    beside: dict[str, set[str]] = {}
    for identity in deciding:
        first, *rest = (id for id in identity.entities if id in facts.entities)
        for id in rest:
            beside.setdefault(first, set()).add(id)
            beside.setdefault(id, set()).add(first)
    of: dict[str, frozenset[str]] = {}
    for id in beside:
        if id not in of:
            ids = reached_from((id,), beside)
            of.update(dict.fromkeys(ids, ids))
    by_ids: dict[frozenset[str], list[Identity]] = {}
    for identity in deciding:
        ids = next(of[id] for id in identity.entities if id in of)
        by_ids.setdefault(ids, []).append(identity)
    return tuple(_Group(ids, tuple(each), _kept(ids, each)) for ids, each in by_ids.items())


def _kept(ids: frozenset[str], identities: Iterable[Identity]) -> str | None:
    heads = ids.difference(*(identity.entities[1:] for identity in identities))
    return next(iter(heads)) if len(heads) == 1 else None


def _within(group: _Group, facts: FactSet) -> Iterator[Contradiction]:
    """What the decisions that make a group one say against each other, told at the last of them."""
    *others, last = group.identities
    if group.kept is None:
        message = f"{_listed(group.ids)} are the same, but it is not said by which id they go"
        hint = "put the id that all go by first in every list"
        yield Contradiction(last, message, hint, tuple(others))
    first_of: dict[str, str] = {}
    for id in sorted(group.ids):
        first_of.setdefault(facts.entities[id].type, id)
    if _narrowest(first_of, facts.vocabulary) is None:
        kinds = [f"'{id}' is {indefinite(type)}" for type, id in sorted(first_of.items())]
        hint = "only what is of one type can be the same: link the two by a relation instead"
        yield Contradiction(
            last, f"{', '.join(kinds)}: these are no one thing", hint, tuple(others)
        )


def _listed(ids: Iterable[str]) -> str:
    *most, last = (f"'{id}'" for id in sorted(ids))
    return f"{', '.join(most)} and {last}"


def _narrowest(types: Iterable[str], vocabulary: Vocabulary) -> str | None:
    """The type that is all of the others, too; None where there is none."""
    each = tuple(types)
    return next((t for t in each if all(vocabulary.may_be(t, (other,)) for other in each)), None)


# -- what is told of which ------------------------------------------------------------------------


def _united(kept: Entity, others: Iterable[Entity], vocabulary: Vocabulary) -> Entity:
    """An entity with what is written of the others that are the same; its own goes first."""
    others = tuple(others)
    if not others:
        return kept
    each = (kept, *others)
    labels: dict[str, str] = {}
    names = [kept.name]
    for entity in each:
        names += [entity.name, *entity.aliases]
        names += [name for tag, name in entity.labels if labels.setdefault(tag, name) != name]
    return replace(
        kept,
        type=_narrowest((entity.type for entity in each), vocabulary) or kept.type,
        labels=tuple(sorted(labels.items())),
        aliases=tuple(name for name in dict.fromkeys(names) if name != kept.name),
        codes=tuple(sorted({code for entity in each for code in entity.codes})),
        description=next((e.description for e in each if e.description), None),
        close_match=tuple(dict.fromkeys(id for entity in each for id in entity.close_match)),
        implies=tuple(dict.fromkeys(c for entity in each for c in entity.implies)),
        note=" ".join(dict.fromkeys(entity.note for entity in each if entity.note)) or None,
    )


def _ids(ids: Iterable[str], same_as: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(same_as.get(id, id) for id in ids))


def _conditions(each: Iterable[Condition], same_as: Mapping[str, str]) -> tuple[Condition, ...]:
    return tuple(
        dict.fromkeys(replace(c, scenario=same_as.get(c.scenario, c.scenario)) for c in each)
    )


def _renamed_entity(entity: Entity, same_as: Mapping[str, str]) -> Entity:
    if not entity.close_match and not entity.implies:
        return entity
    close = tuple(id for id in _ids(entity.close_match, same_as) if id != entity.id)
    implies = _conditions(entity.implies, same_as)
    itself = Condition(entity.id)
    return replace(entity, close_match=close, implies=tuple(c for c in implies if c != itself))


def _renamed_source(source: Source, same_as: Mapping[str, str]) -> Source:
    publisher = same_as.get(source.publisher or "")
    return replace(source, publisher=publisher) if publisher else source


def _renamed_claim(claim: Claim, same_as: Mapping[str, str]) -> Claim:
    named = (*claim.things, *claim.speakers, *claim.against, *claim.about, claim.place)
    scenarios = (condition.scenario for condition in claim.conditions)
    if same_as.keys().isdisjoint((*named, *scenarios)):
        return claim
    target, place = claim.object, claim.place
    return replace(
        claim,
        subject=same_as.get(claim.subject, claim.subject),
        object=same_as.get(target, target) if isinstance(target, str) else target,
        conditions=_conditions(claim.conditions, same_as),
        said_by=tuple(
            Attribution(
                same_as.get(link.speaker, link.speaker) if link.speaker else None, link.verb
            )
            for link in claim.said_by
        ),
        place=same_as.get(place, place) if place is not None else None,
        against=_ids(claim.against, same_as),
        about=_ids(claim.about, same_as),
    )
