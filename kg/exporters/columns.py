"""The columns of records: what a table has, whatever it is written as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from kg.exporters.records import ClaimRecord, EdgeRecord, NodeRecord, Records

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


def tables_of(records: Records) -> dict[str, tuple[tuple[Column, ...], Sequence[Record]]]:
    """Columns and rows of each table by its name."""
    return {
        "nodes": (columns_of(NodeRecord), records.nodes),
        "edges": (columns_of(EdgeRecord), records.edges),
        "claims": (columns_of(ClaimRecord), records.claims),
    }


def cells_of(record: Record, columns: Sequence[Column]) -> list[Any]:
    """The values of a record in the order of the columns."""
    return [getattr(record, column.name) for column in columns]
