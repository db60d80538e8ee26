"""Tables and answers in the formats that people and programs read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.model import display
from kg.model.table import Cell, Table
from kg.query.request import QueryResult, wire_format
from kg.query.results import graph_document, to_table

#: The width taken where a terminal does not say its own, in columns.
DEFAULT_WIDTH = 100

#: A column is not made narrower than this for the sake of the others.
_NARROWEST = 12
_GAP = "  "


def render(
    result: QueryResult,
    output: str,
    *,
    width: int = DEFAULT_WIDTH,
    title: str = "",
    notes: tuple[str, ...] = (),
) -> bytes:
    """An engine's answer in a format of `kg.query.request.FORMATS`.

    Args:
        result: the answer, in the wire format that `output` is made of.
        output: the format. What a program reads is passed on as the engine wrote it.
        width: of a terminal, in columns, for `table`.
        title: what stands above a table for readers.
        notes: what stands below it, such as the lens that it was made with.

    Raises:
        ValueError: if the answer cannot be given in that format.
    """
    if result.wire != wire_format(output, result.form):
        raise ValueError(f"{output} cannot be made of {result.wire}")
    if output == "table":
        return terminal(to_table(result, title, notes), width).encode()
    if output == "markdown":
        return markdown(to_table(result, title, notes)).encode()
    if output in ("turtle", "jsonld"):
        return graph_document(result, output)
    return result.body if result.body.endswith(b"\n") or not result.body else result.body + b"\n"


def terminal(table: Table, width: int = DEFAULT_WIDTH) -> str:
    """The table for a terminal of `width` columns; nothing is ever cut off.

    Cells are wrapped; where even that does not fit, each row becomes a block of lines.
    """
    cells = [[_shown(cell) for cell in row] for row in table.rows]
    widths = _column_widths(table.columns, cells, width)
    if widths is None:
        body = _blocks(table.columns, cells, width)
    else:
        numeric = [_is_numeric(table.rows, column) for column in range(len(table.columns))]
        body = _grid(table.columns, cells, widths, numeric)
    return "\n".join([*_framed(table, body, width), ""])


def markdown(table: Table) -> str:
    """The table as Markdown; numbers stand to the right."""
    header = " | ".join(_in_markdown(name) for name in table.columns)
    numeric = (_is_numeric(table.rows, column) for column in range(len(table.columns)))
    rule = " | ".join("---:" if is_numeric else "---" for is_numeric in numeric)
    rows = (" | ".join(_in_markdown(_shown(cell)) for cell in row) for row in table.rows)
    lines = [f"| {line} |" for line in (header, rule, *rows)]
    above = [f"## {_in_markdown(table.title)}", ""] if table.title else []
    below = [line for note in table.notes for line in ("", _in_markdown(note))]
    return "\n".join([*above, *lines, *below, ""])


# -- the terminal ---------------------------------------------------------------------------------


def _framed(table: Table, body: Iterable[str], width: int) -> Iterator[str]:
    if table.title:
        yield from display.wrap(display.visible(table.title), width)
        yield ""
    yield from body
    if not table.rows:
        yield "(no rows)"
    for note in table.notes:
        yield ""
        yield from display.wrap(display.visible(note), width)


def _grid(
    columns: Sequence[str], cells: list[list[str]], widths: list[int], numeric: list[bool]
) -> Iterator[str]:
    yield from _row(columns, widths, numeric)
    yield _GAP.join("-" * width for width in widths)
    rows = [list(_row(row, widths, numeric)) for row in cells]
    is_loose = any(len(row) > 1 for row in rows)
    for index, row in enumerate(rows):
        if is_loose and index:
            yield ""  # else nobody sees where a row of several lines ends
        yield from row


def _row(cells: Sequence[str], widths: list[int], numeric: list[bool]) -> Iterator[str]:
    wrapped = [display.wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for index in range(max(map(len, wrapped), default=0)):
        pieces = (lines[index] if index < len(lines) else "" for lines in wrapped)
        padded = (
            _padded(piece, width, to_the_right)
            for piece, width, to_the_right in zip(pieces, widths, numeric, strict=True)
        )
        yield _GAP.join(padded).rstrip()


def _blocks(columns: Sequence[str], cells: list[list[str]], width: int) -> Iterator[str]:
    """Each row as lines of name and value, the value under the name where it is too long."""
    for index, row in enumerate(cells):
        if index:
            yield ""
        yield "-" * width
        for name, cell in zip(columns, row, strict=True):
            line = f"{display.visible(name)}: {cell}".rstrip()
            if display.width(line) <= width and "\n" not in line:
                yield line
                continue
            yield from display.wrap(f"{display.visible(name)}:", width)
            yield from (f"  {piece}" for piece in display.wrap(cell, max(width - 2, 2)))


def _column_widths(columns: Sequence[str], cells: list[list[str]], width: int) -> list[int] | None:
    """How wide each column is to be; None where a grid does not fit into `width`.

    Words stay whole where there is room for them: ids are there to be copied.
    """
    texts = [[name, *(row[index] for row in cells)] for index, name in enumerate(columns)]
    widest = [
        max(display.width(line) for text in each for line in text.split("\n")) for each in texts
    ]
    words = [
        max((display.width(word) for text in each for word in text.split()), default=0)
        for each in texts
    ]
    room = width - len(_GAP) * (len(columns) - 1)
    for floors in (
        [min(full, max(word, _NARROWEST)) for full, word in zip(widest, words, strict=True)],
        [min(full, _NARROWEST) for full in widest],
    ):
        if sum(floors) <= room:
            return _narrowed(widest, floors, room)
    return None


def _narrowed(widths: list[int], floors: list[int], room: int) -> list[int]:
    """The widths made to fit, the widest giving way first and none below its floor."""
    widths = list(widths)
    while sum(widths) > room:
        giving = [index for index in range(len(widths)) if widths[index] > floors[index]]
        widths[max(giving, key=lambda index: widths[index])] -= 1
    return widths


def _padded(text: str, width: int, to_the_right: bool) -> str:
    space = " " * (width - display.width(text))
    return space + text if to_the_right else text + space


# -- cells ----------------------------------------------------------------------------------------


def _shown(cell: Cell) -> str:
    return display.visible(_plain(cell))


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)


def _is_numeric(rows: Iterable[Sequence[Cell]], column: int) -> bool:
    cells = [row[column] for row in rows if row[column] is not None]
    return bool(cells) and all(isinstance(cell, int | float) for cell in cells)


def _in_markdown(text: str) -> str:
    """The text in a cell: nothing in it is markup or ends the row."""
    escaped = re.sub(r"([\\`*_\[\]<>|&])", r"\\\1", display.visible(text))
    return escaped.replace("\n", "<br>")
