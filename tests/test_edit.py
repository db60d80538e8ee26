"""Edits change what they cover and nothing else; scalars read back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edit.apply import apply, compatible, line_starts, position
from kg.edit.scalars import flow_scalar, scalar
from kg.model.diagnostic import Diagnostic
from kg.model.edit import Edit
from kg.model.node import Mapping, Node, Scalar, Sequence
from kg.model.text import SourceText, Span
from kg.reading.document import read_document


def edit(line: int, column: int, end_line: int, end_column: int, text: str) -> Edit:
    return Edit(Span("f.yaml", line, column, end_line, end_column), text)


def applied(data: bytes, *edits: Edit) -> bytes:
    return apply(SourceText("f.yaml", data), edits).data


def test_what_is_covered_is_replaced() -> None:
    assert b"a: y\nb: z\n" == applied(b"a: x\nb: z\n", edit(1, 4, 1, 5, "y"))


def test_columns_count_code_points() -> None:
    assert "😀: y".encode() == applied("😀: é".encode(), edit(1, 4, 1, 5, "y"))


def test_line_endings_and_the_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbfa: x\r\nb: z\r\n"
    changed = applied(data, edit(1, 4, 1, 5, "y"), edit(3, 1, 3, 1, "c: 1\nd: 2\n"))
    assert b"\xef\xbb\xbfa: y\r\nb: z\r\nc: 1\r\nd: 2\r\n" == changed


def test_insertions_at_one_place_keep_their_order() -> None:
    assert b"12a" == applied(b"a", edit(1, 1, 1, 1, "1"), edit(1, 1, 1, 1, "2"))


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        applied(b"abcdef", edit(1, 1, 1, 4, "x"), edit(1, 3, 1, 5, "y"))


@pytest.mark.parametrize("place", [(3, 1, 3, 1), (1, 9, 1, 9)])
def test_an_edit_outside_the_text_is_refused(place: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="outside"):
        applied(b"a\n", edit(*place, "x"))


def test_of_groups_that_clash_the_first_is_made() -> None:
    one, two, far = edit(1, 1, 1, 4, "x"), edit(1, 3, 1, 5, "y"), edit(2, 1, 2, 2, "z")
    assert [one, far] == compatible([[one], [two], [far]])


def test_a_group_that_clashes_is_left_out_whole() -> None:
    one, two, far = edit(1, 1, 1, 4, "x"), edit(1, 3, 1, 5, "y"), edit(2, 1, 2, 2, "z")
    assert [one] == compatible([[one], [far, two]])


@given(st.text(alphabet="a\r\n😀", max_size=20))
def test_positions_and_offsets_agree(body: str) -> None:
    starts = line_starts(body)
    for offset in range(len(body) + 1):
        line, column = position(starts, offset)
        assert offset == starts[line - 1] + column - 1


_ODD = ":#-?,[]{}&*!|>'\"%@`~ .\n\t\\"
_PRINTABLE = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")) | st.sampled_from(_ODD),
    max_size=12,
)


def read(text: str) -> Node | None:
    found: list[Diagnostic] = []
    root = read_document(SourceText("f.yaml", text.encode()), found)
    assert root is not None, (text, found)
    return root.value("k")


@given(_PRINTABLE)
def test_a_scalar_reads_back_as_it_was(value: str) -> None:
    alone = read(f"k: {scalar(value)}\n")
    assert isinstance(alone, Scalar)
    items = read(
        f"k:\n- {scalar(value)}\n- [{flow_scalar(value)}, x]\n- {{a: {flow_scalar(value)}}}"
    )
    assert isinstance(items, Sequence)
    first, among, last = items.items
    assert isinstance(first, Scalar)
    assert isinstance(among, Sequence)
    assert isinstance(last, Mapping)
    texts = [alone, first, among.items[0], last.value("a")]
    assert 4 * [value] == [each.value for each in texts if isinstance(each, Scalar)]


@pytest.mark.parametrize("value", ["NO", "12:30", "2025-12-02", "a, b", "..", "not:x", "-5", "a#b"])
def test_what_needs_no_quotes_gets_none(value: str) -> None:
    assert value == scalar(value)
