"""Names and texts of users within Markdown, where they must not mark anything up."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def plain(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """A text as code; with a backtick in it, as plain text."""
    return plain(text) if "`" in text else f"`{text}`"
