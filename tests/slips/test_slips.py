"""Each slip is found where it is, in one finding that says what to do; fixes put it right.

`world` is a small workspace without a mistake; each of `cases` is added to it as a further file,
and what is said of it stands under `said`, to be looked at and renewed by `--update-golden`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

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

#: Slips that a fact as a whole has, so that several keys of it are told of; or two slips in one.
OF_SEVERAL_FINDINGS = {"anchor-and-alias"}
#: Where nobody can say what was meant, or it is plain.
WITHOUT_A_HINT: set[str] = {"list-where-a-value-stands"}


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


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 50


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
    if path.stem not in WITHOUT_A_HINT:
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
    for path in CASES:
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
            wanted = texts.by_path[diagnostic.span.path].data.decode().split("\n")
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
