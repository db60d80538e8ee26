from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lens import DIALS, DialError, Lens, make_lens
from kg.model.dials import Certainty, Decisions, Inference
from kg.model.facts import LIKELIHOODS, Basis, Condition, FactSet, Modality
from kg.model.interval import parse_interval
from kg.scenarios import consequences
from kg.scene import Scene, default_as_of, look
from kg.standing import Reason, Standing
from kg.validity import validity
from kg.voices import voices_of, weakest_reliability
from tests.conftest import shipped_facts, sound_facts
from tests.strategies import fact_sets, lenses, subsets_of_voices, world

HOLDS, POSSIBLE = "certain", "possible"


def lens(facts: FactSet, **dials: str | tuple[str, ...]) -> Lens:
    written = {dial: (v,) if isinstance(v, str) else v for dial, v in dials.items()}
    return make_lens("test", written, facts, Lens())


def standing(line: str, source: str = "paper", **dials: str | tuple[str, ...]) -> str:
    """How a fact stands: `certain`, `possible`, or the name of the reason why it does not hold."""
    facts = world(line, source=source)
    (one,) = look(facts, lens(facts, **dials)).standings.values()
    if one.holds:
        assert one.reason is None
        return HOLDS if one.certain else POSSIBLE
    assert one.reason is not None
    assert not one.certain
    return one.reason.name


# -- as_of ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "as_of", "expected"),
    [
        # a state without `when` holds on its source's date, possibly after, and not before
        ("", "2024-05-03", HOLDS),
        ("", "2024-05-04", POSSIBLE),
        ("", "2030", POSSIBLE),
        ("", "2024-05-02", "TIME"),
        ("", "2024", HOLDS),
        ("", "2023/2024-05", HOLDS),
        ("", "2023/2024-05-02", "TIME"),
        # an event without `when` has happened by its source's date
        ("relation: attacks", "2024-05-03", HOLDS),
        ("relation: attacks", "2030", HOLDS),
        ("relation: attacks", "2024-05-02", "TIME"),
        # with `when`, states
        ("when: 2020/2022", "2021", HOLDS),
        ("when: 2020/2022", "2019", "TIME"),
        ("when: 2020/2022", "2023", "TIME"),
        ("when: 2020/2022", "2022-12-31", POSSIBLE),
        ("when: 2020", "2020", HOLDS),
        ("when: 2020", "2020-05", POSSIBLE),
        ("when: /2020", "1990", POSSIBLE),
        ("when: /2020", "2021", "TIME"),
        ("when: 2020/", "2021", POSSIBLE),
        # an open end is certain only up to the source's date
        ("when: 2020/..", "2024-05-03", HOLDS),
        ("when: 2020/..", "2024-05-04", POSSIBLE),
        ("when: 2020/..", "2021", HOLDS),
        ("when: 2020/..", "2019", "TIME"),
        ("when: '[..2005-12]/[2024..]'", "2010", HOLDS),
        ("when: '[..2005-12]/[2024..]'", "2024-05-03", POSSIBLE),
        ("when: '[..2005-12]/[2024..]'", "2000", POSSIBLE),
        # with `when`, events: from their date on
        ("relation: attacks, when: 2020-05-03", "2020-05-03", HOLDS),
        ("relation: attacks, when: 2020-05-03", "2030", HOLDS),
        ("relation: attacks, when: 2020-05", "2020-05-03", POSSIBLE),
        ("relation: attacks, when: 2020-05", "2020-04", "TIME"),
        ("relation: attacks, when: 2020/2022", "2021", HOLDS),
        ("relation: attacks, when: 2020/2022", "2024", HOLDS),
        # what lies ahead of its source
        ("when: 2026/..", "2024-05-03", "TIME"),
        ("when: 2026/..", "2026", HOLDS),
        ("when: 2026/..", "2027", POSSIBLE),
    ],
)
def test_when_a_claim_holds(line: str, as_of: str, expected: str) -> None:
    assert expected == standing(line, as_of=as_of)


