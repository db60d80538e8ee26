"""What is wrong, where, and what to do about it: data is never refused by an exception."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from kg.model.edit import Fix
from kg.model.text import Span


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding, declared once, next to what finds it. It never changes its meaning.

    Its manual page, with an example of wrong and right, is `docs/diagnostics/NAME.md`.
    """

    name: str
    family: str
    severity: Severity
    summary: str  #: what is wrong, in one sentence without a full stop


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding, with words that say how."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, at the narrowest place that must change."""

    code: Code
    message: str
    span: Span
    hint: str | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = field(default=None, compare=False)
    allowed: str | None = None  #: why, where a comment allows it

    @property
    def severity(self) -> Severity:
        """The severity of its code."""
        return self.code.severity

    def below(self, folder: str) -> Diagnostic:
        """The same finding, told from above: its paths begin with `folder`."""

        def moved(span: Span) -> Span:
            return span._replace(path=f"{folder}/{span.path}")

        edits = (
            edit._replace(span=moved(edit.span)) for edit in (self.fix.edits if self.fix else ())
        )
        return replace(
            self,
            span=moved(self.span),
            related=tuple(replace(each, span=moved(each.span)) for each in self.related),
            fix=self.fix and replace(self.fix, edits=tuple(edits)),
        )


def in_reading_order(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics by file, line and column, each once, however they were found."""

    def place(diagnostic: Diagnostic) -> tuple[object, ...]:
        d = diagnostic
        return (
            d.span,
            d.code.name,
            d.message,
            d.hint or "",
            [(r.span, r.message) for r in d.related],
        )

    return tuple(sorted(dict.fromkeys(diagnostics), key=place))
