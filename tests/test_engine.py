"""The embedded engine: what it answers, and that no query gets out, goes on for ever or hides."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kg.engine.embedded import Limits, run
from kg.engine.errors import EngineError
from kg.query.errors import QueryError
from kg.query.guard import Form
from kg.query.request import QueryRequest, QueryResult, prepare

PREFIXES = {
    "x": "https://example.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}

TURTLE = b"""
    @prefix x: <https://example.org/> .
    x:a x:p x:b, x:c ; x:n 1, 2.50 ; x:label "A \\"quoted\\" \xd0\xaf"@ru .
    x:b x:p x:c .
    """

MIB = 1024 * 1024


def ask(text: str, output: str = "json", turtle: bytes = TURTLE) -> QueryResult:
    return run(turtle, prepare(text, output, PREFIXES))


def rows(text: str) -> list[dict[str, str]]:
    found = json.loads(ask(text).body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def unguarded(sparql: str, form: Form = Form.SELECT) -> QueryRequest:
    """A query that the guard would have refused."""
    return QueryRequest(sparql, "", form, "ntriples" if form.is_graph else "json", PREFIXES)


def many(count: int) -> bytes:
    """So many triples of one property."""
    return "".join(f"<urn:s{n}> <urn:p> {n} .\n" for n in range(count)).encode()


# -- answers --------------------------------------------------------------------------------------


def test_a_select_is_answered_with_prefixes_declared() -> None:
    expected = [{"o": "https://example.org/b"}, {"o": "https://example.org/c"}]
    assert expected == rows("SELECT ?o { x:a x:p ?o } ORDER BY ?o")


def test_an_ask_is_answered() -> None:
    assert {"head": {}, "boolean": True} == json.loads(ask("ASK { x:a x:p x:b }").body)


def test_every_wire_is_the_engines_own() -> None:
    text = "SELECT ?s ?n { ?s x:n ?n } ORDER BY ?n"
    assert (
        b"s,n\r\nhttps://example.org/a,1\r\nhttps://example.org/a,2.5\r\n" == ask(text, "csv").body
    )
    expected = b"?s\t?n\n<https://example.org/a>\t1\n<https://example.org/a>\t2.5\n"
    assert expected == ask(text, "tsv").body
    assert ask(text, "xml").body.startswith(b'<?xml version="1.0"?><sparql')


def test_a_graph_comes_sorted_and_each_triple_once() -> None:
    text = "CONSTRUCT { ?o x:of ?s . ?s x:is ?s } WHERE { ?s x:p ?o }"
    lines = ask(text, "turtle").body.decode().splitlines()
    assert 5 == len(lines)
    assert sorted(lines) == lines


def test_blank_nodes_get_the_same_names_every_time() -> None:
    text = "CONSTRUCT { ?s x:has [ x:what ?o ] } WHERE { ?s x:p ?o }"
    first = ask(text, "ntriples").body
    assert first == ask(text, "ntriples").body
    assert b"_:c14n0" in first


def test_text_comes_back_whole() -> None:
    assert [{"l": 'A "quoted" Я'}] == rows("SELECT ?l { x:a x:label ?l }")


def test_the_same_question_has_the_same_bytes() -> None:
    data = many(300)
    text = "SELECT * { ?s <urn:p> ?o }"
    assert ask(text, turtle=data).body == ask(text, turtle=data).body


# -- mistakes in the query ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s {\n ?s x:p ?o .\n ?s ?p }", "3:8: '}' cannot stand here"),
        ("SELECT ?s { ?s x:p ?o } ORDER ?s", "1:31: .\\?s. cannot stand here"),
        ("SELECT (FOO(?s) AS ?t) { ?s x:p ?o }", "1:9: 'FOO' cannot stand here"),
        ("SELECT * { ?s x:p ?o . FILTER(?o == 1) }", "1:35: '=' cannot stand here"),
        ("SELECT * { ?é x:p ?o . ?s }", "1:27: '}' cannot stand here"),
        ("SELECT * { ?s <p> ?o }", "1:15: '<p>' cannot stand here"),
        ("SELECT *", "1:9: the query ends too early"),
        ("SELECT ?s ?s { ?s x:p ?o }", "1:1: duplicated variable name in SELECT"),
        ("# a remark\nSELECT * { ?s x:p ?o } GROUP BY ?s", "2:1: SELECT \\* is not authorized"),
    ],
)
def test_a_mistake_is_named_at_its_place_in_the_users_text(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        ask(text)


# -- limits ---------------------------------------------------------------------------------------


def test_a_deadline_ends_the_query_and_its_process() -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:p> ?f }"
    start = time.monotonic()
    with pytest.raises(EngineError, match="over 2 s: --timeout"):
        run(many(2000), prepare(text, "json", PREFIXES), Limits(seconds=2))
    assert 4 > time.monotonic() - start
    assert [] == children()


def children() -> list[int]:
    """The processes of this one that still run."""
    tasks = Path(f"/proc/{os.getpid()}/task")
    if not tasks.is_dir():
        pytest.skip("the system does not list processes")
    return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]


def test_a_query_that_exhausts_the_stack_ends_its_own_process_only() -> None:
    depth = 5000
    text = "SELECT * " + "{" * depth + " ?s ?p ?o " + "}" * depth
    with pytest.raises(QueryError, match="nested deeper than 256"):
        prepare(text, "json", PREFIXES)
    with pytest.raises(EngineError, match="too complex for the engine, which crashed"):
        run(TURTLE, unguarded(text), Limits(seconds=20))
    assert 2 == len(rows("SELECT * { x:a x:p ?o }"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_memory_has_a_limit() -> None:
    text = "SELECT DISTINCT ?a ?b ?c { ?x <urn:p> ?a . ?y <urn:p> ?b . ?z <urn:p> ?c }"
    request = prepare(text, "json", PREFIXES)
    with pytest.raises(EngineError, match="needs more than 96 MiB of memory"):
        run(many(400), request, Limits(seconds=20, memory=96 * MIB))


def test_the_data_do_not_count_as_the_querys_memory() -> None:
    data = many(30_000)
    result = run(data, prepare("ASK { ?s ?p ?o }", "json", PREFIXES), Limits(memory=64 * MIB))
    assert json.loads(result.body)["boolean"]


def test_an_answer_that_is_too_large_is_refused_and_never_cut() -> None:
    request = prepare("SELECT * { ?a <urn:p> ?b . ?c <urn:p> ?d }", "csv", PREFIXES)
    with pytest.raises(EngineError, match="larger than 1 MiB"):
        run(many(400), request, Limits(output=MIB))
    construct = prepare("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "turtle", PREFIXES)
    with pytest.raises(EngineError, match="larger than 500 bytes"):
        run(many(400), construct, Limits(output=500))


def test_data_that_cannot_be_read_are_a_defect() -> None:
    with pytest.raises(RuntimeError, match="the engine refused the data"):
        ask("ASK { ?s ?p ?o }", turtle=b"<a> <b>")


# -- nothing gets out -----------------------------------------------------------------------------


@pytest.fixture
def canary() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and everything that anybody sends to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        is_over = threading.Event()

        def listen() -> None:
            while not is_over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(1)
                    heard.append(connection.recv(1000))

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", heard
        is_over.set()
        thread.join()


def test_the_canary_sings(canary: tuple[str, list[bytes]]) -> None:
    """Without the worker the engine does send: else the next test would prove nothing."""
    address, heard = canary
    with pytest.raises(OSError, match=r".+"):
        bool(pyoxigraph.Store().query(f"ASK {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
    assert heard


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on descriptors")
def test_no_query_opens_a_connection_even_past_the_guard(canary: tuple[str, list[bytes]]) -> None:
    address, heard = canary
    for text in (
        f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{address.replace('127.0.0.1', 'localhost')}> {{ ?s ?p ?o }} }}",
    ):
        with pytest.raises(EngineError, match="the engine failed"):
            run(TURTLE, unguarded(text))
    silent = f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}"
    assert run(TURTLE, unguarded(silent)).body
    with pytest.raises(QueryError):
        run(TURTLE, unguarded(f"LOAD <{address}>"))
    assert [] == heard


def test_from_reads_no_file(tmp_path: Path) -> None:
    file = tmp_path / "secret.ttl"
    file.write_text("<urn:a> <urn:b> <urn:c> .")
    text = f"SELECT * FROM <{file.as_uri()}> {{ ?s ?p ?o }}"
    assert [] == json.loads(run(TURTLE, unguarded(text)).body)["results"]["bindings"]


# -- the worker -----------------------------------------------------------------------------------


def test_the_worker_imports_nothing_of_the_folder_it_runs_in(tmp_path: Path) -> None:
    for name in ("json", "io", "re", "pyoxigraph", "resource", "kg"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from here')")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); sys.path.append(sys.argv[2])\n"
        "import os; from kg.engine.embedded import run; from kg.query.request import prepare\n"
        "os.chdir(sys.argv[3]); os.environ['PYTHONPATH'] = sys.argv[3]\n"
        "print(run(b'', prepare('ASK {}', 'json', {})).body.decode())"
    )
    here = str(Path(__file__).resolve().parent.parent)
    engine = str(Path(pyoxigraph.__file__).resolve().parent.parent)
    process = subprocess.run(
        [sys.executable, "-P", "-c", code, here, engine, str(tmp_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert '{"head":{},"boolean":true}' == process.stdout.strip()


def test_the_worker_runs_from_a_folder_with_any_name(tmp_path: Path) -> None:
    import kg.engine

    folder = tmp_path / "a folder, ünusual"
    folder.mkdir()
    worker = shutil.copy(Path(kg.engine.__file__).with_name("worker.py"), folder)
    order = {"query": "ASK {}", "ends": [], "wire": "json", "memory": 64 * MIB, "output": MIB}
    engine = str(Path(pyoxigraph.__file__).resolve().parent.parent)
    process = subprocess.run(
        [sys.executable, "-I", "-S", worker, engine],
        input=json.dumps(order).encode() + b"\n", capture_output=True, check=True,
    )  # fmt: skip
    assert b'{"status": "ok"}\n{"head":{},"boolean":true}' == process.stdout
