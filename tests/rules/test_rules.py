"""What each rule finds, and what it lets be; its look is in the golden file of its code."""

from __future__ import annotations

import pytest

from kg.rules import RULES, RULES_OVER_ALL
from tests.conftest import ROOT, brief, check_all

WORLD = """\
entities:
  a: {type: State, name: A}
  b: {type: State, name: B}
  pact: {type: Alliance, name: Pact}
  ann: {type: Person, name: Ann}
  aide: {type: UnnamedSource, name: Aide}
  rebel: {type: UnnamedSource, name: Rebel}
  fund: {type: Resource, name: Fund}
  shut: {type: Scenario, name: Shut}
  times: {type: MediaOrganization, name: Times}
sources:
  paper:
    type: NewsArticle
    title: Paper
    publisher: times
    published: 2024-05-03
    text: {sha256: HASH, characters: 99, parts: {H1: 0-9, H2: 9-20, P1: 21-99}, headline: [H1, H2]}
  later: {type: Report, title: Later, published: 2024-06}
  rumour: {type: Report, title: Rumour, published: 2024-05-03, reliability: E}
  undated: {type: Report, title: Undated}
""".replace("HASH", "a" * 64)


def found(code: str, facts: str, ontology: str = "") -> list[str]:
    """What one rule finds, with the line counted from the first line of `facts`."""
    checked = check_all({"w.yaml": WORLD, "own.yaml": facts}, ontology)
    others = [brief(d) for d in checked.diagnostics if d.severity == "error"]
    assert [] == [each for each in others if f" {code}:" not in each]
    told = [brief(d) for d in checked.diagnostics if d.code.name == code]
    return [
        each.removeprefix("facts/own.yaml:").removeprefix("ontology/own.yaml:") for each in told
    ]


def facts(*lines: str) -> str:
    usual = {"subject": "a", "relation": "backs", "object": "b", "source": "later"}
    rows = ["facts:"]
    for number, line in enumerate(lines, 1):
        own = {part.partition(":")[0].strip() for part in line.split(", ")}
        rest = [f"{key}: {value}" for key, value in usual.items() if key not in own]
        rows.append(f"  - {{{', '.join([f'id: f{number}', *rest, line]).rstrip(', ')}}}")
    return "\n".join(rows) + "\n"


def test_every_rule_is_in_the_tables() -> None:
    modules = {path.stem for path in (ROOT / "kg" / "rules").glob("*.py")} - {"__init__"}
    assert modules
    assert modules == {rule.__name__.rpartition(".")[2] for rule in (*RULES, *RULES_OVER_ALL)}
    assert modules == {rule.CODE.name.replace("-", "_") for rule in (*RULES, *RULES_OVER_ALL)}


# -- ontology -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "line", "expected"),
    [
        ("domain", "subject: a, relation: leads, object: pact",
         ["2:38 domain: 'a' is a State; 'leads' takes a subject of type Person"]),
        ("domain", "subject: ann, relation: leads, object: pact", []),
        ("domain", "subject: times, relation: basedIn, object: a", []),  # a subtype
        ("domain", "subject: b, relation: backs, object: pact", []),  # inherited from a parent
        ("range", "object: shut", ["2:66 range: 'shut' is a Scenario; 'backs' takes an object of "
                                   "type Actor"]),
        ("range", "object: pact", []),
        ("range", "relation: amountsTo, subject: fund, object: 20 EUR", []),
        ("self-relation", "object: a", ["2:66 self-relation: 'f1' relates 'a' to itself"]),
        ("self-relation", "object: b", []),
    ],
)  # fmt: skip
def test_the_ends_of_a_claim(code: str, line: str, expected: list[str]) -> None:
    assert expected == found(code, facts(line))


def test_every_wrong_item_of_a_list_is_told_where_it_stands() -> None:
    told = found("domain", facts("subject: [ann, a, b], relation: leads, object: pact"))
    assert ["2:44", "2:47"] == [each.partition(" ")[0] for each in told]


@pytest.mark.parametrize(
    ("relation", "code", "expected"),
    [
        ("{parent: alignment, valence: {subject: 1, object: 0}}", "uneven-valence", 1),
        ("{parent: alignment, valence: {subject: 1, object: 1}}", "uneven-valence", 0),
        ("{parent: backs, valence: {subject: 1, object: 0}}", "uneven-valence", 0),
        ("{parent: backs, symmetric: true, valence: {object: 1}}", "uneven-valence", 1),
        ("{parent: backs, valence: {subject: -1, object: 1}}", "contrary-valence", 1),
        ("{parent: backs, valence: {subject: -1, object: -1}}", "contrary-valence", 2),
        ("{parent: backs, valence: {subject: 0, object: 1}}", "contrary-valence", 0),
        ("{parent: alignment, valence: {subject: -1, object: -1}}", "contrary-valence", 0),
        ("{domain: Actor, range: Actor, valence: {subject: -1, object: 1}}",
         "contrary-valence", 0),
        ("{parent: backs, domain: State, range: Alliance}", "wider-than-parent", 0),
        ("{parent: backs, domain: [State, Event]}", "wider-than-parent", 1),
        ("{parent: backs, domain: Event, range: Concept}", "wider-than-parent", 2),
    ],
)  # fmt: skip
def test_relations_among_themselves(relation: str, code: str, expected: int) -> None:
    assert expected == len(found(code, "", f"relations: {{mine: {relation}}}"))


