"""Network, page and exports of a scene, beside networkx, pandas and pyvis used the obvious way."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pandas

from kg.analysis.balance import triads
from kg.analysis.centrality import betweenness, closeness
from kg.analysis.measuring import measure
from kg.exporters import csv_tables, gexf, graphml
from kg.network import project
from kg.scene import Scene
from kg.view.dossier import render

Job = Callable[[], object]


def pairs(scene: Scene) -> list[tuple[str, Job, Job]]:
    """What is timed: a title, kg's way and the obvious one."""
    network = project(scene)
    ties: Any = nx.DiGraph([(tie.subject, tie.object) for tie in network.ties])
    lines = ties.to_undirected()
    edges = [(claim.subject, str(claim.object), claim.relation) for claim in scene.edges]
    return [
        ("the network: networkx.from_edgelist on the same edges", lambda: project(scene),
         lambda: _multigraph(edges)),
        ("betweenness: networkx", lambda: betweenness(network),
         lambda: nx.betweenness_centrality(ties)),
        ("closeness: networkx", lambda: closeness(network),
         lambda: nx.closeness_centrality(lines)),
        ("signed triads: the cliques of three of networkx", lambda: triads(network),
         lambda: [each for each in nx.enumerate_all_cliques(lines) if len(each) == 3]),
        ("all twenty measures with ranks and claims: betweenness and closeness of networkx",
         lambda: measure(network),
         lambda: (nx.betweenness_centrality(ties), nx.closeness_centrality(lines))),
        ("GraphML with claims: networkx, bare edges", lambda: graphml.export(scene),
         lambda: _written(nx.write_graphml, edges)),
        ("GEXF with claims: networkx, bare edges", lambda: gexf.export(scene),
         lambda: _written(nx.write_gexf, edges)),
        ("three CSV tables: pandas, subject, object and relation alone",
         lambda: csv_tables.export(scene), lambda: pandas.DataFrame(edges).to_csv()),
        ("the page of 150 things: pyvis with all edges, add_node and add_edge",
         lambda: render(scene), lambda: _pyvis(edges)),
    ]  # fmt: skip


def _multigraph(edges: list[tuple[str, str, str]]) -> Any:
    graph: Any = nx.MultiDiGraph()
    for subject, object_, relation in edges:
        graph.add_edge(subject, object_, relation=relation)
    return graph


def _written(write: Callable[[Any, Any], object], edges: list[tuple[str, str, str]]) -> bytes:
    out = io.BytesIO()
    write(_multigraph(edges), out)
    return out.getvalue()


def _pyvis(edges: list[tuple[str, str, str]]) -> None:
    from pyvis.network import Network

    network: Any = Network(directed=True, cdn_resources="in_line")
    for subject, object_, relation in edges:
        network.add_node(subject)
        network.add_node(object_)
        network.add_edge(subject, object_, title=relation)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.html").write_text(network.generate_html(), encoding="utf-8")
