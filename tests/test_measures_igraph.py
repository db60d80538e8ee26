"""Every measure beside igraph, which knows nothing of networkx and rustworkx."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import combinations, pairwise, permutations
from typing import Any

import igraph
import networkx as nx
import pytest

from kg.analysis import MEASURES
from kg.lens import Lens
from kg.model.table import Table
from kg.model.vocabulary import Valence
from kg.network import ActorNetwork, Tie, project, sketch
from kg.scene import look
from tests.conftest import shipped_facts

KINDS = ("State", "Government", "Person")
VALENCES = (Valence(1, 1), Valence(-1, -1), Valence(0, 1), Valence(), Valence(1, -1))


def generated(seed: int) -> ActorNetwork:
    """A network of 30 actors in several parts, with ties to oneself, of several relations."""
    drawn = nx.gnp_random_graph(30, (0.03, 0.06, 0.12)[seed % 3], seed=seed, directed=True)
    names = [f"a{number:02}" for number in drawn]
    ends = sorted([(names[u], names[v]) for u, v in drawn.edges] + [("a05", "a05")])
    ties = tuple(tie(s, o, (seed + index) % 7) for index, (s, o) in enumerate(ends))
    kinds = {name: KINDS[(index + seed) % 3] for index, name in enumerate(names)}
    return ActorNetwork({name: name.upper() for name in names}, ties, kinds=kinds)


def tie(subject: str, object_: str, number: int) -> Tie:
    relations = tuple(f"r{each}" for each in range(number % 3 + 1))
    valences = tuple(VALENCES[(number + each) % len(VALENCES)] for each in range(len(relations)))
    return Tie(subject, object_, (f"{subject}-{object_}",), (), relations, valences, certain=True)


@lru_cache(maxsize=1)
def networks() -> dict[str, ActorNetwork]:
    found = {f"generated {seed}": generated(seed) for seed in range(6)}
    return {**found, "shipped": project(look(shipped_facts(), Lens()))}


every = pytest.mark.parametrize("name", ["shipped", *(f"generated {seed}" for seed in range(6))])


def measured(measure: str, network: ActorNetwork) -> Table:
    (function,) = (each for each in MEASURES if each.__name__ == measure)
    return function(network)


def column(table: Table, name: str) -> dict[str, Any]:
    actor, figure = table.columns.index("actor"), table.columns.index(name)
    return {str(row[actor]): row[figure] for row in table.rows}


def arrows(network: ActorNetwork) -> igraph.Graph:
    actors = list(network.actors)
    edges = [(t.subject, t.object) for t in network.ties if t.subject != t.object]
    graph = igraph.Graph(directed=True)
    graph.add_vertices(actors)
    graph.add_edges(edges)
    return graph


def lines(network: ActorNetwork) -> igraph.Graph:
    return arrows(network).as_undirected(mode="collapse")


def by_actor(network: ActorNetwork, figures: list[float]) -> dict[str, float]:
    return dict(zip(network.actors, figures, strict=True))


def reach(graph: igraph.Graph) -> list[float]:
    """Closeness in networks of parts: igraph's is within the part alone."""
    sizes = graph.connected_components().sizes()
    part = graph.connected_components().membership
    within = graph.closeness(normalized=True)
    others = graph.vcount() - 1
    return [
        0.0 if sizes[part[v]] == 1 else within[v] * (sizes[part[v]] - 1) / others
        for v in range(graph.vcount())
    ]


ORACLES: dict[str, Callable[[ActorNetwork], list[float]]] = {
    "degree": lambda network: lines(network).degree(),
    "in_degree": lambda network: arrows(network).indegree(),
    "out_degree": lambda network: arrows(network).outdegree(),
    "betweenness": lambda network: [
        figure / ((len(network.actors) - 1) * (len(network.actors) - 2))
        for figure in arrows(network).betweenness()
    ],
    "closeness": lambda network: reach(lines(network)),
    "pagerank": lambda network: arrows(network).pagerank(damping=0.85),
    "k_core": lambda network: lines(network).coreness(),
}


@every
@pytest.mark.parametrize("measure", ORACLES)
def test_a_figure_of_each_actor_is_igraphs(name: str, measure: str) -> None:
    network = networks()[name]
    table = measured(measure, network)
    expected = by_actor(network, ORACLES[measure](network))
    assert pytest.approx(expected, rel=1e-5, abs=1e-9) == column(table, measure)


@every
def test_eigenvector_is_igraphs_in_each_part_by_its_size(name: str) -> None:
    network = networks()[name]
    graph = lines(network)
    parts = [part for part in graph.connected_components() if len(part) > 1]
    expected = dict.fromkeys(network.actors, 0.0)
    for part in parts:
        inside = graph.subgraph(part)
        share = len(part) / max(map(len, parts))
        figures = (share * figure for figure in inside.eigenvector_centrality())
        expected.update(zip(inside.vs["name"], figures, strict=True))
    found = column(measured("eigenvector", network), "eigenvector")
    assert pytest.approx(expected, rel=1e-5, abs=1e-9) == found


