"""Entries go where they belong, and what they bring with them is told from what was there."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kg.check import Texts, check
from kg.edit.addition import Placed, UnreadableFileError, add, judge, key_of, namesakes
from kg.edit.blocks import LayoutError, read_layout
from kg.edit.place import file_for
from kg.edit.writing import NewEntry, Value
from tests.conftest import brief, code_names, shipped_texts, texts

WORLD = """\
entities:
  a: {type: State, name: Arvenia}
  b: {type: State, name: Belmark}
  times: {type: MediaOrganization, name: The Times}
sources:
  paper: {type: Report, title: Paper, published: 2024-05-03, publisher: times}
  other: {type: Report, title: Other, published: 2024-05-03}
"""
BACKS: dict[str, Value] = {"subject": "a", "relation": "backs", "object": "b", "source": "paper"}


def fact(**more: Value) -> NewEntry:
    return NewEntry("facts", "new", {**BACKS, **more})


def path_of(files: Mapping[str, str], entry: NewEntry) -> str:
    layouts = [read_layout(text) for text in texts(dict(files)).facts]
    return file_for(entry, [layout for layout in layouts if layout is not None])


# -- where it goes --------------------------------------------------------------------------------

BY_DEFAULT = "defaults: {source: paper}\nfacts:\n  - {id: x, subject: a}\n"


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"a.yaml": WORLD}, "facts/paper.yaml"),
        ({"a.yaml": WORLD, "b.yaml": BY_DEFAULT}, "facts/b.yaml"),
        ({"a.yaml": "facts:\n  - {id: y, source: other}\n"}, "facts/paper.yaml"),
        ({"a.yaml": "facts:\n  - {id: y, source: paper}\n"}, "facts/a.yaml"),
        ({"a.yaml": "facts:\n  - {id: y, source: paper}\n", "b.yaml": BY_DEFAULT}, "facts/b.yaml"),
        ({"b.yaml": "defaults: {source: paper}\n"}, "facts/b.yaml"),
        ({"b.yaml": BY_DEFAULT.replace("paper", "paper, basis: presupposed")}, "facts/paper.yaml"),
        ({"paper.yaml": "facts: []\n"}, "facts/paper-2.yaml"),
        ({"Paper.yaml": "facts: []\n"}, "facts/paper-2.yaml"),
    ],
)
def test_a_fact_goes_to_its_source(files: dict[str, str], path: str) -> None:
    assert path == path_of(files, fact())


def test_a_fact_goes_where_the_defaults_say_what_it_says() -> None:
    presupposed = BY_DEFAULT.replace("paper", "paper, basis: presupposed").replace("x", "z")
    files = {"b.yaml": BY_DEFAULT, "c.yaml": presupposed}
    assert "facts/c.yaml" == path_of(files, fact(basis="presupposed"))
    assert "facts/b.yaml" == path_of(files, fact(basis="stated"))


def test_a_source_that_is_no_id_names_no_file() -> None:
    assert "facts/facts.yaml" == path_of({}, fact(source="../../x"))


def test_an_entity_goes_among_its_type() -> None:
    files = {
        "actors.yaml": "entities:\n  a: {type: State}\n  b: {type: State}\n  t: {type: Event}\n",
        "events.yaml": "entities:\n  x: {type: Event}\n  y: {type: Event}\n",
        "sources.yaml": "sources:\n  s: {type: Report}\n",
    }
    for type_id, path in (("State", "actors"), ("Event", "events"), ("Person", "actors")):
        assert f"facts/{path}.yaml" == path_of(files, NewEntry("entities", "n", {"type": type_id}))
    assert "facts/sources.yaml" == path_of(files, NewEntry("sources", "n", {"type": "Book"}))
    assert "facts/entities.yaml" == path_of({}, NewEntry("entities", "n", {"type": "Event"}))


# -- how it is written ----------------------------------------------------------------------------


def content(workspace: Texts, path: str) -> str:
    return workspace.by_path[path].data.decode()


def test_what_the_defaults_say_is_left_out() -> None:
    before = texts({"a.yaml": WORLD, "b.yaml": BY_DEFAULT})
    addition = add(before, [fact()])
    line = "  - {id: new, subject: a, relation: backs, object: b}\n"
    assert BY_DEFAULT + line == content(addition.texts, "facts/b.yaml")
    assert ["facts/b.yaml"] == list(addition.changed)
    assert not addition.placed[0].is_new_file


def test_a_new_file_has_its_source_as_a_default() -> None:
    addition = add(texts({"a.yaml": WORLD}), [fact()])
    assert (
        "defaults: {source: paper}\n\n"
        "facts:\n  - {id: new, subject: a, relation: backs, object: b}\n"
        == content(addition.texts, "facts/paper.yaml")
    )
    assert addition.placed[0].is_new_file
    assert check(addition.texts).is_sound


def test_entries_that_need_one_another_are_added_together() -> None:
    entity = NewEntry("entities", "c", {"type": "State", "name": "Corland"})
    before = texts({"a.yaml": WORLD})
    addition = add(before, [entity, fact(subject="c")], "facts/a.yaml")
    assert ["facts/a.yaml"] == list(addition.changed)
    judgement = judge(addition, check(before))
    assert () == judgement.errors
    assert {"new"} == set(judgement.checked.facts.facts)


def test_a_file_that_cannot_be_read_is_not_added_to() -> None:
    before = texts({"a.yaml": WORLD, "b.yaml": "facts: ["})
    with pytest.raises(UnreadableFileError, match=r"facts/b\.yaml"):
        add(before, [fact()], "facts/b.yaml")


@pytest.mark.parametrize("note", ["a\rb", "a\0b", "a\N{NEXT LINE}b"])
def test_what_would_read_otherwise_is_not_written(note: str) -> None:
    with pytest.raises(LayoutError):
        add(texts({"a.yaml": WORLD}), [fact(note=note)])


def test_every_byte_elsewhere_in_the_shipped_facts_stays() -> None:
    before = shipped_texts()
    entry = NewEntry(
        "facts", "new", {"subject": "russia", "relation": "backs", "object": "venezuela",
                         "source": "next-news-2025-12-02", "passage": "P1", "degree": "a bit"}
    )  # fmt: skip
    addition = add(before, [entry])
    (path,) = addition.changed
    old, new = before.by_path[path].data, addition.texts.by_path[path].data
    assert new.startswith(old)
    assert () == judge(addition, check(before)).errors


# -- what is found --------------------------------------------------------------------------------


def judged(
    before: Texts, *entries: NewEntry, path: str | None = None
) -> tuple[list[str], list[str | None], Placed]:
    addition = add(before, entries, path)
    judgement = judge(addition, check(before))
    placed = addition.placed[-1]
    return code_names(judgement.errors), [key_of(e, placed) for e in judgement.errors], placed


def test_errors_are_told_by_the_key_that_caused_them() -> None:
    before = texts({"a.yaml": WORLD})
    bad = fact(relation="back", said_by=[{"by": "nobody", "verb": "said"}], when="2024-13")
    codes, found_keys, _ = judged(before, bad)
    assert ["unknown-relation", "bad-date", "unknown-entity"] == codes
    assert ["relation", "when", "said_by"] == found_keys
    assert (["bad-id"], ["id"]) == judged(before, NewEntry("facts", "New", BACKS))[:2]
    assert (["domain"], ["subject"]) == judged(before, fact(subject="paper"))[:2]


def test_what_was_wrong_before_is_not_counted() -> None:
    wrong = "facts:\n  - {id: x, subject: a, relation: back, object: b, source: paper}\n"
    before = texts({"a.yaml": WORLD, "b.yaml": wrong})
    assert [] == judged(before, fact())[0]
    assert [] == judged(before, fact(), path="facts/a.yaml")[0]
    assert (["unknown-relation"], ["relation"]) == judged(before, fact(relation="back"))[:2]


def test_what_puts_an_error_right_is_not_blamed_for_what_shows_then() -> None:
    wrong = (
        "facts:\n  - {id: x, subject: c, relation: backs, object: b, source: paper}\n"
        "  - {id: y, subject: b, relation: backs, object: a, source: paper}\n"
    )
    before = texts({"a.yaml": WORLD, "b.yaml": wrong})
    entity = NewEntry("entities", "c", {"type": "State", "name": "Corland"})
    assert [] == judged(before, entity)[0]


def test_warnings_are_told_from_errors() -> None:
    before = texts({"a.yaml": WORLD})
    entity = NewEntry("entities", "c", {"type": "State", "name": "Arvenia"})
    judgement = judge(add(before, [entity]), check(before))
    assert ((), ["possible-duplicate"]) == (judgement.errors, code_names(judgement.others))


def test_a_claim_that_is_there_already_is_found_even_among_errors() -> None:
    there = "facts:\n  - {id: x, subject: a, relation: backs, object: b, source: paper}\n"
    for more in ("", "  - {id: y, subject: nobody, relation: backs, object: b, source: paper}\n"):
        before = texts({"a.yaml": WORLD, "b.yaml": there + more})
        judgement = judge(add(before, [fact()]), check(before))
        assert ["duplicate-claim"] == code_names(judgement.duplicates), more
        assert "'x'" in brief(judgement.duplicates[0])
        assert () == judgement.errors


def test_namesakes_are_found() -> None:
    facts = check(texts({"a.yaml": WORLD})).facts
    same = NewEntry("entities", "n", {"type": "State", "name": "arvenia"})
    assert ["a"] == [each.id for each in namesakes(same, facts)]
    other = NewEntry("entities", "n", {"type": "Person", "name": "Arvenia"})
    assert [] == list(namesakes(other, facts))
    source = {"type": "Report", "title": "Paper", "published": "2024-05-03", "publisher": "times"}
    assert ["paper"] == [each.id for each in namesakes(NewEntry("sources", "n", source), facts)]
