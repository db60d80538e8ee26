"""One layout for the files of a workspace: the same text but for blanks, line breaks and quotes.

A file is written anew from its nodes and comments, in their order. What its author chose and its
readers are used to is kept: the order of keys, a line or a block for a fact, a blank line between
groups, the breaks in a long text, comments below each other. (A round-trip library for YAML loses
comments between brackets and reads a date as a date; kg's YAML is small enough to be written here.)
"""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from kg.edit.pieces import dashes
from kg.edit.scalars import flow_scalar, scalar
from kg.model.diagnostic import Diagnostic
from kg.model.node import Mapping, Mark, Node, Scalar, Sequence, same_values
from kg.model.text import SourceText
from kg.reading.comments import Comment, comments
from kg.reading.document import read_document

#: A fact or a list between brackets that is longer becomes a block. Texts are never broken.
WIDTH = 140
INDENT = 2
#: How far a comment stands behind a line, unless it stands below another one.
GAP = 2


class FormatError(Exception):
    """A text that the layout cannot hold without changing what it says."""


def formatted(text: SourceText, found: list[Diagnostic]) -> SourceText | None:
    """The same text in kg's layout; None, and diagnostics in `found`, where it cannot be read.

    Raises:
        FormatError: where it could not say the same, such as with a key of a thousand letters.
    """
    problems: list[Diagnostic] = []
    root = read_document(text, problems)
    if root is None or problems:
        found.extend(problems)
        return None
    source = text.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    remarks = comments(source, root)
    written = _Writer(source, remarks).write(root)
    result = SourceText(text.path, written.encode())
    again = read_document(result, problems)
    if again is None or problems or not same_values(root, again) or (
        [c.text for c in remarks] != [c.text for c in comments(written, again)]
    ):  # fmt: skip
        raise FormatError(f"{text.path}: it says something that kg's layout cannot hold")
    return result


class _Place(NamedTuple):
    """Counted from 0, as the parser's marks are."""

    line: int
    column: int


class _Limit(NamedTuple):
    """What follows a block: where, and at which column, for telling whose a comment is."""

    place: _Place
    column: float


@dataclass(slots=True)
class _Line:
    text: str
    is_open: bool = True  #: a comment may stand behind it
    comment: Comment | None = None


