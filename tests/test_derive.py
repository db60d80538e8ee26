"""What follows from edges: with grounds, within its time, and as OWL 2 RL would have it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import owlrl
import pytest
import rdflib
from hypothesis import given, settings

from kg import publish
from kg.derive import Entailment, Inferred, derive
from kg.lens import Lens, make_lens
from kg.model.dials import Inference
from kg.model.facts import FactSet
from kg.network import direct_edges
from kg.rdf.dataset import to_dataset, to_rdflib
from kg.scene import Scene, look
from tests.conftest import shipped_facts, sound_facts
from tests.strategies import fact_sets, lenses

OWN = """\
relations:
  hasMember: {domain: [Organization, Alliance, Group], range: Actor, inverse: memberOf}
  sharesAllianceWith: {domain: Actor, range: Actor, chain: memberOf/hasMember}
  within: {parent: partOf, chain: within/within, inverse: holdsWithin}
  holdsWithin: {domain: [State, Organization, Group, Government, Alliance, Place],
                range: [Organization, Group, Government, Place]}
  near: {domain: Actor, range: Actor, symmetric: true, chain: near/near}
  follows: {domain: [Event, Policy, Concept], range: [Event, Policy, Concept], inverse: precedes}
  standsBehind: {domain: Actor, range: Actor, chain: [memberOf/alliedWith, memberOf/leadBy/leads]}
  leadBy: {domain: [Government, Organization, Alliance, Group], range: Person, inverse: leads}
"""

WORLD = """\
entities:
  a: {type: State, name: Arvenia}
  b: {type: State, name: Belmark}
  c: {type: State, name: Corland}
  pact: {type: Alliance, name: Pact}
  cabinet: {type: Government, name: Cabinet of Arvenia}
  ann: {type: Person, name: Ann}
  yard: {type: Organization, name: Yard}
  fleet: {type: Organization, name: Fleet}
  navy: {type: Organization, name: Navy}
  embargo: {type: Sanction, name: Embargo}
  package: {type: Policy, name: Package}
  aide: {type: UnnamedSource, name: An aide}
sources:
  paper: {type: NewsArticle, title: Paper, published: 2024-05-03, reliability: B}
  other: {type: NewsArticle, title: Other, published: 2024-05-03, reliability: D}
  unrated: {type: NewsArticle, title: Unrated, published: 2024-05-03}