# -- time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("when: 2025", 1),
        ("when: 2024-07", 1),
        ("when: 2024-07/..", 1),
        ("when: 2024-06", 0),
        ("when: 2024", 0),  # it may have begun before
        ("when: 2024-07~", 0),
        ("when: 2020/..", 0),
        ("when: /2030", 0),
        ("when: 2025, modality: expected", 0),
        ("when: 2025, modality: hypothetical", 0),
        ("when: 2025, modality: intended", 1),  # `when` dates the stance
        ("when: 2025, subject: [a, pact]", 1),  # once for a fact
        ("when: 2025, source: undated", 0),
    ],
)
def test_claims_dated_after_their_source(line: str, expected: int) -> None:
    assert expected == len(found("after-source", facts(line)))


def test_only_a_source_that_claims_rest_on_needs_a_date() -> None:
    assert 1 == len(found("undated-source", facts("source: undated")))
    assert 0 == len(found("undated-source", facts("said_by: undated")))
    misspelt = "sources: {s: {type: Report, title: S, publsihed: 2024}}\n" + facts("source: s")
    told = check_all({"w.yaml": WORLD, "own.yaml": misspelt}).diagnostics
    assert ["unknown-key"] == [d.code.name for d in told]


# -- evidence -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("source: paper", 1),
        ("source: paper, passage: P1", 0),
        ("source: later", 0),  # its text is not described
        ("source: paper, subject: [a, pact]", 1),  # once for a fact
    ],
)
def test_facts_without_a_passage(line: str, expected: int) -> None:
    assert expected == len(found("no-passage", facts(line)))


def test_a_passage_may_stand_in_the_defaults() -> None:
    assert 0 == len(found("no-passage", "defaults: {passage: P1}\n" + facts("source: paper")))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["source: paper, passage: H1"], 1),
        (["source: paper, passage: [H1, H2]"], 1),
        (["source: paper, passage: [H1, P1]"], 0),
        (["source: paper, passage: P1"], 0),
        (["source: later"], 0),
        (["source: paper, passage: H1, subject: [a, pact]"], 1),  # once for a fact
        # the body says the same, or something narrower
        (["source: paper, passage: H1", "source: paper, passage: P1, when: 2020/.."], 0),
        (["source: paper, passage: H1, relation: alignment", "source: paper, passage: P1"], 0),
        (["source: paper, passage: H1", "source: paper, passage: P1, relation: alignment"], 1),
        # the body says something else
        (["source: paper, passage: H1", "source: paper, passage: P1, polarity: denied"], 1),
        (["source: paper, passage: H1", "source: paper, passage: P1, object: pact"], 1),
        (["source: paper, passage: H1", "source: later"], 1),
    ],
)
def test_headlines_without_support(lines: list[str], expected: int) -> None:
    assert expected == len(found("headline-unsupported", facts(*lines)))


# -- consistency ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "polarity: denied", 1),
        ("", "", 0),
        ("polarity: denied", "polarity: denied", 0),
        ("", "polarity: denied, object: pact", 0),
        ("", "polarity: denied, relation: alliedWith", 0),
        ("", "polarity: denied, source: paper, passage: P1", 1),
        # the modality and the condition count
        ("", "polarity: denied, modality: intended", 0),
        ("modality: intended", "polarity: denied, modality: intended", 1),
        ("", "polarity: denied, condition: shut", 0),
        ("condition: shut", "polarity: denied, condition: shut", 1),
        # a denial of a degree covers that degree only
        ("", "polarity: denied, degree: full", 0),
        ("degree: full", "polarity: denied, degree: full", 1),
        ("degree: some", "polarity: denied, degree: full", 0),
        ("degree: some", "polarity: denied", 1),
        # the times must be able to meet
        ("when: 2020", "polarity: denied, when: 2021", 0),
        ("when: 2020~", "polarity: denied, when: 2021", 1),
        ("when: 2020/..", "polarity: denied, when: 2021", 1),
        # a symmetric relation is the same from both sides
        ("relation: alliedWith", "relation: alliedWith, subject: b, object: a, polarity: denied",
         1),
        ("", "subject: b, object: a, polarity: denied", 0),
    ],
)  # fmt: skip
def test_disputes(one: str, other: str, expected: int) -> None:
    assert expected == len(found("disputed", facts(one, other)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 1),
        ("note: x", "note: y, tags: z", 1),
        ("source: paper, passage: P1", "source: paper, passage: H1", 1),
        ("", "source: rumour", 0),
        ("", "when: 2020", 0),
        ("", "degree: full", 0),
        ("", "said_by: aide", 0),
        ("said_by: {by: aide, verb: told}", "said_by: {by: aide, verb: hinted}", 0),
        ("", "polarity: denied", 0),
        ("", "modality: intended", 0),
        ("", "quantity: 3 ship", 0),
        ("", "manner: in secret", 0),
        ("", "basis: presupposed", 0),
    ],
)
def test_claims_that_say_the_same(one: str, other: str, expected: int) -> None:
    assert expected == len(found("duplicate-claim", facts(one, other)))


