"""What may be asked: tokens, the guard, prefixes, named queries and their answers as tables."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from kg.model import display
from kg.model.facts import FactSet
from kg.model.table import Table
from kg.query.errors import ParameterError, QueryError
from kg.query.guard import DEEPEST, Form, examine, prologue, where_brace
from kg.query.named import Parameter, ParameterKind, bind, read_named_query, title_of
from kg.query.request import FORMATS, QueryResult, prepare, wire_format
from kg.query.results import graph_document, to_table
from kg.query.tokens import Lines, scan
from kg.render.results import render
from kg.render.tables import as_csv, as_json, markdown, terminal, without_ids
from tests.conftest import sound_facts

PREFIXES = {
    "e": "https://example.org/test/entity/",
    "kg": "https://w3id.org/actor-kg/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


# -- tokens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?x", ["WORD SELECT", "VARIABLE ?x"]),
        ("e:a.b e:c. e:", ["NAME e:a.b", "NAME e:c", "MARK .", "NAME e:"]),
        ("kg:backs|^kg:x", ["NAME kg:backs", "MARK |", "MARK ^", "NAME kg:x"]),
        ("<http://a/b#c> # <d>\n ?y", ["IRI <http://a/b#c>", "VARIABLE ?y"]),
        ("?a<?b && ?c>?d", ["VARIABLE ?a", "MARK <", "VARIABLE ?b", "MARK &&", "VARIABLE ?c",
                            "MARK >", "VARIABLE ?d"]),
        ('"a # \\" b"@en-GB', ['STRING "a # \\" b"', "LANGUAGE @en-GB"]),
        ("'''it's\n''' ''", ["STRING '''it's\n'''", "STRING ''"]),
        ('"1"^^xsd:integer', ['STRING "1"', "MARK ^^", "NAME xsd:integer"]),
        ("1.5e-3 .5 1. -2", ["NUMBER 1.5e-3", "NUMBER .5", "NUMBER 1", "MARK .", "MARK -",
                             "NUMBER 2"]),
        ("_:a.b $x 日本", ["BLANK _:a.b", "VARIABLE $x", "WORD 日本"]),
        ("e:a\\-b e:%20", ["NAME e:a\\-b", "NAME e:%20"]),
        ("1SERVICE", ["NUMBER 1", "WORD SERVICE"]),
    ],
)  # fmt: skip
def test_text_is_cut_as_the_grammar_says(text: str, expected: list[str]) -> None:
    assert expected == [f"{token.kind.name} {token.text}" for token in scan(text)]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('SELECT "a', (1, 8), "does not end"),
        ('SELECT\n "a\n"', (2, 2), "does not end"),
        ("'''a''", (1, 1), "does not end"),
        ("\\u0053ERVICE", (1, 1), "only inside a string"),
        ("<http://a/\\u0041>", (1, 11), "only inside a string"),
        ('"\\q"', (1, 2), "does not exist"),
        ('"\\u12"', (1, 2), "does not exist"),
        ('"\\u0022 } "', (1, 2), "write this character itself"),
        ("'\\U0000005C'", (1, 2), "write this character itself"),
    ],
)
def test_text_that_engines_read_differently_is_refused(
    text: str, place: tuple[int, int], message: str
) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        list(scan(text))
    assert place == (caught.value.line, caught.value.column)


def test_a_long_text_takes_no_long_time() -> None:
    for hostile in (
        '"' * 50_001,
        "<" * 50_000,
        "e:" + "a." * 50_000,
        "a" * 100_000,
        "'''" + "''" * 50_000,
    ):
        try:
            list(scan(hostile))
        except QueryError:
            continue


def test_places_count_from_one() -> None:
    lines = Lines("ab\ncé\n")
    assert [(1, 1), (1, 3), (2, 1), (2, 2), (3, 1)] == [lines.place(n) for n in (0, 2, 3, 4, 6)]


# -- the guard ------------------------------------------------------------------------------------

ATTACKS = [
    ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", (1, 12), "SERVICE"),
    ("SELECT * { sErViCe SILENT <http://127.0.0.1/> { ?s ?p ?o } }", (1, 12), "SERVICE"),
    ("SELECT * {\n  service # a remark\n ?x { ?s ?p ?o } }", (2, 3), "SERVICE"),
    ("SELECT * { SERVICE e:x { ?s ?p ?o } }", (1, 12), "SERVICE"),
    ("PREFIX : <http://a/> SELECT * { SERVICE:x { ?s ?p ?o } }", (1, 33), "SERVICE"),
    ("PREFIX : <http://a/> SELECT * { serviceSilent:x { ?s ?p ?o } }", (1, 33), "SERVICE"),
    ("SELECT * { SERVICESILENT<http://a/> { ?s ?p ?o } }", (1, 12), "SERVICE"),
    ("SELECT * { ?s ?p trueSERVICE <http://a/> { ?s ?p ?o } }", (1, 18), "SERVICE"),
    ("SELECT * { ?s ?p true.SERVICE:x { ?s ?p ?o } }", (1, 18), "SERVICE"),
    ("SELECT * { ?s ?p 1SERVICE <http://a/> { ?s ?p ?o } }", (1, 19), "SERVICE"),
    ("SELECT * { ?s ?p 1.SERVICE<http://a/> { ?s ?p ?o } }", (1, 20), "SERVICE"),
    ("SELECT * { ?s ?p e:a.b.SERVICE <http://a/> { ?s ?p ?o } }", (1, 18), "SERVICE"),
    ("SELECT * { ?s ?p _:a.b.service <http://a/> { ?s ?p ?o } }", (1, 18), "SERVICE"),
    ("SELECT * { ?s ?p 'a'SERVICE <http://a/> { ?s ?p ?o } }", (1, 21), "SERVICE"),
    ("SELECT * { ſervice <http://a/> { ?s ?p ?o } }", (1, 12), "SERVICE"),
    ("SELECT * { ''' ' } SERVICE <http://a/> { '\\q''' }", (1, 43), "escape"),
    ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", (1, 10), "FROM"),
    ("SELECT * from named<http://a/> { ?s ?p ?o }", (1, 10), "FROM"),
    ("SELECT * FROMNAMED<http://a/> { ?s ?p ?o }", (1, 10), "FROM"),
    ("ASKFROM<http://a/> {}", (1, 1), "FROM"),
    ("DESCRIBE e:a FROM e:b", (1, 14), "FROM"),
    ("INSERT DATA { e:a e:b e:c }", (1, 1), "change data"),
    ("DELETE WHERE { ?s ?p ?o }", (1, 1), "change data"),
    ("PREFIX a: <http://a/> LOAD <http://a/>", (1, 23), "change data"),
    ("CLEAR ALL", (1, 1), "change data"),
    ("drop default", (1, 1), "change data"),
    ("CREATE GRAPH e:x", (1, 1), "change data"),
    ("ADD e:x TO e:y", (1, 1), "change data"),
    ("MOVE e:x TO e:y", (1, 1), "change data"),
    ("COPY e:x TO e:y", (1, 1), "change data"),
    ("WITH e:x DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", (1, 1), "change data"),
    ("SELECT * { ?s ?p ?o } ; INSERT DATA { e:a e:b e:c }", (1, 25), "change data"),
    ("SELECT * { ?s ?p ?o ", (1, 10), "never closed"),
    ("SELECT * { ?s ?p ?o )", (1, 21), "closes the '{' of 1:10"),
    ("SELECT * ?s ]", (1, 13), "closes nothing"),
    ("SELEC * {}", (1, 1), "begins with SELECT"),
    ("e:a {}", (1, 1), "begins with SELECT"),
    ("", (1, 1), "no query"),
    ("# nothing\n", (1, 1), "no query"),
]


@pytest.mark.parametrize(("text", "place", "message"), ATTACKS)
def test_what_a_query_may_not_do_is_refused_where_it_stands(
    text: str, place: tuple[int, int], message: str
) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        examine(text)
    assert place == (caught.value.line, caught.value.column)


HARMLESS = [
    "SELECT ?service ?from { ?service ?from $load }",
    "SELECT * { ?s rdfs:label 'SERVICE <http://a/> { } FROM <b>' }",
    'SELECT * { ?s rdfs:label """ " SERVICE """ , "LOAD" }',
    "SELECT * { ?s <http://a/SERVICE?FROM=x> ?o }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://a/> { }",
    "PREFIX service: <http://a/> SELECT * { ?s service:from e:service }",
    "SELECT * { e:load e:insert e:from, e:with-delete, _:service }",
    "SELECT ('x'@service AS ?x) { }",
    "SELECT (GROUP_CONCAT(?x ; SEPARATOR=', ') AS ?y) { ?s ?p ?x ; ?q ?z }",
    "SELECT * { FILTER(?a<?b && ?c>?d) }",
    "base <http://a/> prefix x: <b> select distinct * where { ?s x:y [ a x:z ] }",
    "ASK { ?s ?p (1 2 3) }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE e:a",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_words_in_other_places_are_harmless(text: str) -> None:
    assert examine(text).form in list(Form)


