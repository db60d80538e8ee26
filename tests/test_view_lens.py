"""Another lens in the page: its script judges, compares and bundles as Python does.

Python looks through the same two lenses and compares what it sees; what the page then holds has to
be that, claim by claim and line by line.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from kg.check import check
from kg.compare import compare
from kg.lens import DialError, Lens, make_lens
from kg.model.facts import FactSet
from kg.scene import Scene, look
from kg.view.dossier import render, to_html
from kg.view.picture import Picture, compose
from tests.browser import faults, wait_for_picture
from tests.conftest import ROOT, folder_texts, shipped_facts
from tests.pages import LAPTOP, PHONE, Visit, save, write
from tests.strategies import fact_sets, lenses

pytestmark = pytest.mark.browser

_IS_RELEASE = "KG_TEST_RELEASE" in os.environ


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page()


#: What of its inside the page shows to these tests alone.
_OPENED = """
window.kgWays = (one, other) => waysBetween(one, other, (line) => !line.inferred && carries(line));
window.kgTimes = () => daysOfChange().map(({ day, holds, gained, lost }) =>
  [day, [...holds].sort(), gained.sort(), lost.sort()]);
window.kgLook = (turned) => {
  if (turned !== null) lookBy(new Map(Object.entries(turned)));
  return {
    dials, look, words: look && lensWords(), fates: fates !== null,
    lines: [...lines.values()].filter((line) => !line.inferred).map((line) => ({
      ends: [line.from, line.to, line.arrows], stroke: line.stroke, holds: line.holds,
      denied: line.denied, disputed: line.disputed, tone: line.tone, claims: line.claims,
      bend: line.bend, fate: line.fate ?? null })),
    claims: Object.fromEntries(written.map((claim) => [claim.id, {
      standing: claim.standing, stroke: claim.stroke, holds: claim.holds, line: claim.line,
      before: claim.before ?? null, change: claim.change ?? null, facets: claim.facets }])),
    nodes: Object.fromEntries([...nodes.values()].map(({ id, fate }) => [id, fate ?? null])),
    facets: Object.fromEntries(facets.map((facet) => [facet.id,
      facet.values.map(({ id, label, count, sample }) => [id, label, count, sample ?? null])])),
    disputed,
  };
};
"""


def opened(page: Page, shown: bytes, folder: Path) -> None:
    """Opens a page that tells of its inside; the policy would not let it."""
    text = re.sub(r"<meta http-equiv=[^>]*>", "", shown.decode())
    path = folder / "opened.html"
    path.write_text(text.replace("\nbegin().catch", _OPENED + "\nbegin().catch"), encoding="utf-8")
    page.goto("about:blank")
    page.goto(path.as_uri())
    wait_for_picture(page)


def held(picture: Picture) -> Mapping[str, Any]:
    """What of a picture the page has to hold."""
    return {
        "lines": [
            {
                "ends": [line.subject, line.object, "to;from" if line.both_ways else "to"],
                "stroke": line.stroke, "holds": line.holds, "denied": line.denied,
                "disputed": line.disputed, "tone": line.tone, "claims": list(line.claims),
                "bend": line.bend, "fate": line.fate,
            }
            for line in picture.lines
        ],
        "claims": {
            id: {
                **{key: claim[key] for key in ("standing", "stroke", "holds", "line")},
                "facets": {facet.id: claim["facets"][facet.id] for facet in picture.facets},
                "before": claim.get("before"), "change": claim.get("change"),
            }
            for id, claim in picture.claims.items()
        },
        "nodes": {node.thing: node.fate for node in picture.nodes},
        "facets": {
            facet.id: [[v.id, v.label, v.count, v.sample] for v in facet.values]
            for facet in picture.facets
        },
        "disputed": picture.disputed,
    }  # fmt: skip


def turned(scene: Scene, asked: Mapping[str, str]) -> Scene:
    """The scene that the same dials make on the command line."""
    lens, facts = scene.lens, scene.facts
    given = {
        dial: tuple(asked[key].split(","))
        for dial, key in (("as_of", "as-of"), ("without", "without"))
        if key in asked
    }
    if "assume" in asked:
        given["assume"] = tuple(each for each in asked["assume"].split(",") if each)
    made = make_lens(lens.name, given, facts, lens)
    return look(facts, replace(made, without=(*lens.without, *made.without[: len(made.without)]))
                if "without" in given else made)  # fmt: skip


def holds_to(page: Page, scene: Scene, asked: Mapping[str, str]) -> None:
    """Turns the page's dials, and compares all that it holds then."""
    after = turned(scene, asked)
    found = page.evaluate("(asked) => kgLook(asked)", dict(asked))
    assert found["dials"] is not None, asked
    expected = held(compose(compare(scene, after)))
    for id, claim in expected["claims"].items():
        assert claim == found["claims"][id], (asked, id)
    for part, value in expected.items():
        assert value == found[part], (asked, part)
    assert list(after.words) == found["words"], asked


