"""The documentation holds: everything is in it, what is generated is current, examples run.

Examples are `console` blocks: a line that begins with `$ ` is run, with those after it that begin
with `> `; the other lines are what it prints at 80 columns. A line `…` stands for any lines, and …
within a line for anything. A block of YAML, SPARQL, Python or CSV whose first line is a comment
with a path is written to that file, or after its end. `--update-golden` puts in what is printed
now, where it is given without any `…`.
"""

from __future__ import annotations

import doctest
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import click
import pytest

import kg
from kg.check import CODES
from kg.cli.main import cli
from kg.lens import DIALS
from kg.model.facts import LIKELIHOODS, Basis, Modality, Polarity
from kg.reading import keys
from kg.workspace.questions import query_names
from tests.conftest import ROOT, shipped_facts

DOCS = ROOT / "docs"
HOW_TO = sorted((DOCS / "how-to").glob("*.md"))
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / ".github").glob("*.md"), *DOCS.rglob("*.md"))
    if path.parent != DOCS / "diagnostics"  # these have their own test
)
WITH_PYTHON = [path for path in PAGES if "\n>>> " in path.read_text(encoding="utf-8")]
WITH_EXAMPLES = [path for path in PAGES if "```console" in path.read_text(encoding="utf-8")]

#: What the examples of a page may find: the repository without what was built from it.
WORKSPACE = ("kg.yaml", "facts", "ontology", "queries", "docs", "examples", "output/README.md")

#: What stands in an example and is not run: it needs the network, or takes minutes.
NOT_RUN = ("make", "sudo", "pip", "python3", ".")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# -- everything is in it ------------------------------------------------------------------------


@pytest.mark.parametrize("command", sorted({*cli.commands} - {"lsp"}))  # which editors run
def test_every_command_is_shown_at_work(command: str) -> None:
    shown = [step for path in WITH_EXAMPLES for step in commands_of(text_of(path))]
    assert [] != [each for each in shown if re.match(rf"kg (-\S+ )*{command}\b", each)]


def test_every_command_and_option_is_in_the_reference() -> None:
    page = text_of(DOCS / "reference" / "commands.md")
    options = [o for c in every_command().values() for o in c.params]
    names = {name for o in options if isinstance(o, click.Option) for name in o.opts}
    assert len(names) > 20
    assert [] == sorted(name for name in names if not re.search(rf"{name}(?![\w-])", page))
    assert [] == [name for name in every_command() if f"\n## kg {name}\n" not in page and name]


def every_command() -> dict[str, click.Command]:
    """The commands by name, with those of groups: `add fact`; that of no name is `kg` itself."""
    found: dict[str, click.Command] = {"": cli, **cli.commands}
    for name, command in cli.commands.items():
        if isinstance(command, click.Group):
            context = click.Context(command)
            for own in command.list_commands(context):
                below = command.get_command(context, own)
                assert below is not None
                found[f"{name} {own}"] = below
    return found


def test_every_diagnostic_is_documented() -> None:
    page = text_of(DOCS / "reference" / "diagnostics.md")
    assert sorted(CODES) == sorted(re.findall(r"\[`([a-z0-9-]+)`\]", page))
    assert [] == [code for code in CODES if not (DOCS / "diagnostics" / f"{code}.md").is_file()]


def test_every_named_query_is_documented() -> None:
    headings = re.findall(r"^## ([a-z-]+)$", text_of(DOCS / "reference" / "queries.md"), re.M)
    assert list(query_names([ROOT / "queries"])) == headings


@pytest.mark.parametrize("page", ["how-to/see-through-a-lens.md", "reference/fact-format.md"])
def test_every_dial_is_documented(page: str) -> None:
    text = text_of(DOCS / page)
    assert [] == [dial for dial in DIALS if f"`{dial}`" not in text]


