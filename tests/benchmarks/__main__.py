"""`make bench`: each figure is a ratio to a baseline that ran in turn with it, in the same run."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import yaml

import kg
from kg.check import Texts, check
from kg.model.text import SourceText
from kg.rdf.dataset import to_dataset, to_rdflib
from tests.benchmarks import editor, faces, obvious, pages
from tests.benchmarks.corpus import write_workspace

Job = Callable[[], object]

_COMPILE = (
    "import gc, sys; gc.disable();"
    "import kg; from kg.rdf.dataset import to_dataset; from pathlib import Path;"
    "ws = kg.open(sys.argv[1]);"
    "Path(sys.argv[2]).write_bytes(to_dataset(ws.scene()).turtle())"
)


def main() -> None:
    """Runs every pair and prints a line for each."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--facts", type=int, default=10_000)
    arguments.add_argument("--only", default="", help="pairs whose title holds this, or: pages")
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "workspace"
        write_workspace(folder, given.facts)
        print(f"{given.facts} facts, {given.rounds} rounds; medians; baseline / kg")
        for title, ours, baseline in _pairs(folder, Path(name) / "out.ttl"):
            if given.only in title:
                _report(title, ours, baseline, given.rounds)
        if given.only in "pages":
            pages.report(folder, given.rounds)


def _pairs(folder: Path, out: Path) -> list[tuple[str, Job, Job]]:
    workspace = kg.open(folder)
    scene = workspace.scene()
    dataset = to_dataset(scene)
    graph = to_rdflib(dataset)
    facts = obvious.load(folder)
    python = sys.executable
    nothing = [python, "-c", "pass"]
    imports = "import click, yaml, rdflib, networkx, pyvis.network"
    return [
        (
            "compile, whole process: CSafeLoader + rdflib add + rdflib Turtle",
            lambda: _run([python, "-c", _COMPILE, str(folder), str(out)]),
            lambda: _run([python, "-m", "tests.benchmarks.obvious", str(folder), str(out)]),
        ),
        (
            "read and check: CSafeLoader load, which checks nothing",
            lambda: kg.open(folder).checked,
            lambda: obvious.load(folder),
        ),
        (
            "Turtle: rdflib serialize of the same triples",
            lambda: to_dataset(scene).turtle(),
            lambda: graph.serialize(format="turtle"),
        ),
        (
            "Turtle: rdflib add and serialize",
            lambda: to_dataset(scene).turtle(),
            lambda: obvious.graph_of(facts).serialize(format="turtle"),
        ),
        (
            "kg --help, whole process: the obvious imports at the top",
            lambda: _run([python, "-m", "kg", "--help"]),
            lambda: _run([python, "-c", imports]),
        ),
        (
            "kg --help, whole process: an empty Python",
            lambda: _run([python, "-m", "kg", "--help"]),
            lambda: _run(nothing),
        ),
        (
            "one edited file among a thousand: a check from scratch",
            *_edited(folder.parent / "many", len(workspace.facts.facts)),
        ),
        ("a lens over all claims: building the graph", workspace.scene, lambda: _built(folder)),
        *editor.pairs(folder),
        *faces.pairs(scene),
    ]  # fmt: skip


def _edited(folder: Path, facts: int) -> tuple[Job, Job]:
    """A check after another edit of one file, with what the last one found, and without it."""
    write_workspace(folder, facts, a_file=max(1, facts // 1000))
    texts = kg.open(folder).texts
    middle = texts.facts[len(texts.facts) // 2]
    turn = count()
    last = [check(texts)]

    def edited() -> Texts:
        words = f"edited for the {next(turn)}th time about the tie"
        data = middle.data.replace(b"what was read in the paper about the tie", words.encode(), 1)
        return texts.with_files({middle.path: SourceText(middle.path, data)})

    def again() -> None:
        last[0] = check(edited(), last[0])

    return again, lambda: check(edited())


def _built(folder: Path) -> bytes:
    return to_dataset(kg.open(folder).scene()).turtle()


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)


def _report(title: str, ours: Job, baseline: Job, rounds: int) -> None:
    own: list[float] = []
    other: list[float] = []
    for _ in range(rounds):
        own.append(_seconds(ours))
        other.append(_seconds(baseline))
    ratios = sorted(b / a for a, b in zip(own, other, strict=True))
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    print(
        f"{statistics.median(ratios):8.2f}x  ({spread})  {title}"
        f"  [{statistics.median(own):.3f} s against {statistics.median(other):.3f} s]",
        flush=True,
    )


def _seconds(job: Job) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    assert yaml.__with_libyaml__, "the baseline is the C parser"
    main()
