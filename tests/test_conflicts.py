"""Claims that do not fit together: both sides are shown, and only data settles it."""

from __future__ import annotations

import pytest
from hypothesis import given

from kg.conflicts import Ground, conflicts
from kg.lens import Lens
from kg.model.dials import Decisions
from kg.model.facts import FactSet
from kg.model.interval import parse_interval
from kg.scene import Scene, look
from kg.standing import Reason
from tests.conftest import check_all, code_names, sound_facts
from tests.strategies import fact_sets, lenses

WORLD = """\
entities:
  a: {type: State, name: Arvenia}
  b: {type: State, name: Belmark}
  troops: {type: Group, name: Troops}
  ministry: {type: PublicBody, name: Ministry}
sources:
  early: {type: NewsArticle, title: Early, published: 2023-01-01}
  late: {type: NewsArticle, title: Late, published: 2024-05-03}
"""
BACKS = "subject: a, relation: backs, object: b"


def world(*facts: str, decisions: str = "") -> str:
    lines = (f"  - {{id: f{number}, {fact}}}\n" for number, fact in enumerate(facts, 1))
    return WORLD + "facts:\n" + "".join(lines) + decisions


def facts_of(*facts: str, decisions: str = "") -> FactSet:
    return sound_facts(world(*facts, decisions=decisions))


def pairs(facts: FactSet) -> list[tuple[Ground, str, str]]:
    return [(each.ground, each.claim, each.other) for each in conflicts(facts)]


EARLY, LATE = f"{BACKS}, source: early", f"{BACKS}, source: late"


@pytest.mark.parametrize(
    ("one", "other", "ground"),
    [
        (EARLY, f"{LATE}, polarity: denied", Ground.OPPOSED),
        (f"{EARLY}, degree: full", f"{LATE}, polarity: denied", Ground.OPPOSED),
        (EARLY, f"{LATE}, polarity: denied, degree: full", None),
        (EARLY, f"{LATE}, polarity: denied, modality: intended", None),
        (EARLY, f"{LATE}, polarity: denied, basis: presupposed", None),
        (f"{EARLY}, when: /2022", f"{LATE}, polarity: denied, when: 2024/..", None),
        (f"{EARLY}, when: 2020/..", f"{LATE}, when: 2022/..", Ground.TIME),
        (f"{EARLY}, when: 2020/2022", f"{LATE}, when: 2020/2023", Ground.TIME),
        (f"{EARLY}, when: 2020/2021", f"{LATE}, when: 2022/2023", None),  # two stretches
        (f"{EARLY}, when: 2020/..", f"{LATE}, when: '[..2021]/..'", None),  # may be the same day
        (f"{EARLY}, when: 2020/..", f"{LATE}, when: 2020-05/..", None),
        (f"{EARLY}, when: 2020/.., degree: full", f"{LATE}, when: 2022/..", None),
        (f"{EARLY}, when: 2020", f"{LATE}, when: 2022/..", None),  # within a year, not since it
        (EARLY, f"{LATE}, disputes: f1", Ground.DISPUTED),
        (EARLY, f"{LATE}, supersedes: f1", Ground.REPLACED),
        (f"{EARLY}, said_by: ministry", f"{LATE}, said_by: ministry, supersedes: f1",
         Ground.CORRECTED),
        (EARLY, f"{LATE}, polarity: denied, supersedes: f1", Ground.REPLACED),
    ],
)  # fmt: skip
def test_what_does_not_fit_together(one: str, other: str, ground: Ground | None) -> None:
    assert ([] if ground is None else [(ground, "f2", "f1")]) == pairs(facts_of(one, other))


def test_events_may_have_happened_twice() -> None:
    attack = "subject: a, relation: attacks, object: b"
    assert [] == pairs(
        facts_of(
            f"{attack}, source: early, when: 2020/2021", f"{attack}, source: late, when: 2020/2022"
        )
    )


