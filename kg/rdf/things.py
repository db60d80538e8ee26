"""What an entity and a source become, with the direct edges from them.

Each has one `rdfs:label`, so a query never doubles its rows by asking for the label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from kg.derive import Inferred
from kg.model.facts import Entity, FactSet, Identity, Source, directions
from kg.model.vocabulary import Vocabulary
from kg.rdf.iris import Minted, kg_name
from kg.rdf.resource import Pairs, Resource, add_text
from kg.rdf.terms import address, in_order, integer, text, written_date
from kg.scene import Scene

#: By the term of a subject and of a relation, the terms of the objects.
Edges = Mapping[str, Mapping[str, set[str]]]


def edges_written(scene: Scene, inferred: Iterable[Inferred], minted: Minted) -> Edges:
    """The claims that are edges and what follows from them; a symmetric one stands at both ends."""
    edges: dict[str, dict[str, set[str]]] = {}
    for claim in scene.edges:
        for subject, object_ in directions(claim, scene.facts.vocabulary):
            found = edges.setdefault(minted.thing(subject), {})
            found.setdefault(kg_name(claim.relation), set()).add(minted.object(object_))
    for each in inferred:
        found = edges.setdefault(minted.thing(each.subject), {})
        found.setdefault(kg_name(each.relation), set()).add(minted.object(each.object))
    return edges


def entity_resource(
    entity: Entity, vocabulary: Vocabulary, minted: Minted, edges: Edges
) -> Resource:
    """An entity with its names, its codes and what it is linked to."""
    subject = minted.thing(entity.id)
    pairs: Pairs = [("a", (kg_name(entity.type),)), ("rdfs:label", (text(entity.name),))]
    if entity.labels:
        labels = [text(label, language) for language, label in entity.labels]
        pairs.append(("skos:prefLabel", in_order(labels)))
    if entity.aliases:
        pairs.append(("skos:altLabel", in_order([text(alias) for alias in entity.aliases])))
    add_text(pairs, "dcterms:description", entity.description)
    _add_codes(pairs, entity, vocabulary)
    if entity.close_match:
        pairs.append(("skos:closeMatch", minted.each(entity.close_match)))
    for name, is_ruled_out in (("kg:implies", False), ("kg:excludes", True)):
        scenarios = [c.scenario for c in entity.implies if c.is_ruled_out is is_ruled_out]
        if scenarios:
            pairs.append((name, minted.each(scenarios)))
    add_text(pairs, "skos:note", entity.note)
    return Resource(subject, (*pairs, *_edges_from(subject, edges)))


def identity_resource(identity: Identity, minted: Minted) -> Resource:
    """What a curator decided on whether entities are one, and why."""
    pairs: Pairs = [
        ("a", ("kg:Identity",)),
        ("kg:concerns", minted.each(identity.entities)),
        ("kg:verdict", (kg_name(identity.verdict),)),
        ("kg:reason", (text(identity.reason),)),
    ]
    add_text(pairs, "dcterms:creator", identity.by)
    if identity.recorded is not None:
        pairs.append(("kg:recorded", (written_date(identity.recorded),)))
    return Resource(minted.identity(identity.id), tuple(pairs))


def same_as_resource(id: str, facts: FactSet, minted: Minted) -> Resource:
    """An entity that goes by another's id: nothing else is said of it under its own."""
    return Resource(minted.thing(id), (("owl:sameAs", (minted.thing(facts.kept(id)),)),))


def source_resource(source: Source, minted: Minted, edges: Edges) -> Resource:
    """A source with where it comes from, how good it is and what it is linked to."""
    subject, title = minted.thing(source.id), text(source.title)
    pairs: Pairs = [
        ("a", (kg_name(source.type),)),
        ("rdfs:label", (title,)),
        ("dcterms:title", (title,)),
    ]
    add_text(pairs, "dcterms:creator", source.author)
    add_text(pairs, "dcterms:description", source.description)
    if source.published_text is not None:
        pairs.append(("dcterms:issued", (written_date(source.published_text),)))
    add_text(pairs, "dcterms:language", source.language)
    if source.publisher is not None:
        pairs.append(("dcterms:publisher", (minted.thing(source.publisher),)))
    if source.archived is not None:
        pairs.append(("kg:archived", (address(source.archived),)))
    if source.text is not None:
        pairs.append(("kg:characters", (integer(source.text.characters),)))
    add_text(pairs, "kg:marking", source.marking)
    add_text(pairs, "kg:reliability", source.reliability)
    if source.retrieved is not None:
        pairs.append(("kg:retrieved", (written_date(source.retrieved),)))
    if source.text is not None:
        pairs.append(("kg:sha256", (text(source.text.sha256),)))
    if source.based_on:
        pairs.append(("prov:wasDerivedFrom", minted.each(source.based_on)))
    if source.url is not None:
        pairs.append(("schema:url", (address(source.url),)))
    add_text(pairs, "skos:note", source.note)
    return Resource(subject, (*pairs, *_edges_from(subject, edges)))


def _add_codes(pairs: Pairs, entity: Entity, vocabulary: Vocabulary) -> None:
    by_scheme: dict[str, set[str]] = {}
    matches = set()
    for scheme_id, code in entity.codes:
        by_scheme.setdefault(scheme_id, set()).add(text(code))
        scheme = vocabulary.schemes.get(scheme_id)
        if scheme is not None and scheme.iri is not None:
            matches.add(address(scheme.iri.replace("{}", quote(code, safe=""))))
    pairs += [(kg_name(scheme), tuple(sorted(by_scheme[scheme]))) for scheme in sorted(by_scheme)]
    if matches:
        pairs.append(("skos:exactMatch", tuple(sorted(matches))))


def _edges_from(subject: str, edges: Edges) -> Pairs:
    found = edges.get(subject, {})
    return [(relation, tuple(sorted(found[relation]))) for relation in sorted(found)]
