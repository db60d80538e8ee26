"""A real terminal for programs that ask: keys go in, and what its screen shows comes out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pexpect
import pyte

KG = ("-m", "kg")


class _Screen(pyte.HistoryScreen):
    """A screen that answers: programs ask a terminal where its cursor is, and wait for it."""

    child: Any = None

    def write_process_input(self, data: str) -> None:
        self.child.send(data)


class Terminal:
    """A program in a pseudo-terminal of a given size."""

    def __init__(
        self, program: list[str], folder: Path, columns: int, rows: int, **more: str
    ) -> None:
        self.screen = _Screen(columns, rows, history=1000)
        self.stream = pyte.ByteStream(self.screen)
        environment = {**os.environ, "TERM": "xterm", **more}
        environment.pop("COLUMNS", None)
        self.child: Any = pexpect.spawn(
            program[0], program[1:], cwd=str(folder), env=environment, dimensions=(rows, columns),
            timeout=20,
        )  # fmt: skip
        self.screen.child = self.child

    @property
    def shown(self) -> str:
        """All lines so far, those that have left the screen too."""
        above = [
            "".join(line[x].data for x in range(self.screen.columns)).rstrip()
            for line in self.screen.history.top
        ]
        return "\n".join([*above, *(line.rstrip() for line in self.screen.display)])

    def wait_for(self, text: str, times: int = 1) -> str:
        """What is shown as soon as the text is, so often."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            self.read()
            if self.shown.count(text) >= times:
                return self.shown
        raise AssertionError(f"'{text}' is not shown:\n{self.shown}")

    def read(self) -> None:
        try:
            self.stream.feed(self.child.read_nonblocking(65536, timeout=0.1))
        except (pexpect.TIMEOUT, pexpect.EOF):
            time.sleep(0.01)

    def type(self, line: str) -> None:
        """Types a line and Enter."""
        self.child.send(line + "\r")

    def answer(self, *answers: tuple[str, str]) -> None:
        """Types each answer as soon as its question is on the line of the cursor."""
        for question, answer in answers:
            end = time.monotonic() + 20
            while question not in self.screen.display[self.screen.cursor.y]:
                assert time.monotonic() < end, f"'{question}' is not asked:\n{self.shown}"
                self.read()
            self.type(answer)

    def end(self) -> int:
        """The exit code, once all is shown."""
        end = time.monotonic() + 20
        while self.child.isalive() and time.monotonic() < end:
            self.read()
        self.read()
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)


@contextmanager
def terminal(
    *arguments: str, folder: Path, columns: int = 80, rows: int = 40
) -> Iterator[Terminal]:
    """A run of `kg` that is ended at the latest with the test."""
    program = [sys.executable, *KG, *arguments]
    run = Terminal(program, folder, columns, rows, NO_COLOR="1")
    try:
        yield run
    finally:
        run.child.close(force=True)
