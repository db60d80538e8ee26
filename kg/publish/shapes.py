"""The vocabulary as SHACL: what `kg check` asks of facts, asked of their RDF.

Every shape is named and uses SHACL Core only. A relation's ends are held twice: where a direct edge
has it as its predicate, and where a claim names it, by a path from the relation back to its claims.
`kg check` stays the judge, since only it knows the line; these shapes agree with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model.prefixes import PREFIXES
from kg.model.vocabulary import CodeScheme, Relation, Vocabulary
from kg.publish.ontology import CC0, USED, VERSION, ends_of
from kg.publish.terms import ANYTHING, DATATYPES, GROUPS, Group, Property, is_datatype, words_of
from kg.rdf.documents import turtle_document
from kg.rdf.resource import Pairs, Properties, Resource
from kg.rdf.terms import text

SHAPES = "https://w3id.org/actor-kg/shapes#"

_PREFIXES = {
    **{name: USED[name] for name in USED if name not in ("owl", "skos")},
    "kgs": SHAPES,
    "owl": PREFIXES["owl"],
    "sh": "http://www.w3.org/ns/shacl#",
}


def shapes(vocabulary: Vocabulary) -> bytes:
    """The SHACL shapes as Turtle: kg's own terms, things, then relations and codes."""
    resources = (
        _head(),
        *(resource for group in GROUPS for resource in _group(group)),
        *_thing(vocabulary),
        *(shape for each in vocabulary.relations.values() for shape in _relation(each)),
        *(_scheme(each) for each in vocabulary.schemes.values()),
    )
    return turtle_document(_PREFIXES, resources)


def _head() -> Resource:
    return Resource(
        f"<{SHAPES.rstrip('#')}>",
        (
            ("a", ("owl:Ontology",)),
            ("dcterms:title", (text("Shapes of kg, the actor knowledge graph", "en"),)),
            ("dcterms:license", (CC0,)),
            ("owl:versionInfo", (text(VERSION),)),
        ),
    )


def _group(group: Group) -> Iterator[Resource]:
    names = tuple(f"kgs:{group.id}-{each.local}" for each in group.properties)
    also = dict(group.also)
    held = (*names, *also.pop("sh:property", ()))
    pairs = (("a", ("sh:NodeShape",)), *group.targets, ("sh:property", held), *also.items())
    yield Resource(f"kgs:{group.id}", pairs)
    for name, each in zip(names, group.properties, strict=True):
        yield Resource(name, tuple(_property(each)))


def _property(each: Property) -> Pairs:
    pairs: Pairs = [
        ("a", ("sh:PropertyShape",)),
        ("sh:path", (each.name,)),
        ("sh:description", (text(each.comment, "en"),)),
    ]
    if each.least:
        pairs.append(("sh:minCount", (str(each.least),)))
    if each.most is not None:
        pairs.append(("sh:maxCount", (str(each.most),)))
    return [*pairs, *_takes(each.takes), *each.also]


def _takes(names: tuple[str, ...]) -> Pairs:
    """The constraints that a value meets if it is of one of these classes or datatypes."""
    if not names:
        return [("sh:nodeKind", ("sh:IRI",))]
    if names == (ANYTHING,):
        return [("sh:nodeKind", ("sh:IRIOrLiteral",))]
    words = words_of(names[0])
    if words:
        return [("sh:in", (f"( {' '.join(words)} )",))]
    each = [("sh:datatype" if is_datatype(name) else "sh:class", name) for name in names]
    if len(each) == 1:
        return [(each[0][0], (each[0][1],))]
    return [("sh:or", (f"( {' '.join(f'[ {kind} {name} ]' for kind, name in each)} )",))]


def _thing(vocabulary: Vocabulary) -> Iterator[Resource]:
    """Entities and sources: whatever has a type of the vocabulary or plays a part in a claim."""
    roots = tuple(f"kg:{each.id}" for each in vocabulary.types.values() if each.parent is None)
    roles = ("dcterms:publisher", "kg:against", "kg:condition", "kg:place", "kg:speaker")
    label = Property("rdfs:label", "Its name: one, whatever else it is called.", ("xsd:string",), 1)
    pairs: Pairs = [("a", ("sh:NodeShape",))]
    if roots:
        pairs.append(("sh:targetClass", roots))
    pairs += [
        ("sh:targetObjectsOf", ("rdf:subject", *roles)),
        ("sh:nodeKind", ("sh:IRI",)),
        ("sh:property", ("kgs:Thing-label", "kgs:Thing-type")),
    ]
    yield Resource("kgs:Thing", tuple(pairs))
    yield Resource("kgs:Thing-label", tuple(_property(label)))
    kind = ("a", ("sh:PropertyShape",))
    path = ("sh:path", ("rdf:type",))
    # No node kind: a reasoner that takes in the ontology adds class expressions to the types.
    yield Resource("kgs:Thing-type", (kind, path, ("sh:minCount", ("1",))))


def _relation(relation: Relation) -> Iterator[Resource]:
    name = f"kg:{relation.id}"
    ends = (relation.domain, relation.range or (relation.literal or "",))
    says = [f"{relation.id} takes {end} of type {' or '.join(types)}" for end, types in
            zip(("a subject", "an object"), ends, strict=True)]  # fmt: skip
    edge_subjects, edge_objects = ends_of(relation)
    claim_subjects = tuple(f"kg:{each}" for each in relation.domain)
    claim_objects = tuple(f"kg:{each}" for each in relation.range)
    if relation.literal is not None:
        claim_objects = DATATYPES[relation.literal]
    for end, target, types in (
        ("from", "sh:targetSubjectsOf", edge_subjects),
        ("to", "sh:targetObjectsOf", edge_objects),
    ):
        if types:
            pairs = [("a", ("sh:NodeShape",)), (target, (name,)), *_takes(types)]
            yield Resource(f"kgs:{relation.id}-{end}", _with_message(pairs, says[end == "to"]))
    for end, types in (("subject", claim_subjects), ("object", claim_objects)):
        if types:
            path = f"( [ sh:inversePath rdf:predicate ] rdf:{end} )"
            pairs = [
                ("a", ("sh:PropertyShape",)),
                ("sh:targetNode", (name,)),
                ("sh:path", (path,)),
                *_takes(types),
            ]
            yield Resource(f"kgs:{relation.id}-{end}", _with_message(pairs, says[end == "object"]))


def _scheme(scheme: CodeScheme) -> Resource:
    pairs = [
        ("a", ("sh:PropertyShape",)),
        ("sh:targetSubjectsOf", (f"kg:{scheme.id}",)),
        ("sh:path", (f"kg:{scheme.id}",)),
        ("sh:datatype", ("xsd:string",)),
        ("sh:pattern", (text(f"^({scheme.pattern})$"),)),
    ]
    says = f"{scheme.id} takes codes of the form {scheme.pattern}"
    return Resource(f"kgs:code-{scheme.id}", _with_message(pairs, says))


def _with_message(pairs: Iterable[tuple[str, tuple[str, ...]]], says: str) -> Properties:
    return (*pairs, ("sh:message", (text(says, "en"),)))
