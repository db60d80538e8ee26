"""Names cut to the place that there is for them."""

from __future__ import annotations

from kg.model import display


def in_lines(text: str, width: int = 19, most: int = 3) -> tuple[str, ...]:
    """The text in lines of about equal length, the last cut where there would be too many."""
    words = " ".join(text.split()).split(" ")
    lines: list[str] = []
    for word in words:
        if lines and display.width(lines[-1]) + 1 + display.width(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(_cut(word, width + 4))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width)]
    return tuple(lines)


def _cut(text: str, width: int) -> str:
    if display.width(text) <= width:
        return text
    while display.width(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"
