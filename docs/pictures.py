"""Takes the pictures in docs/pictures/ from built pages: `make pictures`.

It is run as `python -m docs.pictures` and needs Chromium, with Debian's fonts-liberation.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium

ROOT = Path(__file__).resolve().parent.parent
GRAPH = ROOT / "output" / "graph.html"
REPORT = ROOT / "output" / "report.html"
FOLDER = ROOT / "docs" / "pictures"

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


class Window(NamedTuple):
    """What it is looked at through, in pixels."""

    width: int
    height: int


LAPTOP, PHONE, PAPER = Window(1366, 768), Window(390, 844), Window(794, 1123)

#: What China is said to have ruled out.
CLAIM = "#c=no-extensive-military-support--china"

#: Pages of `kg view`: the workspace, and what is asked of it.
VIEWS = {
    "change": (".", "--as-of 2021 --compare as-of=2025-12-02"),
    "what-if": (".", "--compare escalation --focus us-escalation --hops 1"),
    "without-anonymous": (".", "--compare without-anonymous"),
    "asking": (".", "--sparql"),
    "then-and-now": (
        "examples/nato-accession",
        "--as-of 2021 --compare both-in --focus swedish-government --hops 1",
    ),
}
#: What is asked of the page that can be asked.
ASKED = {"asking": "#q=backers:actor=venezuela"}


def main() -> None:
    """Takes every picture anew."""
    if not GRAPH.is_file():
        sys.exit("there is no output/graph.html: make build")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        answer = Path(folder, "answer.html")
        _run("query", "denied-support", "--format", "html", "--output", str(answer))
        views = {name: _viewed(Path(folder, f"{name}.html"), name) for name in VIEWS}
        for scheme in SCHEMES:
            for name, window, address in (
                ("graph", LAPTOP, f"{GRAPH.as_uri()}{CLAIM}"),
                ("phone", PHONE, f"{GRAPH.as_uri()}{CLAIM}"),
                ("otherwise", LAPTOP, f"{GRAPH.as_uri()}#as-of=2014"),
                ("filtered", LAPTOP, f"{GRAPH.as_uri()}#off=polarity:affirmed"),
                ("answer", LAPTOP, answer.as_uri()),
                *(
                    (name, LAPTOP, page.as_uri() + ASKED.get(name, ""))
                    for name, page in views.items()
                ),
                ("report", LAPTOP, REPORT.as_uri()),
                ("report-phone", PHONE, f"{REPORT.as_uri()}#pictures"),
            ):
                with _opened(browser, address, window, scheme) as page:
                    _keep(page, f"{name}-{scheme}.png")
            with _opened(browser, GRAPH.as_uri(), LAPTOP, scheme) as page:
                page.click("#open-claims")
                page.get_by_role("button", name="Lines").click()
                _keep(page, f"lines-{scheme}.png")
        with _opened(browser, GRAPH.as_uri(), LAPTOP, "light") as page:
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
            page.wait_for_timeout(WHILE)
            page.emulate_media(media="print")
            page.set_viewport_size({"width": PAPER.width, "height": PAPER.height})
            _keep(page, "print.png")


def _viewed(page: Path, name: str) -> Path:
    workspace, options = VIEWS[name]
    _run("view", *options.split(), "--output", str(page), workspace=ROOT / workspace)
    return page


def _run(*command: str, workspace: Path = ROOT) -> None:
    subprocess.run([sys.executable, "-m", "kg", "-C", str(workspace), *command], check=True)


WHILE = 500  # milliseconds: the canvas is drawn after everything around it has its room


@contextmanager
def _opened(browser: Browser, address: str, window: Window, scheme: Scheme) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": window.width, "height": window.height},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("!document.getElementById('canvas') || window.kgNetwork")
    for status in page.locator("#ask-status").all():
        expect(status).not_to_contain_text("…")
    page.wait_for_timeout(WHILE)
    yield page
    context.close()


def _keep(page: Page, name: str) -> None:
    """A picture of 256 colours, a third of the size; those of small marks must be among them."""
    page.wait_for_timeout(WHILE)
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = taken.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
