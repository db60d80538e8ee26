"""Where one claim affirms what another denies, the reader must know."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lens import validity
from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import Claim, FactSet, Literal

CODE = Code("disputed", "consistency", Severity.NOTE, "one claim affirms what another denies")


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Each denial with an affirmation that it disputes."""
    affirmed: dict[object, list[Claim]] = {}
    for claim in facts.claims.values():
        if not claim.is_denied:
            affirmed.setdefault(_subject_matter(claim, facts), []).append(claim)
    for denial in facts.claims.values():
        if not denial.is_denied:
            continue
        for claim in affirmed.get(_subject_matter(denial, facts), ()):
            if denies(denial, claim) and validity(denial, facts).possibly_meets(
                validity(claim, facts)
            ):
                yield Diagnostic(
                    CODE,
                    f"'{denial.id}' denies what '{claim.id}' affirms",
                    denial.places.value("polarity"),
                    "both stand: whoever looks at the edge is told that it is disputed",
                    (Related(claim.places.declared, "it is affirmed here"),),
                )


def denies(denial: Claim, claim: Claim) -> bool:
    """Whether a denial covers a claim on the same triple: one with a degree covers only that."""
    return denial.degree is None or denial.degree == claim.degree


def _subject_matter(claim: Claim, facts: FactSet) -> object:
    relation = facts.vocabulary.relations[claim.relation]
    ends: tuple[str | Literal, ...] = (claim.subject, claim.object)
    if relation.symmetric:
        ends = tuple(sorted(ends, key=str))
    return (*ends, claim.relation, claim.modality, claim.condition)
