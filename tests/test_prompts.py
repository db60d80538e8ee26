"""`kg add` asks in a real terminal: keys go in, and what a person sees is looked at."""

from __future__ import annotations

import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.terminal import terminal
from tests.test_cli import kg

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are for Unix")

CLAIMS, ACTORS = "facts/claims.yaml", "facts/actors.yaml"
FACT = (("subject: ", "belmark"), ("relation: ", "backs"), ("object: ", "arvenia"))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    kg("init", str(tmp_path))
    return tmp_path


def text_of(workspace: Path, name: str = CLAIMS) -> str:
    return (workspace / name).read_text(encoding="utf-8")


def test_a_fact_is_asked_for_key_by_key_and_written(workspace: Path) -> None:
    before = text_of(workspace)
    with terminal("add", "fact", folder=workspace) as run:
        run.answer(*FACT, ("source: ", ""), ("passage: ", "P1"), ("more? ", ""))
        shown = run.wait_for("Another fact?")
        run.type("n")
        assert 0 == run.end()
    assert "added fact 'belmark-backs-arvenia'" in shown
    assert "Belmark backs Arvenia …" in shown  # as far as it is said
    written = text_of(workspace)
    assert written.startswith(before)
    new = "  - {id: belmark-backs-arvenia, subject: belmark, relation: backs, object: arvenia, "
    assert new + "passage: P1}\n" == written.removeprefix(before).lstrip("\n")
    assert 0 == kg("check", "--texts", "texts", cwd=workspace).returncode


def test_tab_completes_what_fits(workspace: Path) -> None:
    with terminal("add", "fact", folder=workspace) as run:
        run.wait_for("subject:")
        run.child.send("Port Arv")  # an alias
        run.wait_for("Arvenia · State")
        run.child.send("\t")
        run.wait_for("subject: arvenia")
        run.type("")
        run.wait_for("relation:")
        run.child.send("memb")
        shown = run.wait_for("memberOf")
        assert "is a member of" in shown
        run.child.send("\t")
        run.wait_for("relation: memberOf")
        run.type("")
        run.wait_for("object:")
        run.child.send("\t")
        shown = run.wait_for("Coastal Pact · Alliance")
        assert "Closure of the strait" not in shown  # no scenario has members


def test_the_wrong_word_is_told_while_it_is_typed_and_not_taken(workspace: Path) -> None:
    with terminal("add", "fact", folder=workspace) as run:
        run.answer(("subject: ", "belmark"))
        run.wait_for("relation:")
        run.child.send("bakcs")
        run.wait_for("did you mean 'backs'?")
        run.type("")
        run.wait_for("no relation is called 'bakcs'")
        run.child.sendcontrol("u")
        run.answer(("relation: ", "backs"), ("object: ", "arvenia"), ("source: ", ""))
        run.answer(("passage: ", "P9"))
        run.wait_for("has no part 'P9'")
        run.child.sendcontrol("u")
        run.answer(("passage: ", "P1"), ("more? ", "when"))
        run.wait_for("when:")
        run.child.send("2024-13")
        run.wait_for("'2024-13'")


def test_what_is_not_there_is_made_on_the_spot(workspace: Path) -> None:
    with terminal("add", "fact", folder=workspace, columns=100) as run:
        run.answer(*FACT[:2], ("object: ", "corvia"))
        run.wait_for("no entity or source is called 'corvia'")
        run.answer(("[Y/n]", "y"), ("type: ", "State"), ("name: ", ""))
        run.wait_for("'corvia' is going to be made, too.")
        run.answer(("source: ", ""), ("passage: ", ""), ("more? ", ""), ("[y/N]", ""))
        assert 0 == run.end()
        assert "added entity 'corvia'" in run.shown
    assert "corvia: {type: State, name: Corvia}" in text_of(workspace, ACTORS)
    assert "object: corvia" in text_of(workspace)


def test_a_misspelt_id_is_put_right_and_nothing_is_made(workspace: Path) -> None:
    with terminal("add", "fact", folder=workspace, columns=100) as run:
        run.answer(*FACT[:2], ("object: ", "arvneia"))
        run.wait_for("did you mean 'arvenia'?")
        run.answer(("arvenia? [Y/n/make]", ""))
        run.wait_for("Belmark backs Arvenia")
        run.answer(("source: ", ""), ("passage: ", "P1"), ("more? ", ""), ("[y/N]", ""))
        assert 0 == run.end()
    assert "object: arvenia" in text_of(workspace)
    assert "arvneia" not in text_of(workspace) + text_of(workspace, ACTORS)


def test_a_name_is_taken_as_the_id_of_what_is_called_so(workspace: Path) -> None:
    with terminal("add", "fact", folder=workspace, columns=100) as run:
        run.answer(*FACT[:2], ("object: ", "port arven"))
        run.wait_for("'port arven' is arvenia")
        run.answer(("source: ", "Help for Arvenia"))
        run.wait_for("'Help for Arvenia' is harbour-times-2024-05-03")
        run.answer(("passage: ", "P1"), ("more? ", ""), ("[y/N]", ""))
        assert 0 == run.end()
    assert "object: arvenia" in text_of(workspace)


