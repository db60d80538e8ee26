from __future__ import annotations

from collections.abc import Iterator
from random import Random
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.check import Texts, check
from kg.edit.formatting import WIDTH, FormatError, formatted
from kg.model.diagnostic import Diagnostic
from kg.model.node import Mapping, Node, Scalar, Sequence
from kg.model.text import SourceText
from kg.reading.comments import comments
from kg.reading.document import read_document
from tests.conftest import ROOT, shipped_texts
from tests.scribbles import scribbled, some_mapping
from tests.test_properties import assert_same, parsed, plain


def laid_out(content: str | bytes) -> str:
    """The text in kg's layout, which is its own layout."""
    data = content if isinstance(content, bytes) else content.encode()
    result = formatted(SourceText("f.yaml", data), [])
    assert result is not None
    assert result == formatted(result, [])
    return result.data.decode()


def assert_laid_out(expected: str, given: str) -> None:
    assert dedent(expected) == laid_out(dedent(given))


def assert_kept(content: str) -> None:
    assert_laid_out(content, content)


def problems(content: str) -> list[str]:
    found: list[Diagnostic] = []
    assert formatted(SourceText("f.yaml", content.encode()), found) is None
    return [d.code.name for d in found]


# -- what is put right ----------------------------------------------------------------------------


def test_indentation_is_two_blanks() -> None:
    assert_laid_out(
        """\
        entities:
          russia:
            type: State
            aliases:
              - Moscow
        facts:
          - id: a
            said_by:
              - - x
                - y
        """,
        """\
        entities:
            russia:
               type: State
               aliases:
               - Moscow
        facts:
        -   id: a
            said_by:
            -   -   x
                - y
        """,
    )


def test_blanks_stand_behind_commas_and_colons_alone() -> None:
    assert_laid_out(
        """\
        a: {b: c, d: [e, f], g: {}}
        h: [{i: j}]
        """,
        """\
        a :   { b : c ,d: [ e,f ] , g: { }, }
        h:   [ i: j ]
        """,
    )


def test_one_blank_line_at_most_and_none_at_the_start_of_a_block() -> None:
    assert_laid_out(
        """\
        a:
          b: c

          d: e

        f: g
        """,
        "\n\na:\n\n  b: c\n \n\n  d: e\n\n\nf: g\n\n\n",
    )


def test_a_file_ends_with_its_last_line() -> None:
    assert "a: b\n" == laid_out("a: b") == laid_out("a: b\n\n")
    assert "" == laid_out("") == laid_out("\n\n") == laid_out("---\n...\n")


def test_lines_end_in_one_way_and_no_mark_stands_at_the_start() -> None:
    assert "a: b\nc: d\n" == laid_out(b"\xef\xbb\xbfa: b\r\nc: d\r")
    assert "a: |\n  b\n\n  c\n" == laid_out(b"a: |\r\n  b\r\n\r\n  c\r\n")


def test_quotes_go_where_no_reader_needs_them() -> None:
    assert_laid_out(
        """\
        a: It's said
        b: Moscow, then
        c: [d, 'e, f', g]
        """,
        """\
        a: 'It''s said'
        "b": "Moscow, then"
        c: ["d", 'e, f', 'g']
        """,
    )


@pytest.mark.parametrize(
    "written",
    [
        *(
            "'NO'",
            '"yes"',
            "'null'",
            "'06'",
            '"1.10"',
            "'2022-06'",
            '"12:30"',
            "'~'",
            '""',
            "'a: b'",
        ),
        *("'a # b'", "' a'", '"tab\\t"', "'[a]'", '"Q[1-9]*"', '"caf\\u00e9"', "'*a'", "'- a'"),
    ],
)
def test_quotes_stay_where_a_reader_may_need_them(written: str) -> None:
    assert_kept(f"a: {written}\n")


def test_a_line_that_is_too_long_becomes_a_block_and_a_text_is_never_broken() -> None:
    word = "w" * 30
    long = ", ".join([word] * 5)
    fits = "f" * (WIDTH - len("  - {id: }"))
    assert_kept(f"facts:\n  - {{id: {fits}}}\n")
    assert f"facts:\n  - id: {fits}x\n" == laid_out(f"facts:\n  - {{id: {fits}x}}\n")
    assert f"a:  # why\n{f'  - {word}' + chr(10)}" * 1 in laid_out(f"a: [{long}]  # why\n")
    assert_kept(f"note: {'word ' * 60}end\n")
    assert f"a:\n  {'x' * WIDTH}\n" == laid_out(f"a:\n    {'x' * WIDTH}\n")
    assert "a: x\n" == laid_out("a:\n    x\n")


def test_brackets_over_several_lines_are_joined_where_they_fit() -> None:
    assert_laid_out("a: [b, c, d e]\n", "a: [\n  b,\n  c, d\n  e\n]\n")


# -- what stays -----------------------------------------------------------------------------------


def test_the_author_chooses_the_order_lines_and_blocks() -> None:
    assert_kept(
        """\
        facts:
          - {id: a, relation: c, subject: b}
          - id: d
            relation: f
            subject: e
            said_by: [g, {by: h}]
            about:
              - i
        """
    )


