"""The rows of a table as entries of a fact file, each value knowing the cell that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.edit.ids import suggest_id
from kg.edit.writing import TABLES, NewEntry, Value
from kg.model.diagnostic import Diagnostic
from kg.model.facts import RULED_OUT, FactSet
from kg.model.text import Span
from kg.model.vocabulary import LiteralKind
from kg.reading.declarations import DUPLICATE_ID
from kg.reading.repair import repair_date
from kg.reading.shape import MISSING_KEY
from kg.reading.sheet import AMBIGUOUS_NAME, Cell, Sheet
from kg.reading.values import BAD_ID, DATE, INTERVAL
from kg.sheet.columns import INNER, MAIN, Column, WishError, Wishes, read_key, takes_many
from kg.sheet.names import REFERENCES, Names


class Item(NamedTuple):
    """One value of a cell, or of the user's for every row."""

    text: str
    span: Span | None  #: None where it stands in no cell
    title: str  #: of the column; else how it was set


Items = Mapping[tuple[str, str | None], Sequence[Item]]  #: by key and key within


@dataclass(frozen=True, slots=True)
class Row:
    """A row that says something, before it has an id."""

    at: Item  #: its first cell
    given: Item | None  #: the cell with its id
    values: Mapping[str, Value]
    items: Items

    def origin(self, key: str, inner: str | None, index: int | None) -> Item | None:
        """The cell that a value comes from."""
        items = self.items.get((key, inner)) or self.items.get((key, MAIN.get(key))) or ()
        if not items:
            return None
        return items[index if index is not None and index < len(items) else 0]


