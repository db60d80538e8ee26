"""Merges of git: the driver that joins two changes of a file, and what makes git use it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kg.edit.merging import merge
from kg.model.text import SourceText
from kg.workspace.outputs import write_file

#: Which files of a workspace are joined by what they declare.
ATTRIBUTES = (
    "kg.yaml merge=kg",
    "facts/**/*.yaml merge=kg",
    "facts/**/*.yml merge=kg",
    "ontology/**/*.yaml merge=kg",
    "ontology/**/*.yml merge=kg",
)


class GitError(Exception):
    """Git is not there, or does not do what it is asked for."""


def merge_files(
    base: Path, ours: Path, theirs: Path, name: str, marker_size: int
) -> tuple[str, ...]:
    """Joins `theirs` into the file `ours`, and says what is in conflict there.

    First git joins the lines, so that whatever happens next, nothing of theirs is lost unseen; what
    the declarations give is put in its place. Where they cannot be read, the lines are left.

    Raises:
        GitError: if git cannot even join lines.
        OSError: if a file cannot be read or written.
    """
    texts = [SourceText(name, path.read_bytes()) for path in (base, ours, theirs)]
    labels = [part for label in ("ours", "base", "theirs") for part in ("-L", label)]
    size = f"--marker-size={marker_size}"
    run = _git("merge-file", "--quiet", size, *labels, str(ours), str(base), str(theirs))
    merged = merge(texts[0], texts[1], texts[2], marker_size)
    if merged is not None:
        write_file(ours, merged.text.data)
        return merged.conflicts
    if run.returncode > 127:
        raise GitError(f"{name}: {_said(run)}")
    return ("lines",) if run.returncode else ()


def install_driver(workspace: Path) -> bool:
    """Makes git join the workspace's files by what they declare; whether `.gitattributes` changed.

    Raises:
        GitError: if the workspace is in no repository.
        OSError: if a file cannot be read or written.
    """
    for key, value in (("name", "kg: by what the files declare"), ("driver", _driver())):
        run = _git("-C", str(workspace), "config", "--local", f"merge.kg.{key}", value)
        if run.returncode:
            raise GitError(_said(run))
    path = workspace / ".gitattributes"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    missing = [line for line in ATTRIBUTES if line not in lines]
    if missing:
        write_file(path, "".join(f"{line}\n" for line in (*lines, *missing)).encode())
    return bool(missing)


def _driver() -> str:
    """The command for git's configuration: where kg is not found, git joins the lines itself."""
    program = ["kg"] if shutil.which("kg") else [sys.executable, "-m", "kg"]
    return (
        f"if command -v {shlex.quote(program[0])} >/dev/null 2>&1; "
        f"then {shlex.join(program)} git merge --marker-size %L %O %A %B %P; "
        "else git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; fi"
    )


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise GitError("git is not installed") from None


def _said(run: subprocess.CompletedProcess[bytes]) -> str:
    said: Sequence[str] = run.stderr.decode(errors="replace").strip().splitlines()
    return said[-1] if said else "git gave up"
