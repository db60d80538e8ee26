"""Which actors belong together, by Louvain's method over pairs of actors.

The weight of a pair is the number of different relations between the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.analysis.pairs import Pair, pairs_of, sign_of
from kg.analysis.ranking import listed
from kg.model.table import Table
from kg.network import ActorNetwork

if TYPE_CHECKING:
    import networkx as nx


def communities(network: ActorNetwork) -> Table:
    """Which actors are tied more among themselves than to others, for good or ill.

    Formula: a partition that Louvain's method finds for high modularity Q = Σ over communities of
        (weight inside / W - (weight at its actors / 2W)²), W the weight of all pairs; the seed is
        fixed; the largest community is the first
    Claims: those on the actor's ties.
    Cost: about O(m log n)
    Reference: V. D. Blondel et al., Fast unfolding of communities in large networks, Journal of
        Statistical Mechanics (2008), P10008.

    >>> from kg.network import sketch
    >>> two = sketch("a > b", "b > c", "c > a", "c > x", "x > y", "y > z", "z > x")
    >>> [row[:2] for row in communities(two).rows]
    [(1, 'a'), (1, 'b'), (1, 'c'), (2, 'x'), (2, 'y'), (2, 'z')]
    """
    return _partitioned(network, "Communities", list(pairs_of(network).values()), ())


def blocs(network: ActorNetwork) -> Table:
    """Which actors are bound together by ties that help, as communities of these ties alone.

    Formula: as communities, over the pairs whose valences, summed over both sides of all their
        relations, are above 0
    Claims: those on the ties of the actor's pairs that are counted; of hostile ones none.
    Cost: about O(m log n)
    Reference: V. A. Traag, J. Bruggeman, Community detection in networks with positive and negative
        links, Physical Review E 80 (2009), 036115, gives the case for telling the signs apart.

    >>> from kg.network import sketch
    >>> sides = sketch("a + b", "b - x", "x + y", "a - y")
    >>> [row[:2] for row in blocs(sides).rows]
    [(1, 'a'), (1, 'b'), (2, 'x'), (2, 'y')]
    """
    friendly, hostile = ([p for p in pairs_of(network).values() if sign_of(p) == sign]
                         for sign in (1, -1))  # fmt: skip
    return _partitioned(network, "Blocs", friendly, hostile)


def _partitioned(
    network: ActorNetwork, title: str, pairs: Sequence[Pair], hostile: Sequence[Pair]
) -> Table:
    """The actors by the communities that Louvain's method finds over some pairs."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted({end for pair in pairs for end in pair.ends}))
    graph.add_weighted_edges_from((*pair.ends, pair.weight) for pair in pairs)
    found = nx.community.louvain_communities(graph, seed=_SEED) if pairs else []
    parts = sorted((sorted(part) for part in found), key=lambda part: (-len(part), part))
    number = {actor: place for place, part in enumerate(parts, start=1) for actor in part}
    inside = dict.fromkeys(number, 0)
    claims: dict[str, list[str]] = {actor: [] for actor in number}
    for pair in pairs:
        for end in pair.ends:
            claims[end] += pair.claims
        if number[pair.ends[0]] == number[pair.ends[1]]:
            for end in pair.ends:
                inside[end] += pair.weight
    order = sorted(number, key=lambda actor: (number[actor], -inside[actor], actor))
    rows = [
        ((number[a], a, network.actors[a], inside[a],
          round(graph.degree(a, weight="weight")) - inside[a]), claims[a])
        for a in order
    ]  # fmt: skip
    columns = ("community", "actor", "name", "inside", "outside")
    return listed(network, title, columns, rows, _about(graph, parts, number, hostile, network))


_SEED = 1  #: any would do; with another the method may find another partition


def _about(
    graph: nx.Graph[str],
    parts: list[list[str]],
    number: Mapping[str, int],
    hostile: Sequence[Pair],
    network: ActorNetwork,
) -> Iterable[str]:
    import networkx as nx

    if parts:
        modularity = nx.community.modularity(graph, map(set, parts))
        yield f"{len(parts)} found, modularity {modularity:.3g}; relations inside and outside each"
    left = len(network.actors) - len(number)
    if left:
        yield f"{left} {'actor has' if left == 1 else 'actors have'} no such tie"
    if hostile:
        within = sum(number.get(a, -1) == number.get(b, -2) for a, b in (p.ends for p in hostile))
        yield f"{within} of {len(hostile)} hostile pairs are within one"
