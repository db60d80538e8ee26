"""What a rule of claims finds in the parcels is what it finds in all facts at once."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given

from kg.model.diagnostic import in_reading_order
from kg.model.facts import FactSet
from kg.parcels import Parcel, judge, split
from kg.rules import RULES, RULES_OF_CLAIMS, RULES_OVER_ALL
from tests.conftest import shipped_facts
from tests.strategies import fact_sets, world


def assert_found_in_parcels(facts: FactSet, rule: ModuleType) -> None:
    judged = judge([rule], facts, split(facts), {})
    in_parcels = [found for each in judged.values() for found in each.found]
    assert in_reading_order(list(rule.find(facts))) == in_reading_order(in_parcels)


def together(facts: FactSet) -> list[set[str]]:
    """The facts of each parcel that holds several."""
    parcels = [{claim.fact for claim in parcel.claims} for parcel in split(facts).values()]
    return [parcel for parcel in parcels if len(parcel) > 1]


@given(fact_sets())
def test_each_fact_by_itself(drawn: FactSet) -> None:
    claims = {id: replace(claim, fact=id) for id, claim in drawn.claims.items()}
    facts = replace(drawn, claims=claims)
    for rule in RULES_OF_CLAIMS:
        assert_found_in_parcels(facts, rule)


@pytest.mark.parametrize("rule", RULES_OF_CLAIMS)
def test_the_shipped_facts(rule: ModuleType) -> None:
    assert_found_in_parcels(shipped_facts(), rule)


def test_every_claim_and_every_decision_on_one_lies_in_a_parcel() -> None:
    facts = shipped_facts()
    parcels = split(facts).values()
    assert set(facts.claims) == {claim.id for parcel in parcels for claim in parcel.claims}
    assert len(facts.claims) == sum(len(parcel.claims) for parcel in parcels)
    assert set(facts.decisions) == {each.id for parcel in parcels for each in parcel.decisions}


def test_facts_between_the_same_two_things_lie_together() -> None:
    facts = world("object: b", "subject: b, object: a", "object: c", "subject: c, object: aide")
    assert [{"f1", "f2"}] == together(facts)


@pytest.mark.parametrize("key", ["about", "disputes", "supersedes"])
def test_facts_of_which_one_names_the_other_lie_together(key: str) -> None:
    facts = world("object: b", "object: c", f"subject: c, {key}: f1")
    assert [{"f1", "f3"}] == together(facts)


def test_a_parcel_is_new_where_one_of_its_claims_is_be_it_equal() -> None:
    facts = world("object: b")
    (parcel,) = split(facts).values()
    (claim,) = parcel.claims
    assert parcel.is_same(Parcel((claim,), ()))
    assert not parcel.is_same(Parcel((replace(claim),), ()))


def test_rules_of_claims_are_rules() -> None:
    assert set(RULES_OF_CLAIMS) <= {*RULES, *RULES_OVER_ALL}