@pytest.mark.parametrize(
    ("source", "line", "as_of", "expected"),
    [
        ("month", "", "2023-06", HOLDS),
        ("month", "", "2023-06-15", POSSIBLE),
        ("month", "", "2023-05", "TIME"),
        ("month", "relation: attacks", "2023-06-15", POSSIBLE),
        ("month", "relation: attacks", "2023-07", HOLDS),
        # a source without a date makes nothing certain, and rules nothing out
        ("undated", "", "1900", POSSIBLE),
        ("undated", "", "2024-05-03", POSSIBLE),
        ("undated", "relation: attacks", "2024-05-03", POSSIBLE),
        ("undated", "when: 2020/2022", "2021", HOLDS),
    ],
)
def test_the_source_s_date_stands_in(source: str, line: str, as_of: str, expected: str) -> None:
    assert expected == standing(line, source, as_of=as_of)


def test_the_default_date_is_the_last_day_of_the_newest_source() -> None:
    assert "2024-05-03" == default_as_of(world("")).text
    months = "sources: {s: {type: Report, title: S, published: 2024-05}}"
    assert "2024-05-31" == default_as_of(sound_facts(months)).text


def test_without_any_date_everything_possible_holds() -> None:
    facts = sound_facts(
        "entities: {a: {type: State, name: A}, b: {type: State, name: B}}\n"
        "sources: {s: {type: Report, title: S}}\n"
        "facts: [{id: f, subject: a, relation: backs, object: b, source: s}]\n"
    )
    assert {"f": Standing(holds=True, certain=False)} == look(facts, Lens()).standings


@pytest.mark.parametrize(
    ("line", "as_of", "expected"),
    [
        ("", "2024-05-03", HOLDS),
        ("", "2024-05-04", "CERTAINTY"),
        ("", "2024-05-02", "TIME"),
        ("when: 2020/..", "2024-05-04", "CERTAINTY"),
        ("when: /2020", "2010", "CERTAINTY"),
        ("relation: attacks", "2030", HOLDS),
    ],
)
def test_a_certain_lens_takes_only_what_is_certain(line: str, as_of: str, expected: str) -> None:
    assert expected == standing(line, as_of=as_of, certainty="certain")


def test_validity_is_a_claim_s_when_or_its_source_s_date() -> None:
    facts = world("", "when: 2020/2022", "relation: attacks")
    spans = {id: validity(claim, facts) for id, claim in facts.claims.items()}
    day = parse_interval("2024-05-03").start
    assert (day, day.earliest) == (spans["f1"].start, spans["f1"].end.earliest)
    assert parse_interval("2020/2022") == spans["f2"]
    assert (day, day) == (spans["f3"].start, spans["f3"].end)


# -- modality, polarity, basis --------------------------------------------------------------------


@pytest.mark.parametrize("modality", list(Modality))
def test_only_what_is_actual_holds_by_default(modality: Modality) -> None:
    expected = HOLDS if modality is Modality.ACTUAL else "MODALITY"
    assert expected == standing(f"modality: {modality}")


@pytest.mark.parametrize("modality", list(Modality))
def test_a_lens_may_take_another_modality(modality: Modality) -> None:
    assert HOLDS == standing(f"modality: {modality}", modality=str(modality))
    both = ("actual", str(modality))
    assert HOLDS == standing("", modality=both)
    assert HOLDS == standing(f"modality: {modality}", modality=both)


def test_a_denial_is_in_force_and_never_an_edge() -> None:
    facts = world("", "polarity: denied")
    scene = look(facts, Lens())
    assert ["f1", "f2"] == [claim.id for claim in scene.in_force]
    assert ["f1"] == [claim.id for claim in scene.edges]


@pytest.mark.parametrize(
    ("one", "other", "dials", "is_disputed"),
    [
        ("", "polarity: denied", {}, True),
        ("", "polarity: denied, degree: full", {}, False),
        ("degree: full", "polarity: denied, degree: full", {}, True),
        ("degree: full", "polarity: denied", {}, True),
        ("", "polarity: denied, object: c", {}, False),
        # only what is in force can dispute, or be disputed
        ("", "polarity: denied, condition: shut", {}, False),
        ("", "polarity: denied, condition: shut", {"assume": "shut"}, True),
        ("", "polarity: denied, when: 2020/2022", {}, False),
        ("", "polarity: denied, said_by: aide", {"without": "aide"}, False),
        ("", "polarity: denied, basis: presupposed", {}, False),
        # the modality must be the same
        ("", "polarity: denied, modality: intended", {"modality": ("actual", "intended")}, False),
        ("modality: intended", "polarity: denied, modality: intended", {"modality": "intended"},
         True),
        # a symmetric relation is the same from both sides
        ("relation: alliedWith", "relation: alliedWith, subject: b, object: a, polarity: denied",
         {}, True),
        ("", "subject: b, object: a, polarity: denied", {}, False),
    ],
)  # fmt: skip
def test_an_edge_that_somebody_denies_is_disputed(
    one: str, other: str, dials: dict[str, str | tuple[str, ...]], is_disputed: bool
) -> None:
    facts = world(one, other)
    expected = {"f1": ("f2",), "f2": ("f1",)} if is_disputed else {}
    assert expected == look(facts, lens(facts, **dials)).disputes


