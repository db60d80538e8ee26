"""Two amounts of one thing at one time cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.lens import validity
from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import Claim, FactSet, Literal, Quantity
from kg.model.text import Span

CODE = Code(
    "contradicting-quantity",
    "consistency",
    Severity.WARNING,
    "two claims give amounts that cannot both be right",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Pairs of affirmed claims on one thing whose amounts have no number in common."""
    groups: dict[object, list[tuple[Claim, Quantity]]] = {}
    for claim in facts.claims.values():
        quantity = _amount(claim)
        if quantity is not None and not claim.is_denied:
            groups.setdefault(_of_what(claim, quantity), []).append((claim, quantity))
    for group in groups.values():
        for (first, one), (second, other) in combinations(group, 2):
            if _overlap(one, other):
                continue
            when, then = validity(first, facts), validity(second, facts)
            if when.certainly_meets(then) or then.certainly_meets(when):
                yield Diagnostic(
                    CODE,
                    f"'{second.id}' says {other.text}, '{first.id}' says {one.text}",
                    _where(second),
                    "date the two, or let both stand: neither overwrites the other",
                    (Related(_where(first), "the other amount"),),
                )


def _amount(claim: Claim) -> Quantity | None:
    return claim.object.quantity if isinstance(claim.object, Literal) else claim.quantity


def _of_what(claim: Claim, quantity: Quantity) -> object:
    thing = None if isinstance(claim.object, Literal) else claim.object
    return (claim.subject, claim.relation, thing, claim.modality, claim.condition, quantity.unit)


def _overlap(one: Quantity, other: Quantity) -> bool:
    if one.approximate or other.approximate:
        return True  # how far `about` reaches is not for kg to guess
    return not (
        (one.high is not None and other.low is not None and one.high < other.low)
        or (other.high is not None and one.low is not None and other.high < one.low)
    )


def _where(claim: Claim) -> Span:
    if isinstance(claim.object, Literal):
        return claim.places.value("object", claim.index[2])
    return claim.places.value("quantity")
