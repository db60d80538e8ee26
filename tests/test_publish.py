"""What kg publishes: current, parsable, agreeing with what it writes and with what it reads."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from kg import lens, publish
from kg.check import check
from kg.lens import Lens
from kg.model.facts import Basis, FactSet, Modality, Polarity
from kg.model.interval import parse_date, parse_interval
from kg.model.prefixes import KG
from kg.model.text import SourceText
from kg.model.vocabulary import Aspect, Vocabulary
from kg.publish.terms import GROUPS, RELATION, WORDS
from kg.rdf.dataset import to_dataset
from kg.reading.keys import LENS
from kg.reading.vocabulary import Document, read_vocabulary
from kg.scene import look
from tests.conftest import ROOT, core_texts, folder_texts, shipped_facts, sound_facts, texts

PUBLISHED = ROOT / "ontology" / "published"
STARTER = ROOT / "examples" / "starter"

#: A workspace that uses every key that facts can have, so that all that kg writes is written.
EVERY_KEY = """
    entities:
      norland:
        type: State
        name: Norland
        labels: {no: Nordland}
        aliases: [North]
        codes: {cow: 385, iso3166: NO}
      sudland: {type: State, name: Sudland, description: A state., close_match: norland, note: N.}
      south: {type: State, name: South}
      flood: {type: Scenario, name: Flood, implies: [war, not:peace]}
      war: {type: Scenario, name: War}
      peace: {type: Scenario, name: Peace}
      fund: {type: Resource, name: Fund}
      bay: {type: Region, name: Bay}
      paper: {type: MediaOrganization, name: Paper}
      deep-throat: {type: UnnamedSource, name: Deep Throat}
    sources:
      article:
        type: NewsArticle
        title: An article
        publisher: paper
        published: 2025-12-02
        url: https://example.org/a
        archived: https://example.org/b
        retrieved: 2025-12
        author: Somebody
        language: en
        based_on: report
        reliability: B
        marking: CLEAR
        description: One article.
        note: Read twice.
        text:
          sha256: 51636a7bd9a34dd3c3aaa044403057636703d840ef15160ed97e96779789e43a
          characters: 100
          parts: {H: 0-20, P1: 21-100}
          headline: H
          unclaimed: P1
      report: {type: Report, title: A report, published: 2025~}
    facts:
      - id: gives
        subject: norland
        relation: givesMilitarySupportTo
        object: sudland
        source: article
        polarity: denied
        modality: intended
        condition: [flood, not:peace]
        supersedes: worth
        disputes: ally
        marking: AMBER
        degree: extensive
        when: 2024/2025-06
        said_by: [{by: report, verb: said}, unknown, {by: deep-throat}]
        passage: [H, {part: P1, chars: 3-9, quote: one word}]
        credibility: 3
        likelihood: very likely
        quantity: ~200..900 person (a few hundred)
        place: bay
        against: paper
        manner: secretly
        about: [worth, bay]
        tags: [aid, arms]
        recorded: 2025-12-03
        note: A note.
      - {id: worth, subject: fund, relation: amountsTo, object: 15000000 USD, source: article}
      - {id: ally, subject: norland, relation: alliedWith, object: sudland, source: article,
         when: 2020/..}
      - {id: taken, subject: norland, relation: backs, object: sudland, source: report,
         basis: presupposed}
      - {id: not-tied, subject: norland, relation: alignment, object: sudland, source: report,
         polarity: denied, when: 2020/..}
    decisions:
      - {id: trusted, claims: worth, over: taken, rank: preferred, reason: An audit., by: Me,
         recorded: 2025}
      - {id: distrusted, claims: taken, rank: deprecated, reason: Nobody said so.}
    identities:
      - {id: one, entities: [sudland, south], verdict: same, reason: Two spellings., by: Me,
         recorded: 2025-12}
