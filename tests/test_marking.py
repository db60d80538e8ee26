"""Marks of the Traffic Light Protocol: what is above one is in no output, and nothing names it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.main import cli
from kg.lens import Lens
from kg.marking import marking_of, release
from kg.model.dials import Decisions
from kg.model.facts import MARKINGS, FactSet
from kg.model.interval import parse_interval
from kg.scene import look
from tests.conftest import sound_facts, unpacked
from tests.strategies import fact_sets, lenses

WORLD = """\
entities:
  a: {type: State, name: Arvenia}
  b: {type: State, name: Belmark}
  mole: {type: UnnamedSource, name: Nightjar}
  plan: {type: Policy, name: Plan Heron}
  desk: {type: PublicBody, name: Desk Nine}
  coup: {type: Scenario, name: Coup of the colonels}
sources:
  paper: {type: NewsArticle, title: Paper, published: 2024-05-03, marking: CLEAR}
  cable: {type: Report, title: Cable of the embassy, published: 2024-05-05, publisher: desk, marking: AMBER,
          based_on: whisper}
  whisper: {type: Report, title: A whisper, published: 2024-05-06, marking: RED}
  leaflet: {type: Report, title: Leaflet, published: 2024-05-01}
facts:
  - {id: open, subject: a, relation: backs, object: b, source: paper, about: [plan, secret]}
  - {id: within, subject: a, relation: backs, object: b, source: paper, marking: GREEN}
  - {id: cabled, subject: a, relation: opposes, object: b, source: cable}
  - {id: secret, subject: a, relation: reimposes, object: plan, source: paper, said_by: [whisper, mole],
     condition: coup, supersedes: open}
  - {id: unmarked, subject: b, relation: backs, object: a, source: leaflet}
decisions:
  - {id: d1, claims: [secret, open], rank: preferred, reason: Nightjar has never been wrong.}
