"""Entries are written in one layout, and read back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edit.writing import (
    WIDTH,
    NewEntry,
    Value,
    block_lines,
    flow_text,
    write_entity,
    write_fact,
    write_source,
)
from tests.test_blocks import read


def test_a_simple_fact_is_one_line_in_the_order_of_the_keys() -> None:
    values = {"passage": ["P1", "P2"], "object": "b", "relation": "backs", "subject": "a"}
    expected = "- {id: f, subject: a, relation: backs, object: b, passage: [P1, P2]}\n"
    assert expected == write_fact("f", values)


def test_a_longer_one_has_a_line_a_key_and_its_long_texts_are_folded() -> None:
    values: dict[str, Value] = {
        "subject": ["a", "b"],
        "relation": "backs",
        "object": "c",
        "said_by": [{"by": "subject", "verb": "said"}],
        "passage": {"part": "P1", "chars": "0-5"},
        "note": " ".join(["word"] * 30) + ": # end",
    }
    word = " word"
    expected = f"""\
- id: f
  subject: [a, b]
  relation: backs
  object: c
  said_by: [{{by: subject, verb: said}}]
  passage: {{part: P1, chars: 0-5}}
  note: >-
   {word * 23}
   {word * 7}: # end
"""
    assert expected == write_fact("f", values)


def test_entities_and_sources_stand_under_their_id() -> None:
    assert "a: {type: State, name: A}\n" == write_entity("a", {"name": "A", "type": "State"})
    title = "A title, " + "x" * 60
    expected = f"s:\n  type: Report\n  title: {title}\n  url: https://example.org/{'y' * 60}\n"
    values = {"type": "Report", "title": title, "url": f"https://example.org/{'y' * 60}"}
    assert expected == write_source("s", values)


def test_lists_that_are_too_wide_have_a_line_an_item() -> None:
    items = [f"an-item-with-a-long-id-{number}" for number in range(9)]
    lines = write_fact("f", {"about": items}).split("\n")
    assert ["- id: f", "  about:", "    - an-item-with-a-long-id-0"] == lines[:3]


@pytest.mark.parametrize("value", ["a\nb", "a\n\n  b", "a\nb\n", "- a\n# b"])
def test_text_in_lines_stays_in_lines(value: str) -> None:
    lines = block_lines(NewEntry("entities", "a", {"note": value}), 2)
    assert lines[1].startswith("    note: |")
    assert {"entities": {"a": {"note": value}}} == read("\n".join(["entities:", *lines, ""]))


_TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"))
    | st.sampled_from(":#-?,[]{}&*!|>'\"%@`~ \n\t\\."),
    max_size=30,
) | st.text(st.sampled_from("ab \n#-"), min_size=100, max_size=300)
_VALUES: st.SearchStrategy[Value] = st.recursive(
    _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=8,
)
_KEYS = st.sampled_from(["subject", "note", "labels", "passage", "about", "name", "other"])


@given(
    st.sampled_from(["facts", "entities"]),
    st.dictionaries(_KEYS, _VALUES, max_size=4),
    st.sampled_from([0, 2, 6]),
)
def test_what_is_written_reads_back(section: str, values: dict[str, Value], column: int) -> None:
    entry = NewEntry(section, "an-id", values)
    block = "\n".join(block_lines(entry, column or (0 if entry.is_item else 2)))
    expected: object = [{"id": "an-id", **values}] if entry.is_item else {"an-id": dict(values)}
    assert {section: expected} == read(f"{section}:\n{block}\n")
    opening, closing = ("[", "]") if entry.is_item else ("{", "}")
    assert {section: expected} == read(f"{section}: {opening}{flow_text(entry)}{closing}\n")


@given(st.text(st.sampled_from("abc "), min_size=100, max_size=400))
def test_what_can_be_broken_keeps_to_the_width(value: str) -> None:
    words = " ".join(word[:50] for word in value.split())
    assert all(
        len(line) <= WIDTH for line in block_lines(NewEntry("facts", "f", {"note": words}), 2)
    )
