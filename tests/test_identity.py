"""Entities that are said to be one are seen as one, and taking it back brings everything back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.check import Texts, check
from kg.identity import unite
from kg.lens import Lens
from kg.marking import release
from kg.model.diagnostic import Diagnostic
from kg.model.facts import FactSet
from kg.scene import look
from tests.conftest import brief, check_all, shipped_texts, sound_facts, text, unpacked
from tests.test_cli import kg

WORLD = """\
entities:
  a: {type: State, name: Arvenia, codes: {iso3166: AV}, labels: {fr: Arvénie}}
  b: {type: State, name: Belmark}
  old: {type: State, name: Republic of Arvenia, aliases: [Arven], labels: {fr: Arvène, de: Arven},
        note: From the old table., close_match: a}
  older: {type: Actor, name: The Republic}
  pact: {type: Alliance, name: Coastal Pact}
  war: {type: Scenario, name: War}
  conflict: {type: Scenario, name: Armed conflict, implies: [war]}
  desk: {type: MediaOrganization, name: Desk}
  pages: {type: MediaOrganization, name: Pages}
sources:
  paper: {type: NewsArticle, title: Paper, published: 2024-05-03, publisher: desk}
  other: {type: NewsArticle, title: Other, published: 2024-05-04, publisher: pages}
facts:
  - {id: f1, subject: a, relation: backs, object: b, source: paper}
  - {id: f2, subject: old, relation: opposes, object: b, source: paper, said_by: older}
  - {id: f3, subject: b, relation: backs, object: [old, pact], source: other, condition: conflict}
