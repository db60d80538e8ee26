"""The triples of a scene, and what they are written as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.derive import Inferred, derive
from kg.rdf.claims import claim_resources, decision_resource, inference_resource
from kg.rdf.documents import jsonld_document, triples, turtle_document
from kg.rdf.iris import Minted, prefixes_of
from kg.rdf.passages import passage_resources
from kg.rdf.resource import Resource
from kg.rdf.terms import iri, split_literal, text
from kg.rdf.things import (
    edges_written,
    entity_resource,
    identity_resource,
    same_as_resource,
    source_resource,
)
from kg.rdf.vocabulary import relation_resource, type_resource, word_resources
from kg.scene import Scene

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True)
class Dataset:
    """The triples of a scene, by subject, in an order that the facts alone decide."""

    prefixes: Mapping[str, str]
    resources: Iterable[Resource]  #: may be gone through again and again
    graph: str  #: the IRI of the named graph that holds the same triples in N-Quads

    def turtle(self) -> bytes:
        """The triples as Turtle."""
        return turtle_document(self.prefixes, self.resources)

    def ntriples(self) -> bytes:
        """The triples as sorted N-Triples."""
        return "".join(f"{triple} .\n" for triple in self._lines).encode()

    def nquads(self) -> bytes:
        """The triples as sorted N-Quads, in the named graph of the lens."""
        end = f" <{self.graph}> .\n"
        return "".join(triple + end for triple in self._lines).encode()

    def jsonld(self) -> bytes:
        """The triples as JSON-LD, one node a subject, in the default graph."""
        return jsonld_document(self.prefixes, self.resources)

    def triples(self) -> Iterator[tuple[str, str, str]]:
        """Each triple, its terms as N-Triples writes them."""
        return triples(self.prefixes, self.resources)

    @cached_property
    def _lines(self) -> list[str]:
        return sorted({f"{s} {p} {o}" for s, p, o in self.triples()})


def to_dataset(scene: Scene) -> Dataset:
    """Everything the facts say as RDF, with the direct edges that `scene` lets hold."""
    minted = Minted.of(scene.facts)
    graph = minted.graph(scene.lens.name)
    resources = _Resources(scene, minted, derive(scene))
    return Dataset(prefixes_of(scene.facts.profile), resources, graph)


def to_rdflib(dataset: Dataset) -> Graph:
    """The triples as an rdflib graph, with the prefixes bound."""
    from rdflib import Graph  # imported here: it costs more than all of kg

    graph = Graph()
    for name, namespace in dataset.prefixes.items():
        graph.bind(name, namespace, override=True, replace=True)
    terms = _RdflibTerms()
    for subject, predicate, term in dataset.triples():
        graph.add((terms[subject], terms[predicate], terms[term]))
    return graph


@dataclass(frozen=True, slots=True)
class _Resources:
    """The resources of a scene, made anew each time: kept, they would cost more than to make."""

    scene: Scene
    minted: Minted
    inferred: tuple[Inferred, ...]

    def __iter__(self) -> Iterator[Resource]:
        scene, minted, facts = self.scene, self.minted, self.scene.facts
        edges = edges_written(scene, self.inferred, minted)
        yield _lens(scene, minted)
        yield from word_resources()
        yield from map(type_resource, _by_id(facts.vocabulary.types))
        yield from map(relation_resource, _by_id(facts.vocabulary.relations))
        for entity in _by_id(facts.entities):
            yield entity_resource(entity, facts.vocabulary, minted, edges)
        for id in sorted(facts.same_as):
            yield same_as_resource(id, facts, minted)
        for source in _by_id(facts.sources):
            yield source_resource(source, minted, edges)
        yield from passage_resources(facts, minted)
        for claim in _by_id(facts.claims):
            yield from claim_resources(claim, scene, minted)
        for each in self.inferred:
            yield inference_resource(each, scene.facts, minted)
        for decision in _by_id(facts.decisions):
            yield decision_resource(decision, minted)
        for identity in _by_id(facts.identities):
            yield identity_resource(identity, minted)


def _lens(scene: Scene, minted: Minted) -> Resource:
    return Resource(
        iri(minted.graph(scene.lens.name)),
        (
            ("a", ("kg:Lens",)),
            ("rdfs:label", (text(scene.lens.name),)),
            ("dcterms:description", (text(scene.describe()),)),
            ("dcterms:title", (text(scene.facts.profile.title),)),
            ("kg:asOf", (text(scene.as_of.text),)),
        ),
    )


def _by_id(things: Mapping[str, Any]) -> Iterator[Any]:
    return (things[id_] for id_ in sorted(things))


class _RdflibTerms(dict[str, Any]):
    """Terms of N-Triples as rdflib has them, each worked out once."""

    def __missing__(self, term: str) -> Any:
        from rdflib import Literal as RdflibLiteral
        from rdflib import URIRef

        if term.startswith("<"):
            value: Any = URIRef(term[1:-1])
        else:
            written, language, datatype = split_literal(term)
            kind = URIRef(datatype[1:-1]) if datatype else None
            value = RdflibLiteral(written, lang=language, datatype=kind)
        self[term] = value
        return value
