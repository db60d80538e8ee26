"""Every format, read back by a library that knows nothing of kg."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import duckdb
import igraph
import networkx as nx
import pandas
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from pyld import jsonld

import kg.exporters
from kg.cli.main import cli
from kg.exporters import EXPORTERS, Exporter
from kg.exporters.columns import columns_of
from kg.exporters.neo4j import upper_snake
from kg.exporters.records import ClaimRecord, ColumnType, to_records
from kg.lens import Lens, make_lens
from kg.model.facts import FactSet
from kg.network import direct_edges
from kg.rdf.dataset import to_dataset
from kg.scene import Scene, look
from kg.workspace.exports import ExporterError, files_of
from tests.conftest import ROOT, shipped_facts, sound_facts
from tests.strategies import fact_sets, lenses

Files = Mapping[str, bytes]
#: subject, relation, object and claims
EdgeRow = tuple[str, str, str, tuple[str, ...]]


@lru_cache(maxsize=4)
def scene_of(assume: str = "") -> Scene:
    facts = shipped_facts()
    dials = {"assume": (assume,)} if assume else {}
    return look(facts, make_lens("test", dials, facts, Lens()))


def exported(name: str, scene: Scene) -> Files:
    (exporter,) = (each for each in EXPORTERS if each.name == name)
    return exporter.export(scene)


def expected_edges(scene: Scene) -> set[EdgeRow]:
    return {(e.subject, e.relation, e.object, e.claims) for e in direct_edges(scene)}


# -- reading back ---------------------------------------------------------------------------------


def edges_of_graphml(files: Files) -> set[EdgeRow]:
    graph = nx.parse_graphml(files["graph.graphml"].decode(), force_multigraph=True)
    return {
        (u, data["relation"], v, tuple(data["claims"].split()))
        for u, v, data in graph.edges(data=True)
    }


def edges_of_gexf(files: Files) -> set[EdgeRow]:
    graph = nx.read_gexf(io.BytesIO(files["graph.gexf"]))
    return {
        (u, data["relation"], v, tuple(data["claims"].split()))
        for u, v, data in graph.edges(data=True)
    }


def frame_of(data: bytes) -> pandas.DataFrame:
    return pandas.read_csv(io.BytesIO(data), keep_default_na=False, dtype=str)


def edges_of_csv(files: Files) -> set[EdgeRow]:
    frame = frame_of(files["edges.csv"])
    return {
        (row["source"], row["relation"], row["target"], tuple(row["claims"].split()))
        for row in frame.to_dict("records")
    }


def parquet_rows(data: bytes, folder: Path) -> list[dict[str, Any]]:
    path = folder / "table.parquet"
    path.write_bytes(data)
    found = duckdb.connect().execute(f"SELECT * FROM '{path}'")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def edges_of_neo4j(files: Files) -> set[EdgeRow]:
    return {
        (row[":START_ID(Thing)"], row["relation"], row[":END_ID(Thing)"],
         tuple(filter(None, row["claims:string[]"].split("\x1f"))))
        for row in csv.DictReader(io.StringIO(files["edges.csv"].decode(), newline=""))
    }  # fmt: skip


READERS: dict[str, Callable[[Files], set[EdgeRow]]] = {
    "graphml": edges_of_graphml,
    "gexf": edges_of_gexf,
    "csv": edges_of_csv,
    "neo4j": edges_of_neo4j,
}
every_reader = pytest.mark.parametrize("name", READERS)
every_format = pytest.mark.parametrize("name", [each.name for each in EXPORTERS])


@every_reader
@pytest.mark.parametrize("assume", ["", "us-escalation"])
def test_the_edges_are_the_direct_edges_and_know_their_claims(name: str, assume: str) -> None:
    scene = scene_of(assume)
    assert expected_edges(scene) == READERS[name](exported(name, scene))


def test_parquet_has_the_direct_edges_with_typed_columns(tmp_path: Path) -> None:
    scene = scene_of()
    files = exported("parquet", scene)
    edges = parquet_rows(files["edges.parquet"], tmp_path)
    assert expected_edges(scene) == {
        (row["source"], row["relation"], row["target"], tuple(row["claims"])) for row in edges
    }
    claims = {row["id"]: row for row in parquet_rows(files["claims.parquet"], tmp_path)}
    denial = claims["no-extensive-military-support--china"]
    assert ("denied", "intended", False) == (
        denial["polarity"],
        denial["modality"],
        denial["holds"],
    )
    assert ["wsj-report", "western-sources", "china"] == denial["said_by"]
    assert "2025-12-02" == claims["backs-venezuela--russia"]["certain_until"].isoformat()
    path = tmp_path / "table.parquet"
    keys = duckdb.connect().execute(f"SELECT * FROM parquet_kv_metadata('{path}')")
    assert scene.describe().encode() in {row[2] for row in keys.fetchall()}


@every_reader
@settings(max_examples=25)
@given(facts=fact_sets(), lens=lenses)
def test_no_lens_makes_an_edge_of_what_does_not_hold(name: str, facts: FactSet, lens: Lens) -> None:
    scene = look(facts, lens)
    found = READERS[name](exported(name, scene))
    assert expected_edges(scene) == found
    assert {claim for *_, claims in found for claim in claims} <= {c.id for c in scene.edges}


def keys_of(value: Any) -> set[str]:
    """Every key at any depth of a JSON value."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set()