@pytest.mark.parametrize(
    "dials",
    [
        {},
        {"modality": tuple(Modality)},
        {"assume": ("shut", "war")},
        {"modality": tuple(Modality), "assume": ("shut", "war"), "as_of": "1900/2100"},
    ],
)
def test_what_is_presupposed_is_never_in_force(dials: dict[str, str | tuple[str, ...]]) -> None:
    about_war = "modality: hypothetical, relation: carriesOut, object: war"
    for line in ("when: 2020/..", "condition: shut", about_war):
        facts = world(f"basis: presupposed, {line}")
        (one,) = look(facts, lens(facts, **dials)).standings.values()
        assert Reason.PRESUPPOSED is one.reason


# -- assume ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "assume", "expected"),
    [
        # a conditional claim holds only where its condition is assumed, whatever its modality
        ("condition: shut", (), "CONDITION"),
        ("condition: shut", ("war",), "CONDITION"),
        ("condition: shut", ("shut",), HOLDS),
        ("condition: shut", ("war", "shut"), HOLDS),
        ("condition: shut, modality: intended", (), "CONDITION"),
        ("condition: shut, modality: intended", ("shut",), HOLDS),
        ("condition: shut, modality: intended", ("war",), "CONDITION"),
        # a hypothetical claim holds where the scenario that it is about is assumed
        ("modality: hypothetical, object: shut, relation: carriesOut", (), "MODALITY"),
        ("modality: hypothetical, object: shut, relation: carriesOut", ("shut",), HOLDS),
        ("modality: hypothetical, object: shut, relation: carriesOut", ("war",), "MODALITY"),
        ("modality: hypothetical, subject: war, relation: hasParty", ("war",), HOLDS),
        ("modality: hypothetical, object: shut, relation: carriesOut, condition: war",
         ("shut",), "CONDITION"),
        ("modality: hypothetical, object: shut, relation: carriesOut, condition: war",
         ("war",), HOLDS),
        # any other claim about a scenario is what it is
        ("modality: intended, object: shut, relation: carriesOut", ("shut",), "MODALITY"),
        ("object: shut, relation: distancesItselfFrom", (), HOLDS),
        ("modality: hypothetical", ("shut",), "MODALITY"),
        # and all else must hold too
        ("condition: shut, when: 2020/2022", ("shut",), "TIME"),
        ("condition: shut, polarity: denied", ("shut",), HOLDS),
    ],
)  # fmt: skip
def test_what_is_assumed(line: str, assume: tuple[str, ...], expected: str) -> None:
    assert expected == standing(line, assume=assume)


def test_a_modality_that_counts_does_not_lift_a_condition() -> None:
    assert "CONDITION" == standing("condition: shut, modality: intended", modality="intended")


def test_a_tie_denied_under_an_assumption_is_no_edge() -> None:
    facts = world("condition: shut, polarity: denied, modality: intended")
    scene = look(facts, lens(facts, assume="shut"))
    assert (("f1",), ()) == (
        tuple(claim.id for claim in scene.in_force),
        tuple(claim.id for claim in scene.edges),
    )