"""  # fmt: skip


@cache
def shipped_vocabulary() -> Vocabulary:
    return shipped_facts().vocabulary


@cache
def published() -> dict[str, bytes]:
    return dict(publish.artifacts(shipped_vocabulary()))


@cache
def every_key() -> FactSet:
    return sound_facts(EVERY_KEY)


@cache
def starter() -> FactSet:
    return check(folder_texts(STARTER)).facts


def schema_of(name: str, vocabulary: Vocabulary) -> Draft202012Validator:
    return Draft202012Validator(json.loads(publish.ARTIFACTS[name](vocabulary)))


# -- the files ----------------------------------------------------------------------------------


def test_published_files_are_current() -> None:
    on_disk = {path.name: path.read_bytes() for path in PUBLISHED.iterdir()}
    assert sorted(published()) == sorted(on_disk)
    stale = [name for name, content in published().items() if on_disk[name] != content]
    assert [] == stale, "run 'kg publish'"


def test_reference_page_is_current() -> None:
    page = (ROOT / "docs" / "reference" / "ontology.md").read_bytes()
    assert publish.reference_page(shipped_vocabulary()).encode() == page, "run 'kg publish'"


def test_order_of_the_ontology_files_is_irrelevant() -> None:
    found: list[Any] = []
    documents = [_document(text) for text in core_texts()]
    backwards = read_vocabulary((), reversed(documents), found)
    assert [] == found
    assert published() == dict(publish.artifacts(backwards))
    assert publish.reference_page(shipped_vocabulary()) == publish.reference_page(backwards)


def _document(text: SourceText) -> Document:
    from kg.reading.document import read_document

    root = read_document(text, [])
    assert root is not None
    return Document(text.path, root)


@pytest.mark.parametrize("name", publish.ARTIFACTS)
def test_files_are_plain_utf8_text(name: str) -> None:
    text = published()[name].decode("utf-8")
    assert text.endswith("\n")
    assert [] == [line for line in text.splitlines(keepends=True) if not line.endswith("\n")]
    assert "\r" not in text


# -- OWL ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl"])
def test_turtle_is_the_same_to_rdflib_and_oxigraph(name: str) -> None:
    import pyoxigraph
    import rdflib

    graph = rdflib.Graph().parse(data=published()[name], format="turtle")
    quads = list(pyoxigraph.parse(published()[name], format=pyoxigraph.RdfFormat.TURTLE))
    assert len(quads) == len(graph) > 1000


def _triples(turtle: bytes) -> set[tuple[str, str, str]]:
    import pyoxigraph

    quads = pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


def _own_terms(triples: set[tuple[str, str, str]]) -> set[str]:
    """The terms of kg in any place, datatypes of literals too."""
    return {
        match
        for triple in triples
        for term in triple
        for match in re.findall(rf"<{re.escape(KG)}([^>]*)>$", term)
    }


@pytest.mark.parametrize("facts", [shipped_facts, every_key, starter])
def test_every_term_that_is_written_is_declared(facts: Callable[[], FactSet]) -> None:
    written = _own_terms(_triples(to_dataset(look(facts(), Lens())).turtle()))
    ontology = _triples(publish.artifacts(facts().vocabulary)["kg.ttl"])
    declared = {s for s, p, _ in ontology if p.endswith("#label>")}
    assert set() == {term for term in written if f"<{KG}{term}>" not in declared}


def test_every_term_that_is_declared_for_claims_is_written() -> None:
    written = _own_terms(_triples(to_dataset(look(every_key(), Lens())).turtle()))
    declared = {
        each.local
        for group in GROUPS
        if group is not RELATION
        for each in group.properties
        if each.is_own
    }
    words = {str(word) for _, members in WORDS.values() for word in members}
    assert set() == (declared | words | set(WORDS)) - written


def test_the_graph_and_the_ontology_say_the_same_of_relations_and_types() -> None:
    graph = _triples(to_dataset(look(shipped_facts(), Lens())).turtle())
    ontology = _triples(published()["kg.ttl"])
    own = {triple for triple in graph if triple[0].startswith(f"<{KG}")}
    worded = ("#label>", "#comment>", "#inverseLabel>", "#type>")
    assert set() == {t for t in own if not t[1].endswith(worded)} - ontology
    in_english = {(s, p, f"{o}@en") for s, p, o in own if p.endswith(worded[:3])}
    assert set() == {t for t in in_english if "#denied>" not in t[0]} - ontology


def test_every_word_of_a_claim_has_its_meaning() -> None:
    for enum in (Polarity, Modality, Basis, Aspect):
        assert list(enum) == list(WORDS[enum.__name__][1])


def test_a_relation_takes_no_more_than_the_one_it_refines() -> None:
    """In OWL a thing is of the domains of all the relations above: check must not allow more."""
    vocabulary = shipped_vocabulary()
    wider = []
    for relation in vocabulary.relations.values():
        parent = vocabulary.relations.get(relation.parent or "")
        if parent is None:
            continue
        if not all(vocabulary.is_any(each, parent.domain) for each in relation.domain):
            wider.append((relation.id, "domain"))
        if not all(vocabulary.is_any(each, parent.range) for each in relation.range):
            wider.append((relation.id, "range"))
    assert [] == wider


def test_no_term_of_kg_is_the_name_of_a_relation_type_or_scheme() -> None:
    vocabulary = shipped_vocabulary()
    own = {each.local for group in GROUPS for each in group.properties if each.is_own}
    own |= {str(word) for _, members in WORDS.values() for word in members} | set(WORDS)
    own |= {group.id for group in GROUPS if group.name}
    used = [*vocabulary.types, *vocabulary.relations, *vocabulary.schemes]
    assert [] == sorted(own.intersection(used))
    assert len(used) == len(set(used))


def test_a_symmetric_relation_takes_at_each_end_what_either_takes() -> None:
    ontology = """
        relations:
          twinnedWith:
            label: is twinned with
            inverse_label: is twinned with
            description: The two are twins.
            domain: City
            range: [City, Region]
            symmetric: true
    """
    vocabulary = check(texts(ontology=ontology)).facts.vocabulary
    owl = publish.artifacts(vocabulary)["kg.ttl"].decode()
    twinned = owl[owl.index("kg:twinnedWith a ") :].split(" .\n")[0]
    union = "[ a owl:Class ; owl:unionOf ( kg:City kg:Region ) ]"
    assert f"rdfs:domain {union}" in twinned
    assert f"rdfs:range {union}" in twinned


# -- JSON-LD ------------------------------------------------------------------------------------

#: rdflib's own JSON-LD parser uses what rdflib has deprecated.
RDFLIB_WARNS = "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"


def _context() -> Any:
    return json.loads(published()["context.jsonld"])["@context"]


@pytest.mark.filterwarnings(RDFLIB_WARNS)
@pytest.mark.parametrize("parse", ["rdflib", "oxigraph"])
def test_the_built_graph_means_the_same_with_the_published_context(parse: str) -> None:
    dataset = to_dataset(look(every_key(), Lens()))
    written = json.loads(dataset.jsonld())
    base = {name: dataset.prefixes[name] for name in ("e", "c", "s")}
    shared = {"@context": [_context(), base], "@graph": written["@graph"]}
    as_written, as_shared = (
        sorted(_statements(json.dumps(each), parse)) for each in (written, shared)
    )
    assert as_written == as_shared
    assert len(as_written) > 100


@pytest.mark.filterwarnings(RDFLIB_WARNS)
@pytest.mark.parametrize("parse", ["rdflib", "oxigraph"])
def test_a_claim_in_plain_json_is_rdf_with_the_context(parse: str) -> None:
    document = {
        "@context": _context(),
        "id": "https://example.org/claim/x",
        "type": "Claim",
        "label": "Norland does not back Sudland",
        "subject": "https://example.org/entity/norland",
        "predicate": "backs",
        "object": {"id": "https://example.org/entity/sudland"},
        "polarity": "denied",
        "holds": True,
        "validFrom": "2025-12-02",
        "quantityMin": 200,
        "note": "Seen.",
    }
    xsd = "http://www.w3.org/2001/XMLSchema#"
    rdf_ns = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    expected = {
        f"<{rdf_ns}type> <{KG}Claim>",
        '<http://www.w3.org/2000/01/rdf-schema#label> "Norland does not back Sudland"',
        f"<{rdf_ns}subject> <https://example.org/entity/norland>",
        f"<{rdf_ns}predicate> <{KG}backs>",
        f"<{rdf_ns}object> <https://example.org/entity/sudland>",
        f"<{KG}polarity> <{KG}denied>",
        f'<{KG}holds> "true"^^<{xsd}boolean>',
        f'<{KG}validFrom> "2025-12-02"^^<{xsd}date>',
        f'<{KG}quantityMin> "200"^^<{xsd}decimal>',
        f'<{KG}note> "Seen."',
    }
    claim = "<https://example.org/claim/x>"
    found = set(_statements(json.dumps(document), parse))
    assert {f"{claim} {each}" for each in expected} == found


def _statements(document: str, parse: str) -> Iterator[str]:
    import pyoxigraph
    import rdflib

    if parse == "rdflib":
        for subject, predicate, term in rdflib.Graph().parse(data=document, format="json-ld"):
            yield f"{subject.n3()} {predicate.n3()} {term.n3()}"
    else:
        for quad in pyoxigraph.parse(document, format=pyoxigraph.RdfFormat.JSON_LD):
            yield f"{quad.subject} {quad.predicate} {quad.object}"


# -- JSON Schema --------------------------------------------------------------------------------

SCHEMAS = ("facts.schema.json", "ontology.schema.json", "workspace.schema.json")


class _Core(yaml.SafeLoader):
    """YAML 1.2 with its core schema, as editors read it."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library's own attribute


_Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:~|null|Null|NULL|)$"), None)
_Core.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), None
)
_Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), None)
_Core.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?$"), None
)
_Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def _as_json(value: Any) -> Any:
    """A value as an editor hands it to a schema: keys and dates are text."""
    if isinstance(value, dict):
        return {str(key): _as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def load(text: str, loader: type[yaml.SafeLoader] = _Core) -> Any:
    return _as_json(yaml.load(text, loader))


def _schema_for(path: Path) -> str:
    if path.name == "kg.yaml":
        return "workspace.schema.json"
    return f"{path.parent.name}.schema.json"


def _files(root: Path) -> list[Path]:
    found = [root / "kg.yaml", *sorted(root.glob("ontology/*.yaml"))]
    return found + sorted(root.glob("facts/*.yaml"))


def _complaints(schema: Draft202012Validator, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in schema.iter_errors(value)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name: str) -> None:
    schema = json.loads(published()[name])
    Draft202012Validator.check_schema(schema)
    references = set(re.findall(r'"#/\$defs/([A-Za-z]+)"', published()[name].decode()))
    assert set(schema["$defs"]) >= references
    for definition in schema["$defs"].values():
        assert "title" in definition or "anyOf" in definition


@pytest.mark.parametrize("name", SCHEMAS)
def test_examples_in_schemas_are_valid(name: str) -> None:
    schema = json.loads(published()[name])
    examples = 0
    for definition, content in schema["$defs"].items():
        one = Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]})
        for example in content.get("examples", ()):
            assert [] == _complaints(one, example)
            examples += 1
    assert examples


