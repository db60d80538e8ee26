"""Where the entries of a fact file lie, and that what is added changes nothing else."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edit.apply import apply
from kg.edit.blocks import LayoutError, edit_removing, edits_adding, new_file, read_layout
from kg.edit.writing import NewEntry
from kg.model.diagnostic import Diagnostic
from kg.model.node import Mapping, Node, Scalar, Sequence
from kg.model.text import SourceText
from kg.reading.document import read_document
from tests.conftest import ROOT, slice_of

FACT = NewEntry("facts", "new", {"subject": "a", "relation": "backs", "object": "b"})
ENTITY = NewEntry("entities", "new", {"type": "State", "name": "New"})


def plain(node: Node | None) -> object:
    """A node as lists, dicts and texts."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.value


def read(content: str) -> dict[str, object]:
    found: list[Diagnostic] = []
    root = read_document(SourceText("f.yaml", content.encode()), found)
    assert [] == found, content
    value = plain(root)
    assert isinstance(value, dict)
    return value


def added(content: str, section: str, *entries: NewEntry) -> str:
    layout = read_layout(SourceText("f.yaml", content.encode()))
    assert layout is not None
    return apply(layout.text, edits_adding(layout, section, entries)).data.decode()


def stretches(content: str, section: str) -> list[tuple[str | None, str]]:
    text = SourceText("f.yaml", content.encode())
    layout = read_layout(text)
    assert layout is not None
    found = layout.section(section)
    assert found is not None
    return [(entry.id, slice_of(text, entry.span)) for entry in found.entries]


# -- entries --------------------------------------------------------------------------------------


def test_comments_directly_above_and_inside_belong_to_an_entry() -> None:
    content = dedent(
        """\
        facts:
          # P1

          # of a
          - id: a  # F1
            # inside
            subject: x
            # still inside
          # of b
          -
            id: b
          # of nobody

        entities:
        """
    )
    inside = "  - id: a  # F1\n    # inside\n    subject: x\n    # still inside\n"
    assert [
        ("a", f"  # of a\n{inside}"),
        ("b", "  # of b\n  -\n    id: b\n"),
    ] == stretches(content, "facts")


def test_a_block_of_text_with_its_hashes_and_blank_lines_belongs_to_its_entry() -> None:
    content = "entities:\n  a:\n    note: |\n      x\n\n      # y\n\n  b: {}"
    assert [
        ("a", "  a:\n    note: |\n      x\n\n      # y\n"),
        ("b", "  b: {}"),
    ] == stretches(content, "entities")


def test_between_brackets_an_entry_is_its_own_text() -> None:
    content = "entities: {a: {name: A}, b: {name: B}}\nfacts: [{id: c},\n {subject: d}]\n"
    assert [("a", "a: {name: A}"), ("b", "b: {name: B}")] == stretches(content, "entities")
    assert [("c", "{id: c}"), (None, "{subject: d}")] == stretches(content, "facts")


def test_what_is_no_yaml_has_no_layout() -> None:
    assert read_layout(SourceText("f.yaml", b"facts: [")) is None


# -- additions ------------------------------------------------------------------------------------

