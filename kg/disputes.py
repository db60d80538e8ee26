"""Claims that do not fit together, and why. Which of them is right is never settled here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import combinations

from kg.model.facts import Basis, Claim, FactSet, Literal, Quantity, ends_of
from kg.model.interval import FUTURE, PAST, Bound, Interval
from kg.validity import is_event, validity
from kg.voices import voices_of


class Ground(Enum):
    """Why two claims do not fit together, as words before the second and before the first."""

    OPPOSED = "denies", "denied by"
    AMOUNT = "other amount", "another amount"
    TIME = "other time", "another time"
    DISPUTED = "disputes", "disputed by"
    CORRECTED = "corrects", "corrected by"  #: a voice of the first spoke in the second already
    REPLACED = "replaces", "replaced by"

    @property
    def settles(self) -> bool:
        """Whether the first takes the second's place."""
        return self in (Ground.CORRECTED, Ground.REPLACED)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two claims that do not fit together."""

    ground: Ground
    claim: str  #: the denial; the later one; the one that disputes, corrects or replaces
    other: str


def disputes(facts: FactSet) -> tuple[Dispute, ...]:
    """All pairs of claims that do not fit together, in order."""
    pairs = (
        (Ground.OPPOSED, opposed(facts)),
        (Ground.AMOUNT, contradicting_amounts(facts)),
        (Ground.TIME, contradicting_times(facts)),
    )
    found = [Dispute(why, one.id, other.id) for why, each in pairs for one, other in each]
    return tuple(
        sorted((*found, *_declared(facts)), key=lambda d: (d.claim, d.other, d.ground.name))
    )


def opposed(facts: FactSet) -> Iterator[tuple[Claim, Claim]]:
    """Each denial with each affirmation that it covers, where both may be so at some time.

    They hang on the same conditions, and neither takes the place of the other.
    """
    stated = (claim for claim in facts.claims.values() if claim.basis is Basis.STATED)
    for denial, claim in contradictions(stated, facts):
        alike = set(denial.conditions) == set(claim.conditions) and _is_open(denial, claim)
        if alike and validity(denial, facts).possibly_meets(validity(claim, facts)):
            yield denial, claim


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


def contradicting_amounts(facts: FactSet) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of affirmed claims on one thing at one time whose amounts have no number in common."""
    groups: dict[object, list[tuple[Claim, Quantity]]] = {}
    for claim in facts.claims.values():
        quantity = amount_of(claim)
        if quantity is not None and not claim.is_denied:
            groups.setdefault(_of_what(claim, quantity), []).append((claim, quantity))
    for group in groups.values():
        for (first, one), (second, other) in combinations(group, 2):
            if _overlap(one, other) or not _is_open(first, second):
                continue
            when, then = validity(first, facts), validity(second, facts)
            if when.certainly_meets(then) or then.certainly_meets(when):
                yield second, first


def contradicting_times(facts: FactSet) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of affirmed claims that one state began, or ended, at different times.

    They speak of one stretch of time, since it is the same for both in part. Events are left out:
    what happened may have happened twice.
    """
    groups: dict[object, list[tuple[Claim, Interval]]] = {}
    for claim in facts.claims.values():
        when = claim.when
        if when and "/" in when.text and not claim.is_denied and not is_event(claim, facts):
            matter = (*_subject_matter(claim, facts), claim.degree, frozenset(claim.conditions))
            groups.setdefault(matter, []).append((claim, when))
    for group in groups.values():
        for (first, when), (second, then) in combinations(group, 2):
            differ = _apart(when.start, then.start) or _apart(when.end, then.end)
            if differ and when.possibly_meets(then) and _is_open(first, second):
                yield second, first


def is_decided(one: Claim, other: Claim, facts: FactSet) -> bool:
    """Whether the curator ranked one of two claims, so that nobody need be asked to."""
    return one.id in facts.decisions_on or other.id in facts.decisions_on


def amount_of(claim: Claim) -> Quantity | None:
    """How much a claim says: its own quantity, or that of its object."""
    return claim.object.quantity if isinstance(claim.object, Literal) else claim.quantity


def _is_open(one: Claim, other: Claim) -> bool:
    """Whether neither of two claims takes the other's place."""
    return other.id not in one.supersedes and one.id not in other.supersedes


def _declared(facts: FactSet) -> Iterator[Dispute]:
    for claim in facts.claims.values():
        for other in claim.disputes:
            yield Dispute(Ground.DISPUTED, claim.id, other)
        for other in claim.supersedes:
            voices = voices_of(facts.claims[other], facts)
            is_own = not voices.isdisjoint(voices_of(claim, facts))
            yield Dispute(Ground.CORRECTED if is_own else Ground.REPLACED, claim.id, other)


def _subject_matter(claim: Claim, facts: FactSet) -> tuple[object, ...]:
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
