"""SPARQL in the file: the page answers offline, and answers what `kg query` does."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

import kg
from kg.cli.main import cli
from kg.engine import browser as browser_engine
from kg.engine.errors import EngineError
from kg.lens import Lens
from kg.model.table import Table, cell_text
from kg.query.errors import ParameterError, QueryError
from kg.query.named import Parameter, ParameterKind, bind, term
from kg.query.results import to_table
from kg.scene import Scene, look
from kg.view.answer import claims_of
from kg.view.dossier import render
from kg.workspace.questions import ask, asking
from tests.browser import faults, wait_for_picture
from tests.conftest import ROOT
from tests.pages import LAPTOP, PHONE, Visit, records
from tests.test_queries import ASKED, case_id, queries, scene
from tests.test_view_browser import nasty_facts

FOLDERS = (ROOT / "queries",)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the shipped facts that can be asked, as an address."""
    return written(scene("default"), tmp_path_factory.mktemp("asking"))


def written(seen: Scene, folder: Path, folders: Iterable[Path] = FOLDERS) -> str:
    path = folder / "graph.html"
    path.write_bytes(render(seen, asking=asking(seen, folders)))
    return path.as_uri()


#: A query that takes whatever a query can take.
KINDS = "\n".join(
    [
        *(f"# param: {kind} ({kind}) takes what is of the kind '{kind}'" for kind in ParameterKind),
        "SELECT * { VALUES ?none { UNDEF }",
        *(f"  BIND(?{kind} AS ?its_{kind})" for kind in ParameterKind),
        "}",
    ]
)


#: What of its inside the page shows to these tests alone.
_OPENED = """
window.kgTerm = (parameter, value) => {
  try { return termFor(parameter, value); } catch ({ fault }) { return null; }
};
window.kgAsk = async (name, values, text) => {
  try {
    const { head, results, boolean: truth } =
      await answerTo(text ?? bound(queries.find((query) => query.name === name), values));
    const columns = head.vars ?? ["answer"];
    const rows = results
      ? results.bindings.map((row) => columns.map((column) => cellOf(row[column])))
      : [[truth ? "yes" : "no"]];
    return { columns, rows, claims: [...claimsNamed(rows)].sort() };
  } catch (error) {
    return { fault: readable(error, text) };
  }
};
"""


