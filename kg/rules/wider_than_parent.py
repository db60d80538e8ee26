"""A relation cannot take more than the relation that it refines."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet

CODE = Code(
    "wider-than-parent",
    "ontology",
    Severity.ERROR,
    "a relation takes types that its parent does not",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Ends of relations that lie outside those of their parent.

    Whatever has a relation has its parents too, so OWL would infer a wrong type.
    """
    vocabulary = facts.vocabulary
    for relation in vocabulary.relations.values():
        if relation.parent is None:
            continue
        parent = vocabulary.relations[relation.parent]
        ends = (
            ("domain", relation.domain, parent.domain),
            ("range", relation.range, parent.range),
        )
        for key, own, inherited in ends:
            wider = [each for each in own if inherited and not vocabulary.may_be(each, inherited)]
            if not wider or key not in relation.places.body.entries:
                continue
            yield Diagnostic(
                CODE,
                f"'{relation.id}' takes {' and '.join(wider)}, which its parent "
                f"'{parent.id}' does not",
                relation.places.value(key),
                f"take only kinds of {' or '.join(inherited)}, or choose another parent",
                (Related(parent.places.declared, f"'{parent.id}' is declared here"),),
            )
