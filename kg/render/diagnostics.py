"""Findings as text for people, and as JSON, SARIF and annotations for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import quote

from kg.model.diagnostic import Diagnostic, Severity
from kg.model.display import counted, visible, width, wrap
from kg.model.edit import Fix
from kg.model.text import SourceText, Span

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_MAX_LINE = 160


def to_text(
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, SourceText],
    *,
    color: bool = False,
    columns: int | None = None,
) -> str:
    """Each finding with the line it is on, ready for a terminal; what is allowed is not told.

    Args:
        diagnostics: the findings, in the order in which to show them.
        texts: the files by path, for the lines; a file that is not there shows none.
        color: whether to mark severities with ANSI colours.
        columns: how many a terminal has, to which all is fitted; None where it is no terminal.
    """
    lines = _lines_of(texts)
    told = (each for each in diagnostics if each.allowed is None)
    return "".join(_block(each, lines, color, columns) for each in told)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """How many findings there are of each severity: `2 errors, 1 warning, 3 allowed`."""
    told = [diagnostic.severity for diagnostic in diagnostics if diagnostic.allowed is None]
    counts = [counted(told.count(s), s) for s in Severity if s in told] or ["no findings"]
    allowed = len(diagnostics) - len(told)
    return ", ".join([*counts, f"{allowed} allowed"] if allowed else counts)


def to_json(diagnostics: Sequence[Diagnostic] | None, texts: Mapping[str, SourceText]) -> str:
    """A stable JSON document: `{"diagnostics": [...]}`; lines and columns count from 1.

    Of None it is `{"diagnostics": null}`: there may be some, and nobody is told.
    """
    if diagnostics is None:
        return json.dumps({"diagnostics": None}) + "\n"
    found = [
        {
            "code": d.code.name,
            "family": d.code.family,
            "severity": d.severity,
            "message": d.message,
            "hint": d.hint,
            **_place(d.span),
            "related": [{"message": r.message, **_place(r.span)} for r in d.related],
            "fix": _fix(d.fix),
            "allowed": d.allowed,
        }
        for d in diagnostics
    ]
    return json.dumps({"diagnostics": found}, ensure_ascii=False, indent=2) + "\n"


def to_github(diagnostics: Sequence[Diagnostic], texts: Mapping[str, SourceText]) -> str:
    """Workflow commands that GitHub shows on the lines of a change; not what is allowed."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    return "".join(
        f"::{levels[d.severity]} file={_escape_property(d.span.path)},line={d.span.line},"
        f"col={d.span.column},endLine={d.span.end_line},endColumn={d.span.end_column},"
        f"title={_escape_property(d.code.name)}::{_escape_data(_with_hint(d))}\n"
        for d in diagnostics
        if d.allowed is None
    )


