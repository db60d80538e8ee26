"""What an editor asks at every letter, beside reading the file in which one types."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml

from kg.assist.completion import complete
from kg.assist.hover import hover
from kg.assist.inlays import inlays
from kg.lsp import answers
from kg.lsp.judging import judge

Job = Callable[[], object]

_SCREEN = 60


def pairs(folder: Path) -> list[tuple[str, Job, Job]]:
    """What is timed: a title, kg's answer and the obvious first step to one."""
    world = judge(folder, {}).world
    path = "facts/facts-00000.yaml"
    text = (folder / path).read_text(encoding="utf-8")
    lines = text.splitlines()
    row = next(i for i, line in enumerate(lines) if "subject:" in line)
    start = lines[row].index(":") + 2
    empty = [*lines[:row], lines[row][:start], *lines[row + 1 :]]

    def completed() -> None:
        found = complete(empty, path, row, start, world)
        answers.to_completion(found, row, empty[row], "", "utf-16")

    def read() -> None:
        yaml.load(text, yaml.CSafeLoader)

    return [
        (f"editor, completing a subject among {len(world.facts.entities)}:"
         " CSafeLoader load of the one file", completed, read),
        ("editor, hovering over an actor: CSafeLoader load of the one file",
         lambda: hover(lines, path, row, start + 1, world), read),
        ("editor, inlays of a screen: CSafeLoader load of the one file",
         lambda: list(inlays(lines, path, row, row + _SCREEN, world)), read),
    ]  # fmt: skip
