"""GraphML, which yEd, Cytoscape, Gephi, igraph and networkx read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.exporters.attributes import EDGE, NODE, attributes_of, in_xml
from kg.exporters.columns import Column, Record
from kg.exporters.exporter import Exporter
from kg.exporters.records import ColumnType, EdgeRecord, NodeRecord, Records, to_records
from kg.scene import Scene


def export(scene: Scene) -> Mapping[str, bytes]:
    """One file with typed attributes; the lens is among those of the graph."""
    return {"graph.graphml": "\n".join(_lines(to_records(scene))).encode()}


_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns
 http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"""

_TYPES = {ColumnType.BOOLEAN: "boolean", ColumnType.INTEGER: "int"}


def _lines(records: Records) -> Iterator[str]:
    about = {
        "title": records.title,
        "lens": records.lens,
        "seen": records.seen,
        "as_of": records.as_of,
    }
    yield _HEAD
    yield from (_key("graph", name, "string") for name in about)
    for place, columns in (("node", NODE), ("edge", EDGE)):
        yield from (_key(place, c.name, _TYPES.get(c.type, "string")) for c in columns)
    yield '<graph edgedefault="directed">'
    yield from (f'<data key="graph.{name}">{in_xml(text)}</data>' for name, text in about.items())
    yield from map(_node, records.nodes)
    yield from map(_edge, records.edges)
    yield "</graph>\n</graphml>\n"


def _key(place: str, name: str, kind: str) -> str:
    return f'<key id="{place}.{name}" for="{place}" attr.name="{name}" attr.type="{kind}"/>'


def _node(node: NodeRecord) -> str:
    return f'<node id="{node.id}">\n{_data("node", node, NODE)}\n</node>'


def _edge(edge: EdgeRecord) -> str:
    ends = f'source="{edge.source}" target="{edge.target}"'
    return f'<edge id="{edge.id}" {ends}>\n{_data("edge", edge, EDGE)}\n</edge>'


def _data(place: str, record: Record, columns: Iterable[Column]) -> str:
    return "\n".join(
        f'<data key="{place}.{name}">{value}</data>'
        for name, value in attributes_of(record, columns)
    )


EXPORTER = Exporter("graphml", "the direct edges for yEd, Cytoscape, igraph and Gephi", export)
