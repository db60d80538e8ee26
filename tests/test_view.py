from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html import unescape
from typing import Any

import pytest

from kg.compare import compare
from kg.lens import Lens, make_lens
from kg.model.facts import Condition, Modality
from kg.model.table import Table
from kg.scene import Scene, look
from kg.view import picture
from kg.view.dossier import render, told
from kg.view.labels import _cut, in_lines
from kg.view.lines import Stroke, Tone
from kg.view.picture import compose
from kg.voices import voices_of
from tests.conftest import ROOT, shipped_facts, sound_facts

HEAD = """
    sources:
      s: {type: NewsArticle, title: News, publisher: press, published: 2025-12-02,
          url: "https://example.org/news"}
    entities:
      press: {type: MediaOrganization, name: The Press}
      a: {type: State, name: Alpha, aliases: [A-land], codes: {iso3166: AA}}
      b: {type: State, name: Beta}
      c: {type: Person, name: Carol}
      d: {type: Concept, name: Doubt}
      prize: {type: Reward, name: The prize}
      war: {type: Scenario, name: Open war}
    defaults: {source: s}
    facts:
"""


def scene_of(*facts: str, **dials: tuple[str, ...]) -> Scene:
    lines = "\n".join(f"      - {{id: f{i}, {fact}}}" for i, fact in enumerate(facts))
    found = sound_facts(HEAD + lines + "\n")
    return look(found, make_lens("test", dials, found, Lens()))


def data_of(page: bytes, name: str) -> Any:
    found = re.search(rf'<script type="([^"]*)" id="{name}">(.*?)</script>', page.decode())
    assert found
    kind, text = found.groups()
    return json.loads(text if "json" in kind else gzip.decompress(b64decode(text)))


BACKS = "subject: a, relation: backs, object: b"


# -- the picture ----------------------------------------------------------------------------------


def test_one_line_for_each_pair_and_standing() -> None:
    shown = compose(
        scene_of(
            BACKS,
            "subject: a, relation: lendsTo, object: b",
            f"{BACKS}, polarity: denied",
            f"{BACKS}, modality: intended",
            f"{BACKS}, condition: war, polarity: denied",
            f"{BACKS}, when: 1990/2000",
            f"{BACKS}, basis: presupposed",
            "subject: b, relation: backs, object: a",
        )
    )
    lines = [(x.subject, x.stroke, x.holds, x.denied, x.claims) for x in shown.lines]
    assert [
        ("a", Stroke.ACTUAL, True, False, ("f0", "f1")),
        ("a", Stroke.ACTUAL, True, True, ("f2",)),
        ("a", Stroke.OUTSIDE, False, False, ("f5", "f6")),
        ("a", Stroke.PLANNED, False, False, ("f3",)),
        ("a", Stroke.PLANNED, False, True, ("f4",)),
        ("b", Stroke.ACTUAL, True, False, ("f7",)),
    ] == lines
    assert 5 == len({line.bend for line in shown.lines if line.subject == "a"})
    assert [True, True] == [line.disputed for line in shown.lines[:2]]
    assert (("backs",), ("lends to",)) == shown.lines[0].words


def test_an_assumption_makes_a_pale_line_strong_and_keeps_its_dashes_and_its_cross() -> None:
    denial = f"{BACKS}, condition: war, polarity: denied"
    for dials, holds in (({}, False), ({"assume": ("war",)}, True)):
        [line] = compose(scene_of(denial, **dials)).lines
        assert (Stroke.PLANNED, holds, True) == (line.stroke, line.holds, line.denied)


@pytest.mark.parametrize(
    ("modality", "stroke"),
    [
        ("actual", Stroke.ACTUAL),
        ("intended", Stroke.PLANNED),
        ("desired", Stroke.PLANNED),
        ("expected", Stroke.PLANNED),
        ("considered", Stroke.SUPPOSED),
        ("hypothetical", Stroke.SUPPOSED),
    ],
)
def test_a_line_is_dashed_by_its_modality(modality: str, stroke: Stroke) -> None:
    fact = f"{BACKS}, modality: {modality}"
    [line] = compose(scene_of(fact, modality=(modality,))).lines
    assert (stroke, True) == (line.stroke, line.holds)


def test_only_what_is_actual_and_in_force_is_solid() -> None:
    for lens in (
        Lens(),
        Lens(modality=tuple(Modality)),
        Lens(assume=(Condition("us-escalation"),)),
    ):
        scene = look(shipped_facts(), lens)
        for line in compose(scene).lines:
            for id in line.claims:
                claim = scene.facts.claims[id]
                is_plain = claim.modality is Modality.ACTUAL and not claim.conditions
                assert (line.stroke is Stroke.ACTUAL) == (line.holds and is_plain)
                assert line.holds == scene.standings[id].holds


