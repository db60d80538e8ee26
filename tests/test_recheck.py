"""A check that takes over what it found before says what a check from scratch says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.check import Checked, Texts, check
from kg.model.text import SourceText
from kg.rules import RULES_OF_CLAIMS
from tests.conftest import PROFILE, ROOT, brief, code_names, folder_texts, texts
from tests.test_fuzz import mutate

_RELEASE = "KG_TEST_RELEASE" in os.environ
_ROUNDS = 4000 if _RELEASE else 200

CORE = SourceText(
    "kg/core/ontology/core.yaml",
    b"""\
types:
  Thing: {label: thing}
  Actor: {label: actor, parent: Thing}
  State: {label: state, parent: Actor}
  UnnamedSource: {label: unnamed source, parent: Actor}
  Document: {label: document, parent: Thing}
  NewsArticle: {label: article, parent: Document}
  Scenario: {label: scenario, parent: Thing}
relations:
  ties: {label: ties, domain: Thing, range: Thing}
  backs: {label: backs, domain: Actor, range: Actor, parent: ties}
  sits: {label: sits, domain: Actor, range: Actor, symmetric: true, aspect: event}
  counts: {label: counts, domain: Actor, range: quantity}
""",
)

_FILES = ("a", "b", "c/d")
_FACTS = ("f1", "f2", "f3", "f4", "f5", "f6")
_TEXT = "{sha256: " + "0" * 64 + ", characters: 90, parts: {H: 0-9, P1: %s}, headline: H}"


@dataclass(frozen=True)
class Words:
    """What may stand under a key: mostly a good word, once in a while a bad one."""

    good: tuple[str, ...]
    bad: tuple[str, ...] = ()

    def draw(self, random: Random) -> str:
        return random.choice(self.bad if self.bad and random.random() < 0.004 else self.good)


def words(*good: str, bad: tuple[str, ...] = ()) -> Words:
    return Words(good, bad)


_ENTITY = {
    "type": words("State", "State", "Actor", bad=("Sate", "Scenario", "")),
    "name": words("Arvenia", "Belmark", bad=("",)),
    "aliases": words("", "[Capital, rusia]"),
    "close_match": words("", "a", "[b, c]"),
    "implies": words("", bad=("war", "a")),
}
_UNNAMED = {"type": words("UnnamedSource", "State"), "name": words("An aide")}
_SCENARIO = {
    "type": words("Scenario", bad=("State",)),
    "name": words("A war"),
    "implies": words("", "", "peace", "not:peace", bad=("not:war", "shut", "war")),
}
_SOURCE = {
    "type": words("NewsArticle", bad=("State",)),
    "title": words("Paper", "Sheet", bad=("",)),
    "published": words("", "2020", "2023-05-01", bad=("soon",)),
    "publisher": words("", "a", bad=("nobody",)),
    "based_on": words("", bad=("month", "paper")),
    "reliability": words("", "B", "E"),
    "marking": words("", "GREEN", "RED"),
    "text": words(_TEXT % "10-50", _TEXT % "10-40", bad=("", _TEXT % "50-10", "{sha256: 0}")),
}
_FACT = {
    "subject": words("a", "a", "a", "b", "[c, d]", "aide", bad=("[a, A]", "rusia", "war")),
    "relation": words("backs", "backs", "sits", "[backs, ties]", bad=("baks", "counts")),
    "object": words("b", "b", "b", "c", "[b, c]", bad=("war", "5 ship", "paper")),
    "source": words("paper", "paper", "month", bad=("papper", "a")),
    "polarity": words("", "", "denied"),
    "modality": words(*[""] * 9, "intended"),
    "condition": words(*[""] * 5, "war", "[war, shut]", bad=("a",)),
    "when": words("", "", "2019/2021", "2020/2022", "2024", bad=("then",)),
    "said_by": words("", "", "", "aide", "unknown", "subject", "[b, month]"),
    "passage": words("H", "P1", "P1", bad=("", "P9", "{part: P1, chars: 0-35}")),
    "credibility": words("", "", "5"),
    "basis": words("", "", "", "presupposed"),
    "quantity": words("", "", "3 ship", "4 ship"),
    "place": words(*[""] * 9, "c", bad=("nowhere",)),
    "against": words(*[""] * 9, "c"),
    "about": words(*[""] * 9, "a", "[f1, f2]", "paper", bad=("f9",)),
    "supersedes": words(*[""] * 20, *_FACTS[:2], bad=(*_FACTS, "f1--a")),
    "disputes": words(*[""] * 12, *_FACTS),
    "marking": words("", "", "CLEAR", "RED"),
}
_DECISION = {
    "claims": words(*_FACTS, bad=("f9",)),
    "rank": words("preferred", "deprecated", bad=("",)),
    "over": words("", "", *_FACTS),
    "reason": words("It is so."),
}
_IDENTITY = {
    "entities": words("[a, b]", "[b, c]", "[a, d]", "[b, a]", bad=("[a, war]", "[a, nobody]", "a")),
    "verdict": words("same", "different", "unsure", bad=("equal",)),
    "reason": words("It is so."),
}
_TOP = words(
    "", "#", "# kg: allow unused-entity: it comes", "# kg: allow disputed: known",
    "defaults: {place: c}", "defaults: {note: x}",
    bad=("entites: {x: {}}", "a: [", "facts: 1", "-"),
)  # fmt: skip

#: What can be declared: in which section, by which id, with which keys.
_SLOTS = (
    *(("entities", id, _ENTITY) for id in ("a", "b", "c", "d")),
    ("entities", "aide", _UNNAMED),
    *(("entities", id, _SCENARIO) for id in ("war", "shut", "peace")),
    *(("sources", id, _SOURCE) for id in ("paper", "month")),
    *(("facts", id, _FACT) for id in _FACTS),
    *(("decisions", id, _DECISION) for id in ("d1", "d2")),
    *(("identities", id, _IDENTITY) for id in ("i1", "i2")),
    *(("entities", id, _ENTITY) for id in ("a", "f1")),  # declared again, if at all
)
_ALWAYS = len(_SLOTS) - 2

_PROFILES = words(
    PROFILE, PROFILE + "marking: GREEN\n", PROFILE + "lens: {assume: war}\n",
    PROFILE + "groups: {ours: [a, State]}\n", "title: [\n",
)  # fmt: skip
_ONTOLOGIES = words(
    "", "relations:\n  baks: {domain: State, range: State}\n", "types: {Sate: {}}\n", "- x\n"
)


@dataclass
class World:
    """A workspace in pieces, each of which can be written anew."""

    random: Random
    slots: list[tuple[str, str]] = field(default_factory=list)  #: the file, and what stands there
    tops: dict[str, str] = field(default_factory=lambda: dict.fromkeys(_FILES, ""))
    profile: str = PROFILE
    ontology: str = ""

    def __post_init__(self) -> None:
        self.slots = [self._written(n) for n in range(len(_SLOTS))]

    def edit(self) -> None:
        for _ in range(self.random.randrange(4)):
            number = self.random.randrange(len(_SLOTS))
            self.slots[number] = self._written(number)
        if self.random.random() < 0.2:
            self.tops[self.random.choice(_FILES)] = _TOP.draw(self.random)
        if self.random.random() < 0.05:
            self.profile, self.ontology = _PROFILES.draw(self.random), _ONTOLOGIES.draw(self.random)

    @property
    def texts(self) -> Texts:
        files = {f"{file}.yaml": "\n".join([top, *self._rows(file)]) + "\n"
                 for file, top in self.tops.items()}  # fmt: skip
        return texts(files, self.ontology, self.profile, core=[CORE])

    def _written(self, number: int) -> tuple[str, str]:
        _, id, keys = _SLOTS[number]
        values = {key: each.draw(self.random) for key, each in keys.items()}
        known = {key: value for key, value in values.items() if value.removeprefix("not:") != id}
        body = ", ".join(f"{key}: {value}" for key, value in known.items() if value)
        chance = 0.99 if number < _ALWAYS else 0.02
        return self.random.choice(_FILES) if self.random.random() < chance else "", body

    def _rows(self, file: str) -> Iterator[str]:
        for name in ("entities", "sources", "facts", "decisions", "identities"):
            rows = [
                f"  - {{id: {id}, {body}}}"
                if name in ("facts", "decisions", "identities")
                else f"  {id}: {{{body}}}"
                for (section, id, _), (where, body) in zip(_SLOTS, self.slots, strict=True)
                if (section, where) == (name, file)
            ]
            yield from [f"{name}:", *dict.fromkeys(rows)] if rows else []


def assert_same(expected: Checked, checked: Checked) -> None:
    """Equal down to the places, the fixes and the order."""
    assert [brief(d) for d in expected.diagnostics] == [brief(d) for d in checked.diagnostics]
    assert expected == checked
    assert expected.facts.same_as == checked.facts.same_as
    assert [d.fix for d in expected.diagnostics] == [d.fix for d in checked.diagnostics]
    for kind in ("entities", "sources", "claims", "decisions", "identities"):
        ours, theirs = getattr(expected.facts, kind), getattr(checked.facts, kind)
        assert [(id, each.places.declared) for id, each in ours.items()] == [
            (id, each.places.declared) for id, each in theirs.items()
        ]


@settings(max_examples=_ROUNDS)
@given(seed=st.integers(0, 2**32))
def test_whatever_is_edited_a_check_finds_what_one_from_scratch_finds(seed: int) -> None:
    world = World(Random(seed))
    checked: Checked | None = None
    for _ in range(8):
        now = world.texts
        checked = check(now, checked)
        assert_same(check(now), checked)
        world.edit()


def test_the_edits_break_every_rule_of_claims_and_leave_many_worlds_sound() -> None:
    found = [check(World(Random(seed)).texts) for seed in range(500)]
    codes = {code for checked in found for code in code_names(checked.diagnostics)}
    assert {rule.CODE.name for rule in RULES_OF_CLAIMS} <= codes
    assert 150 < sum(checked.is_sound for checked in found) < 350


@pytest.mark.parametrize("seed", range(4))
def test_no_bytes_mislead_it(seed: int) -> None:
    starter = folder_texts(ROOT / "examples" / "starter")
    random = Random(seed)
    checked = check(starter)
    for _ in range(_ROUNDS // 20):
        now = mutate(starter, random)
        checked = check(now, checked)
        assert_same(check(now), checked)
    assert_same(check(starter), check(starter, checked))


_FACT_OF_A_PAPER = """
    entities: {{a: {{type: State, name: A}}, b: {{type: State, name: B}}}}
    facts:
      - {{id: f1, subject: a, relation: backs, object: b, source: paper, passage: P2, {0}}}
    """

#: What stands elsewhere changes, and with it what is found in a file that does not.
_ELSEWHERE = {
    "an id that is taken by a file before it": ("", "entities: {b: {type: State, name: Other}}"),
    "an entity that cannot be read any more": (
        "entities: {c: {type: Scenario, name: C}}",
        "entities: {c: {type: Scenario}}",
    ),
    "a misspelt text that is dropped": (
        "sources: {paper: {type: NewsArticle, title: P, txt: {sha256: 1}}}",
        "sources: {paper: {type: NewsArticle, title: P}}",
    ),
    "a part that nobody could read, and that is dropped": (
        f"sources: {{paper: {{type: NewsArticle, title: P, text: {_TEXT % '1-2, P2: 9-5'}}}}}",
        f"sources: {{paper: {{type: NewsArticle, title: P, text: {_TEXT % '1-2'}}}}}",
    ),
    "a type of an entity that cannot be read": (
        "entities: {c: {type: Scenario}}",
        "entities: {c: {type: State}}",
    ),
}


@pytest.mark.parametrize("changed", _ELSEWHERE.values(), ids=list(_ELSEWHERE))
@pytest.mark.parametrize("key", ["note: x", "condition: c", "place: c", "said_by: c"])
def test_what_changes_elsewhere_changes_what_is_found(changed: tuple[str, str], key: str) -> None:
    fact = _FACT_OF_A_PAPER.format(key)
    paper = f"sources: {{paper: {{type: NewsArticle, title: P, text: {_TEXT % '1-2, P2: 3-4'}}}}}"
    was, now = (
        texts({"a.yaml": each, "b.yaml": fact, "c.yaml": "" if "paper" in each else paper},
              core=[CORE])
        for each in changed
    )  # fmt: skip
    assert_same(check(now), check(now, check(was)))
    assert_same(check(was), check(was, check(now)))


def test_the_end_that_a_relation_takes_is_judged_anew() -> None:
    fact = """
    entities: {a: {type: State, name: A}}
    sources: {paper: {type: NewsArticle, title: P, published: 2020}}
    facts: [{id: f1, subject: a, relation: backs, object: c, source: paper}]
    """
    was, now = (
        texts({"a.yaml": f"entities: {{c: {{type: Scenario{name}}}}}", "b.yaml": fact}, core=[CORE])
        for name in (", name: C", "")
    )
    assert ["missing-key"] == code_names(check(now, check(was)).diagnostics)
    assert "range" in code_names(check(was, check(now)).diagnostics)


def test_a_mark_of_all_is_weighed_against_each_claim() -> None:
    facts = """
    entities: {a: {type: State, name: A}, b: {type: State, name: B}}
    sources: {paper: {type: NewsArticle, title: P}}
    facts: [{id: f1, subject: a, relation: backs, object: b, source: paper, marking: CLEAR}]
    """
    was, now = (texts(facts, "", PROFILE + line, core=[CORE]) for line in ("", "marking: RED\n"))
    assert_same(check(now), check(now, check(was)))
    assert "marking-below-source" in code_names(check(now, check(was)).diagnostics)


def test_a_file_that_did_not_change_is_not_read_again() -> None:
    world = World(Random(1))
    before = check(world.texts)
    world.tops["a"] = "# a remark"
    after = check(world.texts, before)
    kept = {path for path, file in after.kept.files.items() if file is before.kept.files[path]}
    assert {"facts/b.yaml", "facts/c/d.yaml"} == kept
