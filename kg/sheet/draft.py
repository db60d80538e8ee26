"""What a table would add to a workspace, and what `kg check` would say of it, cell by cell.

Nothing of this is written: the draft is judged in memory, and each finding is led back from the
line of YAML that it is about to the cell that the line comes from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from kg.check import Checked, Texts, check
from kg.edit.apply import apply
from kg.edit.blocks import Layout, LayoutError, edits_adding, new_file, read_layout
from kg.edit.ids import suggest_id
from kg.edit.place import defaults_of, without_defaults
from kg.edit.writing import TABLES, NewEntry, Value, value_of
from kg.model.diagnostic import Diagnostic, Related, Severity, in_reading_order
from kg.model.edit import Edit
from kg.model.facts import Claim
from kg.model.node import Mapping as MappingNode
from kg.model.node import Node, span_of
from kg.model.node import Sequence as SequenceNode
from kg.model.text import SourceText, Span
from kg.reading.declarations import DUPLICATE_ID, UNKNOWN_ENTITY
from kg.reading.document import read_document
from kg.reading.shape import MISSING_KEY
from kg.reading.sheet import Sheet
from kg.reading.values import BAD_DATE, BAD_ID
from kg.rules.duplicate_claim import what_it_says
from kg.sheet.columns import Column, WishError, Wishes
from kg.sheet.names import names_of
from kg.sheet.rows import Item, Reading, Row, read_rows


@dataclass(frozen=True, slots=True)
class Known:
    """A row that says what is there already, and so is not written."""

    span: Span
    ids: tuple[str, ...]  #: what says it
    differs: tuple[str, ...]  #: keys for which the row has another value, which is not taken over


@dataclass(frozen=True, slots=True)
class Draft:
    """What a table adds to a workspace."""

    section: str  #: what its rows are
    text: SourceText | None  #: the file with the entries; None where there is nothing to add
    added: str  #: the entries alone, as YAML
    rows: int  #: of the table, blank ones left out
    entries: tuple[NewEntry, ...]  #: those of its rows
    invented: tuple[NewEntry, ...]  #: entities that are declared since a cell names them
    known: tuple[Known, ...]
    read: Mapping[tuple[str, str], int]  #: names and the ids they were read as: in how many cells
    dates: Mapping[str, str]  #: dates as they stand in cells, and as they were read
    findings: tuple[Diagnostic, ...]

    @property
    def is_sound(self) -> bool:
        """Whether it may be written."""
        return not any(each.severity is Severity.ERROR for each in self.findings)


def draft(
    sheet: Sheet,
    columns: tuple[Column, ...],
    wishes: Wishes,
    path: str,
    texts: Texts,
    before: Checked,
) -> Draft:
    """The table as entries of the file `path`, which may be there already.

    Raises:
        WishError: if what the user set for every row is not right, or nothing can be added to the
            file.
    """
    reading = Reading(sheet, columns, wishes, before.facts, names_of(before.facts))
    reading.taken.update(_ids(texts))
    rows = read_rows(reading)
    known, others = _told_apart(rows, texts, path, reading)
    named = _named(others, reading)
    invented = _needed(reading, (row for row, _ in named))
    entries = [*(entry for entry, _ in invented), *(entry for _, entry in named)]
    own = list(reading.found)
    if not entries:
        found = in_reading_order(own)
        return _draft(reading, rows, None, "", (), (), known, found)
    text = _with(texts, path, entries)
    checked = check(texts.with_files({path: text}))
    new = list(_new(before.diagnostics, checked.diagnostics))
    origins = _Origins(text, invented, named) if new else None
    judged = _led_back(new, origins, own) if origins else ()
    found = in_reading_order([*own, *judged])
    is_new = path not in texts.by_path
    added = (text if is_new else new_file(path, entries)).data.decode()
    rows_written = tuple(entry for _, entry in named)
    return _draft(
        reading, rows, text, added, rows_written, tuple(e for e, _ in invented), known, found
    )


def _draft(
    reading: Reading,
    rows: Sequence[Row],
    text: SourceText | None,
    added: str,
    entries: tuple[NewEntry, ...],
    invented: tuple[NewEntry, ...],
    known: Sequence[Known],
    found: tuple[Diagnostic, ...],
) -> Draft:
    return Draft(
        reading.wishes.section, text, added, len(rows), entries, invented, tuple(known),
        reading.names.read, reading.dates, found,
    )  # fmt: skip


def _ids(texts: Texts) -> Iterator[str]:
    """Every id that is declared, whether or not what it declares can be read."""
    for text in texts.facts:
        layout = read_layout(text)
        for section in layout.sections if layout is not None else ():
            yield from (entry.id for entry in section.entries if entry.id is not None)


# -- what is there already ------------------------------------------------------------------------


def _told_apart(
    rows: Sequence[Row], texts: Texts, path: str, reading: Reading
) -> tuple[list[Known], list[Row]]:
    """The rows that say what is there already, and the others."""
    section = reading.wishes.section
    find = _said_already if section == "facts" else _declared_already
    found = find(rows, texts, path, reading)
    known = list(found.values())
    others: list[Row] = []
    first: dict[str, Row] = {}
    for number, row in enumerate(rows):
        if number in found:
            continue
        same = first.setdefault(_content(row), row)
        if same is row:
            others.append(row)
        else:
            at = same.at.span
            known.append(Known(_span(row), (f"line {at.line}" if at else "",), ()))
    return known, others


def _content(row: Row) -> str:
    return repr((row.given.text if row.given else None, sorted(row.values.items())))


def _span(row: Row) -> Span:
    assert row.at.span is not None
    return row.at.span


def _said_already(
    rows: Sequence[Row], texts: Texts, path: str, reading: Reading
) -> dict[int, Known]:
    """Rows all of whose claims are made already, by their numbers.

    What they say is known only when they are read as facts, so they are, under ids that are free.
    """
    facts = reading.facts
    triples = {
        (claim.subject, claim.relation, _object_as_written(claim))
        for claim in facts.claims.values()
    }
    asked = {n: row for n, row in enumerate(rows) if _may_be_said(row, triples)}
    if not asked:
        return {}
    mark = "row"
    while any(id.startswith(f"{mark}-") for id in reading.taken):
        mark += "-row"
    entries = [NewEntry("facts", f"{mark}-{n}", row.values) for n, row in asked.items()]
    invented = [entry for entry, _ in reading.invented.values()]
    trial = new_file(_free_path(texts), [*invented, *entries])
    read = check(texts.with_files({trial.path: trial})).facts
    made = {what_it_says(claim): claim for claim in facts.claims.values()}
    found: dict[int, Known] = {}
    for number, row in asked.items():
        ids = read.facts.get(f"{mark}-{number}", ())
        claims = [read.claims[id] for id in ids]
        same = [made.get(what_it_says(claim)) for claim in claims]
        if not claims or None in same:
            continue
        its = [each for each in same if each is not None]
        if row.given is not None and row.given.text not in {claim.fact for claim in its}:
            continue  # it has an id of its own: the curator means another fact
        differs = [k for c, s in zip(claims, its, strict=True) for k in _differing(row, c, s)]
        names = tuple(dict.fromkeys(claim.fact for claim in its))
        found[number] = Known(_span(row), names, tuple(dict.fromkeys(differs)))
    return found


def _may_be_said(row: Row, triples: Collection[tuple[str, str, str]]) -> bool:
    """Whether there is a claim with the same ends and relation: only then it is looked into."""
    ends = [_texts(row.values.get(key)) for key in ("subject", "relation", "object")]
    return any(triple in triples for triple in product(*ends))


def _object_as_written(claim: Claim) -> str:
    return claim.object if isinstance(claim.object, str) else claim.object.text


def _texts(value: Value | None) -> list[str]:
    if value is None or isinstance(value, Mapping):
        return []
    return [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)]


def _free_path(texts: Texts) -> str:
    taken, path = texts.by_path, "facts/table.yaml"
    while path in taken:
        path = f"{path.removesuffix('.yaml')}-table.yaml"
    return path


#: Keys in which claims that say the same may differ, with how a claim has them.
_BESIDES = {
    "passage": "passages",
    "credibility": "credibility",
    "likelihood": "likelihood",
    "marking": "marking",
    "tags": "tags",
    "recorded": "recorded",
    "note": "note",
    "supersedes": "supersedes",
    "disputes": "disputes",
}


def _differing(row: Row, claim: Claim, same: Claim) -> Iterator[str]:
    for key, name in _BESIDES.items():
        if key in row.values and getattr(claim, name) != getattr(same, name):
            yield key


def _declared_already(
    rows: Sequence[Row], texts: Texts, path: str, reading: Reading
) -> dict[int, Known]:
    """Rows whose entity or source is there with all that they say of it, by their numbers."""
    things = (
        reading.facts.entities if reading.wishes.section == "entities" else reading.facts.sources
    )
    found: dict[int, Known] = {}
    for number, row in enumerate(rows):
        thing = things.get(row.given.text if row.given else _id_of_name(row, reading) or "")
        if thing is None:
            continue
        written = {key: value_of(node) for key, (_, node) in thing.places.body.entries.items()}
        differs = [k for k, value in row.values.items() if _plain(written.get(k)) != _plain(value)]
        if not differs or row.given is None:
            found[number] = Known(_span(row), (thing.id,), tuple(differs))
    return found


def _id_of_name(row: Row, reading: Reading) -> str | None:
    """The one thing that is called as the row says."""
    key, kind = ("name", "entity") if "name" in row.values else ("title", "source")
    name = row.values.get(key)
    ids = reading.names.meant(name, (kind,)) if isinstance(name, str) else ()
    return ids[0] if len(ids) == 1 else None


def _plain(value: Value | None) -> object:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    items = [_plain(each) for each in value]
    return items[0] if len(items) == 1 else items


# -- what is added --------------------------------------------------------------------------------


def _named(rows: Sequence[Row], reading: Reading) -> list[tuple[Row, NewEntry]]:
    """The rows as entries, each with its own id, or one that is suggested; others are reported."""
    section = reading.wishes.section
    for row in rows:
        if row.given is not None and row.given.text in reading.taken:
            reading.found.append(_taken(row.given, reading))
        elif row.given is not None:
            reading.taken.add(row.given.text)
            reading.given[row.given.text] = row.given
    named = []
    for row in rows:
        if row.given is not None:
            if reading.given.get(row.given.text) is row.given:
                named.append((row, NewEntry(section, row.given.text, row.values)))
            continue
        id = _suggested(row, reading)
        if id is not None:
            reading.taken.add(id)
            named.append((row, NewEntry(section, id, row.values)))
    return named


def _suggested(row: Row, reading: Reading) -> str | None:
    section = reading.wishes.section
    id = suggest_id(section, row.values, () if section == "entities" else reading.taken)
    if id is not None and id not in reading.taken:
        return id
    if any(key not in row.values for key in TABLES[section].required if key != "id"):
        return None  # that is reported
    why = f"'{id}' is taken" if id else "it makes none"
    message, hint = f"no id can be made for the row: {why}", "add a column 'id'"
    reading.found.append(Diagnostic(DUPLICATE_ID if id else BAD_ID, message, _span(row), hint))
    return None


def _taken(given: Item, reading: Reading) -> Diagnostic:
    id, facts = given.text, reading.facts
    first = reading.given.get(id)
    tables = (facts.written.entities, facts.sources, facts.decisions, facts.identities)
    things = (table.get(id) for table in tables)
    thing = next((each for each in things if each), None)
    claim = facts.claims[facts.facts[id][0]] if id in facts.facts else None
    there = first.span if first else thing.places.declared if thing else None
    if there is None and claim is not None:
        there = claim.places.declared
    related = (Related(there, "it is declared here"),) if there else ()
    assert given.span is not None
    message = f"column '{given.title}': '{id}' is declared already"
    hint = "change it there, or give the row an id of its own"
    return Diagnostic(DUPLICATE_ID, message, given.span, hint, related)


def _needed(reading: Reading, rows: Iterable[Row]) -> list[tuple[NewEntry, Item]]:
    """The new entities that rows which are written refer to."""
    written = {text for row in rows for its in row.items.values() for text in (i.text for i in its)}
    return [
        (entry, item)
        for name, (entry, item) in reading.invented.items()
        if name in written or f"not:{name}" in written
    ]


def _with(texts: Texts, path: str, entries: Sequence[NewEntry]) -> SourceText:
    """The file with the entries in it."""
    existing = texts.by_path.get(path)
    if existing is None:
        return new_file(path, entries)
    layout = read_layout(existing)
    if layout is None or any(each.span.path == path for each in texts.unreadable):
        raise WishError(f"{path} cannot be added to before its errors are mended")
    for key in defaults_of(layout):
        if any(e.section == "facts" and key not in e.values for e in entries):
            raise WishError(
                f"{path} says '{key}' for every fact that does not: name another file with --file"
            )
    try:
        return apply(existing, list(_edits(layout, entries)))
    except LayoutError as error:
        raise WishError(f"{path}: {error}") from None


def _edits(layout: Layout, entries: Sequence[NewEntry]) -> Iterator[Edit]:
    for section in ("entities", "sources", "facts"):
        its = [without_defaults(entry, layout) for entry in entries if entry.section == section]
        if its:
            yield from edits_adding(layout, section, its)


def _new(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What is found now and was not before, wherever it has moved to."""
    known = Counter((d.code.name, d.message, d.span.path) for d in before)
    for diagnostic in after:
        key = diagnostic.code.name, diagnostic.message, diagnostic.span.path
        if known[key]:
            known[key] -= 1
        else:
            yield diagnostic