"""


def world(*decisions: str) -> FactSet:
    return sound_facts(WORLD + decided(*decisions))


def decided(*decisions: str) -> str:
    listed = "".join(f"  - {{{each}, reason: So it is.}}\n" for each in decisions)
    return f"identities:\n{listed}" if decisions else ""


def found(own: str, code: str) -> list[Diagnostic]:
    return [d for d in check_all(own).diagnostics if d.code.name == code]


def test_all_that_is_said_of_one_is_said_of_the_other() -> None:
    facts = world("id: i, entities: [a, old, older], verdict: same")
    assert {"old": "a", "older": "a"} == facts.same_as
    assert {"a", "old", "older"} & facts.entities.keys() == {"a"}
    claims = facts.claims
    assert ("a", "a", "a") == (claims["f1"].subject, claims["f2"].subject, claims["f3--old"].object)
    assert ("a",) == claims["f2"].speakers
    assert ["f1", "f2", "f3--old"] == [claim.id for claim in facts.mentions["a"]]


def test_no_name_and_no_code_is_lost() -> None:
    entity = world("id: i, entities: [a, old, older], verdict: same").entities["a"]
    assert ("State", "Arvenia") == (entity.type, entity.name)
    assert {"Republic of Arvenia", "Arven", "Arvène", "The Republic"} == set(entity.aliases)
    assert (("de", "Arven"), ("fr", "Arvénie")) == entity.labels
    assert ((("iso3166", "AV"),), "From the old table.", ()) == (
        entity.codes,
        entity.note,
        entity.close_match,
    )


def test_the_narrower_type_is_kept() -> None:
    assert "State" == world("id: i, entities: [older, a], verdict: same").entities["older"].type


def test_publishers_and_scenarios_are_united_too() -> None:
    facts = world(
        "id: i, entities: [desk, pages], verdict: same",
        "id: j, entities: [war, conflict], verdict: same",
    )
    assert ("desk", "desk") == (facts.sources["paper"].publisher, facts.sources["other"].publisher)
    assert ["war"] == [c.scenario for c in facts.claims["f3--old"].conditions]
    assert () == facts.entities["war"].implies  # it implied itself


def test_decisions_come_together() -> None:
    facts = world(
        "id: i, entities: [a, old], verdict: same", "id: j, entities: [old, older], verdict: same"
    )
    assert {"old": "a", "older": "a"} == facts.same_as


def test_what_is_different_or_open_stays_apart() -> None:
    facts = world(
        "id: i, entities: [a, old], verdict: different",
        "id: j, entities: [a, older], verdict: unsure",
    )
    assert {} == facts.same_as
    assert facts is facts.written
    assert facts is unite(facts)


def test_what_was_written_is_there_to_come_back_to() -> None:
    plain, united = world(), world("id: i, entities: [a, old, older], verdict: same")
    assert plain.claims == united.written.claims
    assert plain.entities == united.written.entities


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        (
            (
                "id: i, entities: [a, old], verdict: same",
                "id: j, entities: [older, old], verdict: same",
            ),
            "'a', 'old' and 'older' are the same, but it is not said by which id they go",
        ),
        (
            (
                "id: i, entities: [a, old], verdict: same",
                "id: j, entities: [old, a], verdict: same",
            ),
            "'a' and 'old' are the same, but it is not said by which id they go",
        ),
        (
            (
                "id: i, entities: [a, old], verdict: same",
                "id: j, entities: [a, older], verdict: same",
                "id: k, entities: [older, old], verdict: different",
            ),
            "'old' and 'older' are different here, and the same elsewhere",
        ),
        (
            ("id: i, entities: [a, pact], verdict: same",),
            "'pact' is an Alliance, 'a' is a State: these are no one thing",
        ),
    ],
)
def test_decisions_that_contradict_each_other_are_told_and_not_followed(
    decisions: tuple[str, ...], message: str
) -> None:
    told = found(WORLD + decided(*decisions), "contradicting-identity")
    assert message in [each.message for each in told]
    assert {} == check_all(WORLD + decided(*decisions)).facts.same_as


def test_different_codes_are_told() -> None:
    own = WORLD.replace("aliases: [Arven]", "aliases: [Arven], codes: {iso3166: AR}")
    (told,) = found(own + decided("id: i, entities: [a, old], verdict: same"), "different-codes")
    assert "what is the same as 'a' has several ISO 3166-1 alpha-2 codes: AR, AV" in told.message
    assert ["'a' has AV here", "'old' has AR here"] == [each.message for each in told.related]


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_possible_duplicate_is_asked_for_until_it_is_decided(verdict: str) -> None:
    own = WORLD.replace("entities:", "entities:\n  twin: {type: State, name: ARVENIA}")
    (told,) = found(own, "possible-duplicate")
    assert "'twin' may be the same as 'a': both have the name 'ARVENIA'" == told.message
    assert "say so: kg merge a twin" in str(told.hint)
    decision = decided(f"id: i, entities: [a, twin], verdict: {verdict}")
    assert [] == found(own + decision, "possible-duplicate")


def test_an_alias_in_common_is_asked_about() -> None:
    own = WORLD.replace("entities:", "entities:\n  twin: {type: State, name: B, aliases: [ARVEN]}")
    own = own.replace("aliases: [Arven]", "aliases: [Port, Arven]")
    (told,) = found(own, "possible-duplicate")
    assert "both have the name 'A" in told.message


def test_a_place_of_the_same_name_is_no_duplicate() -> None:
    own = WORLD.replace("entities:", "entities:\n  city: {type: Place, name: Arvenia}")
    assert [] == found(own, "possible-duplicate")


def test_one_entity_alone_is_no_decision() -> None:
    (line,) = [
        brief(d)
        for d in check_all(
            "entities:\n  a: {type: State, name: A}\n"
            "identities:\n  - {id: i, entities: [a, a], verdict: same, reason: So.}\n"
        ).diagnostics
        if d.severity == "error"
    ]
    assert "'a' alone is named" in line


SPLIT = sorted({"russia", "united-states", "venezuela", "western-sources", "china"})


@given(st.sampled_from(SPLIT), st.integers(0, 2**32 - 1))
def test_halves_that_are_said_to_be_one_make_the_whole(id: str, mask: int) -> None:
    """Some of what names an entity names a twin of it instead; the decision brings it together."""
    texts = shipped_texts()
    whole = check(texts).facts
    halved = _halved(texts, id, mask)
    joined = check(halved).facts
    assert whole.claims == joined.claims
    assert whole.sources == joined.sources
    assert whole.entities.keys() == joined.entities.keys()
    edges = [edge.id for edge in look(whole, Lens()).edges]
    assert edges == [edge.id for edge in look(joined, Lens()).edges]


def _halved(texts: Texts, id: str, mask: int) -> Texts:
    """The texts where a twin stands in some of the values, besides a decision that it is the same.

    Lists are left alone, since their items are a part of claims' ids.
    """
    kind = check(texts).facts.entities[id].type
    turn = iter(range(1_000_000))

    def twin(match: re.Match[str]) -> str:
        return match[1] + (f"{id}-twin" if mask >> next(turn) % 32 & 1 else id)

    named = re.compile(rf"((?:subject|object|publisher|by): ){id}(?![\w-])")
    changed = {
        each.path: text(each.path, named.sub(twin, each.data.decode())) for each in texts.facts
    }
    decided = text(
        "facts/twin.yaml",
        f"entities:\n  {id}-twin: {{type: {kind}, name: A twin}}\n"
        f"identities:\n  - {{id: i, entities: [{id}, {id}-twin], verdict: same, reason: So.}}\n",
    )
    return texts.with_files({**changed, decided.path: decided})


def test_a_marking_that_keeps_one_of_them_back_tells_nothing_of_it() -> None:
    facts = sound_facts("""\
