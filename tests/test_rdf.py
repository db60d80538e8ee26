"""Facts as RDF: what is written, what never is, and that every format says the same."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lens import Lens, make_lens
from kg.model.dials import Inference
from kg.model.facts import FactSet
from kg.rdf.dataset import Dataset, to_dataset, to_rdflib
from kg.rdf.documents import turtle_document
from kg.rdf.iris import prefixes_of
from kg.rdf.resource import Resource
from kg.rdf.terms import iri, split_literal, text, typed
from kg.scene import look
from kg.wording import said_by_sentence, sentence
from tests.conftest import shipped_facts, sound_facts

KG = "https://w3id.org/actor-kg/ontology#"
BASE = "https://example.org/test/"

FACTS = """
    entities:
      russia:
        type: State
        name: Russia
        labels: {ru: Россия, RU-latn: Rossija}
        aliases: [Moscow]
        codes: {wikidata: Q159, iso3166: RU}
        description: A state
        note: a note
      china: {type: State, name: China, close_match: russia}
      venezuela: {type: State, name: Venezuela}
      someone: {type: UnnamedSource, name: Somebody in office}
      reward: {type: Reward, name: A reward}
      escalation: {type: Scenario, name: An escalation}
    sources:
      paper:
        type: NewsArticle
        title: 'A "paper"'
        publisher: russia
        published: 2025-12
        url: https://example.org/a?b=c
        archived: https://example.org/d%zz[1]
        retrieved: 2025-12-04
        author: A. Author
        language: en
        based_on: report
        reliability: F
        text:
          sha256: 51636a7bd9a34dd3c3aaa044403057636703d840ef15160ed97e96779789e43a
          characters: 100
          parts: {H: 0-10, P1: 11-90}
          headline: H
      report: {type: Report, title: A report}
    defaults: {source: paper}
    facts:
      - id: backs
        subject: [russia, china]
        relation: backs
        object: venezuela
        when: 2022/..
        passage: H
        credibility: 2
        likelihood: likely
        tags: [b, a]
        recorded: 2025-12-05
        note: why
      - {id: allied, subject: russia, relation: alliedWith, object: venezuela, passage: P1}
      - id: denied
        subject: russia
        relation: lendsTo
        object: venezuela
        polarity: denied
        degree: extensive
        passage: {part: P1, chars: 3-7, quote: few}
      - id: intended
        subject: russia
        relation: givesMilitarySupportTo
        object: venezuela
        modality: intended
        said_by:
          - report
          - unknown
          - {by: someone, verb: revealed}
          - {by: subject, verb: informed}
      - id: conditional
        subject: russia
        relation: suppliesArmsTo
        object: venezuela
        condition: escalation
      - id: hypothetical
        subject: escalation
        relation: hasParty
        object: russia
        modality: hypothetical
      - id: presupposed
        subject: russia
        relation: confronts
        object: china
        basis: presupposed
        about: backs
      - {id: over, subject: russia, relation: partnerOf, object: venezuela, when: /2001}
      - {id: amount, subject: reward, relation: amountsTo, object: "~200..900.50 USD (a few)"}
      - id: presence
        subject: russia
        relation: maintainsPersonnelIn
        object: venezuela
        quantity: 300 person
        place: venezuela
        against: [china]
        manner: openly
    """


@pytest.fixture(scope="module")
def facts() -> FactSet:
    return sound_facts(FACTS)


@pytest.fixture(scope="module")
def dataset(facts: FactSet) -> Dataset:
    return to_dataset(look(facts, Lens()))


@pytest.fixture(scope="module")
def graph(dataset: Dataset) -> rdflib.Graph:
    return to_rdflib(dataset)


def term(name: str) -> rdflib.URIRef:
    prefixes = {"e": f"{BASE}entity/", "c": f"{BASE}claim/", "s": f"{BASE}source/", "kg": KG}
    prefix, _, local = name.partition(":")
    if prefix in prefixes:
        return rdflib.URIRef(prefixes[prefix] + local)
    namespaces = {"rdf": rdflib.RDF, "rdfs": rdflib.RDFS, "skos": rdflib.SKOS, "prov": rdflib.PROV,
                  "dcterms": rdflib.DCTERMS, "oa": rdflib.Namespace("http://www.w3.org/ns/oa#"),
                  "schema": rdflib.Namespace("https://schema.org/")}  # fmt: skip
    return rdflib.URIRef(str(namespaces[prefix]) + local)


def values(graph: rdflib.Graph, subject: str | rdflib.term.Node, predicate: str) -> list[str]:
    """The objects, shortened, in order."""
    node = subject if isinstance(subject, rdflib.term.Node) else term(subject)
    return sorted(short(found) for found in graph.objects(node, term(predicate)))


def short(node: rdflib.term.Node) -> str:
    full = str(node)
    if isinstance(node, rdflib.Literal) and node.language:
        full += f"@{node.language}"
    for name, space in (("e", "entity/"), ("c", "claim/"), ("s", "source/"), ("", "")):
        if full.startswith(BASE + space):
            return f"{name}:{full.removeprefix(BASE + space)}"
    return full.replace(KG, "kg:").replace("http://www.w3.org/ns/oa#", "oa:")


# -- what is written ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ("rdf:type", ["kg:Claim"]),
        ("rdf:subject", ["e:russia"]),
        ("rdf:predicate", ["kg:backs"]),
        ("rdf:object", ["e:venezuela"]),
        ("kg:polarity", ["kg:affirmed"]),
        ("kg:modality", ["kg:actual"]),
        ("kg:basis", ["kg:stated"]),
        ("kg:holds", ["true"]),
        ("kg:certain", ["true"]),
        ("kg:withheld", []),
        ("kg:fact", ["backs"]),
        ("kg:source", ["s:paper"]),
        ("prov:hadPrimarySource", ["s:paper"]),
        ("kg:passage", [":passage/paper/H"]),
        ("kg:when", ["2022/.."]),
        ("kg:validFrom", ["2022-01-01"]),
        ("kg:validUntil", []),
        ("kg:certainFrom", ["2022-12-31"]),
        ("kg:certainUntil", ["2025-12-31"]),
        ("kg:credibility", ["2"]),
        ("kg:likelihood", ["likely"]),
        ("kg:tag", ["a", "b"]),
        ("kg:recorded", ["2025-12-05"]),
        ("kg:note", ["why"]),
        ("kg:degree", []),
        ("kg:condition", []),
    ],
)
def test_a_claim_says_all_that_qualifies_it(
    graph: rdflib.Graph, predicate: str, expected: list[str]
) -> None:
    assert expected == values(graph, "c:backs--russia", predicate)


def test_a_claim_is_labelled_with_its_sentence(facts: FactSet, graph: rdflib.Graph) -> None:
    claim = facts.claims["intended"]
    assert [sentence(claim, facts)] == values(graph, "c:intended", "rdfs:label")
    assert [said_by_sentence(claim, facts)] == values(graph, "c:intended", "kg:saidBy")


def test_qualifiers_go_by_their_key(graph: rdflib.Graph) -> None:
    claim = "c:presence"
    assert ["e:venezuela"] == values(graph, claim, "kg:place")
    assert ["e:china"] == values(graph, claim, "kg:against")
    assert ["openly"] == values(graph, claim, "kg:manner")
    assert ["300 person"] == values(graph, claim, "kg:quantity")
    assert ["c:backs--china", "c:backs--russia"] == values(graph, "c:presupposed", "kg:about")
    assert ["extensive"] == values(graph, "c:denied", "kg:degree")
    assert ["few"] == values(graph, "c:denied", "kg:quote")
    assert ["e:escalation"] == values(graph, "c:conditional", "kg:condition")


def test_a_claim_that_does_not_hold_says_why(graph: rdflib.Graph) -> None:
    assert ["not stated as actual"] == values(graph, "c:intended", "kg:withheld")
    assert ["false"] == values(graph, "c:intended", "kg:holds")
    assert ["true"] == values(graph, "c:denied", "kg:holds")


def test_the_chain_is_ordered_named_nodes(graph: rdflib.Graph) -> None:
    links = [f":attribution/intended/{n}" for n in (1, 2, 3, 4)]
    assert links == values(graph, "c:intended", "kg:attribution")
    nodes = [rdflib.URIRef(BASE + link[1:]) for link in links]
    assert [["1"], ["2"], ["3"], ["4"]] == [values(graph, n, "kg:position") for n in nodes]
    assert [["s:report"], [], ["e:someone"], ["e:russia"]] == [
        values(graph, node, "kg:speaker") for node in nodes
    ]
    assert [[], ["true"], [], []] == [values(graph, node, "kg:unknown") for node in nodes]
    assert [[], [], ["revealed"], ["informed"]] == [values(graph, n, "kg:verb") for n in nodes]
    expected = ["e:russia", "e:someone", "s:report"]
    assert expected == values(graph, "c:intended", "prov:wasAttributedTo")


def test_a_time_has_its_widest_and_its_certain_bounds(graph: rdflib.Graph) -> None:
    def bounds(claim: str) -> list[list[str]]:
        names = ("kg:validFrom", "kg:validUntil", "kg:certainFrom", "kg:certainUntil")
        return [values(graph, claim, name) for name in names]

    # with no time of its own a state holds in the month of its source, and possibly on
    assert [["2025-12-01"], [], ["2025-12-31"], []][:2] == bounds("c:allied")[:2]
    # over by the end of 2001, begun nobody knows when: nothing of it is certain but its end
    assert [[], ["2001-12-31"]] == bounds("c:over")[:2]
    assert [] == values(graph, "c:over", "kg:certainFrom")
    literal = next(graph.objects(term("c:backs--russia"), term("kg:validFrom")))
    assert isinstance(literal, rdflib.Literal)
    assert rdflib.XSD.date == literal.datatype


def test_a_quantity_as_object_keeps_its_words_and_its_bounds(graph: rdflib.Graph) -> None:
    literal = next(graph.objects(term("c:amount"), term("rdf:object")))
    assert rdflib.Literal("~200..900.50 USD (a few)", datatype=term("kg:quantity")) == literal
    assert ["200"] == values(graph, "c:amount", "kg:quantityMin")
    assert ["900.5"] == values(graph, "c:amount", "kg:quantityMax")
    assert ["USD"] == values(graph, "c:amount", "kg:unit")
    assert ["true"] == values(graph, "c:amount", "kg:approximate")
    assert [literal] == list(graph.objects(term("e:reward"), term("kg:amountsTo")))


@pytest.mark.parametrize(
    ("written", "datatype"),
    [
        ("2025-12-02", "date"),
        ("2025-12", "gYearMonth"),
        ("2025", "gYear"),
        ("2025~", "string"),
        ("199X", "string"),
    ],
)
def test_a_date_is_typed_as_far_as_it_is_known(written: str, datatype: str) -> None:
    source = f"sources: {{paper: {{type: Report, title: T, published: {written}}}}}"
    graph = to_rdflib(to_dataset(look(sound_facts(source), Lens())))
    literal = next(graph.objects(term("s:paper"), term("dcterms:issued")))
    assert isinstance(literal, rdflib.Literal)
    assert (written, rdflib.XSD[datatype]) == (str(literal), literal.datatype or rdflib.XSD.string)


def test_an_entity_has_one_label_and_its_other_names_apart(graph: rdflib.Graph) -> None:
    assert ["Russia"] == values(graph, "e:russia", "rdfs:label")
    assert ["Rossija@ru-latn", "Россия@ru"] == values(graph, "e:russia", "skos:prefLabel")
    assert ["Moscow"] == values(graph, "e:russia", "skos:altLabel")
    assert ["kg:State"] == values(graph, "e:russia", "rdf:type")
    assert ["Q159"] == values(graph, "e:russia", "kg:wikidata")
    assert ["RU"] == values(graph, "e:russia", "kg:iso3166")
    match = ["http://www.wikidata.org/entity/Q159"]
    assert match == values(graph, "e:russia", "skos:exactMatch")
    assert ["e:russia"] == values(graph, "e:china", "skos:closeMatch")
    assert ["a note"] == values(graph, "e:russia", "skos:note")


def test_a_source_says_where_it_comes_from(graph: rdflib.Graph) -> None:
    expected = {
        "rdf:type": ["kg:NewsArticle"],
        "rdfs:label": ['A "paper"'],
        "dcterms:title": ['A "paper"'],
        "dcterms:publisher": ["e:russia"],
        "dcterms:creator": ["A. Author"],
        "dcterms:language": ["en"],
        "prov:wasDerivedFrom": ["s:report"],
        "kg:reliability": ["F"],
        "kg:characters": ["100"],
        "schema:url": ["https://example.org/a?b=c"],
        "kg:archived": ["https://example.org/d%25zz%5B1%5D"],
        "kg:retrieved": ["2025-12-04"],
    }
    assert expected == {name: values(graph, "s:paper", name) for name in expected}


def test_a_passage_is_a_position_in_the_text(graph: rdflib.Graph) -> None:
    passage = rdflib.URIRef(f"{BASE}passage/paper/P1/3-7")
    assert ["oa:SpecificResource"] == values(graph, passage, "rdf:type")
    assert ["s:paper"] == values(graph, passage, "oa:hasSource")
    assert ["P1"] == values(graph, passage, "kg:part")
    assert [] == values(graph, passage, "kg:headline")
    selector = rdflib.URIRef(f"{BASE}passage/paper/P1/3-7#position")
    assert [selector] == list(graph.objects(passage, term("oa:hasSelector")))
    assert ["oa:TextPositionSelector"] == values(graph, selector, "rdf:type")
    assert [["14"], ["18"]] == [values(graph, selector, x) for x in ("oa:start", "oa:end")]
    headline = rdflib.URIRef(f"{BASE}passage/paper/H")
    assert ["true"] == values(graph, headline, "kg:headline")


def test_the_vocabulary_is_there_to_be_asked(graph: rdflib.Graph) -> None:
    assert ["backs"] == values(graph, "kg:backs", "rdfs:label")
    assert ["is backed by"] == values(graph, "kg:backs", "kg:inverseLabel")
    assert ["kg:alignment"] == values(graph, "kg:backs", "rdfs:subPropertyOf")
    assert ["kg:Actor"] == values(graph, "kg:State", "rdfs:subClassOf")
    assert [["1"], ["1"]] == [
        values(graph, "kg:backs", name) for name in ("kg:subjectValence", "kg:objectValence")
    ]
    assert ["kg:event"] == values(graph, "kg:lendsTo", "kg:aspect")
    assert ["denied"] == values(graph, "kg:denied", "rdfs:label")


def test_the_lens_is_named(facts: FactSet) -> None:
    lens = make_lens("a b", {"as_of": ("2024",)}, facts, Lens())
    dataset = to_dataset(look(facts, lens))
    graph = to_rdflib(dataset)
    node = rdflib.URIRef(f"{BASE}graph/a%20b")
    assert f"{BASE}graph/a%20b" == dataset.graph
    assert ["2024"] == values(graph, node, "kg:asOf")
    description = "as of 2024; claims stated as actual"
    assert [description] == values(graph, node, "dcterms:description")


# -- direct edges ---------------------------------------------------------------------------------


def edges(facts: FactSet, lens: Lens) -> set[tuple[str, str, str]]:
    graph = to_rdflib(to_dataset(look(facts, lens)))
    relations = {rdflib.URIRef(KG + relation) for relation in facts.vocabulary.relations}
    return {
        (short(s), short(p).removeprefix("kg:"), short(o)) for s, p, o in graph if p in relations
    }


def test_only_what_is_affirmed_and_in_force_is_an_edge(facts: FactSet) -> None:
    assert {
        ("e:russia", "backs", "e:venezuela"),
        ("e:china", "backs", "e:venezuela"),
        ("e:russia", "alliedWith", "e:venezuela"),
        ("e:venezuela", "alliedWith", "e:russia"),
        ("e:russia", "maintainsPersonnelIn", "e:venezuela"),
        ("e:reward", "amountsTo", "~200..900.50 USD (a few)"),
    } == edges(facts, Lens(inference=Inference.OFF))


def test_no_lens_makes_an_edge_of_what_is_denied_or_presupposed(facts: FactSet) -> None:
    dials = {
        "assume": ("escalation",),
        "modality": ("actual", "intended", "desired", "expected", "considered", "hypothetical"),
        "as_of": ("1900/2100",),
    }
    found = {relation for _, relation, _ in edges(facts, make_lens("all", dials, facts, Lens()))}
    assert {"lendsTo", "confronts"}.isdisjoint(found)
    assert {"suppliesArmsTo", "givesMilitarySupportTo", "hasParty", "partnerOf"} < found


def test_shipped_denials_are_never_edges() -> None:
    facts = shipped_facts()
    dials = {"assume": ("us-escalation",), "modality": ("actual", "intended", "desired")}
    found = edges(facts, make_lens("open", dials, facts, Lens()))
    denied = [claim for claim in facts.claims.values() if claim.is_denied]
    assert denied
    for claim in denied:
        assert (f"e:{claim.subject}", claim.relation, f"e:{claim.object}") not in found


# -- formats --------------------------------------------------------------------------------------


def canonical(quads: Iterable[pyoxigraph.Quad]) -> set[str]:
    """The triples as oxigraph's store keeps them, whatever graph they are in."""
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return {str(quad.triple) for quad in store}


