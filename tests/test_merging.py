from __future__ import annotations

from random import Random
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.edit.merging import Merged, merge
from kg.edit.scalars import flow_scalar, scalar
from kg.model.text import SourceText
from tests.scribbles import scribbled, some_mapping
from tests.test_properties import parsed

BASE = """\
    # The facts of a report.

    entities:
      # States
      russia: {type: State, name: Russia}
      china:
        type: State
        name: China

      # Others
      maduro: {type: Person, name: Nicolás Maduro}

    facts:
      # Support
      - id: a
        subject: russia
        relation: backs
        object: maduro
      - {id: b, subject: china, relation: backs, object: maduro}  # F02
      # end of facts
    """


def text(content: str) -> SourceText:
    return SourceText("facts/a.yaml", dedent(content).encode())


def merged(base: str, ours: str, theirs: str) -> Merged:
    result = merge(text(base), text(ours), text(theirs))
    assert result is not None
    return result


def joined(base: str, ours: str, theirs: str) -> str:
    """What both changes give, where they are in nobody's way."""
    result = merged(base, ours, theirs)
    assert () == result.conflicts
    return result.text.data.decode()


def changed(*replacements: tuple[str, str], content: str = BASE) -> str:
    for old, new in replacements:
        assert 1 == content.count(old), old
        content = content.replace(old, new)
    return content


# -- what is in nobody's way ----------------------------------------------------------------------


def test_what_one_side_changed_is_taken() -> None:
    ours = changed(("name: China", "name: China (PRC)"))
    assert dedent(ours) == joined(BASE, ours, BASE) == joined(BASE, BASE, ours)
    assert dedent(BASE) == joined(BASE, BASE, BASE)


def test_both_add_at_the_same_place() -> None:
    end = "      # end of facts\n"
    ours = changed((end, "      - {id: c, subject: russia}\n" + end))
    theirs = changed((end, "      # Theirs\n      - id: d\n        subject: china\n" + end))
    both = changed(
        (
            end,
            "      - {id: c, subject: russia}\n"
            "      # Theirs\n      - id: d\n        subject: china\n" + end,
        )
    )
    assert dedent(both) == joined(BASE, ours, theirs)


def test_additions_stay_where_they_were_made() -> None:
    ours = changed(("      china:\n", "      iran: {type: State, name: Iran}\n      china:\n"))
    theirs = changed(
        ("\n      # Others\n", "      cuba: {type: State, name: Cuba}\n\n      # Others\n"),
        ("\n    facts:", "    sources:\n      x: {type: Report}\n\n    facts:"),
    )
    both = changed(
        ("\n      # Others\n", "      cuba: {type: State, name: Cuba}\n\n      # Others\n"),
        ("\n    facts:", "    sources:\n      x: {type: Report}\n\n    facts:"),
        ("      china:\n", "      iran: {type: State, name: Iran}\n      china:\n"),
    )
    assert dedent(both) == joined(BASE, ours, theirs)


def test_both_make_the_same_file() -> None:
    assert "facts:\n  - id: a\n  - id: b\n" == joined(
        "", "facts:\n  - id: a\n", "facts:\n  - id: b\n"
    )
    assert "facts:\n  - id: a\n" == joined("", "facts:\n  - id: a\n", "facts:\n  - id: a\n")


def test_both_fill_an_empty_section() -> None:
    for empty in ("facts:\n", "facts: []\n", "entities: {}\n"):
        ours, theirs = "facts:\n  - id: a\n", "facts:\n  - id: b\n"
        assert "facts:\n  - id: a\n  - id: b\n" == joined(empty, ours, theirs).partition("ent")[0]


@pytest.mark.parametrize("empty", ["facts:", "facts: []"])
def test_one_side_empties_a_section_that_the_other_adds_to(empty: str) -> None:
    base = "title: x\nfacts:\n    - id: a\n"
    more, none = base + "    - id: b\n", f"title: x\n{empty}\n"
    left = "title: x\nfacts:\n    - id: b\n"
    assert left == joined(base, more, none) == joined(base, none, more)


