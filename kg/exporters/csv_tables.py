r"""CSV tables of nodes, edges, inferred edges and claims, described by CSV on the Web metadata.

RFC 4180 in UTF-8 without a mark at its start. Lists of ids have spaces between, other lists `|`,
with `\|` for one that belongs to a text. A cell that a spreadsheet would run as a formula gets an
apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from kg.exporters.columns import Column, Record, tables_of, values_of
from kg.exporters.exporter import Exporter
from kg.exporters.records import ColumnType, Records, to_records
from kg.model.markup import in_csv_cell
from kg.scene import Scene


def export(scene: Scene) -> Mapping[str, bytes]:
    """A file of nodes, edges, inferred edges and claims, and metadata, which names the lens."""
    records = to_records(scene)
    tables = tables_of(records, scene)
    files = {f"{name}.csv": to_csv(columns, rows) for name, (columns, rows) in tables.items()}
    columns = {name: columns for name, (columns, _) in tables.items()}
    return {**files, "csv-metadata.json": _metadata(records, columns)}


def to_csv(columns: Sequence[Column], rows: Sequence[Record]) -> bytes:
    """A table with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows(zip(*(_cells(column, rows) for column in columns), strict=True))
    return out.getvalue().encode()


def _cells(column: Column, rows: Sequence[Record]) -> list[Any]:
    """A column as the writer takes it, to which None is an empty cell."""
    values = values_of(column, rows)
    if column.type is ColumnType.BOOLEAN:
        return ["true" if value else "false" for value in values]
    if column.type is ColumnType.IDS:
        return [" ".join(value) for value in values]
    if column.type is ColumnType.TEXTS:
        values = ["|".join(map(_escaped, value)) for value in values]
    elif column.type is not ColumnType.TEXT:
        return values
    return [value and in_csv_cell(value) for value in values]


def _escaped(item: str) -> str:
    return item.replace("\\", "\\\\").replace("|", "\\|")


_DATATYPES = {
    ColumnType.BOOLEAN: "boolean",
    ColumnType.INTEGER: "integer",
    ColumnType.DATE: "date",
}
_SEPARATORS = {ColumnType.IDS: " ", ColumnType.TEXTS: "|"}


def _metadata(records: Records, columns_by_name: Mapping[str, Sequence[Column]]) -> bytes:
    """Metadata after the W3C's CSV on the Web."""
    tables = [
        {
            "url": f"{name}.csv",
            "dc:title": name,
            "tableSchema": {
                "columns": [_column(column) for column in columns],
                "primaryKey": "id",
            },
        }
        for name, columns in columns_by_name.items()
    ]
    value = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": records.title,
        "dc:description": f"Seen {records.seen}",
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tables": tables,
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _column(column: Column) -> dict[str, str]:
    described = {"name": column.name, "titles": column.name}
    described["datatype"] = _DATATYPES.get(column.type, "string")
    if column.type in _SEPARATORS:
        described["separator"] = _SEPARATORS[column.type]
    return described


EXPORTER = Exporter("csv", "tables of nodes, edges and claims, for spreadsheets and pandas", export)
