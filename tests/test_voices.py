from __future__ import annotations

from kg.model.facts import Claim, FactSet
from kg.voices import (
    in_headline_alone,
    is_headline,
    is_through_unnamed,
    is_unnamed,
    resting_on_unnamed,
    said_alike,
)
from tests.conftest import shipped_facts
from tests.strategies import world
from tests.test_wording import facts_of


def ids(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.id for claim in claims]


def test_who_is_only_described_is_unnamed() -> None:
    facts = world("said_by: [aide]", "said_by: [unknown]", "said_by: [times]", "")
    assert [True, True, False, False] == [
        is_through_unnamed(claim, facts) for claim in facts.claims.values()
    ]
    assert is_unnamed("aide", facts)
    assert not is_unnamed("nobody-of-this-id", facts)


def alike(facts: FactSet) -> list[list[str]]:
    return [ids(claims) for claims in said_alike(facts)]


def test_claims_that_say_the_same_share_triple_polarity_and_modality() -> None:
    facts = world(
        "", "manner: openly", "polarity: denied", "modality: intended", "basis: presupposed"
    )
    assert [["f1", "f2"], ["f3"], ["f4"]] == alike(facts)


def test_what_is_taken_for_granted_bears_nothing_out() -> None:
    facts = world("said_by: [aide]", "basis: presupposed")
    assert ["f1"] == ids(resting_on_unnamed(facts))
    assert [] == ids(resting_on_unnamed(world("said_by: [aide]", "")))
    assert ["f1"] == ids(resting_on_unnamed(world("said_by: [aide]", "modality: intended")))


def test_a_headline_stands_alone_where_the_body_does_not_say_it() -> None:
    facts = facts_of(
        "subject: russia, relation: backs, object: china, passage: H",
        "subject: russia, relation: backs, object: venezuela, passage: H",
        "subject: russia, relation: backs, object: venezuela, passage: P1",
        "subject: china, relation: backs, object: venezuela, passage: [H, P1]",
    )
    assert [True, True, False, False] == [is_headline(c, facts) for c in facts.claims.values()]
    assert ["f0"] == ids(in_headline_alone(facts))


def test_a_symmetric_relation_says_the_same_both_ways() -> None:
    tense = "relation: hasTensionsWith"
    facts = facts_of(
        f"subject: russia, {tense}, object: china, passage: H, said_by: [leakers]",
        f"subject: china, {tense}, object: russia",
    )
    assert [["f0", "f1"]] == alike(facts)
    assert () == in_headline_alone(facts)
    assert () == resting_on_unnamed(facts)


def test_the_shipped_headline_says_more_than_its_body() -> None:
    assert [
        "advice-against-escalation--china",
        "advice-against-escalation--russia",
        "isolation-looms",
    ] == ids(in_headline_alone(shipped_facts()))
