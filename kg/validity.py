"""When a claim holds: what it says of its time, and what its source's date adds to that."""

from __future__ import annotations

from kg.model.facts import Claim, FactSet
from kg.model.interval import FUTURE, PAST, Bound, Interval
from kg.model.vocabulary import Aspect


def validity(claim: Claim, facts: FactSet) -> Interval:
    """When a claim holds, its `when` and its source's date taken together.

    Without `when` it does not reach back: a state holds on its source's date and possibly after
    it, an event has happened by that date. An open end is certain up to the source's date.
    """
    source = facts.sources.get(claim.source)
    published = source.published if source else None
    if claim.when is not None:
        return claim.when.as_known_on(published.latest) if published else claim.when
    if published is None:
        return Interval("", Bound(PAST, FUTURE), Bound(PAST, FUTURE))
    if is_event(claim, facts):
        return Interval("", published, published)
    return Interval("", published, Bound(published.earliest, FUTURE))


def is_event(claim: Claim, facts: FactSet) -> bool:
    """Whether it says that something has happened, rather than that something is so."""
    return facts.vocabulary.relations[claim.relation].aspect is Aspect.EVENT
