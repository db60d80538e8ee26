"""SPARQL as tokens: enough to know what is code and what is text, a name or a comment.

This is no parser: whether a query is right is for the engine to say. The token classes are those of
the SPARQL 1.1 grammar, and whatever an engine might read in another way is refused here: an escape
outside a string, and an invalid one inside.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple

from kg.query.errors import QueryError


class Kind(Enum):
    """What a token is."""

    WORD = auto()  #: a keyword or the name of a function
    NAME = auto()  #: a prefixed name, or a prefix with its colon
    VARIABLE = auto()
    IRI = auto()
    STRING = auto()
    NUMBER = auto()
    LANGUAGE = auto()
    BLANK = auto()
    MARK = auto()  #: a bracket, an operator or another sign


class Token(NamedTuple):
    """A piece of a query."""

    kind: Kind
    text: str
    start: int  #: its offset in the text

    @property
    def end(self) -> int:
        """The offset after it."""
        return self.start + len(self.text)


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        lengths = (len(line) + 1 for line in text.split("\n"))
        self._starts = [0, *accumulate(lengths)]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def scan(text: str) -> Iterator[Token]:
    """The tokens of a query in order, without space and comments.

    Raises:
        QueryError: at a string that does not end, and at an escape that engines read differently.
    """
    offset = _skip(text, 0)
    while offset < len(text):
        token = _token(text, offset)
        yield token
        offset = _skip(text, token.end)


def _skip(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


def _token(text: str, offset: int) -> Token:
    if text[offset] in "\"'":
        return Token(Kind.STRING, _string(text, offset), offset)
    for kind, pattern in _TOKENS:
        match = pattern.match(text, offset)
        if match:
            return Token(kind, match[0], offset)
    if text[offset] == "\\":
        raise _error(text, offset, "an escape may stand only inside a string")
    return Token(Kind.MARK, text[offset], offset)


def _string(text: str, offset: int) -> str:
    quote = text[offset]
    mark = quote * 3 if text.startswith(quote * 3, offset) else quote
    at = offset + len(mark)
    while at < len(text):
        if text.startswith(mark, at):
            return text[offset : at + len(mark)]
        if text[at] == "\\":
            at = _escape_end(text, at)
        elif text[at] in "\r\n" and mark == quote:
            break
        else:
            at = _plain_end(text, at)
    raise _error(text, offset, "this string does not end")


def _escape_end(text: str, offset: int) -> int:
    match = _ESCAPE.match(text, offset)
    if match is None:
        raise _error(text, offset, "this escape does not exist")
    code = match[1] or match[2]
    if code and int(code, 16) in _DELIMITERS:
        # SPARQL resolves such escapes before it looks for strings, most engines after it
        raise _error(text, offset, "write this character itself, not as a number")
    return match.end()


def _plain_end(text: str, offset: int) -> int:
    match = _PLAIN.match(text, offset)
    return match.end() if match else offset + 1


def _error(text: str, offset: int, message: str) -> QueryError:
    return QueryError(message, *Lines(text).place(offset))


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS = f"[{_BASE}_{_MORE}-]"
_PREFIX = rf"(?:[{_BASE}]{_CHARS}*+(?:\.++{_CHARS}++)*+)?"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_INNER = rf"(?:{_CHARS}|:|{_ESCAPED})"
_LOCAL = rf"(?:(?:[{_BASE}_0-9:]|{_ESCAPED}){_INNER}*+(?:\.++{_INNER}++)*+)?"

_SPACE = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)+")
_ESCAPE = re.compile(r"\\(?:[tbnrf\"'\\]|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_PLAIN = re.compile(r"[^\\\"'\r\n]++")
_DELIMITERS = frozenset(map(ord, "\"'\\\r\n"))

_TOKENS = (
    (Kind.IRI, re.compile(r"<[^\x00-\x20<>\"{}|^`\\]*+>")),
    (Kind.BLANK, re.compile(rf"_:[{_BASE}_0-9]{_CHARS}*+(?:\.++{_CHARS}++)*+")),
    (Kind.VARIABLE, re.compile(rf"[?$][{_BASE}_0-9][{_BASE}_{_MORE}]*+")),
    (Kind.NAME, re.compile(rf"{_PREFIX}:{_LOCAL}")),
    (Kind.WORD, re.compile(rf"[{_BASE}_][{_BASE}_0-9]*+")),
    (Kind.LANGUAGE, re.compile(r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?")),
    (Kind.NUMBER, re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"
                             r"|[0-9]*\.[0-9]+|[0-9]+")),
    (Kind.MARK, re.compile(r"<<|>>|\^\^|&&|\|\||[<>!]=")),
)  # fmt: skip
