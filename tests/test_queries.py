"""The queries that kg ships: each answers over the shipped facts, and every engine alike."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings

from kg.check import lens_named
from kg.engine.embedded import run
from kg.lens import Lens, make_lens
from kg.model.facts import FactSet
from kg.model.table import Cell, Table, cell_text
from kg.query.guard import examine
from kg.query.named import NamedQuery, bind, read_named_query
from kg.query.request import prepare
from kg.query.results import to_table
from kg.query.tokens import Kind
from kg.rdf.dataset import Dataset, to_dataset, to_rdflib
from kg.scene import Scene, look
from kg.voices import resting_on_unnamed
from tests.conftest import ROOT, shipped_facts, sound_facts
from tests.strategies import fact_sets

FOLDER = ROOT / "queries"
GOLDEN = Path(__file__).resolve().parent / "queries"
NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))

#: Where the default lens and free parameters say little, what a query is also asked.
ASKED: list[tuple[str, str, dict[str, str]]] = [
    *((name, "default", {}) for name in NAMES),
    ("backers", "default", {"actor": "venezuela"}),
    ("backers", "escalation", {"actor": "maduro-government"}),
    ("denied-support", "escalation", {"actor": "maduro-government"}),
    ("policy-reach", "plans-and-wishes", {"policy": "maximum-pressure"}),
    ("holds-on", "default", {"date": "2021-06-30"}),
    ("holds-on", "default", {"date": "2025-12-02"}),
    ("chain", "default", {"claim": "no-extensive-military-support--russia"}),
    ("scenario", "escalation", {"scenario": "us-escalation"}),
    ("evidence", "default", {"actor": "russia"}),
    ("friends-and-foes", "plans-and-wishes", {"actor": "venezuela"}),
    ("timeline", "default", {"actor": "china"}),
    ("ties", "escalation", {"actor": "trump-administration"}),
    ("about", "default", {"thing": "nicolas-maduro"}),
    ("inferred", "default", {"thing": "donald-trump"}),
    ("claims-per-part", "default", {"source": "next-news-2025-12-02"}),
    ("anonymous", "without-anonymous", {}),
    ("anonymous", "default", {"in_force": "true"}),
    ("withheld", "outlet-alone", {}),
    ("loners", "before-2022", {}),
]


def case_id(case: tuple[str, str, dict[str, str]]) -> str:
    name, lens, values = case
    given = "".join(f"-{key}={value}" for key, value in values.items())
    return name + ("" if lens == "default" else f"-{lens}") + given


@lru_cache(maxsize=1)
def queries() -> dict[str, NamedQuery]:
    return {
        name: read_named_query(name, (FOLDER / f"{name}.rq").read_text(encoding="utf-8"))
        for name in NAMES
    }


@lru_cache(maxsize=16)
def scene(lens: str) -> Scene:
    return look(shipped_facts(), lens_named(lens, shipped_facts()))


@lru_cache(maxsize=16)
def dataset(lens: str) -> tuple[Dataset, bytes, rdflib.Graph]:
    found = to_dataset(scene(lens))
    return found, found.turtle(), to_rdflib(found)


Row = tuple[str, ...]


def by_oxigraph(name: str, lens: str, values: dict[str, str]) -> list[Row]:
    found, turtle, _ = dataset(lens)
    text = bind(queries()[name], values, shipped_facts())
    answer = json.loads(run(turtle, prepare(text, "json", found.prefixes)).body)
    columns = answer["head"]["vars"]
    return [
        tuple(row[column]["value"] if column in row else "" for column in columns)
        for row in answer["results"]["bindings"]
    ]


def by_rdflib(name: str, lens: str, values: dict[str, str]) -> list[Row]:
    found, _, graph = dataset(lens)
    text = bind(queries()[name], values, shipped_facts())
    rows = graph.query(prepare(text, "json", found.prefixes).sparql)
    return [
        tuple("" if term is None else str(term) for term in row)
        for row in rows
        if isinstance(row, rdflib.query.ResultRow)
    ]


def test_there_are_queries() -> None:
    assert len(NAMES) >= 18


@pytest.mark.parametrize("case", ASKED, ids=case_id)
def test_every_engine_gives_the_same_answer(case: tuple[str, str, dict[str, str]]) -> None:
    assert Counter(by_oxigraph(*case)) == Counter(by_rdflib(*case))


@pytest.mark.parametrize("case", ASKED, ids=case_id)
def test_the_answer_is_the_golden_one(
    case: tuple[str, str, dict[str, str]], golden: Callable[[Path, str], None]
) -> None:
    name, lens, values = case
    found, turtle, _ = dataset(lens)
    text = bind(queries()[name], values, shipped_facts())
    table = to_table(run(turtle, prepare(text, "table", found.prefixes)))
    golden(GOLDEN / f"{case_id(case)}.tsv", as_tsv(table))


def test_no_golden_answer_is_left_over() -> None:
    assert {case_id(case) for case in ASKED} == {path.stem for path in GOLDEN.glob("*.tsv")}


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_described_ordered_and_runs_anywhere(name: str) -> None:
    query = queries()[name]
    assert query.title not in ("", name)
    assert query.description
    tokens = [token for token in examine(query.text).tokens if token.kind is Kind.WORD]
    words = [token.text.upper() for token in tokens]
    assert "ORDER" in words
    assert "GRAPH" not in words
    assert "*" not in query.text.partition("WHERE")[0]


NARROWER = [(name, lens, values) for name, lens, values in ASKED if values]


@pytest.mark.parametrize("case", NARROWER, ids=case_id)
def test_a_value_narrows_the_answer(case: tuple[str, str, dict[str, str]]) -> None:
    """What a value picks is among the rows of the free question, and is not all of them."""
    name, lens, values = case
    shown = slice(-1, None) if name == "holds-on" else slice(None)  # it also shows the date
    picked, free = ({row[shown] for row in by_oxigraph(name, lens, v)} for v in (values, {}))
    assert picked
    assert picked < free or (name in ("claims-per-part", "denied-support") and picked == free)


def test_every_parameter_is_given_a_value_somewhere() -> None:
    given = {(name, parameter) for name, _, values in ASKED for parameter in values}
    assert {
        (name, parameter.name) for name in NAMES for parameter in queries()[name].parameters
    } == given


# -- what the answers must say --------------------------------------------------------------------


def column(name: str, position: int, lens: str = "default", **values: str) -> set[str]:
    return {row[position] for row in by_oxigraph(name, lens, values)}


def test_denials_are_never_direct_edges() -> None:
    lens = make_lens(
        "open",
        {"assume": ("us-escalation",), "modality": ("actual", "intended", "desired")},
        shipped_facts(),
        Lens(),
    )
    found = to_dataset(look(shipped_facts(), lens))
    text = """ASK {
        ?claim kg:polarity kg:denied ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
        ?s ?p ?o
    }"""
    answer = run(found.turtle(), prepare(text, "json", found.prefixes))
    assert not json.loads(answer.body)["boolean"]


def test_four_denials_of_support_hang_on_one_scenario() -> None:
    rows = by_oxigraph("denied-support", "default", {})
    assert 4 == len(rows)
    assert {"Russia", "China"} == {row[0] for row in rows}
    assert {"extensive"} == {row[3] for row in rows}
    assert {"Escalation of US measures"} == {row[4] for row in rows}
    assert {"false"} == {row[6] for row in rows}
    assert {"true"} == {row[6] for row in by_oxigraph("denied-support", "escalation", {})}


def test_a_policy_reaches_through_what_it_includes() -> None:
    reached = column("policy-reach", 3, "plans-and-wishes", policy="maximum-pressure")
    assert {"Companies dealing in Venezuelan oil", "Countries dealing in Venezuelan oil"} < reached


def test_the_headline_stands_alone_with_its_advice() -> None:
    says = column("headline-only", 0)
    assert 3 == len(says)
    assert 2 == len([sentence for sentence in says if "advice against escalation" in sentence])


def test_a_partnership_that_is_over_held_once() -> None:
    claims = column("holds-on", 7, date="2021-06-30")
    ended = {
        f"{scene('default').facts.profile.base}claim/former-partner--{x}"
        for x in ("russia", "china")
    }
    assert ended <= claims
    assert not {claim for claim in claims if "backs-venezuela" in claim}
    assert not ended & column("holds-on", 7, date="2025-12-02")


def test_nothing_rests_on_anonymous_sources_that_others_confirm() -> None:
    claims = column("anonymous", 3)
    assert any("no-extensive-military-support" in claim for claim in claims)
    assert not any("backs-venezuela" in claim for claim in claims)


def test_counts_agree_with_the_facts() -> None:
    facts = shipped_facts()
    modalities = by_oxigraph("modalities", "default", {})
    assert len(facts.claims) == sum(int(row[3]) for row in modalities)
    assert len(scene("default").in_force) == sum(int(row[4]) for row in modalities)
    depths = {
        row[4].rpartition("/")[2]: int(row[1]) for row in by_oxigraph("second-hand", "default", {})
    }
    assert {claim.id: len(claim.said_by) for claim in facts.claims.values()} == depths
    withheld = by_oxigraph("withheld", "default", {})
    assert sum(scene("default").left_out.values()) == len(withheld)
    presupposed = by_oxigraph("presuppositions", "default", {})
    assert {c.id for c in facts.claims.values() if c.basis == "presupposed"} == {
        row[4].rpartition("/")[2] for row in presupposed
    }


def test_the_chain_of_a_claim_is_in_order() -> None:
    rows = by_oxigraph("chain", "default", {"claim": "no-extensive-military-support--russia"})
    assert ["0", "1", "2", "3"] == [row[1] for row in rows]
    assert ["", "", "revealed", "informed"] == [row[3] for row in rows]
    assert "Russia" == rows[-1][2]


@settings(max_examples=25)
@given(fact_sets())
def test_what_rests_on_anonymous_sources_is_what_the_report_says(facts: FactSet) -> None:
    dataset = to_dataset(look(facts, Lens()))
    query = bind(queries()["anonymous"], {}, facts)
    answer = json.loads(run(dataset.turtle(), prepare(query, "json", dataset.prefixes)).body)
    found = {row["claim"]["value"].rpartition("/")[2] for row in answer["results"]["bindings"]}
    assert {claim.id for claim in resting_on_unnamed(facts)} == found


def test_a_denial_disputes_only_the_degree_that_it_names() -> None:
    facts = sound_facts("""
        entities:
          russia: {type: State, name: Russia}
          venezuela: {type: State, name: Venezuela}
        sources:
          paper: {type: Report, title: A paper, published: 2025}
          other: {type: Report, title: Another paper, published: 2025}
        defaults: {source: paper}
        facts:
          - {id: a, subject: russia, relation: backs, object: venezuela}
          - {id: b, subject: russia, relation: suppliesArmsTo, object: venezuela, degree: large}
          - {id: c, subject: russia, relation: lendsTo, object: venezuela}
          - {id: d, subject: russia, relation: investsIn, object: venezuela}
          - id: a-not
            subject: russia
            relation: backs
            object: venezuela
            polarity: denied
            source: other
          - id: b-not
            subject: russia
            relation: suppliesArmsTo
            object: venezuela
            polarity: denied
            degree: large
            source: other
          - id: c-not
            subject: russia
            relation: lendsTo
            object: venezuela
            polarity: denied
            degree: large
            source: other
          - id: d-not
            subject: russia
            relation: investsIn
            object: venezuela
            polarity: denied
            modality: intended
            source: other
        """)
    found = to_dataset(look(facts, Lens()))
    result = run(found.turtle(), prepare(queries()["disputed"].text, "table", found.prefixes))
    sentences = set(to_table(result).column("against"))
    assert {"Russia backs Venezuela", "Russia supplies [large] arms to Venezuela"} == sentences


def as_tsv(table: Table) -> str:
    """A line for each row, so that a golden answer shows in a diff which row changed."""
    return "".join("\t".join(map(in_tsv, row)) + "\n" for row in (table.columns, *table.rows))


def in_tsv(cell: Cell) -> str:
    text = f"{cell:.6g}" if isinstance(cell, float) else cell_text(cell)
    for plain, escape in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(plain, escape)
    return text
