"""Entries added to a workspace, in memory: where they go, and what `kg check` would say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.check import Checked, Texts, check
from kg.edit.apply import apply
from kg.edit.blocks import Entry, Layout, LayoutError, edits_adding, new_file, read_layout
from kg.edit.place import file_for, without_defaults
from kg.edit.scalars import flow_scalar
from kg.edit.writing import NewEntry, Value, value_of
from kg.model.diagnostic import Diagnostic, Severity
from kg.model.facts import Entity, FactSet, Source
from kg.model.node import Mapping as MappingNode
from kg.model.node import span_of
from kg.model.text import SourceText, Span
from kg.rules import RULES_OVER_ALL, duplicate_claim, unused_entity


class UnreadableFileError(Exception):
    """The file that is to be added to is not YAML that can be read."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry in the file that it was put into."""

    entry: NewEntry  #: as it is written there, without what the file's defaults say
    path: str
    is_new_file: bool
    found: Entry  #: as it lies in the file now


@dataclass(frozen=True, slots=True)
class Addition:
    """A workspace with entries added."""

    texts: Texts
    placed: tuple[Placed, ...]

    @property
    def changed(self) -> Mapping[str, SourceText]:
        """The files that differ, by path."""
        return {each.path: self.texts.by_path[each.path] for each in self.placed}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is found in a workspace after an addition and was not found before."""

    checked: Checked
    errors: tuple[Diagnostic, ...]
    others: tuple[Diagnostic, ...]  #: warnings and notes
    duplicates: tuple[Diagnostic, ...]  #: claims that are there already


def add(texts: Texts, entries: Sequence[NewEntry], path: str | None = None) -> Addition:
    """The texts with the entries in them, in the file of that path or in those that fit best.

    Raises:
        UnreadableFileError: if the file is not YAML that can be read.
        kg.edit.blocks.LayoutError: if the file has no place for such an entry, or the entry would
            not read back as it is.
    """
    before = {text.path for text in texts.facts}
    readable = (layout for text in texts.facts if (layout := read_layout(text)) is not None)
    layouts = {layout.text.path: layout for layout in readable}
    written: list[tuple[NewEntry, str]] = []
    for entry in entries:
        at = path or file_for(entry, tuple(layouts.values()))
        text, own = _put_in(texts, layouts.get(at), entry, at)
        layout = read_layout(text)
        if layout is None:
            raise LayoutError(f"'{entry.id}' holds something that no file can")
        layouts[at] = layout
        others = tuple(each for each in texts.facts if each.path != at)
        facts = tuple(sorted((*others, text), key=lambda each: each.path))
        texts = replace(texts, facts=facts)
        written.append((own, at))
    placed = [Placed(own, at, at not in before, _found(own, layouts[at])) for own, at in written]
    return Addition(texts, tuple(placed))


def judge(addition: Addition, before: Checked) -> Judgement:
    """What the addition brings with it; what was wrong before is not its fault."""
    checked = check(addition.texts, before)
    new = tuple(_new(addition, before, checked))
    known = {each.message for each in duplicate_claim.find(before.facts)}
    repeated = [d for d in duplicate_claim.find(checked.facts) if d.message not in known]
    errors = tuple(each for each in new if each.severity is Severity.ERROR)
    others = tuple(
        each
        for each in new
        if each.severity is not Severity.ERROR
        and not (each.code is unused_entity.CODE and _is_in_new(each, addition))  # not used yet
    )
    return Judgement(checked, errors, others, tuple(repeated))


def key_of(diagnostic: Diagnostic, placed: Placed) -> str | None:
    """The key of a new entry that a finding is about; None where it is about none of its keys."""
    if diagnostic.span.path != placed.path or not isinstance(placed.found.body, MappingNode):
        return None
    for key, (key_node, value) in placed.found.body.entries.items():
        start, end = span_of(placed.path, key_node), span_of(placed.path, value)
        if _is_within(diagnostic.span, start[1:3], end[3:5]):
            return key
    name = placed.found.name
    if name is not None and span_of(placed.path, name) == diagnostic.span:
        return "id"
    return None


def namesakes(entry: NewEntry, facts: FactSet) -> Iterator[Entity | Source]:
    """What is there already and is called like a new entity, or is the same as a new source."""
    values = entry.values
    if entry.section == "entities":
        name = str(values.get("name", "")).casefold()
        for entity in facts.entities.values():
            names = {each.casefold() for each in (entity.name, *entity.aliases)}
            if entity.type == values.get("type") and name in names:
                yield entity
    elif entry.section == "sources":
        for source in facts.sources.values():
            same_page = source.url is not None and source.url == values.get("url")
            told = (source.title, source.publisher, source.published_text)
            if same_page or told == tuple(
                values.get(k) for k in ("title", "publisher", "published")
            ):
                yield source


def _put_in(
    texts: Texts, layout: Layout | None, entry: NewEntry, path: str
) -> tuple[SourceText, NewEntry]:
    if layout is not None:
        own = without_defaults(entry, layout)
        return apply(layout.text, edits_adding(layout, entry.section, [own])), own
    if path in texts.by_path or any(each.span.path == path for each in texts.unreadable):
        raise UnreadableFileError(path)
    source = entry.values.get("source")
    if entry.section != "facts" or not isinstance(source, str):
        return new_file(path, [entry]), entry
    own = replace(entry, values={k: v for k, v in entry.values.items() if k != "source"})
    return new_file(path, [own], [f"defaults: {{source: {flow_scalar(source)}}}"]), own


def _found(entry: NewEntry, layout: Layout) -> Entry:
    """The entry as it lies in a file: the last of its id."""
    section = layout.section(entry.section)
    its = [each for each in section.entries if each.id == entry.id] if section is not None else []
    if not its or _plain(value_of(its[-1].body)) != _plain(entry.written):
        raise LayoutError(f"'{entry.id}' would not read back as it is")
    return its[-1]


def _plain(value: Value) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value]


def _new(addition: Addition, before: Checked, after: Checked) -> Iterator[Diagnostic]:
    known = Counter(_apart_from_its_line(each) for each in before.diagnostics)
    if not before.is_sound:  # these may have been left unasked
        facts = before.facts
        known.update(_apart_from_its_line(d) for r in RULES_OVER_ALL for d in r.find(facts))
    for diagnostic in after.diagnostics:
        key = _apart_from_its_line(diagnostic)
        if not _is_in_new(diagnostic, addition) and known[key]:
            known[key] -= 1
        else:
            yield diagnostic


def _apart_from_its_line(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.code.name, diagnostic.message, diagnostic.span.path


def _is_in_new(diagnostic: Diagnostic, addition: Addition) -> bool:
    return any(
        diagnostic.span.path == each.path
        and _is_within(diagnostic.span, each.found.span[1:3], each.found.span[3:5])
        for each in addition.placed
    )


def _is_within(span: Span, start: tuple[int, ...], end: tuple[int, ...]) -> bool:
    return start <= span[1:3] and span[3:5] <= end
