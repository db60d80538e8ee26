"""Which claims hold: when, according to whom, how surely, assuming what.

A lens is a set of dials. Looking at the facts through it gives a `Scene`: the same claims, each
with its `Standing`. Everything that kg draws, counts or answers starts from a scene.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from kg.model.facts import (
    CREDIBILITIES,
    LIKELIHOODS,
    RELIABILITIES,
    Basis,
    Claim,
    FactSet,
    Modality,
    ends_of,
)
from kg.model.interval import FUTURE, PAST, Bound, Interval, on, parse_interval
from kg.model.suggest import did_you_mean
from kg.model.vocabulary import SCENARIO, Aspect
from kg.voices import in_headline_alone, voices_of, weakest_reliability


class Certainty(StrEnum):
    """Whether what only possibly holds counts as holding."""

    POSSIBLE = "possible"
    CERTAIN = "certain"


@dataclass(frozen=True, slots=True)
class Lens:
    """The dials. Each default lets through what the design's default does."""

    name: str = "default"
    as_of: Interval | None = None  #: None is the date of the newest source
    according_to: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()
    credibility: int | None = None
    reliability: str | None = None
    likelihood: str | None = None
    modality: tuple[Modality, ...] = (Modality.ACTUAL,)
    certainty: Certainty = Certainty.POSSIBLE


class Reason(StrEnum):
    """What keeps a claim from being in force, as words that follow the claim."""

    PRESUPPOSED = "taken for granted, not stated"
    SPEAKER = "not according to those asked"
    WITHOUT = "said by somebody left out"
    CREDIBILITY = "not judged credible enough"
    RELIABILITY = "its sources are not judged reliable enough"
    LIKELIHOOD = "not judged likely enough"
    CONDITION = "its condition is not assumed"
    MODALITY = "not stated as actual"
    TIME = "not at that time"
    CERTAINTY = "possible at that time, not certain"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands under a lens."""

    holds: bool
    certain: bool  #: on the date asked for; false wherever it does not hold
    reason: Reason | None = None  #: why it does not hold


@dataclass(frozen=True)
class Scene:
    """The facts as seen through a lens."""

    facts: FactSet
    lens: Lens
    as_of: Interval
    standings: Mapping[str, Standing]

    @cached_property
    def in_force(self) -> tuple[Claim, ...]:
        """The claims that hold, affirmed and denied."""
        return tuple(c for c in self.facts.claims.values() if self.standings[c.id].holds)

    @cached_property
    def edges(self) -> tuple[Claim, ...]:
        """The claims that are direct edges: affirmed and in force, and no others."""
        return tuple(claim for claim in self.in_force if not claim.is_denied)

    @cached_property
    def disputes(self) -> Mapping[str, tuple[str, ...]]:
        """The claims in force that say the opposite of one in force, by its id; both stand."""
        found: dict[str, list[str]] = {}
        for denial, claim in contradictions(self.in_force, self.facts):
            found.setdefault(denial.id, []).append(claim.id)
            found.setdefault(claim.id, []).append(denial.id)
        return {id: tuple(sorted(others)) for id, others in found.items()}

    @cached_property
    def in_headline_alone(self) -> frozenset[str]:
        """The ids of the claims that a headline makes and its body does not."""
        return frozenset(claim.id for claim in in_headline_alone(self.facts))

    @cached_property
    def left_out(self) -> Mapping[Reason, int]:
        """How many claims do not hold, by reason."""
        counts = Counter(s.reason for s in self.standings.values() if s.reason is not None)
        return {reason: counts[reason] for reason in Reason if counts[reason]}

    def describe(self) -> str:
        """The lens in words, for every output that was made with it."""
        return "; ".join(_words(self))


def look(facts: FactSet, lens: Lens) -> Scene:
    """The facts as seen through `lens`."""
    as_of = lens.as_of or default_as_of(facts)
    standings = {claim.id: _judge(claim, facts, lens, as_of) for claim in facts.claims.values()}
    return Scene(facts, lens, as_of, standings)


def default_as_of(facts: FactSet) -> Interval:
    """The last day of the newest source's date; the end of time where no source has a date."""
    dates = [source.published.latest for source in facts.sources.values() if source.published]
    return on(max(dates, default=FUTURE))


def validity(claim: Claim, facts: FactSet) -> Interval:
    """When a claim holds, its `when` and its source's date taken together.

    Without `when` it does not reach back: a state holds on its source's date and possibly after
    it, an event has happened by that date. An open end is certain up to the source's date.
    """
    source = facts.sources.get(claim.source)
    published = source.published if source else None
    if claim.when is not None:
        return claim.when.as_known_on(published.latest) if published else claim.when
    if published is None:
        return Interval("", Bound(PAST, FUTURE), Bound(PAST, FUTURE))
    if _is_event(claim, facts):
        return Interval("", published, published)
    return Interval("", published, Bound(published.earliest, FUTURE))


