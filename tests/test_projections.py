"""RDF and the network are two projections of one scene: they say the same under every lens."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache

import pyoxigraph
import pytest
from hypothesis import given, settings

from kg.lens import Lens
from kg.model.facts import Condition, FactSet
from kg.network import Side, direct_edges, project
from kg.query.named import bind, read_named_query
from kg.rdf.dataset import to_dataset
from kg.rdf.iris import prefixes_of
from kg.scene import Scene, look
from tests.conftest import ROOT, shipped_facts
from tests.strategies import fact_sets, lenses

Row = tuple[str, str, str, int]


@lru_cache(maxsize=1)
def ties_query() -> str:
    return (ROOT / "queries" / "ties.rq").read_text(encoding="utf-8")


def rows_of_the_select(scene: Scene) -> set[Row]:
    """What `kg query ties` answers: subject, relation, object and the number of claims."""
    store = pyoxigraph.Store()
    store.load(to_dataset(scene).turtle(), format=pyoxigraph.RdfFormat.TURTLE)
    text = bind(read_named_query("ties", ties_query()), {}, scene.facts)
    found = store.query(text, prefixes=dict(prefixes_of(scene.facts.profile)))
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return {
        (local(row["subject"]), local(row["relation"]), local(row["object"]), count(row["claims"]))
        for row in found
    }


def local(term: object) -> str:
    assert isinstance(term, pyoxigraph.NamedNode)
    return term.value.replace("#", "/").rsplit("/", 1)[1]


def count(term: object) -> int:
    assert isinstance(term, pyoxigraph.Literal)
    return int(term.value)


def rows_of_the_network(scene: Scene) -> set[Row]:
    facts = scene.facts
    return {
        (tie.subject, relation, tie.object, said[relation])
        for tie in project(scene).ties
        if (said := Counter(facts.claims[claim].relation for claim in tie.claims))
        for relation in tie.relations
    }


def assert_same_ties(scene: Scene) -> None:
    assert rows_of_the_select(scene) == rows_of_the_network(scene)


@settings(max_examples=60)
@given(fact_sets(), lenses)
def test_the_ties_are_the_rows_of_one_select(facts: FactSet, lens: Lens) -> None:
    assert_same_ties(look(facts, lens))


@settings(max_examples=15)
@given(lenses.map(lambda lens: replace(lens, according_to=(), without=(), assume=())))
def test_the_ties_of_the_real_facts_are_the_rows_of_one_select(lens: Lens) -> None:
    assert_same_ties(look(shipped_facts(), lens))
    assert_same_ties(look(shipped_facts(), replace(lens, assume=(Condition("us-escalation"),))))


def test_the_properties_speak_of_something() -> None:
    assert 29 == len(rows_of_the_select(look(shipped_facts(), Lens())))


@given(fact_sets(), lenses)
def test_every_tie_rests_on_affirmed_claims_in_force(facts: FactSet, lens: Lens) -> None:
    scene = look(facts, lens)
    network = project(scene)
    edges = {claim.id for claim in scene.edges}
    assert edges >= network.claims
    assert edges >= {claim for edge in direct_edges(scene) for claim in edge.claims}
    for tie in network.ties:
        assert tie.claims
        assert (tie.side is Side.MIXED) == bool(tie.denials)


@given(fact_sets(), lenses)
def test_every_claim_between_actors_is_in_the_network_where_it_belongs(
    facts: FactSet, lens: Lens
) -> None:
    scene = look(facts, lens)
    network = project(scene)
    between = {
        claim.id
        for claim in scene.facts.claims.values()
        if claim.subject in network.actors and claim.object in network.actors
    }
    in_force = {c for tie in (*network.ties, *network.denied) for c in (*tie.claims, *tie.denials)}
    beyond = {c for tie in network.not_in_force for c in (*tie.claims, *tie.denials)}
    assert between == in_force | beyond
    assert not in_force & beyond
    assert in_force == {claim.id for claim in scene.in_force} & between


@given(fact_sets(), lenses)
def test_edges_say_what_the_scene_says_of_their_claims(facts: FactSet, lens: Lens) -> None:
    scene = look(facts, lens)
    for edge in direct_edges(scene):
        claims = [facts.claims[claim] for claim in edge.claims]
        assert edge.certain == any(scene.standings[claim.id].certain for claim in claims)
        assert edge.disputed == any(claim.id in scene.disputes for claim in claims)
        assert {edge.relation} == {claim.relation for claim in claims}


@pytest.mark.parametrize("relation", ["hasTensionsWith", "backs"])
def test_a_symmetric_edge_is_there_both_ways(relation: str) -> None:
    facts = shipped_facts()
    (one, *_) = (c for c in facts.claims.values() if c.relation == "alliedWith")
    scene = look(replace(facts, claims={one.id: replace(one, relation=relation)}), Lens())
    ends = [(edge.subject, edge.object) for edge in direct_edges(scene)]
    symmetric = facts.vocabulary.relations[relation].symmetric
    assert symmetric == ((one.object, one.subject) in ends)
