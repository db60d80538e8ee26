"""What can stand at a place of a file, by the tables of keys that the readers go by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.assist.layout import Level, Surroundings, Word, surroundings
from kg.reading import keys
from kg.reading.shape import Key, Keys, Kind


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a file, with what is written there and what could be."""

    word: Word
    keys: tuple[str, ...]  #: the keys that lead to it, the outermost first
    levels: tuple[Level, ...]  #: the mappings and lists around it, the outermost first
    table: Keys | None  #: whose keys can stand here
    name: Kind | None  #: what a key is here that may be any
    kind: Kind | None  #: what a value is here
    key: Key | None  #: the key that the word is, or whose value it is
    is_key: bool  #: the word is a key
    is_flow: bool
    has_colon: bool
    starts_item: bool  #: a list is expected here, and no dash is written

    @property
    def mapping(self) -> Level:
        """The innermost mapping around it."""
        return next(level for level in reversed(self.levels) if not level.is_list)

    def sibling(self, key: str) -> tuple[str, ...]:
        """The words under a key of the innermost mapping that has it, the file's own aside."""
        for level in reversed(self.levels[1:]):
            if key in level.entries:
                return tuple(level.entries[key])
        return ()


def table_of(path: str) -> Keys:
    """The keys of the file at a path of a workspace."""
    if path == "kg.yaml":
        return keys.PROFILE
    is_ontology = path.startswith(("ontology/", "kg/core/"))
    return keys.ONTOLOGY if is_ontology else keys.DOCUMENT


def cursor_at(lines: Sequence[str], table: Keys, row: int, column: int) -> Cursor | None:
    """The place at a row and a column, from 0; None where nothing is expected."""
    around = surroundings(lines, row, column)
    return None if around is None else _cursor(around, table)


def _cursor(around: Surroundings, table: Keys) -> Cursor | None:
    place = _Place(Kind(lambda node, reader: None, {}, table=table))
    names: list[str] = []
    for level in around.levels[:-1]:
        step = place.item() if level.is_list else place.under(level.key)
        if step is None:
            return None
        place = step
        if level.key is not None:
            names.append(level.key)
    last = around.levels[-1]
    if last.is_list:
        place_of_item = place.item()
        if place_of_item is None:
            return None
        return _at_value(around, place_of_item, names, is_item=True)
    if last.key is None:
        return _at_key(around, place, names)
    inner = place.under(last.key)
    return None if inner is None else _at_value(around, inner, [*names, last.key], is_item=False)


def _at_key(around: Surroundings, place: _Place, names: list[str]) -> Cursor | None:
    kind = place.kind
    table = kind.table
    name = kind.name if table is None else None
    if table is None and name is None:
        return None
    key = table.by_name.get(around.word.text) if table is not None else None
    return Cursor(
        around.word, tuple(names), around.levels, table, name, None, key, True, around.is_flow,
        around.has_colon, False,
    )  # fmt: skip


def _at_value(
    around: Surroundings, place: _Place, names: list[str], is_item: bool
) -> Cursor | None:
    kind, table, name = place.kind, None, None
    lists = kind.each is not None and kind.name is None
    starts_item = False
    # Without its bracket a mapping begins in a block alone; there, a list on a line of its own.
    if not around.is_value and not (around.is_flow and is_item):
        if lists and kind.each is not None and not is_item:
            starts_item, table = True, kind.each.table
        else:
            table, name = kind.table, kind.name
    return Cursor(
        around.word, tuple(names), around.levels, table, name, kind, place.key, False,
        around.is_flow, around.has_colon, starts_item,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one has come to on the way in."""

    kind: Kind
    key: Key | None = None
    many: bool = False  #: a list may stand here

    def item(self) -> _Place | None:
        """Into an item of a list."""
        if self.many:
            return replace(self, many=False)
        if self.kind.each is not None and self.kind.name is None:
            return replace(self, kind=self.kind.each)
        return None

    def under(self, name: str | None) -> _Place | None:
        """Into what stands under a key."""
        if name is None:
            return None
        if self.kind.table is not None:
            key = self.kind.table.by_name.get(name)
            return None if key is None else _Place(key.kind, key, key.many)
        if self.kind.name is not None and self.kind.each is not None:
            return _Place(self.kind.each, self.key)
        return None
