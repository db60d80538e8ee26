"""What can be done about findings, in the editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.assist.layout import lines_of
from kg.edit.apply import apply, compatible
from kg.edit.formatting import FormatError, formatted
from kg.model.diagnostic import Diagnostic, Severity
from kg.model.edit import Edit
from kg.model.text import SourceText, Span
from kg.reading.document import read_document
from kg.reading.vocabulary import Document
from kg.suppressions import read_suppressions


@dataclass(frozen=True, slots=True)
class Action:
    """Edits that an editor offers, with the finding that they put right."""

    title: str
    edits: tuple[Edit, ...]
    diagnostic: Diagnostic | None
    is_preferred: bool  #: it may be made unseen


def touching(diagnostics: Iterable[Diagnostic], selected: Span) -> Iterator[Diagnostic]:
    """The findings in the selected text, or where the cursor is."""
    for diagnostic in diagnostics:
        span = diagnostic.span
        if span.path == selected.path and span[1:3] <= selected[3:5] and selected[1:3] <= span[3:5]:
            yield diagnostic


def quick_fixes(diagnostics: Iterable[Diagnostic]) -> Iterator[Action]:
    """The fixes that findings carry."""
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is not None:
            yield Action(fix.title, fix.edits, diagnostic, fix.is_safe)


def fix_all(diagnostics: Iterable[Diagnostic], path: str) -> Action | None:
    """All fixes of one file at once that may be made unseen."""
    safe = [d.fix.edits for d in diagnostics if d.fix is not None and d.fix.is_safe]
    within = [edits for edits in safe if all(edit.span.path == path for edit in edits)]
    edits = compatible(within)
    return Action("fix all that is safe to fix", tuple(edits), None, True) if edits else None


#: What stands for a reason until somebody writes one.
REASON = "say why"


def allowances(diagnostics: Iterable[Diagnostic], text: SourceText) -> Iterator[Action]:
    """For each finding that is no error, the comment that allows it, its reason yet to be written.

    It goes to the end of the line, or on a line above where it would be no comment there.
    """
    for diagnostic in diagnostics:
        if diagnostic.severity is Severity.ERROR:
            continue
        for edit in _comments_allowing(diagnostic, text):
            if _allows(apply(text, [edit]), diagnostic):
                yield Action(f"allow {diagnostic.code.name} here", (edit,), diagnostic, False)
                break


def _comments_allowing(diagnostic: Diagnostic, text: SourceText) -> Iterator[Edit]:
    path, row = diagnostic.span.path, diagnostic.span.line
    line = lines_of(text.data.decode("utf-8-sig"))[row - 1]
    comment = f"# kg: allow {diagnostic.code.name}: {REASON}"
    end = len(line.rstrip()) + 1
    yield Edit(Span(path, row, end, row, end), f"  {comment}")
    indent = len(line) - len(line.lstrip(" "))
    yield Edit(Span(path, row, 1, row, 1), f"{' ' * indent}{comment}\n")


def _allows(text: SourceText, diagnostic: Diagnostic) -> bool:
    """Whether the text has a comment that allows the finding, and is still what it was."""
    root = read_document(text, [])
    if root is None:
        return False
    code = {diagnostic.code.name: diagnostic.code}
    found = read_suppressions(text, Document(text.path, root), code, [])
    return any(each.reason == REASON for each in found)


def layout(text: SourceText) -> Edit | None:
    """The edit that puts a file into kg's layout; None where there is nothing to do, or no way."""
    try:
        new = formatted(text, [])
    except FormatError:
        return None
    if new is None:
        return None
    old_lines = lines_of(text.data.decode("utf-8-sig"))
    new_lines = lines_of(new.data.decode())
    if old_lines == new_lines:  # how lines end is the editor's to say
        return None
    first = 0
    while first < min(len(old_lines), len(new_lines)) and old_lines[first] == new_lines[first]:
        first += 1
    last = 0  # counted from the end
    most = min(len(old_lines), len(new_lines)) - first
    while last < most and old_lines[-1 - last] == new_lines[-1 - last]:
        last += 1
    return _lines_replaced(text.path, old_lines, new_lines, first, last)


def _lines_replaced(path: str, old: list[str], new: list[str], first: int, last: int) -> Edit:
    """The edit that puts the new lines between the equal ones at both ends in place of the old."""
    lines = new[first : len(new) - last]
    if last:  # whole lines, the break behind them too
        span = Span(path, first + 1, 1, len(old) - last + 1, 1)
        return Edit(span, "".join(f"{line}\n" for line in lines))
    if first == len(old):  # behind the last line
        end = len(old[-1]) + 1
        return Edit(Span(path, first, end, first, end), "".join(f"\n{line}" for line in lines))
    if not lines:  # the break before them goes, too
        return Edit(Span(path, first, len(old[first - 1]) + 1, len(old), len(old[-1]) + 1), "")
    return Edit(Span(path, first + 1, 1, len(old), len(old[-1]) + 1), "\n".join(lines))
