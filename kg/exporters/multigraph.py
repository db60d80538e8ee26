"""A scene as a networkx graph with an edge for each direct edge, for the formats of graphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.exporters.records import Records

if TYPE_CHECKING:
    import networkx as nx


def to_multigraph(records: Records) -> nx.MultiDiGraph[str]:
    """Things and direct edges, with attributes that every format of graphs can hold.

    Lists are texts: ids with spaces between, other lists with ` | ` between.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        title=_text(records.title),
        lens=_text(records.lens),
        seen=_text(records.seen),
        as_of=records.as_of,
    )
    for node in records.nodes:
        attributes = {
            "label": node.label,
            "iri": node.iri,
            "type": node.type,
            "kind": node.kind,
            "actor": node.actor,
            "aliases": " | ".join(node.aliases),
            "codes": " ".join(node.codes),
            "description": node.description or "",
        }
        graph.add_node(node.id, **_clean(attributes))
    for edge in records.edges:
        attributes = {
            "label": edge.label,
            "relation": edge.relation,
            "weight": edge.weight,
            "valence_source": edge.valence_source,
            "valence_target": edge.valence_target,
            "certain": edge.certain,
            "disputed": edge.disputed,
            "claims": " ".join(edge.claims),
            "claim_count": len(edge.claims),
            "sources": " ".join(edge.sources),
        }
        # The key becomes the id in GraphML, and programs go by ids: no two edges may share one.
        graph.add_edge(edge.source, edge.target, key=edge.id, **_clean(attributes))
    return graph


def _clean(attributes: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _text(value) if isinstance(value, str) else value
        for name, value in attributes.items()
    }


#: What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(value: str) -> str:
    """The text with what XML cannot hold written out, as in `<U+0007>`."""
    return _NO_XML.sub(lambda match: f"<U+{ord(match[0]):04X}>", value)
