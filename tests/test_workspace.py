"""The folder on disk: what is read, what is refused, and what one can ask of it in Python."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

import kg
from kg.lens import DialError
from kg.view import picture
from kg.workspace.build import artifacts
from kg.workspace.core import core_folder
from kg.workspace.folder import NoWorkspaceError, UnsoundError, open_workspace
from tests.conftest import ROOT


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(core_folder("starter"), tmp_path / "mine")
    return tmp_path / "mine"


def test_the_workspace_is_the_nearest_parent_with_a_profile(workspace: Path) -> None:
    assert workspace.resolve() == open_workspace(workspace / "facts").root
    with pytest.raises(NoWorkspaceError):
        open_workspace(workspace.parent)


def test_the_python_face_answers_what_the_command_line_does() -> None:
    ws = kg.open(ROOT)
    assert ws.checked.is_sound
    assert "russia" in ws.facts.entities
    table = ws.query("SELECT ?who { ?who kg:backs e:venezuela } ORDER BY ?who")
    assert (("e:china",), ("e:russia",)) == table.rows
    assert 4 == len(ws.query("denied-support").rows)
    assert 0 < len(ws.graph())
    assert {"china", "venezuela"} <= {
        a for tie in ws.network().ties for a in (tie.subject, tie.object)
    }


def test_a_lens_is_the_default_with_some_dials_turned() -> None:
    ws = kg.open(ROOT)
    assumed = ws.scene(ws.lens(assume="us-escalation"))
    assert len(ws.scene().in_force) < len(assumed.in_force)
    assert ws.scene().edges == tuple(
        c for c in assumed.edges if not c.conditions and c in ws.scene().edges
    )
    with pytest.raises(DialError):
        ws.lens(assume="russia")
    with pytest.raises(DialError, match="no lens"):
        ws.lens("nobody")


def test_unsound_facts_answer_nothing(workspace: Path) -> None:
    (workspace / "facts" / "broken.yaml").write_text("entities: [")
    ws = kg.open(workspace)
    assert ["facts/broken.yaml"] == [d.span.path for d in ws.diagnostics if d.severity == "error"]
    with pytest.raises(UnsoundError):
        ws.scene()


def test_two_builds_are_byte_identical_whatever_the_hash_seed(workspace: Path) -> None:
    first = artifacts(kg.open(workspace), kg.open(workspace).scene(), lambda message: None)
    second = artifacts(kg.open(workspace), kg.open(workspace).scene(), lambda message: None)
    assert first == second


def test_every_link_of_the_report_leads_to_something_in_the_graph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture, "MOST_THINGS", 8)  # a graph in parts holds all claims, too
    made = artifacts(kg.open(ROOT), kg.open(ROOT).scene(), lambda message: None)
    told = (made["report.html"] + made["report.md"]).decode()
    links = set(re.findall(r"graph\.html#([cn]=[^\")]+)", told))
    drawn = picture.compose(kg.open(ROOT).scene())
    held = {f"c={claim}" for claim in drawn.claims} | {f"n={thing}" for thing in drawn.things}
    assert links
    assert links <= held


@pytest.mark.skipif(os.name == "nt", reason="needs links and FIFOs")
def test_links_out_and_what_is_no_file_are_errors_not_reads(
    workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside.yaml").write_text("entities: {x: {type: State, name: X}}\n")
    (workspace / "facts" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    os.mkfifo(workspace / "facts" / "pipe.yaml")
    (tmp_path / "elsewhere").mkdir()
    (workspace / "facts" / "folder").symlink_to(tmp_path / "elsewhere")
    (workspace / "facts" / "gone.yaml").symlink_to(workspace / "facts" / "nowhere.yaml")
    ws = kg.open(workspace)
    found = {d.span.path: d.message for d in ws.diagnostics if d.code.name == "unreadable-file"}
    assert "it is a link that leads out of the workspace" == found["facts/link.yaml"]
    assert "it is not a regular file" == found["facts/pipe.yaml"]
    assert "it is a link to a folder, which is not followed" == found["facts/folder"]
    assert "facts/gone.yaml" in found
    assert "x" not in ws.facts.entities


def test_files_may_be_nested_and_have_either_ending(workspace: Path) -> None:
    deep = workspace / "facts" / "2025" / "may"
    deep.mkdir(parents=True)
    (deep / "more.yml").write_text("entities:\n  x: {type: State, name: X}\n")
    assert "x" in kg.open(workspace).facts.entities


def test_an_own_query_goes_before_the_core(workspace: Path) -> None:
    (workspace / "queries").mkdir(exist_ok=True)
    (workspace / "queries" / "relations.rq").write_text("# title: Mine\nSELECT (1 AS ?one) {}\n")
    assert "Mine" == kg.open(workspace).query("relations").title


def test_an_own_ontology_cannot_redefine_the_core(workspace: Path) -> None:
    (workspace / "ontology" / "more.yaml").write_text(
        "relations:\n  backs: {domain: Actor, range: Actor}\n"
    )
    codes = [d.code.name for d in kg.open(workspace).diagnostics]
    assert "redefined-term" in codes