NEW = "  - {id: new, subject: a, relation: backs, object: b}\n"
IN_BRACKETS = NEW.strip().removeprefix("- ")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("facts:\n  - id: a\n", f"facts:\n  - id: a\n{NEW}"),
        ("facts:\n- id: a\n", f"facts:\n- id: a\n{NEW[2:]}"),
        ("facts:\n  - id: a", f"facts:\n  - id: a\n{NEW}"),
        ("facts:\n  - id: a\n  # end\n", f"facts:\n  - id: a\n{NEW}  # end\n"),
        ("facts:\n  - id: a\n    # its\n", f"facts:\n  - id: a\n    # its\n{NEW}"),
        ("facts:\n  - id: a\n\n  - id: b\n", f"facts:\n  - id: a\n\n  - id: b\n\n{NEW}"),
        ("facts:\n  - id: a\n\ndecisions:\n", f"facts:\n  - id: a\n{NEW}\ndecisions:\n"),
        ("facts:\n", f"facts:\n{NEW}"),
        ("facts:  # none\n\n# end\n", f"facts:  # none\n{NEW}\n# end\n"),
        ("facts: []  # none\n", f"facts:  # none\n{NEW}"),
        ("facts: [\n  # none\n]\n", f"facts: [\n  # none\n{IN_BRACKETS}]\n"),
        ("facts: [{id: a}]\n", f"facts: [{{id: a}}, {IN_BRACKETS}]\n"),
        ("facts: [{id: a},]\n", f"facts: [{{id: a}}, {IN_BRACKETS}]\n"),
        ("facts: [\n {id: a} # c\n]\n", f"facts: [\n {{id: a}}, # c\n {IN_BRACKETS}\n]\n"),
        ("facts: [\n {id: a}, # c\n]\n", f"facts: [\n {{id: a}}, # c\n {IN_BRACKETS}\n]\n"),
        ("facts: [\n {id: a}]\n", f"facts: [\n {{id: a}},\n {IN_BRACKETS}]\n"),
        ("{facts: [{id: a}]}\n", f"{{facts: [{{id: a}}, {IN_BRACKETS}]}}\n"),
        ("{entities: {}}\n", f"{{entities: {{}}, facts: [{IN_BRACKETS}]}}\n"),
        ("{}\n", f"{{facts: [{IN_BRACKETS}]}}\n"),
        ("", f"facts:\n{NEW}"),
        ("# top\n", f"# top\n\nfacts:\n{NEW}"),
        ("entities:\n  a: {}", f"entities:\n  a: {{}}\n\nfacts:\n{NEW}"),
        ("entities:\n  a: {}\n\n\n", f"entities:\n  a: {{}}\n\n\nfacts:\n{NEW}"),
        ("---\nentities:\n  a: {}\n...\n", f"---\nentities:\n  a: {{}}\n\nfacts:\n{NEW}...\n"),
        ("---\ndecisions: []\n", f"---\nfacts:\n{NEW}\ndecisions: []\n"),
        ("# top\ndecisions: []\n", f"# top\n\nfacts:\n{NEW}\ndecisions: []\n"),
        (
            "entities: {}\n# its\ndecisions: []\n",
            f"entities: {{}}\n\nfacts:\n{NEW}\n# its\ndecisions: []\n",
        ),
        (
            "facts:\n  - id: a\n    note: |+\n      x\n\n\ndecisions:\n",
            f"facts:\n  - id: a\n    note: |+\n      x\n\n\n{NEW}decisions:\n",
        ),
    ],
)
def test_a_fact_goes_where_one_would_write_it(before: str, after: str) -> None:
    assert after == added(before, "facts", FACT)
    old, new = read(before), read(after)
    facts = old.pop("facts", "") or []
    assert isinstance(facts, list)
    expected = {"id": "new", "subject": "a", "relation": "backs", "object": "b"}
    assert {**old, "facts": [*facts, expected]} == new


def test_an_entity_goes_among_the_entities() -> None:
    before = "entities:\n    a: {name: A}\n\n    b: {name: B}\nfacts: []\n"
    expected = before.replace("facts", "\n    new: {type: State, name: New}\nfacts")
    assert expected == added(before, "entities", ENTITY)


def test_several_entries_are_added_at_once() -> None:
    assert f"facts:\n  - id: a\n{NEW}{NEW}" == added("facts:\n  - id: a\n", "facts", FACT, FACT)


def test_line_endings_and_the_byte_order_mark_stay() -> None:
    before = "\N{BYTE ORDER MARK}facts:\r\n  - id: a\r\n"
    assert before + NEW.replace("\n", "\r\n") == added(before, "facts", FACT)


@pytest.mark.parametrize("before", ["facts: x\n", "facts: {a: b}\n", "{facts: }\n"])
def test_what_is_no_section_is_not_added_to(before: str) -> None:
    with pytest.raises(LayoutError):
        added(before, "facts", FACT)


def test_a_new_file_has_its_sections_in_order() -> None:
    made = new_file("f.yaml", [FACT, ENTITY], ["defaults: {source: s}"]).data.decode()
    assert (
        f"defaults: {{source: s}}\n\nentities:\n  new: {{type: State, name: New}}\n\nfacts:\n{NEW}"
        == made
    )


_COMMENTS = st.sampled_from(["", "", "\n", "  # deep\n", "# flat\n", "\n# apart\n\n", "    # in\n"])
_FACTS = st.sampled_from(
    [
        "  - {id: %s}\n",
        "  - id: %s  # c\n    note: x\n",
        "  -\n    id: %s\n",
        "  - id: %s\n    note: |\n      # x\n\n      y\n",
        "  - id: %s\n    note: >-\n      x\n      y\n",
        "  - id: %s\n    tags:\n    - a\n    - b\n",
        "  - id: %s\n    note: 'a\n      b'\n",
        "  - id: %s\n    passage: [\n    P1]\n",
        "  - {id: %s,\n  note: x}\n",
        "  - id: %s\n    note:\n",
        "  - id: %s\n    note: |+\n      x\n\n",
    ]
)
_ENTITIES = st.sampled_from(["entities: {a: {}}\n", "entities:\n  a:\n    name: A\n", ""])


