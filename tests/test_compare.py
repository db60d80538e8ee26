"""What differs between two scenes, and what `kg diff` prints of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given

from kg.cli.main import cli
from kg.compare import Change, EdgeShift, compare
from kg.lens import Lens, make_lens
from kg.model.facts import FactSet
from kg.network import direct_edges
from kg.scene import Scene, look
from tests.conftest import ROOT, shipped_facts
from tests.strategies import fact_sets, lenses, world


def seen(facts: FactSet, **dials: tuple[str, ...]) -> Scene:
    return look(facts, make_lens("test", dials, facts, Lens()))


def changes(before: Scene, after: Scene) -> dict[str, tuple[Change, tuple[str, ...]]]:
    return {each.id: (each.change, each.reasons) for each in compare(before, after).claims}


def test_the_same_scene_differs_in_nothing() -> None:
    scene = seen(shipped_facts())
    found = compare(scene, scene)
    assert ((), ()) == (found.claims, found.edges)


def test_an_assumption_brings_denials_into_force_and_no_edge_of_support() -> None:
    facts = shipped_facts()
    found = compare(seen(facts), seen(facts, assume=("us-escalation",)))
    assert {
        "no-extensive-financial-support--china",
        "no-extensive-financial-support--russia",
        "no-extensive-military-support--china",
        "no-extensive-military-support--russia",
        "us-escalates",
    } == {each.id for each in found.claims if each.change is Change.GAINED}
    assert len(found.claims) == 5
    assert [("trump-administration", "carriesOut", "us-escalation", EdgeShift.GAINED)] == [
        (edge.subject, edge.relation, edge.object, edge.shift) for edge in found.edges
    ]
    assert {("--assume",)} == {each.reasons for each in found.claims}


@pytest.mark.parametrize(
    ("line", "dials", "change", "reason"),
    [
        ("when: 2010/2015", {"as_of": ("2012",)}, Change.GAINED, "--as-of"),
        ("when: 2020/..", {"as_of": ("2030",)}, Change.SHIFTED, "--as-of"),
        ("said_by: [aide]", {"without": ("aide",)}, Change.LOST, "--without"),
        ("said_by: [aide]", {"according_to": ("times",)}, None, None),
        ("", {"according_to": ("aide",)}, Change.LOST, "--according-to"),
        ("modality: intended", {"modality": ("intended",)}, Change.GAINED, "--modality"),
        ("condition: war", {"assume": ("war",)}, Change.GAINED, "--assume"),
        ("", {"credibility": ("2",)}, Change.LOST, "--credibility"),
        ("said_by: [undated]", {"reliability": ("B",)}, Change.LOST, "--reliability"),
        ("", {"likelihood": ("likely",)}, Change.LOST, "--likelihood"),
    ],
)
def test_the_dial_that_makes_the_difference_is_named(
    line: str, dials: dict[str, tuple[str, ...]], change: Change | None, reason: str | None
) -> None:
    facts = world(line)
    found = changes(seen(facts), seen(facts, **dials))
    assert ({"f1": (change, (reason,))} if change else {}) == found


def test_a_claim_that_was_rewritten_says_what_was_and_is_said() -> None:
    found = changes(seen(world("when: 2010/..")), seen(world("when: 2012/.., manner: openly")))
    ((change, reasons),) = found.values()
    assert Change.RECAST is change
    assert "when: since 2010 (2010/..) → since 2012 (2012/..)" in reasons
    assert "manner: not said → openly" in reasons


def test_what_is_new_or_gone_is_told_by_whether_it_holds() -> None:
    one, two = world(""), world("", "polarity: denied", "modality: intended")
    assert {
        "f2": (Change.GAINED, ("the claim is new",)),
        "f3": (Change.ADDED, ("the claim is new",)),
        "f1": (Change.SHIFTED, ()),  # disputed from now on
    } == changes(seen(one), seen(two))
    assert {Change.LOST, Change.REMOVED, Change.SHIFTED} == {
        change for change, _ in changes(seen(two), seen(one)).values()
    }


@given(fact_sets(), lenses, fact_sets(), lenses)
def test_edges_differ_as_sets_do_and_turned_round_the_other_way(
    facts: FactSet, lens: Lens, others: FactSet, other: Lens
) -> None:
    before, after = look(facts, lens), look(others, other)
    found, back = compare(before, after), compare(after, before)
    old, new = (
        {(e.subject, e.relation, e.object) for e in direct_edges(scene)}
        for scene in (before, after)
    )
    by_shift = {
        shift: {(e.subject, e.relation, e.object) for e in found.edges if e.shift is shift}
        for shift in EdgeShift
    }
    assert new - old == by_shift[EdgeShift.GAINED]
    assert old - new == by_shift[EdgeShift.LOST]
    assert by_shift[EdgeShift.REWEIGHTED] <= old & new
    holding, held = ({claim.id for claim in scene.in_force} for scene in (after, before))
    assert holding - held == {e.id for e in found.claims if e.change is Change.GAINED}
    assert held - holding == {e.id for e in found.claims if e.change is Change.LOST}
    assert {e.id for e in found.claims} == {e.id for e in back.claims}


@given(fact_sets(), lenses, lenses)
def test_between_two_lenses_every_claim_that_differs_has_a_reason(
    facts: FactSet, lens: Lens, other: Lens
) -> None:
    for each in compare(look(facts, lens), look(facts, other)).claims:
        if each.change in (Change.GAINED, Change.LOST):
            assert each.reasons
            assert all(reason.startswith("--") for reason in each.reasons)


# -- on the command line --------------------------------------------------------------------------


def kg(*arguments: str, folder: Path = ROOT) -> Result:
    return CliRunner().invoke(cli, ["-C", str(folder), "diff", *arguments], env={"COLUMNS": "80"})


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A workspace below the top of a git repository, with one commit."""
    folder = tmp_path / "deep" / "work"
    shutil.copytree(ROOT / "examples" / "starter", folder)
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "first"],
    ):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    return folder


