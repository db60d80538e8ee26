"""What can be written at a place that `|` marks."""

from __future__ import annotations

import pytest

from kg.assist.completion import LIMIT
from tests.assist.places import chosen, completed, offered, world

FACT = "facts:\n  - id: x\n"
VOICES = {"russia", "china", "un", "putin", "paper", "wire"}
ENTITIES = {"russia", "china", "un", "putin", "pressure", "war", "peace"}


def test_keys_that_must_be_there_come_first_and_those_that_are_not_at_all() -> None:
    keys = offered(FACT + "    relation: backs\n    |")
    assert ["subject", "object", "source"] == keys[:3]
    assert not {"id", "relation"} & set(keys)
    assert {"passage", "modality", "when"} <= set(keys)


def test_a_source_that_the_file_gives_is_not_asked_for() -> None:
    for defaults in ("defaults: {source: paper}\n", "defaults:\n  source: paper\n"):
        keys = offered(defaults + FACT + "    |")
        assert ["subject", "relation", "object"] == keys[:3]
        found = completed(defaults + FACT + "    |").suggestions
        assert {"subject", "relation", "object"} == {s.label for s in found if s.detail}


def test_a_key_comes_with_what_it_says() -> None:
    (suggestion,) = (
        completed(FACT + "    creds|").suggestions or completed(FACT + "    credib|").suggestions
    )
    assert suggestion.about.startswith("how credible it is")


@pytest.mark.parametrize(
    ("marked", "label", "line"),
    [
        (FACT + "    rel|", "relation", "    relation: "),
        (FACT + "    |", "passage", "    passage: "),
        ("facts:\n  |", "id", "  - id: "),
        ("facts:\n  - |", "id", "  - id: "),
        ("facts:\n  -|", "id", "  - id: "),
        ("facts:\n  - {id: x, su|}", "subject", "  - {id: x, subject: }"),
        ("facts:\n  - {id: x, su|bject: a}", "subject", "  - {id: x, subject: a}"),
        (FACT + "    subject:|", "russia", "    subject: russia"),
        (FACT + "    subject: Mosc|", "russia", "    subject: russia"),
        (FACT + "    subject: 'rus|'", "russia", "    subject: 'russia'"),
        (FACT + '    subject: "rus|', "russia", '    subject: "russia'),
        (FACT + "    subject: chi|  # later", "china", "    subject: china  # later"),
        (FACT + "    condition: not:|", "not:war", "    condition: not:war"),
        (FACT + "    condition: [peace, not:|]", "not:war", "    condition: [peace, not:war]"),
        (FACT + "    condition:\n      - not:|", "not:war", "      - not:war"),
        (FACT + "    condition: \"not:|\"", "not:war", '    condition: "not:war"'),
        (FACT + "    note: Ж😀\n    subject: rus|", "russia", "    subject: russia"),
        ("facts:\n  - {note: Ж😀, subject: rus|", "russia", "  - {note: Ж😀, subject: russia"),
    ],
)  # fmt: skip
def test_what_a_line_becomes(marked: str, label: str, line: str) -> None:
    assert line == chosen(marked, label)


def test_an_entity_is_found_by_id_name_alias_and_name_in_another_language() -> None:
    for typed in ("rus", "Russ", "mosc", "Росс"):
        assert ["russia"] == offered(FACT + f"    place: {typed}|"), typed


def test_an_entity_says_its_name_and_type() -> None:
    (suggestion,) = completed(FACT + "    place: chin|").suggestions
    assert "China · State" == suggestion.detail
    assert "A state in Asia." == suggestion.about
    assert ("China", "Beijing") == suggestion.names


@pytest.mark.parametrize("style", ["    {}\n    {}", "    {}\n    {}\n    manner: x"])
def test_subjects_fit_the_relation(style: str) -> None:
    marked = FACT + style.format("relation: leads", "subject: |")
    assert ["putin"] == offered(marked)
    assert set(offered(FACT + "    subject: |")) == {*ENTITIES, "paper", "wire"}


def test_objects_fit_the_relation() -> None:
    assert not {"pressure", "war"} & set(offered(FACT + "    relation: backs\n    object: |"))
    assert [] == offered(FACT + "    relation: numbers\n    object: |", known=world(ontology=(
        "relations:\n  numbers: {label: numbers, domain: Actor, range: quantity}\n"
    )))  # fmt: skip


