"""Who stands between others, and what kind of go-between it is."""

from __future__ import annotations

from collections.abc import Mapping
from operator import pos

from kg.analysis.pairs import pairs_of
from kg.analysis.ranking import ranked, touches
from kg.model.table import Table
from kg.network import ActorNetwork


def brokerage(network: ActorNetwork) -> Table:
    """How often each actor links two that have no tie that way, by the kinds of the three.

    Formula: paths a → b → c with a ≠ c and no tie a → c, counted at b: coordinator where all three
        are of one kind, itinerant where a and c are, gatekeeper where b and c are, representative
        where a and b are, liaison where no two are
    Claims: those on the actor's ties.
    Cost: O(Σ in_degree · out_degree)
    Reference: R. V. Gould, R. M. Fernandez, Structures of mediation: a formal approach to brokerage
        in transaction networks, Sociological Methodology 19 (1989), 89-126.

    >>> from kg.network import sketch
    >>> brokerage(sketch("a > b", "b > c")).rows[0]
    (1, 'b', 'B', 1, 0, 0, 0, 0, 1, 2)
    """
    before: dict[str, set[str]] = {actor: set() for actor in network.actors}
    after: dict[str, set[str]] = {actor: set() for actor in network.actors}
    for tie in network.ties:
        if tie.subject != tie.object:
            before[tie.object].add(tie.subject)
            after[tie.subject].add(tie.object)
    figures = {}
    for broker in network.actors:
        counts = dict.fromkeys(_ROLES, 0)
        for giver in before[broker]:
            for taker in after[broker] - after[giver] - {giver}:
                counts[_role(giver, broker, taker, network.kinds)] += 1
        figures[broker] = (*counts.values(), sum(counts.values()))
    note = "How often each links two that have no tie that way, by the kinds of the three"
    return ranked(network, "Brokerage", (*_ROLES, "brokerage"), figures, touches, (note,))


def constraint(network: ActorNetwork) -> Table:
    """How far each actor's ties lead back to the same few others, those who can broker first.

    Formula: constraint(v) = Σ over u tied to v of (p(v, u) + Σ over w of p(v, w) p(w, u))², with
        p(v, u) = 1 / degree(v) for tied actors; actors without ties have none
    Claims: those on the actor's ties.
    Cost: O(Σ degree²)
    Reference: R. S. Burt, Structural Holes (1992), chapter 2.

    >>> from kg.network import sketch
    >>> [row[1:4] for row in constraint(sketch("a > b", "b > c")).rows]
    [('b', 'B', 0.5), ('a', 'A', 1.0), ('c', 'C', 1.0)]
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph(list(pairs_of(network)))
    found = nx.constraint(graph) if len(graph) else {}
    figures = {actor: (float(figure),) for actor, figure in sorted(found.items())}
    note = "How far the ties of each lead back to the same few; the lower, the freer to broker"
    return ranked(network, "Constraint", ("constraint",), figures, touches, (note,), pos)


_ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def _role(giver: str, broker: str, taker: str, kinds: Mapping[str, str]) -> str:
    a, b, c = kinds[giver], kinds[broker], kinds[taker]
    if a == b == c:
        return "coordinator"
    if a == c:
        return "itinerant"
    if b == c:
        return "gatekeeper"
    return "representative" if a == b else "liaison"