def some_dials(picture: Picture, rng: random.Random) -> Mapping[str, str]:
    """Dials that the page offers, some of them turned."""
    assert picture.look is not None
    days = {*picture.look["days"], "2014", "2022-02", "2025-12-01"} - {picture.look["date"]}
    scenarios = [id for id, _ in picture.look["scenarios"]]
    chosen = rng.sample(scenarios, min(len(scenarios), rng.randrange(3)))
    voices = [v.id for facet in picture.facets if facet.id == "voice" for v in facet.values]
    dials = {
        "as-of": rng.choice(sorted(days)),
        "assume": ",".join(sorted(rng.choice(("", "not:")) + each for each in chosen)),
        "without": ",".join(sorted(rng.sample(voices, min(len(voices), rng.randrange(1, 3))))),
    }
    if picture.look["words"]["hidden"]:  # what is assumed besides cannot be told in an address
        del dials["assume"]
    kept = rng.sample(sorted(dials), rng.randrange(1, len(dials) + 1))
    return {key: dials[key] for key in kept if dials[key] or key == "assume"}


def try_dials(page: Page, facts: FactSet, lens: Lens, folder: Path, rounds: int, seed: int) -> None:
    scene = look(facts, lens)
    picture = compose(scene)
    opened(page, to_html(picture, scene.facts), folder)
    assert {**held(picture), "fates": False} == {
        **{
            key: value
            for key, value in page.evaluate("kgLook(null)").items()
            if key in held(picture)
        },
        "fates": False,
    }
    rng = random.Random(seed)
    for _ in range(rounds if picture.look else 0):
        asked = some_dials(picture, rng)
        try:
            is_other = turned(scene, asked).words != scene.words
        except DialError:
            continue  # it would both come true and be ruled out
        if is_other:
            holds_to(page, scene, asked)


def nato() -> FactSet:
    return check(folder_texts(ROOT / "examples" / "nato-accession")).facts


@pytest.mark.parametrize("facts", [shipped_facts, nato], ids=["shipped", "nato"])
def test_the_page_sees_what_the_same_dials_show_elsewhere(
    page: Page, facts: Any, tmp_path: Path
) -> None:
    try_dials(page, facts(), Lens(), tmp_path, 40, 1)


@settings(max_examples=200 if _IS_RELEASE else 12, phases=[Phase.generate])  # to shrink takes long
@given(st.data())
def test_of_any_facts_and_any_lens(page: Page, tmp_path_factory: Any, data: st.DataObject) -> None:
    facts, lens = data.draw(fact_sets()), data.draw(lenses)
    folder = tmp_path_factory.mktemp("lens")
    try_dials(page, facts, lens, folder, 6, data.draw(st.integers(0, 1000)))


# -- by hand --------------------------------------------------------------------------------------

DENIAL = "no-extensive-military-support--china"
EDGES = "kgNetwork.body.edgeIndices.length"


@pytest.mark.parametrize("name", ["shipped", "nato"])
def test_each_day_has_what_is_in_force_on_it(page: Page, tmp_path: Path, name: str) -> None:
    facts = shipped_facts() if name == "shipped" else nato()
    scene = look(facts, Lens(assume=()))
    opened(page, render(scene), tmp_path)
    found = page.evaluate("kgTimes()")
    days: list[str] = compose(scene).look["days"]  # type: ignore[index]
    eve = (date.fromisoformat(days[0]) - timedelta(days=1)).isoformat()
    holds = [
        {
            id
            for id, claim in facts.claims.items()
            if seen.standings[id].holds and isinstance(claim.object, str)
        }
        for seen in (turned(scene, {"as-of": day}) for day in (eve, *days))
    ]
    expected = [
        [day, sorted(now), sorted(now - before), sorted(before - now)]
        for day, before, now in zip(days, holds, holds[1:], strict=False)
        if now != before
    ]
    assert expected == found
    assert len(found) > 1


