"""An object must be of a type that its relation takes."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet
from kg.model.suggest import listing
from kg.model.vocabulary import indefinite
from kg.rules.domain import is_turned, remedy, takes_subject

CODE = Code(
    "range", "ontology", Severity.ERROR, "an object is not of a type that its relation takes"
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Objects outside the range of their relation."""
    for claim in facts.claims.values():
        relation = facts.vocabulary.relations[claim.relation]
        if not isinstance(claim.object, str) or not relation.range:
            continue
        type_id = facts.type_of(claim.object)
        if type_id is None or facts.vocabulary.may_be(type_id, relation.range):
            continue
        if is_turned(claim, facts) and not takes_subject(claim, facts):
            continue  # told of the subject: one mistake, one diagnostic
        hint, fix = remedy(claim, facts)
        expected = listing(relation.range, " or ")
        yield Diagnostic(
            CODE,
            f"'{claim.object}' is {indefinite(type_id)}; "
            f"'{relation.id}' takes an object of type {expected}",
            claim.places.value("object", claim.index[2]),
            hint,
            (Related(relation.places.declared, f"'{relation.id}' is declared here"),),
            fix,
        )