def test_texts_keep_their_lines() -> None:
    assert_laid_out(
        """\
        a: one
          two

          three
        b: 'one

          two'
        c: |
          one
            two

          three
        d: >-
          one
          two
        e: |2-
            one
          two
        f: |+
          one


        g: "a \\
          b"
        """,
        """\
        a: one
             two

          three
        b: 'one

             two'
        c: |
             one
               two

             three
        d: >-
         one
         two
        e: |2-
            one
          two
        f: |+
           one


        g: "a \\
            b"
        """,
    )


def test_a_text_that_ends_with_the_file_keeps_its_end() -> None:
    assert "a: |-\n  b\n" == laid_out("a: |\n  b")


# -- comments -------------------------------------------------------------------------------------


def test_comments_stand_where_they_stood() -> None:
    assert_laid_out(
        """\
        # the file

        # the section
        entities:  # behind
          # the first
          a:
            type: State  # behind

            # last in a
          # last in entities

        # the facts
        facts:
          # the first
          - id: b
            # in b
            note: >-  # why
              text
            # last in b
          # last in facts
        # the end
        """,
        """\
        # the file


        # the section
        entities: # behind
           # the first
           a:
              type: State    # behind

              # last in a
            # last in entities

        # the facts
        facts:
        # the first
        - id: b
          # in b
          note: >-    # why
             text
          # last in b
         # last in facts
        # the end
        """,
    )


def test_comments_between_brackets_open_them() -> None:
    assert_laid_out(
        """\
        a:  # start
          # above b
          - b  # behind b
          - {c: d}
          # end
        e: [f]  # behind
        g:  # nothing
          {}
        """,
        """\
        a: [ # start
          # above b
          b, # behind b
          {c: d}
          # end
        ]
        e: [f] # behind
        g: { # nothing
        }
        """,
    )


def test_a_comment_below_an_empty_key_is_about_it() -> None:
    assert_kept(
        """\
        facts:
          # - id: none yet
        entities:
          a:
        """
    )


def test_comments_below_each_other_stay_so() -> None:
    assert_kept(
        """\
        a: b            # one
        cc: dd          # two
        eee: fff
        gggg: hhhh      # three
        i: j  # alone
        """
    )
    assert_laid_out(
        """\
        a:
          b: {c: d}  # one
          e: f       # two
          g: h  # three
        """,
        """\
        a:
            b: {c:   d} # one
            e: f        # two
            g: h   # three
        """,
    )


# -- what cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: [\n", "yaml-syntax"),
        ("a: 1\na: 2\n", "duplicate-key"),
        ("a: &b 1\n", "yaml-anchor"),
        ("a: 1\n---\nb: 2\n", "second-document"),
        ("- a\n", "not-a-mapping"),
    ],
)
def test_what_cannot_be_read_is_told(content: str, expected: str) -> None:
    assert [expected] == problems(content)


def test_what_the_layout_cannot_hold_is_refused() -> None:
    with pytest.raises(FormatError, match=r"f\.yaml"):
        laid_out(f"? {'k' * 1200}\n: v\n")


# -- whatever a file looks like -------------------------------------------------------------------


def leaves(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from leaves(item)
        case Mapping():
            for key, value in node.entries.values():
                yield from leaves(key)
                yield from leaves(value)


def placed(content: str) -> list[tuple[str, int]]:
    """Each comment and how many scalars stand before it."""
    root = read_document(SourceText("f.yaml", content.encode()), [])
    assert root is not None
    starts = [(leaf.start.line, leaf.start.column) for leaf in leaves(root) if leaf.value]
    return [
        (c.text, sum(start < (c.line - 1, c.column - 1) for start in starts))
        for c in comments(content, root)
    ]


@settings(max_examples=400)
@given(st.integers(0, 2**32))
def test_the_same_is_said_with_the_same_comments_at_the_same_things(seed: int) -> None:
    random = Random(seed)
    content = some_mapping(random)
    written = scribbled(content, random)
    root = read_document(SourceText("f.yaml", written.encode()), [])
    assert root is not None
    assert content == plain(root)  # of the test itself
    result = laid_out(written)
    assert content == parsed(SourceText("f.yaml", result.encode()))
    assert placed(written) == placed(result)
    assert all(line == line.rstrip() or line in written for line in result.split("\n"))


@pytest.mark.parametrize("seed", range(3))
def test_facts_mean_the_same_in_whatever_layout(seed: int) -> None:
    given = shipped_texts()
    random = Random(seed)

    def anew(text: SourceText) -> SourceText:
        written = scribbled(parsed(text), random)
        return SourceText(text.path, laid_out(written).encode())

    assert given.profile is not None
    again = Texts(
        anew(given.profile), (), tuple(map(anew, given.ontology)), tuple(map(anew, given.facts))
    )
    assert_same(check(given).facts, check(again).facts)


def test_the_repository_is_laid_out() -> None:
    paths = [
        path
        for pattern in ("kg.yaml", "facts/*.yaml", "ontology/*.yaml", "examples/**/*.yaml")
        for path in sorted(ROOT.glob(pattern))
    ]
    assert len(paths) > 30
    for path in paths:
        content = path.read_text(encoding="utf-8")
        assert content == laid_out(content), path