def test_nesting_has_a_limit() -> None:
    def nested(depth: int) -> str:
        return "SELECT * " + "{" * depth + "}" * depth

    assert Form.SELECT is examine(nested(DEEPEST)).form
    for text in (nested(DEEPEST + 1), f"SELECT * {{ FILTER({'!' * 300}true) }}"):
        with pytest.raises(QueryError, match="nested deeper than 256"):
            examine(text)


def test_a_graph_pattern_is_allowed_and_explained() -> None:
    assert () == examine("SELECT * { ?s ?p ?graph }").notes
    [note] = examine("SELECT * { GRAPH ?g { ?s ?p ?o } }").notes
    assert "GRAPH finds nothing" in note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { }", 9),
        ("SELECT (EXISTS { ?s ?p ?o } AS ?x) { }", 35),
        ("CONSTRUCT { ?s ?p ?o } WHERE { }", 29),
        ("CONSTRUCT { ?s ?p ?o } { }", 23),
        ("CONSTRUCT WHERE { ?s ?p ?o }", None),
        ("DESCRIBE ?x WHERE { }", 18),
        ("DESCRIBE e:x", None),
        ("ASK { }", 4),
    ],
)
def test_the_pattern_of_a_query_is_found(text: str, expected: int | None) -> None:
    brace = where_brace(examine(text))
    assert expected == (brace.start if brace else None)


