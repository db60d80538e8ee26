from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

from kg.analysis.measuring import measure
from kg.check import check
from kg.lens import Lens, make_lens
from kg.model.diagnostic import Diagnostic
from kg.network import project
from kg.render.report.compose import compose
from kg.render.report.content import Report
from kg.render.report.markdown import to_markdown
from kg.render.report.page import to_html
from kg.scene import Scene, look
from tests.conftest import shipped_facts, shipped_texts, sound_facts

HEAD = """
    sources:
      s: {type: NewsArticle, title: News, published: 2025-12-02}
      t: {type: NewsArticle, title: Times, published: 2025-12-01}
    entities:
      a: {type: State, name: Alpha}
      b: {type: State, name: Beta}
      c: {type: State, name: Gamma}
      leakers: {type: UnnamedSource, name: Leakers}
      war: {type: Scenario, name: Open war}
      peace: {type: Scenario, name: Lasting peace}
    defaults: {source: s}
    facts:
"""
BACKS = "subject: a, relation: backs, object: b"


def scene_of(*facts: str, **dials: tuple[str, ...]) -> Scene:
    lines = "\n".join(f"      - {{id: f{i}, {fact}}}" for i, fact in enumerate(facts))
    found = sound_facts(HEAD + lines + "\n")
    return look(found, make_lens("test", dials, found, Lens()))


def composed(scene: Scene, diagnostics: tuple[Diagnostic, ...] = ()) -> Report:
    network = project(scene)
    return compose(scene, network, measure(network), diagnostics)


def findings(scene: Scene, title: str) -> dict[str, tuple[str, ...]]:
    """The statements under a heading of the findings, with the claims behind each."""
    return {
        statement.text: statement.ids
        for topic in composed(scene).findings
        if topic.title == title
        for statement in topic.statements
    }


def section(report: Report, title: str) -> dict[str, list[str]]:
    return {
        topic.title: [id for statement in topic.statements for id in statement.ids]
        for part in report.sections
        if part.title == title
        for topic in part.topics
    }


def test_the_summary_counts_what_is_in_force_and_why_the_rest_is_not() -> None:
    scene = scene_of(
        BACKS,
        f"{BACKS}, polarity: denied",
        f"{BACKS}, condition: war",
        f"{BACKS}, modality: intended",
    )
    assert (
        "4 claims about 2 things, read in 1 source. 2 claims are in force as seen here: "
        "1 affirming, and 1 denying. 2 claims are not: its condition is not assumed (1); "
        "not stated as actual (1)."
    ) == composed(scene).summary


def test_both_sides_of_a_dispute_stand_in_one_sentence() -> None:
    scene = scene_of(BACKS, f"{BACKS}, polarity: denied")
    text = "Alpha does not back Beta (News); and yet: Alpha backs Beta (News)."
    assert {text: ("f1", "f0")} == findings(scene, "In dispute")
    assert {} == findings(scene_of(BACKS), "In dispute")


def test_ties_are_told_between_actors_those_with_most_claims_first() -> None:
    scene = scene_of(
        "subject: b, relation: lendsTo, object: a",
        f"{BACKS}, when: 2020/..",
        BACKS,
        "subject: a, relation: distancesItselfFrom, object: war",
        f"{BACKS}, modality: intended",
    )
    assert {"Alpha backs Beta.": ("f1", "f2"), "Beta lends to Alpha.": ("f0",)} == findings(
        scene, "Who is tied to whom"
    )


def test_a_denial_comes_with_its_condition_its_standing_and_its_chain() -> None:
    scene = scene_of(
        f"{BACKS}, polarity: denied, condition: war, said_by: [{{by: leakers, verb: hinted}}]"
    )
    [topic] = [topic for topic in composed(scene).findings if topic.title == "What is denied"]
    [told] = topic.statements
    assert "Alpha does not back Beta, in the case of: Open war." == told.text
    assert "not in force: its condition is not assumed" == told.standing
    assert "Leakers (hinted) → News" == told.said_by


def test_a_scenario_tells_what_it_would_bring_into_force() -> None:
    scene = scene_of(
        f"{BACKS}, polarity: denied, condition: war",
        "subject: a, relation: carriesOut, object: war, modality: hypothetical",
        "subject: b, relation: lendsTo, object: a",
    )
    assert {
        "Assuming Open war, 1 affirmation and 1 denial come into force: "
        "Alpha does not back Beta; Alpha could carry out Open war (hypothetical).": ("f0", "f1")
    } == findings(scene, "What would change")
    assumed = scene_of(f"{BACKS}, polarity: denied, condition: war", assume=("war",))
    assert {} == findings(assumed, "What would change")