# -- findings, led back to cells ------------------------------------------------------------------


class _Origins:
    """Which cell each place of the file comes from."""

    def __init__(
        self,
        text: SourceText,
        invented: Sequence[tuple[NewEntry, Item]],
        named: Sequence[tuple[Row, NewEntry]],
    ) -> None:
        self.path = text.path
        root = read_document(text, [])
        self.entries: list[tuple[tuple[int, int], tuple[int, int], MappingNode, Row | Item]] = []
        if root is None:
            return
        for section in ("entities", "sources"):
            its = {e.id: item for e, item in invented if e.section == section}
            rows = {e.id: row for row, e in named if e.section == section}
            self._add_declared(root.value(section), {**its, **rows})
        facts = [row for row, entry in named if entry.section == "facts"]
        node = root.value("facts")
        if isinstance(node, SequenceNode) and facts:
            for body, row in zip(node.items[-len(facts) :], facts, strict=False):
                self._add(body, body, row)
        self.entries.sort(key=lambda entry: entry[0])
        self.begins = [entry[0] for entry in self.entries]

    def _add_declared(self, node: Node | None, its: Mapping[str, Row | Item]) -> None:
        if isinstance(node, MappingNode):
            for name, body in node.entries.values():
                if name.value in its:
                    self._add(name, body, its[name.value])

    def _add(self, begins: Node, body: Node, origin: Row | Item) -> None:
        if isinstance(body, MappingNode):
            start = begins.start.line + 1, begins.start.column + 1
            end = body.end.line + 1, body.end.column + 1
            self.entries.append((start, end, body, origin))

    def of(self, span: Span) -> tuple[Row | Item, Item | None] | None:
        """The row and, where it can be told, the cell that a place comes from."""
        if span.path != self.path or not self.entries:
            return None
        at = bisect_right(self.begins, span[1:3]) - 1
        if at < 0 or span[1:3] > self.entries[at][1]:
            return None
        _, _, body, origin = self.entries[at]
        if isinstance(origin, Item):
            return origin, origin
        return origin, _cell(span, body, origin)


