"""Which key of a fact, an entity or a source each column of a table gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.edit.writing import TABLES
from kg.model.diagnostic import Diagnostic
from kg.model.suggest import nearest_to
from kg.reading.shape import MISSING_KEY, UNKNOWN_KEY, keys_called
from kg.reading.sheet import BAD_TABLE, Cell, Sheet
from kg.reading.values import LINK_KEYS, PASSAGE_KEYS

#: Keys that hold keys: the columns `labels.ru`, `passage.chars` and so on. None stands for any.
INNER: Mapping[str, tuple[str, ...] | None] = {
    "labels": None,
    "codes": None,
    "passage": tuple(PASSAGE_KEYS.by_name),
    "said_by": tuple(LINK_KEYS.by_name),
}

#: What stands in a column that is named by the key alone.
MAIN: Mapping[str, str] = {"passage": "part", "said_by": "by"}


class WishError(Exception):
    """What the user wants of a table cannot be done; says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says of a table."""

    section: str = "facts"  #: what its rows are: `facts`, `entities` or `sources`
    mapped: Mapping[str, str] = field(default_factory=dict)  #: keys by the names of columns
    ignored: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)  #: values by key, for every row
    separator: str = ";"  #: stands between the items of a list
    dates: str | None = None  #: the order of year, month and day in dates: `DMY`
    new_type: str | None = None  #: the type of entities that are not there yet


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the key that its cells give."""

    index: int
    title: str
    key: str
    inner: str | None = None  #: the key within, where the key holds keys


def read_columns(sheet: Sheet, wishes: Wishes, found: list[Diagnostic]) -> tuple[Column, ...]:
    """The columns that give keys, in their order; what gives none is reported, not left out.

    Raises:
        WishError: if a column or a key that is wished for does not exist.
    """
    titles = [cell.text for cell in sheet.header]
    for title in (*wishes.mapped, *wishes.ignored):
        if title not in titles:
            nearest = nearest_to(title, titles)
            hint = f"did you mean '{nearest}'?" if nearest else f"there are {_listed(titles)}"
            raise WishError(f"no column is called '{title}': {hint}")
    columns = list(_read_each(sheet, wishes, found))
    found.extend(_given_twice(sheet, columns, wishes))
    found.extend(_not_given(sheet, columns, wishes))
    return tuple(columns)


def read_key(name: str, section: str) -> tuple[str, str | None] | None:
    """The key, and the key within, that a name stands for: `Said by` for `said_by`."""
    outer, dot, inner = name.strip().partition(".")
    key = re.sub(r"[\s-]+", "_", outer.strip()).casefold()
    if key not in keys_of(section):
        return None
    if not dot:
        return None if key in INNER and key not in MAIN else (key, MAIN.get(key))
    inner = inner.strip()
    if key not in INNER or not inner:
        return None
    allowed = INNER[key]
    return (key, inner) if allowed is None or inner in allowed else None


def keys_of(section: str) -> tuple[str, ...]:
    """The keys that a row may give."""
    return tuple(dict.fromkeys(("id", *(k for k in TABLES[section].by_name if k != "text"))))


def takes_many(key: str, section: str) -> bool:
    """Whether a cell may hold several values for the key."""
    found = TABLES[section].by_name.get(key)
    return found is not None and found.many


def _read_each(sheet: Sheet, wishes: Wishes, found: list[Diagnostic]) -> Iterator[Column]:
    for index, cell in enumerate(sheet.header):
        title = cell.text
        if title in wishes.ignored:
            continue
        if not title:
            if any(len(row) > index and row[index].text for row in sheet.rows):
                message, hint = f"column {index + 1} has no name", "name it after the key it gives"
                found.append(Diagnostic(BAD_TABLE, message, sheet.place(cell), hint))
            continue
        name = wishes.mapped.get(title, title)
        read = read_key(name, wishes.section)
        if read is None and title in wishes.mapped:
            raise WishError(f"{_noun(wishes)} has no key '{name}': {_keys_hint(name, wishes)}")
        if read is None:
            found.append(_unknown(sheet, cell, wishes, found))
        else:
            yield Column(index, title, *read)


def _unknown(sheet: Sheet, cell: Cell, wishes: Wishes, found: Iterable[Diagnostic]) -> Diagnostic:
    message = f"column '{cell.text}': {_noun(wishes)} has no such key"
    ways = f"--map '{cell.text}=KEY' says which it gives, --ignore '{cell.text}' leaves it out"
    known = _keys_hint(cell.text, wishes)
    if any(known in (each.hint or "") for each in found):  # told once, it helps with every column
        return Diagnostic(UNKNOWN_KEY, message, sheet.place(cell), ways)
    hint = f"{known} {ways}" if known.endswith("?") else f"{known}; {ways}"
    return Diagnostic(UNKNOWN_KEY, message, sheet.place(cell), hint)


def _keys_hint(name: str, wishes: Wishes) -> str:
    known = _names(wishes.section)
    outer = name.partition(".")[0].strip().casefold()
    if outer in INNER:
        inner = INNER[outer] or ("LANGUAGE" if outer == "labels" else "SCHEME",)
        return f"write {' or '.join(f'{outer}.{each}' for each in inner)}"
    if outer == "text" and wishes.section == "sources":
        return "'kg text' prints what a source says of its text"
    called = re.sub(r"[\s-]+", "_", name.strip())
    others = " or ".join(f"'{key}'" for key in keys_called(called, known))
    if others:
        return f"did you mean {others}?"
    nearest = nearest_to(called, known)
    return f"did you mean '{nearest}'?" if nearest else f"its keys are {', '.join(known)}"


def _names(section: str) -> list[str]:
    return [key for key in keys_of(section) if key not in INNER or key in MAIN]


def _given_twice(sheet: Sheet, columns: list[Column], wishes: Wishes) -> Iterator[Diagnostic]:
    """Columns for a key that another gives already; lists may come from several."""
    seen: dict[tuple[str, str | None], Column] = {}
    for column in columns:
        first = seen.setdefault((column.key, column.inner), column)
        if first is not column and not takes_many(column.key, wishes.section):
            message = f"column '{column.title}' gives '{column.key}', as '{first.title}' does"
            hint = f"leave one out: --ignore '{column.title}'"
            place = sheet.place(sheet.header[column.index])
            yield Diagnostic(BAD_TABLE, message, place, hint)
        if column.key in wishes.constants:
            raise WishError(f"'{column.key}' is set, and given by the column '{column.title}'")


def _not_given(sheet: Sheet, columns: list[Column], wishes: Wishes) -> Iterator[Diagnostic]:
    """Keys that every row needs and none has."""
    given = {column.key for column in columns} | wishes.constants.keys()
    table = TABLES[wishes.section]
    for key in table.required:
        if key not in given and key != "id":
            first, last = sheet.header[0], sheet.header[-1]
            message = f"{table.noun} needs the key '{key}', and no column gives it"
            hint = f"--map COLUMN={key} names the column, --set {key}=… is for every row"
            yield Diagnostic(MISSING_KEY, message, sheet.span(first.start, last.end), hint)


def _noun(wishes: Wishes) -> str:
    return TABLES[wishes.section].noun


def _listed(titles: Iterable[str]) -> str:
    return ", ".join(f"'{title}'" for title in titles if title)