def read_by_oxigraph(data: bytes, form: pyoxigraph.RdfFormat) -> set[str]:
    return canonical(pyoxigraph.parse(data, form))


def read_by_rdflib(data: bytes, form: str) -> set[str]:
    found = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, in its parsers
        found.parse(data=data.decode(), format=form)
        triples = rdflib.Graph()
        for subject, predicate, value, _ in found.quads((None, None, None, None)):
            triples.add((subject, predicate, value))
    return read_by_oxigraph(triples.serialize(format="nt").encode(), pyoxigraph.RdfFormat.N_TRIPLES)


def assert_formats_agree(dataset: Dataset) -> None:
    expected = read_by_oxigraph(dataset.ntriples(), pyoxigraph.RdfFormat.N_TRIPLES)
    assert expected
    assert expected == read_by_oxigraph(dataset.turtle(), pyoxigraph.RdfFormat.TURTLE)
    assert expected == read_by_oxigraph(dataset.nquads(), pyoxigraph.RdfFormat.N_QUADS)
    assert expected == read_by_oxigraph(dataset.jsonld(), pyoxigraph.RdfFormat.JSON_LD)
    assert expected == read_by_rdflib(dataset.turtle(), "turtle")
    assert expected == read_by_rdflib(dataset.nquads(), "nquads")
    assert expected == read_by_rdflib(dataset.jsonld(), "json-ld")
    direct = to_rdflib(dataset).serialize(format="nt").encode()
    assert expected == read_by_oxigraph(direct, pyoxigraph.RdfFormat.N_TRIPLES)


