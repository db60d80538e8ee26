"""The command line as people meet it: whole runs, exit codes, one line for what goes wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from jsonschema import Draft4Validator

from tests.conftest import ROOT


def kg(
    *arguments: str, cwd: Path = ROOT, environment: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "100", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A new workspace, as `kg init` makes it."""
    assert 0 == kg("init", str(tmp_path / "mine")).returncode
    return tmp_path / "mine"


def test_a_new_workspace_checks_builds_and_answers(workspace: Path) -> None:
    assert 0 == kg("check", cwd=workspace).returncode
    assert 0 == kg("build", cwd=workspace).returncode
    names = {path.name for path in (workspace / "output").iterdir()}
    assert names == {
        "analysis.json",
        "diagnostics.json",
        "graph.html",
        "graph.jsonld",
        "graph.nq",
        "graph.ttl",
        "manifest.json",
        "report.html",
        "report.md",
    }
    answer = kg("query", "relations", cwd=workspace)
    assert 0 == answer.returncode
    assert "grants transit to" in answer.stdout


def test_init_overwrites_nothing(workspace: Path) -> None:
    before = (workspace / "kg.yaml").read_bytes()
    again = kg("init", str(workspace))
    assert 2 == again.returncode
    assert "nothing was written" in again.stderr
    assert before == (workspace / "kg.yaml").read_bytes()


def test_an_empty_workspace_checks_builds_and_is_added_to(tmp_path: Path) -> None:
    made = kg("init", "--empty", str(tmp_path / "bare"))
    assert (0, ["kg.yaml"]) == (
        made.returncode,
        [each.name for each in (tmp_path / "bare").iterdir()],
    )
    assert "next: cd" in made.stderr
    assert "kg add source" in made.stderr
    bare = tmp_path / "bare"
    assert "no findings" in kg("check", cwd=bare).stderr
    assert 0 == kg("build", cwd=bare).returncode
    named = ("--type", "State", "--name", "Norland")
    assert 0 == kg("add", "entity", *named, cwd=bare).returncode
    assert (bare / "facts" / "entities.yaml").is_file()


def test_a_misspelt_id_is_found_with_its_place_and_a_hint(workspace: Path) -> None:
    (workspace / "facts" / "more.yaml").write_text(
        "facts:\n  - id: x\n    subject: arvenja\n    relation: backs\n    object: belmark\n"
        "    source: harbour-times-2024-05-03\n"
    )
    checked = kg("--no-color", "check", "facts/more.yaml", cwd=workspace)
    assert 1 == checked.returncode
    assert checked.stdout.startswith(
        "facts/more.yaml:3:14: error[unknown-entity]: no entity or source is called 'arvenja'\n"
        "    3 |     subject: arvenja\n"
        "      |              ^^^^^^^\n"
        "   = hint: did you mean 'arvenia'? (facts/"
    )


