"""Small helpers that many tests share: workspaces in memory, findings in short, golden files."""

from __future__ import annotations

import gzip
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from kg.check import Checked, Texts, check
from kg.model.diagnostic import Diagnostic, Severity
from kg.model.facts import FactSet
from kg.model.text import SourceText, Span

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
WORKSPACES = Path(__file__).resolve().parent / "workspaces"

# The same examples in every run, and no clock: other work may keep the machine busy.
settings.register_profile(
    "kg",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kg")

PROFILE = "title: A test\nbase: https://example.org/test/\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what the golden files should hold"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with the golden file at a path, or writes it with `--update-golden`."""

    def compare(path: Path, actual: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is not there: run with --update-golden, then read it"
        assert path.read_text(encoding="utf-8") == actual

    return compare


# -- workspaces ---------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def core_texts() -> tuple[SourceText, ...]:
    """The core ontology."""
    return read_folder(ROOT, "ontology/*.yaml")


def read_folder(root: Path, pattern: str) -> tuple[SourceText, ...]:
    """The files below `root` that match, which must be some."""
    paths = sorted(root.glob(pattern))
    assert paths, f"nothing matches {pattern} in {root}"
    return tuple(SourceText(p.relative_to(root).as_posix(), p.read_bytes()) for p in paths)


@lru_cache(maxsize=1)
def shipped_texts() -> Texts:
    """The workspace of this repository."""
    profile = SourceText("kg.yaml", (ROOT / "kg.yaml").read_bytes())
    return Texts(profile, core_texts(), core_texts(), read_folder(ROOT, "facts/**/*.yaml"))


@lru_cache(maxsize=1)
def shipped_facts() -> FactSet:
    """The facts of this repository."""
    return check(shipped_texts()).facts


def folder_texts(root: Path) -> Texts:
    """A small workspace on disk that extends the core."""
    profile = SourceText("kg.yaml", (root / "kg.yaml").read_bytes())
    has_own = any((root / "ontology").glob("*.yaml"))
    own = read_folder(root, "ontology/*.yaml") if has_own else ()
    return Texts(profile, core_texts(), own, read_folder(root, "facts/**/*.yaml"))


def text(path: str, content: str) -> SourceText:
    """A file with dedented content."""
    return SourceText(path, dedent(content).lstrip("\n").encode())


def texts(
    facts: str | Mapping[str, str] = "",
    ontology: str = "",
    profile: str = PROFILE,
    core: Iterable[SourceText] | None = None,
) -> Texts:
    """A workspace from texts that stand in the test; `facts` is one file, or several by name."""
    files = {"facts.yaml": facts} if isinstance(facts, str) else facts
    return Texts(
        profile=text("kg.yaml", profile),
        core=core_texts() if core is None else tuple(core),
        ontology=(text("ontology/own.yaml", ontology),) if ontology else (),
        facts=tuple(text(f"facts/{name}", content) for name, content in files.items()),
    )


def check_all(
    facts: str | Mapping[str, str] = "", ontology: str = "", profile: str = PROFILE
) -> Checked:
    """All that `kg check` says of a workspace that stands in the test."""
    return check(texts(facts, ontology, profile))


def sound_facts(facts: str, ontology: str = "", profile: str = PROFILE) -> FactSet:
    """The facts of a workspace that stands in the test and has no errors."""
    checked = check_all(facts, ontology, profile)
    assert [] == [brief(d) for d in checked.diagnostics if d.severity is Severity.ERROR]
    return checked.facts


# -- findings -----------------------------------------------------------------------------------


def brief(diagnostic: Diagnostic) -> str:
    """A finding on one line: `facts/a.yaml:3:5 bad-id: 'X' cannot be an id`."""
    return f"{diagnostic.span} {diagnostic.code.name}: {diagnostic.message}"


def errors(checked: Checked) -> list[str]:
    """The errors, each on one line."""
    return [brief(d) for d in checked.diagnostics if d.severity is Severity.ERROR]


def code_names(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """The codes of some findings, in order."""
    return [diagnostic.code.name for diagnostic in diagnostics]


def slice_of(content: SourceText, span: Span) -> str:
    """The text that a span covers."""
    lines = content.data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    first = lines[span.line - 1][span.column - 1 :]
    between = lines[span.line : span.end_line - 1]
    last = lines[span.end_line - 1][: span.end_column - 1] if span.end_line <= len(lines) else ""
    return "\n".join([first, *between, last])


# -- pages ----------------------------------------------------------------------------------------


def unpacked(page: str) -> str:
    """A page with all that stands packed in it as text, to be looked through."""
    packed = re.compile(r'(<script type="text/plain" id="\w+">)(.*?)(?=</script>)', re.DOTALL)
    return packed.sub(
        lambda found: found[1] + gzip.decompress(b64decode(found[2])).decode(errors="replace"),
        page,
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one file."""
    from tests.browser import chromium

    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the shipped facts, as an address."""
    from tests.pages import write

    return write(shipped_facts(), tmp_path_factory.mktemp("dossier"))
