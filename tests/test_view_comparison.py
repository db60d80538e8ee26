"""Two lenses in one picture: what is gained, lost and kept, drawn from what `kg.compare` finds."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from kg.compare import EdgeShift, compare
from kg.lens import Lens, make_lens
from kg.model.facts import FactSet
from kg.network import direct_edges
from kg.render.comparison import summary
from kg.scene import Scene, look
from kg.view.dossier import render
from kg.view.drawn import Fate, sight_of_both
from kg.view.lines import Line, Stroke, lines_of
from kg.view.picture import Picture, compose
from tests.conftest import shipped_facts, unpacked
from tests.strategies import fact_sets, lenses, world


def seen(facts: FactSet, **dials: tuple[str, ...]) -> Scene:
    return look(facts, make_lens("test", dials, facts, Lens()))


def compared(facts: FactSet, **dials: tuple[str, ...]) -> Picture:
    """The picture of facts through the default lens and through one with dials turned."""
    return compose(compare(seen(facts), seen(facts, **dials)))


def fates(picture: Picture) -> dict[tuple[str, ...], Fate | None]:
    return {line.claims: line.fate for line in picture.lines}


def test_a_line_is_gained_lost_kept_or_in_force_in_neither() -> None:
    facts = world(
        "when: 2010/2015",
        "subject: b, object: c, when: 2020/..",
        "object: c, when: 2010/..",
        "subject: c, object: war, relation: faces, modality: intended",
    )
    assert {
        ("f1",): Fate.GAINED,
        ("f2",): Fate.LOST,
        ("f3",): Fate.KEPT,
        ("f4",): Fate.IDLE,
    } == fates(compared(facts, as_of=("2012",)))


def test_a_tie_that_keeps_a_claim_rests_on_others_and_is_not_lost() -> None:
    picture = compared(world("said_by: [aide]", ""), without=("aide",))
    [line] = picture.lines
    assert (Fate.REGROUNDED, True) == (line.fate, line.is_tie)
    assert ["lost"] == picture.claims["f1"]["facets"]["change"]
    assert ["kept"] == picture.claims["f2"]["facets"]["change"]


def test_what_stands_otherwise_is_told_apart_from_what_is_kept() -> None:
    picture = compared(world("when: 2010/2015", "when: 2020/.."), as_of=("2030",))
    assert ["idle"] == picture.claims["f1"]["facets"]["change"]
    assert ["otherwise"] == picture.claims["f2"]["facets"]["change"]
    assert ("in force", "in force, possibly") == (
        picture.claims["f2"]["before"],
        picture.claims["f2"]["standing"],
    )
    assert Fate.OTHERWISE is fates(picture)["f2",]


def test_a_denial_that_comes_into_force_is_a_denial_and_no_tie() -> None:
    picture = compared(world("condition: war, polarity: denied"), assume=("war",))
    [line] = picture.lines
    assert (Fate.GAINED, True, False) == (line.fate, line.denied, line.is_tie)
    claim = picture.claims["f1"]
    assert "in force as a denial" == claim["standing"]
    assert "comes into force: --assume" == claim["change"]
    assert [None, None] == [node.fate for node in picture.nodes]


def test_a_lost_line_is_drawn_as_it_stood() -> None:
    [line] = compared(world("when: 2020/.."), as_of=("2012",)).lines
    assert (Stroke.ACTUAL, True, Fate.LOST) == (line.stroke, line.holds, line.fate)


def test_things_that_gain_or_lose_all_their_ties_say_so() -> None:
    facts = world(
        "when: 2020/..",
        "subject: b, object: c, when: 2010/2015",
        "subject: c, object: shut, relation: faces, when: 2020/..",
        "subject: c, object: war, relation: faces, when: 2010/2015",
    )
    found = {node.thing: node.fate for node in compared(facts, as_of=("2012",)).nodes}
    expected = {"a": Fate.LOST, "b": None, "c": None, "shut": Fate.LOST, "war": Fate.GAINED}
    assert expected == found


def test_a_tie_that_is_not_drawn_is_a_tie_all_the_same() -> None:
    facts = world("when: 2020/..", "subject: b, object: c, when: 2010/2015")
    comparison = compare(seen(facts), seen(facts, as_of=("2012",)))
    found = {node.thing: node.fate for node in compose(comparison, "a").nodes}
    assert {"a": Fate.LOST, "b": None} == found


def test_everything_stands_where_the_first_lens_alone_has_it() -> None:
    facts = shipped_facts()
    places = {node.thing: node.at for node in compose(seen(facts)).nodes}
    for dials in ({"assume": ("us-escalation",)}, {"as_of": ("2021",)}):
        picture = compared(facts, **dials)
        assert places == {node.thing: node.at for node in picture.nodes}


def test_around_a_focus() -> None:
    facts = shipped_facts()
    comparison = compare(seen(facts), seen(facts, as_of=("2021",)))
    for hops in (1, 2):
        alone = compose(comparison.before, "china", hops)
        picture = compose(comparison, "china", hops)
        assert alone.claims.keys() == picture.claims.keys()
    assert b"<b>around</b> China, up to 2 steps away" in render(comparison, "china", 2)
    with pytest.raises(KeyError):
        compose(comparison, "nobody")


def test_the_legend_counts_what_the_comparison_finds() -> None:
    facts = shipped_facts()
    comparison = compare(seen(facts), seen(facts, as_of=("2021",)))
    facet = compose(comparison).facets[0]
    counts = {value.id: value.count for value in facet.values}
    assert "change" == facet.id
    assert summary(comparison).startswith(
        f"{counts['gained']} claims gained, {counts['lost']} lost, "
        f"{counts['otherwise']} changed otherwise"
    )
    assert len(facts.claims) == sum(counts.values())


def test_what_changes_comes_first() -> None:
    told = [claim["change"] for claim in compared(shipped_facts(), as_of=("2021",)).claims.values()]
    changed = [bool(words) for words in told]
    assert sorted(changed, reverse=True) == changed


@pytest.fixture(scope="module")
def page() -> str:
    facts = shipped_facts()
    return render(compare(seen(facts), seen(facts, assume=("us-escalation",)))).decode()


def test_the_page_names_both_lenses_and_stresses_where_they_part(page: str) -> None:
    before, after = re.findall(r'<p class="lens">.*</p>', page)
    assert "<b>Before, seen</b>" in before
    assert "<em>" not in before
    assert "<b>After, seen</b> <em>assuming Escalation of US measures</em><span>; as of" in after
    [title] = re.findall(r"<title>(.*)</title>", page)
    assert "claims stated as actual → as of 2025-12-02 (the newest source); assuming" in title


def test_the_table_says_what_changes_and_why_without_any_script(page: str) -> None:
    assert '<th scope="col">Change</th>' in page
    [row] = re.findall(r'<tr id="c=no-extensive-military-support--china">.*?</tr>', page, re.S)
    assert "+ gained</span><small>comes into force: --assume</small>" in row
    assert "in force as a denial<small>before: not in force: its condition" in row


def test_the_page_is_small_enough_to_mail_and_a_plain_one_tells_nothing_of_it(page: str) -> None:
    assert len(page.encode()) < 450_000
    plain = render(seen(shipped_facts())).decode()
    markup = re.sub(r"<script.*?</script>", "", plain, flags=re.DOTALL)
    for part in ('<th scope="col">Change</th>', "before:", "After, seen"):
        assert part not in markup
    assert '"fate"' not in unpacked(plain)


# -- two states of the facts ----------------------------------------------------------------------


def test_facts_of_two_states_are_drawn_together() -> None:
    old = world("", "object: c", "subject: b, object: c, when: 2020/..")
    new = world("", "object: c, polarity: denied", "subject: b, object: shut, relation: faces")
    one = FactSet(new.profile, new.vocabulary, new.entities, new.sources, {"f1": new.claims["f1"]})
    removed = compose(compare(seen(old), seen(one)))
    assert {("f1",): Fate.KEPT, ("f2",): Fate.LOST, ("f3",): Fate.LOST} == fates(removed)
    assert ("in force", "gone") == (
        removed.claims["f2"]["before"],
        removed.claims["f2"]["standing"],
    )
    assert Fate.GAINED is fates(compose(compare(seen(one), seen(old))))["f2",]
    recast = compose(compare(seen(old), seen(new)))
    assert {("f1",): Fate.KEPT, ("f2",): Fate.OTHERWISE, ("f3",): Fate.GAINED} == fates(recast)
    assert "says: " in recast.claims["f3"]["change"]
    assert render(compare(seen(old), seen(new)))


def test_what_a_marking_takes_out_is_lost_and_says_so() -> None:
    facts = world("marking: RED, disputes: [f2]", "")
    facts = replace(facts, profile=replace(facts.profile, marking="CLEAR"))
    picture = compared(facts, marking=("GREEN",))
    assert {("f1", "f2"): Fate.REGROUNDED} == fates(picture)
    claim = picture.claims["f1"]
    assert ("in force, disputed", "gone") == (claim["before"], claim["standing"])
    assert "is no longer in force: --marking" == claim["change"]


# -- every picture agrees with the comparison -----------------------------------------------------


def ties_of(scene: Scene) -> dict[tuple[str, str, str], tuple[str, ...]]:
    edges = direct_edges(scene)
    return {(edge.subject, edge.relation, edge.object): edge.claims for edge in edges}


def agrees(line: Line, before: Scene, after: Scene) -> None:
    shifts = {(e.subject, e.relation, e.object): e.shift for e in compare(before, after).edges}
    was, is_ = ties_of(before), ties_of(after)
    for id in line.claims:
        relations = {f.claims[id].relation for f in (before.facts, after.facts) if id in f.claims}
        triples = [(line.subject, relation, line.object) for relation in relations]
        own = [t for t in triples if id in was.get(t, ()) or id in is_.get(t, ())]
        assert own, "what is drawn as a tie is one under one of the lenses"
        for shift in (shifts.get(triple) for triple in own):
            assert (shift is EdgeShift.GAINED) == (line.fate is Fate.GAINED)
            assert (shift is EdgeShift.LOST) == (line.fate is Fate.LOST)
            assert (shift is EdgeShift.REWEIGHTED) == (line.fate is Fate.REGROUNDED)


@given(fact_sets(), lenses, lenses)
def test_every_line_changes_as_its_edges_do(facts: FactSet, one: Lens, other: Lens) -> None:
    before, after = look(facts, one), look(facts, other)
    lines = lines_of(sight_of_both(compare(before, after)).claims.values())
    for line in lines:
        if line.is_tie:
            agrees(line, before, after)
    drawn = {id for line in lines if line.is_tie for id in line.claims}
    edges = (*direct_edges(before), *direct_edges(after))
    assert {id for edge in edges for id in edge.claims} == drawn


@given(fact_sets(), fact_sets(), lenses, lenses)
def test_no_line_claims_more_than_two_states_of_the_facts_hold(
    old: FactSet, new: FactSet, one: Lens, other: Lens
) -> None:
    before, after = look(old, one), look(new, other)
    for line in lines_of(sight_of_both(compare(before, after)).claims.values()):
        if line.is_tie:
            own = {claim for ties in (ties_of(before), ties_of(after)) for claim in ties.values()}
            assert set(line.claims) <= {id for claims in own for id in claims}
