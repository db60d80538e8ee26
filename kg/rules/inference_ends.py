"""What follows from edges must fit the relation that it is an edge of."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet
from kg.model.node import Sequence
from kg.model.vocabulary import Relation, Vocabulary

CODE = Code(
    "inference-ends",
    "ontology",
    Severity.ERROR,
    "an inverse or a chain has ends that its relation does not take",
)

#: The domain and the range of an edge.
Ends = tuple[tuple[str, ...], tuple[str, ...]]


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Relations whose inverse, or what leads to them, has other ends than they take."""
    vocabulary = facts.vocabulary
    for relation in vocabulary.relations.values():
        if relation.inverse is not None:
            inverse = vocabulary.relations[relation.inverse]
            there = _fits(_ends(relation)[::-1], inverse, vocabulary)
            if not there or not _fits(_ends(inverse)[::-1], relation, vocabulary):
                yield _diagnostic(relation, "inverse", None, inverse)
        written = relation.places.body.value("chain")
        for index, chain in enumerate(relation.chains):
            first, last = (vocabulary.relations[link] for link in (chain[0], chain[-1]))
            if not _fits((_ends(first)[0], _ends(last)[1]), relation, vocabulary):
                at = index if isinstance(written, Sequence) else None
                yield _diagnostic(relation, "chain", at, first, last)


def _ends(relation: Relation) -> Ends:
    """What may stand at either end of an edge; of a symmetric relation at both what at either."""
    if relation.symmetric:
        both = (*relation.domain, *relation.range)
        return both, both
    return relation.domain, relation.range


def _fits(ends: Ends, relation: Relation, vocabulary: Vocabulary) -> bool:
    """Whether an edge of the relation may have these ends; what could not be read fits."""
    return all(
        not takes or all(vocabulary.may_be(each, takes) for each in given)
        for given, takes in zip(ends, _ends(relation), strict=True)
    )


def _diagnostic(relation: Relation, key: str, index: int | None, *others: Relation) -> Diagnostic:
    named = " and ".join(f"'{other.id}'" for other in dict.fromkeys(others))
    return Diagnostic(
        CODE,
        f"'{relation.id}' does not take the ends that {named} would give it",
        relation.places.value(key, index),
        "widen its domain and range, or choose narrower relations",
        tuple(Related(other.places.declared, "this one is here") for other in others[:1]),
    )
