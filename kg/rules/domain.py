"""A subject must be of a type that its relation takes."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet
from kg.model.vocabulary import indefinite

CODE = Code(
    "domain", "ontology", Severity.ERROR, "a subject is not of a type that its relation takes"
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Subjects outside the domain of their relation."""
    for claim in facts.claims.values():
        relation = facts.vocabulary.relations[claim.relation]
        type_id = facts.type_of(claim.subject)
        if type_id is None or not relation.domain:
            continue
        if facts.vocabulary.may_be(type_id, relation.domain):
            continue
        expected = " or ".join(relation.domain)
        yield Diagnostic(
            CODE,
            f"'{claim.subject}' is {indefinite(type_id)}; "
            f"'{relation.id}' takes a subject of type {expected}",
            claim.places.value("subject", claim.index[0]),
            "check the direction, or choose another relation",
            (Related(relation.places.declared, f"'{relation.id}' is declared here"),),
        )