@settings(max_examples=25)
@given(fact_sets(), lenses)
def test_framed_claims_make_no_edge_at_all(facts: FactSet, lens: Lens) -> None:
    document = json.loads(exported("jsonld-frame", look(facts, lens))["claims.jsonld"])
    relations = {f"kg:{relation}" for relation in facts.vocabulary.relations}
    assert not relations & keys_of(document["@graph"])
    claims = [node for node in document["@graph"] if "kg:Claim" in node["@type"]]
    assert len(look(facts, lens).facts.claims) == len(claims)


@settings(max_examples=15)
@given(fact_sets(), lenses)
def test_parquet_makes_no_edge_of_what_does_not_hold(facts: FactSet, lens: Lens) -> None:
    scene = look(facts, lens)
    from pyarrow import BufferReader, parquet

    table = parquet.read_table(BufferReader(exported("parquet", scene)["edges.parquet"]))
    assert expected_edges(scene) == {
        (row["source"], row["relation"], row["target"], tuple(row["claims"]))
        for row in table.to_pylist()
    }


@every_format
def test_every_format_names_the_lens(name: str) -> None:
    scene = scene_of("us-escalation")
    assert any(b"Escalation of US measures" in data for data in exported(name, scene).values())
    written = b"".join(exported(name, scene).values())
    assert scene.describe().encode() in written


WRITE_ALL = """
import sys
from kg.cli.main import cli
_, folder, *formats = sys.argv
for command in (["build"], *(["export", format] for format in formats)):
    assert not cli(["--quiet", "-C", folder, *command], standalone_mode=False)
"""


def test_the_same_facts_give_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """In whichever order sets have their texts, which Python's seed of hashes decides."""
    formats = [each.name for each in EXPORTERS]
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        for part in ("facts", "ontology"):
            shutil.copytree(ROOT / part, folder / part)
        shutil.copy(ROOT / "kg.yaml", folder)
        command = [sys.executable, "-c", WRITE_ALL, str(folder), *formats]
        settings = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False
        )
        assert 0 == done.returncode, done.stderr
        files = [path for path in (folder / "output").rglob("*") if path.is_file()]
        made.append({str(p.relative_to(folder / "output")): p.read_bytes() for p in files})
    first, second = made
    assert {"analysis.json", *(f"export/{name}" for name in formats)} <= {
        part for name in first for part in (name, name.rpartition("/")[0])
    }
    assert first.keys() == second.keys()
    assert [] == [name for name in first if first[name] != second[name]]


def test_igraph_reads_the_graphml(tmp_path: Path) -> None:
    scene = scene_of()
    path = tmp_path / "graph.graphml"
    path.write_bytes(exported("graphml", scene)["graph.graphml"])
    graph = igraph.Graph.Read_GraphML(str(path))
    records = to_records(scene)
    assert [node.label for node in records.nodes] == graph.vs["label"]
    assert len(records.edges) == graph.ecount()
    assert scene.describe() == graph["seen"]