@given(st.data())
def test_whatever_the_layout_only_the_entry_is_added(data: st.DataObject) -> None:
    parts = [data.draw(_COMMENTS), data.draw(_ENTITIES), data.draw(_COMMENTS)]
    facts: list[str] = data.draw(st.lists(_FACTS, max_size=3))
    if bool(facts) or data.draw(st.booleans()):
        parts.append("facts:\n")
    for number, fact in enumerate(facts):
        parts += [data.draw(_COMMENTS), fact % f"f{number}"]
    parts += [data.draw(_COMMENTS), data.draw(st.sampled_from(["", "decisions: []\n"]))]
    before = "".join(parts)
    if data.draw(st.booleans()) and not before.endswith((" y\n", " x\n")):
        before = before.removesuffix("\n")  # the end of a block of text is part of it
    old = read(before)
    for section, entry in (("facts", FACT), ("entities", ENTITY)):
        after = added(before, section, entry)
        new = read(after)
        if section == "facts":
            expected = [*(old.get("facts") or []), new["facts"][-1]]  # type: ignore[misc, index]
            assert {**old, "facts": expected} == new
            assert "new" == new["facts"][-1]["id"]  # type: ignore[index]
        else:
            its = {**(old.get("entities") or {}), "new": entry.values}  # type: ignore[dict-item]
            assert {**old, "entities": its} == new
        assert _is_inserted(before, after)
        text = SourceText("f.yaml", before.encode())
        _stretches_are_apart(text)


def _is_inserted(before: str, after: str) -> bool:
    """Whether `after` is `before` with one stretch put in."""
    common = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before)
    )
    return after.endswith(before[common:])


def _stretches_are_apart(text: SourceText) -> None:
    layout = read_layout(text)
    assert layout is not None
    spans = [entry.span for section in layout.sections for entry in section.entries]
    for one, other in itertools.pairwise(spans):
        assert one[3:5] <= other[1:3]


@pytest.mark.parametrize("path", sorted(ROOT.glob("facts/*.yaml")), ids=lambda path: path.name)
def test_every_entry_of_the_shipped_files_has_its_stretch(path: Path) -> None:
    text = SourceText("f.yaml", path.read_bytes())
    layout = read_layout(text)
    assert layout is not None
    for section in layout.sections:
        for entry in section.entries:
            assert entry.id is not None
            its = slice_of(text, entry.span)
            assert re.search(rf"^  (?:- \{{?id: )?{entry.id}\b", its, re.M)
            assert its.endswith("\n")
        assert [] == [e.id for e in section.entries if e.span.line < section.first_line]


# -- taking an entry out ------------------------------------------------------------------------


def without(content: str, section: str, id: str) -> str:
    layout = read_layout(SourceText("f.yaml", content.encode()))
    assert layout is not None
    return apply(layout.text, [edit_removing(layout, section, id)]).data.decode()


@pytest.mark.parametrize("id", ["a", "b", "c"])
@pytest.mark.parametrize(
    "content",
    [
        "decisions:\n  # of a\n  - {id: a}\n\n  - id: b\n    by: x\n  # of c\n  - {id: c}\n\n#\n",
        "decisions: [{id: a}, {id: b},\n  {id: c}]\ntitle: x\n",
        "decisions:\n- {id: a}\n- {id: b}\n- {id: c}",
        "{decisions: [{id: a}, {id: b}, {id: c}]}\n",
    ],
)
def test_the_others_stay_as_they_are(content: str, id: str) -> None:
    before = read(content)
    left = without(content, "decisions", id)
    listed = before["decisions"]
    assert isinstance(listed, list)
    assert {**before, "decisions": [each for each in listed if each["id"] != id]} == read(left)
    assert f"# of {id}" not in left
    assert content.count("# ") - left.count("# ") == content.count(f"# of {id}\n")


def test_with_the_last_entry_its_section_goes() -> None:
    content = "facts:\n  - {id: f}\n\n# what we decided\ndecisions:\n  - {id: a}\n\n# end\n"
    assert "facts:\n  - {id: f}\n\n\n# end\n" == without(content, "decisions", "a")
    assert "" == without("decisions:\n  - {id: a}\n", "decisions", "a")


def test_what_is_not_there_cannot_be_taken_out() -> None:
    with pytest.raises(LayoutError, match="'decisions' has no 'b'"):
        without("decisions:\n  - {id: a}\n", "decisions", "b")
