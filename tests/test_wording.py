from __future__ import annotations

import pytest

from kg import wording
from kg.lens import Lens, make_lens
from kg.model.facts import FactSet
from kg.model.interval import parse_interval
from kg.scene import Scene, look
from tests.conftest import sound_facts

HEAD = """
    sources:
      paper:
        type: NewsArticle
        title: Morning News
        publisher: press
        published: 2025-12-02
        text:
          sha256: 51636a7bd9a34dd3c3aaa044403057636703d840ef15160ed97e96779789e43a
          characters: 100
          parts: {H: 0-20, P1: 20-100}
          headline: H
      report: {type: Report, title: A report by The Press, publisher: press}
    entities:
      press: {type: MediaOrganization, name: The Press}
      leakers: {type: UnnamedSource, name: Leakers}
      russia: {type: State, name: Russia}
      china: {type: State, name: China}
      venezuela: {type: State, name: Venezuela}
      war: {type: Scenario, name: Open war}
      americas: {type: Region, name: The Americas}
      prize: {type: Reward, name: The reward}
    defaults: {source: paper, passage: P1}
    facts:
"""


def facts_of(*facts: str) -> FactSet:
    lines = "\n".join(f"      - {{id: f{i}, {fact}}}" for i, fact in enumerate(facts))
    return sound_facts(HEAD + lines + "\n")


def scene_of(*facts: str, **dials: tuple[str, ...]) -> Scene:
    found = facts_of(*facts)
    return look(found, make_lens("test", dials, found, Lens()))


BACKS = "subject: russia, relation: backs, object: china"
BURDEN = "subject: russia, relation: burdenOn, object: china"
TENSIONS = "subject: russia, relation: hasTensionsWith, object: china"
ARMS = "subject: russia, relation: givesMilitarySupportTo, object: china"


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (BACKS, "Russia backs China"),
        (f"{BACKS}, polarity: denied", "Russia does not back China"),
        (BURDEN, "Russia is a burden on China"),
        (f"{BURDEN}, polarity: denied", "Russia is not a burden on China"),
        (f"{TENSIONS}, polarity: denied", "Russia does not have tensions with China"),
        (f"{ARMS}, modality: intended", "Russia intends to give military support to China"),
        (
            f"{ARMS}, modality: intended, polarity: denied",
            "Russia does not intend to give military support to China",
        ),
        (f"{BURDEN}, modality: desired", "Russia wants to be a burden on China"),
        (
            f"{BACKS}, modality: desired, polarity: denied",
            "Russia does not want to back China",
        ),
        (f"{BACKS}, modality: expected", "Russia is expected to back China"),
        (
            f"{BACKS}, modality: expected, polarity: denied",
            "Russia is not expected to back China",
        ),
        (f"{BACKS}, modality: considered", "Russia would back China (under consideration)"),
        (
            f"{BACKS}, modality: considered, polarity: denied",
            "Russia would back China (not under consideration)",
        ),
        (f"{BACKS}, modality: hypothetical", "Russia could back China (hypothetical)"),
        (
            f"{BACKS}, modality: hypothetical, polarity: denied",
            "Russia could not back China (hypothetical)",
        ),
    ],
)
def test_each_modality_affirmed_and_denied(fact: str, expected: str) -> None:
    facts = facts_of(fact)
    assert expected == wording.sentence(facts.claims["f0"], facts)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (f"{ARMS}, degree: extensive", "Russia gives [extensive] military support to China"),
        (f"{BURDEN}, degree: heavy", "Russia is a [heavy] burden on China"),
        (
            f"{BURDEN}, degree: heavy, polarity: denied",
            "Russia is not a [heavy] burden on China",
        ),
        (f"{BACKS}, degree: strongly", "Russia backs China [strongly]"),
        (
            f"{BACKS}, condition: war, modality: intended, place: americas, against: venezuela, "
            "manner: secretly, quantity: 200..900 persons (a few hundred)",
            "Russia intends to back China, against Venezuela, in The Americas, secretly, "
            "200 to 900 persons (“a few hundred”), in the case of: Open war",
        ),
        (
            "subject: prize, relation: amountsTo, object: 15000000 USD",
            "The reward amounts to 15,000,000 USD",
        ),
        (
            "subject: prize, relation: amountsTo, object: 1000000000.. USD (billions)",
            "The reward amounts to 1,000,000,000 USD or more (“billions”)",
        ),
        (
            "subject: prize, relation: amountsTo, object: ~300 USD",
            "The reward amounts to about 300 USD",
        ),
    ],
)
def test_what_qualifies_a_claim_is_in_its_sentence(fact: str, expected: str) -> None:
    facts = facts_of(fact)
    assert expected == wording.sentence(facts.claims["f0"], facts)


