"""The network at a glance: its own figures, and the main ones of each actor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.analysis.ranking import claims_behind, seen, touches
from kg.model.display import counted
from kg.model.table import Cell, Table
from kg.network import ActorNetwork, Tie, to_networkx

#: The measures that an overview is made of, each with the column that it takes and a short name.
OVERVIEW = {
    "degree": ("degree", "degree"),
    "in_strength": ("in_strength", "in"),
    "out_strength": ("out_strength", "out"),
    "betweenness": ("betweenness", "between"),
    "pagerank": ("pagerank", "pagerank"),
    "communities": ("community", "community"),
}


def overview(network: ActorNetwork, tables: Mapping[str, Table]) -> Table:
    """The tied actors, those with the most ties first, with the main measures side by side.

    Args:
        network: the network.
        tables: the measures of `OVERVIEW` on it.
    """
    figures = {name: _by_actor(tables[name], column) for name, (column, _) in OVERVIEW.items()}
    claims = claims_behind(network, touches)
    degree = tables["degree"]
    tied = [
        actor
        for actor, figure in zip(degree.column("actor"), degree.column("degree"), strict=True)
        if figure
    ]
    rows = tuple(
        (
            actor,
            network.actors[str(actor)],
            *(figures[name].get(actor) for name in OVERVIEW),
            len(claims[str(actor)]),
        )
        for actor in tied
    )
    columns = ("actor", "name", *(short for _, short in OVERVIEW.values()), "claims")
    notes = tuple(_notes(network, tables))
    evidence = tuple(claims[str(actor)] for actor in tied)
    return Table(columns, rows, "The network of actors", notes, evidence)


def _by_actor(table: Table, column: str) -> dict[Cell, Cell]:
    return dict(zip(table.column("actor"), map(_short, table.column(column)), strict=True))


def _short(cell: Cell) -> Cell:
    """Three digits are enough at a glance."""
    return float(f"{cell:.3g}") if isinstance(cell, float) else cell


def _notes(network: ActorNetwork, tables: Mapping[str, Table]) -> Iterator[str]:
    import networkx as nx

    graph = to_networkx(network)
    parts = [part for part in nx.weakly_connected_components(graph) if len(part) > 1]
    tied = sum(map(len, parts))
    density, returned = nx.density(graph), nx.overall_reciprocity(graph) if graph.size() else 0
    yield (
        f"{counted(len(network.actors), 'actor')}, {tied:,} of them tied, "
        f"in {counted(len(parts), 'part')}; {counted(graph.size(), 'tie')}, "
        f"density {density:.3g}, {returned:.3g} of them returned"
    )
    if network.denied:
        pairs = counted(_pairs(network.denied), "pair")
        yield f"{pairs} with denials in force only, not counted"
    if network.not_in_force:
        pairs = counted(_pairs(network.not_in_force), "pair")
        yield f"{pairs} with claims that are not in force, not counted"
    yield "degree counts actors, in and out count relations"
    yield seen(network)


def _pairs(ties: Iterable[Tie]) -> int:
    return len({frozenset((tie.subject, tie.object)) for tie in ties})
