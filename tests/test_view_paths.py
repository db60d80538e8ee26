"""Paths in the page, held to networkx, and the picture saved as a file."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ElementTree
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser

import kg
from kg.lens import Lens
from kg.scene import look
from kg.view.dossier import to_html
from kg.view.picture import compose
from tests.browser import faults, wait_for_picture
from tests.conftest import ROOT, shipped_facts, sound_facts
from tests.pages import LAPTOP, PHONE, Visit, write
from tests.test_view_lens import opened

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def test_the_ways_are_those_that_networkx_finds(browser: Browser, tmp_path: Path) -> None:
    scene = look(shipped_facts(), Lens())
    picture = compose(scene)
    ties: Any = nx.Graph([(line.subject, line.object) for line in picture.lines if line.is_tie])
    page = browser.new_page()
    opened(page, to_html(picture, scene.facts), tmp_path)
    pairs = list(combinations(sorted(node.thing for node in picture.nodes), 2))
    found = page.evaluate(
        "(pairs) => pairs.map(([one, other]) => kgWays(one, other))", [list(p) for p in pairs]
    )
    for (one, other), ways in zip(pairs, found, strict=True):
        is_tied = one in ties and other in ties and nx.has_path(ties, one, other)
        expected = sorted(nx.all_shortest_paths(ties, one, other)) if is_tied else []
        assert expected == sorted(ways), (one, other)
    assert any(len(ways) > 1 for ways in found)
    assert any(not ways for ways in found)


def test_a_path_is_asked_for_told_and_sent(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#n=china") as visit:
        visit.page.get_by_label("Path from China to").select_option("Donald Trump")
        assert "#p=china:donald-trump" == visit.page.evaluate("location.hash")
        assert "Every step has a claim in force." in visit.panel
        assert "said by" in visit.panel
        visit.page.locator("#panel .claim a.sentence").first.click()
        assert visit.page.evaluate("location.hash").startswith("#c=")
        visit.page.go_back()
        visit.page.wait_for_function("document.body.innerText.includes('Every step has a claim')")
        assert [] == visit.complaints


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ("ukraine:donald-trump", "No way has a claim in force at every step"),
        ("china:loans-and-oil-investments", "No claims that the picture shows tie the two"),
        ("china:nobody", "No such path in this page"),
        ("china", "No such path in this page"),
        ("china:russia:venezuela", "No such path in this page"),
    ],
)
def test_what_ties_no_two_says_so(browser: Browser, file: str, ends: str, words: str) -> None:
    with Visit(browser, f"{file}#p={ends}") as visit:
        assert words in visit.panel
        assert [] == visit.complaints


def test_a_path_runs_only_over_what_is_shown(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#p=china:donald-trump&off=modality:actual") as visit:
        assert "Every step" not in visit.panel


@pytest.mark.parametrize("screen", [LAPTOP, PHONE])
def test_axe_finds_nothing_at_a_path(browser: Browser, file: str, screen: Any) -> None:
    with Visit(browser, f"{file}#p=ukraine:donald-trump", viewport=screen) as visit:
        visit.page.click("#save summary")
        assert [] == faults(visit.page)


# -- the picture as a file ------------------------------------------------------------------------


def save_picture(visit: Visit, kind: str, folder: Path) -> bytes:
    visit.page.click("#save summary")
    with visit.page.expect_download() as download:
        visit.page.click(f"#save-{kind}")
    assert f"graph.{kind}" == download.value.suggested_filename
    path = folder / f"saved.{kind}"
    download.value.save_as(path)
    return path.read_bytes()


def texts_of(drawing: ElementTree.Element) -> str:
    return " ".join(each.text or "" for each in drawing.iter(f"{SVG}text"))


def test_a_drawing_has_every_line_and_name_and_says_what_it_shows(
    browser: Browser, file: str, tmp_path: Path
) -> None:
    picture = compose(look(shipped_facts(), Lens()))
    with Visit(browser, file) as visit:
        drawing = ElementTree.fromstring(save_picture(visit, "svg", tmp_path))
        assert [] == visit.complaints
        assert {visit.asked[0]} == {each for each in visit.asked if not each.startswith("blob:")}
    titles = [each.text or "" for each in drawing.iter(f"{SVG}title")]
    for line in picture.lines:
        assert any(title for title in titles if "; ".join(told(picture, line.claims)) == title)
    words = texts_of(drawing)
    assert picture.title in words
    assert "as of 2025-12-02 (the newest source)" in words
    assert "not a fact of the world" in words
    assert sum(f"{node.label[0]}" in words for node in picture.nodes) > 0.9 * len(picture.nodes)
    left, top, width, height = map(float, drawing.attrib["viewBox"].split())
    for each in drawing.iter(f"{SVG}text"):
        x, y = float(each.attrib["x"]), float(each.attrib["y"])
        assert left <= x <= left + width
        assert top <= y <= top + height


def told(picture: Any, claims: tuple[str, ...]) -> list[str]:
    return ["".join(text for text, *_ in picture.claims[id]["sentence"]) for id in claims]


def test_a_drawing_shows_what_the_picture_shows(
    browser: Browser, file: str, tmp_path: Path
) -> None:
    asked = f"{file}#off=polarity:affirmed&assume=us-escalation"
    with Visit(browser, asked) as visit:
        drawing = ElementTree.fromstring(save_picture(visit, "svg", tmp_path))
        shown = "Object.values(kgNetwork.body.edges).filter((e) => !e.options.hidden).length"
        groups = [g for g in drawing.findall(f"{SVG}g") if g.find(f"{SVG}title") is not None]
        assert visit.page.evaluate(shown) == len(groups) > 0
    assert "assuming Escalation of US measures" in texts_of(drawing)
    assert "gained" in texts_of(drawing)


def test_a_picture_is_sharp(browser: Browser, file: str, tmp_path: Path) -> None:
    with Visit(browser, file) as visit:
        picture = save_picture(visit, "png", tmp_path)
        assert [] == visit.complaints
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width > 1500
    assert height > 1000


def test_hostile_names_are_text_in_a_drawing(browser: Browser, tmp_path: Path) -> None:
    name = "<script>alert(1)</script> & \"quotes\" ]]> 'x' \u202egnp"
    facts = sound_facts(
        f"""
        entities:
          a: {{type: State, name: {name!r}}}
          b: {{type: State, name: B}}
        sources: {{s: {{type: NewsArticle, title: S, published: 2024-01-01}}}}
        facts: [{{id: f, subject: a, relation: backs, object: b, source: s}}]
        """.replace("\\'", "''").replace("\\u202e", "")
    )
    with Visit(browser, write(facts, tmp_path)) as visit:
        data = save_picture(visit, "svg", tmp_path)
        assert [] == visit.complaints
    drawing = ElementTree.fromstring(data)
    assert [] == list(drawing.iter(f"{SVG}script"))
    assert "<script>alert(1)</script>" in " ".join(
        t.text or "" for t in drawing.iter(f"{SVG}title")
    )


# -- in a notebook --------------------------------------------------------------------------------


def test_a_notebook_shows_the_page_in_a_frame_that_reaches_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    page = kg.open(ROOT).view()
    path = tmp_path / "notebook.html"
    path.write_text(f"<title>n</title><p>secret</p>{page._repr_html_()}", encoding="utf-8")
    tab = browser.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(path.as_uri())
    frame = tab.frames[1]
    wait_for_picture(frame)
    frame.get_by_label("Escalation of US measures").select_option("comes true")
    assert "assuming Escalation" in frame.locator("#lens-words").inner_text()
    frame.get_by_label("Find a name or a claim").fill("ukraine war")
    tab.keyboard.press("Enter")
    assert frame.locator("#panel").is_visible()
    assert "assume=us-escalation" in frame.evaluate("location.hash")
    reach = "() => { try { return parent.document.body.innerText } catch { return null } }"
    assert frame.evaluate(reach) is None
    assert [] == complaints


def test_what_is_asked_of_a_page_is_drawn() -> None:
    workspace = kg.open(ROOT)
    near = workspace.view(focus="ukraine")
    assert len(near.html) < len(workspace.view().html)
    assert b"After, seen" in workspace.view(compare="escalation").html
    with pytest.raises(KeyError):
        workspace.view(focus="nobody")
