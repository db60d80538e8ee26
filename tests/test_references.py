from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kg.check import Texts, check
from kg.edit.references import mentions, references, unread
from kg.model.node import Mapping, Scalar
from kg.model.text import SourceText, Span
from kg.reading import keys, values
from kg.reading.document import read_document
from kg.reading.shape import Keys, Kind, Space
from kg.reading.spots import spots
from tests.conftest import shipped_facts, shipped_texts, slice_of, texts

THINGS = """
entities:
  a: {type: State, name: A}
  b: {type: State, name: B, close_match: [a, c]}
  c: {type: State, name: C}
  war: {type: Scenario, name: War, implies: ["not:peace"]}
  peace: {type: Scenario, name: Peace}
sources:
  paper: {type: Report, title: Paper, publisher: a, published: 2025}
"""
CLAIMS = """
defaults: {source: paper}
facts:
  - id: backing
    subject: [a, b]
    relation: [backs, alliedWith]
    object: c
    condition: [war, "not: peace"]
    said_by: [a, {by: b, verb: said}]
  - {id: single, subject: b, relation: backs, object: 'a',
     about: [backing, backing--a--allied-with]}
decisions:
  - {id: kept, claims: single, rank: preferred, over: [backing--b--backs], reason: a}
"""
PROFILE = """
title: a
base: https://example.org/
groups: {both: [a, b]}
lenses:
  one: {without: both, assume: [not:war]}
  two: {according_to: a}
"""


def written(
    all_texts: Texts, id: str, space: Space = Space.THING, of: str | None = None
) -> list[str]:
    """Where an id is written: file, line, and the id between marks with what stands around it."""
    spans = references(all_texts, check(all_texts).facts.vocabulary, id, space, of)
    return [marked(all_texts.by_path[span.path], span) for span in spans]


def marked(source: SourceText, span: Span) -> str:
    line = re.split("\r\n|\r|\n", source.data.decode())[span.line - 1]
    before, after = line[: span.column - 1][-12:].strip(), line[span.end_column - 1 :][:4].strip()
    name = source.path.removeprefix("facts/")
    return f"{name}:{span.line} {before}«{slice_of(source, span)}»{after}"


def world(claims: str = CLAIMS, profile: str = PROFILE, ontology: str = "") -> Texts:
    return texts({"things.yaml": THINGS, "claims.yaml": claims}, ontology, profile)


def test_an_entity_is_found_wherever_it_can_stand() -> None:
    assert [
        "claims.yaml:4 subject: [«a», b]",
        "claims.yaml:8 said_by: [«a», {b",
        "claims.yaml:9 s, object: '«a»',",
        "claims.yaml:10 g, backing--«a»--al",
        "things.yaml:2 «a»: {t",
        "things.yaml:3 ose_match: [«a», c]",
        "things.yaml:8 publisher:«a», pu",
        "kg.yaml:3 ps: {both: [«a», b]",
        "kg.yaml:6 cording_to:«a»}",
    ] == written(world(), "a"), "and not in title, reason and name"


def test_a_scenario_is_found_behind_its_not() -> None:
    assert [
        'claims.yaml:7 [war, "not:«peace»"]',
        'things.yaml:5 lies: ["not:«peace»"]}',
        "things.yaml:6 «peace»: {t",
    ] == written(world(), "peace")
    assert "kg.yaml:5 ssume: [not:«war»]}" in written(world(), "war")


def test_a_fact_is_found_at_the_beginning_of_its_claims() -> None:
    assert [
        "claims.yaml:3 - id:«backing»",
        "claims.yaml:10 about: [«backing», ba",
        "claims.yaml:10 : [backing,«backing»--a-",
        "claims.yaml:12 red, over: [«backing»--b-",
    ] == written(world(), "backing")


def test_a_claim_is_found_whole() -> None:
    id = "backing--a--allied-with"
    assert [f"claims.yaml:10 : [backing,«{id}»]}}"] == written(world(), id)