def test_every_format_says_the_same_of_every_qualifier(dataset: Dataset) -> None:
    assert_formats_agree(dataset)


def test_every_format_says_the_same_of_the_shipped_facts() -> None:
    assert_formats_agree(to_dataset(look(shipped_facts(), Lens())))


def test_nquads_are_in_the_graph_of_the_lens(dataset: Dataset) -> None:
    quads = list(pyoxigraph.parse(dataset.nquads(), pyoxigraph.RdfFormat.N_QUADS))
    assert {f"{BASE}graph/default"} == {quad.graph_name.value for quad in quads}
    lines = dataset.nquads().splitlines()
    assert sorted(lines) == lines


def test_there_is_no_blank_node(dataset: Dataset) -> None:
    quads = list(pyoxigraph.parse(dataset.turtle(), pyoxigraph.RdfFormat.TURTLE))
    nodes = {type(node) for quad in quads for node in (quad.subject, quad.object)}
    assert {pyoxigraph.NamedNode, pyoxigraph.Literal} == nodes


def test_the_order_of_the_facts_does_not_matter(facts: FactSet, dataset: Dataset) -> None:
    turned = replace(
        facts,
        entities=dict(reversed(list(facts.entities.items()))),
        sources=dict(reversed(list(facts.sources.items()))),
        claims=dict(reversed(list(facts.claims.items()))),
    )
    again = to_dataset(look(turned, Lens()))
    assert dataset.turtle() == again.turtle()
    assert dataset.jsonld() == again.jsonld()


