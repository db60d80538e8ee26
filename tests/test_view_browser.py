"""The dossier as people meet it: opened from disk in Chromium, by mouse and by keys."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kg.compare import compare
from kg.lens import Lens, make_lens
from kg.model.facts import FactSet
from kg.model.table import Table
from kg.scene import look
from kg.view.dossier import render
from tests.browser import faults
from tests.conftest import shipped_facts, sound_facts
from tests.pages import LAPTOP, PHONE, PHONE_ON_ITS_SIDE, SMALL_PHONE, Visit, records, save, write

pytestmark = pytest.mark.browser


def test_nothing_is_asked_for_and_nothing_is_wrong(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.click_thing("venezuela")
        visit.page.click("#theme")
        visit.page.click("#open-claims")
        assert [file] == visit.asked
        assert [] == visit.complaints


def test_a_line_opens_its_claims_with_chain_and_passage(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.click_line_of("no-extensive-military-support--russia")
        text = visit.panel
        assert "Russia does not intend to give [extensive] military support to" in text
        assert "not in force: its condition is not assumed" in text
        assert "denied, intended" in text
        assert "Escalation of US measures" in text
        assert "no-extensive-financial-support--russia" in text, "both claims of the line"
        chain = visit.page.locator(".claim").first.locator(".chain li").all_inner_texts()
        assert "Russia (informed)" == chain[0]
        assert chain[-1].endswith("read here")
        assert "P3" in text


def test_a_thing_opens_what_is_said_about_it(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.click_thing("venezuela")
        assert "Venezuela" == visit.page.inner_text("#panel h2")
        assert "#n=venezuela" == visit.page.evaluate("location.hash")
        visit.page.click("#close")
        assert "" == visit.panel
        visit.page.go_back()
        assert "Venezuela" in visit.panel


def test_an_address_opens_a_claim_and_a_literal_opens_its_subject(
    browser: Browser, file: str
) -> None:
    with Visit(browser, f"{file}#c=no-extensive-military-support--china") as visit:
        asked = visit.page.locator(".claim.asked")
        assert "military support" in asked.inner_text()
    literal = next(c for c in shipped_facts().claims.values() if not isinstance(c.object, str))
    with Visit(browser, f"{file}#c={literal.id}") as visit:
        assert literal.id in visit.page.locator(".claim.asked").inner_text()


@pytest.mark.parametrize(
    ("hash", "words"),
    [
        ("c=no-such-claim", "This page holds no claim with the id no-such-claim."),
        ("n=constructor", "This page holds no thing with the id constructor."),
        ("near=nobody:2", "This page holds no thing with the id nobody."),
    ],
)
def test_an_address_of_what_the_page_does_not_hold_is_answered(
    browser: Browser, file: str, hash: str, words: str
) -> None:
    with Visit(browser, f"{file}#{hash}") as visit:
        assert words in visit.panel
        assert f"kg show {hash.split('=')[1].split(':')[0]}" in visit.panel
        assert [] == visit.complaints
        visit.page.click("#close")
        assert "" == visit.panel


def test_find_completes_and_opens_by_keys(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.page.keyboard.press("/")
        visit.page.keyboard.type("caracas")
        options = visit.page.locator("#found [role=option]").all_inner_texts()
        assert any("Caracas" in option for option in options), "aliases are found, too"
        visit.page.keyboard.press("Enter")
        assert visit.page.locator("#panel").is_visible()
        assert "panel" == visit.page.evaluate("document.activeElement.id")
        visit.page.keyboard.press("Escape")
        assert "" == visit.panel


def test_what_is_called_just_so_is_found_first(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        for words, first in (("USA", "United States"), ("maduro", "Nicolás Maduro")):
            visit.page.fill("#find", words)
            assert first in visit.page.locator("#found li").first.inner_text()


def test_find_takes_words_in_any_order(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.page.fill("#find", "support military russia")
        found = visit.page.locator("#found [role=option]").all_inner_texts()
        assert "Russia does not intend to give [extensive] military support to" in found[0]
        assert all("Russia" in text and "support" in text for text in found)


def test_find_looks_into_notes_voices_and_relations(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        for words in ("smaller stays unknown", "givesMilitarySupportTo", "wall street revealed"):
            visit.page.fill("#find", words)
            found = visit.page.locator("#found [role=option]").all_inner_texts()
            assert any("claim ·" in text for text in found), words


def test_the_findings_come_first_where_there_is_room(browser: Browser, file: str) -> None:
    roomy = {"width": 1600, "height": 900}
    with Visit(browser, file, viewport=roomy) as visit:
        assert "In short" in visit.panel
        assert (
            "China and Russia are allied with, back, invest in and lend to Venezuela."
            in visit.panel
        )
        visit.page.locator(".behind summary").first.click()
        visit.page.locator(".behind a").first.click()
        assert visit.page.evaluate("location.hash").startswith("#c=")
        assert [] == visit.complaints
    with Visit(browser, f"{file}#n=china", viewport=roomy) as visit:
        assert "In short" not in visit.panel  # something else was asked for
    with Visit(browser, file) as visit:
        assert "" == visit.panel
        visit.page.get_by_role("button", name="In short").click()
        assert "What is denied" in visit.panel
        assert "#f=short" == visit.page.evaluate("location.hash")


def test_a_thing_tells_what_is_dated_in_order_of_time(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#n=venezuela") as visit:
        times = visit.page.locator(".times time").all_inner_texts()
        starts = [time.removeprefix("… ")[:4] for time in times]
        assert len(times) > 5
        assert sorted(starts) == starts
        visit.page.locator(".times a").first.click()
        assert visit.page.evaluate("location.hash").startswith("#c=")


def test_what_is_near_a_thing_has_findings_of_its_own(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "near.html"
    path.write_bytes(render(look(shipped_facts(), Lens()), focus="united-states"))
    with Visit(browser, f"{path.as_uri()}#f=short") as visit:
        assert "What is denied" in visit.panel
        assert "Venezuela" not in visit.panel


def test_keys_walk_only_over_what_is_shown(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#n=venezuela&off=polarity:affirmed") as visit:
        assert "Not in the picture now" in visit.panel
        visit.page.focus("#canvas")
        visit.page.keyboard.press("ArrowRight")
        assert "Russia, state, 3 lines. Enter opens." == visit.page.inner_text("#said")
        visit.page.get_by_role("checkbox", name="affirmed").check()
        assert "Not in the picture now" not in visit.panel
        visit.page.get_by_role("checkbox", name="affirmed").uncheck()
        assert "Not in the picture now" in visit.panel
        visit.page.get_by_role("button", name="Show all").press("Enter")
        assert "canvas" == visit.page.evaluate("document.activeElement.id")
        assert "Not in the picture now" not in visit.panel


def test_going_back_shows_the_surroundings_of_before_as_they_were(
    browser: Browser, file: str
) -> None:
    with Visit(browser, f"{file}#n=china") as visit:
        scales = []
        for steps in ("1 step", "2 steps"):
            visit.page.locator(".around button", has_text=steps).click()
            scales.append(visit.page.evaluate("kgNetwork.getScale()"))
        visit.page.go_back()
        assert pytest.approx(scales[0]) == visit.page.evaluate("kgNetwork.getScale()")
        assert scales[0] > scales[1]


def test_keys_walk_the_picture_and_open_the_panel(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.page.focus("#canvas")
        visit.page.keyboard.press("ArrowRight")
        first = visit.page.inner_text("#said")
        visit.page.keyboard.press("ArrowLeft")
        second = visit.page.inner_text("#said")
        assert "Enter opens." in first
        assert first != second
        visit.page.keyboard.press("Enter")
        assert second.split(",")[0] == visit.page.inner_text("#panel h2")


def test_the_list_of_claims_is_the_equal_of_the_picture(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.page.click("#open-claims")
        rows = visit.page.locator('[data-sheet="claims"] tbody tr')
        assert len(shipped_facts().claims) == rows.count()
        visit.page.keyboard.type("russia denied intended")
        shown = [row.inner_text() for row in rows.all() if row.is_visible()]
        assert 2 == len(shown)
        visit.page.locator("#claims tbody tr:visible a.sentence").first.press("Enter")
        assert "does not intend to give" in visit.panel


LINES_OFF = "Object.values(kgNetwork.body.edges).filter((line) => line.options.hidden).length"


def test_the_legend_switches_lines_off(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        box = visit.page.locator('#legend input[data-value="denied"]')
        assert 0 == visit.page.evaluate(LINES_OFF)
        box.uncheck()
        assert 0 < visit.page.evaluate(LINES_OFF)
        assert "73 of 81 claims shown" in visit.page.locator("#sifted").inner_text()
        visit.page.get_by_role("button", name="Show all").click()
        assert 0 == visit.page.evaluate(LINES_OFF)
        assert box.is_checked()


def test_what_is_switched_off_stands_in_the_address_and_can_be_sent(
    browser: Browser, file: str
) -> None:
    with Visit(browser, file) as visit:
        visit.page.get_by_role("button", name="Nothing but intended").press("Enter")
        visit.page.get_by_text("Through whom they come").click()
        visit.page.get_by_role("checkbox", name="Western diplomatic").uncheck()
        address, hidden = visit.page.url, visit.page.evaluate(LINES_OFF)
        words = visit.page.locator("#sifted").inner_text()
        visit.page.goto("about:blank")
    assert "voice:western-sources" in address
    with Visit(browser, address) as visit:
        assert (words, hidden) == (
            visit.page.locator("#sifted").inner_text(),
            visit.page.evaluate(LINES_OFF),
        )
        assert not visit.page.get_by_role("checkbox", name="desired").is_checked()


@pytest.mark.parametrize(
    "hash", ["off=nonsense:x,modality,kind:State:x,:,voice:<b>", "near=nobody:2", "near=china:x"]
)
def test_an_address_that_says_nothing_known_shows_all(
    browser: Browser, file: str, hash: str
) -> None:
    with Visit(browser, f"{file}#{hash}") as visit:
        assert not visit.page.locator("#sifted").is_visible()
        assert [] == visit.complaints


def test_every_value_of_the_legend_counts_the_claims_that_it_leaves(
    browser: Browser, file: str
) -> None:
    with Visit(browser, file) as visit:
        for value in ("in force", "denied", "considered", "hurts"):
            row = visit.page.locator(".key", has=visit.page.get_by_role("checkbox", name=value))
            count = row.first.locator(".number").inner_text()
            row.first.get_by_role("button").press("Enter")
            assert f"{count} of 81" in visit.page.locator("#sifted").inner_text()
            visit.page.get_by_role("button", name="Show all").click()


def test_a_thing_can_be_seen_with_what_is_around_it(browser: Browser, file: str) -> None:
    shown = "Object.values(kgNetwork.body.nodes).filter((node) => !node.options.hidden).length"
    with Visit(browser, f"{file}#n=ukraine") as visit:
        counts = []
        for button in visit.page.locator(".around button").all():
            words = button.inner_text()
            button.click()
            counts.append((int(words.split("(")[1][:-1]) + 1, visit.page.evaluate(shown)))
            if "(" not in visit.page.locator(".around button").last.inner_text():
                break
        assert counts
        assert all(told == drawn for told, drawn in counts)
        assert "near=ukraine:1" in visit.page.url
        visit.page.locator(".around button", has_text="all").click()
        assert "near" not in visit.page.url


def test_a_link_in_the_panel_keeps_what_is_switched_off(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#n=china&off=polarity:denied") as visit:
        visit.page.locator("#panel a.thing").first.click()
        assert visit.page.url.endswith("&off=polarity:denied")
        assert visit.page.locator("#sifted").is_visible()


def test_tables_follow_the_picture_and_sort(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#off=polarity:affirmed") as visit:
        visit.page.click("#open-claims")
        visit.page.get_by_label("only what the picture shows").check()
        assert "8 of 81 rows" == visit.page.locator("#counted").inner_text()
        visit.page.get_by_role("button", name="Things").click()
        rows = visit.page.locator('[data-sheet="things"] tbody tr')
        visit.page.get_by_label("only what the picture shows").uncheck()
        visit.page.get_by_role("button", name="Claims about it").click()
        visit.page.get_by_role("button", name="Claims about it").click()
        counts = [int(row.locator("td").last.inner_text()) for row in rows.all()]
        assert sorted(counts, reverse=True) == counts
        assert counts[0] > 10


def test_lines_say_who_is_tied_to_whom_and_open_their_line(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        visit.page.click("#open-claims")
        visit.page.get_by_role("button", name="Lines").press("Enter")
        rows = visit.page.locator('[data-sheet="lines"] tbody tr')
        assert visit.page.evaluate("kgNetwork.body.edgeIndices.length") == rows.count()
        visit.page.fill("#only", "china, maduro government, denied …")
        (row,) = [row for row in rows.all() if row.is_visible()]
        assert [
            "China",
            "does not intend to give [extensive] financial support to; "
            "does not intend to give [extensive] military support to",
            "Maduro government",
            "2",
            "help denied",
            "not in force: its condition is not assumed",
        ] == row.locator("td").all_inner_texts()
        row.locator("a.said").press("Enter")
        assert "2 claims on this line" in visit.panel
        assert 0 == visit.page.locator(".claim.asked").count(), "no claim was asked for alone"
        assert "panel" == visit.page.evaluate("document.activeElement.id")


def test_lines_follow_what_is_switched_off_and_stay_in_order(
    browser: Browser, tmp_path: Path
) -> None:
    facts = sound_facts(
        TRIANGLE + "      - {id: more, subject: a, relation: criticizes, object: b}\n"
    )
    with Visit(browser, write(facts, tmp_path)) as visit:
        visit.page.get_by_role("button", name="Nothing but hurts").press("Enter")
        visit.page.click("#open-claims")
        visit.page.get_by_role("button", name="Lines").click()
        visit.page.get_by_role("button", name="From").click()
        visit.page.get_by_role("button", name="From").click()
        rows = visit.page.locator('[data-sheet="lines"] tbody tr:visible')
        told = [row.split("\t")[:5] for row in rows.all_inner_texts()]
        assert ["C", "B", "A"] == [cells[0] for cells in told]
        assert ["A", "backs; criticizes", "B", "2", "helps; hurts"] == told[-1]
        visit.page.get_by_label("only what the picture shows").check()
        assert ["A", "criticizes", "B", "1", "hurts"] == rows.first.inner_text().split("\t")[:5]
        assert "1 of 3 rows" == visit.page.locator("#counted").inner_text()
        with visit.page.expect_download() as saved:
            visit.page.click("#save-csv")
        saved.value.save_as(tmp_path / saved.value.suggested_filename)
    [tie] = records(tmp_path / "lines.csv")
    assert ("a", "A", "criticizes", "b", "B") == (
        tie["from_id"], tie["from"], tie["relations"], tie["to_id"], tie["to"],
    )  # fmt: skip
    assert ("1", "more", "hurts") == (tie["claims"], tie["claim_ids"], tie["effect"])


def test_claims_are_saved_with_a_column_for_each_thing_that_is_said(
    browser: Browser, file: str, tmp_path: Path
) -> None:
    facts = shipped_facts()
    with Visit(browser, file) as visit:
        visit.page.click("#open-claims")
        rows = {row["id"]: row for row in save(visit, tmp_path)}
    assert facts.claims.keys() == rows.keys()
    for id, row in rows.items():
        claim = facts.claims[id]
        assert (claim.subject, claim.relation) == (row["subject_id"], row["relation"])
        assert (claim.polarity.value, claim.modality.value) == (row["polarity"], row["modality"])
        assert (claim.when.text if claim.when else "") == row["when"].lstrip("'")
        assert (claim.object if isinstance(claim.object, str) else "") == row["object_id"]
        assert claim.source == row["source_id"]
        assert bool(row["object"]), "a value, too"
    row = rows["no-extensive-military-support--china"]
    assert "not in force: its condition is not assumed" == row["standing"]
    assert "help denied" == row["effect"]
    assert row["said_by"].startswith("China (informed) → ")
    assert "P3" in row["parts"].split("; ")


def test_the_claims_are_sorted_by_their_time_and_those_without_come_last(
    browser: Browser, file: str
) -> None:
    with Visit(browser, file) as visit:
        visit.page.click("#open-claims")
        for _ in range(2):
            visit.page.get_by_role("button", name="When").click()
            told = visit.page.locator('[data-sheet="claims"] td:nth-child(3)').all_inner_texts()
            dated = sum(claim.when is not None for claim in shipped_facts().claims.values())
            assert all(told[:dated])
            assert not any(told[dated:])
        assert 3 < dated


MENTIONS = """
    sources:
      s: {type: NewsArticle, title: News, published: 2025-12-02,
          text: {sha256: "0000000000000000000000000000000000000000000000000000000000000000",
                 characters: 99, parts: {H: 0-9, P1: 10-99}, headline: H}}
    entities: {a: {type: State, name: A}, b: {type: State, name: B}, c: {type: State, name: C}}
    defaults: {source: s}
    facts:
      - {id: f0, subject: a, relation: backs, object: b, passage: H,
         about: [f1, c], note: "See `f1`, and `kg show`."}
      - {id: f1, subject: b, relation: criticizes, object: a, passage: P1}
      - {id: f2, subject: a, relation: backs, object: b, polarity: denied, passage: P1}
