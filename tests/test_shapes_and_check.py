"""pySHACL over a graph and `kg check` over its facts name the same declarations as wrong.

The page says which code and which shape belong together; here each row is tried, one mistake at a
time and several at once, in random places among declarations that are right.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random

import pytest
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH

from kg.lens import Lens
from kg.publish.shapes import SHAPES
from kg.rdf.dataset import to_dataset
from kg.scene import look
from tests.conftest import ROOT, check_all, sound_facts
from tests.test_shacl import BASE, PREFIXES, some_shapes, some_vocabulary

PAGE = ROOT / "docs" / "explanation" / "shapes-and-check.md"
ROUNDS = 200 if "KG_TEST_RELEASE" in os.environ else 12
COUNT = 4  #: declarations of each kind

#: The keys of each kind of declaration, in a world without a mistake; `#` is the number of it.
WORLD: Mapping[str, Mapping[str, str]] = {
    "entities": {"type": "State", "name": "State #", "codes": "{cow: 38#}"},
    "scenarios": {"type": "Scenario", "name": "Case #", "implies": "peace"},
    "sources": {
        "type": "Report",
        "title": "Report #",
        "published": "2024",
        "publisher": "press",
        "based_on": "other",
        "reliability": "B",
        "marking": "CLEAR",
        "text": "{sha256: " + "0" * 64 + ", characters: 90, parts: {P1: 0-90}}",
    },
    "facts": {
        "subject": "ae#",
        "relation": "alliedWith",
        "object": "norland",
        "source": "paper",
        "polarity": "denied",
        "modality": "intended",
        "basis": "presupposed",  # never an edge
        "place": "bay",
        "against": "sudland",
        "condition": "peace",
        "credibility": "3",
        "likelihood": "likely",
        "marking": "AMBER",
        "supersedes": "old",
        "disputes": "old",
        "said_by": "press",
    },
    "decisions": {"claims": "af#", "rank": "preferred", "reason": "So it is."},
    "identities": {"entities": "[ae#, norland]", "verdict": "different", "reason": "So it is."},
}
#: A region for each fact, which a mistake names by its own id: shapes name the wrong end alone.
REGIONS = "".join(f"  xaf{number}y: {{type: Region, name: A region}}\n" for number in range(COUNT))
FIXED = f"""\
entities:
{REGIONS}\
  norland: {{type: State, name: Norland}}
  sudland: {{type: State, name: Sudland}}
  bay: {{type: Region, name: Bay}}
  press: {{type: MediaOrganization, name: Press}}
  peace: {{type: Scenario, name: Peace}}
sources:
  paper: {{type: Report, title: Paper, published: 2024, marking: CLEAR}}
  other: {{type: Report, title: Other, published: 2023, marking: CLEAR}}
facts:
  - {{id: old, subject: norland, relation: alliedWith, object: sudland, source: other}}
