"""A workspace as git remembers it: the texts of a revision, without touching the work tree."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.check import Texts
from kg.model.text import SourceText
from kg.workspace.core import core_folder


class RevisionError(Exception):
    """Git does not know the revision, or is not there."""


def texts_of_revision(root: Path, revision: str) -> Texts:
    """What the workspace at `root` was read from in a revision of its repository.

    The core is that of today: it comes with kg, unless the workspace is the core itself.

    Raises:
        RevisionError: if there is no git, no repository, no such revision or no workspace in it.
    """
    if revision.startswith("-"):
        raise RevisionError(f"'{revision}' is no revision")
    commit = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
    listed = _git(root, "ls-tree", "-r", "-z", commit.decode(), "--", *_PARTS)
    files = [each for each in listed.decode(errors="surrogateescape").split("\0") if each]
    held = {text.path: text for text in _texts(root, files)}
    if "kg.yaml" not in held:
        raise RevisionError(f"there was no workspace in '{revision}'")
    core = core_folder("ontology")
    return Texts(
        profile=held["kg.yaml"],
        core=tuple(
            SourceText(f"kg/core/ontology/{path.relative_to(core).as_posix()}", path.read_bytes())
            for path in sorted(core.rglob("*"))
            if path.suffix in _YAML and path.is_file()
        ),
        ontology=tuple(text for path, text in held.items() if path.startswith("ontology/")),
        facts=tuple(text for path, text in held.items() if path.startswith("facts/")),
    )


_PARTS = ("kg.yaml", "facts", "ontology")
_YAML = (".yaml", ".yml")


def _texts(root: Path, files: Iterable[str]) -> Iterator[SourceText]:
    """The YAML files of a listing: each is its mode, its kind and its hash, then its path."""
    each = [(about.split(), path) for about, _, path in (file.partition("\t") for file in files)]
    wanted = [(hash, path) for (mode, _, hash), path in each
              if mode.startswith("100") and path.endswith(_YAML)]  # 100: no link  # fmt: skip
    asked = "".join(f"{hash}\n" for hash, _ in wanted).encode()
    answer = _git(root, "cat-file", "--batch", input=asked)
    at = 0
    for _, path in wanted:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].rsplit(b" ", 1)[1])
        yield SourceText(path, answer[end + 1 : end + 1 + size])
        at = end + 1 + size + 1  # a line end follows each


def _git(root: Path, *arguments: str, input: bytes = b"") -> bytes:
    try:
        run = subprocess.run(
            ["git", "-C", str(root), *arguments], input=input, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise RevisionError("git is not installed") from None
    if run.returncode:
        said = run.stderr.decode(errors="replace").strip().splitlines()
        raise RevisionError(said[-1] if said else "git knows no such revision")
    return run.stdout
