"""A file as it is while somebody types: what encloses a place, from the text around it alone.

Nothing here needs a file that is YAML. A block is told by its indentation, as far up as it goes; a
flow, `{…}` or `[…]`, is scanned from its opening bracket, which stands on a line that is indented
less than the place, to where it closes or to the next line that cannot belong to it. So a bracket
that is left open in one fact says nothing about the next.

Lines and columns count code points from 0 here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

#: How far a flow is followed: a longer one is no fact.
_FAR = 400

_KEY = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s\[\]{},#&*!|>'"%@`][^:#\n]*?)[ \t]*:(?=\s|$)"""
)
_FLOW = re.compile(
    r"""(?P<space>[ \t]+)
    |(?P<comment>(?<!\S)\#.*)
    |(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)
    |(?P<quoted>"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)
    |(?P<colon>:(?=[\s,\[\]{}]|$))
    |(?P<plain>(?:[^\s,\[\]{}:]|:(?![\s,\[\]{}]|$)|[ \t]+(?![\s,\[\]{}\#:]|$))+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """What is written at a place, as far as it is one value or key."""

    row: int
    start: int
    end: int
    text: str  #: without quotes
    quote: str = ""  #: the quote that opens it


@dataclass(slots=True)
class Level:
    """A mapping or a list that encloses a place."""

    is_list: bool
    key: str | None = None  #: of a mapping: whose value encloses the place; None at a key
    entries: dict[str, list[str]] = field(default_factory=dict)  #: its keys with their words
    rows: dict[str, int] = field(default_factory=dict)  #: where its keys stand


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that encloses a place, and the word there."""

    levels: tuple[Level, ...]  #: the outermost first
    word: Word
    is_key: bool  #: only a key can stand here, or the word is one
    is_value: bool  #: only a value can stand here; where neither, either can
    is_flow: bool
    has_colon: bool = False  #: the word is a key that has its colon


def lines_of(text: str) -> list[str]:
    """The lines of a text as editors and the YAML parser count them."""
    return re.split("\r\n|\r|\n", text)


def surroundings(lines: Sequence[str], row: int, column: int) -> Surroundings | None:
    """What encloses a place; None within a comment or a block of text."""
    if row >= len(lines):
        return None
    flow = _start_of_flow(lines, row, column)
    if flow is not None:
        first = flow.tokens[0]
        outer = _around_flow(lines, first.row, first.start)
        return None if outer is None else _in_flow(lines, flow, row, column, outer)
    return _in_block(lines, row, column)


# -- lines ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line of a block begins with."""

    dashes: tuple[int, ...]
    key: str | None
    key_start: int  #: where its key is, or its text where it has none
    key_end: int
    value: int  #: where its text begins, behind dashes and key

    @property
    def indent(self) -> int:
        """Where it begins."""
        return self.dashes[0] if self.dashes else self.key_start


def _line(text: str) -> _Line:
    at = _skip(text, 0)
    dashes: list[int] = []
    while text[at : at + 2] in ("- ", "-\t") or text[at:] == "-":
        dashes.append(at)
        at = _skip(text, at + 1)
    match = _KEY.match(text, at)
    if match is None:
        return _Line(tuple(dashes), None, at, at, at)
    name = unquoted(match[1])
    return _Line(tuple(dashes), name, at, match.end(1), _skip(text, match.end()))


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _is_blank(text: str) -> bool:
    stripped = text.lstrip()
    return not stripped or stripped[0] == "#"


def unquoted(text: str) -> str:
    """A scalar without its quotes, be the closing one not written yet."""
    if text[:1] == "'":
        return text[1:].removesuffix("'").replace("''", "'")
    if text[:1] == '"':
        inner = text[1:].removesuffix('"')
        return re.sub(r"\\(.)", r"\1", inner)
    return text


# -- blocks ---------------------------------------------------------------------------------------


def _in_block(lines: Sequence[str], row: int, column: int) -> Surroundings | None:
    text = lines[row]
    if _is_comment(text, column):
        return None
    line = _line(text)
    if not text.strip():
        return _node(lines, row, column, Word(row, column, column, ""), is_item=False)
    if line.key is not None and line.key_start <= column <= line.key_end:
        word = _word(text, row, line.key_start, line.key_end)
        levels = _enclosing(lines, row, line.key_start)
        return Surroundings(tuple(levels), word, True, False, False, has_colon=True)
    if line.key is not None and column > line.key_end:
        value = _scalar(text, row, line.value, column)
        if value is None:
            return None
        levels = _enclosing(lines, row, line.key_start)
        levels[-1].key = line.key
        return Surroundings(tuple(levels), value, False, True, False)
    if column < line.value:  # before the text, or between the dash and it
        return None
    value = _scalar(text, row, line.value, column)
    if value is None:
        return None
    return _node(lines, row, line.value, value, is_item=bool(line.dashes))


def _node(
    lines: Sequence[str], row: int, column: int, word: Word, is_item: bool
) -> Surroundings | None:
    """A place where a key or a value can begin."""
    if is_item:
        levels = _enclosing_items(lines, row)
        return Surroundings(tuple(levels), word, False, False, False)
    parent = _parent(lines, row, column)
    if parent is None:
        return Surroundings((_mapping(lines, row, column),), word, True, False, False)
    parent_row, line = parent
    if line.key is not None and line.key_start < column:
        rest = lines[parent_row][line.value :]
        if rest[:1] in ("|", ">") or (rest and not rest.startswith("#")):
            return None  # the text goes on
        levels = _enclosing(lines, parent_row, line.key_start)
        levels[-1].key = line.key
        inner = _mapping(lines, row, column)
        if inner.entries:
            return Surroundings((*levels, inner), word, True, False, False)
        return Surroundings(tuple(levels), word, False, False, False)
    levels = _enclosing(lines, row, column)
    return Surroundings(tuple(levels), word, True, False, False)


def _enclosing(lines: Sequence[str], row: int, column: int) -> list[Level]:
    """The levels around a key at a place, the mapping that it stands in the last."""
    mapping = _mapping(lines, row, column)
    line = _line(lines[row])
    if line.dashes and line.dashes[-1] < column:
        return [*_enclosing_items(lines, row), mapping]
    parent = _parent(lines, row, column)
    if parent is None:
        return [mapping]
    parent_row, line = parent
    if line.key is None or line.key_start >= column:
        if not line.dashes:  # no key and no item: nobody can say what encloses it
            return [mapping]
        # An item begins there: `- id: x`.
        return [*_enclosing_items(lines, parent_row), mapping]
    levels = _enclosing(lines, parent_row, line.key_start)
    levels[-1].key = line.key
    return [*levels, mapping]


def _enclosing_items(lines: Sequence[str], row: int) -> list[Level]:
    """The levels around what follows the last dash of a line, the list of that the last."""
    dashes = _line(lines[row]).dashes
    first = dashes[0]
    levels: list[Level] = []
    for above in range(row - 1, -1, -1):
        text = lines[above]
        if _is_deeper(text, first + 1) or _is_blank(text):
            continue
        line = _line(text)
        if line.dashes and line.dashes[0] == first:  # an item before it, or what the list is in
            continue
        if line.key is not None and line.key_start <= first:
            levels = _enclosing(lines, above, line.key_start)
            levels[-1].key = line.key
            break
        inner = [dash for dash in line.dashes if dash < first]
        if inner:
            levels = _enclosing_items(lines, above)
            break
    return [*levels, *(Level(is_list=True) for _ in dashes)]


def _parent(lines: Sequence[str], row: int, column: int) -> tuple[int, _Line] | None:
    """The line that encloses what stands at a place without a dash: it is indented less."""
    for above in range(row - 1, -1, -1):
        text = lines[above]
        if _is_deeper(text, column) or _is_blank(text):
            continue
        line = _line(text)
        if line.indent < column:
            return above, line
    return None


def _is_deeper(text: str, column: int) -> bool:
    """Whether nothing of a line stands before a column: most lines are told by that alone."""
    return not column or (text[:column].isspace() and len(text) > column)


def _begins_item(text: str, column: int) -> bool:
    """Whether the key at a column is the first of an item: `- id: x`."""
    if _is_deeper(text, column):
        return False
    line = _line(text)
    return bool(line.dashes) and line.key_start == column


def _mapping(lines: Sequence[str], row: int, column: int) -> Level:
    """The mapping whose keys stand at a column, around a row."""
    level = Level(is_list=False)
    first = row
    while first >= 0 and _belongs(lines, first, column, is_own=first == row):
        if _begins_item(lines[first], column):
            break
        first -= 1
    last = row + 1
    while last < len(lines) and _belongs(lines, last, column, is_own=False):
        if _begins_item(lines[last], column):
            break  # the next one
        last += 1
    for each in range(max(first, 0), last):
        text = lines[each]
        if _is_deeper(text, column + 1) or _is_blank(text):
            continue
        line = _line(text)
        if line.key is not None and line.key_start == column:
            level.entries.setdefault(line.key, _words(lines, each, line))
            level.rows.setdefault(line.key, each)
    return level


def _belongs(lines: Sequence[str], row: int, column: int, is_own: bool) -> bool:
    """Whether a row can lie within a mapping whose keys stand at a column."""
    text = lines[row]
    if is_own or _is_deeper(text, column) or _is_blank(text):
        return True
    line = _line(text)
    return line.indent >= column or line.key_start == column


def _words(lines: Sequence[str], row: int, line: _Line) -> list[str]:
    """The words under the key of a line: one, those of a list, or none."""
    rest = _without_comment(lines[row][line.value :])
    if rest[:1] in ("[", "{"):
        reading = _Reading()
        for token in _flow(lines, row, line.value).tokens:
            reading.take(lines, token)
        return reading.words
    if rest:
        return [unquoted(rest)]
    words: list[str] = []
    for below in range(row + 1, min(row + _FAR, len(lines))):
        text = lines[below]
        if _is_blank(text):
            continue
        item = _line(text)
        if not item.dashes or item.dashes[0] < line.key_start:
            break
        word = _without_comment(text[item.value :])
        if word and item.key is None:
            words.append(unquoted(word))
    return words


def _without_comment(text: str) -> str:
    return re.split(r"(?:^|\s)#", text, maxsplit=1)[0].strip()


def _is_comment(text: str, column: int) -> bool:
    match = re.search(r"""(?:^|\s)#""", text)
    return match is not None and match.end() <= column and text[:column].count('"') % 2 == 0


def _word(text: str, row: int, start: int, end: int) -> Word:
    raw = text[start:end]
    quote = raw[:1] if raw[:1] in ("'", '"') else ""
    return Word(row, start, end, unquoted(raw), quote)


def _scalar(text: str, row: int, start: int, column: int) -> Word | None:
    """The value on a line from a column on; None for a block of text, or behind the value."""
    if text[start : start + 1] in ("|", ">"):
        return None
    rest = text[start:]
    if rest[:1] in ("'", '"'):
        match = re.match(r"""'(?:[^']|'')*'?|"(?:[^"\\]|\\.)*"?""", rest)
        end = start + (match.end() if match else len(rest))
    else:
        end = start + len(re.split(r"(?:^|\s)#", rest, maxsplit=1)[0].rstrip())
    if column > end and text[start:end]:
        return None
    if start > column or start == end:
        return Word(row, column, column, "")
    return _word(text, row, start, end)


# -- flows ----------------------------------------------------------------------------------------


def _start_of_flow(lines: Sequence[str], row: int, column: int) -> _Flow | None:
    """The outermost flow that is open at a place."""
    found = _flow_on(lines, row, row, column)
    indent = _indent(lines[row]) if lines[row].strip() else column
    for above in range(row - 1, max(-1, row - _FAR), -1):
        if indent == 0:
            break
        text = lines[above]
        if not text.strip() or _is_deeper(text, indent) or _indent(text) >= indent:
            continue
        indent = _indent(text)
        found = _flow_on(lines, above, row, column) or found
    return found


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _flow_on(lines: Sequence[str], start: int, row: int, column: int) -> _Flow | None:
    """The flow that begins on the row `start` and is open at a place."""
    text = lines[start]
    if "{" not in text and "[" not in text:
        return None
    at = _line(text).value
    if text[at : at + 1] not in ("{", "["):
        return None
    flow = _flow(lines, start, at)
    return flow if flow.encloses(row, column) else None


class _Token(NamedTuple):
    kind: str
    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Flow:
    """A flow from its opening bracket on."""

    tokens: tuple[_Token, ...]
    is_closed: bool  #: by its last token
    below: int  #: the first row that cannot belong to it

    def encloses(self, row: int, column: int) -> bool:
        first, last = self.tokens[0], self.tokens[-1]
        if (row, column) <= (first.row, first.start):
            return False
        return (row, column) <= (last.row, last.start) if self.is_closed else row < self.below


def _flow(lines: Sequence[str], row: int, start: int) -> _Flow:
    tokens: list[_Token] = []
    indent, depth, number = _line(lines[row]).indent, 0, row
    while number < min(len(lines), row + _FAR):
        text = lines[number]
        is_outside = number > row and bool(text.strip()) and _indent(text) <= indent
        if is_outside and text.lstrip()[0] not in "}]":
            break
        for match in _FLOW.finditer(text, start if number == row else 0):
            kind = match.lastgroup or ""
            depth += (kind == "open") - (kind == "close")
            tokens.append(_Token(kind, number, match.start(), match.end()))
            if depth == 0:
                return _Flow(tuple(tokens), True, number + 1)
        number += 1
    return _Flow(tuple(tokens), False, number)


def _around_flow(lines: Sequence[str], row: int, start: int) -> list[Level] | None:
    """The levels around a flow that begins at a place."""
    line = _line(lines[row])
    if line.key is not None:
        levels = _enclosing(lines, row, line.key_start)
        levels[-1].key = line.key
        return levels
    if line.dashes:
        return _enclosing_items(lines, row)
    outer = _node(lines, row, start, Word(row, start, start, ""), is_item=False)
    return None if outer is None else list(outer.levels)


@dataclass(slots=True)
class _Reading:
    """What is known of a flow after some of its tokens."""

    stack: list[Level] = field(default_factory=list)
    pending: str | None = None  #: what a colon would make a key
    words: list[str] = field(default_factory=list)  #: of the outermost list

    def take(self, lines: Sequence[str], token: _Token) -> None:
        if token.kind == "open":
            is_list = lines[token.row][token.start] == "["
            self.stack.append(Level(is_list))
        elif token.kind == "close" and self.stack:
            self.stack.pop()
            self.pending = None
        elif token.kind == "comma":
            self.pending = None
            if not self.stack[-1].is_list:
                self.stack[-1].key = None
        elif token.kind in ("plain", "quoted"):
            self.pending = unquoted(lines[token.row][token.start : token.end])
            self._take_word(self.pending)
        elif token.kind == "colon" and self.pending is not None and not self.stack[-1].is_list:
            level = self.stack[-1]
            if level.key is not None and level.entries[level.key]:
                level.entries[level.key].pop()  # it was no value: a comma is missing
            level.key = self.pending
            level.entries[level.key] = []
            level.rows[level.key] = token.row
            self.pending = None

    def _take_word(self, word: str) -> None:
        if self.stack[-1].is_list and len(self.stack) == 1:
            self.words.append(word)
        holder = (
            self.stack[-2] if self.stack[-1].is_list and len(self.stack) > 1 else self.stack[-1]
        )
        if not holder.is_list and holder.key is not None:
            holder.entries[holder.key].append(word)


def _in_flow(
    lines: Sequence[str], flow: _Flow, row: int, column: int, outer: list[Level]
) -> Surroundings | None:
    reading = _Reading()
    levels: list[Level] = []
    word = Word(row, column, column, "")
    has_colon = False
    for index, token in enumerate(flow.tokens):
        if not levels and reading.stack and _is_at(token, row, column):
            levels = [Level(x.is_list, x.key, x.entries, x.rows) for x in reading.stack]
            if token.kind in ("plain", "quoted") and (token.row, token.start) <= (row, column):
                word = _word(lines[row], row, token.start, token.end)
                following = flow.tokens[index + 1 : index + 3]
                has_colon = next((t.kind for t in following if t.kind != "space"), "") == "colon"
            elif token.kind == "comment" and token.start < column and token.row == row:
                return None
        reading.take(lines, token)
    levels = levels or reading.stack
    if not levels:
        return None
    is_key = not levels[-1].is_list and levels[-1].key is None
    is_value = not levels[-1].is_list and not is_key
    return Surroundings((*outer, *levels), word, is_key, is_value, True, has_colon)


def _is_at(token: _Token, row: int, column: int) -> bool:
    """Whether a token is the one at a place, or the first behind it."""
    if token.kind in ("plain", "quoted", "comment"):
        return (token.row, token.end) >= (row, column)
    if token.kind == "space":
        return (token.row, token.end) > (row, column)
    return (token.row, token.start) >= (row, column)
