"""Hover, definition, references, renaming, outline, inlays and actions, as values."""

from __future__ import annotations

import pytest

from kg.assist.actions import REASON, allowances, fix_all, layout, quick_fixes, touching
from kg.assist.hover import hover
from kg.assist.inlays import inlays
from kg.assist.layout import lines_of
from kg.assist.rename import RenameError, refusal, rename
from kg.assist.symbols import outline, search
from kg.assist.target import Target, declarations, mentions_of, stretch_at, target_at
from kg.check import check
from kg.edit.apply import apply
from kg.model.text import SourceText, Span
from tests.assist.places import place_in, world, world_texts
from tests.conftest import text

TEST = "facts/test.yaml"
FACT = "facts:\n  - id: x\n"


def shown(marked: str, path: str = TEST) -> str | None:
    lines, row, column = place_in(marked)
    found = hover(lines, path, row, column, world())
    return found.markdown if found else None


def target(marked: str, path: str = TEST) -> Target | None:
    lines, row, column = place_in(marked)
    return target_at(lines, path, row, column, world())


def stretch(marked: str, path: str = TEST) -> Target:
    lines, row, column = place_in(marked)
    found = stretch_at(lines, path, row, column, world())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        (FACT + "    subject: ru|ssia", ["**Russia** · state", "Moscow", "Россия (ru)", "1 claim"]),
        (FACT + "    subject: chi|na", ["A state in Asia", "Beijing"]),
        (FACT + "    source: pa|per", ["**The Paper**", "news article", "2025-12-02"]),
        (FACT + "    relation: ba|cks", ["**backs**", "Actor → Actor", "2 claims", "a state"]),
        (FACT + "    rela|tion: backs", ["**relation**", "required"]),
        (FACT + "    modality: in|tended", ["**intended**", "means to do"]),
        (FACT + "    mod|ality: intended", ["As what somebody wishes"]),
        (FACT + "    condition: not:w|ar", ["**Open war**"]),
        (FACT + "    about: back|ing", ["China backs United Nations", "Russia backs"]),
        (FACT + "    about: backing--chi|na", ["China backs United Nations"]),
        (FACT + "    source: paper\n    passage: P|1", ["**P1**", "100 to 500"]),
        ("entities:\n  russia: {type: Sta|te", ["**state**", "a kind of"]),
        ("entities:\n  rus|sia: {type: State", ["**Russia**"]),
        ("entities:\n  x: {codes: {iso31|66: RU", ["ISO 3166"]),
    ],
)  # fmt: skip
def test_hover_tells_what_is_known(marked: str, words: list[str]) -> None:
    found = shown(marked)
    assert found is not None
    for word in words:
        assert word in found


def test_names_cannot_mark_anything_up() -> None:
    evil = world("entities:\n  x: {type: State, name: '<b>*x*</b> [a](b)'}\n")
    lines, row, column = place_in(FACT + "    subject: |x")
    found = hover(lines, TEST, row, column, evil)
    assert found is not None
    assert r"\<b\>\*x\*\</b\> \[a\](b)" in found.markdown


@pytest.mark.parametrize(
    "marked",
    [FACT + "    note: some|thing", FACT + "    subject: no|body", FACT + "    nokey|: x", "# a|b"],
)
def test_hover_says_nothing_of_what_is_not_known(marked: str) -> None:
    assert shown(marked) is None


def test_hover_covers_the_id_alone() -> None:
    lines, row, column = place_in('facts:\n  - {note: "Ж😀", condition: ["not:w|ar"]}')
    found = hover(lines, TEST, row, column, world())
    assert found is not None
    assert "war" == lines[row][found.start : found.end]


@pytest.mark.parametrize(
    ("marked", "path", "place"),
    [
        (FACT + "    subject: rus|sia", TEST, "facts/things.yaml:2:3"),
        (FACT + "    source: pa|per", TEST, "facts/things.yaml:10:3"),
        (FACT + "    about: back|ing", TEST, "facts/things.yaml:22:9"),
        (FACT + "    about: backing--ch|ina", TEST, "facts/things.yaml:22:9"),
        (FACT + "    source: paper\n    passage: P|2", TEST, "facts/things.yaml:18:38"),
        ("lenses:\n  a: {without: pre|ss}", "kg.yaml", "kg.yaml:3:10"),
        ("lenses:\n  a: {without: chi|na}", "kg.yaml", "facts/things.yaml:3:3"),
    ],
)
def test_definitions(marked: str, path: str, place: str) -> None:
    found = target(marked, path)
    assert found is not None
    assert [place] == [str(span) for span in declarations(found, world(), world_texts())]