@pytest.mark.parametrize("loader", [_Core, yaml.SafeLoader])
@pytest.mark.parametrize("path", _files(ROOT), ids=lambda path: path.name)
def test_schemas_take_the_shipped_files(path: Path, loader: type[yaml.SafeLoader]) -> None:
    schema = schema_of(_schema_for(path), shipped_vocabulary())
    assert [] == _complaints(schema, load(path.read_text("utf-8"), loader))


@pytest.mark.parametrize("path", _files(STARTER), ids=lambda path: path.name)
def test_schemas_of_its_own_vocabulary_take_the_starter(path: Path) -> None:
    schema = schema_of(_schema_for(path), starter().vocabulary)
    assert [] == _complaints(schema, load(path.read_text("utf-8")))


def test_schema_takes_every_key() -> None:
    schema = schema_of("facts.schema.json", shipped_vocabulary())
    assert [] == _complaints(schema, load(EVERY_KEY))


def test_schema_takes_a_section_of_which_only_the_key_is_written() -> None:
    schema = schema_of("facts.schema.json", shipped_vocabulary())
    assert [] == _complaints(schema, load("entities:\nsources:\nfacts:\n"))


def _facts(change: Callable[[Any], None]) -> Any:
    value = copy.deepcopy(load(EVERY_KEY))
    change(value)
    return value