def test_decisions_and_sources_are_found() -> None:
    assert ["claims.yaml:12 - {id:«kept», cl"] == written(world(), "kept")
    assert ["claims.yaml:1 s: {source:«paper»}", "things.yaml:8 «paper»: {t"] == written(
        world(), "paper"
    )


def test_a_group_is_found_in_lenses() -> None:
    assert ["kg.yaml:3 groups: {«both»: [a", "kg.yaml:5 : {without:«both», as"] == written(
        world(), "both", Space.GROUP
    )


def test_a_relation_is_found_in_ontology_facts_and_claims() -> None:
    ontology = """
        relations:
          marches: {domain: State, range: State, parent: alliedWith}
          leads2: {domain: State, range: State, chain: alliedWith/marches}
        """
    found = written(world(ontology=ontology), "alliedWith", Space.RELATION)
    core = [place for place in found if not place.startswith(("claims", "ontology/own"))]
    assert 1 == sum("«alliedWith»:" in place for place in core)
    assert [
        "claims.yaml:5 on: [backs,«alliedWith»]",
        "claims.yaml:10 backing--a--«allied-with»]}",
        "ontology/own.yaml:2 te, parent:«alliedWith»}",
        "ontology/own.yaml:3 ate, chain:«alliedWith»/mar",
    ] == [place for place in found if place not in core]


def test_types_and_schemes_are_found() -> None:
    ontology = """
        types:
          Club: {parent: Organization}
        codes:
          clubs: {label: Club register}
        """
    claims = "entities:\n  d: {type: Club, name: D, codes: {clubs: x}}\n"
    all_texts = world(claims, ontology=ontology)
    assert ["claims.yaml:2 d: {type:«Club», na", "ontology/own.yaml:2 «Club»: {p"] == written(
        all_texts, "Club", Space.TYPE
    )
    assert ["claims.yaml:2 D, codes: {«clubs»: x}", "ontology/own.yaml:4 «clubs»: {l"] == written(
        all_texts, "clubs", Space.SCHEME
    )


def test_a_part_belongs_to_its_source() -> None:
    claims = """
        sources:
          one: {type: Report, title: One, text: {parts: {P1: 0-9}, headline: P1}}
          two: {type: Report, title: Two, text: {parts: {P1: 0-9}}}
        defaults: {source: one}
        facts:
          - {id: f, subject: a, relation: backs, object: b, passage: P1}
          - {id: g, subject: a, relation: backs, object: b, passage: [{part: P1}], source: two}
        """
    assert [
        "claims.yaml:2 t: {parts: {«P1»: 0-",
        "claims.yaml:2 , headline:«P1»}}",
        "claims.yaml:6 b, passage:«P1»}",
    ] == written(world(claims), "P1", Space.PART, "one")
    assert ["claims.yaml:3 t: {parts: {«P1»: 0-", "claims.yaml:7 ge: [{part:«P1»}],"] == written(
        world(claims), "P1", Space.PART, "two"
    )


def test_a_value_is_no_thing() -> None:
    claims = """
        facts:
          - {id: f, subject: a, relation: says, object: c}
        """
    ontology = "relations:\n  says: {label: says, domain: State, range: text}\n"
    found = written(world(claims, ontology=ontology), "c")
    assert ["things.yaml:3 _match: [a,«c»]}", "things.yaml:4 «c»: {t"] == found


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("subject: zed", "2 - subject:«zed»"),
        ("subject: 'zed'", "2 - subject: '«zed»'"),
        ('subject: "zed"', '2 - subject: "«zed»"'),
        ('condition: "not:zed"', '2 ition: "not:«zed»"'),
        (r'condition: "not:\x20zed"', r'2 n: "not:\x20«zed»"'),
        ("condition: 'not:\n      zed'", "3 «zed»'"),
        ("subject: >-\n      zed", "3 «zed»"),
        (r'subject: "z\x65d"', '2 - subject:«"z\\x65d"»'),
        ("sujbect: zed", "2 - sujbect:«zed»"),
        ("note: Ж 😀, subject zed", None),
        ("subject: {}\n    object: zed", "3 object:«zed»"),
    ],
)
def test_spans_are_of_the_id_alone(line: str, place: str | None) -> None:
    claims = f"facts:\n  - {line}\n    about: [\n"
    assert [] == written(world(claims), "zed"), "what is not YAML cannot be looked at"
    found = written(world(claims.replace("[", "[]")), "zed")
    assert ([] if place is None else [f"claims.yaml:{place}"]) == found


