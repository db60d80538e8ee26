"""Where one claim affirms what another denies, the reader must know."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lens import contradictions, validity
from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet

CODE = Code("disputed", "consistency", Severity.NOTE, "one claim affirms what another denies")


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Each denial with an affirmation that it disputes at some time, under the same condition."""
    for denial, claim in contradictions(facts.claims.values(), facts):
        if denial.condition != claim.condition:
            continue
        if validity(denial, facts).possibly_meets(validity(claim, facts)):
            yield Diagnostic(
                CODE,
                f"'{denial.id}' denies what '{claim.id}' affirms",
                denial.places.value("polarity"),
                "both stand: whoever looks at the edge is told that it is disputed",
                (Related(claim.places.declared, "it is affirmed here"),),
            )
