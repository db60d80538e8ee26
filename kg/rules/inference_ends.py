"""What follows from edges must fit the relation that it is an edge of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

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
        yield from _values(relation, vocabulary)
        if relation.inverse is not None:
            inverse = vocabulary.relations[relation.inverse]
            there = _fits(_ends(relation)[::-1], inverse, vocabulary)
            if not there or not _fits(_ends(inverse)[::-1], relation, vocabulary):
                yield _diagnostic(relation, "inverse", None, inverse)
        written = relation.places.body.value("chain")
        for index, chain in enumerate(relation.chains):
            links = [vocabulary.relations[link] for link in chain]
            at = index if isinstance(written, Sequence) else None
            if not _fits((_ends(links[0])[0], _ends(links[-1])[1]), relation, vocabulary):
                yield _diagnostic(relation, "chain", at, links[0], links[-1])
            for before, after in pairwise(links):
                if not _join(before, after, vocabulary):
                    message = (
                        f"nothing that '{before.id}' leads to can be what '{after.id}' starts from"
                    )
                    hint = "choose relations that follow one upon the other"
                    yield Diagnostic(CODE, message, relation.places.value("chain", at), hint)


def _values(relation: Relation, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """Inverses and chains of relations whose object is a value: they lead from thing to thing."""
    inverse = () if relation.inverse is None else (relation.inverse,)
    for key, links in (("inverse", inverse), *(("chain", chain) for chain in relation.chains)):
        for link in dict.fromkeys((relation.id, *links) if links else ()):
            literal = vocabulary.relations[link].literal
            if literal is not None:
                message = f"'{link}' takes a {literal}, and {key}s lead from thing to thing"
                span = relation.places.value(key)
                yield Diagnostic(CODE, message, span, f"drop the {key}")


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


def _join(before: Relation, after: Relation, vocabulary: Vocabulary) -> bool:
    """Whether some thing may be the object of the one and the subject of the other."""
    ends, starts = _ends(before)[1], _ends(after)[0]
    return not (ends and starts) or any(
        vocabulary.may_be(one, (other,)) or vocabulary.may_be(other, (one,))
        for one in ends
        for other in starts
    )


def _diagnostic(relation: Relation, key: str, index: int | None, *others: Relation) -> Diagnostic:
    named = " and ".join(f"'{other.id}'" for other in dict.fromkeys(others))
    return Diagnostic(
        CODE,
        f"'{relation.id}' does not take the ends that {named} would give it",
        relation.places.value(key, index),
        "widen its domain and range, or choose narrower relations",
        tuple(
            Related(other.places.declared, f"'{other.id}' is declared here")
            for other in dict.fromkeys(others)
        ),
    )