def test_errors_stop_everything_that_would_build_on_them(workspace: Path) -> None:
    (workspace / "facts" / "broken.yaml").write_text("entities:\n  x:\n    type: Stat\n")
    for command in (("build",), ("query", "relations"), ("show", "arvenia"), ("view",)):
        result = kg(*command, cwd=workspace)
        assert 1 == result.returncode, command
        assert "facts/broken.yaml:" in result.stderr
        assert not result.stdout
    assert not (workspace / "output" / "graph.html").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("query", "denied-suport"), 2, "did you mean 'denied-support'?"),
        (("query", "backers", "-p", "actor=rusia"), 2, "did you mean 'russia'?"),
        (("query", "backers", "-p", "who=russia"), 2, "who"),
        (("query", "backers", "-p", "russia"), 2, "is not NAME=VALUE"),
        (("query", "SELECT * { ?s ?p }"), 2, "1:"),
        (("query", "SELECT * { SERVICE <http://127.0.0.1/> {} }"), 2, "SERVICE"),
        (("query", "ASK {}", "--format", "turtle"), 2, "--format"),
        (("query", "missing.rq"), 1, "missing.rq: No such file"),
        (("show", "venezuelaa"), 2, "did you mean 'venezuela'?"),
        (("show", "Moscow"), 2, "did you mean 'russia'?"),
        (("explain", "unknown-entty"), 2, "did you mean 'unknown-entity'?"),
        (("build", "--as-of", "yesterday"), 2, "--as-of: 'yesterday' is not a date"),
        (("build", "--assume", "russia"), 2, "--assume: no scenario is called 'russia'"),
        (
            ("build", "--without", "wsj"),
            2,
            "--without: no entity, source, group or type is called 'wsj'",
        ),
        (("query", "backers", "--lens", "escalaton"), 2, "did you mean 'escalation'?"),
        (("query", "backers", "--lens", "certain", "--lens", "newspaper"), 2, "one name"),
        (("check", "nowhere.yaml"), 2, "there is no 'nowhere.yaml'"),
        (("check", "--texts", "nowhere"), 2, "is no folder"),
        (("view", "--focus", "chin"), 2, "did you mean 'china'?"),
        (("view", "--compare", "escalaton"), 2, "did you mean 'escalation'?"),
        (("view", "--compare", "as-of=soon"), 2, "--as-of: 'soon' is not a date"),
        (("-C", "/", "check"), 2, "kg.yaml"),
        (("view", "-o", "/"), 2, "is a folder"),
        (("view", "-o", os.devnull), 2, "is not a regular file"),
        (("view", "-o", "nowhere/x.html"), 2, "there is no folder"),
        (("query", "ASK {}", "--timeout", "nan"), 2, "--timeout"),
        (("query", "ASK {}", "--timeout", "inf"), 2, "--timeout"),
        (("build", "--as-of", "2024", "--as-of", "2023"), 2, "--as-of: one value"),
    ],
)
def test_misuse_is_said_in_a_line(arguments: tuple[str, ...], code: int, words: str) -> None:
    result = kg(*arguments)
    assert code == result.returncode
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert not result.stdout


def test_results_go_to_standard_output_and_all_else_to_standard_error() -> None:
    answer = kg("query", "denied-support", "--format", "json")
    assert 4 == len(json.loads(answer.stdout)["results"]["bindings"])
    quiet = kg("--quiet", "query", "denied-support", "--format", "json")
    assert "" == quiet.stderr
    assert answer.stdout == quiet.stdout


@pytest.mark.parametrize("output", ["table", "csv", "tsv", "json", "xml", "markdown"])
def test_every_format_of_solutions_has_the_denial(output: str) -> None:
    assert (
        "no-extensive-military-support--china"
        in kg("query", "denied-support", "--format", output).stdout
    )


@pytest.mark.parametrize("output", ["table", "markdown", "turtle", "ntriples", "jsonld"])
def test_every_format_of_graphs_has_the_edge(output: str) -> None:
    query = "CONSTRUCT { ?s kg:backs ?o } WHERE { ?s kg:backs ?o }"
    answer = kg("query", query, "--format", output)
    assert 0 == answer.returncode
    assert "venezuela" in answer.stdout


def test_a_query_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("# title: Backers\nSELECT ?s { ?s kg:backs e:venezuela }")
    from_file = kg("query", str(tmp_path / "q.rq"), "--format", "csv")
    assert "s\n" == from_file.stdout.replace("\r", "")[:2]
    assert "entity/russia" in from_file.stdout


def test_the_same_question_in_a_narrow_terminal_fits_it() -> None:
    answer = kg("query", "denied-support", environment={"COLUMNS": "40"})
    assert max(len(line) for line in answer.stdout.splitlines()) <= 40


def test_the_deadline_ends_a_query_that_would_not() -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    answer = kg("query", endless, "--timeout", "2")
    assert 1 == answer.returncode
    assert "over 2 s" in answer.stderr


def test_as_of_and_named_lenses_change_what_is_in_force() -> None:
    now = kg("query", "ASK { e:russia kg:backs e:venezuela }", "-f", "json")
    then = kg("query", "ASK { e:russia kg:backs e:venezuela }", "-f", "json", "--as-of", "2001")
    assert json.loads(now.stdout)["boolean"]
    assert not json.loads(then.stdout)["boolean"]
    denied = "ASK { c:no-extensive-military-support--china kg:holds true }"
    assumed = kg("query", denied, "-f", "json", "--lens", "escalation")
    assert not json.loads(kg("query", denied, "-f", "json").stdout)["boolean"]
    assert json.loads(assumed.stdout)["boolean"]


