"""Tables as spreadsheets save them: cells with places, whatever separates them."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.text import SourceText, Span
from kg.reading.document import CONTROL_CHARACTER, NOT_UTF8

#: What may stand between cells, the likeliest first.
DELIMITERS = (",", ";", "\t")

_BREAK = re.compile("\r\n|\r|\n")
_DECLARED = re.compile("sep=(.)(?:\r\n|\r|\n|$)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
#: Byte order marks that say how a file is encoded.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Cell(NamedTuple):
    """What stands in a cell, without white space around it, and where in the text it stands."""

    text: str
    start: int
    end: int  #: quotes are part of a cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with the names of its columns on top."""

    text: SourceText  #: as UTF-8, whatever it was saved as
    body: str
    starts: tuple[int, ...]  #: the offset of each line
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]  #: those that hold anything

    def span(self, start: int, end: int) -> Span:
        """The place of a stretch of the text."""
        return _span(self.text.path, self.starts, start, end)

    def place(self, cell: Cell) -> Span:
        """Where a cell stands."""
        return self.span(cell.start, cell.end)


def decode(path: str, data: bytes, encoding: str | None, found: list[Diagnostic]) -> str | None:
    """The text of a table's file; None, and a finding, where its encoding is another.

    Args:
        path: what the file is called.
        data: its bytes.
        encoding: how they are to be read; by default as its byte order mark says, else as UTF-8.
        found: where to put what is wrong.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding or marked).removeprefix("\N{BYTE ORDER MARK}")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding or marked, errors="replace")
        starts = _line_starts(before)
        line, column = len(starts), len(before) - starts[-1] + 1
        byte, name = data[error.start], encoding or ("UTF-8" if marked == "utf-8" else marked)
        hint = f"it is no {name}: name its encoding with --encoding"
        if data.startswith(b"PK"):
            hint = (
                "it looks like a workbook of Excel or Calc: save the sheet as CSV, and import that"
            )
        elif encoding is None:
            hint = (
                "save it as 'CSV UTF-8', or name its encoding: Excel for Windows mostly writes "
                "cp1252, so --encoding cp1252"
            )
        span = Span(path, line, column, line, column + 1)
        found.append(Diagnostic(NOT_UTF8, f"byte 0x{byte:02x} is not {name}", span, hint))
        return None


def read_sheet(
    path: str, body: str, delimiter: str | None, found: list[Diagnostic]
) -> Sheet | None:
    """The table that a text holds; None, and findings, where its rows cannot be told.

    Args:
        path: what the file is called.
        body: its text.
        delimiter: what stands between cells; by default what the header has most of.
        found: where to put what is wrong.
    """
    starts = _line_starts(body)
    first = 0
    declared = _DECLARED.match(body)
    if declared is not None:  # a line that Excel reads and does not show
        delimiter, first = delimiter or declared[1], declared.end()
    reader = _Reader(path, body, starts, delimiter or _detect(body, first), found)
    rows = [row for row in reader.rows(first) if any(cell.text for cell in row)]
    if reader.is_broken:
        return None
    if not rows:
        span = Span(path, 1, 1, 1, 1)
        hint = "the first line names the columns"
        found.append(Diagnostic(BAD_TABLE, "the table is empty", span, hint))
        return None
    header, *others = rows
    text = SourceText(path, body.encode("utf-8", errors="replace"))
    sheet = Sheet(text, body, tuple(starts), header, tuple(others))
    found.extend(_unheaded(sheet))
    return sheet


class _Reader:
    """Goes through the cells of a text, one by one."""

    def __init__(
        self, path: str, body: str, starts: list[int], delimiter: str, found: list[Diagnostic]
    ) -> None:
        self.path, self.body, self.starts, self.found = path, body, starts, found
        self.delimiter = delimiter
        self.is_broken = False
        self.plain = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
        self.quoted = re.compile('"([^"]*(?:""[^"]*)*)"')

    def rows(self, at: int) -> Iterator[tuple[Cell, ...]]:
        """The rows, blank ones too, up to where one cannot be read."""
        body, length = self.body, len(self.body)
        row: list[Cell] = []
        while not self.is_broken:
            cell = self.cell(at)
            if cell is None:
                return
            row.append(cell)
            at = cell.end
            if at < length and body[at] == self.delimiter:
                at += 1
                continue
            yield tuple(row)
            row = []
            if at >= length:
                return
            at += 2 if body.startswith("\r\n", at) else 1
            if at >= length:
                return

    def cell(self, at: int) -> Cell | None:
        """The cell that begins at an offset."""
        if not self.body.startswith('"', at):
            match = self.plain.match(self.body, at)
            assert match is not None
            return self.checked(Cell(match.group().strip(), at, match.end()))
        quoted = self.quoted.match(self.body, at)
        if quoted is None:
            self.report("this quote is never closed", at, at + 1, 'close it; a quote within is ""')
            return None
        end = quoted.end()
        rest = self.plain.match(self.body, end)
        if rest is not None and rest.group().strip():
            self.report(
                "text follows the quote that closes the cell", end, rest.end(),
                'write a quote within a cell as ""',
            )  # fmt: skip
            return None
        text = quoted[1].replace('""', '"').strip()
        return self.checked(Cell(text, at, rest.end() if rest else end))

    def checked(self, cell: Cell) -> Cell:
        if not cell.text.isprintable():
            control = _CONTROL.search(cell.text)
            if control is not None:
                span = _span(self.path, self.starts, cell.start, cell.end)
                message = f"the cell holds U+{ord(control.group()):04X}"
                hint = "delete it: it can be neither shown nor published"
                self.found.append(Diagnostic(CONTROL_CHARACTER, message, span, hint))
        return cell

    def report(self, message: str, start: int, end: int, hint: str) -> None:
        span = _span(self.path, self.starts, start, end)
        self.found.append(Diagnostic(BAD_TABLE, message, span, hint))
        self.is_broken = True


def _unheaded(sheet: Sheet) -> Iterator[Diagnostic]:
    """Cells that stand below no name."""
    named = len(sheet.header)
    for row in sheet.rows:
        for cell in row[named:]:
            if cell.text:
                message = f"'{cell.text}' stands in column {row.index(cell) + 1} of {named}"
                hint = "put quotes around a cell that holds what stands between cells"
                yield Diagnostic(BAD_TABLE, message, sheet.place(cell), hint)
                break


def _detect(body: str, first: int) -> str:
    """What the header has most of, outside quotes."""
    bare = re.sub('"[^"]*"', "", body[first : first + 100_000])
    header = _BREAK.split(bare.lstrip("\r\n"), maxsplit=1)[0]
    return max(DELIMITERS, key=header.count)


def _line_starts(body: str) -> list[int]:
    return [0, *(match.end() for match in _BREAK.finditer(body))]


def _span(path: str, starts: Sequence[int], start: int, end: int) -> Span:
    line, last = bisect_right(starts, start), bisect_right(starts, end)
    return Span(path, line, start - starts[line - 1] + 1, last, end - starts[last - 1] + 1)


BAD_TABLE = Code("bad-table", "table", Severity.ERROR, "a table's rows or columns cannot be told")

AMBIGUOUS_NAME = Code(
    "ambiguous-name", "table", Severity.ERROR, "a name in a table is that of several things"
)

CODES = (BAD_TABLE, AMBIGUOUS_NAME)
