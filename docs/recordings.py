"""Records terminal sessions as pictures in docs/pictures/: `make pictures`.

It is run as `python -m docs.recordings`: real commands are typed and answered in a
pseudo-terminal, and what its screen shows is drawn by Chromium. The editor is Neovim, with
`kg lsp`.
"""

from __future__ import annotations

import html
import io
import os
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
STARTER = ROOT / "examples" / "starter"

Scheme = Literal["light", "dark"]
COLORS: dict[Scheme, dict[str, str]] = {
    "light": {
        "ground": "#ffffff", "default": "#24292f", "red": "#b3261e", "green": "#116329",
        "brown": "#7d4e00", "blue": "#0550ae", "magenta": "#8250df", "cyan": "#0b6a75",
        "black": "#6e7781", "white": "#57606a", "prompt": "#6e7781", "edge": "#d0d7de",
    },
    "dark": {
        "ground": "#0d1117", "default": "#e6edf3", "red": "#ff7b72", "green": "#7ee787",
        "brown": "#e3b341", "blue": "#79c0ff", "magenta": "#d2a8ff", "cyan": "#76e3ea",
        "black": "#8b949e", "white": "#c9d1d9", "prompt": "#8b949e", "edge": "#30363d",
    },
}  # fmt: skip
WHILE = 0.6  #: seconds in which a program has answered
START = 3.0  #: seconds in which it has started