class _Writer:
    """Writes nodes, and before each of them the comments that stand before it in the source."""

    def __init__(self, source: str, remarks: tuple[Comment, ...]) -> None:
        self.source = source.split("\n")
        self.waiting = deque(remarks)
        self.lines: list[_Line] = []
        self.dashes = ""  #: how the next line begins, where it is the first of a list's item
        self.is_after_blank = False  #: whether a blank line stands before the dashes
        self.is_opening = True  #: a block begins: no blank line before its first entry

    def write(self, root: Mapping) -> str:
        end = _Place(len(self.source), 0)
        self.block(root, 0, _Limit(end, 0))
        self.comments_before(end, 0)
        _line_up(self.lines, self.source)
        return "".join(f"{line.text}\n" for line in self.lines)

    # -- blocks -----------------------------------------------------------------------------------

    def block(self, node: Mapping | Sequence, indent: int, limit: _Limit) -> None:
        """An entry on each line, and the comments behind the last of them."""
        self.is_opening = True
        if self.is_flow(node):
            self.flow_block(node, indent, limit)
            return
        self.entries(node, indent, limit)
        self.comment_behind(limit.place)
        self.comments_from(node.start.column, limit, indent)

    def flow_block(self, node: Mapping | Sequence, indent: int, limit: _Limit) -> None:
        """What stood between brackets as a block, with the comments before and behind the last."""
        end = _place(node.end)
        behind = min(_Place(end.line + 1, 0), limit.place)
        if not self.is_next(end) and self.is_next(behind):  # of the whole, so behind its first line
            comment = self.waiting.popleft()
            count = len(self.lines) if self.dashes else len(self.lines) - 1
            self.entries(node, indent, _Limit(end, math.inf))
            next(line for line in self.lines[count:] if line.text).comment = comment
            return
        self.entries(node, indent, _Limit(end, math.inf))
        self.comments_before(end, indent)
        self.comments_before(behind, indent)

    def entries(self, node: Mapping | Sequence, indent: int, limit: _Limit) -> None:
        column = math.inf if limit.column == math.inf else node.start.column
        heads = self.heads(node)
        for number, (place, head, value) in enumerate(heads):
            self.comments_before(place, indent)
            is_last = number + 1 == len(heads)
            after = limit if is_last else _Limit(heads[number + 1][0], column)
            self.entry(place, head, value, indent, after)

    def heads(self, node: Mapping | Sequence) -> list[tuple[_Place, str, Node]]:
        """Each entry of a block: where it begins, its key or dash, and its value."""
        if isinstance(node, Mapping):
            return [
                (_place(key.start), f"{self.one_line(key, scalar)}:", value)
                for key, value in node.entries.values()
            ]
        if self.is_flow(node):
            return [(_place(item.start), "-", item) for item in node.items]
        return [(place, "-", item) for place, item in self.dashed(node)]

    def dashed(self, node: Sequence) -> Iterator[tuple[_Place, Node]]:
        """The items of a list with their dashes, which stand below each other."""
        for line, item in zip(dashes(self.source, node), node.items, strict=True):
            yield _Place(line, node.start.column), item

    def entry(self, place: _Place, head: str, value: Node, indent: int, limit: _Limit) -> None:
        inside = indent + INDENT
        is_after_blank = self.is_after_blank_line(place)
        texts = self.texts(value, inside, indent + len(head) + 1)
        if isinstance(value, Mapping | Sequence) and texts is None:
            if head == "-" and not self.is_next(self.first_place(value)):
                self.begin_item(indent, is_after_blank)
            else:
                self.line(indent, head, is_after_blank)
            self.block(value, inside, limit)
            return
        assert texts is not None
        if texts == [""]:
            self.line(indent, head, is_after_blank)
            self.comment_behind(limit.place)
            self.comments_from(place.column + 1, limit, inside)
            return
        is_too_long = indent + len(head) + 1 + len(texts[0]) > WIDTH
        if self.is_next(self.first_place(value)) or (
            is_too_long and value.start.line > place.line and texts[0][0] not in "|>"
        ):
            self.line(indent, head, is_after_blank)
            self.comments_before(self.first_place(value), inside)
            self.line(inside, texts[0])
        else:
            self.line(indent, f"{head} {texts[0]}", is_after_blank)
        if texts[0][0] in "|>":
            self.comment_behind(_Place(value.start.line + 1, 0))
        self.lines += [_Line(text) for text in texts[1:]]

    def first_place(self, value: Node) -> _Place:
        """Where what is written of a value begins: comments before that stand before the value."""
        if isinstance(value, Mapping | Sequence) and self.is_flow(value):
            heads = self.heads(value)
            return heads[0][0] if heads else _place(value.end)
        return _place(value.start)

    # -- lines ------------------------------------------------------------------------------------

    def begin_item(self, indent: int, is_after_blank: bool) -> None:
        if not self.dashes:
            self.is_after_blank = is_after_blank and not self.is_opening
        self.dashes = (self.dashes or " " * indent) + "- "

    def line(self, indent: int, text: str, is_after_blank: bool = False) -> None:
        if self.dashes:
            is_after_blank = self.is_after_blank
        elif self.is_opening:
            is_after_blank = False
        if is_after_blank and self.lines and self.lines[-1].text.strip():
            self.lines.append(_Line("", is_open=False))
        self.lines.append(_Line((self.dashes or " " * indent) + text))
        self.dashes, self.is_opening = "", False

    def is_after_blank_line(self, place: _Place) -> bool:
        line, column = place
        return line > 0 and not (self.source[line][:column] + self.source[line - 1]).strip()

    # -- comments ---------------------------------------------------------------------------------

    def is_next(self, place: _Place) -> bool:
        """Whether a comment stands before `place` that is not written yet."""
        return bool(self.waiting) and _place_of(self.waiting[0]) < place

    def comments_before(self, place: _Place, indent: int) -> None:
        """All comments that stand before `place`."""
        self.comment_behind(place)
        while self.is_next(place):
            self.own_line(indent)

    def comments_from(self, column: int, limit: _Limit, indent: int) -> None:
        """Those that come next and are indented like the block that ends, or more."""
        while self.is_next(limit.place):
            at = _place_of(self.waiting[0]).column
            if at < column or at <= limit.column:
                return
            self.own_line(indent)

    def comment_behind(self, place: _Place) -> None:
        """One that stands before `place` behind something: it stays behind it."""
        if self.is_next(place) and not self.waiting[0].is_alone and self.lines:
            last = self.lines[-1]
            if last.is_open and last.comment is None:
                last.comment = self.waiting.popleft()

    def own_line(self, indent: int) -> None:
        comment = self.waiting.popleft()
        self.line(indent, comment.text, self.is_after_blank_line(_place_of(comment)))
        self.lines[-1].is_open = False

    def holds_comment(self, node: Node) -> bool:
        start, end = _place(node.start), _place(node.end)
        for comment in self.waiting:
            if _place_of(comment) >= end:
                return False
            if _place_of(comment) > start:
                return True
        return False

    # -- values -----------------------------------------------------------------------------------

    def is_flow(self, node: Mapping | Sequence) -> bool:
        """Whether it stands between brackets."""
        line = node.start.line  # that of a file without a key lies behind it
        is_there = line < len(self.source)
        return is_there and self.source[line].startswith(("{", "["), node.start.column)

    def texts(self, node: Node, indent: int, used: int) -> list[str] | None:
        """A value's first line and, indented, those that follow; None if it must be a block."""
        if isinstance(node, Mapping | Sequence):
            if not self.is_flow(node):
                return None
            flat = self.flat(node)
            if len(flat) == len("[]"):
                return [flat]
            is_short = used + len(flat) <= WIDTH
            return [flat] if is_short and not self.holds_comment(node) else None
        if not isinstance(node, Scalar) or node.start.line == node.end.line:
            return [self.one_line(node, scalar)]
        if self.source[node.start.line][node.start.column] in "|>":
            return self.block_texts(node, indent)
        return self.folded_texts(node, indent)

    def flat(self, node: Node) -> str:
        """A value on one line, as it stands between brackets."""
        if isinstance(node, Mapping):
            pairs = node.entries.values()
            return "{" + ", ".join(f"{self.flat(k)}: {self.flat(v)}" for k, v in pairs) + "}"
        if isinstance(node, Sequence):
            return "[" + ", ".join(self.flat(item) for item in node.items) + "]"
        return self.one_line(node, flow_scalar)

    def one_line(self, node: Node, plainly: Callable[[str], str]) -> str:
        """A scalar on one line, without quotes that no reader of YAML needs."""
        assert isinstance(node, Scalar)
        if node.start.line < node.end.line:
            return plainly(node.value)
        if node.start.line == len(self.source):
            return ""  # it is not there, and stands below the last line
        written = self.source[node.start.line][node.start.column : node.end.column]
        inner = written[1:-1].replace("''", "'") if written[:1] == "'" else written[1:-1]
        is_needless = (
            written[:1] in ("'", '"')
            and inner == node.value == plainly(node.value)
            and _A_TEXT_TO_ALL.fullmatch(node.value)
        )
        return node.value if is_needless else written

    def folded_texts(self, node: Scalar, indent: int) -> list[str]:
        """A text of several lines, in quotes or without: every line begins below the others."""
        lines = self.source[node.start.line : node.end.line + 1]
        lines[-1] = lines[-1][: node.end.column]
        lines[0] = lines[0][node.start.column :]
        first, *others = (_TRAILING.sub("", line.lstrip(" \t")) for line in lines)
        return [first, *(" " * indent + line if line else "" for line in others)]

    def block_texts(self, node: Scalar, indent: int) -> list[str]:
        """A text behind `|` or `>`: every line is kept, moved with the others."""
        sign = _BLOCK_SIGN.match(self.source[node.start.line], node.start.column)
        assert sign is not None
        head = sign["style"] + (str(INDENT) if sign["first"] or sign["last"] else "")
        value = node.value
        if not value.strip("\n"):
            return [head + ("+" if value else ""), *[""] * len(value)]
        is_kept = sign["chomp"] == "+"
        chomp = sign["chomp"] if value.endswith("\n") else "-"  # it may end with the file
        lines = self.source[node.start.line + 1 : node.end.line + 1]
        moved = _indent_of(lines) - _indent_of(value.split("\n"))
        for number in range(node.end.line + 1, len(self.source)):
            line = self.source[number]
            if line.strip():
                break
            if len(line) > moved:  # blanks that belong to the text, which the node's end leaves out
                lines = self.source[node.start.line + 1 : number + 1]
        texts = [" " * indent + line[moved:] if len(line) > moved else "" for line in lines]
        extra = len(value) - len(value.rstrip("\n")) - 1 if is_kept else 0
        return [head + chomp, *texts, *[""] * extra]


