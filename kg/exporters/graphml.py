"""GraphML, which yEd, Cytoscape, Gephi, igraph and networkx read."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from kg.exporters.exporter import Exporter
from kg.exporters.multigraph import to_multigraph
from kg.exporters.records import to_records
from kg.lens import Scene


def export(scene: Scene) -> Mapping[str, bytes]:
    """One file with typed attributes; the lens is among those of the graph."""
    import networkx as nx

    out = BytesIO()
    # Not write_graphml: that writes other bytes where lxml is installed.
    nx.write_graphml_xml(to_multigraph(to_records(scene)), out)
    return {"graph.graphml": out.getvalue() + b"\n"}


EXPORTER = Exporter("graphml", "the direct edges for yEd, Cytoscape, igraph and Gephi", export)