def test_columns_count_code_points_and_every_line_ending_counts() -> None:
    claims = "facts:\r\n  - {note: 'Ж 😀', subject: zed}\r  - {subject: zed}\n"
    found = references(world(claims), shipped_facts().vocabulary, "zed")
    assert [(2, 28, 2, 31), (3, 15, 3, 18)] == [span[1:] for span in found]


def test_files_that_are_not_yaml_are_named() -> None:
    assert ("facts/claims.yaml",) == unread(world("facts: [\n"))
    assert () == unread(world())


def test_declarations_and_slugs_are_told() -> None:
    vocabulary = shipped_facts().vocabulary
    found = mentions(world(), vocabulary, "a")
    assert ["facts/things.yaml:2:3"] == [str(m.span) for m in found if m.is_declaration]
    assert ["facts/claims.yaml:10:32"] == [str(m.span) for m in found if m.is_slug]


def kinds(table: Keys, seen: set[int]) -> Iterator[Kind]:
    if id(table) in seen:
        return
    seen.add(id(table))
    for key in table.by_name.values():
        yield from inside(key.kind, seen)


def inside(kind: Kind, seen: set[int]) -> Iterator[Kind]:
    yield kind
    for inner in (kind.name, kind.each):
        if inner is not None:
            yield from inside(inner, seen)
    if kind.table is not None:
        yield from kinds(kind.table, seen)


def test_every_reference_of_the_reader_is_known_here() -> None:
    """What is read to a reference, the tables call a name of something."""
    references = {"id", "type", "relation", "range", "voice", "part", "condition"}
    for table in (keys.DOCUMENT, keys.ONTOLOGY, keys.PROFILE):
        for kind in kinds(table, set()):
            points_to = str(kind.schema.get("$ref", "")).rpartition("/")[2]
            assert bool(kind.names) or points_to not in references, kind
    assert values.OBJECT.names


def test_every_id_of_the_shipped_facts_is_found_where_it_is_used() -> None:
    """All that the readers looked up, found again by the tables alone."""
    all_texts, facts = shipped_texts(), shipped_facts()
    by_path = all_texts.by_path
    for id in (*facts.entities, *facts.sources):
        found = mentions(all_texts, facts.vocabulary, id)
        assert 1 == sum(mention.is_declaration for mention in found), id
        assert {id} == {slice_of(by_path[m.span.path], m.span) for m in found}, id
        files = {m.span.path for m in found}
        for claim in facts.mentions.get(id, ()):
            assert claim.places.path in files


def test_every_text_of_the_shipped_facts_has_a_kind() -> None:
    for source in shipped_texts().facts:
        root = read_document(source, [])
        assert root is not None
        count = sum(1 for _ in spots(root, keys.DOCUMENT))
        assert count == sum(1 for _ in scalars(root)) > 0


def scalars(node: object) -> Iterator[Scalar]:
    """All values, and the keys that are chosen freely."""
    free = {"entities", "sources", "labels", "codes", "parts"}
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for name, (_, value) in node.entries.items():
            if name in free and isinstance(value, Mapping):
                yield from (key for key, _ in value.entries.values())
            yield from scalars(value)
    else:
        for item in getattr(node, "items", ()):
            yield from scalars(item)
