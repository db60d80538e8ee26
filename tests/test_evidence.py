from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pytest

from kg.check import check
from kg.evidence import describe_text, verify_texts
from kg.model.facts import FactSet
from kg.model.text import SourceText
from tests.conftest import ROOT, brief, folder_texts, read_folder, sound_facts

#: A text of our own, with characters of one to four bytes.
TEXT = "Zölle: 6 €!\n\nDas Schiff 🚢 lief aus; Brücke gesperrt.\n"
HASH = hashlib.sha256(TEXT.encode()).hexdigest()


def workspace(passages: str, *, sha256: str = HASH, characters: int = len(TEXT)) -> FactSet:
    return sound_facts(
        f"""\
        entities:
          a: {{type: State, name: A}}
          b: {{type: State, name: B}}
        sources:
          paper:
            type: NewsArticle
            title: Paper
            published: 2024-05-03
            text:
              sha256: {sha256}
              characters: {characters}
              parts: {{H: 0-11, P1: 13-52}}
              headline: H
        facts:
          - id: f
            subject: a
            relation: backs
            object: b
            source: paper
            passage: {passages}
        """
    )


def file(content: str = TEXT, path: str = "anything.txt") -> SourceText:
    return SourceText(path, content.encode())


def findings(facts: FactSet, texts: Iterable[SourceText]) -> list[str]:
    return [brief(d) for d in verify_texts(facts, texts)]


# -- quotes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "passage",
    [
        "H",
        "{part: H, quote: Zölle}",
        "{part: H, quote: 6 €}",
        "{part: H, chars: 0-5, quote: Zölle}",
        "{part: H, chars: 7-10, quote: 6 €}",
        "{part: P1, chars: 4-10, quote: Schiff}",
        "{part: P1, chars: 11-12, quote: 🚢}",
        "{part: P1, chars: 23-29, quote: Brücke}",
        "{part: P1, quote: Brücke gesperrt.}",
        "[{part: H, quote: Zölle}, {part: P1, quote: lief}]",
    ],
)
def test_a_quote_that_stands_there(passage: str) -> None:
    assert [] == findings(workspace(passage), [file()])


@pytest.mark.parametrize(
    ("passage", "place", "quote"),
    [
        ("{part: H, quote: Zolle}", "20:31", "Zolle"),
        ("{part: H, quote: zölle}", "20:31", "zölle"),
        ("{part: P1, quote: Zölle}", "20:32", "Zölle"),  # in another part
        ("{part: H, quote: 6 €!!}", "20:31", "6 €!!"),
        ("{part: H, chars: 1-6, quote: Zölle}", "20:43", "Zölle"),
        ("{part: H, chars: 0-6, quote: Zölle}", "20:43", "Zölle"),
        ("{part: P1, chars: 24-30, quote: Brücke}", "20:46", "Brücke"),  # counted in UTF-16
        ("{part: P1, chars: 27-34, quote: Brücke}", "20:46", "Brücke"),  # counted in bytes
        ("[H, {part: P1, quote: lief an}]", "20:36", "lief an"),
        ("[{part: H, quote: Zölle}, {part: P1, chars: 0-3, quote: Der}]", "20:70", "Der"),
    ],
)
def test_a_quote_that_does_not_stand_there(passage: str, place: str, quote: str) -> None:
    expected = f"facts/facts.yaml:{place} quote-differs: '{quote}' is not what stands there"
    assert [expected] == findings(workspace(passage), [file()])


def test_a_quote_is_told_once_for_all_claims_of_a_fact() -> None:
    facts = sound_facts(
        f"""\
        entities: {{a: {{type: State, name: A}}, b: {{type: State, name: B}}}}
        sources:
          paper:
            type: NewsArticle
            title: Paper
            published: 2024-05-03
            text: {{sha256: {HASH}, characters: {len(TEXT)}, parts: {{H: 0-11}}}}
        defaults: {{source: paper, passage: {{part: H, quote: Zolle}}}}
        facts:
          - {{id: f, subject: [a, b], relation: [backs, alliedWith], object: [a, b]}}
        """
    )
    assert 8 == len(facts.claims)
    assert ["facts/facts.yaml:8:53 quote-differs: 'Zolle' is not what stands there"] == findings(
        facts, [file()]
    )


