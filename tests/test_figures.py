"""The pictures of the report: what is drawn, where, and where it leads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.analysis.measuring import measure
from kg.lens import Lens
from kg.network import project
from kg.render.report.compose import compose
from kg.render.report.figures import WIDTH, bars, network_figure
from kg.render.report.page import to_html
from kg.render.report.timeline import timeline
from kg.scene import Scene, look
from tests.browser import chromium, faults
from tests.conftest import shipped_facts, sound_facts
from tests.test_view_browser import nasty_facts


def page_of(scene: Scene) -> str:
    network = project(scene)
    return to_html(compose(scene, network, measure(network)))


SHIPPED = look(shipped_facts(), Lens())


def test_only_ties_are_arrows_and_they_lead_to_a_claim_in_force() -> None:
    network = project(SHIPPED)
    figure = network_figure(network, measure(network)["degree"])
    assert figure is not None
    assert len(network.ties) == len(figure.arrows)
    assert {arrow.claim for arrow in figure.arrows} <= {claim.id for claim in SHIPPED.edges}
    for dot in figure.dots:
        assert 0 <= dot.x <= WIDTH
        assert 0 <= dot.y <= figure.height
    tones = {arrow.title.split(":")[0]: arrow.tone for arrow in figure.arrows}
    assert "mixed" == tones["Russia → Venezuela"]
    assert "good" == tones["China → Venezuela"]
    assert "bad" == tones["China → United States"]


def test_equal_figures_have_equal_bars_and_ranks() -> None:
    found = bars(measure(project(SHIPPED))["degree"])
    assert [1, 1, 1, 1, 5, 5, 7, 7] == [bar.rank for bar in found]
    assert [100] * 4 == [bar.length for bar in found[:4]]


def test_the_timeline_tells_what_is_in_force_from_what_is_not() -> None:
    found = timeline(SHIPPED)
    assert found is not None
    dated = [claim.id for claim in SHIPPED.facts.claims.values() if claim.when]
    drawn = [id for span in found.spans for id in span.claims]
    assert len(dated) == len(drawn) + found.left_out
    assert set(drawn) <= set(dated)
    for span in found.spans:
        assert {span.in_force} == {SHIPPED.standings[id].holds for id in span.claims}
        assert 0 <= span.start < span.end <= 100
        assert span.sure is None or span.start <= span.sure[0] <= span.sure[1] <= span.end
    since = {id: span for span in found.spans for id in span.claims}[
        "reduced-presence-in-venezuela"
    ]
    assert (False, True) == (since.fades_in, since.fades_out)
    assert ["2005", "2009", "2013", "2017", "2021", "2025"] == [year for _, year in found.ticks]


def test_what_is_certain_of_a_time_is_drawn_apart_from_what_is_possible() -> None:
    facts = sound_facts(
        """
        sources:
          s: {type: NewsArticle, title: News, published: 2020-12-31}
        entities:
          a: {type: State, name: Alpha}
          b: {type: State, name: Beta}
        defaults: {source: s}
        facts:
          - {id: f, subject: a, relation: backs, object: b, when: 2011/2019}
          - {id: g, subject: b, relation: backs, object: a, when: /2015}
        """
    )
    found = timeline(look(facts, Lens()))
    assert found is not None
    over, between = found.spans
    assert ("g",) == over.claims
    assert None is over.sure
    assert over.fades_in
    assert (0.0, 89.95) == (between.start, between.end)
    assert (9.95, 80.0) == between.sure


def dated(*times: str) -> Scene:
    """A scene of claims that differ in nothing but their time, and in whom they are about."""
    things = "\n".join(f"      b{i}: {{type: State, name: B{i}}}" for i in range(len(times)))
    claims = "\n".join(
        f"      - {{id: f{i}, subject: a, relation: visits, object: b{i}, when: {when}}}"
        for i, when in enumerate(times)
    )
    return look(
        sound_facts(
            "    sources: {s: {type: NewsArticle, title: News, published: 2025-12-31}}\n"
            f"    entities:\n      a: {{type: State, name: A}}\n{things}\n"
            f"    defaults: {{source: s}}\n    facts:\n{claims}\n"
        ),
        Lens(),
    )


AFFAIR = tuple(f"2022-{month:02}-{day:02}" for month in (3, 5, 8) for day in range(1, 21))


def test_of_many_the_time_is_drawn_in_which_most_begin() -> None:
    found = timeline(dated("1949-04-04", "1994-05-09/2022-05-03", "2001-01-01", *AFFAIR))
    assert found is not None
    assert 16 == len(found.spans)
    assert ["2022-03", "2022-05", "2022-07"] == [month for _, month in found.ticks]
    assert 63 - 16 == found.left_out
    assert (
        "Too many to draw all: the time from 2022-03 to 2022-08, in which nine in ten of the "
        "statements begin, is cut into 16 stretches with as many statements each, and of each the "
        "one about what is most spoken of is drawn. Left out: 45 claims of that time, and 2 "
        "that neither begin nor end in it"
    ) == found.choice


def test_what_begins_before_the_time_that_is_drawn_reaches_in() -> None:
    facts = dated("1994-05-09/2022-05-03", "2022-07-01/2031", *AFFAIR[:15]).facts
    found = timeline(look(facts, Lens()))
    assert found is not None
    first = found.spans[0]
    assert ("f0",) == first.claims
    assert (True, False, 0.0) == (first.reaches_in, first.fades_in, first.start)
    assert "an arrow head leads to an end beyond the picture" in page_of(look(facts, Lens()))


@pytest.mark.parametrize("times", [["9999-12"], ["9999-12"] * 17, ["0001-01"], ["0001-01"] * 17])
def test_time_has_two_ends(times: list[str]) -> None:
    found = timeline(dated(*times))
    assert found is not None
    assert 1 <= len(found.spans) <= 16


def test_what_is_spread_over_all_times_is_drawn_over_all_of_them() -> None:
    found = timeline(dated(*map(str, range(1950, 2020))))
    assert found is not None
    assert ["1950", "1965", "1980", "1995", "2010", "2025"] == [year for _, year in found.ticks]
    starts = [span.start for span in found.spans]
    assert starts == sorted(starts)
    assert "Left out: 54 claims" in found.choice


def test_of_a_stretch_the_most_spoken_of_is_drawn_and_the_rest_is_not() -> None:
    found = timeline(dated(*AFFAIR[:17], AFFAIR[16]))
    assert found is not None
    assert "about what is most spoken of" in found.choice
    drawn = [id for span in found.spans for id in span.claims]
    assert 16 == len(found.spans)
    assert 18 == len(drawn) + found.left_out


def test_without_ties_and_dates_there_are_no_pictures() -> None:
    empty = look(sound_facts(""), Lens())
    assert None is timeline(empty)
    assert "<svg" not in page_of(empty)


def test_every_mark_leads_into_the_graph() -> None:
    page = page_of(SHIPPED)
    drawn = re.findall(r"<figure>.*?</figure>", page, re.DOTALL)
    assert 3 == len(drawn)
    known = {*SHIPPED.facts.claims, *SHIPPED.facts.entities}
    for figure in drawn:
        assert "<svg" in figure
        ids = re.findall(r'<a href="graph.html#[cn]=([^"]+)"', figure)
        assert ids
        assert set(ids) <= known


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("facts", [shipped_facts, nasty_facts])
def test_the_report_is_accessible_asks_nothing_and_fits(
    tmp_path: Path, scheme: str, width: int, facts: object
) -> None:
    assert callable(facts)
    path = tmp_path / "report.html"
    path.write_text(page_of(look(facts(), Lens())), encoding="utf-8")
    asked: list[str] = []
    complaints: list[str] = []
    with chromium() as browser:
        page = browser.new_page(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path.as_uri())
        assert width >= page.evaluate("document.documentElement.scrollWidth")
        assert [] == faults(page)
        assert None is page.evaluate("window.hacked ?? null")
    assert [path.as_uri()] == asked
    assert [] == complaints
