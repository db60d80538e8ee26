"""A fact file as its sections and their entries, and where a new entry goes.

An entry is what declares one entity, source, fact or decision, with the comments that stand
directly above it. Nothing of the file is written anew: what is added stands among what was there.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.edit.apply import line_starts
from kg.edit.writing import LISTS, NewEntry, block_lines, flow_text
from kg.model.diagnostic import Diagnostic
from kg.model.edit import Edit
from kg.model.node import Mapping, Node, Scalar, span_of
from kg.model.node import Sequence as SequenceNode
from kg.model.text import SourceText, Span
from kg.reading.document import read_document

#: The sections of a fact file in their customary order.
SECTIONS = ("entities", "sources", "defaults", "facts", "decisions", "identities")

_INDENT = 2  #: of entries that have no neighbours to go by
_KEEPS_BLANK_LINES = re.compile(r"^[|>][0-9]?\+[0-9]?\s*(?:#.*)?$")


class LayoutError(Exception):
    """A file is laid out in a way that nothing can be added to; says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What declares one thing, and the stretch of the file that belongs to it."""

    id: str | None  #: None where none is written, or not as text
    name: Scalar | None  #: the node that declares it
    body: Node
    #: In a section of lines, whole lines, from the comments above it to the line after it; between
    #: brackets, its own text.
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """One of the keys at the top of a fact file, with its entries in the order of the file."""

    key: str
    name: Scalar
    body: Node
    is_flow: bool  #: written between brackets
    #: Where a section of lines begins: at the comments directly above its key.
    first_line: int
    #: Of every section but `defaults`, which has none.
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A fact file as it is laid out."""

    text: SourceText
    lines: tuple[str, ...]  #: without what ends them
    root: Mapping
    is_flow: bool  #: the whole file is written between brackets
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        """The section of that name, if the file has it."""
        return next((section for section in self.sections if section.key == key), None)


def read_layout(text: SourceText) -> Layout | None:
    """How a fact file is laid out; None where it is not YAML that can be read."""
    found: list[Diagnostic] = []
    root = read_document(text, found)
    if root is None:
        return None
    lines = _lines_of(text)
    is_flow = _starts_with(lines, root, "{")
    sections = tuple(
        _section(text.path, lines, key, name, body)
        for key, (name, body) in root.entries.items()
        if key in SECTIONS
    )
    return Layout(text, lines, root, is_flow, sections)


def edits_adding(layout: Layout, section: str, entries: Sequence[NewEntry]) -> tuple[Edit, ...]:
    """Edits that put entries at the end of a section, which is made where it is missing.

    They go after the section's last entry, before comments at its end that belong to none, look
    indented like it and stand apart by a blank line where the last two do.

    Raises:
        LayoutError: if the section holds something other than entries.
    """
    existing = layout.section(section)
    if layout.is_flow:
        return _added_to_flow_file(layout, existing, section, entries)
    if existing is None:
        return (_new_section(layout, section, entries),)
    if isinstance(existing.body, Scalar) and not existing.body.value:
        lines = _block(entries, _INDENT, has_gaps=False)
        return (_insert_lines(layout, existing.name.start.line + 1, lines),)
    if not isinstance(existing.body, SequenceNode if _is_list(section) else Mapping):
        raise LayoutError(f"'{section}' holds something other than what can be added to")
    if not existing.entries:
        return _filled(layout, existing, entries)
    if existing.is_flow:
        return _added_to_flow(layout, existing, entries)
    last = existing.entries[-1]
    column = _column(existing)
    keeps = _keeps_blank_lines(layout.lines, last.body)
    has_gaps = _has_gaps(layout, existing) and not keeps
    lines = _block(entries, column, has_gaps=has_gaps)
    at = last.span.end_line - 1 + (last.span.end_column > 1)
    return (_insert_lines(layout, at, ([""] if has_gaps else []) + lines),)


