from __future__ import annotations

import csv
import importlib
import inspect
import io
import json
import os
import pkgutil
import select
import subprocess
import sys
from dataclasses import replace
from time import process_time

import networkx as nx
import pytest
from click.testing import CliRunner, Result

import kg.analysis
from kg.analysis import MEASURES
from kg.analysis.brokerage import brokerage, constraint
from kg.analysis.centrality import betweenness, degree, pagerank
from kg.analysis.cohesion import ego
from kg.analysis.communities import blocs
from kg.analysis.explanation import Measure, explain
from kg.analysis.measuring import measure
from kg.analysis.overview import overview
from kg.cli.main import cli
from kg.cli.session import Session
from kg.footing import footings
from kg.lens import Lens
from kg.model.table import Table
from kg.model.vocabulary import Valence
from kg.network import ActorNetwork, Tie, direct_edges, project, sketch
from kg.render.analysis import to_json
from kg.render.tables import as_csv, as_json
from kg.scene import look
from tests.conftest import ROOT, shipped_facts


def network_of(*pairs: tuple[str, str], alone: tuple[str, ...] = ()) -> ActorNetwork:
    names = sorted({name for pair in pairs for name in pair} | set(alone))
    ties = tuple(
        Tie(*pair, ("-".join(pair),), (), ("backs",), (Valence(),), certain=True)
        for pair in sorted(pairs)
    )
    kinds = dict.fromkeys(names, "State")
    actors = {name: name for name in names}
    return ActorNetwork(actors, ties, kinds, "default", "as of today")


def figures(table: Table) -> dict[str, object]:
    return {str(row[1]): row[3] for row in table.rows}


def florentine_families() -> ActorNetwork:
    """The marriages of Padgett's Florentine families, whose figures are in every textbook."""
    edges = nx.florentine_families_graph().edges
    return network_of(*edges, *((b, a) for a, b in edges))


def test_published_betweenness_of_the_florentine_families() -> None:
    found = figures(betweenness(florentine_families()))
    assert 0.521978 == found["Medici"]
    assert 0.254579 == found["Guadagni"]
    assert 0.0 == found["Acciaiuoli"]


def test_published_degree_of_the_florentine_families() -> None:
    table = degree(florentine_families())
    assert (1, "Medici", "Medici", 6, 12) == table.rows[0]
    assert [2, 2] == [row[0] for row in table.rows if row[3] == 4], "equal figures, equal ranks"


def test_pagerank_of_a_star_by_hand() -> None:
    # Rim nodes get r = 0.15/4 + 0.85 * c/3 with c = 1 - 3r, so r = (0.0375 + 0.85/3) / 1.85.
    spokes = [("x", rim) for rim in "abc"] + [(rim, "x") for rim in "abc"]
    found = figures(pagerank(network_of(*spokes)))
    rim = (0.0375 + 0.85 / 3) / 1.85
    assert pytest.approx(rim, rel=1e-5) == found["a"]
    assert pytest.approx(1 - 3 * rim, rel=1e-5) == found["x"]


def test_at_a_hub_no_measure_tries_all_pairs_of_alters() -> None:
    """At 20,000 alters these are 200 million, which took a minute and more."""
    alters = [f"x{number:05}" for number in range(20_000)]
    star = network_of(*(("hub", alter) for alter in alters), *((alter, "hub") for alter in alters))
    start = process_time()
    found = {each.__name__: each(star) for each in (brokerage, constraint, ego)}
    assert process_time() - start < 30
    linked = 20_000 * 19_999
    assert (1, "hub", "hub", linked, 0, 0, 0, 0, linked, 40_000) == found["brokerage"].rows[0]
    assert (1, "hub", "hub", 1 / 20_000, 40_000) == found["constraint"].rows[0]
    assert (1, "hub", "hub", 20_000, 0, 0.0, 40_000) == found["ego"].rows[0]


# -- what every measure promises ------------------------------------------------------------------

every = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: str(measure.__name__))
MODULES = [module.name for module in pkgutil.iter_modules(kg.analysis.__path__)]
#: What is public in kg.analysis beside the measures.
OTHERS = {"balance", "brokerage", "centrality", "cohesion", "communities", "strength"}


