"""Where the core lies: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.model.text import SourceText

if TYPE_CHECKING:
    from kg.model.vocabulary import Vocabulary

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


def core_vocabulary() -> Vocabulary:
    """The types and relations of the core alone, for where there is no workspace."""
    from kg.check import Texts, check

    folder = core_folder("ontology")
    texts = tuple(
        SourceText(f"kg/core/ontology/{path.name}", path.read_bytes())
        for path in sorted(folder.glob("*.yaml"))
    )
    return check(Texts(None, texts, (), ())).facts.vocabulary
