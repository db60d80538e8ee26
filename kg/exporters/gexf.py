"""GEXF 1.2, the format of Gephi."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.exporters.attributes import EDGE, NODE, attributes_of, in_xml
from kg.exporters.columns import Column, Record
from kg.exporters.exporter import Exporter
from kg.exporters.records import ColumnType, EdgeRecord, NodeRecord, Records, to_records
from kg.scene import Scene


def export(scene: Scene) -> Mapping[str, bytes]:
    """One file; the lens is its description, and it carries no date of its making."""
    return {"graph.gexf": "\n".join(_lines(to_records(scene))).encode()}


_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">"""

_TYPES = {ColumnType.BOOLEAN: "boolean", ColumnType.INTEGER: "integer"}

#: GEXF itself has a place for a label, and for the weight of an edge.
_OF_NODES = tuple(column for column in NODE if column.name != "label")
_OF_EDGES = tuple(column for column in EDGE if column.name not in ("label", "weight"))


def _lines(records: Records) -> Iterator[str]:
    yield _HEAD
    yield "<meta>\n<creator>kg</creator>"
    yield f"<description>{in_xml(f'{records.title}. Seen {records.seen}')}</description>\n</meta>"
    yield '<graph defaultedgetype="directed" mode="static">'
    yield from _declared("node", _OF_NODES)
    yield from _declared("edge", _OF_EDGES)
    yield "<nodes>"
    yield from map(_node, records.nodes)
    yield "</nodes>\n<edges>"
    yield from map(_edge, records.edges)
    yield "</edges>\n</graph>\n</gexf>\n"


def _declared(place: str, columns: Iterable[Column]) -> Iterator[str]:
    yield f'<attributes class="{place}" mode="static">'
    for column in columns:
        kind = _TYPES.get(column.type, "string")
        yield f'<attribute id="{column.name}" title="{column.name}" type="{kind}"/>'
    yield "</attributes>"


def _node(node: NodeRecord) -> str:
    return f'<node id="{node.id}" label="{in_xml(node.label)}">{_values(node, _OF_NODES)}</node>'


def _edge(edge: EdgeRecord) -> str:
    start = f'<edge id="{edge.id}" source="{edge.source}" target="{edge.target}"'
    label = f'label="{in_xml(edge.label)}" weight="{edge.weight}"'
    return f"{start} {label}>{_values(edge, _OF_EDGES)}</edge>"


def _values(record: Record, columns: Iterable[Column]) -> str:
    values = "\n".join(
        f'<attvalue for="{name}" value="{value}"/>'
        for name, value in attributes_of(record, columns)
    )
    return f"\n<attvalues>\n{values}\n</attvalues>\n"


EXPORTER = Exporter("gexf", "the direct edges for Gephi", export)