"""  # noqa: E501
SECRETS = ("Nightjar", "Heron", "whisper", "colonels", "Cable", "Desk Nine", "Leaflet")


def facts() -> FactSet:
    return sound_facts(WORLD)


def test_the_strictest_mark_of_a_claim_and_its_sources_holds() -> None:
    found = {id: marking_of(claim, facts()) for id, claim in facts().claims.items()}
    assert {
        "open": "CLEAR",
        "within": "GREEN",
        "cabled": "AMBER",
        "secret": "RED",
        "unmarked": None,
    } == found


@pytest.mark.parametrize(
    ("limit", "claims", "sources"),
    [
        ("CLEAR", {"open"}, {"paper"}),
        ("GREEN", {"open", "within"}, {"paper"}),
        ("AMBER", {"open", "within", "cabled"}, {"paper", "cable"}),
        ("AMBER+STRICT", {"open", "within", "cabled"}, {"paper", "cable"}),
        ("RED", {"open", "within", "cabled", "secret"}, {"paper", "cable", "whisper"}),
    ],
)
def test_what_is_above_is_left_out(limit: str, claims: set[str], sources: set[str]) -> None:
    released = release(facts(), limit)
    assert (claims, sources) == (set(released.claims), set(released.sources))


def test_what_has_no_mark_has_that_of_the_workspace() -> None:
    marked = sound_facts(WORLD, profile="title: T\nbase: https://example.org/t/\nmarking: GREEN\n")
    assert "unmarked" not in release(marked, "CLEAR").claims
    assert "unmarked" in release(marked, "GREEN").claims


def test_nothing_names_what_is_left_out() -> None:
    released = release(facts(), "GREEN")
    assert {"a", "b"} == set(released.entities) - {"plan"}  # which an open claim is about
    assert ("plan",) == released.claims["open"].about
    assert ("open",) == released.decisions["d1"].claims
    assert "Nightjar" not in released.decisions["d1"].reason
    assert () == release(facts(), "AMBER").sources["cable"].based_on


def test_what_only_the_secret_leads_to_is_left_out_however_far() -> None:
    more = WORLD.replace(
        "  coup: {type: Scenario, name: Coup of the colonels}\n",
        "  coup: {type: Scenario, name: Coup of the colonels, implies: purge}\n"
        "  purge: {type: Scenario, name: Purge, implies: famine, close_match: trial}\n"
        "  famine: {type: Scenario, name: Famine}\n"
        "  trial: {type: Scenario, name: Trial}\n"
        "  unused: {type: Scenario, name: Of which nobody speaks}\n",
    )
    left = release(sound_facts(more), "GREEN").entities
    assert {"a", "b", "plan", "unused"} == set(left)
    assert {"coup", "purge", "famine", "trial"} <= set(release(sound_facts(more), "RED").entities)


def test_no_hint_names_what_is_left_out(folder: Path) -> None:
    for wrong in (("--without", "mol"), ("--assume", "cuop"), ("--assume", "coup")):
        result = CliRunner().invoke(
            cli, ["-C", str(folder), "show", "a", "--marking", "GREEN", *wrong]
        )
        assert 2 == result.exit_code
        assert "'mole'" not in result.output
        assert "did you mean" not in result.output


def test_a_lens_of_kg_yaml_does_not_name_what_is_left_out(folder: Path) -> None:
    profile = folder / "kg.yaml"
    lens = "lens: {without: mole, assume: coup, marking: GREEN}\n"
    profile.write_text(profile.read_text(encoding="utf-8") + lens, encoding="utf-8")
    shown = " ".join(run(folder, "show", "a").split())
    assert "without what is marked above what is shown here; assuming what is marked" in shown
    assert [] == [secret for secret in SECRETS if secret in shown]


def test_a_claim_that_a_secret_one_supersedes_stands_for_those_who_may_not_read_it() -> None:
    assert "open" in {claim.id for claim in look(facts(), Lens(marking="GREEN")).in_force}
    assert "open" not in {claim.id for claim in look(facts(), Lens(assume=())).in_force}


# -- outputs ---------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts").mkdir()
    (tmp_path / "kg.yaml").write_text("title: T\nbase: https://example.org/t/\n", encoding="utf-8")
    text = WORLD.replace("about: [plan, secret]", "about: secret")
    (tmp_path / "facts" / "all.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(cli, ["-C", str(folder), "--quiet", *arguments])
    assert 0 == result.exit_code, result.output
    return result.stdout


@pytest.mark.parametrize(
    "command",
    [
        ("build",),
        ("view",),
        *(("export", name) for name in ("csv", "graphml", "gexf", "neo4j", "jsonld-frame")),
    ],
    ids=" ".join,
)
def test_no_file_that_is_written_holds_a_word_of_it(folder: Path, command: tuple[str, ...]) -> None:
    run(folder, *command, "--marking", "GREEN")
    written = [path for path in (folder / "output").rglob("*") if path.is_file()]
    assert written
    for path in written:
        held = unpacked(path.read_bytes().decode("utf-8"))
        assert [] == [secret for secret in SECRETS if secret in held], path.name


@pytest.mark.parametrize(
    "command",
    [
        ("show", "a"),
        ("query", "about"),
        ("query", "sources"),
        ("query", "SELECT * { ?s ?p ?o }"),
        ("analyze",),
        ("path", "a", "b"),
        ("diff", "--compare", "as-of=2020"),
    ],
    ids=" ".join,
)
def test_nothing_that_is_printed_holds_a_word_of_it(folder: Path, command: tuple[str, ...]) -> None:
    shown = run(folder, *command, "--marking", "GREEN")
    assert shown
    assert [] == [secret for secret in SECRETS if secret in shown]


def test_every_output_says_so(folder: Path) -> None:
    for mark, words in (("GREEN", "marked TLP:GREEN or milder."), ("CLEAR", "marked TLP:CLEAR.")):
        assert words in " ".join(run(folder, "show", "a", "--marking", mark).split())


# -- properties ------------------------------------------------------------------------------------

marks = st.sampled_from(MARKINGS)


@given(fact_sets(), marks, marks)
def test_the_stricter_of_two_marks_holds_in_any_order(facts: FactSet, one: str, other: str) -> None:
    stricter = min(one, other, key=MARKINGS.index)
    assert release(facts, stricter) == release(release(facts, one), other)


@given(fact_sets(), marks)
def test_nothing_points_out_of_what_is_released(facts: FactSet, limit: str) -> None:
    released = release(facts, limit)
    known = {*released.entities, *released.sources, *released.claims}
    for claim in released.claims.values():
        assert known.issuperset({*claim.things, claim.source, *claim.speakers, *claim.about})
        assert known.issuperset({*claim.supersedes, *claim.disputes, *claim.against})
        assert known.issuperset(each.scenario for each in claim.conditions)
    for entity in released.entities.values():
        assert known.issuperset(each.scenario for each in entity.implies)
    for source in released.sources.values():
        assert known.issuperset(source.based_on)
        assert source.publisher is None or source.publisher in known


@given(fact_sets(), lenses, marks)
def test_a_mark_takes_away_claims_and_changes_no_other(
    facts: FactSet, lens: Lens, limit: str
) -> None:
    facts = replace(facts, claims={i: replace(c, supersedes=()) for i, c in facts.claims.items()})
    lens = replace(lens, marking=None, decisions=Decisions.IGNORED, as_of=parse_interval("2024"))
    whole, marked = look(facts, lens), look(facts, replace(lens, marking=limit))
    assert marked.standings == {id: whole.standings[id] for id in marked.facts.claims}