def test_the_colour_of_a_line_is_what_its_relations_mean() -> None:
    facts = [f"subject: a, relation: {relation}, object: b" for relation in ("visits", "attacks")]
    assert [Tone.NEITHER] == [line.tone for line in compose(scene_of(facts[0])).lines]
    assert [Tone.BAD] == [line.tone for line in compose(scene_of(*facts)).lines]
    assert [Tone.GOOD] == [line.tone for line in compose(scene_of(BACKS)).lines]
    assert [Tone.MIXED] == [line.tone for line in compose(scene_of(BACKS, *facts)).lines]


def test_long_words_of_a_line_stand_in_two_rows() -> None:
    fact = "subject: a, relation: givesMilitarySupportTo, object: b, polarity: denied"
    [line] = compose(scene_of(f"{fact}, modality: intended")).lines
    assert (("does not intend to give", "military support to"),) == line.words


def test_a_symmetric_relation_points_both_ways() -> None:
    [line] = compose(scene_of("subject: a, relation: hasTensionsWith, object: b")).lines
    assert line.both_ways


def test_everything_that_claims_are_about_is_drawn_and_nothing_else() -> None:
    shown = compose(
        scene_of(
            "subject: a, relation: faces, object: d",
            "subject: prize, relation: amountsTo, object: 15 USD",
            f"{BACKS}, said_by: [c], condition: war, modality: intended",
        )
    )
    assert ["a", "b", "d", "prize"] == [node.thing for node in shown.nodes]
    assert {"s", "c", "war", "press"} <= set(shown.things), "the panel knows who speaks, too"
    assert not shown.things["c"]["drawn"]
    [(_, claims)] = [part for part in shown.things["war"]["parts"] if "hangs" in part[0]]
    assert ["f2"] == claims


def test_a_literal_is_said_in_the_panel_of_its_subject() -> None:
    shown = compose(scene_of("subject: prize, relation: amountsTo, object: 15 USD"))
    assert () == shown.lines
    assert "15 USD" == shown.claims["f0"]["sentence"][-1][0]
    assert None is shown.claims["f0"]["line"]


def test_the_legend_counts_what_is_drawn() -> None:
    shown = compose(scene_of(BACKS, f"{BACKS}, polarity: denied", f"{BACKS}, modality: desired"))
    counts = {f.id: {v.id: v.count for v in f.values} for f in shown.facets}
    assert {"in-force": 2, "modality": 1} == counts["standing"]
    assert {"actual": 2, "desired": 1} == counts["modality"]
    assert {"affirmed": 2, "denied": 1} == counts["polarity"]
    assert {"good": 2, "good-denied": 1} == counts["tone"], "help that is denied is no help"
    assert {"alignment": 3} == counts["family"]
    assert {"s": 3} == {v: n for v, n in counts["voice"].items() if v == "s"}
    assert 2 == shown.disputed
    assert [("State", "n0", 2)] == [(g.type, g.colour, g.count) for g in shown.groups]


def test_no_two_kinds_look_alike() -> None:
    shown = compose(look(shipped_facts(), Lens()))
    looks = [(group.shape, group.colour) for group in shown.groups]
    assert len(looks) == len(set(looks)) > 5


@pytest.mark.parametrize("focus", ["united-states", "wsj-report", "us-escalation"])
def test_what_is_found_of_a_thing_rests_on_claims_that_name_it_or_come_through_it(
    focus: str,
) -> None:
    facts = shipped_facts()
    drawn = compose(look(facts, Lens()), focus, hops=2)
    own = {claim.id for claim in facts.mentions[focus]} | {
        id for id, claim in facts.claims.items() if focus in voices_of(claim, facts)
    }
    told = [each for topic in drawn.findings for each in topic.statements]
    assert told
    assert all(own.issuperset(each.ids) for each in told)
    assert not {"What would change", "What it rests on"} & {t.title for t in drawn.findings}


def test_the_title_says_how_far_around_a_focus() -> None:
    scene = look(shipped_facts(), Lens())
    assert (
        "<b>around</b> Russia, up to 2 steps away" in render(scene, focus="russia", hops=2).decode()
    )
    assert "steps away</p>" not in render(scene, focus="russia").decode()


def test_around_a_focus() -> None:
    scene = scene_of(
        BACKS,
        "subject: b, relation: backs, object: c",
        "subject: c, relation: faces, object: d",
        "subject: prize, relation: rewardsCaptureOf, object: c",
    )
    assert {"f0"} == set(compose(scene, "a").claims)
    assert {"f0", "f1"} == set(compose(scene, "a", hops=2).claims)
    assert {"f0", "f1", "f2", "f3"} == set(compose(scene, "a", hops=9).claims)
    with pytest.raises(KeyError):
        compose(scene, "nobody")