def test_a_misspelt_name_in_a_query_is_noted() -> None:
    answer = kg("query", "SELECT ?x { ?x kg:memerOf e:venzuela }", "--format", "csv")
    assert "did you mean 'memberOf'?" in answer.stderr
    assert "did you mean 'venezuela'?" in answer.stderr
    assert "Seen as of 2025-12-02" in answer.stderr
    unprefixed = kg("query", "SELECT ?s { ?s memberOf ?o }")
    assert "write kg:memberOf" in unprefixed.stderr


def test_text_describes_what_check_then_verifies(workspace: Path) -> None:
    path = next((workspace / "texts").glob("*.txt"))
    described = kg("text", str(path)).stdout
    declared = (workspace / "facts" / "sources.yaml").read_text(encoding="utf-8")
    (sha256,) = [line.split()[1] for line in described.splitlines() if "sha256" in line]
    assert sha256 in declared
    assert 1 == kg("text", "nowhere.txt").returncode


def test_one_broken_query_hides_no_other(workspace: Path) -> None:
    (workspace / "queries").mkdir(exist_ok=True)
    (workspace / "queries" / "bad.rq").write_bytes(b"# title: \xff")
    (workspace / "queries" / "folder.rq").mkdir()
    listed = kg("query", "--list", cwd=workspace)
    assert 1 == listed.returncode
    assert "queries/bad.rq: byte 9 is not UTF-8" in listed.stderr
    assert "withheld" in listed.stdout


def test_a_focus_with_more_hops_than_there_are_ends(workspace: Path) -> None:
    far = kg("view", "--focus", "belmark", "--hops", "999999999999", cwd=workspace)
    assert 0 == far.returncode
    assert (workspace / "output" / "view.html").is_file()


def test_two_lenses_are_drawn_in_one_page(workspace: Path) -> None:
    view = kg("view", "--compare", "as-of=1990", "--focus", "belmark", cwd=workspace)
    drew = view.stderr.splitlines()[0]
    assert (0, "drew 3 things and 5 claims: 4 lost, 1 in force in neither") == (
        view.returncode,
        drew,
    )
    page = (workspace / "output" / "view.html").read_text(encoding="utf-8")
    assert "<b>After, seen</b> <em>as of 1990</em>" in page


def test_what_one_side_keeps_back_the_other_does_not_let_out(workspace: Path) -> None:
    secret = "facts:\n  - {id: secret, subject: arvenia, relation: backs, object: belmark, "
    secret += "source: harbour-times-2024-05-03, marking: RED}\n"
    (workspace / "facts" / "more.yaml").write_text(secret)
    profile = workspace / "kg.yaml"
    profile.write_text(f"{profile.read_text()}\nmarking: CLEAR\n")
    page = workspace / "output" / "view.html"
    for compare, is_told in (("as-of=2023", False), ("marking=RED", True)):
        lenses = ("--marking", "GREEN", "--compare", compare)
        assert 0 == kg("view", *lenses, cwd=workspace).returncode
        assert is_told == ("secret" in page.read_text(encoding="utf-8"))
        diff = kg("diff", *lenses, cwd=workspace)
        assert (0, is_told) == (diff.returncode, "secret" in diff.stdout)


@pytest.mark.parametrize(
    ("focus", "drawn"),
    [
        ("harbour-times", "drew 3 things and 5 claims"),
        ("harbour-times-2024-05-03", "drew 3 things and 5 claims"),
        ("nobody-named", "drew 1 thing and 0 claims"),
    ],
)
def test_a_focus_need_not_be_what_claims_are_about(workspace: Path, focus: str, drawn: str) -> None:
    more = "entities: {nobody-named: {type: State, name: Nobody}}\n"
    (workspace / "facts" / "more.yaml").write_text(more)
    view = kg("view", "--focus", focus, cwd=workspace)
    assert (0, drawn) == (view.returncode, view.stderr.splitlines()[0])


