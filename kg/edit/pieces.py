"""A block of YAML cut into the lines of its entries: keys with their values, or items of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model.node import Mapping, Node, Scalar
from kg.model.node import Sequence as SequenceNode


class CutError(Exception):
    """A block whose entries share lines with something else, so that it cannot be cut."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An entry of a block with the lines that belong to it; a line belongs to one entry alone."""

    name: str  #: its key; of an item its id, else what it holds
    node: Node  #: its value, or the item
    gap: tuple[str, ...]  #: blank lines, and comments that stand apart from it, before it
    above: tuple[str, ...]  #: the comments directly above it
    lines: tuple[str, ...]  #: its own, with comments below it that are indented deeper
    first: int  #: the number of the first of its own lines, from 0


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping or a list that stands on lines of its own."""

    column: int
    pieces: tuple[Piece, ...]
    tail: tuple[str, ...]  #: what stands behind the last entry

    def piece(self, name: str) -> Piece | None:
        """The entry of that name."""
        return next((piece for piece in self.pieces if piece.name == name), None)


def cut(lines: Sequence[str], node: Mapping | SequenceNode, first: int, end: int) -> Block:
    """The entries of a block, which has the lines from `first` to before `end` for itself.

    Raises:
        CutError: if one of its entries does not begin its line.
    """
    column = node.start.column
    starts = list(_starts(lines, node))
    pieces: list[Piece] = []
    names: dict[str, int] = {}
    for number, (start, name, value) in enumerate(starts):
        if lines[start][:column].strip():
            raise CutError
        following = starts[number + 1][0] if number + 1 < len(starts) else end
        above = start
        while above > first and lines[above - 1].lstrip().startswith("#"):
            above -= 1
        last = _last_line(lines, value, column, start, following)
        names[name] = names.get(name, 0) + 1
        pieces.append(
            Piece(
                name if names[name] == 1 else f"{name} ({names[name]})",
                value,
                tuple(lines[first:above]),
                tuple(lines[above:start]),
                tuple(lines[start : last + 1]),
                start,
            )
        )
        first = last + 1
    return Block(column, tuple(pieces), tuple(lines[first:end]))


def dashes(lines: Sequence[str], node: SequenceNode) -> Iterator[int]:
    """The line of each item's dash, which stand below each other."""
    line, column = node.start.line, node.start.column
    for number, item in enumerate(node.items):
        while lines[line][column : column + 1] != "-" or (number and lines[line][:column].strip()):
            line += 1
        yield line
        line = item.end.line + 1


def _starts(lines: Sequence[str], node: Mapping | SequenceNode) -> Iterator[tuple[int, str, Node]]:
    if isinstance(node, Mapping):
        for key, value in node.entries.values():
            if key.start.column != node.start.column:
                raise CutError
            yield key.start.line, key.value, value
        return
    for line, item in zip(dashes(lines, node), node.items, strict=True):
        yield line, _name_of(item), item


def _name_of(item: Node) -> str:
    match item:
        case Mapping():
            id = item.value("id")
            if isinstance(id, Scalar):
                return id.value
            return ", ".join(
                f"{key}: {_name_of(value)}" for key, (_, value) in item.entries.items()
            )
        case Scalar():
            return item.value
        case SequenceNode():
            return ", ".join(map(_name_of, item.items))
    raise CutError


def _last_line(lines: Sequence[str], value: Node, column: int, start: int, following: int) -> int:
    """The last line of an entry: blank lines that its text keeps, and deeper comments, are its."""
    last = max(start, value.end.line)
    is_kept = _keeps_blank_lines(lines, value)
    for line in range(last + 1, following):
        content = lines[line].lstrip(" ")
        if not content.strip():
            last = line if is_kept else last
        elif len(lines[line]) - len(content) > column:
            last = line
        else:
            break
    return last


def _keeps_blank_lines(lines: Sequence[str], node: Node) -> bool:
    """Whether blank lines behind it are part of its text: `note: |+`."""
    while isinstance(node, Mapping | SequenceNode):
        values = node.items if isinstance(node, SequenceNode) else [
            value for _, value in node.entries.values()
        ]  # fmt: skip
        if not values:
            return False
        node = values[-1]
    sign = lines[node.start.line][node.start.column :].partition("#")[0]
    return sign[:1] in ("|", ">") and "+" in sign
