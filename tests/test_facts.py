"""The shipped facts, held to the 73 rows of what the report says.

The table below says in our own words, for each row, which claims or keys it became, how they are
qualified, and whether the default lens draws an edge. F01-F04, F06 and F07 are no claims: they are
keys of the sources, or links of chains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import pytest

from kg.check import check, lens_named
from kg.lens import make_lens
from kg.model.diagnostic import Severity
from kg.model.facts import Basis, Claim, FactSet, Literal, Modality, Polarity
from kg.scene import Scene, look
from kg.standing import Reason
from tests.conftest import brief, shipped_facts, shipped_texts

ARTICLE, REPORT = "next-news-2025-12-02", "wsj-report"


@dataclass(frozen=True)
class Row:
    """What one row of the curation became."""

    id: str
    claim: str
    triple: str  #: subject relation object
    voices: str = ""  #: the chain behind the article, nearest to the reader first
    polarity: str = "affirmed"
    modality: str = "actual"
    condition: str | None = None
    degree: str | None = None
    when: str | None = None
    why_not: Reason | None = None  #: why the default lens draws no edge; None if it does
    part: str = ""


def row(id: str, part: str, claim: str, triple: str, voices: str = "", **rest: object) -> Row:
    return Row(id, claim, triple, voices, part=part, **rest)  # type: ignore[arg-type]


WSJ = "wsj-report"
ANONYMOUS = "wsj-report western-sources"
OFFICIALS = "unknown us-officials"
PAST = {"when": "/[..2025-12-01]", "why_not": Reason.TIME}
REFUSED = {"polarity": "denied", "modality": "intended", "condition": "us-escalation",
           "degree": "extensive", "why_not": Reason.CONDITION}  # fmt: skip
NOT_WANTED = {"polarity": "denied", "modality": "desired", "why_not": Reason.MODALITY}
WEIGHED = {"modality": "considered", "why_not": Reason.MODALITY}
SUPPOSED = {"modality": "hypothetical", "why_not": Reason.MODALITY}
FORESEEN = {"modality": "expected", "why_not": Reason.MODALITY}

MILITARY, FINANCIAL = "no-extensive-military-support", "no-extensive-financial-support"
CLASH = "us-venezuela-confrontation"

#: Each row but F01-F04, F06 and F07.
ROWS = (
    row("F05", "P1", "wsj-based-in-united-states", "wall-street-journal basedIn united-states"),
    row("F08", "P3", "maduro-holds-presidency",
        "nicolas-maduro holdsOffice president-of-venezuela"),
    row("F09", "P3", "maduro-leads-government", "nicolas-maduro leads maduro-government"),
    row("F10", "P1", "maduro-government-governs", "maduro-government governs venezuela"),
    row("F11", "P1", "trump-holds-presidency",
        "donald-trump holdsOffice president-of-the-united-states"),
    row("F12", "P1", "trump-leads-administration", "donald-trump leads trump-administration"),
    row("F13", "P1 P5", "trump-administration-governs",
        "trump-administration governs united-states"),
    row("F14", "P1", "reliance-on-counter-alliances",
        "venezuela reliesOn counter-washington-alliances", when="[..2005-12]/[2025..]"),
    row("F15", "P1", "counter-alliances-aimed-at-united-states",
        "counter-washington-alliances directedAgainst united-states", when="[..2005-12]/[2025..]"),
    row("F16", "P1", "backs-venezuela--russia", "russia backs venezuela", degree="foremost"),
    row("F17", "P1", "backs-venezuela--china", "china backs venezuela", degree="foremost"),
    row("F18", "P4 P6", "allied-with-venezuela--russia", "russia alliedWith venezuela"),
    row("F19", "P4 P6", "allied-with-venezuela--china", "china alliedWith venezuela"),
    row("F20", "P1", "faces-strategic-void", "venezuela faces strategic-void", degree="severe"),
    row("F21", "H", "isolation-looms", "venezuela faces strategic-isolation", **FORESEEN),
    row("F22", "P1", "keeps-distance-from-confrontation--russia",
        f"russia distancesItselfFrom {CLASH}", WSJ),
    row("F23", "P1", "keeps-distance-from-confrontation--china",
        f"china distancesItselfFrom {CLASH}", WSJ),
    row("F24", "P1", "confrontation-parties--maduro-government",
        f"{CLASH} hasParty maduro-government", WSJ, **SUPPOSED),
    row("F25", "P1", "confrontation-parties--trump-administration",
        f"{CLASH} hasParty trump-administration", WSJ, **SUPPOSED),
    row("F26", "P2", "loans-to-venezuela--russia", "russia lendsTo venezuela"),
    row("F27", "P2", "loans-to-venezuela--china", "china lendsTo venezuela"),
    row("F28", "P2", "investments-in-venezuela--russia", "russia investsIn venezuela"),
    row("F29", "P2", "investments-in-venezuela--china", "china investsIn venezuela"),
    row("F30", "P2", "loans-and-investments-total",
        "loans-and-oil-investments amountsTo 1000000000.. USD (billions)"),
    row("F31", "P2", "undergoes-economic-collapse",
        "venezuela undergoes venezuelan-economic-collapse", degree="severe"),
    row("F32", "P2", "undergoes-oil-decline", "venezuela undergoes oil-production-decline",
        degree="to the lowest in decades"),
    row("F33", "P2", "expected-to-shape-order", "venezuela helpsShape alternative-global-order",
        when="/[..2025-12-01]", **FORESEEN),
    row("F34", "P2", "burden-on-supporters--russia", "venezuela burdenOn russia"),
    row("F35", "P2", "burden-on-supporters--china", "venezuela burdenOn china"),
    row("F36", "P2", "causes-of-role-change--venezuelan-economic-collapse",
        "venezuelan-economic-collapse contributesTo venezuelan-role-change"),
    row("F37", "P2", "causes-of-role-change--oil-production-decline",
        "oil-production-decline contributesTo venezuelan-role-change"),
    row("F38", "P2", "former-partner--russia", "venezuela partnerOf russia", **PAST),
    row("F39", "P2", "former-partner--china", "venezuela partnerOf china", **PAST),
    row("F40", "P3", "secret-message--russia", "russia informs maduro-government", ANONYMOUS),
    row("F40", "P3", "notification-senders--russia", "secret-notification hasSender russia",
        ANONYMOUS),
    row("F41", "P3", "secret-message--china", "china informs maduro-government", ANONYMOUS),
    row("F41", "P3", "notification-senders--china", "secret-notification hasSender china",
        ANONYMOUS),
    row("F42", "P3", f"{MILITARY}--russia", "russia givesMilitarySupportTo maduro-government",
        f"{ANONYMOUS} russia", **REFUSED),
    row("F43", "P3", f"{FINANCIAL}--russia", "russia givesFinancialSupportTo maduro-government",
        f"{ANONYMOUS} russia", **REFUSED),
    row("F44", "P3", f"{MILITARY}--china", "china givesMilitarySupportTo maduro-government",
        f"{ANONYMOUS} china", **REFUSED),
    row("F45", "P3", f"{FINANCIAL}--china", "china givesFinancialSupportTo maduro-government",
        f"{ANONYMOUS} china", **REFUSED),
    row("F46", "P3", "us-escalates", "trump-administration carriesOut us-escalation", ANONYMOUS,
        **SUPPOSED),
    row("F47", "H", "advice-against-escalation--russia",
        "russia advisesAgainstEscalation nicolas-maduro", WSJ),
    row("F48", "H", "advice-against-escalation--china",
        "china advisesAgainstEscalation nicolas-maduro", WSJ),
    row("F49", "P4", "personnel-in-venezuela", "russia maintainsPersonnelIn venezuela"),
    row("F50", "P4", "reduced-presence-in-venezuela", "russia reducesPresenceIn venezuela",
        when="2022/.."),
    row("F51", "P4", "resources-for-ukraine-war", "russia concentratesResourcesOn ukraine-war",
        when="2022/.."),
    row("F52", "P4 P4", "avoids-friction-with-united-states",
        "china avoidsFrictionWith united-states", modality="desired", degree="direct",
        why_not=Reason.MODALITY),
    row("F53", "P4", "trade-tensions", "china hasTradeTensionsWith united-states"),
    row("F54", "P4", "technology-tensions", "china hasTechnologyTensionsWith united-states"),
    row("F55", "P4", "notification-fits-priorities",
        "secret-notification inLineWith new-priorities"),
    row("F56", "P5", "reimposing-maximum-pressure",
        "trump-administration reimposes maximum-pressure", OFFICIALS, **WEIGHED),
    row("F57", "P5", "maximum-pressure-on-venezuela", "maximum-pressure targets venezuela",
        OFFICIALS, **WEIGHED),
    row("F58", "P5", "maximum-pressure-includes--secondary-sanctions",
        "maximum-pressure includes secondary-sanctions", **WEIGHED),
    row("F59", "P5", "secondary-sanctions-target--companies-dealing-in-venezuelan-oil",
        "secondary-sanctions targets companies-dealing-in-venezuelan-oil", **WEIGHED),
    row("F60", "P5", "secondary-sanctions-target--countries-dealing-in-venezuelan-oil",
        "secondary-sanctions targets countries-dealing-in-venezuelan-oil", **WEIGHED),
    row("F61", "P5", "maximum-pressure-includes--reopening-of-drug-charges",
        "maximum-pressure includes reopening-of-drug-charges", **WEIGHED),
    row("F62", "P5", "drug-charges", "drug-charges-against-maduro broughtAgainst nicolas-maduro",
        **PAST),
    row("F63", "P5", "reward-for-capture", "reward-for-maduro rewardsCaptureOf nicolas-maduro"),
    row("F64", "P5", "reward-amount", "reward-for-maduro amountsTo 15000000 USD"),
    row("F65", "P6", "uses-venezuela-as-leverage--russia", "russia usesAsLeverage venezuela", WSJ,
        **PAST),
    row("F66", "P6", "uses-venezuela-as-leverage--china", "china usesAsLeverage venezuela", WSJ,
        **PAST),
    row("F67", "P6", "less-to-offer--strategic-gains",
        "venezuela losesCapacityToOffer strategic-gains", WSJ, degree="tangible"),
    row("F68", "P6", "less-to-offer--economic-gains",
        "venezuela losesCapacityToOffer economic-gains", WSJ, degree="tangible"),
    row("F69", "P6", "no-wish-for-losses--russia", "russia incurs losses", WSJ, **NOT_WANTED),
    row("F70", "P6", "no-wish-for-losses--china", "china incurs losses", WSJ, **NOT_WANTED),
    row("F71", "P6", "no-wish-for-more-confrontation--russia", "russia confronts united-states",
        WSJ, degree="additional", **NOT_WANTED),
    row("F72", "P6", "no-wish-for-more-confrontation--china", "china confronts united-states",
        WSJ, degree="additional", **NOT_WANTED),
    row("F73", "P6", "calculations-shifted", "strategic-calculations undergoes strategic-shift",
        WSJ),
)  # fmt: skip

#: What the report takes for granted, by its number in the list of presuppositions.
PRESUPPOSED = {
    "I01": ["maximum-pressure targets venezuela"],
    "I02": ["drug-charges-against-maduro precedes reopening-of-drug-charges"],
    "I03": ["trump-administration takesMeasuresAgainst venezuela"],
    "I04": ["ukraine-war hasParty russia", "ukraine-war takesPlaceIn ukraine"],
    "I05": ["russia maintainsPersonnelIn venezuela"],
    "I06": ["china confronts united-states", "russia confronts united-states"],
    "I07": ["united-states offers reward-for-maduro"],
    "I08": ["trump-administration comesToPowerIn united-states"],
    "I09": ["china pursues earlier-priorities", "russia pursues earlier-priorities"],
}


def facts() -> FactSet:
    return shipped_facts()


def scene(**dials: str | tuple[str, ...]) -> Scene:
    written = {dial: (v,) if isinstance(v, str) else v for dial, v in dials.items()}
    return look(facts(), make_lens("test", written, facts(), lens_named("default", facts())))


def triple(claim: Claim) -> str:
    end = claim.object.text if isinstance(claim.object, Literal) else claim.object
    return f"{claim.subject} {claim.relation} {end}"


def stated() -> dict[str, Claim]:
    return {id: c for id, c in facts().claims.items() if c.basis is Basis.STATED}


# -- findings -------------------------------------------------------------------------------------


def test_the_facts_have_no_errors_and_only_the_warnings_that_the_report_deserves() -> None:
    found = check(shipped_texts()).diagnostics
    assert [] == [brief(d) for d in found if d.severity is Severity.ERROR]
    warnings = [d for d in found if d.severity is Severity.WARNING]
    assert ["headline-unsupported"] * len(warnings) == [d.code.name for d in warnings]
    assert {"'isolation-looms' stands in the headline alone",
            "'advice-against-escalation' stands in the headline alone"} == {
        re.sub(r"--\w+", "", d.message) for d in warnings
    }  # fmt: skip
    assert {"single-weak-source"} == {d.code.name for d in found if d not in warnings}


def test_what_the_headline_renders_is_named() -> None:
    (about,) = {
        facts().claims[f"advice-against-escalation--{c}"].about for c in ("russia", "china")
    }
    assert {f"{kind}--{c}" for kind in (MILITARY, FINANCIAL) for c in ("russia", "china")} == set(
        about
    )
    assert ("faces-strategic-void",) == facts().claims["isolation-looms"].about


# -- the rows -------------------------------------------------------------------------------------


def test_every_row_is_covered_once() -> None:
    in_table = {row.id for row in ROWS}
    assert 67 == len(in_table)
    assert {f"F{n:02}" for n in range(1, 74)} - in_table == {
        "F01", "F02", "F03", "F04", "F06", "F07"
    }  # fmt: skip
    claims = [row.claim for row in ROWS]
    assert len(set(claims)) == len(claims)
    assert set(claims) == set(stated())


def test_rows_that_are_keys_of_sources() -> None:
    article, report = facts().sources[ARTICLE], facts().sources[REPORT]
    assert {"F01": "next-news", "F02": "2025-12-02", "F03": (REPORT,)} == {
        "F01": article.publisher,
        "F02": article.published_text,
        "F03": article.based_on,
    }
    assert "wall-street-journal" == report.publisher  # F04
    assert report.published is None  # neither its date nor its title is told


@pytest.mark.parametrize(
    ("row_id", "speaker", "expected"),
    [
        ("F06", "western-sources", {"F40", "F41", "F42", "F43", "F44", "F45", "F46"}),
        ("F07", "us-officials", {"F56", "F57"}),
    ],
)
def test_rows_that_are_links_of_chains(row_id: str, speaker: str, expected: set[str]) -> None:
    assert row_id not in {row.id for row in ROWS}
    assert "UnnamedSource" == facts().entities[speaker].type
    assert expected == {row.id for row in ROWS if speaker in facts().claims[row.claim].speakers}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id}-{row.claim}")
def test_a_row_says_what_it_should(row: Row) -> None:
    claim = facts().claims[row.claim]
    assert row.triple == triple(claim)
    assert (row.polarity, row.modality, row.condition) == (
        claim.polarity,
        claim.modality,
        claim.conditions[0].scenario if claim.conditions else None,
    )
    assert (row.degree, row.when) == (claim.degree, claim.when.text if claim.when else None)
    assert row.voices.split() == [link.speaker or "unknown" for link in claim.said_by]
    assert (ARTICLE, Basis.STATED) == (claim.source, claim.basis)
    assert row.part.split() == [passage.part for passage in claim.passages]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id}-{row.claim}")
def test_a_row_is_an_edge_only_where_it_should_be(row: Row) -> None:
    through = scene()
    assert row.why_not is through.standings[row.claim].reason
    assert (row.why_not is None) == (row.claim in {claim.id for claim in through.edges})


def test_how_many_edges_there_are() -> None:
    edges = scene().edges
    assert {row.claim for row in ROWS if row.why_not is None} == {claim.id for claim in edges}
    assert (42, 44) == (len({row.id for row in ROWS if row.why_not is None}), len(edges))


def test_how_the_rows_are_distributed() -> None:
    rows = {row.id: row for row in ROWS}.values()
    modalities = [row.modality for row in rows]
    assert {"considered": 6, "hypothetical": 3, "desired": 5, "expected": 2, "intended": 4} == {
        modality: modalities.count(modality) for modality in Modality if modality != "actual"
    }
    assert 8 == sum(row.polarity == "denied" for row in rows)
    assert 4 == sum(row.condition is not None for row in rows)


def test_presuppositions_are_kept_apart() -> None:
    expected = sorted(text for texts in PRESUPPOSED.values() for text in texts)
    kept = [claim for claim in facts().claims.values() if claim.basis is Basis.PRESUPPOSED]
    assert expected == sorted(triple(claim) for claim in kept)
    assert {"facts/presuppositions.yaml"} == {claim.places.path for claim in kept}
    assert {Reason.PRESUPPOSED} == {scene().standings[claim.id].reason for claim in kept}


# -- what must never be an edge -------------------------------------------------------------------


@pytest.mark.parametrize(
    "dials",
    [
        {},
        {"as_of": "1990/2030"},
        {"assume": "us-escalation"},
        {"assume": ("us-escalation", "us-venezuela-confrontation")},
        {"modality": tuple(Modality)},
        {"certainty": "certain"},
        {"without": ("western-sources", "us-officials")},
        {"according_to": "wsj-report"},
    ],
)
def test_no_lens_makes_an_edge_of_what_is_not_said(dials: dict[str, str | tuple[str, ...]]) -> None:
    modalities, given = dials.get("modality", ("actual",)), dials.get("assume", ())
    assumed = {given} if isinstance(given, str) else set(given)
    for claim in scene(**dials).edges:
        assert claim.polarity is Polarity.AFFIRMED
        assert claim.basis is Basis.STATED
        assert {each.scenario for each in claim.conditions} <= assumed
        assert claim.modality in modalities or not set(claim.things).isdisjoint(assumed)


def test_nothing_is_said_between_russia_and_china() -> None:
    both = {"russia", "china"}
    assert [] == [triple(c) for c in facts().claims.values() if both <= {*c.things, *c.against}]
    joint = [c for c in facts().claims.values() if both <= set(c.speakers)]
    assert [] == joint


def test_nobody_is_named_who_is_not_in_the_report() -> None:
    people = {id for id, entity in facts().entities.items() if entity.type == "Person"}
    states = {id for id, entity in facts().entities.items() if entity.type == "State"}
    assert {"nicolas-maduro", "donald-trump"} == people
    assert {"venezuela", "russia", "china", "united-states", "ukraine"} == states


# -- what a lens shows ----------------------------------------------------------------------------


def added(**dials: str | tuple[str, ...]) -> set[str]:
    return {c.id for c in scene(**dials).edges} - {c.id for c in scene().edges}


def taken(**dials: str | tuple[str, ...]) -> set[str]:
    return {c.id for c in scene().edges} - {c.id for c in scene(**dials).edges}


def test_what_changes_if_the_united_states_escalates() -> None:
    assert {"us-escalates"} == added(assume="us-escalation")
    denied = {c.id for c in scene(assume="us-escalation").in_force if c.is_denied}
    assert {row.claim for row in ROWS if row.condition == "us-escalation"} == denied


def test_what_changes_if_it_comes_to_a_clash() -> None:
    assert {
        "confrontation-parties--maduro-government",
        "confrontation-parties--trump-administration",
    } == added(assume=CLASH)


def test_what_rests_on_unnamed_sources() -> None:
    assert {row.claim for row in ROWS if row.id in ("F40", "F41")} == taken(
        without=("western-sources", "us-officials")
    )


def test_what_comes_through_the_newspaper() -> None:
    kept = {c.id for c in scene(according_to="wall-street-journal").edges}
    assert {row.claim for row in ROWS if row.why_not is None and "wsj" in row.voices} == kept


def test_what_was_before_2022() -> None:
    past = {c.id: scene(as_of="2021").standings[c.id] for c in scene(as_of="2021").edges}
    assert {"reliance-on-counter-alliances", "counter-alliances-aimed-at-united-states"} == {
        id for id, standing in past.items() if standing.certain
    }
    assert {
        "former-partner--russia",
        "former-partner--china",
        "uses-venezuela-as-leverage--russia",
        "uses-venezuela-as-leverage--china",
        "drug-charges",
    } == {id for id, standing in past.items() if not standing.certain}


def test_what_is_not_certain_today() -> None:
    assert {"reliance-on-counter-alliances", "counter-alliances-aimed-at-united-states"} == taken(
        certainty="certain"
    )


def test_every_named_lens_can_be_looked_through() -> None:
    names = list(facts().profile.lenses)
    assert len(names) >= 5
    for name in names:
        assert look(facts(), lens_named(name, facts())).facts is facts()


# -- evidence and coverage ------------------------------------------------------------------------


def test_every_part_of_the_report_is_used_and_every_claim_has_a_passage() -> None:
    text = facts().sources[ARTICLE].text
    assert text is not None
    used = {p.part for claim in facts().claims.values() for p in claim.passages}
    assert set(text.parts) - {"M"} == used  # M holds date and publisher, which are keys
    assert [] == [claim.id for claim in facts().claims.values() if not claim.passages]


def test_parts_do_not_overlap() -> None:
    text = facts().sources[ARTICLE].text
    assert text is not None
    bounds = sorted(text.parts.values())
    assert all(one[1] < other[0] for one, other in pairwise(bounds))


def test_no_sentence_of_the_report_is_kept() -> None:
    quotes = [p.quote for c in facts().claims.values() for p in c.passages if p.quote]
    assert quotes
    assert max(len(quote.split()) for quote in quotes) <= 3


def test_every_entity_plays_a_part() -> None:
    mentioned = set(facts().mentions)
    published = {source.publisher for source in facts().sources.values()}
    matched = {id for entity in facts().entities.values() for id in entity.close_match}
    assert set() == set(facts().entities) - mentioned - published - matched


def test_capitals_are_names_and_not_things() -> None:
    for capital, ids in (
        ("Moscow", {"russia"}),
        ("Beijing", {"china"}),
        ("Washington", {"united-states"}),
        ("Caracas", {"venezuela", "maduro-government"}),
    ):
        entities = facts().entities.values()
        assert capital not in {entity.name for entity in entities}
        assert ids == {entity.id for entity in entities if capital in entity.aliases}