def test_a_list_of_subjects_is_superseded_as_a_whole() -> None:
    facts = facts_of(
        "subject: [a, b], relation: opposes, object: troops, source: early",
        f"{LATE}, supersedes: f1",
    )
    assert {"f1--a", "f1--b"} == {other for _, _, other in pairs(facts)}


# -- what takes the place of what ------------------------------------------------------------------


def reasons(scene: Scene) -> dict[str, tuple[Reason | None, tuple[str, ...]]]:
    return {id: (each.reason, each.because_of) for id, each in scene.standings.items()}


def test_a_claim_gives_way_to_a_later_one_while_that_is_heard() -> None:
    facts = facts_of(EARLY, f"{LATE}, polarity: denied, supersedes: f1")
    assert (Reason.SUPERSEDED, ("f2",)) == reasons(look(facts, Lens()))["f1"]
    assert (None, ()) == reasons(look(facts, Lens(without=("late",))))["f1"]
    assert (Reason.WITHOUT, ()) == reasons(look(facts, Lens(without=("early",))))["f1"]


def test_a_correction_that_the_curator_sets_aside_corrects_nothing() -> None:
    decided = "decisions: [{id: d, claims: f2, rank: deprecated, reason: Forged.}]\n"
    facts = facts_of(EARLY, f"{LATE}, supersedes: f1", decisions=decided)
    found = reasons(look(facts, Lens()))
    assert {"f1": (None, ()), "f2": (Reason.DEPRECATED, ("d",))} == found
    ignored = reasons(look(facts, Lens(decisions=Decisions.IGNORED)))
    assert {"f1": (Reason.SUPERSEDED, ("f2",)), "f2": (None, ())} == ignored


def test_a_claim_is_preferred_to_those_that_the_curator_names() -> None:
    decided = "decisions: [{id: d, claims: f2, over: f1, rank: preferred, reason: Newer.}]\n"
    facts = facts_of(EARLY, f"{LATE}, manner: openly", decisions=decided)
    assert (Reason.OUTRANKED, ("f2",)) == reasons(look(facts, Lens()))["f1"]


def test_a_decision_does_not_silence_what_it_does_not_name() -> None:
    decided = "decisions: [{id: d, claims: f1, over: f2, rank: preferred, reason: Seen.}]\n"
    denial = f"{LATE}, polarity: denied"
    found = check_all(world(EARLY, denial, denial, decisions=decided)).diagnostics
    assert ["'f3' denies what 'f1' affirms"] == [
        d.message for d in found if d.code.name == "disputed"
    ]


def test_one_scene_does_not_dispute_over_two_times() -> None:
    facts = facts_of(f"{EARLY}, when: 2018/2019", f"{LATE}, polarity: denied, when: 2022/2023")
    scene = look(facts, Lens(as_of=parse_interval("2018/2023")))
    assert 2 == len(scene.in_force)
    assert {} == scene.disputes


def test_it_gives_way_whatever_the_later_one_says() -> None:
    """A correction may be conditional, or of another time: what it corrects was wrong."""
    facts = facts_of(EARLY, f"{LATE}, modality: considered, when: 2030/.., supersedes: f1")
    assert Reason.SUPERSEDED is reasons(look(facts, Lens()))["f1"][0]


def test_the_curator_sets_claims_aside_and_says_why() -> None:
    decided = "decisions: [{id: d, claims: f1, rank: deprecated, reason: A hoax.}]\n"
    facts = facts_of(EARLY, LATE, decisions=decided)
    assert (Reason.DEPRECATED, ("d",)) == reasons(look(facts, Lens()))["f1"]
    assert (None, ()) == reasons(look(facts, Lens(decisions=Decisions.IGNORED)))["f1"]
    assert "decisions ignored" in look(facts, Lens(decisions=Decisions.IGNORED)).describe()


def test_what_contradicts_a_preferred_claim_gives_way_to_it_while_that_is_heard() -> None:
    decided = "decisions: [{id: d, claims: f1, rank: preferred, reason: Seen by many.}]\n"
    facts = facts_of(EARLY, f"{LATE}, polarity: denied", LATE, decisions=decided)
    found = reasons(look(facts, Lens()))
    assert [(None, ()), (Reason.OUTRANKED, ("f1",)), (None, ())] == list(found.values())
    assert (None, ()) == reasons(look(facts, Lens(without=("early",))))["f2"]


