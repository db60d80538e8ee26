"""The vocabulary as an OWL ontology, with the terms that claims are written in.

A relation's domain and range are classes or unions of them; what OWL has no word for (the label
read from the object, valence, aspect, event codes) are annotations. A denied claim is a `kg:Claim`
and nothing more: `owl:NegativePropertyAssertion` would assert the denial in kg's own voice.

`same_as` becomes `rdfs:subClassOf` or `rdfs:subPropertyOf`: enough for whoever asks in the other
vocabulary, without making its classes equal to each other by way of ours. A Wikidata item is no
class, so it becomes `skos:closeMatch`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model.prefixes import KG, PREFIXES
from kg.model.vocabulary import CodeScheme, Relation, Type, Vocabulary
from kg.publish.terms import (
    ANYTHING,
    DATATYPES,
    GROUPS,
    QUANTITY,
    RELATION,
    WORDS,
    Group,
    Property,
    is_datatype,
    words_of,
)
from kg.rdf.documents import turtle_document
from kg.rdf.resource import Pairs, Resource
from kg.rdf.terms import text
from kg.reading.vocabulary import label_from_id

#: Of the terms, not of the program: it grows where a term changes its meaning.
VERSION = "0.1.0"

#: The prefixes that the published documents use.
USED: Mapping[str, str] = {
    name: PREFIXES[name]
    for name in ("dcterms", "kg", "oa", "owl", "prov", "rdf", "rdfs", "schema", "skos", "xsd")
}

CC0 = "<https://creativecommons.org/publicdomain/zero/1.0/>"

_VANN = {"vann": "http://purl.org/vocab/vann/"}


def ontology(vocabulary: Vocabulary) -> bytes:
    """The OWL ontology as Turtle: its head, kg's own terms, then types, relations and codes."""
    mapped = {name for each in vocabulary.types.values() for name in each.same_as}
    mapped |= {name for each in vocabulary.relations.values() for name in each.same_as}
    prefixes = {name.partition(":")[0] for name in mapped}
    resources = (
        _head(),
        *_words(),
        *_own_terms(),
        *(_type(each) for each in vocabulary.types.values()),
        *(_relation(each) for each in vocabulary.relations.values()),
        *(_scheme(each) for each in vocabulary.schemes.values()),
        *_borrowed(vocabulary),
    )
    all_used = {**USED, **_VANN, **{name: PREFIXES[name] for name in prefixes}}
    return turtle_document(all_used, resources)


def union(names: Iterable[str], kind: str = "owl:Class") -> str:
    """One class or datatype, or the union of several, as a Turtle term."""
    names = tuple(names)
    if len(names) == 1:
        return names[0]
    return f"[ a {kind} ; owl:unionOf ( {' '.join(names)} ) ]"


def _head() -> Resource:
    return Resource(
        f"<{KG.rstrip('#')}>",
        (
            ("a", ("owl:Ontology",)),
            ("dcterms:title", (text("Ontology of kg, the actor knowledge graph", "en"),)),
            ("dcterms:description", (text(
                "Types of actors and of what they do, relations between them, and claims: who "
                "says what about whom, through whom, how surely, since when, under which "
                "condition.", "en"),)),
            ("dcterms:license", (CC0,)),
            ("owl:versionIRI", (f"<{KG.rstrip('#')}/{VERSION}>",)),
            ("owl:versionInfo", (text(VERSION),)),
            ("vann:preferredNamespacePrefix", (text("kg"),)),
            ("vann:preferredNamespaceUri", (text(KG),)),
        ),
    )  # fmt: skip


def _borrowed(vocabulary: Vocabulary) -> Iterator[Resource]:
    """What other vocabularies declare, named as what it is for tools that load only this file."""
    annotations = ("dcterms:description", "dcterms:license", "dcterms:title", "skos:closeMatch")
    for name in (*annotations, *(f"vann:preferredNamespace{end}" for end in ("Prefix", "Uri"))):
        yield Resource(name, (("a", ("owl:AnnotationProperty",)),))
    classes = {"oa:SpecificResource", "rdf:Statement"}
    for type_ in vocabulary.types.values():
        classes.update(name for name in type_.same_as if not _is_item(name))
    for name in sorted(classes):
        yield Resource(name, (("a", ("owl:Class",)),))
    properties = {
        name: _kind_of(relation)
        for relation in vocabulary.relations.values()
        for name in relation.same_as
        if not _is_item(name)
    }
    for name in sorted(properties):
        yield Resource(name, (("a", (properties[name],)),))


def _words() -> Iterator[Resource]:
    for name, (comment, members) in WORDS.items():
        all_of_them = f"[ a owl:Class ; owl:oneOf ( {' '.join(words_of(name))} ) ]"
        pairs = _described("owl:Class", label_from_id(name), comment)
        yield Resource(f"kg:{name}", (*pairs, ("owl:equivalentClass", (all_of_them,))))
        for word, meaning in members.items():
            kinds = ("owl:NamedIndividual", f"kg:{name}")
            pairs = [("a", kinds), *_described("", word, meaning)[1:]]
            yield Resource(f"kg:{word}", tuple(pairs))


