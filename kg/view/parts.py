"""The parts of what is too much for one picture: what is tied most among itself stands together.

A part that is too large itself has parts again, so that whoever opens one after the other comes to
each thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kg.model.facts import Claim

if TYPE_CHECKING:  # networkx takes a third of a second to import
    import networkx as nx

_SEED = 1
_FEW = 8  #: a community of fewer things shares a part with others


@dataclass(frozen=True, slots=True)
class Part:
    """Things that have room in one picture, or parts of what has not."""

    things: tuple[str, ...]  #: all of them, those with the most claims first
    parts: tuple[Part, ...] = ()


def parts_of(claims: Iterable[Claim], most: int) -> tuple[Part, ...]:
    """The things of some claims as parts, those without parts of their own of at most `most`.

    Parts are the communities that Louvain's method finds (V. D. Blondel et al., Fast unfolding of
    communities in large networks, 2008); a pair of things weighs as many claims as it has.
    """
    import networkx as nx

    weights: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for claim in claims:
        ends = sorted(set(claim.things))
        weights.update(ends)
        if len(ends) == 2:
            pairs[ends[0], ends[1]] += 1
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(weights)
    graph.add_weighted_edges_from((*pair, count) for pair, count in pairs.items())
    return _split(graph, weights, most)


def _split(graph: nx.Graph[str], weights: Mapping[str, int], most: int) -> tuple[Part, ...]:
    import networkx as nx

    ordered: nx.Graph[str] = nx.Graph()  # what Louvain finds hangs on the order of its nodes
    ordered.add_nodes_from(sorted(graph))
    edges: Iterable[tuple[str, str, int]] = graph.edges.data("weight")
    ordered.add_weighted_edges_from(sorted((min(a, b), max(a, b), n) for a, b, n in edges))
    communities = nx.community.louvain_communities(ordered, seed=_SEED)
    found = sorted((_ranked(each, weights) for each in communities), key=_largest_first)
    if len(found) == 1:
        return tuple(map(Part, _chunks(found[0], most)))
    large = [each for each in found if len(each) >= min(_FEW, most)]
    small = chain.from_iterable(each for each in found if len(each) < min(_FEW, most))
    parts = [
        Part(each, _split(graph.subgraph(each), weights, most) if len(each) > most else ())
        for each in large
    ]
    return (*parts, *(Part(_ranked(chunk, weights)) for chunk in _chunks(tuple(small), most)))


def _ranked(things: Iterable[str], weights: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(things, key=lambda thing: (-weights[thing], thing)))


def _largest_first(things: Sequence[str]) -> tuple[int, str]:
    return -len(things), things[0]


def _chunks(things: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    return [things[at : at + most] for at in range(0, len(things), most)]