class Recording:
    """A shell in a terminal, as a person would use it."""

    def __init__(self, folder: Path, columns: int, rows: int) -> None:
        scripts = str(Path(sys.executable).parent)
        self.run = Terminal(
            ["bash", "--norc", "--noprofile"], folder, columns, rows,
            PS1="$ ", PATH=f"{scripts}:{os.environ['PATH']}", TERM="xterm-256color",
            XDG_STATE_HOME=str(folder), XDG_CACHE_HOME=str(folder), LC_ALL="C.UTF-8",
        )  # fmt: skip
        self.run.wait_for("$")

    def settle(self, seconds: float = WHILE) -> None:
        """Reads until nothing more comes."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            before = self.run.shown
            self.run.read()
            if self.run.shown != before:
                end = time.monotonic() + seconds

    def command(self, line: str) -> None:
        """Types a line, and waits for what comes of it."""
        self.run.type(line)
        self.settle(START)

    def keys(self, *keys: str) -> None:
        """Types keys, and waits for what comes of each."""
        for key in keys:
            self.run.child.send(key)
            self.settle()


def main() -> None:
    """Records each session, and takes its picture in both schemes."""
    with chromium() as browser:
        for name, record in SESSIONS.items():
            for scheme in ("light", "dark"):
                with tempfile.TemporaryDirectory() as parent:
                    folder = Path(parent) / "mine"
                    shutil.copytree(STARTER, folder)
                    recording = record(folder, scheme)
                    _draw(browser, recording, f"{name}-{scheme}.png", scheme)
                    recording.run.child.close(force=True)


def _checking(folder: Path, scheme: str) -> Recording:
    (folder / "facts" / "leak.yaml").write_text(
        "facts:\n  - id: leak\n    subject: arvenian-oficial\n    relation: informs\n"
        "    object: harbour-times\n    source: harbour-times-2024-05-03\n    passage: P2\n"
        "    when: since March 2023\n",
        encoding="utf-8",
    )
    recording = Recording(folder, 92, 17)
    recording.command("kg check facts/leak.yaml")
    recording.command("kg check --fix --unsafe-fixes facts/leak.yaml")
    return recording


def _adding(folder: Path, scheme: str) -> Recording:
    recording = Recording(folder, 84, 18)
    recording.command("kg add fact")
    recording.keys("belmark", "\r", "givesMil", "\t", "\r", "arven")
    return recording


def _annotating(folder: Path, scheme: str) -> Recording:
    recording = Recording(folder, 84, 22)
    source = "harbour-times-2024-05-03"
    recording.command("clear")
    recording.command(f"kg annotate {source} --text texts/{source}.txt")
    recording.keys("P2\r", "a\r", "the two governments\r", "arvenia\r")
    return recording


_INIT = """\
vim.o.swapfile = false
vim.o.shortmess = "filnxtToOFI"
vim.o.laststatus = 0
vim.o.ruler = false
vim.o.completeopt = "menu,menuone,noselect"
vim.o.wrap = false
vim.o.hlsearch = false
vim.o.background = "SCHEME"
vim.cmd("syntax on")
vim.diagnostic.config({ update_in_insert = true, signs = false, virtual_text = { prefix = "■" } })
vim.lsp.start_client({
  name = "kg",
  cmd = { "kg", "lsp" },
  root_dir = vim.fn.getcwd(),
  on_init = function(client)
    vim.lsp.buf_attach_client(0, client.id)
    vim.bo.omnifunc = "v:lua.vim.lsp.omnifunc"
  end,
})
"""


def _editing(folder: Path, scheme: str) -> Recording:
    claims = folder / "facts" / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    slip = text.replace("    object: arvenia\n    modality", "    object: arvenai\n    modality")
    assert slip != text
    claims.write_text(slip, encoding="utf-8")
    lua = folder / "init.lua"
    lua.write_text(_INIT.replace("SCHEME", scheme), encoding="utf-8")
    recording = Recording(folder, 110, 22)
    command = ["nvim", "--clean", "-u", str(lua), "facts/claims.yaml"]
    recording.command(shlex.join(command))
    recording.settle(3)
    recording.keys(":set ft=yaml fo= noai inde= indk=\r")
    recording.settle(8)  # the server has read the workspace
    recording.keys("/# Cond\r", "O  - id: new\r", "    subject: belmark\r", "    relation: gi")
    recording.settle(2)
    recording.keys("\x18\x0f")
    recording.settle(2)
    return recording


SESSIONS: dict[str, Callable[[Path, str], Recording]] = {
    "checking": _checking,
    "adding": _adding,
    "annotating": _annotating,
    "editing": _editing,
}


def _draw(browser: Browser, recording: Recording, name: str, scheme: Scheme) -> None:
    """The screen as a picture: each cell a letter of one width."""
    colors, screen = COLORS[scheme], recording.run.screen
    rows = [_row(screen.buffer[y], screen.columns, colors) for y in range(screen.lines)]
    while rows and not rows[-1].strip():
        rows.pop()
    page = browser.new_page(device_scale_factor=2)
    page.set_content(
        f"<style>body{{margin:0;display:inline-block;background:{colors['ground']}}}"
        f"pre{{margin:0;padding:14px 18px;font:14px/1.35 'DejaVu Sans Mono',monospace;"
        f"color:{colors['default']};border:1px solid {colors['edge']}}}</style>"
        f"<pre>{chr(10).join(rows)}</pre>"
    )
    taken = Image.open(io.BytesIO(page.locator("pre").screenshot())).convert("RGB")
    few = taken.quantize(32, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(FOLDER / name, optimize=True)
    page.close()


def _row(cells: Any, columns: int, colors: dict[str, str]) -> str:
    """A line of the screen, each stretch of one look in an element of its own."""
    written = [cells[x] for x in range(columns) if cells[x].data.strip()]
    is_lined = len(written) > 40 and all(cell.underscore for cell in written)  # by no program
    parts: list[tuple[str, str]] = []
    for x in range(columns):
        cell = cells[x]
        front, back = _color(cell.fg, colors, "default"), _color(cell.bg, colors, "ground")
        if cell.reverse:
            front, back = back, front
        look = f"color:{front};background:{back};" + ("font-weight:bold;" if cell.bold else "")
        look += "text-decoration:underline;" if cell.underscore and not is_lined else ""
        if parts and parts[-1][0] == look:
            parts[-1] = look, parts[-1][1] + cell.data
        else:
            parts.append((look, cell.data))
    plain = f"color:{colors['default']};background:{colors['ground']};"
    if parts and parts[-1][0] == plain:
        parts[-1] = plain, parts[-1][1].rstrip()
    return "".join(
        html.escape(text) if look == plain else f'<span style="{look}">{html.escape(text)}</span>'
        for look, text in parts
        if text
    )


def _color(name: str, colors: dict[str, str], default: str) -> str:
    if name == "default":
        return colors[default]
    bright = name.removeprefix("bright")
    return colors.get(bright) or (f"#{name}" if len(name) == 6 else colors[default])


if __name__ == "__main__":
    main()
