"""The wheel and the editable install work outside the repository, each in its own environment."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


def run(*command: str, cwd: Path) -> str:
    result = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert 0 == result.returncode, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = (
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "-w",
        str(folder),
        str(ROOT),
    )
    run(*command, cwd=folder)
    return next(folder.glob("actor_kg-*.whl"))


def test_the_wheel_carries_the_core_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "kg/py.typed",
        "kg/core/ontology/types.yaml",
        "kg/core/ontology/published/kg.ttl",
        "kg/core/queries/denied-support.rq",
        "kg/core/diagnostics/unknown-entity.md",
        "kg/core/starter/kg.yaml",
        "kg/view/page.html",
    ):
        assert part in names
    assert not [name for name in names if name.startswith(("tests/", "facts/", "output/"))]


@pytest.mark.browser
def test_the_wheel_carries_the_engine_for_pages(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"kg/engine/web/web.js", "kg/engine/web/web_bg.wasm"} <= set(names)


@pytest.mark.parametrize("kind", ["wheel", "editable"])
def test_installed_it_works_outside_the_repository(kind: str, wheel: Path, tmp_path: Path) -> None:
    """kg installed by pip, with its dependencies lent by the environment of the tests."""
    run(sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "env"), cwd=tmp_path)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    what = ["-e", str(ROOT)] if kind == "editable" else [str(wheel)]
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "-q")
    lend(python, tmp_path)
    run(*pip, "--no-deps", "--no-build-isolation", *what, cwd=tmp_path)
    where = Path(run(python, "-c", "import kg; print(kg.__file__)", cwd=tmp_path).strip())
    assert where.is_relative_to(ROOT / "kg" if kind == "editable" else tmp_path / "env")
    kg = str(scripts / "kg")
    run(kg, "init", "mine", cwd=tmp_path)
    run(kg, "-C", "mine", "build", cwd=tmp_path)
    assert "Belmark" in run(kg, "-C", "mine", "query", "backers", cwd=tmp_path)
    assert "# unknown-entity" in run(kg, "explain", "unknown-entity", cwd=tmp_path)


def lend(python: str, folder: Path) -> None:
    """Puts all that the tests' environment has installed, but kg itself, on an empty one's path."""
    script = "import sysconfig; print(sysconfig.get_path('purelib'))"
    target = Path(run(python, "-c", script, cwd=folder).strip())
    libraries = folder / "libraries"
    libraries.mkdir()
    for path in Path(run(sys.executable, "-c", script, cwd=folder).strip()).iterdir():
        if not path.name.startswith(("actor_kg", "_actor_kg", "_editable", "kg", "pip")):
            (libraries / path.name).symlink_to(path)
    (target / "lent.pth").write_text(f"{libraries}\n")
