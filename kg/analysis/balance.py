"""Whether the friend of a friend is a friend: signed triads."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.pairs import Pair, pairs_of, sign_of
from kg.analysis.ranking import listed
from kg.model.table import Cell, Table
from kg.network import ActorNetwork


def triads(network: ActorNetwork) -> Table:
    """Which threes are balanced, and which are tense: two friends of one who are foes, or all foes.

    Formula: the sign of a pair is that of the valences, summed over both sides of all its relations
        in both directions; three pairs with signs are balanced where the product of the signs is
        +1, else tense; pairs that help and hurt alike have no sign and make no triad
    Claims: those on the ties of the three pairs.
    Cost: O(m^1.5)
    Reference: D. Cartwright, F. Harary, Structural balance: a generalization of Heider's theory,
        Psychological Review 63 (1956), 277-293.

    >>> from kg.network import sketch
    >>> [row[0:1] + row[7:] for row in triads(sketch("a + b", "b + c", "a - c")).rows]
    [('tense', 'helps', 'helps', 'hurts', 3)]
    """
    signed = {ends: pair for ends, pair in pairs_of(network).items() if sign_of(pair)}
    rows = sorted(
        (_row(network, pairs) for pairs in _closed(signed)),
        key=lambda row: (row[0][0] != "tense", row[0][1::2][:3]),
    )
    ends = ("first", "first_name", "second", "second_name", "third", "third_name")
    columns = ("balance", *ends, "first_second", "second_third", "first_third")
    tense = sum(row[0][0] == "tense" for row in rows)
    note = (
        f"{tense} of {len(rows)} are tense; signs are those of first and second, second and third, "
        "first and third"
        if rows
        else "There are no three actors whose three pairs all help or hurt one another on balance"
    )
    return listed(network, "Triads", columns, rows, (note,))


Three = tuple[Pair, Pair, Pair]


def _closed(signed: dict[tuple[str, str], Pair]) -> Iterator[Three]:
    """Each three actors of which all pairs are there, the ids in order, found at the first two."""
    later: dict[str, set[str]] = {}
    for one, other in signed:
        later.setdefault(one, set()).add(other)
    nobody: set[str] = set()
    for (one, other), pair in signed.items():
        for third in sorted(later[one] & later.get(other, nobody)):
            yield pair, signed[other, third], signed[one, third]


def _row(network: ActorNetwork, pairs: Three) -> tuple[tuple[Cell, ...], list[str]]:
    signs = [sign_of(pair) for pair in pairs]
    ids = (*pairs[0].ends, pairs[1].ends[1])
    ends = (cell for actor in ids for cell in (actor, network.actors[actor]))
    words = ["helps" if sign > 0 else "hurts" for sign in signs]
    balance = "balanced" if signs[0] * signs[1] * signs[2] > 0 else "tense"
    return (balance, *ends, *words), [claim for pair in pairs for claim in pair.claims]
