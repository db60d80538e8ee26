"""How each claim stands under a lens: whether it is in force, how surely, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from kg.conflicts import conflicts
from kg.lens import Lens
from kg.model.dials import Certainty, Decisions
from kg.model.facts import (
    CREDIBILITIES,
    LIKELIHOODS,
    RELIABILITIES,
    Basis,
    Claim,
    Condition,
    FactSet,
    Modality,
    Rank,
)
from kg.model.interval import Interval
from kg.scenarios import consequences
from kg.validity import is_event, validity
from kg.voices import voices_named, voices_of, weakest_reliability


class Reason(StrEnum):
    """What keeps a claim from being in force, as words that follow the claim."""

    PRESUPPOSED = "taken for granted, not stated"
    SPEAKER = "not according to those asked"
    WITHOUT = "said by somebody left out"
    CREDIBILITY = "not judged credible enough"
    RELIABILITY = "its sources are not judged reliable enough"
    LIKELIHOOD = "not judged likely enough"
    SUPERSEDED = "superseded by another claim"
    DEPRECATED = "set aside by the curator"
    OUTRANKED = "the curator prefers another claim"
    CONDITION = "its condition is not assumed"
    RULED_OUT = "its condition is ruled out"
    MODALITY = "not stated as actual"
    TIME = "not at that time"
    CERTAINTY = "possible at that time, not certain"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands under a lens."""

    holds: bool
    certain: bool  #: on the date asked for; false wherever it does not hold
    reason: Reason | None = None  #: why it does not hold
    because_of: tuple[str, ...] = ()  #: the claims that supersede or outrank it, or the decision


def judge(facts: FactSet, lens: Lens, as_of: Interval) -> Mapping[str, Standing]:
    """How every claim stands under `lens` at the time `as_of`, by its id."""
    unheard = _unheard(facts, lens)
    displaced = _displaced(unheard, facts, lens)
    assumed = consequences(lens.assume, facts)
    standings = {}
    for id, claim in facts.claims.items():
        if id in unheard:
            standings[id] = _withheld(unheard[id])
        elif id in displaced:
            standings[id] = _withheld(*displaced[id])
        else:
            standings[id] = _judge(claim, facts, lens, as_of, assumed)
    if facts.decisions and lens.decisions is Decisions.FOLLOWED:
        standings.update(_outranked(standings, facts))
    return standings


def _judge(
    claim: Claim, facts: FactSet, lens: Lens, as_of: Interval, assumed: frozenset[Condition]
) -> Standing:
    """How a claim stands that is heard and that no other displaces."""
    if not assumed.issuperset(claim.conditions):
        is_ruled_out = any(each.opposite in assumed for each in claim.conditions)
        return _withheld(Reason.RULED_OUT if is_ruled_out else Reason.CONDITION)
    if claim.modality not in lens.modality and not _is_assumed(claim, assumed):
        return _withheld(Reason.MODALITY)
    when = validity(claim, facts)
    if is_event(claim, facts):
        possible, certain = when.possibly_begun_by(as_of), when.certainly_begun_by(as_of)
    else:
        possible, certain = when.possibly_meets(as_of), when.certainly_meets(as_of)
    if not possible:
        return _withheld(Reason.TIME)
    if lens.certainty is Certainty.CERTAIN and not certain:
        return _withheld(Reason.CERTAINTY)
    return Standing(holds=True, certain=certain)


def _withheld(reason: Reason, because_of: tuple[str, ...] = ()) -> Standing:
    return Standing(holds=False, certain=False, reason=reason, because_of=because_of)


def _is_assumed(claim: Claim, assumed: frozenset[Condition]) -> bool:
    """Whether an assumed scenario brings the claim into force, whatever its modality."""
    if claim.conditions:
        return True
    is_hypothetical = claim.modality is Modality.HYPOTHETICAL
    return is_hypothetical and any(Condition(thing) in assumed for thing in claim.things)


# -- who is heard -------------------------------------------------------------------------------


