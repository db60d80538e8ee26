"""Whatever happens to a build, every file in `output/` is whole, and the set is old or new."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.workspace.outputs import MANIFEST, recover, turn, write_file, write_files, write_set
from tests.conftest import ROOT


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_set_is_written_with_a_manifest_of_its_hashes(tmp_path: Path) -> None:
    write_set(tmp_path, {"a.txt": b"one", "b.txt": b"two"})
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    assert {name: hashlib.sha256(data).hexdigest() for name, data in (
        ("a.txt", b"one"), ("b.txt", b"two"),
    )} == manifest["sha256"]  # fmt: skip
    assert {"a.txt", "b.txt", MANIFEST} == set(contents(tmp_path))


def test_what_others_put_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    write_set(tmp_path, {"a.txt": b"one"})
    assert "mine" == (tmp_path / "README.md").read_text()


def test_an_incomplete_set_is_discarded(tmp_path: Path) -> None:
    write_set(tmp_path, {"a.txt": b"old"})
    (tmp_path / ".next").mkdir()
    (tmp_path / ".next" / "a.txt").write_bytes(b"ha")
    recover(tmp_path)
    assert b"old" == (tmp_path / "a.txt").read_bytes()
    assert not (tmp_path / ".next").exists()


def test_a_complete_set_is_finished(tmp_path: Path) -> None:
    write_set(tmp_path, {"a.txt": b"old", "b.txt": b"old"})
    complete = tmp_path / ".complete"
    complete.mkdir()
    (complete / "b.txt").write_bytes(b"new")
    (complete / MANIFEST).write_bytes(b"{}")
    recover(tmp_path)
    assert b"new" == (tmp_path / "b.txt").read_bytes()
    assert b"{}" == (tmp_path / MANIFEST).read_bytes()
    assert not complete.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows locks no folder")
def test_while_somebody_writes_nobody_else_does(tmp_path: Path) -> None:
    write_set(tmp_path, {"a.txt": b"old"})
    (tmp_path / ".next").mkdir()
    with turn(tmp_path):
        recover(tmp_path)
        assert (tmp_path / ".next").is_dir()
        with pytest.raises(OSError, match="somebody else"):
            write_set(tmp_path, {"a.txt": b"new"})
    write_set(tmp_path, {"a.txt": b"new"})
    assert b"new" == (tmp_path / "a.txt").read_bytes()


def test_one_file_is_replaced_whole(tmp_path: Path) -> None:
    write_file(tmp_path / "deep" / "a.txt", b"one")
    write_file(tmp_path / "deep" / "a.txt", b"two")
    assert {"a.txt": b"two"} == contents(tmp_path / "deep")


def test_of_several_files_none_is_in_place_before_all_are_written(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": b"old"})
    with pytest.raises(OSError, match="too long"):
        write_files(tmp_path, {"a.txt": b"new", "b" * 300: b"new"})
    assert {"a.txt": b"old"} == contents(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows locks no folder")
def test_two_who_write_at_once_never_mix(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from pathlib import Path; from kg.workspace.outputs import write_files;"
        "data = sys.argv[3].encode() * 300_000;"
        "print('ready', flush=True); sys.stdin.readline();"
        "[write_files(Path(sys.argv[2]), {'a': data, 'b': data}) for _ in range(20)]"
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(ROOT), str(tmp_path), letter],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for letter in "xyz"
    ]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"\n")
        child.stdin.flush()
    assert [0, 0, 0] == [child.wait() for child in children]
    for child in children:
        child.communicate()
    found = contents(tmp_path)
    assert {"a", "b"} == found.keys()
    assert found["a"] == found["b"]
    assert 1 == len(set(found["a"]))


@pytest.mark.skipif(os.name == "nt", reason="kills with SIGKILL")
def test_killed_at_any_moment_the_set_is_old_or_new(tmp_path: Path) -> None:
    rounds = 500 if "KG_TEST_RELEASE" in os.environ else 50
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from pathlib import Path; from kg.workspace.outputs import write_set;"
        "data = sys.argv[3].encode() * 200_000;"
        "print('ready', flush=True); sys.stdin.readline();"
        "write_set(Path(sys.argv[2]), {f'{i}.bin': data for i in range(8)})"
    )
    names = [f"{i}.bin" for i in range(8)]
    write_set(tmp_path, dict.fromkeys(names, b"0" * 200_000))
    rng = random.Random(7)
    for number in range(1, rounds + 1):
        letter = str(number % 10)
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(ROOT), str(tmp_path), letter],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdout.readline()
        child.stdin.write(b"\n")
        child.stdin.flush()
        time.sleep(rng.random() * 0.03)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        for name in names:  # each file is whole at once
            data = (tmp_path / name).read_bytes()
            assert 200_000 == len(data)
            assert 1 == len(set(data))
        recover(tmp_path)  # and the set is, after the next command
        assert 1 == len({(tmp_path / name).read_bytes()[:1] for name in names})
        manifest = json.loads((tmp_path / MANIFEST).read_text())["sha256"]
        for name in names:
            assert manifest[name] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        assert {*names, MANIFEST} == {path.name for path in tmp_path.iterdir()}