def test_a_prefix_that_ends_in_no_delimiter_still_works_in_jsonld(facts: FactSet) -> None:
    profile = replace(facts.profile, prefixes={"odd": "https://example.org/odd-"})
    dataset = to_dataset(look(replace(facts, profile=profile), Lens()))
    context = json.loads(dataset.jsonld())["@context"]
    assert {"@id": "https://example.org/odd-", "@prefix": True} == context["odd"]
    assert_formats_agree(dataset)


def test_kgs_own_prefixes_go_before_a_workspaces(facts: FactSet) -> None:
    profile = replace(facts.profile, prefixes={"kg": "https://example.org/other#", "x": "urn:x:"})
    found = prefixes_of(profile)
    assert (KG, "urn:x:", f"{BASE}entity/") == (found["kg"], found["x"], found["e"])


def test_a_document_takes_any_turtle_as_a_term() -> None:
    prefixes = {"x": "https://example.org/", "owl": "http://www.w3.org/2002/07/owl#"}
    union = "[ a owl:Class ; owl:unionOf ( x:A x:B ) ]"
    resources = [Resource("x:C", (("a", ("owl:Class",)), ("owl:equivalentClass", (union,))))]
    document = turtle_document(prefixes, [*resources, Resource("x:Empty", ())])
    assert document.startswith(b"@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix x:")
    assert 8 == len(list(pyoxigraph.parse(document, pyoxigraph.RdfFormat.TURTLE)))
    assert 8 == len(rdflib.Graph().parse(data=document, format="turtle"))