# -- prefixes -------------------------------------------------------------------------------------


def declared(text: str) -> str:
    return prologue(examine(text), text, PREFIXES)


def test_prefixes_that_a_query_uses_are_declared_before_it() -> None:
    text = "SELECT * { ?s a kg:State ; rdfs:label 'e:x' } # xsd:date"
    expected = f"PREFIX kg: <{PREFIXES['kg']}> PREFIX rdfs: <{PREFIXES['rdfs']}> "
    assert expected == declared(text)


def test_a_querys_own_prefix_goes_before_the_workspaces() -> None:
    assert "" == declared("PREFIX kg: <http://a/> SELECT * { ?s a kg:State }")


def test_an_unknown_prefix_is_named_with_its_place() -> None:
    with pytest.raises(QueryError, match="2:6: no prefix is called 'rdfss'") as caught:
        declared("SELECT * {\n  ?s rdfss:label ?o }")
    assert "did you mean 'rdfs'?" == caught.value.hint


def test_declarations_stay_on_the_first_line() -> None:
    request = prepare("# a remark\nSELECT * { ?s a kg:State }", "table", PREFIXES)
    assert (
        f"PREFIX kg: <{PREFIXES['kg']}> # a remark\nSELECT * {{ ?s a kg:State }}" == request.sparql
    )


