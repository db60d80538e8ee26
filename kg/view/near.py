"""What is near a thing: the claims a few steps around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model.facts import Claim, FactSet
from kg.voices import voices_of


def claims_near(
    focus: str, hops: int, among: Mapping[str, Claim], facts: FactSet
) -> tuple[Claim, ...]:
    """The claims at most so many steps from an entity or source.

    What claims are not about, but come through or hang on, is one step away from what they are
    about.

    Raises:
        KeyError: if `focus` is no entity or source.
    """
    if focus not in facts.entities and focus not in facts.sources:
        raise KeyError(focus)
    own = tuple(claims_with(focus, among.values(), facts))
    is_end = any(focus in claim.things for claim in own)
    if not is_end and hops == 1:
        return own
    reached = {thing for claim in own for thing in claim.things}
    for _ in range(1, hops):
        rim = [c for c in among.values() if not reached.isdisjoint(c.things)]
        before = len(reached)
        reached.update(thing for claim in rim for thing in claim.things)
        if len(reached) == before:
            break  # nothing is farther away
    return tuple(claim for claim in among.values() if reached.issuperset(claim.things))


def claims_with(thing: str, claims: Iterable[Claim], facts: FactSet) -> Iterator[Claim]:
    """Of some claims those that name a thing, or come through it."""
    naming = {claim.id for claim in facts.mentions.get(thing, ())}
    return (c for c in claims if c.id in naming or thing in voices_of(c, facts))
