"""What encloses a place is told from the text alone, be it YAML or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.assist.cursor import Cursor, cursor_at, table_of
from kg.assist.layout import lines_of
from kg.model.text import SourceText
from kg.reading import keys
from kg.reading.document import read_document
from kg.reading.spots import spots
from tests.assist.places import place_in
from tests.conftest import ROOT

FILES = sorted(
    path.relative_to(ROOT)
    for pattern in ("facts/*.yaml", "ontology/*.yaml", "examples/*/*/*.yaml", "kg.yaml")
    for path in ROOT.glob(pattern)
)


def cursor(marked: str, path: str = "facts/test.yaml") -> Cursor:
    lines, row, column = place_in(marked)
    found = cursor_at(lines, table_of(path), row, column)
    assert found is not None
    return found


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_value_of_a_file_is_found_where_the_reader_finds_it(path: Path) -> None:
    """The parser is the oracle: the same word, under the same keys, of the same kind."""
    inside = path.parts[2:] if path.parts[0] == "examples" else path.parts
    table = table_of("/".join(inside))
    data = (ROOT / path).read_bytes()
    lines = lines_of(data.decode())
    root = read_document(SourceText(str(path), data), [])
    assert root is not None
    found = [s for s in spots(root, table) if s.scalar.start.line == s.scalar.end.line]
    assert found
    for spot in found[:: max(1, len(found) // 150)]:
        start = spot.scalar.start
        for column in {start.column, start.column + 1, spot.scalar.end.column}:
            place = cursor_at(lines, table, start.line, column)
            where = f"{path}:{start.line + 1}:{column + 1}"
            assert place is not None, where
            assert (spot.keys, spot.scalar.value) == (place.keys, place.word.text), where
            assert spot.kind == (place.name if place.is_key else place.kind), where


@pytest.mark.parametrize("path", FILES[:8], ids=str)
def test_a_file_cut_anywhere_has_something_to_say_or_nothing(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    for end in range(0, len(text), max(1, len(text) // 200)):
        lines = lines_of(text[:end])
        cursor_at(lines, keys.DOCUMENT, len(lines) - 1, len(lines[-1]))


@given(st.text("ab-: \n[]{},'\"#|>é😀", max_size=60), st.data())
def test_no_text_is_too_broken(text: str, data: st.DataObject) -> None:
    lines = lines_of("facts:\n" + text)
    row = data.draw(st.integers(0, len(lines)))
    column = data.draw(st.integers(0, 70))
    for table in (keys.DOCUMENT, keys.PROFILE, keys.ONTOLOGY):
        cursor_at(lines, table, row, column)


@pytest.mark.parametrize(
    ("marked", "under"),
    [
        ("facts:\n  - id: x\n    subject: |", ("facts", "subject")),
        ("facts:\n- id: x\n  subject: |", ("facts", "subject")),
        ("facts:\n  -\n    id: x\n    subject: |", ("facts", "subject")),
        ("facts:\n  -   id: x\n      subject: ru|", ("facts", "subject")),
        ("facts:\n  - subject: |", ("facts", "subject")),
        ("facts: [{id: x, subject: |", ("facts", "subject")),
        ("facts: [\n  {id: x,\n   subject: |", ("facts", "subject")),
        ("facts:\n  - {id: x, subject: [a, |", ("facts", "subject")),
        ("facts:\n  - {id: x,\n     subject: [a,\n       |", ("facts", "subject")),
        ("facts:\n  - {id: x, said_by: [{by: a}, {by: |", ("facts", "said_by", "by")),
        ("facts:\n  - said_by:\n      - by: a\n      - by: |", ("facts", "said_by", "by")),
        ("facts:\n  - id: x\n    said_by:\n    - a\n    - |", ("facts", "said_by")),
        ("facts:\n  - id: x\n    passage:\n      part: |", ("facts", "passage", "part")),
        ("facts:\n  - id: x\n    subject:\n      |", ("facts", "subject")),
        ("entities:\n  a: {type: |", ("entities", "a", "type")),
        ("entities:\n  a:\n    type: |", ("entities", "a", "type")),
        ("'entities':\n  \"a\":\n    type: |", ("entities", "a", "type")),
        ("defaults:\n  source: |", ("defaults", "source")),
        # What stands before it is not closed.
        ("facts:\n  - {id: w, subject: [a\n  - id: x\n    subject: |", ("facts", "subject")),
        ("facts:\n  - id: w\n    note: \"no end\n  - id: x\n    subject: |", ("facts", "subject")),
        ("facts:\n  - id: w\n    rel\n    subject: |", ("facts", "subject")),
        ("facts:\n  - id: x  # {\n    subject: |", ("facts", "subject")),
        ("facts:\n  - {id: x, note: 'it''s {', subject: |", ("facts", "subject")),
        ("facts:\n  - {id: x, note: a:b, subject: |", ("facts", "subject")),
        ("facts:\n  - {id: x, note: a {b, subject: |", None),
        # Behind something that is complete.
        ("facts:\n  - {id: x}\n  - id: y\n    subject: |", ("facts", "subject")),
        ("facts:\n  - id: x\n    about: [\n      a,\n    ]\n    subject: |", ("facts", "subject")),
    ],
)  # fmt: skip
def test_the_keys_that_lead_to_a_place(marked: str, under: tuple[str, ...] | None) -> None:
    lines, row, column = place_in(marked)
    found = cursor_at(lines, keys.DOCUMENT, row, column)
    assert under == (found.keys if found else None)


@pytest.mark.parametrize(
    "marked",
    [
        "facts:\n  - id: x\n    note: >-\n      |",
        "facts:\n  - id: x\n    note: |\n      some".replace("|\n", "│\n"),
        "facts:\n  - id: x  # |",
        "# |",
        "facts:\n  - id: x\n    subject: a # b|",
        "nothing:\n  of: |",
        "facts:\n  - id: x\n    nothing: |",
        "facts:\n  - id: x\n    subject: {a: |",
    ],
)
def test_where_nothing_can_be_told(marked: str) -> None:
    if "|" not in marked:
        marked = marked.replace("│\n      some", "|\n      some│")
        lines = lines_of(marked.replace("│", ""))
        assert cursor_at(lines, keys.DOCUMENT, 3, 10) is None
        return
    lines, row, column = place_in(marked)
    assert cursor_at(lines, keys.DOCUMENT, row, column) is None


@pytest.mark.parametrize(
    "marked",
    [
        "facts:\n  - id: x\n    relation: backs\n    subject: |\n    object: [a, 'b']\n",
        "facts:\n  - {id: x, relation: backs, subject: |, object: [a, 'b']}\n",
        "facts:\n  - {id: x, relation: backs, subject: |\n     object: [a, 'b']}\n",
        "facts:\n  - object:\n      - a  # one\n      - 'b'\n    relation: backs\n    subject: |\n",
        "facts:\n  - object:\n    - a\n    - 'b'\n    subject: |\n    relation: \"backs\"\n",
    ],
)
def test_what_stands_beside_a_place(marked: str) -> None:
    place = cursor(marked)
    assert ("backs",) == place.sibling("relation")
    assert ("a", "b") == place.sibling("object")
    assert () == place.sibling("polarity")


def test_siblings_are_of_the_same_fact() -> None:
    place = cursor(
        """
        facts:
          - id: w
            relation: backs
          - id: x
            subject: |
          - id: y
            relation: leads
        """
    )
    assert ("x",) == place.sibling("id")
    assert () == place.sibling("relation")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_ends_a_line(ending: str) -> None:
    lines = lines_of(ending.join(["facts:", "  - id: x", "    subject: "]))
    place = cursor_at(lines, keys.DOCUMENT, 2, 13)
    assert place is not None
    assert ("facts", "subject") == place.keys