def by_degree(shape: Any, v: int) -> int:
    return int(shape.degree(v))


def by_mirror(shape: Any, v: int) -> int:
    return min(v, len(shape) - 1 - v)


@pytest.mark.parametrize(
    ("shape", "place"),
    [
        (nx.complete_bipartite_graph(3, 5), by_degree),  # λ and -λ: the power method swings
        (nx.complete_bipartite_graph(20, 250), by_degree),
        (nx.barbell_graph(20, 60), by_mirror),  # two eigenvalues that no float tells apart
        (nx.barbell_graph(20, 300), by_mirror),
        (nx.path_graph(150), by_mirror),
        (nx.path_graph(1500), by_mirror),  # so close that Lanczos' method gives up
        (nx.star_graph(300), by_degree),
        (nx.cycle_graph(40), by_degree),
    ],
)
def test_eigenvector_solves_its_equation_and_is_equal_in_equal_places(
    shape: Any, place: Callable[[Any, int], int]
) -> None:
    """By the definition itself, where iterations are known to fail or to favour one side."""
    names = [f"a{v:04}" for v in shape]
    ties = tuple(tie(names[u], names[v], 0) for u, v in sorted(shape.edges))
    network = ActorNetwork({name: name for name in names}, ties, kinds=dict.fromkeys(names, "X"))
    found = column(measured("eigenvector", network), "eigenvector")
    figures = [found[name] for name in names]
    sums = [sum(figures[u] for u in shape[v]) for v in shape]
    highest = figures.index(1.0)
    assert pytest.approx([sums[highest] * figure for figure in figures], abs=1e-4) == sums
    assert len({place(shape, v) for v in shape}) == len(
        {(place(shape, v), figures[v]) for v in shape}
    )


def test_of_eigenvector_nine_decimals_are_known() -> None:
    """Far from what is dense, figures are below what is the same on every machine."""
    names = [f"a{v:02}" for v in range(22)]
    dense = combinations(names[:10], 2)
    ends = sorted({*dense, *pairwise(names)})
    ties = tuple(tie(*pair, 0) for pair in ends)
    network = ActorNetwork({name: name for name in names}, ties, kinds=dict.fromkeys(names, "X"))
    found = list(column(measured("eigenvector", network), "eigenvector").values())
    assert all(round(figure, 9) == figure for figure in found)
    assert [1.0, 0.0] == [found[0], found[-1]], "and yet the last is tied"


def test_eigenvector_gives_parts_of_one_size_and_shape_the_same() -> None:
    two = sketch("a > b", "b > c", "x > y", "y > z", "p > q")
    found = column(measured("eigenvector", two), "eigenvector")
    half = 0.707107
    assert {"a": half, "b": 1, "c": half, "x": half, "y": 1, "z": half} == {
        actor: found[actor] for actor in "abcxyz"
    }
    assert {0.666667} == {found["p"], found["q"]}, "two of three actors"


SIGNS: dict[str, Callable[[int], bool]] = {
    "helped": lambda valence: valence > 0,
    "hurt": lambda valence: valence < 0,
    "neither": lambda valence: valence == 0,
    "in_strength": lambda valence: True,
}


@every
def test_strengths_are_igraphs_degrees_of_parallel_arrows(name: str) -> None:
    network = networks()[name]
    for sign, is_so in SIGNS.items():
        graph = igraph.Graph(directed=True)
        graph.add_vertices(list(network.actors))
        graph.add_edges(
            [
                (tie.subject, tie.object)
                for tie in network.ties
                for valence in tie.valences
                if tie.subject != tie.object and is_so(valence.object)
            ]
        )
        given = {"helped": "helps", "hurt": "hurts", "in_strength": "out_strength"}.get(sign, sign)
        assert by_actor(network, graph.indegree()) == column(measured("in_strength", network), sign)
        assert by_actor(network, graph.outdegree()) == column(
            measured("out_strength", network), given
        )


@every
def test_articulation_points_and_bridges_are_igraphs(name: str) -> None:
    network = networks()[name]
    graph = lines(network)
    names = graph.vs["name"]
    points = measured("articulation_points", network)
    assert {names[v] for v in graph.articulation_points()} == set(column(points, "more_parts"))
    parts = len(graph.connected_components())
    for actor, more in column(points, "more_parts").items():
        without = graph.copy()
        without.delete_vertices(actor)
        assert more == len(without.connected_components()) - parts
    bridges = {tuple(sorted(names[v] for v in graph.es[e].tuple)) for e in graph.bridges()}
    assert bridges == {(row[0], row[2]) for row in measured("bridges", network).rows}


@every
def test_the_sides_of_a_bridge_are_what_is_left_without_it(name: str) -> None:
    network = networks()[name]
    for row in measured("bridges", network).rows:
        graph = lines(network)
        graph.delete_edges([(row[0], row[2])])
        sides = [len(graph.subcomponent(actor)) for actor in (row[0], row[2])]
        assert sides == list(row[4:6])


