"""Ranks of a measure through two lenses, side by side."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from kg.analysis.centrality import degree
from kg.analysis.cohesion import bridges
from kg.analysis.ranking import NoRanksError
from kg.analysis.shifts import shifts
from kg.cli.main import cli
from kg.network import sketch
from tests.conftest import ROOT


def test_who_is_on_one_side_only_has_no_shift() -> None:
    table = shifts(degree(sketch("a > b")), degree(sketch("a > c")))
    assert {
        "A": (1, 1, 0),
        "B": (1, None, None),
        "C": (None, 1, None),
    } == {str(row[1]): row[2:5] for row in table.rows}
    assert {("a-b", "a-c"), ("a-b",), ("a-c",)} == set(table.evidence)


def test_the_greatest_shifts_come_first() -> None:
    before = degree(sketch("a > b", "a > c", "a > d"))
    after = degree(sketch("d > a", "d > b", "d > c"))
    assert ["D", "A", "B", "C"] == [row[1] for row in shifts(before, after).rows]
    assert [1, -1, 0, 0] == [row[4] for row in shifts(before, after).rows]


def test_what_has_no_ranks_is_not_compared() -> None:
    table = bridges(sketch("a > b"))
    with pytest.raises(NoRanksError, match="'Bridges' has no ranks to compare"):
        shifts(table, table)


def kg(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(ROOT), "analyze", *arguments], env={"COLUMNS": "80"})


def test_two_lenses_are_named_and_ranks_stand_side_by_side() -> None:
    (found,) = json.loads(kg("degree", "--compare", "without-anonymous", "-f", "json").stdout)
    rows = {row["actor"]: row for row in found["rows"]}
    government = rows["maduro-government"]
    assert (1, 5, -4) == tuple(government[key] for key in ("rank_was", "rank_is", "shift"))
    assert "secret-message--china" in government["claim_ids"]
    notes = " ".join(found["notes"])
    assert "Before: Seen as of 2025-12-02 (the newest source); claims" in notes
    assert "After: Seen as of 2025-12-02 (the newest source); without Western" in notes


def test_without_a_measure_degrees_are_compared() -> None:
    assert kg("--compare", "escalation").stdout.startswith("Degree, compared")


def test_slips_are_told() -> None:
    for arguments, message in (
        (("bridges", "--compare", "escalation"), "--compare: 'Bridges' has no ranks to compare"),
        (("--compare", "nobody"), "no lens is called 'nobody'"),
        (("--compare", "assume=war"), "no scenario is called 'war'"),
    ):
        shown = kg(*arguments)
        assert 2 == shown.exit_code
        assert message in shown.stderr
