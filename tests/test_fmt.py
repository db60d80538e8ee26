"""`kg fmt` on whole folders: what is written, what is only shown, and what is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import kg

GIVEN = "facts:\n- {id: a,subject: b}  # why\n"
WANTED = "facts:\n  - {id: a, subject: b}  # why\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """One with a file to lay out, and one that is."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "kg.yaml").write_text("title: T\nbase: https://example.org/t/\n")
    (tmp_path / "facts" / "a.yaml").write_text(GIVEN)
    return tmp_path


def given_on_stdin(data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "fmt", *arguments, "-"],
        input=data,
        capture_output=True,
        check=False,
    )


def test_all_files_of_a_workspace_are_laid_out(workspace: Path) -> None:
    (workspace / "ontology").mkdir()
    (workspace / "ontology" / "own.yml").write_text("types: {A: {label:  a}}\n")
    run = kg("fmt", cwd=workspace)
    assert (0, "", "2 files of 3 laid out anew\n") == (run.returncode, run.stdout, run.stderr)
    assert WANTED == (workspace / "facts" / "a.yaml").read_text()
    assert "types: {A: {label: a}}\n" == (workspace / "ontology" / "own.yml").read_text()
    again = kg("fmt", cwd=workspace)
    assert (0, "0 files of 3 laid out anew\n") == (again.returncode, again.stderr)


def test_check_names_what_would_change_and_writes_nothing(workspace: Path) -> None:
    run = kg("fmt", "--check", cwd=workspace)
    assert (1, "facts/a.yaml\n") == (run.returncode, run.stdout)
    assert GIVEN == (workspace / "facts" / "a.yaml").read_text()
    kg("fmt", cwd=workspace)
    assert 0 == kg("fmt", "--check", cwd=workspace).returncode


def test_diff_shows_what_would_change_and_writes_nothing(workspace: Path) -> None:
    run = kg("fmt", "--diff", cwd=workspace)
    assert 1 == run.returncode
    assert run.stdout == (
        "--- facts/a.yaml\n+++ facts/a.yaml\n@@ -1,2 +1,2 @@\n facts:\n"
        "-- {id: a,subject: b}  # why\n+  - {id: a, subject: b}  # why\n"
    )
    assert GIVEN == (workspace / "facts" / "a.yaml").read_text()


def test_what_cannot_be_read_is_left_and_told_and_silences_nothing(workspace: Path) -> None:
    (workspace / "facts" / "b.yaml").write_text("facts: [\n")
    run = kg("fmt", cwd=workspace)
    assert 1 == run.returncode
    assert "facts/b.yaml:2:1: error[yaml-syntax]" in run.stderr
    assert "left alone, since it cannot be read: facts/b.yaml\n" in run.stderr
    assert "facts: [\n" == (workspace / "facts" / "b.yaml").read_text()
    assert WANTED == (workspace / "facts" / "a.yaml").read_text()


def test_what_the_layout_cannot_hold_is_left_and_told(workspace: Path) -> None:
    (workspace / "facts" / "b.yaml").write_text(f"? {'k' * 1200}\n: v\n")
    run = kg("fmt", cwd=workspace)
    assert 1 == run.returncode
    assert run.stderr.startswith("kg: facts/b.yaml: it says something that ")
    assert run.stderr.count("\n") == 1
    assert GIVEN == (workspace / "facts" / "a.yaml").read_text()


def test_files_and_folders_can_be_named_outside_of_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.yaml", "deep/b.yml", "deep/c.txt"):
        (tmp_path / name).write_text(GIVEN)
    run = kg("fmt", "a.yaml", "deep", "a.yaml", cwd=tmp_path)
    assert (0, "2 files of 2 laid out anew\n") == (run.returncode, run.stderr)
    assert GIVEN == (tmp_path / "deep" / "c.txt").read_text()
    assert 2 == kg("fmt", "nothing.yaml", cwd=tmp_path).returncode


def test_an_editor_gets_what_it_gives(tmp_path: Path) -> None:
    run = given_on_stdin("\ufefffacts:\r\n- {id: é,subject: b}".encode())
    assert (0, "facts:\n  - {id: é, subject: b}\n".encode(), b"") == (
        run.returncode, run.stdout, run.stderr,
    )  # fmt: skip


def test_an_editor_gets_nothing_where_its_text_cannot_be_read() -> None:
    run = given_on_stdin(b"a: [\n")
    assert (1, b"") == (run.returncode, run.stdout)
    assert run.stderr.startswith(b"-:2:1: error[yaml-syntax]")


def test_standard_input_is_checked_too() -> None:
    assert (1, b"-\n") == (
        given_on_stdin(GIVEN.encode(), "--check").returncode,
        given_on_stdin(GIVEN.encode(), "--check").stdout,
    )
    assert 0 == given_on_stdin(WANTED.encode(), "--check").returncode
    assert 2 == kg("fmt", "-", "a.yaml").returncode


@pytest.mark.skipif(os.name == "nt", reason="Windows has other modes and few links")
def test_a_file_keeps_its_mode_and_a_link_its_target(workspace: Path) -> None:
    path = workspace / "facts" / "a.yaml"
    path.chmod(0o640)
    (workspace / "facts" / "link.yaml").symlink_to("a.yaml")
    assert 0 == kg("fmt", cwd=workspace).returncode
    assert WANTED == path.read_text()
    assert 0o640 == path.stat().st_mode & 0o777
    assert (workspace / "facts" / "link.yaml").is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="Windows locks files otherwise")
def test_what_cannot_be_written_is_told_in_a_line(workspace: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (workspace / "facts").chmod(0o500)
    run = kg("fmt", cwd=workspace)
    (workspace / "facts").chmod(0o700)
    assert 1 == run.returncode
    assert run.stderr.count("\n") == 1
    assert GIVEN == (workspace / "facts" / "a.yaml").read_text()