@pytest.mark.parametrize(
    ("output", "form", "expected"),
    [
        ("table", Form.SELECT, "json"),
        ("markdown", Form.ASK, "json"),
        ("csv", Form.SELECT, "csv"),
        ("table", Form.CONSTRUCT, "ntriples"),
        ("turtle", Form.CONSTRUCT, "ntriples"),
        ("jsonld", Form.DESCRIBE, "ntriples"),
    ],
)
def test_the_engine_is_asked_for_what_the_output_is_made_of(
    output: str, form: Form, expected: str
) -> None:
    assert expected == wire_format(output, form)


@pytest.mark.parametrize(
    ("output", "form", "message"),
    [
        ("csv", Form.CONSTRUCT, "CONSTRUCT is answered as one of table, markdown, turtle"),
        ("turtle", Form.SELECT, "SELECT is answered as one of table, markdown, json"),
        ("jsn", Form.SELECT, "'jsn' is no format: did you mean 'json'?"),
    ],
)
def test_a_format_must_suit_the_query(output: str, form: Form, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wire_format(output, form)


# -- named queries --------------------------------------------------------------------------------

QUERY = dedent("""\
    # title: Who backs whom
    # description: One row a claim,
    #   with the chain behind it.
    # param: actor (entity, default venezuela) the actor that is backed
    # param: since (date) the day
    SELECT ?backer WHERE { ?backer kg:backs ?actor FILTER(?actor != ?since) }
    """)


@pytest.fixture(scope="module")
def facts() -> FactSet:
    return sound_facts("""
        entities:
          russia: {type: State, name: Russia}
          venezuela: {type: State, name: Venezuela}
        sources:
          paper: {type: Report, title: A paper, published: 2025}
        facts:
          - {id: backs, subject: russia, relation: backs, object: venezuela, source: paper}
        """)


def test_a_header_says_what_a_query_is_and_takes() -> None:
    query = read_named_query("backers", QUERY)
    assert ("backers", "Who backs whom") == (query.name, query.title)
    assert "One row a claim, with the chain behind it." == query.description
    assert (
        Parameter("actor", ParameterKind.ENTITY, "venezuela", "the actor that is backed"),
        Parameter("since", ParameterKind.DATE, None, "the day"),
    ) == query.parameters


def test_a_query_without_a_header_goes_by_its_name() -> None:
    query = read_named_query("mine", "SELECT * { ?s ?p ?o }")
    assert ("mine", "", ()) == (query.title, query.description, query.parameters)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# titel: x\nSELECT * {}", "1:3: no header is called 'titel'"),
        ("# title: x\n# param: actor\nSELECT * {}", "2:1: this parameter cannot be read"),
        ("# title: x\n# param: a (thing) b\nSELECT * { ?a ?b ?c }", "2:1: 'thing' is no kind"),
        ("# title: x\n# param: a (date) b\nSELECT * {}", "'a' is no variable of the query"),
        ("# param: a (date) b\n# param: a (date) b\nASK {?a ?b ?c}", "2:1: .* is there twice"),
        ("# param: a (entity) b\nCONSTRUCT WHERE {?a ?b ?c}", "needs a WHERE clause"),
        ("# title: x\nINSERT DATA {}", "2:1: INSERT would change data"),
    ],
)
def test_a_wrong_header_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_named_query("x", text)


def test_a_value_becomes_a_values_clause(facts: FactSet) -> None:
    query = read_named_query("backers", QUERY)
    bound = bind(query, {"actor": "e:russia", "since": "2022-02-24"}, facts)
    expected = 'WHERE { VALUES ?actor { e:russia } VALUES ?since { "2022-02-24"^^xsd:date } ?backer'
    assert expected in bound
    assert QUERY.count("\n") == bound.count("\n")


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({}, "Who backs whom: actor Venezuela"),
        ({"actor": "e:russia"}, "Who backs whom: actor Russia"),
        ({"actor": "russia", "since": "2022"}, "Who backs whom: actor Russia, since 2022"),
        ({"actor": "*"}, "Who backs whom"),
    ],
)
def test_a_title_names_what_is_asked_for(
    facts: FactSet, values: dict[str, str], title: str
) -> None:
    assert title == title_of(read_named_query("backers", QUERY), values, facts)


