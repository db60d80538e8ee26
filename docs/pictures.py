"""Takes the pictures in docs/pictures/ from built pages: `make pictures`.

It is run as `python -m docs.pictures` and needs Chromium.
"""

from __future__ import annotations

import base64
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page

from tests.browser import chromium

ROOT = Path(__file__).resolve().parent.parent
GRAPH = ROOT / "output" / "graph.html"
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


def main() -> None:
    """Takes every picture anew."""
    if not GRAPH.is_file():
        sys.exit("there is no output/graph.html: make build")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        answer = Path(folder, "answer.html")
        _draw_answer(answer)
        for scheme in SCHEMES:
            for name, window, address in (
                ("graph", LAPTOP, f"{GRAPH.as_uri()}{CLAIM}"),
                ("phone", PHONE, f"{GRAPH.as_uri()}{CLAIM}"),
                ("filtered", LAPTOP, f"{GRAPH.as_uri()}#off=polarity:affirmed"),
                ("answer", LAPTOP, answer.as_uri()),
            ):
                with _opened(browser, address, window, scheme) as page:
                    _keep(page, f"{name}-{scheme}.png")
            with _opened(browser, GRAPH.as_uri(), LAPTOP, scheme) as page:
                page.click("#open-claims")
                page.get_by_role("button", name="Ties").click()
                _keep(page, f"ties-{scheme}.png")
        with _opened(browser, GRAPH.as_uri(), LAPTOP, "light") as page:
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
            page.wait_for_timeout(WHILE)
            page.emulate_media(media="print")
            page.set_viewport_size({"width": PAPER.width, "height": PAPER.height})
            _keep(page, "print.png")


def _draw_answer(path: Path) -> None:
    command = ["query", "denied-support", "--format", "html", "--output", str(path)]
    subprocess.run([sys.executable, "-m", "kg", "-C", str(ROOT), *command], check=True)


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
    page.wait_for_timeout(WHILE)
    yield page
    context.close()


def _keep(page: Page, name: str) -> None:
    page.wait_for_timeout(WHILE)
    taken = page.screenshot()
    (FOLDER / name).write_bytes(_png(_pixels(page.context.new_page(), taken)))


# -- smaller files ------------------------------------------------------------------------------

_DECODE = """async (data) => {
  const image = new Image();
  image.src = "data:image/png;base64," + data;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const bytes = context.getImageData(0, 0, image.width, image.height).data;
  const parts = [];
  for (let at = 0; at < bytes.length; at += 32768)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 32768)));
  return btoa(parts.join(""));
}"""


def _pixels(page: Page, taken: bytes) -> NDArray[np.uint8]:
    """The colours of a PNG, row by row; the browser knows how to read it."""
    width, height = struct.unpack(">II", taken[16:24])
    encoded = page.evaluate(_DECODE, base64.b64encode(taken).decode())
    page.close()
    values = np.frombuffer(base64.b64decode(encoded), dtype=np.uint8)
    return values.reshape(height, width, 4)[:, :, :3]


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """The picture as a PNG of at most 256 colours: a third of the size, the same to the eye."""
    height, width, _ = pixels.shape
    colors, inverse, counts = np.unique(
        pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    palette = _palette(colors[np.argsort(-counts, kind="stable")].astype(np.int32))
    nearest = np.array([_distances(palette, color).argmin() for color in colors.astype(np.int32)])
    indices = nearest[inverse.reshape(height, width)].astype(np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in indices)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", header),
            (b"PLTE", palette.astype(np.uint8).tobytes()),
            (b"IDAT", zlib.compress(rows, 9)),
            (b"IEND", b""),
        )
    )


def _palette(colors: NDArray[np.int32]) -> NDArray[np.int32]:
    """Of colours, the most frequent first, those that stand for all within the least distance."""
    for least in range(0, 442, 2):
        chosen = colors[:1]
        for color in colors[1:]:
            if _distances(chosen, color).min() > least**2:
                chosen = np.vstack([chosen, color])
            if len(chosen) > 256:
                break
        else:
            return chosen
    raise AssertionError("black and white are enough at the greatest distance")


def _distances(palette: NDArray[np.int32], color: NDArray[np.int32]) -> Any:
    return ((palette - color) ** 2).sum(axis=1)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


if __name__ == "__main__":
    main()
