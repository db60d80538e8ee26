"""Headless Firefox, spoken to in WebDriver BiDi: Playwright drives a Firefox of its own alone."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

_SECONDS = 30.0  #: no command and no condition takes longer


class Tab:
    """One tab, with all that it asked for and complained about."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._number = 0
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self._call("session.new", capabilities={})
        (context,) = self._call("browsingContext.getTree")["contexts"]
        self._context = context["context"]
        events = ["log.entryAdded", "network.beforeRequestSent"]
        self._call("session.subscribe", events=events)

    def open(self, address: str, width: int = 1366, height: int = 768) -> None:
        """Opens a page in a window of some size, anew even if only its hash differs."""
        viewport = {"width": width, "height": height}
        self._call("browsingContext.setViewport", context=self._context, viewport=viewport)
        for url in ("about:blank", address):
            self._call("browsingContext.navigate", context=self._context, url=url, wait="complete")
        self.asked = [url for url in self.asked if url != "about:blank"]

    def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript, once it is there, as JSON holds it."""
        answer = self._call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression}) ?? null))()",
            target={"context": self._context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def wait_for(self, expression: str) -> Any:
        """The value of an expression as soon as it is truthy."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            value = self.evaluate(expression)
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(f"it never holds: {expression}")

    def click(self, selector: str) -> None:
        """Clicks the middle of the first element that is seen."""
        x, y = self.evaluate(
            f"(() => {{ const box = document.querySelector({json.dumps(selector)})"
            ".getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        self.click_at(x, y)

    def click_at(self, x: float, y: float) -> None:
        where = {"type": "pointerMove", "x": round(x), "y": round(y)}
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._perform({"type": "pointer", "id": "mouse", "actions": [where, *press]})

    def type(self, text: str) -> None:
        """Presses the keys of a text, one after the other."""
        pressed = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keys", "actions": pressed})

    def screenshot(self) -> bytes:
        """What is seen, as PNG."""
        shot = self._call("browsingContext.captureScreenshot", context=self._context)
        return base64.b64decode(shot["data"])

    def _perform(self, source: dict[str, Any]) -> None:
        self._call("input.performActions", context=self._context, actions=[source])

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        self._connection.send(json.dumps(message))
        while True:
            answer = json.loads(self._connection.recv(_SECONDS))
            if answer["type"] == "event":
                self._note(answer["method"], answer["params"])
            elif answer["id"] == self._number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _note(self, event: str, said: dict[str, Any]) -> None:
        if event == "log.entryAdded":
            self.complaints.append(said["text"])
        else:
            self.asked.append(said["request"]["url"])


@contextmanager
def firefox() -> Iterator[Tab]:
    """A browser that runs meanwhile: the one that $KG_FIREFOX names, else the system's.

    Raises:
        FileNotFoundError: if there is none.
    """
    path = os.environ.get("KG_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        raise FileNotFoundError(
            "no Firefox is installed: apt-get install firefox-esr, or set KG_FIREFOX"
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        said = Path(folder, "said.txt")
        with said.open("wb") as output:
            running = subprocess.Popen(
                [path, "--headless", "--no-remote", "--profile", folder,
                 "--remote-debugging-port=0", "about:blank"],
                stdout=output, stderr=output, env={**os.environ, "HOME": folder},
            )  # fmt: skip
        try:
            with connect(f"{_address(running, said)}/session", max_size=None) as connection:
                yield Tab(connection)
        finally:
            running.terminate()
            running.wait(_SECONDS)


def _address(running: subprocess.Popen[bytes], said: Path) -> str:
    """Where it listens, as soon as it says so."""
    end = time.monotonic() + 2 * _SECONDS
    while time.monotonic() < end and running.poll() is None:
        found = re.search(r"WebDriver BiDi listening on (ws://\S+)", said.read_text("utf-8"))
        if found:
            return found[1]
        time.sleep(0.05)
    raise RuntimeError(f"Firefox does not listen: {said.read_text('utf-8')}")