"""
PREFIX = {"entities": "ae", "scenarios": "ac", "sources": "as", "facts": "af",
          "decisions": "ad", "identities": "ai"}  # fmt: skip


@dataclass(frozen=True)
class Mistake:
    """A wrong value under a key, and the same in the graph: `{it}` is what is declared."""

    section: str
    key: str
    value: str | None  #: None where the key is taken away
    predicate: str
    term: str | None
    code: str
    shape: str

    def update(self, number: int) -> str:
        """The change of the graph."""
        it = subject_of("links" if self.predicate == "kg:speaker" else self.section, number)
        gone = f"DELETE WHERE {{ {it} {self.predicate} ?gone }};"
        new = (self.term or "").replace("@", PREFIX[self.section] + str(number))
        return gone + (f"INSERT DATA {{ {it} {self.predicate} {new} }};" if new else "")


def subject_of(section: str, number: int) -> str:
    if section == "links":
        return f"<{BASE}attribution/af{number}/1>"
    id = PREFIX[section] + str(number)
    folder = {"decisions": "decision", "identities": "identity"}.get(section)
    short = {"facts": "c", "sources": "s"}.get(section, "e")
    return f"<{BASE}{folder}/{id}>" if folder else f"{short}:{id}"


def _mistake(
    section: str, key: str, value: str | None, predicate: str, term: str | None
) -> Callable[[str, str], Mistake]:
    return lambda code, shape: Mistake(section, key, value, predicate, term, code, shape)


#: How each row of the page is tried: by code, key and shape.
MISTAKES = {
    ("unknown-entity", "subject"): _mistake("facts", "subject", "x@", "rdf:subject", "e:x@"),
    ("unknown-entity", "object"): _mistake("facts", "object", "x@", "rdf:object", "e:x@"),
    ("unknown-entity", "place"): _mistake("facts", "place", "x@", "kg:place", "e:x@"),
    ("unknown-entity", "against"): _mistake("facts", "against", "x@", "kg:against", "e:x@"),
    ("unknown-entity", "condition"): _mistake("facts", "condition", "x@", "kg:condition", "e:x@"),
    ("unknown-entity", "publisher"): _mistake(
        "sources", "publisher", "x@", "dcterms:publisher", "e:x@"
    ),
    ("unknown-relation", "relation"): _mistake(
        "facts", "relation", "backss", "rdf:predicate", "kg:backss"
    ),
    ("unknown-source", "source"): _mistake(
        "facts", "source", "x@", "prov:hadPrimarySource", "s:x@"
    ),
    ("unknown-source", "based_on"): _mistake(
        "sources", "based_on", "x@", "prov:wasDerivedFrom", "s:x@"
    ),
    ("unknown-fact", "supersedes"): _mistake("facts", "supersedes", "x@", "kg:supersedes", "c:x@"),
    ("unknown-fact", "disputes"): _mistake("facts", "disputes", "x@", "kg:disputes", "c:x@"),
    ("wrong-kind", "source"): _mistake(
        "facts", "source", "norland", "prov:hadPrimarySource", "e:norland"
    ),
    ("domain", "subject"): _mistake("facts", "subject", "x@y", "rdf:subject", "e:x@y"),
    ("range", "object"): _mistake("facts", "object", "x@y", "rdf:object", "e:x@y"),
    ("not-a-scenario", "condition"): _mistake(
        "facts", "condition", "norland", "kg:condition", "e:norland"
    ),
    ("not-a-scenario", "implies"): _mistake(
        "scenarios", "implies", "norland", "kg:implies", "e:norland"
    ),
    ("not-a-document", "type"): _mistake("sources", "type", "State", "a", "kg:State"),
    ("not-a-voice", "said_by"): _mistake("facts", "said_by", "peace", "kg:speaker", "e:peace"),
    ("bad-value", "polarity"): _mistake("facts", "polarity", "denid", "kg:polarity", "kg:denid"),
    ("bad-value", "modality"): _mistake("facts", "modality", "maybe", "kg:modality", "kg:maybe"),
    ("bad-value", "credibility"): _mistake("facts", "credibility", "9", "kg:credibility", "9"),
    ("bad-value", "likelihood"): _mistake(
        "facts", "likelihood", "perhaps", "kg:likelihood", '"perhaps"'
    ),
    ("bad-value", "marking"): _mistake("facts", "marking", "PINK", "kg:marking", '"PINK"'),
    ("bad-value", "reliability"): _mistake("sources", "reliability", "Z", "kg:reliability", '"Z"'),
    ("bad-value", "rank"): _mistake("decisions", "rank", "best", "kg:rank", "kg:best"),
    ("bad-value", "verdict"): _mistake("identities", "verdict", "equal", "kg:verdict", "kg:equal"),
    ("bad-code", "codes"): _mistake("entities", "codes", "{cow: NOR}", "kg:cow", '"NOR"'),
    ("bad-hash", "sha256"): _mistake(
        "sources", "text", "{sha256: abc, characters: 90, parts: {P1: 0-90}}", "kg:sha256", '"abc"'
    ),
    ("missing-key", "title"): _mistake("sources", "title", None, "dcterms:title", None),
    ("missing-key", "name"): _mistake("entities", "name", None, "rdfs:label", None),
    ("missing-key", "reason"): _mistake("decisions", "reason", None, "kg:reason", None),
}


@cache
def rows() -> tuple[Mistake, ...]:
    """The rows of the page, each as a mistake to be made."""
    found = re.findall(r"^\| `([a-z-]+)` \| `(\w+)` \| `([\w-]+)` \|$", PAGE.read_text(), re.M)
    return tuple(MISTAKES[code, key](code, shape) for code, key, shape in found)


def facts_with(mistakes: Mapping[tuple[str, int], Mistake]) -> str:
    sections: dict[str, list[str]] = {}
    for section, keys in WORLD.items():
        for number in range(COUNT):
            mistake = mistakes.get((section, number))
            values = dict(keys)
            if mistake is not None:
                values.pop(mistake.key)
                if mistake.value is not None:
                    values[mistake.key] = mistake.value.replace("@", PREFIX[section] + str(number))
            body = ", ".join(f"{key}: {value}" for key, value in values.items())
            id = f"{PREFIX[section]}{number}"
            is_item = section in ("facts", "decisions", "identities")
            line = f"  - {{id: {id}, {body}}}" if is_item else f"  {id}: {{{body}}}"
            of = "entities" if section == "scenarios" else section
            sections.setdefault(of, []).append(line.replace("#", str(number)))
    content = FIXED
    for section in ("entities", "sources", "facts"):
        lines = "".join(f"{line}\n" for line in sections.pop(section))
        content = content.replace(f"{section}:\n", f"{section}:\n{lines}", 1)
    return content + "".join(
        f"{section}:\n" + "".join(f"{line}\n" for line in lines)
        for section, lines in sections.items()
    )


@cache
def _sound() -> bytes:
    facts = sound_facts(facts_with({}))
    return to_dataset(look(replace(facts, vocabulary=some_vocabulary()), Lens())).turtle()


def told_by_check(content: str) -> dict[str, set[str]]:
    """The codes of the errors in each declaration."""
    lines = content.split("\n")
    found: dict[str, set[str]] = {}
    for diagnostic in check_all(content).diagnostics:
        if diagnostic.severity == "error":
            line = lines[diagnostic.span.line - 1]
            match = re.match(r"  (?:- \{id: )?(\w+)", line)
            assert match is not None
            found.setdefault(match[1], set()).add(diagnostic.code.name)
    return found


def told_by_shapes(graph: Graph) -> dict[str, set[str]]:
    """The shapes that each declaration does not conform to; what it names counts as its own."""
    shapes, _ = some_shapes()
    _, report, _ = validate(graph, shacl_graph=shapes)
    assert isinstance(report, Graph)
    found: dict[str, set[str]] = {}
    for result in report.subjects(SH.resultSeverity, None):
        focus, shape = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        if "#" in str(focus):  # a relation, for what is wrong with a claim of it
            focus = report.value(result, SH.value) or focus
        *_, before, id = str(focus).split("/")
        id = before if "/passage/" in str(focus) or "/attribution/" in str(focus) else id
        found.setdefault(id, set()).add(str(shape).removeprefix(SHAPES))
    return found


def changed(mistakes: Mapping[tuple[str, int], Mistake]) -> Graph:
    graph = Graph().parse(data=_sound(), format="turtle")
    for (_, number), mistake in mistakes.items():
        before = set(graph)
        graph.update(PREFIXES + mistake.update(number))
        assert before != set(graph), mistake
    return graph


def test_without_a_mistake_neither_finds_one() -> None:
    assert {} == told_by_check(facts_with({}))
    assert {} == told_by_shapes(changed({}))


def test_every_mistake_is_a_row_of_the_page() -> None:
    assert len(MISTAKES) == len(rows()) == len(set(rows()))


@pytest.mark.parametrize("mistake", rows(), ids=lambda m: f"{m.code}-{m.key}")
def test_each_finds_it_where_it_is(mistake: Mistake) -> None:
    mistakes = {(mistake.section, 1): mistake}
    id = f"{PREFIX[mistake.section]}1"
    assert mistake.code in told_by_check(facts_with(mistakes))[id]
    shapes = told_by_shapes(changed(mistakes))
    assert mistake.shape in shapes.get(id, set()).union(*shapes.values())


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_both_name_the_same_declarations(seed: int) -> None:
    random = Random(seed)
    mistakes = {}
    for mistake in random.sample(rows(), random.randrange(1, 7)):
        mistakes[mistake.section, random.randrange(COUNT)] = mistake
    expected = {f"{PREFIX[section]}{number}" for section, number in mistakes}
    assert expected == told_by_check(facts_with(mistakes)).keys()
    found = told_by_shapes(changed(mistakes))
    # What is named and is nothing, or the wrong thing, is told of: the id is in the name of that.
    ids = {id.removeprefix("x").removesuffix("y") for id in found}
    # A relation that does not exist has none of what relations have, and norland is no source.
    assert expected == ids - {"ontology#backss", "norland"}
