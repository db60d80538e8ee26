from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

from kg.analysis import measure
from kg.check import check
from kg.lens import Lens, Scene, look, make_lens
from kg.model.diagnostic import Diagnostic
from kg.network import project
from kg.render.report import Report, compose, to_html, to_markdown
from tests.conftest import shipped_facts, shipped_texts, sound_facts

HEAD = """
    sources:
      s: {type: NewsArticle, title: News, published: 2025-12-02}
    entities:
      a: {type: State, name: Alpha}
      b: {type: State, name: Beta}
      leakers: {type: UnnamedSource, name: Leakers}
      war: {type: Scenario, name: Open war}
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


def findings(scene: Scene) -> list[str]:
    return [finding.text for finding in composed(scene).findings]


def section(report: Report, title: str) -> dict[str, list[str]]:
    return {
        listing.title: [item.id for item in listing.items]
        for part in report.sections
        if part.title == title
        for listing in part.listings
    }


def test_findings_count_what_is_in_force_and_why_the_rest_is_not() -> None:
    found = findings(
        scene_of(
            BACKS,
            f"{BACKS}, polarity: denied",
            f"{BACKS}, condition: war",
            f"{BACKS}, modality: intended",
        )
    )
    assert "4 claims about 2 things, read in 1 source." == found[0]
    assert (
        "2 claims are in force: 1 affirming, which are the direct edges, and 1 denying." == found[1]
    )
    assert "2 claims are disputed by another that is in force, too." == found[2]
    assert (
        "2 claims are not in force: its condition is not assumed (1); not stated as actual (1)."
        in found
    )
    assert "1 claim is a denial." in found


def test_denials_are_listed_by_their_condition() -> None:
    report = composed(
        scene_of(f"{BACKS}, polarity: denied", f"{BACKS}, polarity: denied, condition: war")
    )
    expected = {"In the case of: Open war": ["f1"], "Without a condition": ["f0"]}
    assert expected == section(report, "What is denied")
    assert any("1 of them only in the case of: Open war" in f.text for f in report.findings)


def test_what_rests_on_unnamed_voices_has_no_named_one_beside_it() -> None:
    report = composed(
        scene_of(
            f"{BACKS}, said_by: [leakers]",
            BACKS,
            "subject: b, relation: backs, object: a, said_by: [unknown]",
            "subject: b, relation: lendsTo, object: a, said_by: [{by: leakers, verb: said}]",
        )
    )
    assert {"": ["f2", "f3"]} == section(report, "What rests on unnamed voices")
    assert "2 claims rest on unnamed voices alone, 2 of them in force." in [
        f.text for f in report.findings
    ]


def test_who_is_central_comes_with_the_claims_behind() -> None:
    report = composed(scene_of(BACKS, BACKS))
    [finding] = [f for f in report.findings if f.text.startswith("In-degree")]
    assert ("In-degree is highest for Beta: 1.", 2) == (finding.text, finding.count)
    titles = [table.title for table in report.tables]
    assert ["Ties", "Degree", "In-degree", "Out-degree", "Betweenness", "PageRank"] == titles


def test_nothing_is_said_of_what_is_not_there() -> None:
    report = composed(scene_of("subject: war, relation: takesPlaceIn, object: b"))
    assert [] == [part.title for part in report.sections]
    assert "denial" not in to_markdown(report)
    assert "Ties" not in to_markdown(report).split("## Checks")[0].split("## Findings")[1]


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
        assert "does not intend to give" in text
        assert "PageRank" in text


def test_every_finding_leads_to_its_claims() -> None:
    scene = look(shipped_facts(), Lens())
    report = composed(scene)
    page = to_html(report)
    for finding in report.findings:
        assert finding.count >= len(finding.items)
        assert (finding.count > 0) == bool(finding.items) or "is judged for 0" in finding.text
        for item in finding.items:
            assert item.id in scene.facts.claims
            assert f'<a href="graph.html#c={item.id}">' in page
