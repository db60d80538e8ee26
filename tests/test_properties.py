"""What must hold whatever the files look like: their order, their cut, their damage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest

from kg.check import Texts, check
from kg.lens import Lens
from kg.model.diagnostic import Diagnostic
from kg.model.facts import Claim, FactSet
from kg.model.node import Mapping as MappingNode
from kg.model.node import Node, Places, Scalar
from kg.model.node import Sequence as SequenceNode
from kg.model.text import SourceText, Span
from kg.rdf.dataset import to_dataset
from kg.reading.document import read_document
from kg.scene import look
from tests.conftest import (
    ROOT,
    brief,
    core_texts,
    folder_texts,
    shipped_facts,
    shipped_texts,
    slice_of,
)
from tests.test_mutations import Mistake, Mutation, mutations

Plain = Any  #: what JSON can hold


def plain(node: Node) -> Plain:
    match node:
        case Scalar():
            return node.value
        case SequenceNode():
            return [plain(item) for item in node.items]
        case MappingNode():
            return {key: plain(value) for key, (_, value) in node.entries.items()}
    raise AssertionError(node)


def parsed(text: SourceText) -> dict[str, Plain]:
    root = read_document(text, [])
    assert root is not None
    found = plain(root)
    assert isinstance(found, dict)
    return found


def written(path: str, content: Plain) -> SourceText:
    """JSON is YAML: a file that says the same in another way."""
    return SourceText(path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def shuffled(value: Plain, random: Random) -> Plain:
    """The same with its keys in another order; lists keep theirs."""
    if isinstance(value, list):
        return [shuffled(item, random) for item in value]
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    return value


def pieces(content: dict[str, Plain]) -> Iterator[dict[str, Plain]]:
    """A file cut into files of one declaration each, with the defaults for each."""
    for section, body in content.items():
        if section == "facts":
            defaults = {"defaults": content["defaults"]} if "defaults" in content else {}
            yield from ({**defaults, "facts": [item]} for item in body)
        elif section != "defaults":
            yield from ({section: {id: entry}} for id, entry in body.items())


def rearranged(texts: Sequence[SourceText], seed: int) -> tuple[SourceText, ...]:
    """The same declarations in other files, under other names and in another order."""
    random = Random(seed)
    cut = [shuffled(piece, random) for text in texts for piece in pieces(parsed(text))]
    random.shuffle(cut)
    return tuple(written(f"facts/{random.random()}/{n}.yml", p) for n, p in enumerate(cut))


def assert_same(expected: FactSet, actual: FactSet) -> None:
    assert expected.profile == actual.profile
    assert expected.vocabulary == actual.vocabulary
    for one, other in (
        (expected.entities, actual.entities),
        (expected.sources, actual.sources),
        (expected.claims, actual.claims),
    ):
        assert list(one) == list(other)  # in the same order, too
        assert one == other
    turtle = [to_dataset(look(facts, Lens())).turtle() for facts in (expected, actual)]
    assert turtle[0] == turtle[1]


# -- how the facts are laid out -------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_files_can_be_cut_named_and_ordered_at_will(seed: int) -> None:
    given = shipped_texts()
    ontology = rearranged(given.ontology, seed + 100)
    profile = written("kg.yaml", shuffled(parsed(given.profile), Random(seed))) if (
        given.profile
    ) else None  # fmt: skip
    checked = check(Texts(profile, (), ontology, rearranged(given.facts, seed)))
    expected = check(given)
    assert sorted(d.message for d in expected.diagnostics) == sorted(
        d.message for d in checked.diagnostics
    )
    assert_same(expected.facts, checked.facts)


def test_files_can_be_read_in_any_order() -> None:
    given = shipped_texts()
    expected = check(given)
    for seed in range(3):
        facts, ontology = list(given.facts), list(given.ontology)
        Random(seed).shuffle(facts)
        Random(seed).shuffle(ontology)
        checked = check(Texts(given.profile, given.core, tuple(ontology), tuple(facts)))
        assert expected.diagnostics == checked.diagnostics
        assert_same(expected.facts, checked.facts)


def test_all_facts_can_be_in_one_file() -> None:
    given = shipped_texts()
    together: dict[str, Plain] = {"entities": {}, "sources": {}, "facts": []}
    for text in given.facts:
        content = parsed(text)
        together["entities"] |= content.get("entities", {})
        together["sources"] |= content.get("sources", {})
        together["facts"] += [
            {**content.get("defaults", {}), **fact} for fact in content.get("facts", [])
        ]
    one = written("facts/all.yaml", together)
    checked = check(Texts(given.profile, given.core, given.ontology, (one,)))
    assert_same(check(given).facts, checked.facts)


def test_checking_twice_finds_the_same() -> None:
    assert check(shipped_texts()) == check(shipped_texts())


# -- places ---------------------------------------------------------------------------------------


def all_texts(texts: Texts) -> dict[str, SourceText]:
    profile = (texts.profile,) if texts.profile else ()
    return {t.path: t for t in (*texts.core, *texts.ontology, *texts.facts, *profile)}


def problems_of_place(span: Span, files: dict[str, SourceText]) -> str | None:
    """Why a span does not lie in its file; None if it does."""
    content = files[span.path].data.decode("utf-8-sig", errors="replace")
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for line, column in ((span.line, span.column), (span.end_line, span.end_column)):
        if not 1 <= line <= len(lines):
            return f"{span}: the file has {len(lines)} lines"
        if not 1 <= column <= len(lines[line - 1]) + 1:
            return f"{span}: line {line} has {len(lines[line - 1])} characters"
    if (span.line, span.column) > (span.end_line, span.end_column):
        return f"{span} ends before it begins"
    return None


def places_of(diagnostics: Sequence[Diagnostic]) -> Iterator[Span]:
    for diagnostic in diagnostics:
        yield diagnostic.span
        yield from (related.span for related in diagnostic.related)


def assert_in_files(texts: Texts) -> None:
    files = all_texts(texts)
    found = check(texts).diagnostics
    wrong = [problems_of_place(span, files) for span in places_of(found)]
    assert [] == [problem for problem in wrong if problem is not None]


@pytest.mark.parametrize("mutation", mutations()[::8], ids=lambda m: str(m.place.span))
def test_findings_lie_in_their_files(mutation: Mutation) -> None:
    assert_in_files(mutation.texts)


PASTED = ("\t", "{", "[", '"', "'", ": ", "- ", "&x ", "*x", "|\n", "\r\n", "é", "\u2028", "\ufeff",
          "!!int ", "#", "\n---\n", "%", "@", "\x00")  # fmt: skip


def damaged(data: bytes, random: Random) -> bytes:
    """A file after an accident: bytes lost, doubled, changed, cut off, or pasted in."""
    at = random.randrange(len(data))
    match random.randrange(6):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + random.randrange(1, 40) :]
        case 2:
            return data[:at] + data[at : at + 60] + data[at:]
        case 3:
            return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
        case 4:
            return data[:at] + random.choice(PASTED).encode() + data[at:]
    line = data.rfind(b"\n", 0, at) + 1
    return data[:line] + b" " * random.randrange(1, 5) + data[line:]


@pytest.mark.parametrize("seed", range(10))
def test_no_damage_brings_the_check_down(seed: int) -> None:
    random = Random(seed)
    given = folder_texts(ROOT / "examples" / "starter")
    for _ in range(25):
        facts = list(given.facts)
        at = random.randrange(len(facts))
        facts[at] = SourceText(facts[at].path, damaged(facts[at].data, random))
        assert_in_files(Texts(given.profile, core_texts(), given.ontology, tuple(facts)))


@pytest.mark.parametrize("seed", range(4))
def test_no_damage_to_the_real_files_brings_the_check_down(seed: int) -> None:
    random = Random(1000 + seed)
    given = shipped_texts()
    for _ in range(12):
        facts, ontology = list(given.facts), list(given.ontology)
        files = random.choice((facts, ontology))
        at = random.randrange(len(files))
        files[at] = SourceText(files[at].path, damaged(files[at].data, random))
        own = tuple(ontology)
        assert_in_files(Texts(given.profile, own, own, tuple(facts)))


MISSPELT = [m for m in mutations() if m.mistake in (Mistake.MISSPELT_REFERENCE,
                                                    Mistake.MISSPELT_TERM,
                                                    Mistake.MISSPELT_KEY,
                                                    Mistake.MISSPELT_WORD)]  # fmt: skip


@pytest.mark.parametrize("mutation", MISSPELT[::4], ids=lambda m: str(m.place.span))
def test_a_finding_covers_the_misspelt_word_and_no_more(mutation: Mutation) -> None:
    (found,) = (d for d in check(mutation.texts).diagnostics if d.severity == "error")
    file = SourceText(mutation.place.file.path, mutation.data)
    assert mutation.now == slice_of(file, found.span), brief(found)


def ends_of(claim: Claim) -> Iterator[tuple[str, int | None, str]]:
    """The keys of a claim, with what stands under each."""
    i, j, k = claim.index
    yield "subject", i, claim.subject
    yield "relation", j, claim.relation
    yield "object", k, claim.object if isinstance(claim.object, str) else claim.object.text
    yield "source", None, claim.source
    for index, condition in enumerate(claim.conditions):
        yield "condition", index if len(claim.conditions) > 1 else None, str(condition)
    for key in ("degree", "place", "manner", "likelihood"):
        value = getattr(claim, key)
        if value is not None:
            yield key, None, value
    if claim.when is not None:
        yield "when", None, claim.when.text
    if claim.quantity is not None:
        yield "quantity", None, claim.quantity.text
    for index, entity in enumerate(claim.against):
        yield "against", index, entity


def quoted(text: str) -> str:
    return text[1:-1] if text[:1] in ("'", '"') else text


@pytest.mark.parametrize("facts", [shipped_facts()], ids=["shipped"])
def test_the_places_of_a_claim_slice_to_what_they_name(facts: FactSet) -> None:
    files = all_texts(shipped_texts())
    assert facts.claims
    for claim in facts.claims.values():
        places: Places = claim.places
        assert claim.fact == slice_of(files[places.path], places.declared)
        for key, index, expected in ends_of(claim):
            assert key == slice_of(files[places.path], places.key(key))
            assert expected == quoted(slice_of(files[places.path], places.value(key, index)))


def test_the_places_of_declarations_slice_to_their_ids() -> None:
    facts, files = shipped_facts(), all_texts(shipped_texts())
    tables = (facts.entities, facts.sources, facts.vocabulary.types, facts.vocabulary.relations,
              facts.vocabulary.schemes)  # fmt: skip
    for table in tables:
        assert table
        for id, thing in table.items():
            assert id == slice_of(files[thing.places.path], thing.places.declared)


def test_a_place_that_is_not_written_is_the_declaration() -> None:
    claim = next(iter(shipped_facts().claims.values()))
    assert claim.places.declared == claim.places.key("recorded") == claim.places.value("recorded")