"""


def test_what_a_claim_is_about_is_told_in_sentences_that_lead_there(
    browser: Browser, tmp_path: Path
) -> None:
    with Visit(browser, f"{write(sound_facts(MENTIONS), tmp_path)}#c=f0") as visit:
        assert "See f1, and kg show." in visit.panel
        assert ["f1", "kg show"] == visit.page.locator(".note code").all_inner_texts()
        assert "C" == visit.page.locator("dd a.thing").first.inner_text()
        visit.page.locator("dd a", has_text="B criticizes A").click()
        assert visit.page.url.endswith("#c=f1")


def test_what_a_headline_says_alone_is_marked_and_found(browser: Browser, tmp_path: Path) -> None:
    with Visit(browser, f"{write(sound_facts(MENTIONS), tmp_path)}#c=f0") as visit:
        assert "in a headline alone" in visit.page.locator(".claim .marks").first.inner_text()
        assert 1 == visit.panel.count("in a headline alone")
        visit.page.fill("#find", "headline")
        [found] = visit.page.locator("#found [role=option]").all_inner_texts()
        assert "in a headline alone" in found
        visit.page.click("#open-claims")
        visit.page.fill("#only", "headline")
        assert "1 of 3 rows" == visit.page.inner_text("#counted")
        assert ["true"] == [row["headline_alone"] for row in save(visit, tmp_path)]


def test_a_claim_that_disputes_what_the_page_does_not_hold_says_so(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "answer.html"
    answer = Table(("claim",), (("c:f0",),), "One")
    path.write_bytes(render(look(sound_facts(MENTIONS), Lens()), answer=answer))
    with Visit(browser, f"{path.as_uri()}#c=f0") as visit:
        assert "f2 (not in this page; to see it: kg show f2)" in visit.panel
        assert [] == visit.complaints


def test_a_table_is_saved_as_csv_that_no_spreadsheet_runs(browser: Browser, tmp_path: Path) -> None:
    facts = sound_facts(
        "sources:\n  s: {type: NewsArticle, title: News, published: 2025-12-02}\n"
        "entities:\n  a: {type: State, name: '=1+1'}\n  b: {type: State, name: 'B \"q\"'}\n"
        "facts:\n  - {id: f, subject: a, relation: backs, object: b, source: s}\n"
    )
    with Visit(browser, write(facts, tmp_path)) as visit:
        visit.page.click("#open-claims")
        visit.page.get_by_role("button", name="Things").click()
        with visit.page.expect_download() as saved:
            visit.page.click("#save-csv")
        saved.value.save_as(tmp_path / "things.csv")
        assert "things.csv" == saved.value.suggested_filename
    rows = list(csv.reader((tmp_path / "things.csv").read_text(encoding="utf-8").splitlines()))
    assert ["id", "name"] == rows[0][:2]
    assert [["a", "'=1+1"], ["b", 'B "q"']] == [row[:2] for row in rows[1:3]]


def test_an_answer_is_drawn_with_its_table(browser: Browser, tmp_path: Path) -> None:
    answer = Table(("claim", "who"), (("c:backs-venezuela--russia", "e:russia"),), "Who backs?")
    path = tmp_path / "answer.html"
    path.write_bytes(render(look(shipped_facts(), Lens()), answer=answer))
    with Visit(browser, path.as_uri()) as visit:
        visit.page.click("#open-answer")
        visit.page.get_by_role("link", name="c:backs-venezuela--russia").click()
        assert "Russia backs Venezuela" in visit.panel
        assert [] == visit.complaints
        visit.page.click("#open-answer")
        assert [] == faults(visit.page)


def test_a_thing_that_no_claim_is_about_is_seen_alone(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "view.html"
    facts = sound_facts(TRIANGLE.replace("c: {type", "d: {type: State, name: D}, c: {type"))
    path.write_bytes(render(look(facts, Lens()), "d"))
    with Visit(browser, path.as_uri()) as visit:
        assert "No claim is about D, comes through it or hangs on it." == visit.page.inner_text(
            "#nothing"
        )
        visit.click_thing("d")
        assert "No claim in this page has to do with it." in visit.panel
        assert "Not in the picture" not in visit.panel
        assert [] == visit.complaints


#: Words of a table of which the last letters stand on another line.
BROKEN = """[...document.querySelectorAll('table td')].flatMap((td) => {
    const text = [...td.childNodes].map((node) => node.firstChild ?? node).find((n) => n.length);
    if (!text) return [];
    return [...text.data.matchAll(/[A-Za-z]+/g)].filter(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return range.getClientRects().length > 1;
    }).map(([word]) => word);
})"""


def test_an_answer_with_nothing_to_draw_shows_its_table_and_breaks_no_word(
    browser: Browser, tmp_path: Path
) -> None:
    columns = tuple(f"column_{i}" for i in range(12))
    row = ("Venezuela and the government", "affirmed", "in force", *["documented"] * 9)
    path = tmp_path / "answer.html"
    scene = look(shipped_facts(), Lens())
    path.write_bytes(render(scene, answer=Table(columns, (row,) * 3, "Nothing")))
    with Visit(browser, path.as_uri()) as visit:
        assert visit.page.locator('table[data-sheet="answer"]').is_visible()
        assert [] == visit.page.evaluate(BROKEN)
        saved = save(visit, tmp_path)
        assert ("affirmed", 3) == (saved[0]["column_1"], len(saved))
        visit.page.click("#close-claims")
        assert "there is nothing to draw" in visit.page.inner_text("#nothing")


def test_colours_follow_the_system_and_the_button_and_print_is_light(
    browser: Browser, file: str
) -> None:
    is_dark = "document.documentElement.classList.contains('dark')"
    with Visit(browser, file, color_scheme="dark") as visit:
        assert visit.page.evaluate(is_dark)
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert not visit.page.evaluate(is_dark)
        visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert visit.page.evaluate(is_dark)
        visit.page.click("#theme")
        assert not visit.page.evaluate(is_dark)


def test_a_phone_gets_a_sheet_and_nothing_sticks_out(browser: Browser, file: str) -> None:
    size = {"width": 390, "height": 844}
    with Visit(browser, f"{file}#n=venezuela", viewport=size, has_touch=True) as visit:
        box = visit.page.locator("#panel").bounding_box()
        assert box is not None
        assert (0, 390) == (box["x"], box["width"])
        assert box["y"] > 300
        assert 390 == visit.page.evaluate("document.documentElement.scrollWidth")


SCREENS = pytest.mark.parametrize("screen", [LAPTOP, PHONE, SMALL_PHONE, PHONE_ON_ITS_SIDE])

#: The shapes of things that are not wholly in the part of the picture that the panel leaves free.
HIDDEN = """(things) => {
    const area = document.getElementById("canvas").getBoundingClientRect();
    const panel = document.getElementById("panel").getBoundingClientRect();
    const isBeside = panel.left > area.left;
    const right = panel.width && isBeside ? panel.left : area.right;
    const bottom = panel.width && !isBeside ? panel.top : area.bottom;
    return (things ?? Object.keys(kgNetwork.getPositions())).filter((thing) => {
        const shape = shapeOf(thing);
        return shape[0] < 0 || shape[1] < 0 ||
            area.left + shape[2] > right || area.top + shape[3] > bottom;
    });
}"""

TRIANGLE = """
    sources: {s: {type: NewsArticle, title: News, published: 2025-12-02}}
    entities: {a: {type: State, name: A}, b: {type: State, name: B}, c: {type: State, name: C}}
    defaults: {source: s}
    facts:
      - {id: f0, subject: a, relation: backs, object: b}
      - {id: f1, subject: b, relation: backs, object: c}
      - {id: f2, subject: c, relation: backs, object: a}
