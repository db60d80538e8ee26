"""Ids that are suggested: made of what is said, stable, and free."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edit.ids import MAX_LENGTH, suggest_id, words_of
from kg.edit.writing import Value
from kg.reading.values import ID_PATTERN

FACT: dict[str, Value] = {"subject": "russia", "relation": "alliedWith", "object": "venezuela"}


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Nicolás Maduro", "nicolas-maduro"),
        ("Łech  Übermut's & Søn", "lech-ubermuts-son"),
        ("Straße 7", "strasse-7"),
        ("Россия", None),
        ("Russia Россия", None),
        ("«!»", None),
        ("", None),
    ],
)
def test_a_name_becomes_words_of_an_id(name: str, id: str | None) -> None:
    assert id == words_of(name)


@pytest.mark.parametrize(
    ("more", "id"),
    [
        ({}, "russia-allied-with-venezuela"),
        ({"polarity": "denied", "modality": "intended"},
         "russia-allied-with-venezuela-denied-intended"),
        ({"polarity": "affirmed", "modality": "actual"}, "russia-allied-with-venezuela"),
        ({"subject": ["russia", "china"]}, "allied-with-venezuela"),
        ({"subject": ["russia", "a"], "relation": ["backs", "aids"], "object": ["c", "d"]},
         "russia-backs-c"),
        ({"object": "1000000000.. USD (billions)"},
         "russia-allied-with-1000000000-usd-billions"),
        ({"subject": "-"}, "allied-with-venezuela"),
    ],
)  # fmt: skip
def test_a_fact_is_called_by_what_it_says(more: dict[str, Value], id: str) -> None:
    assert id == suggest_id("facts", {**FACT, **more}, ())


def test_what_is_taken_gets_more_words_then_a_hash_of_all_that_is_said() -> None:
    first = "russia-allied-with-venezuela"
    fact = {**FACT, "source": "a-paper"}
    assert f"{first}-a-paper" == suggest_id("facts", fact, {first})
    third = suggest_id("facts", fact, {first, f"{first}-a-paper"})
    assert third is not None
    assert re.fullmatch(f"{first}-[0-9a-f]{{8}}", third)
    other = suggest_id("facts", {**fact, "when": "2020"}, {first, f"{first}-a-paper"})
    assert third != other
    assert suggest_id("facts", fact, {first, f"{first}-a-paper", third}) is None


def test_sources_are_called_by_publisher_and_date() -> None:
    values = {"publisher": "next-news", "published": "2025-12-02", "title": "Isolation"}
    assert "next-news-2025-12-02" == suggest_id("sources", values, ())
    assert "next-news-2025-12-02-isolation" == suggest_id(
        "sources", values, {"next-news-2025-12-02"}
    )
    assert "a-report-2025" == suggest_id("sources", {"title": "A report", "published": "2025"}, ())
    assert suggest_id("sources", {"published": "2025"}, ()) is None


def test_words_with_a_meaning_of_their_own_are_no_ids() -> None:
    assert suggest_id("entities", {"name": "Subject"}, ()) != "subject"


@given(
    st.sampled_from(["facts", "entities", "sources"]),
    st.dictionaries(
        st.sampled_from(
            ["subject", "relation", "object", "name", "title", "publisher", "published", "source"]
        ),
        st.text(st.sampled_from("abcDÉ0-_. /"), max_size=60)
        | st.lists(st.text(st.sampled_from("ab-"), max_size=9), max_size=2),
    ),
)
def test_a_suggestion_is_an_id_and_not_long(section: str, values: dict[str, Value]) -> None:
    taken: set[str] = set()
    while (id := suggest_id(section, values, taken)) is not None:
        assert re.fullmatch(ID_PATTERN, id)
        assert len(id) <= MAX_LENGTH
        assert id == suggest_id(section, values, taken)
        taken.add(id)
    assert len(taken) <= 3
