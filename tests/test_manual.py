"""The manual of diagnostics: every page is true, and every example on it is run."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kg import evidence
from kg.check import CODES, Checked, Texts, check
from kg.evidence import verify_texts
from kg.model.diagnostic import Code, Diagnostic, Severity, in_reading_order
from kg.model.text import SourceText
from kg.reading import sheet
from kg.render.diagnostics import to_text
from kg.sheet.columns import Wishes, read_columns
from kg.sheet.draft import draft
from kg.workspace.folder import open_workspace
from tests.conftest import ROOT, WORKSPACES, brief, code_names, folder_texts, read_folder

PAGES = ROOT / "docs" / "diagnostics"
GOLDEN = Path(__file__).resolve().parent / "rules"
MANUAL = WORKSPACES / "manual"

#: What cannot be shown as a YAML text; each has a test of its own below.
NOT_SHOWN = {"not-utf8", "unreadable-file", "clashing-names", *(code.name for code in sheet.CODES)}
SHOWN = sorted(set(CODES) - NOT_SHOWN)
WITH_TEXTS = {code.name for code in evidence.CODES}

#: A single declaration that nothing refers to is unused, which says nothing about the example.
ALLOWED = {"unused-entity"}


@dataclass(frozen=True)
class Page:
    heading: str
    summary: str
    words: str
    wrong: tuple[tuple[str, str], ...]  #: which file, and what it holds
    right: tuple[tuple[str, str], ...]


def read_page(name: str) -> Page:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    match = re.fullmatch(
        r"# (?P<heading>[^\n]+)\n> (?P<summary>[^\n]+)\n\n(?P<words>.+?)\n\n"
        r"## Wrong\n(?P<wrong>.+)\n## Right\n(?P<right>.+)\n",
        text,
        re.DOTALL,
    )
    assert match is not None, f"{name}.md is not laid out like the other pages"
    return Page(
        match["heading"],
        match["summary"],
        match["words"],
        examples(match["wrong"]),
        examples(match["right"]),
    )


def examples(section: str) -> tuple[tuple[str, str], ...]:
    return tuple(re.findall(r"```yaml (facts|ontology|profile)\n(.+?\n)```", section, re.DOTALL))


def laid_over(blocks: tuple[tuple[str, str], ...]) -> Texts:
    """The manual's workspace with the files of an example."""
    base = folder_texts(MANUAL)
    files: dict[str, list[SourceText]] = {"facts": [], "ontology": [], "profile": []}
    for kind, content in blocks:
        number = len(files[kind]) + 1
        name = "example.yaml" if number == 1 else f"example-{number}.yaml"
        path = "kg.yaml" if kind == "profile" else f"{kind}/{name}"
        files[kind].append(SourceText(path, content.encode()))
    return Texts(
        profile=files["profile"][0] if files["profile"] else base.profile,
        core=base.core,
        ontology=(*base.ontology, *files["ontology"]),
        facts=(*base.facts, *files["facts"]),
    )


def findings(texts: Texts, code: Code) -> tuple[Diagnostic, ...]:
    checked: Checked = check(texts)
    if code.name not in WITH_TEXTS:
        return checked.diagnostics
    read = read_folder(MANUAL, "texts/*.txt")
    return in_reading_order([*checked.diagnostics, *verify_texts(checked.facts, read)])


def shown(found: tuple[Diagnostic, ...], texts: Texts) -> str:
    files = (*((texts.profile,) if texts.profile else ()), *texts.ontology, *texts.facts)
    rendered = to_text(found, {text.path: text for text in (*texts.core, *files)})
    # Where in the core something is declared may change with every relation that is added.
    return re.sub(r"(ontology/(?!example)[a-z-]+\.yaml):\d+:\d+", r"\1:LINE:COLUMN", rendered)


# -- pages ----------------------------------------------------------------------------------------


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    pages = {path.stem for path in PAGES.glob("*.md")}
    assert pages
    assert set(CODES) == pages


def test_every_golden_file_has_a_code() -> None:
    golden = {path.stem for path in GOLDEN.glob("*.txt")}
    assert golden
    assert set(CODES) == golden


@pytest.mark.parametrize("name", CODES)
def test_a_page_is_headed_by_its_code(name: str) -> None:
    page, code = read_page(name), CODES[name]
    assert name == page.heading
    assert f"{code.severity} · {code.family} · {code.summary}" == page.summary


@pytest.mark.parametrize("name", CODES)
def test_a_page_is_short_and_plain(name: str) -> None:
    page = read_page(name)
    paragraphs = page.words.split("\n\n")
    assert 1 <= len(paragraphs) <= 3
    assert 20 < len(page.words.split()) < 160
    assert all(len(line) <= 100 for line in page.words.splitlines())
    assert all(paragraph.endswith((".", ":")) for paragraph in paragraphs)


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_has_examples(name: str) -> None:
    page = read_page(name)
    assert page.wrong
    assert page.right
    assert page.wrong != page.right


