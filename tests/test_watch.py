"""`kg check --watch` in a process of its own: files are saved, and what it prints is read."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.test_cli import kg

CLAIMS = "facts/claims.yaml"
SECONDS = 20


class Watch:
    """A run that goes on until it is interrupted."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kg", "check", "--watch", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.printed = ""
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed += line

    def wait_for(self, words: str) -> str:
        """What is printed from now on until it holds the words."""
        end = time.monotonic() + SECONDS
        while words not in self.printed:
            assert time.monotonic() < end, f"'{words}' is not printed:\n{self.printed}"
            assert self.process.poll() is None or words in self.printed, self.printed
            time.sleep(0.01)
        printed, self.printed = self.printed, ""
        return printed

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


@contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[Watch]:
    watch = Watch(folder, *arguments)
    try:
        watch.wait_for("Ctrl-C ends it")
        yield watch
    finally:
        watch.process.kill()
        watch.process.wait()
        watch.reader.join()
        assert watch.process.stdout is not None
        watch.process.stdout.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    kg("init", str(tmp_path / "mine"))
    return tmp_path / "mine"


def replaced(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_what_a_save_breaks_and_mends_is_told(workspace: Path) -> None:
    with watching(workspace) as watch:
        replaced(workspace / CLAIMS, "subject: belmark", "subject: belmrk")
        printed = watch.wait_for("claims.yaml: ")
        assert "no entity or source is called 'belmrk'" in printed
        replaced(workspace / CLAIMS, "subject: belmrk", "subject: belmark")
        printed = watch.wait_for("claims.yaml: ")
        assert "belmrk" not in printed.rpartition("5 claims")[2]


@pytest.mark.skipif(os.name == "nt", reason="an interrupt goes to the whole console there")
def test_an_interrupt_ends_it_quietly(workspace: Path) -> None:
    with watching(workspace) as watch:
        assert 0 == watch.interrupt()
        assert "Traceback" not in watch.printed
        assert "Aborted" not in watch.printed


def test_files_that_come_go_and_are_half_written_are_followed(workspace: Path) -> None:
    new = workspace / "facts" / "deep" / "new.yaml"
    with watching(workspace) as watch:
        new.parent.mkdir()
        new.write_text("entities:\n  x: {type: State", encoding="utf-8")  # as far as it got
        assert "[yaml-syntax]" in watch.wait_for("new.yaml: ")
        new.write_text("entities:\n  x: {type: State, name: X}\n", encoding="utf-8")
        assert "[unused-entity]" in watch.wait_for("new.yaml: ")
        new.unlink()
        assert "unused-entity" not in watch.wait_for("new.yaml: ").rpartition("5 claims")[2]
        shutil.rmtree(new.parent)
        replaced(workspace / CLAIMS, "subject: arvenia", "subject: arvena")
        watch.wait_for("called 'arvena'")


def test_a_file_that_is_replaced_as_editors_do_is_followed(workspace: Path) -> None:
    with watching(workspace) as watch:
        content = (workspace / CLAIMS).read_text(encoding="utf-8")
        draft = workspace / "facts" / ".claims.yaml.swp"
        draft.write_text(content.replace("subject: belmark", "subject: belmrk"), encoding="utf-8")
        draft.replace(workspace / CLAIMS)
        watch.wait_for("called 'belmrk'")


def test_a_profile_and_an_ontology_that_change_are_followed(workspace: Path) -> None:
    with watching(workspace) as watch:
        replaced(workspace / "ontology" / "own.yaml", "relations:", "relatons:")
        watch.wait_for("own.yaml: ")
        replaced(workspace / "ontology" / "own.yaml", "relatons:", "relations:")
        watch.wait_for("own.yaml: ")
        (workspace / "kg.yaml").rename(workspace / "kg.yaml.away")
        assert "[unreadable-file]" in watch.wait_for("kg.yaml: ")
        (workspace / "kg.yaml.away").rename(workspace / "kg.yaml")
        watch.wait_for("kg.yaml: ")


def test_what_is_built_is_no_change(workspace: Path) -> None:
    with watching(workspace) as watch:
        assert 0 == kg("build", cwd=workspace).returncode
        (workspace / "notes.txt").write_text("x")
        replaced(workspace / CLAIMS, "subject: belmark", "subject: belmrk")
        printed = watch.wait_for("claims.yaml: ")
        assert 1 == len(re.findall(r"^\d\d:\d\d:\d\d ", printed, re.M))


def test_texts_are_verified_as_they_change(workspace: Path) -> None:
    text = workspace / "texts" / "harbour-times-2024-05-03.txt"
    with watching(workspace, "--texts", "texts") as watch:
        text.write_text(text.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
        assert "[text-differs]" in watch.wait_for("the texts: ")


def test_only_what_was_asked_for_is_shown(workspace: Path) -> None:
    with watching(workspace, "facts/actors.yaml") as watch:
        replaced(workspace / CLAIMS, "subject: belmark", "subject: belmrk")
        printed = watch.wait_for("claims.yaml: ")
        assert "belmrk" not in printed
        assert "these paths: no findings" in printed


def test_a_folder_that_is_deleted_ends_it(workspace: Path) -> None:
    with watching(workspace) as watch:
        shutil.rmtree(workspace)
        watch.wait_for("is gone")
        assert 1 == watch.process.wait(SECONDS)


@pytest.mark.parametrize(
    "more", [("--fix",), ("--format", "json"), ("--coverage",), ("--texts", "nowhere")]
)
def test_what_does_not_go_with_it_is_refused(workspace: Path, more: tuple[str, ...]) -> None:
    run = kg("check", "--watch", *more, cwd=workspace)
    assert 2 == run.returncode


def test_an_error_hides_nothing_from_the_count_and_stands_last(workspace: Path) -> None:
    with watching(workspace) as watch:
        path = workspace / "facts" / "claims.yaml"
        sound = path.read_text(encoding="utf-8")
        path.write_text(sound.replace("subject: belmark", "subject: belmrak", 1), encoding="utf-8")
        printed = watch.wait_for("1 new")
        assert "gone" not in printed
        path.write_text(sound, encoding="utf-8")
        printed = watch.wait_for("1 gone")
        assert "new" not in printed.splitlines()[-1]