# -- hostile text ---------------------------------------------------------------------------------

HOSTILE = [
    'quotes " and \\" and \\',
    'ends" . e:a e:b e:c . "',
    "lines\nand\r\ntabs\t",
    "\u2028 \u2029 \u202e \ufeff \x00 \x07 \x7f \x85",
    "'''\"\"\"",
    "\\u0041 \\n",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 日本語 e\u0301",
    "<script>@prefix a: <b> .",
    "",
    "^^xsd:date @en",
]


def reread(literal: str) -> str:
    document = turtle_document({"xsd": "http://www.w3.org/2001/XMLSchema#"}, [
        Resource("<urn:a>", (("<urn:b>", (literal,)),))
    ])  # fmt: skip
    [quad] = pyoxigraph.parse(document, pyoxigraph.RdfFormat.TURTLE)
    [(_, _, found)] = rdflib.Graph().parse(data=document.decode(), format="turtle")
    assert isinstance(quad.object, pyoxigraph.Literal)
    assert str(found) == quad.object.value
    return quad.object.value


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_text_comes_back_as_it_was(value: str) -> None:
    assert value == reread(text(value))
    assert (value, None, None) == split_literal(text(value))
    assert (value, "en-gb", None) == split_literal(text(value, "en-GB"))
    assert (value, None, "xsd:date") == split_literal(typed(value, "xsd:date"))


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_any_text_comes_back_as_it_was(value: str) -> None:
    assert value == reread(text(value))


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_any_address_is_an_iri_or_text(value: str) -> None:
    paper = replace(shipped_facts().sources["wsj-report"], url=f"https://example.org/{value}")
    odd = replace(paper, id="odd", url=value)
    facts = replace(shipped_facts(), sources={paper.id: paper, "odd": odd}, claims={}, entities={})
    turtle = to_dataset(look(facts, Lens())).turtle()
    assert list(pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE))


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_nothing_ends_an_iri(value: str) -> None:
    written = iri(f"https://example.org/{value}")
    assert ("<", ">") == (written[0], written[-1])
    assert set('<>"{}|\\^` \n').isdisjoint(written[1:-1])


@pytest.mark.parametrize("language", ["en\n", "x y", 'a"', "", "@en"])
def test_a_language_that_is_none_is_left_out(language: str) -> None:
    assert '"a"' == text("a", language)


# -- speed ----------------------------------------------------------------------------------------
