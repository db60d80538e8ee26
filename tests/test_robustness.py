"""How ranks spread when each voice is left out in turn, held to lenses that leave it out."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

from kg.analysis.brokerage import brokerage, constraint
from kg.analysis.centrality import degree, pagerank
from kg.analysis.cohesion import articulation_points, bridges
from kg.analysis.explanation import Measure
from kg.analysis.ranking import NoRanksError, ranks_of
from kg.analysis.robustness import drops, robustness
from kg.analysis.strength import in_strength
from kg.cli.main import cli
from kg.lens import Lens
from kg.model.facts import FactSet
from kg.model.table import Cell
from kg.network import project
from kg.scene import Scene, look
from tests.conftest import ROOT, sound_facts
from tests.strategies import fact_sets, lenses

WORLD = """
    entities:
      a: {type: State, name: Arvenia}
      b: {type: State, name: Belmark}
      c: {type: State, name: Corland}
      d: {type: State, name: Dorn}
      times: {type: MediaOrganization, name: The Times}
    sources:
      monday: {type: NewsArticle, title: Monday, publisher: times}
      tuesday: {type: NewsArticle, title: Tuesday, publisher: times}
      blog: {type: NewsArticle, title: Blog}
"""


def scene_of(*claims: str) -> Scene:
    """Each claim is a source and a tie: `monday: a > b`."""
    lines = []
    for number, claim in enumerate(claims):
        source, _, tie = claim.partition(": ")
        subject, object_ = tie.split(" > ")
        keys = f"subject: {subject}, relation: backs, object: {object_}, source: {source}"
        lines.append(f"      - {{id: c{number}, {keys}}}\n")
    return look(sound_facts(WORLD + "".join(["    facts:\n", *lines] if lines else [])), Lens())


def spread(scene: Scene) -> dict[Cell, tuple[Cell, ...]]:
    """Of each actor: rank, best, worst, and who moves it most."""
    table = robustness(scene, degree)
    columns = map(table.column, ("rank", "best", "worst", "without"))
    return dict(zip(table.column("actor"), zip(*columns, strict=True), strict=True))


def test_best_and_worst_ranks_and_who_moves_an_actor_most() -> None:
    scene = scene_of("monday: a > b", "monday: a > c", "blog: d > b", "tuesday: b > c")
    assert {
        "b": (1, 1, 1, None),
        "a": (2, 1, 4, "monday"),
        "c": (2, 1, 3, "blog"),
        "d": (4, 1, 4, "times"),
        "times": (5, 3, 5, "times"),
    } == spread(scene)


def test_the_notes_tell_how_firm_the_first_place_is() -> None:
    table = robustness(scene_of("monday: a > b", "monday: a > c", "blog: b > d"), degree)
    assert "Who comes first hangs on one voice: without Blog it is Arvenia" in table.notes[0]
    assert "without Monday (The Times) it is Belmark and Dorn" in table.notes[0]
    firm = robustness(
        scene_of("blog: a > b", "blog: a > c", "monday: a > c", "monday: a > d"), degree
    )
    assert "No single voice changes who comes first" == firm.notes[0]


def test_a_voice_without_whom_no_tie_is_left_is_named_and_not_counted() -> None:
    table = robustness(scene_of("monday: a > b", "tuesday: a > c"), degree)
    assert "Without The Times no tie is left" in table.notes[1]
    assert (1, 3) == (table.column("best")[0], table.column("worst")[1])
    alone = robustness(scene_of("blog: a > b"), degree)
    assert {None} == set(alone.column("without"))
    assert "Without Blog no tie is left" in alone.notes[1]


def test_nobody_is_left_out_where_nobody_says_anything() -> None:
    table = robustness(scene_of(), degree)
    assert "No single voice changes who comes first" == table.notes[0]
    assert {None} == set(table.column("without"))


def test_who_loses_its_rank_has_no_worst_one() -> None:
    table = robustness(
        scene_of("monday: a > b", "blog: b > c", "tuesday: c > d"), articulation_points
    )
    assert [("b", 1, None, "blog"), ("c", 1, None, "blog")] == [
        (row[1], row[4], row[5], row[6]) for row in table.rows
    ]


def test_voices_that_leave_the_same_are_measured_once() -> None:
    scene = scene_of("monday: a > b", "blog: a > c", "tuesday: a > b")
    assert [("blog",), ("times",)] == [drop.voices for drop in drops(scene, project(scene))]


@pytest.mark.parametrize("measure", [degree, pagerank, in_strength, brokerage, constraint])
@settings(max_examples=30)
@given(facts=fact_sets(), lens=lenses)
def test_each_rank_is_that_of_a_lens_without_the_voice(
    measure: Measure, facts: FactSet, lens: Lens
) -> None:
    scene = look(facts, lens)
    network = project(scene)
    dropped = {voice: drop for drop in drops(scene, network) for voice in drop.voices}
    for voice in {*facts.sources, *facts.entities}:
        without = project(look(facts, replace(lens, without=(*lens.without, voice))))
        left = dropped[voice].network if voice in dropped else network
        if voice in dropped or not _is_publisher(voice, facts):
            assert ranks_of(measure(without)) == ranks_of(measure(left))


def _is_publisher(voice: str, facts: FactSet) -> bool:
    return any(voice == source.publisher for source in facts.sources.values())


def test_what_has_no_ranks_is_refused() -> None:
    with pytest.raises(NoRanksError, match="'Bridges' has no ranks to compare"):
        robustness(scene_of("monday: a > b"), bridges)


# -- the command ----------------------------------------------------------------------------------


def kg(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(ROOT), "analyze", *arguments], env={"COLUMNS": "80"})


def test_a_rank_and_how_far_it_goes_stand_in_a_row() -> None:
    (found,) = json.loads(kg("degree", "--robust", "-f", "json").stdout)
    rows = {row["actor"]: row for row in found["rows"]}
    row = rows["maduro-government"]
    assert (1, 1, 5) == tuple(row[key] for key in ("rank", "best", "worst"))
    assert "western-sources" == row["without"]
    assert "Western diplomatic and intelligence sources" == row["without_name"]
    assert "secret-message--china" in row["claim_ids"]
    assert 17 == len(found["rows"])


def test_the_lens_is_turned_from_where_it_stands() -> None:
    (found,) = json.loads(
        kg("degree", "--robust", "--without", "western-sources", "-f", "json").stdout
    )
    assert "western-sources" not in {row["without"] for row in found["rows"]}
    assert "without Western" in found["notes"][-1]


def test_without_a_measure_it_is_degrees() -> None:
    assert kg("--robust").stdout.startswith("Degree, each voice left out in turn")
    assert kg("--robust", "-f", "csv").stdout.startswith("rank,actor,name,degree,best,worst,with")


def test_slips_are_told() -> None:
    for arguments, message in (
        (("bridges", "--robust"), "--robust: 'Bridges' has no ranks to compare"),
        (("--robust", "--compare", "escalation"), "--robust and --compare are two questions"),
    ):
        shown = kg(*arguments)
        assert 2 == shown.exit_code
        assert message in shown.stderr