def test_relations_fit_what_stands_at_their_ends() -> None:
    from_policy = offered(FACT + "    subject: pressure\n    relation: |")
    assert "targets" in from_policy
    assert "backs" not in from_policy
    fitting = offered("facts:\n  - {id: x, subject: putin, object: un, relation: |}")
    assert "leads" in fitting
    assert "targets" not in fitting


def test_relations_in_use_come_first() -> None:
    assert {"backs", "leads"} == set(offered(FACT + "    relation: |")[:2])


def test_a_relation_is_found_by_its_label() -> None:
    assert "alliedWith" in offered(FACT + "    relation: is allied|")


def test_where_nothing_fits_all_is_offered() -> None:
    assert len(offered(FACT + "    subject: nobody-yet\n    relation: |")) > 50
    only_states = world(ontology="relations:\n  x: {domain: Sanction, range: Sanction}\n")
    assert ENTITIES <= set(offered(FACT + "    relation: x\n    subject: |", known=only_states))


def test_a_list_offers_what_is_not_in_it_yet() -> None:
    assert "russia" not in offered(FACT + "    subject: [russia, |]")
    assert "russia" not in offered(FACT + "    subject:\n      - russia\n      - |")
    assert "russia" in offered(FACT + "    subject: [ru|]")


@pytest.mark.parametrize(
    ("marked", "labels"),
    [
        (FACT + "    source: |", {"paper", "wire"}),
        (FACT + "    source: paper\n    passage: |", {"H", "P1", "P2"}),
        (FACT + "    source: paper\n    passage: [H, |", {"P1", "P2"}),
        (FACT + "    source: paper\n    passage:\n      part: |", {"H", "P1", "P2"}),
        ("defaults: {source: paper}\n" + FACT + "    passage: {part: |", {"H", "P1", "P2"}),
        ("defaults:\n  source: paper\n" + FACT + "    passage: {part: |", {"H", "P1", "P2"}),
        (FACT + "    source: wire\n    passage: |", set()),
        (FACT + "    condition: |", {"war", "peace", "not:war", "not:peace"}),
        (FACT + "    polarity: |", {"affirmed", "denied"}),
        (FACT + "    basis: pre|", {"presupposed"}),
        (FACT + "    marking: AMB|", {"AMBER", "AMBER+STRICT"}),
        (FACT + "    credibility: |", {"1", "2", "3", "4", "5", "6"}),
        (FACT + "    likelihood: almost|", {"almost no chance", "almost certain"}),
        (FACT + "    said_by: [{by: |", VOICES | {"subject", "unknown"}),
        (FACT + "    said_by: [{by: wire, |", {"verb"}),
        (FACT + "    said_by: [{by: wire, verb: |", {"revealed"}),
        (FACT + "    tags: |", {"help"}),
        (FACT + "    supersedes: |", {"backing", "backing--russia", "backing--china", "lead"}),
        (FACT + "    disputes: backing--|", {"backing--russia", "backing--china"}),
        ("decisions:\n  - id: d\n    over: [lea|", {"lead"}),
        ("decisions:\n  - {id: d, rank: |", {"preferred", "deprecated"}),
        (FACT + "    source: paper\n    when: |", {"2025-12-02", "2025-12-02/.."}),
        ("entities:\n  x:\n    type: Sta|", {"State", "OfficialStatement"}),
        ("entities:\n  x: {implies: |", {"war", "peace", "not:war", "not:peace"}),
        ("entities:\n  x: {codes: {iso3166: x, cow|", {"cow"}),
        ("entities:\n  x:\n    codes:\n      iso|", {"iso3166", "iso3166a3"}),
        ("entities:\n  x: {labels: {|", {"ru", "en"}),
        ("sources:\n  x: {type: News|", {"NewsArticle"}),
        ("sources:\n  x: {type: Stat|", {"OfficialStatement"}),
        ("sources:\n  x: {based_on: |", {"paper", "wire"}),
        ("sources:\n  x: {publisher: |", ENTITIES),
        ("sources:\n  paper: {text: {headline: |", {"H", "P1", "P2"}),
        ("sources:\n  x: {text: {|", {"sha256", "characters", "parts", "headline", "unclaimed"}),
        ("|", {"entities", "sources", "defaults", "facts", "decisions", "identities"}),
        (FACT + "    note: |", set()),
        ("entities:\n  |", set()),
    ],
)  # fmt: skip
def test_what_can_stand_where(marked: str, labels: set[str]) -> None:
    assert labels == set(offered(marked))