@every
def test_every_measure_explains_itself(measure: Measure) -> None:
    told = explain(measure)
    assert ">>> " in (measure.__doc__ or "")
    assert told.definition.endswith(".")
    assert "\n" not in told.definition
    assert told.reference


@pytest.mark.parametrize("module", sorted(OTHERS))
def test_every_measure_is_registered(module: str) -> None:
    found = vars(importlib.import_module(f"kg.analysis.{module}"))
    for name, thing in found.items():
        if inspect.isfunction(thing) and thing.__module__.endswith(module) and name[0] != "_":
            assert thing in MEASURES, f"add {name} to MEASURES in kg/analysis/__init__.py"


def test_every_module_of_measures_is_looked_into() -> None:
    beside = {
        "explanation",
        "measuring",
        "overview",
        "pairs",
        "paths",
        "ranking",
        "robustness",
        "shifts",
    }
    assert {*OTHERS, *beside} == set(MODULES)


@every
def test_every_row_knows_its_claims(measure: Measure) -> None:
    network = project(look(shipped_facts(), Lens()))
    table = measure(network)
    assert table.rows or measure.__name__ == "triads"
    assert len(table.rows) == len(table.evidence)
    for row, claims in zip(table.rows, table.evidence, strict=True):
        assert row[-1] == len(claims) == len(set(claims))
        assert network.claims >= set(claims)


@every
def test_figures_have_six_digits_and_the_lens_is_named(measure: Measure) -> None:
    network = project(look(shipped_facts(), Lens()))
    table = measure(network)
    cells = [cell for row in table.rows for cell in row if isinstance(cell, float)]
    assert all(float(f"{cell:.6g}") == cell for cell in cells)
    assert network.seen in table.notes[-1]
    assert "claims" == table.columns[-1]


@every
def test_nobody_and_somebody_alone(measure: Measure) -> None:
    assert () == measure(network_of()).rows
    assert all(row[-1] == 0 for row in measure(network_of(alone=("a",))).rows)
    assert all(row[-1] == 0 for row in measure(network_of(("a", "a"))).rows), "a tie to oneself"


@every
def test_two_actors(measure: Measure) -> None:
    table = measure(network_of(("a", "b")))
    assert all(claims in ((), ("a-b",)) for claims in table.evidence)


@every
def test_the_order_of_ties_and_actors_is_irrelevant(measure: Measure) -> None:
    network = project(look(shipped_facts(), Lens()))
    turned = replace(
        network,
        actors=dict(reversed(list(network.actors.items()))),
        ties=tuple(reversed(network.ties)),
    )
    assert measure(network).rows == measure(turned).rows


def test_a_tie_with_oneself_counts_for_nothing() -> None:
    assert {"a": 1, "b": 1} == figures(degree(network_of(("a", "a"), ("a", "b"))))


def test_equal_figures_share_a_rank() -> None:
    table = degree(network_of(("a", "b"), ("c", "d"), ("d", "e")))
    assert [1, 2, 2, 2, 2] == [row[0] for row in table.rows]


def test_blocs_say_how_many_hostile_pairs_they_hold() -> None:
    table = blocs(sketch("a + b", "b + c", "a - c", "c - x", "x + y"))
    assert "1 of 2 hostile pairs are within one" in table.notes


def test_behind_a_bloc_are_no_claims_of_hostile_ties() -> None:
    table = blocs(sketch("a + b", "b + c", "a - c"))
    behind = {str(row[1]): claims for row, claims in zip(table.rows, table.evidence, strict=True)}
    assert {"a": ("a-b",), "b": ("a-b", "b-c"), "c": ("b-c",)} == behind


def test_an_overview_has_the_tied_actors_side_by_side() -> None:
    network = project(look(shipped_facts(), Lens()))
    table = overview(network, measure(network))
    assert 10 == len(table.rows)
    assert ("china", "China", 4, 4, 8, 0.115) == table.rows[0][:6]
    assert table.notes[0].startswith("17 actors, 10 of them tied, in 1 part; 17 ties")
    assert "8 pairs with claims that are not in force, not counted" in table.notes
    assert not any("kg analyze" in note for note in table.notes), "that is for the command line"


