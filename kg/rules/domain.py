"""A subject must be of a type that its relation takes."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.edit import Edit, Fix
from kg.model.facts import Claim, FactSet
from kg.model.node import Scalar, span_of
from kg.model.suggest import listing
from kg.model.vocabulary import Relation, Vocabulary, indefinite

CODE = Code(
    "domain", "ontology", Severity.ERROR, "a subject is not of a type that its relation takes"
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Subjects outside the domain of their relation."""
    for claim in facts.claims.values():
        relation = facts.vocabulary.relations[claim.relation]
        if takes_subject(claim, facts):
            continue
        expected = listing(relation.domain, " or ")
        type_id = facts.type_of(claim.subject) or ""
        hint, fix = remedy(claim, facts)
        yield Diagnostic(
            CODE,
            f"'{claim.subject}' is {indefinite(type_id)}; "
            f"'{relation.id}' takes a subject of type {expected}",
            claim.places.value("subject", claim.index[0]),
            hint,
            (Related(relation.places.declared, f"'{relation.id}' is declared here"),),
            fix,
        )


def takes_subject(claim: Claim, facts: FactSet) -> bool:
    """Whether a claim's relation takes its subject, as far as is known."""
    type_id = facts.type_of(claim.subject)
    domain = facts.vocabulary.relations[claim.relation].domain
    return type_id is None or _may_be(facts.vocabulary, type_id, domain)


def is_turned(claim: Claim, facts: FactSet) -> bool:
    """Whether the relation takes both ends of a claim, but the other way round."""
    relation = facts.vocabulary.relations[claim.relation]
    subject = facts.type_of(claim.subject)
    target = facts.type_of(claim.object) if isinstance(claim.object, str) else None
    if subject is None or target is None or not relation.domain or not relation.range:
        return False
    fits = _fits(facts.vocabulary, relation, target, subject)
    return fits and not _fits(facts.vocabulary, relation, subject, target)


def remedy(claim: Claim, facts: FactSet) -> tuple[str, Fix | None]:
    """A hint, and a fix where there is one, for a relation that does not take a claim's ends."""
    if is_turned(claim, facts):
        return "subject and object are the wrong way round", _turn(claim)
    return _other_relations(claim, facts), None


def _other_relations(claim: Claim, facts: FactSet) -> str:
    """A hint that names relations of the same family which take both ends of a claim."""
    vocabulary = facts.vocabulary
    subject = facts.type_of(claim.subject)
    target = facts.type_of(claim.object) if isinstance(claim.object, str) else None
    family = vocabulary.family(claim.relation)
    umbrellas = {each.parent for each in vocabulary.relations.values()}
    fitting = [
        f"'{each.id}'"
        for each in vocabulary.relations.values()
        if subject and target and vocabulary.family(each.id) == family and each.id not in umbrellas
        if each.domain and each.range and _fits(vocabulary, each, subject, target)
    ]
    if not 1 <= len(fitting) <= 3:
        return "choose another relation: 'kg explain relations' lists them"
    return "relations that take both: " + ", ".join(fitting)


def _fits(vocabulary: Vocabulary, relation: Relation, subject: str, target: str) -> bool:
    is_subject = _may_be(vocabulary, subject, relation.domain)
    return is_subject and _may_be(vocabulary, target, relation.range)


def _may_be(vocabulary: Vocabulary, type_id: str, ancestors: tuple[str, ...]) -> bool:
    return not ancestors or vocabulary.may_be(type_id, ancestors)


def _turn(claim: Claim) -> Fix | None:
    """The fix that has subject and object change places, where a fact has one of each."""
    body, path = claim.places.body, claim.places.path
    subject, target = body.value("subject"), body.value("object")
    if not isinstance(subject, Scalar) or not isinstance(target, Scalar):
        return None
    edits = (
        Edit(span_of(path, subject), target.value),
        Edit(span_of(path, target), subject.value),
    )
    return Fix("let subject and object change places", edits, is_safe=False)
