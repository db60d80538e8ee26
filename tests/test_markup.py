from __future__ import annotations

import pytest

from kg.model.markup import in_csv_cell, in_markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words, 22.5 of them", "plain words, 22.5 of them"),
        ("# <b>*x*</b> | `y`", r"\# \<b\>\*x\*\</b\> \| \`y\`"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("1. one", r"1\. one"),
        ("12) twelve", r"12\) twelve"),
        ("===", r"\==="),
        ("two\nlines", "two lines"),
        ("see http://x.example", r"see http\://x.example"),
        ("see www.x.example", r"see www\.x.example"),
        ("cost $x$, ask @somebody", r"cost \$x\$, ask \@somebody"),
        ("\u202e", r"\<U+202E\>"),
    ],
)  # fmt: skip
def test_nothing_in_a_line_of_markdown_is_markup(text: str, expected: str) -> None:
    assert expected == in_markdown(text)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\tx", "'x"])
def test_a_cell_is_no_formula(text: str) -> None:
    assert f"'{text}" == in_csv_cell(text)


def test_other_cells_stay_as_they_are() -> None:
    assert "a=b" == in_csv_cell("a=b")
    assert "" == in_csv_cell("")
