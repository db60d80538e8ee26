"""Who is central: measures of single actors.

Every table ranks all actors, with equal figures on equal ranks, and says how many claims stand
behind each figure. Parallel claims make one tie: none of these counts how often a thing was said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.model.table import Table
from kg.network import ActorNetwork, Tie, to_networkx


def degree(network: ActorNetwork) -> Table:
    """With how many other actors each actor is tied, in either direction.

    `degree(v) = |{u != v : u -> v or v -> u}|`. The claims are those on the actor's ties.

    Reference: L. C. Freeman, Centrality in social networks, Social Networks 1 (1978/79), 215-239.

    >>> from kg.network import sketch
    >>> path = sketch("a > b", "b > a", "b > c")
    >>> degree(path).rows
    ((1, 'b', 'B', 2, 3), (2, 'a', 'A', 1, 2), (2, 'c', 'C', 1, 1))
    """
    neighbours: dict[str, set[str]] = {actor: set() for actor in network.actors}
    for tie in network.ties:
        if tie.subject != tie.object:
            neighbours[tie.subject].add(tie.object)
            neighbours[tie.object].add(tie.subject)
    figures = {actor: len(others) for actor, others in neighbours.items()}
    note = "With how many other actors each is tied, in either direction."
    return _ranked("Degree", "degree", note, figures, network, _touches)


def in_degree(network: ActorNetwork) -> Table:
    """From how many other actors a tie points at each actor.

    `in_degree(v) = |{u != v : u -> v}|`. The claims are those on the ties that point at it.

    Reference: S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.3.

    >>> from kg.network import sketch
    >>> star = sketch("a > c", "b > c", "c > a")
    >>> in_degree(star).rows
    ((1, 'c', 'C', 2, 2), (2, 'a', 'A', 1, 1), (3, 'b', 'B', 0, 0))
    """
    figures = dict.fromkeys(network.actors, 0)
    for tie in network.ties:
        figures[tie.object] += tie.subject != tie.object
    note = "From how many other actors a tie points at each."
    return _ranked("In-degree", "in_degree", note, figures, network, _points_at)


def out_degree(network: ActorNetwork) -> Table:
    """At how many other actors a tie of each actor points.

    `out_degree(v) = |{u != v : v -> u}|`. The claims are those on the ties that start at it.

    Reference: S. Wasserman, K. Faust, Social Network Analysis (1994), section 4.3.

    >>> from kg.network import sketch
    >>> fork = sketch("a > b", "a > c")
    >>> out_degree(fork).rows
    ((1, 'a', 'A', 2, 2), (2, 'b', 'B', 0, 0), (2, 'c', 'C', 0, 0))
    """
    figures = dict.fromkeys(network.actors, 0)
    for tie in network.ties:
        figures[tie.subject] += tie.subject != tie.object
    note = "At how many other actors a tie of each points."
    return _ranked("Out-degree", "out_degree", note, figures, network, _starts_at)


def betweenness(network: ActorNetwork) -> Table:
    """How often each actor lies on the shortest directed paths between two others.

    `betweenness(v) = sum of paths(s, t, v) / paths(s, t) over s, t`, divided by `(n - 1)(n - 2)`,
    the ordered pairs of others: 0 for never, 1 for always. The claims are those on the actor's
    own ties.

    Reference: U. Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical
    Sociology 25 (2001), 163-177.

    >>> from kg.network import sketch
    >>> path = sketch("a > b", "b > c")
    >>> betweenness(path).rows
    ((1, 'b', 'B', 0.5, 2), (2, 'a', 'A', 0.0, 1), (2, 'c', 'C', 0.0, 1))
    """
    import networkx as nx

    figures = nx.betweenness_centrality(to_networkx(network))
    note = "The share of shortest directed paths between two others on which each lies, 0 to 1."
    return _ranked("Betweenness", "betweenness", note, figures, network, _touches)


def pagerank(network: ActorNetwork) -> Table:
    """How much each actor is pointed at by actors that are themselves pointed at.

    `pagerank(v) = (1 - d)/n + d * sum of pagerank(u)/out_degree(u) over u -> v` with d = 0.85; an
    actor that points at nobody gives its share to all. The figures of all actors sum to 1. Ties
    are not weighted. The claims are those on the ties that point at the actor.

    Reference: S. Brin, L. Page, The anatomy of a large-scale hypertextual Web search engine,
    Computer Networks and ISDN Systems 30 (1998), 107-117.

    >>> from kg.network import sketch
    >>> pair = sketch("a > b", "b > a")
    >>> pagerank(pair).rows
    ((1, 'a', 'A', 0.5, 1), (1, 'b', 'B', 0.5, 1))
    """
    import networkx as nx

    figures: Mapping[str, float] = {}
    if network.actors:
        graph = to_networkx(network)
        figures = nx.pagerank(graph, weight=None, tol=1e-12, max_iter=1000)
    note = "How much each is pointed at by those that are pointed at; all figures sum to 1."
    return _ranked("PageRank", "pagerank", note, figures, network, _points_at)


def _touches(tie: Tie, actor: str) -> bool:
    return actor in (tie.subject, tie.object)


def _points_at(tie: Tie, actor: str) -> bool:
    return actor == tie.object


def _starts_at(tie: Tie, actor: str) -> bool:
    return actor == tie.subject


def _ranked(
    title: str,
    column: str,
    note: str,
    figures: Mapping[str, float],
    network: ActorNetwork,
    is_behind: Callable[[Tie, str], bool],
) -> Table:
    """The actors by their figures, highest first; a figure rests on the ties that are behind it."""
    rounded = {actor: _round(figure) for actor, figure in figures.items()}
    behind: dict[str, set[str]] = {actor: set() for actor in network.actors}
    for tie in network.ties:
        for actor in {tie.subject, tie.object} if tie.subject != tie.object else ():
            if is_behind(tie, actor):
                behind[actor].update(tie.claims)
    order = sorted(rounded, key=lambda actor: (-rounded[actor], network.actors[actor], actor))
    ranks: dict[float, int] = {}
    for place, actor in enumerate(order, start=1):
        ranks.setdefault(rounded[actor], place)
    rows = tuple(
        (ranks[rounded[a]], a, network.actors[a], rounded[a], len(behind[a])) for a in order
    )
    notes = (note, f"Seen {network.seen}. The whole network rests on {len(network.claims)} claims.")
    return Table(("rank", "actor", "name", column, "claims"), rows, title, notes)


def _round(figure: float) -> float:
    """Six significant digits: what is left is the same on every machine."""
    return figure if isinstance(figure, int) else float(f"{figure:.6g}")
