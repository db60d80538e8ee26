"""What follows from claims, as the picture draws it and as people meet it in the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kg.compare import compare
from kg.derive import Entailment, derive
from kg.lens import Lens
from kg.model.dials import Inference
from kg.model.facts import FactSet
from kg.scene import Scene, look
from kg.view.dossier import render
from kg.view.picture import Picture, compose
from tests.browser import faults
from tests.conftest import shipped_facts, sound_facts, unpacked
from tests.pages import LAPTOP, PHONE, Visit, save

#: Who leads what governs a state speaks for it; a plan reaches what its parts are aimed at.
FACTS = """
    sources:
      s: {type: NewsArticle, title: News, published: 2025-12-02, reliability: B}
      t: {type: NewsArticle, title: Other news, published: 2025-12-02, reliability: C}
    entities:
      head: {type: Person, name: The head}
      cabinet: {type: Government, name: The cabinet}
      land: {type: State, name: The land}
      plan: {type: Policy, name: The plan}
      part: {type: Policy, name: The part}
      piece: {type: Policy, name: The piece}
    defaults: {source: s, credibility: 2}
    facts:
      - {id: leads, subject: head, relation: leads, object: cabinet}
      - {id: leads-too, subject: head, relation: leads, object: cabinet, source: t}
      - {id: governs, subject: cabinet, relation: governs, object: land, source: t}
      - {id: includes, subject: plan, relation: includes, object: part}
      - {id: includes-more, subject: part, relation: includes, object: piece}
      - {id: targets, subject: piece, relation: targets, object: land}
      - {id: visits, subject: head, relation: visits, object: land}