class Asked:
    """A page whose inside is open; the policy would not let it."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder
        self.lens = ""

    def open(self, name: str) -> None:
        if name != self.lens:
            (self.folder / "kinds.rq").write_text(KINDS, encoding="utf-8")
            written(scene(name), self.folder, (*FOLDERS, self.folder))
            path = self.folder / "graph.html"
            text = re.sub(r"<meta http-equiv=[^>]*>", "", path.read_text(encoding="utf-8"))
            path.write_text(
                text.replace("\nbegin().catch", _OPENED + "\nbegin().catch"), encoding="utf-8"
            )
            self.page.goto("about:blank")
            self.page.goto(path.as_uri())
            wait_for_picture(self.page)
            self.lens = name

    def ask(self, name: str, values: Mapping[str, str], text: str | None = None) -> dict[str, Any]:
        answer: dict[str, Any] = self.page.evaluate(
            "([name, values, text]) => kgAsk(name, values, text)", [name, values, text]
        )
        return answer


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(browser.new_page(), tmp_path_factory.mktemp("opened"))


def rows_of(table: Table) -> Counter[tuple[str, ...]]:
    return Counter(tuple(cell_text(cell) for cell in row) for row in table.rows)


#: By their lenses, since each has a page of its own.
CASES = sorted(ASKED, key=lambda case: case[1])


@pytest.mark.browser
@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_the_page_answers_as_kg_query_does(
    opened: Asked, case: tuple[str, str, dict[str, str]]
) -> None:
    name, lens, values = case
    seen = scene(lens)
    _, result = ask(seen, bind(queries()[name], values, seen.facts), "table")
    table = to_table(result)
    opened.open(lens)
    defaults = {p.name: p.default for p in queries()[name].parameters if p.default}
    answer = opened.ask(name, {**defaults, **values})
    assert list(table.columns) == answer["columns"]
    rows = Counter(map(tuple, answer["rows"]))
    assert rows_of(table) == rows
    assert sorted(claims_of(table, seen.facts)) == answer["claims"]


VALUES = """
SELECT * { VALUES ?x { 1 01 -2 1.0 0.1 1.50 "1"^^xsd:boolean true 1e3 1.5e0 "x"@en "INF"^^xsd:double
  "NaN"^^xsd:float 123456789012345678901234567890 12345678901234567.1 "no"^^xsd:integer e:china
  kg:holds <https://example.org/a/b> "2025-12-02"^^xsd:date "a\\"b" UNDEF } }
"""


@pytest.mark.browser
@pytest.mark.parametrize(
    "text",
    [
        VALUES,
        "SELECT (<<( e:china kg:backs e:venezuela )>> AS ?triple) {}",
        "CONSTRUCT WHERE { ?claim rdf:subject e:china }",
        "DESCRIBE e:china",
        "ASK { ?claim rdf:subject e:china }",
        "SELECT * { e:chinna ?p ?o }",
        "SELECT (COUNT(*) - 1 AS ?x) { ?a (rdf:type/rdfs:subClassOf*/rdfs:label) ?b }",
        "ASK { FILTER(-1 - -2 < 3 - 1 && 4 - 1 > 2) }",
    ],
    ids=lambda text: " ".join(text.split())[:20],
)
def test_text_of_ones_own_is_answered_alike(opened: Asked, text: str) -> None:
    opened.open("default")
    table = to_table(ask(scene("default"), text, "table")[1])
    answer = opened.ask("", {}, text)
    assert list(table.columns) == answer["columns"]
    assert rows_of(table) == Counter(map(tuple, answer["rows"]))


def expressions(seed: int, count: int) -> list[str]:
    """Some sums and products, with and without brackets."""
    chance = random.Random(seed)

    def expression(depth: int) -> str:
        if depth == 0 or chance.random() < 0.2:
            return chance.choice(["?a", "?b", "3", "-2", "0.5", "STRLEN('-/-')"])
        parts = [expression(depth - 1) for _ in range(chance.randint(1, 4))]
        text = parts[0]
        for part in parts[1:]:
            text += chance.choice([" + ", " - ", " * ", " / ", "-", "+"]) + part
        return f"({text})" if chance.random() < 0.6 else text

    return [expression(3) for _ in range(count)]


@pytest.mark.browser
def test_the_page_reckons_right_or_not_at_all(opened: Asked) -> None:
    opened.open("default")
    refused = 0
    for chunk in range(10):
        parts = expressions(chunk, 30)
        asked = [f"SELECT ({part} AS ?x) {{ VALUES (?a ?b) {{ (7 5) }} }}" for part in parts]
        answers = opened.page.evaluate(
            "(texts) => texts.reduce(async (sofar, text) => "
            "[...await sofar, await kgAsk('', {}, text)], [])",
            asked,
        )
        for text, answer in zip(asked, answers, strict=True):
            if "fault" in answer:
                assert "write brackets" in answer["fault"], text
                refused += 1
                continue
            table = to_table(ask(scene("default"), text, "table")[1])
            assert rows_of(table) == Counter(map(tuple, answer["rows"])), text
    assert 60 < refused < 240  # both are tried


@pytest.mark.browser
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SELECT * FROM <http://x.example/> {?a ?b ?c}", "FROM would choose other data"),
        ("SELECT * { SERVICE SILENT <http://x.example/> {?a ?b ?c} }", "ask another machine"),
        ("SELECT (?a - 1 - 2 AS ?x) { VALUES ?a { 1 } }", "line 1, column 12"),
        ("SELECT * { ?from ?p ?o FILTER(?from = e:from) } LIMIT 0", ""),
        ("SELECT ('SERVICE FROM - - -' AS ?x) {}", ""),
        ("SELECT * {" + "{" * 20000 + "}" * 20000 + "}", "it was too much for the engine"),
        ("DROP ALL", "Not SPARQL: line 1, column 1: “DROP” cannot stand here."),
        ("", "Not SPARQL: the query ends too early."),
    ],
    ids=range(8),
)
def test_what_cannot_be_answered_is_said(opened: Asked, text: str, fault: str) -> None:
    opened.open("default")
    answer = opened.ask("", {}, text)
    assert fault in answer.get("fault", ""), answer
    assert "yes" == opened.ask("", {}, "ASK {}")["rows"][0][0], "and goes on"


@pytest.mark.browser
@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p }",
        "SELECT * { ?s ?p ?o }\nLIMT 3\n# a comment",
        "SELECT ?x WHER { ?s ?p ?o }\nLIMIT 3",
        "SELECT * { ?s ?p ?o FILTER(?s = ) }\n\n",
        "SELECT * { # é 😀 <\n ?s ?p 'é😀' , }\n",
        "SELECT * { ?s ?p <http://x.example/a#b> , ; }",
        "SELECT * { VALUES ?x { e:china e: china } }",
        "SELECT (COUNT(?x ?z) AS ?y) { ?x ?y ?z }",
    ],
)
def test_a_slip_is_found_where_kg_query_finds_it(opened: Asked, text: str) -> None:
    opened.open("default")
    with pytest.raises(QueryError) as slip:
        ask(scene("default"), text, "table")
    place = f"line {slip.value.line}, column {slip.value.column}: “"
    assert place in opened.ask("", {}, text)["fault"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"actor": "chinna"}, "no entity is called “chinna”"),
        ({"actor": "e:china"}, ""),
        ({"actor": "China"}, ""),  # by its name, as it is shown
        ({"actor": 'china } SERVICE <http://x.example/> { "'}, "no entity is called"),
    ],
)
def test_a_parameter_takes_what_it_names_alone(
    opened: Asked, values: dict[str, str], fault: str
) -> None:
    opened.open("default")
    answer = opened.ask("ties", values)
    assert fault in answer.get("fault", ""), answer
    if not fault:
        plain = bind(queries()["ties"], {"actor": "china"}, scene("default").facts)
        table = to_table(ask(scene("default"), plain, "table")[1])
        assert rows_of(table) == Counter(map(tuple, answer["rows"]))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", 'a"b\\c', '"a\\"b\\\\c"'),
        ("date", "2025-12-02", '"2025-12-02"^^xsd:date'),
        ("date", "2025", None),
        ("number", "-1.5", "-1.5"),
        ("number", "1.5)", None),
        ("boolean", "true", "true"),
        ("boolean", "yes", None),
        ("relation", "backs", "kg:backs"),
        ("relation", "is a member of", "kg:memberOf"),
        ("type", "State", "kg:State"),
        ("source", "nobody", None),
    ],
)
def test_values_become_the_terms_that_kg_query_makes(
    opened: Asked, kind: str, value: str, text: str | None
) -> None:
    opened.open("default")
    found = opened.page.evaluate(
        "([kind, value]) => kgTerm({ name: 'it', kind }, value)", [kind, value]
    )
    assert text == found
    parameter = Parameter("it", ParameterKind(kind), None, "")
    if text is None:
        with pytest.raises(ParameterError):
            term(parameter, value, scene("default").facts)
    elif " " not in value:
        assert text == term(parameter, value, scene("default").facts)


# -- as people meet it ----------------------------------------------------------------------------

#: Wrong where the engine's own message is of no help.
WRONG = "SELECT * { # é<\n '<>'}  GROUP BY ?x"

#: It would take the engine far longer than anyone waits.
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    "FILTER(STRLEN(STR(?c)) = STRLEN(STR(?i)) + STRLEN(STR(?f))) }"
)


def answered(visit: Visit, words: str = "in this page") -> str:
    """What is said of the answer, once it is there."""
    status = visit.page.locator("#ask-status")
    expect(status).to_contain_text(words, timeout=20_000)
    return status.inner_text()


@pytest.mark.browser
def test_a_question_is_chosen_filled_in_and_answered_offline(browser: Browser, shown: str) -> None:
    with Visit(browser, shown) as visit:
        visit.page.click("#open-ask")
        visit.page.select_option("#question", "backers")
        assert "backing" in visit.page.inner_text("#about-question")
        visit.page.fill("#parameters input", "venezuela")
        visit.page.keyboard.press("Enter")
        said = answered(visit)
        rows = visit.page.locator("#reply tbody tr")
        assert said.startswith(f"{rows.count()} rows, ")
        assert "Russia" in rows.all_inner_texts()[0] + rows.all_inner_texts()[-1]
        assert "VALUES ?actor { e:venezuela }" in visit.page.input_value("#sparql")
        assert "#q=backers:actor=venezuela" == visit.page.evaluate("location.hash")
        visit.page.get_by_role("button", name="Close the questions").click()
        expect(visit.page).to_have_url(shown)
        assert not [each for each in visit.asked if each != shown and not each.startswith("blob:")]
        assert [] == visit.complaints


@pytest.mark.browser
def test_an_answer_is_shown_in_the_picture(browser: Browser, shown: str) -> None:
    with Visit(browser, f"{shown}#q=denied-support") as visit:
        said = answered(visit)
        visit.page.get_by_role("button", name="Show in the picture").click()
        assert not visit.page.locator("#ask").is_visible()
        count = visit.page.locator("#details .claim").count()
        assert f"{count} claims in this page" in said
        assert f"{count} claims of the answer".upper() in visit.panel.upper()
        visit.page.locator("#details .claim a").first.click()
        visit.page.go_back()
        answered(visit)  # the address still names the question
        assert [] == visit.complaints


@pytest.mark.browser
def test_a_query_of_ones_own_is_written_sent_and_saved(
    browser: Browser, shown: str, tmp_path: Path
) -> None:
    text = "SELECT ?c ('=1+1' AS ?formula) { ?c rdf:subject e:china ; kg:polarity kg:denied }"
    with Visit(browser, shown) as visit:
        visit.page.click("#open-ask")
        visit.page.select_option("#question", "")
        assert "sparql" == visit.page.evaluate("document.activeElement.id")
        visit.page.fill("#sparql", text)
        visit.page.keyboard.press("Control+Enter")
        answered(visit)
        address = visit.page.evaluate("location.href")
        with visit.page.expect_download() as saved:
            visit.page.click("#save-reply")
        saved.value.save_as(tmp_path / "answer.csv")
        rows = records(tmp_path / "answer.csv")
        assert {"'=1+1"} == {row["formula"] for row in rows}
        visit.page.locator("#reply tbody a").first.click()
        assert not visit.page.locator("#ask").is_visible()
        assert rows[0]["c"].removeprefix("c:") in visit.panel
    with Visit(browser, address) as visit:
        answered(visit)
        assert text == visit.page.input_value("#sparql")
        assert len(rows) == visit.page.locator("#reply tbody tr").count()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("?SELECT", "Not SPARQL: the query ends too early."),
        ("?%", "Not SPARQL: line 1, column 1: “%” cannot stand here."),
        ("?%7B%0A%7D", "Not SPARQL: line 1, column 1: “{” cannot stand here."),
        (f"?{quote(WRONG)}", "Not SPARQL: line 2, column 6: “}” cannot stand here."),
        ("?SELECT%20*%20%7B%7D%20FROM", "Not answered: FROM would choose other data"),
        ("?ASK%20%7B%20e%3Achinna%20%3Fp%20%3Fo%20%7D", "No e:chinna is known"),
        ("?ASK%20%7B%20%3Fs%20kg%3Abakcs%20%3Fo%20%7D", "No kg:bakcs is known"),
        ("nobody-asked", "No question of this page is called “nobody-asked”."),
        ("backers:actor=chinna", "Not asked: actor: no entity is called “chinna”."),
        ("backers:actor=%E0%A4%A", "Not asked: actor: no entity is called"),
        ("holds-on:date=soon", "Not asked: date: “soon” is no day"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(
    browser: Browser, shown: str, question: str, words: str
) -> None:
    with Visit(browser, f"{shown}#q={question}") as visit:
        assert words in answered(visit, words)
        assert [] == visit.complaints


@pytest.mark.browser
def test_a_question_that_takes_too_long_is_stopped(browser: Browser, shown: str) -> None:
    with Visit(browser, f"{shown}#q=?{quote(ENDLESS)}") as visit:
        answered(visit, "…")
        visit.page.get_by_role("button", name="Stop").click()
        assert "Not answered: it was stopped." == answered(visit, "stopped")
        visit.page.fill("#sparql", "ASK {}")
        visit.page.get_by_role("button", name="Ask", exact=True).last.click()
        assert "yes" in visit.page.locator("#reply").inner_text() or answered(visit)
        answered(visit)
        assert [] == visit.complaints


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing_in_an_answer(
    browser: Browser, shown: str, screen: dict[str, int], scheme: str
) -> None:
    with Visit(browser, f"{shown}#q=backers", viewport=screen, color_scheme=scheme) as visit:
        answered(visit)
        visit.page.locator("#query-text summary").click()
        assert [] == faults(visit.page)
        width = visit.page.evaluate("document.getElementById('ask').scrollWidth")
        assert width <= screen["width"]
        visit.page.click("#light-up")
        assert [] == faults(visit.page)


@pytest.mark.browser
def test_hostile_names_in_an_answer_run_nothing(browser: Browser, tmp_path: Path) -> None:
    text = quote("SELECT * { ?s ?p ?o }")
    file = written(look(nasty_facts(), Lens()), tmp_path)
    with Visit(browser, f"{file}#q=?{text}") as visit:
        answered(visit)
        assert None is visit.page.evaluate("window.hacked ?? null")
        assert 0 == visit.page.locator("img").count()
        assert [] == visit.complaints


@pytest.mark.browser
def test_a_notebook_can_be_asked_too(browser: Browser, tmp_path: Path) -> None:
    page = kg.open(ROOT).view(sparql=True)
    path = tmp_path / "notebook.html"
    path.write_text(f"<title>n</title>{page._repr_html_()}", encoding="utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    frame = tab.frames[1]
    frame.get_by_role("button", name="Ask").first.click()
    frame.locator("#run").click()
    expect(frame.locator("#ask-status")).to_contain_text("in this page", timeout=20_000)


# -- what the switch costs ------------------------------------------------------------------------


def policy(page: bytes) -> str:
    found = re.search(rb'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert found is not None
    return unescape(found[1].decode())


@pytest.mark.browser
def test_only_a_page_that_can_be_asked_runs_what_that_takes() -> None:
    seen = scene("default")
    plain, asked = render(seen), render(seen, asking=asking(seen, FOLDERS))
    more = "'wasm-unsafe-eval'"
    assert more in policy(asked)
    assert policy(asked).endswith("; worker-src blob:")
    assert more not in policy(plain)
    assert "worker-src" not in policy(plain)
    assert "'unsafe-eval'" not in policy(asked)
    for word in (b"Oxigraph", b"open-ask", b"SPARQL"):
        assert word in asked
        assert word not in plain
    assert render(seen, asking=asking(seen, FOLDERS)) == asked, "byte for byte"


def test_without_the_engine_the_command_that_brings_it_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(browser_engine, "files", lambda _: tmp_path)
    run = CliRunner().invoke(
        cli, ["-C", str(ROOT), "view", "--sparql", "-o", str(tmp_path / "it.html")]
    )
    assert 1 == run.exit_code
    assert "'make engine' brings it" in run.output
    assert 1 == len(run.output.strip().splitlines())
    assert not (tmp_path / "it.html").exists()
    (tmp_path / "web").mkdir()
    for name in ("web.js", "web_bg.wasm"):
        (tmp_path / "web" / name).write_bytes(b"another")
    with pytest.raises(EngineError, match=r"web\.js is not that of oxigraph"):
        browser_engine.load()


@pytest.mark.parametrize("other", [["--focus", "china"], ["--compare", "escalation"]])
def test_a_part_of_a_lens_is_not_asked(tmp_path: Path, other: list[str]) -> None:
    command = ["-C", str(ROOT), "view", "--sparql", *other, "-o", str(tmp_path / "it.html")]
    run = CliRunner().invoke(cli, command)
    assert 2 == run.exit_code
    assert f"leave out {other[0]}" in run.output
    with pytest.raises(ValueError, match="one lens"):
        kg.open(ROOT).view(sparql=True, focus="china")
