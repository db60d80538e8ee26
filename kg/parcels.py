"""Facts in parcels that no rule of claims looks out of, so that each can be judged by itself.

Two facts are tied where claims of both stand between the same two things, or where one names the
other. Tied facts, and what those are tied to, lie in one parcel. What was found in a parcel holds
until one of its claims is read anew, as each is whose source, subject or anything else has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_
from types import ModuleType
from zlib import crc32

from kg.model.diagnostic import Diagnostic
from kg.model.facts import Claim, Decision, FactSet

#: Few enough to cost nothing, and enough that a change touches little of a large workspace.
_PARCELS = 1024


@dataclass(frozen=True, slots=True)
class Parcel:
    """Some of the claims, with the decisions on them."""

    claims: tuple[Claim, ...]
    decisions: tuple[Decision, ...]

    def is_same(self, other: Parcel) -> bool:
        """Whether it holds the very same."""
        return _are_same(self.claims, other.claims) and _are_same(self.decisions, other.decisions)


@dataclass(frozen=True, slots=True)
class Judged:
    """A parcel, and what rules found in it."""

    parcel: Parcel
    found: tuple[Diagnostic, ...]


def split(facts: FactSet) -> Mapping[int, Parcel]:
    """The claims and decisions in their parcels, each parcel in order of the ids."""
    leaders = _leaders(facts)
    numbers = {leader: crc32(leader.encode()) % _PARCELS for leader in set(leaders.values())}
    claims: dict[int, list[Claim]] = {}
    for claim in facts.claims.values():
        claims.setdefault(numbers[leaders[claim.fact]], []).append(claim)
    decisions: dict[int, dict[str, Decision]] = {}
    for decision in facts.decisions.values():
        for id in (*decision.claims, *decision.over):
            if id in facts.claims:
                number = numbers[leaders[facts.claims[id].fact]]
                decisions.setdefault(number, {})[decision.id] = decision
    return {
        number: Parcel(tuple(of_it), tuple(decisions.get(number, {}).values()))
        for number, of_it in claims.items()
    }


def judge(
    rules: Iterable[ModuleType],
    facts: FactSet,
    parcels: Mapping[int, Parcel],
    before: Mapping[int, Judged],
) -> Mapping[int, Judged]:
    """What rules of claims find in each parcel; taken from `before` where nothing in it is new."""
    rules = tuple(rules)
    judged: dict[int, Judged] = {}
    for number, parcel in parcels.items():
        kept = before.get(number)
        if kept is None or not kept.parcel.is_same(parcel):
            part = replace(
                facts,
                claims={claim.id: claim for claim in parcel.claims},
                decisions={decision.id: decision for decision in parcel.decisions},
            )
            kept = Judged(parcel, tuple(d for rule in rules for d in rule.find(part)))
        judged[number] = kept
    return judged


def _are_same(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


def _leaders(facts: FactSet) -> Mapping[str, str]:
    """The first of all facts that each is tied to, be it by way of others; itself where to none."""
    leaders = {claim.fact: claim.fact for claim in facts.claims.values()}
    between: dict[tuple[str, str], str] = {}
    for claim in facts.claims.values():
        subject, target = claim.subject, claim.object
        if not isinstance(target, str):
            target = ""  # all values are one thing
        ends = (subject, target) if subject <= target else (target, subject)
        other = between.setdefault(ends, claim.fact)
        if other != claim.fact:
            _tie(claim.fact, other, leaders)
        for id in (*claim.supersedes, *claim.disputes, *claim.about):
            if id in facts.claims:
                _tie(claim.fact, facts.claims[id].fact, leaders)
    return {fact: _leader(fact, leaders) for fact in leaders}


def _tie(one: str, other: str, leaders: dict[str, str]) -> None:
    first, second = sorted((_leader(one, leaders), _leader(other, leaders)))
    leaders[second] = first


def _leader(fact: str, leaders: dict[str, str]) -> str:
    while leaders[fact] != fact:
        leaders[fact] = leaders[leaders[fact]]
        fact = leaders[fact]
    return fact