def to_sarif(diagnostics: Sequence[Diagnostic], texts: Mapping[str, SourceText]) -> str:
    """A SARIF 2.1.0 log with one run."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
    codes = sorted({d.code.name: d.code for d in diagnostics}.values(), key=lambda c: c.name)
    rules = [
        {
            "id": code.name,
            "shortDescription": {"text": code.summary},
            "defaultConfiguration": {"level": levels[code.severity]},
            "properties": {"family": code.family},
        }
        for code in codes
    ]
    results = [
        {
            "ruleId": d.code.name,
            "ruleIndex": codes.index(d.code),
            "level": levels[d.severity],
            "message": {"text": _with_hint(d)},
            "locations": [_sarif_location(d.span)],
            "relatedLocations": [
                {**_sarif_location(r.span), "message": {"text": r.message}} for r in d.related
            ],
            **({"fixes": [_sarif_fix(d.fix)]} if d.fix else {}),
            "suppressions": [{"kind": "inSource", "justification": d.allowed}] if d.allowed else [],
        }
        for d in diagnostics
    ]
    driver = {"name": "kg", "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


#: The formats of `kg check` by name.
FORMATS: Mapping[str, Callable[[Sequence[Diagnostic], Mapping[str, SourceText]], str]] = {
    "text": to_text,
    "json": to_json,
    "sarif": to_sarif,
    "github": to_github,
}


def _block(
    diagnostic: Diagnostic, lines: Callable[[str], list[str]], color: bool, columns: int | None
) -> str:
    label = f"{diagnostic.severity}[{diagnostic.code.name}]"
    row = f"{_at(diagnostic.span)}: {label}: {visible(_shortened(diagnostic.message))}"
    rows = _fitted(row, columns)
    if color:
        colored = f"\x1b[1;{_COLORS[diagnostic.severity]}m{label}\x1b[0m"
        rows = [each.replace(label, colored, 1) for each in rows]
    rows.extend(_excerpt(diagnostic.span, lines(diagnostic.span.path), columns))
    related = diagnostic.related
    if diagnostic.hint is not None:
        hint = visible(_shortened(diagnostic.hint))
        if hint.startswith("did you mean") and len(related) == 1:
            place = related[0].span
            hint, related = f"{hint} ({_shown(place.path)}:{place.line})", ()
        rows += _fitted(f"   = hint: {hint}", columns)
    for each in related:
        rows += _fitted(f"   = {_at(each.span)}: {visible(_shortened(each.message))}", columns)
    return "\n".join(rows) + "\n"


def _fitted(row: str, columns: int | None) -> list[str]:
    """A row in as many lines as it takes, those after the first further in."""
    return [row] if columns is None else wrap(row, max(columns, 20), "     ")


def _at(span: Span) -> str:
    return f"{_shown(span.path)}:{span.line}:{span.column}"


def _shown(path: str) -> str:
    """A path on one line: a file can be called anything."""
    return visible(path).replace("\n", "<U+000A>")


def _shortened(message: str) -> str:
    """A message on one line, without the middle of a page that it quotes; programs get it whole."""
    message = " ".join(message.split("\n"))
    if len(message) <= 2 * _MAX_LINE:
        return message
    return f"{message[:_MAX_LINE]} … {message[-_MAX_LINE:]}"


def _excerpt(span: Span, lines: list[str], columns: int | None) -> Iterator[str]:
    if span.line > len(lines) or not lines[span.line - 1] or lines[span.line - 1].isspace():
        return
    line = lines[span.line - 1]
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    start, end = span.column - 1, min(max(end, span.column), max(len(line), span.column))
    room = _MAX_LINE if columns is None else min(_MAX_LINE, max(columns - len("12345 | ……"), 12))
    is_long = width(visible(line)) > room
    skip = max(0, start - max(room // 2, room - (end - start) - 2)) if is_long else 0
    while skip < start and is_long and width(visible(line[skip:start])) > room - 4:
        skip += 1
    last = skip
    used = 0
    while last < len(line) and used + width(visible(line[last])) <= room:
        used += width(visible(line[last]))
        last += 1
    shown = line[skip:last]
    lead = "…" if skip else ""
    tail = "…" if last < len(line) else ""
    number = f"{span.line:5}"
    before = lead + visible(line[skip:start])
    marked = visible(line[start : min(end, last)])
    yield f"{number} | {lead}{visible(shown)}{tail}"
    yield f"      | {' ' * width(before)}{'^' * max(1, width(marked))}"


def _lines_of(texts: Mapping[str, SourceText]) -> Callable[[str], list[str]]:
    split: dict[str, list[str]] = {}

    def lines(path: str) -> list[str]:
        if path not in split:
            data = texts[path].data if path in texts else b""
            # As the YAML parser counts lines: CRLF, CR and LF end one, form feeds do not.
            text = data.decode("utf-8-sig", errors="replace")
            split[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return split[path]

    return lines


def _place(span: Span) -> dict[str, object]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _sarif_location(span: Span) -> dict[str, object]:
    location = {
        "artifactLocation": {"uri": quote(span.path, errors="surrogateescape")},
        "region": _region(span),
    }
    return {"physicalLocation": location}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(fix: Fix | None) -> dict[str, object] | None:
    if fix is None:
        return None
    edits = [{**_place(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.is_safe, "edits": edits}


def _sarif_fix(fix: Fix) -> dict[str, object]:
    from itertools import groupby

    changes = [
        {
            "artifactLocation": {"uri": quote(path, errors="surrogateescape")},
            "replacements": [
                {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
                for edit in edits
            ],
        }
        for path, edits in groupby(fix.edits, key=lambda edit: edit.span.path)
    ]
    return {"description": {"text": fix.title}, "artifactChanges": changes}


def _with_hint(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.message} ({diagnostic.hint})" if diagnostic.hint else diagnostic.message


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