defaults: {source: paper}
facts:
"""


def world(*facts: str) -> FactSet:
    lines = (f"  - {{id: f{number}, {fact}}}\n" for number, fact in enumerate(facts, 1))
    return sound_facts(WORLD + "".join(lines), OWN)


def seen(facts: FactSet, **dials: str | tuple[str, ...]) -> Scene:
    written = {dial: (v,) if isinstance(v, str) else v for dial, v in dials.items()}
    return look(facts, make_lens("test", written, facts, Lens()))


def said(subject: str, relation: str, object_: str, rest: str = "") -> str:
    return f"subject: {subject}, relation: {relation}, object: {object_}{rest and ', ' + rest}"


def inferred(scene: Scene, relation: str) -> dict[tuple[str, str], Inferred]:
    found = {}
    for each in derive(scene):
        if each.relation == relation:
            assert isinstance(each.object, str)
            found[each.subject, each.object] = each
    return found


# -- the rules ------------------------------------------------------------------------------------


def test_what_refines_a_relation_implies_it() -> None:
    scene = seen(world(said("a", "suppliesArmsTo", "b")))
    found = inferred(scene, "support")
    assert {("a", "b")} == found.keys()
    assert ((Entailment.SUB_RELATION,), ("f1",)) == (found["a", "b"].rules, found["a", "b"].claims)
    assert {("a", "b")} == inferred(scene, "givesMilitarySupportTo").keys()


def test_a_symmetric_relation_that_is_inferred_holds_both_ways() -> None:
    found = inferred(seen(world(said("a", "backs", "b"))), "alignment")
    assert {("a", "b"), ("b", "a")} == found.keys()
    assert (Entailment.SYMMETRIC,) == found["b", "a"].rules


def test_an_inverse_says_the_same_from_the_other_side() -> None:
    scene = seen(world(said("a", "memberOf", "pact"), said("pact", "hasMember", "b")))
    assert {("pact", "a")} == inferred(scene, "hasMember").keys()
    found = inferred(scene, "memberOf")
    assert {("b", "pact")} == found.keys()
    assert (("f2",), (Entailment.INVERSE,)) == (found["b", "pact"].claims, found["b", "pact"].rules)


def test_who_leads_a_government_speaks_for_the_state() -> None:
    facts = world(said("ann", "leads", "cabinet"), said("cabinet", "governs", "a"))
    (one,) = inferred(seen(facts), "speaksFor").values()
    assert ("ann", "a", ("f1", "f2"), (Entailment.CHAIN,)) == (
        one.subject,
        one.object,
        one.claims,
        one.rules,
    )


def test_a_policy_reaches_what_its_parts_target() -> None:
    facts = world(
        said("package", "includes", "embargo"),
        said("embargo", "targets", "b"),
    )
    assert {("package", "b")} == inferred(seen(facts), "reaches").keys()


def test_a_chain_over_itself_closes() -> None:
    facts = world(
        said("yard", "within", "fleet"),
        said("fleet", "within", "navy"),
        said("navy", "within", "a"),
    )
    assert {("yard", "navy"), ("yard", "a"), ("fleet", "a")} == inferred(
        seen(facts), "within"
    ).keys()


def test_a_line_of_a_hundred_closes_in_few_steps() -> None:
    """Edges that a chain of their own relation makes are not taken apart in every way."""
    names = [f"n{number}" for number in range(100)]
    things = "".join(f"  {name}: {{type: Organization, name: {name.upper()}}}\n" for name in names)
    facts = "".join(
        f"  - {{id: f{number}, {said(*pair)}, source: paper}}\n"
        for number, pair in enumerate((a, "within", b) for a, b in pairwise(names))
    )
    text = (
        f"{WORLD.partition('sources:')[0]}{things}sources:{WORLD.partition('sources:')[2]}{facts}"
    )
    scene = seen(sound_facts(text, OWN))
    found = inferred(scene, "within")
    assert 99 * 100 // 2 - 99 == len(found)
    assert 99 == len(found["n0", "n99"].claims)
    chains = [step for step in found["n0", "n99"].steps if step[0] is Entailment.CHAIN]
    assert [(("n0", "within", "n1"), ("n1", "within", "n99"))] == [taken for _, taken in chains]


def test_a_chain_may_have_three_steps_and_inferred_ones() -> None:
    facts = world(said("a", "memberOf", "pact"), said("ann", "leads", "pact"))
    found = inferred(seen(facts), "standsBehind")
    # memberOf, then leads turned round, then leads once more
    assert {("a", "pact")} == found.keys()
    assert {("pact", "ann")} == inferred(seen(facts), "leadBy").keys()


def test_what_is_claimed_is_not_inferred_once_more() -> None:
    facts = world(said("a", "suppliesArmsTo", "b"), said("a", "support", "b"))
    assert {} == inferred(seen(facts), "support")


def test_values_are_inferred_as_well() -> None:
    own = "relations:\n  size: {domain: Actor, range: quantity}\n  troops: {parent: size}\n"
    facts = sound_facts(WORLD + f"  - {{id: f1, {said('a', 'troops', '300 person')}}}\n", own)
    (one,) = derive(seen(facts))
    assert not isinstance(one.object, str)
    assert ("size", "300 person") == (one.relation, one.object.text)


# -- only from what stands -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rest", ["polarity: denied", "modality: considered", "basis: presupposed", "when: /2020"]
)
def test_nothing_follows_from_what_is_no_edge(rest: str) -> None:
    facts = world(said("ann", "leads", "cabinet", rest), said("cabinet", "governs", "a"))
    assert {} == inferred(seen(facts), "speaksFor")


def test_a_lens_can_be_without() -> None:
    facts = world(said("a", "suppliesArmsTo", "b"))
    assert () == derive(seen(facts, inference="off"))
    assert "nothing inferred" in seen(facts, inference="off").describe()


def test_two_times_make_no_chain() -> None:
    facts = world(
        said("ann", "leads", "cabinet", "when: 2018/2019"),
        said("cabinet", "governs", "a", "when: 2021/2023"),
    )
    scene = seen(facts, as_of="2018/2023")
    assert 2 == len(scene.edges)
    assert {} == inferred(scene, "speaksFor")


def test_a_chain_is_certain_only_where_its_times_surely_meet() -> None:
    facts = world(
        said("ann", "leads", "cabinet", "when: 2018/2021"),
        said("cabinet", "governs", "a", "when: 2021/2023"),
    )
    (one,) = inferred(seen(facts, as_of="2018/2023"), "speaksFor").values()
    assert not one.certain
    assert {} == inferred(seen(facts, as_of="2018/2023", certainty="certain"), "speaksFor")


# -- how good it is --------------------------------------------------------------------------------


def test_it_is_as_good_as_the_weakest_of_its_claims() -> None:
    facts = world(
        said("ann", "leads", "cabinet", "credibility: 2, likelihood: very likely"),
        said("cabinet", "governs", "a", "credibility: 4, likelihood: likely, source: other"),
    )
    (one,) = inferred(seen(facts), "speaksFor").values()
    assert (4, "D", "likely") == (one.credibility, one.reliability, one.likelihood)


def test_what_is_not_judged_stays_so() -> None:
    facts = world(
        said("ann", "leads", "cabinet", "credibility: 2"),
        said("cabinet", "governs", "a", "source: unrated"),
    )
    (one,) = inferred(seen(facts), "speaksFor").values()
    assert (None, None, None) == (one.credibility, one.reliability, one.likelihood)


def test_of_two_ways_the_better_counts() -> None:
    facts = world(
        said("a", "suppliesArmsTo", "b", "credibility: 5"),
        said("a", "givesFinancialSupportTo", "b", "credibility: 1"),
        said("a", "givesHumanitarianAidTo", "b"),
    )
    (one,) = inferred(seen(facts), "support").values()
    assert (1, ("f1", "f2", "f3")) == (one.credibility, one.claims)


def test_what_is_denied_outright_is_inferred_as_disputed() -> None:
    denial = said("a", "support", "b", "polarity: denied")
    (one,) = inferred(seen(world(said("a", "suppliesArmsTo", "b"), denial)), "support").values()
    assert one.disputed
    scoped = said("a", "support", "b", "polarity: denied, degree: open")
    (one,) = inferred(seen(world(said("a", "suppliesArmsTo", "b"), scoped)), "support").values()
    assert not one.disputed


# -- properties ------------------------------------------------------------------------------------


@given(fact_sets(), lenses)
def test_grounds_are_affirmed_claims_in_force_and_enough(facts: FactSet, lens: Lens) -> None:
    scene = look(facts, replace(lens, inference=Inference.ON))
    edges = {claim.id for claim in scene.edges}
    for each in derive(scene):
        assert edges.issuperset(each.claims)
        only = {id: c for id, c in scene.facts.claims.items() if id in each.claims}
        alone = look(replace(scene.facts, claims=only, decisions={}), replace(lens, marking=None))
        triple = (each.subject, each.relation, each.object)
        follows = {(x.subject, x.relation, x.object) for x in derive(_at(alone, scene))}
        direct = {(x.subject, x.relation, x.object) for x in direct_edges(alone)}
        assert triple in follows | direct


def _at(scene: Scene, other: Scene) -> Scene:
    """A scene at the time of another, whatever its newest source is."""
    lens = replace(scene.lens, as_of=other.as_of, inference=Inference.ON)
    return look(scene.facts, lens)


@given(fact_sets(), lenses)
def test_rdf_has_the_direct_edges_and_what_follows_and_nothing_else(
    facts: FactSet, lens: Lens
) -> None:
    scene = look(facts, lens)
    graph = to_rdflib(to_dataset(scene))
    relations = {f"{KG}{relation}": relation for relation in facts.vocabulary.relations}
    told = {
        (_local(s), relations[str(p)], _local(o))
        for s, p, o in graph
        if str(p) in relations and isinstance(o, rdflib.URIRef)
    }
    direct = {(x.subject, x.relation, x.object) for x in direct_edges(scene)}
    follows = {(x.subject, x.relation, x.object) for x in derive(scene)}
    assert told == direct | follows
    assert direct.isdisjoint(follows)


KG = "https://w3id.org/actor-kg/ontology#"


def _local(term: object) -> str:
    return str(term).rpartition("/")[2]


# -- OWL -------------------------------------------------------------------------------------------


@cache
def ontology(own: bool) -> rdflib.Graph:
    vocabulary = world(said("a", "backs", "b")).vocabulary if own else shipped_facts().vocabulary
    made = publish.ARTIFACTS["kg.ttl"](vocabulary)
    return rdflib.Graph().parse(data=made, format="turtle")


def closure(scene: Scene, own: bool) -> set[tuple[str, str, str]]:
    """The edges that an OWL 2 RL reasoner makes of the direct ones."""
    base = scene.facts.profile.base
    graph = rdflib.Graph()
    for triple in ontology(own):
        graph.add(triple)
    for edge in direct_edges(scene):
        ends = (rdflib.URIRef(f"{base}entity/{x}") for x in (edge.subject, edge.object))
        graph.add((next(ends), rdflib.URIRef(KG + edge.relation), next(ends)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    relations = {KG + relation: relation for relation in scene.facts.vocabulary.relations}
    return {
        (_local(s), relations[str(p)], _local(o))
        for s, p, o in graph
        if str(p) in relations and str(s).startswith(base) and str(o).startswith(base)
    }


def closed(scene: Scene) -> set[tuple[str, str, str]]:
    direct = {(x.subject, x.relation, x.object) for x in direct_edges(scene)}
    follows = {(x.subject, x.relation, str(x.object)) for x in derive(scene)}
    return direct | follows


def test_owl_has_the_same_closure_of_everything_declared() -> None:
    facts = world(
        said("a", "memberOf", "pact"),
        said("pact", "hasMember", "b"),
        said("pact", "alliedWith", "c"),
        said("ann", "leads", "cabinet"),
        said("ann", "leads", "pact"),
        said("cabinet", "governs", "a"),
        said("package", "includes", "embargo"),
        said("embargo", "targets", "b"),
        said("yard", "within", "fleet"),
        said("fleet", "within", "navy"),
        said("navy", "within", "a"),
        said("a", "suppliesArmsTo", "b"),
        said("a", "hasTensionsWith", "c"),
        said("embargo", "follows", "package"),
        said("a", "near", "b"),
        said("b", "near", "c"),
        said("fleet", "holdsWithin", "yard"),
    )
    scene = seen(facts)
    assert closed(scene) == closure(scene, own=True)


def test_owl_has_the_same_closure_of_the_real_facts() -> None:
    for lens in (Lens(), make_lens("x", {"modality": ("actual", "considered")}, FACTS, Lens())):
        scene = look(FACTS, lens)
        assert derive(scene)
        assert closed(scene) == closure(scene, own=False)


FACTS = shipped_facts()


@settings(max_examples=3)
@given(fact_sets())
def test_owl_has_the_same_closure_of_any_facts(facts: FactSet) -> None:
    scene = look(facts, Lens())
    assert closed(scene) == closure(scene, own=False)
