from __future__ import annotations

import pytest
from click.testing import CliRunner

from kg.cli.main import cli
from kg.coverage import Anchor, Part, coverage, union
from tests.conftest import ROOT, brief, check_all, shipped_facts, sound_facts

WORLD = """\
entities:
  a: {type: State, name: A}
  b: {type: State, name: B}
sources:
  paper:
    type: NewsArticle
    title: Paper
    published: 2024-05-03
    text: {sha256: HASH, characters: 400, parts: {PARTS}EXTRA}
defaults: {source: paper}
facts:
""".replace("HASH", "a" * 64)


def world(parts: str, *passages: str, extra: str = "") -> str:
    relations = ("backs", "alliedWith", "negotiatesWith", "informs")
    facts = [
        f"  - {{id: f{number}, subject: a, relation: {relation}, object: b, passage: {passage}}}\n"
        for number, (relation, passage) in enumerate(zip(relations, passages, strict=False), 1)
    ]
    return WORLD.replace("PARTS", parts).replace("EXTRA", extra) + "".join(facts)


def parts_of(text: str) -> dict[str, Part]:
    facts = sound_facts(text)
    return {part.name: part for part in coverage(facts.sources["paper"], facts)}


def test_each_part_knows_what_is_anchored_in_it() -> None:
    found = parts_of(
        world(
            "P1: 0-100, P2: 100-200", "P1", "{part: P1, chars: 10-20}", "{part: P1, chars: 15-40}"
        )
    )
    assert (Anchor("f2", (10, 20)), Anchor("f3", (15, 40)), Anchor("f1", None)) == found[
        "P1"
    ].anchors
    assert ((10, 40),) == found["P1"].stretches
    assert 30 == found["P1"].exact
    assert found["P1"].is_covered
    assert () == found["P2"].anchors
    assert found["P2"].is_open


def test_parts_come_in_the_order_of_the_text() -> None:
    assert ["H", "P2", "P10"] == list(parts_of(world("P10: 300-400, P2: 100-200, H: 0-90", "P2")))


@pytest.mark.parametrize(
    ("passage", "covered"),
    [
        ("S", ["S", "P1", "P2"]),  # a section stands for its paragraphs
        ("P1", ["S", "P1"]),
        ("{part: S, chars: 0-10}", ["S", "P1"]),
        ("{part: S, chars: 99-101}", ["S", "P1", "P2"]),
        ("{part: S, chars: 100-101}", ["S", "P2"]),
        ("[P1, P2]", ["S", "P1", "P2"]),
    ],
)
def test_parts_that_overlap(passage: str, covered: list[str]) -> None:
    found = parts_of(world("S: 0-200, P1: 0-100, P2: 100-200", passage))
    assert covered == [name for name, part in found.items() if part.is_covered]


def notes(text: str) -> list[str]:
    return [brief(d) for d in check_all(text).diagnostics if d.code.name == "uncovered-part"]


def test_a_source_is_told_once_with_all_parts_that_no_claim_stands_for() -> None:
    parts = "P1: 0-100, P2: 100-200, P3: 200-300"
    told = "facts/facts.yaml:9:122 uncovered-part: no claim stands in parts P2, P3 of 'paper'"
    assert [told] == notes(world(parts, "P1"))
    assert 1 == len(notes(world(parts, "P1", "{part: P2, chars: 1-2}")))
    assert [] == notes(world(parts, "P1", "{part: P2, chars: 1-2}", "P3"))


def test_a_part_that_holds_nothing_to_claim_is_not_told() -> None:
    assert [] == notes(world("P1: 0-100, M: 100-200", "P1", extra=", unclaimed: M"))


def test_a_source_without_any_passage_is_told_otherwise() -> None:
    assert [] == notes(world("P1: 0-100"))


def test_every_part_of_the_shipped_source_is_covered() -> None:
    facts = shipped_facts()
    parts = coverage(facts.sources["next-news-2025-12-02"], facts)
    assert ["H", "M", "P1", "P2", "P3", "P4", "P5", "P6"] == [part.name for part in parts]
    assert [] == [part.name for part in parts if part.is_open]


def test_stretches_that_touch_are_one() -> None:
    assert ((0, 3), (4, 9)) == union([(4, 6), (0, 2), (5, 9), (2, 3)])
    assert () == union([])


def test_check_counts_the_claims_in_each_part() -> None:
    run = CliRunner().invoke(cli, ["-C", str(ROOT), "check", "--coverage", str(ROOT / "kg.yaml")])
    assert 0 == run.exit_code
    assert "next-news-2025-12-02  P1           395      14             53" in run.output
    assert (
        "next-news-2025-12-02  M             38       0              0  nothing to claim"
        in run.output
    )


def test_coverage_is_no_part_of_a_format_for_programs() -> None:
    run = CliRunner().invoke(cli, ["-C", str(ROOT), "check", "--coverage", "--format", "json"])
    assert 2 == run.exit_code


def test_a_workspace_without_texts_has_nothing_to_count() -> None:
    folder = ROOT / "examples" / "nato-accession"
    run = CliRunner().invoke(cli, ["-C", str(folder), "check", "--coverage"])
    assert "No source's text is described" in run.output


def test_a_headline_needs_no_claim() -> None:
    assert [] == notes(world("H: 0-20, P1: 21-100", "P1", extra=", headline: H"))
