"""Two amounts of one thing at one time cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator

from kg.conflicts import amount_of, conflicting_amounts, is_decided
from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import Claim, FactSet, Literal
from kg.model.text import Span

CODE = Code(
    "contradicting-quantity",
    "consistency",
    Severity.WARNING,
    "two claims give amounts that cannot both be right",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Pairs of affirmed claims on one thing whose amounts have no number in common."""
    for second, first in conflicting_amounts(facts):
        if is_decided(second, first, facts):
            continue
        other, one = amount_of(second), amount_of(first)
        assert one is not None
        assert other is not None
        yield Diagnostic(
            CODE,
            f"'{second.id}' says {other.text}, '{first.id}' says {one.text}",
            _where(second),
            "date the two, say which supersedes the other, or let both stand",
            (Related(_where(first), "the other amount"),),
        )


def _where(claim: Claim) -> Span:
    if isinstance(claim.object, Literal):
        return claim.places.value("object", claim.index[2])
    return claim.places.value("quantity")
