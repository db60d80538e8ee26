"""`kg lsp` in a real editor: Neovim, whose LSP client is built in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

NVIM = shutil.which("nvim")


@pytest.mark.skipif(
    NVIM is None and "CI" not in os.environ, reason="no Neovim is installed: apt-get install neovim"
)
def test_a_session_in_neovim(tmp_path: Path) -> None:
    assert NVIM is not None, "CI installs neovim"
    root = tmp_path / "a project"
    shutil.copytree(ROOT / "examples" / "starter", root)
    claims = root / "facts" / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("object: coastal-pact, when", "object: costal-pact, when"))
    said = tmp_path / "said.json"
    subprocess.run(
        [NVIM, "--headless", "--clean", "-u", str(ROOT / "tests" / "lsp" / "init.lua")],
        cwd=root, timeout=120, check=True, capture_output=True,
        env={**os.environ, "KG_PYTHON": sys.executable, "KG_SAID": str(said),
             "XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
    )  # fmt: skip
    told = json.loads(said.read_text(encoding="utf-8"))
    assert not [each for each in told if "error" in each]
    assert "unknown-entity" in [each.get("code") for each in told]
    assert "belmark" in [each.get("offered") for each in told]
    assert any("subject: belmark-renamed" in each.get("renamed", "") for each in told)
    for name in ("actors.yaml", "claims.yaml"):
        assert "belmark-renamed" in (root / "facts" / name).read_text(encoding="utf-8")
