from __future__ import annotations

from itertools import permutations

import pytest

from kg.check import CODES, Texts, check, lens_named
from kg.lens import DialError
from kg.model.diagnostic import Severity
from kg.model.dials import Certainty
from kg.model.text import SourceText
from tests.conftest import (
    PROFILE,
    brief,
    check_all,
    code_names,
    core_texts,
    errors,
    shipped_texts,
    sound_facts,
    text,
    texts,
)

ENTITIES = """\
entities:
  a: {type: State, name: A}
  b: {type: State, name: B}
  shut: {type: Scenario, name: Shut}
"""
SOURCES = "sources: {s: {type: Report, title: S, published: 2024-05-03}}\n"
FACTS = "facts:\n  - {id: f, subject: a, relation: backs, object: b, source: s}\n"
MORE = "facts:\n  - {id: g, subject: b, relation: backs, object: a, source: s, condition: shut}\n"

GOOD = {"1.yaml": ENTITIES, "2.yaml": SOURCES, "3.yaml": FACTS, "4.yaml": MORE}


def test_a_sound_workspace_has_no_findings() -> None:
    checked = check_all(GOOD)
    assert [] == [brief(d) for d in checked.diagnostics]
    assert checked.is_sound
    assert ["f", "g"] == list(checked.facts.claims)


def test_a_workspace_with_no_facts_is_sound() -> None:
    assert check(Texts(None, core_texts(), (), ())).is_sound


def test_what_is_left_out_of_the_profile_has_a_stand_in() -> None:
    facts = check(Texts(None, core_texts(), (), ())).facts
    assert ("Untitled", {}) == (facts.profile.title, facts.profile.lenses)


# -- findings are collected -----------------------------------------------------------------------