# -- speakers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "voice", "is_heard"),
    [
        ("", "paper", True),
        ("", "times", True),  # the publisher of the source that was read
        ("", "undated", False),
        ("", "a", False),  # the subject does not speak
        ("said_by: aide", "aide", True),
        ("said_by: aide", "paper", True),
        ("said_by: aide", "times", True),
        ("said_by: [undated, aide]", "undated", True),
        ("said_by: [undated, aide]", "post", True),  # the publisher of a source in the chain
        ("said_by: [undated, aide]", "aide", True),
        ("said_by: {by: subject, verb: told}", "a", True),
        ("said_by: {by: subject, verb: told}", "b", False),
        ("said_by: unknown", "aide", False),
        ("about: aide", "aide", False),
    ],
)
def test_whose_voice_is_heard(line: str, voice: str, is_heard: bool) -> None:
    facts = world(line)
    assert is_heard == (voice in voices_of(facts.claims["f1"], facts))
    assert (HOLDS if is_heard else "SPEAKER") == standing(line, according_to=voice)
    assert ("WITHOUT" if is_heard else HOLDS) == standing(line, without=voice)


def test_one_voice_of_several_is_enough() -> None:
    assert HOLDS == standing("said_by: aide", according_to=("post", "aide"))
    assert "WITHOUT" == standing("said_by: aide", without=("post", "aide"))
    assert "WITHOUT" == standing("said_by: aide", according_to="paper", without="aide")


# -- weight ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "dials", "expected"),
    [
        ("credibility: 2", {"credibility": "2"}, HOLDS),
        ("credibility: 1", {"credibility": "2"}, HOLDS),
        ("credibility: 3", {"credibility": "2"}, "CREDIBILITY"),
        ("likelihood: likely", {"likelihood": "likely"}, HOLDS),
        ("likelihood: almost certain", {"likelihood": "likely"}, HOLDS),
        ("likelihood: roughly even", {"likelihood": "likely"}, "LIKELIHOOD"),
        # what is not judged passes only where nothing is asked
        ("credibility: 6", {"credibility": "5"}, "CREDIBILITY"),
        ("", {"credibility": "5"}, "CREDIBILITY"),
        ("", {"likelihood": "almost no chance"}, "LIKELIHOOD"),
        ("credibility: 6", {}, HOLDS),
        ("credibility: 5", {}, HOLDS),
    ],
)
def test_weak_information_falls_out(line: str, dials: dict[str, str], expected: str) -> None:
    assert expected == standing(line, **dials)


@pytest.mark.parametrize(
    ("source", "line", "asked", "expected"),
    [
        ("paper", "", "B", HOLDS),
        ("paper", "", "A", "RELIABILITY"),
        ("paper", "", "E", HOLDS),
        # the weakest source of the chain counts
        ("paper", "said_by: month", "B", "RELIABILITY"),
        ("paper", "said_by: month", "C", HOLDS),
        ("paper", "said_by: [month, undated]", "D", "RELIABILITY"),
        ("paper", "said_by: [month, undated]", "E", HOLDS),
        # a speaker who is no source has no letter to be weighed by
        ("paper", "said_by: aide", "B", HOLDS),
        # what is not rated passes only where nothing is asked
        ("unrated", "", "E", "RELIABILITY"),
        ("unjudged", "", "E", "RELIABILITY"),
        ("paper", "said_by: unrated", "E", "RELIABILITY"),
        ("paper", "said_by: unjudged", "E", "RELIABILITY"),
    ],
)
def test_weak_sources_fall_out(source: str, line: str, asked: str, expected: str) -> None:
    assert expected == standing(line, source, as_of="2024", reliability=asked)
    assert HOLDS == standing(line, source, as_of="2024")


@pytest.mark.parametrize(
    ("line", "letter"),
    [("", "B"), ("said_by: month", "C"), ("said_by: [aide, undated]", "E"),
     ("said_by: unrated", None), ("said_by: unjudged", "F")],
)  # fmt: skip
def test_the_weakest_reliability(line: str, letter: str | None) -> None:
    facts = world(line)
    assert letter == weakest_reliability(facts.claims["f1"], facts)


def test_what_falls_out_is_counted() -> None:
    facts = world(
        "",
        "modality: intended",
        "condition: shut",
        "basis: presupposed",
        "when: 2020/2022",
        "modality: desired",
    )
    scene = look(facts, Lens())
    assert {
        Reason.PRESUPPOSED: 1,
        Reason.CONDITION: 1,
        Reason.MODALITY: 2,
        Reason.TIME: 1,
    } == scene.left_out
    assert list(scene.left_out) == [reason for reason in Reason if reason in scene.left_out]


