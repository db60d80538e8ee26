"""Takes the pictures in docs/pictures/ from built pages: `make pictures`.

It is run as `python -m docs.pictures` and needs Chromium and the fonts of FONTS, so that pictures
differ only where pages do.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium, wait_for_picture

ROOT = Path(__file__).resolve().parent.parent
#: Debian's packages, and a family that each brings.
FONTS = {"fonts-liberation": "Liberation Serif", "fonts-dejavu-core": "DejaVu Sans"}
OUTPUT = ROOT / "output"
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
    if not (OUTPUT / "graph.html").is_file():
        sys.exit("there is no output/graph.html: make build")
    FOLDER.mkdir(exist_ok=True)
    take(OUTPUT, FOLDER)


def take(output: Path, folder: Path, schemes: Sequence[Scheme] = SCHEMES) -> None:
    """Takes every picture, of what was built in `output` and of `kg view`, into a folder.

    Raises:
        FileNotFoundError: if a font is missing.
    """
    _check_fonts()
    graph, report = (output / "graph.html").as_uri(), (output / "report.html").as_uri()
    with tempfile.TemporaryDirectory() as pages, chromium() as browser:
        answer = Path(pages, "answer.html")
        _run("query", "denied-support", "--format", "html", "--output", str(answer))
        views = {name: _viewed(Path(pages, f"{name}.html"), name) for name in VIEWS}
        for scheme in schemes:
            for name, window, address in (
                ("graph", LAPTOP, f"{graph}{CLAIM}"),
                ("phone", PHONE, f"{graph}{CLAIM}"),
                ("otherwise", LAPTOP, f"{graph}#as-of=2014"),
                ("filtered", LAPTOP, f"{graph}#off=polarity:affirmed"),
                ("answer", LAPTOP, answer.as_uri()),
                *(
                    (name, LAPTOP, page.as_uri() + ASKED.get(name, ""))
                    for name, page in views.items()
                ),
                ("report", LAPTOP, report),
                ("report-phone", PHONE, f"{report}#pictures"),
            ):
                with _opened(browser, address, window, scheme) as page:
                    _keep(page, folder / f"{name}-{scheme}.png")
            with _opened(browser, graph, LAPTOP, scheme) as page:
                page.click("#open-claims")
                for table in ("Lines", "Matrix", "Over time"):
                    page.get_by_role("button", name=table).click()
                    name = table.lower().replace(" ", "-")
                    _keep(page, folder / f"{name}-{scheme}.png")
        with _opened(browser, graph, LAPTOP, "light") as page:
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
            page.wait_for_timeout(WHILE)
            page.emulate_media(media="print")
            page.set_viewport_size({"width": PAPER.width, "height": PAPER.height})
            _keep(page, folder / "print.png")


def _check_fonts() -> None:
    listed = ["fc-list", ":", "family"]
    known = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
    missing = [package for package, family in FONTS.items() if family not in known]
    if missing:
        raise FileNotFoundError(f"fonts are missing: apt-get install {' '.join(missing)}")


def _viewed(page: Path, name: str) -> Path:
    workspace, options = VIEWS[name]
    _run("view", *options.split(), "--output", str(page), workspace=ROOT / workspace)
    return page


def _run(*command: str, workspace: Path = ROOT) -> None:
    command = ("-q", "-C", str(workspace), *command)
    subprocess.run([sys.executable, "-m", "kg", *command], check=True)


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
    wait_for_picture(page)
    for status in page.locator("#ask-status").all():
        expect(status).not_to_contain_text("…")
    page.wait_for_timeout(WHILE)
    yield page
    context.close()


def _keep(page: Page, path: Path) -> None:
    """A picture of 256 colours, a third of the size; those of small marks must be among them."""
    page.wait_for_timeout(WHILE)
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = taken.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    main()
