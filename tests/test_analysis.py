from __future__ import annotations

import json

import networkx as nx
import pytest

from kg.analysis import MEASURES, analyze
from kg.analysis.centrality import betweenness, degree, pagerank
from kg.lens import Lens, look
from kg.model.table import Table
from kg.model.vocabulary import Valence
from kg.network import ActorNetwork, Tie, project
from tests.conftest import shipped_facts


def network_of(*pairs: tuple[str, str], alone: tuple[str, ...] = ()) -> ActorNetwork:
    names = sorted({name for pair in pairs for name in pair} | set(alone))
    ties = tuple(
        Tie(*pair, ("-".join(pair),), (), ("backs",), (Valence(),), certain=True)
        for pair in sorted(pairs)
    )
    return ActorNetwork({name: name for name in names}, ties, "default", "as of today")


def figures(table: Table) -> dict[str, object]:
    return {str(row[1]): row[3] for row in table.rows}


def florentine_families() -> ActorNetwork:
    """The marriages of Padgett's Florentine families, whose figures are in every textbook."""
    edges = nx.florentine_families_graph().edges
    return network_of(*edges, *((b, a) for a, b in edges))


def test_published_betweenness_of_the_florentine_families() -> None:
    found = figures(betweenness(florentine_families()))
    assert 0.521978 == found["Medici"]
    assert 0.254579 == found["Guadagni"]
    assert 0.0 == found["Acciaiuoli"]


def test_published_degree_of_the_florentine_families() -> None:
    table = degree(florentine_families())
    assert (1, "Medici", "Medici", 6, 12) == table.rows[0]
    assert [2, 2] == [row[0] for row in table.rows if row[3] == 4], "equal figures, equal ranks"


def test_pagerank_of_a_star_by_hand() -> None:
    # Rim nodes get r = 0.15/4 + 0.85 * c/3 with c = 1 - 3r, so r = (0.0375 + 0.85/3) / 1.85.
    spokes = [("x", rim) for rim in "abc"] + [(rim, "x") for rim in "abc"]
    found = figures(pagerank(network_of(*spokes)))
    rim = (0.0375 + 0.85 / 3) / 1.85
    assert pytest.approx(rim, rel=1e-5) == found["a"]
    assert pytest.approx(1 - 3 * rim, rel=1e-5) == found["x"]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: str(measure.__name__))
def test_every_measure_says_what_it_is_and_ranks_everybody(
    measure: type, request: pytest.FixtureRequest
) -> None:
    text = measure.__doc__ or ""
    assert "Reference: " in text
    assert ">>> " in text
    network = project(look(shipped_facts(), Lens()))
    table = measure(network)
    assert set(network.actors) == {row[1] for row in table.rows}
    assert ("rank", "actor", "name", measure.__name__, "claims") == table.columns
    assert all(float(f"{row[3]:.6g}") == row[3] for row in table.rows)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: str(measure.__name__))
def test_nobody_and_somebody_alone(measure: type) -> None:
    assert () == measure(network_of()).rows
    assert [1] == [row[0] for row in measure(network_of(alone=("a",))).rows]


def test_a_tie_with_oneself_counts_for_nothing() -> None:
    assert {"a": 1, "b": 1} == figures(degree(network_of(("a", "a"), ("a", "b"))))


def test_the_analysis_is_json_and_names_its_lens() -> None:
    network = project(look(shipped_facts(), Lens()))
    analysis = json.loads(json.dumps(analyze(network)))
    assert "default" == analysis["lens"]["name"]
    assert network.as_of == analysis["lens"]["as_of"]
    assert len(network.ties) == analysis["counts"]["ties"]
    assert [measure.__name__ for measure in MEASURES] == list(analysis["measures"])
