"""Whatever the bytes of a workspace are, checking it ends with findings that lie in its files."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from kg.check import Texts, check
from kg.model.text import SourceText
from tests.conftest import ROOT, folder_texts

_ROUNDS = 10_000 if "KG_TEST_RELEASE" in os.environ else 300
_SHARDS = 4

_TOKENS = [
    *(b"'", b'"', b"\n", b"\t", b": ", b"- ", b"# ", b"&a ", b"*a ", b"!!int ", b"<<: ", b"--- \n"),
    *(b"{", b"}", b"[", b"]", b"|\n", b">-\n", b"\r", b"\r\n", b"\x00", b"\xff", b"\xef\xbb\xbf"),
    *(b"\xc2\x85", b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"NO", b"~", b"null", b"0x10", b"1e999"),
    *(b"..", b"/", b"9999-12-31~", b"0000", b"[..]", b"%", b"@", b"`", b"--", b"unknown"),
    *(b"{" * 100, b"a" * 5000, b"9" * 5000, b"2025-12-02/2024", b"~~5 USD", b"denied", b"[]"),
]  # fmt: skip


def mutated(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randrange(1, 4)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice((0, 0, 1, 2, 8, 40)))
        inserted = rng.choice((b"", rng.choice(_TOKENS), bytes([rng.randrange(256)])))
        if rng.random() < 0.1:  # a stretch from elsewhere, moved or doubled
            other = rng.randrange(len(data) + 1)
            inserted = data[other : other + rng.randrange(200)]
        data = data[:start] + inserted + data[end:]
    return data


def mutate(texts: Texts, rng: random.Random) -> Texts:
    """One file of the workspace, mutated."""
    pool = [("facts", i) for i in range(len(texts.facts))]
    pool += [("ontology", i) for i in range(len(texts.ontology))] + [("profile", 0)]
    where, index = rng.choice(pool)
    if where == "profile":
        assert texts.profile is not None
        profile = SourceText(texts.profile.path, mutated(texts.profile.data, rng))
        return replace(texts, profile=profile)
    files = list(texts.facts if where == "facts" else texts.ontology)
    files[index] = SourceText(files[index].path, mutated(files[index].data, rng))
    if where == "facts":
        return replace(texts, facts=tuple(files))
    return replace(texts, ontology=tuple(files))


@pytest.mark.parametrize("shard", range(_SHARDS))
def test_no_input_brings_a_traceback(shard: int) -> None:
    starter = folder_texts(ROOT / "examples" / "starter")
    rng = random.Random(shard)
    for _ in range(_ROUNDS // _SHARDS):
        texts = mutate(starter, rng)
        checked = check(texts)
        for diagnostic in checked.diagnostics:
            for span in (diagnostic.span, *(related.span for related in diagnostic.related)):
                data = texts.by_path[span.path].data.decode("utf-8-sig", errors="replace")
                lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
                assert 1 <= span.line <= len(lines), (diagnostic, data)
                assert (span.line, span.column) <= (span.end_line, span.end_column)
                assert 1 <= span.column <= len(lines[span.line - 1]) + 1, (diagnostic, data)