def test_edges_say_what_a_reader_must_know_of_them() -> None:
    edges = {edge.id: edge for edge in to_records(scene_of()).edges}
    told = edges["russia--informs--maduro-government"]
    assert (True, True, False) == (told.reported, told.unnamed, told.headline)
    assert ("western-sources", "wsj-report") == told.speakers
    advised = edges["russia--advisesAgainstEscalation--nicolas-maduro"]
    assert (True, False, True) == (advised.reported, advised.unnamed, advised.headline)
    backs = edges["russia--backs--venezuela"]
    assert (False, False, False, ()) == (
        backs.reported,
        backs.unnamed,
        backs.headline,
        backs.speakers,
    )


def test_the_ids_of_graphml_are_unique() -> None:
    root = ElementTree.fromstring(exported("graphml", scene_of())["graph.graphml"])
    keys = [key.get("id") for key in root.iter("{http://graphml.graphdrawing.org/xmlns}key")]
    assert len(keys) == len(set(keys)) > 10


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_every_edge_has_an_id_of_its_own_that_xml_can_hold(name: str) -> None:
    """Readers such as Gephi go by the ids: an edge whose id stands twice would be lost."""
    scene = scene_of()
    (data,) = exported(name, scene).values()
    edges = [each for each in ElementTree.fromstring(data).iter() if each.tag.endswith("}edge")]
    ids = [edge.get("id") or "" for edge in edges]
    assert len(direct_edges(scene)) == len(ids) == len(set(ids))
    assert [] == [id for id in ids if not re.fullmatch(r"[\w.:-]+", id)]


@dataclass(frozen=True)
class Odd:
    id: str
    since: date


def test_a_field_of_a_type_that_no_column_has_is_refused() -> None:
    """And not written as text, whatever it is."""
    with pytest.raises(TypeError, match="'since' says not what its cells are"):
        columns_of(cast(Any, Odd))


def test_columns_are_of_the_types_that_their_fields_say() -> None:
    types = {column.name: column.type for column in columns_of(ClaimRecord)}
    dates = ["valid_from", "certain_from", "certain_until", "valid_until"]
    assert dates == [name for name, kind in types.items() if kind is ColumnType.DATE]
    assert ["condition", "unless", "said_by", "against", "about", "supersedes", "disputes"] == (
        [name for name, kind in types.items() if kind is ColumnType.IDS]
    )
    assert ["passages", "tags"] == [n for n, kind in types.items() if kind is ColumnType.TEXTS]
    assert ColumnType.INTEGER == types["credibility"]
    assert ColumnType.BOOLEAN == types["holds"]


def test_every_claim_is_in_the_table_of_claims_with_its_standing() -> None:
    scene = scene_of()
    frame = frame_of(exported("csv", scene)["claims.csv"])
    assert list(scene.facts.claims) == list(frame["id"])
    held = {claim.id for claim in scene.in_force}
    assert held == set(frame.loc[frame["holds"] == "true", "id"])
    denied = frame.loc[frame["polarity"] == "denied"]
    assert 8 == len(denied)
    assert {"false"} == set(denied["holds"])


def test_csv_is_described_as_the_web_standard_wants() -> None:
    files = exported("csv", scene_of())
    described = json.loads(files["csv-metadata.json"])
    for table in described["tables"]:
        header = files[table["url"]].decode().split("\r\n")[0].split(",")
        assert header == [column["name"] for column in table["tableSchema"]["columns"]]


HOSTILE = """
    sources:
      s: {type: NewsArticle, title: '<b>"News"</b>', published: 2025-12-02}
    entities:
      a: {type: State, name: "=cmd|' /C calc'!A0", aliases: ['a|b', 'c\\d', '@x']}
      b: {type: State, name: "+1 😀 \u05d0\u05d1", description: "two\\nlines, \\"quoted\\""}
    facts:
      - {id: f, subject: a, relation: backs, object: b, source: s, note: '-- no; no'}
"""


@pytest.fixture(scope="module")
def hostile() -> Scene:
    return look(sound_facts(HOSTILE), Lens())


