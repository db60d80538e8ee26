from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from kg.lsp.positions import from_units, to_column, to_range, to_units
from kg.model.text import Span

LINE = "note: Ж😀 id"


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 15), ("utf-16", 12), ("utf-32", 11)])
def test_columns_in_each_encoding(encoding: str, units: int) -> None:
    assert units == to_units(LINE, len(LINE), encoding)
    assert len(LINE) == from_units(LINE, units, encoding)


@given(st.text(max_size=20), st.integers(0, 25), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_there_and_back(text: str, column: int, encoding: str) -> None:
    column = min(column, len(text))
    assert column == from_units(text, to_units(text, column, encoding), encoding)


def test_a_position_outside_is_brought_inside() -> None:
    assert (1, 2) == to_column(Position(1, 99), ["a", "bc"], "utf-16")
    assert (1, 2) == to_column(Position(7, 0), ["a", "bc"], "utf-16")


def test_a_span_outside_does_not_fail() -> None:
    found = to_range(Span("x", 9, 9, 9, 12), ["a"], "utf-16")
    assert 8 == found.start.line
