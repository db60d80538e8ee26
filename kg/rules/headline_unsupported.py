"""A headline may claim what no sentence of the body does."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet
from kg.voices import in_headline_alone

CODE = Code(
    "headline-unsupported",
    "consistency",
    Severity.WARNING,
    "a claim of a headline has no support in the body",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Claims that stand in a headline alone and that no claim of the body makes as well."""
    told: set[str] = set()
    for claim in in_headline_alone(facts):
        if claim.fact in told:
            continue
        told.add(claim.fact)
        rendered = [facts.claims[id] for id in claim.about if id in facts.claims]
        yield Diagnostic(
            CODE,
            f"'{claim.fact}' stands in the headline alone",
            claim.places.value("passage"),
            "keep it apart from what the body says"
            if rendered
            else "name the claims of the body that it renders, under 'about'",
            tuple(
                Related(place, "the body says this instead")
                for place in dict.fromkeys(other.places.declared for other in rendered)
            ),
        )
