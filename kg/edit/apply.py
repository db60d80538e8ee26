"""Edits made in a text: every byte that no edit covers stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence

from kg.model.edit import Edit
from kg.model.text import SourceText

_BREAK = re.compile("\r\n|\r|\n")
_MARK = "\N{BYTE ORDER MARK}"


def apply(text: SourceText, edits: Iterable[Edit]) -> SourceText:
    """The text with the edits made, in its own line endings, its byte order mark kept.

    Two edits that put something in at the same place put it in in their order.

    Raises:
        UnicodeDecodeError: if the text is not UTF-8: it cannot be edited before it is.
        ValueError: if two edits overlap, or one lies outside the text.
    """
    decoded = text.data.decode("utf-8")
    mark = _MARK if decoded.startswith(_MARK) else ""
    body = decoded.removeprefix(_MARK)
    starts = line_starts(body)
    newline = newline_of(body)
    pieces: list[str] = []
    done = 0
    for start, end, new in sorted(
        ((_offset(body, starts, e.span[1:3]), _offset(body, starts, e.span[3:5]), e.text)
         for e in edits), key=lambda piece: piece[:2],
    ):  # fmt: skip
        if start < done:
            raise ValueError(f"{text.path}: two edits overlap")
        pieces += [body[done:start], new.replace("\n", newline)]
        done = end
    return SourceText(text.path, (mark + "".join(pieces) + body[done:]).encode("utf-8"))


def apply_all(texts: Mapping[str, SourceText], edits: Iterable[Edit]) -> Mapping[str, SourceText]:
    """The texts that edits change, by path, with the edits made.

    Raises:
        KeyError: if there is no text at a path.
        UnicodeDecodeError, ValueError: as `apply`.
    """
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.span.path, []).append(edit)
    return {path: apply(texts[path], by_path[path]) for path in sorted(by_path)}


def compatible(edits: Iterable[Iterable[Edit]]) -> list[Edit]:
    """As many groups of edits, each whole and in their order, as do not get in each other's way."""
    chosen: dict[Edit, None] = {}
    by_path: dict[str, list[Edit]] = {}  # in order of where they begin; no two overlap
    for group in edits:
        new = [edit for edit in group if edit not in chosen]
        if not any(_clashes(edit, by_path.get(edit.span.path, ())) for edit in new):
            for edit in new:
                chosen[edit] = None
                insort(by_path.setdefault(edit.span.path, []), edit, key=_start)
    return list(chosen)


def unified_diff(before: SourceText, after: SourceText) -> str:
    """What changed in a text, as `diff -u` and git show it."""
    from difflib import unified_diff as compare

    old, new = (text.data.decode("utf-8").splitlines(keepends=True) for text in (before, after))
    rows = compare(old, new, f"a/{before.path}", f"b/{after.path}")
    return "".join(
        row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows
    )


def line_starts(body: str) -> list[int]:
    """The offset of each line, as editors and the YAML parser count them."""
    return [0, *(match.end() for match in _BREAK.finditer(body))]


def newline_of(body: str) -> str:
    """What ends the lines of a text: what ends its first."""
    match = _BREAK.search(body)
    return match.group() if match else "\n"


def position(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """The line and column, from 1, of an offset in the text whose lines begin at `starts`."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def _offset(body: str, starts: Sequence[int], place: Sequence[int]) -> int:
    line, column = place
    if not 1 <= line <= len(starts):
        raise ValueError(f"line {line} lies outside the text")
    offset = starts[line - 1] + column - 1
    if offset > len(body):
        raise ValueError(f"column {column} of line {line} lies outside the text")
    return offset


def _clashes(edit: Edit, others: Sequence[Edit]) -> bool:
    """Whether an edit overlaps one of others, which overlap none of each other."""
    start, end = _start(edit), edit.span[3:5]
    at = bisect_right(others, start, key=_start)
    if at and (_start(others[at - 1]) == start or others[at - 1].span[3:5] > start):
        return True
    return at < len(others) and _start(others[at]) < end


def _start(edit: Edit) -> tuple[int, ...]:
    return edit.span[1:3]
