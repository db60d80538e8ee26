"""The dossier as people meet it: opened from disk in Chromium, by mouse and by keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kg.lens import Lens, look
from kg.model.facts import FactSet
from kg.view.dossier import render
from tests.conftest import shipped_facts, sound_facts

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(shipped_facts(), tmp_path_factory.mktemp("dossier"))


def write(facts: FactSet, folder: Path) -> str:
    path = folder / "graph.html"
    path.write_bytes(render(look(facts, Lens())))
    return path.as_uri()


class Visit:
    """One opened page, with all that it asked for and complained about."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.context = browser.new_context(
            **{"viewport": {"width": 1366, "height": 768}, "reduced_motion": "reduce", **options}
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(5000)
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(address)
        self.page.wait_for_function("window.kgNetwork !== undefined")

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    @property
    def panel(self) -> str:
        panel = self.page.locator("#panel")
        return panel.inner_text() if panel.is_visible() else ""

    def click_line_of(self, claim: str) -> None:
        """Clicks a line where nothing else is near, at one of its quarters."""
        x, y = self.page.evaluate(
            """(claim) => {
                const lines = JSON.parse(document.getElementById("lines").textContent);
                const { id } = lines.find((line) => line.claims.includes(claim));
                const area = document.getElementById("canvas").getBoundingClientRect();
                for (const share of [0.5, 0.4, 0.6, 0.3, 0.7]) {
                    const spot = kgNetwork.body.edges[id].edgeType.getPoint(share);
                    const at = kgNetwork.canvasToDOM(spot);
                    if (kgNetwork.getEdgeAt(at) === id && !kgNetwork.getNodeAt(at))
                        return [area.left + at.x, area.top + at.y];
                }
                throw new Error("the line lies under others");
            }""",
            claim,
        )
        self.page.mouse.click(x, y)

    def click_thing(self, thing: str) -> None:
        x, y = self.page.evaluate(
            """(thing) => {
                const area = document.getElementById("canvas").getBoundingClientRect();
                const at = kgNetwork.canvasToDOM(kgNetwork.getPosition(thing));
                return [area.left + at.x, area.top + at.y];
            }""",
            thing,
        )
        self.page.mouse.click(x, y)


