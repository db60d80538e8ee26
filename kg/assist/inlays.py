"""Each fact as a sentence, to be shown at the end of the line that names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.assist.layout import unquoted
from kg.assist.symbols import fact_line
from kg.assist.world import World

_ID = re.compile(r"""(?:^\s*(?:-\s+)?|[{,]\s*)id:\s+("[^"]*"|'[^']*'|[^\s,{}#]+)""")
_LONG = 90


@dataclass(frozen=True, slots=True)
class Inlay:
    """Words to show behind a line that do not belong to it."""

    row: int
    column: int
    text: str
    whole: str  #: all of it, where the words are cut short


def inlays(lines: Sequence[str], path: str, first: int, last: int, world: World) -> Iterator[Inlay]:
    """The facts that are named in the rows from `first` to `last`, each as a sentence.

    The rows are searched as they are, so that the sentences keep their places in a file that is not
    YAML for the moment.
    """
    known = world.facts_of_files.get(path, {})
    for row in range(max(first, 0), min(last + 1, len(lines))):
        match = _ID.search(lines[row])
        if match is not None and unquoted(match[1]) in known:
            said = fact_line(unquoted(match[1]), world)
            short = said if len(said) <= _LONG else f"{said[: _LONG - 1].rstrip()}…"
            yield Inlay(row, len(lines[row].rstrip()), short, said)
