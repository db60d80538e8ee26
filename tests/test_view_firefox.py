"""The dossier in Firefox: what Chromium shows is shown there, too."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from PIL import Image

from kg.view.dossier import render
from kg.workspace.questions import asking
from tests.conftest import ROOT
from tests.firefox import Tab, firefox
from tests.test_queries import scene

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with firefox() as running:
        yield running


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("firefox") / "graph.html"
    seen = scene("default")
    path.write_bytes(render(seen, asking=asking(seen, (ROOT / "queries",))))
    return path.as_uri()


def shown(tab: Tab, address: str, width: int = 1366, height: int = 768) -> None:
    tab.asked.clear()
    tab.complaints.clear()
    tab.open(address, width, height)
    tab.wait_for("window.kgNetwork !== undefined")


def text_of(tab: Tab, selector: str) -> str:
    return str(tab.evaluate(f"document.querySelector('{selector}').innerText"))


def amiss(tab: Tab, file: str) -> list[str]:
    """What the page asked for besides itself, and what Firefox complained about."""
    own = (file, "blob:", "data:")
    return [*(url for url in tab.asked if not url.startswith(own)), *tab.complaints]


@pytest.mark.parametrize("size", [(1366, 768), (500, 844)], ids=["laptop", "narrow"])
def test_the_picture_is_drawn(tab: Tab, file: str, size: tuple[int, int]) -> None:
    shown(tab, file, *size)
    corner = tab.evaluate(
        "(({ x, y, right, bottom }) => [x, y, right, bottom])"
        "(document.getElementById('canvas').getBoundingClientRect())"
    )
    picture = Image.open(io.BytesIO(tab.screenshot())).convert("RGB").crop(corner)
    assert len(picture.getcolors(1 << 20) or []) > 200, "lines, marks and names"
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert [] == amiss(tab, file)


def test_a_click_opens_what_is_said(tab: Tab, file: str) -> None:
    shown(tab, file)
    x, y = tab.evaluate(
        "(() => { const area = document.getElementById('canvas').getBoundingClientRect();"
        "const at = kgNetwork.canvasToDOM(kgNetwork.getPosition('venezuela'));"
        "return [area.left + at.x, area.top + at.y]; })()"
    )
    tab.click_at(x, y)
    tab.wait_for("location.hash === '#n=venezuela'")
    assert "Venezuela" == text_of(tab, "#panel h2")
    tab.click("#close")
    tab.wait_for("document.getElementById('panel').hidden")
    assert [] == amiss(tab, file)


def test_find_completes_by_keys(tab: Tab, file: str) -> None:
    shown(tab, file)
    tab.type("/caracas")
    tab.wait_for("document.querySelectorAll('#found [role=option]').length > 0")
    tab.type("\ue007")  # Enter
    tab.wait_for("!document.getElementById('panel').hidden")
    assert [] == amiss(tab, file)


def test_another_lens_is_looked_through(tab: Tab, file: str) -> None:
    shown(tab, f"{file}#as-of=2014&assume=us-escalation")
    words = text_of(tab, "#lens-words")
    assert "as of 2014" in words
    assert "assuming Escalation" in words
    assert tab.evaluate("document.querySelectorAll('#legend .number').length") > 10
    assert [] == amiss(tab, file)


def test_tables_sort_and_themes_turn(tab: Tab, file: str) -> None:
    shown(tab, file)
    before = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    tab.click("#theme")
    tab.wait_for(f"getComputedStyle(document.body).backgroundColor !== '{before}'")
    tab.click("#theme")
    tab.click("#open-claims")
    tab.click("#claims th .sort")
    assert tab.evaluate("document.querySelectorAll('#claims [aria-sort=ascending]').length") == 1
    assert [] == amiss(tab, file)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("backers:actor=venezuela", "10 rows, 10 claims in this page"),
        (
            f"?{quote('SELECT * { ?s ?p }')}",
            "Not SPARQL: line 1, column 18: “}” cannot stand here.",
        ),
    ],
)
def test_a_question_is_answered(tab: Tab, file: str, question: str, words: str) -> None:
    shown(tab, f"{file}#q={question}")
    tab.wait_for(f"document.getElementById('ask-status').textContent === {words!r}")
    assert [] == amiss(tab, file)
