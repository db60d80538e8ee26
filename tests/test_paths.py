"""How two actors are tied: which paths there are, and what is said of each hop."""

from __future__ import annotations

import re
from itertools import combinations, pairwise, permutations

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from kg.analysis.paths import Hop, Way, short_paths, shortest_paths
from kg.cli.main import cli
from kg.lens import Lens, make_lens
from kg.network import ActorNetwork, project, sketch
from kg.render import paths
from kg.scene import Scene, look
from tests.conftest import ROOT, sound_facts

FACTS = """
    sources:
      s: {type: NewsArticle, title: News, published: 2025-12-02}
    entities:
      a: {type: State, name: Arvenia, aliases: [The north]}
      b: {type: State, name: Belmark}
      c: {type: State, name: Corland}
      d: {type: State, name: Dorne}
      aide: {type: UnnamedSource, name: An aide}
      idea: {type: Concept, name: An idea}
      war: {type: Scenario, name: Open war}
    defaults: {source: s}
    facts:
      - {id: backs, subject: a, relation: backs, object: b}
      - {id: lends, subject: b, relation: lendsTo, object: a, said_by: [aide]}
      - {id: tense, subject: b, relation: hasTensionsWith, object: c, said_by: [aide]}
      - {id: allied, subject: a, relation: backs, object: c, condition: war}
      - {id: never, subject: a, relation: backs, object: d, polarity: denied}
      - {id: soon, subject: c, relation: backs, object: d, when: 2026/..}
"""


ANY = Way()


def scene_of(**dials: tuple[str, ...]) -> Scene:
    facts = sound_facts(FACTS)
    return look(facts, make_lens("test", dials, facts, Lens()))


def ends(path: tuple[Hop, ...]) -> list[str]:
    return [path[0].start, *(hop.end for hop in path)]


def told(network: ActorNetwork, start: str, end: str, way: Way = ANY) -> list[list[str]]:
    return [ends(path) for path in shortest_paths(network, start, end, way)]


def test_a_path_runs_against_the_ties_unless_asked_not_to() -> None:
    network = sketch("a > b", "c > b")
    assert [["a", "b", "c"]] == told(network, "a", "c")
    assert [] == told(network, "a", "c", Way(directed=True))


def test_a_denial_makes_no_hop() -> None:
    network = project(scene_of())
    assert [] == told(network, "a", "d")
    assert [["a", "c", "d"]] == told(network, "a", "d", Way(beyond=True))


def test_what_is_in_force_goes_before_what_is_not() -> None:
    network = project(scene_of())
    found = list(short_paths(network, "a", "c", 2, Way(beyond=True)))
    assert [["a", "c"], ["a", "b", "c"]] == [ends(path) for path in found]
    assert [[False], [True, True]] == [[hop.in_force for hop in path] for path in found]
    (only,) = shortest_paths(network, "a", "c")
    assert ["a", "b", "c"] == ends(only)


def test_a_hop_has_the_ties_of_both_directions() -> None:
    (path,) = shortest_paths(project(scene_of()), "a", "b")
    assert [("backs", "lends")] == [hop.claims for hop in path]


def test_no_path_leads_from_an_actor_to_itself() -> None:
    network = sketch("a > b", "b > a")
    assert [] == list(shortest_paths(network, "a", "a"))
    assert [] == list(short_paths(network, "a", "a", 3))


def test_an_unknown_actor_is_refused() -> None:
    with pytest.raises(KeyError, match="idea"):
        list(shortest_paths(project(scene_of()), "a", "idea"))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("directed", [True, False])
def test_the_paths_are_those_found_by_trying_all_orders(seed: int, directed: bool) -> None:
    random = nx.gnp_random_graph(6, 0.3, seed=seed, directed=True)
    network = sketch("0 > 5", *(f"{u} > {v}" for u, v in random.edges if (u, v) != (0, 5)))
    arrows = {(tie.subject, tie.object) for tie in network.ties}
    linked = arrows if directed else arrows | {(v, u) for u, v in arrows}
    for start, end in combinations(sorted(network.actors), 2):
        others = [actor for actor in network.actors if actor not in (start, end)]
        tried = [
            [start, *between, end]
            for length in range(len(others) + 1)
            for between in permutations(others, length)
            if all(pair in linked for pair in pairwise([start, *between, end]))
        ]
        way = Way(directed=directed)
        found = [ends(path) for path in short_paths(network, start, end, 5, way)]
        assert sorted(tried, key=lambda path: (len(path), path)) == found
        fewest = min(map(len, tried), default=0)
        assert sorted(p for p in tried if len(p) == fewest) == told(network, start, end, way)


# -- what is said of them -------------------------------------------------------------------------


def marks_between(start: str, end: str, **dials: tuple[str, ...]) -> tuple[str, ...]:
    scene = scene_of(**dials)
    ((hop,), *_) = shortest_paths(project(scene), start, end, Way(beyond=True))
    return paths.marks(hop, scene)


