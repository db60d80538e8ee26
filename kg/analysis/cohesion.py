"""How the network holds together: its cores, its weak joints, its density."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kg.analysis.pairs import neighbours_of, pairs_of
from kg.analysis.ranking import claims_behind, listed, ranked, ranks, rounded_figure, touches
from kg.model.table import Cell, Table
from kg.network import ActorNetwork

if TYPE_CHECKING:
    import networkx as nx


def k_core(network: ActorNetwork) -> Table:
    """How deep in the core each actor is: among others that all have that many ties to each other.

    Formula: k_core(v) = max {k : v is in a subgraph in which every degree is at least k}
    Claims: those on the actor's ties.
    Cost: O(n + m)
    Reference: S. B. Seidman, Network structure and minimum degree, Social Networks 5 (1983),
        269-287; V. Batagelj, M. Zaversnik, An O(m) algorithm for cores decomposition (2003).

    >>> from kg.network import sketch
    >>> [row[1:4] for row in k_core(sketch("a > b", "b > c", "c > a", "c > d")).rows]
    [('a', 'A', 2), ('b', 'B', 2), ('c', 'C', 2), ('d', 'D', 1)]
    """
    import networkx as nx

    found = nx.core_number(_undirected(network))
    figures = {actor: (found[actor],) for actor in network.actors}
    note = "The largest k such that the actor is among actors with at least k ties to each other"
    return ranked(network, "k-core", ("k_core",), figures, touches, (note,))


def articulation_points(network: ActorNetwork) -> Table:
    """Which actors hold the network together: without one of them it falls into more parts.

    Formula: {v : the network without v has more parts than with it}; more_parts says how many more
    Claims: those on the actor's ties.
    Cost: O(n + m)
    Reference: J. Hopcroft, R. Tarjan, Algorithm 447: efficient algorithms for graph manipulation,
        Communications of the ACM 16 (1973), 372-378.

    >>> from kg.network import sketch
    >>> articulation_points(sketch("a > b", "b > c", "b > d")).rows
    ((1, 'b', 'B', 2, 3),)
    """
    import networkx as nx

    graph = _undirected(network)
    blocks: dict[str, int] = {}
    found: Any = nx.biconnected_components(graph)  # sets of actors, whatever the stubs say
    for block in found:
        for actor in block:
            blocks[actor] = blocks.get(actor, 0) + 1
    figures = {actor: (number - 1,) for actor, number in sorted(blocks.items()) if number > 1}
    note = "Without one of them the network falls into so many parts more"
    return ranked(network, "Articulation points", ("more_parts",), figures, touches, (note,))


def bridges(network: ActorNetwork) -> Table:
    """Which ties are the only way between two parts of the network.

    Formula: {{u, v} : without the ties between u and v there is no path from u to v}; side and
        other_side are the numbers of actors that remain with each
    Claims: those on the ties of the pair.
    Cost: O(n + m)
    Reference: R. E. Tarjan, A note on finding the bridges of a graph, Information Processing
        Letters 2 (1974), 160-161.

    >>> from kg.network import sketch
    >>> bridges(sketch("a > b", "b > c", "c > a", "c > d")).rows
    (('c', 'C', 'd', 'D', 3, 1, 1),)
    """
    import networkx as nx

    graph, pairs, names = _undirected(network), pairs_of(network), network.actors
    sides = _sides(graph)
    found = sorted((min(edge), max(edge)) for edge in nx.bridges(graph))
    rows = [((a, names[a], b, names[b], *sides[a, b]), pairs[a, b].claims) for a, b in found]
    columns = ("actor", "name", "other", "other_name", "side", "other_side")
    note = "The pairs without whose ties no path leads from one to the other"
    return listed(network, "Bridges", columns, rows, (note,))


def reciprocity(network: ActorNetwork) -> Table:
    """Which share of each actor's ties is returned, 0 to 1.

    Formula: reciprocity(v) = 2 |{u : u → v and v → u}| / (in_degree(v) + out_degree(v)); of the
        whole network, the share of ties that are returned
    Claims: those on the actor's ties.
    Cost: O(n + m)
    Reference: S. Wasserman, K. Faust, Social Network Analysis (1994), section 13.3.

    >>> from kg.network import sketch
    >>> table = reciprocity(sketch("a > b", "b > a", "b > c"))
    >>> [row[1:4] for row in table.rows], table.notes[0]
    ([('a', 'A', 1.0), ('b', 'B', 0.666667), ('c', 'C', 0.0)], '0.667 of all ties are returned')
    """
    tied = {(t.subject, t.object) for t in network.ties if t.subject != t.object}
    ends, returned = dict.fromkeys(network.actors, 0), dict.fromkeys(network.actors, 0)
    for tie in tied:
        for actor in tie:
            ends[actor] += 1
            returned[actor] += tie[::-1] in tied
    figures = {actor: (returned[actor] / ends[actor],) for actor in ends if ends[actor]}
    overall = sum(tie[::-1] in tied for tie in tied) / len(tied) if tied else 0.0
    note = f"{overall:.3g} of all ties are returned"
    return ranked(network, "Reciprocity", ("reciprocity",), figures, touches, (note,))


def ego(network: ActorNetwork) -> Table:
    """How dense the surroundings of each actor are: who it is tied to, and their ties.

    Formula: alters(v) = degree(v); ties(v) = the number of pairs of alters that are tied;
        density(v) = ties / (alters (alters - 1) / 2); one alter alone makes no density and no rank
    Claims: those on the actor's own ties and on those among its alters.
    Cost: O(Σ over pairs of the smaller degree of the two)
    Reference: S. P. Borgatti, M. G. Everett, J. C. Johnson, Analyzing Social Networks (2013),
        chapter 15; the density is D. J. Watts and S. H. Strogatz's clustering coefficient.

    >>> from kg.network import sketch
    >>> [row[1:] for row in ego(sketch("a > b", "b > c", "c > a", "c > d")).rows][2]
    ('c', 'C', 3, 1, 0.333333, 4)
    """
    pairs, own = pairs_of(network), claims_behind(network, touches)
    near = neighbours_of(network)
    rows = []
    for actor, alters in near.items():
        if alters:
            tied = [
                pairs[one, other]
                for one in sorted(alters)
                for other in sorted(alters & near[one])
                if one < other
            ]
            possible = len(alters) * (len(alters) - 1) // 2
            density = rounded_figure(len(tied) / possible) if possible else None
            claims = [*own[actor], *(claim for pair in tied for claim in pair.claims)]
            rows.append(((actor, network.actors[actor], len(alters), len(tied), density), claims))
    rows.sort(key=lambda row: (-row[0][4] if row[0][4] is not None else 1, -row[0][2], row[0][0]))
    columns = ("actor", "name", "alters", "ties", "density")
    places = ranks(row[0][4] for row in rows)
    ordered = [((rank, *cells), claims) for rank, (cells, claims) in zip(places, rows, strict=True)]
    note = "The actors that each is tied to, the tied pairs among them, and the share of all pairs"
    return listed(network, "Ego networks", ("rank", *columns), ordered, (note,))


def density_by_kind(network: ActorNetwork) -> Table:
    """How many of the possible ties there are, from each kind of actor to each.

    Formula: density(A, B) = |{u → v : u in A, v in B, u ≠ v}| / (|A| |B|), or |A| (|A| - 1) below
        where A = B
    Claims: those on the ties from the one kind to the other.
    Cost: O(n + m)
    Reference: S. Wasserman, K. Faust, Social Network Analysis (1994), section 10.2.

    >>> from kg.network import sketch
    >>> density_by_kind(sketch("a > b", "b > c")).rows
    (('State', 'State', 3, 3, 2, 6, 0.333333, 2),)
    """
    sizes: dict[str, int] = {}
    for actor in network.actors:
        sizes[network.kinds[actor]] = sizes.get(network.kinds[actor], 0) + 1
    tied: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for tie in network.ties:
        if tie.subject != tie.object:
            kinds = network.kinds[tie.subject], network.kinds[tie.object]
            tied.setdefault(kinds, []).append(tie.claims)
    rows: list[tuple[Sequence[Cell], Iterable[str]]] = []
    for (one, other), ties in tied.items():
        possible = sizes[one] * (sizes[other] - (one == other))
        density = rounded_figure(len(ties) / possible)
        cells = (one, other, sizes[one], sizes[other], len(ties), possible, density)
        rows.append((cells, [claim for claims in ties for claim in claims]))
    rows.sort(key=lambda row: (-float(row[0][6] or 0), str(row[0][0]), str(row[0][1])))
    columns = ("from", "to", "actors", "actors_to", "ties", "possible", "density")
    note = "Ties from each kind of actor to each, of those that there could be; kinds that are not"
    return listed(network, "Density by kind", columns, rows, (f"{note} tied are left out",))


def _undirected(network: ActorNetwork) -> nx.Graph[str]:
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(network.actors)
    graph.add_edges_from(pairs_of(network))
    return graph


def _sides(graph: nx.Graph[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """For each pair of a spanning forest, how many actors it leaves to either end in the forest.

    A bridge is in every such forest, and these are the sides that it has in the whole graph.
    """
    import networkx as nx

    steps = list(nx.dfs_edges(graph))  # from where a part is entered down, in one go
    below = dict.fromkeys(graph, 1)
    for upper, lower in reversed(steps):
        below[upper] += below[lower]
    entry = {actor: actor for actor in graph}
    found = {}
    for upper, lower in steps:
        entry[lower] = entry[upper]
        sides = below[entry[upper]] - below[lower], below[lower]
        found[upper, lower], found[lower, upper] = sides, sides[::-1]
    return found