def test_a_spreadsheet_runs_nothing_and_the_texts_come_back(hostile: Scene) -> None:
    files = exported("csv", hostile)
    for name in ("nodes.csv", "claims.csv"):
        cells = [cell for row in csv.reader(io.StringIO(files[name].decode())) for cell in row]
        assert [] == [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    nodes = frame_of(files["nodes.csv"]).set_index("id")
    facts = hostile.facts
    for id, entity in facts.entities.items():
        assert entity.name == str(nodes.loc[id, "label"]).removeprefix("'")
        assert (entity.description or "") == nodes.loc[id, "description"]
    aliases = re.split(r"(?<!\\)\|", str(nodes.loc["a", "aliases"]))
    assert ["a|b", "c\\d", "@x"] == [re.sub(r"\\(.)", r"\1", alias) for alias in aliases]


@every_reader
def test_hostile_names_break_no_format(name: str, hostile: Scene) -> None:
    assert expected_edges(hostile) == READERS[name](exported(name, hostile))


def test_hostile_names_come_back_from_xml(hostile: Scene) -> None:
    expected = {id: entity.name for id, entity in hostile.facts.entities.items()}
    expected["s"] = '<b>"News"</b>'
    text = exported("graphml", hostile)["graph.graphml"].decode()
    assert expected == dict(nx.parse_graphml(text).nodes(data="label"))
    graph = nx.read_gexf(io.BytesIO(exported("gexf", hostile)["graph.gexf"]))
    assert expected == dict(graph.nodes(data="label"))


def test_line_ends_and_quotes_come_back_from_every_format(hostile: Scene, tmp_path: Path) -> None:
    text = hostile.facts.entities["b"].description
    assert text == 'two\nlines, "quoted"'
    graphml = exported("graphml", hostile)["graph.graphml"]
    (tmp_path / "graph.graphml").write_bytes(graphml)
    read = igraph.Graph.Read_GraphML(str(tmp_path / "graph.graphml"))
    gexf = nx.read_gexf(io.BytesIO(exported("gexf", hostile)["graph.gexf"]))
    tables = [
        frame_of(exported("csv", hostile)["nodes.csv"]),
        frame_of(exported("neo4j", hostile)["things.csv"]).rename(columns={"id:ID(Thing)": "id"}),
    ]
    parquet = parquet_rows(exported("parquet", hostile)["nodes.parquet"], tmp_path)
    found = [
        nx.parse_graphml(graphml.decode()).nodes["b"]["description"],
        read.vs.find(id="b")["description"],
        gexf.nodes["b"]["description"],
        *(table.set_index("id").loc["b", "description"] for table in tables),
        *(row["description"] for row in parquet if row["id"] == "b"),
    ]
    assert [text] * 6 == found


@every_format
@pytest.mark.parametrize("things", ["", "entities: {a: {type: State, name: A}}"])
def test_nothing_and_a_single_thing_make_whole_files(
    name: str, things: str, tmp_path: Path
) -> None:
    scene = look(sound_facts(things), Lens())
    files = exported(name, scene)
    assert files
    if name in READERS:
        assert set() == READERS[name](files)
    if name == "graphml":
        assert len(scene.facts.entities) == len(nx.parse_graphml(files["graph.graphml"].decode()))
    if name == "gexf":
        assert len(scene.facts.entities) == len(nx.read_gexf(io.BytesIO(files["graph.gexf"])))
    if name == "parquet":
        assert [] == parquet_rows(files["claims.parquet"], tmp_path)
        assert len(scene.facts.entities) == len(parquet_rows(files["nodes.parquet"], tmp_path))
    if name == "jsonld-frame":
        kinds = [node["@type"] for node in json.loads(files["claims.jsonld"])["@graph"]]
        assert [["kg:Lens"]] == kinds


def test_xml_says_booleans_as_its_schema_has_them() -> None:
    """`True` is Python's; XML Schema knows `true`."""
    scene = scene_of()
    graphml, gexf = (exported(name, scene) for name in ("graphml", "gexf"))
    for data in (*graphml.values(), *gexf.values()):
        assert b">True<" not in data
        assert b'"True"' not in data
        assert b"true" in data


# -- Neo4j ----------------------------------------------------------------------------------------

_HEADER = re.compile(
    r"(?P<name>\w*)(:(?P<kind>ID|START_ID|END_ID|LABEL|TYPE|int|boolean|date|string)"
    r"(?P<list>\[\])?(\((?P<space>\w+)\))?)?"
)


def test_neo4j_files_follow_the_rules_of_its_importer() -> None:
    files = exported("neo4j", scene_of())
    ids: dict[str, set[str]] = {}
    for name in ("things.csv", "claims.csv", "edges.csv", "parts.csv", "about.csv"):
        header, *rows = list(csv.reader(io.StringIO(files[name].decode(), newline="")))
        columns = [_HEADER.fullmatch(cell) for cell in header]
        assert all(columns), header
        for row in rows:
            assert len(header) == len(row)
            for match, cell in zip(columns, row, strict=True):
                assert match is not None
                kind, space = match["kind"], match["space"]
                if kind == "ID":
                    assert cell not in ids.setdefault(space, set())
                    ids[space].add(cell)
                elif kind in ("START_ID", "END_ID"):
                    assert cell in ids[space]
                elif kind in ("TYPE", "LABEL"):
                    assert cell
                elif kind == "int":
                    assert re.fullmatch(r"-?\d*", cell)
                elif kind == "boolean":
                    assert cell in ("true", "false")
                elif kind == "date":
                    assert re.fullmatch(r"(\d{4}-\d\d-\d\d)?", cell)


def test_in_neo4j_a_claim_is_tied_to_all_that_it_speaks_of() -> None:
    """To other claims as well, which are nodes of another file."""
    scene = scene_of()
    files = exported("neo4j", scene)
    tied = {
        (row[":START_ID(Claim)"], row[end])
        for name, end in (("parts.csv", ":END_ID(Thing)"), ("about.csv", ":END_ID(Claim)"))
        for row in csv.DictReader(io.StringIO(files[name].decode()))
        if row[":TYPE"] == "ABOUT"
    }
    claims = scene.facts.claims
    assert {(claim.id, about) for claim in claims.values() for about in claim.about} == tied
    assert any(about in claims for _, about in tied)
    assert b"--relationships=about.csv" in files["README.md"]


def test_in_neo4j_a_link_that_is_not_named_keeps_its_place_in_the_chain() -> None:
    chained = """
        sources: {s: {type: NewsArticle, title: News, published: 2025-12-02}}
        entities: {a: {type: State, name: A}, b: {type: State, name: B}}
        defaults: {source: s}
        facts:
          - {id: f, subject: a, relation: backs, object: b, said_by: [unknown, b]}
    """
    files = exported("neo4j", look(sound_facts(chained), Lens()))
    parts = csv.DictReader(io.StringIO(files["parts.csv"].decode()))
    said = [tuple(row.values()) for row in parts if row[":TYPE"] == "SAID_BY"]
    assert [("f", "b", "SAID_BY", "2")] == said
    (claim,) = csv.DictReader(io.StringIO(files["claims.csv"].decode()))
    assert ["unknown", "b"] == claim["said_by:string[]"].split("\x1f")


def test_in_neo4j_a_denial_is_a_claim_and_no_relationship() -> None:
    files = exported("neo4j", scene_of("us-escalation"))
    types = {row[2] for row in csv.reader(io.StringIO(files["edges.csv"].decode()))}
    assert "GIVES_MILITARY_SUPPORT_TO" not in types
    assert "CARRIES_OUT" in types
    parts = list(csv.reader(io.StringIO(files["parts.csv"].decode())))
    assert ["no-extensive-military-support--china", "western-sources", "SAID_BY", "2"] in parts


def test_a_relation_is_a_type_in_capitals() -> None:
    assert "GIVES_MILITARY_SUPPORT_TO" == upper_snake("givesMilitarySupportTo")


# -- JSON-LD --------------------------------------------------------------------------------------


CHAINED = """
    sources:
      s:
        type: NewsArticle
        title: News
        published: 2025-12-02
        text: {sha256: 51636a7bd9a34dd3c3aaa044403057636703d840ef15160ed97e96779789e43a,
               characters: 99, parts: {P1: 0-50}}
    entities:
      a: {type: State, name: A, codes: {wikidata: Q1}}
      b: {type: State, name: B}
      aide: {type: UnnamedSource, name: An aide}
      war: {type: Scenario, name: War}
    defaults: {source: s, passage: P1}
    facts:
      - {id: f, subject: a, relation: backs, object: b, said_by: [{by: aide, verb: said}, a]}
      - {id: g, subject: a, relation: backs, object: b, condition: war, polarity: denied}
"""


def canonical(value: Any) -> Any:
    """JSON-LD in which the order of what has none does not matter."""
    if isinstance(value, list):
        return sorted((canonical(each) for each in value), key=lambda each: json.dumps(each))
    if isinstance(value, dict):
        return {key: canonical(each) for key, each in sorted(value.items())}
    return value


def test_framing_the_build_with_the_frame_gives_the_document() -> None:
    scene = look(sound_facts(CHAINED), Lens())
    files = exported("jsonld-frame", scene)
    document, frame = (json.loads(files[name]) for name in ("claims.jsonld", "frame.jsonld"))
    graph = json.loads(to_dataset(scene).jsonld())
    framed = jsonld.frame(graph, frame, {"omitGraph": False})
    assert canonical(jsonld.expand(framed)) == canonical(jsonld.expand(document))


def quads(document: Any) -> set[str]:
    found = jsonld.to_rdf(document, {"format": "application/n-quads"})
    return {line for line in found.split("\n") if line}


def test_the_framed_document_says_nothing_but_what_the_graph_says() -> None:
    scene = scene_of()
    document = json.loads(exported("jsonld-frame", scene)["claims.jsonld"])
    graph = json.loads(to_dataset(scene).jsonld())
    said, known = quads(document), quads(graph)
    assert said <= known
    base = scene.facts.profile.base
    of_claims = {line for line in known if line.startswith(f"<{base}claim/")}
    assert of_claims <= said


# -- registry, entry points, command line ---------------------------------------------------------


@pytest.mark.parametrize("module", [m.name for m in pkgutil.iter_modules(kg.exporters.__path__)])
def test_every_exporter_is_registered(module: str) -> None:
    found = getattr(importlib.import_module(f"kg.exporters.{module}"), "EXPORTER", None)
    if isinstance(found, Exporter):
        assert found in EXPORTERS, f"add {module} to EXPORTERS in kg/exporters/__init__.py"


def kg_export(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(ROOT), "export", *arguments])