def test_scenarios_that_bring_equally_much_stand_in_order() -> None:
    scene = scene_of(
        f"{BACKS}, condition: [war, peace]",
        f"{BACKS}, condition: war",
        "subject: b, relation: lendsTo, object: a, condition: peace",
        "subject: b, relation: backs, object: a, polarity: denied, condition: 'not:war'",
    )
    assert [
        "Assuming Lasting peace, 1 affirmation comes into force: Beta lends to Alpha.",
        "Assuming Open war, 1 affirmation comes into force: Alpha backs Beta.",
        "Ruling out Open war, 1 denial comes into force: Beta does not back Alpha.",
    ] == list(findings(scene, "What would change"))


def test_what_is_not_settled_and_what_is_over_stand_apart() -> None:
    scene = scene_of(
        f"{BACKS}, modality: considered",
        "subject: b, relation: lendsTo, object: a, when: 2001",
        "subject: b, relation: backs, object: a, when: 2001/2002",
    )
    assert {"Alpha would back Beta (under consideration).": ("f0",)} == findings(
        scene, "What is not settled"
    )
    assert {"Beta backs Alpha, from 2001 to 2002.": ("f2",)} == findings(
        scene, "What is over, or still to come"
    )


def resting(*facts: str) -> list[str]:
    """What the findings say of the edges of some facts and what these rest on."""
    told = findings(scene_of(*facts), "What it rests on")
    return [text for text in told if " on one " in text]


def test_edges_that_rest_on_one_source_are_counted() -> None:
    assert [
        "All 2 edges rest on one source each: 2 fall without News; 1 falls without Leakers.",
        "1 of 2 edges rests on one anonymous source: 1 falls without Leakers.",
    ] == resting(f"{BACKS}, said_by: [leakers]", "subject: b, relation: lendsTo, object: a")
    assert ["The only edge rests on one source alone: 1 falls without News."] == resting(
        BACKS, BACKS
    )
    assert [
        "The only edge rests on one source alone: 1 falls without somebody not named; "
        "1 falls without News.",
        "The only edge rests on one anonymous source alone: 1 falls without somebody not named.",
    ] == resting(f"{BACKS}, said_by: [unknown]")


def test_an_edge_of_two_sources_rests_on_none_alone() -> None:
    other = f"{BACKS}, source: t"
    assert ["The only edge does not rest on one source alone."] == resting(BACKS, other)
    lends = "subject: b, relation: lendsTo, object: a"
    assert ["None of 2 edges rests on one source alone."] == resting(
        BACKS, other, lends, f"{lends}, source: t"
    )
    assert [] == resting(f"{BACKS}, polarity: denied")


def test_what_rests_on_unnamed_voices_has_no_named_one_beside_it() -> None:
    scene = scene_of(
        f"{BACKS}, said_by: [leakers]",
        BACKS,
        "subject: b, relation: backs, object: a, said_by: [unknown]",
        "subject: b, relation: lendsTo, object: a, said_by: [{by: leakers, verb: said}]",
    )
    report = composed(scene)
    assert {"": ["f2", "f3"]} == section(report, "What rests on unnamed voices")
    assert (
        "2 claims rest on unnamed voices alone, 2 of them in force: Beta backs and lends to Alpha."
    ) in findings(scene, "What it rests on")


def test_what_only_a_headline_says_is_told_apart() -> None:
    told = findings(look(shipped_facts(), Lens()), "What it rests on")
    assert (
        "3 claims stand in a headline alone, 2 of them in force: "
        "China and Russia give advice against escalation to Nicolás Maduro, against Trump "
        "administration."
    ) in told


def test_who_speaks_of_himself_relays_nobody() -> None:
    scene = scene_of(f"{BACKS}, said_by: [{{by: a, verb: said}}]", f"{BACKS}, said_by: [leakers]")
    through = [text for text in findings(scene, "What it rests on") if "through" in text]
    assert ["1 claim comes through Leakers, which is in force."] == through


def test_who_is_central_comes_with_the_claims_behind() -> None:
    scene = scene_of(BACKS, BACKS)
    assert {
        "More than anybody else, Alpha and Beta are tied to others (degree 1 each).": ("f0", "f1")
    } == {text: ids for text, ids in findings(scene, "Who stands where").items() if ids}
    titles = [table.title for table in composed(scene).tables]
    assert ["Ties", "Degree", "In-degree", "Out-degree", "Betweenness", "PageRank"] == titles