LEAK = """\
facts:
  - {id: leak, subject: arvenian-official, relation: informs, object: harbour-times,
     source: harbour-times-2024-05-03, passage: P2}
"""


def test_two_lenses() -> None:
    shown = kg("--compare", "escalation")
    assert 0 == shown.exit_code, shown.output
    assert "Come into force (5)" in shown.stdout
    assert "+ China and Russia do not intend to give" in shown.stdout
    assert "5 claims gained, 0 lost, 0 changed otherwise; 1 edge gained" in shown.stdout
    both = json.loads(kg("--as-of", "2021", "--compare", "escalation", "-f", "json").stdout)
    assert "2021" == both["before"]["as_of"]
    assert "2025-12-02" == both["after"]["as_of"], "the second lens has none of the first's dials"
    dials = kg("--compare", "as-of=2021 without=wsj-report")
    assert "seen as of 2021; without Report by The Wall Street Journal" in " ".join(
        dials.stdout.split()
    )


def test_the_work_tree_beside_the_last_commit(repository: Path) -> None:
    assert "0 claims gained, 0 lost" in kg(folder=repository).stdout
    (repository / "facts" / "leak.yaml").write_text(LEAK, encoding="utf-8")
    shown = kg(folder=repository).stdout
    assert "Come into force (1)\n  + Arvenian official informs The Harbour Times" in shown
    assert "the claim is new" in shown
    assert "1 claim gained, 0 lost, 0 changed otherwise; 1 edge gained" in shown
    back = json.loads(kg("HEAD", "HEAD", "-f", "json", folder=repository).stdout)
    assert ([], []) == (back["claims"], back["edges"])


def test_two_folders(tmp_path: Path) -> None:
    for name in ("old", "new"):
        shutil.copytree(ROOT / "examples" / "starter", tmp_path / name)
    (tmp_path / "new" / "facts" / "leak.yaml").write_text(LEAK, encoding="utf-8")
    found = kg(str(tmp_path / "old"), str(tmp_path / "new"), "-f", "json").stdout
    assert [("leak", "gained")] == [(c["id"], c["change"]) for c in json.loads(found)["claims"]]
    table = kg(str(tmp_path / "old"), str(tmp_path / "new"), "-f", "csv", "--edges").stdout
    assert "gained,arvenian-official,informs,harbour-times,0,1,leak\n" in table


def test_slips_are_told_in_one_line(repository: Path, tmp_path: Path) -> None:
    for arguments, code, message in (
        (("nosuch",), 1, "git knows no such revision"),
        (("--compare", "escalatoin"), 2, "did you mean"),
        (("--compare", "as-off=2021"), 2, "no dial is called 'as_off'"),
        (("--compare", "as-of=2021 x"), 2, "'x' is no dial with a value"),
        ((str(tmp_path),), 2, "is a folder without a kg.yaml"),
        (("--", "-x"), 1, "'-x' is no revision"),
    ):
        shown = kg(*arguments, folder=repository if "esc" not in str(arguments) else ROOT)
        assert code == shown.exit_code, shown.output
        assert message in shown.stderr


def test_facts_with_errors_are_not_compared(repository: Path) -> None:
    (repository / "facts" / "leak.yaml").write_text(LEAK.replace("informs", "infoms"))
    shown = kg(folder=repository)
    assert 1 == shown.exit_code
    assert "unknown-relation" in shown.stderr


def test_a_folder_without_git(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "starter", tmp_path / "alone")
    shown = kg(folder=tmp_path / "alone")
    assert 1 == shown.exit_code
    assert "not a git repository" in shown.stderr
