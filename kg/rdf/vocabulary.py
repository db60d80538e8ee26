"""What a type, a relation and the words of qualifiers become."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.facts import Basis, Modality, Polarity, Rank, Verdict
from kg.model.vocabulary import Aspect, Relation, Type
from kg.rdf.iris import kg_name
from kg.rdf.resource import Pairs, Resource, add_text
from kg.rdf.terms import boolean, integer, text

#: The words that qualifiers take as values, each a resource of its own.
_WORDS = (
    ("Polarity", tuple(Polarity)),
    ("Modality", tuple(Modality)),
    ("Basis", tuple(Basis)),
    ("Rank", tuple(Rank)),
    ("Verdict", tuple(Verdict)),
    ("Aspect", tuple(Aspect)),
)


def word_resources() -> Iterator[Resource]:
    """What kg itself says of claims, and the words that they are qualified with."""
    yield Resource("kg:Claim", (("rdfs:subClassOf", ("rdf:Statement",)),))
    for kind, words in _WORDS:
        for word in words:
            pairs = (("a", (kg_name(kind),)), ("rdfs:label", (text(word),)))
            yield Resource(kg_name(word), pairs)


def type_resource(type_: Type) -> Resource:
    """A type as a class."""
    pairs: Pairs = [("a", ("rdfs:Class",)), ("rdfs:label", (text(type_.label),))]
    add_text(pairs, "rdfs:comment", type_.description)
    if type_.parent is not None:
        pairs.append(("rdfs:subClassOf", (kg_name(type_.parent),)))
    return Resource(kg_name(type_.id), tuple(pairs))


def relation_resource(relation: Relation) -> Resource:
    """A relation as a property."""
    pairs: Pairs = [("a", ("rdf:Property",)), ("rdfs:label", (text(relation.label),))]
    add_text(pairs, "rdfs:comment", relation.description)
    if relation.parent is not None:
        pairs.append(("rdfs:subPropertyOf", (kg_name(relation.parent),)))
    pairs += [
        ("kg:aspect", (kg_name(relation.aspect),)),
        ("kg:inverseLabel", (text(relation.inverse_label),)),
        ("kg:objectValence", (integer(relation.valence.object),)),
        ("kg:subjectValence", (integer(relation.valence.subject),)),
        ("kg:symmetric", (boolean(relation.symmetric),)),
    ]
    return Resource(kg_name(relation.id), tuple(pairs))
