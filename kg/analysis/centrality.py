"""Who is central: measures of single actors.

Parallel claims make one tie: none of these counts how often a thing was said. Ties to oneself
count nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.analysis.pairs import neighbours_of, pairs_of
from kg.analysis.ranking import Behind, points_at, ranked, starts_at, touches
from kg.model.table import Table
from kg.network import ActorNetwork, to_networkx

if TYPE_CHECKING:
    import networkx as nx
    import rustworkx as rx


def degree(network: ActorNetwork) -> Table:
    """With how many other actors each is tied, in either direction.

    Formula: degree(v) = |{u ≠ v : u → v or v → u}|
    Claims: those on the actor's ties.
    Cost: O(n + m)
    Reference: L. C. Freeman, Centrality in social networks, Social Networks 1 (1978/79), 215-239.

    >>> from kg.network import sketch
    >>> degree(sketch("a > b", "b > a", "b > c")).rows
    ((1, 'b', 'B', 2, 3), (2, 'a', 'A', 1, 2), (2, 'c', 'C', 1, 1))
    """
    figures = {actor: len(others) for actor, others in neighbours_of(network).items()}
    note = "With how many other actors each is tied, in either direction"
    return _ranked("Degree", "degree", note, figures, network, touches)


def in_degree(network: ActorNetwork) -> Table:
    """From how many other actors a tie points at each.

    Formula: in_degree(v) = |{u ≠ v : u → v}|
    Claims: those on the ties that point at the actor.
    Cost: O(n + m)
    Reference: S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.3.

    >>> from kg.network import sketch
    >>> in_degree(sketch("a > c", "b > c", "c > a")).rows
    ((1, 'c', 'C', 2, 2), (2, 'a', 'A', 1, 1), (3, 'b', 'B', 0, 0))
    """
    figures = dict.fromkeys(network.actors, 0)
    for tie in network.ties:
        figures[tie.object] += tie.subject != tie.object
    note = "From how many other actors a tie points at each"
    return _ranked("In-degree", "in_degree", note, figures, network, points_at)


def out_degree(network: ActorNetwork) -> Table:
    """At how many other actors a tie of each points.

    Formula: out_degree(v) = |{u ≠ v : v → u}|
    Claims: those on the ties that start at the actor.
    Cost: O(n + m)
    Reference: S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.3.

    >>> from kg.network import sketch
    >>> out_degree(sketch("a > b", "a > c")).rows
    ((1, 'a', 'A', 2, 2), (2, 'b', 'B', 0, 0), (2, 'c', 'C', 0, 0))
    """
    figures = dict.fromkeys(network.actors, 0)
    for tie in network.ties:
        figures[tie.subject] += tie.subject != tie.object
    note = "At how many other actors a tie of each points"
    return _ranked("Out-degree", "out_degree", note, figures, network, starts_at)


def betweenness(network: ActorNetwork) -> Table:
    """How often each actor lies on the shortest directed paths between two others, 0 to 1.

    Formula: betweenness(v) = Σ over s ≠ v ≠ t of paths(s, t through v) / paths(s, t), divided by
        (n - 1)(n - 2), the ordered pairs of others
    Claims: those on the actor's ties.
    Cost: O(n m)
    Reference: U. Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical
        Sociology 25 (2001), 163-177.

    >>> from kg.network import sketch
    >>> betweenness(sketch("a > b", "b > c")).rows
    ((1, 'b', 'B', 0.5, 2), (2, 'a', 'A', 0.0, 1), (2, 'c', 'C', 0.0, 1))
    """
    import rustworkx as rx  # forty times as fast as networkx, which the tests hold it to

    figures: Mapping[str, float] = dict.fromkeys(network.actors, 0.0)
    if len(network.actors) > 2:
        found = rx.digraph_betweenness_centrality(_arrows(network), parallel_threshold=_NEVER)
        figures = dict(zip(network.actors, found.values(), strict=True))
    note = "The share of shortest directed paths between two others on which each lies"
    return _ranked("Betweenness", "betweenness", note, figures, network, touches)


def closeness(network: ActorNetwork) -> Table:
    """How near each actor is to all others, whichever way the ties point, 0 to 1.

    Formula: closeness(v) = (r / (n - 1)) · (r / Σ of the distances to the r actors within reach);
        0 for an actor without ties
    Claims: those on the actor's ties.
    Cost: O(n m)
    Reference: L. C. Freeman, Centrality in social networks, Social Networks 1 (1978/79), 215-239;
        for networks in parts, S. Wasserman, K. Faust, Social Network Analysis (1994), section 5.3.

    >>> from kg.network import sketch
    >>> [row[1:4] for row in closeness(sketch("a > b", "b > c")).rows]
    [('b', 'B', 1.0), ('a', 'A', 0.666667), ('c', 'C', 0.666667)]
    """
    import rustworkx as rx

    graph = _arrows(network).to_undirected(multigraph=False)
    found = rx.graph_closeness_centrality(graph, wf_improved=True, parallel_threshold=_NEVER)
    figures = dict(zip(network.actors, found.values(), strict=True))
    note = "How near each is to all others within reach, and how many these are"
    return _ranked("Closeness", "closeness", note, figures, network, touches)


def pagerank(network: ActorNetwork) -> Table:
    """How much each actor is pointed at by actors that are themselves pointed at.

    Formula: pagerank(v) = (1 - d)/n + d · Σ of pagerank(u)/out_degree(u) over u → v, with d = 0.85;
        who points at nobody gives its share to all; the figures of all sum to 1
    Claims: those on the ties that point at the actor.
    Cost: O(m) a round, until the figures change by less than 1e-12
    Reference: S. Brin, L. Page, The anatomy of a large-scale hypertextual Web search engine,
        Computer Networks and ISDN Systems 30 (1998), 107-117.

    >>> from kg.network import sketch
    >>> pagerank(sketch("a > b", "b > a")).rows
    ((1, 'a', 'A', 0.5, 1), (1, 'b', 'B', 0.5, 1))
    """
    import networkx as nx

    figures: Mapping[str, float] = {}
    if network.actors:
        graph = to_networkx(network)
        figures = nx.pagerank(graph, weight=None, tol=1e-12, max_iter=1000)
    note = "How much each is pointed at by those that are pointed at; all figures sum to 1"
    return _ranked("PageRank", "pagerank", note, figures, network, points_at)


def eigenvector(network: ActorNetwork) -> Table:
    """How well each actor is tied to the well-tied, whichever way the ties point, 0 to 1.

    Formula: eigenvector(v) = size(P) / size(L) · x(v) in the connected part P of v, L the largest
        part, with x(v) = (1/λ) · Σ of x(u) over the neighbours u of v, λ the largest eigenvalue of
        P and 1 the highest x in P; 0 for an actor without ties. In one part this is the common
        measure; of several it knows only that of the largest λ, and the weighting of parts by their
        size is kg's own. Figures have nine decimals: those below 5e-10 are 0, and small ones have
        fewer than six significant digits
    Claims: those on the actor's ties.
    Cost: O(m) a round of Lanczos' method; O(n³) in parts of fewer than 200 actors
    Reference: P. Bonacich, Factoring and weighting approaches to status scores and clique
        identification, Journal of Mathematical Sociology 2 (1972), 113-120.

    >>> from kg.network import sketch
    >>> [row[1:4:2] for row in eigenvector(sketch("a > b", "b > c", "c > a", "x > y")).rows]
    [('a', 1.0), ('b', 1.0), ('c', 1.0), ('x', 0.666667), ('y', 0.666667)]
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph(list(pairs_of(network)))
    parts = sorted(sorted(part) for part in nx.connected_components(graph))
    largest = max(map(len, parts), default=0)
    figures = dict.fromkeys(network.actors, 0.0)
    for part in parts:
        share = len(part) / largest
        for actor, figure in zip(part, _leading_vector(graph, part), strict=True):
            figures[actor] = round(share * figure, _KNOWN_DIGITS)
    note = (
        "How well each is tied to the well-tied: the highest figure of a part is its size beside "
        "that of the largest part"
    )
    return _ranked("Eigenvector", "eigenvector", note, figures, network, touches)


