"""Which source a fact rests on, in a file that somebody is typing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.assist.cursor import Cursor
from kg.assist.layout import unquoted

_SOURCE = re.compile(r"""(?:^|[\s{,])source:\s+("[^"]*"|'[^']*'|[^\s,{}#]+)""")


def source_at(cursor: Cursor, lines: Sequence[str]) -> str | None:
    """The source of the fact around a place: its own, or that of the file's defaults."""
    own = cursor.sibling("source")
    return own[0] if own else default_source(cursor, lines)


def default_source(cursor: Cursor, lines: Sequence[str]) -> str | None:
    """The source that the defaults of the file give."""
    row = cursor.levels[0].rows.get("defaults")
    if row is None:
        return None
    for index in range(row, len(lines)):
        text = lines[index]
        if index > row and text.strip() and not text[0].isspace() and text[0] not in "#}":
            return None
        match = _SOURCE.search(text.removeprefix("defaults:") if index == row else text)
        if match:
            return unquoted(match[1])
    return None
