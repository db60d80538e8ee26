"""The published shapes and `kg check` agree: what is sound conforms, what is wrong does not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pyshacl import validate
from rdflib import Graph, URIRef

from kg import publish
from kg.check import check, lens_named
from kg.lens import Lens
from kg.model.dials import Inference
from kg.model.facts import FactSet
from kg.model.vocabulary import Vocabulary
from kg.publish.shapes import SHAPES
from kg.rdf.dataset import to_dataset, to_rdflib
from kg.scene import look
from tests.conftest import check_all, code_names, folder_texts, shipped_facts, sound_facts
from tests.test_publish import EVERY_KEY, STARTER

BASE = "https://example.org/test/"
SOURCE_SHAPE = URIRef("http://www.w3.org/ns/shacl#sourceShape")

PREFIXES = f"""
    PREFIX e: <{BASE}entity/>
    PREFIX c: <{BASE}claim/>
    PREFIX s: <{BASE}source/>
    PREFIX kg: <https://w3id.org/actor-kg/ontology#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX oa: <http://www.w3.org/ns/oa#>
    PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
"""


@cache
def core() -> tuple[Graph, Graph]:
    """The shapes and the ontology of the core."""
    return _published(shipped_facts().vocabulary)


@cache
def some_vocabulary() -> Vocabulary:
    """A part of the core: the shapes of its other relations are alike and cost time."""
    whole = shipped_facts().vocabulary
    kept = ("alignment", "alliedWith", "amountsTo", "backs", "givesMilitarySupportTo", "support")
    some = {id: whole.relations[id] for id in kept}
    return Vocabulary(whole.types, some, {"cow": whole.schemes["cow"]})


@cache
def some_shapes() -> tuple[Graph, None]:
    """The shapes of that part, without the ontology: the graph itself says what is a subclass."""
    return _published(some_vocabulary())[0], None


def _published(vocabulary: Vocabulary) -> tuple[Graph, Graph]:
    made = publish.artifacts(vocabulary)
    shapes, ontology = (
        Graph().parse(data=made[name], format="turtle") for name in ("shapes.ttl", "kg.ttl")
    )
    return shapes, ontology


def graph_of(facts: FactSet, lens: Lens | None = None) -> Graph:
    """The graph as it is claimed: what follows from an edge that is wrong is wrong as well."""
    return to_rdflib(to_dataset(look(facts, lens or Lens(inference=Inference.OFF))))


def broken(
    data: Graph, published: tuple[Graph, Graph | None] | None = None, **options: Any
) -> set[str]:
    """The names of the shapes that the data does not conform to."""
    shapes, ontology = published or core()
    conforms, report, _ = validate(data, shacl_graph=shapes, ont_graph=ontology, **options)
    assert isinstance(report, Graph)
    found = {str(shape).removeprefix(SHAPES) for shape in report.objects(None, SOURCE_SHAPE)}
    assert conforms == (not found)
    return found


# -- what is sound ------------------------------------------------------------------------------


@pytest.mark.parametrize("lens", ["default", "escalation", "certain"])
def test_the_shipped_graph_conforms(lens: str) -> None:
    facts = shipped_facts()
    turned = Lens() if lens == "default" else lens_named(lens, facts)
    assert set() == broken(graph_of(facts, turned))


def test_the_shipped_graph_conforms_to_a_reasoner() -> None:
    assert set() == broken(graph_of(shipped_facts()), inference="rdfs")


def test_a_graph_with_every_key_conforms() -> None:
    assert set() == broken(graph_of(sound_facts(EVERY_KEY)))


def test_the_starter_conforms_to_the_shapes_of_its_own_vocabulary() -> None:
    facts = check(folder_texts(STARTER)).facts
    assert set() == broken(graph_of(facts), _published(facts.vocabulary))


def test_the_shapes_are_shapes() -> None:
    """SHACL has shapes for shapes."""
    shapes, _ = some_shapes()
    conforms, _, words = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, words


# -- what is wrong ------------------------------------------------------------------------------

#: For each seeded violation, an update and the shape that must find it.
SEEDED = {
    "Claim-label": "DELETE { c:ally rdfs:label ?x } INSERT {} WHERE { c:ally rdfs:label ?x }",
    "Claim-subject": "DELETE WHERE { c:ally rdf:subject ?x }",
    "Claim-predicate": "DELETE WHERE { c:ally rdf:predicate ?x };"
    "INSERT DATA { c:ally rdf:predicate kg:polarity }",
    "Claim-object": "INSERT DATA { c:ally rdf:object e:bay }",
    "Claim-polarity": "DELETE WHERE { c:gives kg:polarity ?x };"
    "INSERT DATA { c:gives kg:polarity kg:negative }",
    "Claim-modality": "INSERT DATA { c:gives kg:modality kg:actual }",
    "Claim-basis": "DELETE WHERE { c:gives kg:basis ?x }",
    "Claim-holds": 'DELETE WHERE { c:ally kg:holds ?x }; INSERT DATA { c:ally kg:holds "yes" }',
    "Claim-source": "DELETE WHERE { c:ally kg:source ?x };"
    "INSERT DATA { c:ally kg:source e:norland }",
    "Claim-hadPrimarySource": "DELETE WHERE { c:ally prov:hadPrimarySource ?x };"
    "INSERT DATA { c:ally prov:hadPrimarySource s:report }",
    "Claim-condition": "INSERT DATA { c:ally kg:condition e:bay }",
    "Claim-validFrom": "DELETE WHERE { c:gives kg:validFrom ?x };"
    'INSERT DATA { c:gives kg:validFrom "2030-01-01"^^xsd:date }',
    "Claim-validUntil": "DELETE WHERE { c:gives kg:validUntil ?x };"
    'INSERT DATA { c:gives kg:validUntil "2025" }',
    "Claim-passage": "INSERT DATA { c:ally kg:passage e:bay }",
    "Claim-credibility": "INSERT DATA { c:ally kg:credibility 7 }",
    "Claim-likelihood": 'INSERT DATA { c:ally kg:likelihood "probable" }',
    "Claim-quantityMin": "DELETE WHERE { c:gives kg:quantityMin ?x };"
    "INSERT DATA { c:gives kg:quantityMin 1000.0 }",
    "Attribution": "DELETE WHERE { ?a kg:speaker e:deep-throat }",
    "Attribution-position": "DELETE WHERE { ?a kg:position 1 }; "
    f"INSERT DATA {{ <{BASE}attribution/gives/1> kg:position 0 }}",
    "Source-title": "DELETE WHERE { s:article dcterms:title ?x }",
    "Source-reliability": "DELETE WHERE { s:article kg:reliability ?x };"
    'INSERT DATA { s:article kg:reliability "G" }',
    "Source-sha256": "DELETE WHERE { s:article kg:sha256 ?x };"
    'INSERT DATA { s:article kg:sha256 "abc" }',
    "Passage-hasSource": f"DELETE WHERE {{ <{BASE}passage/article/H> oa:hasSource ?x }}",
    "Selector-start": f"DELETE WHERE {{ <{BASE}passage/article/H#position> oa:start ?x }};"
    f"INSERT DATA {{ <{BASE}passage/article/H#position> oa:start 20 }}",
    "Lens-asOf": "DELETE WHERE { ?lens kg:asOf ?x }",
    "Relation-aspect": "INSERT DATA { kg:backs kg:aspect kg:process }",
    "Thing-label": 'INSERT DATA { e:bay rdfs:label "The bay" }',
    "Thing-type": "DELETE WHERE { e:bay a ?x }",
    "code-cow": 'INSERT DATA { e:sudland kg:cow "GER" }',
    "alliedWith-from": "INSERT DATA { e:bay kg:alliedWith e:norland }",
    "alliedWith-to": "INSERT DATA { e:norland kg:alliedWith e:bay }",
    "alliedWith-subject": "DELETE WHERE { c:ally rdf:subject ?x };"
    "INSERT DATA { c:ally rdf:subject e:bay }",
    "alliedWith-object": "DELETE WHERE { c:ally rdf:object ?x };"
    'INSERT DATA { c:ally rdf:object "Sudland" }',
    "amountsTo-object": "DELETE WHERE { c:worth rdf:object ?x };"
    'INSERT DATA { c:worth rdf:object "15000000 USD" }',
    "amountsTo-to": "INSERT DATA { e:fund kg:amountsTo e:bay }",
}


@cache
def _sound() -> bytes:
    facts = replace(sound_facts(EVERY_KEY), vocabulary=some_vocabulary())
    return to_dataset(look(facts, Lens())).turtle()


def _changed(update: str) -> Graph:
    graph = Graph().parse(data=_sound(), format="turtle")
    before = set(graph)
    graph.update(PREFIXES + update)
    assert before != set(graph)
    return graph


@pytest.mark.parametrize("shape", SEEDED)
def test_a_seeded_violation_is_found(shape: str) -> None:
    assert shape in broken(_changed(SEEDED[shape]), some_shapes())


@pytest.mark.parametrize(
    "update",
    [
        # certain, but not in force
        "DELETE WHERE { c:gives kg:certain ?x }; INSERT DATA { c:gives kg:certain true }",
        # only presupposed, but in force
        "DELETE WHERE { c:taken kg:holds ?x . c:taken kg:withheld ?y };"
        "INSERT DATA { c:taken kg:holds true }",
        # not in force, but it does not say why
        "DELETE WHERE { c:taken kg:withheld ?x }",
        # in force, but with a reason why not
        'INSERT DATA { c:ally kg:withheld "not at that time" }',
        # read in another source than the passage's
        f"DELETE WHERE {{ <{BASE}passage/article/H> oa:hasSource ?x }};"
        f"INSERT DATA {{ <{BASE}passage/article/H> oa:hasSource s:report }}",
    ],
)
def test_a_claim_that_contradicts_itself_is_found(update: str) -> None:
    assert "Claim" in broken(_changed(update), some_shapes())


def test_an_attribution_that_is_not_in_the_chain_is_found() -> None:
    found = broken(_changed("INSERT DATA { c:gives prov:wasAttributedTo e:paper }"), some_shapes())
    assert 1 == len(found)


# -- the judge ----------------------------------------------------------------------------------

THINGS = """
    entities:
      norland: {type: State, name: Norland}
      bay: {type: Region, name: Bay}
    sources: {report: {type: Report, title: A report, published: 2025}}
    facts: [{id: x, subject: %s, relation: backs, object: %s, source: report}]
"""


@pytest.mark.parametrize(
    ("subject", "target", "code", "shapes"),
    [
        ("bay", "norland", "domain", {"backs-from", "backs-subject"}),
        ("norland", "bay", "range", {"backs-to", "backs-object"}),
    ],
)
def test_check_and_shapes_find_the_same(
    subject: str, target: str, code: str, shapes: set[str]
) -> None:
    checked = check_all(THINGS % (subject, target))
    assert code in code_names(checked.diagnostics)
    assert shapes == broken(graph_of(checked.facts), some_shapes())