def test_a_default_counts_unless_the_parameter_is_left_free(facts: FactSet) -> None:
    query = read_named_query("backers", QUERY)
    assert "VALUES ?actor { e:venezuela }" in bind(query, {}, facts)
    assert QUERY == bind(query, {"actor": "*"}, facts)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("entity", "russia", "e:russia"),
        ("source", "paper", "s:paper"),
        ("source", "s:paper", "s:paper"),
        ("claim", "backs", "c:backs"),
        ("relation", "backs", "kg:backs"),
        ("type", "kg:State", "kg:State"),
        ("date", "2025-12-02", '"2025-12-02"^^xsd:date'),
        ("number", "-1.5", "-1.5"),
        ("boolean", "true", "true"),
        ("text", 'a" } SERVICE <b> {\n\\', '"a\\" } SERVICE <b> {\\n\\\\"'),
        ("text", "*", None),
    ],
)
def test_values_are_written_as_terms(
    facts: FactSet, kind: str, value: str, expected: str | None
) -> None:
    query = read_named_query("q", f"# param: x ({kind}) y\nSELECT * {{ ?x ?y ?z }}")
    bound = bind(query, {"x": value}, facts)
    clause = f" VALUES ?x {{ {expected} }}" if expected else ""
    assert f"# param: x ({kind}) y\nSELECT * {{{clause} ?x ?y ?z }}" == bound
    examine(bound)


@pytest.mark.parametrize(
    ("kind", "value", "message", "hint"),
    [
        ("entity", "rusia", "no entity is called 'rusia'", "did you mean 'russia'?"),
        ("entity", "paper", "no entity is called 'paper'", ""),
        ("claim", "e:backs", "no claim is called 'e:backs'", "did you mean 'backs'?"),
        ("date", "2025", "'2025' is not one day", "write a day, such as 2025-12-02"),
        ("date", "soon", "'soon' is not a date", "write a day, such as 2025-12-02"),
        ("number", "1 } {", "'1 } {' is not a number", ""),
        ("boolean", "yes", "'yes' is neither 'true' nor 'false'", ""),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    facts: FactSet, kind: str, value: str, message: str, hint: str
) -> None:
    query = read_named_query("q", f"# param: x ({kind}) y\nSELECT * {{ ?x ?y ?z }}")
    with pytest.raises(ParameterError) as caught:
        bind(query, {"x": value}, facts)
    assert ("x", message, hint) == (caught.value.name, caught.value.message, caught.value.hint)


def test_an_unknown_parameter_is_refused(facts: FactSet) -> None:
    with pytest.raises(ParameterError, match="'backers' has no parameter 'actr'") as caught:
        bind(read_named_query("backers", QUERY), {"actr": "russia"}, facts)
    assert "did you mean 'actor'?" == caught.value.hint


# -- answers --------------------------------------------------------------------------------------


def answer(
    columns: list[str], *rows: dict[str, object], boolean: bool | None = None
) -> QueryResult:
    body: dict[str, object] = {"head": {"vars": columns}, "results": {"bindings": rows}}
    if boolean is not None:
        body = {"head": {}, "boolean": boolean}
    form = Form.SELECT if boolean is None else Form.ASK
    return QueryResult(form, "json", json.dumps(body).encode(), PREFIXES)


def literal(value: str, kind: str = "") -> dict[str, str]:
    datatype = {"datatype": PREFIXES["xsd"] + kind} if kind else {}
    return {"type": "literal", "value": value, **datatype}


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ({"type": "uri", "value": PREFIXES["e"] + "russia"}, "e:russia"),
        ({"type": "uri", "value": PREFIXES["e"] + "a/b"}, PREFIXES["e"] + "a/b"),
        ({"type": "uri", "value": "urn:x"}, "urn:x"),
        ({"type": "bnode", "value": "b0"}, "_:b0"),
        ({"type": "literal", "value": "Россия", "xml:lang": "ru"}, "Россия"),
        (literal("12", "integer"), 12),
        (literal("1.5", "decimal"), 1.5),
        (literal("15000000", "decimal"), 15000000),
        (literal("0.12345678901234567890", "decimal"), "0.12345678901234567890"),
        (literal("1e3", "double"), 1000.0),
        (literal("NaN", "double"), "NaN"),
        (literal("true", "boolean"), True),
        (literal("1", "boolean"), True),
        (literal("false", "boolean"), False),
        (literal("yes", "boolean"), "yes"),
        (literal("2025-12-02", "date"), "2025-12-02"),
        (literal("many", "integer"), "many"),
        (literal("12"), "12"),
    ],
)
def test_terms_become_cells(term: dict[str, object], expected: object) -> None:
    [[cell]] = to_table(answer(["x"], {"x": term})).rows
    assert (expected, type(expected)) == (cell, type(cell))


