"""Whether the friend of a friend is a friend: signed triads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.analysis.pairs import pairs_of, sign_of
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
    pairs = {
        ends: _Signed(ends, sign_of(pair), pair.claims) for ends, pair in pairs_of(network).items()
    }
    rows = sorted(
        (_row(network, three) for three in _closed(pairs)),
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


class _Signed(NamedTuple):
    """A pair, and whether the two help or hurt one another on balance."""

    ends: tuple[str, str]
    sign: int
    claims: tuple[str, ...]


_Three = tuple[_Signed, _Signed, _Signed]


def _closed(pairs: dict[tuple[str, str], _Signed]) -> Iterator[_Three]:
    """Each three actors of which all pairs have signs, the ids in order, found at the first two."""
    signed = {ends: pair for ends, pair in pairs.items() if pair.sign}
    later: dict[str, set[str]] = {}
    for one, other in signed:
        later.setdefault(one, set()).add(other)
    nobody: set[str] = set()
    for (one, other), pair in signed.items():
        for third in sorted(later[one] & later.get(other, nobody)):
            yield pair, signed[other, third], signed[one, third]


def _row(network: ActorNetwork, pairs: _Three) -> tuple[tuple[Cell, ...], list[str]]:
    ids = (*pairs[0].ends, pairs[1].ends[1])
    ends = (cell for actor in ids for cell in (actor, network.actors[actor]))
    words = ["helps" if pair.sign > 0 else "hurts" for pair in pairs]
    balance = "balanced" if words.count("hurts") % 2 == 0 else "tense"
    return (balance, *ends, *words), [claim for pair in pairs for claim in pair.claims]
