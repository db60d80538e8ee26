"""One state cannot have begun, or ended, at two times."""

from __future__ import annotations

from collections.abc import Iterator

from kg.conflicts import conflicting_times, is_decided
from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet

CODE = Code(
    "contradicting-time",
    "consistency",
    Severity.WARNING,
    "two claims give a state a start or an end that cannot both be right",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Pairs of affirmed claims on one state that begins or ends at different times in them."""
    for second, first in conflicting_times(facts):
        if is_decided(second, first, facts):
            continue
        assert first.when is not None
        assert second.when is not None
        yield Diagnostic(
            CODE,
            f"'{second.id}' says '{second.when.text}', '{first.id}' says '{first.when.text}'",
            second.places.value("when"),
            "say which supersedes the other, or let both stand",
            (Related(first.places.value("when"), "the other time"),),
        )