@every_format
def test_a_format_writes_its_files(name: str, tmp_path: Path) -> None:
    result = kg_export(name, "-o", str(tmp_path / "out"))
    assert 0 == result.exit_code, result.stderr
    assert "seen as of 2025-12-02" in result.stderr
    files = exported(name, look(shipped_facts(), Lens()))
    if len(files) == 1:
        assert list(files.values()) == [(tmp_path / "out").read_bytes()]
    else:
        assert files == {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}


def test_one_file_goes_to_standard_output() -> None:
    result = kg_export("graphml", "-o", "-")
    assert exported("graphml", look(shipped_facts(), Lens()))["graph.graphml"] == (
        result.stdout_bytes
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("grapml",), "no format is called 'grapml': did you mean 'graphml'?"),
        (("csv", "-o", "-"), "there are 5 files: name a folder"),
        (("csv", "-o", "README.md"), "'README.md' is a file, and there are several"),
        (("csv", "--list"), "--list takes no format"),
    ],
)
def test_misuse_is_refused(
    arguments: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = kg_export(*arguments)
    assert 2 == result.exit_code
    assert message in result.stderr


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "C:\\x", "..\\x", ""])
def test_an_exporter_writes_nowhere_else(name: str) -> None:
    foreign = Exporter("foreign", "", lambda scene: {})
    with pytest.raises(ExporterError, match="made no file"):
        files_of(foreign, {name: b""})


