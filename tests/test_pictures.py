"""The pictures in the documentation show what the pages look like now."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops

from kg.cli.main import cli
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

FOLDER = ROOT / "docs" / "pictures"
#: In the dark only before a release: it costs a minute, and axe looks at its colours anyway.
SCHEMES = ("light", "dark") if "KG_TEST_RELEASE" in os.environ else ("light",)
#: Those that are taken of pages; the others are recorded in terminals and editors.
NAMES = sorted(
    path.name
    for path in FOLDER.glob("*.png")
    if not path.name.startswith(("adding", "annotating", "checking", "editing"))
    and path.stem.endswith((*SCHEMES, "print"))
)


def take(folder: Path) -> Path:
    """A folder of pictures as they are now."""
    workspace, pictures = folder / "workspace", folder / "pictures"
    workspace.mkdir()
    pictures.mkdir()
    shutil.copyfile(ROOT / "kg.yaml", workspace / "kg.yaml")
    for name in ("facts", "ontology", "queries"):
        shutil.copytree(ROOT / name, workspace / name)
    CliRunner().invoke(cli, ["-C", str(workspace), "build"], catch_exceptions=False)
    import_module("docs.pictures").take(workspace / "output", pictures, SCHEMES)
    return pictures


def differing(one: Path, other: Path) -> float:
    """The share of squares of 8 by 8 pixels that differ clearly: fonts may, places may not."""
    images = [Image.open(path).convert("RGB") for path in (one, other)]
    assert images[0].size == images[1].size
    width, height = images[0].size
    small = [image.resize((width // 8, height // 8), Image.Resampling.BOX) for image in images]
    red, green, blue = ImageChops.difference(*small).split()
    difference = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    clearly = sum(difference.histogram()[48:])
    return clearly / (difference.width * difference.height)


def test_the_pictures_are_still_true(tmp_path: Path) -> None:
    """In one test, so that pictures are taken once however many processes run the tests."""
    taken = take(tmp_path)
    assert NAMES == sorted(path.name for path in taken.iterdir())
    shares = {name: differing(FOLDER / name, taken / name) for name in NAMES}
    stale = {name: f"{share:.1%}" for name, share in shares.items() if share >= 0.03}
    assert {} == stale, "these look otherwise now: make pictures"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("graph-light.png", "filtered-light.png"),
        ("graph-light.png", "otherwise-light.png"),
        ("change-light.png", "without-anonymous-light.png"),
        ("report-light.png", "lines-light.png"),
    ],
)
def test_what_looks_otherwise_is_found(one: str, other: str) -> None:
    assert differing(FOLDER / one, FOLDER / other) > 0.05