# -- texts ----------------------------------------------------------------------------------------


def test_a_text_is_known_by_its_hash_whatever_its_name() -> None:
    wrong = workspace("{part: H, quote: Zolle}")
    for path in ("x.txt", "deep/er/x.md", "paper.txt"):
        assert 1 == len(findings(wrong, [file("another", "y.txt"), file(path=path)]))


def test_a_text_that_is_another_is_reported_at_the_hash() -> None:
    assert [
        "facts/facts.yaml:10:15 text-differs: texts/paper.txt is not the text that 'paper' was "
        "read in"
    ] == findings(workspace("H"), [file(TEXT + " ", "texts/paper.txt")])


@pytest.mark.parametrize("change", ["\r\n", "\ufeff", " "])
def test_the_smallest_change_makes_another_text(change: str) -> None:
    changed = TEXT.replace("\n", change) if change == "\r\n" else change + TEXT
    (found,) = findings(workspace("H"), [file(changed, "paper.txt")])
    assert "text-differs" in found


def test_a_text_that_is_not_there_is_reported_at_the_source() -> None:
    for texts in ([], [file("another", "another.txt")]):
        assert [
            "facts/facts.yaml:9:5 text-missing: no text of 'paper' is there to verify its passages"
        ] == findings(workspace("{part: H, quote: Zolle}"), texts)


def test_a_wrong_number_of_characters_is_reported() -> None:
    bytes_of_text = len(TEXT.encode())
    assert ["facts/facts.yaml:11:19 text-differs: the text has 53 characters, not 60"] == findings(
        workspace("H", characters=bytes_of_text), [file()]
    )


def test_a_source_without_a_text_has_nothing_to_verify() -> None:
    facts = sound_facts("sources: {s: {type: Report, title: S, published: 2024}}")
    assert [] == findings(facts, [])


def test_a_text_that_is_no_utf8_brings_nothing_down() -> None:
    data = TEXT.encode("latin-1", errors="replace")
    facts = workspace("H", sha256=hashlib.sha256(data).hexdigest())
    assert [] == findings(facts, [SourceText("paper.txt", data)])


def test_the_starter_s_passages_stand_in_its_text() -> None:
    root = ROOT / "examples" / "starter"
    facts = check(folder_texts(root)).facts
    assert any(p.quote for claim in facts.claims.values() for p in claim.passages)
    assert [] == findings(facts, read_folder(root, "texts/*.txt"))


# -- describing a text ----------------------------------------------------------------------------


def test_a_text_is_described_so_that_its_passages_can_be_verified() -> None:
    described = describe_text(TEXT.encode())
    assert (
        f"""\
text:
  sha256: {HASH}
  characters: 53
  parts:
    P1: 0-11           # Zölle: 6 €! …
    P2: 13-52          # Das Schiff 🚢 …
"""
        == described
    )
    indented = "".join(f"    {line}\n" for line in described.splitlines())
    facts = sound_facts(
        "entities: {a: {type: State, name: A}, b: {type: State, name: B}}\n"
        f"sources:\n  paper:\n    type: Report\n    title: P\n    published: 2024\n{indented}"
        "facts:\n  - {id: f, subject: a, relation: backs, object: b, source: paper, "
        "passage: {part: P2, quote: Brücke}}\n"
    )
    assert [] == findings(facts, [file()])


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("", []),
        ("\n\n", []),
        ("one", ["P1: 0-3"]),
        ("  one two  \n", ["P1: 2-9"]),
        ("one\r\n\r\ntwo\r\n", ["P1: 0-3", "P2: 7-10"]),
        ("\tone\n two", ["P1: 1-4", "P2: 6-9"]),
    ],
)
def test_a_part_is_a_line_without_the_space_around_it(content: str, parts: list[str]) -> None:
    rows = describe_text(content.encode()).splitlines()[4:]
    assert parts == [row.partition("#")[0].strip() for row in rows]


def test_only_utf8_can_be_described() -> None:
    with pytest.raises(UnicodeDecodeError):
        describe_text("Zölle".encode("latin-1"))
