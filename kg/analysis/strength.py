"""How much actors do for and to one another: ties weighed by what their relations mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.analysis.ranking import points_at, ranked, starts_at
from kg.model.table import Table
from kg.network import ActorNetwork, Tie


def in_strength(network: ActorNetwork) -> Table:
    """By how many relations others help each actor, hurt it, or do neither.

    Formula: helped(v) = |{(u, r) : u ≠ v, u is tied to v by r, r helps its object}|, likewise hurt
        and neither; in_strength(v) is the sum of the three
    Claims: those on the ties that point at the actor.
    Cost: O(n + m)
    Reference: A. Barrat et al., The architecture of complex weighted networks, PNAS 101 (2004),
        3747-3752, with the valences of the ontology in place of weights.

    >>> from kg.network import sketch
    >>> in_strength(sketch("a + c", "b - c", "c > a")).rows[0]
    (1, 'c', 'C', 1, 1, 0, 2, 2)
    """
    figures = _counted(network, ((tie.object, tie) for tie in network.ties))
    columns = ("helped", "hurt", "neither", "in_strength")
    note = "By how many relations others help each, hurt it, or do neither"
    return ranked(network, "In-strength", columns, figures, points_at, (note,))


def out_strength(network: ActorNetwork) -> Table:
    """By how many relations each actor helps others, hurts them, or does neither.

    Formula: helps(v) = |{(u, r) : u ≠ v, v is tied to u by r, r helps its object}|, likewise hurts
        and neither; out_strength(v) is the sum of the three
    Claims: those on the ties that start at the actor.
    Cost: O(n + m)
    Reference: A. Barrat et al., The architecture of complex weighted networks, PNAS 101 (2004),
        3747-3752, with the valences of the ontology in place of weights.

    >>> from kg.network import sketch
    >>> out_strength(sketch("c + a", "c - b", "a > c")).rows[0]
    (1, 'c', 'C', 1, 1, 0, 2, 2)
    """
    figures = _counted(network, ((tie.subject, tie) for tie in network.ties))
    columns = ("helps", "hurts", "neither", "out_strength")
    note = "By how many relations each helps others, hurts them, or does neither"
    return ranked(network, "Out-strength", columns, figures, starts_at, (note,))


def _counted(
    network: ActorNetwork, ties: Iterable[tuple[str, Tie]]
) -> dict[str, tuple[int, int, int, int]]:
    """For each actor how many relations help, hurt, do neither, and all of them."""
    counts = {actor: [0, 0, 0, 0] for actor in network.actors}
    for actor, tie in ties:
        for place in _places(tie) if tie.subject != tie.object else ():
            counts[actor][place] += 1
            counts[actor][-1] += 1
    return {actor: (good, bad, rest, total) for actor, (good, bad, rest, total) in counts.items()}


def _places(tie: Tie) -> Iterator[int]:
    for valence in tie.valences:
        yield 0 if valence.object > 0 else 1 if valence.object < 0 else 2
