"""The page as a reader meets it, in headless Chromium, beside what pyvis makes of the same lines.

pyvis is used the obvious way: its own template, its physics. That may take minutes to come to
rest, so it is waited for no longer than `PATIENCE`. Its pages ask two files of the network; nobody
answers.
"""

from __future__ import annotations

import gzip
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from playwright.sync_api import Browser, Page, Request, Route
from playwright.sync_api import TimeoutError as TooLate

import kg
from kg.scene import Scene
from kg.view import picture
from kg.view.dossier import render
from tests.benchmarks.corpus import write_workspace
from tests.browser import chromium
from tests.conftest import ROOT

PATIENCE = 30  # seconds
_DRAG = 1.5  # seconds


class Figure(NamedTuple):
    """What is measured of a page, and what is better."""

    name: str
    unit: str
    digits: int
    more_is_better: bool = False


FIGURES = {
    "size": Figure("file", "KB", 0),
    "packed": Figure("file, gzip", "KB", 0),
    "ready": Figure("readable", "s", 2),
    "blocked": Figure("main thread blocked till then", "s", 2),
    "sifted": Figure("hidden lines gone", "ms", 0),
    "turned": Figure("another day seen", "ms", 0),
    "path": Figure("a path seen", "ms", 0),
    "matrix": Figure("the matrix seen", "ms", 0),
    "frames": Figure("frames while dragging", "a second", 0, more_is_better=True),
    "requests": Figure("requests", "", 0),
}

#: The budgets of a page: at most that, of frames at least.
_SHIPPED = {
    "size": 450,
    "ready": 1,
    "blocked": 0.4,
    "sifted": 100,
    "turned": 150,
    "frames": 60,
    "requests": 0,
}
_LARGE = {"frames": 60, "requests": 0}
_IN_PARTS = {"size": 4_000, "ready": 2, "frames": 60, "requests": 0}

Figures = Mapping[str, float]


def report(folder: Path, rounds: int) -> None:
    """Measures the pages and prints their figures; `folder` is a large workspace."""
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        print(f"pages in Chromium {browser.version}: pyvis / kg, frames kg / pyvis")
        _compare(browser, "the shipped workspace", kg.open(ROOT).scene(), _SHIPPED, rounds)
        wide = Path(name) / "workspace"
        write_workspace(wide, 1_620, actors=600)
        with patch.object(picture, "MOST_THINGS", 1_000):
            _compare(browser, "all of a wide one", kg.open(wide).scene(), _LARGE, rounds)
        _compare(browser, "a large workspace", kg.open(folder).scene(), _LARGE, rounds)
        for actors, budgets in ((2_400, _IN_PARTS), (12_400, _LARGE)):
            made = Path(name) / f"of-{actors}"
            write_workspace(made, 4 * actors, actors=actors)
            _compare(browser, "one that opens part by part", kg.open(made).scene(), budgets, 1)


def _compare(
    browser: Browser, title: str, scene: Scene, budgets: Mapping[str, float], rounds: int
) -> None:
    drawn = picture.compose(scene)
    print(f"{title}: {len(drawn.nodes)} things, {len(drawn.lines)} lines", flush=True)
    own, other = render(scene), _pyvis(drawn, scene)
    ours: list[Figures] = []
    theirs: list[Figures] = []
    for _ in range(rounds):
        ours.append(_measure(browser, own))
        if not theirs or theirs[0]["ready"] < PATIENCE / 6:
            theirs.append(_measure(browser, other))
    for key, figure in FIGURES.items():
        print(_line(figure, _median(ours, key), _median(theirs, key), budgets.get(key)), flush=True)


def _line(figure: Figure, own: float | None, other: float | None, budget: float | None) -> str:
    less, more = (other, own) if figure.more_is_better else (own, other)
    ratio = f"{more / less:8.2f}x" if less and more else " " * 9
    words = f"{ratio}  {figure.name}  [{_told(figure, own)} against {_told(figure, other)}]"
    if budget is None:
        return words
    return f"{words}  budget {budget}: {'met' if _is_met(figure, own, budget) else 'over'}"


def _is_met(figure: Figure, own: float | None, budget: float) -> bool:
    if own is None:
        return False
    return round(own) >= budget if figure.more_is_better else own <= budget


def _told(figure: Figure, value: float | None) -> str:
    return "nothing" if value is None else f"{value:.{figure.digits}f} {figure.unit}".strip()


def _median(measured: list[Figures], key: str) -> float | None:
    """The middle of what was measured; nothing where a page was not waited for."""
    found = [figures[key] for figures in measured if key in figures]
    return statistics.median(found) if found else None


def _pyvis(drawn: picture.Picture, scene: Scene) -> bytes:
    """The same things and claims, by the first page of pyvis's documentation."""
    from pyvis.network import Network

    network: Any = Network(directed=True, cdn_resources="in_line")
    for node in drawn.nodes:
        network.add_node(node.thing, label=scene.facts.name(node.thing))
    for line in drawn.lines:
        for claim in line.claims:
            relation = scene.facts.claims[claim].relation
            network.add_edge(line.subject, line.object, title=relation)
    page: str = network.generate_html()
    return page.encode()