def test_who_tears_the_network_and_where_it_is_tense() -> None:
    scene = scene_of(
        BACKS,
        "subject: b, relation: backs, object: leakers",
        "subject: a, relation: attacks, object: leakers",
        "subject: leakers, relation: lendsTo, object: c",
    )
    said = findings(scene, "Who stands where")
    assert "Without Leakers the network would fall into more parts than it has." in said
    assert "1 of 1 signed triad is tense: Alpha, Beta and Leakers." in said


def test_what_the_findings_told_is_not_told_again() -> None:
    few = composed(scene_of(f"{BACKS}, polarity: denied", f"{BACKS}, modality: desired"))
    assert {} == section(few, "What is denied")
    assert {} == section(few, "What else is not in force")
    many = composed(scene_of(*(f"{BACKS}, polarity: denied, manner: way {n}" for n in range(9))))
    assert {"Without a condition": ["f6", "f7", "f8"]} == section(many, "What is denied")
    [denied] = [topic for topic in many.findings if topic.title == "What is denied"]
    assert 3 == denied.left_out


def test_what_an_outline_leaves_out_is_told_in_full() -> None:
    scene = scene_of(
        "subject: a, relation: lendsTo, object: b, manner: secretly, condition: war",
        "subject: a, relation: backs, object: b, when: 2020/.., condition: war",
        assume=("war",),
    )
    assert {"Alpha lends to and backs Beta, in the case of: Open war.": ("f0", "f1")} == findings(
        scene, "Who is tied to whom"
    )
    report = composed(scene)
    assert {"In the case of: Open war": ["f0", "f1"]} == section(
        report, "What holds under a condition only"
    )
    assert "secretly" in to_markdown(report)
    alone = scene_of("subject: a, relation: lendsTo, object: b, manner: secretly")
    assert {"Alpha lends to Beta, secretly.": ("f0",)} == findings(alone, "Who is tied to whom")


def test_every_claim_is_told_in_full_and_leads_into_the_graph() -> None:
    scene = look(shipped_facts(), Lens())
    report = composed(scene)
    told = {
        id
        for topic in (*report.findings, *(t for part in report.sections for t in part.topics))
        for statement in topic.statements
        for id in statement.ids
        if statement.is_whole
    }
    assert set(scene.facts.claims) == told
    links = set(re.findall(r"graph\.html#c=([a-z0-9-]+)", to_html(report)))
    assert set(scene.facts.claims) == links


def test_nothing_is_said_of_what_is_not_there() -> None:
    report = composed(scene_of("subject: war, relation: takesPlaceIn, object: b"))
    assert {"": ["f0"]} == section(report, "What else is in force")
    assert ["What it rests on"] == [topic.title for topic in report.findings]
    text = to_markdown(report)
    assert "denied" not in text
    assert "Ties" not in text


def test_markdown_lets_no_name_bring_markup() -> None:
    facts = sound_facts(
        """
        sources:
          s: {type: NewsArticle, title: "<b>*News*</b> [x](y) | z"}
        entities:
          a: {type: State, name: "# A"}
          b: {type: State, name: "<script>"}
        defaults: {source: s}
        facts:
          - {id: f, subject: a, relation: backs, object: b, polarity: denied}
        """
    )
    text = to_markdown(composed(look(facts, Lens())))
    assert "\\<b\\>\\*News\\*\\</b\\> \\[x\\](y) \\| z" in text
    assert "\\# A does not back \\<script\\>" in text
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "<script" not in to_html(composed(look(facts, Lens())))


def test_the_page_is_alone_and_runs_nothing() -> None:
    text = to_html(composed(look(shipped_facts(), Lens())))
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert found
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in unescape(found[1])
    assert "<script" not in text
    assert [] == re.findall(r"https?://|src=|url\((?!#head-)|@import", text)


def test_both_forms_name_the_lens_and_say_the_same_each_time() -> None:
    checked = check(shipped_texts())
    scene = look(checked.facts, Lens())
    report = composed(scene, checked.diagnostics)
    assert report == composed(scene, checked.diagnostics)
    for text in (to_markdown(report), unescape(to_html(report))):
        assert "as of 2025-12-02 (the newest source)" in text
        assert "0 errors" in text
        assert "do not intend to give" in text
        assert "PageRank" in text


def test_every_finding_leads_to_its_claims() -> None:
    scene = look(shipped_facts(), Lens())
    report = composed(scene)
    page, text = to_html(report), to_markdown(report)
    for topic in report.findings:
        for statement in topic.statements:
            assert set(statement.ids) <= set(scene.facts.claims)
            for claim in statement.claims:
                assert f'href="graph.html#c={claim.id}"' in page
            for id in statement.ids[:2]:
                assert f"[`{id}`](graph.html#c={id})" in text
