from __future__ import annotations

from textwrap import dedent

import pytest

from kg.model.diagnostic import Diagnostic
from kg.model.text import SourceText
from kg.reading.comments import Comment, comments
from kg.reading.document import read_document
from tests.conftest import ROOT


def found_in(content: str) -> tuple[Comment, ...]:
    problems: list[Diagnostic] = []
    root = read_document(SourceText("f.yaml", content.encode()), problems)
    assert [] == problems
    return comments(content, root)


def brief(content: str) -> list[str]:
    """Each comment with its place, and a `+` where something stands before it."""
    return [
        f"{c.line}:{c.column}{'' if c.is_alone else '+'} {c.text}"
        for c in found_in(dedent(content))
    ]


def test_comments_stand_alone_or_behind_something() -> None:
    content = """\
        # first
        a: 1  # behind
          # in between
        b:\t# behind a tab
          - c #last   \t
        # end"""
    assert [
        "1:1 # first",
        "2:7+ # behind",
        "3:3 # in between",
        "4:4+ # behind a tab",
        "5:7+ #last",
        "6:1 # end",
    ] == brief(content)


def test_a_sign_in_a_word_is_none() -> None:
    assert ["2:5+ # yes"] == brief("a: b#c\nb#: # yes\n")


@pytest.mark.parametrize(
    "content",
    [
        "a: b#c\n",
        "a: 'b # c'\n",
        'a: "b # c \\" # d"\n',
        "a: 'it''s # no'\n",
        "a: 'b\n  # c\n  d'\n",
        "a: b\n  c#d\n  e\n",
        "a: |\n  # b\n  c # d\n",
        "a: >-\n  b\n\n  # c\n",
        "a: |2\n   # b\n  # c\n",
        "'a # b': c\n",
        "{a: 'b # c', \"d # e\": [f#g]}\n",
    ],
)
def test_a_sign_in_a_text_is_none(content: str) -> None:
    assert () == found_in(content)
    assert ["# yes"] == [c.text for c in found_in(content + "# yes\n")]


def test_a_block_of_text_may_have_one_behind_its_sign() -> None:
    content = """\
        a: >-  # why # so
          # text
          more # text
          # text
         # no text any more
        # end
        b: |  # empty
        c: d
        """
    assert [
        "1:8+ # why # so",
        "5:2 # no text any more",
        "6:1 # end",
        "7:7+ # empty",
    ] == brief(content)


def test_comments_stand_between_brackets() -> None:
    content = """\
        a: [b, # one
          # two
          'c # d'  # three
          , e
          # four
        ]  # five
        f: { # six
        }
        """
    assert ["1:8+ # one", "2:3 # two", "3:12+ # three", "5:3 # four", "6:4+ # five",
            "7:6+ # six"] == brief(content)  # fmt: skip


def test_comments_follow_texts_of_several_lines() -> None:
    content = "a: b\n  c  # one\nd: 'e\n  # f\n  ' # two\n"
    assert ["2:6+ # one", "5:5+ # two"] == brief(content)


def test_comments_stand_where_nothing_else_does() -> None:
    assert ["1:1 # only"] == brief("# only\n")
    assert ["1:4+ # empty", "2:1 # b"] == brief("a: # empty\n# b\nc:\n")
    assert ["1:5+ # start", "3:5+ # stop"] == brief("--- # start\na: 1\n... # stop\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(newline: str) -> None:
    content = newline.join(["# one", "a: 'b", "  # c' # two", "d: |", "  # e", "# three"])
    assert [(1, 1, "# one"), (3, 8, "# two"), (6, 1, "# three")] == [
        c[:3] for c in found_in(content)
    ]


def test_of_a_file_that_cannot_be_read_nothing_is_known() -> None:
    assert () == comments("a: [\n# what", None)


def test_the_comments_of_the_shipped_files_are_found() -> None:
    for path in sorted(ROOT.glob("facts/*.yaml")):
        content = path.read_text(encoding="utf-8")
        alone = [line.strip() for line in content.splitlines() if line.strip().startswith("#")]
        assert alone == [c.text for c in found_in(content) if c.is_alone]