def test_a_drawn_answer_says_what_was_asked_and_what_it_draws(workspace: Path) -> None:
    asked = kg("query", "backers", "-p", "actor=belmark", "--format", "html", cwd=workspace)
    assert "1 row; drew 2 things and 1 claim" in asked.stderr
    page = (workspace / "output" / "answer.html").read_text(encoding="utf-8")
    assert "<title>Who helps an actor, according to whom: actor Belmark</title>" in page
    assert "Asked: kg query backers -p actor=belmark." in page
    kg("query", "SELECT ?s\n{ ?s  kg:alliedWith ?o }", "--format", "html", cwd=workspace)
    page = (workspace / "output" / "answer.html").read_text(encoding="utf-8")
    assert "Asked: SELECT ?s { ?s kg:alliedWith ?o }." in page


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_view_is_written_through_a_link(workspace: Path) -> None:
    (workspace / "link.html").symlink_to(workspace / "target.html")
    assert 0 == kg("view", "-o", "link.html", cwd=workspace).returncode
    assert (workspace / "link.html").is_symlink()
    assert (workspace / "target.html").is_file()


def test_pipes_get_utf8_whatever_the_locale(workspace: Path) -> None:
    shown = kg("show", "belmark", cwd=workspace, environment={"PYTHONIOENCODING": "cp1252"})
    assert 0 == shown.returncode
    assert "→" in shown.stdout


def test_show_tells_who_says_that_china_would_not_support_the_government() -> None:
    card = kg("show", "no-extensive-military-support--china").stdout
    one_line = " ".join(card.split())
    assert "China does not intend to give [extensive] military support" in one_line
    assert "China (informed) → Western diplomatic and intelligence sources (revealed)" in one_line
    assert "not in force: its condition is not assumed" in one_line


def test_check_formats_are_json_and_sarif_and_annotations(workspace: Path) -> None:
    (workspace / "facts" / "broken.yaml").write_text("entities:\n  x:\n    type: Stat\n")
    found = json.loads(kg("check", "--format", "json", cwd=workspace).stdout)["diagnostics"]
    errors = {(d["code"], d["path"], d["line"], d["column"]) for d in found}
    assert ("unknown-type", "facts/broken.yaml", 3, 11) in errors
    assert (
        "::error file=facts/broken.yaml,line=3,col=11"
        in kg("check", "--format", "github", cwd=workspace).stdout
    )


def test_paths_for_github_begin_where_one_is(workspace: Path) -> None:
    (workspace / "facts" / "broken.yaml").write_text(
        "entities:\n  harbor:\n    type: State\n    nam: x\n"
    )
    above, name = workspace.parent, workspace.name
    told = kg("-C", name, "check", "--format", "github", cwd=above).stdout
    assert f"::error file={name}/facts/broken.yaml,line=4,col=5," in told
    sarif = kg("-C", name, "check", "--format", "sarif", cwd=above).stdout
    uris = set(re.findall(r'"uri": "([^"]+)"', sarif))
    assert {f"{name}/facts/broken.yaml"} == {uri for uri in uris if "broken" in uri}
    assert '"replacements"' in sarif