def test_a_preferred_claim_wins_only_where_it_is_in_force_itself() -> None:
    decided = "decisions: [{id: d, claims: f2, rank: preferred, reason: Seen by many.}]\n"
    facts = facts_of(
        f"{EARLY}, when: 2019/..", f"{LATE}, polarity: denied, when: 2020/2021", decisions=decided
    )
    at = {year: look(facts, Lens(as_of=parse_interval(year))) for year in ("2020-06", "2023")}
    assert Reason.OUTRANKED is reasons(at["2020-06"])["f1"][0]
    assert None is reasons(at["2023"])["f1"][0]


def test_a_preferred_claim_that_is_superseded_outranks_nothing() -> None:
    decided = "decisions: [{id: d, claims: f1, rank: preferred, reason: Seen by many.}]\n"
    facts = facts_of(
        EARLY, f"{LATE}, polarity: denied", f"{LATE}, supersedes: f1", decisions=decided
    )
    assert (None, ()) == reasons(look(facts, Lens()))["f2"]


# -- what is said of it ----------------------------------------------------------------------------


def test_a_dispute_is_told_at_both_claims_and_at_the_edge() -> None:
    from kg.network import direct_edges
    from kg.render.card import card
    from kg.wording import standing

    scene = look(facts_of(EARLY, f"{LATE}, manner: openly, disputes: f1"), Lens())
    assert all(edge.disputed for edge in direct_edges(scene))
    assert "in force, possibly, disputed" == standing(scene.facts.claims["f1"], scene)
    assert "disputed by: Arvenia backs Belmark, openly" in card("f1", scene)
    assert "disputes:    Arvenia backs Belmark (in force" in card("f2", scene)


def test_check_is_silent_on_what_is_settled() -> None:
    opposed = (EARLY, f"{LATE}, polarity: denied")
    decided = "decisions: [{id: d, claims: f2, rank: deprecated, reason: A hoax.}]\n"
    assert "disputed" in code_names(check_all(world(*opposed)).diagnostics)
    settled = (EARLY, f"{LATE}, polarity: denied, supersedes: f1")
    for text in (world(*settled), world(*opposed, decisions=decided)):
        assert "disputed" not in code_names(check_all(text).diagnostics)


def test_a_circle_of_corrections_is_one_error() -> None:
    text = world(f"{LATE}, supersedes: f2", f"{LATE}, supersedes: f3", f"{LATE}, supersedes: f1")
    found = [d.code.name for d in check_all(text).diagnostics if d.severity == "error"]
    assert ["supersedes-cycle"] == found


@given(fact_sets(), lenses)
def test_what_gives_way_says_to_what(facts: FactSet, lens: Lens) -> None:
    scene = look(facts, lens)
    known = {*scene.facts.claims, *scene.facts.decisions}
    for standing in scene.standings.values():
        gives_way = standing.reason in (Reason.SUPERSEDED, Reason.DEPRECATED, Reason.OUTRANKED)
        assert gives_way == bool(standing.because_of)
        assert known.issuperset(standing.because_of)


@given(fact_sets(), lenses)
def test_an_edge_is_disputed_where_both_sides_are_in_force(facts: FactSet, lens: Lens) -> None:
    scene = look(facts, lens)
    in_force = {claim.id for claim in scene.in_force}
    claims = scene.facts.claims
    for claim in scene.edges:
        denied = any(
            other.is_denied
            and other.id in in_force
            and {*claim.things} == {*other.things}
            and claim.relation == other.relation
            and claim.modality == other.modality
            for other in claims.values()
        )
        declared = any(
            claim.id in other.disputes or other.id in claim.disputes
            for other in claims.values()
            if other.id in in_force
        )
        if claim.id in scene.disputes:
            assert denied or declared
        if declared:
            assert claim.id in scene.disputes
