from __future__ import annotations

import pytest
from hypothesis import given

from kg import wording
from kg.aggregation import chains, gather, names, outline, series
from kg.model.facts import FactSet
from tests.strategies import fact_sets
from tests.test_wording import facts_of


def told(*written: str) -> list[str]:
    facts = facts_of(*written)
    return [gathered.text for gathered in gather(facts.claims.values(), facts)]


BOTH = "subject: [china, russia], object: venezuela"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([f"{BOTH}, relation: backs"], ["China and Russia back Venezuela"]),
        (
            [f"{BOTH}, relation: [backs, burdenOn]"],
            ["China and Russia back and are burdens on Venezuela"],
        ),
        (
            [f"{BOTH}, relation: [backs, lendsTo], polarity: denied"],
            ["China and Russia do not back or lend to Venezuela"],
        ),
        (
            [f"{BOTH}, relation: [backs, burdenOn], polarity: denied"],
            ["China and Russia do not back and are not burdens on Venezuela"],
        ),
        (
            [f"{BOTH}, relation: [burdenOn, partnerOf], polarity: denied"],
            ["China and Russia are not burdens on or partners of Venezuela"],
        ),
        (
            [
                f"{BOTH}, relation: [givesMilitarySupportTo, givesFinancialSupportTo], "
                "polarity: denied, modality: intended, degree: extensive, condition: war"
            ],
            [
                "China and Russia do not intend to give [extensive] financial support to or "
                "[extensive] military support to Venezuela, in the case of: Open war"
            ],
        ),
        (
            ["subject: russia, relation: backs, object: [china, venezuela], modality: expected"],
            ["Russia is expected to back China and Venezuela"],
        ),
        (
            [f"{BOTH}, relation: distancesItselfFrom"],
            ["China and Russia keep their distance from Venezuela"],
        ),
        (  # a degree at the end is of one verb alone
            [
                f"{BOTH}, relation: backs, degree: foremost",
                f"{BOTH}, relation: lendsTo",
            ],
            ["China and Russia back Venezuela [foremost]", "China and Russia lend to Venezuela"],
        ),
    ],
)
def test_claims_of_one_fact_are_one_sentence(written: list[str], expected: list[str]) -> None:
    assert expected == told(*written)


@pytest.mark.parametrize(
    "other",
    [
        "polarity: denied",
        "modality: intended",
        "condition: war",
        "basis: presupposed",
        "manner: openly",
        "when: 2020",
        "place: americas",
        "quantity: 5 USD",
        "against: china",
    ],
)
def test_what_differs_is_said_apart(other: str) -> None:
    backs = "subject: russia, relation: backs, object: venezuela"
    lends = f"subject: russia, relation: lendsTo, object: venezuela, {other}"
    assert 2 == len(told(backs, lends))


def test_an_outline_leaves_out_how_and_when_and_keeps_whether() -> None:
    facts = facts_of(
        f"{BOTH}, relation: backs, degree: foremost, when: 2020",
        f"{BOTH}, relation: lendsTo, manner: openly",
        f"{BOTH}, relation: lendsTo, polarity: denied",
    )
    affirmed, denied = outline(facts.claims.values(), facts)
    assert "China and Russia back and lend to Venezuela" == affirmed.text
    assert "China and Russia do not lend to Venezuela" == denied.text
    assert all(facts.claims[claim.id] is claim for claim in affirmed.claims)


def test_a_subject_that_speaks_of_itself_is_each_of_them() -> None:
    facts = facts_of(
        f"{BOTH}, relation: backs, said_by: [leakers, {{by: subject, verb: told}}]",
    )
    assert ("each of them (told) → Leakers → Morning News (The Press)",) == chains(
        facts.claims.values(), facts
    )
    one = list(facts.claims.values())[:1]
    assert ("China (told) → Leakers → Morning News (The Press)",) == chains(one, facts)


def test_only_where_all_speak_of_themselves_it_is_each_of_them() -> None:
    facts = facts_of(
        "subject: russia, relation: backs, object: china, said_by: [russia]",
        "subject: venezuela, relation: backs, object: china, said_by: [leakers]",
    )
    paper = "Morning News (The Press)"
    assert (f"Russia → {paper}", f"Leakers → {paper}") == chains(facts.claims.values(), facts)


def test_quantities_are_not_added_up() -> None:
    assert ["China lends to Venezuela, 5 USD", "Russia lends to Venezuela, 5 USD"] == told(
        f"{BOTH}, relation: lendsTo, quantity: 5 USD"
    )


def test_a_claim_alone_is_its_own_sentence() -> None:
    facts = facts_of(
        f"{BOTH}, relation: givesMilitarySupportTo, degree: extensive, modality: considered",
        "subject: prize, relation: amountsTo, object: 5 USD",
    )
    for claim in facts.claims.values():
        assert [wording.sentence(claim, facts)] == [g.text for g in gather([claim], facts)]


def test_long_rows_are_counted() -> None:
    assert "" == series([])
    assert "a, b and c" == series(["a", "b", "c"])
    assert "a, b, c, d, e, f and 2 more" == names(list("abcdefgh"))
    assert "a, b, c, d, e, f and g" == names(list("abcdefg"))


@given(fact_sets())
def test_every_claim_is_told_once_and_nothing_else_is(facts: FactSet) -> None:
    for tell in (gather, outline):
        sentences = tell(facts.claims.values(), facts)
        told = [claim for sentence in sentences for claim in sentence.claims]
        assert sorted(facts.claims) == sorted(claim.id for claim in told)
        for sentence in sentences:
            whole = {(c.subject, c.relation, c.object) for c in sentence.claims}
            subjects, relations, objects = (set(axis) for axis in zip(*whole, strict=True))
            assert len(whole) == len(subjects) * len(relations) * len(objects)
            assert 1 == len({(c.polarity, c.modality, c.conditions) for c in sentence.claims})
