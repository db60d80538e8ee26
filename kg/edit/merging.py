"""Two changes of one file joined by what it declares: entries by their ids, their keys by name.

Git joins lines, so two people who add a fact at the end of one file are in each other's way. Here
both facts are added, and the keys of a fact that one side changed are joined with those that the
other changed. Where both changed the same, both versions stand between
markers: nothing of either is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from kg.edit.apply import newline_of
from kg.edit.pieces import Block, CutError, Piece, cut
from kg.model.diagnostic import Diagnostic
from kg.model.node import Mapping, Node, Scalar, same_values
from kg.model.node import Sequence as SequenceNode
from kg.model.text import SourceText
from kg.reading.comments import comments
from kg.reading.document import read_document

_T = TypeVar("_T")
_MARK = "\N{BYTE ORDER MARK}"


@dataclass(frozen=True, slots=True)
class Merged:
    """What came out, and the names of the entries that a person has to look at."""

    text: SourceText
    conflicts: tuple[str, ...]


def merge(
    base: SourceText, ours: SourceText, theirs: SourceText, marker_size: int = 7
) -> Merged | None:
    """Both changes of `base` in one text, laid out like `ours`.

    None where one of the three cannot be read or cut into entries: then lines are all there is.
    """
    try:
        merger = _Merger(_Version.of(base), _Version.of(ours), _Version.of(theirs), marker_size)
        lines = merger.file()
    except CutError:
        return None
    written = "".join(f"{line}\n" for line in lines)
    if not merger.conflicts:
        problems: list[Diagnostic] = []
        if read_document(SourceText(ours.path, written.encode()), problems) is None or problems:
            return None
    decoded = ours.data.decode("utf-8")
    mark = _MARK if decoded.startswith(_MARK) else ""
    whole = mark + written.replace("\n", newline_of(decoded))
    return Merged(SourceText(ours.path, whole.encode()), tuple(merger.conflicts))


class _Version:
    """One of the three files."""

    def __init__(self, text: str, root: Mapping) -> None:
        self.lines = text.removesuffix("\n").split("\n") if text else []
        self.root = root
        self.remarks = comments(text, root)

    @classmethod
    def of(cls, text: SourceText) -> _Version:
        found: list[Diagnostic] = []
        root = read_document(text, found)
        if root is None or found:
            raise CutError
        decoded = text.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return cls(decoded, root)

    @cached_property
    def block(self) -> Block:
        if self.root.entries and self.is_flow(self.root):
            raise CutError
        return cut(self.lines, self.root, 0, len(self.lines))

    def is_flow(self, node: Node) -> bool:
        return self.lines[node.start.line].startswith(("{", "["), node.start.column)

    def remarks_of(self, piece: Piece) -> list[str]:
        """The comments of an entry."""
        first, end = piece.first - len(piece.above), piece.first + len(piece.lines)
        return [c.text for c in self.remarks if first < c.line <= end]

    def opened(self, piece: Piece) -> _Opened | None:
        """An entry whose value stands on lines of its own, or that has none; None if neither."""
        node = piece.node
        if _is_empty(node):
            key = self.lines[piece.first][: node.start.column].rstrip()
            is_bare = not self.remarks_of(piece) and key.endswith(":")
            return _Opened((key,), Block(0, (), ()), None) if is_bare else None
        if not isinstance(node, Mapping | SequenceNode) or self.is_flow(node):
            return None
        before = self.lines[node.start.line][: node.start.column]
        end = piece.first + len(piece.lines)
        if not before.strip():
            first = piece.first + 1
            return _Opened(piece.lines[:1], cut(self.lines, node, first, end), None)
        if before.strip() != "-" or node.start.line != piece.first:
            return None
        lines = list(self.lines)
        lines[piece.first] = before.replace("-", " ") + lines[piece.first][len(before) :]
        return _Opened((), cut(lines, node, piece.first, end), before.index("-"))

    def between_brackets(self, piece: Piece) -> _Flow | None:
        """An entry whose keys all stand on its one line; None if they do not."""
        node = piece.node
        if not isinstance(node, Mapping) or not self.is_flow(node) or len(piece.lines) > 1:
            return None
        line = self.lines[piece.first]
        pairs = tuple(
            Piece(name, value, (), (), (line[key.start.column : value.end.column],), piece.first)
            for name, (key, value) in node.entries.items()
        )
        before, behind = line[: node.start.column], line[node.end.column :]
        return _Flow(before, Block(0, pairs, ()), behind)


@dataclass(frozen=True, slots=True)
class _Opened:
    head: tuple[str, ...]  #: the line of its key
    block: Block
    dash: int | None  #: where the dash stands that shares a line with the first key


@dataclass(frozen=True, slots=True)
class _Flow:
    before: str
    pairs: Block
    behind: str


class _Merger:
    """Joins blocks, and counts what cannot be joined."""

    def __init__(self, base: _Version, ours: _Version, theirs: _Version, marker_size: int) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.marker_size = marker_size
        self.conflicts: list[str] = []

    def file(self) -> list[str]:
        lines = self.block(self.base.block, self.ours.block, self.theirs.block, _SECTIONS)
        assert lines is not None  # a section that is in conflict stands between markers
        return lines

    def block(self, base: Block | None, ours: Block, theirs: Block, level: int) -> list[str] | None:
        """The lines of a block of both; None where one of an entry's keys is in conflict."""
        base = base or _NOTHING
        if ours.pieces:
            theirs = _moved(theirs, ours.column - theirs.column)
        lines: list[str] = []
        for name in _order(base, ours, theirs):
            each = base.piece(name), ours.piece(name), theirs.piece(name)
            merged = self.entry(*each, level)
            if merged is None:
                if level == _KEYS:
                    return None
                merged = self.between_markers(name, *each[1:])
            if merged:
                lines += [*_remarks(*(piece.gap if piece else None for piece in each)), *merged]
        return [*lines, *_remarks(base.tail, ours.tail, theirs.tail)]

    def entry(
        self, base: Piece | None, ours: Piece | None, theirs: Piece | None, level: int
    ) -> list[str] | None:
        """The lines of an entry of both, or of that one which has changed it."""
        if ours is None or theirs is None:
            left = ours or theirs
            assert left is not None
            if base is None:
                return _whole(left)
            version = self.ours if ours else self.theirs
            return [] if self.says_the_same((self.base, base), (version, left)) else None
        if _whole(ours) == _whole(theirs) or (base and _whole(base) == _whole(theirs)):
            return _whole(ours)
        if base and _whole(base) == _whole(ours):
            return _whole(theirs)
        if level == _SECTIONS:
            return self.inside(base, ours, theirs, level) or self.alike(base, ours, theirs)
        alike = self.alike(base, ours, theirs)
        if alike is not None or level == _KEYS or base is None:
            return alike
        return self.inside(base, ours, theirs, level)

    def alike(self, base: Piece | None, ours: Piece, theirs: Piece) -> list[str] | None:
        """The entry of one side, where the other says what was said, in whatever layout."""
        if self.says_the_same((self.ours, ours), (self.theirs, theirs)):
            return _whole(ours)
        if base and self.says_the_same((self.base, base), (self.ours, ours)):
            return _whole(theirs)
        if base and self.says_the_same((self.base, base), (self.theirs, theirs)):
            return _whole(ours)
        return None

    def says_the_same(self, one: tuple[_Version, Piece], other: tuple[_Version, Piece]) -> bool:
        """Whether two entries hold the same, with the same comments."""
        return same_values(one[1].node, other[1].node) and (
            one[0].remarks_of(one[1]) == other[0].remarks_of(other[1])
        )

    def inside(
        self, base: Piece | None, ours: Piece, theirs: Piece, level: int
    ) -> list[str] | None:
        """An entry put together from what is in it."""
        inner = self.opened(base, ours, theirs, level) or self.in_brackets(base, ours, theirs)
        above = _remarks(base.above if base else None, ours.above, theirs.above)
        return None if inner is None else [*above, *inner]

    def opened(
        self, base: Piece | None, ours: Piece, theirs: Piece, level: int
    ) -> list[str] | None:
        one, other = self.ours.opened(ours), self.theirs.opened(theirs)
        if one is None or other is None or not _are_alike(ours.node, theirs.node):
            return None
        first = self.base.opened(base) if base and _are_alike(base.node, ours.node) else None
        before = first.head if first else base.lines[:1] if base else ()
        head = _picked(before, one.head, other.head)
        if head is None or (first is None and level == _ENTRIES):
            return None
        lines = self.block(first.block if first else None, one.block, other.block, level + 1)
        if lines and one.dash is not None and not head:
            while not lines[0].strip():
                del lines[0]
            lines[0] = lines[0][: one.dash] + "-" + lines[0][one.dash + 1 :]
        return None if lines is None else [*head, *lines]

    def in_brackets(self, base: Piece | None, ours: Piece, theirs: Piece) -> list[str] | None:
        if base is None:
            return None
        first, one, other = (
            version.between_brackets(piece)
            for version, piece in ((self.base, base), (self.ours, ours), (self.theirs, theirs))
        )
        if first is None or one is None or other is None:
            return None
        before = _picked(first.before.strip(), one.before.strip(), other.before.strip())
        behind = _picked(first.behind, one.behind, other.behind)
        pairs = self.block(first.pairs, one.pairs, other.pairs, _KEYS)
        if before is None or behind is None or pairs is None:
            return None
        indent = one.before[: len(one.before) - len(one.before.lstrip())]
        return [f"{indent}{before} {{{', '.join(pairs)}}}{behind}"]

    def between_markers(self, name: str, ours: Piece | None, theirs: Piece | None) -> list[str]:
        self.conflicts.append(name)
        size = self.marker_size
        return [
            f"{'<' * size} ours",
            *(_whole(ours) if ours else ()),
            "=" * size,
            *(_whole(theirs) if theirs else ()),
            f"{'>' * size} theirs",
        ]