def test_truth_values_are_written_as_sparql_writes_them() -> None:
    table = Table(("held", "n"), ((True, 1), (False, 2)), "T")
    assert "held,n\ntrue,1\nfalse,2\n" == as_csv(table)
    assert '"held": true' in as_json(table)
    assert ["true   1", "false  2"] == terminal(table).splitlines()[4:6]
    assert "| true | 1 |" in markdown(table)


def test_a_name_that_two_share_has_the_id_behind_it() -> None:
    table = Table(("actor", "name", "n"), (("a", "Same", 1), ("b", "Same", 2), ("c", "Own", 3)))
    shown = without_ids(table)
    assert ("name", "n") == shown.columns
    assert (("Same (a)", 1), ("Same (b)", 2), ("Own", 3)) == shown.rows


def test_an_answer_becomes_a_table() -> None:
    result = answer(["a", "b"], {"a": literal("x")}, {})
    expected = Table(("a", "b"), (("x", None), (None, None)), "A title", ("a note",))
    assert expected == to_table(result, "A title", ("a note",))
    assert Table(("answer",), (("yes",),)) == to_table(answer([], boolean=True))


A = f"<{PREFIXES['e']}a>"
TRIPLES = (
    f"{A} <{PREFIXES['rdf']}type> <urn:x> .\n"
    f'{A} <{PREFIXES["rdfs"]}label> "A \\"b\\" \\U0001F600\\n" .\n'
    f'{A} <{PREFIXES["rdfs"]}label> "B"@en .\n'
    f'_:c14n0 <{PREFIXES["kg"]}n> "1"^^<{PREFIXES["xsd"]}integer> .\n'
)


def test_a_graph_becomes_a_table_and_documents() -> None:
    result = QueryResult(Form.CONSTRUCT, "ntriples", TRIPLES.encode(), PREFIXES)
    assert (
        ("e:a", "rdf:type", "urn:x"),
        ("e:a", "rdfs:label", 'A "b" 😀\n'),
        ("e:a", "rdfs:label", "B"),
        ("_:c14n0", "kg:n", 1),
    ) == to_table(result).rows
    turtle = graph_document(result, "turtle").decode()
    assert 'e:a a <urn:x> ;\n    rdfs:label "A \\"b\\" 😀\\n", "B"@en .\n' in turtle
    assert '_:c14n0 kg:n "1"^^xsd:integer .\n' in turtle
    assert {"e", "kg", "rdfs", "xsd"} == set(
        json.loads(graph_document(result, "jsonld"))["@context"]
    )


def test_names_are_shortened_only_to_what_may_be_pasted() -> None:
    names = [PREFIXES["e"] + local for local in ("russia", "a.b")]
    rows = [{"x": {"type": "uri", "value": name}} for name in names]
    body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": rows}}).encode()
    table = to_table(QueryResult(Form.SELECT, "json", body, PREFIXES))
    assert (("e:russia",), (PREFIXES["e"] + "a.b",)) == table.rows


def test_every_format_can_be_rendered() -> None:
    for output in FORMATS:
        form = Form.CONSTRUCT if output in ("turtle", "ntriples", "jsonld") else Form.SELECT
        body = TRIPLES.encode() if form.is_graph else answer(["x"], {"x": literal("y")}).body
        result = QueryResult(form, wire_format(output, form), body, PREFIXES)
        assert render(result, output).endswith(b"\n")