def test_small_pictures_tell_day_by_day_what_comes_and_goes(
    browser: Browser, file: str, tmp_path: Path
) -> None:
    with Visit(browser, file) as visit:
        visit.page.click("#open-claims")
        visit.page.click("button[data-sheet=times]")
        rows = visit.page.locator("table[data-sheet=times] tbody tr")
        assert "2022-01-01" in rows.first.inner_text()
        label = rows.first.locator("svg").get_attribute("aria-label")
        assert label == "2022-01-01: 9 claims in force, 2 more"
        assert 2 == rows.first.locator("path.paint-gained").count()
        first = save(visit, tmp_path)[0]
        assert ("9", "") == (first["in_force"], first["no_longer_in_force"])
        assert "reduced-presence" in first["comes_into_force"]
        rows.first.locator("button").click()
        assert lens_of(visit).startswith("as of 2022-01-01")
        assert [] == visit.complaints


def lens_of(visit: Visit) -> str:
    return visit.page.inner_text("#lens-words")


def row_of(visit: Visit, claim: str) -> str:
    return visit.page.locator(f'tr[id="c={claim}"]').text_content() or ""


def test_an_assumption_is_marked_told_and_taken_back(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        before, lens = visit.page.evaluate(EDGES), lens_of(visit)
        visit.page.get_by_label("Escalation of US measures").select_option("comes true")
        assert "assuming Escalation of US measures" in lens_of(visit)
        assert "Against the file: 5 claims gained." == visit.page.inner_text("#turned-words")
        assert "#assume=us-escalation" == visit.page.evaluate("location.hash")
        assert "in force as a denial" in row_of(visit, DENIAL)
        assert "+ gained" in row_of(visit, DENIAL)
        visit.page.get_by_label("Find a name or a claim").fill(DENIAL)
        visit.page.keyboard.press("Enter")
        assert "gained · comes into force: --assume" in visit.panel
        assert "not in force: its condition is not assumed" in visit.panel
        visit.page.get_by_role("button", name="As in the file").click()
        assert (before, lens) == (visit.page.evaluate(EDGES), lens_of(visit))
        assert "gained" not in visit.panel + row_of(visit, DENIAL)
        assert f"#c={DENIAL}" == visit.page.evaluate("location.hash")
        assert [] == visit.complaints


def test_a_lens_in_the_address_is_sent_and_going_back_takes_it_back(
    browser: Browser, file: str
) -> None:
    asked = "as-of=2014&assume=us-escalation&without=western-sources"
    with Visit(browser, f"{file}#{asked}") as visit:
        assert lens_of(visit).startswith("as of 2014; without Western diplomatic")
        visit.page.get_by_role("button", name="Listen to Western").click()
        assert "without" not in lens_of(visit)
        visit.page.go_back()
        visit.page.wait_for_function("document.body.innerText.includes('without Western')")
        assert f"#{asked}" == visit.page.evaluate("location.hash")


@pytest.mark.parametrize("asked", ["as-of=soon", "as-of=2025-02-30", "assume=nothing", "without=x"])
def test_an_address_with_an_unknown_lens_shows_the_files_own(
    browser: Browser, file: str, asked: str
) -> None:
    with Visit(browser, f"{file}#{asked}") as visit:
        assert "as of 2025-12-02 (the newest source); claims stated as actual" == lens_of(visit)
        assert not visit.page.is_visible("#turned")


@pytest.mark.parametrize("written", ["soon", "2025-02-30", "2025-13", "0000", "31.12.2024"])
def test_what_is_no_date_is_refused(browser: Browser, file: str, written: str) -> None:
    with Visit(browser, file) as visit:
        field = visit.page.get_by_label("as of", exact=True)
        field.fill(written)
        field.press("Enter")
        assert "Write a date" in field.evaluate("(field) => field.validationMessage")
        assert not visit.page.is_visible("#turned")
        field.fill("2014-02")
        field.press("Enter")
        assert lens_of(visit).startswith("as of 2014-02;")


def test_the_days_are_walked_by_keys_and_pass_by_themselves(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        slider = visit.page.get_by_label("As of, day by day on which something changes")
        slider.press("Home")
        first = slider.get_attribute("aria-valuetext")
        assert lens_of(visit).startswith(f"as of {first};")
        visit.page.get_by_role("button", name="Let time pass").click()
        visit.page.wait_for_function(f"!document.body.innerText.includes('as of {first};')")
        visit.page.wait_for_function(
            f"document.getElementById('day').getAttribute('aria-valuetext') > '{first}'"
        )
        visit.page.get_by_role("button", name="Stop time").click()
        stopped = slider.get_attribute("aria-valuetext")
        visit.page.wait_for_timeout(1200)
        assert stopped == slider.get_attribute("aria-valuetext")
        slider.press("End")
        visit.page.get_by_role("button", name="Let time pass").click()  # begins again
        visit.page.wait_for_function(
            f"document.getElementById('day').getAttribute('aria-valuetext') === '{first}'"
        )
        assert [] == visit.complaints


def test_what_contradicts_the_newest_assumption_gives_way(browser: Browser, tmp_path: Path) -> None:
    with Visit(browser, write(nato(), tmp_path)) as visit:
        visit.page.get_by_text("if … (").click()
        for scenario in ("both-join-together", "finland-joins-without-sweden"):
            visit.page.locator(f'[data-scenario="{scenario}"]').select_option("comes true")
        assert "assume=finland-joins-without-sweden" in visit.page.evaluate("location.hash")
        assert "both-join-together" not in visit.page.evaluate("location.hash")


def test_tables_are_saved_with_what_changes(browser: Browser, file: str, tmp_path: Path) -> None:
    with Visit(browser, f"{file}#assume=us-escalation") as visit:
        visit.page.click("#open-claims")
        rows = {row["id"]: row for row in save(visit, tmp_path)}
        assert "gained" == rows[DENIAL]["change"]
        assert "not in force: its condition is not assumed" == rows[DENIAL]["standing_before"]
        visit.page.get_by_role("button", name="Lines").click()
        heads = visit.page.locator('table[data-sheet="lines"] th:visible').all_inner_texts()
        cells = visit.page.locator('table[data-sheet="lines"] tbody tr').first.locator("td")
        assert (len(heads), "Change") == (cells.count(), heads[5].split()[0])


def test_what_is_sifted_stays_sifted(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#assume=us-escalation") as visit:
        visit.page.get_by_role("button", name="Nothing but gained").click()
        assert "5 of 81 claims shown" in visit.page.inner_text("#sifted-words")
        shown = "Object.values(kgNetwork.body.edges).filter((e) => !e.options.hidden).length"
        assert 3 == visit.page.evaluate(shown)
        visit.page.get_by_role("button", name="As in the file").click()
        assert not visit.page.is_visible("#sifted")


def test_a_page_of_two_lenses_has_no_dials(browser: Browser, tmp_path: Path) -> None:
    facts = shipped_facts()
    other = look(facts, make_lens("other", {"as_of": ("2021",)}, facts, Lens()))
    path = tmp_path / "compared.html"
    path.write_bytes(render(compare(look(facts, Lens()), other)))
    with Visit(browser, f"{path.as_uri()}#as-of=2014") as visit:
        assert not visit.page.is_visible("#dials")
        assert [] == visit.complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [LAPTOP, PHONE])
def test_axe_finds_nothing_under_another_lens(
    browser: Browser, file: str, screen: Any, scheme: Any
) -> None:
    asked = f"{file}#c={DENIAL}&as-of=2014&without=western-sources"
    with Visit(browser, asked, viewport=screen, color_scheme=scheme) as visit:
        visit.page.evaluate("document.getElementById('legend').open = true")
        assert [] == faults(visit.page)
        visit.page.click("#open-claims")
        assert [] == faults(visit.page)
