"""Who stands between others, and what kind of go-between it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import fsum

from kg.analysis.pairs import neighbours_of
from kg.analysis.ranking import ranked, ranked_from_lowest, touches
from kg.model.table import Table
from kg.network import ActorNetwork


def brokerage(network: ActorNetwork) -> Table:
    """How often each actor links two that have no tie that way, by the kinds of the three.

    Formula: paths a → b → c with a ≠ c and no tie a → c, counted at b: coordinator where all three
        are of one kind, itinerant where a and c are, gatekeeper where b and c are, representative
        where a and b are, liaison where no two are
    Claims: those on the actor's ties.
    Cost: O(Σ over ties of the smaller out_degree of the two)
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
        for (giver, taker), number in _linked(broker, before, after, network.kinds).items():
            counts[_role(giver, network.kinds[broker], taker)] += number
        figures[broker] = (*counts.values(), sum(counts.values()))
    note = "How often each links two that have no tie that way, by the kinds of the three"
    return ranked(network, "Brokerage", (*_ROLES, "brokerage"), figures, touches, (note,))


def constraint(network: ActorNetwork) -> Table:
    """How far each actor's ties lead back to the same few others, those who can broker first.

    Formula: constraint(v) = Σ over u tied to v of (p(v, u) + Σ over w of p(v, w) p(w, u))², with
        p(v, u) = 1 / degree(v) for tied actors; actors without ties have none
    Claims: those on the actor's ties.
    Cost: O(Σ over pairs of the smaller degree of the two)
    Reference: R. S. Burt, Structural Holes (1992), chapter 2.

    >>> from kg.network import sketch
    >>> [row[1:4] for row in constraint(sketch("a > b", "b > c")).rows]
    [('b', 'B', 0.5), ('a', 'A', 1.0), ('c', 'C', 1.0)]
    """
    near = neighbours_of(network)
    figures = {actor: (_constraint(actor, near),) for actor, others in near.items() if others}
    note = "How far the ties of each lead back to the same few; the lower, the freer to broker"
    return ranked_from_lowest(network, "Constraint", ("constraint",), figures, touches, (note,))


_ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def _linked(
    broker: str,
    before: Mapping[str, set[str]],
    after: Mapping[str, set[str]],
    kinds: Mapping[str, str],
) -> Mapping[tuple[str, str], int]:
    """How many that have no tie that way the broker links, by the kinds of the two.

    All whom it could link, less those who need no broker: a hub has millions of the first, and few
    of the others.
    """
    givers = Counter(kinds[giver] for giver in before[broker])
    takers = Counter(kinds[taker] for taker in after[broker])
    found = {(a, c): givers[a] * takers[c] for a in givers for c in takers}
    for giver in before[broker]:
        for taker in after[broker] & after[giver]:  # takes as long as the smaller one is large
            found[kinds[giver], kinds[taker]] -= 1
        if giver in after[broker]:
            found[kinds[giver], kinds[giver]] -= 1
    return found


def _role(a: str, b: str, c: str) -> str:
    if a == b == c:
        return "coordinator"
    if a == c:
        return "itinerant"
    if b == c:
        return "gatekeeper"
    return "representative" if a == b else "liaison"


def _constraint(actor: str, near: Mapping[str, set[str]]) -> float:
    """Sums are those of the exact values: they are the same in whichever order sets have."""
    own = near[actor]
    shares = (1 + fsum(1 / len(near[third]) for third in own & near[other]) for other in own)
    return fsum((share / len(own)) ** 2 for share in shares)
