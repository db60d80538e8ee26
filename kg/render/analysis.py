"""Measures, ties and what edges rest on, as one value for JSON: what `analysis.json` holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kg.footing import Footing
from kg.model.table import Table
from kg.network import ActorNetwork, Edge, Tie
from kg.render.tables import to_value

#: Of one measure. A dense network has millions of triads, which nobody reads and which would make
#: a file that few programs open.
_MOST_ROWS = 20_000


def to_json(
    network: ActorNetwork,
    tables: Mapping[str, Table],
    resting: Iterable[tuple[Edge, Footing]],
) -> Mapping[str, Any]:
    """The lens, how much there is, each measure by its name, the ties, and what edges rest on.

    Rows say on how many claims they rest. Which these are follows from the ties: with their ids in
    each row, a dense network would take three times as much. Of a table with very many rows the
    first are there, and a note says so.
    """
    return {
        "lens": {"name": network.lens, "as_of": network.as_of, "words": network.seen},
        "counts": {
            "actors": len(network.actors),
            "ties": len(network.ties),
            "claims": len(network.claims),
        },
        "measures": {name: to_value(_cut(table)) for name, table in tables.items()},
        "ties": list(map(_tie, network.ties)),
        "edges": [_edge(edge, footing) for edge, footing in resting],
    }


def _cut(table: Table) -> Table:
    left = len(table.rows) - _MOST_ROWS
    if left <= 0:
        return table
    note = f"{left:,} more {'row is' if left == 1 else 'rows are'} left out here"
    return replace(table, rows=table.rows[:_MOST_ROWS], notes=(note, *table.notes))


def _tie(tie: Tie) -> Mapping[str, Any]:
    return {
        "subject": tie.subject,
        "object": tie.object,
        "side": str(tie.side),
        "certain": tie.certain,
        "valence": {"subject": tie.valence.subject, "object": tie.valence.object},
        "relations": list(tie.relations),
        "claims": list(tie.claims),
    }


def _edge(edge: Edge, footing: Footing) -> Mapping[str, Any]:
    return {
        "subject": edge.subject,
        "relation": edge.relation,
        "object": edge.object,
        "claims": list(edge.claims),
        "rests_on": list(map(list, footing.sets)),
        "anonymous": footing.is_anonymous,
    }