# -- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dials", "words"),
    [
        ({}, "as of 2024-05-03 (the newest source); claims stated as actual"),
        ({"as_of": "2021"}, "as of 2021; claims stated as actual"),
        ({"as_of": "2021/2022~", "assume": ("shut", "war")},
         "as of 2021/2022~; assuming Closure of the strait and War; claims stated as actual"),
        ({"according_to": ("times", "paper"), "without": ("aide", "post")},
         "as of 2024-05-03 (the newest source); according to The Times or Paper; "
         "without An aide, The Post; claims stated as actual"),
        ({"credibility": "2", "reliability": "C", "likelihood": "likely"},
         "as of 2024-05-03 (the newest source); credibility 2 or better; "
         "reliability C or better; likely or likelier; claims stated as actual"),
        ({"modality": ("actual", "intended"), "certainty": "certain"},
         "as of 2024-05-03 (the newest source); claims stated as actual or intended; "
         "certain only"),
    ],
)  # fmt: skip
def test_a_lens_in_words(dials: dict[str, str | tuple[str, ...]], words: str) -> None:
    facts = world("")
    assert words == look(facts, lens(facts, **dials)).describe()


def test_without_a_dated_source_the_words_name_no_date() -> None:
    seen = look(sound_facts("entities: {a: {type: State, name: A}}"), Lens()).describe()
    assert "as of the end of time (there is no source); claims stated as actual" == seen


# -- dials ----------------------------------------------------------------------------------------


def test_every_dial_is_read() -> None:
    facts = world("")
    made = lens(
        facts,
        as_of="2021/2022",
        according_to=("a", "paper", "a"),
        without="aide",
        assume=("shut", "not:war"),
        credibility="2",
        reliability="B",
        likelihood="very likely",
        modality=("intended", "actual"),
        certainty="certain",
        decisions="ignored",
        marking="AMBER+STRICT",
        inference="off",
    )
    assert (
        Lens(
            name="test",
            as_of=parse_interval("2021/2022"),
            according_to=("a", "paper"),
            without=("aide",),
            assume=(Condition("shut"), Condition("war", is_ruled_out=True)),
            credibility=2,
            reliability="B",
            likelihood="very likely",
            modality=(Modality.INTENDED, Modality.ACTUAL),
            certainty=Certainty.CERTAIN,
            decisions=Decisions.IGNORED,
            marking="AMBER+STRICT",
            inference=Inference.OFF,
        )
        == made
    )
    assert 12 == len(DIALS)


@pytest.mark.parametrize(
    ("dial", "values", "message", "hint"),
    [
        ("zoom", ("2",), "no dial is called 'zoom'", None),
        ("as_off", ("2",), "no dial is called 'as_off'", "did you mean 'as_of'?"),
        ("as_of", ("soon",), "'soon' is not a date",
         "write a date or an interval, such as 2022, 2025-12-02 or 2021/2022-02"),
        ("as_of", ("2021", "2022"), "one value is expected, not 2", None),
        ("as_of", (), "one value is expected, not 0", None),
        ("according_to", ("tims",), "no entity, source, group or type is called 'tims'",
         "did you mean 'times'?"),
        ("without", ("a", "zzz"), "no entity, source, group or type is called 'zzz'", None),
        ("assume", ("a",), "no scenario is called 'a'", "the scenarios are: 'shut', 'war'"),
        ("assume", ("shutt",), "no scenario is called 'shutt'", "did you mean 'shut'?"),
        ("credibility", ("6",), "'6' is no credibility", "one of 1, 2, 3, 4, 5"),
        ("reliability", ("F",), "'F' is no reliability", "one of A, B, C, D, E"),
        ("likelihood", ("likley",), "'likley' is no likelihood", "did you mean 'likely'?"),
        ("modality", ("actual", "x"), "'x' is no modality",
         "one of actual, intended, desired, expected, considered, hypothetical"),
        ("certainty", ("sure",), "'sure' is no certainty", "one of possible, certain"),
    ],
)  # fmt: skip
def test_a_wrong_dial_says_what_to_do(
    dial: str, values: tuple[str, ...], message: str, hint: str | None
) -> None:
    with pytest.raises(DialError) as raised:
        make_lens("x", {dial: values}, world(""), Lens())
    assert (dial, message, hint) == (raised.value.dial, raised.value.message, raised.value.hint)


def test_where_there_is_no_scenario_the_hint_says_so() -> None:
    with pytest.raises(DialError) as raised:
        make_lens("x", {"assume": ("war",)}, sound_facts(""), Lens())
    assert "the scenarios are: none" == raised.value.hint


