"""The corpus of the fuzzer: files that are odd in some way, some of which broke something once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.fuzz.target import try_out

CORPUS = sorted((ROOT / "tests" / "corpus").iterdir())
_IS_RELEASE = "KG_TEST_RELEASE" in os.environ

_WORDS = st.sampled_from(
    ["arvenia", "belmark", "Belmark", "arvenai", "talks", "backs", "bakcs", "subject", "unknown",
     "harbour-times-2024-05-03", "P1", "2024", "2024-13", "3 May 2024", "denied", "Denied", "NO",
     "State", "same", "[]", "5 ship", "", "not:strait-closure", "A1", "é", "😀", "a: b", "#x"]
)  # fmt: skip
_KEYS = st.sampled_from(
    ["id", "type", "name", "subject", "relation", "object", "source", "polarity", "said_by", "by",
     "passage", "part", "chars", "when", "condition", "entities", "verdict", "reason", "text",
     "parts", "codes", "aliases", "nmae", "claims", "rank", "quantity", "supersedes"]
)  # fmt: skip
_VALUES = st.recursive(
    _WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
_SECTIONS = st.sampled_from(
    ["entities", "sources", "facts", "decisions", "identities", "defaults", "other"]
)
_ENTRIES = st.lists(st.dictionaries(_KEYS, _VALUES, max_size=6), max_size=4)
_BY_ID = st.dictionaries(_WORDS, _VALUES, max_size=4)
_FILES = st.dictionaries(_SECTIONS, _ENTRIES | _BY_ID | _VALUES)


def written(value: object) -> str:
    """A value between brackets, each text in quotes where it needs them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    text = str(value)
    is_plain = text.replace("-", "a").isalnum()
    return text if is_plain else "'" + text.replace("'", "''") + "'"


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_broke_once_or_might_breaks_nothing(path: Path) -> None:
    try_out(path.read_bytes())


@settings(max_examples=3000 if _IS_RELEASE else 100)
@given(_FILES)
def test_any_structure_breaks_nothing(file: dict[str, object]) -> None:
    lines = (f"{section}: {written(value)}\n" for section, value in file.items())
    try_out("".join(lines).encode())


@pytest.mark.skipif(sys.platform != "linux", reason="atheris is for Linux")
def test_no_bytes_break_anything(tmp_path: Path) -> None:
    found = tmp_path / "found"
    found.mkdir()
    run = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "300" if _IS_RELEASE else "10", str(found)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, check=False, timeout=900,
    )  # fmt: skip
    left = [path.name for path in tmp_path.iterdir() if path != found]
    assert (0, []) == (run.returncode, left), run.stderr.decode(errors="replace")[-3000:]
