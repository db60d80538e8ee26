"""A headline may claim what no sentence of the body does."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import Claim, FactSet

CODE = Code(
    "headline-unsupported",
    "consistency",
    Severity.WARNING,
    "a claim of a headline has no support in the body",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Claims that stand in a headline alone and that no claim of the body makes as well."""
    made_in_body = {
        (claim.source, claim.subject, claim.object, claim.polarity, relation)
        for claim in facts.claims.values()
        if not is_headline(claim, facts)
        for relation in facts.vocabulary.relation_lineage(claim.relation)
    }
    told: set[str] = set()
    for claim in facts.claims.values():
        key = (claim.source, claim.subject, claim.object, claim.polarity, claim.relation)
        if claim.fact in told or not is_headline(claim, facts) or key in made_in_body:
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


def is_headline(claim: Claim, facts: FactSet) -> bool:
    """Whether all passages of a claim are parts of a headline."""
    source = facts.sources.get(claim.source)
    if source is None or source.text is None or not claim.passages:
        return False
    return all(passage.part in source.text.headline for passage in claim.passages)