@pytest.mark.parametrize("where", ["slips", "allowed", "shipped", "nothing"])
def test_sarif_is_what_its_schema_says(where: str, workspace: Path) -> None:
    """Findings with fixes, with related places, allowed ones, of code points beyond the plane."""
    if where == "slips":
        (workspace / "facts" / "broken.yaml").write_text(
            "entities:\n  x: {type: Stat, name: 😀, nme: X}\n"
            "facts:\n  - {id: f, subject: Belmark, relation: backs, object: arvenai,\n"
            "     source: harbour-times-2024-05-03, when: 3 May 2024}\n",
            encoding="utf-8",
        )
    elif where == "allowed":
        (workspace / "facts" / "more.yaml").write_text(
            "entities:\n  # kg: allow unused-entity: later\n  y: {type: State, name: Y}\n"
        )
    elif where == "nothing":
        for path in (workspace / "facts").glob("*.yaml"):
            path.unlink()
        (workspace / "kg.yaml").write_text("title: T\nbase: https://example.org/t/\n")
    cwd = ROOT if where == "shipped" else workspace
    schema = json.loads((ROOT / "tests" / "schemas" / "sarif-2.1.0.json").read_bytes())
    log = json.loads(kg("check", "--format", "sarif", cwd=cwd).stdout)
    assert [] == [error.message for error in Draft4Validator(schema).iter_errors(log)]
    (run,) = log["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(ids[each["ruleIndex"]] == each["ruleId"] for each in run["results"])
    if where == "slips":
        assert any("fixes" in each for each in run["results"])
        assert any(each["relatedLocations"] for each in run["results"])
    if where == "allowed":
        assert any(each["suppressions"] for each in run["results"])


def test_json_has_the_fields_that_the_page_names(workspace: Path) -> None:
    (workspace / "facts" / "broken.yaml").write_text(
        "facts:\n  - {id: f, subject: Belmark, relation: backs, object: arvenia, source: s}\n"
    )
    page = (ROOT / "docs" / "how-to" / "check-facts.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page.partition("## For other programs")[2]))
    for found in json.loads(kg("check", "--format", "json", cwd=workspace).stdout)["diagnostics"]:
        fix = found["fix"] or {}
        edits = {key for edit in fix.get("edits", ()) for key in edit}
        related = {key for each in found["related"] for key in each}
        assert {*found, *fix, *edits, *related} <= named


def test_annotations_are_in_the_grammar_of_workflow_commands(workspace: Path) -> None:
    """`::name key=value,key=value::data`, where `%`, line ends, `:` and `,` are escaped."""
    odd = workspace / "facts" / "a,b%3A.yaml"
    odd.write_text('facts:\n  - {id: f, subject: "x%\\ny", relation: a, object: b, source: c}\n')
    command = re.compile(
        r"::(error|warning|notice) file=([^:,\r\n]+),line=\d+,col=\d+,endLine=\d+,endColumn=\d+,"
        r"title=[a-z-]+::[^\r\n]+"
    )
    lines = kg("check", "--format", "github", cwd=workspace).stdout.splitlines()
    assert all(command.fullmatch(line) for line in lines)
    assert any("file=facts/a%2Cb%253A.yaml," in line and "x%25 y" in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--hops", "2"), "--hops counts from what --focus names: give both"),
        (("--focus", "backs-venezuela--china"), "is a claim: name 'china' or 'venezuela'"),
        (("--focus", "Moscow"), "no entity or source is called 'Moscow': did you mean 'russia'?"),
        (("--focus", "qqqqqq"), "no entity or source is called 'qqqqqq': name one"),
    ],
)
def test_view_says_what_it_can_focus_on(arguments: tuple[str, ...], message: str) -> None:
    refused = kg("view", *arguments)
    assert 2 == refused.returncode
    assert message in refused.stderr


@pytest.mark.parametrize("command", ["view", "export graphml", "export csv"])
@pytest.mark.parametrize("target", ["kg.yaml", "facts", "facts/actors.yaml", "ontology/new"])
def test_nothing_is_written_onto_what_is_read(workspace: Path, command: str, target: str) -> None:
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    refused = kg(*command.split(), "-o", target, cwd=workspace)
    assert 2 == refused.returncode
    assert "--output: " in refused.stderr
    assert before == {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
@pytest.mark.parametrize("command", ["view", "export graphml"])
def test_nothing_but_a_file_is_replaced(workspace: Path, command: str) -> None:
    os.mkfifo(workspace / "pipe")
    refused = kg(*command.split(), "-o", "pipe", cwd=workspace)
    assert (2, True) == (refused.returncode, (workspace / "pipe").is_fifo())
    assert "'pipe' is not a regular file" in refused.stderr


@pytest.mark.parametrize("columns", ["1", "4", "12"])
def test_the_narrowest_window_is_written_to(columns: str) -> None:
    assert 0 == kg("analyze", "--explain", "degree", environment={"COLUMNS": columns}).returncode
    assert 0 == kg("show", "russia", environment={"COLUMNS": columns}).returncode


def test_a_number_of_any_size_is_shown_in_time() -> None:
    shown = kg("query", 'SELECT ("9e9999999"^^xsd:decimal AS ?x) {}', "--timeout", "5")
    assert "9e9999999" in shown.stdout


def test_show_of_a_publisher_tells_what_comes_through_it() -> None:
    shown = kg("show", "next-news").stdout
    assert "Edges (44)" in shown
    assert "Denied (8)" in shown


def test_check_of_a_path_shows_only_what_is_in_it(workspace: Path) -> None:
    (workspace / "facts" / "broken.yaml").write_text("entities:\n  x:\n    type: Stat\n")
    assert 1 == kg("check", "facts/broken.yaml", cwd=workspace).returncode
    assert 0 == kg("check", "ontology", cwd=workspace).returncode


def test_strict_lets_warnings_fail() -> None:
    assert 0 == kg("check").returncode
    assert 1 == kg("check", "--strict").returncode


def test_color_is_for_terminals_and_for_those_who_ask() -> None:
    assert "\x1b[" not in kg("check").stdout
    assert "\x1b[" in kg("--color", "check").stdout


def test_everything_runs_in_the_c_locale() -> None:
    answer = kg("show", "china", environment={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert 0 == answer.returncode
    assert "Traceback" not in answer.stderr


def test_version_and_help() -> None:
    assert kg("--version").stdout.startswith("kg, version ")
    for command in ("init", "check", "build", "query", "show", "view", "text", "explain"):
        assert 0 == kg(command, "--help").returncode


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_completes_commands_and_ids(shell: str) -> None:
    assert "kg" in kg(environment={"_KG_COMPLETE": f"{shell}_source"}).stdout
    words = {"COMP_WORDS": "kg show venez", "COMP_CWORD": "venez" if shell == "fish" else "2"}
    completed = kg(environment={"_KG_COMPLETE": f"{shell}_complete", **words}).stdout
    assert "venezuela" in completed


# -- kg check --fix -----------------------------------------------------------------------------

SLIPS = (
    "facts:\n- id: f  # as read\n  subject: Arvenia\n  relation: backs\n  object: belmrk\n"
    "  source: harbour-times-2024-05-03\n  passage: P1\n"
)


@pytest.fixture
def with_slips(tmp_path: Path) -> Path:
    kg("init", str(tmp_path))
    (tmp_path / "facts" / "slips.yaml").write_bytes(SLIPS.replace("\n", "\r\n").encode())
    return tmp_path


def test_fix_makes_what_is_certain_and_keeps_the_rest(with_slips: Path) -> None:
    run = kg("check", "--fix", cwd=with_slips)
    assert 1 == run.returncode
    assert "1 fix made in facts/slips.yaml" in run.stderr
    assert "'kg check --fix --unsafe-fixes' puts 1 right" in run.stderr
    after = (with_slips / "facts" / "slips.yaml").read_bytes().decode()
    assert SLIPS.replace("Arvenia", "arvenia").replace("\n", "\r\n") == after


def test_unsafe_fixes_make_the_rest_and_leave_nothing_to_do(with_slips: Path) -> None:
    assert 0 == kg("check", "--fix", "--unsafe-fixes", cwd=with_slips).returncode
    before = (with_slips / "facts" / "slips.yaml").stat().st_mtime_ns
    assert 0 == kg("check", "--fix", "--unsafe-fixes", cwd=with_slips).returncode
    assert before == (with_slips / "facts" / "slips.yaml").stat().st_mtime_ns


def test_diff_writes_nothing(with_slips: Path) -> None:
    before = (with_slips / "facts" / "slips.yaml").read_bytes()
    run = kg("check", "--fix", "--diff", cwd=with_slips)
    assert (1, before) == (run.returncode, (with_slips / "facts" / "slips.yaml").read_bytes())
    assert "-  subject: Arvenia" in run.stdout
    assert "+  subject: arvenia" in run.stdout


def test_fixes_stay_in_the_paths_that_are_named(with_slips: Path) -> None:
    before = (with_slips / "facts" / "slips.yaml").read_bytes()
    assert 0 == kg("check", "--fix", "facts/actors.yaml", cwd=with_slips).returncode
    assert before == (with_slips / "facts" / "slips.yaml").read_bytes()


def test_diff_goes_with_fix() -> None:
    run = kg("check", "--diff")
    assert (2, "") == (run.returncode, run.stdout)
    assert "go with --fix" in run.stderr


# -- kg explain ---------------------------------------------------------------------------------


def test_explain_knows_terms_also_outside_of_a_workspace(tmp_path: Path) -> None:
    run = kg("explain", "backs", cwd=tmp_path)
    assert run.stdout.startswith("backs: ")
    assert kg("explain", "types", cwd=tmp_path).stdout.startswith("Actor: ")
    assert "alliedWith" in kg("explain", "relations", cwd=tmp_path).stdout
    wrong = kg("explain", "bakcs", cwd=tmp_path)
    assert (2, "") == (wrong.returncode, wrong.stdout)
    assert "did you mean 'backs'?" in wrong.stderr


def test_explain_knows_a_workspaces_own_terms(tmp_path: Path) -> None:
    kg("init", str(tmp_path))
    assert "grantsTransitTo: " in kg("explain", "grantsTransitTo", cwd=tmp_path).stdout
