"""Headless Chromium, as tests, benchmarks and pictures start it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Frame, Page, sync_playwright

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def wait_for_picture(page: Page | Frame) -> None:
    """Waits until a page has its picture, if it is to have one.

    Asked from outside: the policy of a page lets nothing in it look again and again.
    """
    while not page.evaluate("!document.getElementById('canvas') || Boolean(window.kgNetwork)"):
        page.wait_for_timeout(10)  # milliseconds


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that runs meanwhile: the one that $KG_CHROMIUM names, else the system's.

    Raises:
        FileNotFoundError: if there is none.
    """
    path = (
        os.environ.get("KG_CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
    )
    if path is None:
        raise FileNotFoundError(
            "no Chromium is installed: apt-get install chromium, or set KG_CHROMIUM"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()