"""


@SCREENS
def test_what_is_opened_is_wholly_beside_the_panel(
    browser: Browser, file: str, screen: dict[str, int]
) -> None:
    facts = shipped_facts()
    around = {thing for c in facts.claims.values() if "china" in c.things for thing in c.things}
    claim = facts.claims["no-extensive-military-support--china"]
    with Visit(browser, f"{file}#n=china", viewport=screen) as visit:
        assert [] == visit.page.evaluate(HIDDEN, sorted(around))
        visit.page.evaluate(f"location.hash = 'c={claim.id}'")
        visit.page.wait_for_selector(".claim.asked")
        assert [] == visit.page.evaluate(HIDDEN, sorted(claim.things))


@SCREENS
def test_a_small_picture_stays_whole_and_comes_back(
    browser: Browser, tmp_path: Path, screen: dict[str, int]
) -> None:
    view = "[kgNetwork.getScale(), kgNetwork.getViewPosition()]"
    with Visit(browser, write(sound_facts(TRIANGLE), tmp_path), viewport=screen) as visit:
        before = visit.page.evaluate(view)
        for thing in "abc":
            visit.click_thing(thing)
            assert [] == visit.page.evaluate(HIDDEN, None)
        visit.page.click("#close")
        after = visit.page.evaluate(view)
        assert [pytest.approx(part) for part in before] == after


@SCREENS
@pytest.mark.parametrize("thing", ["china", "russia"])
def test_an_address_with_surroundings_opens_upon_all_of_them(
    browser: Browser, file: str, screen: dict[str, int], thing: str
) -> None:
    facts = shipped_facts()
    around = {end for c in facts.claims.values() if thing in c.things for end in c.things}
    with Visit(browser, f"{file}#near={thing}:1", viewport=screen) as visit:
        visit.page.wait_for_timeout(300)  # milliseconds: a window may still settle
        assert [] == visit.page.evaluate(HIDDEN, sorted(around))
        assert [] == visit.page.evaluate(UNDER_WORDS)
        scale = visit.page.evaluate("kgNetwork.getScale()")
        visit.page.click("#whole")
        assert pytest.approx(scale) == visit.page.evaluate("kgNetwork.getScale()")


@SCREENS
def test_surroundings_fill_the_picture_when_the_panel_goes(
    browser: Browser, file: str, screen: dict[str, int]
) -> None:
    view = "[kgNetwork.getScale(), kgNetwork.getViewPosition()]"
    with Visit(browser, f"{file}#n=china", viewport=screen) as visit:
        visit.page.locator(".around button").first.click()
        assert [] == visit.page.evaluate(UNDER_WORDS)
        visit.page.click("#close")
        closed = visit.page.evaluate(view)
        visit.page.click("#whole")
        assert [pytest.approx(part) for part in closed] == visit.page.evaluate(view)


#: The shapes that lie under the words on what is shown.
UNDER_WORDS = """(() => {
    const area = document.getElementById("canvas").getBoundingClientRect();
    const words = document.getElementById("sifted").getBoundingClientRect();
    const shown = Object.values(kgNetwork.body.nodes).filter((node) => !node.options.hidden);
    return shown.map((node) => node.id).filter((thing) => {
        const shape = shapeOf(thing);
        return area.left + shape[2] > words.left && area.left + shape[0] < words.right &&
            area.top + shape[1] < words.bottom && area.top + shape[3] > words.top;
    });
})()"""


#: Keeps every text of the last drawing with its box, in pixels of the canvas.
TEXTS = """
    const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        window.texts = [];
        return clearRect.apply(this, box);
    };
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        const size = this.measureText(text);
        const { a, e, f } = this.getTransform();
        const [left, right] = [x - size.actualBoundingBoxLeft, x + size.actualBoundingBoxRight];
        const [top, bottom] = [y - size.actualBoundingBoxAscent, y + size.actualBoundingBoxDescent];
        const box = [left * a + e, top * a + f, right * a + e, bottom * a + f];
        window.texts.push({ text, box });
        return fillText.call(this, text, x, y);
    };