_SECTIONS, _ENTRIES, _KEYS = range(3)  #: how deep a block lies
_NOTHING = Block(0, (), ())


def _order(base: Block, ours: Block, theirs: Block) -> list[str]:
    """The names of both, in the order of the side that changed it; ours first where both add."""
    before, one, other = ([piece.name for piece in block.pieces] for block in (base, ours, theirs))
    shared = {*before} & {*one} & {*other}
    is_ours = [n for n in one if n in shared] != [n for n in before if n in shared] or (
        [n for n in other if n in shared] == [n for n in before if n in shared]
    )
    order, added = (list(one), other) if is_ours else (list(other), one)
    own = {*order} - {*before} - {*added} if is_ours else set[str]()
    at = 0
    for name in added:
        if name in order:
            at = order.index(name) + 1
            continue
        while at < len(order) and order[at] in own:
            at += 1
        order.insert(at, name)
        at += 1
    return order


def _is_empty(node: Node) -> bool:
    """Whether it holds nothing: a key without a value, or empty brackets."""
    match node:
        case Scalar(value=held) | Mapping(entries=held) | SequenceNode(items=held):
            return not held
    return False


def _are_alike(one: Node, other: Node) -> bool:
    """Whether both are lists or both are keys with values; what is empty is either."""
    return type(one) is type(other) or _is_empty(one) or _is_empty(other)


