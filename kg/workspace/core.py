"""Where the core lies: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Literal

Part = Literal["ontology", "queries", "diagnostics", "starter"]

#: The core's parts, by where a checkout keeps them.
_IN_CHECKOUT: dict[Part, str] = {
    "ontology": "ontology",
    "queries": "queries",
    "diagnostics": "docs/diagnostics",
    "starter": "examples/starter",
}


def core_folder(part: Part) -> Path:
    """The folder of one part of the core.

    Raises:
        FileNotFoundError: if the installation lacks it.
    """
    package = Path(str(files("kg")))
    for folder in (package / "core" / part, package.parent / _IN_CHECKOUT[part]):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"kg is not installed whole: its {part} are missing")
