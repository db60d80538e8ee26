"""Each slip is found where it is, in one finding that says what to do; fixes put it right.

`world` is a small workspace without a mistake; each of `cases` is added to it as a further file,
and what is said of it stands under `said`, to be looked at and renewed by `--update-golden`.
Where each is stands in `places.txt`, which nothing renews: it is what the findings are held to.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.check import Checked, Texts, check
from kg.edit.fixing import fix_all
from kg.model.diagnostic import Diagnostic, Severity
from kg.model.display import width
from kg.model.text import SourceText
from kg.render.diagnostics import to_text
from tests.conftest import ROOT, folder_texts

HERE = ROOT / "tests" / "slips"
CASES = sorted((HERE / "cases").glob("*.yaml"))
PATH = "facts/slip.yaml"

#: Two slips in one: the anchor is wrong, and so is what refers to it.
OF_SEVERAL_FINDINGS = {"anchor-and-alias"}
#: Right for whoever reads YAML, so nothing to compare: kg alone asks for one way of writing it.
OF_KG_ALONE = {"anchor-and-alias", "explicit-tag", "number-of-octal-digits", "utf-16"}


@cache
def world() -> tuple[Texts, Checked]:
    texts = folder_texts(HERE / "world")
    return texts, check(texts)


def with_slip(path: Path) -> Texts:
    return world()[0].with_files({PATH: SourceText(PATH, path.read_bytes())})


def found_in(texts: Texts) -> Sequence[Diagnostic]:
    """What is found more than in the world without the slip."""
    before = {(d.span, d.code.name) for d in world()[1].diagnostics}
    diagnostics = check(texts, world()[1]).diagnostics
    return [d for d in diagnostics if (d.span, d.code.name) not in before]


class Place(NamedTuple):
    """Where a slip is, and what kg calls it."""

    path: str
    line: int
    column: int
    code: str
    word: str  #: what is to be changed; nothing where something is missing


@cache
def places() -> Mapping[str, Place]:
    """The place of each slip, by its name."""
    found: dict[str, Place] = {}
    for row in (HERE / "places.txt").read_text(encoding="utf-8").split("\n"):
        if row:
            name, place, code, word = row.split(" | ")
            file, line, column = place.split(":")
            found[name] = Place(f"facts/{file}.yaml", int(line), int(column), code, word)
    return found


def test_each_has_its_place() -> None:
    assert [path.stem for path in CASES] == sorted(places())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_it_is_found_where_it_is(path: Path) -> None:
    place = places()[path.stem]
    texts = with_slip(path)
    found = found_in(texts)[0]
    span = found.span
    assert place[:4] == (span.path, span.line, span.column, found.code.name)
    text = texts.by_path[span.path].data.decode("utf-8-sig", errors="replace")
    line = text.replace("\r\n", "\n").split("\n")[span.line - 1]
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    assert place.word == line[span.column - 1 : end]


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_said_of_it(path: Path, golden: Callable[[Path, str], None]) -> None:
    texts = with_slip(path)
    golden(HERE / "said" / f"{path.stem}.txt", to_text(found_in(texts), texts.by_path))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_one_slip_is_one_finding_that_says_what_to_do(path: Path) -> None:
    found = found_in(with_slip(path))
    assert found
    if path.stem not in OF_SEVERAL_FINDINGS:
        assert 1 == len(found), [d.message for d in found]
    assert all(d.hint for d in found)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_fix_leaves_no_error_behind(path: Path) -> None:
    """Where nobody can say what was meant there is none, and nothing is changed."""
    texts = with_slip(path)
    if not any(d.fix for d in found_in(texts)):
        assert {} == fix_all(texts, found_in, lambda diagnostic: True).texts
        return
    fixed = fix_all(texts, found_in, lambda diagnostic: True)
    assert [] == [d.message for d in fixed.left if d.severity is Severity.ERROR]


def test_the_page_that_compares_has_what_is_said_today() -> None:
    """The words of the others are renewed by `tests/slips/compare.py` alone."""
    page = (ROOT / "docs" / "explanation" / "messages-compared.md").read_text(encoding="utf-8")
    for path in (path for path in CASES if path.stem not in OF_KG_ALONE):
        message = found_in(with_slip(path))[0].message
        assert f"| {path.stem} | `{message[:80]}" in page


@pytest.mark.parametrize("columns", [40, 60, 100])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_it_is_fitted_to_the_window(path: Path, columns: int) -> None:
    """No line is cut off at the end of the window, and the marks stand below what they mark."""
    texts = with_slip(path)
    for diagnostic in found_in(texts):
        lines = to_text([diagnostic], texts.by_path, columns=columns).splitlines()
        assert [] == [line for line in lines if width(line) > columns]
        marks = next((n for n, line in enumerate(lines) if line.lstrip(" |").startswith("^")), 0)
        if marks:
            start = lines[marks].index("^")
            wanted = (
                texts.by_path[diagnostic.span.path]
                .data.decode("utf-8-sig", errors="replace")
                .split("\n")
            )
            first = wanted[diagnostic.span.line - 1][diagnostic.span.column - 1 :][:1]
            assert lines[marks - 1][start : start + 1] in (first, "", " ")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are for Unix")
@pytest.mark.parametrize("columns", [50, 100])
def test_a_narrow_terminal_shows_it_whole(columns: int, tmp_path: Path) -> None:
    from tests.terminal import terminal  # it needs a pseudo-terminal

    shutil.copytree(HERE / "world", tmp_path / "w")
    shutil.copy(HERE / "cases" / "wrong-way-round.yaml", tmp_path / "w" / PATH)
    with terminal("check", folder=tmp_path / "w", columns=columns) as run:
        assert 1 == run.end()
        lines = [line for line in run.shown.splitlines() if line]
    assert "     State; 'memberOf' takes an object of type" in lines or columns > 50
    marks = next(line for line in lines if "^" in line)
    above = lines[lines.index(marks) - 1]
    assert "norland" == above[marks.index("^") : marks.rindex("^") + 1]