@every
def test_reciprocity_is_igraphs(name: str) -> None:
    network = networks()[name]
    table = measured("reciprocity", network)
    assert table.notes[0].startswith(f"{arrows(network).reciprocity():.3g} of")
    graph = arrows(network)
    for actor, share in column(table, "reciprocity").items():
        out, back = (set(graph.neighbors(actor, mode=mode)) for mode in ("out", "in"))
        assert pytest.approx(2 * len(out & back) / (len(out) + len(back)), rel=1e-5) == share


@every
def test_the_density_of_ego_networks_is_igraphs_local_transitivity(name: str) -> None:
    network = networks()[name]
    graph = lines(network)
    expected = by_actor(network, graph.transitivity_local_undirected(mode="nan"))
    for actor, density in column(measured("ego", network), "density").items():
        if density is not None:
            assert pytest.approx(expected[actor], rel=1e-5) == density
        else:
            assert expected[actor] != expected[actor]


@every
def test_constraint_is_igraphs(name: str) -> None:
    network = networks()[name]
    expected = by_actor(network, lines(network).constraint())
    found = column(measured("constraint", network), "constraint")
    assert {actor for actor in expected if expected[actor] == expected[actor]} == set(found)
    assert pytest.approx({actor: expected[actor] for actor in found}, rel=1e-5) == found


@every
@pytest.mark.parametrize("measure", ["communities", "blocs"])
def test_the_modularity_is_igraphs_and_not_below_its_own_partitions(
    name: str, measure: str
) -> None:
    network = networks()[name]
    pairs: dict[tuple[str, str], list[Tie]] = {}
    for tie in network.ties:
        if tie.subject != tie.object:
            ends = min(tie.subject, tie.object), max(tie.subject, tie.object)
            pairs.setdefault(ends, []).append(tie)
    if measure == "blocs":
        pairs = {
            ends: ties
            for ends, ties in pairs.items()
            if sum(t.valence.subject + t.valence.object for t in ties) > 0
        }
    table = measured(measure, network)
    number = column(table, "community")
    assert {end for ends in pairs for end in ends} == set(number)
    graph = igraph.Graph.TupleList(pairs, directed=False)
    weights = [
        len({relation for tie in pairs[min(a, b), max(a, b)] for relation in tie.relations})
        for a, b in ((graph.vs[e.source]["name"], graph.vs[e.target]["name"]) for e in graph.es)
    ]
    found = graph.modularity([number[name] for name in graph.vs["name"]], weights=weights)
    assert f"modularity {found:.3g}" in table.notes[0]
    assert found > graph.community_multilevel(weights=weights).modularity - 0.05
    inside = column(table, "inside")
    outside = column(table, "outside")
    for vertex in graph.vs:
        strength = graph.strength(vertex, weights=weights)
        assert strength == inside[vertex["name"]] + outside[vertex["name"]]


@every
def test_densities_count_all_ties_once(name: str) -> None:
    network = networks()[name]
    table = measured("density_by_kind", network)
    assert arrows(network).ecount() == sum(int(row[4] or 0) for row in table.rows)
    for one, other, *_, ties, possible, density, _ in table.rows:
        pairs = [
            (a, b)
            for a, b in permutations(network.actors, 2)
            if (network.kinds[a], network.kinds[b]) == (one, other)
        ]
        assert len(pairs) == possible
        assert pytest.approx(int(ties or 0) / len(pairs), rel=1e-5) == density


@every
def test_triads_are_those_found_by_trying_all_threes(name: str) -> None:
    network = networks()[name]
    signs: dict[frozenset[str], int] = {}
    for tie in network.ties:
        if tie.subject != tie.object:
            ends = frozenset((tie.subject, tie.object))
            signs[ends] = signs.get(ends, 0) + tie.valence.subject + tie.valence.object
    expected = set()
    for three in combinations(sorted(network.actors), 3):
        found = [signs.get(frozenset(pair), 0) for pair in combinations(three, 2)]
        if all(found):
            hostile = sum(sign < 0 for sign in found)
            expected.add(("tense" if hostile % 2 else "balanced", *three))
    table = measured("triads", network)
    assert expected == {(row[0], *row[1:7:2]) for row in table.rows}
    assert all(network.actors[str(row[i])] == row[i + 1] for row in table.rows for i in (1, 3, 5))


@every
def test_brokerage_is_that_found_by_trying_all_threes(name: str) -> None:
    network = networks()[name]
    tied = {(t.subject, t.object) for t in network.ties}
    kinds = network.kinds
    expected = {actor: [0] * 5 for actor in network.actors}
    for a, b, c in permutations(network.actors, 3):
        if (a, b) in tied and (b, c) in tied and (a, c) not in tied:
            same = kinds[a] == kinds[b], kinds[a] == kinds[c], kinds[b] == kinds[c]
            role = {
                (True, True, True): 0,
                (False, True, False): 1,
                (False, False, True): 2,
                (True, False, False): 3,
                (False, False, False): 4,
            }[same]
            expected[b][role] += 1
    table = measured("brokerage", network)
    assert expected == {str(row[1]): list(row[3:8]) for row in table.rows}
    assert all(sum(map(int, row[3:8])) == row[8] for row in table.rows)  # type: ignore[arg-type]
