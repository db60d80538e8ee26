from __future__ import annotations

from itertools import combinations

import pytest

from kg.layout import Size, layout
from kg.lens import Lens, make_lens
from kg.model.vocabulary import Valence
from kg.network import ActorNetwork, project, to_networkx
from kg.scene import look
from tests.conftest import shipped_facts, sound_facts

HEAD = """
    sources:
      s: {type: NewsArticle, title: News, published: 2025-12-02}
    entities:
      a: {type: State, name: A}
      b: {type: Government, name: B}
      c: {type: Person, name: C}
      idea: {type: Concept, name: An idea}
      war: {type: Scenario, name: Open war}
    defaults: {source: s}
    facts:
"""


def network_of(*facts: str, **dials: tuple[str, ...]) -> ActorNetwork:
    lines = "\n".join(f"      - {{id: f{i}, {fact}}}" for i, fact in enumerate(facts))
    found = sound_facts(HEAD + lines + "\n")
    return project(look(found, make_lens("test", dials, found, Lens())))


def pairs(network: ActorNetwork) -> list[tuple[str, str]]:
    return [(tie.subject, tie.object) for tie in network.ties]


def test_only_direct_edges_between_actors_are_ties() -> None:
    network = network_of(
        "subject: a, relation: backs, object: b",
        "subject: a, relation: backs, object: c, polarity: denied",
        "subject: b, relation: backs, object: c, modality: intended",
        "subject: b, relation: backs, object: a, condition: war",
        "subject: c, relation: faces, object: idea",
        "subject: c, relation: lendsTo, object: a, basis: presupposed",
    )
    assert [("a", "b")] == pairs(network)
    assert {"a": "A", "b": "B", "c": "C"} == network.actors
    assert {"f0"} == network.claims


def test_an_assumption_brings_a_tie_but_never_a_denied_one() -> None:
    network = network_of(
        "subject: a, relation: backs, object: b, condition: war",
        "subject: b, relation: backs, object: c, condition: war, polarity: denied",
        assume=("war",),
    )
    assert [("a", "b")] == pairs(network)


def test_every_actor_has_a_kind_and_no_network_is_made_without_them() -> None:
    network = network_of("subject: a, relation: backs, object: b")
    assert {"a": "State", "b": "Government", "c": "Person"} == network.kinds
    with pytest.raises(TypeError, match="kinds"):
        ActorNetwork({"a": "A"}, ())  # type: ignore[call-arg]  # that is the point


def test_a_symmetric_relation_ties_both_ways() -> None:
    network = network_of("subject: b, relation: hasTensionsWith, object: a")
    assert [("a", "b"), ("b", "a")] == pairs(network)
    assert [("f0",), ("f0",)] == [tie.claims for tie in network.ties]


def test_parallel_claims_make_one_tie_that_weighs_its_relations() -> None:
    network = network_of(
        "subject: a, relation: backs, object: b",
        "subject: a, relation: backs, object: b, said_by: [c]",
        "subject: a, relation: lendsTo, object: b",
    )
    [tie] = network.ties
    assert ("f0", "f1", "f2") == tie.claims
    assert ("backs", "lendsTo") == tie.relations
    assert 2 == tie.weight


def test_valence_is_summed_over_relations_for_each_side() -> None:
    ontology = """
        relations:
          gains:
            {label: gains by, inverse_label: pays for, description: One., domain: Actor,
             range: Actor, valence: {subject: 1, object: -1}}
          joins:
            {label: joins, inverse_label: is joined by, description: Two., domain: Actor,
             range: Actor, symmetric: true, valence: {subject: 1, object: 1}}
    """
    claims = """
      - {id: f0, subject: b, relation: [gains, joins], object: a}
      - {id: f1, subject: b, relation: gains, object: a, said_by: [c]}
    """
    facts = sound_facts(HEAD + claims, ontology)
    ties = project(look(facts, Lens())).ties
    assert [Valence(1, 1), Valence(2, 0)] == [tie.valence for tie in ties]


def test_the_network_says_what_it_was_seen_through() -> None:
    network = network_of("subject: a, relation: backs, object: b", assume=("war",))
    assert ("test", "2025-12-02") == (network.lens, network.as_of)
    assert "assuming Open war" in network.seen


def test_networkx_gets_every_actor_and_tie() -> None:
    network = project(look(shipped_facts(), Lens()))
    graph = to_networkx(network)
    assert set(network.actors) == set(graph.nodes)
    assert set(pairs(network)) == set(graph.edges)
    assert network.ties[0].claims == graph.edges[pairs(network)[0]]["claims"]


# -- layout ---------------------------------------------------------------------------------------


def boxes_overlap(places: dict[str, tuple[int, int]], sizes: dict[str, Size]) -> list[str]:
    return [
        f"{one} {other}"
        for one, other in combinations(places, 2)
        if abs(places[one][0] - places[other][0]) * 2 < sizes[one].width + sizes[other].width
        and abs(places[one][1] - places[other][1]) * 2 < sizes[one].height + sizes[other].height
    ]


@pytest.mark.parametrize(
    "links",
    [
        [],
        [(f"n{i}", "n0") for i in range(1, 30)],
        [(f"n{i}", f"n{i + 1}") for i in range(29)],
        [(f"n{i}", f"n{(i * 7) % 30}") for i in range(30)],
        [("n0", "n1"), ("n1", "n0"), ("n0", "n0"), ("n2", "n3")],
    ],
    ids=["none", "star", "path", "mesh", "parts"],
)
def test_boxes_never_overlap_and_places_are_the_same_each_time(
    links: list[tuple[str, str]],
) -> None:
    nodes = [f"n{i}" for i in range(30)]
    sizes = {node: Size(60 + 7 * (i % 5), 40 + 3 * (i % 7)) for i, node in enumerate(nodes)}
    places = dict(layout(nodes, links, sizes))
    assert [] == boxes_overlap({node: (p.x, p.y) for node, p in places.items()}, sizes)
    assert places == layout(nodes[::-1], links[::-1], sizes)
    assert all(isinstance(value, int) for place in places.values() for value in place)


def test_nothing_has_no_places() -> None:
    assert {} == layout([], [], {})