AMOUNT = "subject: fund, relation: amountsTo, object: "


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (AMOUNT + "20 EUR", AMOUNT + "30 EUR", 1),
        (AMOUNT + "20 EUR", AMOUNT + "20 EUR", 0),
        (AMOUNT + "20 EUR", AMOUNT + "20.00 EUR", 0),
        (AMOUNT + "20 EUR", AMOUNT + "30 USD", 0),
        (AMOUNT + "20 EUR", AMOUNT + "~30 EUR", 0),
        (AMOUNT + "20..40 EUR", AMOUNT + "30 EUR", 0),
        (AMOUNT + "20..40 EUR", AMOUNT + "41..50 EUR", 1),
        (AMOUNT + "41..50 EUR", AMOUNT + "20..40 EUR", 1),
        (AMOUNT + "20.. EUR", AMOUNT + "30.. EUR", 0),
        (AMOUNT + "20.. EUR", AMOUNT + "..19 EUR", 1),
        (AMOUNT + "20 EUR, when: 2020", AMOUNT + "30 EUR, when: 2021", 0),
        (AMOUNT + "20 EUR, when: 2020", AMOUNT + "30 EUR, when: 2020", 1),
        (AMOUNT + "20 EUR, modality: expected", AMOUNT + "30 EUR", 0),
        (AMOUNT + "20 EUR, polarity: denied", AMOUNT + "30 EUR", 0),
        ("quantity: 20 EUR", "quantity: 30 EUR", 1),
        ("quantity: 20 EUR", "quantity: 30 EUR, object: pact", 0),
        ("quantity: 20 EUR", "quantity: 30 EUR, relation: lendsTo", 0),
        ("quantity: 20 EUR", "", 0),
        # what an older source says may still be so, in whichever order the two are read
        (AMOUNT + "20 EUR, source: rumour", AMOUNT + "30 EUR, source: later", 1),
        (AMOUNT + "30 EUR, source: later", AMOUNT + "20 EUR, source: rumour", 1),
        (AMOUNT + "30 EUR, source: later", AMOUNT + "20 EUR, source: rumour, when: 2024-05", 0),
    ],
)
def test_amounts_that_contradict(one: str, other: str, expected: int) -> None:
    assert expected == len(found("contradicting-quantity", facts(one, other)))


# -- hygiene --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["said_by: aide"], "'aide', an unnamed source"),
        (["said_by: unknown"], "somebody who is not named"),
        (["source: rumour"], "'rumour', a source of reliability E"),
        (["said_by: rumour"], "'rumour', a source of reliability E"),
        (["credibility: 5"], "information of credibility 5"),
        (["credibility: 3"], None),
        (["credibility: 6"], None),  # that is, not judged
        (["said_by: ann"], None),
        ([""], None),
        # a second voice, or the same one again
        (["said_by: aide", ""], None),
        (["said_by: aide", "said_by: rebel"], None),
        (["said_by: aide", "said_by: aide, when: 2020"], "'aide', an unnamed source"),
        (["said_by: aide", "object: pact"], "'aide', an unnamed source"),
        # what is presupposed supports nothing
        (["said_by: aide", "basis: presupposed"], "'aide', an unnamed source"),
    ],
)
def test_pairs_that_rest_on_one_weak_voice(lines: list[str], expected: str | None) -> None:
    told = found("single-weak-source", facts(*lines))
    assert ([] if expected is None else [f"'f1' rests alone on {expected}"]) == [
        each.partition(": ")[2] for each in told
    ]


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (facts(""), 1),
        (facts("subject: x"), 0),
        (facts("object: x"), 0),
        (facts("said_by: x"), 0),
        (facts("against: x"), 0),
        (facts("place: x"), 0),
        (facts("about: x"), 0),
        ("sources: {s: {type: Report, title: S, publisher: x}}\n" + facts("about: s"), 0),
    ],
)
def test_entities_that_nothing_uses(use: str, expected: int) -> None:
    told = found("unused-entity", "entities: {x: {type: State, name: X}}\n" + use)
    assert expected == len([each for each in told if "'x'" in each])


def test_an_entity_that_is_nearly_the_same_is_used() -> None:
    declared = "entities: {x: {type: State, name: X}, y: {type: State, name: Y, close_match: x}}\n"
    told = found("unused-entity", declared + facts("object: y"))
    assert [] == [each for each in told if "'x'" in each or "'y'" in each]


def test_sources_that_nothing_uses() -> None:
    declared = "sources: {s: {type: Report, title: S}, t: {type: Report, title: T, based_on: s}}\n"
    told = found("unused-entity", declared + facts(""))
    assert [] == [each for each in told if "'s'" in each]
    assert 1 == len([each for each in told if "the source 't' is used by no claim" in each])