def test_every_word_of_a_claim_is_explained_to_those_who_write_claims() -> None:
    text = text_of(DOCS / "how-to" / "write-facts.md")
    words = [*Polarity, *Modality, *Basis, *keys.FACT.by_name]
    assert [] == [word for word in words if f"`{word}`" not in text]
    assert [] == [term for term in LIKELIHOODS if f"`{term}`" not in format_page()]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_only_commands_that_exist_are_spoken_of(path: Path) -> None:
    spoken_of = set(re.findall(r"`kg ([a-z]+)[` ]", text_of(path)))
    assert set() == spoken_of - set(cli.commands)


def test_numbers_of_the_shipped_workspace_are_right() -> None:
    claims = len(shipped_facts().claims)
    pages = ["README.md", "CHANGELOG.md", "docs/explanation/evidence-without-copying.md"]
    assert [] == [page for page in pages if f"{claims} claims" not in text_of(ROOT / page)]


def test_every_floor_is_explained() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    floors = [floor for layer in layers for floor in layer.split(" | ")]
    page = text_of(DOCS / "explanation" / "architecture.md")
    assert [] == [floor for floor in floors if not re.search(rf"`{floor}(\.py)?`", page)]


def format_page() -> str:
    return text_of(DOCS / "reference" / "fact-format.md")


def test_the_changelog_has_this_version() -> None:
    assert f"\n## {kg.__version__}" in text_of(ROOT / "CHANGELOG.md")


# -- what is generated is current ---------------------------------------------------------------


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current() -> None:
    expected: Mapping[str, str] = generator().pages()
    found = {path.name: text_of(path) for path in (DOCS / "reference").glob("*.md")}
    assert sorted(expected) == sorted(found)
    stale = [name for name in expected if expected[name] != found[name]]
    assert [] == stale, "run 'make docs'"


# -- links --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    broken = [link for link in links_of(text_of(path)) if not resolves(link, path)]
    assert [] == broken


def test_every_page_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    to_read = [ROOT / "README.md"]
    while to_read:
        page = to_read.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        to_read += [(page.parent / link.partition("#")[0]).resolve() for link in local_links(page)]
    assert [] == sorted(named(path) for path in {*PAGES} - reached)


def links_of(text: str) -> Iterator[str]:
    prose = re.sub(r"```.*?```", "", text, flags=re.S)
    yield from re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", prose)
    yield from re.findall(r'(?:src|srcset|href)="([^"]+)"', prose)


def local_links(page: Path) -> list[str]:
    return [link for link in links_of(text_of(page)) if not link.startswith("http")]


def resolves(link: str, page: Path) -> bool:
    if link.startswith("http"):
        return True
    file, _, anchor = link.partition("#")
    target = (page.parent / file).resolve() if file else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in anchors_of(text_of(target))


