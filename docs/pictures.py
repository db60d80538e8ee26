"""Takes the pictures in docs/pictures/ from the built `output/graph.html`: `make pictures`.

It is run as `python -m docs.pictures` and needs Chromium.
"""

from __future__ import annotations

import base64
import struct
import sys
import zlib
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page

from tests.browser import chromium

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "output" / "graph.html"
FOLDER = ROOT / "docs" / "pictures"

#: The claim whose line is opened: what China is said to have ruled out.
CLAIM = "no-extensive-military-support--china"


class Shot(NamedTuple):
    """One picture: its file, the window in pixels, and the colours."""

    file: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


SHOTS = (
    Shot("graph-light.png", 1366, 768, "light"),
    Shot("graph-dark.png", 1366, 768, "dark"),
    Shot("phone-light.png", 390, 844, "light"),
    Shot("phone-dark.png", 390, 844, "dark"),
)


def main() -> None:
    """Takes every picture anew."""
    if not PAGE.is_file():
        sys.exit("there is no output/graph.html: make build")
    FOLDER.mkdir(exist_ok=True)
    with chromium() as browser:
        for shot in SHOTS:
            (FOLDER / shot.file).write_bytes(_take(browser, shot))


def _take(browser: Browser, shot: Shot) -> bytes:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{PAGE.as_uri()}#c={CLAIM}")
    page.wait_for_selector("#panel:visible")
    page.wait_for_timeout(500)  # milliseconds: the canvas is drawn after the panel has its room
    taken = page.screenshot()
    pixels = _pixels(browser.new_page(), taken, shot)
    context.close()
    return _png(pixels)


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


def _pixels(page: Page, taken: bytes, shot: Shot) -> NDArray[np.uint8]:
    """The colours of a PNG, row by row; the browser knows how to read it."""
    encoded = page.evaluate(_DECODE, base64.b64encode(taken).decode())
    page.close()
    values = np.frombuffer(base64.b64decode(encoded), dtype=np.uint8)
    return values.reshape(shot.height, shot.width, 4)[:, :, :3]


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