def test_a_word_comes_with_its_meaning() -> None:
    by_label = {s.label: s.about for s in completed(FACT + "    modality: |").suggestions}
    assert "As what somebody means to do." == by_label["intended"]
    assert "Confirmed by other sources." == next(
        s.about for s in completed(FACT + "    credibility: |").suggestions
    )


def test_claims_come_with_their_sentences_and_not_ones_own() -> None:
    found = {s.label: s.about for s in completed(FACT + "    about: |").suggestions}
    assert "China backs United Nations" == found["backing--china"]
    assert "backing" not in offered("facts:\n  - id: backing\n    about: |")


@pytest.mark.parametrize(
    ("marked", "labels"),
    [
        ("lens: {certainty: |", {"possible", "certain"}),
        ("lenses:\n  one:\n    assume: |", {"war", "peace", "not:war", "not:peace"}),
        ("lenses:\n  one:\n    inference: |", {"on", "off"}),
        ("lenses:\n  one: {modality: [actual, con|", {"considered"}),
        ("groups: {all: [paper, wi|", {"wire"}),
        ("core: |", {"true", "false"}),
        ("mark|", {"marking"}),
    ],
)
def test_what_can_stand_in_the_profile(marked: str, labels: set[str]) -> None:
    assert labels <= set(offered(marked, "kg.yaml"))


def test_voices_are_groups_and_types_too() -> None:
    found = offered("lenses:\n  x: {without: [|", "kg.yaml")
    assert {"russia", "paper", "press", "unknown"} <= set(found)
    assert "UnnamedSource" in offered("lenses:\n  x: {without: [Unn|", "kg.yaml")


def test_dials_are_offered_once() -> None:
    found = offered("lenses:\n  x:\n    as_of: 2021\n    |", "kg.yaml")
    assert "as_of" not in found
    assert "without" in found


@pytest.mark.parametrize(
    ("marked", "labels"),
    [
        ("relations:\n  x: {range: |", {"quantity", "State", "Actor"}),
        ("relations:\n  x:\n    domain: [Sta|", {"State"}),
        ("relations:\n  x:\n    aspect: |", {"state", "event"}),
        ("relations:\n  x:\n    parent: alli|", {"alliedWith"}),
        ("relations:\n  x:\n    chain: leads/gov|", {"leads/governs"}),
        ("relations:\n  x: {valence: {subject: |", {"-1", "0", "1"}),
        ("types:\n  X:\n    pa|", {"parent"}),
        ("types:\n  X:\n    same_as: schema|", {"schema:"}),
        ("|", {"types", "relations", "codes"}),
    ],
)
def test_what_can_stand_in_an_ontology(marked: str, labels: set[str]) -> None:
    assert labels <= set(offered(marked, "ontology/own.yaml"))


def test_a_file_that_is_no_yaml_for_the_moment_is_completed_all_the_same() -> None:
    broken = """
        facts:
          - {id: w, subject: [russia, relation: backs
          - id: x
            rel
            subject: ch|
          - id: "y
        """
    assert ["china"] == offered(broken)


def test_more_than_anybody_reads_is_cut_and_says_so() -> None:
    many = "entities:\n" + "".join(f"  e{n}: {{type: State, name: E}}\n" for n in range(LIMIT + 50))
    known = world(many)
    whole = completed(FACT + "    place: |", known=known)
    assert (LIMIT, False) == (len(whole.suggestions), whole.is_whole)
    narrowed = completed(FACT + "    place: e12|", known=known)
    assert narrowed.is_whole
    assert {"e12", "e120"} <= {s.label for s in narrowed.suggestions}


def test_what_begins_so_comes_before_what_holds_it_somewhere() -> None:
    labels = [s.label for s in completed(FACT + "    subject: p|").suggestions]
    begins = [label for label in labels if label.startswith("p")]
    assert begins
    assert begins == labels[: len(begins)]
    assert set(labels) > set(begins)