def _leading_vector(graph: nx.Graph[str], part: list[str]) -> list[float]:
    """The eigenvector of the largest eigenvalue of a connected part, its highest figure 1.

    Where others are all but as large, it is what is closest to equal figures among their vectors,
    to which iterations that begin with equal figures lead; so nothing depends on chance.
    """
    import networkx as nx
    import numpy as np
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    matrix = 1.0 * nx.to_scipy_sparse_array(graph, nodelist=part, weight=None, format="csc")
    equal = np.ones(len(part))
    if len(part) < _FEW:
        values, vectors = np.linalg.eigh(matrix.toarray())
        leading = vectors[:, values > values[-1] * (1 - 1e-9)]
        vector = leading @ (equal @ leading)
    else:
        try:
            vector = eigsh(matrix, which="LA", k=1, v0=equal, tol=1e-12, maxiter=100)[1][:, 0]
        except ArpackNoConvergence:  # a long chain, of which the shifted inverse is quickly found
            above = 1.000001 * matrix.sum(axis=0).max()
            vector = eigsh(matrix, sigma=above, k=1, v0=equal, tol=1e-12)[1][:, 0]
    figures = np.abs(vector)  # of one sign throughout, by Perron and Frobenius
    return [float(figure) for figure in figures / figures.max()]


_KNOWN_DIGITS = 9  #: behind the point; what comes after them differs from machine to machine
_FEW = 200  #: actors whose eigenvectors are all found as fast as one
_NEVER = 10**9  #: as many actors are worth a second thread: sums stay in one order


def _arrows(network: ActorNetwork) -> rx.PyDiGraph[str, int]:
    import rustworkx as rx

    graph: rx.PyDiGraph[str, int] = rx.PyDiGraph(multigraph=False)
    places = dict(zip(network.actors, graph.add_nodes_from(list(network.actors)), strict=True))
    graph.add_edges_from(
        [
            (places[tie.subject], places[tie.object], 1)
            for tie in network.ties
            if tie.subject != tie.object
        ]
    )
    return graph


def _ranked(
    title: str,
    column: str,
    note: str,
    figures: Mapping[str, float],
    network: ActorNetwork,
    behind: Behind,
) -> Table:
    each = {actor: (figure,) for actor, figure in figures.items()}
    return ranked(network, title, (column,), each, behind, (note,))