# -- one page -----------------------------------------------------------------------------------

#: Tells when the picture is drawn where it is to stay, and how long nothing else could happen.
_CLOCK = """
    window.clock = { ready: null, tasks: [] };
    new PerformanceObserver((list) => clock.tasks.push(...list.getEntries()))
        .observe({ type: "longtask", buffered: true });
    window.drawing = () => window.kgNetwork ?? window.network;
    (function look() {
        if (window.drawing()?.physics?.ready)
            requestAnimationFrame(() => setTimeout(() => {
                clock.ready = performance.now();
                console.info("drawn");
            }));
        else requestAnimationFrame(look);
    })();
"""

_BLOCKED = """clock.tasks.filter(({ startTime }) => startTime < clock.ready)
    .reduce((sum, { duration }) => sum + duration, 0)"""

#: Hides what is denied; pyvis knows of no denial, there each tenth edge goes.
_SIFT = """() => new Promise((done) => {
    const start = performance.now();
    const box = document.querySelector('input[data-value="denied"]');
    if (box) box.click();
    else edges.update(edges.get().map(({ id }, index) => ({ id, hidden: index % 10 === 0 })));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""

#: Moves the date to the first day on which something changes; pyvis knows of no days.
_TURN = """() => new Promise((done) => {
    const day = document.getElementById("day");
    if (!day) return done(null);
    const start = performance.now();
    day.value = 0;
    day.dispatchEvent(new Event("input"));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""

#: Asks for the paths between what is first and last in the picture; pyvis knows of no paths.
_FIND_PATH = """() => new Promise((done) => {
    const nodes = document.getElementById("nodes");
    if (!nodes) return done(null);
    const ids = JSON.parse(nodes.textContent).map(({ id }) => id);
    const start = performance.now();
    addEventListener("popstate", () =>
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))),
        { once: true });
    location.hash = `p=${ids[0]}:${ids.at(-1)}`;
})"""

#: Opens the tables at the matrix; pyvis has none.
_OPEN_MATRIX = """() => new Promise((done) => {
    const tab = document.querySelector('.tabs [data-sheet="matrix"]');
    if (!tab) return done(null);
    const start = performance.now();
    document.getElementById("open-claims").click();
    tab.click();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""

#: A place of the picture where a drag moves the picture and no thing of it.
_BLANK = """() => {
    const area = document.querySelector("canvas").getBoundingClientRect();
    const points = Array.from({ length: 400 }, (_, i) => ({
        x: area.width * (0.3 + (i % 20) / 50), y: area.height * (0.3 + Math.floor(i / 20) / 50) }));
    const { x, y } = points.find((at) => !drawing().getNodeAt(at)) ?? points[0];
    return [area.left + x, area.top + y];
}"""

_COUNT = """() => {
    window.frames_ = 0;
    (function count() { window.frames_ += 1; requestAnimationFrame(count); })();
}"""


def _measure(browser: Browser, page: bytes) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        path.write_bytes(page)
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        tab = context.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: _note(asked, request))
        tab.route("http*://**", _refuse)
        tab.add_init_script(_CLOCK)
        met = _met(tab, path.as_uri())
        context.close()
    return {
        "size": len(page) / 1000,
        "packed": len(gzip.compress(page)) / 1000,
        "requests": len(asked),
        **met,
    }


def _note(asked: list[str], request: Request) -> None:
    if not request.url.startswith(("file:", "data:", "blob:")):
        asked.append(request.url)


def _refuse(route: Route) -> None:
    route.abort()


def _met(tab: Page, address: str) -> Figures:
    """What a reader meets: the wait, then the picture that follows the hand."""
    try:
        with tab.expect_console_message(
            lambda message: message.text == "drawn", timeout=PATIENCE * 1000
        ):
            tab.goto(address, wait_until="commit")
    except TooLate:
        return {"ready": PATIENCE}
    tab.wait_for_timeout(300)  # milliseconds: the tasks are told of later
    ready, blocked = tab.evaluate("clock.ready") / 1000, tab.evaluate(_BLOCKED) / 1000
    frames = _dragged(tab)
    met = {
        "ready": ready,
        "blocked": blocked,
        "frames": frames,
        "sifted": tab.evaluate(_SIFT),
        "turned": tab.evaluate(_TURN),
        "path": tab.evaluate(_FIND_PATH),
        "matrix": tab.evaluate(_OPEN_MATRIX),
    }
    return {key: figure for key, figure in met.items() if figure is not None}


def _dragged(tab: Page) -> float:
    x, y = tab.evaluate(_BLANK)
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x + 10, y + 10)
    tab.evaluate(_COUNT)
    start = time.perf_counter()
    turn = 0
    while time.perf_counter() - start < _DRAG:
        turn += 1
        tab.mouse.move(x + 10 + turn % 120, y + 10 + turn % 60)
    frames = tab.evaluate("frames_")
    seconds = time.perf_counter() - start
    tab.mouse.up()
    return float(frames / seconds)
