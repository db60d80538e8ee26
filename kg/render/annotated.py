"""A paragraph of a text with the claims that stand in it, as lines for a terminal.

Below each line of the text, marks say which claim cites which characters; what is cited by none has
none. So it can be read without colour, and by a screen reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.coverage import Part
from kg.model.display import counted, visible, width, wrap
from kg.model.facts import FactSet
from kg.wording import sentence

#: What marks the claims, one after the other; those behind have the last.
LABELS = "123456789abcdefghijklmnopqrstuvwxyz+"

_SEVERAL = "="
_GUTTER = 5


def part_lines(
    part: Part, text: str, facts: FactSet, columns: int, *, color: bool = False
) -> list[str]:
    """The part with its words and its claims.

    Args:
        part: the part with what is anchored in it.
        text: its characters.
        facts: the workspace's, for the claims as sentences.
        columns: how many the terminal has.
        color: whether to underline what is cited.
    """
    columns = max(columns, 24)
    labels = _labels(part)
    marks = _marks(part, len(text), labels)
    lines = [*wrap(_heading(part), columns, "  "), ""]
    word = 1
    for start, end in _broken(text, columns - _GUTTER):
        piece = text[start:end]
        lines.append(
            f"{word:{_GUTTER - 2}}  {_underlined(piece, marks[start:end], color)}".rstrip()
        )
        row = "".join(
            mark * width(_shown(character))
            for character, mark in zip(piece, marks[start:end], strict=True)
        )
        if row.strip():
            lines.append(" " * _GUTTER + row.rstrip())
        word += len(piece.split())
    lines.append("")
    if _SEVERAL in marks:
        lines.append(f"  {_SEVERAL} cited by several")
    for claim in part.claims:
        stands = [anchor.chars for anchor in part.anchors if anchor.claim == claim]
        where = ", ".join(f"{c[0]}-{c[1]}" if c else "the whole part" for c in stands)
        what = visible(sentence(facts.claims[claim], facts))
        lines += wrap(f"  {labels[claim]} {what} ({claim}: {where})", columns, "    ")
    return lines


def summary_line(parts: Sequence[Part]) -> str:
    """How much of the text is covered, in one line."""
    covered = sum(part.is_covered for part in parts)
    missing = [part.name for part in parts if part.is_open]
    told = f"{covered} of {counted(len(parts), 'part')} covered"
    return f"{told}; no claim in {', '.join(missing)}" if missing else told


def _heading(part: Part) -> str:
    total = counted(part.length, "character")
    if not part.claims:
        state = "nothing to claim" if part.is_unclaimed else "no claim"
        if part.is_covered:
            state = "covered through a part that overlaps it"
        return f"{part.name} · {total} · {state}"
    cited = f"{100 * part.exact // part.length}% cited exactly"
    return f"{part.name} · {total} · {counted(len(part.claims), 'claim')} · {cited}"


def _labels(part: Part) -> dict[str, str]:
    """A mark for each claim that cites characters, and a star for those of the whole part."""
    exact = [a.claim for a in part.anchors if a.chars]
    labels = {
        claim: LABELS[min(index, len(LABELS) - 1)]
        for index, claim in enumerate(dict.fromkeys(exact))
    }
    return {claim: labels.get(claim, "*") for claim in part.claims}


def _marks(part: Part, length: int, labels: dict[str, str]) -> str:
    marks = [" "] * length
    for anchor in part.anchors:
        if anchor.chars:
            for at in range(anchor.chars[0], min(anchor.chars[1], length)):
                own = labels[anchor.claim]
                marks[at] = own if marks[at] in (" ", own) else _SEVERAL
    return "".join(marks)


def _broken(text: str, columns: int) -> Iterator[tuple[int, int]]:
    """The text in stretches of at most so many columns, broken at spaces where there are any."""
    start = at = 0
    used, last_space = 0, -1
    while at < len(text):
        columns_of = width(_shown(text[at]))
        if used + columns_of > columns and at > start:
            end = last_space + 1 if last_space >= start else at
            yield start, end
            start, at, used, last_space = end, end, 0, -1
            continue
        used += columns_of
        if text[at].isspace():
            last_space = at
        at += 1
    if start < len(text):
        yield start, len(text)


def _shown(character: str) -> str:
    if character in "\u200d\ufe0e\ufe0f":  # they belong to the emoji before them
        return character
    return " " if character in "\r\n\t" else visible(character)


def _underlined(piece: str, marks: str, color: bool) -> str:
    if not color:
        return "".join(_shown(character) for character in piece)
    shown, is_on = [], False
    for character, mark in zip(piece, marks, strict=True):
        if (mark != " ") != is_on:
            is_on = not is_on
            shown.append("\x1b[4m" if is_on else "\x1b[0m")
        shown.append(_shown(character))
    return "".join(shown) + ("\x1b[0m" if is_on else "")