def anchors_of(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


# -- examples -----------------------------------------------------------------------------------


@dataclass
class Command:
    """A command of an example with the lines that it is said to print."""

    line: int  #: where what it prints begins, from 0
    text: str
    shown: list[str]

    @property
    def is_run(self) -> bool:
        return self.text.split()[0] not in NOT_RUN


@dataclass
class File:
    """A file that the reader is to write."""

    path: str
    is_longer: bool  #: the text goes after what is there
    text: str


Step = Command | File

_WRITTEN = re.compile(r"# (at the end of )?(\S+\.(?:yaml|rq|py|txt|csv))")


def steps_of(page: str) -> Iterator[Step]:
    lines = page.split("\n")
    start: int | None = None
    for number, line in enumerate(lines):
        if start is None and line.startswith("```"):
            start = number
        elif start is not None and line == "```":
            yield from _steps_of_block(lines[start][3:], lines, start + 1, number)
            start = None
    assert start is None, f"the block of line {start} never ends"


def _steps_of_block(language: str, lines: list[str], start: int, end: int) -> Iterator[Step]:
    if language == "console":
        yield from _commands_of_block(lines, start, end)
        return
    written = _WRITTEN.fullmatch(lines[start]) if start < end else None
    if written and language in ("text", "csv"):
        start += 1  # these have no comments: the name is not part of it
    if written:
        yield File(written[2], written[1] is not None, "\n".join(lines[start:end]))


def _commands_of_block(lines: list[str], start: int, end: int) -> Iterator[Step]:
    command: Command | None = None
    for number in range(start, end):
        if lines[number].startswith("$ "):
            if command is not None:
                yield command
            command = Command(number + 1, lines[number][2:], [])
        elif lines[number].startswith("> ") and command is not None and not command.shown:
            command = Command(number + 1, f"{command.text}\n{lines[number][2:]}", [])
        else:
            assert command is not None, f"line {number + 1} is printed by no command"
            command.shown.append(lines[number])
    if command is not None:
        yield command


def commands_of(page: str) -> list[str]:
    return [step.text for step in steps_of(page) if isinstance(step, Command)]


def script_of(steps: list[Step]) -> str:
    """All steps as one script, so that a change of folder lasts; each command's end is marked."""
    parts = ["exec 2>&1"]
    for number, step in enumerate(steps):
        if isinstance(step, File):
            mark = ">>" if step.is_longer else ">"
            parts.append(f"mkdir -p \"$(dirname '{step.path}')\"")
            parts.append(f"cat {mark} '{step.path}' <<'END OF FILE'\n{step.text}\nEND OF FILE")
        elif step.is_run:
            parts.append(f"{step.text}\nprintf '\\001%d %d\\002' {number} $?")
    return "\n".join(parts) + "\n"


def run_steps(steps: list[Step], folder: Path) -> dict[int, tuple[str, int]]:
    """What each command printed, and its exit code, by its number."""
    for name in WORKSPACE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(source, folder / name)
    bin_folder = Path(sys.executable).parent
    environment = {
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "80",
    }
    run = subprocess.run(
        ["bash", "-c", script_of(steps)],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    found = re.findall(r"(.*?)\x01(\d+) (\d+)\x02", run.stdout.decode(), re.S)
    return {int(number): (printed, int(code)) for printed, number, code in found}


def printed_lines(printed: str) -> list[str]:
    return [line.rstrip() for line in printed.rstrip("\n").split("\n")] if printed else []


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether lines are those shown, where … stands for anything."""
    pattern = ""
    for line in shown:
        if line == "…":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += "[^\n]*?".join(re.escape(part) for part in line.rstrip().split("…")) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=named)
def test_examples_run_and_print_what_is_shown(
    path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    page = text_of(path)
    steps = list(steps_of(page))
    results = run_steps(steps, tmp_path)
    run = [step for step in steps if isinstance(step, Command) and step.is_run]
    assert len(run) == len(results), "a command ended the shell"
    wrong = []
    lines = page.split("\n")
    for number in sorted(results, reverse=True):  # from the end, so that line numbers stay right
        command, (printed, code) = steps[number], results[number]
        assert isinstance(command, Command)
        actual = printed_lines(printed.replace(str(tmp_path), "…"))
        fails = "error" in "".join(command.shown).lower() or "--- a/" in "".join(command.shown)
        if not (command.shown or fails):
            assert 0 == code, f"{command.text}: {printed}"
        elif not matches(command.shown, actual):
            wrong.append((command.text, command.shown, actual))
            lines[command.line : command.line + len(command.shown)] = actual
        else:
            assert fails or 0 == code, f"{command.text}: {printed}"
    if request.config.getoption("--update-golden") and not any(
        "…" in line for _, shown, _ in wrong for line in shown
    ):
        path.write_text("\n".join(lines), encoding="utf-8")
        wrong = []
    assert [] == wrong


def test_matching_knows_what_differs() -> None:
    assert matches(["a", "…", "d"], ["a", "b", "c", "d"])
    assert matches(["a", "…", "d"], ["a", "d"])
    assert matches(["open …/graph.html"], ["open /home/graph.html"])
    assert not matches(["a", "…", "d"], ["a", "b"])
    assert not matches(["a"], ["a", "b"])
    assert not matches(["open …/graph.html"], ["open graph.ttl"])


@pytest.mark.parametrize("page", WITH_PYTHON, ids=named)
def test_python_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_steps([], tmp_path)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", text_of(page), re.M | re.S)
    assert blocks
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, named(page), 0)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(examples, out=report.append)
    assert examples.examples
    assert [] == report