"""


@SCREENS
def test_the_words_of_an_opened_claim_stand_at_its_line_and_upon_nothing(
    browser: Browser, file: str, screen: dict[str, int]
) -> None:
    address = f"{file}#c=no-extensive-military-support--china"
    with Visit(browser, address, TEXTS, viewport=screen) as visit:
        visit.page.wait_for_timeout(100)  # milliseconds: it is drawn after it has been moved
        texts = [(text["text"], text["box"]) for text in visit.page.evaluate("texts")]
        words = ["does not intend to give", "[extensive] military", "support to, if … +1"]
        own = [box for text, box in texts if text in words]
        assert words == [text for text, _ in texts if text in words]
        others = [box for text, box in texts if text not in words]
        shapes = visit.page.evaluate("Object.keys(kgNetwork.getPositions()).map(shapeOf)")
        for box in own:
            assert not [other for other in (*others, *shapes) if overlap(box, other)]
        [x, y] = visit.page.evaluate(
            """(claim) => {
                const lines = JSON.parse(document.getElementById("lines").textContent);
                const { id } = lines.find((line) => line.claims.includes(claim));
                const at = kgNetwork.canvasToDOM(kgNetwork.body.edges[id].edgeType.getPoint(0.5));
                return [at.x, at.y];
            }""",
            "no-extensive-military-support--china",
        )
        left, top, right, bottom = own[0][0], own[0][1], own[-1][2], own[-1][3]
        assert left - 60 < x < right + 60
        assert top - 60 < y < bottom + 60


def overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("screen", [PHONE, SMALL_PHONE])
def test_a_phone_shows_more_picture_than_head_and_has_room_for_fingers(
    browser: Browser, file: str, screen: dict[str, int]
) -> None:
    small = """[...document.querySelectorAll("button, summary, label, .chain a, .rows a, .id a")]
        .filter((element) => element.checkVisibility())
        .filter((element) => Math.min(element.offsetWidth, element.offsetHeight) < 24)
        .map((element) => element.textContent)"""
    with Visit(browser, file, viewport=screen, has_touch=True) as visit:
        assert visit.page.evaluate("document.querySelector('header').offsetHeight") < 190
        visit.page.click("#legend summary")
        assert [] == visit.page.evaluate(small)
        visit.page.evaluate("location.hash = 'n=venezuela'")
        visit.page.wait_for_selector("#panel:visible")
        assert [] == visit.page.evaluate(small)


def test_a_finger_may_miss_a_thing_by_a_little(browser: Browser, file: str) -> None:
    with Visit(browser, file, viewport=PHONE, has_touch=True) as visit:
        _, top, right, bottom = visit.page.evaluate("shapeOf('strategic-gains')")
        area = visit.page.locator("#canvas").bounding_box()
        assert area is not None
        visit.page.touchscreen.tap(area["x"] + right + 8, area["y"] + (top + bottom) / 2)
        visit.page.wait_for_selector("#panel:visible")
        assert "Strategic gains" == visit.page.inner_text("#panel h2")


@pytest.mark.parametrize("screen", [LAPTOP, PHONE])
def test_paper_gets_the_whole_picture_and_the_screen_its_own_again(
    browser: Browser, file: str, screen: dict[str, int]
) -> None:
    view = "[kgNetwork.getScale(), kgNetwork.getViewPosition(), shapeOf('venezuela')]"
    with Visit(browser, file, viewport=screen) as visit:
        before = visit.page.evaluate(view)
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert [] == visit.page.evaluate(HIDDEN, None)
        assert visit.page.locator(".keys").is_visible()
        visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
        after = visit.page.evaluate(view)
        assert [pytest.approx(part) for part in before] == after
        assert [] == visit.complaints


@pytest.mark.parametrize("screen", [LAPTOP, PHONE])
def test_paper_gets_what_is_in_focus_alone_and_what_is_said_of_it(
    browser: Browser, file: str, screen: dict[str, int]
) -> None:
    shown = "kgNetwork.body.data.nodes.get().filter((node) => !node.hidden).map(({ id }) => id)"
    view = "[kgNetwork.getScale(), kgNetwork.getViewPosition(), shapeOf('venezuela')]"
    with Visit(browser, f"{file}#n=venezuela", viewport=screen) as visit:
        before, drawn = visit.page.evaluate(view), visit.page.evaluate(shown)
        panel = visit.page.inner_text("#details")
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        tied = visit.page.evaluate(shown)
        around = visit.page.evaluate("kgNetwork.getConnectedNodes('venezuela')")
        assert {"venezuela", *around} == set(tied) < set(drawn)
        visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert [pytest.approx(part) for part in before] == visit.page.evaluate(view)
        assert drawn == visit.page.evaluate(shown)
        assert panel == visit.page.inner_text("#details")
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        visit.page.emulate_media(media="print")
        name, picture, claim = (
            visit.page.locator(part).first.bounding_box() for part in ("h2", "#canvas", ".claim")
        )
        assert name
        assert picture
        assert claim
        assert name["y"] < picture["y"] < claim["y"]
        assert 0 == visit.page.locator("#claims table:visible, .keys:visible").count()
        assert "Blue: helps" in visit.page.inner_text("#how-to-read")
        assert [] == visit.complaints


def test_paper_gets_the_claims_that_the_picture_shows(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#off=polarity:affirmed") as visit:
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        visit.page.emulate_media(media="print")
        assert 8 == visit.page.locator("#claims tbody tr:visible").count()
        assert 1 == visit.page.locator("#claims table:visible").count()


def test_few_lines_have_their_words_and_fill_the_picture(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#off=polarity:affirmed", TEXTS) as visit:
        visit.page.wait_for_timeout(100)  # milliseconds: it is drawn after it has been moved
        texts = {text["text"] for text in visit.page.evaluate("texts")}
        assert {"does not want to confront", "does not want to incur"} <= texts
        assert visit.page.evaluate("kgNetwork.getScale()") > 1


def test_an_upright_screen_sees_all_states_at_first(browser: Browser, file: str) -> None:
    states = [entity.id for entity in shipped_facts().entities.values() if entity.type == "State"]
    with Visit(browser, file, viewport=PHONE) as visit:
        drawn = visit.page.evaluate("Object.keys(kgNetwork.getPositions())")
        assert [] == visit.page.evaluate(HIDDEN, [state for state in states if state in drawn])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [LAPTOP, PHONE])
@pytest.mark.parametrize("page", ["file", "earlier"])
def test_axe_finds_nothing(
    browser: Browser,
    request: pytest.FixtureRequest,
    page: str,
    screen: dict[str, int],
    scheme: str,
) -> None:
    address = request.getfixturevalue(page)
    with Visit(browser, address, viewport=screen, color_scheme=scheme) as visit:
        visit.page.evaluate("document.getElementById('legend').open = true")
        assert [] == faults(visit.page)
        visit.page.evaluate("location.hash = 'c=no-extensive-military-support--china'")
        visit.page.wait_for_selector("#panel:visible")
        assert [] == faults(visit.page)
        if visit.page.locator("#open-findings").count():
            visit.page.click("#open-findings")
            assert [] == faults(visit.page)
        visit.page.click("#open-claims")
        assert [] == faults(visit.page)
        visit.page.get_by_role("button", name="Lines").click()
        assert [] == faults(visit.page)
        visit.page.get_by_role("button", name="Things").click()
        assert [] == faults(visit.page)


# -- two lenses in one picture --------------------------------------------------------------------


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """The shipped facts through the default lens and through one with dials turned, as a file."""

    def draw(**dials: tuple[str, ...]) -> str:
        facts = shipped_facts()
        other = look(facts, make_lens("other", dials, facts, Lens()))
        path = tmp_path_factory.mktemp("compared") / "compared.html"
        path.write_bytes(render(compare(look(facts, Lens()), other)))
        return path.as_uri()

    return draw


@pytest.fixture(scope="module")
def escalation(compared: Callable[..., str]) -> str:
    return compared(assume=("us-escalation",))


@pytest.fixture(scope="module")
def earlier(compared: Callable[..., str]) -> str:
    return compared(as_of=("2021",))


#: How the lines of a claim are drawn: colour, width, dashes, hidden.
LOOKS = """(claim) => {
    const lines = JSON.parse(document.getElementById("lines").textContent);
    return lines.filter((line) => line.claims.includes(claim)).map(({ id }) => {
        const { color, width, dashes, hidden } = kgNetwork.body.edges[id].options;
        return [color.color, width, dashes, hidden];
    });
}"""
PAINT = "(name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_changes_differs_in_colour_width_and_sign(
    browser: Browser, earlier: str, scheme: str
) -> None:
    claims = {
        "gained": "former-partner--china",
        "lost": "advice-against-escalation--china",
        "otherwise": "reliance-on-counter-alliances",
    }
    with Visit(browser, earlier, color_scheme=scheme) as visit:
        for fate, claim in claims.items():
            [[colour, width, dashes, hidden]] = visit.page.evaluate(LOOKS, claim)
            assert visit.page.evaluate(PAINT, fate).strip() == colour
            assert (False, False) == (dashes, hidden), "solid, as it stands where it is in force"
            assert (width > 3) == (fate == "gained")
            visit.page.evaluate(f"location.hash = 'c={claim}'")
            visit.page.wait_for_selector(f"#panel .standing.{fate}")
        assert [] == visit.complaints
        assert [earlier] == visit.asked


def test_an_assumption_draws_gained_denials_crossed_and_one_gained_tie(
    browser: Browser, escalation: str
) -> None:
    lines = """JSON.parse(document.getElementById("lines").textContent)
        .filter((line) => line.fate === "gained")
        .map((line) => [line.denied, line.stroke, line.claims.length])"""
    with Visit(browser, escalation) as visit:
        assert [
            [False, "supposed", 1],
            [True, "planned", 2],
            [True, "planned", 2],
        ] == sorted(visit.page.evaluate(lines))
        visit.click_thing("us-escalation")
        assert "scenario, gains its first ties" == visit.page.inner_text("#panel .kind").lower()


def test_a_claim_says_how_it_stood_how_it_stands_and_why(browser: Browser, escalation: str) -> None:
    with Visit(browser, f"{escalation}#c=no-extensive-military-support--china") as visit:
        assert "2 claims on this line, gained" in visit.panel
        card = visit.page.locator(".claim.asked")
        assert "gained · comes into force: --assume" == card.locator(".standing").inner_text()
        told = card.locator(".rows").inner_text().replace("\n", " ")
        assert told.startswith("before not in force: its condition is not assumed")
        assert "after in force as a denial" in told
        visit.page.evaluate("location.hash = 'c=backs-venezuela--china'")
        visit.page.wait_for_selector(".standing.kept")
        assert "in force, before and after" in visit.panel


def test_what_changes_is_sifted_and_stands_in_the_address(browser: Browser, earlier: str) -> None:
    with Visit(browser, earlier) as visit:
        assert 19 == visit.page.evaluate(
            "JSON.parse(document.getElementById('nodes').textContent)"
            ".filter((node) => node.fate === 'lost').length"
        )
        assert "19" in visit.page.locator(".remark", has_text="lose all their ties").inner_text()
        visit.page.get_by_role("button", name="Nothing but gained").press("Enter")
        assert "5 of 81 claims shown" in visit.page.locator("#sifted").inner_text()
        hidden, address = visit.page.evaluate(LINES_OFF), visit.page.url
        visit.page.goto("about:blank")
    assert "change:lost" in address
    with Visit(browser, address) as visit:
        assert hidden == visit.page.evaluate(LINES_OFF)
        assert not visit.page.get_by_role("checkbox", name="lost").is_checked()


def test_few_changes_carry_their_words_among_many_lines(browser: Browser, escalation: str) -> None:
    address = f"{escalation}#near=trump-administration:1"
    with Visit(browser, address, TEXTS) as visit:
        visit.page.wait_for_timeout(100)  # milliseconds: it is drawn after it has been moved
        assert "gained: could carry out" in {text["text"] for text in visit.page.evaluate("texts")}


def test_tables_say_what_changes_and_sort_and_save_it(
    browser: Browser, earlier: str, tmp_path: Path
) -> None:
    with Visit(browser, earlier) as visit:
        visit.page.click("#open-claims")
        visit.page.fill("#only", "gained as-of")
        assert "5 of 81 rows" == visit.page.inner_text("#counted")
        [row] = [row for row in save(visit, tmp_path) if row["id"] == "former-partner--china"]
        assert ("gained", "comes into force: --as-of") == (row["change"], row["why"])
        assert ("not in force: not at that time", "in force, possibly") == (
            row["standing_before"], row["standing"],
        )  # fmt: skip
        visit.page.get_by_role("button", name="Lines").press("Enter")
        visit.page.fill("#only", "venezuela, partner, gained")
        assert "2 of 68 rows" == visit.page.inner_text("#counted")
        assert {"gained"} == {row["change"] for row in save(visit, tmp_path)}
        visit.page.fill("#only", "")
        visit.page.get_by_role("button", name="Change", exact=True).click()
        rows = visit.page.locator('[data-sheet="lines"] tbody tr td:nth-child(6)')
        told = rows.all_inner_texts()
        assert 4 == sum(one != other for one, other in zip(["", *told], told, strict=False))


def test_a_change_is_found_and_told_to_who_walks_by_keys(browser: Browser, earlier: str) -> None:
    with Visit(browser, earlier) as visit:
        visit.page.fill("#find", "gained partner china")
        [found] = visit.page.locator("#found [role=option]").all_inner_texts()
        assert "claim · gained · comes into force: --as-of" in found
        visit.page.keyboard.press("Enter")
        assert "gained. Venezuela is a partner of China" in visit.page.inner_text("#said")
    with Visit(browser, f"{earlier}#near=donald-trump:1") as visit:
        visit.page.focus("#canvas")
        visit.page.keyboard.press("ArrowRight")
        assert ", loses all its ties, " in visit.page.inner_text("#said")


@pytest.mark.parametrize("screen", [PHONE, SMALL_PHONE])
def test_a_phone_names_where_two_lenses_part(
    browser: Browser, escalation: str, screen: dict[str, int]
) -> None:
    with Visit(browser, escalation, viewport=screen, has_touch=True) as visit:
        lenses = visit.page.locator(".lens").all_inner_texts()
        assert "After, seen assuming Escalation of US measures" == lenses[-1]
        assert visit.page.evaluate("document.querySelector('header').offsetHeight") < 230
        assert screen["width"] == visit.page.evaluate("document.documentElement.scrollWidth")


def test_a_thing_that_was_moved_stays_where_it_was_put(browser: Browser, tmp_path: Path) -> None:
    at = "kgNetwork.getPosition('b')"
    with Visit(browser, write(sound_facts(TRIANGLE), tmp_path)) as visit:
        left, top, right, bottom = visit.page.evaluate("shapeOf('b')")
        area = visit.page.locator("#canvas").bounding_box()
        assert area is not None
        x, y = area["x"] + (left + right) / 2, area["y"] + (top + bottom) / 2
        before = visit.page.evaluate(at)
        visit.page.mouse.move(x, y)
        visit.page.mouse.down()
        visit.page.mouse.move(x + 30, y + 20, steps=4)
        visit.page.mouse.up()
        moved = visit.page.evaluate(at)
        assert before != moved
        visit.click_thing("a")
        assert moved == visit.page.evaluate(at)


NASTY = [
    "<img src=x onerror=window.hacked=1>",
    "</script><script>window.hacked=1</script>",
    "<!--<script>window.hacked=1//-->",
    "line\u2028separator\u2029here",
    "{{7*7}}${7*7}",
    "\u202edesrever\u202c \u2066isolated",
    "very long " * 60,
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 emoji",
    "javascript:window.hacked=1",
    "<a href=https://example.org>href</a>",
    "constructor",
    "__proto__",
]


def quoted(text: str) -> str:
    """The text as a YAML scalar that keeps every character."""
    plain = json.dumps(text, ensure_ascii=False)
    return plain.replace("\u2028", "\\L").replace("\u2029", "\\P")


def nasty_facts() -> FactSet:
    named = "\n".join(f"  e{i}: {{type: State, name: {quoted(n)}}}" for i, n in enumerate(NASTY))
    facts = "\n".join(
        f"  - {{id: f{i}, subject: e{i}, relation: backs, object: e{(i + 1) % len(NASTY)}, "
        f"degree: {quoted(n)}, manner: {quoted(n)}, note: {quoted(n)}, "
        f"said_by: [{{by: e{i}, verb: {quoted(n)}}}]}}"
        for i, n in enumerate(NASTY)
    )
    return sound_facts(
        "sources:\n"
        f"  s: {{type: NewsArticle, title: {quoted(NASTY[1])}, published: 2025-12-02}}\n"
        f"entities:\n{named}\n  constructor: {{type: State, name: A name of JavaScript}}\n"
        f"defaults: {{source: s}}\nfacts:\n{facts}\n"
        "  - {id: own, subject: constructor, relation: backs, object: e0}\n",
        profile=f"title: {quoted(NASTY[0])}\nbase: https://example.org/test/\n",
    )


def test_hostile_names_run_nothing(browser: Browser, tmp_path: Path) -> None:
    file = write(nasty_facts(), tmp_path)
    with Visit(browser, file) as visit:
        for i, name in enumerate(NASTY):
            visit.page.evaluate(f"location.hash = '#n=e{i}'")
            visit.page.wait_for_function(f"location.hash === '#n=e{i}'")
            expected = " ".join(name.split())
            shown = " ".join(visit.page.locator("#panel h2").text_content().split())  # type: ignore[union-attr]
            assert expected == shown
        visit.page.evaluate("location.hash = '#n=constructor'")
        visit.page.wait_for_function("document.querySelector('#panel h2').textContent[0] === 'A'")
        visit.page.fill("#find", "on")
        visit.page.click("#open-claims")
        assert None is visit.page.evaluate("window.hacked ?? null")
        assert 0 == visit.page.locator("img").count()
        assert [file] == visit.asked
        assert [] == visit.complaints
        assert NASTY[0] == visit.page.title()


MATRIX = '[data-sheet="matrix"]'


def open_matrix(visit: Visit) -> None:
    visit.page.click("#open-claims")
    visit.page.get_by_role("button", name="Matrix").press("Enter")


def told_in(visit: Visit) -> dict[tuple[str, str], str]:
    """The cells of the matrix that say something, by the names of their row and column."""
    head, *rows = (
        [cell.strip() for cell in cells]
        for cells in visit.page.locator(f"{MATRIX} tr").evaluate_all(
            "(rows) => rows.filter((row) => !row.hidden)"
            ".map((row) => [...row.cells].map((cell) => cell.textContent))"
        )
    )
    return {
        (row[0], to): text
        for row in rows
        for to, text in zip(head, row, strict=True)
        if text and to
    }


def test_the_matrix_counts_the_claims_of_every_line(browser: Browser, file: str) -> None:
    with Visit(browser, file) as visit:
        counted: dict[tuple[str, str], int] = {}
        for line in visit.page.evaluate("JSON.parse(document.getElementById('lines').textContent)"):
            ends = (line["from"], line["to"])
            if line.get("inferred") or ends[0] == ends[1]:
                continue
            for pair in (ends,) if line["arrows"] == "to" else (ends, ends[::-1]):
                counted[pair] = counted.get(pair, 0) + len(line["claims"])
        name = shipped_facts().name
        open_matrix(visit)
        told = told_in(visit)
        assert {(name(one), name(other)): number for (one, other), number in counted.items()} == {
            pair: int(re.sub(r"\D", "", text)) for pair, text in told.items()
        }
        assert ("9±", "(1−×)") == (told["Russia", "Venezuela"], told["China", "Losses"])
        head = visit.page.locator(f"{MATRIX} thead th").all_inner_texts()
        assert {"Venezuela", "Russia", "China"} == set(head[:3]), "who is tied most stands together"
        visit.page.get_by_role("link", name="Russia to Venezuela: 9 claims, ").press("Enter")
        assert "Russia" in visit.panel
        assert "panel" == visit.page.evaluate("document.activeElement.id")
        assert [] == visit.complaints


def test_the_matrix_follows_the_picture_and_is_saved_as_it_is_seen(
    browser: Browser, file: str, tmp_path: Path
) -> None:
    with Visit(browser, f"{file}#off=polarity:affirmed") as visit:
        open_matrix(visit)
        everything = told_in(visit)
        visit.page.get_by_label("only what the picture shows").check()
        denied = told_in(visit)
        assert 0 < len(denied) < len(everything)
        assert all("×" in text for text in denied.values())
        visit.page.fill("#only", "china")
        saved = save(visit, tmp_path)
        assert 1 == len(saved)
        assert denied["China", "Losses"] == saved[0]["Losses"]


def test_the_matrix_tells_what_becomes_of_ties_between_two_lenses(
    browser: Browser, escalation: str, file: str
) -> None:
    told = []
    for address in (escalation, f"{file}#assume=us-escalation"):
        with Visit(browser, address) as visit:
            open_matrix(visit)
            told.append(told_in(visit))
            gained = visit.page.get_by_role("link", name="China to Maduro government: 3 claims, ")
            assert gained.get_attribute("aria-label").endswith("kept; gained")  # type: ignore[union-attr]
            assert "+ gained" in visit.page.inner_text(f"{MATRIX} caption")
    assert told[0] == told[1]
    assert {"3+"} == {told[0][ally, "Maduro government"] for ally in ("Russia", "China")}
    assert "9" == told[0]["Russia", "Venezuela"], "what stays has no mark"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [LAPTOP, PHONE])
def test_axe_finds_nothing_in_the_matrix_and_a_phone_sees_what_it_says(
    browser: Browser, file: str, screen: dict[str, int], scheme: str
) -> None:
    with Visit(browser, file, viewport=screen, color_scheme=scheme) as visit:
        open_matrix(visit)
        assert [] == faults(visit.page)
        told = visit.page.locator(f"{MATRIX} caption span").bounding_box()
        assert told is not None
        assert told["x"] + told["width"] <= screen["width"]
        visit.page.get_by_role("button", name="Over time").click()
        assert [] == faults(visit.page)
        across = "document.querySelector('dialog[open] .scroll').scrollWidth"
        assert visit.page.evaluate(across) <= screen["width"]


def test_the_matrix_of_many_says_how_many_it_leaves_out(browser: Browser, tmp_path: Path) -> None:
    names = [f"s{number}" for number in range(50)]
    facts = sound_facts(
        "sources:\n  s: {type: NewsArticle, title: News, published: 2025-12-02}\nentities:\n"
        + "".join(f"  {name}: {{type: State, name: '<b>{name}</b>'}}\n" for name in names)
        + "facts:\n"
        + "".join(
            f"  - {{id: f{number}, subject: {one}, relation: backs, object: {other}, source: s}}\n"
            for number, (one, other) in enumerate(pairwise(names))
        )
    )
    with Visit(browser, write(facts, tmp_path)) as visit:
        open_matrix(visit)
        assert "10 others are left out" in visit.page.inner_text(f"{MATRIX} caption")
        heads = visit.page.locator(f"{MATRIX} thead th")
        assert heads.count() in (39, 40)
        assert heads.first.inner_text().startswith("<b>s")
        assert [] == visit.complaints


def test_a_panel_tells_whom_a_thing_is_tied_to_and_by_what(browser: Browser, file: str) -> None:
    with Visit(browser, f"{file}#n=russia") as visit:
        ties = visit.page.locator(".ties li").all_inner_texts()
        lines = visit.page.evaluate("JSON.parse(document.getElementById('lines').textContent)")
        own = [
            line
            for line in lines
            if "russia" in (line["from"], line["to"]) and not line.get("inferred")
        ]
        others = {end for line in own for end in (line["from"], line["to"])} - {"russia"}
        assert f"Tied to{len(others)}" in visit.page.locator("#panel h3").all_text_contents()
        numbers = [int(tie.rsplit("\u00a0", 1)[1].strip("()")) for tie in ties]
        assert sum(len(line["claims"]) for line in own) == sum(numbers)
        assert ["→ Venezuela\u00a03", "← Venezuela\u00a01", "↔ Venezuela\u00a0(1)"] == ties[:3]
        visit.page.get_by_role("link", name="with Venezuela: 1 claim, none in force").press("Enter")
        assert "Venezuela ↔ Russia" in visit.panel
        assert "Tied to" not in visit.panel
        assert [] == visit.complaints


def test_one_tie_needs_no_list(browser: Browser, tmp_path: Path) -> None:
    facts = sound_facts(TRIANGLE.partition("      - {id: f2")[0])
    with Visit(browser, write(facts, tmp_path)) as visit:
        visit.click_thing("a")
        assert "A backs B" in visit.panel
        assert "Tied to" not in visit.panel
