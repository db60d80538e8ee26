"""Scenarios: what hangs on them, what they bring and what rules them out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lens import DialError, Lens, make_lens
from kg.model.facts import Condition, FactSet
from kg.scenarios import consequences, torn
from kg.scene import Scene, look
from tests.conftest import check_all, errors, sound_facts

WORLD = """\
entities:
  a: {type: State, name: Arvenia}
  b: {type: State, name: Belmark}
  war: {type: Scenario, name: War, implies: [closure, not:peace]}
  closure: {type: Scenario, name: Closure of the strait, implies: shortage}
  shortage: {type: Scenario, name: Shortage}
  peace: {type: Scenario, name: Peace}
sources:
  paper: {type: NewsArticle, title: Paper, published: 2024-05-03}
defaults: {source: paper}
facts:
"""


def world(*conditions: str) -> FactSet:
    lines = (
        f"  - {{id: f{number}, subject: a, relation: backs, object: b, condition: {each}}}\n"
        for number, each in enumerate(conditions, 1)
    )
    return sound_facts(WORLD + "".join(lines))


def seen(facts: FactSet, *assumed: str) -> Scene:
    return look(facts, make_lens("test", {"assume": assumed} if assumed else {}, facts, Lens()))


def in_force(facts: FactSet, *assumed: str) -> set[str]:
    return {claim.id for claim in seen(facts, *assumed).in_force}


def given_(scenario: str) -> Condition:
    return Condition(scenario)


def ruled_out(scenario: str) -> Condition:
    return Condition(scenario, is_ruled_out=True)


@pytest.mark.parametrize(
    ("condition", "assumed", "holds"),
    [
        ("war", (), False),
        ("war", ("war",), True),
        ("war", ("not:war",), False),
        ("not:war", (), False),  # not assumed is open, not ruled out
        ("not:war", ("not:war",), True),
        ("not:war", ("war",), False),
        ("[war, closure]", ("closure",), False),
        ("[war, closure]", ("war",), True),  # which implies the other
        ("shortage", ("war",), True),  # over two steps
        ("not:peace", ("war",), True),
        ("not:war", ("peace",), True),  # what rules peace out is ruled out by it
        ("not:war", ("not:shortage",), True),  # without what it brings it does not come
        ("not:closure", ("not:war",), False),  # which may come for another reason
        ("[peace, not:shortage]", ("peace",), False),
        ("[peace, not:shortage]", ("peace", "not:shortage"), True),
    ],
)
def test_a_condition_is_met_by_what_is_assumed_and_what_follows(
    condition: str, assumed: tuple[str, ...], holds: bool
) -> None:
    assert holds == (in_force(world(condition), *assumed) == {"f1"})


def test_a_lens_says_what_it_assumes_and_rules_out() -> None:
    words = seen(world("war"), "peace", "not:shortage").describe()
    assert "assuming Peace; ruling out Shortage; claims" in words


def test_what_cannot_come_true_together_cannot_be_assumed() -> None:
    with pytest.raises(DialError, match="'peace' would both come true and be ruled out"):
        seen(world("war"), "war", "peace")
    with pytest.raises(DialError, match="'war' would both"):
        seen(world("war"), "war", "not:war")


def test_a_sentence_tells_all_its_conditions() -> None:
    from kg.wording import sentence

    facts = world("[closure, peace, not:war]", "[not:war, not:peace]")
    both, neither = (sentence(facts.claims[id], facts) for id in ("f1", "f2"))
    both_words = "in the case of: Closure of the strait and Peace, unless: War"
    assert f"Arvenia backs Belmark, {both_words}" == both
    assert "Arvenia backs Belmark, unless: War or Peace" == neither


def test_only_scenarios_imply_and_are_implied() -> None:
    found = errors(
        check_all(
            "entities:\n"
            "  a: {type: State, name: A, implies: war}\n"
            "  war: {type: Scenario, name: War, implies: [a, wra]}\n"
        )
    )
    assert [
        "facts/facts.yaml:2:29 not-a-scenario: 'a' is a State, and only a Scenario implies others",
        "facts/facts.yaml:3:46 not-a-scenario: 'a' is a State, not a Scenario",
        "facts/facts.yaml:3:49 unknown-entity: no entity is called 'wra'",
    ] == found


SCENARIOS = ("war", "closure", "shortage", "peace")
assumptions = st.frozensets(
    st.builds(Condition, st.sampled_from(SCENARIOS), st.booleans()), max_size=3
)


@given(assumptions)
def test_following_up_twice_adds_nothing(assumed: frozenset[Condition]) -> None:
    facts = world("war")
    once = consequences(assumed, facts)
    assert assumed <= once
    assert once == consequences(once, facts)


@given(assumptions, assumptions)
def test_assuming_more_brings_more(one: frozenset[Condition], other: frozenset[Condition]) -> None:
    facts = world("war")
    assert consequences(one, facts) <= consequences(one | other, facts)


@given(assumptions)
def test_the_consequences_are_those_of_all_worlds_in_which_it_is_so(
    assumed: frozenset[Condition],
) -> None:
    """Each scenario comes true or not: what follows must be so in every world that is left."""
    facts = world("war")
    worlds = [w for w in _worlds() if _obeys(w, facts) and _has(w, assumed)]
    found = consequences(assumed, facts)
    if torn(found):
        assert not worlds
    else:
        assert worlds
        certain = {
            Condition(s, is_ruled_out=not value)
            for s in SCENARIOS
            for value in (True, False)
            if all(world_[s] is value for world_ in worlds)
        }
        assert found == certain


def _worlds() -> list[dict[str, bool]]:
    from itertools import product

    return [
        dict(zip(SCENARIOS, values, strict=True))
        for values in product((True, False), repeat=len(SCENARIOS))
    ]


def _has(world_: dict[str, bool], conditions: frozenset[Condition]) -> bool:
    return all(world_[c.scenario] is not c.is_ruled_out for c in conditions)


def _obeys(world_: dict[str, bool], facts: FactSet) -> bool:
    return all(
        not world_[id] or _has(world_, frozenset(facts.entities[id].implies)) for id in SCENARIOS
    )
