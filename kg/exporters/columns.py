"""The columns of records: what a table has, whatever it is written as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any

from kg.exporters.records import (
    ClaimRecord,
    EdgeRecord,
    NodeRecord,
    Records,
    to_claim_records,
)
from kg.lens import Scene

Record = NodeRecord | EdgeRecord | ClaimRecord


class ColumnType(StrEnum):
    """What the cells of a column are; any may be missing."""

    TEXT = "text"
    IDS = "ids"  #: of which none has a space
    TEXTS = "texts"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a record."""

    name: str
    type: ColumnType


_TYPES = {
    "Ids": ColumnType.IDS,
    "Texts": ColumnType.TEXTS,
    "bool": ColumnType.BOOLEAN,
    "int": ColumnType.INTEGER,
    "int | None": ColumnType.INTEGER,
}
_DATES = ("valid_from", "certain_from", "certain_until", "valid_until")


def columns_of(record: type[Record]) -> tuple[Column, ...]:
    """The columns of a kind of record, in the order of its fields."""
    return tuple(
        Column(
            field.name,
            ColumnType.DATE
            if field.name in _DATES
            else _TYPES.get(str(field.type), ColumnType.TEXT),
        )
        for field in fields(record)
    )


def tables_of(
    records: Records, scene: Scene
) -> dict[str, tuple[tuple[Column, ...], Sequence[Record]]]:
    """Columns and rows of each table by its name: nodes and edges, and the claims of the scene."""
    return {
        "nodes": (columns_of(NodeRecord), records.nodes),
        "edges": (columns_of(EdgeRecord), records.edges),
        "claims": (columns_of(ClaimRecord), to_claim_records(scene)),
    }


def values_of(column: Column, rows: Sequence[Record]) -> list[Any]:
    """What stands in a column, from the first row to the last."""
    return list(map(attrgetter(column.name), rows))
