"""What the claims say: ties, denials, what scenarios would change, what is open or over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg import wording
from kg.aggregation import Gathered, gather, outline, series
from kg.derive import derive
from kg.findings.statements import Topic, and_told, are, statement, topic
from kg.model.display import counted
from kg.model.facts import Claim, Condition
from kg.model.vocabulary import SCENARIO
from kg.network import is_actor
from kg.scenarios import followed, implications, torn
from kg.scene import Scene, look
from kg.standing import Reason
from kg.validity import validity

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
    words += f"{are(len(scene.in_force), 'claim')} in force as seen here: "
    words += f"{len(scene.edges)} affirming, and {denials or 'none'} denying."
    if scene.left_out:
        reasons = sorted(scene.left_out.items(), key=lambda item: -item[1])
        left_out = sum(scene.left_out.values())
        why = "; ".join(f"{reason} ({number})" for reason, number in reasons)
        words += f" {are(left_out, 'claim')} not: {why}."
    return words


def ties(claims: Iterable[Claim], scene: Scene) -> Topic:
    """Who is tied to whom: between actors, those with the most claims first."""
    facts = scene.facts

    def is_tie(claim: Claim) -> bool:
        types = [facts.type_of(thing) for thing in claim.things]
        return len(types) == 2 and all(type_ and is_actor(type_, facts) for type_ in types)

    edges = (c for c in claims if scene.standings[c.id].holds and not c.is_denied)
    return _most_told("Who is tied to whom", outline(filter(is_tie, edges), facts), scene)


def inferences(scene: Scene) -> Topic:
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


def denied(claims: Iterable[Claim], scene: Scene) -> Topic:
    """What is said not to be so, in force or not."""
    denials = [claim for claim in claims if claim.is_denied]
    return _most_told("What is denied", gather(denials, scene.facts), scene)


def scenarios(scene: Scene) -> Topic:
    """What each scenario that is not assumed would bring into force."""
    facts = scene.facts
    follows = implications(facts)
    assumed = followed(scene.lens.assume, follows)
    weights = Counter(
        condition
        for claim in facts.claims.values()
        for condition in {*claim.conditions, *map(Condition, claim.things)}
        if facts.vocabulary.is_a(facts.type_of(condition.scenario) or "", SCENARIO)
        and condition not in assumed
        and not torn(followed((*scene.lens.assume, condition), follows))
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
    return f"{supposing} {name}, {series(kinds)} {come} into force{and_told(told)}"


def unsettled(claims: Iterable[Claim], scene: Scene) -> Topic:
    """What is affirmed, but not as actual, and not of a time that is over."""
    supposed = _affirmed_without(Reason.MODALITY, claims, scene)
    open_ = (claim for claim in supposed if _can_still_be(claim, scene))
    return _most_told("What is not settled", gather(open_, scene.facts), scene)


def past_or_to_come(scene: Scene) -> Topic:
    """What is affirmed, and not of the time of the lens."""
    claims = scene.facts.claims.values()
    supposed = _affirmed_without(Reason.MODALITY, claims, scene)
    once = (claim for claim in supposed if not _can_still_be(claim, scene))
    told = gather((*_affirmed_without(Reason.TIME, claims, scene), *once), scene.facts)
    return _most_told("What is over, or still to come", told, scene)


def _can_still_be(claim: Claim, scene: Scene) -> bool:
    return validity(claim, scene.facts).possibly_meets(scene.as_of)


def _affirmed_without(reason: Reason, claims: Iterable[Claim], scene: Scene) -> Iterator[Claim]:
    for claim in claims:
        if not claim.is_denied and scene.standings[claim.id].reason is reason:
            yield claim


def _most_told(title: str, told: Iterable[Gathered], scene: Scene) -> Topic:
    return topic(title, sorted(told, key=lambda each: -len(each.claims)), scene, _MOST)