def edit_removing(layout: Layout, section: str, id: str) -> Edit:
    """The edit that takes an entry out with the comments directly above it; the last, its section.

    Raises:
        LayoutError: if there is no such entry.
    """
    found = layout.section(section)
    entries = found.entries if found is not None else ()
    entry = next((each for each in entries if each.id == id), None)
    if found is None or entry is None:
        raise LayoutError(f"{layout.text.path}: '{section}' has no '{id}'")
    if len(entries) == 1 and not layout.is_flow:
        end = found.body.end.line + (found.body.end.column > 0)
        return Edit(Span(layout.text.path, found.first_line, 1, end + 1, 1), "")
    if len(entries) == 1 or not found.is_flow:
        return Edit(entry.span, "")
    at = entries.index(entry)
    path, span = layout.text.path, entry.span
    if at + 1 < len(entries):  # to where the next one begins
        after = entries[at + 1].span
        return Edit(Span(path, span.line, span.column, after.line, after.column), "")
    before = entries[at - 1].span
    return Edit(Span(path, before.end_line, before.end_column, span.end_line, span.end_column), "")


def new_file(path: str, entries: Sequence[NewEntry], head: Sequence[str] = ()) -> SourceText:
    """A file with these entries, in the customary order of their sections, below some lines."""
    parts = ["".join(f"{line}\n" for line in head)] if head else []
    for section in SECTIONS:
        its = [entry for entry in entries if entry.section == section]
        if its:
            lines = [f"{section}:", *_block(its, _INDENT, has_gaps=False)]
            parts.append("".join(f"{line}\n" for line in lines))
    return SourceText(path, "\n".join(parts).encode())


# -- how it is laid out ---------------------------------------------------------------------------


def _lines_of(text: SourceText) -> tuple[str, ...]:
    body = text.data.decode("utf-8-sig")
    starts = [*line_starts(body), len(body)]
    return tuple(body[a:b].rstrip("\r\n") for a, b in itertools.pairwise(starts))


def _is_list(section: str) -> bool:
    return section in LISTS


def _starts_with(lines: Sequence[str], node: Node, bracket: str) -> bool:
    line, column = node.start.line, node.start.column
    return line < len(lines) and lines[line][column : column + 1] == bracket


def _section(path: str, lines: Sequence[str], key: str, name: Scalar, body: Node) -> Section:
    is_flow = _starts_with(lines, body, "[" if isinstance(body, SequenceNode) else "{")
    first = name.start.line
    above = _comments_above(lines, first, 0)
    if above > 0:  # comments at the very top speak of the file
        first = above
    found = _entries(path, lines, key, body, is_flow=is_flow, floor=name.start.line + 1)
    return Section(key, name, body, is_flow, first + 1, tuple(found))


def _entries(
    path: str, lines: Sequence[str], key: str, body: Node, *, is_flow: bool, floor: int
) -> Iterator[Entry]:
    """The entries of a section; `floor` is the first line that one of them may begin on."""
    named: list[tuple[Scalar | None, Node, Node]] = []
    if key in ("entities", "sources") and isinstance(body, Mapping):
        named = [(name, name, value) for name, value in body.entries.values()]
    elif _is_list(key) and isinstance(body, SequenceNode):
        named = [(_id_of(item), item, item) for item in body.items]
    for name, begins, value in named:
        id = name.value if name is not None else None
        if is_flow:
            start, end = span_of(path, begins), span_of(path, value)
            span = Span(path, start.line, start.column, end.end_line, end.end_column)
        else:
            first = _dash_line(lines, begins, body, floor) if _is_list(key) else begins.start.line
            last = _last_line(lines, value, body.start.column, max(first, begins.start.line))
            first = _comments_above(lines, first, floor)
            floor = last + 1
            is_at_end = last + 1 >= len(lines)
            span = (
                Span(path, first + 1, 1, last + 1, len(lines[last]) + 1)
                if is_at_end
                else Span(path, first + 1, 1, last + 2, 1)
            )
        yield Entry(id, name, value, span)


def _id_of(item: Node) -> Scalar | None:
    name = item.value("id") if isinstance(item, Mapping) else None
    return name if isinstance(name, Scalar) and name.value else None


