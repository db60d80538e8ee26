"""Which things and claims a picture has room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model.facts import Claim, FactSet
from kg.voices import voices_of


@dataclass(frozen=True, slots=True)
class Choice:
    """The claims that are drawn, and how much there would be besides."""

    claims: tuple[Claim, ...]
    things_left_out: int = 0
    claims_left_out: int = 0


def choose(
    among: Mapping[str, Claim], facts: FactSet, focus: str | None, hops: int, most: int
) -> Choice:
    """Of the claims at most `hops` steps from `focus` those between at most so many things.

    The nearest things come first, and of them the most spoken of; each comes with a claim.

    Raises:
        KeyError: if `focus` is no entity or source.
    """
    if focus is not None and focus not in facts.entities and focus not in facts.sources:
        raise KeyError(focus)
    near, distances = _near(among, facts, focus, hops)
    shown = _shown(near, distances, most)
    claims = tuple(claim for claim in near.values() if shown.issuperset(claim.things))
    return Choice(
        claims,
        len(distances) - len({thing for claim in claims for thing in claim.things}),
        len(near) - len(claims),
    )


def claims_with(thing: str, claims: Iterable[Claim], facts: FactSet) -> Iterator[Claim]:
    """Of some claims those that name a thing, or come through it."""
    naming = {claim.id for claim in facts.mentions.get(thing, ())}
    return (c for c in claims if c.id in naming or thing in voices_of(c, facts))


def _near(
    among: Mapping[str, Claim], facts: FactSet, focus: str | None, hops: int
) -> tuple[Mapping[str, Claim], Mapping[str, int]]:
    """The claims that are near enough, and how many claims away their things are.

    What claims are not about, but come through or hang on, is one step away from what they are
    about.
    """
    if focus is None:
        return among, {thing: 0 for claim in among.values() for thing in claim.things}
    own = {claim.id: claim for claim in claims_with(focus, among.values(), facts)}
    is_end = any(focus in claim.things for claim in own.values())
    distances = {focus: 0} if is_end else {}
    for claim in own.values():
        for thing in claim.things:
            distances.setdefault(thing, 1)
    if not is_end and hops == 1:
        return own, distances
    for hop in range(2, hops + 1):
        rim = [c for c in among.values() if any(distances.get(t, hop) < hop for t in c.things)]
        before = len(distances)
        for claim in rim:
            for thing in claim.things:
                distances.setdefault(thing, hop)
        if len(distances) == before:
            break  # nothing is farther away
    near = {id: c for id, c in among.items() if distances.keys() >= set(c.things)}
    return near, distances


def _shown(near: Mapping[str, Claim], distances: Mapping[str, int], most: int) -> frozenset[str]:
    """The first things, each with the first thing that a claim ties it to."""
    weights = Counter(thing for claim in near.values() for thing in set(claim.things))
    order = sorted(distances, key=lambda thing: (distances[thing], -weights[thing], thing))
    ranks = {thing: rank for rank, thing in enumerate(order)}
    first = _first_ties(near, ranks)
    shown: set[str] = set()
    for thing in order:
        needed = {thing, first[thing]} - shown
        if len(shown) + len(needed) <= most:
            shown |= needed
    return frozenset(shown)


def _first_ties(near: Mapping[str, Claim], ranks: Mapping[str, int]) -> Mapping[str, str]:
    """Of each thing the first other that shares a claim with it; itself where none does."""
    found = {thing: thing for thing in ranks}
    for claim in near.values():
        one, other = claim.things[0], claim.things[-1]
        for thing, beside in ((one, other), (other, one)):
            best = found[thing]
            if beside != thing and (best == thing or ranks[beside] < ranks[best]):
                found[thing] = beside
    return found
