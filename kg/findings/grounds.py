"""What all of it rests on: sources, voices, relays, a headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kg import wording
from kg.aggregation import gather, outline
from kg.findings.statements import Statement, Topic, and_told, are, behind, statement
from kg.footing import footings, voice_text, weakest_of
from kg.model.display import counted
from kg.model.facts import Claim, FactSet
from kg.scene import Scene
from kg.voices import resting_on_unnamed

_MOST_RELAYS = 2
_MOST_TOLD = 3  #: voices in a sentence


def grounds(scene: Scene) -> Topic:
    """Sources, the voices without which edges fall, relays, and what is weak in all of it."""
    said = (
        *_sources(scene),
        *_footings(scene),
        *_relayed(scene),
        *_unnamed(scene),
        *_headline(scene),
        *_possible(scene),
        *_judgements(scene),
    )
    return Topic("What it rests on", said)


def _sources(scene: Scene) -> Iterator[Statement]:
    facts = scene.facts
    by_source: dict[str, list[Claim]] = {}
    for claim in scene.in_force:
        by_source.setdefault(claim.source, []).append(claim)
    if not by_source:
        return
    source, claims = max(by_source.items(), key=lambda item: (len(item[1]), item[0]))
    title = wording.source_text(source, facts)
    if len(by_source) == 1:
        yield statement(f"All that is in force was read in one source: {title}.", claims, scene)
    else:
        text = (
            f"What is in force was read in {len(by_source)} sources, most of it in {title}: "
            f"{len(claims)} of {counted(len(scene.in_force), 'claim')}."
        )
        yield statement(text, claims, scene)


def _footings(scene: Scene) -> Iterator[Statement]:
    """How many edges a single voice carries, and how many a single anonymous one, and who they are.

    A symmetric relation, which is an edge each way, is counted once.
    """
    edges = {edge.claims: footing for edge, footing in footings(scene)}
    if not edges:
        return
    single = {claims: footing for claims, footing in edges.items() if footing.singles}
    voices = Counter(voice for footing in single.values() for voice in footing.singles)
    text = f"{_rest_on('one source', len(single), len(edges))}{_falling(voices, scene.facts)}"
    yield statement(text, behind(single, scene), scene)
    anonymous = {claims: footing for claims, footing in single.items() if footing.is_anonymous}
    if anonymous:
        voices = Counter(weakest_of(footing, scene.facts) for footing in anonymous.values())
        text = _rest_on("one anonymous source", len(anonymous), len(edges))
        yield statement(f"{text}{_falling(voices, scene.facts)}", behind(anonymous, scene), scene)


def _rest_on(what: str, some: int, number: int) -> str:
    """`All 4 edges rest on one source each` · `1 of 4 edges rests on one source`."""
    if number == 1:
        return f"The only edge {'rests' if some else 'does not rest'} on {what} alone"
    if not some:
        return f"None of {number:,} edges rests on {what} alone"
    if some == 1:
        return f"1 of {number:,} edges rests on {what}"
    return f"{'All' if some == number else f'{some:,} of'} {number:,} edges rest on {what} each"


def _falling(voices: Mapping[str | None, int], facts: FactSet) -> str:
    """What ends a sentence: `: 3 fall without Alpha; 1 falls without Beta; and others.`."""
    order = sorted(voices.items(), key=lambda item: (-item[1], item[0] or ""))
    told = [
        f"{number:,} {'falls' if number == 1 else 'fall'} without {voice_text(voice, facts)}"
        for voice, number in order[:_MOST_TOLD]
    ]
    others = "; and others" if order[_MOST_TOLD:] else ""
    return f": {'; '.join(told)}{others}." if told else "."


def _relayed(scene: Scene) -> Iterator[Statement]:
    """Through whom most claims come that no source makes in a voice of its own."""
    relayed: dict[str, list[Claim]] = {}
    for claim in scene.facts.claims.values():
        for speaker in dict.fromkeys(claim.speakers):
            if speaker == claim.subject:
                continue  # who speaks of himself relays nobody
            relayed.setdefault(speaker, []).append(claim)
    told = sorted(relayed.items(), key=lambda item: (-len(item[1]), item[0]))
    for speaker, claims in told[:_MOST_RELAYS]:
        name = wording.source_text(speaker, scene.facts)
        come = "comes" if len(claims) == 1 else "come"
        in_force = sum(scene.standings[claim.id].holds for claim in claims)
        text = (
            f"{counted(len(claims), 'claim')} {come} through {name}, "
            f"{_of_them(in_force, len(claims))} in force."
        )
        yield statement(text, claims, scene)


def _unnamed(scene: Scene) -> Iterator[Statement]:
    unnamed = resting_on_unnamed(scene.facts)
    if unnamed:
        rest = "1 claim rests" if len(unnamed) == 1 else f"{len(unnamed):,} claims rest"
        in_force = [claim for claim in unnamed if scene.standings[claim.id].holds]
        text = f"{rest} on unnamed voices alone, {_of_them(len(in_force), len(unnamed))} in force"
        yield statement(text + and_told(outline(in_force, scene.facts)), unnamed, scene)


def _headline(scene: Scene) -> Iterator[Statement]:
    alone = [scene.facts.claims[id] for id in sorted(scene.in_headline_alone)]
    if alone:
        stand = "1 claim stands" if len(alone) == 1 else f"{len(alone):,} claims stand"
        in_force = [claim for claim in alone if scene.standings[claim.id].holds]
        text = f"{stand} in a headline alone, {_of_them(len(in_force), len(alone))} in force"
        yield statement(text + and_told(outline(in_force, scene.facts)), alone, scene)


def _possible(scene: Scene) -> Iterator[Statement]:
    possible = [claim for claim in scene.in_force if not scene.standings[claim.id].certain]
    if possible:
        text = f"{are(len(possible), 'claim')} in force only possibly"
        yield statement(text + and_told(gather(possible, scene.facts)), possible, scene)


def _judgements(scene: Scene) -> Iterator[Statement]:
    facts = scene.facts
    judged = [claim for claim in facts.claims.values() if claim.credibility is not None]
    rated = sum(source.reliability not in (None, "F") for source in facts.sources.values())
    yield statement(
        f"Credibility is judged for {len(judged)} of {counted(len(facts.claims), 'claim')}, "
        f"reliability for {rated} of {counted(len(facts.sources), 'source')}.",
        judged,
        scene,
    )


def _of_them(some: int, number: int) -> str:
    """`3 of them` · `none of them` · `which is`, where there is only one."""
    if number == 1:
        return "which is" if some else "which is not"
    return f"{some:,} of them" if some else "none of them"
