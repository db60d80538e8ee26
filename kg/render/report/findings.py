"""The findings: what a reader should know first, each with the claims behind it.

Every sentence is made from the data; nothing here knows what a workspace is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg import wording
from kg.aggregation import Gathered, gather, names, outline, series
from kg.derive import derive
from kg.footing import footings, voice_text, weakest_of
from kg.model.display import counted
from kg.model.facts import Claim, Condition, FactSet
from kg.model.table import Table
from kg.model.vocabulary import SCENARIO
from kg.network import ActorNetwork, is_actor
from kg.render.report.conflicts import in_dispute, settled
from kg.render.report.content import Statement, Topic, figure, statement, topic
from kg.scenarios import consequences, torn
from kg.scene import Scene, look
from kg.standing import Reason
from kg.validity import validity
from kg.voices import resting_on_unnamed

_MOST = 6  #: statements under a heading
_MOST_FIRST = 4  #: actors that share the first rank and are still worth a sentence
_MOST_RELAYS = 2
_MOST_TOLD = 3  #: sentences within a sentence


def summary(scene: Scene) -> str:
    """How much there is, and how much of it is in force, in one or two sentences."""
    claims = scene.facts.claims
    things = {thing for claim in claims.values() for thing in claim.things}
    sources = {claim.source for claim in claims.values()}
    words = (
        f"{counted(len(claims), 'claim')} about {counted(len(things), 'thing')}, "
        f"read in {counted(len(sources), 'source')}. "
    )
    denials = len(scene.in_force) - len(scene.edges)
    words += f"{_are(len(scene.in_force), 'claim')} in force as seen here: "
    words += f"{len(scene.edges)} affirming, and {denials or 'none'} denying."
    if scene.left_out:
        reasons = sorted(scene.left_out.items(), key=lambda item: -item[1])
        left_out = sum(scene.left_out.values())
        why = "; ".join(f"{reason} ({number})" for reason, number in reasons)
        words += f" {_are(left_out, 'claim')} not: {why}."
    return words


def findings(scene: Scene, network: ActorNetwork, measured: Mapping[str, Table]) -> Iterator[Topic]:
    """What there is to say, the most telling first; a heading without a statement is left out."""
    for found in (
        in_dispute(scene),
        settled(scene),
        _ties(scene),
        _inferences(scene),
        _denied(scene),
        _scenarios(scene),
        _unsettled(scene),
        _past_or_to_come(scene),
        _positions(scene, network, measured),
        _grounds(scene),
    ):
        if found.statements:
            yield found


def _ties(scene: Scene) -> Topic:
    """Between actors, those with the most claims first."""
    facts = scene.facts

    def is_tie(claim: Claim) -> bool:
        types = [facts.type_of(thing) for thing in claim.things]
        return len(types) == 2 and all(type_ and is_actor(type_, facts) for type_ in types)

    return _most_told("Who is tied to whom", outline(filter(is_tie, scene.edges), facts), scene)


def _inferences(scene: Scene) -> Topic:
    """What nobody claims and follows from several claims, or turned round, by the ontology."""
    said = []
    for each in derive(scene):
        if not each.is_wider:
            claims = [scene.facts.claims[id] for id in each.claims]
            edge = wording.edge_sentence(each.subject, each.relation, each.object, scene.facts)
            how = wording.inferred_words(claims, is_certain=each.certain, is_disputed=each.disputed)
            said.append(statement(f"{edge} ({how}).", claims, scene))
    left_out = {id for each in said[_MOST:] for id in each.ids}
    return Topic("What follows", tuple(said[:_MOST]), len(left_out))


def _denied(scene: Scene) -> Topic:
    denials = [claim for claim in scene.facts.claims.values() if claim.is_denied]
    return _most_told("What is denied", gather(denials, scene.facts), scene)


def _scenarios(scene: Scene) -> Topic:
    """What each scenario that is not assumed would bring into force."""
    facts = scene.facts
    assumed = consequences(scene.lens.assume, facts)
    weights = Counter(
        condition
        for claim in facts.claims.values()
        for condition in {*claim.conditions, *map(Condition, claim.things)}
        if facts.vocabulary.is_a(facts.type_of(condition.scenario) or "", SCENARIO)
        and condition not in assumed
        and not torn(consequences((*scene.lens.assume, condition), facts))
    )
    said = []
    for scenario, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0]))[: 2 * _MOST]:
        lens = replace(scene.lens, assume=(*scene.lens.assume, scenario))
        changed = [c for c in look(facts, lens).in_force if not scene.standings[c.id].holds]
        if changed:
            said.append(statement(_assuming(scenario, changed, scene), changed, scene))
    return Topic("What would change", tuple(said[:_MOST]), 0)


def _assuming(scenario: Condition, changed: Sequence[Claim], scene: Scene) -> str:
    """What comes into force, without saying once more in which case."""
    denials = sum(claim.is_denied for claim in changed)
    kinds = [
        counted(number, word)
        for number, word in ((len(changed) - denials, "affirmation"), (denials, "denial"))
        if number
    ]
    come = "comes" if len(changed) == 1 else "come"
    assumed = [
        replace(c, conditions=tuple(each for each in c.conditions if each != scenario))
        for c in changed
    ]
    told = sorted(gather(assumed, scene.facts), key=lambda each: -len(each.claims))
    supposing = "Ruling out" if scenario.is_ruled_out else "Assuming"
    name = scene.facts.name(scenario.scenario)
    return f"{supposing} {name}, {series(kinds)} {come} into force{_told(told)}"


def _unsettled(scene: Scene) -> Topic:
    """What is affirmed, but not as actual, and not of a time that is over."""
    open_ = (c for c in _affirmed_without(scene, Reason.MODALITY) if _can_still_be(c, scene))
    return _most_told("What is not settled", gather(open_, scene.facts), scene)


def _past_or_to_come(scene: Scene) -> Topic:
    once = (c for c in _affirmed_without(scene, Reason.MODALITY) if not _can_still_be(c, scene))
    told = gather((*_affirmed_without(scene, Reason.TIME), *once), scene.facts)
    return _most_told("What is over, or still to come", told, scene)


def _can_still_be(claim: Claim, scene: Scene) -> bool:
    return validity(claim, scene.facts).possibly_meets(scene.as_of)


def _affirmed_without(scene: Scene, reason: Reason) -> Iterator[Claim]:
    for claim in scene.facts.claims.values():
        if not claim.is_denied and scene.standings[claim.id].reason is reason:
            yield claim


def _most_told(title: str, told: Iterable[Gathered], scene: Scene) -> Topic:
    return topic(title, sorted(told, key=lambda each: -len(each.claims)), scene, _MOST)


# -- who stands where -----------------------------------------------------------------------------


def _positions(scene: Scene, network: ActorNetwork, measured: Mapping[str, Table]) -> Topic:
    said = (
        *_first(measured, "degree", "tied to others", scene),
        *_first(measured, "betweenness", "on the shortest ways between others", scene),
        *_joints(measured["articulation_points"], scene),
        *_tense(measured["triads"], scene),
        *_alone(network, scene),
    )
    return Topic("Who stands where", said)


def _first(
    measured: Mapping[str, Table], measure: str, where: str, scene: Scene
) -> Iterator[Statement]:
    """Who comes first in a measure: those with an equal figure together."""
    table = measured[measure]
    columns = map(table.column, ("rank", "name", measure))
    first = [
        (str(name), own, claims)
        for rank, name, own, claims in zip(*columns, table.evidence, strict=True)
        if rank == 1 and own
    ]
    if 0 < len(first) <= _MOST_FIRST:
        are, each = ("is", "") if len(first) == 1 else ("are", " each")
        leaders = names([name for name, _, _ in first])
        own = f"{table.title.lower()} {figure(first[0][1])}{each}"
        text = f"More than anybody else, {leaders} {are} {where} ({own})."
        yield statement(text, _behind((claims for _, _, claims in first), scene), scene)


def _joints(table: Table, scene: Scene) -> Iterator[Statement]:
    if table.rows:
        joints = names([str(row[2]) for row in table.rows], "or")
        text = f"Without {joints} the network would fall into more parts than it has."
        yield statement(text, _behind(table.evidence, scene), scene)


def _tense(table: Table, scene: Scene) -> Iterator[Statement]:
    """Threes in which two friends of one are foes, or all are."""
    tense = [
        (row, claims)
        for row, claims in zip(table.rows, table.evidence, strict=True)
        if row[0] == "tense"
    ]
    if tense:
        named = [table.columns.index(f"{place}_name") for place in ("first", "second", "third")]
        threes = [series([str(row[at]) for at in named]) for row, _ in tense]
        few = "; ".join(threes[:_MOST_TOLD]) + ("; and others" if tense[_MOST_TOLD:] else "")
        text = f"{len(tense)} of {counted(len(table.rows), 'signed triad')} {{}} tense: {few}."
        text = text.format("is" if len(tense) == 1 else "are")
        yield statement(text, _behind((claims for _, claims in tense), scene), scene)


def _alone(network: ActorNetwork, scene: Scene) -> Iterator[Statement]:
    tied = {actor for tie in network.ties for actor in (tie.subject, tie.object)}
    alone = [name for actor, name in network.actors.items() if actor not in tied]
    if tied and alone:
        are = "has" if len(alone) == 1 else "have"
        yield statement(f"{names(alone)} {are} no tie that is in force.", (), scene)


def _behind(evidence: Iterable[Iterable[str]], scene: Scene) -> tuple[Claim, ...]:
    ids = dict.fromkeys(id for claims in evidence for id in claims)
    return tuple(scene.facts.claims[id] for id in ids)


# -- what it rests on -----------------------------------------------------------------------------


def _grounds(scene: Scene) -> Topic:
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
    yield statement(text, _behind(single, scene), scene)
    anonymous = {claims: footing for claims, footing in single.items() if footing.is_anonymous}
    if anonymous:
        voices = Counter(weakest_of(footing, scene.facts) for footing in anonymous.values())
        text = _rest_on("one anonymous source", len(anonymous), len(edges))
        yield statement(f"{text}{_falling(voices, scene.facts)}", _behind(anonymous, scene), scene)


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
        yield statement(text + _told(outline(in_force, scene.facts)), unnamed, scene)


def _headline(scene: Scene) -> Iterator[Statement]:
    alone = [scene.facts.claims[id] for id in sorted(scene.in_headline_alone)]
    if alone:
        stand = "1 claim stands" if len(alone) == 1 else f"{len(alone):,} claims stand"
        in_force = [claim for claim in alone if scene.standings[claim.id].holds]
        text = f"{stand} in a headline alone, {_of_them(len(in_force), len(alone))} in force"
        yield statement(text + _told(outline(in_force, scene.facts)), alone, scene)


def _possible(scene: Scene) -> Iterator[Statement]:
    possible = [claim for claim in scene.in_force if not scene.standings[claim.id].certain]
    if possible:
        text = f"{_are(len(possible), 'claim')} in force only possibly"
        yield statement(text + _told(gather(possible, scene.facts)), possible, scene)


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


def _told(told: Sequence[Gathered]) -> str:
    """What follows a claim about claims: what some of them say, or just the end of a sentence."""
    if not told:
        return "."
    others = "; and others" if told[_MOST_TOLD:] else ""
    return ": " + "; ".join(each.text for each in told[:_MOST_TOLD]) + f"{others}."


def _of_them(some: int, number: int) -> str:
    """`3 of them` · `none of them` · `which is`, where there is only one."""
    if number == 1:
        return "which is" if some else "which is not"
    return f"{some:,} of them" if some else "none of them"


def _are(number: int, word: str) -> str:
    return f"{counted(number, word)} {'is' if number == 1 else 'are'}"
