"""The examples that ship beside the starter are sound, and show what they say that they show."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pytest

from kg.analysis.measuring import measure
from kg.check import check, lens_named
from kg.lens import make_lens
from kg.model.diagnostic import Diagnostic, Severity
from kg.model.facts import Condition, FactSet, Modality, Polarity
from kg.network import project
from kg.render.report.compose import compose
from kg.scene import Scene, look
from kg.standing import Reason
from tests.conftest import ROOT, brief, folder_texts

NATO = ROOT / "examples" / "nato-accession"

#: Claims cited from memory, by the fact that makes them: what nobody has looked up yet.
UNCHECKED = {
    "andersson-leads-government",
    "biden-leads-administration",
    "erdogan-leads-government",
    "finland-partner-of-nato",
    "hungary-signs-law",
    "orban-leads-fidesz",
    "sweden-partner-of-nato",
    "turkish-government-governs",
    "us-government-governs",
}


@lru_cache(maxsize=1)
def found() -> tuple[FactSet, tuple[Diagnostic, ...]]:
    checked = check(folder_texts(NATO))
    return checked.facts, tuple(checked.diagnostics)


def facts() -> FactSet:
    return found()[0]


def scene(**dials: str | tuple[str, ...]) -> Scene:
    written = {dial: (v,) if isinstance(v, str) else v for dial, v in dials.items()}
    return look(facts(), make_lens("test", written, facts(), lens_named("default", facts())))


def through(lens: str) -> Scene:
    return look(facts(), lens_named(lens, facts()))


def ties(seen: Scene, relation: str) -> set[str]:
    return {f"{c.subject} {c.object}" for c in seen.edges if c.relation == relation}


# -- findings -------------------------------------------------------------------------------------


def test_there_are_no_errors_and_no_warnings() -> None:
    """Amounts differ, but on each pair the curator decided, with a reason."""
    _, diagnostics = found()
    assert [] == [brief(d) for d in diagnostics if d.severity is not Severity.NOTE]
    assert {"disputed", "single-weak-source"} == {
        d.code.name for d in diagnostics if d.severity is Severity.NOTE
    }


def test_how_much_there_is() -> None:
    assert len({claim.fact for claim in facts().claims.values()}) >= 60
    assert len(facts().sources) >= 5
    assert 14 == sum(entity.type == "Scenario" for entity in facts().entities.values())


def test_the_readme_counts_what_there_is() -> None:
    page = (NATO / "README.md").read_text(encoding="utf-8")
    claims = facts().claims.values()
    number = len({claim.fact for claim in claims})
    assert f"{len(facts().sources)} documents, {number} facts, {len(claims)} claims." in page
    assert f"These are {len(UNCHECKED)} claims" in page


def test_every_modality_and_both_polarities_occur() -> None:
    assert set(Modality) == {claim.modality for claim in facts().claims.values()}
    assert set(Polarity) == {claim.polarity for claim in facts().claims.values()}


# -- sources --------------------------------------------------------------------------------------


def test_every_source_is_cited_by_title_and_date() -> None:
    for source in facts().sources.values():
        assert source.title
        assert source.published is not None, source.id
        assert source.text is None  # the texts are not at hand, so no claim names a passage


def test_what_is_unchecked_is_marked_and_nothing_else() -> None:
    tagged = {claim for claim in facts().claims.values() if "unchecked" in claim.tags}
    assert UNCHECKED == {claim.fact for claim in tagged}
    from_memory = {
        source.id
        for source in facts().sources.values()
        if source.note == "Unchecked: cited from memory."
    }
    assert {claim.source for claim in tagged} == from_memory
    assert tagged == {c for c in facts().claims.values() if c.source in from_memory}
    assert [] == [id for id in from_memory if facts().sources[id].url]


# -- time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "members"),
    [
        ("2022-01", set()),
        ("2023-04-03", set()),
        ("2023-04-04", {"finland"}),
        ("2023-05", {"finland"}),
        ("2024-03-06", {"finland"}),
        ("2024-03-07", {"finland", "sweden"}),
        ("2024-04", {"finland", "sweden"}),
    ],
)
def test_finland_and_sweden_are_members_from_their_days_on(as_of: str, members: set[str]) -> None:
    long_before = {"hungary", "turkiye", "united-kingdom", "united-states"}
    expected = {f"{state} nato" for state in long_before | members}
    assert expected == ties(scene(as_of=as_of), "memberOf")


def test_the_lenses_of_the_story_show_different_networks() -> None:
    assert set() == ties(through("before-invasion"), "appliesToJoin")
    assert set() == ties(through("before-invasion"), "blocksAccessionOf")
    assert {"turkiye finland", "turkiye sweden"} == ties(through("applicants"), "blocksAccessionOf")
    assert {"hungary sweden", "turkiye sweden"} == ties(through("finland-in"), "blocksAccessionOf")
    assert set() == ties(through("both-in"), "blocksAccessionOf")
    networks = [
        frozenset(claim.id for claim in through(lens).edges)
        for lens in ("before-invasion", "applicants", "finland-in", "both-in")
    ]
    assert 4 == len(set(networks))


# -- disputes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "affirmed", "denied"),
    [
        ("2024-03", "extraditions-promised", "no-extraditions-promised"),
        ("2023-06-01", "fulfilled-billstrom", "not-fulfilled-2022--sweden"),
        ("2023-06-01", "sale-tied-by-senators", "sale-not-tied-by-administration"),
        ("2023-07-10", "eu-path-tied", "eu-path-not-tied"),
        ("2024-03", "swedish-state-behind-burnings", "swedish-state-not-behind-burnings"),
    ],
)
def test_sources_that_contradict_each_other_show_as_disputes(
    as_of: str, affirmed: str, denied: str
) -> None:
    disputes = scene(as_of=as_of).disputes
    assert denied in disputes[affirmed]
    assert affirmed in disputes[denied]


def test_a_denial_of_a_degree_leaves_the_rest_open() -> None:
    disputed = scene(as_of="2023-05").disputes
    assert "accession-no-danger--accession-of-finland" not in disputed
    assert "no-formal-embargo" not in disputed


def test_without_one_side_there_is_no_dispute() -> None:
    assert "no-extraditions-promised" not in through("without-turkish-government").disputes


# -- conditions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lens", "expected"),
    [
        ("demands-met", {"rest-will-follow"}),
        ("congress-lets-pass", {"notification-after-ratification", "sale-if-congress-lets-pass"}),
        ("sale-approved", {"ratification-if-sale-approved"}),
        ("attacked-while-waiting", {"british-assurance"}),
    ],
)
def test_under_a_scenario_what_depends_on_it_comes_into_force(
    lens: str, expected: set[str]
) -> None:
    seen = through(lens)
    unassumed = scene(as_of=seen.as_of.text)
    gained = {c.fact for c in seen.edges} - {c.fact for c in unassumed.edges}
    assert expected == gained


def test_where_a_scenario_is_ruled_out_its_denials_come_into_force() -> None:
    refusals = {"no-change-if-demands-unmet", "no-ratification-if-demands-unmet"}
    denied = {claim.fact for claim in through("demands-unmet").in_force if claim.is_denied}
    assert refusals <= denied
    assert denied.isdisjoint({"rest-will-follow"})
    unassumed = {claim.fact for claim in scene(as_of="2023-06-15").in_force}
    assert refusals.isdisjoint(unassumed)


def test_one_of_two_conditions_is_not_enough() -> None:
    half = scene(as_of="2024-01-27", assume="turkiye-ratifies-sweden")
    assert Reason.CONDITION is half.standings["sale-if-congress-lets-pass"].reason


def test_a_scenario_brings_with_it_what_it_implies() -> None:
    alone = facts().entities["finland-joins-without-sweden"]
    assert (Condition("both-join-together", is_ruled_out=True),) == alone.implies
    with pytest.raises(ValueError, match="both-join-together"):
        scene(assume=("finland-joins-without-sweden", "both-join-together"))


@pytest.mark.parametrize("lens", ["default", *sorted(facts().profile.lenses)])
def test_no_denied_or_unassumed_claim_is_an_edge(lens: str) -> None:
    seen = through(lens)
    assert seen.edges
    for claim in seen.edges:
        assert claim.polarity is Polarity.AFFIRMED
        assert set(claim.conditions) <= set(seen.lens.assume)
        assert claim.modality is Modality.ACTUAL or claim.conditions


# -- what the curator makes of it -----------------------------------------------------------------


def test_a_later_claim_takes_the_place_of_an_earlier_one() -> None:
    standings = scene().standings
    assert standings["sale-value"].holds
    assert Reason.SUPERSEDED is standings["sale-value-expected"].reason


def test_of_two_counts_the_preferred_one_is_in_force_unless_decisions_are_ignored() -> None:
    rivals = {
        "hungarian-vote-against-finland-sputnik",
        "hungarian-vote-on-finland-sputnik",
        "swedish-vote-warsaw-point",
    }
    trusted = {"hungarian-vote-against-finland", "hungarian-vote-on-finland", "swedish-vote"}
    followed = {claim.id for claim in scene().edges}
    ignored = {claim.id for claim in scene(decisions="ignored").edges}
    assert trusted == followed & (trusted | rivals)
    assert trusted | rivals == ignored & (trusted | rivals)
    assert [] == [decision.id for decision in facts().decisions.values() if not decision.reason]


def test_a_group_and_a_type_speak_for_all_of_theirs() -> None:
    named = {claim.id for claim in through("named-only").in_force}
    assert "demand-rejected-in-talks" in {claim.id for claim in scene().in_force} - named
    for claim in through("without-russian-state-media").in_force:
        assert facts().sources[claim.source].publisher not in ("sputnik", "tass")


@pytest.mark.parametrize("lens", ["default", "demands-unmet", "congress-lets-pass"])
def test_a_report_tells_what_is_in_dispute_and_what_would_change(lens: str) -> None:
    seen = through(lens)
    network = project(seen)
    report = compose(seen, network, measure(network), ())
    told = {topic.title for topic in report.findings if topic.statements}
    assert {"In dispute", "What is denied", "What would change"} <= told


# -- coverage -------------------------------------------------------------------------------------


def test_no_source_carries_the_example_alone() -> None:
    read = Counter(claim.source for claim in facts().claims.values())
    assert max(read.values()) <= len(facts().claims) // 10


def test_every_scenario_is_a_condition_or_is_done() -> None:
    scenarios = {id for id, entity in facts().entities.items() if entity.type == "Scenario"}
    claims = facts().claims.values()
    used = {each.scenario for c in claims for each in c.conditions} | {
        str(c.object) for c in claims
    }
    assert set() == scenarios - used
