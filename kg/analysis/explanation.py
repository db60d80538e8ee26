"""What a measure says of itself: its docstring, read into its parts."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.model.table import Table
from kg.network import ActorNetwork

Measure = Callable[[ActorNetwork], Table]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a reader must know to use the figures of a measure."""

    name: str
    definition: str  #: one sentence
    formula: str
    claims: str  #: which claims stand behind a figure
    cost: str  #: for n actors and m ties
    reference: str


_PARTS = ("Formula", "Claims", "Cost", "Reference")


def explain(measure: Measure) -> Explanation:
    """The parts of a measure's docstring.

    Raises:
        ValueError: if one is missing.
    """
    text = (inspect.getdoc(measure) or "").split("\n>>>")[0]
    definition, *rest = re.split(rf"^({'|'.join(_PARTS)}): ", text, flags=re.MULTILINE)
    parts = dict(zip(rest[::2], (_on_one_line(part) for part in rest[1::2]), strict=True))
    missing = [part for part in _PARTS if part not in parts]
    if missing:
        raise ValueError(f"the docstring of '{measure.__name__}' has no {', '.join(missing)}")
    return Explanation(
        measure.__name__,
        _on_one_line(definition),
        *(parts[part] for part in _PARTS),
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
