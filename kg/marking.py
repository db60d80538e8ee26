"""Who may read what: the Traffic Light Protocol (FIRST, TLP 2.0) on sources and claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.identity import unite
from kg.model.facts import MARKINGS, Claim, Decision, FactSet, Identity, Source
from kg.reach import reached_from


def marking_of(claim: Claim, facts: FactSet) -> str | None:
    """The strictest mark of a claim and the sources that it names; None where one has none."""
    named = (claim.source, *claim.speakers, *claim.things, *claim.against)
    marks = [source_marking(facts.sources[id], facts) for id in named if id in facts.sources]
    if claim.marking is not None:
        marks.append(claim.marking)
    written = [mark for mark in marks if mark is not None]
    if len(written) < len(marks):
        return None
    return max(written, key=MARKINGS.index, default=None)


def source_marking(source: Source, facts: FactSet) -> str | None:
    """The mark of a source: its own, or the workspace's."""
    return source.marking or facts.profile.marking


def release(facts: FactSet, limit: str) -> FactSet:
    """What may be read where nothing above the mark `limit` may.

    What has no mark is left out: nobody said that it may be read. An entity of which nothing
    speaks but what is left out is left out, too.
    """
    apart = facts.written
    return unite(_released(apart, limit)) if apart.identities else _released(apart, limit)


def _released(facts: FactSet, limit: str) -> FactSet:
    read = replace(
        facts,
        sources={
            id: source
            for id, source in facts.sources.items()
            if _may_be_read(source_marking(source, facts), limit)
        },
        claims={
            id: claim
            for id, claim in facts.claims.items()
            if _may_be_read(marking_of(claim, facts), limit)
        },
    )
    spoken = _reached(_spoken(facts), facts)
    unspoken = facts.entities.keys() - spoken  # by nobody at all
    kept = unspoken | _reached(_spoken(read) | unspoken, facts)
    entities = {id: entity for id, entity in facts.entities.items() if id in kept}
    return _without_others(replace(read, entities=entities))


_REASON_WITHHELD = "The reason is marked above what is shown here."


def _for_readers(decision: Decision, claims: tuple[str, ...], over: tuple[str, ...]) -> Decision:
    """A decision as it may be read: it still holds, but a reason may speak of what is left out."""
    is_whole = (claims, over) == (decision.claims, decision.over)
    reason = decision.reason if is_whole else _REASON_WITHHELD
    return replace(decision, claims=claims, over=over, reason=reason)


def _told(identity: Identity, entities: tuple[str, ...]) -> Identity:
    """A decision on identity among those that may be read; a reason may speak of the others."""
    reason = identity.reason if entities == identity.entities else _REASON_WITHHELD
    return replace(identity, entities=entities, reason=reason)


def _may_be_read(mark: str | None, limit: str) -> bool:
    return mark is not None and MARKINGS.index(mark) <= MARKINGS.index(limit)


def _spoken(facts: FactSet) -> frozenset[str]:
    """All that claims and sources speak of."""
    publishers = {source.publisher for source in facts.sources.values() if source.publisher}
    return frozenset(facts.mentions.keys() | publishers)


def _reached(ids: Iterable[str], facts: FactSet) -> frozenset[str]:
    """These, and what scenarios among them imply and entities are close to, however far."""
    after = {
        entity.id: (*(each.scenario for each in entity.implies), *entity.close_match)
        for entity in facts.entities.values()
    }
    return reached_from(ids, after)


def _without_others(facts: FactSet) -> FactSet:
    """The same, where nothing points to what is not among it."""
    known = facts.entities.keys() | facts.sources.keys() | facts.claims.keys()

    def among(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(id for id in ids if id in known)

    return replace(
        facts,
        entities={
            id: replace(
                entity,
                close_match=among(entity.close_match),
                implies=tuple(each for each in entity.implies if each.scenario in known),
            )
            for id, entity in facts.entities.items()
        },
        sources={
            id: replace(source, based_on=among(source.based_on))
            for id, source in facts.sources.items()
        },
        claims={
            id: replace(
                claim,
                about=among(claim.about),
                supersedes=among(claim.supersedes),
                disputes=among(claim.disputes),
            )
            for id, claim in facts.claims.items()
        },
        decisions={
            id: _for_readers(decision, among(decision.claims), among(decision.over))
            for id, decision in facts.decisions.items()
            if among(decision.claims)
        },
        identities={
            id: _told(identity, among(identity.entities))
            for id, identity in facts.identities.items()
            if len(among(identity.entities)) > 1
        },
    )
