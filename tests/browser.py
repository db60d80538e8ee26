"""Headless Chromium, as tests, benchmarks and pictures start it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
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


def faults(page: Page) -> list[str]:
    """What axe finds against a page, as the names of its rules, with where.

    The sizes of what is touched (WCAG 2.2, 2.5.8) it looks at only when asked. What is in order it
    need not list: that takes it more time than all the rules.
    """
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']} at {node['target']}" for each in found for node in each["nodes"]]


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