"""


def facts() -> FactSet:
    return sound_facts(FACTS)


def scene(lens: Lens | None = None) -> Scene:
    return look(facts(), lens or Lens())


def without_inferred(shown: Scene) -> Picture:
    return compose(look(shown.facts, Lens(inference=Inference.OFF)))


# -- the picture ----------------------------------------------------------------------------------


@pytest.mark.parametrize("facts", [facts, shipped_facts])
def test_what_is_drawn_follows_by_derive_and_says_from_what(facts: object) -> None:
    assert callable(facts)
    shown = look(facts(), Lens())
    told = [
        x for x in derive(shown) if not {Entailment.CHAIN, Entailment.INVERSE}.isdisjoint(x.rules)
    ]
    lines = compose(shown).inferred
    assert lines
    assert [(x.subject, x.relation, x.object, x.claims, x.certain, x.disputed) for x in told] == [
        (x.subject, x.relation, x.object, x.claims, x.certain, x.disputed) for x in lines
    ]


def test_it_says_by_which_edges_and_how_good_it_is() -> None:
    lines = {line.id: line for line in compose(scene()).inferred}
    assert {"head--speaksFor--land", "part--reaches--land", "plan--reaches--land"} == set(lines)
    speaks = lines["head--speaksFor--land"]
    assert ("speaks for", "leads, then governs") == (speaks.label, speaks.rule)
    assert (("leads", "leads-too"), ("governs",)) == speaks.ways[0]
    assert (("credibility", "2"), ("reliability", "C")) == speaks.weights
    reaches = lines["plan--reaches--land"]
    assert "includes, then reaches" == reaches.rule
    assert ("includes", "includes-more", "targets") == reaches.claims


DRAWN = '"stroke":"inferred"'


def test_nothing_is_inferred_where_that_is_asked_for() -> None:
    assert () == compose(scene(Lens(inference=Inference.OFF))).inferred
    page = render(scene(Lens(inference=Inference.OFF))).decode()
    assert "nothing inferred" in page
    assert "beaded" not in page
    assert DRAWN not in unpacked(page)
    assert DRAWN in unpacked(render(scene()).decode())


@pytest.mark.parametrize("facts", [facts, shipped_facts])
def test_nothing_counts_it_and_nothing_gives_way_to_it(facts: object) -> None:
    assert callable(facts)
    shown = look(facts(), Lens())
    picture, bare = compose(shown), without_inferred(shown)
    assert bare.nodes == picture.nodes, "neither places nor sizes"
    assert bare.lines == picture.lines
    assert bare.facets == picture.facets
    assert bare.things == picture.things


def test_it_runs_beside_the_lines_between_the_same_two() -> None:
    picture = compose(scene())
    [visit] = [line for line in picture.lines if ("head", "land") == (line.subject, line.object)]
    [speaks] = [line for line in picture.inferred if line.subject == "head"]
    assert (0.14, 0.28) == (visit.bend, speaks.bend)


def test_what_it_follows_from_is_in_the_picture_or_it_is_not() -> None:
    assert [] == [line.id for line in compose(scene(), "plan").inferred], (
        "what is targeted is not near"
    )
    assert ["head--speaksFor--land"] == [line.id for line in compose(scene(), "cabinet").inferred]


def test_a_comparison_leaves_it_out_since_it_would_not_say_what_becomes_of_it() -> None:
    assert () == compose(compare(scene(), scene(Lens(inference=Inference.OFF)))).inferred


# -- the page -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("inferred") / "graph.html"
    path.write_bytes(render(scene()))
    return path.as_uri()


SPEAKS = "head--speaksFor--land"
IS_HIDDEN = "(line) => kgNetwork.body.edges[line].options.hidden"
CHECKBOX = "inferred, nobody’s claim"


@pytest.mark.browser
def test_a_click_says_by_what_it_is_inferred_and_from_which_claims(
    browser: Browser, file: str
) -> None:
    with Visit(browser, file) as visit:
        visit.click_line(SPEAKS)
        assert f"#i={SPEAKS}" == visit.page.evaluate("location.hash")
        assert "inferred: The head speaks for The land, by leads, then governs" in visit.panel
        assert "inferred, certain" in visit.panel
        assert "C, of the weakest claim" in visit.panel
        cards = visit.page.locator("#panel .claim .id").all_inner_texts()
        assert ["leads", "leads-too", "governs"] == cards
        assert [file] == visit.asked
        assert [] == visit.complaints


@pytest.mark.browser
def test_it_goes_with_what_it_follows_from(browser: Browser, file: str) -> None:
    for off, hidden in (
        ("line:inferred", True),
        ("voice:t", True),  # governs is said there alone
        ("voice:s", False),  # that the head leads is said in t, too
        ("kind:Government", True),
        ("tone:bad", False),
        ("line:nonsense", False),
    ):
        with Visit(browser, f"{file}#off={off}") as visit:
            assert hidden == visit.page.evaluate(IS_HIDDEN, SPEAKS), off


@pytest.mark.browser
def test_the_legend_switches_it_off_and_the_address_keeps_that(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#i={SPEAKS}") as visit:
        box = visit.page.get_by_role("checkbox", name=CHECKBOX)
        assert not visit.page.locator("#sifted").is_visible()
        box.uncheck()
        assert visit.page.url.endswith(f"#i={SPEAKS}&off=line:inferred")
        assert "7 of 7 claims shown, nothing inferred" in visit.page.inner_text("#sifted-words")
        assert "Not in the picture now" in visit.panel
        visit.page.get_by_role("button", name="Show all").click()
        assert box.is_checked()
        assert not visit.page.evaluate(IS_HIDDEN, SPEAKS)


@pytest.mark.browser
def test_no_step_is_made_over_it(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#n=plan") as visit:
        assert "Only this and 1 within 1 step" == visit.page.locator(
            ".around button"
        ).first.get_attribute("aria-label")
        assert "The plan reaches The land" in visit.panel


@pytest.mark.browser
def test_it_is_found_and_told_to_who_walks_by_keys(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#n=plan") as visit:
        visit.page.focus("#canvas")
        for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
            visit.page.keyboard.press(key)
        assert "inferred. Enter opens." in visit.page.inner_text("#said")
        visit.page.fill("#find", "speaks for")
        visit.page.keyboard.press("Enter")
        assert "inferred: The head speaks for The land" in visit.panel


@pytest.mark.browser
def test_the_lines_and_their_csv_call_it_inferred(
    browser: Browser, file: str, tmp_path: Path
) -> None:
    with Visit(browser, file) as visit:
        visit.page.click("#open-claims")
        visit.page.get_by_role("button", name="Lines").click()
        visit.page.fill("#only", "inferred speaks")
        row = visit.page.locator('[data-sheet="lines"] tbody tr:visible')
        assert [
            "The head",
            "speaks for",
            "The land",
            "from 3",
            "neither",
            "inferred, certain\nby leads, then governs",
        ] == row.locator("td").all_inner_texts()
        [record] = save(visit, tmp_path)
        row.locator("a").press("Enter")
        assert "inferred: The head speaks for" in visit.panel
    assert ("speaksFor", "0", "", "inferred, certain", "false") == tuple(
        record[key] for key in ("relations", "claims", "claim_ids", "standing", "headline_alone")
    )
    assert ("leads, then governs", "leads; leads-too; governs") == (
        record["inferred_by"],
        record["inferred_from"],
    )


@pytest.mark.browser
def test_an_address_of_what_is_not_inferred_here_is_answered(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#i=land--speaksFor--head") as visit:
        assert "This page holds no inferred line with the id" in visit.panel
        assert "kg show land shows" in visit.panel


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [LAPTOP, PHONE])
def test_axe_finds_nothing(
    browser: Browser, file: str, screen: dict[str, int], scheme: str
) -> None:
    with Visit(browser, f"{file}#i={SPEAKS}", viewport=screen, color_scheme=scheme) as visit:
        visit.page.evaluate("document.getElementById('legend').open = true")
        assert [] == faults(visit.page)
        visit.page.evaluate("location.hash = 'n=plan'")
        visit.page.wait_for_selector("#panel h3")
        assert [] == faults(visit.page)
        visit.page.click("#open-claims")
        visit.page.get_by_role("button", name="Lines").click()
        assert [] == faults(visit.page)