def test_nothing_is_asked_for_and_nothing_is_wrong(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.click_thing("venezuela")
        visit.page.click("#theme")
        visit.page.click("#open-claims")
        assert [file] == visit.asked
        assert [] == visit.complaints


def test_a_line_opens_its_claims_with_chain_and_passage(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.click_line_of("no-extensive-military-support--russia")
        text = visit.panel
        assert "Russia does not intend to give [extensive] military support to" in text
        assert "not in force: its condition is not assumed" in text
        assert "denied, intended" in text
        assert "Escalation of US measures" in text
        assert "no-extensive-financial-support--russia" in text, "both claims of the line"
        chain = visit.page.locator(".claim").first.locator(".chain li").all_inner_texts()
        assert "Russia (informed)" == chain[0]
        assert chain[-1].endswith("read here")
        assert "P3" in text


def test_a_thing_opens_what_is_said_about_it(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.click_thing("venezuela")
        assert "Venezuela" == visit.page.inner_text("#panel h2")
        assert "#n=venezuela" == visit.page.evaluate("location.hash")
        visit.page.click("#close")
        assert "" == visit.panel
        visit.page.go_back()
        assert "Venezuela" in visit.panel


def test_an_address_opens_a_claim_and_a_literal_opens_its_subject(
    browser: Browser, file: str
) -> None:
    with Visit(browser, f"{file}#c=no-extensive-military-support--china") as visit:
        asked = visit.page.locator(".claim.asked")
        assert "military support" in asked.inner_text()
    literal = next(c for c in shipped_facts().claims.values() if not isinstance(c.object, str))
    with Visit(browser, f"{file}#c={literal.id}") as visit:
        assert literal.id in visit.page.locator(".claim.asked").inner_text()
    with Visit(browser, f"{file}#c=no-such-claim") as visit:
        assert ("", []) == (visit.panel, visit.complaints)


def test_find_completes_and_opens_by_keys(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.page.keyboard.press("/")
        visit.page.keyboard.type("caracas")
        options = visit.page.locator("#found [role=option]").all_inner_texts()
        assert any("Caracas" in option for option in options), "aliases are found, too"
        visit.page.keyboard.press("Enter")
        assert visit.page.locator("#panel").is_visible()
        assert "panel" == visit.page.evaluate("document.activeElement.id")
        visit.page.keyboard.press("Escape")
        assert "" == visit.panel


def test_keys_walk_the_picture_and_open_the_panel(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.page.focus("#canvas")
        visit.page.keyboard.press("ArrowRight")
        first = visit.page.inner_text("#said")
        visit.page.keyboard.press("ArrowLeft")
        second = visit.page.inner_text("#said")
        assert "Enter opens." in first
        assert first != second
        visit.page.keyboard.press("Enter")
        assert second.split(",")[0] == visit.page.inner_text("#panel h2")


def test_the_list_of_claims_is_the_equal_of_the_picture(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.page.click("#open-claims")
        rows = visit.page.locator("#claims tbody tr")
        assert len(shipped_facts().claims) == rows.count()
        visit.page.keyboard.type("russia denied intended")
        shown = [row.inner_text() for row in rows.all() if row.is_visible()]
        assert 2 == len(shown)
        visit.page.locator("#claims tbody tr:visible a.sentence").first.press("Enter")
        assert "does not intend to give" in visit.panel


def test_the_legend_switches_lines_off(browser: Browser, file: str) -> None:
    hidden = "Object.values(kgNetwork.body.edges).filter((line) => line.options.hidden).length"
    with Visit(browser, file) as visit:
        assert 0 == visit.page.evaluate(hidden)
        visit.page.get_by_label("denied").uncheck()
        assert 0 < visit.page.evaluate(hidden)
        visit.page.get_by_label("denied").check()
        assert 0 == visit.page.evaluate(hidden)


def test_colours_follow_the_system_and_the_button_and_print_is_light(
    browser: Browser, file: str
) -> None:
    is_dark = "document.documentElement.classList.contains('dark')"
    with Visit(browser, file, color_scheme="dark") as visit:
        assert visit.page.evaluate(is_dark)
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert not visit.page.evaluate(is_dark)
        visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert visit.page.evaluate(is_dark)
        visit.page.click("#theme")
        assert not visit.page.evaluate(is_dark)


def test_a_phone_gets_a_sheet_and_nothing_sticks_out(browser: Browser, file: str) -> None:
    size = {"width": 390, "height": 844}
    with Visit(browser, f"{file}#n=venezuela", viewport=size, has_touch=True) as visit:
        box = visit.page.locator("#panel").bounding_box()
        assert box is not None
        assert (0, 390) == (box["x"], box["width"])
        assert box["y"] > 300
        assert 390 == visit.page.evaluate("document.documentElement.scrollWidth")


NASTY = [
    "<img src=x onerror=window.hacked=1>",
    "</script><script>window.hacked=1</script>",
    "<!--<script>window.hacked=1//-->",
    "line\u2028separator\u2029here",
    "{{7*7}}${7*7}",
    "\u202edesrever\u202c \u2066isolated",
    "very long " * 60,
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 emoji",
    "javascript:window.hacked=1",
    "<a href=https://example.org>href</a>",
    "constructor",
    "__proto__",
]


def quoted(text: str) -> str:
    """The text as a YAML scalar that keeps every character."""
    plain = json.dumps(text, ensure_ascii=False)
    return plain.replace("\u2028", "\\L").replace("\u2029", "\\P")


def nasty_facts() -> FactSet:
    named = "\n".join(f"  e{i}: {{type: State, name: {quoted(n)}}}" for i, n in enumerate(NASTY))
    facts = "\n".join(
        f"  - {{id: f{i}, subject: e{i}, relation: backs, object: e{(i + 1) % len(NASTY)}, "
        f"degree: {quoted(n)}, manner: {quoted(n)}, note: {quoted(n)}, "
        f"said_by: [{{by: e{i}, verb: {quoted(n)}}}]}}"
        for i, n in enumerate(NASTY)
    )
    return sound_facts(
        "sources:\n"
        f"  s: {{type: NewsArticle, title: {quoted(NASTY[1])}, published: 2025-12-02}}\n"
        f"entities:\n{named}\n  constructor: {{type: State, name: A name of JavaScript}}\n"
        f"defaults: {{source: s}}\nfacts:\n{facts}\n"
        "  - {id: own, subject: constructor, relation: backs, object: e0}\n",
        profile=f"title: {quoted(NASTY[0])}\nbase: https://example.org/test/\n",
    )


def test_hostile_names_run_nothing(browser: Browser, tmp_path: Path) -> None:
    file = write(nasty_facts(), tmp_path)
    with Visit(browser, file) as visit:
        for i, name in enumerate(NASTY):
            visit.page.evaluate(f"location.hash = '#n=e{i}'")
            visit.page.wait_for_function(f"location.hash === '#n=e{i}'")
            expected = " ".join(name.split())
            shown = " ".join(visit.page.locator("#panel h2").text_content().split())  # type: ignore[union-attr]
            assert expected == shown
        visit.page.evaluate("location.hash = '#n=constructor'")
        visit.page.wait_for_function("document.querySelector('#panel h2').textContent[0] === 'A'")
        visit.page.fill("#find", "on")
        visit.page.click("#open-claims")
        assert None is visit.page.evaluate("window.hacked ?? null")
        assert 0 == visit.page.locator("img").count()
        assert [file] == visit.asked
        assert [] == visit.complaints
        assert NASTY[0] == visit.page.title()
