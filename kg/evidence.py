"""Evidence without copying: passages held to the text that they were read in.

A workspace need not hold its sources' texts. Whoever has them can verify every locator.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.edit import Edit, Fix
from kg.model.facts import Claim, FactSet, Passage, Source
from kg.model.node import Mapping, Places, Sequence, span_of
from kg.model.text import SourceText, Span


def verify_texts(facts: FactSet, texts: Iterable[SourceText]) -> Iterator[Diagnostic]:
    """Holds each source's hash, length and quotes to the text it was read in.

    A text belongs to a source if it has the source's hash, or else its id as the file's stem.
    """
    by_hash: dict[str, SourceText] = {}
    by_stem: dict[str, SourceText] = {}
    for text in texts:
        by_hash[hashlib.sha256(text.data).hexdigest()] = text
        by_stem[text.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]] = text
    for source in facts.sources.values():
        if source.text is None:
            continue
        text_read = by_hash.get(source.text.sha256)
        if text_read is not None:
            yield from _verify_passages(facts, source, text_read)
        elif source.id in by_stem:
            place = _text_place(source, "sha256")
            message = f"{by_stem[source.id].path} is not the text that '{source.id}' was read in"
            hint = "the passages cannot be verified: find the text with this hash"
            yield Diagnostic(TEXT_DIFFERS, message, place, hint)
        else:
            message = f"no text of '{source.id}' is there to verify its passages"
            hint = f"put it there as {source.id}.txt"
            yield Diagnostic(TEXT_MISSING, message, source.places.key("text"), hint)


def describe_text(data: bytes) -> str:
    """The YAML of a source's `text`: its hash, its length and a part for each line that holds text.

    The parts are called P1, P2 … in their order, each with its first words in a comment, for the
    curator to rename.

    Raises:
        UnicodeDecodeError: if the text is not UTF-8.
    """
    text = data.decode("utf-8")
    rows = ["text:", f"  sha256: {hashlib.sha256(data).hexdigest()}", f"  characters: {len(text)}"]
    rows.append("  parts:")
    start, number = 0, 0
    for line in text.split("\n"):
        content = line.strip()
        if content:
            number += 1
            first = start + line.index(content[0])
            words = " ".join(content.split()[:3])
            place = f"    P{number}: {first}-{first + len(content)}"
            rows.append(f"{place:22} # {words} …")
        start += len(line) + 1
    return "\n".join(rows) + "\n"


def _verify_passages(facts: FactSet, source: Source, text: SourceText) -> Iterator[Diagnostic]:
    assert source.text is not None
    decoded = text.data.decode("utf-8", errors="replace")
    if len(decoded) != source.text.characters:
        message = f"the text has {len(decoded)} characters, not {source.text.characters}"
        yield Diagnostic(TEXT_DIFFERS, message, _text_place(source, "characters"))
    told: set[Span] = set()
    for claim in facts.claims.values():
        for index, passage in enumerate(claim.passages):
            if passage.source != source.id or passage.quote is None:
                continue
            part = decoded[slice(*source.text.parts[passage.part])]
            stands = part[slice(*passage.chars)] if passage.chars else part
            is_there = stands == passage.quote if passage.chars else passage.quote in stands
            if not is_there:
                message = f"'{passage.quote}' is not what stands there"
                at = part.find(passage.quote)
                hint = (
                    "check the part and the words"
                    if at < 0
                    else f"in {passage.part} it stands at {at}-{at + len(passage.quote)}"
                )
                place = _passage_place(claim, index, "quote")
                if place not in told:  # the claims of one fact share its passages
                    fix = _move(claim, index, part, passage)
                    yield Diagnostic(QUOTE_DIFFERS, message, place, hint, fix=fix)
                told.add(place)


def _text_place(source: Source, key: str) -> Span:
    body = source.places.body.value("text")
    assert isinstance(body, Mapping)
    return Places(source.places.path, source.places.name, body).value(key)


def _move(claim: Claim, index: int, part: str, passage: Passage) -> Fix | None:
    """The fix that puts the characters where the quote stands, where that is one place."""
    if passage.chars is None or passage.quote is None or part.count(passage.quote) != 1:
        return None
    at = part.find(passage.quote)
    chars = f"{at}-{at + len(passage.quote)}"
    return Fix(f"write '{chars}'", (Edit(_passage_place(claim, index, "chars"), chars),))


def _passage_place(claim: Claim, index: int, key: str) -> Span:
    """The value of a passage's `key`; the passage where it has none."""
    places = claim.places
    node = places.body.value("passage")
    if node is None and places.defaults is not None:
        node = places.defaults.value("passage")
    if isinstance(node, Sequence) and index < len(node.items):
        node = node.items[index]
    value = node.value(key) if isinstance(node, Mapping) else None
    return span_of(places.path, value) if value else places.value("passage", index)


def _code(name: str, severity: Severity, summary: str) -> Code:
    return Code(name, "evidence", severity, summary)


TEXT_DIFFERS = _code("text-differs", Severity.ERROR, "a text is not the one that was read")
TEXT_MISSING = _code("text-missing", Severity.WARNING, "a source's text is not there")
QUOTE_DIFFERS = _code("quote-differs", Severity.ERROR, "a quote is not what stands in the text")

CODES = (TEXT_DIFFERS, TEXT_MISSING, QUOTE_DIFFERS)
