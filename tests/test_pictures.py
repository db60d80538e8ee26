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


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pictures as they are now."""
    workspace = tmp_path_factory.mktemp("workspace")
    shutil.copyfile(ROOT / "kg.yaml", workspace / "kg.yaml")
    for name in ("facts", "ontology", "queries"):
        shutil.copytree(ROOT / name, workspace / name)
    CliRunner().invoke(cli, ["-C", str(workspace), "build"], catch_exceptions=False)
    folder = tmp_path_factory.mktemp("pictures")
    import_module("docs.pictures").take(workspace / "output", folder, SCHEMES)
    return folder


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


def test_all_that_is_taken_is_kept(taken: Path) -> None:
    assert NAMES == sorted(path.name for path in taken.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_still_true(taken: Path, name: str) -> None:
    share = differing(FOLDER / name, taken / name)
    assert share < 0.03, f"{share:.1%} of it looks otherwise now: make pictures"


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
