"""The formats that kg writes besides its own: one module a format."""

from __future__ import annotations

from kg.exporters import csv_tables, framed, gexf, graphml, neo4j, parquet
from kg.exporters.exporter import Exporter

__all__ = ["EXPORTERS", "Exporter"]

#: Every exporter of kg, in the order to be listed in.
EXPORTERS: tuple[Exporter, ...] = (
    graphml.EXPORTER,
    gexf.EXPORTER,
    csv_tables.EXPORTER,
    parquet.EXPORTER,
    neo4j.EXPORTER,
    framed.EXPORTER,
)
