"""Types and relations as the terminal tells them."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from kg.cli.main import cli
from kg.render.terms import list_relations, list_types, relation_page, type_page
from tests.conftest import shipped_facts

VOCABULARY = shipped_facts().vocabulary


@pytest.mark.parametrize("width", [40, 100])
def test_everything_is_listed_and_fits(width: int) -> None:
    types, relations = list_types(VOCABULARY, width), list_relations(VOCABULARY, width)
    assert [] == [id for id in VOCABULARY.types if f"{id}" not in types]
    assert [] == [id for id in VOCABULARY.relations if f"{id}" not in relations]
    assert max(map(len, types.splitlines())) <= width


def test_a_relation_says_how_it_reads_and_what_it_takes() -> None:
    page = relation_page(VOCABULARY, "governs")
    assert page.startswith("governs: ")
    assert "  reads: Government governs State" in page or "  reads: Actor governs" in page
    assert "→" in page
    assert "aspect: a state" in page


def test_a_type_says_what_it_is_and_which_relations_take_it() -> None:
    page = type_page(VOCABULARY, "Alliance")
    assert "  a kind of: Actor\n" in page
    assert "memberOf" in page.partition("object of:")[2]


def test_every_term_has_a_page() -> None:
    for id in VOCABULARY.types:
        assert type_page(VOCABULARY, id)
    for id in VOCABULARY.relations:
        assert relation_page(VOCABULARY, id)


@pytest.mark.parametrize(
    ("word", "found"),
    [("finances", "givesFinancialSupportTo"), ("money", "Resource")],
)
def test_a_word_that_is_no_term_finds_those_that_speak_of_it(word: str, found: str) -> None:
    run = CliRunner().invoke(cli, ["explain", word])
    assert (0, True) == (run.exit_code, found in run.stdout)


@pytest.mark.parametrize(
    ("word", "hint"),
    [("unknwon-entity", "did you mean 'unknown-entity'?"), ("qqqq", "'kg explain types'")],
)
def test_a_misspelt_term_is_told_and_a_strange_one_refused(word: str, hint: str) -> None:
    run = CliRunner().invoke(cli, ["explain", word])
    assert (2, True) == (run.exit_code, hint in run.stderr)
