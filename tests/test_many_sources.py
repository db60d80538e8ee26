"""Few sources are named at once, many in short, with all of them at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.analysis.measuring import measure
from kg.lens import Lens
from kg.network import project
from kg.render.report.compose import compose
from kg.render.report.content import Report
from kg.render.report.markdown import to_markdown
from kg.render.report.page import to_html
from kg.scene import Scene, look
from kg.view.dossier import render
from tests.browser import chromium, faults
from tests.conftest import sound_facts
from tests.pages import LAPTOP, Visit


def read_in(sources: int) -> Scene:
    """A claim read in each of so many sources, and two in the last."""
    titles = (
        f"      s{i}: {{type: NewsArticle, title: Article {i}, published: 2025-12-02}}"
        for i in range(sources)
    )
    claims = (
        f"      - {{id: f{i}, subject: a, relation: backs, object: b, source: s{i}}}"
        for i in range(sources)
    )
    return look(
        sound_facts(
            "    sources:\n"
            + "\n".join(titles)
            + "\n    entities: {a: {type: State, name: A}, b: {type: State, name: B}}\n    facts:\n"
            + "\n".join(claims)
            + "\n      - {id: g, subject: b, relation: backs, object: a, "
            + f"source: s{sources - 1}}}\n"
        ),
        Lens(),
    )


def report_of(scene: Scene) -> Report:
    network = project(scene)
    return compose(scene, network, measure(network))


@pytest.mark.parametrize("sources", [1, 5])
def test_few_are_all_named_at_once(sources: int) -> None:
    scene = read_in(sources)
    last, *others = [f"Article {i}" for i in (sources - 1, *range(sources - 1))]
    assert f"Read: {'; '.join([last, *others])}.<" in render(scene).decode()
    named = "; ".join(f"{title}, 2025-12-02" for title in [last, *others])
    assert f"<b>Read</b> {named}</p>" in to_html(report_of(scene))
    assert f"Read: {named}." in to_markdown(report_of(scene))
    assert "Sources" not in to_markdown(report_of(scene))


@pytest.mark.parametrize("sources", [6, 86, 500])
def test_of_many_those_with_the_most_claims_are_named_and_all_are_listed(sources: int) -> None:
    scene = read_in(sources)
    first = f"Article {sources - 1}"
    told = f"{sources} sources, the most claims in: {first}"
    page = render(scene).decode()
    assert f"<summary>Read: {told}; Article 0; Article 1</summary>" in page
    listed = re.findall(r'<li><a href="#n=(s\d+)">', page)
    assert sorted(scene.facts.sources) == sorted(listed)
    report = to_html(report_of(scene))
    assert f"<b>Read</b> {told}, 2025-12-02; " in report
    listed = re.findall(r'<li><a href="graph.html#n=(s\d+)">', report)
    assert sorted(scene.facts.sources) == sorted(listed)
    assert f"- {first}, 2025-12-02: 2 claims" in to_markdown(report_of(scene))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_500_leave_the_picture_its_room_and_lead_to_their_claims(
    tmp_path: Path, scheme: str
) -> None:
    path = tmp_path / "graph.html"
    path.write_bytes(render(read_in(500)))
    with (
        chromium() as browser,
        Visit(browser, path.as_uri(), viewport=LAPTOP, color_scheme=scheme) as visit,
    ):
        assert 40 > visit.page.evaluate("document.querySelector('footer').offsetHeight")
        visit.page.click("footer summary")
        assert [] == faults(visit.page)
        visit.page.click('.read a[href="#n=s42"]')
        assert "Article 42" in visit.panel
        assert not visit.page.locator(".read").is_visible()
        assert [] == visit.complaints
