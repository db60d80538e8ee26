"""A relation should not help where the relation that it refines hurts."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet

CODE = Code(
    "contrary-valence",
    "ontology",
    Severity.WARNING,
    "a relation has the opposite valence of its parent",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Relations with a side of the opposite sign to their parent's."""
    relations = facts.vocabulary.relations
    for relation in relations.values():
        if relation.parent is None:
            continue
        parent = relations[relation.parent]
        for side in ("subject", "object"):
            own, inherited = getattr(relation.valence, side), getattr(parent.valence, side)
            if own * inherited < 0:
                yield Diagnostic(
                    CODE,
                    f"'{relation.id}' has valence {own} for the {side}, its parent {inherited}",
                    relation.places.key("valence"),
                    "choose another parent, or check the sign",
                    (Related(parent.places.declared, f"the parent '{parent.id}' is here"),),
                )