def _own_terms() -> Iterator[Resource]:
    for group in GROUPS:
        if group.name is not None and group.name.startswith("kg:"):
            pairs = _described("owl:Class", label_from_id(group.id), group.comment)
            if group.id == "Claim":
                pairs.append(("rdfs:subClassOf", ("rdf:Statement",)))
            yield Resource(group.name, tuple(pairs))
    groups: dict[Property, list[Group]] = {}
    for group in GROUPS:
        for each in group.properties:
            if each.is_own:
                groups.setdefault(each, []).append(group)
    for each, found in groups.items():
        yield _own_property(each, found)


def _own_property(each: Property, groups: list[Group]) -> Resource:
    if RELATION in groups or each.takes == (ANYTHING,):
        kind = "owl:AnnotationProperty"
    else:
        kind = "owl:DatatypeProperty" if each.takes_values else "owl:ObjectProperty"
    pairs = _described(kind, label_from_id(each.local), each.comment)
    if each.name == QUANTITY:  # the same word for the datatype of an object that is a quantity
        pairs[0] = ("a", (kind, "rdfs:Datatype"))
    if len(groups) == 1 and groups[0].name is not None:
        pairs.append(("rdfs:domain", (groups[0].name,)))
    if each.takes and each.takes != (ANYTHING,):
        pairs.append(("rdfs:range", (_range(each.takes),)))
    return Resource(each.name, tuple(pairs))


def _range(names: tuple[str, ...]) -> str:
    return union(names, "rdfs:Datatype" if is_datatype(names[0]) else "owl:Class")


def _type(type_: Type) -> Resource:
    pairs = _described("owl:Class", type_.label, type_.description)
    broader = [f"kg:{type_.parent}"] if type_.parent else []
    broader += [name for name in type_.same_as if not _is_item(name)]
    if broader:
        pairs.append(("rdfs:subClassOf", tuple(broader)))
    _add_items(pairs, type_.same_as)
    return Resource(f"kg:{type_.id}", tuple(pairs))


def _relation(relation: Relation) -> Resource:
    kinds = (_kind_of(relation), *(("owl:SymmetricProperty",) if relation.symmetric else ()))
    pairs = _described("", relation.label, relation.description)
    pairs[0] = ("a", kinds)
    broader = [f"kg:{relation.parent}"] if relation.parent else []
    broader += [name for name in relation.same_as if not _is_item(name)]
    if broader:
        pairs.append(("rdfs:subPropertyOf", tuple(broader)))
    if relation.inverse is not None:
        pairs.append(("owl:inverseOf", (f"kg:{relation.inverse}",)))
    if relation.chains:
        chains = (f"( {' '.join(f'kg:{link}' for link in chain)} )" for chain in relation.chains)
        pairs.append(("owl:propertyChainAxiom", tuple(chains)))
    domain, range_ = ends_of(relation)
    if domain:
        pairs.append(("rdfs:domain", (union(domain),)))
    if range_:
        pairs.append(("rdfs:range", (_range(range_),)))
    _add_items(pairs, relation.same_as)
    pairs += [
        ("kg:aspect", (f"kg:{relation.aspect}",)),
        ("kg:inverseLabel", (text(relation.inverse_label, "en"),)),
        ("kg:objectValence", (str(relation.valence.object),)),
        ("kg:subjectValence", (str(relation.valence.subject),)),
        ("kg:symmetric", (str(relation.symmetric).lower(),)),
    ]
    _add_codings(pairs, relation)
    return Resource(f"kg:{relation.id}", tuple(pairs))


def ends_of(relation: Relation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What may stand at either end of a direct edge, as CURIEs.

    The edge of a symmetric relation is written both ways, so each end takes what either does.
    """
    if relation.literal is not None:
        return tuple(f"kg:{each}" for each in relation.domain), DATATYPES[relation.literal]
    domain, range_ = relation.domain, relation.range
    if relation.symmetric:
        domain = range_ = tuple(sorted({*domain, *range_}))
    return tuple(f"kg:{each}" for each in domain), tuple(f"kg:{each}" for each in range_)


def _add_codings(pairs: Pairs, relation: Relation) -> None:
    if relation.plover is not None:
        pairs.append(("kg:ploverType", (text(relation.plover.type),)))
        if relation.plover.mode is not None:
            pairs.append(("kg:ploverMode", (text(relation.plover.mode),)))
        if relation.plover.context:
            pairs.append(("kg:ploverContext", tuple(map(text, relation.plover.context))))
    if relation.cameo:
        pairs.append(("kg:cameoEvent", tuple(map(text, relation.cameo))))


def _scheme(scheme: CodeScheme) -> Resource:
    pairs = _described("owl:DatatypeProperty", scheme.label, f"A code of {scheme.label}.")
    pairs.append(("rdfs:range", ("xsd:string",)))
    return Resource(f"kg:{scheme.id}", tuple(pairs))


def _described(kind: str, label: str, comment: str) -> Pairs:
    pairs: Pairs = [("a", (kind,)), ("rdfs:label", (text(label, "en"),))]
    if comment:
        pairs.append(("rdfs:comment", (text(comment, "en"),)))
    pairs.append(("rdfs:isDefinedBy", (f"<{KG.rstrip('#')}>",)))
    return pairs


def _kind_of(relation: Relation) -> str:
    return "owl:DatatypeProperty" if relation.literal else "owl:ObjectProperty"


def _is_item(name: str) -> bool:
    return name.startswith("wd:")


def _add_items(pairs: Pairs, names: Iterable[str]) -> None:
    items = tuple(name for name in names if _is_item(name))
    if items:
        pairs.append(("skos:closeMatch", items))
