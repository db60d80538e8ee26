"""What edges rest on, held to what the lens itself does when voices are left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.main import cli
from kg.footing import MOST, Footing, footing, footings, in_brief, in_words
from kg.lens import Lens
from kg.model.facts import UNKNOWN, Attribution, FactSet
from kg.network import Edge, direct_edges
from kg.scene import Scene, look
from kg.voices import voices_of
from tests.conftest import ROOT, shipped_facts, sound_facts
from tests.strategies import fact_sets, lenses

WORLD = """
    entities:
      a: {type: State, name: Arvenia}
      b: {type: State, name: Belmark}
      times: {type: MediaOrganization, name: The Times}
      post: {type: MediaOrganization, name: The Post}
      aide: {type: UnnamedSource, name: An aide}
    sources:
      monday: {type: NewsArticle, title: Monday, publisher: times}
      tuesday: {type: NewsArticle, title: Tuesday, publisher: times}
      friday: {type: NewsArticle, title: Friday, publisher: post}
      blog: {type: NewsArticle, title: Blog}
      diary: {type: Report, title: Diary}
    facts:
"""


def facts_of(*claims: str) -> FactSet:
    """Each claim is a source and its chain, nearest first: `monday < friday, aide`."""
    lines = []
    for number, claim in enumerate(claims):
        source, _, chain = claim.partition(" < ")
        keys = f"id: c{number}, subject: a, relation: backs, object: b, source: {source}"
        said_by = f", said_by: [{chain}]" if chain else ""
        lines.append(f"      - {{{keys}{said_by}}}\n")
    return sound_facts(WORLD + "".join(lines))


def footing_of(*claims: str) -> Footing:
    facts = facts_of(*claims)
    return footing(tuple(facts.claims.values()), facts)


def told(*claims: str) -> str:
    return in_words(footing_of(*claims), facts_of(*claims))


def test_a_claim_falls_with_every_link_of_its_chain_the_origin_first() -> None:
    found = footing_of("monday < friday, aide")
    assert (("aide",), ("friday",), ("monday",)) == found.sets
    assert ("aide", "friday", "monday") == found.singles
    assert found.is_anonymous


def test_what_all_claims_share_suffices() -> None:
    assert (("friday",),) == footing_of("monday < friday, aide", "blog < friday").sets
    assert not footing_of("monday < friday, aide", "blog < friday").is_anonymous


def test_all_smallest_sets_are_found() -> None:
    found = footing_of("monday < aide", "friday", "blog < aide")
    assert (("aide", "friday"),) == found.sets
    assert (("aide", "friday"), ("aide", "blog"), ("monday", "friday"), ("monday", "blog")) == (
        footing_of("monday < aide", "blog < friday").sets
    )


def test_a_publisher_counts_where_it_carries_more_than_any_of_its_sources() -> None:
    assert (("monday",),) == footing_of("monday").sets
    assert (("times",),) == footing_of("monday", "tuesday").sets
    assert (("aide",),) == footing_of("monday < aide", "tuesday < aide").sets


def test_a_link_that_is_not_named_counts_for_the_only_claim() -> None:
    found = footing_of("monday < unknown")
    assert (("monday",),) == found.sets
    assert (None, "monday") == found.singles
    assert found.is_anonymous
    assert not footing_of("monday < unknown", "monday < unknown").is_anonymous, "may be two"


def test_beyond_three_voices_nobody_matters() -> None:
    assert (("friday", "blog", "times"),) == footing_of("monday", "tuesday", "friday", "blog").sets
    many = footing_of("monday", "friday", "blog", "diary")
    assert 4 > MOST
    assert ((), ()) == (many.sets, many.singles)


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        (("blog",), "one source: Blog"),
        (("blog < friday",), "one source: Friday (The Post), known through Blog"),
        (
            ("blog < friday, aide, a",),
            "one anonymous source: An aide, known through Friday (The Post) and Blog",
        ),
        (("blog < unknown",), "one anonymous source: somebody not named, known through Blog"),
        (("monday", "tuesday"), "one source: The Times"),
        (("monday", "friday"), "2 sources: Monday (The Times) and Friday (The Post)"),
        (("monday < aide", "friday"), "2 sources, such as An aide and Friday (The Post)"),
        (("monday", "friday", "blog", "diary"), "more than 3 sources"),
    ],
)
def test_words(claims: tuple[str, ...], words: str) -> None:
    assert words == told(*claims)
    assert words.startswith(in_brief(footing_of(*claims)))


# -- the lens has the last word -------------------------------------------------------------------

CHAINS = st.lists(st.sampled_from(["aide", "a", "times", "friday", None]), max_size=2, unique=True)
SAID = st.lists(
    st.tuples(st.sampled_from(["monday", "tuesday", "friday", "blog"]), CHAINS),
    min_size=1,
    max_size=5,
)


def several_of_one_edge(said: list[tuple[str, list[str | None]]]) -> FactSet:
    base = facts_of("monday")
    claims = [
        replace(
            base.claims["c0"],
            id=f"c{number}",
            source=source,
            said_by=tuple(Attribution(speaker, None) for speaker in chain),
        )
        for number, (source, chain) in enumerate(said)
    ]
    return replace(base, claims={claim.id: claim for claim in claims})


def hold_to_the_lens(scene: Scene) -> None:
    for edge, found in footings(scene):
        claims = [scene.facts.claims[id] for id in edge.claims]
        voices = {v for claim in claims for v in voices_of(claim, scene.facts)}
        everybody = sorted(voices - {UNKNOWN})  # links that are not named may be several people
        speaking = {v for claim in claims for v in (claim.source, *claim.speakers)}
        size = len(found.sets[0]) if found.sets else MOST + 1

        def vanishes(voices: tuple[str, ...], edge: Edge = edge) -> bool:
            lens = replace(scene.lens, without=(*scene.lens.without, *voices))
            triple = (edge.subject, edge.relation, edge.object)
            return triple not in triples(look(scene.facts, lens))

        assert all(vanishes(voices) for voices in found.sets)
        for smaller in range(size):
            assert not any(map(vanishes, combinations(everybody, smaller)))
        if found.sets:
            enough = {frozenset(each) for each in combinations(speaking, size) if vanishes(each)}
            assert enough <= set(map(frozenset, found.sets))


def triples(scene: Scene) -> set[tuple[str, str, str]]:
    return {(edge.subject, edge.relation, edge.object) for edge in direct_edges(scene)}


@given(SAID)
def test_no_smaller_set_makes_an_edge_vanish(said: list[tuple[str, list[str | None]]]) -> None:
    hold_to_the_lens(look(several_of_one_edge(said), Lens()))


@given(fact_sets(), lenses)
def test_so_it_is_through_every_lens(facts: FactSet, lens: Lens) -> None:
    """But for what a voice holds back that is left out: that stands again, and is not counted."""
    claims = {id: replace(c, supersedes=()) for id, c in facts.claims.items()}
    hold_to_the_lens(look(replace(facts, claims=claims, decisions={}), lens))


# -- where it is told -----------------------------------------------------------------------------


def test_the_shipped_edges_rest_on_the_article() -> None:
    found = footings(look(shipped_facts(), Lens()))
    assert all("next-news-2025-12-02" in footing.singles for _, footing in found)
    anonymous = {edge.subject for edge, footing in found if footing.is_anonymous}
    assert {"china", "russia", "secret-notification"} == anonymous


def show(id: str, *arguments: str) -> str:
    shown = CliRunner().invoke(cli, ["-C", str(ROOT), "show", id, *arguments])
    assert 0 == shown.exit_code
    return " ".join(shown.stdout.split())


def test_a_card_says_it_of_edges_alone() -> None:
    words = (
        "rests on: one anonymous source: Western diplomatic and intelligence sources, known "
        "through Report by The Wall Street Journal (title not given) and Strategic Isolation "
        "Looms (Next News)"
    )
    assert words in show("secret-message--china")
    assert 2 == show("secret-message").count(words)
    denied = "no-extensive-military-support--china"
    assert "rests on" not in show(denied, "--lens", "escalation")


def test_the_card_of_an_entity_says_it_in_brief() -> None:
    card = show("maduro-government")
    assert "in force, rests on one anonymous source · secret-message--china" in card
    assert "in force, rests on one source · maduro-government-governs" in card
