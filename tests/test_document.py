from __future__ import annotations

from textwrap import dedent
from time import perf_counter
from typing import Any

import pytest

from kg.edit.apply import apply_all
from kg.model.diagnostic import Diagnostic
from kg.model.node import Mapping, Node, Scalar, Sequence, span_of
from kg.model.text import SourceText, Span
from kg.reading.document import MAX_DEPTH, read_document, shorten
from tests.conftest import brief, slice_of


def read(content: str | bytes) -> tuple[Mapping | None, list[Diagnostic]]:
    data = content if isinstance(content, bytes) else dedent(content).encode()
    found: list[Diagnostic] = []
    return read_document(SourceText("f.yaml", data), found), found


def plain(node: Node | None) -> Any:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(value) for key, (_, value) in node.entries.items()}
    return None


def values_of(content: str | bytes) -> Any:
    root, found = read(content)
    assert [] == [brief(d) for d in found]
    return plain(root)


def findings(content: str | bytes) -> list[str]:
    return [f"{d.span.line}:{d.span.column} {d.code.name}" for d in read(content)[1]]


# -- every scalar stays text ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        *("NO", "no", "on", "Off", "yes", "y", "true", "~", "null", "Null", "NULL"),
        *("010", "0x1F", "0o17", "1_000", "1.10", "12:30", "12:30:45", "1:20", "1e3", ".inf"),
        *("2020-01-01", "2020-1-1", "2020-02-30", "2020-01-01T10:00:00Z", "=", "-1", "+1"),
    ],
)
def test_a_scalar_means_what_it_looks_like(written: str) -> None:
    assert {"key": written, "list": [written]} == values_of(f"key: {written}\nlist: [{written}]\n")


def test_a_number_of_any_length_is_text() -> None:
    digits = "5" * 5000
    assert {"key": digits} == values_of(f"key: {digits}\n")


def test_quotes_and_blocks_are_text_too() -> None:
    content = """\
        single: 'it''s'
        double: "tab\\t, \\u00e9, line\\nend"
        literal: |
          one
          two
        folded: >-
          one
          two
        plain: one
          two
        """
    assert {
        "single": "it's",
        "double": "tab\t, é, line\nend",
        "literal": "one\ntwo\n",
        "folded": "one two",
        "plain": "one two",
    } == values_of(content)


def test_a_key_may_look_like_anything() -> None:
    assert {"NO": "a", "12:30": "b", "010": "c"} == values_of("NO: a\n12:30: b\n010: c\n")


# -- files without content ------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["", "\n\n", "# a remark\n", "---\n", "---\n...\n", "\ufeff"])
def test_an_empty_file_is_an_empty_mapping(content: str) -> None:
    assert {} == values_of(content)


# -- encodings ------------------------------------------------------------------------------------


def test_a_byte_order_mark_does_not_count_as_a_column() -> None:
    assert {"a": "1"} == values_of(b"\xef\xbb\xbfa: 1\n")
    assert ["1:4 yaml-anchor"] == findings(b"\xef\xbb\xbfa: &x 1\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(newline: str) -> None:
    content = newline.join(["a: 1", "b: 2", "a: 3", ""])
    assert ["3:1 duplicate-key"] == findings(content.encode())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_syntax_error_is_in_its_line_however_lines_end(newline: str) -> None:
    content = newline.join(["a: 1", "b: 2", "c: d: e", ""])
    assert ["3:5 yaml-syntax"] == findings(content.encode())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_control_character_is_in_its_line_however_lines_end(newline: str) -> None:
    content = newline.join(["a: 1", "b: 2", "c: d\x01e", ""])
    assert ["3:5 control-character"] == findings(content.encode())


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"title: x\nname: caf\xe9 x\n", "2:10", "byte 0xe9 is not UTF-8"),  # Latin-1
        ("é: x\nname: ".encode() + b"\xff\n", "2:7", "byte 0xff is not UTF-8"),
        (b"a: \xc0\xaf\n", "1:4", "byte 0xc0 is not UTF-8"),  # an overlong '/'
        (b"a: \xed\xa0\x80\n", "1:4", "byte 0xed is not UTF-8"),  # half of a surrogate pair
        (b"a: 1\r\nb: \xe9", "2:4", "byte 0xe9 is not UTF-8"),
        ("a: 1\n".encode("utf-16"), "1:1", "the file is UTF-16"),
        ("a: 1\n".encode("utf-16-be"), "", ""),
        (b"\xef\xbb\xbfa: \xe9\n", "1:4", "byte 0xe9 is not UTF-8"),
    ],
)
def test_what_is_not_utf8_is_reported_at_its_byte(content: bytes, place: str, message: str) -> None:
    root, found = read(content)
    assert root is None
    (finding,) = found
    if not place:  # without a mark, UTF-16 is UTF-8 full of NUL
        assert "control-character" == finding.code.name
        return
    assert f"f.yaml:{place} not-utf8: {message}" == brief(finding)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: b\nc: d\x00e\n", "f.yaml:2:5 control-character: U+0000 is not allowed here"),
        ("\x00", "f.yaml:1:1 control-character: U+0000 is not allowed here"),
        ("a: \x07\n", "f.yaml:1:4 control-character: U+0007 is not allowed here"),
        ("a: \x7f\n", "f.yaml:1:4 control-character: U+007F is not allowed here"),
        ("é: ü\u0081\n", "f.yaml:1:5 control-character: U+0081 is not allowed here"),
        ("a: \uffff\n", "f.yaml:1:4 control-character: U+FFFF is not allowed here"),
        ("# é\x1b[31m\na: 1\n", "f.yaml:1:4 control-character: U+001B is not allowed here"),
        # line breaks to YAML 1.1 and to no editor: they would end a comment, and shift all lines
        ("a: x\u0085b: y\n", "f.yaml:1:5 control-character: U+0085 is not allowed here"),
        ("# x\u2028a: y\n", "f.yaml:1:4 control-character: U+2028 is not allowed here"),
        ("a: 'x\u2029y'\n", "f.yaml:1:6 control-character: U+2029 is not allowed here"),
    ],
)
def test_a_character_that_yaml_forbids_is_reported_where_it_is(content: str, expected: str) -> None:
    root, found = read(content.encode())
    assert root is None
    assert [expected] == [brief(d) for d in found]