entities:
  a: {type: Person, name: Ada}
  b: {type: State, name: Belmark}
  mole: {type: Person, name: Nightjar}
sources:
  paper: {type: NewsArticle, title: Paper, published: 2024-05-03, marking: CLEAR}
facts:
  - {id: f1, subject: a, relation: backs, object: b, source: paper}
  - {id: f2, subject: mole, relation: opposes, object: b, source: paper, marking: RED}
identities:
  - {id: i, entities: [a, mole], verdict: same, reason: Nightjar is Ada.}
""")
    assert "Nightjar" in facts.entities["a"].aliases
    read = release(facts, "GREEN")
    assert ["f1"] == list(read.claims)
    assert ({}, ()) == (read.identities, read.entities["a"].aliases)
    assert {"f1", "f2"} == release(facts, "RED").claims.keys()
    assert {"mole": "a"} == release(facts, "RED").same_as


# -- the command --------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    kg("init", str(tmp_path))
    (tmp_path / "facts" / "more.yaml").write_text(
        "entities:\n  arven: {type: State, name: Republic of Arvenia, aliases: [Arvenia]}\n"
        "facts:\n  - {id: arven-helps, subject: arven, relation: backs, object: belmark,\n"
        "     source: harbour-times-2024-05-03, passage: P1}\n",
        encoding="utf-8",
    )
    return tmp_path


def merged(workspace: Path, *arguments: str) -> str:
    run = kg("merge", *arguments, "--reason", "The name in the old table", cwd=workspace)
    assert 0 == run.returncode, run.stderr
    return run.stdout + run.stderr


def test_merging_is_told_seen_everywhere_and_taken_back(workspace: Path) -> None:
    before = kg("show", "arven", cwd=workspace).stdout
    files = {path: path.read_bytes() for path in workspace.rglob("*.yaml")}
    told = merged(workspace, "arvenia", "arven", "--by", "Ann")
    assert "facts/identities.yaml:2: added identity 'arven-is-arvenia'" in told
    assert "arven goes by arvenia now, with 1 claim" in told
    assert files == {path: path.read_bytes() for path in files}  # nothing else is touched
    shown = kg("show", "arven", cwd=workspace).stdout
    assert "Arvenia backs Belmark" in shown
    assert "same:        arven: The name in the old table (Ann, " in shown
    assert "Identity  (arven-is-arvenia)" in kg("show", "arven-is-arvenia", cwd=workspace).stdout
    run = kg("merge", "--undo", "arvenia", "arven", cwd=workspace)
    assert 0 == run.returncode, run.stderr
    assert "it said same of arvenia, arven: The name in the old table" in run.stderr
    assert before == kg("show", "arven", cwd=workspace).stdout
    assert 0 == kg("check", cwd=workspace).returncode


def test_the_old_id_leads_everywhere_to_the_one_that_is_kept(workspace: Path) -> None:
    merged(workspace, "arvenia", "arven")
    for arguments in (
        ("path", "arven", "belmark"),
        ("query", "inferred", "--param", "thing=arven"),
        ("analyze", "degree", "--without", "arven"),
        ("view", "--focus", "arven", "--output", "view.html"),
    ):
        run = kg(*arguments, cwd=workspace)
        assert 0 == run.returncode, (arguments, run.stderr)
    rows = kg("query", "SELECT * { ?old owl:sameAs ?kept }", "-f", "json", cwd=workspace).stdout
    (row,) = json.loads(rows)["results"]["bindings"]
    assert row["old"]["value"].endswith("/entity/arven")
    assert row["kept"]["value"].endswith("/entity/arvenia")
    page = unpacked((workspace / "view.html").read_text(encoding="utf-8"))
    assert "arven: The name in the old table" in page


def test_more_decisions_go_to_the_same_file_and_the_kept_id(workspace: Path) -> None:
    merged(workspace, "arvenia", "arven")
    merged(workspace, "arven", "belmark", "--different")
    decided = (workspace / "facts" / "identities.yaml").read_text(encoding="utf-8")
    assert "id: belmark-is-not-arvenia\n    entities: [arvenia, belmark]" in decided
    assert 0 == kg("check", cwd=workspace).returncode


def test_a_file_from_which_all_was_taken_back_is_used_again(workspace: Path) -> None:
    for _ in range(2):
        assert "facts/identities.yaml:2: added" in merged(workspace, "arvenia", "arven")
        assert 0 == kg("merge", "--undo", "arven-is-arvenia", cwd=workspace).returncode
        assert b"" == (workspace / "facts" / "identities.yaml").read_bytes()


def test_diff_shows_it_and_writes_nothing(workspace: Path) -> None:
    assert "+    verdict: unsure" in merged(workspace, "arvenia", "arven", "--unsure", "--diff")
    assert not (workspace / "facts" / "identities.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("arvenia", "arvn", "--reason", "x"), 2, "no entity is called 'arvn': did you mean 'arve"),
        (("arvenia", "--reason", "x"), 2, "name two entities or more"),
        (("arvenia", "talks", "--reason", "x"), 2, "'talks' is no entity"),
        (("arvenia", "arven"), 2, "--reason: say why"),
        (("arvenia", "arven", "--reason", "\a"), 2, "--reason: U+0007 has no place in a text"),
        (("arvenia", "arven", "--different", "--unsure"), 2, "exclude each other"),
        (("arvenia", "coastal-pact", "--reason", "x"), 1, "these are no one thing"),
        (("--undo", "arvenia", "arven"), 2, "no decision on arvenia and arven is recorded"),
        (("--undo", "arvenia", "--reason", "x"), 2, "--undo takes no verdict and no reason"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    workspace: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    before = {path: path.read_bytes() for path in workspace.rglob("*.yaml")}
    run = kg("merge", *arguments, cwd=workspace)
    assert code == run.returncode
    assert message in run.stderr
    assert before == {path: path.read_bytes() for path in workspace.rglob("*.yaml")}


def test_what_was_decided_is_not_decided_over(workspace: Path) -> None:
    merged(workspace, "arvenia", "arven", "--different")
    for verdict, message in (
        ((), "take that back first: kg merge --undo arven-is-not-arvenia"),
        (("--different",), "that is decided already: 'arven-is-not-arvenia' says different"),
    ):
        run = kg("merge", "arvenia", "arven", *verdict, "--reason", "x", cwd=workspace)
        assert 2 == run.returncode
        assert message in run.stderr