def _cell(span: Span, body: MappingNode, row: Row) -> Item | None:
    for key, (name, value) in body.entries.items():
        if not _holds(name, value, span):
            continue
        if key == "id":
            return row.given
        inner, index = None, None
        if isinstance(value, SequenceNode):
            index = next(
                (i for i, item in enumerate(value.items) if _holds(item, item, span)), None
            )
            value = value.items[index] if index is not None else value
        if isinstance(value, MappingNode):
            inner = next((k for k, (n, v) in value.entries.items() if _holds(n, v, span)), None)
        return row.origin(key, inner, index)
    return None


def _holds(first: Node, last: Node, span: Span) -> bool:
    start, end = span_of(span.path, first), span_of(span.path, last)
    return start[1:3] <= span[1:3] and span[3:5] <= end[3:5]


def _led_back(
    found: Iterable[Diagnostic], origins: _Origins, own: Sequence[Diagnostic]
) -> Iterator[Diagnostic]:
    """The findings at the cells that they are about; what a row is told already is left out."""
    told = {diagnostic.span for diagnostic in own}
    lacking = {d.span.line for d in own if d.code is MISSING_KEY}
    for diagnostic in found:
        diagnostic = _turned(diagnostic, origins)
        origin = origins.of(diagnostic.span)
        related = tuple(_related(each, origins) for each in diagnostic.related)
        if origin is None:
            yield replace(diagnostic, related=related, fix=None)
            continue
        row, item = origin
        at = item or (row if isinstance(row, Item) else row.at)
        if at.span is None:  # set for every row
            raise WishError(_said_once(diagnostic, f"{at.title}: "))
        is_told = at.span in told or (diagnostic.code is MISSING_KEY and at.span.line in lacking)
        if not is_told:
            where = f"column '{at.title}': " if item is not None else ""
            yield Diagnostic(
                diagnostic.code, where + diagnostic.message, at.span, _hint(diagnostic), related
            )