#: Blanks at a line's end, but the one that a backslash escapes.
_TRAILING = re.compile(r"(?<![ \t\\])[ \t]+$|(?<=\\[ \t])[ \t]+$")
_BLOCK_SIGN = re.compile(r"(?P<style>[|>])(?P<first>[1-9]?)(?P<chomp>[-+]?)(?P<last>[1-9]?)")
_BLANK_OR_QUOTE = re.compile("[ \t'\"]")
#: A text to every reader, whoever it is: `NO`, `1.10` and `2022-06` are something else to some.
_A_TEXT_TO_ALL = re.compile(
    r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[^\W\d_][^\[\]{}]*", re.IGNORECASE
)


def _indent_of(lines: list[str]) -> int:
    """How many blanks stand before the first line that holds more than blanks."""
    line = next(line for line in lines if line.strip(" "))
    return len(line) - len(line.lstrip(" "))


def _line_up(lines: list[_Line], source: list[str]) -> None:
    """Puts the comments behind their lines: those that stood below each other do so again."""
    commented = [(line, line.comment) for line in lines if line.comment]
    for _, pairs in groupby(commented, key=lambda pair: pair[1].column):
        group = list(pairs)
        known = [place for pair in group if (place := _author_placed(*pair, source))]
        is_below = len(group) > 1 and any(gap > GAP for gap, _ in known)
        common = max(len(line.text) + GAP for line, _ in group)
        if all(gap > GAP for gap, _ in known):  # none is close to its line
            common = max([common, *(column for _, column in known)])
        for line, comment in group:
            line.text += " " * (common - len(line.text) if is_below else GAP) + comment.text


def _author_placed(line: _Line, comment: Comment, source: list[str]) -> tuple[int, int] | None:
    """How far from its line a comment stood, and at which column it would if moved with it.

    None where the line is another than it was.
    """
    before = source[comment.line - 1][: comment.column - 1]
    content = before.rstrip()
    if not _reads_alike(content, line.text):
        return None
    column = len(before) + _indent_of([line.text]) - _indent_of([content])
    return len(before) - len(content), column


def _reads_alike(one: str, other: str) -> bool:
    return _BLANK_OR_QUOTE.sub("", one) == _BLANK_OR_QUOTE.sub("", other)


def _place(mark: Mark) -> _Place:
    return _Place(mark.line, mark.column)


def _place_of(comment: Comment) -> _Place:
    return _Place(comment.line - 1, comment.column - 1)