@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\b", r"\e", r"\x1b", r"\u0081", r"\N", r"\r"])
def test_an_escaped_control_character_is_reported(escape: str) -> None:
    content = f'a: 1\nb: "x{escape}y"\nc: 2\n'
    root, found = read(content)
    assert ["a", "b", "c"] == list(plain(root))  # all else is read
    (finding,) = found
    assert "f.yaml:2:4 control-character: the text holds a control character" == brief(finding)
    assert f'"x{escape}y"' == slice_of(SourceText("f.yaml", content.encode()), finding.span)


def test_an_escaped_surrogate_is_reported() -> None:
    assert ["1:7 yaml-syntax"] == findings('a: "\\ud800"\n')


# -- what is refused ------------------------------------------------------------------------------


def test_a_duplicate_key_is_reported_with_both_places() -> None:
    root, found = read("a: 1\nb:\n  c: 2\n  d: 3\n  c: 4\n")
    (finding,) = found
    assert "f.yaml:5:3 duplicate-key: the key 'c' stands twice" == brief(finding)
    assert [("f.yaml:3:3", "it stands here first")] == [
        (str(related.span), related.message) for related in finding.related
    ]
    assert {"a": "1", "b": {"c": "2", "d": "3"}} == plain(root)


def test_each_further_duplicate_is_reported() -> None:
    assert ["2:1 duplicate-key", "3:1 duplicate-key"] == findings("a: 1\na: 2\n'a': 3\n")


def test_one_key_in_two_mappings_is_no_duplicate() -> None:
    assert {"a": {"c": "1"}, "b": {"c": "2"}} == values_of("a: {c: 1}\nb: {c: 2}\n")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: &x 1\nb: 2\n", ["1:4 yaml-anchor"]),
        ("a: &x 1\nb: *x\n", ["1:4 yaml-anchor", "2:4 yaml-anchor"]),
        ("a: &x [*x]\n", ["1:4 yaml-anchor", "1:8 yaml-anchor"]),
        ("a: &x {b: 1}\n", ["1:4 yaml-anchor"]),
        ("&x a: 1\n", ["1:1 yaml-anchor"]),
        ("a: 1\n*x : 2\n", ["2:1 yaml-anchor"]),
        ("*x\n", ["1:1 yaml-anchor"]),
        ("a: !!int twelve\n", ["1:4 yaml-tag"]),
        ("a: !!timestamp x\n", ["1:4 yaml-tag"]),
        ("a: !python/object:os.system []\n", ["1:4 yaml-tag"]),
        ("a: ! b\n", ["1:4 yaml-tag"]),
        ("a: &x !y b\n", ["1:4 yaml-anchor", "1:7 yaml-tag"]),
        ("a: 1\n<<: {b: 2}\n", ["2:1 yaml-merge-key"]),
        ("'<<': 1\n", ["1:1 yaml-merge-key"]),
        ("[a]: 1\nb: 2\n", ["1:1 key-not-text"]),
        ("{a: 1}: 1\n", ["1:1 key-not-text"]),
        ("? - a\n: 1\n", ["1:3 key-not-text"]),
        ("a: 1\n---\nb: 2\n", ["2:1 second-document"]),
        ("a: 1\n---\nb: [\n", ["2:1 second-document"]),
        ("a: 1\n...\n---\n", ["3:1 second-document"]),
        ("some text\n", ["1:1 not-a-mapping"]),
        ("- a\n- b\n", ["1:1 not-a-mapping"]),
        ("[a]\n", ["1:1 not-a-mapping"]),
    ],
)
def test_what_yaml_allows_and_kg_does_not(content: str, expected: list[str]) -> None:
    assert expected == findings(content)


