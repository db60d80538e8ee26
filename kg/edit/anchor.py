"""Words of a paragraph chosen by what they are, or by their numbers; and what is said of a text."""

from __future__ import annotations

import re

from kg.edit.writing import NewEntry, flow_text, value_of
from kg.evidence import describe_text
from kg.model.edit import Edit
from kg.model.node import Places
from kg.model.text import SourceText, Span
from kg.reading.document import read_document

Stretch = tuple[int, int]  #: code points from 0, the end excluded

_NUMBERS = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")
_QUOTES = re.compile(r"[\"'“„«](.+)[\"'”“»]", re.DOTALL)


def words_in(text: str) -> tuple[Stretch, ...]:
    """Where each word of a text stands."""
    return tuple(match.span() for match in re.finditer(r"\S+", text))


def places_of(wish: str, text: str) -> tuple[Stretch, ...]:
    """Where the words stand that are wished for: `5-9` by number, or a phrase, as often as it does.

    Numbers choose no punctuation at the ends. A phrase is looked for as it is written, and where it
    does not stand so, in any case; blanks within it may be line ends in the text. In quotes, a
    number is a phrase.

    >>> places_of("2-3", "Belmark offers help")
    ((8, 19),)
    >>> places_of("belmark", "Belmark offers help")
    ((0, 7),)
    """
    wish = wish.strip()
    numbers = _NUMBERS.fullmatch(wish)
    if numbers is not None:
        words = words_in(text)
        first, last = int(numbers[1]), int(numbers[2] or numbers[1])
        if not 1 <= first <= last <= len(words):
            return ()
        return (_without_marks(text, words[first - 1][0], words[last - 1][1]),)
    quoted = _QUOTES.fullmatch(wish)
    for phrase in (wish, quoted[1].strip() if quoted else ""):
        if not phrase:
            continue
        pattern = r"\s+".join(re.escape(word) for word in phrase.split())
        for flags in (0, re.IGNORECASE):
            found = tuple(match.span() for match in re.finditer(pattern, text, flags))
            if found:
                return found
    return ()


def _without_marks(text: str, start: int, end: int) -> Stretch:
    """The stretch without the punctuation around it, unless it is nothing else."""
    inner = re.search(r"\w(?:.*\w)?", text[start:end], re.DOTALL)
    return (start + inner.start(), start + inner.end()) if inner else (start, end)


def edit_describing(text: SourceText, source: Places, data: bytes) -> Edit:
    """An edit that gives a source its `text`: the hash of the data, their length and parts.

    Raises:
        UnicodeDecodeError: if the data are not UTF-8.
    """
    described = describe_text(data)
    body, path = source.body, source.path
    lines = re.split("\r\n|\r|\n", text.data.decode("utf-8-sig"))
    if lines[body.start.line][body.start.column : body.start.column + 1] == "{":
        root = read_document(SourceText("", described.encode()), [])
        node = root.value("text") if root is not None else None
        assert node is not None
        written = flow_text(NewEntry("sources", "x", {"text": value_of(node)}))
        line, column = body.end.line + 1, body.end.column
        return Edit(Span(path, line, column, line, column), ", " + written[4:-1])
    indent = " " * body.start.column
    added = "".join(f"{indent}{line}\n" for line in described.splitlines())
    line = body.end.line + (0 if body.end.column == 0 else 1)
    if line < len(lines):
        return Edit(Span(path, line + 1, 1, line + 1, 1), added)
    end = len(lines[-1]) + 1
    return Edit(Span(path, len(lines), end, len(lines), end), "\n" + added)