def _dash_line(lines: Sequence[str], item: Node, body: Node, floor: int) -> int:
    """The line with the dash of an item, which may stand above what the item holds."""
    line = item.start.line
    while line > floor and not lines[line][body.start.column :].startswith("-"):
        line -= 1
    return line


def _last_line(lines: Sequence[str], value: Node, column: int, first: int) -> int:
    """The last line of an entry: a comment that is indented deeper than entries is part of it."""
    last = max(first, value.end.line)
    if value.end.line > first and value.end.column == 0:
        last -= 1
    if _is_empty(value):
        last = first
    line = last + 1
    if _keeps_blank_lines(lines, value):
        while line < len(lines) - 1 and not lines[line].strip():
            last, line = line, line + 1
    while line < len(lines):
        stripped = lines[line].lstrip(" ")
        is_inside = stripped.startswith("#") and len(lines[line]) - len(stripped) > column
        if is_inside:
            last = line
        elif stripped:
            break
        line += 1
    return last


def _is_empty(value: Node) -> bool:
    return isinstance(value, Scalar) and not value.value and value.start.column == value.end.column


def _comments_above(lines: Sequence[str], line: int, floor: int) -> int:
    """The first of the comment lines that stand directly above a line."""
    while line > floor and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line


def _column(section: Section) -> int:
    return section.body.start.column


def _has_gaps(layout: Layout, section: Section) -> bool:
    """Whether a blank line stands between the last two entries."""
    if len(section.entries) < 2:
        return False
    before = section.entries[-1].span.line - 2
    return not layout.lines[before].strip()


def _keeps_blank_lines(lines: Sequence[str], node: Node) -> bool:
    """Whether blank lines after it are part of its text: `note: |+`."""
    while isinstance(node, Mapping | SequenceNode):
        values = (
            [value for _, value in node.entries.values()]
            if isinstance(node, Mapping)
            else node.items
        )
        if not values:
            return False
        node = values[-1]
    opening = lines[node.start.line] if node.start.line < len(lines) else ""
    return _KEEPS_BLANK_LINES.search(opening[node.start.column :]) is not None


# -- what is added --------------------------------------------------------------------------------


def _block(entries: Sequence[NewEntry], column: int, *, has_gaps: bool) -> list[str]:
    lines: list[str] = []
    for entry in entries:
        if has_gaps and lines:
            lines.append("")
        lines.extend(block_lines(entry, column))
    return lines


def _insert_lines(layout: Layout, line: int, lines: Sequence[str]) -> Edit:
    """An edit that puts lines before the line of that number, which counts from 0."""
    path = layout.text.path
    count = len(layout.lines)
    if line < count:
        return Edit(Span(path, line + 1, 1, line + 1, 1), "".join(f"{each}\n" for each in lines))
    last = layout.lines[-1] if layout.lines else ""
    at = Span(path, count, len(last) + 1, count, len(last) + 1)
    before = "\n" if last else ""
    return Edit(at, before + "".join(f"{each}\n" for each in lines))


def _new_section(layout: Layout, key: str, entries: Sequence[NewEntry]) -> Edit:
    """An edit that adds a section, before the one that customarily comes after it."""
    lines = [f"{key}:", *_block(entries, _INDENT, has_gaps=False)]
    later = SECTIONS[SECTIONS.index(key) + 1 :]
    following = next((section for section in layout.sections if section.key in later), None)
    if following is not None:
        at = following.first_line - 1
        return _insert_lines(layout, at, [*_gap_before(layout, at), *lines, ""])
    at = len(layout.lines)
    while at and not layout.lines[at - 1]:
        at -= 1
    if at and layout.lines[at - 1].rstrip() == "...":
        at -= 1
    elif at < len(layout.lines):  # below blank lines at the end, where there are any
        at = len(layout.lines) - 1
    gap = [] if _keeps_blank_lines(layout.lines, layout.root) else _gap_before(layout, at)
    return _insert_lines(layout, at, [*gap, *lines])


def _gap_before(layout: Layout, line: int) -> list[str]:
    """A blank line, unless one is there, or nothing that it would stand apart from."""
    above = layout.lines[line - 1].strip() if line else ""
    return [""] if above and above != "---" else []


