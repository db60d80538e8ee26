"""A page of kg as people meet it: opened from disk, by mouse and by keys, in some windows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from kg.lens import Lens
from kg.model.facts import FactSet
from kg.scene import look
from kg.view.dossier import render
from tests.browser import wait_for_picture

LAPTOP, PHONE, SMALL_PHONE, PHONE_ON_ITS_SIDE = (
    {"width": 1366, "height": 768},
    {"width": 390, "height": 844},
    {"width": 360, "height": 640},
    {"width": 844, "height": 390},
)


def write(facts: FactSet, folder: Path) -> str:
    path = folder / "graph.html"
    path.write_bytes(render(look(facts, Lens())))
    return path.as_uri()


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


#: Where the shape of a thing is drawn, in pixels of the canvas.
SHAPE = """
    window.shapeOf = (thing) => {
        const { left, top, right, bottom } = kgNetwork.getBoundingBox(thing);
        const [first, last] = [[left, top], [right, bottom]].map(
            ([x, y]) => kgNetwork.canvasToDOM({ x, y }));
        return [first.x, first.y, last.x, last.y];
    };
"""


class Visit:
    """One opened page, with all that it asked for and complained about."""

    def __init__(self, browser: Browser, address: str, script: str = "", **options: Any) -> None:
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
        self.page.add_init_script(SHAPE + script)
        self.page.goto(address)
        wait_for_picture(self.page)

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    @property
    def panel(self) -> str:
        panel = self.page.locator("#panel")
        return panel.inner_text() if panel.is_visible() else ""

    def click_line_of(self, claim: str) -> None:
        self.click_line(
            self.page.evaluate(
                """(claim) => JSON.parse(document.getElementById("lines").textContent)
                    .find((line) => line.claims.includes(claim)).id""",
                claim,
            )
        )

    def click_line(self, line: str) -> None:
        """Clicks a line where nothing else is near, at one of its quarters."""
        x, y = self.page.evaluate(
            """(id) => {
                const area = document.getElementById("canvas").getBoundingClientRect();
                for (const share of [0.5, 0.4, 0.6, 0.3, 0.7]) {
                    const spot = kgNetwork.body.edges[id].edgeType.getPoint(share);
                    const at = kgNetwork.canvasToDOM(spot);
                    if (kgNetwork.getEdgeAt(at) === id && !kgNetwork.getNodeAt(at))
                        return [area.left + at.x, area.top + at.y];
                }
                throw new Error("the line lies under others");
            }""",
            line,
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


def save(visit: Visit, folder: Path) -> list[dict[str, str]]:
    with visit.page.expect_download() as saved:
        visit.page.click("#save-csv")
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    return records(path)