# -- examples -------------------------------------------------------------------------------------


def test_the_workspace_of_the_manual_has_no_findings() -> None:
    checked = check(folder_texts(MANUAL))
    assert [] == [brief(d) for d in checked.diagnostics]
    read = read_folder(MANUAL, "texts/*.txt")
    assert [] == [brief(d) for d in verify_texts(checked.facts, read)]


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_called_wrong_is_found_and_nothing_else(name: str) -> None:
    found = findings(laid_over(read_page(name).wrong), CODES[name])
    assert [name] == [code for code in code_names(found) if code not in ALLOWED - {name}]


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_called_right_is_right(name: str) -> None:
    found = findings(laid_over(read_page(name).right), CODES[name])
    assert [] == [brief(d) for d in found if d.code.name not in ALLOWED - {name}]


@pytest.mark.parametrize("name", SHOWN)
def test_a_finding_looks_as_it_should(name: str, golden: Callable[[Path, str], None]) -> None:
    texts = laid_over(read_page(name).wrong)
    found = tuple(d for d in findings(texts, CODES[name]) if d.code.name == name)
    golden(GOLDEN / f"{name}.txt", shown(found, texts))


@pytest.mark.parametrize("name", SHOWN)
def test_a_finding_says_what_to_do(name: str) -> None:
    found = [d for d in findings(laid_over(read_page(name).wrong), CODES[name])
             if d.code.name == name]  # fmt: skip
    assert found[0].message == found[0].message.strip().rstrip(".")
    # what else could be written in the place of a misshapen value, its message says
    assert found[0].hint is not None or found[0].related or name == "wrong-shape"


# -- what a YAML text cannot show -----------------------------------------------------------------


def test_bytes_that_are_not_utf8(golden: Callable[[Path, str], None]) -> None:
    base = folder_texts(MANUAL)
    content = "entities:\n  cafe: {type: Place, name: Café}\n"
    good = SourceText("facts/example.yaml", content.encode())
    bad = SourceText("facts/example.yaml", content.encode("latin-1"))
    right = Texts(base.profile, base.core, base.ontology, (*base.facts, good))
    wrong = Texts(base.profile, base.core, base.ontology, (*base.facts, bad))
    assert ["unused-entity"] == code_names(check(right).diagnostics)
    found = check(wrong).diagnostics
    assert ["not-utf8"] == code_names(found)
    golden(GOLDEN / "not-utf8.txt", shown(found, wrong))


def test_a_file_that_must_not_be_read(tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    root = tmp_path / "workspace"
    (root / "facts").mkdir(parents=True)
    for text in (SourceText("kg.yaml", (MANUAL / "kg.yaml").read_bytes()),
                 *read_folder(MANUAL, "facts/*.yaml")):  # fmt: skip
        (root / text.path).write_bytes(text.data)
    assert () == open_workspace(root).diagnostics
    elsewhere = tmp_path / "shared.yaml"
    elsewhere.write_text("entities: {}\n")
    (root / "facts" / "shared.yaml").symlink_to(elsewhere)
    found = open_workspace(root).diagnostics
    assert ["unreadable-file"] == code_names(found)
    golden(GOLDEN / "unreadable-file.txt", to_text(found, {}))


def test_names_that_clash(golden: Callable[[Path, str], None]) -> None:
    names = ("Relations", "relations", "act\u00e9", "acte\u0301")
    files = tuple(SourceText(f"facts/{name}.yaml", b"") for name in names)
    found = check(replace(folder_texts(MANUAL), facts=files)).diagnostics
    golden(GOLDEN / "clashing-names.txt", to_text(found, {}))


@pytest.mark.parametrize("name", [code.name for code in sheet.CODES])
def test_tables(name: str, golden: Callable[[Path, str], None]) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    wrong, right = page.partition("## Right")[::2]
    text, found = findings_in_table(wrong)
    assert {name} == set(code_names(found))
    golden(GOLDEN / f"{name}.txt", to_text(found, {text.path: text}))
    assert [] == [brief(d) for d in findings_in_table(right)[1] if d.code.name not in ALLOWED]


def findings_in_table(section: str) -> tuple[SourceText, tuple[Diagnostic, ...]]:
    """A table of facts, and what is found where it is added to the manual's workspace."""
    (table,) = re.findall(r"```csv\n(.+?\n)```", section, re.DOTALL)
    text = SourceText("example.csv", table.encode())
    found: list[Diagnostic] = []
    read = sheet.read_sheet(text.path, table, None, found)
    if read is None or found:
        return text, tuple(found)
    texts, wishes = laid_over(examples(section)), Wishes()
    columns = read_columns(read, wishes, found)
    drafted = draft(read, columns, wishes, "facts/table.yaml", texts, check(texts))
    return text, drafted.findings


def test_what_the_codes_of_a_page_weigh() -> None:
    weights = [code.severity for code in CODES.values()]
    errors, warnings, notes = (weights.count(severity) for severity in Severity)
    assert errors > warnings > notes > 0
