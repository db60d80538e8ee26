"""Through whom claims come, and what in that makes them weak.

Nothing here depends on a lens: what a claim rests on is the same however one looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model.facts import UNKNOWN, Basis, Claim, FactSet, ends_of
from kg.model.vocabulary import UNNAMED_SOURCE


def voices_of(claim: Claim, facts: FactSet) -> frozenset[str]:
    """Everybody through whom a claim comes: its source, its chain, and the publishers of both.

    A link that is not named is `unknown`.
    """
    named = {claim.source, *(link.speaker or UNKNOWN for link in claim.said_by)}
    publishers = {facts.sources[voice].publisher for voice in named if voice in facts.sources}
    return frozenset(named | {publisher for publisher in publishers if publisher is not None})


def voices_named(named: Iterable[str], facts: FactSet) -> frozenset[str]:
    """The voices that a lens names, where a group and a type stand for all that is of it.

    A link that is not named counts as an unnamed source.
    """
    groups = facts.profile.groups
    found: set[str] = set()
    written = (each for token in named for each in groups.get(token, (token,)))
    for name in map(facts.kept, written):
        if name in facts.vocabulary.types:
            found.update(_of_type(name, facts))
        else:
            found.add(name)
    return frozenset(found)


def _of_type(type_id: str, facts: FactSet) -> Iterator[str]:
    for things in (facts.entities, facts.sources):
        for thing in things.values():
            if facts.vocabulary.is_a(thing.type, type_id):
                yield thing.id
    if facts.vocabulary.is_a(UNNAMED_SOURCE, type_id):
        yield UNKNOWN


def claims_by_voice(claims: Iterable[Claim], facts: FactSet) -> Mapping[str, frozenset[str]]:
    """The ids of those of the claims that come through each voice, in order of the voices.

    A publisher stands for its sources. It is a voice of its own only where it carries more than any
    one source or speaker: two articles of one newspaper are not two sources. Links that are not
    named are no voice: two of them may be two people.
    """
    among = {claim.id: claim for claim in claims}
    found: dict[str, set[str]] = {}
    for claim in among.values():
        for voice in voices_of(claim, facts) - {UNKNOWN}:
            found.setdefault(voice, set()).add(claim.id)
    speaking = {voice for claim in among.values() for voice in _speaking(claim)}
    return {
        voice: frozenset(own)
        for voice, own in sorted(found.items())
        if voice in speaking or not any(own <= found[other] for other in _speaking(among[min(own)]))
    }


def _speaking(claim: Claim) -> tuple[str, ...]:
    """The source and the speakers of the chain."""
    return (claim.source, *claim.speakers)


def is_unnamed(voice: str, facts: FactSet) -> bool:
    """Whether a voice is only described, such as "western diplomats"."""
    return facts.vocabulary.is_a(facts.type_of(voice) or "", UNNAMED_SOURCE)


def is_through_unnamed(claim: Claim, facts: FactSet) -> bool:
    """Whether a link of the chain is not named, or somebody who is only described."""
    return any(link.speaker is None or is_unnamed(link.speaker, facts) for link in claim.said_by)


def said_alike(facts: FactSet) -> Iterator[tuple[Claim, ...]]:
    """Stated claims that say the same: one triple, one polarity, one modality.

    What a text only takes for granted bears nothing out, so that it is not among them.
    """
    found: dict[object, list[Claim]] = {}
    for claim in facts.claims.values():
        if claim.basis is Basis.STATED:
            ends = ends_of(claim, facts.vocabulary)
            said = (*ends, claim.relation, claim.polarity, claim.modality)
            found.setdefault(said, []).append(claim)
    yield from map(tuple, found.values())


def resting_on_unnamed(facts: FactSet) -> tuple[Claim, ...]:
    """The claims with an unnamed voice where no other claim says the same without one."""
    return tuple(
        claim
        for claims in said_alike(facts)
        if all(is_through_unnamed(claim, facts) for claim in claims)
        for claim in claims
    )


def weakest_reliability(claim: Claim, facts: FactSet) -> str | None:
    """The Admiralty letter of the weakest source in the chain; None where one is not rated."""
    letters = [
        facts.sources[voice].reliability for voice in _speaking(claim) if voice in facts.sources
    ]
    return None if None in letters else max((x for x in letters if x is not None), default=None)


def is_headline(claim: Claim, facts: FactSet) -> bool:
    """Whether all passages of a claim are parts of a headline."""
    source = facts.sources.get(claim.source)
    if source is None or source.text is None or not claim.passages:
        return False
    return all(passage.part in source.text.headline for passage in claim.passages)


def in_headline_alone(facts: FactSet) -> tuple[Claim, ...]:
    """The claims of a headline that no claim of the body makes as well, be it a narrower one."""
    headline = [claim for claim in facts.claims.values() if is_headline(claim, facts)]
    sources = {claim.source for claim in headline}
    made_in_body = {
        (claim.source, *ends_of(claim, facts.vocabulary), claim.polarity, relation)
        for claim in facts.claims.values()
        if claim.source in sources and not is_headline(claim, facts)
        for relation in facts.vocabulary.relation_lineage(claim.relation)
    }
    return tuple(
        claim
        for claim in headline
        if (claim.source, *ends_of(claim, facts.vocabulary), claim.polarity, claim.relation)
        not in made_in_body
    )
