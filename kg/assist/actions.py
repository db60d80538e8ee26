"""What can be done about findings, in the editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.edit.apply import compatible
from kg.model.diagnostic import Diagnostic
from kg.model.edit import Edit
from kg.model.text import Span


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
