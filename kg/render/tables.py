"""Tables in the formats that people and programs read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.model import display
from kg.model.markup import in_csv_cell, in_markdown
from kg.model.table import Cell, Table, cell_text

#: What a table can be printed as.
FORMATS = ("table", "markdown", "csv", "json")

#: The width taken where a terminal does not say its own, in columns.
DEFAULT_WIDTH = 100

#: A column is not made narrower than this for the sake of the others; one of numbers only, whose
#: heading alone may be wide, not narrower than its numbers and this.
_NARROWEST = 12
_NARROWEST_HEADING = 4


def render(table: Table, output: str, width: int = DEFAULT_WIDTH) -> str:
    """The table in a format of `FORMATS`; `width` is that of a terminal, in columns."""
    if output == "csv":
        return as_csv(table)
    if output == "json":
        return as_json(table)
    return markdown(table) if output == "markdown" else terminal(table, width)


def as_csv(table: Table) -> str:
    """The rows as CSV by RFC 4180, but with plain line ends; no value is an empty cell.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.

    Where the table knows its evidence, a last column `claim_ids` has the ids with spaces between.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*table.columns, *(["claim_ids"] if table.evidence else [])])
    writer.writerows(map(_in_csv, row) for row in _with_evidence(table))
    return out.getvalue()


def _in_csv(cell: Cell) -> str:
    return in_csv_cell(cell) if isinstance(cell, str) else cell_text(cell)


def _with_evidence(table: Table) -> Iterator[tuple[Cell, ...]]:
    if not table.evidence:
        yield from table.rows
        return
    for row, claims in zip(table.rows, table.evidence, strict=True):
        yield (*row, " ".join(claims))


def as_json(table: Table) -> str:
    """Title, notes and rows as objects; each row has its evidence under `claim_ids`."""
    return _json(_with_claim_ids(table))


def as_json_list(tables: Iterable[Table]) -> str:
    """Several tables, each as in `as_json`, in a list."""
    return _json([_with_claim_ids(table) for table in tables])


def to_value(table: Table) -> dict[str, object]:
    """Title, notes and rows as objects, for JSON, without the evidence."""
    return {
        "title": table.title,
        "notes": list(table.notes),
        "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows],
    }


def _with_claim_ids(table: Table) -> dict[str, object]:
    """The value with the evidence of each row, where the table knows it."""
    value = to_value(table)
    if table.evidence:
        columns = (*table.columns, "claim_ids")
        rows = zip(table.rows, map(list, table.evidence), strict=True)
        value["rows"] = [dict(zip(columns, (*row, ids), strict=True)) for row, ids in rows]
    return value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def with_claims(table: Table) -> Table:
    """The table with the ids of the claims in place of their number."""
    if not table.evidence or "claims" not in table.columns:
        return table
    at = table.columns.index("claims")
    rows = (
        (*row[:at], ", ".join(claims), *row[at + 1 :])
        for row, claims in zip(table.rows, table.evidence, strict=True)
    )
    return replace(table, rows=tuple(rows))


def without_ids(table: Table) -> Table:
    """The table for readers, who have little room: where a name stands beside an id, only that.

    A name that several ids share has its id behind it.
    """
    places = {name: index for index, name in enumerate(table.columns)}
    named = {name: f"{name}_name" for name in table.columns} | {"actor": "name"}
    ids = {places[named[name]]: at for name, at in places.items() if named[name] in places}
    shared = {at: _shared(table.rows, at, id_at) for at, id_at in ids.items()}
    kept = [at for at in places.values() if at not in ids.values()]
    return replace(
        table,
        columns=tuple(table.columns[at].removesuffix("_name") for at in kept),
        rows=tuple(
            tuple(
                f"{row[at]} ({row[ids[at]]})" if row[at] in shared.get(at, ()) else row[at]
                for at in kept
            )
            for row in table.rows
        ),
    )


def _shared(rows: Iterable[Sequence[Cell]], name_at: int, id_at: int) -> frozenset[Cell]:
    """The names that stand beside more than one id."""
    ids: dict[Cell, set[Cell]] = {}
    for row in rows:
        ids.setdefault(row[name_at], set()).add(row[id_at])
    return frozenset(name for name, several in ids.items() if len(several) > 1)


def terminal(table: Table, width: int = DEFAULT_WIDTH) -> str:
    """The table for a terminal of `width` columns; nothing is ever cut off.

    Cells are wrapped and the headings of numbers shortened, with what they stand for below; where
    even that does not fit, each row becomes a block of lines.
    """
    cells = [[_shown(cell) for cell in row] for row in table.rows]
    numeric = [_is_numeric(table.rows, column) for column in range(len(table.columns))]
    layout = _layout(table.columns, cells, numeric, width)
    legend: list[str] = []
    if layout is None:
        body = _blocks(table.columns, cells, width)
    else:
        gap, widths = layout
        headings = [
            _heading(name, wide) if is_numeric else display.visible(name)
            for name, wide, is_numeric in zip(table.columns, widths, numeric, strict=True)
        ]
        short = [
            f"{''.join(heading.split())} {name}"
            for name, heading in zip(table.columns, headings, strict=True)
            if heading.replace("\n", "") != display.visible(name)
        ]
        legend = [f"Short: {', '.join(short)}"] if short else []
        body = _grid(headings, cells, widths, numeric, gap)
    return "\n".join([*_framed(table, body, legend, width), ""])


