"""Text as a YAML scalar: plain wherever it reads back as it is, quoted where it would not."""

from __future__ import annotations

import re

_INDICATORS = re.compile(r"[-?:](?:\s|$)|[,\[\]{}#&*!|>'\"%@`]|---|\.\.\.(?:\s|$)")
_NEEDS_QUOTES = re.compile(r": | #|:$|^\s|\s$|^$|[\n\t]")
_ENDS_IN_FLOW = re.compile(r"[,\[\]{}]|^[:?]")


def scalar(value: str) -> str:
    """`value` as it is written in a block: `key: …` or `- …`, on one line."""
    if _INDICATORS.match(value) or _NEEDS_QUOTES.search(value):
        return _quoted(value)
    return value


def flow_scalar(value: str) -> str:
    """`value` as it is written between brackets, where a comma or a bracket would end it."""
    if _ENDS_IN_FLOW.search(value):
        return _quoted(value)
    return scalar(value)


def _quoted(value: str) -> str:
    if "\n" in value or "\t" in value:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
    if "'" in value and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"
