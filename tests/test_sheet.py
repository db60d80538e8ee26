"""Tables as facts, in memory: every row is written or reported, every finding at its cell."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.check import Texts, check
from kg.edit.writing import NewEntry
from kg.model.diagnostic import Diagnostic
from kg.reading.sheet import Sheet, decode, read_sheet
from kg.sheet.columns import WishError, Wishes, read_columns
from kg.sheet.draft import Draft, draft
from tests.conftest import brief, slice_of, texts

WORLD = """\
entities:
  russia: {type: State, name: Russia, aliases: [Moscow], labels: {de: Russland}}
  venezuela: {type: State, name: Venezuela}
  aide: {type: UnnamedSource, name: The aide}
  georgia: {type: State, name: Georgia}
  georgia-us: {type: Place, name: Georgia}
  shut: {type: Scenario, name: Shut}
  fund: {type: Resource, name: Fund}
sources:
  paper: {type: NewsArticle, title: The paper, published: 2024-05-03}
  later: {type: Report, title: Later, published: 2024-06}
defaults: {source: paper}
facts:
  - {id: there, subject: venezuela, relation: backs, object: russia, note: As it was.}
"""
HEADER = "subject,relation,object,source\n"


def sheet_of(content: str, delimiter: str | None = None) -> Sheet:
    found: list[Diagnostic] = []
    sheet = read_sheet("t.csv", content, delimiter, found)
    assert [] == [brief(d) for d in found]
    assert sheet is not None
    return sheet


def drafted(
    content: str,
    wishes: Wishes | None = None,
    path: str = "facts/t.yaml",
    world: Texts | None = None,
) -> Draft:
    """What a table would add to the world, without errors in its header."""
    wishes, world = wishes or Wishes(), world or texts(WORLD)
    sheet, found = sheet_of(content), list[Diagnostic]()
    columns = read_columns(sheet, wishes, found)
    assert [] == [brief(d) for d in found]
    made = draft(sheet, columns, wishes, path, world, check(world))
    reported = {d.span.line for d in made.findings if d.severity == "error"}
    if not reported:  # every row is written or told
        assert made.rows == len(made.entries) + len(made.known)
    return made


def values(made: Draft) -> list[dict[str, object]]:
    assert [] == errors(made)
    return [{"id": entry.id, **entry.values} for entry in made.entries]


def errors(made: Draft) -> list[str]:
    return [brief(d) for d in made.findings if d.severity == "error"]


def wrong_header(content: str, wishes: Wishes | None = None) -> list[str]:
    found: list[Diagnostic] = []
    read_columns(sheet_of(content), wishes or Wishes(), found)
    return [brief(d) for d in found]


# -- cells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("a,b\n1,2\n", [["1", "2"]]),
        ("a;b\n1;2,3\n", [["1", "2,3"]]),
        ("a\tb\r\n1\t 2 \r\n", [["1", "2"]]),
        ("a,b\r1,2", [["1", "2"]]),
        ('a,b\n"1, ""one""\nof two",2\n', [['1, "one"\nof two', "2"]]),
        ("sep=|\na|b\n1|2\n", [["1", "2"]]),
        ("a,b\n\n,,\n1,2\n\n", [["1", "2"]]),
        ("a,b\n1\n", [["1"]]),
        ('a,b\n5" gun,2\n', [['5" gun', "2"]]),
        ("a\n1\n", [["1"]]),
    ],
)  # fmt: skip
def test_what_stands_in_cells(content: str, rows: list[list[str]]) -> None:
    assert rows == [[cell.text for cell in row] for row in sheet_of(content).rows]


@given(
    st.lists(st.lists(st.text("ab,;\"'\n é\t☃", max_size=6), min_size=2, max_size=4), max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_python_writes_is_read(rows: list[list[str]], delimiter: str, end: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerows([["w", "x", "y", "z"], *rows])
    sheet = sheet_of(file.getvalue(), delimiter)
    expected = [[text.strip() for text in row] for row in rows if any(t.strip() for t in row)]
    assert expected == [[cell.text for cell in row] for row in sheet.rows]
    for row in sheet.rows:
        for cell in row:
            written = slice_of(sheet.text, sheet.place(cell)).strip()
            unquoted = written[1:-1].replace('""', '"') if written.startswith('"') else written
            assert cell.text == unquoted.strip()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "t.csv:1:1 bad-table: the table is empty"),
        ("a,b\n1,2,3\n", "t.csv:2:5 bad-table: '3' stands in column 3 of 2"),
        ('a,b\n"1,2\n3,4\n', "t.csv:2:1 bad-table: this quote is never closed"),
        ('a,b\n"1"x,2\n', "t.csv:2:4 bad-table: text follows the quote that closes the cell"),
        ("a,b\n1\x00,2\n", "t.csv:2:1 control-character: the cell holds U+0000"),
    ],
)
def test_what_is_no_table(content: str, told: str) -> None:
    found: list[Diagnostic] = []
    read_sheet("t.csv", content, None, found)
    assert [told] == [brief(d) for d in found]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("é".encode(), None),
        ("é".encode("utf-8-sig"), None),
        ("é".encode("utf-16"), None),
        ("é".encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str | None) -> None:
    assert "é" == decode("t.csv", data, encoding, [])


def test_another_encoding_is_told_where_it_shows() -> None:
    found: list[Diagnostic] = []
    assert None is decode("t.csv", "a,b\nx,Caf\xe9\n".encode("cp1252"), None, found)
    assert ["t.csv:2:6 not-utf8: byte 0xe9 is not UTF-8"] == [brief(d) for d in found]
    assert "--encoding cp1252" in str(found[0].hint)


# -- columns --------------------------------------------------------------------------------------


def test_columns_are_called_like_keys_in_whatever_case() -> None:
    made = drafted("Subject,RELATION,object,Said By,Source\nrussia,informs,venezuela,aide,paper\n")
    assert ["said_by"] == [key for key in values(made)[0] if key == "said_by"]


def test_a_column_that_is_no_key_is_told_and_not_left_out() -> None:
    content = "subject,relation,object,source,Comment\nrussia,backs,venezuela,paper,hm\n"
    assert ["t.csv:1:32 unknown-key: column 'Comment': a fact has no such key"] == wrong_header(
        content
    )
    mapped = drafted(content, Wishes(mapped={"Comment": "note"}))
    assert "hm" == values(mapped)[0]["note"]
    ignored = drafted(content, Wishes(ignored=frozenset({"Comment"})))
    assert "note" not in values(ignored)[0]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (
            "subject,relation,object",
            "1:1 missing-key: a fact needs the key 'source', and no column",
        ),
        ("subject,relation,object,source,source", "1:32 bad-table: column 'source' gives 'source'"),
        ("subject,relation,object,source,labels", "1:32 unknown-key: column 'labels'"),
        ("subject,relation,object,source,", "1:32 bad-table: column 5 has no name"),
    ],
)
def test_headers_that_do_not_do(header: str, told: str) -> None:
    row = ",".join(["x"] * (header.count(",") + 1))
    (found,) = wrong_header(f"{header}\n{row}\n")
    assert found.startswith(f"t.csv:{told}")


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        (
            Wishes(mapped={"Sourec": "source"}),
            "no column is called 'Sourec': did you mean 'source'?",
        ),
        (Wishes(ignored=frozenset({"X"})), "no column is called 'X'"),
        (Wishes(mapped={"source": "sauce"}), "a fact has no key 'sauce': did you mean 'source'?"),
        (
            Wishes(constants={"source": "paper"}),
            "'source' is set, and given by the column 'source'",
        ),
    ],
)
def test_wishes_that_cannot_be_met(wishes: Wishes, told: str) -> None:
    with pytest.raises(WishError) as error:
        wrong_header(HEADER, wishes)
    assert str(error.value).startswith(told)


def test_a_value_for_every_row() -> None:
    made = drafted("subject,relation,object\nrussia,backs,venezuela\n",
                   Wishes(constants={"source": "The paper", "tags": "x; y"}))  # fmt: skip
    assert ("paper", ["x", "y"]) == (values(made)[0]["source"], values(made)[0]["tags"])
    with pytest.raises(WishError, match="no source is called 'papre': did you mean 'paper'"):
        drafted("subject,relation,object\nrussia,backs,venezuela\n",
                Wishes(constants={"source": "papre"}))  # fmt: skip


# -- names ----------------------------------------------------------------------------------------


def test_names_that_one_thing_has_are_read_as_its_id_and_told() -> None:
    made = drafted(
        HEADER + "Moscow,is allied with,Venezuela,The paper\nRussland,backs,venezuela,later\n"
    )
    first, second = values(made)
    assert ("russia", "alliedWith", "venezuela", "paper") == tuple(
        first[key] for key in ("subject", "relation", "object", "source")
    )
    assert "russia" == second["subject"]
    assert 1 == made.read["Moscow", "russia"]
    assert ("venezuela", "venezuela") not in made.read


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Georgia,backs,russia,paper",
         "2:1 ambiguous-name: column 'subject': 'Georgia' is the name of several: georgia, "
         "georgia-us"),
        ("moscow,backs,venezuela,paper",
         "2:1 unknown-entity: column 'subject': no entity or source is called 'moscow'"),
        ("russia,bakcs,venezuela,paper",
         "2:8 unknown-relation: column 'relation': no relation is called 'bakcs'"),
        ("russia,backs,venezuela,Moscow",
         "2:24 unknown-source: column 'source': no source is called 'Moscow'"),
        ("russia,backs,shut,paper",
         "2:14 range: column 'object': 'shut' is a Scenario; 'backs' takes an object of type "
         "Actor"),
        ("russia,,venezuela,paper",
         "2:8 missing-key: column 'relation': a fact needs the key 'relation'"),
        ("russia,backs,venezuela",
         "2:14 missing-key: column 'source': a fact needs the key 'source'"),
        ('"russia; rusia",backs,venezuela,paper',
         "2:10 unknown-entity: column 'subject': no entity or source is called 'rusia'"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_once_where_it_stands(row: str, told: str) -> None:
    assert [f"t.csv:{told}"] == errors(drafted(HEADER + row + "\n"))


def test_new_entities_are_declared_once_and_listed() -> None:
    made = drafted(HEADER + "Norland,backs,Südland,paper\nSüdland,backs,Norland,paper\n",
                   Wishes(new_type="State"))  # fmt: skip
    assert [
        NewEntry("entities", "norland", {"type": "State", "name": "Norland"}),
        NewEntry("entities", "sudland", {"type": "State", "name": "Südland"}),
    ] == list(made.invented)
    assert [("norland", "sudland"), ("sudland", "norland")] == [
        (v["subject"], v["object"]) for v in values(made)
    ]


def test_a_new_entity_never_takes_the_id_of_another() -> None:
    told = errors(drafted(HEADER + "RUSSIA,backs,venezuela,paper\nРоссия,backs,venezuela,paper\n",
                          Wishes(new_type="State")))  # fmt: skip
    place = "t.csv:2:1 duplicate-id: column 'subject'"
    assert f"{place}: no entity can be made of 'RUSSIA': 'russia' is taken" in told
    place = "t.csv:3:1 bad-id: column 'subject'"
    assert f"{place}: no entity can be made of 'Россия': it makes no id" in told


# -- values ---------------------------------------------------------------------------------------


def test_lists_passages_and_links_of_a_chain() -> None:
    world = texts(
        WORLD.replace(
            "published: 2024-06}",
            "published: 2024-06, text: {sha256: HASH, characters: 9, parts: {P1: 0-9}}}",
        ).replace("HASH", "a" * 64)
    )
    made = drafted(
        "subject,relation,object,source,passage,passage.chars,said by,said by.verb,tags\n"
        "russia; The aide,informs,venezuela,later,P1,2-4,aide; unknown,told; heard,a;b;;\n",
        world=world,
    )
    (found,) = values(made)
    assert ["russia", "aide"] == found["subject"]
    assert {"part": "P1", "chars": "2-4"} == found["passage"]
    assert [{"by": "aide", "verb": "told"}, {"by": "unknown", "verb": "heard"}] == found["said_by"]
    assert ["a", "b"] == found["tags"]


def test_an_object_that_is_a_value_is_no_list_and_no_name() -> None:
    made = drafted(HEADER + "fund,amountsTo,20 EUR (a; b),paper\n")
    assert "20 EUR (a; b)" == values(made)[0]["object"]


@pytest.mark.parametrize("written", ["2024/5/3", "3 May 2024", '"May 3, 2024"'])
def test_a_date_that_can_mean_one_day_alone_is_read_and_told(written: str) -> None:
    content = f"subject,relation,object,source,when\nrussia,backs,venezuela,later,{written}\n"
    read = drafted(content)
    assert "2024-05-03" == values(read)[0]["when"]
    assert {written.strip('"'): "2024-05-03"} == read.dates


@pytest.mark.parametrize("written", ["3.5.2024", "5/3/2024"])
def test_dates_are_not_guessed(written: str) -> None:
    content = f"subject,relation,object,source,when\nrussia,backs,venezuela,later,{written}\n"
    made = drafted(content)
    assert ["t.csv:2:30 bad-date"] == [told.partition(": ")[0] for told in errors(made)]
    assert "--dates" in str(made.findings[0].hint)
    order = {"3.5.2024": "DMY", "5/3/2024": "MDY"}[written]
    read = drafted(content, Wishes(dates=order))
    assert "2024-05-03" == values(read)[0]["when"]
    assert {written: "2024-05-03"} == read.dates


def test_a_date_in_two_digits_is_not_read() -> None:
    content = "subject,relation,object,source,when\nrussia,backs,venezuela,later,3.5.24\n"
    assert 1 == len(errors(drafted(content, Wishes(dates="DMY"))))


def test_entities_with_labels_and_codes() -> None:
    header = "name,type,labels.de,codes.iso3166,aliases\n"
    made = drafted(header + "Norway,State,Norwegen,NO,Norge; Noreg\n", Wishes("entities"))
    assert [
        {
            "id": "norway",
            "type": "State",
            "name": "Norway",
            "labels": {"de": "Norwegen"},
            "aliases": ["Norge", "Noreg"],
            "codes": {"iso3166": "NO"},
        }
    ] == values(made)


def test_sources() -> None:
    made = drafted("title,type,publisher,published,url\nX,Report,Russia,2024,https://example.org/x\n",
                   Wishes(section="sources"))  # fmt: skip
    assert ("russia-2024", "russia") == (values(made)[0]["id"], values(made)[0]["publisher"])


# -- what is there already ------------------------------------------------------------------------


def test_importing_twice_changes_nothing() -> None:
    content = HEADER + "russia,backs,venezuela,paper\nrussia,backs,venezuela,later\n"
    world = texts(WORLD)
    first = drafted(content, world=world)
    assert first.text is not None
    again = Texts(world.profile, world.core, world.ontology, (*world.facts, first.text))
    second = drafted(content, world=again)
    assert None is second.text
    assert [("russia-backs-venezuela",), ("russia-backs-venezuela-later",)] == [
        known.ids for known in second.known
    ]
    grown = drafted(content + "russia,informs,venezuela,later\n", world=again)
    assert ["russia-informs-venezuela"] == [entry.id for entry in grown.entries]
    assert grown.text is not None
    assert grown.text.data.startswith(first.text.data)


def test_what_differs_from_what_is_there_is_told() -> None:
    made = drafted("subject,relation,object,source,note\nvenezuela,backs,russia,paper,Otherwise.\n")
    assert [("there",)] == [known.ids for known in made.known]
    assert ("note",) == made.known[0].differs
    same = drafted("subject,relation,object,source,note\nvenezuela,backs,russia,paper,As it was.\n")
    assert () == same.known[0].differs


def test_an_id_that_is_taken() -> None:
    header = "id,subject,relation,object,source\n"
    made = drafted(header + "there,russia,backs,venezuela,paper\nx,russia,informs,venezuela,paper\n"
                   "x,russia,informs,venezuela,later\n")  # fmt: skip
    assert [
        "t.csv:2:1 duplicate-id: column 'id': 'there' is declared already",
        "t.csv:4:1 duplicate-id: column 'id': 'x' is declared already",
    ] == errors(made)
    same = drafted(header + "there,venezuela,backs,russia,paper\n")
    assert [("there",)] == [known.ids for known in same.known]


def test_rows_that_are_one_and_the_same() -> None:
    made = drafted(HEADER + "russia,backs,venezuela,later\n" * 2)
    assert (1, 1) == (len(made.entries), len(made.known))


def test_an_entity_that_is_there() -> None:
    made = drafted(
        "name,type\nRussia,State\nMoscow,State\nPeru,State\n", Wishes(section="entities")
    )
    assert ["peru"] == [entry.id for entry in made.entries]
    assert [(("russia",), ()), (("russia",), ("name",))] == [(k.ids, k.differs) for k in made.known]


def test_defaults_of_the_file_say_nothing_that_the_table_does_not() -> None:
    world = texts({"facts.yaml": WORLD, "t.yaml": "defaults: {when: 2020}\nfacts: []\n"})
    with pytest.raises(WishError, match="says 'when' for every fact"):
        drafted(HEADER + "russia,backs,venezuela,later\n", world=world)


def test_comments_and_order_of_a_file_that_is_added_to_stay() -> None:
    fact = "{id: f, subject: aide, relation: informs, object: russia, source: later}"
    before = f"# Mine\nfacts:\n  # the first\n  - {fact}\n"
    world = texts({"facts.yaml": WORLD, "t.yaml": before})
    made = drafted(HEADER + "russia,backs,venezuela,later\n", world=world)
    assert [] == errors(made)
    assert made.text is not None
    assert made.text.data.decode().startswith(before)


def test_a_finding_elsewhere_is_told_where_it_is() -> None:
    made = drafted("subject,relation,object,source,polarity\nvenezuela,backs,russia,paper,denied\n")
    assert ["disputed"] == [d.code.name for d in made.findings if d.code.name == "disputed"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["russia", "Moscow", "Nobody", "Georgia", ""]),
            st.sampled_from(["backs", "informs", "nothing"]),
            st.sampled_from(["venezuela", "aide", "russia; venezuela"]),
            st.sampled_from(["paper", "later", ""]),
            st.sampled_from(["", "x y"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_row_is_ever_lost(rows: list[tuple[str, ...]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([("subject", "relation", "object", "source", "note"), *rows])
    made = drafted(file.getvalue())
    told = {d.span.line for d in made.findings if d.severity == "error" and d.span.path == "t.csv"}
    lost = made.rows - len(made.entries) - len(made.known)
    assert made.rows == len(rows)
    assert lost <= len(told)
    if made.text is not None and made.is_sound:
        assert lost == 0
