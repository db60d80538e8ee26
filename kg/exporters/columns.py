"""The columns of records: what a table has, whatever it is written as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, get_type_hints

from kg.exporters.records import (
    ClaimRecord,
    ColumnType,
    EdgeRecord,
    InferredRecord,
    NodeRecord,
    Records,
    to_claim_records,
    to_inferred_records,
)
from kg.scene import Scene

Record = NodeRecord | EdgeRecord | InferredRecord | ClaimRecord


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a record."""

    name: str
    type: ColumnType


#: Of fields whose own type says what their cells are; others are annotated with it.
_TYPES: Mapping[object, ColumnType] = {
    str: ColumnType.TEXT,
    str | None: ColumnType.TEXT,
    bool: ColumnType.BOOLEAN,
    int: ColumnType.INTEGER,
    int | None: ColumnType.INTEGER,
}


def columns_of(record: type[Record]) -> tuple[Column, ...]:
    """The columns of a kind of record, in the order of its fields.

    Raises:
        TypeError: if nothing says what the cells of a field are.
    """
    types = get_type_hints(record, include_extras=True)
    return tuple(Column(field.name, _type_of(field.name, types)) for field in fields(record))


def _type_of(field: str, types: Mapping[str, object]) -> ColumnType:
    for said in getattr(types[field], "__metadata__", ()):  # of Annotated
        if isinstance(said, ColumnType):
            return said
    if types[field] not in _TYPES:
        raise TypeError(f"'{field}' says not what its cells are: annotate it with a ColumnType")
    return _TYPES[types[field]]


def tables_of(
    records: Records, scene: Scene
) -> dict[str, tuple[tuple[Column, ...], Sequence[Record]]]:
    """Columns and rows of each table by its name: nodes, edges, what follows from them, claims."""
    return {
        "nodes": (columns_of(NodeRecord), records.nodes),
        "edges": (columns_of(EdgeRecord), records.edges),
        "inferred": (columns_of(InferredRecord), to_inferred_records(scene)),
        "claims": (columns_of(ClaimRecord), to_claim_records(scene)),
    }


def values_of(column: Column, rows: Sequence[Record]) -> list[Any]:
    """What stands in a column, from the first row to the last."""
    return list(map(attrgetter(column.name), rows))
