"""What a page needs to look through another lens than the one that it was made with.

`page/lens.js` judges by the rules of kg.standing, and `page/relook.js` compares by those of
kg.compare. Here is all that they ask about claims, as values for JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import chain
from typing import Any

from kg.compare import DIALS_OF
from kg.lens import Lens
from kg.model.facts import LIKELIHOODS, Basis, Claim, FactSet
from kg.model.interval import FUTURE, PAST, Interval
from kg.model.vocabulary import SCENARIO
from kg.reach import reached_from
from kg.scenarios import implications
from kg.scene import Scene, voice_name
from kg.standing import Reason
from kg.validity import is_event, validity
from kg.voices import voices_named, voices_of, weakest_reliability


def dials(scene: Scene, drawn: Iterable[str]) -> Mapping[str, Any]:
    """The page's lens, and what others would make of the claims that it draws."""
    facts = scene.facts
    near = _near(drawn, scene)
    claims = [facts.claims[id] for id in sorted(near)]
    return {
        "lens": _lens(scene.lens, scene.as_of, facts),
        "date": scene.as_of.text,
        "words": _words(scene),
        "claims": [_judged(claim, facts) for claim in claims],
        "conflicts": [
            [c.claim, c.other, c.ground.is_disputed, c.ground.supersedes]
            for c in scene.conflicts
            if c.claim in near
        ],
        "decisions": [
            [decision.rank.value, list(decision.claims), list(decision.over)]
            for decision in facts.decisions.values()
            if not near.isdisjoint(decision.claims)
        ],
        "follows": _follows(facts),
        "reasons": [[reason.name.lower(), reason.value, _turning(reason)] for reason in Reason],
        "scenarios": sorted(_scenarios(claims, facts).items(), key=lambda item: item[1]),
        "days": sorted({day.isoformat() for claim in claims for day in _turns(claim, facts)}),
    }


def _turning(reason: Reason) -> list[str]:
    """The dials that can make a claim stand otherwise for that reason, as options."""
    return [dial.replace("_", "-") for dial in DIALS_OF.get(reason, ())]


def _lens(lens: Lens, as_of: Interval, facts: FactSet) -> Mapping[str, Any]:
    """A lens as the page judges by it: voices instead of the groups and types that stand for them.

    What is marked is not among its dials: a page does not hold what its lens may not see.
    """
    asked = voices_named(lens.according_to, facts) if lens.according_to else None
    return {
        "as_of": [as_of.start.earliest.isoformat(), as_of.end.latest.isoformat()],
        "according_to": None if asked is None else sorted(asked),
        "without": sorted(voices_named(lens.without, facts)),
        "assume": sorted(str(each) for each in lens.assume if each.scenario in facts.entities),
        "credibility": lens.credibility,
        "reliability": lens.reliability,
        "likelihood": _place(lens.likelihood),
        "modality": [modality.value for modality in lens.modality],
        "certainty": lens.certainty.value,
        "decisions": lens.decisions.value,
    }


def _words(scene: Scene) -> Mapping[str, Any]:
    """The lens in words, around those for the dials that the page can turn."""
    date, *words = scene.words
    heard = 1 if scene.lens.according_to else 0
    turned = sum(map(bool, (scene.lens.without, _given(scene, False), _given(scene, True))))
    without = words[heard].removeprefix("without ") if scene.lens.without else None
    return {
        "date": date,
        "heard": words[:heard],
        "without": [] if without is None else [without],
        "others": words[heard + turned :],
        "hidden": [
            [voice_name(each.scenario, scene.facts), each.is_ruled_out]
            for each in scene.lens.assume
            if each.scenario not in scene.facts.entities  # it is marked: no claim here names it
        ],
    }


def _given(scene: Scene, is_ruled_out: bool) -> bool:
    return any(each.is_ruled_out is is_ruled_out for each in scene.lens.assume)


def _near(drawn: Iterable[str], scene: Scene) -> frozenset[str]:
    """The claims that are drawn, and all that can keep one of them from being in force."""
    facts = scene.facts
    before: dict[str, set[str]] = {}
    for claim in facts.claims.values():
        for other in claim.supersedes:
            before.setdefault(other, set()).add(claim.id)
    for each in scene.conflicts:
        before.setdefault(each.claim, set()).add(each.other)
        before.setdefault(each.other, set()).add(each.claim)
    for decision in facts.decisions.values():
        for other in decision.over:
            before.setdefault(other, set()).update(decision.claims)
    return reached_from(drawn, before)


def _judged(claim: Claim, facts: FactSet) -> Mapping[str, Any]:
    """What is asked of a claim; what it has not is left out."""
    when = validity(claim, facts)
    days = (when.start.earliest, when.certain_start, when.end.latest, when.certain_end)
    found = {
        "id": claim.id,
        "when": [day.isoformat() for day in days],
        "event": is_event(claim, facts),
        "modality": claim.modality.value,
        "voices": sorted(voices_of(claim, facts)),
        "things": list(claim.things),
        "conditions": [str(condition) for condition in claim.conditions],
        "presupposed": claim.basis is Basis.PRESUPPOSED,
        "supersedes": list(claim.supersedes),
        "credibility": claim.credibility,
        "reliability": weakest_reliability(claim, facts),
        "likelihood": _place(claim.likelihood),
    }
    return {key: value for key, value in found.items() if value is not False and value != []}


def _place(likelihood: str | None) -> int | None:
    """The place of a term among all, the least likely first."""
    return None if likelihood is None else list(LIKELIHOODS).index(likelihood)


def _follows(facts: FactSet) -> Mapping[str, list[str]]:
    """All that follows from assuming each scenario, or from ruling it out, itself left out."""
    follows = implications(facts)
    return {
        str(each): sorted(map(str, reached_from((each,), follows) - {each}))
        for each in sorted(follows, key=str)
    }


def _scenarios(claims: Iterable[Claim], facts: FactSet) -> Mapping[str, str]:
    """The scenarios that make a difference to some claims, with their names."""
    asked = {
        thing
        for claim in claims
        for thing in chain((c.scenario for c in claim.conditions), claim.things)
        if facts.vocabulary.is_a(facts.type_of(thing) or "", SCENARIO)
    }
    follows = implications(facts)
    implying = {
        each.scenario
        for each in follows
        if not asked.isdisjoint(c.scenario for c in reached_from((each,), follows))
    }
    return {id: facts.name(id) for id in asked | implying}


def _turns(claim: Claim, facts: FactSet) -> Iterator[Any]:
    """The days on which a claim begins to hold, possibly or certainly, or no longer does."""
    when = validity(claim, facts)
    begins = [when.start.earliest, when.certain_start]
    ends = [] if is_event(claim, facts) else [when.end.latest, when.certain_end]
    yield from (day for day in begins if PAST < day < FUTURE)
    yield from (day + timedelta(days=1) for day in ends if PAST < day < FUTURE)
