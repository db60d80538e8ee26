"""A new name for an id reaches every place, and the old one brings back every byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.assist.rename import rename
from kg.assist.target import Target
from kg.assist.world import World
from kg.check import Texts, check
from kg.edit.apply import apply_all
from kg.reading.shape import Space
from tests.conftest import shipped_texts
from tests.test_cli import kg


def renamed(texts: Texts, id: str, name: str, space: Space = Space.THING) -> Texts:
    edits = rename(Target(space, id, 0, 0, 0), name, World(check(texts).facts), texts)
    return texts.with_files(apply_all(texts.own, edits))


@pytest.mark.parametrize(
    ("id", "space"),
    [
        ("russia", Space.THING),  # in lists, chains and claims' ids
        ("us-escalation", Space.THING),  # a condition, and a dial of kg.yaml
        ("western-sources", Space.THING),  # a speaker, and in lists of kg.yaml
        ("next-news-2025-12-02", Space.THING),  # a source, in defaults
        ("no-extensive-military-support", Space.THING),  # a fact, named by others
        ("backs", Space.RELATION),
        ("Government", Space.TYPE),
    ],
)
def test_there_and_back_again(id: str, space: Space) -> None:
    texts = shipped_texts()
    name = f"{id}X" if space in (Space.TYPE, Space.RELATION) else f"{id}-anew"
    there = renamed(texts, id, name, space)
    before, after = check(texts), check(there)
    assert [d.code for d in before.diagnostics] == [d.code for d in after.diagnostics]
    assert len(before.facts.claims) == len(after.facts.claims)
    assert len(before.facts.entities) == len(after.facts.entities)
    back = renamed(there, name, id, space)
    assert texts.own == back.own


def test_claims_whose_ids_it_is_a_part_of_follow() -> None:
    after = check(renamed(shipped_texts(), "russia", "rossiya")).facts
    assert "no-extensive-military-support--rossiya" in after.claims
    assert not [id for id in after.claims if id.endswith("--russia")]
    assert {"rossiya"} == after.entities.keys() & {"russia", "rossiya"}


# -- the command --------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    kg("init", str(tmp_path))
    return tmp_path


def test_the_command_says_what_it_did_and_what_it_left(workspace: Path) -> None:
    (workspace / "queries").mkdir(exist_ok=True)
    query = "# title: Q\n# summary: Q.\nSELECT ?x { e:belmark ?x ?y }\n"
    (workspace / "queries" / "own.rq").write_text(query, encoding="utf-8")
    run = kg("rename", "belmark", "north", cwd=workspace)
    assert 0 == run.returncode, run.stderr
    assert "'belmark' is now 'north': 5 places in 2 files" in run.stderr
    assert "queries/own.rq may name it, too" in run.stderr
    assert "north" in kg("show", "north", cwd=workspace).stdout


def test_a_part_of_a_text_is_renamed_in_its_source_and_passages(workspace: Path) -> None:
    source = "harbour-times-2024-05-03"
    run = kg("rename", "P1", "Lead", "--part-of", source, cwd=workspace)
    assert 0 == run.returncode, run.stderr
    assert 0 == kg("check", "--texts", "texts", cwd=workspace).returncode
    assert "Lead: 49-231" in (workspace / "facts" / "sources.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nobody", "x"), "nothing is called 'nobody'"),
        (("belmrk", "x"), "did you mean 'belmark'?"),
        (("belmark", "arvenia"), "'arvenia' is taken"),
        (("belmark", "belmark"), "'belmark' is called so already"),
        (("belmark", "North"), "'North' cannot be an id here"),
        (("belmark", "subject"), "'subject' is taken"),
        (("backs", "supports"), "'backs' belongs to the core ontology"),
        (("P1", "x", "--part-of", "paper"), "--part-of: no source is called 'paper'"),
    ],
)
def test_what_cannot_be_renamed_is_refused(
    workspace: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = {path: path.read_bytes() for path in workspace.rglob("*.yaml")}
    run = kg("rename", *arguments, cwd=workspace)
    assert (2, "") == (run.returncode, run.stdout)
    assert message in run.stderr
    assert before == {path: path.read_bytes() for path in workspace.rglob("*.yaml")}


def test_a_file_that_cannot_be_read_stops_it(workspace: Path) -> None:
    (workspace / "facts" / "broken.yaml").write_text("facts: [belmark\n", encoding="utf-8")
    run = kg("rename", "belmark", "north", cwd=workspace)
    assert 2 == run.returncode
    assert "facts/broken.yaml cannot be read" in run.stderr


def test_what_means_two_things_must_be_told_apart(workspace: Path) -> None:
    ontology = "relations:\n  belmark: {label: x, domain: Actor, range: Actor}\n"
    (workspace / "ontology" / "more.yaml").write_text(ontology, encoding="utf-8")
    run = kg("rename", "belmark", "north", cwd=workspace)
    assert 2 == run.returncode
    assert "say which with --kind thing or --kind relation" in run.stderr
    assert 0 == kg("rename", "belmark", "north", "--kind", "relation", cwd=workspace).returncode
