"""`kg import csv` as people meet it: shown first, then written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.main import cli

SOURCE = "harbour-times-2024-05-03"
HEADER = "Subject;Relation;Object;Passage;Source\n"
GOOD = HEADER + f"Arvenia;informs;Belmark;P1;{SOURCE}\nBelmark;informs;Port Arven;P2;{SOURCE}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    assert 0 == CliRunner().invoke(cli, ["init", str(tmp_path / "mine")]).exit_code
    return tmp_path / "mine"


def kg(workspace: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(workspace), "import", "csv", *arguments])


def table(workspace: Path, content: str | bytes, name: str = "my table.csv") -> str:
    path = workspace / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_nothing_is_written_before_it_is_asked_for(workspace: Path) -> None:
    run = kg(workspace, table(workspace, GOOD))
    assert 0 == run.exit_code
    assert "  - id: arvenia-informs-belmark\n    subject: arvenia\n" in run.stdout
    assert "'Port Arven' read as arvenia (1 cell)" in run.stderr
    assert "2 facts" in run.stderr
    assert "--write puts this into facts/my-table.yaml" in run.stderr
    assert not (workspace / "facts" / "my-table.yaml").exists()


def test_what_was_shown_is_written_and_checks(workspace: Path) -> None:
    file = table(workspace, GOOD)
    shown = kg(workspace, file).stdout
    assert 0 == kg(workspace, file, "--write").exit_code
    assert shown == (workspace / "facts" / "my-table.yaml").read_text()
    assert 0 == CliRunner().invoke(cli, ["-C", str(workspace), "check"]).exit_code


def test_writing_twice_changes_nothing(workspace: Path) -> None:
    file = table(workspace, GOOD)
    kg(workspace, file, "--write")
    before = (workspace / "facts" / "my-table.yaml").read_bytes()
    run = kg(workspace, file, "--write")
    assert 0 == run.exit_code
    assert "lines 2-3 are left out: nothing in it is new" in run.stderr
    assert "nothing is left to write" in run.stderr
    assert before == (workspace / "facts" / "my-table.yaml").read_bytes()


def test_one_wrong_row_keeps_all_from_being_written(workspace: Path) -> None:
    file = table(workspace, GOOD.replace("Belmark;informs", "Belmark;infroms"))
    run = kg(workspace, file, "--write")
    assert 1 == run.exit_code
    assert f"{file}:3:9: error[unknown-relation]: column 'Relation'" in run.stderr
    assert "    3 | Belmark;infroms;Port Arven;P2" in run.stderr
    assert "      |         ^^^^^^^" in run.stderr
    assert "did you mean 'informs'?" in run.stderr
    assert "" == run.stdout
    assert not (workspace / "facts" / "my-table.yaml").exists()


def test_findings_for_programs(workspace: Path) -> None:
    run = kg(workspace, table(workspace, GOOD.replace("P2", "P7")), "--format", "json")
    (found,) = json.loads(run.stdout)["diagnostics"]
    assert ("unknown-part", 3, 28) == (found["code"], found["line"], found["column"])


def test_another_encoding_is_named(workspace: Path) -> None:
    content = (HEADER + f"Arvenia;informs;Société;P1;{SOURCE}\n").encode("cp1252")
    file = table(workspace, content)
    run = kg(workspace, file)
    assert 1 == run.exit_code
    assert "--encoding cp1252" in run.stderr
    run = kg(workspace, file, "--encoding", "cp1252", "--new-entities", "Organization")
    assert 0 == run.exit_code
    assert "new entity: 'Société' as societe (Organization)" in run.stderr
    assert "  societe: {type: Organization, name: Société}" in run.stdout


def test_a_workbook_is_told_as_one(workspace: Path) -> None:
    path = workspace / "table.xlsx"
    path.write_bytes(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x88\xff")
    run = kg(workspace, str(path))
    assert 1 == run.exit_code
    assert "save the sheet as CSV" in run.stderr


def test_a_file_of_ones_own_is_added_to(workspace: Path) -> None:
    claims = workspace / "facts" / "claims.yaml"
    before = claims.read_text()
    run = kg(workspace, table(workspace, GOOD), "--write", "--file", "facts/claims.yaml")
    assert 0 == run.exit_code, run.stderr
    assert claims.read_text().startswith(before)
    assert 2 == claims.read_text().count("relation: informs, object")
    assert SOURCE not in claims.read_text().removeprefix(before)  # the defaults say it


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--file", "../x.yaml"), "--file: '../x.yaml' is no YAML file below"),
        (("--file", "facts/x.txt"), "--file: 'facts/x.txt' is no YAML file below"),
        (("--map", "Subject"), "--map: 'Subject' is not of the form LEFT=RIGHT"),
        (("--map", "Thema=note"), "no column is called 'Thema'"),
        (("--set", "note"), "--set: 'note' is not of the form LEFT=RIGHT"),
        (("--set", "colour=red"), "'colour' cannot be set: a fact has no such key"),
        (("--set", "polarity=maybe"), "polarity: 'maybe' is no polarity"),
        (("--encoding", "klingon"), "--encoding: no encoding is called 'klingon'"),
        (("--delimiter", "ab"), "--delimiter: 'ab' is no single character"),
        (("--separator", " "), "--separator: it must not be blank"),
        (("--new-entities", "Sate"), "--new-entities: no type is called 'Sate'"),
    ],
)
def test_misuse(workspace: Path, arguments: tuple[str, ...], told: str) -> None:
    run = kg(workspace, table(workspace, GOOD), *arguments)
    assert 2 == run.exit_code
    assert told in run.stderr


def test_a_table_that_is_not_there(workspace: Path) -> None:
    assert isinstance(kg(workspace, str(workspace / "none.csv")).exception, OSError)


def test_many_wrong_rows_are_all_told(workspace: Path) -> None:
    content = HEADER + f"Arvenia;informs;Nobody;P1;{SOURCE}\n" * 300
    run = kg(workspace, table(workspace, content.replace("\n", "\r\n")))
    assert 1 == run.exit_code
    told = run.stderr.count("error[unknown-entity]")
    assert "1 fact, 299 said already" in run.stderr
    assert 1 == told  # the other rows are the same