def test_near_a_voice_is_what_comes_through_it_and_near_a_scenario_what_hangs_on_it() -> None:
    scene = scene_of(
        f"{BACKS}, said_by: [c]",
        "subject: a, relation: criticizes, object: b",
        "subject: b, relation: faces, object: d, condition: war",
        "subject: prize, relation: amountsTo, object: 15 USD",
    )
    assert {"f0"} == set(compose(scene, "c").claims), "not all that is said of the same two"
    assert {"f0", "f1", "f2"} == set(compose(scene, "c", hops=2).claims)
    assert {"f2"} == set(compose(scene, "war").claims)
    for voice in ("press", "s"):
        assert {"f0", "f1", "f2", "f3"} == set(compose(scene, voice).claims)
        assert "what comes through or hangs on</b>" in render(scene, voice).decode()


def test_what_no_claim_has_to_do_with_is_drawn_alone() -> None:
    shown = compose(scene_of(BACKS), "d")
    assert (["d"], {}) == ([node.thing for node in shown.nodes], dict(shown.claims))
    assert shown.things["d"]["drawn"]
    page = render(scene_of(BACKS), "d").decode()
    assert "No claim is about Doubt, comes through it or hangs on it." in page


def test_whatever_is_drawn_nothing_is_left_out_for_want_of_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture, "MOST_THINGS", 2)
    scene = scene_of(BACKS, BACKS, "subject: a, relation: backs, object: c")
    answer = answer_of(("c:f0",), ("c:f1",), ("c:f2",))
    for shown in (
        compose(scene),
        compose(scene, "a"),
        compose(scene, answer=answer),
        compose(compare(scene, scene)),
    ):
        assert {"f0", "f1", "f2"} == set(shown.claims)
        assert 1 < len(shown.parts)
        assert "3 things and 3 claims, in 2 parts" in told(shown)


# -- an answer ------------------------------------------------------------------------------------


def answer_of(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(f"c{i}" for i in range(max(map(len, rows), default=0))), rows, "Asked")


def test_an_answer_shows_the_claims_that_it_names() -> None:
    scene = scene_of(BACKS, "subject: a, relation: lendsTo, object: b")
    shown = compose(scene, answer=answer_of(("c:f1", "e:a"), ("c:nothing", "e:b")))
    assert ({"f1"}, "Asked") == (set(shown.claims), shown.title)


def test_an_answer_of_things_shows_the_claims_between_those_of_a_row() -> None:
    scene = scene_of(
        BACKS, "subject: b, relation: backs, object: c", "subject: c, relation: backs, object: a"
    )
    assert {"f0"} == set(compose(scene, answer=answer_of(("e:a", "kg:backs", "e:b"))).claims)
    shown = compose(scene, answer=answer_of(("e:a", "kg:lendsTo", "e:b"), ("e:b", "e:c")))
    assert {"f1"} == set(shown.claims), "a row that names a relation means that one"
    alone = answer_of(("e:b",), ("e:c",))
    assert {"f1"} == set(compose(scene, answer=alone).claims)
    assert set() == set(compose(scene, answer=answer_of(("e:a",))).claims)


def test_an_answer_stands_in_the_page_with_links(shipped_page: bytes) -> None:
    scene = look(shipped_facts(), Lens())
    rows = [("c:backs-venezuela--russia", "<b>"), *[("e:ukraine", "")] * 1100]
    page = render(scene, answer=answer_of(*rows)).decode()
    assert '<a href="#c=backs-venezuela--russia">c:backs-venezuela--russia</a>' in page
    assert "&lt;b&gt;" in page
    assert "101 more rows not in this page" in page
    assert 'id="open-answer"' in page
    assert b'id="open-answer"' not in shipped_page


def test_labels_are_cut_to_lines() -> None:
    assert ("Secret", "notification") == in_lines("Secret notification", 12)
    assert ("one two", "three four", "five six…") == in_lines(
        "one two three four five six seven", 10
    )
    assert "核武器…" == _cut("核武器核武器", 8), "wide letters count twice"


# -- the file -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped_page() -> bytes:
    return render(look(shipped_facts(), Lens()))


def test_the_same_scene_gives_the_same_bytes(shipped_page: bytes) -> None:
    assert shipped_page == render(look(shipped_facts(), Lens()))


def test_the_file_is_small_enough_to_mail(shipped_page: bytes) -> None:
    assert len(shipped_page) < 450_000


def test_what_many_claims_say_alike_is_in_the_file_once() -> None:
    found = data_of(render(scene_of(*[f"{BACKS}, said_by: [c], note: Alike"] * 40)), "rest")
    claims = found["claims"]
    assert 40 == len(claims["rows"])
    assert 1 == json.dumps(claims["values"]).count("Alike")
    [place] = {row[claims["keys"].index("note")] for row in claims["rows"]}
    assert "Alike" == claims["values"][place]


