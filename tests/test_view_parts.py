"""A page of more things than one picture has room for: parts that are opened one at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from urllib.parse import quote

import networkx as nx
import pytest
from hypothesis import given
from playwright.sync_api import Browser

import kg
from kg.compare import compare
from kg.lens import Lens, make_lens
from kg.scene import Scene, look
from kg.view.dossier import render, to_html
from kg.view.drawn import FATES, Fate
from kg.view.parts import Part, parts_of
from kg.view.picture import MOST_THINGS, Picture, compose
from kg.workspace.questions import asking
from tests.benchmarks.corpus import write_workspace
from tests.browser import faults, wait_for_picture
from tests.conftest import ROOT
from tests.pages import LAPTOP, PHONE, Visit, records, write
from tests.strategies import fact_sets
from tests.test_view_browser import nasty_facts

CLAIMS = 1_200  #: more than a table lays out


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("wide") / "workspace"
    write_workspace(folder, CLAIMS, actors=500)
    return kg.open(folder).scene()


@pytest.fixture(scope="module")
def picture(scene: Scene) -> Picture:
    return compose(scene)


@pytest.fixture(scope="module")
def wide(scene: Scene, picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    path.write_bytes(to_html(picture, scene.facts))
    return path.as_uri()


def leaves(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        if part.parts:
            yield from leaves(part.parts)
        else:
            yield part


def drawn(visit: Visit) -> list[str]:
    found: list[str] = visit.page.evaluate("Object.keys(kgNetwork.getPositions())")
    return sorted(found)


def between(things: set[str], scene: Scene) -> set[str]:
    return {id for id, c in scene.facts.claims.items() if things.issuperset(c.things)}


def test_each_thing_is_in_one_part_and_none_is_too_large(scene: Scene, picture: Picture) -> None:
    found = [thing for part in leaves(picture.parts) for thing in part.things]
    assert sorted(found) == sorted({t for c in scene.facts.claims.values() for t in c.things})
    assert len(found) > 2 * MOST_THINGS
    assert all(len(part.things) <= MOST_THINGS for part in leaves(picture.parts))
    assert set(picture.claims) == set(scene.facts.claims), "all claims are in the page"


@pytest.mark.parametrize("most", [1, 3])
@given(facts=fact_sets())
def test_parts_of_any_facts_have_everything_once(most: int, facts: kg.FactSet) -> None:
    found = [
        thing for part in leaves(parts_of(facts.claims.values(), most)) for thing in part.things
    ]
    assert sorted(found) == sorted({t for c in facts.claims.values() for t in c.things})
    assert all(len(part.things) <= most for part in leaves(parts_of(facts.claims.values(), most)))


_PRINTED = """
import sys
import kg
from kg.view.drawn import FATES, Fate
from kg.view.parts import parts_of
facts = kg.open(sys.argv[1]).scene().facts
print(parts_of(facts.claims.values(), 20))
"""


def test_the_same_facts_give_the_same_parts_in_every_process(tmp_path: Path) -> None:
    write_workspace(tmp_path / "w", 400, actors=200)
    runs = [
        subprocess.run(
            [sys.executable, "-c", _PRINTED, str(tmp_path / "w")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert b"parts=(Part" in runs[0], "some have parts themselves"
    assert 1 == len(set(runs))


@pytest.mark.browser
def test_the_overview_opens_part_by_part_and_back(
    browser: Browser, wide: str, scene: Scene, picture: Picture
) -> None:
    with Visit(browser, wide) as visit:
        overview = drawn(visit)
        assert len(overview) == len(picture.parts)
        at = next(at for at, part in enumerate(picture.parts) if not part.parts)
        part = picture.parts[at]
        name = scene.facts.name(part.things[0])
        visit.click_thing(f"part:{at}")
        assert sorted(part.things) == drawn(visit)
        told = visit.page.inner_text("#sifted-words")
        inner = len(between(set(part.things), scene))
        assert told == (
            f"{inner} of {CLAIMS:,} claims shown, of {name} and {len(part.things) - 1} more"
        )
        assert visit.page.url.endswith(f"#part={at}")
        visit.page.go_back()
        assert overview == drawn(visit)
        visit.page.go_forward()
        assert sorted(part.things) == drawn(visit)
        visit.page.get_by_role("button", name="All parts").click()
        assert overview == drawn(visit)
        assert [] == visit.complaints


@pytest.mark.browser
def test_a_line_between_parts_opens_all_claims_between_their_things(
    browser: Browser, wide: str, scene: Scene, picture: Picture
) -> None:
    one, other = (set(part.things) for part in picture.parts[:2])
    ends = [set(c.things) for c in scene.facts.claims.values()]
    count = sum(bool(each & one) and bool(each & other) for each in ends)
    with Visit(browser, wide) as visit:
        visit.page.click("#open-claims")
        visit.page.get_by_role("button", name="Lines").click()
        names = [
            f"{scene.facts.name(part.things[0])} and {len(part.things) - 1} more"
            for part in picture.parts[:2]
        ]
        row = visit.page.locator('table[data-sheet="lines"] tbody tr')
        for name in names:
            row = row.filter(has_text=name)
        assert str(count) == row.locator("td").nth(3).inner_text()


@pytest.mark.browser
def test_the_lines_of_a_part_are_those_that_a_small_picture_has(
    browser: Browser, wide: str, scene: Scene, picture: Picture
) -> None:
    at = next(at for at, part in enumerate(picture.parts) if not part.parts)
    things = set(picture.parts[at].things)
    expected = sorted(
        sorted(line.claims) for line in picture.lines if things >= {line.subject, line.object}
    )
    with Visit(browser, f"{wide}#part={at}") as visit:
        edges = visit.page.evaluate("kgNetwork.body.data.edges.length")
        assert len(expected) == edges
        visit.page.click("#open-claims")
        visit.page.check("#as-shown")
        rows = visit.page.locator('table[data-sheet="claims"] tbody tr:visible')
        assert len(between(things, scene)) == rows.count()
        visit.page.uncheck("#as-shown")
        assert min(len(scene.facts.claims), 1_000) == rows.count()


@pytest.mark.browser
def test_two_lenses_are_compared_part_by_part(
    browser: Browser, scene: Scene, tmp_path: Path
) -> None:
    facts = scene.facts
    earlier = look(facts, make_lens("earlier", {"as_of": ("2010",)}, facts, Lens()))
    picture = compose(compare(earlier, scene))
    assert set(facts.claims) == set(picture.claims)
    path = tmp_path / "compared.html"
    path.write_bytes(to_html(picture, facts))
    at = next(at for at, part in enumerate(picture.parts) if not part.parts)
    things = set(picture.parts[at].things)
    expected = {
        line.claims: line.fate.value
        for line in picture.lines
        if things >= {line.subject, line.object} and line.fate
    }
    assert {"gained", "otherwise", "kept", "idle"} == set(expected.values())
    with Visit(browser, path.as_uri()) as visit:
        assert len(picture.parts) == len(drawn(visit))
        counts = {value.id: value.count for value in picture.facets[0].values}
        assert f"{counts['gained']:,}" in visit.page.inner_text("#legend").replace("\n", " ")
        visit.page.evaluate("(part) => { location.hash = part; }", f"part={at}")
        visit.page.locator("#show-all").wait_for()
        assert sorted(things) == drawn(visit)
        assert len(expected) == visit.page.evaluate("kgNetwork.body.data.edges.length")
        visit.page.click("#open-claims")
        visit.page.get_by_role("button", name="Lines").click()
        told = visit.page.locator('table[data-sheet="lines"] tbody td[data-head="Change"]')
        words = Counter(text.strip() for text in told.all_inner_texts())
        assert words == Counter(" ".join(FATES[Fate(fate)]).strip() for fate in expected.values())
        assert [] == visit.complaints


@pytest.mark.browser
def test_what_is_around_a_thing_begins_with_the_thing(
    browser: Browser, scene: Scene, tmp_path: Path
) -> None:
    path = tmp_path / "near.html"
    path.write_bytes(render(scene, "state-3", hops=2))
    with Visit(browser, path.as_uri()) as visit:
        assert visit.page.url.endswith("#near=state-3:2")
        assert "state-3" in drawn(visit)
        assert MOST_THINGS == len(drawn(visit))
        assert "have no room" in visit.page.inner_text("#sifted")
        visit.page.get_by_role("button", name="All parts").click()
        assert all(id.startswith("part:") for id in drawn(visit))
        visit.page.reload()
        wait_for_picture(visit.page)
        assert visit.page.url.endswith("#near=state-3:2")


@pytest.mark.browser
def test_a_thing_that_is_found_brings_what_is_around_it(
    browser: Browser, wide: str, scene: Scene, picture: Picture
) -> None:
    thing = picture.parts[2].things[-1]
    tied = {t for c in scene.facts.claims.values() if thing in c.things for t in c.things}
    with Visit(browser, wide) as visit:
        visit.page.fill("#find", scene.facts.name(thing))
        visit.page.press("#find", "Enter")
        assert scene.facts.name(thing) == visit.page.inner_text("#panel h2")
        assert sorted(tied) == drawn(visit)
        assert f"#n={thing}&near={thing}:1" in visit.page.url
        address = visit.page.url
        assert [] == visit.complaints
    with Visit(browser, address) as visit:
        assert sorted(tied) == drawn(visit)


@pytest.mark.browser
def test_a_claim_in_the_address_brings_both_its_ends(
    browser: Browser, wide: str, scene: Scene
) -> None:
    for claim in list(scene.facts.claims.values())[::150]:
        with Visit(browser, f"{wide}#c={claim.id}") as visit:
            assert set(claim.things) <= set(drawn(visit))
            assert claim.id in visit.panel
            assert len(drawn(visit)) <= MOST_THINGS
            assert [] == visit.complaints


@pytest.mark.browser
def test_a_path_across_parts_is_found(
    browser: Browser, wide: str, scene: Scene, picture: Picture
) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(
        (c.subject, c.object)
        for id, c in scene.facts.claims.items()
        if scene.standings[id].holds and not c.is_denied and isinstance(c.object, str)
    )
    firm = [t for part in picture.parts for t in part.things[5::9] if t in graph]
    reached = [(a, b) for a, b in combinations(firm, 2) if nx.has_path(graph, a, b)]
    assert len(reached) > 3
    for one, other in reached[:: len(reached) // 4]:
        ways = list(nx.all_shortest_paths(graph, one, other))
        with Visit(browser, f"{wide}#p={one}:{other}") as visit:
            assert sorted({thing for way in ways for thing in way}) == drawn(visit)
            assert f"{len(ways[0]) - 1} step" in visit.panel
            assert "No way has a claim in force" not in visit.panel
            assert [] == visit.complaints


@pytest.mark.browser
def test_another_day_marks_what_changes_in_a_part(browser: Browser, wide: str) -> None:
    with Visit(browser, f"{wide}#part=1&as-of=2010") as visit:
        told = visit.page.inner_text("#turned-words")
        assert "lost" in told
        lost = visit.page.locator("#legend .keys").inner_text()
        assert "lost" in lost
        visit.page.get_by_role("button", name="All parts").click()
        assert told == visit.page.inner_text("#turned-words")
        visit.page.click("#own-lens")
        assert [] == visit.complaints


@pytest.mark.browser
def test_a_save_of_the_table_has_all_claims(
    browser: Browser, wide: str, scene: Scene, tmp_path: Path
) -> None:
    with Visit(browser, wide) as visit:
        visit.page.click("#open-claims")
        with visit.page.expect_download() as saved:
            visit.page.click("#save-csv")
        saved.value.save_as(tmp_path / "claims.csv")
        assert {row["id"] for row in records(tmp_path / "claims.csv")} == set(scene.facts.claims)


@pytest.mark.browser
def test_long_tables_are_sought_and_sorted_whole(browser: Browser, wide: str, scene: Scene) -> None:
    facts = scene.facts
    first = "dialog table:not([hidden]) tbody tr:first-child"
    with Visit(browser, wide) as visit:
        visit.page.click("#open-claims")
        assert "the first 1,000 of 1,200 rows; CSV has all" == visit.page.inner_text("#counted")
        assert 1_000 == visit.page.locator("table:visible tbody tr").count()
        dates = sorted(claim.when.text for claim in facts.claims.values() if claim.when)
        for date in (dates[0], dates[-1]):
            visit.page.get_by_role("button", name="When").click()
            claim = facts.claims[
                visit.page.evaluate("(row) => document.querySelector(row).id", first)[2:]
            ]
            assert claim.when
            assert date == claim.when.text
        last = list(facts.claims)[-1]
        visit.page.fill("#only", last)
        assert f"c={last}" == visit.page.locator(first).get_attribute("id")
        visit.page.fill("#only", "")
        visit.page.get_by_role("button", name="Things").click()
        known = {thing for claim in facts.claims.values() for thing in claim.things}
        assert visit.page.locator("table:visible tbody tr").count() >= len(known)
        for _ in range(2):
            visit.page.get_by_role("button", name="Claims about it").click()
        most = max(known, key=lambda thing: sum(thing in c.things for c in facts.claims.values()))
        assert f"n={most}" == visit.page.locator(first).get_attribute("id")
        assert [] == visit.complaints


@pytest.mark.browser
def test_a_part_of_a_part_leads_back_to_the_one_that_it_is_in(
    browser: Browser, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.view.picture.MOST_THINGS", 20)
    picture = compose(scene)
    outer = next(at for at, part in enumerate(picture.parts) if part.parts)
    path = tmp_path / "graph.html"
    path.write_bytes(to_html(picture, scene.facts))
    with Visit(browser, f"{path.as_uri()}#part={outer}") as visit:
        above = visit.page.locator("#show-above")
        inner = drawn(visit)
        assert [f"part:{outer}.{at}" for at in range(len(inner))] == inner
        assert not above.is_visible()
        visit.page.evaluate("(part) => { location.hash = part; }", f"part={outer}.0")
        above.wait_for()
        assert inner != drawn(visit)
        above.click()
        assert inner == drawn(visit)
        assert visit.page.url.endswith(f"#part={outer}")


@pytest.mark.browser
def test_paper_gets_all_claims_of_a_part(
    browser: Browser, wide: str, scene: Scene, picture: Picture
) -> None:
    at = len(picture.parts) - 1
    inner = between({thing for part in leaves(picture.parts[at:]) for thing in part.things}, scene)
    table = 'table[data-sheet="claims"] tbody tr'
    with Visit(browser, f"{wide}#part={at}") as visit:
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        visit.page.emulate_media(media="print")
        printed = visit.page.locator(table).evaluate_all("(rows) => rows.map(({ id }) => id)")
        assert inner == {id.removeprefix("c=") for id in printed}
        assert len(inner) == visit.page.locator(f"{table}:visible").count()
        assert "" == visit.page.inner_text(".more")
    with Visit(browser, wide) as visit:
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        visit.page.emulate_media(media="print")
        assert 1_000 == visit.page.locator(f"{table}:visible").count()
        assert visit.page.inner_text(".more").startswith(f"{CLAIMS - 1_000} more claims")


@pytest.mark.browser
def test_a_page_without_its_script_says_how_many_it_leaves_out(browser: Browser, wide: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(wide)
        assert f"500 of {CLAIMS:,} claims: the others" in page.inner_text("body")
        assert 500 == page.locator('table[data-sheet="claims"] tbody tr').count()


@pytest.mark.browser
@pytest.mark.parametrize("screen", [LAPTOP, PHONE])
def test_axe_finds_nothing_in_an_overview_a_part_and_a_claim(
    browser: Browser, wide: str, scene: Scene, screen: dict[str, int]
) -> None:
    conflicting = next(id for id, found in scene.conflicts_of.items() if len(found) > 1)
    with Visit(browser, wide, viewport=screen) as visit:
        for address in ("", "part=1", f"c={conflicting}"):
            visit.page.evaluate("(hash) => { location.hash = hash; }", address)
            visit.page.wait_for_timeout(100)  # milliseconds: it is drawn anew
            assert [] == faults(visit.page)
        assert [wide] == [each for each in visit.asked if not each.startswith(("data:", "blob:"))]


@pytest.mark.browser
def test_keys_walk_the_overview_and_open_a_part(browser: Browser, wide: str) -> None:
    with Visit(browser, wide) as visit:
        visit.page.focus("#canvas")
        visit.page.keyboard.press("ArrowRight")
        assert "things" in visit.page.inner_text("#said")
        visit.page.keyboard.press("Enter")
        assert "#part=" in visit.page.url
        assert not any(id.startswith("part:") for id in drawn(visit))


@pytest.mark.browser
def test_an_answer_brings_what_it_is_about(browser: Browser, scene: Scene, tmp_path: Path) -> None:
    claims = [claim for claim in scene.facts.claims.values() if scene.standings[claim.id].holds]
    some = [claims[0], claims[len(claims) // 2], claims[-1]]
    names = " ".join(f"c:{claim.id}" for claim in some)
    path = tmp_path / "graph.html"
    path.write_bytes(render(scene, asking=asking(scene, (ROOT / "queries",))))
    text = quote(f"SELECT ?claim {{ VALUES ?claim {{ {names} }} }}")
    with Visit(browser, f"{path.as_uri()}#q=?{text}") as visit:
        visit.page.locator("#light-up:enabled").click(timeout=30_000)
        assert sorted({t for claim in some for t in claim.things}) == drawn(visit)
        assert "3 claims of the answer" in visit.panel
        visit.page.click("#close")
        assert all(id.startswith("part:") for id in drawn(visit))
        assert [] == visit.complaints


@pytest.mark.browser
def test_what_another_day_marked_is_marked_no_more(browser: Browser, wide: str) -> None:
    marked = "kgNetwork.body.data.nodes.get().filter((node) => node.borderWidth === 2).length"
    with Visit(browser, f"{wide}#part=1&as-of=2003") as visit:
        assert visit.page.evaluate(marked) > 0
        visit.page.get_by_role("button", name="All parts").click()
        visit.page.click("#own-lens")
        visit.page.evaluate("location.hash = 'part=1'")
        visit.page.wait_for_timeout(200)  # milliseconds: it is drawn anew
        assert 0 == visit.page.evaluate(marked)


@pytest.mark.browser
def test_hostile_names_run_nothing_in_parts(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.view.picture.MOST_THINGS", 3)
    file = write(nasty_facts(), tmp_path)
    with Visit(browser, file) as visit:
        parts = [id for id in drawn(visit) if id.startswith("part:")]
        assert len(parts) > 1
        for id in parts:
            visit.page.evaluate("(id) => { location.hash = `part=${id.slice(5)}`; }", id)
            visit.page.wait_for_timeout(100)  # milliseconds: it is drawn anew
            assert 0 < len(drawn(visit)) <= 3
        for hash in ("part=__proto__", "part=99", "near=constructor:1&part=0", "p=a:b", "part=%"):
            visit.page.evaluate("(hash) => { location.hash = hash; }", hash)
            visit.page.wait_for_timeout(100)  # milliseconds: as above
            assert drawn(visit)
        visit.page.click("#open-claims")
        for table in ("Lines", "Things", "Matrix"):
            visit.page.get_by_role("button", name=table).click()
        assert None is visit.page.evaluate("window.hacked ?? null")
        assert 0 == visit.page.locator("img").count()
        assert [file] == visit.asked
        assert [] == visit.complaints
