"""Findings that the curator allows, each at one place and for a reason, by a comment.

`# kg: allow CODE: REASON` at the end of a line allows what is found on that line; on a line of its
own, what is found in the declaration below it. Errors are not allowed by anything.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.edit import Edit, Fix
from kg.model.suggest import suggest
from kg.model.text import SourceText, Span
from kg.reading.comments import Comment, comments
from kg.reading.vocabulary import Document

_MARKER = re.compile(r"#\s*kg\s*:\s*allow\b")
_FORM = re.compile(r"# kg: allow (?P<code>[a-z0-9-]+): (?P<reason>\S.*)")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A code that is allowed on some lines of a file."""

    code: str
    reason: str
    span: Span  #: the comment
    first: int  #: the lines that it is about, from 1, both included
    last: int
    whole: Span  #: the comment with the blanks before it, or with its line where it stands alone

    def allows(self, diagnostic: Diagnostic) -> bool:
        """Whether it is about this finding."""
        span = diagnostic.span
        is_here = span.path == self.span.path and self.first <= span.line <= self.last
        return is_here and diagnostic.code.name == self.code and not _is_error(diagnostic.code)


def may_hold_suppressions(text: SourceText) -> bool:
    """Whether it is worth reading a file for them."""
    return b"allow" in text.data


def read_suppressions(
    text: SourceText, document: Document, codes: Mapping[str, Code], found: list[Diagnostic]
) -> Iterator[Suppression]:
    """The suppressions in a file; what is wrong with one goes to `found`."""
    decoded = text.data.decode("utf-8-sig")
    lines = re.split("\r\n|\r|\n", decoded)
    for comment in comments(decoded, document.root):
        if not _MARKER.match(comment.text):
            continue
        suppression = _read(comment, text.path, lines, codes, found)
        if suppression is not None:
            yield suppression


def sift(
    found: Iterable[Diagnostic], suppressions: Iterable[Suppression]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The findings that nothing allows, and those that something does, each with the reason."""
    by_place: dict[tuple[str, str], list[Suppression]] = {}
    for suppression in suppressions:
        by_place.setdefault((suppression.span.path, suppression.code), []).append(suppression)
    told: list[Diagnostic] = []
    allowed: list[Diagnostic] = []
    for diagnostic in found:
        near = by_place.get((diagnostic.span.path, diagnostic.code.name), ())
        by = next((each for each in near if each.allows(diagnostic)), None)
        if by is None:
            told.append(diagnostic)
        else:
            allowed.append(replace(diagnostic, allowed=by.reason))
    return told, allowed


def unused(
    suppressions: Iterable[Suppression], allowed: Iterable[Diagnostic], sought: Container[str]
) -> Iterator[Diagnostic]:
    """Suppressions that allow nothing, though what they are about was looked for."""
    lines: dict[tuple[str, str], list[int]] = {}
    for diagnostic in allowed:
        place = (diagnostic.span.path, diagnostic.code.name)
        lines.setdefault(place, []).append(diagnostic.span.line)
    for each in suppressions:
        near = lines.get((each.span.path, each.code), ())
        if each.code in sought and not any(each.first <= line <= each.last for line in near):
            message = f"nothing of the kind '{each.code}' is found here"
            fix = Fix("delete the comment", (Edit(each.whole, ""),))
            yield Diagnostic(UNUSED_SUPPRESSION, message, each.span, "delete the comment", fix=fix)


def _read(
    comment: Comment,
    path: str,
    lines: list[str],
    codes: Mapping[str, Code],
    found: list[Diagnostic],
) -> Suppression | None:
    start = comment.column
    span = Span(path, comment.line, start, comment.line, start + len(comment.text))
    match = _FORM.fullmatch(comment.text)
    if match is None:
        found.append(
            Diagnostic(BAD_SUPPRESSION, "the comment allows nothing: it is not complete", span,
                       "write '# kg: allow CODE: REASON'")
        )  # fmt: skip
        return None
    name = match["code"]
    at = span._replace(column=start + match.start("code"), end_column=start + match.end("code"))
    code = codes.get(name)
    if code is None:
        meant = suggest(name, codes, at)
        hint = meant.hint if meant else "'kg explain' lists the codes"
        message = f"no diagnostic is called '{name}'"
        found.append(Diagnostic(BAD_SUPPRESSION, message, at, hint, fix=meant and meant.fix))
        return None
    if _is_error(code):
        message = f"'{name}' is an error, and errors cannot be allowed"
        found.append(Diagnostic(BAD_SUPPRESSION, message, at, "put right what is found"))
        return None
    first, last = comment.line, comment.line
    if comment.is_alone:
        first, last = _declaration_below(lines, comment.line)
    return Suppression(name, match["reason"], span, first, last, _whole(span, lines))


def _declaration_below(lines: list[str], line: int) -> tuple[int, int]:
    """The first and last line of what begins below a line: all that is indented deeper."""
    at = line
    while at < len(lines) and not _content(lines[at]):
        at += 1
    if at == len(lines):
        return line, line
    indent, is_item = _indent(lines[at])
    last = at
    for number in range(at + 1, len(lines)):
        if not _content(lines[number]):
            continue
        own, item = _indent(lines[number])
        if own < indent or (own == indent and not (item and not is_item)):
            break
        last = number
    return at + 1, last + 1


def _content(line: str) -> str:
    stripped = line.strip()
    return "" if stripped.startswith("#") else stripped


def _indent(line: str) -> tuple[int, bool]:
    stripped = line.lstrip(" ")
    return len(line) - len(stripped), stripped.startswith("- ")


def _whole(span: Span, lines: list[str]) -> Span:
    before = lines[span.line - 1][: span.column - 1].rstrip()
    if before or span.line == len(lines):  # the last line has no end to delete
        return span._replace(column=len(before) + 1)
    return Span(span.path, span.line, 1, span.line + 1, 1)


def _is_error(code: Code) -> bool:
    return code.severity is Severity.ERROR


BAD_SUPPRESSION = Code(
    "bad-suppression", "hygiene", Severity.WARNING, "a comment that should allow a finding cannot"
)
UNUSED_SUPPRESSION = Code(
    "unused-suppression", "hygiene", Severity.WARNING, "a comment allows what is not found there"
)

CODES = (BAD_SUPPRESSION, UNUSED_SUPPRESSION)