def contradictions(claims: Iterable[Claim], facts: FactSet) -> Iterator[tuple[Claim, Claim]]:
    """Each denial with each affirmation of the same triple and modality that it covers.

    A denial of a degree covers only an affirmation of that degree.
    """
    affirmed: dict[object, list[Claim]] = {}
    denials: list[Claim] = []
    for claim in claims:
        if claim.is_denied:
            denials.append(claim)
        else:
            affirmed.setdefault(_subject_matter(claim, facts), []).append(claim)
    for denial in denials:
        for claim in affirmed.get(_subject_matter(denial, facts), ()):
            if denial.degree is None or denial.degree == claim.degree:
                yield denial, claim


def _subject_matter(claim: Claim, facts: FactSet) -> object:
    return (*ends_of(claim, facts.vocabulary), claim.relation, claim.modality)


def make_lens(name: str, dials: Mapping[str, tuple[str, ...]], facts: FactSet, base: Lens) -> Lens:
    """`base` with the dials given turned; `dials` maps a dial's name to its values as written.

    Raises:
        DialError: if a dial or a value does not exist.
    """
    lens = replace(base, name=name)
    for dial, values in dials.items():
        if dial not in DIALS:
            raise DialError(dial, None, f"no dial is called '{dial}'", did_you_mean(dial, DIALS))
        lens = replace(lens, **{dial: DIALS[dial](dial, values, facts)})
    return lens


