"""The colours of the pages, as people see them who do not tell red from green."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.conftest import ROOT

Color = NDArray[np.float64]

GRAPH, CHANGES, REPORT = (
    ROOT.joinpath("kg", *path).read_text(encoding="utf-8")
    for path in (("view", "page.css"), ("view", "changes.css"), ("render", "report", "page.css"))
)
SHEETS = {"graph": GRAPH, "report": REPORT}
TONES = ("good", "bad", "neither")
FATES = ("gained", "lost", "otherwise", "kept")

#: What is left of linear red, green and blue without one kind of cone: G. M. Machado, M. M.
#: Oliveira, L. A. F. Fernandes, A physiologically-based model for simulation of color vision
#: deficiency, IEEE TVCG 15 (2009), severity 1.0.
SIGHT = {
    "all": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                            [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip


def palettes(sheet: str) -> list[dict[str, str]]:
    """The colours by name of the light theme and of the dark one."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for selector, body in re.findall(
        r"(:root(?:\.dark)?|@media[^{]*\{\s*:root) \{([^}]*)\}", sheet
    ):
        found = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})\b", body))
        if "print" not in selector:
            (dark if "dark" in selector else light).update(found)
    return [light, {**light, **dark}]


PALETTES = [
    pytest.param(palette, id=f"{name}-{theme}")
    for name, sheet in SHEETS.items()
    for theme, palette in zip(("light", "dark"), palettes(sheet), strict=True)
]


COMPARED = [
    pytest.param(palette, id=theme)
    for theme, palette in zip(("light", "dark"), palettes(GRAPH + CHANGES), strict=True)
]


def linear(color: str) -> Color:
    values = np.array([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def luminance(color: str) -> float:
    return float(linear(color) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(color: str, sight: Color) -> Color:
    """CIE L*a*b* under D65."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    seen = np.clip(sight @ linear(color), 0, 1)
    ratios = to_xyz @ seen / [0.95047, 1, 1.08883]
    x, y, z = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("sight", SIGHT)
def test_what_helps_hurts_or_does_neither_looks_different_to_everybody(
    palette: dict[str, str], sight: str
) -> None:
    look_different(TONES, palette, sight)


@pytest.mark.parametrize("palette", COMPARED)
@pytest.mark.parametrize("sight", SIGHT)
def test_what_is_gained_lost_or_kept_looks_different_to_everybody(
    palette: dict[str, str], sight: str
) -> None:
    look_different(FATES, palette, sight)


def look_different(names: tuple[str, ...], palette: dict[str, str], sight: str) -> None:
    for one, other in combinations(names, 2):
        distance = np.linalg.norm(
            lab(palette[one], SIGHT[sight]) - lab(palette[other], SIGHT[sight])
        )
        assert distance > 15, (one, other)  # some 2.3 are just seen


@pytest.mark.parametrize("palette", PALETTES)
def test_lines_stand_out_from_the_paper(palette: dict[str, str]) -> None:
    paper = palette.get("sheet", palette["paper"])
    for tone in TONES:
        assert contrast(palette[tone], paper) >= 3, tone  # WCAG 2.2, 1.4.11


@pytest.mark.parametrize("palette", COMPARED)
def test_lines_and_words_of_what_changes_stand_out(palette: dict[str, str]) -> None:
    for fate in FATES:
        assert contrast(palette[fate], palette["sheet"]) >= 3, fate
    for fate in FATES[:3]:
        for ground in ("sheet", "paper"):
            assert contrast(palette[fate], palette[ground]) >= 4.5, fate


def test_words_on_the_pages_can_be_read() -> None:
    for sheet in SHEETS.values():
        for palette in palettes(sheet):
            for ink in ("ink", "faint"):
                assert contrast(palette[ink], palette["paper"]) >= 4.5  # WCAG 2.2, 1.4.3