def markdown(table: Table) -> str:
    """The table as Markdown; numbers stand to the right."""
    header = " | ".join(_in_markdown(name) for name in table.columns)
    numeric = (_is_numeric(table.rows, column) for column in range(len(table.columns)))
    rule = " | ".join("---:" if is_numeric else "---" for is_numeric in numeric)
    rows = (" | ".join(_in_markdown(_plain(cell)) for cell in row) for row in table.rows)
    lines = [f"| {line} |" for line in (header, rule, *rows)]
    above = [f"## {_in_markdown(table.title)}", ""] if table.title else []
    below = [line for note in table.notes for line in ("", _in_markdown(note))]
    return "\n".join([*above, *lines, *below, ""])


# -- the terminal ---------------------------------------------------------------------------------


def _framed(table: Table, body: Iterable[str], legend: Iterable[str], width: int) -> Iterator[str]:
    if table.title:
        yield from display.wrap(display.visible(table.title), width)
        yield ""
    yield from body
    if not table.rows:
        yield "(no rows)"
    for note in (*legend, *table.notes):
        yield ""
        yield from display.wrap(display.visible(note), width)


def _heading(name: str, width: int) -> str:
    """The name of a column of numbers in lines of at most so many columns.

    It is broken behind underscores, and a part that is too long ends early, with a full stop.
    """
    lines: list[str] = []
    for part in _parts(display.visible(name)):
        if lines and display.width(lines[-1] + part) <= width:
            lines[-1] += part
        else:
            lines.append(part if display.width(part) <= width else f"{part[: width - 1]}.")
    return "\n".join(lines)


def _parts(name: str) -> list[str]:
    return re.findall(r"[^_]*_+|[^_]+", name)


def _grid(
    headings: Sequence[str],
    cells: list[list[str]],
    widths: list[int],
    numeric: list[bool],
    gap: str,
) -> Iterator[str]:
    yield from _row(headings, widths, numeric, gap)
    yield gap.join("-" * width for width in widths)
    rows = [list(_row(row, widths, numeric, gap)) for row in cells]
    is_loose = any(len(row) > 1 for row in rows)
    for index, row in enumerate(rows):
        if is_loose and index:
            yield ""  # else nobody sees where a row of several lines ends
        yield from row


def _row(cells: Sequence[str], widths: list[int], numeric: list[bool], gap: str) -> Iterator[str]:
    wrapped = [display.wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for index in range(max(map(len, wrapped), default=0)):
        pieces = (lines[index] if index < len(lines) else "" for lines in wrapped)
        padded = (
            _padded(piece, width, to_the_right)
            for piece, width, to_the_right in zip(pieces, widths, numeric, strict=True)
        )
        yield gap.join(padded).rstrip()


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


def _layout(
    columns: Sequence[str], cells: list[list[str]], numeric: list[bool], width: int
) -> tuple[str, list[int]] | None:
    """What stands between columns and how wide each is; None where no grid fits into `width`.

    Words stay whole where there is room for them, also at the cost of headings: ids are there to be
    copied.
    """
    places = range(len(columns))
    own = [[row[place] for row in cells] for place in places]
    texts = [[display.visible(columns[place]), *own[place]] for place in places]
    widest = [_widest(text.split("\n") for text in each) for each in texts]
    words = [min(full, max(_widest(map(str.split, each)), _NARROWEST))
             for full, each in zip(widest, texts, strict=True)]  # fmt: skip
    narrow = [min(full, _NARROWEST) for full in widest]
    figures = [max(_widest(map(str.split, each)), _NARROWEST_HEADING) for each in own]
    parts = [max(_widest([_parts(each[0])]), figure)
             for each, figure in zip(texts, figures, strict=True)]  # fmt: skip
    for gap, of_texts, of_numbers in (
        ("  ", words, parts),
        ("  ", words, figures),
        (" ", words, figures),
        ("  ", narrow, parts),
    ):
        room = width - len(gap) * (len(columns) - 1)
        floors = [
            min(widest[place], (of_numbers if numeric[place] else of_texts)[place])
            for place in places
        ]
        if sum(floors) <= room:
            return gap, _narrowed(widest, floors, room)
    return None


def _widest(texts: Iterable[Iterable[str]]) -> int:
    return max((display.width(each) for text in texts for each in text), default=0)


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
    return f"{cell:.6g}" if isinstance(cell, float) else cell_text(cell)


def _is_numeric(rows: Iterable[Sequence[Cell]], column: int) -> bool:
    cells = [row[column] for row in rows if row[column] is not None]
    numbers = (isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)
    return bool(cells) and all(numbers)


def _in_markdown(text: str) -> str:
    """The text in a cell, in which it may have several lines."""
    return "<br>".join(map(in_markdown, text.split("\n")))