def test_dials_not_given_stay() -> None:
    facts = world("")
    base = lens(facts, as_of="2021", without="aide")
    turned = make_lens("turned", {"without": ("post",)}, facts, base)
    assert replace(base, name="turned", without=("post",)) == turned


# -- properties -----------------------------------------------------------------------------------


def held(facts: FactSet, through: Lens) -> set[str]:
    return {claim.id for claim in look(facts, through).in_force}


@given(fact_sets(), lenses, st.data())
def test_a_stricter_lens_never_adds_a_claim(
    facts: FactSet, loose: Lens, data: st.DataObject
) -> None:
    terms = list(LIKELIHOODS)
    stricter: Mapping[str, st.SearchStrategy[object]] = {
        "without": subsets_of_voices.map(lambda more: (*loose.without, *more)),
        "according_to": st.just(loose.according_to[:1])
        if loose.according_to
        else subsets_of_voices,
        "credibility": st.integers(1, loose.credibility or 5),
        "reliability": st.sampled_from("ABCDE"[: "ABCDE".index(loose.reliability or "E") + 1]),
        "likelihood": st.sampled_from(terms[terms.index(loose.likelihood or terms[0]) :]),
        "modality": st.just(loose.modality[:1]),
        "certainty": st.just(Certainty.CERTAIN),
    }
    dial = data.draw(st.sampled_from(sorted(stricter)))
    value: object = data.draw(stricter[dial])
    strict = replace(loose, **{dial: value})  # type: ignore[arg-type]  # a dial of any type
    standings = look(facts, loose).standings
    back = held(facts, strict) - held(facts, loose)
    # What took their place is not heard any more: then, and only then, they stand again.
    assert {standings[id].reason for id in back} <= {Reason.SUPERSEDED, Reason.OUTRANKED}


@given(fact_sets(), lenses)
def test_an_assumption_only_adds(facts: FactSet, some: Lens) -> None:
    assert held(facts, replace(some, assume=())) <= held(facts, some)


@given(fact_sets(), lenses)
def test_what_is_certain_is_possible(facts: FactSet, some: Lens) -> None:
    certain = look(facts, replace(some, certainty=Certainty.CERTAIN))
    possible = look(facts, replace(some, certainty=Certainty.POSSIBLE))
    assert {c.id for c in certain.in_force} == {
        id for id, standing in possible.standings.items() if standing.certain
    }
    assert all(s.holds for s in possible.standings.values() if s.certain)


def promises(scene: Scene) -> None:
    """What no lens can break."""
    edges = {claim.id for claim in scene.edges}
    for id, claim in scene.facts.claims.items():
        standing = scene.standings[id]
        assert standing.holds == (standing.reason is None)
        assert (id in edges) == (standing.holds and not claim.is_denied)
        if claim.basis is Basis.PRESUPPOSED:
            assert not standing.holds
        if not consequences(scene.lens.assume, scene.facts).issuperset(claim.conditions):
            assert not standing.holds
    assert scene.facts.claims.keys() == scene.standings.keys()
    assert sum(scene.left_out.values()) + len(scene.in_force) == len(scene.facts.claims)


@given(fact_sets(), lenses)
def test_no_lens_breaks_a_promise(facts: FactSet, some: Lens) -> None:
    promises(look(facts, some))


@given(lenses.map(lambda some: replace(some, according_to=(), without=(), assume=())))
def test_no_lens_breaks_a_promise_on_the_real_facts(some: Lens) -> None:
    promises(look(shipped_facts(), some))
    promises(look(shipped_facts(), replace(some, assume=(Condition("us-escalation"),))))


# -- lenses together -------------------------------------------------------------------------------


def unranked(facts: FactSet) -> FactSet:
    """The same facts where no claim takes the place of another."""
    claims = {id: replace(claim, supersedes=()) for id, claim in facts.claims.items()}
    return replace(facts, claims=claims, decisions={})