#: One mistake for each file, with what is found.
MISTAKES = {
    "5.yaml": ("entities: {c: {type: Stat, name: C}}", "unknown-type"),
    "6.yaml": ("facts: [{id: h, subject: a, relation: bakcs, object: b, source: s}]",
               "unknown-relation"),
    "7.yaml": ("facts: [{id: i, subject: a, relation: backs, object: zzz, source: s}]",
               "unknown-entity"),
    "8.yaml": ("sources: {t: {type: Report, titel: T}}", "unknown-key"),
    "9.yaml": ("a: b: c", "yaml-syntax"),
    "10.yaml": ("facts: [{id: j, subject: a, relation: governs, object: b, source: s}]", "domain"),
    "11.yaml": ("- x", "not-a-mapping"),
    "12.yaml": ("facts: [{id: k, subject: a, relation: backs, object: b, source: s, when: 2025}]",
                "after-source"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_found_by_itself(name: str) -> None:
    content, code = MISTAKES[name]
    checked = check_all({**GOOD, name: content})
    assert [code] == code_names(checked.diagnostics)
    assert f"facts/{name}" == checked.diagnostics[0].span.path


def test_no_broken_file_silences_another() -> None:
    files = {**GOOD, **{name: content for name, (content, _) in MISTAKES.items()}}
    found = {(d.span.path, d.code.name) for d in check_all(files).diagnostics}
    assert {(f"facts/{name}", code) for name, (_, code) in MISTAKES.items()} == found


@pytest.mark.parametrize("broken", ["\x00", "a: b: c", "[", "'", "a: 1\na: 2", "x: &y *y", "- a"])
@pytest.mark.parametrize("place", ["profile", "ontology", "facts"])
def test_however_a_file_is_broken_the_others_are_judged(broken: str, place: str) -> None:
    wrong = text("ontology/wrong.yaml", "types: {X: {parent: Actr}}")
    given = texts({**GOOD, "7.yaml": MISTAKES["7.yaml"][0]})
    damaged = SourceText(f"{place}.yaml", broken.encode())
    checked = check(
        Texts(
            profile=damaged if place == "profile" else given.profile,
            core=given.core,
            ontology=(wrong, damaged) if place == "ontology" else (wrong,),
            facts=(damaged, *given.facts) if place == "facts" else given.facts,
        )
    )
    by_file = {d.span.path: d.code.name for d in checked.diagnostics}
    assert {"ontology/wrong.yaml", "facts/7.yaml", f"{place}.yaml"} == set(by_file)
    assert ("unknown-type", "unknown-entity") == (
        by_file["ontology/wrong.yaml"],
        by_file["facts/7.yaml"],
    )
    assert {"f", "g"} <= checked.facts.claims.keys()


def test_what_could_not_be_read_from_disk_is_told_with_the_rest() -> None:
    from kg.check import UNREADABLE_FILE
    from kg.model.diagnostic import Diagnostic
    from kg.model.text import Span

    lost = Diagnostic(UNREADABLE_FILE, "it cannot be read", Span("facts/0.yaml", 1, 1, 1, 1))
    given = texts({**GOOD, "7.yaml": MISTAKES["7.yaml"][0]})
    checked = check(Texts(given.profile, given.core, (), given.facts, (lost,)))
    assert ["unreadable-file", "unknown-entity"] == code_names(checked.diagnostics)


def test_findings_are_in_order_of_file_line_and_column() -> None:
    files = {**GOOD, **{name: content for name, (content, _) in MISTAKES.items()}}
    found = check_all(files, "types: {X: {parent: Actr, x: y}}", "title: T\nbase: x\nx: y\n")
    places = [diagnostic.span for diagnostic in found.diagnostics]
    assert sorted(places) == places
    assert ["facts", "kg.yaml", "ontology"] == list(
        dict.fromkeys(span.path.partition("/")[0] for span in places)
    )


def test_findings_do_not_depend_on_the_order_of_files() -> None:
    files = {**GOOD, **{name: content for name, (content, _) in list(MISTAKES.items())[:4]}}
    given = texts(files)
    expected = check(given).diagnostics
    for order in list(permutations(given.facts))[::997]:
        assert expected == check(Texts(given.profile, given.core, (), order)).diagnostics


def test_a_finding_is_told_once() -> None:
    defaults = "defaults: {source: s, place: zzz}\nfacts:\n" + "".join(
        f"  - {{id: x{n}, subject: [a, b], relation: backs, object: shut}}\n" for n in range(3)
    )
    checked = check_all({**GOOD, "5.yaml": defaults})
    assert len(set(checked.diagnostics)) == len(checked.diagnostics)
    assert 1 == code_names(checked.diagnostics).count("unknown-entity")


def test_severities_are_counted() -> None:
    files = {**GOOD, "5.yaml": MISTAKES["7.yaml"][0], "6.yaml": MISTAKES["12.yaml"][0]}
    checked = check_all(files)
    assert (1, 1, 0) == tuple(checked.count(severity) for severity in Severity)
    assert not checked.is_sound


def test_a_warning_stops_nothing() -> None:
    assert check_all({**GOOD, "5.yaml": MISTAKES["12.yaml"][0]}).is_sound


# -- when the rules are asked ---------------------------------------------------------------------

UNUSED = "entities: {c: {type: State, name: C}}"


def test_rules_that_weigh_everything_wait_until_everything_could_be_read() -> None:
    assert ["unused-entity"] == code_names(check_all({**GOOD, "5.yaml": UNUSED}).diagnostics)
    checked = check_all({**GOOD, "5.yaml": UNUSED, "6.yaml": MISTAKES["9.yaml"][0]})
    assert ["yaml-syntax"] == code_names(checked.diagnostics)


def test_a_rule_on_one_declaration_does_not_wait() -> None:
    checked = check_all({**GOOD, "5.yaml": MISTAKES["10.yaml"][0], "6.yaml": MISTAKES["9.yaml"][0]})
    assert ["domain", "yaml-syntax"] == code_names(checked.diagnostics)


def test_what_hangs_on_a_type_whose_parent_is_unknown_is_not_judged() -> None:
    own = """\
        types:
          Duchy: {label: duchy, parent: Actr}
          County: {label: county, parent: Duchy}
          Zine: {label: zine, parent: Duchy}
          Storm: {label: storm, paernt: Scenario}
        """
    facts = {
        **GOOD,
        "5.yaml": """\
            entities:
              d: {type: Duchy, name: D}
              e: {type: County, name: E}
              g2: {type: Storm, name: G}
            sources: {z: {type: Zine, title: Z}}
            facts:
              - {id: h, subject: d, relation: backs, object: e, source: s, condition: g2}
              - {id: i, subject: e, relation: backs, object: d, source: z}
            """,
    }
    found = [d for d in check_all(facts, own).diagnostics if d.severity is Severity.ERROR]
    assert ["unknown-type", "unknown-key"] == code_names(found)


def test_what_hangs_on_a_relation_that_is_broken_is_not_judged() -> None:
    own = """\
        relations:
          hugs: {parent: bakcs}
          feeds: {parent: backs, range: [Group, Stat]}
          costs: {domain: Actor, range: quanttiy}
          loves: {parent: alignment, symmetirc: false, valence: {subject: 1, object: 0}}
        """
    facts = {
        **GOOD,
        "5.yaml": """\
            facts:
              - {id: h, subject: shut, relation: hugs, object: s, source: s}
              - {id: i, subject: a, relation: feeds, object: b, source: s}
              - {id: j, subject: a, relation: costs, object: 15 USD, source: s}
            """,
    }
    found = check_all(facts, own).diagnostics
    assert [
        ("unknown-relation", 2),
        ("unknown-type", 3),
        ("unknown-type", 4),
        ("unknown-key", 5),
    ] == [(d.code.name, d.span.line) for d in found if d.severity is Severity.ERROR]


def test_the_core_is_its_own_even_where_its_profile_is_broken() -> None:
    shipped = shipped_texts()
    assert shipped.profile is not None
    data = shipped.profile.data.replace(b"core: true", b"core: ture")
    profile = SourceText("kg.yaml", data)
    checked = check(Texts(profile, shipped.core, shipped.ontology, shipped.facts))
    assert ["kg.yaml:5:7 bad-value: 'ture' is no truth value"] == errors(checked)


# -- lenses ---------------------------------------------------------------------------------------


def test_a_lens_starts_from_the_default_one() -> None:
    profile = PROFILE + "lens: {as_of: 2021, without: b}\nlenses: {sure: {certainty: certain}}\n"
    facts = sound_facts(ENTITIES + SOURCES + FACTS, profile=profile)
    default, sure = lens_named("default", facts), lens_named("sure", facts)
    assert ("default", "sure") == (default.name, sure.name)
    assert ("2021", ("b",), Certainty.CERTAIN) == (
        sure.as_of.text if sure.as_of else None,
        sure.without,
        sure.certainty,
    )
    assert Certainty.POSSIBLE is default.certainty


def test_there_is_always_a_default_lens() -> None:
    assert lens_named("default", sound_facts(ENTITIES)).name == "default"


def test_a_lens_that_is_not_there() -> None:
    with pytest.raises(DialError, match="no lens is called 'nobody'"):
        lens_named("nobody", sound_facts(ENTITIES))


def test_a_wrong_default_lens_is_one_finding_however_many_lenses_there_are() -> None:
    profile = PROFILE + (
        "lens: {according_to: nobody}\n"
        "lenses: {x: {according_to: [a, b]}, y: {as_of: 2021}, z: {without: [a]}}\n"
    )
    checked = check_all(GOOD, profile=profile)
    assert ["kg.yaml:3:22 bad-lens: no entity, source, group or type is called 'nobody'"] == errors(
        checked
    )
    with pytest.raises(DialError):
        lens_named("y", checked.facts)


def test_every_wrong_dial_is_told() -> None:
    profile = PROFILE + "lenses: {x: {as_of: soon, assume: a, modality: actual}, y: {zoom: 2}}\n"
    assert ["bad-lens"] * 3 == code_names(check_all(GOOD, profile=profile).diagnostics)


# -- the codes ------------------------------------------------------------------------------------


def test_codes_are_well_named() -> None:
    assert len(CODES) > 50
    assert sorted(CODES) == list(CODES)
    for name, code in CODES.items():
        assert name == code.name
        assert name.islower()
        assert name.replace("-", "").isalnum()
        assert code.summary == code.summary.strip(" .")
        assert code.summary[0].islower()


def test_codes_belong_to_the_families_of_the_design() -> None:
    assert {
        "YAML", "shape", "reference", "ontology", "time", "evidence", "consistency", "hygiene",
        "table",
    } == {code.family for code in CODES.values()}  # fmt: skip
