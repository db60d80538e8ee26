"""GEXF 1.2, the format of Gephi."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.exporters.exporter import Exporter
from kg.exporters.multigraph import to_multigraph
from kg.exporters.records import to_records
from kg.lens import Scene


def export(scene: Scene) -> Mapping[str, bytes]:
    """One file; the lens is its description, and it carries no date of its making."""
    from xml.etree.ElementTree import SubElement, tostring

    from networkx.readwrite.gexf import GEXFWriter

    records = to_records(scene)
    writer: Any = GEXFWriter(version="1.2draft")
    writer.add_graph(to_multigraph(records))
    meta = writer.xml.find("meta")
    del meta.attrib["lastmodifieddate"]  # the clock has no part in what facts say
    for child in list(meta):
        meta.remove(child)
    SubElement(meta, "creator").text = "kg"
    SubElement(meta, "description").text = f"{records.title}. Seen {records.seen}"
    head = "<?xml version='1.0' encoding='utf-8'?>\n"
    return {"graph.gexf": f"{head}{tostring(writer.xml, encoding='unicode')}\n".encode()}


EXPORTER = Exporter("gexf", "the direct edges for Gephi", export)