@given(st.permutations(sorted(DIALS)))
def test_dials_are_turned_in_any_order(order: list[str]) -> None:
    facts = world("")
    written = {"as_of": "2021", "according_to": "paper", "without": "aide", "assume": "war",
               "credibility": "2", "reliability": "B", "likelihood": "likely",
               "modality": "intended", "certainty": "certain", "decisions": "ignored",
               "marking": "GREEN", "inference": "off"}  # fmt: skip
    assert set(DIALS) == set(written)
    turned = make_lens("x", {dial: (written[dial],) for dial in order}, facts, Lens())
    assert make_lens("x", {d: (v,) for d, v in written.items()}, facts, Lens()) == turned


@given(fact_sets(), lenses, subsets_of_voices, subsets_of_voices)
def test_leaving_out_two_is_leaving_out_each(
    facts: FactSet, some: Lens, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    facts = unranked(facts)
    both = held(facts, replace(some, without=(*one, *other)))
    assert both == held(facts, replace(some, without=one)) & held(
        facts, replace(some, without=other)
    )


@given(fact_sets(), lenses, subsets_of_voices, subsets_of_voices)
def test_listening_to_two_is_listening_to_either(
    facts: FactSet, some: Lens, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    facts = unranked(facts)
    if one and other:
        both = held(facts, replace(some, according_to=(*one, *other)))
        assert both == held(facts, replace(some, according_to=one)) | held(
            facts, replace(some, according_to=other)
        )


@given(fact_sets(), lenses, lenses)
def test_what_two_dials_let_through_together_each_lets_through(
    facts: FactSet, one: Lens, other: Lens
) -> None:
    """Weights and voices commute: each is asked of a claim by itself."""
    facts = unranked(facts)
    by_voice = replace(one, credibility=None, reliability=None, likelihood=None)
    by_weight = replace(
        one,
        according_to=(),
        without=(),
        credibility=other.credibility,
        reliability=other.reliability,
        likelihood=other.likelihood,
    )
    both = replace(
        by_voice,
        credibility=other.credibility,
        reliability=other.reliability,
        likelihood=other.likelihood,
    )
    assert held(facts, both) == held(facts, by_voice) & held(facts, by_weight)


def test_groups_and_types_stand_for_all_of_theirs() -> None:
    profile = "title: T\nbase: https://example.org/t/\ngroups: {press: [times, post]}\n"
    text = (
        "entities:\n"
        "  a: {type: State, name: A}\n"
        "  aide: {type: UnnamedSource, name: An aide}\n"
        "  times: {type: MediaOrganization, name: Times}\n"
        "  post: {type: MediaOrganization, name: Post}\n"
        "sources:\n"
        "  one: {type: Report, title: One, published: 2024, publisher: times}\n"
        "  two: {type: Report, title: Two, published: 2024, publisher: post}\n"
        "  own: {type: OfficialStatement, title: Own, published: 2024, publisher: a}\n"
        "facts:\n"
        "  - {id: f1, subject: a, relation: opposes, object: post, source: one}\n"
        "  - {id: f2, subject: a, relation: opposes, object: post, source: two, said_by: unknown}\n"
        "  - {id: f3, subject: a, relation: opposes, object: post, source: own, said_by: aide}\n"
    )
    facts = sound_facts(text, profile=profile)

    def left(**dials: str | tuple[str, ...]) -> set[str]:
        return set(held(facts, lens(facts, **dials)))

    assert {"f3"} == left(without="press")
    assert {"f1", "f2"} == left(according_to="press")
    assert {"f1"} == left(without="UnnamedSource")
    assert {"f1", "f3"} == left(without="unknown")
    assert {"f2"} == left(without=("State", "times"))
    assert {"f1", "f2"} == left(without="OfficialStatement")
    assert set() == left(without="Document")
    assert set() == left(according_to="Treaty")  # of which there is none, so nobody is heard
    assert "without any unnamed source, the group press" in (
        look(facts, lens(facts, without=("UnnamedSource", "press"))).describe()
    )


def test_a_group_is_made_of_voices_and_has_a_name_of_its_own() -> None:
    from tests.conftest import check_all, errors

    profile = (
        "title: T\nbase: https://example.org/t/\ngroups: {times: [times], x: [tmes, Person]}\n"
    )
    text = "entities: {times: {type: MediaOrganization, name: Times}}\n"
    message = "'times' means something else, so no group can be called so"
    assert [
        f"kg.yaml:3:10 bad-group: {message}",
        "kg.yaml:3:30 bad-group: no entity, source or type is called 'tmes'",
    ] == errors(check_all(text, profile=profile))