BROKEN = {
    "missing": ("nowhere:EXPORTER", "of kg-broken cannot be loaded: ModuleNotFoundError: No"),
    "nothing": ("json:EXPORTER", "of kg-broken cannot be loaded: AttributeError: module 'json'"),
    "misspelt": ("kg_broken_syntax:EXPORTER", "of kg-broken cannot be loaded: SyntaxError: "),
    "wrong": ("json:dumps", "'wrong' of kg-broken is no kg.exporters.Exporter"),
    "raising": ("kg_broken:RAISING", "of kg-broken failed: KeyError: 'nowhere' ("),
    "silent": ("kg_broken:SILENT", "of kg-broken failed: AssertionError ("),
    "listing": ("kg_broken:LISTING", "the exporter 'listing' made no file"),
    "numbering": ("kg_broken:NUMBERING", "the exporter 'numbering' made no file of 1"),
}
KG_BROKEN = """
from kg.exporters import Exporter

def silent(scene):
    assert False

RAISING = Exporter("raising", "", lambda scene: {}["nowhere"])
SILENT = Exporter("silent", "", silent)
LISTING = Exporter("listing", "", lambda scene: ["a"])
NUMBERING = Exporter("numbering", "", lambda scene: {1: b""})
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an exporter of another package, as pip installs it, and with broken ones."""
    folder = tmp_path_factory.mktemp("packages")
    source = ROOT / "tests" / "packages" / "kg-mermaid"
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation",
               "--no-index", "--target", str(folder), str(source)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    (folder / "kg_broken.py").write_text(KG_BROKEN)
    (folder / "kg_broken_syntax.py").write_text("EXPORTER = (")
    broken = folder / "kg_broken-1.dist-info"
    broken.mkdir()
    (broken / "METADATA").write_text("Metadata-Version: 2.1\nName: kg-broken\nVersion: 1\n")
    points = "\n".join(f"{name} = {value}" for name, (value, _) in BROKEN.items())
    (broken / "entry_points.txt").write_text(f"[kg.exporters]\n{points}\ncsv = json:dumps\n")
    return folder


