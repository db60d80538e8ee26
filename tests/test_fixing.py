"""A fix puts right what was found, changes nothing else, and has nothing more to do after it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import ndiff
from textwrap import dedent

import pytest

from kg.check import Texts, check
from kg.edit.fixing import Fixed, fix_all
from kg.evidence import verify_texts
from kg.model.diagnostic import Diagnostic
from tests.conftest import brief, folder_texts, shipped_texts, text, texts
from tests.test_manual import MANUAL, SHOWN, read_page

WORLD = """
    entities:
      norland: {type: State, name: Norland, aliases: [The North]}
      sudland: {type: State, name: Sudland}
      ann: {type: Person, name: Ann}
      war: {type: Scenario, name: War}
    sources:
      paper:
        type: Report
        title: A paper
        published: 2025-01-01
        text: {sha256: HASH, characters: 99, parts: {P1: 0-50, P2: 51-99}}
""".replace("HASH", "a" * 64)


def found(texts: Texts) -> Sequence[Diagnostic]:
    return check(texts).diagnostics


def fixed(facts: str, is_unsafe_wanted: bool = True) -> tuple[str, Fixed]:
    """What a file of facts is after fixing."""
    all_texts = texts({"facts.yaml": facts, "world.yaml": WORLD})
    result = fix_all(
        all_texts, found, lambda d: bool(d.fix and (d.fix.is_safe or is_unsafe_wanted))
    )
    after = all_texts.with_files(result.texts).by_path["facts/facts.yaml"]
    return after.data.decode(), result


FACT = (
    "facts:\n- {id: f, subject: norland, relation: backs, object: sudland, source: paper, "
    "passage: P1}\n"
)

#: What is written in place of what, and what a fix makes of it.
SAFE = [
    ("subject: norland", "subject: Norland", "subject: norland"),
    ("subject: norland", "Subject: norland", "subject: norland"),
    ("relation: backs", "relation: Backs", "relation: backs"),
    ("passage: P1", "passage: p1", "passage: P1"),
    ("passage: P1", "passage: P1, polarity: Denied", "passage: P1, polarity: denied"),
    ("passage: P1", "passage: P1, saidBy: ann", "passage: P1, said_by: ann"),
    ("passage: P1", "passage: P1, when: 2025/12/02", "passage: P1, when: 2025-12-02"),
    ("passage: P1", "passage: P1, quantity: '15,000 USD'", "passage: P1, quantity: 15000 USD"),
    ("passage: P1", "passage: P1, condition: 'not:War'", "passage: P1, condition: not:war"),
]
UNSAFE = [
    ("subject: norland", "subject: norlnad", "subject: norland"),
    ("subject: norland", "subject: The North", "subject: norland"),
    ("relation: backs", "relation: bakcs", "relation: backs"),
    ("passage: P1", "passage: P1, when: since March 2023", "passage: P1, when: 2023-03/.."),
    ("passage: P1", "passage: P1, condition: not:wra", "passage: P1, condition: not:war"),
    ("passage: P1", "passage: P1, note: one, two", "passage: P1, note: 'one, two'"),
    ("passage: P1", "passage: P1, supersedes: ff", "passage: P1, supersedes: ff"),  # itself: none
    (
        "subject: norland, relation: backs, object: sudland",
        "subject: norland, relation: governs, object: ann",
        "subject: ann, relation: governs, object: norland",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "after"), SAFE)
def test_what_has_one_reading_is_fixed_safely(right: str, wrong: str, after: str) -> None:
    assert right in FACT
    result, _ = fixed(FACT.replace(right, wrong), is_unsafe_wanted=False)
    assert FACT.replace(right, after) == result


@pytest.mark.parametrize(("right", "wrong", "after"), UNSAFE)
def test_what_might_be_meant_is_fixed_only_where_wanted(right: str, wrong: str, after: str) -> None:
    assert right in FACT
    written = FACT.replace(right, wrong)
    assert written == fixed(written, is_unsafe_wanted=False)[0]
    assert FACT.replace(right, after) == fixed(written)[0]


def test_text_with_a_colon_is_quoted() -> None:
    facts = """
        facts:
        - id: f
          subject: norland  # a comment
          relation: backs
          object: sudland
          source: paper
          passage: P1
          note: he said: it's so
    """
    result, _ = fixed(facts, is_unsafe_wanted=False)
    quoted = dedent(facts).lstrip("\n").replace("he said: it's so", "'he said: it''s so'")
    assert quoted == result


def test_one_fix_makes_way_for_another() -> None:
    facts = FACT.replace("passage: P1", "passage: P1, Polarity: Denied")
    result, made = fixed(facts, is_unsafe_wanted=False)
    assert FACT.replace("passage: P1", "passage: P1, polarity: denied") == result
    assert 2 == made.fixes


def test_many_slips_of_one_file_are_fixed_in_one_go() -> None:
    facts = "facts:\n" + "".join(
        f"- id: f{n}\n  subject: norland\n  relation: backs\n  object: sudland\n  source: paper\n"
        f"  passage: P1\n  note: he said: so\n"
        for n in range(30)
    )
    result, made = fixed(facts, is_unsafe_wanted=False)
    assert facts.replace("he said: so", "'he said: so'") == result
    assert 30 == made.fixes


def test_a_sound_workspace_is_left_alone() -> None:
    result = fix_all(shipped_texts(), found, lambda d: True)
    assert {} == result.texts
    assert 0 == result.fixes


def test_what_is_fixed_in_the_core_is_left_to_it() -> None:
    broken = text("kg/core/ontology/x.yaml", "Types: {}\n")
    all_texts = texts(FACT, core=(broken,))
    assert {} == fix_all(all_texts, found, lambda d: True).texts


@pytest.mark.parametrize("name", SHOWN)
def test_a_fix_of_the_manual_puts_its_example_right(name: str) -> None:
    """Wherever an example of the manual has a fix, the finding is gone after it."""
    manual = folder_texts(MANUAL)
    page = read_page(name)
    wrong = {f"facts/w{i}.yaml": text(f"facts/w{i}.yaml", content)
             for i, (file, content) in enumerate(page.wrong) if file == "facts"}  # fmt: skip
    before = manual.with_files(wrong)
    made = fix_all(before, found, lambda d: d.code.name == name)
    if made.fixes:
        assert name not in {d.code.name for d in made.left}, [brief(d) for d in made.left]
        again = fix_all(before.with_files(made.texts), found, lambda d: d.code.name == name)
        assert 0 == again.fixes


def test_a_quote_is_found_again() -> None:
    from hashlib import sha256

    content = b"One word of the pact. Another."
    world = WORLD.replace("a" * 64, sha256(content).hexdigest()).replace("99", "30")
    world = world.replace("P1: 0-50, P2: 51-30", "P1: 0-30")
    facts = FACT.replace("passage: P1", "passage: {part: P1, chars: 0-8, quote: the pact}")
    all_texts = texts({"facts.yaml": facts, "world.yaml": world})
    read = text("paper.txt", "")
    read = type(read)("paper.txt", content)

    def find(changed: Texts) -> Sequence[Diagnostic]:
        return [*found(changed), *verify_texts(check(changed).facts, [read])]

    made = fix_all(all_texts, find, lambda d: bool(d.fix and d.fix.is_safe))
    after = all_texts.with_files(made.texts).by_path["facts/facts.yaml"].data.decode()
    assert facts.replace("0-8", "12-20") == after, "".join(ndiff([facts], [after]))