def test_the_analysis_is_json_and_names_its_lens() -> None:
    network = project(look(shipped_facts(), Lens()))
    analysis = json.loads(json.dumps(to_json(network, measure(network), ())))
    assert "default" == analysis["lens"]["name"]
    assert network.as_of == analysis["lens"]["as_of"]
    assert len(network.ties) == analysis["counts"]["ties"] == len(analysis["ties"])
    assert [measure.__name__ for measure in MEASURES] == list(analysis["measures"])


def test_the_analysis_says_what_each_edge_rests_on() -> None:
    scene = look(shipped_facts(), Lens())
    edges = to_json(project(scene), {}, footings(scene))["edges"]
    assert len(direct_edges(scene)) == len(edges)
    assert {
        "subject": "china",
        "relation": "informs",
        "object": "maduro-government",
        "claims": ["secret-message--china"],
        "rests_on": [["western-sources"], ["wsj-report"], ["next-news-2025-12-02"]],
        "anonymous": True,
    } in edges


def test_a_docstring_without_its_parts_is_refused() -> None:
    def bare(network: ActorNetwork) -> Table:
        """Nothing of use."""
        return Table((), ())

    with pytest.raises(ValueError, match="'bare' has no Formula, Claims, Cost, Reference"):
        explain(bare)


# -- on the command line --------------------------------------------------------------------------


def kg_analyze(*arguments: str, columns: int = 80) -> Result:
    settings = {"COLUMNS": str(columns)}
    return CliRunner().invoke(cli, ["-C", str(ROOT), "analyze", *arguments], env=settings)


def test_without_a_measure_there_is_an_overview() -> None:
    result = kg_analyze()
    assert 0 == result.exit_code, result.output
    assert result.stdout.startswith("The network of actors\n")
    assert "\n'kg analyze --list' has more measures\n" in result.stdout
    assert max(map(len, result.stdout.split("\n"))) <= 80


@every
def test_every_measure_prints_in_a_narrow_window(measure: Measure) -> None:
    result = kg_analyze(measure.__name__.replace("_", "-"), columns=60)
    assert 0 == result.exit_code, result.output
    assert max(map(len, result.stdout.split("\n"))) <= 60
    assert "-" * 60 not in result.stdout, "a grid, as long as it is not of text alone"


def test_the_overview_is_a_grid_in_a_narrow_window() -> None:
    shown = kg_analyze(columns=60).stdout
    assert max(map(len, shown.split("\n"))) <= 60
    assert shown.split("\n")[2].startswith("name ")
    assert "Short: degr. degree, pager. pagerank, commu. community" in shown