def test_a_tag_is_quoted_as_it_is_written() -> None:
    assert ["f.yaml:1:4 yaml-tag: '!!int' is a tag"] == [brief(d) for d in read("a: !!int 1\n")[1]]


def test_what_stands_beside_an_alias_is_still_read() -> None:
    assert {"a": ["x", None, "y"], "b": "z"} == plain(read("a: [x, *q, y]\nb: z\n")[0])


@pytest.mark.parametrize(
    ("content", "place", "hint"),
    [
        ("a:\n\tb: 1\n", "2:1", "indent with spaces: YAML does not allow tabs"),
        ("a:\n  b: 1\n\tc: 2\n", "3:1", "indent with spaces: YAML does not allow tabs"),
        ("a: b: c\n", "1:5", "put quotes around a value that holds ': '"),
        ("a: 1\n b: 2\n", "2:2", "begin it in column 1, as 'a' does"),
        ("a: 1\nb\nc: 2\n", "2:1", "a key is followed by a colon and a space"),
        ("a:\n  - b\n c: 1\n", "3:2", "check that this line is indented like its neighbours"),
        ("a: [1, 2\nb: 3\n", "1:4", "write ']' behind what belongs to it"),
        ("a: 1\n@b: c\n", "2:1", "begin it with a key, or with '- ' for an item"),
        ("a: 1\nb: 'x\nc: 1\n", "2:4", "close it"),
        ('a: 1\nb: {c: "x}\n\n', "2:8", "close it"),
        ("a: 1\n%b: 1\n", "2:1", "begin it with a key, or with '- ' for an item"),
    ],
)
def test_a_syntax_error_has_its_place_and_a_hint(
    content: str, place: str, hint: str | None
) -> None:
    root, (finding,) = read(content)
    assert root is None
    assert (f"f.yaml:{place}", "yaml-syntax") == (str(finding.span), finding.code.name)
    assert hint == finding.hint


def test_an_unclosed_bracket_is_told_where_it_was_opened() -> None:
    (finding,) = read("a: 1\nb: [1, 2\nc: 3\n")[1]
    assert "this '[' is never closed" == finding.message
    assert ["f.yaml:3:1"] == [str(related.span) for related in finding.related]


@pytest.mark.parametrize(
    ("content", "place", "message", "fixed"),
    [
        ("a: @b\n", "1:4", "a value cannot begin so: YAML keeps '@' for itself", "a: '@b'\n"),
        ("a: > 5\n", "1:4", "a value cannot begin so: '>' begins a text on the lines below",
         "a: '> 5'\n"),
        ("a: 'b's'\n", "1:7", "text stands behind the closing quote", "a: \"b's\"\n"),
        ('a: "b" c\n', "1:8", "text stands behind the closing quote", "a: '\"b\" c'\n"),
        ('a: "b" c #d\n', "1:8", "text stands behind the closing quote", None),
        ('a: "\\d"\n', "1:5", "'\\d' means nothing between double quotes", None),
        ("a:b\nc: 1\n", "1:1", "no space follows the colon here", "a: b\nc: 1\n"),
        ("-a: b\n  c: d\n", "1:1", "no space follows the '-' here", "- a: b\n  c: d\n"),
        ("a:\u202fb\nc: 1\n", "1:3",
         "a narrow no-break space (U+202F) stands where a space should", "a: b\nc: 1\n"),
        ("a\uff1ab\nc: 1\n", "1:2", "a wide colon (U+FF1A) stands where a colon should",
         "a: b\nc: 1\n"),
        ("a: {b: c}}\n", "1:10", "this '}' closes nothing", "a: {b: c}\n"),
        ("a: [{b: [c}]\n", "1:11", "'}' stands where ']' should", None),
        ("a: {b: c; d: e}\n", "1:9", "';' divides nothing here", None),
        ("a: {b: c: d}\n", "1:9", "a colon and a space stand within a value", None),
        ("// a\nb: c\n", "1:1", "'//' begins no comment", None),
        ("a: |\nb c\n", "2:1", "this is not indented below its key", None),
        ("a:\n b: \u00a0x\n\tc: 1\n", "3:1", "a tab stands where spaces should", None),
        ("a: 1\n<<<<<<<\n", "2:1", "git left a conflict here", None),
    ],
)  # fmt: skip
def test_a_syntax_error_is_told_by_what_it_looks_like(
    content: str, place: str, message: str, fixed: str | None
) -> None:
    (finding,) = read(content)[1]
    assert (f"f.yaml:{place}", message) == (str(finding.span), finding.message)
    if fixed is None:
        assert finding.fix is None
        return
    assert finding.fix is not None
    texts = {"f.yaml": SourceText("f.yaml", content.encode())}
    assert fixed == apply_all(texts, finding.fix.edits)["f.yaml"].data.decode()


