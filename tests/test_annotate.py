"""`kg annotate` in a real terminal, and what it prints for a pipe."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.main import cli
from kg.coverage import Anchor, Part
from kg.edit.anchor import places_of, words_in
from kg.model.display import width
from kg.render.annotated import part_lines
from tests.conftest import sound_facts
from tests.terminal import terminal

SOURCE = "harbour-times-2024-05-03"
TEXT = f"texts/{SOURCE}.txt"

unix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are for Unix")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    assert 0 == CliRunner().invoke(cli, ["init", str(tmp_path / "mine")]).exit_code
    return tmp_path / "mine"


def kg(workspace: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(workspace), *arguments])


def annotate(workspace: Path, *arguments: str) -> Result:
    return kg(workspace, "annotate", SOURCE, "--text", str(workspace / TEXT), *arguments)


# -- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "text", "places"),
    [
        ("2", "one two  three", ((4, 7),)),
        ("1-3", "one two  three", ((0, 14),)),
        ("3-1", "one two three", ()),
        ("2-3", "one (two three), four", ((5, 14),)),
        ("2", "one – two", ((4, 5),)),
        ("4", "one two three", ()),
        ("0", "one two three", ()),
        ("two three", "one two\n three", ((4, 14),)),
        ("TWO", "one two", ((4, 7),)),
        ("two", "Two two", ((4, 7),)),
        ("o", "one two", ((0, 1), (6, 7))),
        ('"2024"', "in 2024 again", ((3, 7),)),
        ("東京", "首都は東京です", ((3, 5),)),
        ("a.c", "abc a.c", ((4, 7),)),
        ("", "one", ()),
        ("four", "one two", ()),
    ],
)
def test_words_are_chosen_by_number_or_phrase(
    wish: str, text: str, places: tuple[tuple[int, int], ...]
) -> None:
    assert places == places_of(wish, text)


def test_words_stand_between_blanks() -> None:
    assert ((0, 3), (5, 8)) == words_in("one  two")


# -- the paragraph --------------------------------------------------------------------------------

FACTS = sound_facts(
    "entities: {a: {type: State, name: A}, b: {type: State, name: B}}\n"
    "sources: {s: {type: Report, title: S, published: 2024}}\n"
    "facts:\n"
    "  - {id: f, subject: a, relation: backs, object: b, source: s}\n"
    "  - {id: g, subject: b, relation: informs, object: a, source: s}\n"
)


def lines_of(text: str, *anchors: tuple[str, int, int], columns: int = 40) -> list[str]:
    part = Part(
        "P1", 0, len(text), tuple(Anchor(id, (start, end)) for id, start, end in anchors),
        bool(anchors), is_unclaimed=False, is_headline=False,
    )  # fmt: skip
    return part_lines(part, text, FACTS, columns)


def test_marks_stand_below_the_words_that_are_cited() -> None:
    text = "one two three four five six seven eight"
    lines = lines_of(text, ("f", 4, 13), ("g", 8, 18), columns=30)
    assert ["P1 · 39 characters · 2 claims", "  · 35% cited exactly"] == lines[:2]
    assert [
        "  1  one two three four five",
        "         1111=====22222",
        "  6  six seven eight",
        "",
        "  = cited by several",
        "  1 A backs B (f: 4-13)",
        "  2 B informs A (g: 8-18)",
    ] == lines[3:]


@pytest.mark.parametrize("columns", [20, 24, 33, 80])
@pytest.mark.parametrize(
    "text",
    [
        "首都は東京です。日本の首都は東京です。東京は大きいです。",
        "cafe\u0301 cafe\u0301 nai\u0308ve re\u0301sume\u0301 de\u0301ja\u0300 vu",
        "flags 🇳🇴 and families 👨‍👩‍👧 and thumbs 👍🏽 everywhere around here",
        "averylongwordthatfitsintonolineofsuchaterminalandisbrokenwhereitmustbe end",
        "tabs\tand\nlines\r\nand \x1b[31m escapes \u202e",
    ],
)
def test_no_line_is_wider_than_the_terminal(text: str, columns: int) -> None:
    lines = lines_of(text, ("f", 3, 9), columns=columns)
    assert [] == [line for line in lines if width(line) > max(columns, 24)]
    assert "\x1b" not in "".join(lines)
    shown = "".join(line[5:] for line in lines[2:-1])
    assert [] == [c for c in text if c.isalnum() and c not in shown]


@pytest.mark.parametrize(
    ("text", "start", "end"), [("首都は東京です", 3, 5), ("e\u0301e\u0301 xy", 3, 5)]
)
def test_marks_are_as_wide_as_what_they_mark(text: str, start: int, end: int) -> None:
    lines = lines_of(text, ("f", start, end))
    at = next(index for index, line in enumerate(lines) if line.startswith("  1  "))
    mark = lines[at + 1]
    assert width(lines[at][: 5 + start]) == len(mark) - len(mark.lstrip())
    assert width(text[start:end]) == len(mark.strip())


# -- for a pipe -----------------------------------------------------------------------------------


def test_the_list_tells_what_is_covered(workspace: Path) -> None:
    run = annotate(workspace, "--list")
    assert 0 == run.exit_code, run.output
    assert "P2 · 156 characters · 2 claims · 10% cited exactly" in run.output
    assert "(transit: 101-118)" in run.output
    assert "3 of 3 parts covered" in run.output
    assert "\x1b" not in run.output


def test_the_text_is_found_by_its_hash_whatever_its_file_is_called(workspace: Path) -> None:
    named = annotate(workspace, "--list")
    (workspace / TEXT).rename(workspace / "texts" / "clipping.txt")
    found = kg(workspace, "annotate", SOURCE, "--list")
    assert (0, named.stdout) == (found.exit_code, found.stdout)
    (workspace / "texts" / "clipping.txt").write_text("something else", encoding="utf-8")
    missing = kg(workspace, "annotate", SOURCE, "--list")
    assert 2 == missing.exit_code
    assert f"'{SOURCE}' has no text below texts/: --text FILE names it" in missing.stderr


def test_another_text_is_refused(workspace: Path) -> None:
    with (workspace / TEXT).open("a") as file:
        file.write("More.\n")
    run = annotate(workspace, "--list")
    assert 1 == run.exit_code
    assert f"is not the text that '{SOURCE}' was read in" in run.output


@pytest.mark.parametrize(
    ("change", "what"), [(b"\r\n", "its line ends"), (b"", "its byte order mark")]
)
def test_a_text_that_differs_in_form_alone_is_told(
    workspace: Path, change: bytes, what: str
) -> None:
    data = (workspace / TEXT).read_bytes()
    data = data.replace(b"\n", change) if change else b"\xef\xbb\xbf" + data
    (workspace / TEXT).write_bytes(data)
    assert f"but for {what} it is" in annotate(workspace, "--list").output


def test_misuse(workspace: Path) -> None:
    assert 2 == annotate(workspace).exit_code  # there is no terminal
    run = kg(workspace, "annotate", "harbour", "--text", str(workspace / TEXT), "--list")
    assert 2 == run.exit_code
    assert "no source is called 'harbour'" in run.output


# -- in a terminal --------------------------------------------------------------------------------


@unix
def test_a_fact_is_added_to_chosen_words_and_written_at_once(workspace: Path) -> None:
    with terminal("annotate", SOURCE, "--text", TEXT, folder=workspace) as run:
        run.wait_for("H [n p s a q]>")
        run.type("P2")
        run.wait_for("P2 [n p s a q]>")
        run.type("a")
        run.wait_for("words (")
        run.type("the two governments")
        run.answer(
            ("subject: ", "arvenia"), ("relation: ", "criticizes"), ("object: ", "belmark"),
            ("more? ", "polarity"), ("polarity: ", "denied"), ("more? ", ""),
        )  # fmt: skip
        shown = run.wait_for("P2 [n p s a q]>", 2)
        assert "added fact 'arvenia-criticizes-belmark-denied'" in shown
        assert "3 claims" in shown
        written = (workspace / "facts" / "claims.yaml").read_text()
        run.answer(("P2 [n p s a q]>", "q"))
        assert 0 == run.end(), run.shown
        assert "3 of 3 parts covered" in run.shown
    assert "passage: {part: P2, chars: 48-67}" in written
    assert "quote: the two" not in written
    assert 0 == kg(workspace, "check", "--texts", str(workspace / "texts")).exit_code


@unix
def test_a_slip_is_told_and_nothing_is_lost_on_interruption(workspace: Path) -> None:
    before = (workspace / "facts" / "claims.yaml").read_bytes()
    with terminal(
        "annotate", SOURCE, "--text", TEXT, "--quote", folder=workspace, columns=50
    ) as run:
        run.wait_for("H [n p s a q]>")
        run.type("s")
        run.wait_for("every paragraph has a claim")
        run.type("n")
        run.wait_for("P1 [n p s a q]>")
        run.type("a")
        run.wait_for("words (")
        run.type("no such words")
        run.wait_for("these words do not stand in P1")
        run.child.sendcontrol("u")
        run.type("1")
        run.wait_for("subject:")
        run.type("arvenia")
        run.wait_for("relation:")
        run.child.send("criticisez")
        run.wait_for("'criticizes'?")
        run.child.sendcontrol("c")
        run.wait_for("P1 [n p s a q]>", 2)
        assert "nothing was written; this is what was entered:" in run.shown
        assert "--subject arvenia" in run.shown
        assert before == (workspace / "facts" / "claims.yaml").read_bytes()
        run.child.sendcontrol("d")
        assert 0 == run.end()


@unix
def test_words_that_stand_twice_are_asked_for(workspace: Path) -> None:
    with terminal("annotate", SOURCE, "--text", TEXT, "--quote", folder=workspace) as run:
        run.wait_for("H [n p s a q]>")
        run.type("P1")
        run.wait_for("P1 [n p s a q]>")
        run.type("a")
        run.wait_for("words (")
        run.type("Arvenia")
        run.wait_for("which>")
        run.type("2")
        run.answer(
            ("subject: ", "arvenia"), ("relation: ", "informs"), ("object: ", "belmark"),
            ("more? ", ""),
        )  # fmt: skip
        run.wait_for("added fact 'arvenia-informs-belmark'")
        run.type("q")
        run.end()
    assert "quote: Arvenia}" in (workspace / "facts" / "claims.yaml").read_text()


@unix
@pytest.mark.parametrize("is_flow", [True, False])
def test_a_source_without_a_text_gets_one(workspace: Path, is_flow: bool) -> None:
    text = "Ein Satz über 東京. 👍\n\nNoch einer.\n"
    (workspace / "texts" / "new.txt").write_text(text, encoding="utf-8")
    body = (
        "{type: Report, title: New, published: 2024-06}\n"
        if is_flow
        else "\n    type: Report\n    title: New\n    published: 2024-06  # as printed\n"
    )
    (workspace / "facts" / "new.yaml").write_text(f"sources:\n  new: {body}# the end\n")
    with terminal("annotate", "new", "--text", "texts/new.txt", folder=workspace) as run:
        run.wait_for("Write it? [y/N]")
        run.type("y")
        shown = run.wait_for("P1 [n p s a q]>")
        assert "no claim" in shown
        run.type("q")
        assert 0 == run.end()
    written = (workspace / "facts" / "new.yaml").read_text()
    assert written.endswith("# the end\n")
    assert "0-19" in written
    found = kg(workspace, "check", "--texts", str(workspace / "texts")).output
    assert "error" not in found
