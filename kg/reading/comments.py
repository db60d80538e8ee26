"""The comments of a YAML text: the parser reads over them, so they are found between its nodes."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.edit import Edit, Fix
from kg.model.node import Mark, Node, Scalar, Sequence, Unreadable
from kg.model.text import SourceText, Span

_BREAK = re.compile("\r\n|\r|\n")
_POSSIBLE = re.compile(r"(?<![^ \t])#")

#: A comment as nobody writes one: one blank before its `#` and none behind.
_CUTTING = re.compile(r"""[^\s:,"'\[{}\]|>-] #[^\s#]""")
#: A line of one key or item with its value: one that only goes on cannot be put in quotes.
_VALUE = re.compile(
    r"""[ ]*(?:(?:-[ ]+)+(?:[\w-]+:[ ]+)?|[\w-]+:[ ]+)(?P<value>[^\s"'\[{|>&*!].*)"""
)


class Comment(NamedTuple):
    """A comment and where it stands; it ends with its line."""

    line: int  #: from 1, as in a Span
    column: int  #: from 1, of its `#`
    text: str  #: from its `#` on, without blanks at its end
    is_alone: bool  #: nothing but blanks stands before it on its line


def comments(text: str, root: Node | None) -> tuple[Comment, ...]:
    """The comments of a text, in its order.

    What stands under a key for the second time is in no tree: a `#` in quotes there passes for a
    comment. Such a file has an error to be put right first.

    Args:
        text: the file, decoded and without its byte order mark.
        root: what `read_document` made of it; of a file that it cannot read, nothing is known.
    """
    if root is None or "#" not in text:
        return ()
    lines = _BREAK.split(text)
    possible = deque(
        (number, match.start())
        for number, line in enumerate(lines)
        if "#" in line
        for match in _POSSIBLE.finditer(line)
    )
    found: list[tuple[int, int]] = []
    _sift(root, possible, found, lines)
    firsts: dict[int, int] = {}
    for number, column in (*found, *possible):
        firsts.setdefault(number, column)  # what follows on its line belongs to it
    return tuple(
        Comment(
            number + 1,
            column + 1,
            lines[number][column:].rstrip(),
            not lines[number][:column].strip(" \t"),
        )
        for number, column in firsts.items()
    )


def cut_values(text: SourceText, root: Node) -> Iterator[Diagnostic]:
    """The values that end at a `#` which may have been meant as a part of them: `Case #5`."""
    if b" #" not in text.data:
        return
    decoded = text.data.decode("utf-8-sig")
    lines = _BREAK.split(decoded)
    for comment in comments(decoded, root):
        written = lines[comment.line - 1]
        if comment.is_alone or not _CUTTING.match(written, comment.column - 3):
            continue
        end = comment.column + len(comment.text)
        span = Span(text.path, comment.line, comment.column, comment.line, end)
        yield Diagnostic(
            COMMENT_IN_VALUE,
            "the value ends before this '#': YAML reads a comment from there on",
            span,
            "put the value in quotes, or a blank behind a '#' that begins a comment",
            fix=_quotes(written[: end - 1], span),
        )


def _quotes(line: str, comment: Span) -> Fix | None:
    """Quotes around all of a value; None where it does not stand alone on its line."""
    match = _VALUE.fullmatch(line)
    if match is None:
        return None
    value = "'" + match["value"].replace("'", "''") + "'"
    start = match.start("value") + 1
    span = Span(comment.path, comment.line, start, comment.line, comment.end_column)
    return Fix("put all of the line's text in quotes", (Edit(span, value),), is_safe=False)


def _sift(
    node: Node, possible: deque[tuple[int, int]], found: list[tuple[int, int]], lines: list[str]
) -> None:
    """Empties `possible` up to a node's end; what lies outside of scalars is found."""
    end = _place(node.end)
    _move(possible, found, _place(node.start))
    if not possible or possible[0] >= end:
        return
    if isinstance(node, Scalar):
        if lines[node.start.line][node.start.column] in "|>":  # a remark may follow this sign
            _move(possible, found, (node.start.line + 1, 0))
        while possible and possible[0] < end:
            possible.popleft()
    elif isinstance(node, Sequence):
        for item in node.items:
            _sift(item, possible, found, lines)
    elif not isinstance(node, Unreadable):
        for key, value in node.entries.values():
            _sift(key, possible, found, lines)
            _sift(value, possible, found, lines)
    _move(possible, found, end)


def _move(
    possible: deque[tuple[int, int]], found: list[tuple[int, int]], before: tuple[int, int]
) -> None:
    while possible and possible[0] < before:
        found.append(possible.popleft())


def _place(mark: Mark) -> tuple[int, int]:
    return mark.line, mark.column


COMMENT_IN_VALUE = Code(
    "comment-in-value", "YAML", Severity.WARNING, "a value is cut off by what may be a part of it"
)

CODES = (COMMENT_IN_VALUE,)