def test_dash_dot_is_explained_where_it_is_drawn() -> None:
    assert b"Dash-dot" in render(scene_of(f"{BACKS}, when: 1990/2000"))
    assert b"Dash-dot" not in render(scene_of(BACKS))


def test_the_policy_names_every_script_and_style_by_its_hash(shipped_page: bytes) -> None:
    text = shipped_page.decode()
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert found
    policy = unescape(found[1])
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'")
    assert "unsafe" not in policy
    inline = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    packed = re.findall(r'<script type="text/plain" id="(\w+)">(.*?)</script>', text, re.DOTALL)
    assert ["rest", "library"] == [name for name, _ in packed]
    library = gzip.decompress(b64decode(packed[1][1])).decode()
    assert (2, 1) == (len(inline), len(styles))
    for part in (*inline, library, *styles):
        digest = b64encode(sha256(part.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert 4 == policy.count("sha256-")


def test_the_library_in_the_page_is_named_with_its_owners_and_licence(shipped_page: bytes) -> None:
    owners = "© 2011-2017 Almende B.V, 2017-2019 visjs contributors"
    told = f"vis-network 9.1.2 {owners} (MIT or Apache 2.0)"
    assert told in shipped_page.decode()


def test_the_file_asks_nothing_of_the_network(shipped_page: bytes) -> None:
    text = shipped_page.decode()
    without_scripts = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    markup = re.sub(r'<script type="application/json".*?</script>', "", without_scripts, flags=re.S)
    assert [] == re.findall(r"\b(?:src|srcset|action|poster)=", markup)
    assert {"data:,"} == set(re.findall(r'<link[^>]*href="([^"]*)"', markup))
    assert [] == re.findall(r"@import|url\(", markup)
    assert [] == re.findall(r"https?://", markup)
    assert "sourceMappingURL" not in text


def test_no_inline_handler_or_style_is_in_the_markup(shipped_page: bytes) -> None:
    text = re.sub(r"<script.*?</script>", "", shipped_page.decode(), flags=re.DOTALL)
    assert [] == re.findall(r"<[^>]*\s(?:on[a-z]+|style)=", text)


def test_every_claim_is_in_the_table_without_any_script(shipped_page: bytes) -> None:
    text = shipped_page.decode()
    rows = re.findall(r'<tr id="c=([^"]+)"', text)
    assert sorted(shipped_facts().claims) == sorted(rows)
    assert sorted(rows) == sorted(re.findall(r'<a href="#c=([^"]+)"', text)), "a link finds its row"


def test_the_page_names_its_lens() -> None:
    page = render(scene_of(BACKS, assume=("war",))).decode()
    assert "assuming Open war" in page
    assert "as of 2025-12-02" in page


HOSTILE = "<!--kg:script--></script><script>hack()</script>{{7*7}}<b onclick=x>&\u2028'\""


def test_hostile_names_stay_text() -> None:
    facts = sound_facts(
        f"""
        sources:
          s: {{type: NewsArticle, title: {json.dumps(HOSTILE)}, published: 2025-12-02}}
        entities:
          a: {{type: State, name: {json.dumps(HOSTILE)}, description: {json.dumps(HOSTILE)}}}
          b: {{type: State, name: B}}
        defaults: {{source: s}}
        facts:
          - {{id: f, subject: a, relation: backs, object: b, note: {json.dumps(HOSTILE)}}}
        """,
        profile=f"title: {json.dumps(HOSTILE)}\nbase: https://example.org/test/\n",
    )
    page = render(look(facts, Lens()))
    text = page.decode()
    assert 2 == len(re.findall(r"<script>", text))
    assert 6 == len(re.findall(r"</script>", text))
    assert "{{7*7}}" in text
    assert HOSTILE == data_of(page, "rest")["things"]["a"]["name"]


def test_no_two_parts_of_the_script_declare_one_name() -> None:
    """They share one scope, in which a second function silently takes the place of the first."""
    declared: dict[str, str] = {}
    for part in sorted((ROOT / "kg" / "view" / "page").glob("*.js")):
        if part.stem in ("engine", "first"):
            continue  # a worker's, and a script of its own
        text = part.read_text(encoding="utf-8")
        found = re.findall(
            r"^(?:async )?function\*? (\w+)|^(?:const|let) (\w+|\{[^}]*\}|\[[^]]*\])", text, re.M
        )
        for names in found:
            for name in re.findall(r"\w+", "".join(names)):
                assert name not in declared, f"{name}: {declared[name]}, {part.name}"
                declared[name] = part.name
    assert len(declared) > 200
