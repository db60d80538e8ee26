"""How two actors are tied: the ways from one to the other, hop by hop.

Denials never make a hop. What is not in force makes one only where it is asked for, and the hop
says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from kg.network import ActorNetwork, Tie

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, with what ties the two in the direction of the path and against it."""

    start: str
    end: str
    ties: tuple[Tie, ...]  #: from start to end first, then from end to start; one at least
    in_force: bool

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that make the hop; a symmetric one counts once."""
        return tuple(dict.fromkeys(claim for tie in self.ties for claim in tie.claims))

    @property
    def denials(self) -> tuple[str, ...]:
        """The claims beside them that deny something of the two, in force if the hop is."""
        return tuple(dict.fromkeys(claim for tie in self.ties for claim in tie.denials))


@dataclass(frozen=True, slots=True)
class Way:
    """How a path may run."""

    directed: bool = False  #: only in the direction of the ties
    beyond: bool = False  #: also over what claims that are not in force would tie


def shortest_paths(
    network: ActorNetwork, start: str, end: str, way: Way = Way()
) -> Iterator[tuple[Hop, ...]]:
    """Every path with the fewest hops; none from an actor to itself.

    Those with the fewest hops not in force come first. Of very many that holds for the first 10,000
    that are found; the others follow as they are found.

    Raises:
        KeyError: if `start` or `end` is no actor of the network.

    >>> from kg.network import sketch
    >>> diamond = sketch("a > b", "a > c", "b > d", "d > c")
    >>> [[hop.end for hop in path] for path in shortest_paths(diamond, "a", "d")]
    [['b', 'd'], ['c', 'd']]
    >>> way = Way(directed=True)
    >>> [[hop.end for hop in path] for path in shortest_paths(diamond, "a", "d", way)]
    [['b', 'd']]
    """
    import networkx as nx

    graph, hops = _graph(network, start, end, way)
    if start != end and nx.has_path(graph, start, end):
        found = nx.all_shortest_paths(graph, start, end)
        yield from _told(found, hops)


def short_paths(
    network: ActorNetwork, start: str, end: str, most_hops: int, way: Way = Way()
) -> Iterator[tuple[Hop, ...]]:
    """Every path of at most `most_hops` hops that visits no actor twice, the shortest first.

    None leads from an actor to itself. There can be very many: each length is looked for when the
    one before is used up. Of one length those with the fewest hops not in force come first, as far
    as the first 10,000 that are found; the others follow as they are found.

    Raises:
        KeyError: if `start` or `end` is no actor of the network.

    >>> from kg.network import sketch
    >>> triangle = sketch("a > b", "b > c", "a > c")
    >>> [[hop.end for hop in path] for path in short_paths(triangle, "a", "c", 2)]
    [['c'], ['b', 'c']]
    """
    import networkx as nx

    graph, hops = _graph(network, start, end, way)
    if start == end or not nx.has_path(graph, start, end):
        return
    between = graph.subgraph(_between(graph, start, end))
    successors = {actor: list(between[actor]) for actor in between}
    distances = dict(nx.single_source_shortest_path_length(between.reverse(), end))
    for length in range(distances[start], most_hops + 1):
        yield from _told(_simple_paths([start], length, successors, distances), hops)


#: More of one length are not put in order: nobody reads them, and there can be millions.
_MOST_SORTED = 10_000


def _between(graph: nx.DiGraph[str], start: str, end: str) -> set[str]:
    """The actors on paths from start to end, whichever way the ties point.

    With the two tied, these are their biconnected component. What hangs on the paths by a single
    actor leads nowhere, and to look there could take forever.
    """
    import networkx as nx

    lines: nx.Graph[str] = nx.Graph(graph.edges)
    lines.add_edge(start, end)
    found: Any = nx.biconnected_components(lines)  # sets of actors, whatever the stubs say
    return next(part for part in found if start in part and end in part)


def _simple_paths(
    path: list[str],
    hops: int,
    successors: Mapping[str, Sequence[str]],
    distances: Mapping[str, int],
) -> Iterator[list[str]]:
    """The ways in which a path goes on for so many hops and ends where distances are 0."""
    for actor in successors[path[-1]]:
        if distances.get(actor, hops) >= hops or actor in path:
            continue  # from there, the end is too far or no longer a simple path
        if hops == 1:
            yield [*path, actor]
        elif distances[actor]:
            yield from _simple_paths([*path, actor], hops - 1, successors, distances)


def _told(
    paths: Iterable[list[str]], hops: dict[tuple[str, str], Hop]
) -> Iterator[tuple[Hop, ...]]:
    paths = iter(paths)
    first = [tuple(hops[pair] for pair in pairwise(path)) for path in islice(paths, _MOST_SORTED)]
    yield from sorted(first, key=_in_force_first)
    for path in paths:
        yield tuple(hops[pair] for pair in pairwise(path))


def _in_force_first(path: tuple[Hop, ...]) -> tuple[int, list[str]]:
    return sum(not hop.in_force for hop in path), [hop.end for hop in path]


def _graph(
    network: ActorNetwork, start: str, end: str, way: Way
) -> tuple[nx.DiGraph[str], dict[tuple[str, str], Hop]]:
    import networkx as nx

    for actor in (start, end):
        if actor not in network.actors:
            raise KeyError(actor)
    hops = _hops(network.ties, way, in_force=True)
    if way.beyond:
        affirmed = (tie for tie in network.not_in_force if tie.claims)
        hops = {**_hops(affirmed, way, in_force=False), **hops}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(network.actors)
    graph.add_edges_from(sorted(hops))
    return graph, hops


def _hops(ties: Iterable[Tie], way: Way, *, in_force: bool) -> dict[tuple[str, str], Hop]:
    """The hops that ties make, by where they start and end."""
    tied = {(tie.subject, tie.object): tie for tie in ties if tie.subject != tie.object}
    pairs = set(tied) if way.directed else {*tied, *((end, start) for start, end in tied)}
    return {
        (start, end): Hop(
            start,
            end,
            tuple(
                tied[pair]
                for pair in ((start, end), *(() if way.directed else ((end, start),)))
                if pair in tied
            ),
            in_force,
        )
        for start, end in pairs
    }