FACT_MUTATIONS: dict[str, Callable[[Any], Any]] = {
    "unknown section": lambda v: v.update(claims=[]),
    "unknown key of an entity": lambda v: v["entities"]["norland"].update(nmae="N"),
    "unknown key of a source": lambda v: v["sources"]["article"].update(date="2025"),
    "unknown key of a fact": lambda v: v["facts"][0].update(polarty="denied"),
    "unknown key of a link": lambda v: v["facts"][0]["said_by"][0].update(who="x"),
    "unknown key of a passage": lambda v: v["facts"][0]["passage"][1].update(page=1),
    "unknown key of a text": lambda v: v["sources"]["article"]["text"].update(words=1),
    "unknown key of the defaults": lambda v: v.update(defaults={"subject": "norland"}),
    "entity without a type": lambda v: v["entities"]["norland"].pop("type"),
    "entity without a name": lambda v: v["entities"]["norland"].pop("name"),
    "source without a title": lambda v: v["sources"]["article"].pop("title"),
    "text without a hash": lambda v: v["sources"]["article"]["text"].pop("sha256"),
    "fact without an id": lambda v: v["facts"][0].pop("id"),
    "fact without a relation": lambda v: v["facts"][0].pop("relation"),
    "fact without a source": lambda v: v["facts"][0].pop("source"),
    "passage without a part": lambda v: v["facts"][0]["passage"][1].pop("part"),
    "unknown type": lambda v: v["entities"]["norland"].update(type="Country"),
    "a source that is no document": lambda v: v["sources"]["article"].update(type="State"),
    "unknown relation": lambda v: v["facts"][0].update(relation="supports"),
    "unknown relation in a list": lambda v: v["facts"][0].update(relation=["backs", "hates"]),
    "unknown scheme": lambda v: v["entities"]["norland"]["codes"].update(gwcode="385"),
    "code of another form": lambda v: v["entities"]["norland"]["codes"].update(iso3166="NOR"),
    "bad polarity": lambda v: v["facts"][0].update(polarity="negative"),
    "bad modality": lambda v: v["facts"][0].update(modality="planned"),
    "bad basis": lambda v: v["facts"][0].update(basis="implied"),
    "bad credibility": lambda v: v["facts"][0].update(credibility=7),
    "bad likelihood": lambda v: v["facts"][0].update(likelihood="probable"),
    "bad reliability": lambda v: v["sources"]["article"].update(reliability="G"),
    "bad id of an entity": lambda v: v["entities"].update({"Norland": {"type": "State"}}),
    "bad id of a fact": lambda v: v["facts"][0].update(id="gives--norland"),
    "bad id of a subject": lambda v: v["facts"][0].update(subject="Norland"),
    "bad date": lambda v: v["sources"]["article"].update(published="2 December 2025"),
    "bad interval": lambda v: v["facts"][0].update(when="2024 to 2025"),
    "bad range": lambda v: v["sources"]["article"]["text"]["parts"].update(P1="21"),
    "bad hash": lambda v: v["sources"]["article"]["text"].update(sha256="abc"),
    "bad language": lambda v: v["sources"]["article"].update(language="English, British"),
    "bad quantity": lambda v: v["facts"][0].update(quantity="many"),
    "bad address": lambda v: v["sources"]["article"].update(url="example.org/a"),
    "entities in a list": lambda v: v.update(entities=[{"id": "norland"}]),
    "facts in a mapping": lambda v: v.update(facts={"gives": {}}),
    "an entity as text": lambda v: v["entities"].update(norland="State"),
    "a list for one value": lambda v: v["facts"][0].update(place=["flood", "war"]),
    "an empty list": lambda v: v["facts"][0].update(subject=[]),
    "a mapping as object": lambda v: v["facts"][0].update(object={"id": "sudland"}),
}


@pytest.mark.parametrize("mutation", FACT_MUTATIONS)
def test_schema_refuses_what_is_wrong_in_facts(mutation: str) -> None:
    schema = schema_of("facts.schema.json", shipped_vocabulary())
    assert not schema.is_valid(_facts(FACT_MUTATIONS[mutation]))