@dataclass(slots=True)
class Reading:
    """What is read from a table, so far."""

    sheet: Sheet
    columns: tuple[Column, ...]
    wishes: Wishes
    facts: FactSet
    names: Names
    found: list[Diagnostic] = field(default_factory=list)
    #: entities that are not there yet, by name, each with the cell that names it first
    invented: dict[str, tuple[NewEntry, Item]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    given: dict[str, Item] = field(default_factory=dict)  #: the cells with the ids of rows
    dates: dict[str, str] = field(default_factory=dict)  #: dates by how they stand in the table


def read_rows(reading: Reading) -> list[Row]:
    """Every row of the table; what is wrong with one is in `found`, and it is there all the same.

    Raises:
        WishError: if a value that is to be set for every row is no such value.
    """
    constants = dict(_constants(reading))
    return [_row(row, constants, reading) for row in reading.sheet.rows]


def _constants(reading: Reading) -> Iterator[tuple[tuple[str, str | None], list[Item]]]:
    wishes = reading.wishes
    for name, value in wishes.constants.items():
        path = read_key(name, wishes.section)
        if path is None or path[0] == "id":
            raise WishError(
                f"'{name}' cannot be set: {TABLES[wishes.section].noun} has no such key"
            )
        many = takes_many(path[0], wishes.section) and path[1] != "quote"
        texts = value.split(wishes.separator) if many else [value]
        yield path, [Item(text.strip(), None, name) for text in texts if text.strip()]


def _row(cells: Sequence[Cell], constants: Items, reading: Reading) -> Row:
    section = reading.wishes.section
    literal = _literal(cells, constants, reading) if section == "facts" else None
    items: dict[tuple[str, str | None], list[Item]] = {k: list(v) for k, v in constants.items()}
    for column in reading.columns:
        cell = cells[column.index] if column.index < len(cells) else None
        if cell is not None and cell.text:
            its = _items(cell, column, reading, is_list=_is_list(column, literal, reading))
            items.setdefault((column.key, column.inner), []).extend(its)
    first = next(cell for cell in cells if cell.text)
    at = Item(first.text, reading.sheet.place(first), _title(cells.index(first), reading))
    read = {path: _as_ids(path, its, literal, reading) for path, its in items.items()}
    values = dict(_values(read, reading))
    reading.found.extend(_missing(cells, values, at, reading))
    given = items.get(("id", None))
    order = [key for key in TABLES[section].by_name if key in values and key != "id"]
    return Row(at, given[0] if given else None, {key: values[key] for key in order}, items)


def _title(index: int, reading: Reading) -> str:
    header = reading.sheet.header
    return header[index].text if index < len(header) else ""


def _is_list(column: Column, literal: LiteralKind | None, reading: Reading) -> bool:
    """Whether a cell is a list; an object that is a value is not, whatever stands in it."""
    if not takes_many(column.key, reading.wishes.section) or column.inner == "quote":
        return False
    return column.key != "object" or literal is None


def _literal(cells: Sequence[Cell], constants: Items, reading: Reading) -> LiteralKind | None:
    """What the row's relation takes for an object, where that is no thing."""
    texts = [
        *(item.text for item in constants.get(("relation", None), ())),
        *(
            cells[column.index].text
            for column in reading.columns
            if column.key == "relation" and column.index < len(cells)
        ),
    ]
    name = texts[0] if texts else ""
    ids = reading.names.meant(name, ("relation",))
    found = reading.facts.vocabulary.relations.get(ids[0]) if len(ids) == 1 else None
    return found.literal if found is not None else None


def _items(cell: Cell, column: Column, reading: Reading, *, is_list: bool) -> Iterator[Item]:
    """The values of a cell, each with its own place where that can be told."""
    sheet, separator = reading.sheet, reading.wishes.separator
    if not is_list or separator not in cell.text:
        yield Item(cell.text, sheet.place(cell), column.title)
        return
    raw = sheet.body[cell.start : cell.end]
    at = 0
    for piece in cell.text.split(separator):
        text = piece.strip()
        if not text:
            continue
        found = raw.find(text, at)
        if found < 0:  # a quote within is written twice
            yield Item(text, sheet.place(cell), column.title)
            continue
        at = found + len(text)
        yield Item(text, sheet.span(cell.start + found, cell.start + at), column.title)


# -- what a value is ------------------------------------------------------------------------------


def _as_ids(
    path: tuple[str, str | None],
    its: Sequence[Item],
    literal: LiteralKind | None,
    reading: Reading,
) -> list[str]:
    """The values of a key with names read as ids and dates in one order."""
    key, inner = path
    kinds = REFERENCES[reading.wishes.section].get(key)
    kind = TABLES[reading.wishes.section].by_name[key].kind if key != "id" else None
    if key != "object":
        literal = None
    if kind in (DATE, INTERVAL) or literal is LiteralKind.DATE:
        return [_date(item, reading) for item in its]
    if kinds is None or literal is not None or inner not in (None, "by"):
        return [item.text for item in its]
    return [_id(item, key, kinds, reading) for item in its]


def _id(item: Item, key: str, kinds: frozenset[str], reading: Reading) -> str:
    prefix, name = "", item.text
    if key in ("condition", "implies") and name.startswith(RULED_OUT):
        prefix, name = RULED_OUT, name.removeprefix(RULED_OUT).lstrip()
    ids = reading.names.meant(name, sorted(kinds))
    if len(ids) > 1:
        message = f"{_where(item)}'{name}' is the name of several: {', '.join(ids)}"
        _report(
            Diagnostic(AMBIGUOUS_NAME, message, _place(item), "write the id of one"), item, reading
        )
        return prefix + name
    if ids:
        if ids[0] != name:
            reading.names.read[name, ids[0]] += 1
        return prefix + ids[0]
    if reading.wishes.new_type is not None and "entity" in kinds:
        return prefix + _invented(name, item, reading)
    return prefix + name


def _invented(name: str, item: Item, reading: Reading) -> str:
    """The id of an entity that is declared since a cell names it."""
    if name not in reading.invented:
        values = {"type": reading.wishes.new_type or "", "name": name}
        id = suggest_id("entities", values, ())
        if id is None or id in reading.taken:
            code, why = (DUPLICATE_ID, f"'{id}' is taken") if id else (BAD_ID, "it makes no id")
            message = f"{_where(item)}no entity can be made of '{name}': {why}"
            hint = f"declare it under an id of your choice, with the name or alias '{name}'"
            _report(Diagnostic(code, message, _place(item), hint), item, reading)
            return name
        reading.taken.add(id)
        reading.invented[name] = NewEntry("entities", id, values), item
    return reading.invented[name][0].id


_DATE = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")


def _date(item: Item, reading: Reading) -> str:
    """A date as EDTF, where it can mean but one day, or the user says how its numbers stand."""
    meant = repair_date(item.text)
    date = _in_order(item.text, reading.wishes.dates)
    if date is None:
        date = meant.value if meant is not None and meant.is_certain else item.text
    if date != item.text:
        reading.dates[item.text] = date
    return date


def _in_order(text: str, order: str | None) -> str | None:
    """A date whose year, month and day stand in an order; None where they cannot."""
    match = _DATE.fullmatch(text)
    if order is None or match is None:
        return None
    numbers = dict(zip(order, match.group(1, 3, 4), strict=True))
    if len(numbers["Y"]) != 4:
        return None
    return f"{numbers['Y']}-{numbers['M']:0>2}-{numbers['D']:0>2}"


# -- values ---------------------------------------------------------------------------------------


def _values(
    read: Mapping[tuple[str, str | None], list[str]], reading: Reading
) -> Iterator[tuple[str, Value]]:
    for key in dict.fromkeys(key for key, _ in read):
        inner = {within: texts for (k, within), texts in read.items() if k == key}
        if key not in INNER:
            yield key, _one_or_many(inner[None])
        elif key not in MAIN:
            yield key, {within: texts[0] for within, texts in inner.items() if within}
        else:
            main = inner.get(MAIN[key], [])
            if len(inner) == 1 and main:
                yield key, _one_or_many(main)
            else:
                yield key, _one_or_many(list(_side_by_side(inner)))


def _one_or_many(values: Sequence[Value]) -> Value:
    return values[0] if len(values) == 1 else values


def _side_by_side(inner: Mapping[str | None, list[str]]) -> Iterator[Value]:
    """Mappings of what stands first in each column, then of what stands second."""
    for index in range(max(len(texts) for texts in inner.values())):
        yield {
            within: texts[index] for within, texts in inner.items() if within and index < len(texts)
        }


def _missing(
    cells: Sequence[Cell], values: Mapping[str, Value], at: Item, reading: Reading
) -> Iterator[Diagnostic]:
    """Empty cells of keys that a row must give; columns that are missing are told once."""
    table = TABLES[reading.wishes.section]
    for column in reading.columns:
        if column.key in table.required and column.key not in values and column.key != "id":
            cell = cells[column.index] if column.index < len(cells) else cells[-1]
            span = reading.sheet.place(cell)
            message = f"column '{column.title}': {table.noun} needs the key '{column.key}'"
            hint = "fill the cell, or take the row out"
            yield Diagnostic(MISSING_KEY, message, span, hint)


def _where(item: Item) -> str:
    return f"column '{item.title}': "


def _place(item: Item) -> Span:
    return item.span or Span("", 1, 1, 1, 1)


def _report(diagnostic: Diagnostic, item: Item, reading: Reading) -> None:
    if item.span is None:
        said = diagnostic.message.removeprefix(_where(item))
        raise WishError(f"{item.title}: {said}: {diagnostic.hint}")
    reading.found.append(diagnostic)