class DialError(ValueError):
    """A dial was given something that it does not take."""

    def __init__(self, dial: str, value: str | None, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.dial, self.value, self.message, self.hint = dial, value, message, hint


def _judge(claim: Claim, facts: FactSet, lens: Lens, as_of: Interval) -> Standing:
    reason = _ruled_out(claim, facts, lens)
    if reason is not None:
        return Standing(holds=False, certain=False, reason=reason)
    when = validity(claim, facts)
    if _is_event(claim, facts):
        possible, certain = when.possibly_begun_by(as_of), when.certainly_begun_by(as_of)
    else:
        possible, certain = when.possibly_meets(as_of), when.certainly_meets(as_of)
    if not possible:
        return Standing(holds=False, certain=False, reason=Reason.TIME)
    if lens.certainty is Certainty.CERTAIN and not certain:
        return Standing(holds=False, certain=False, reason=Reason.CERTAINTY)
    return Standing(holds=True, certain=certain)


def _is_event(claim: Claim, facts: FactSet) -> bool:
    return facts.vocabulary.relations[claim.relation].aspect is Aspect.EVENT


def _ruled_out(claim: Claim, facts: FactSet, lens: Lens) -> Reason | None:
    """The first dial but time that keeps the claim from holding."""
    if claim.basis is Basis.PRESUPPOSED:
        return Reason.PRESUPPOSED
    if lens.according_to or lens.without:
        voices = voices_of(claim, facts)
        if lens.according_to and voices.isdisjoint(lens.according_to):
            return Reason.SPEAKER
        if not voices.isdisjoint(lens.without):
            return Reason.WITHOUT
    weak = _too_weak(claim, facts, lens)
    if weak is not None:
        return weak
    if claim.condition is not None and claim.condition not in lens.assume:
        return Reason.CONDITION
    if claim.modality not in lens.modality and not _is_assumed(claim, lens):
        return Reason.MODALITY
    return None


def _too_weak(claim: Claim, facts: FactSet, lens: Lens) -> Reason | None:
    """What is not judged passes only where nothing is asked."""
    if lens.credibility is not None:
        judged = claim.credibility
        if judged is None or judged == CREDIBILITIES[-1] or judged > lens.credibility:
            return Reason.CREDIBILITY
    if lens.reliability is not None:
        weakest = weakest_reliability(claim, facts)
        if weakest is None or weakest == RELIABILITIES[-1] or weakest > lens.reliability:
            return Reason.RELIABILITY
    if lens.likelihood is not None:
        terms = list(LIKELIHOODS)
        likelihood = claim.likelihood
        if likelihood is None or terms.index(likelihood) < terms.index(lens.likelihood):
            return Reason.LIKELIHOOD
    return None


def _is_assumed(claim: Claim, lens: Lens) -> bool:
    """Whether an assumed scenario brings the claim into force, whatever its modality."""
    if claim.condition is not None and claim.condition in lens.assume:
        return True
    is_hypothetical = claim.modality is Modality.HYPOTHETICAL
    return is_hypothetical and any(thing in lens.assume for thing in claim.things)


def _words(scene: Scene) -> Iterator[str]:
    lens, name = scene.lens, scene.facts.name
    if lens.as_of is None and scene.as_of.end.latest == FUTURE:
        yield "as of the end of time (no source has a date)"
    else:
        yield f"as of {scene.as_of.text}" + ("" if lens.as_of else " (the newest source)")
    if lens.according_to:
        yield "according to " + " or ".join(name(voice) for voice in lens.according_to)
    if lens.without:
        yield "without " + ", ".join(name(voice) for voice in lens.without)
    if lens.assume:
        yield "assuming " + " and ".join(name(scenario) for scenario in lens.assume)
    if lens.credibility is not None:
        yield f"credibility {lens.credibility} or better"
    if lens.reliability is not None:
        yield f"reliability {lens.reliability} or better"
    if lens.likelihood is not None:
        yield f"{lens.likelihood} or likelier"
    yield "claims stated as " + " or ".join(lens.modality)
    if lens.certainty is Certainty.CERTAIN:
        yield "certain only"


# -- the dials, each from what was written ------------------------------------------------------


def _one(dial: str, values: tuple[str, ...]) -> str:
    if len(values) != 1:
        raise DialError(dial, None, f"one value is expected, not {len(values)}")
    return values[0]


def _read_as_of(dial: str, values: tuple[str, ...], facts: FactSet) -> Interval:
    value = _one(dial, values)
    try:
        return parse_interval(value)
    except ValueError as error:
        hint = "write a date or an interval, such as 2022, 2025-12-02 or 2021/2022-02"
        raise DialError(dial, value, str(error), hint) from None


def _read_voices(dial: str, values: tuple[str, ...], facts: FactSet) -> tuple[str, ...]:
    known = facts.entities.keys() | facts.sources.keys()
    for value in values:
        if value not in known:
            message = f"no entity or source is called '{value}'"
            raise DialError(dial, value, message, did_you_mean(value, known))
    return tuple(dict.fromkeys(values))


def _read_scenarios(dial: str, values: tuple[str, ...], facts: FactSet) -> tuple[str, ...]:
    known = {e.id for e in facts.entities.values() if facts.vocabulary.is_a(e.type, SCENARIO)}
    for value in values:
        if value not in known:
            message = f"no scenario is called '{value}'"
            listed = ", ".join(f"'{x}'" for x in sorted(known)) or "none"
            hint = did_you_mean(value, known) or f"the scenarios are: {listed}"
            raise DialError(dial, value, message, hint)
    return tuple(dict.fromkeys(values))


def _read_modalities(dial: str, values: tuple[str, ...], facts: FactSet) -> tuple[Modality, ...]:
    return tuple(dict.fromkeys(Modality(_choice(dial, value, list(Modality))) for value in values))


def _read_credibility(dial: str, values: tuple[str, ...], facts: FactSet) -> int:
    return int(_choice(dial, _one(dial, values), [str(x) for x in CREDIBILITIES[:-1]]))


def _read_reliability(dial: str, values: tuple[str, ...], facts: FactSet) -> str:
    return _choice(dial, _one(dial, values), list(RELIABILITIES[:-1]))


def _read_likelihood(dial: str, values: tuple[str, ...], facts: FactSet) -> str:
    return _choice(dial, _one(dial, values), list(LIKELIHOODS))


def _read_certainty(dial: str, values: tuple[str, ...], facts: FactSet) -> Certainty:
    return Certainty(_choice(dial, _one(dial, values), list(Certainty)))


def _choice(dial: str, value: str, choices: list[str]) -> str:
    if value not in choices:
        hint = did_you_mean(value, choices) or "one of " + ", ".join(choices)
        raise DialError(dial, value, f"'{value}' is no {dial.replace('_', ' ')}", hint)
    return value


#: Each dial by its key in `kg.yaml`; on the command line `_` is `-`.
DIALS: Mapping[str, Callable[[str, tuple[str, ...], FactSet], Any]] = {
    "as_of": _read_as_of,
    "according_to": _read_voices,
    "without": _read_voices,
    "assume": _read_scenarios,
    "credibility": _read_credibility,
    "reliability": _read_reliability,
    "likelihood": _read_likelihood,
    "modality": _read_modalities,
    "certainty": _read_certainty,
}

assert set(DIALS) == {field.name for field in fields(Lens)} - {"name"}