def test_no_time_is_lost_where_no_path_leads() -> None:
    """All that hangs on the middle by one actor has billions of ways of twelve hops."""
    thicket = nx.gnp_random_graph(60, 0.3, seed=1)
    ties = [f"x{u} > x{v}" for u, v in thicket.edges]
    network = sketch("a > middle", "middle > b", "middle > x0", *ties)
    found = list(short_paths(network, "a", "b", 12))
    assert [["a", "middle", "b"]] == [ends(path) for path in found]
    assert [] == list(short_paths(network, "a", "a", 12))


def test_a_hop_in_the_readers_own_source_has_no_mark() -> None:
    assert () == marks_between("a", "b")


def test_a_hop_says_that_it_is_only_reported() -> None:
    assert ("reported by unnamed voices alone",) == marks_between("b", "c")


def test_a_hop_says_that_it_is_only_possible() -> None:
    assert ("possible", "reported by unnamed voices alone") == marks_between(
        "b", "c", as_of=("2026-06",)
    )


def test_a_hop_says_why_it_is_not_in_force() -> None:
    assert ("hypothetical: its condition is not assumed",) == marks_between("a", "c")
    assert ("not in force: not at that time",) == marks_between("c", "d")
    assert () == marks_between("a", "c", assume=("war",))


def test_a_row_says_what_is_done_in_the_direction_of_the_path() -> None:
    scene = scene_of()
    table = paths.to_table(list(shortest_paths(project(scene), "b", "a")), scene, "", ())
    ((_, _, *hop),) = table.rows
    assert ["b", "Belmark", "↔", "a", "Arvenia", "lends to; is backed by", None, 2] == hop
    assert (("lends", "backs"),) == table.evidence


# -- on the command line --------------------------------------------------------------------------


def kg(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(ROOT), "path", *arguments], env={"COLUMNS": "80"})


def test_the_text_has_every_hop_with_its_claims() -> None:
    result = kg("china", "trump-administration")
    assert 0 == result.exit_code, result.output
    assert "China ↔ United States ← Trump administration" in result.stdout
    assert "in force · trade-tensions" in result.stdout
    assert "Seen as of 2025-12-02" in result.stdout


def test_a_hop_says_that_a_headline_alone_makes_it_and_that_something_is_denied() -> None:
    assert "(reported; in a headline alone)" in kg("russia", "nicolas-maduro").stdout
    shown = kg("russia", "maduro-government", "--assume", "us-escalation").stdout
    assert "(reported by unnamed voices alone; something" in shown
    assert "in force as a denial · no-extensive-military-support--russia" in shown


def test_what_makes_no_hop_between_the_two_is_told_after_the_paths() -> None:
    shown = kg("russia", "united-states").stdout
    _, beside = shown.split("Said of the two, but no hop:")
    first, second = re.findall(r"· *\n? *([a-z-]+--russia)", beside)
    assert ("no-wish-for-more-confrontation--russia", "standing-confrontations--russia") == (
        first,
        second,
    )
    table = kg("russia", "united-states", "-f", "json").stdout
    assert f"Said of the two, but no hop: {first}, {second}" in table
    denied = kg("russia", "maduro-government").stdout
    assert "no-extensive-military-support--russia" in denied.split("no hop:")[1]


def test_without_a_path_what_stands_between_is_named() -> None:
    assert "speak of what is no actor: Ukraine war" in kg("russia", "ukraine").stdout


def test_no_path_says_which_way_there_is_one() -> None:
    result = kg("nicolas-maduro", "wall-street-journal", "--directed")
    assert 0 == result.exit_code
    assert "no path" in result.stdout
    assert "There is one against the direction of the ties, too." in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("moscow", "china"), "no actor is called 'moscow': did you mean 'russia'?"),
        (("rusia", "china"), "no actor is called 'rusia': did you mean 'russia'?"),
        (("us-escalation", "china"), "'us-escalation' is of type scenario: paths run between"),
        (("next-news-2025-12-02", "china"), "is of type news article: paths run between actors"),
        (("china", "china"), "'china' is on both sides: name two actors"),
        (("china", "russia", "--up-to", "0"), "0 is not in the range 1<=x<=12"),
    ],
)
def test_what_is_no_actor_is_refused(arguments: tuple[str, ...], message: str) -> None:
    result = kg(*arguments)
    assert 2 == result.exit_code
    assert message in result.stderr


def test_csv_leaves_the_lens_to_standard_error() -> None:
    result = kg("china", "trump-administration", "-f", "csv")
    assert result.stdout.startswith("path,hop,from,")
    assert "Seen as of 2025-12-02" in result.stderr
    assert "Seen" not in result.stdout


def test_more_paths_than_shown_are_said() -> None:
    result = kg("china", "russia", "--up-to", "4", "--top", "1")
    assert "There are more paths than the 1 shown: --top shows more." in result.stdout