def with_packages(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = f"import sys; sys.path.append({str(folder)!r}); from kg.cli.main import main; main()"
    command = [sys.executable, "-c", script, "-C", str(ROOT), "export", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_exporter_of_another_package_is_found_and_used(packages: Path) -> None:
    listed = with_packages(packages, "--list").stdout
    assert re.search(r"^mermaid +offered by kg-mermaid$", listed, re.MULTILINE)
    made = with_packages(packages, "mermaid", "-o", "-", "--without", "wsj-report")
    assert 0 == made.returncode, made.stderr
    assert made.stdout.startswith("flowchart LR\n  %% seen as of 2025-12-02")
    assert "china --> united-states %% technology-tensions trade-tensions" in made.stdout
    assert "advice-against-escalation" not in made.stdout


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_exporter_is_named_and_stops_nobody_else(name: str, packages: Path) -> None:
    made = with_packages(packages, name)
    assert 1 == made.returncode
    assert BROKEN[name][1] in made.stderr
    assert "Traceback" not in made.stderr
    assert "" == made.stdout
    said = [line for line in made.stderr.splitlines() if line.startswith("kg: ")]
    assert [made.stderr.splitlines()[-1]] == said
    assert name in with_packages(packages, "--list").stdout


def test_the_place_of_a_failure_is_named_and_its_cause_kept(packages: Path) -> None:
    script = (
        f"import sys; sys.path.append({str(packages)!r});"
        "from kg.workspace.exports import ExporterError, exporter_named\n"
        "try: exporter_named('raising').export(None)\n"
        "except ExporterError as error: print(repr(error.__cause__), error)"
    )
    command = [sys.executable, "-c", script]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.startswith("KeyError('nowhere') the exporter 'raising' of kg-broken failed")
    assert f"({packages / 'kg_broken.py'}:7)" in said


def test_no_package_takes_the_place_of_a_format_of_kg(packages: Path) -> None:
    listed = with_packages(packages, "--list").stdout
    assert 1 == sum(line.startswith("csv ") for line in listed.split("\n"))


def test_without_pyarrow_parquet_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError")
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from kg.cli.main import main; main()"
    )
    command = [sys.executable, "-c", script, "-C", str(ROOT), "export", "parquet"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 1 == made.returncode
    assert "kg: parquet needs pyarrow: pip install 'actor-kg[parquet]'" in made.stderr


def test_the_how_to_shows_the_example_package() -> None:
    page = (ROOT / "docs" / "how-to" / "write-an-exporter.md").read_text(encoding="utf-8")
    module = (ROOT / "tests/packages/kg-mermaid/kg_mermaid.py").read_text(encoding="utf-8")
    assert module.partition("from collections")[2] in page
