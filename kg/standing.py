"""How each claim stands under a lens: whether it is in force, how surely, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.disputes import disputes
from kg.lens import Certainty, Decisions, Lens
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
from kg.voices import meant, voices_of, weakest_reliability


class Reason(StrEnum):
    """What keeps a claim from being in force, as words that follow the claim."""

    PRESUPPOSED = "taken for granted, not stated"
    SPEAKER = "not according to those asked"
    WITHOUT = "said by somebody left out"
    CREDIBILITY = "not judged credible enough"
    RELIABILITY = "its sources are not judged reliable enough"
    LIKELIHOOD = "not judged likely enough"
    SUPERSEDED = "a later claim takes its place"
    DEPRECATED = "set aside by the curator"
    OUTRANKED = "the curator prefers a claim that it does not fit together with"
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
    because_of: tuple[str, ...] = ()  #: the claims that supersede or outrank it, or the decision


def judge(facts: FactSet, lens: Lens, as_of: Interval) -> Mapping[str, Standing]:
    """How every claim stands under `lens` at the time `as_of`, by its id."""
    hearing = _Hearing(facts, lens, meant(lens.according_to, facts), meant(lens.without, facts))
    displaced = _displaced(hearing)
    assumed = consequences(lens.assume, facts)
    standings = {}
    for claim in facts.claims.values():
        unheard = hearing.refuses(claim)
        if unheard is not None:
            standings[claim.id] = _withheld(unheard)
        elif claim.id in displaced:
            standings[claim.id] = _withheld(*displaced[claim.id])
        else:
            standings[claim.id] = _judge(claim, facts, lens, as_of, assumed)
    return standings


def _judge(
    claim: Claim, facts: FactSet, lens: Lens, as_of: Interval, assumed: frozenset[Condition]
) -> Standing:
    """How a claim stands that is heard and that no other displaces."""
    if not assumed.issuperset(claim.conditions):
        return _withheld(Reason.CONDITION)
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


@dataclass(frozen=True, slots=True)
class _Hearing:
    """Whom a lens listens to, and how good it asks evidence to be."""

    facts: FactSet
    lens: Lens
    according_to: frozenset[str]
    without: frozenset[str]

    def refuses(self, claim: Claim) -> Reason | None:
        """Why the lens does not listen to a claim; None where it does."""
        if claim.basis is Basis.PRESUPPOSED:
            return Reason.PRESUPPOSED
        if self.according_to or self.without:
            voices = voices_of(claim, self.facts)
            if self.according_to and voices.isdisjoint(self.according_to):
                return Reason.SPEAKER
            if not voices.isdisjoint(self.without):
                return Reason.WITHOUT
        return _too_weak(claim, self.facts, self.lens)


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
Displaced = tuple[Reason, tuple[str, ...]]


def _displaced(hearing: _Hearing) -> Mapping[str, Displaced]:
    """The claims that others take the place of, or that the curator set aside.

    Only claims that are heard displace others: without its source, a correction corrects nothing.
    """
    facts = hearing.facts
    superseded: dict[str, list[str]] = {}
    for claim in facts.claims.values():
        if claim.supersedes and hearing.refuses(claim) is None:
            for other in claim.supersedes:
                superseded.setdefault(other, []).append(claim.id)
    found = {id: (Reason.SUPERSEDED, tuple(claims)) for id, claims in superseded.items()}
    if facts.decisions and hearing.lens.decisions is Decisions.FOLLOWED:
        deprecated = _decided(Rank.DEPRECATED, facts)
        standing = {
            id
            for id in _decided(Rank.PREFERRED, facts).keys() - found.keys() - deprecated.keys()
            if hearing.refuses(facts.claims[id]) is None
        }
        outranked = _outranked(standing, facts)
        found = {
            **{id: (Reason.OUTRANKED, tuple(claims)) for id, claims in outranked.items()},
            **{id: (Reason.DEPRECATED, tuple(ids)) for id, ids in deprecated.items()},
            **found,
        }
    return found


def _decided(rank: Rank, facts: FactSet) -> Mapping[str, list[str]]:
    """The decisions of a rank by claim."""
    found: dict[str, list[str]] = {}
    for decision in facts.decisions.values():
        if decision.rank is rank:
            for claim in decision.claims:
                found.setdefault(claim, []).append(decision.id)
    return found


def _outranked(preferred: set[str], facts: FactSet) -> Mapping[str, list[str]]:
    """By claim, the preferred ones that it does not fit together with."""
    found: dict[str, list[str]] = {}
    for dispute in disputes(facts) if preferred else ():
        if not dispute.ground.settles:
            for one, other in (
                (dispute.claim, dispute.other),
                (dispute.other, dispute.claim),
            ):
                if one in preferred and other not in preferred:
                    found.setdefault(other, []).append(one)
    return found