# -- tables in formats ----------------------------------------------------------------------------

TABLE = Table(
    ("name", "number", "remark"),
    (("Россия", 1, "short"), ("日本", 22.5, "a | b\n<c>"), ("x", None, "\x1b[31m\u202e")),
    "A title",
    ("a note",),
)


def test_a_terminal_table_is_aligned_whatever_the_script() -> None:
    assert (
        "A title\n"
        "\n"
        "name    number  remark\n"
        "------  ------  --------------------\n"
        "Россия       1  short\n"
        "\n"
        "日本      22.5  a | b\n"
        "                <c>\n"
        "\n"
        "x               <U+001B>[31m<U+202E>\n"
        "\n"
        "a note\n"
    ) == terminal(TABLE, 80)


def test_a_terminal_table_without_rows_says_so() -> None:
    assert "a  b\n-  -\n(no rows)\n" == terminal(Table(("a", "b"), ()), 80)


def test_cells_are_wrapped_and_ids_stay_whole() -> None:
    table = Table(("says", "claim"), (("many words in a sentence " * 2, "c:a-rather-long-id"),))
    assert (
        "says             claim\n"
        "---------------  ------------------\n"
        "many words in a  c:a-rather-long-id\n"
        "sentence many\n"
        "words in a\n"
        "sentence\n"
    ) == terminal(table, 35)


def test_headings_of_numbers_give_way_and_are_told_below() -> None:
    table = Table(("name", "in_strength", "representative"), (("Somebody", 1, 25),))
    assert (
        "name           in_  represe.\n"
        "          strength\n"
        "--------  --------  --------\n"
        "Somebody         1        25\n"
        "\n"
        "Short: represe.\n"
        "representative\n"
    ) == terminal(table, 28)


def test_readers_see_names_in_place_of_ids() -> None:
    table = Table(("actor", "name", "other", "other_name", "id"), (("a", "A", "b", "B", "x"),))
    shown = without_ids(table)
    assert ("name", "other", "id") == shown.columns
    assert (("A", "B", "x"),) == shown.rows


def test_a_row_that_fits_no_grid_becomes_a_block() -> None:
    table = Table(("first", "second", "third"), (("a" * 12, "b" * 30, None), (1, "c", "日" * 12)))
    assert (
        "--------------------\n"
        "first: aaaaaaaaaaaa\n"
        "second:\n"
        "  bbbbbbbbbbbbbbbbbb\n"
        "  bbbbbbbbbbbb\n"
        "third:\n"
        "\n"
        "--------------------\n"
        "first: 1\n"
        "second: c\n"
        "third:\n"
        "  日日日日日日日日日\n"
        "  日日日\n"
    ) == terminal(table, 20)


@pytest.mark.parametrize("width", [1, 2, 5, 20, 33, 60, 200])
def test_a_terminal_table_fits_and_keeps_every_character(width: int) -> None:
    rows = tuple((f"e:thing-{n}", n * 1000, "Слова и 日本語 words " * n) for n in range(5))
    shown = terminal(Table(("id", "number", "text"), rows), width)
    assert max(width, 4) >= max(display.width(line) for line in shown.splitlines())
    for cell in (cell for row in rows for cell in row):
        assert set("".join(str(cell).split())) <= set(shown)
    wanted = sum(len("".join(f"{c}".split())) for row in rows for c in row)
    assert wanted <= len("".join(shown.split()))


def test_markdown_cells_hold_no_markup() -> None:
    assert (
        "## A title\n"
        "\n"
        "| name | number | remark |\n"
        "| --- | ---: | --- |\n"
        "| Россия | 1 | short |\n"
        "| 日本 | 22.5 | a \\| b<br>\\<c\\> |\n"
        "| x |  | \\<U+001B\\>\\[31m\\<U+202E\\> |\n"
        "\n"
        "a note\n"
    ) == markdown(TABLE)
