"""Text from the data within other notations, in which it must stay text."""

from __future__ import annotations

import re

from kg.model.display import visible


def in_markdown(text: str) -> str:
    """The text on one line of GitHub-flavoured Markdown; nothing in it is markup or a link."""
    line = " ".join(visible(text).split())
    line = _ITEM.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", line))
    return _ADDRESS.sub(r"\1\\\2", line)


_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&$@])")
#: What begins a list, or is a rule or an underlined heading.
_ITEM = re.compile(r"^(\d{0,9})([-+=]|[.)](?=\s|$))")
#: What is made a link without being asked for.
_ADDRESS = re.compile(r"\b(https?|ftp|www)(:|\.)", re.IGNORECASE)


def in_csv_cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs as a formula: with an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


#: An apostrophe, too, so that one more can be taken away again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
