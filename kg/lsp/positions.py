"""Places of kg as places of the protocol, and back.

kg counts lines and columns from 1 in code points; the protocol counts from 0, and columns in units
of an encoding that client and server agree on: UTF-16 where nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from kg.model.text import Span

_UNITS = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
}


def to_units(text: str, column: int, encoding: str) -> int:
    """How many units of an encoding the first `column` code points of a line are."""
    before = text[:column]
    if encoding not in _UNITS or before.isascii():
        return len(before)
    codec, size = _UNITS[types.PositionEncodingKind(encoding)]
    return len(before.encode(codec, "surrogatepass")) // size


def from_units(text: str, units: int, encoding: str) -> int:
    """How many code points the first `units` units of a line are; no more than it has."""
    if encoding not in _UNITS or text.isascii():
        return min(units, len(text))
    codec, size = _UNITS[types.PositionEncodingKind(encoding)]
    column, used = 0, 0
    while column < len(text) and used < units:
        used += len(text[column].encode(codec, "surrogatepass")) // size
        column += 1
    return column


def to_range(span: Span, lines: Sequence[str], encoding: str) -> types.Range:
    """A span as a range in the file that has these lines."""
    return types.Range(
        _position(span.line - 1, span.column - 1, lines, encoding),
        _position(span.end_line - 1, span.end_column - 1, lines, encoding),
    )


def row_range(row: int, start: int, end: int, lines: Sequence[str], encoding: str) -> types.Range:
    """A stretch of a row, both from 0, as a range."""
    return types.Range(_position(row, start, lines, encoding), _position(row, end, lines, encoding))


def to_column(position: types.Position, lines: Sequence[str], encoding: str) -> tuple[int, int]:
    """The row and the column of a position, from 0 in code points; within the file always."""
    row = min(position.line, len(lines) - 1)
    if row < position.line:
        return row, len(lines[row])
    return row, from_units(lines[row], position.character, encoding)


def _position(row: int, column: int, lines: Sequence[str], encoding: str) -> types.Position:
    text = lines[row] if row < len(lines) else ""
    return types.Position(row, to_units(text, column, encoding))