def on_a_terminal(*arguments: str) -> tuple[str, str]:
    """What a terminal gets on standard error, and what a pipe gets on standard output."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "-C", str(ROOT), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True)
    said = os.read(ours, 65536) if select.select([ours], [], [], 0)[0] else b""
    os.close(theirs)
    os.close(ours)
    return said.decode(), done.stdout.decode()


def test_a_terminal_sees_each_step_while_it_lasts() -> None:
    said, shown = on_a_terminal("analyze", "degree", "pagerank")
    for step in (
        "reading the facts",
        "drawing the network",
        "measuring degree",
        "measuring pagerank",
    ):
        assert f"{step}\r{' ' * len(step)}\r" in said
    assert shown == kg_analyze("degree", "pagerank").stdout


def test_steps_are_not_for_pipes_nor_for_quiet_runs() -> None:
    assert "" == kg_analyze("degree").stderr
    assert "" == on_a_terminal("-q", "analyze", "degree")[0]


def test_a_long_step_leaves_its_time_behind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr("kg.cli.session._LONG", 0.0)
    with Session(".", quiet=False, color=None).steps() as say:
        say("measuring")
    assert "\r         \rmeasuring: 0 s\n" in capsys.readouterr().err


def test_one_alter_makes_no_density_and_no_rank() -> None:
    table = ego(sketch("a > b", "a > c", "d > e"))
    assert [(1, "a", 0), (None, "b", None), (None, "c", None), (None, "d", None),
            (None, "e", None)] == [(row[0], row[1], row[5]) for row in table.rows]  # fmt: skip


def test_csv_has_the_ids_of_the_claims() -> None:
    rows = list(csv.DictReader(io.StringIO(kg_analyze("degree", "-f", "csv").stdout)))
    assert 17 == len(rows)
    assert all(int(row["claims"]) == len(row["claim_ids"].split()) for row in rows)


def test_csv_leaves_the_lens_to_standard_error() -> None:
    assert "Seen as of 2025-12-02" in kg_analyze("degree", "-f", "csv").stderr


def test_json_has_the_ids_of_the_claims_and_the_lens() -> None:
    result = kg_analyze("degree", "triads", "-f", "json", "--assume", "us-escalation")
    first, second = json.loads(result.stdout)
    assert ["Degree", "Triads"] == [first["title"], second["title"]]
    assert all(row["claims"] == len(row["claim_ids"]) for row in first["rows"])
    assert "assuming Escalation of US measures" in first["notes"][-1]


def test_the_claims_are_listed_when_asked_for() -> None:
    assert "wsj-based-in-united-states" in kg_analyze("bridges", "--claims", columns=120).stdout


def test_the_first_rows_say_how_many_are_left() -> None:
    assert "9 more rows: leave out --top" in kg_analyze("--top", "1").stdout


def test_a_measure_is_explained() -> None:
    result = kg_analyze("--explain", "pagerank")
    for word in ("formula:", "claims:", "cost:", "reference: S. Brin"):
        assert word in result.stdout


def test_all_measures_are_listed() -> None:
    result = kg_analyze("--list")
    assert all(f"{measure.__name__}\n" in result.stdout for measure in MEASURES)


@pytest.mark.parametrize("option", ["--list", "--explain"])
def test_without_docstrings_nothing_is_explained_and_one_line_says_why(option: str) -> None:
    command = [sys.executable, "-OO", "-m", "kg", "-C", str(ROOT), "analyze", option]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (1, "") == (done.returncode, done.stdout)
    assert (
        "kg: measures are explained by their docstrings, which Python's option -OO leaves out\n"
        == (done.stderr)
    )


def test_an_unknown_measure_is_refused() -> None:
    result = kg_analyze("betwenness")
    assert 2 == result.exit_code
    assert "no measure is called 'betwenness': did you mean 'betweenness'?" in result.stderr


def test_csv_takes_one_measure() -> None:
    result = kg_analyze("degree", "triads", "-f", "csv")
    assert 2 == result.exit_code
    assert "--format csv takes one measure" in result.stderr


# -- tables ---------------------------------------------------------------------------------------


def test_a_column_is_found_by_its_name() -> None:
    table = degree(sketch("a > b", "b > c"))
    assert ("b", "a", "c") == table.column("actor")
    assert (2, 1, 1) == table.column("degree")
    with pytest.raises(ValueError, match="tuple"):
        table.column("pagerank")


def test_a_table_is_a_data_frame() -> None:
    table = degree(sketch("a > b"))
    frame = table.to_pandas()
    assert list(table.columns) == list(frame.columns)
    assert [1, 1] == list(frame["degree"])


def test_a_cell_without_a_value_is_empty_in_csv_and_null_in_json() -> None:
    table = Table(("a", "b"), ((None, 'x,"y"'),), evidence=(("c1", "c2"),))
    assert 'a,b,claim_ids\n,"x,""y""",c1 c2\n' == as_csv(table)
    assert {"a": None, "b": 'x,"y"', "claim_ids": ["c1", "c2"]} == (
        json.loads(as_json(table))["rows"][0]
    )


def test_of_very_many_rows_json_has_the_first_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.render.analysis._MOST_ROWS", 2)
    network = sketch("a > b", "b > c", "c > d")
    found = to_json(network, measure(network, [degree]), ())["measures"]["degree"]
    assert ["b", "c"] == [row["actor"] for row in found["rows"]]
    assert "2 more rows are left out here" == found["notes"][0]


def test_rows_of_the_analysis_are_those_of_json_without_their_ids() -> None:
    network = sketch("a > b", "b > c")
    tables = measure(network)
    printed = {name: json.loads(as_json(table)) for name, table in tables.items()}
    for table in printed.values():
        for row in table["rows"]:
            assert row["claims"] == len(row.pop("claim_ids"))
    assert printed == json.loads(json.dumps(to_json(network, tables, ())))["measures"]