def test_different_keys_of_one_entry_are_joined() -> None:
    ours = changed(("relation: backs\n        object", "relation: aids\n        object"))
    theirs = changed(("object: maduro\n      -", "object: china\n        note: So.\n      -"))
    both = changed(
        ("relation: backs\n        object: maduro", "relation: aids\n        object: china"),
        ("      - {id: b", "        note: So.\n      - {id: b"),
    )
    assert dedent(both) == joined(BASE, ours, theirs)


def test_different_keys_between_brackets_are_joined() -> None:
    ours = changed(
        ("china, relation: backs, object: maduro}", "china, relation: aids, object: maduro}")
    )
    theirs = changed(("{id: b, subject: china", "{id: b, subject: [china, russia]"),
                     ("maduro}  # F02", "maduro, note: So}  # F02"))  # fmt: skip
    both = changed(
        (
            "{id: b, subject: china, relation: backs, object: maduro}",
            "{id: b, subject: [china, russia], relation: aids, object: maduro, note: So}",
        )
    )
    assert dedent(both) == joined(BASE, ours, theirs)


def test_the_first_key_may_change_beside_the_others() -> None:
    base = "facts:\n  - id: a\n    subject: b\n    object: c\n"
    ours = "facts:\n  # why\n  - object: c\n    id: a\n    subject: x\n"
    theirs = "facts:\n  - id: a\n    subject: b\n    object: y\n    note: z\n"
    assert "facts:\n  # why\n  - object: y\n    note: z\n    id: a\n    subject: x\n" == joined(
        base, ours, theirs
    )


def test_what_one_side_removed_is_gone() -> None:
    ours = changed(("      russia: {type: State, name: Russia}\n", ""))
    theirs = changed(("name: China", "name: PRC"))
    assert dedent(changed(("name: China", "name: PRC"), content=ours)) == joined(BASE, ours, theirs)


def test_a_new_layout_on_one_side_is_no_change_of_what_is_said() -> None:
    indented = "facts:\n    - id: a\n      subject: b\n    - id: c\n      note: d\n"
    base = "facts:\n  - id: a\n    subject: b\n  - {id: c, note: d}\n"
    theirs = "facts:\n  - id: a\n    subject: x\n  - {id: c, note: d}\n  - id: e\n"
    assert (
        "facts:\n    - id: a\n      subject: x\n    - id: c\n      note: d\n    - id: e\n"
    ) == joined(base, indented, theirs)
    assert ("facts:\n  - id: a\n    subject: x\n  - id: c\n    note: d\n  - id: e\n") == joined(
        base, theirs, indented
    )


def test_an_order_that_one_side_changed_is_taken() -> None:
    base = "facts:\n  - id: a\n  - id: b\n  - id: c\n"
    sorted_ = "facts:\n  - id: c\n  - id: b\n  - id: a\n"
    more = "facts:\n  - id: a\n  - id: b\n  - id: b2\n  - id: c\n"
    assert "facts:\n  - id: c\n  - id: b\n  - id: b2\n  - id: a\n" == joined(base, more, sorted_)
    assert "facts:\n  - id: c\n  - id: b\n  - id: b2\n  - id: a\n" == joined(base, sorted_, more)


def test_comments_of_both_are_kept() -> None:
    ours = changed(("      # States\n", "      # States, and more\n"))
    theirs = changed(("      # States\n", "      # States\n      # of the report\n"))
    assert "      # States, and more\n      # of the report\n".replace("      ", "  ") in joined(
        BASE, ours, theirs
    )


def test_lines_end_as_ours_do() -> None:
    result = merge(
        SourceText("f", b"facts:\n- id: a\n"),
        SourceText("f", b"\xef\xbb\xbffacts:\r\n- id: a\r\n- id: b\r\n"),
        SourceText("f", b"facts:\n- id: a\n- id: c"),
    )
    assert result is not None
    assert b"\xef\xbb\xbffacts:\r\n- id: a\r\n- id: b\r\n- id: c\r\n" == result.text.data


def test_other_files_of_a_workspace_are_joined_too() -> None:
    base = "title: A\nlenses:\n  one: {as_of: 2021}\n"
    ours = "title: B\nlenses:\n  one: {as_of: 2021}\n  two: {as_of: 2022}\n"
    theirs = "title: A\nlenses:\n  one: {as_of: 2020}\n  three: {as_of: 2023}\n"
    assert (
        "title: B\nlenses:\n  one: {as_of: 2020}\n  two: {as_of: 2022}\n  three: {as_of: 2023}\n"
    ) == joined(base, ours, theirs)