def _said_once(diagnostic: Diagnostic, where: str) -> str:
    hint = f": {diagnostic.hint}" if diagnostic.hint else ""
    return f"{where}{diagnostic.message}{hint}"


def _turned(diagnostic: Diagnostic, origins: _Origins) -> Diagnostic:
    """A second declaration is the table's fault, whichever file is read first."""
    if diagnostic.code is not DUPLICATE_ID or not diagnostic.related:
        return diagnostic
    first = diagnostic.related[0]
    if origins.of(diagnostic.span) or not origins.of(first.span):
        return diagnostic
    return replace(
        diagnostic, span=first.span, related=(Related(diagnostic.span, "it is declared here"),)
    )


def _related(related: Related, origins: _Origins) -> Related:
    origin = origins.of(related.span)
    if origin is None:
        return related
    row, item = origin
    at = item or (row if isinstance(row, Item) else row.at)
    return Related(at.span, related.message) if at.span is not None else related


def _hint(diagnostic: Diagnostic) -> str | None:
    if diagnostic.code is BAD_DATE and "whichever" in (diagnostic.hint or ""):
        return f"{diagnostic.hint}; --dates DMY (or MDY, YMD) says how the table writes them"
    if diagnostic.code is UNKNOWN_ENTITY and diagnostic.hint and not diagnostic.related:
        return f"{diagnostic.hint}; --new-entities TYPE declares whoever is not there yet"
    return diagnostic.hint
