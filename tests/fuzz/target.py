"""Any bytes as a fact file among others: all that reads, judges, lays out, fixes and completes."""

from __future__ import annotations

import re
from functools import cache

from kg.assist.completion import complete
from kg.assist.world import World
from kg.check import Checked, Texts, check
from kg.edit.fixing import fix_all
from kg.edit.formatting import FormatError, formatted
from kg.model.diagnostic import Diagnostic
from kg.model.text import SourceText
from tests.conftest import ROOT, folder_texts

PATH = "facts/fuzzed.yaml"
_NAMES_A_WORD = re.compile(r"no [a-z, ]+ is called '([^']+)'")


@cache
def _starter() -> tuple[Texts, Checked]:
    texts = folder_texts(ROOT / "examples" / "starter")
    return texts, check(texts)


def try_out(data: bytes) -> None:
    """Ends without an exception where everything holds for these bytes."""
    starter, before = _starter()
    texts = starter.with_files({PATH: SourceText(PATH, data)})
    checked = check(texts, before)
    for diagnostic in (*checked.diagnostics, *checked.allowed):
        _lies_in_its_file(diagnostic, texts)
    _lays_out(texts.own[PATH])
    _fixes(texts, checked)
    _completes(data, checked)


def _lies_in_its_file(diagnostic: Diagnostic, texts: Texts) -> None:
    spans = [diagnostic.span, *(related.span for related in diagnostic.related)]
    if diagnostic.fix is not None:
        spans += [edit.span for edit in diagnostic.fix.edits]
    for span in spans:
        data = texts.by_path[span.path].data.decode("utf-8-sig", errors="replace")
        lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= span.line <= span.end_line <= len(lines), diagnostic
        assert (span.line, span.column) <= (span.end_line, span.end_column), diagnostic
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, diagnostic
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1, diagnostic
    named = _NAMES_A_WORD.match(diagnostic.message)
    span = diagnostic.span
    is_short = span.path == PATH and span.line == span.end_line
    if named is not None and "…" not in named[1] and is_short:
        data = texts.own[PATH].data.decode("utf-8-sig")
        line = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")[span.line - 1]
        written = line[span.column - 1 : span.end_column - 1]
        # An escape, a line break or a doubled quote is written otherwise than it is meant.
        is_plain = not re.search(r"\\|''", written)
        word, text = (" ".join(each.split()) for each in (named[1], written))
        assert not is_plain or word in text, (diagnostic, written)


def _lays_out(text: SourceText) -> None:
    try:
        once = formatted(text, [])
    except FormatError:
        return
    if once is not None:
        assert formatted(once, []) == once


def _fixes(texts: Texts, checked: Checked) -> None:
    def find(now: Texts) -> tuple[Diagnostic, ...]:
        return check(now, checked).diagnostics

    fixed = fix_all(texts, find, lambda diagnostic: True)
    again = fix_all(texts.with_files(fixed.texts), find, lambda diagnostic: True)
    assert not again.texts, (fixed.texts, again.texts)


def _completes(data: bytes, checked: Checked) -> None:
    lines = data.decode("utf-8", errors="replace").split("\n")
    row = len(data) % len(lines)
    complete(lines, PATH, row, len(lines[row]), World(checked.facts))
