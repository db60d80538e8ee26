"""A comment allows one kind of finding at one place, for a reason, while it is needed."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from kg.check import Checked
from kg.edit.fixing import fix_all
from kg.render.diagnostics import to_github, to_json, to_sarif, to_text
from tests.conftest import brief, check_all, texts

WORLD = """
    entities:
      a: {type: State, name: A}
      b: {type: State, name: B}
    sources:
      paper: {type: Report, title: Paper, published: 2025-01-01}
"""
FACT = "subject: a, relation: backs, object: b, source: paper"


def checked(facts: str) -> Checked:
    return check_all({"facts.yaml": facts, "world.yaml": WORLD})


def told(facts: str) -> list[str]:
    return [brief(d).removeprefix("facts/facts.yaml:") for d in checked(facts).diagnostics]


UNUSED = """
    entities:
      c: {type: State, name: C}@END
"""


def test_at_the_end_of_a_line_it_is_about_that_line() -> None:
    facts = UNUSED.replace("@END", "  # kg: allow unused-entity: kept for the next report")
    found = checked(facts + f"    facts: [{{id: f, {FACT}}}]\n")
    assert () == found.diagnostics
    assert ["kept for the next report"] == [d.allowed for d in found.allowed]


def test_another_code_is_not_allowed() -> None:
    facts = UNUSED.replace("@END", "  # kg: allow no-passage: kept")
    assert [
        "2:3 unused-entity: the entity 'c' is used by no claim",
        "2:30 unused-suppression: nothing of the kind 'no-passage' is found here",
    ] == told(facts + f"    facts: [{{id: f, {FACT}}}]\n")


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        # above an entry: the entry, however many lines it has, and nothing after it
        (
            """
            entities:
              # kg: allow unused-entity: kept
              c:
                type: State
                name: C
              d: {type: State, name: D}
            """,
            [6],
        ),
        # above a section: all of it
        (
            """
            # kg: allow unused-entity: kept

            entities:
              c: {type: State, name: C}
              d: {type: State, name: D}
            """,
            [],
        ),
        # above an item of a list that is not indented
        (
            """
            entities: {c: {type: State, name: C}}
            """,
            [1],
        ),
    ],
)
def test_on_a_line_of_its_own_it_is_about_what_is_below(facts: str, lines: list[int]) -> None:
    found = checked(dedent(facts).lstrip("\n") + f"facts: [{{id: f, {FACT}}}]\n")
    assert lines == [d.span.line for d in found.diagnostics if d.code.name == "unused-entity"]


def test_a_list_that_is_not_indented_belongs_to_its_key() -> None:
    same = f"- {{id: f, {FACT}}}\n- {{id: g, {FACT}}}\n"
    assert ["duplicate-claim"] == [d.code.name for d in checked("facts:\n" + same).diagnostics]
    above = "# kg: allow duplicate-claim: two papers\nfacts:\n" + same
    assert () == checked(above).diagnostics
    between = "# kg: allow duplicate-claim: two papers\n"
    one = f"facts:\n- {{id: f, {FACT}}}\n{between}- {{id: g, {FACT}}}\n"
    assert () == checked(one).diagnostics


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# kg: allow unused-entity", "the comment allows nothing: it is not complete"),
        ("# kg: allow unused-entity:", "the comment allows nothing: it is not complete"),
        ("#kg:allow unused-entity: why", "the comment allows nothing: it is not complete"),
        ("# kg: allow unused-entty: why", "no diagnostic is called 'unused-entty'"),
        ("# kg: allow bad-date: why", "'bad-date' is an error, and errors cannot be allowed"),
    ],
)
def test_what_allows_nothing_is_told(comment: str, expected: str) -> None:
    found = checked(UNUSED.replace("@END", "  " + comment) + f"    facts: [{{id: f, {FACT}}}]\n")
    assert expected in [d.message for d in found.diagnostics if d.code.name == "bad-suppression"]
    assert "unused-entity" in [d.code.name for d in found.diagnostics]


@pytest.mark.parametrize(
    "text",
    ['note: "# kg: allow x"', "note: a#b # kg is a tool", "note: >-\n            # kg: allow x: y"],
)
def test_text_and_other_comments_are_no_suppressions(text: str) -> None:
    facts = f"""
    entities:
      c:
        type: State
        name: C
        {text}
    facts: [{{id: f, {FACT}}}, {{id: g, subject: c, relation: backs, object: b, source: paper}}]
    """
    assert [] == told(facts)


def test_it_is_not_called_unused_where_nothing_was_looked_for() -> None:
    facts = UNUSED.replace("@END", "  # kg: allow unused-entity: kept") + "    facts: [{id: 1.0}]\n"
    assert "unused-suppression" not in [d.code.name for d in checked(facts).diagnostics]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("c: {type: State, name: C}  # kg: allow no-passage: x\n", "c: {type: State, name: C}\n"),
        ("# kg: allow no-passage: x\n  c: {type: State, name: C}\n", "c: {type: State, name: C}\n"),
        ("c: {type: State, name: C}  # kg: allow no-passage: x", "c: {type: State, name: C}"),
    ],
)
def test_an_unused_one_is_deleted_by_its_fix(before: str, after: str) -> None:
    facts = f"facts: [{{id: f, {FACT}}}]\nentities:\n  "
    workspace = texts({"facts.yaml": "", "world.yaml": WORLD})
    path = "facts/facts.yaml"
    own = type(workspace.facts[0])(path, (facts + before).encode())
    workspace = workspace.with_files({path: own})
    from kg.check import check

    made = fix_all(workspace, lambda t: check(t).diagnostics, lambda d: bool(d.fix))
    assert facts + after == made.texts[path].data.decode()


def test_outputs_tell_what_is_allowed_and_why_or_leave_it_out() -> None:
    facts = UNUSED.replace("@END", "  # kg: allow unused-entity: kept")
    found = checked(facts + f"    facts: [{{id: f, {FACT}}}]\n").allowed
    (one,) = json.loads(to_json(found, {}))["diagnostics"]
    assert "kept" == one["allowed"]
    (result,) = json.loads(to_sarif(found, {}))["runs"][0]["results"]
    assert [{"kind": "inSource", "justification": "kept"}] == result["suppressions"]
    assert "" == to_text(found, {}) == to_github(found, {})
