"""Parquet tables of nodes, edges and claims, with lists as lists and days as days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from kg.exporters.columns import Column, Record, tables_of, values_of
from kg.exporters.exporter import Exporter
from kg.exporters.records import ColumnType, Records, to_records
from kg.scene import Scene


def export(scene: Scene) -> Mapping[str, bytes]:
    """A file of nodes, edges, inferred edges and claims; each names the lens.

    Raises:
        ImportError: if pyarrow is not installed, which the rest of kg does without.
    """
    try:
        import pyarrow.parquet  # noqa: F401 - to know before the work
    except ImportError:
        raise ImportError("parquet needs pyarrow: pip install 'actor-kg[parquet]'") from None
    records = to_records(scene)
    return {
        f"{name}.parquet": _to_parquet(columns, rows, records)
        for name, (columns, rows) in tables_of(records, scene).items()
    }


def _to_parquet(columns: Sequence[Column], rows: Sequence[Record], records: Records) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    types = {
        ColumnType.TEXT: pa.string(),
        ColumnType.IDS: pa.list_(pa.string()),
        ColumnType.TEXTS: pa.list_(pa.string()),
        ColumnType.BOOLEAN: pa.bool_(),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.DATE: pa.date32(),
    }
    about = {"title": records.title, "lens": records.lens, "seen": records.seen}
    schema = pa.schema([(column.name, types[column.type]) for column in columns], metadata=about)
    arrays = [
        pa.array([_value(value, column.type) for value in values_of(column, rows)], field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    out = BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _value(value: Any, kind: ColumnType) -> Any:
    return date.fromisoformat(value) if kind is ColumnType.DATE and value else value


EXPORTER = Exporter("parquet", "the same tables for DuckDB, Polars, Spark and Arrow", export)