@pytest.mark.parametrize("many", ["-", " ", "\t", "- ", "a: ", ": ", "'"])
def test_what_a_line_looks_like_is_seen_at_once_however_long_it_is(many: str) -> None:
    started = perf_counter()
    for line in (
        f"a: @{many * 100_000}x",
        f"a: [\n{many * 100_000}x: b",
        f"{many * 100_000}a: b: c",
    ):
        read(line)
    assert perf_counter() - started < 5


def test_a_mistake_inside_one_key_leaves_the_others() -> None:
    root, found = read("a: &x 1\nb: !y 2\nc: [*x]\nd: 3\nd: 4\n")
    assert 4 == len(found)
    assert {"a": "1", "b": "2", "c": [None], "d": "3"} == plain(root)


# -- bombs ----------------------------------------------------------------------------------------


def test_as_deep_as_allowed_is_read() -> None:
    content = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert [] == findings(content)
    assert ["1:67 too-deep"] == findings("a: [" + content[3:] + "]")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_bomb_of_depth_is_stopped_at_once(opening: str) -> None:
    started = perf_counter()
    root, found = read((opening * 100_000).encode())
    assert perf_counter() - started < 1
    assert root is None
    assert ["too-deep"] == [d.code.name for d in found]


def test_a_bomb_of_aliases_is_never_expanded() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 40)]
    started = perf_counter()
    root, found = read("\n".join(["l0: &l0 [x]", *levels]))
    assert perf_counter() - started < 1
    assert 40 + 390 == len(found)
    assert {"yaml-anchor"} == {d.code.name for d in found}
    assert root is not None


# -- places ---------------------------------------------------------------------------------------


def spans(content: str) -> list[tuple[str, Span]]:
    root, found = read(content)
    assert root is not None
    assert [] == found

    def walk(node: Node) -> list[tuple[str, Span]]:
        match node:
            case Scalar():
                return [(node.value, span_of("f.yaml", node))]
            case Sequence():
                return [pair for item in node.items for pair in walk(item)]
            case Mapping():
                return [pair for entry in node.entries.values() for n in entry for pair in walk(n)]
        raise AssertionError(node)

    return walk(root)


def test_a_plain_scalar_slices_to_its_text() -> None:
    content = "é: [ü, 😀😀, b c]   # x\n'日本':\n  - q: z\n    中: 文\n"
    source = SourceText("f.yaml", content.encode())
    pairs = spans(content)
    assert 9 == len(pairs)
    for value, span in pairs:
        assert value == slice_of(source, span).strip("'")


@pytest.mark.parametrize("style", ["|", ">", "|-", ">-", "|+", ">+", "|2"])
@pytest.mark.parametrize("after", ["", "\n", "\n\n\n", "\n# a remark\n", "\n\nnext: x\n"])
def test_a_block_ends_where_its_text_does(style: str, after: str) -> None:
    content = f"top:\n  key: {style}\n    one\n\n    two\n    three{after}"
    root, found = read(content.encode())
    assert root is not None
    assert [] == found
    top = root.value("top")
    assert isinstance(top, Mapping)
    block = top.value("key")
    assert isinstance(block, Scalar)
    assert Span("f.yaml", 2, 8, 6, 10) == span_of("f.yaml", block)


def test_an_empty_block_ends_behind_its_mark() -> None:
    for content in ("a: |\nb: 1\n", "a: |\n\n\nb: 1\n", "a: |"):
        root, _ = read(content)
        assert root is not None
        block = root.value("a")
        assert isinstance(block, Scalar)
        assert Span("f.yaml", 1, 4, 1, 5) == span_of("f.yaml", block)


def test_a_quoted_value_is_short_and_on_one_line() -> None:
    assert "a b" == shorten("a\n  b")
    assert "x" * 59 + "…" == shorten("x" * 100)
    assert "a\N{REPLACEMENT CHARACTER}b" == shorten("a\x1bb")