def test_the_definition_of_a_relation_is_in_the_core() -> None:
    found = target(FACT + "    relation: ba|cks")
    assert found is not None
    (span,) = declarations(found, world(), world_texts())
    assert span.path.startswith("ontology/")


def test_what_could_not_be_read_is_found_all_the_same() -> None:
    """An entity without a name is no entity yet, and still declared."""
    facts = "entities:\n  nobody: {type: State}\n" + FACT + "    subject: nobody\n"
    lines, row, column = place_in(facts.replace("subject: nobody", "subject: no|body"))
    known, all_texts = world(facts), world_texts(facts)
    found = target_at(lines, TEST, row, column, known)
    assert found is not None
    assert [f"{TEST}:2:3"] == [str(span) for span in declarations(found, known, all_texts)]
    assert 2 == len(mentions_of(found, known, all_texts))


# -- renaming -------------------------------------------------------------------------------------


def renamed(marked: str, name: str, facts: str) -> str:
    found = stretch(marked)
    all_texts = world_texts(facts)
    edits = rename(found, name, world(facts), all_texts)
    return apply(
        all_texts.by_path[TEST], [edit for edit in edits if edit.span.path == TEST]
    ).data.decode()


def test_a_rename_reaches_claims_that_are_called_after_the_entity() -> None:
    facts = FACT + "    subject: russia\n    about: [backing--russia, 'backing', \"not:russia\"]\n"
    line = "    about: [backing--rossiya, 'backing', \"not:russia\"]"
    assert line in renamed(FACT + "    subject: ru|ssia", "rossiya", facts)
    assert line in renamed(FACT + "    about: backing--ru|ssia", "rossiya", facts)


def test_a_rename_of_a_fact_reaches_its_claims() -> None:
    facts = FACT + "    about: [backing--russia, backing]\n"
    assert "[support--russia, support]" in renamed(
        FACT + "    about: ba|cking--russia", "support", facts
    )


@pytest.mark.parametrize(
    ("marked", "path", "name", "problem"),
    [
        (FACT + "    subject: ru|ssia", TEST, "china", "'china' is taken"),
        (FACT + "    subject: ru|ssia", TEST, "Russia", "'Russia' cannot be an id here"),
        (FACT + "    subject: ru|ssia", TEST, "subject", "'subject' is taken"),
        (FACT + "    subject: no|body", TEST, "x", "'nobody' is declared nowhere"),
        (FACT + "    said_by: [sub|ject]", TEST, "x", "has a meaning of its own"),
        (FACT + "    source: paper\n    passage: P|1", TEST, "P2", "'P2' is taken"),
        ("lenses: {a: {without: pr|ess}}", "kg.yaml", "paper", "'paper' is taken"),
    ],
)
def test_what_cannot_be_renamed_so(marked: str, path: str, name: str, problem: str) -> None:
    with pytest.raises(RenameError, match=problem):
        rename(stretch(marked, path), name, world(), world_texts())


def test_a_file_that_cannot_be_read_stops_a_rename() -> None:
    facts = "facts: [\n"
    with pytest.raises(RenameError, match=r"facts/test.yaml cannot be read"):
        rename(stretch(FACT + "    subject: ru|ssia"), "x", world(facts), world_texts(facts))


def test_a_stretch_that_names_nothing_else_is_refused() -> None:
    found = target(FACT + "    about: backing--chi|na")
    assert found is not None
    assert "called after its fact" in (refusal(found, world(), world_texts()) or "")


# -- outline, search, inlays ----------------------------------------------------------------------


def test_an_outline_has_sections_with_what_they_declare() -> None:
    known = world()
    found = outline(world_texts().by_path["facts/things.yaml"], known)
    assert ["entities", "sources", "facts"] == [each.name for each in found]
    assert ["paper", "wire"] == [each.name for each in found[1].inner]
    backing, lead = found[2].inner
    assert ("backing", "China backs United Nations (+1)") == (backing.name, backing.detail)
    assert (22, 28) == (backing.span.line, backing.span.end_line)
    assert "Vladimir Putin leads United Nations" == lead.detail
    assert () == outline(text(TEST, "facts: ["), known)


