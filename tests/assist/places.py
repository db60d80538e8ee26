"""A workspace for the tests of what an editor shows, and places in texts as `|` marks them."""

from __future__ import annotations

from textwrap import dedent

from kg.assist.completion import Completion, complete
from kg.assist.layout import lines_of
from kg.assist.world import World
from kg.check import Texts, check
from tests.conftest import texts

THINGS = """
entities:
  russia: {type: State, name: Russia, labels: {ru: Россия}, aliases: [Moscow]}
  china: {type: State, name: China, aliases: [Beijing], description: A state in Asia.}
  un: {type: Organization, name: United Nations}
  putin: {type: Person, name: Vladimir Putin}
  pressure: {type: Policy, name: Pressure}
  war: {type: Scenario, name: Open war}
  peace: {type: Scenario, name: Peace}
sources:
  paper:
    type: NewsArticle
    title: The Paper
    published: 2025-12-02
    language: en
    text:
      sha256: 51636a7bd9a34dd3c3aaa044403057636703d840ef15160ed97e96779789e43a
      characters: 900
      parts: {H: 0-100, P1: 100-500, P2: 500-900}
      headline: H
  wire: {type: Report, title: The Wire, published: 2025}
facts:
  - id: backing
    subject: [russia, china]
    relation: backs
    object: un
    source: paper
    tags: [help]
    said_by: [{by: wire, verb: revealed}]
  - {id: lead, subject: putin, relation: leads, object: un, source: wire}
"""
PROFILE = """
title: A test
base: https://example.org/test/
groups: {press: [paper, wire]}
"""


def world(facts: str = "facts:\n", ontology: str = "", profile: str = PROFILE) -> World:
    """The workspace, with a file of a test beside the others."""
    return World(check(world_texts(facts, ontology, profile)).facts)


def world_texts(facts: str = "facts:\n", ontology: str = "", profile: str = PROFILE) -> Texts:
    """Its files."""
    return texts({"things.yaml": THINGS, "test.yaml": facts}, ontology, profile)


def place_in(marked: str) -> tuple[list[str], int, int]:
    """The lines of a text, and where in it the `|` stood."""
    lines = lines_of(dedent(marked).lstrip("\n"))
    row = next(index for index, line in enumerate(lines) if "|" in line)
    column = lines[row].index("|")
    lines[row] = lines[row].replace("|", "", 1)
    return lines, row, column


def completed(marked: str, path: str = "facts/test.yaml", known: World | None = None) -> Completion:
    """What can be written where the `|` stands."""
    return complete(*(place_in(marked)[:1]), path, *place_in(marked)[1:], known or world())


def offered(marked: str, path: str = "facts/test.yaml", known: World | None = None) -> list[str]:
    """The labels of what can be written where the `|` stands."""
    return [suggestion.label for suggestion in completed(marked, path, known).suggestions]


def chosen(marked: str, label: str, path: str = "facts/test.yaml") -> str:
    """The line as it is once a suggestion was chosen."""
    lines, row, _ = place_in(marked)
    completion = completed(marked, path)
    (suggestion,) = (s for s in completion.suggestions if s.label == label)
    text = label if suggestion.text is None else suggestion.text
    return lines[row][: completion.start] + text + lines[row][completion.end :]