# -- conflicts ------------------------------------------------------------------------------------


def test_the_same_key_changed_twice_is_a_conflict_around_its_entry() -> None:
    ours = changed(("      china:\n        type: State\n", "      china:\n        type: Country\n"))
    theirs = changed(("      china:\n        type: State\n", "      china:\n        type: Power\n"),
                     ("  # end of facts\n", "  - id: c\n      # end of facts\n"))  # fmt: skip
    result = merged(BASE, ours, theirs)
    assert ("china",) == result.conflicts
    content = result.text.data.decode()
    assert (
        "<<<<<<< ours\n  china:\n    type: Country\n    name: China\n"
        "=======\n  china:\n    type: Power\n    name: China\n>>>>>>> theirs\n"
    ) in content
    assert "  - id: c\n" in content


def test_removed_here_and_changed_there_is_a_conflict() -> None:
    base, theirs = "facts:\n  - id: a\n  - id: b\n", "facts:\n  - id: a\n  - {id: b, note: c}\n"
    result = merged(base, "facts:\n  - id: a\n", theirs)
    assert ("b",) == result.conflicts
    assert (
        "facts:\n  - id: a\n<<<<<<< ours\n=======\n  - {id: b, note: c}\n>>>>>>> theirs\n"
    ) == result.text.data.decode()
    turned = merged(base, theirs, "facts:\n  - id: a\n").text.data.decode()
    assert (
        "facts:\n  - id: a\n<<<<<<< ours\n  - {id: b, note: c}\n=======\n>>>>>>> theirs\n"
    ) == turned


def test_one_id_for_two_facts_is_a_conflict() -> None:
    base = "facts:\n  - id: a\n"
    result = merged(base, base + "  - {id: b, note: c}\n", base + "  - {id: b, polarity: denied}\n")
    assert ("b",) == result.conflicts
    same = merged(base, base + "  - {id: b, note: c}\n", base + "  - id: b\n    note: c\n")
    assert () == same.conflicts


def test_a_list_that_both_changed_is_a_conflict() -> None:
    base = "facts:\n  - id: a\n    said_by: [x]\n"
    result = merged(base, base.replace("[x]", "[x, y]"), base.replace("[x]", "[x, z]"))
    assert ("a",) == result.conflicts


def test_defaults_that_both_changed_are_a_conflict() -> None:
    result = merged("defaults: {source: a}\n", "defaults: {source: b}\n", "defaults: {source: c}\n")
    assert ("defaults",) == result.conflicts
    assert "defaults: {source: b, marking: RED}\n" == joined(
        "defaults: {source: a}\n",
        "defaults: {source: b}\n",
        "defaults: {source: a, marking: RED}\n",
    )


def test_markers_are_as_long_as_git_wants_them() -> None:
    result = merge(text("a: 1\n"), text("a: 2\n"), text("a: 3\n"), 9)
    assert result is not None
    assert "<<<<<<<<< ours\na: 2\n=========\na: 3\n>>>>>>>>> theirs\n" == result.text.data.decode()


@pytest.mark.parametrize(
    "content", ["a: [\n", "a: 1\na: 2\n", "{a: 1}\n", "? a\n: 1\n", "a: &x 1\n", "- a\n"]
)
def test_what_cannot_be_cut_into_entries_is_left_to_lines(content: str) -> None:
    sound = text("a: 1\n")
    assert merge(text(content), sound, text("a: 2\n")) is None
    assert merge(sound, text(content), sound) is None
    assert merge(sound, sound, text(content)) is None


# -- whatever both do -----------------------------------------------------------------------------

Entries = dict[str, dict[str, str]]


def some_entries(random: Random, count: int, prefix: str) -> Entries:
    return {f"{prefix}{n}": some_entry(random) for n in range(random.randrange(count))}


def some_entry(random: Random) -> dict[str, str]:
    keys = random.sample(["type", "name", "note", "x"], random.randrange(1, 5))
    return {key: random.choice(["1", "two", "three # not", "four, five"]) for key in keys}


