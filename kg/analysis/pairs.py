"""Pairs of actors: the ties of both directions taken together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.network import ActorNetwork, Tie


@dataclass(frozen=True)
class Pair:
    """Two actors, in order of their ids, and all ties between them; one at least."""

    ends: tuple[str, str]
    ties: tuple[Tie, ...]

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The claims of the ties, each once."""
        return tuple(dict.fromkeys(claim for tie in self.ties for claim in tie.claims))

    @property
    def weight(self) -> int:
        """The number of different relations between the two, in whichever direction."""
        return len({relation for tie in self.ties for relation in tie.relations})


def pairs_of(network: ActorNetwork) -> Mapping[tuple[str, str], Pair]:
    """The pairs that are tied, by their ends, in order; an actor and itself are no pair."""
    found: dict[tuple[str, str], list[Tie]] = {}
    for tie in network.ties:
        if tie.subject != tie.object:
            ends = min(tie.subject, tie.object), max(tie.subject, tie.object)
            found.setdefault(ends, []).append(tie)
    return {ends: Pair(ends, tuple(found[ends])) for ends in sorted(found)}


def neighbours_of(network: ActorNetwork) -> Mapping[str, set[str]]:
    """The other actors that each is tied to, in either direction; nobody for one who is alone."""
    found: dict[str, set[str]] = {actor: set() for actor in network.actors}
    for tie in network.ties:
        if tie.subject != tie.object:
            found[tie.subject].add(tie.object)
            found[tie.object].add(tie.subject)
    return found


def sign_of(pair: Pair) -> int:
    """Whether the two help (1) or hurt (-1) one another on balance, both sides taken together."""
    total = sum(tie.valence.subject + tie.valence.object for tie in pair.ties)
    return (total > 0) - (total < 0)
