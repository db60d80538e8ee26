"""Measures of the actor network: one function a measure, from the network to a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.analysis.centrality import betweenness, degree, in_degree, out_degree, pagerank
from kg.model.table import Table
from kg.network import ActorNetwork

#: Every measure, in the order to be listed in; a measure's name is its function's.
MEASURES: tuple[Callable[[ActorNetwork], Table], ...] = (
    degree,
    in_degree,
    out_degree,
    betweenness,
    pagerank,
)


def analyze(network: ActorNetwork) -> Mapping[str, Any]:
    """All measures of `network` as one value for JSON: what `analysis.json` holds."""
    return {
        "lens": {"name": network.lens, "as_of": network.as_of, "words": network.seen},
        "counts": {
            "actors": len(network.actors),
            "ties": len(network.ties),
            "claims": len(network.claims),
        },
        "measures": {measure.__name__: _as_json(measure(network)) for measure in MEASURES},
    }


def _as_json(table: Table) -> Mapping[str, Any]:
    return {
        "title": table.title,
        "notes": list(table.notes),
        "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows],
    }