def _picked(base: _T, ours: _T, theirs: _T) -> _T | None:
    """What was changed on one side alone, or on both to the same."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else None


def _remarks(
    base: tuple[str, ...] | None, ours: tuple[str, ...] | None, theirs: tuple[str, ...] | None
) -> tuple[str, ...]:
    """Blank lines and comments of both; where both changed them, the comments of both."""
    if ours is None or theirs is None:
        return ours or theirs or ()
    picked = _picked(base or (), ours, theirs)
    if picked is not None:
        return picked
    lines = (*ours, *theirs)
    if any(line.strip() and not line.lstrip().startswith("#") for line in lines):
        raise CutError  # a mark of YAML's, such as ---
    known = {line.strip() for line in (*ours, *(base or ()))}
    return (*ours, *(line for line in theirs if line.strip() and line.strip() not in known))


def _whole(piece: Piece) -> list[str]:
    return [*piece.above, *piece.lines]


def _moved(block: Block, columns: int) -> Block:
    """The block that many columns to the right."""
    if not columns:
        return block
    pieces = tuple(
        replace(
            piece,
            gap=_moved_lines(piece.gap, columns),
            above=_moved_lines(piece.above, columns),
            lines=_moved_lines(piece.lines, columns),
        )
        for piece in block.pieces
    )
    return Block(block.column + columns, pieces, _moved_lines(block.tail, columns))


def _moved_lines(lines: tuple[str, ...], columns: int) -> tuple[str, ...]:
    if columns > 0:
        return tuple(" " * columns + line if line.strip() else line for line in lines)
    return tuple(line[min(-columns, len(line) - len(line.lstrip(" "))) :] for line in lines)
