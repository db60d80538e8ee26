"""Text as a terminal shows it: how wide it is, what must be made visible, where a line ends."""

from __future__ import annotations

import re
import unicodedata


def visible(text: str) -> str:
    """`text` with what a terminal would act on, or would hide, spelt out; line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible_character(character) for character in text)


def width(text: str) -> int:
    """How many columns a terminal gives to `text`: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: `1 source`, `2,000 sources`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def indented(line: str, columns: int) -> list[str]:
    """A line in lines of at most so many columns, each but the first behind its own indent."""
    indent = len(line) - len(line.lstrip())
    return wrap(line, max(columns, indent + 20), " " * (indent + 2))


def wrap(text: str, columns: int, indent: str = "") -> list[str]:
    """`text` in lines of at most so many columns, broken at spaces where there are any.

    Args:
        text: its own line ends are kept.
        columns: of each line, the indent included.
        indent: stands before every line but the first.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        lines.extend(_wrap_line(part, columns, indent, is_first=not lines))
    return lines


def _wrap_line(text: str, columns: int, indent: str, *, is_first: bool) -> list[str]:
    if width(indent) >= columns:
        indent = ""  # it would leave no room
    lead = "" if is_first else indent
    if width(lead + text) <= columns:
        return [lead + text]
    lines: list[str] = []
    line = lead + text[: len(text) - len(text.lstrip())]
    is_empty = True
    for word in re.findall(r"\S+\s*", text):
        if not is_empty and width(line + word.rstrip()) > columns:
            lines.append(line.rstrip())
            line, is_empty = indent, True
        while word.rstrip() and width(line + word.rstrip()) > columns:
            head = _head(word, columns - width(line))
            lines.append(line + head)
            line, word = indent, word[len(head) :]
        line, is_empty = line + word, False
    return [*lines, line.rstrip()] if line.strip() else lines


def _head(word: str, columns: int) -> str:
    """As much of the word as fits, and at least one character."""
    used = 0
    for index, character in enumerate(word):
        used += _character_width(character)
        if used > columns and index:
            return word[:index]
    return word


def _visible_character(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return "    "
    # Cc: control, Cf: format (bidi marks and the like), Cs: surrogates, Zl and Zp: line ends
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return f"<U+{ord(character):04X}>"
    return character


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