def _filled(layout: Layout, section: Section, entries: Sequence[NewEntry]) -> tuple[Edit, ...]:
    """Edits that put lines in the place of empty brackets; what stands between them stays."""
    body, path = section.body, layout.text.path
    if _between(layout, (body.start.line, body.start.column + 1), _closing(body)).strip():
        items = ", ".join(flow_text(entry) for entry in entries)
        return (_insert(path, _closing(body), items),)
    before = layout.lines[body.start.line][: body.start.column]
    start = len(before.rstrip())
    span = Span(path, body.start.line + 1, start + 1, body.end.line + 1, body.end.column + 1)
    lines = _block(entries, _INDENT, has_gaps=False)
    return (Edit(span, ""), _insert_lines(layout, body.end.line + 1, lines))


def _added_to_flow_file(
    layout: Layout, section: Section | None, key: str, entries: Sequence[NewEntry]
) -> tuple[Edit, ...]:
    if section is not None and section.entries:
        return _added_to_flow(layout, section, entries)
    items = ", ".join(flow_text(entry) for entry in entries)
    if section is not None and isinstance(section.body, Mapping | SequenceNode):
        return (_insert(layout.text.path, _closing(section.body), items),)
    if section is not None:
        raise LayoutError(f"'{key}' has no value to add to")
    whole = f"{key}: [{items}]" if _is_list(key) else f"{key}: {{{items}}}"
    values = [value for _, value in layout.root.entries.values()]
    if not values:
        return (_insert(layout.text.path, _closing(layout.root), whole),)
    comma = _comma_after(layout, values[-1], layout.root)
    at = comma or _end(values[-1])
    return (_insert(layout.text.path, at, f" {whole}" if comma else f", {whole}"),)


def _added_to_flow(
    layout: Layout, section: Section, entries: Sequence[NewEntry]
) -> tuple[Edit, ...]:
    """Edits that add items between brackets, on lines of their own where the last one has its."""
    path, last = layout.text.path, section.entries[-1]
    items = [flow_text(entry) for entry in entries]
    comma = _comma_after(layout, last.body, section.body)
    at = comma or _end(last.body)
    before = layout.lines[last.span.line - 1][: last.span.column - 1]
    if before.strip():
        joined = ", ".join(items)
        return (_insert(path, at, f" {joined}" if comma else f", {joined}"),)
    lines = "\n" + f",\n{before}".join([before + items[0], *items[1:]])
    rest = layout.lines[at[0]][at[1] :].strip()
    if rest and not rest.startswith("#"):
        return (_insert(path, at, lines if comma else f",{lines}"),)
    separating = () if comma else (_insert(path, at, ","),)
    return (*separating, _insert(path, (at[0], len(layout.lines[at[0]])), lines))


_Place = tuple[int, int]  #: line and column, from 0


def _insert(path: str, at: _Place, text: str) -> Edit:
    line, column = at[0] + 1, at[1] + 1
    return Edit(Span(path, line, column, line, column), text)


def _end(node: Node) -> _Place:
    return node.end.line, node.end.column


def _closing(node: Node) -> _Place:
    """Where the bracket stands that closes a node."""
    return node.end.line, node.end.column - 1


def _comma_after(layout: Layout, item: Node, body: Node) -> _Place | None:
    """Where the comma ends that follows the last item between brackets, if one does."""
    line, column = _end(item)
    closing = _closing(body)
    while (line, column) < closing:
        rest = layout.lines[line][column:]
        content = rest.lstrip()
        if content.startswith(","):
            return line, column + len(rest) - len(content) + 1
        if content and not content.startswith("#"):
            return None
        line, column = line + 1, 0
    return None


def _between(layout: Layout, start: _Place, end: _Place) -> str:
    if start[0] == end[0]:
        return layout.lines[start[0]][start[1] : end[1]]
    first, *middle = layout.lines[start[0] : end[0]]
    return "\n".join([first[start[1] :], *middle, layout.lines[end[0]][: end[1]]])