def _unheard(facts: FactSet, lens: Lens) -> Mapping[str, Reason]:
    """The claims that the lens does not listen to, and why."""
    according_to = voices_named(lens.according_to, facts) if lens.according_to else None
    without = voices_named(lens.without, facts)
    found = {}
    for claim in facts.claims.values():
        reason = _refusal(claim, according_to, without, facts) or _too_weak(claim, facts, lens)
        if reason is not None:
            found[claim.id] = reason
    return found


def _refusal(
    claim: Claim, according_to: frozenset[str] | None, without: frozenset[str], facts: FactSet
) -> Reason | None:
    """Why the claim's voices are not asked; `according_to` is None where everybody is."""
    if claim.basis is Basis.PRESUPPOSED:
        return Reason.PRESUPPOSED
    if according_to is not None or without:
        voices = voices_of(claim, facts)
        if according_to is not None and voices.isdisjoint(according_to):
            return Reason.SPEAKER
        if not voices.isdisjoint(without):
            return Reason.WITHOUT
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


# -- what takes the place of what ------------------------------------------------------------------

#: Why a claim gives way, and the claims or decisions for which it does.
_Displaced = tuple[Reason, tuple[str, ...]]


def _displaced(
    unheard: Mapping[str, Reason], facts: FactSet, lens: Lens
) -> Mapping[str, _Displaced]:
    """The claims that the curator set aside, or that others supersede.

    Only claims that are heard, and not set aside, supersede others: without its source a
    correction corrects nothing.
    """
    is_followed = lens.decisions is Decisions.FOLLOWED
    deprecated = _decided(Rank.DEPRECATED, facts) if is_followed else {}
    superseded = _superseded(unheard.keys() | deprecated.keys(), facts)
    by_reason = ((Reason.SUPERSEDED, superseded), (Reason.DEPRECATED, deprecated))
    return {id: (why, tuple(ids)) for why, found in by_reason for id, ids in found.items()}


def _decided(rank: Rank, facts: FactSet) -> Mapping[str, list[str]]:
    """The decisions of a rank by claim."""
    found: dict[str, list[str]] = {}
    for decision in facts.decisions.values():
        if decision.rank is rank:
            for claim in decision.claims:
                found.setdefault(claim, []).append(decision.id)
    return found


def _superseded(silent: Set[str], facts: FactSet) -> Mapping[str, list[str]]:
    """By claim, those that take its place."""
    found: dict[str, list[str]] = {}
    for claim in facts.claims.values():
        if claim.supersedes and claim.id not in silent:
            for other in claim.supersedes:
                found.setdefault(other, []).append(claim.id)
    return found


def _outranked(standings: Mapping[str, Standing], facts: FactSet) -> Mapping[str, Standing]:
    """The claims in force that give way to preferred ones, as they stand then.

    A preferred claim goes before what it is said to be preferred to, wherever it is heard; before
    what conflicts with it, where both would be in force.
    """
    preferred = _decided(Rank.PREFERRED, facts).keys()
    pairs = {
        (one, other)
        for decision in facts.decisions.values()
        for one in decision.claims
        for other in decision.over
        if standings[one].reason not in _UNHEARD
    }
    for conflict in conflicts(facts) if preferred else ():
        if not conflict.ground.supersedes:
            both = (conflict.claim, conflict.other)
            pairs |= {pair for pair in (both, both[::-1]) if standings[pair[0]].holds}
    found: dict[str, list[str]] = {}
    for one, other in sorted(pairs):
        if one in preferred and other not in preferred and standings[other].holds:
            found.setdefault(other, []).append(one)
    return {id: _withheld(Reason.OUTRANKED, tuple(ones)) for id, ones in found.items()}


#: Why a claim is not heard, or gives way itself.
_UNHEARD = (
    Reason.PRESUPPOSED,
    Reason.SPEAKER,
    Reason.WITHOUT,
    Reason.CREDIBILITY,
    Reason.RELIABILITY,
    Reason.LIKELIHOOD,
    Reason.SUPERSEDED,
    Reason.DEPRECATED,
)