def test_defaults_give_facts_their_source() -> None:
    def change(value: Any) -> None:
        value["defaults"] = {"source": "article"}
        for fact in value["facts"]:
            del fact["source"]

    schema = schema_of("facts.schema.json", shipped_vocabulary())
    assert [] == _complaints(schema, _facts(change))


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.update(kinds={}),
        lambda v: v["types"].update(institute={"label": "institute"}),
        lambda v: v["relations"].update(GrantsTransit={"label": "x"}),
        lambda v: v["relations"]["cooks"].update(valence={"subject": 2}),
        lambda v: v["relations"]["cooks"].update(valence=1),
        lambda v: v["relations"]["cooks"].update(symmetric="maybe"),
        lambda v: v["relations"]["cooks"].update(aspect="process"),
        lambda v: v["relations"]["cooks"].update(range=["state"]),
        lambda v: v["relations"]["cooks"].update(domain="the Actor"),
        lambda v: v["relations"]["cooks"].update(plover={"mode": "visit"}),
        lambda v: v["relations"]["cooks"].update(same_as="nowhere:cooks"),
        lambda v: v["codes"]["tax"].pop("label"),
        lambda v: v["codes"]["tax"].update(url="https://example.org/"),
    ],
)
def test_schema_refuses_what_is_wrong_in_an_ontology(change: Callable[[Any], Any]) -> None:
    value = load("""
        types: {Institute: {label: institute, parent: Organization}}
        relations:
          cooks: {label: cooks for, domain: [Actor, Institute], range: quantity, symmetric: false,
                  cameo: [06, "072"], plover: {type: AID}}
        codes: {tax: {label: Tax number, url: "https://example.org/{}"}}
    """)
    schema = schema_of("ontology.schema.json", shipped_vocabulary())
    assert [] == _complaints(schema, value)
    change(value)
    assert not schema.is_valid(value)


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.pop("title"),
        lambda v: v.update(base="https://example.org/x"),
        lambda v: v.update(core="yes"),
        lambda v: v.update(prefixes={"ex": "example.org"}),
        lambda v: v["lens"].update(asof="2021"),
        lambda v: v["lens"].update(credibility=6),
        lambda v: v["lens"].update(modality="planned"),
        lambda v: v["lenses"].update(Certain="certain"),
        lambda v: v["lenses"]["old"].update(as_of=["2021", "2022"]),
    ],
)
def test_schema_refuses_what_is_wrong_in_a_workspace(change: Callable[[Any], Any]) -> None:
    value = load("""
        title: T
        base: https://example.org/x/
        core: false
        prefixes: {ex: "https://example.org/ns#"}
        lens: {credibility: 2, modality: [actual, intended]}
        lenses: {old: {as_of: 2021, without: paper, certainty: certain}}
    """)
    schema = schema_of("workspace.schema.json", shipped_vocabulary())
    assert [] == _complaints(schema, value)
    change(value)
    assert not schema.is_valid(value)


def test_schema_knows_every_dial_of_a_lens() -> None:
    assert sorted(lens.DIALS) == sorted(LENS.by_name)


@pytest.mark.parametrize(
    "text",
    ["2025", "2025-12", "2025-12-02", "202X", "20XX", "2025-XX", "2025-12-XX", "2025~", "2025-12?",
     "2025-12-02%", "2025-1", "12-2025", "2025/12", "2025-12-02T10:00", "about 2025", "",
     "2022/..", "../2022", "/2022-01", "2022/", "[..2005-12]/[2025..]", "[..2005]", "../..",
     "2022/2023~", "[2005]", "2022-2023", "..", "2022/2023/2024"],
)  # fmt: skip
@pytest.mark.parametrize(("key", "parse"), [("published", parse_date), ("when", parse_interval)])
def test_schema_and_reader_agree_on_the_form_of_dates(
    text: str, key: str, parse: Callable[[str], Any]
) -> None:
    definition = "source" if key == "published" else "fact"
    schema = json.loads(published()["facts.schema.json"])
    pattern = schema["$defs"][definition]["properties"][key]["pattern"]
    assert _is_read(parse, text) == bool(re.search(pattern, text))


def _is_read(parse: Callable[[str], Any], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def test_editors_are_told_what_each_word_means() -> None:
    schema = json.loads(published()["facts.schema.json"])
    for definition in (
        schema["$defs"]["relation"],
        schema["$defs"]["type"],
        schema["$defs"]["fact"]["properties"]["modality"],
    ):
        assert len(definition["enum"]) == len(definition["enumDescriptions"])
        assert all(definition["enumDescriptions"])


# -- the page -----------------------------------------------------------------------------------


def test_the_page_names_everything() -> None:
    vocabulary = shipped_vocabulary()
    page = publish.reference_page(vocabulary)
    assert [] == [each for each in vocabulary.types if f"**{each}**" not in page]
    assert [] == [each for each in vocabulary.relations if f"**`{each}`**" not in page]
    assert [] == [each for each in vocabulary.schemes if f"| `{each}` |" not in page]


def test_the_page_has_well_formed_tables() -> None:
    lines = publish.reference_page(starter().vocabulary).splitlines()
    uneven = [
        (before, line)
        for before, line in pairwise(lines)
        if before.startswith("|") and line.startswith("|") and _cells(before) != _cells(line)
    ]
    assert [] == uneven


def _cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row)) - 1


def test_the_page_shows_a_relation_of_ones_own_below_what_it_refines() -> None:
    page = publish.reference_page(starter().vocabulary)
    assert "### Own\n" in page
    assert "| `cooperatesWith` ↳ **`grantsTransitTo`** |" in page
