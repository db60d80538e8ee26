"""Measures of the actor network: one function a measure, from the network to a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.analysis.balance import triads
from kg.analysis.brokerage import brokerage, constraint
from kg.analysis.centrality import (
    betweenness,
    closeness,
    degree,
    eigenvector,
    in_degree,
    out_degree,
    pagerank,
)
from kg.analysis.cohesion import (
    articulation_points,
    bridges,
    density_by_kind,
    ego,
    k_core,
    reciprocity,
)
from kg.analysis.communities import blocs, communities
from kg.analysis.explanation import Measure
from kg.analysis.strength import in_strength, out_strength
from kg.model.table import Table
from kg.network import ActorNetwork

#: Every measure, in the order to be listed in; a measure's name is its function's.
MEASURES: tuple[Measure, ...] = (
    degree,
    in_degree,
    out_degree,
    in_strength,
    out_strength,
    betweenness,
    closeness,
    pagerank,
    eigenvector,
    communities,
    blocs,
    k_core,
    articulation_points,
    bridges,
    reciprocity,
    ego,
    density_by_kind,
    triads,
    brokerage,
    constraint,
)

_MOST_ROWS = 20_000  #: of a measure in JSON


def measure(network: ActorNetwork, measures: Iterable[Measure] = MEASURES) -> Mapping[str, Table]:
    """What each of some measures says of `network`, by their names."""
    return {each.__name__: each(network) for each in measures}


def to_json(network: ActorNetwork, tables: Mapping[str, Table]) -> Mapping[str, Any]:
    """Measures with the ties that they rest on, as one value for JSON: what `analysis.json` holds.

    Rows say on how many claims they rest; which these are follows from the ties. Of a table with
    very many rows, such as the triads of a dense network, the first are there, and a note says so.
    """
    return {
        "lens": {"name": network.lens, "as_of": network.as_of, "words": network.seen},
        "counts": {
            "actors": len(network.actors),
            "ties": len(network.ties),
            "claims": len(network.claims),
        },
        "measures": {name: _as_json(name, table) for name, table in tables.items()},
        "ties": [
            {
                "subject": tie.subject,
                "object": tie.object,
                "side": str(tie.side),
                "certain": tie.certain,
                "valence": {"subject": tie.valence.subject, "object": tie.valence.object},
                "relations": list(tie.relations),
                "claims": list(tie.claims),
            }
            for tie in network.ties
        ],
    }


def _as_json(name: str, table: Table) -> Mapping[str, Any]:
    left = len(table.rows) - _MOST_ROWS
    more = [f"{left:,} more rows: 'kg analyze {name}' has them all"] if left > 0 else []
    return {
        "title": table.title,
        "notes": [*more, *table.notes],
        "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows[:_MOST_ROWS]],
    }