def test_phrases_name_their_things() -> None:
    facts = facts_of(f"{BACKS}, condition: war, modality: intended")
    phrases = wording.phrases(facts.claims["f0"], facts)
    assert ["russia", "china", "war"] == [phrase.thing for phrase in phrases if phrase.thing]
    assert "intends to back, if …" == wording.verb_text(facts.claims["f0"], facts)
    far = facts_of(f"{ARMS}, polarity: denied, degree: extensive, condition: war")
    assert "does not give [extensive] military support to, if …" == wording.verb_text(
        far.claims["f0"], far
    )


def test_a_chain_goes_from_the_source_read_to_the_origin() -> None:
    said_by = "said_by: [report, {by: leakers, verb: revealed}, unknown, {by: subject, verb: told}]"
    facts = facts_of(f"{BACKS}, {said_by}")
    expected = (
        "Morning News (The Press)",
        "A report by The Press",
        "Leakers (revealed)",
        "somebody not named",
        "Russia (told)",
    )
    assert expected == wording.chain(facts.claims["f0"], facts)
    line = wording.said_by_sentence(facts.claims["f0"], facts)
    assert line.startswith("Russia (told) → somebody not named → Leakers (revealed) → ")
    assert line.endswith(" → Morning News (The Press)")


def test_a_passage_says_where_it_is() -> None:
    facts = facts_of(f"{BACKS}, passage: [H, {{part: P1, chars: 3-9, quote: three words}}]")
    headline, body = facts.claims["f0"].passages
    assert "Morning News, H (headline)" == wording.passage_text(headline, facts)
    assert "Morning News, P1, characters 3 to 9: “three words”" == wording.passage_text(body, facts)


def test_qualifiers_come_in_order_and_only_where_they_are() -> None:
    facts = facts_of(BACKS, f"{ARMS}, polarity: denied, degree: large, when: 2022/.., note: A note")
    plain, rich = facts.claims["f0"], facts.claims["f1"]
    assert (("polarity", "affirmed"), ("modality", "actual")) == wording.qualifiers(plain, facts)
    assert (
        ("polarity", "denied"),
        ("modality", "actual"),
        ("degree", "large: only this is denied, less is left open"),
        ("when", "since 2022 (2022/..)"),
        ("note", "A note"),
    ) == wording.qualifiers(rich, facts)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2025-12-02", "2025-12-02"),
        ("2022/..", "since 2022 (2022/..)"),
        ("/..", "still so, its start is not known (/..)"),
        ("/[..2025-12-01]", "over by 2025-12-01 (/[..2025-12-01])"),
        ("[..2005-12]/[2025..]", "from 2005-12 at the latest to 2025 at the earliest"),
        ("2021~/2022?", "from about 2021 to perhaps 2022"),
    ],
)
def test_times_are_said_in_words(when: str, expected: str) -> None:
    assert wording.when_text(parse_interval(when)).startswith(expected)


def test_standings() -> None:
    scene = scene_of(
        BACKS,
        f"{ARMS}, polarity: denied",
        f"{BURDEN}, condition: war",
        f"{TENSIONS}, when: '/[2025..]'",
        "subject: russia, relation: lendsTo, object: china, basis: presupposed",
    )
    assert {
        "f0": "in force",
        "f1": "in force as a denial",
        "f2": "not in force: its condition is not assumed",
        "f3": "in force, possibly",
        "f4": "not in force: taken for granted, not stated",
    } == {claim.id: wording.standing(claim, scene) for claim in scene.facts.claims.values()}


def test_claims_that_deny_each_other_are_disputed() -> None:
    scene = scene_of(BACKS, f"{BACKS}, polarity: denied", f"{BURDEN}, polarity: denied")
    claims = scene.facts.claims
    assert ("f1",) == scene.disputes.get(claims["f0"].id, ())
    assert ("f0",) == scene.disputes.get(claims["f1"].id, ())
    assert () == scene.disputes.get(claims["f2"].id, ())
    assert "in force, disputed" == wording.standing(claims["f0"], scene)
    assert "in force as a denial, disputed" == wording.standing(claims["f1"], scene)


def test_a_denial_of_a_degree_disputes_only_that_degree() -> None:
    denied = f"{ARMS}, polarity: denied, degree: large"
    scene = scene_of(ARMS, f"{ARMS}, degree: large", denied)
    assert () == scene.disputes.get(scene.facts.claims["f0"].id, ())
    assert ("f2",) == scene.disputes.get(scene.facts.claims["f1"].id, ())


def test_a_symmetric_relation_is_disputed_from_either_side() -> None:
    turned = "subject: china, relation: hasTensionsWith, object: russia, polarity: denied"
    scene = scene_of(TENSIONS, turned)
    assert ("f1",) == scene.disputes.get(scene.facts.claims["f0"].id, ())


def test_claims_that_are_not_in_force_dispute_nothing() -> None:
    scene = scene_of(BACKS, f"{BACKS}, polarity: denied, condition: war")
    assert () == scene.disputes.get(scene.facts.claims["f0"].id, ())
    assumed = scene_of(BACKS, f"{BACKS}, polarity: denied, condition: war", assume=("war",))
    assert ("f1",) == assumed.disputes.get(assumed.facts.claims["f0"].id, ())