def altered(entries: Entries, random: Random, prefix: str) -> Entries:
    """The same with some entries changed, removed, moved and added."""
    result = {id: dict(entry) for id, entry in entries.items()}
    for id in list(result):
        match random.randrange(10):
            case 0:
                del result[id]
            case 1 | 2:
                result[id] = {**result[id], random.choice(["name", "note", "new"]): prefix}
            case 3 if len(result[id]) > 1:
                del result[id][random.choice(list(result[id]))]
            case _:
                pass
    for id, entry in some_entries(random, 4, random.choice([prefix, "both"])).items():
        at = random.randrange(len(result) + 1)
        result = dict([*list(result.items())[:at], (id, entry), *list(result.items())[at:]])
    if random.randrange(8) == 0:
        result = dict(random.sample(list(result.items()), len(result)))
    return result


def in_text(entries: Entries, random: Random) -> str:
    """A file with these entries: how each looks hangs on its id alone, its indent on chance."""
    indent = " " * random.choice([2, 2, 4])
    lines = ["# a file", "", "facts:"]
    for id, entry in entries.items():
        style = Random(id).randrange(4)
        written = {"id": id, **entry}
        lines += ["", f"{indent}# a group"] * (style == 0) + [f"{indent}# about {id}"] * (style < 3)
        if style % 2:
            flow = ", ".join(f"{key}: {flow_scalar(value)}" for key, value in written.items())
            lines.append(f"{indent}- {{{flow}}}  # behind {id}")
        else:
            pairs = [f"{key}: {scalar(value)}" for key, value in written.items()]
            lines += [f"{indent}{'  ' if n else '- '}{pair}" for n, pair in enumerate(pairs)]
    return "".join(f"{line}\n" for line in lines)


def expected_of(base: Entries, ours: Entries, theirs: Entries) -> tuple[Entries, set[str]]:
    """What a merge must give by plain reckoning, and what is in conflict."""
    result: Entries = {}
    conflicts: set[str] = set()
    for id in {**ours, **theirs}:
        b, o, t = base.get(id), ours.get(id), theirs.get(id)
        if o == t or t == b:
            chosen = o
        elif o == b:
            chosen = t
        elif not (b and o and t) or any(
            o.get(key) != t.get(key) and b.get(key) not in (o.get(key), t.get(key))
            for key in {**o, **t}
        ):
            conflicts.add(id)
            continue
        else:
            changed = {key: t.get(key) if o.get(key) == b.get(key) else o.get(key)
                       for key in {**o, **t}}  # fmt: skip
            chosen = {key: value for key, value in changed.items() if value is not None}
        if chosen is not None:
            result[id] = chosen
    return result, conflicts


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_a_merge_gives_what_both_said_and_never_less(seed: int) -> None:
    random = Random(seed)
    base = some_entries(random, 8, "fact")
    ours, theirs = altered(base, random, "ours"), altered(base, random, "theirs")
    written = [in_text(entries, random) for entries in (base, ours, theirs)]
    result = merged(*written)
    expected, conflicts = expected_of(base, ours, theirs)
    assert conflicts == set(result.conflicts)
    content = result.text.data.decode()
    for id in conflicts:  # both versions are there to be compared
        for side in (ours, theirs):
            assert all(value in content for value in side.get(id, {}).values())
    if not conflicts:
        facts = parsed(result.text)["facts"] or []
        assert expected == {f.pop("id"): f for f in facts}
        assert len(facts) == len(expected)
        for file in written[1:]:
            for id in expected:
                remarks = [f"# about {id}\n", f"# behind {id}\n"]
                assert all(remark in content for remark in remarks if remark in file)


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_in_whatever_layout_nothing_of_theirs_is_lost(seed: int) -> None:
    random = Random(seed)
    base, ours, theirs = (some_mapping(random, 2) for _ in range(3))
    first, one, other = (text(scribbled(each, random)) for each in (base, ours, theirs))
    result = merge(first, one, other)
    if result is None or result.conflicts:
        return
    got = parsed(result.text)
    for key in {**ours, **theirs}:
        if theirs.get(key) == base.get(key):
            assert ours.get(key) == got.get(key)
        elif ours.get(key) == base.get(key):
            assert theirs.get(key) == got.get(key)