@pytest.mark.parametrize(
    ("query", "first"),
    [("china", "china"), ("mosc", "russia"), ("Paper", "paper"), ("lead", "lead"), ("Штаты", None)],
)
def test_a_search_goes_by_ids_and_names(query: str, first: str | None) -> None:
    found = search(query, world())
    assert first == (found[0].name if found else None)


def test_a_fact_is_told_behind_the_line_that_names_it() -> None:
    known = world(
        """
        facts:
          - {id: one, subject: china, relation: backs, object: un, source: paper}
          - id: two  # with a comment
            subject: [china, russia]
            relation: backs
            object: un
            source: paper
        """
    )
    lines = [
        "facts:",
        "  - {id: one, subject: china}  ",
        "",
        "  - id: two  # here",
        "    id: broken: [",
    ]
    found = list(inlays(lines, TEST, 0, 10, known))
    assert [
        (1, 29, "China backs United Nations"),
        (3, 19, "China backs United Nations (+1)"),
    ] == [(each.row, each.column, each.text) for each in found]
    assert [] == list(inlays(lines, TEST, 2, 2, known))
    assert [] == list(inlays(lines, "facts/other.yaml", 0, 10, known))


# -- actions --------------------------------------------------------------------------------------


def test_fixes_are_offered_where_the_cursor_is() -> None:
    facts = FACT + "    subject: rusia\n    relation: backs\n    object: un\n    source: paper\n"
    found = check(world_texts(facts)).diagnostics
    (action,) = quick_fixes(touching(found, Span(TEST, 3, 15, 3, 15)))
    new = apply(world_texts(facts).by_path[TEST], action.edits)
    assert b"    subject: russia\n" in new.data
    assert [] == list(quick_fixes(touching(found, Span(TEST, 4, 1, 4, 1))))


def test_all_that_is_safe_is_fixed_at_once() -> None:
    facts = FACT + "    subject: russia\n    relation: backs\n    object: un\n    source: paper\n"
    assert fix_all(check(world_texts(facts)).diagnostics, TEST) is None
    facts += "    when: 2025/12/02\n    polarty: denied\n"
    diagnostics = check(world_texts(facts)).diagnostics
    action = fix_all(diagnostics, TEST)
    safe = [d for d in diagnostics if d.fix is not None and d.fix.is_safe]
    assert (action is not None) == bool(safe)


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("  z: {type: State, name: Z}", "  z: {type: State, name: Z}  # kg: allow unused-entity: "),
        ("  z: {type: State, name: Z}  # why", "  # kg: allow unused-entity: "),
        ("  z:\n    type: State\n    name: Z", "  z:  # kg: allow unused-entity: "),
    ],
)
def test_a_finding_can_be_allowed_by_a_comment(line: str, becomes: str) -> None:
    facts = f"entities:\n{line}\n"
    content = world_texts(facts).by_path[TEST]
    found = [d for d in check(world_texts(facts)).diagnostics if d.code.name == "unused-entity"]
    found = [d for d in found if d.span.path == TEST]
    (action,) = allowances(found, content)
    new = apply(content, action.edits).data.decode()
    assert becomes + REASON in new.split("\n")
    left = check(world_texts(new)).diagnostics
    assert not [d for d in left if d.span.path == TEST and d.code.name == "unused-entity"]


def test_errors_are_not_allowed() -> None:
    facts = FACT + "    subject: rusia\n"
    found = check(world_texts(facts)).diagnostics
    errors = [d for d in found if d.span.path == TEST and d.severity == "error"]
    assert errors
    assert [] == list(allowances(errors, world_texts(facts).by_path[TEST]))


@pytest.mark.parametrize(
    "content",
    [
        "facts:\n   - id:   x\n     note:  y\n# end\n",
        "facts:\n  - id: x\n\n\n\n",
        "facts:\n  -   id: x",
        "facts:   \n  - id: x\n",
        "",
        "facts:\r\n    - id: 'Ж😀'\r\n",
    ],
)
def test_only_what_is_laid_out_anew_is_replaced(content: str) -> None:
    source = SourceText(TEST, content.encode())
    edit = layout(source)
    if edit is None:
        return
    once = apply(source, [edit])
    assert layout(once) is None, "laid out twice, it stays as it is"
    untouched = len(lines_of(content)) - 1
    assert edit.span.end_line <= untouched + 1


def test_what_cannot_be_read_is_not_laid_out() -> None:
    assert layout(SourceText(TEST, b"facts: [")) is None
