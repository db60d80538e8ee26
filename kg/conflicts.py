"""Claims that conflict with one another, and how. Which of them is right is for data to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from kg.model.facts import Basis, Claim, FactSet, Literal, Quantity, Rank, ends_of
from kg.model.interval import FUTURE, PAST, Bound, Interval
from kg.validity import is_event, validity
from kg.voices import voices_of


class Ground(StrEnum):
    """How one claim conflicts with another."""

    OPPOSED = "opposed"  #: it denies what the other affirms
    AMOUNT = "amount"  #: its amount cannot be right where the other's is
    TIME = "time"  #: the state that both affirm begins or ends at another time in it
    DISPUTED = "disputed"  #: it says that it disputes the other
    CORRECTED = "corrected"  #: it supersedes the other, and comes through a voice of that
    REPLACED = "replaced"  #: it supersedes the other, and comes through others

    @property
    def is_disputed(self) -> bool:
        """Whether whoever sees one of the two in force must know of the other."""
        return self in (Ground.OPPOSED, Ground.DISPUTED)

    @property
    def supersedes(self) -> bool:
        """Whether the one takes the other's place."""
        return self in (Ground.CORRECTED, Ground.REPLACED)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that conflict."""

    ground: Ground
    claim: str  #: the denial; the one that disputes or supersedes; else the second of the two
    other: str


def conflicts(facts: FactSet) -> tuple[Conflict, ...]:
    """All pairs of claims that conflict, in order.

    What a text takes for granted is said by nobody: it conflicts only where it declares so.
    """
    pairs = (
        (Ground.OPPOSED, opposite_claims(facts)),
        (Ground.AMOUNT, conflicting_amounts(facts)),
        (Ground.TIME, conflicting_times(facts)),
    )
    found = [Conflict(why, one.id, other.id) for why, each in pairs for one, other in each]
    found += _declared(facts)
    return tuple(sorted(found, key=lambda each: (each.claim, each.other, each.ground)))


def opposite_claims(facts: FactSet) -> Iterator[tuple[Claim, Claim]]:
    """Each denial with each affirmation that it covers, where both may be so at some time.

    That is one of the same triple and modality, and of the same degree if the denial has one.
    """
    affirmed: dict[object, list[Claim]] = {}
    denials: list[Claim] = []
    for claim in _stated(facts):
        if claim.is_denied:
            denials.append(claim)
        else:
            affirmed.setdefault(_matter(claim, facts), []).append(claim)
    for denial in denials:
        for claim in affirmed.get(_matter(denial, facts), ()):
            covers = denial.degree is None or denial.degree == claim.degree
            meet = covers and validity(denial, facts).possibly_meets(validity(claim, facts))
            if meet and not _supersedes(denial, claim):
                yield denial, claim


def conflicting_amounts(facts: FactSet) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of affirmed claims on one thing at one time whose amounts have no number in common."""
    groups: dict[object, list[tuple[Claim, Quantity]]] = {}
    for claim in _stated(facts):
        quantity = amount_of(claim)
        if quantity is not None and not claim.is_denied:
            groups.setdefault(_of_what(claim, quantity), []).append((claim, quantity))
    for group in groups.values():
        for (first, one), (second, other) in combinations(group, 2):
            if _overlap(one, other) or _supersedes(first, second):
                continue
            when, then = validity(first, facts), validity(second, facts)
            if when.certainly_meets(then) or then.certainly_meets(when):
                yield second, first


def conflicting_times(facts: FactSet) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of affirmed claims that one state began, or ended, at different times.

    They speak of one stretch of time, since it is the same for both in part. Events are left out:
    what happened may have happened twice.
    """
    groups: dict[object, list[tuple[Claim, Interval]]] = {}
    for claim in _stated(facts):
        when = claim.when
        if when and "/" in when.text and not claim.is_denied and not is_event(claim, facts):
            matter = (*_matter(claim, facts), claim.degree, frozenset(claim.conditions))
            groups.setdefault(matter, []).append((claim, when))
    for group in groups.values():
        for (first, when), (second, then) in combinations(group, 2):
            differ = _apart(when.start, then.start) or _apart(when.end, then.end)
            if differ and when.possibly_meets(then) and not _supersedes(first, second):
                yield second, first


def is_decided(one: Claim, other: Claim, facts: FactSet) -> bool:
    """Whether the curator decided between two claims: set one aside, or preferred one to it."""
    pair = {one.id, other.id}
    for decision in (*facts.decisions_on.get(one.id, ()), *facts.decisions_on.get(other.id, ())):
        if decision.rank is Rank.DEPRECATED or pair <= {*decision.claims, *decision.over}:
            return True
    return False


def amount_of(claim: Claim) -> Quantity | None:
    """How much a claim says: its own quantity, or that of its object."""
    return claim.object.quantity if isinstance(claim.object, Literal) else claim.quantity


def _stated(facts: FactSet) -> Iterable[Claim]:
    return (claim for claim in facts.claims.values() if claim.basis is Basis.STATED)


def _supersedes(one: Claim, other: Claim) -> bool:
    """Whether one of two claims takes the other's place."""
    return other.id in one.supersedes or one.id in other.supersedes


def _declared(facts: FactSet) -> Iterator[Conflict]:
    for claim in facts.claims.values():
        for other in claim.disputes:
            if other not in claim.supersedes:
                yield Conflict(Ground.DISPUTED, claim.id, other)
        for other in claim.supersedes:
            voices = voices_of(facts.claims[other], facts)
            is_own = not voices.isdisjoint(voices_of(claim, facts))
            yield Conflict(Ground.CORRECTED if is_own else Ground.REPLACED, claim.id, other)


def _matter(claim: Claim, facts: FactSet) -> tuple[object, ...]:
    return (*ends_of(claim, facts.vocabulary), claim.relation, claim.modality)


def _of_what(claim: Claim, quantity: Quantity) -> object:
    thing = None if isinstance(claim.object, Literal) else claim.object
    conditions = frozenset(claim.conditions)
    return (claim.subject, claim.relation, thing, claim.modality, conditions, quantity.unit)


def _overlap(one: Quantity, other: Quantity) -> bool:
    if one.approximate or other.approximate:
        return True  # how far `about` reaches is not for kg to guess
    return not (
        (one.high is not None and other.low is not None and one.high < other.low)
        or (other.high is not None and one.low is not None and other.high < one.low)
    )


def _apart(one: Bound, other: Bound) -> bool:
    """Whether two bounds, both known, have no day in common; an open end is no date."""
    unknown: tuple[date, ...] = (PAST, FUTURE)
    if any(day in unknown for day in (*one, *other)):
        return False
    return one.latest < other.earliest or other.latest < one.earliest