def test_what_is_put_in_has_to_fit_too(workspace: Path) -> None:
    with terminal("add", "fact", folder=workspace, columns=100) as run:
        run.answer(*FACT[:2], ("object: ", "Closure of the strait"))
        run.wait_for("'Closure of the strait' is strait-closure")
        run.wait_for("takes an object of type Actor")
        run.wait_for("object: strait-closure")  # asked again: only then is a key taken
        run.child.sendcontrol("u")
        run.answer(("object: ", "arvenia"), ("source: ", ""), ("passage: ", "P1"), ("more? ", ""))
        run.answer(("[y/N]", ""))
        assert 0 == run.end()
    assert "object: arvenia" in text_of(workspace)


def test_another_id_in_answer_to_a_question_is_taken_for_it(workspace: Path) -> None:
    with terminal("add", "fact", folder=workspace, columns=100) as run:
        run.answer(*FACT[:2], ("object: ", "corvia"))
        run.answer(("Make it? [Y/n]", "arvenia"))
        run.wait_for("Belmark backs Arvenia")
        run.answer(("source: ", ""), ("passage: ", "P1"), ("more? ", ""))
        run.answer(("[y/N]", "belmark"), ("[y/N]", "n"))  # no answer to that question
        assert 0 == run.end()
    assert "corvia" not in text_of(workspace) + text_of(workspace, ACTORS)


@pytest.mark.parametrize("key", ["\x03", "\x04", "\x1b"])
def test_whoever_stops_is_given_the_command_that_goes_on(workspace: Path, key: str) -> None:
    files = {path: path.read_bytes() for path in workspace.rglob("*.yaml")}
    with terminal("add", "fact", folder=workspace, columns=120) as run:
        run.answer(*FACT, ("source: ", ""), ("passage: ", "P1"))
        run.wait_for("more?")
        run.child.send(key)
        assert 1 == run.end()
        (line,) = [each for each in run.shown.splitlines() if each.startswith("kg add fact")]
    assert files == {path: path.read_bytes() for path in workspace.rglob("*.yaml")}
    done = kg(*shlex.split(line)[1:], cwd=workspace)
    assert 0 == done.returncode, done.stderr
    assert "belmark-backs-arvenia" in text_of(workspace)


def test_a_terminal_that_is_closed_leaves_nothing_half(workspace: Path) -> None:
    files = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    with terminal("add", "fact", folder=workspace) as run:
        run.answer(*FACT)
        run.child.close(force=True)
    assert files == {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}


def test_several_facts_are_added_one_after_the_other(workspace: Path) -> None:
    with terminal("add", "fact", folder=workspace) as run:
        run.answer(*FACT, ("source: ", ""), ("passage: ", "P1"), ("more? ", ""), ("[y/N]", "y"))
        run.answer(("subject: ", "arvenia"), *FACT[1:2], ("object: ", "belmark"))
        run.answer(("source: ", ""), ("passage: ", "P2"), ("more? ", ""), ("[y/N]", ""))
        assert 0 == run.end()
    assert "belmark-backs-arvenia" in text_of(workspace)
    assert "arvenia-backs-belmark" in text_of(workspace)


@pytest.mark.parametrize(
    ("noun", "answers", "name", "expected"),
    [
        ("entity", (("type: ", "State"), ("name: ", "Corvia")), ACTORS, "corvia: {type: State"),
        (
            "source",
            (("type: ", "NewsArticle"), ("title: ", "Storm"), ("publisher: ", "harbour-times"),
             ("published: ", "2024-06-01"), ("url: ", "")),
            "facts/sources.yaml",
            "harbour-times-2024-06-01:",
        ),
    ],
)  # fmt: skip
def test_entities_and_sources_are_asked_for_as_well(
    workspace: Path, noun: str, answers: tuple[tuple[str, str], ...], name: str, expected: str
) -> None:
    with terminal("add", noun, folder=workspace) as run:
        run.answer(*answers, ("more? ", ""), ("[y/N]", ""))
        assert 0 == run.end()
    assert expected in text_of(workspace, name)
    assert 0 == kg("check", cwd=workspace).returncode


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_nothing_runs_out_of_a_narrow_window(workspace: Path, columns: int) -> None:
    with terminal("add", "fact", folder=workspace, columns=columns) as run:
        run.answer(("subject: ", "belmark"))
        run.wait_for("relation:")
        run.child.send("givesMil")
        run.wait_for("givesMilitarySu")
        assert all(len(line) <= columns for line in run.screen.display)


def test_without_a_terminal_it_says_what_is_missing(workspace: Path) -> None:
    run = kg("add", "fact", "--subject", "belmark", cwd=workspace)
    assert 2 == run.returncode
    assert "the fact needs --relation, --object, --source" in run.stderr
    run = kg("add", "fact", cwd=workspace)
    assert 2 == run.returncode
    assert "--help shows every option" in run.stderr


def test_many_at_once_lose_nothing(workspace: Path) -> None:
    """Real processes, all adding to one file."""

    def add(number: int) -> subprocess.CompletedProcess[str]:
        words = ("--subject", "belmark", "--relation", "backs", "--object", "arvenia")
        source = ("--source", "harbour-times-2024-05-03", "--passage", "P1")
        own = ("--id", f"f{number}", "--when", str(1990 + number))
        return kg("add", "fact", *words, *source, *own, cwd=workspace)

    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(add, range(16)))
    assert [0] * 16 == [run.returncode for run in runs], [run.stderr for run in runs]
    written = text_of(workspace)
    assert [] == [n for n in range(16) if f"id: f{n}," not in written]
    assert 0 == kg("check", cwd=workspace).returncode
