"""What a passage of a text becomes: a part of it, or characters of that part."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.facts import FactSet, Passage, PassageText
from kg.rdf.iris import Minted
from kg.rdf.resource import Pairs, Resource
from kg.rdf.terms import integer, text


def passage_resources(facts: FactSet, minted: Minted) -> Iterator[Resource]:
    """All declared parts of all texts, and what claims point to within them."""
    whole = {
        (source.id, part, None)
        for source in facts.sources.values()
        if source.text is not None
        for part in source.text.parts
    }
    used = {
        (passage.source, passage.part, passage.chars)
        for claim in facts.claims.values()
        for passage in claim.passages
    }
    for source_id, part, chars in sorted(whole | used, key=lambda key: (*key[:2], key[2] or ())):
        source = facts.sources.get(source_id)
        passage = Passage(source_id, part, chars, None)
        yield from _passage(passage, source.text if source else None, minted)


def _passage(passage: Passage, read: PassageText | None, minted: Minted) -> Iterator[Resource]:
    subject = minted.passage(passage)
    pairs: Pairs = [
        ("a", ("oa:SpecificResource",)),
        ("rdfs:label", (text(_label(passage)),)),
        ("kg:part", (text(passage.part),)),
    ]
    if read is not None and passage.part in read.headline:
        pairs.append(("kg:headline", ("true",)))
    if read is not None and passage.part in read.unclaimed:
        pairs.append(("kg:unclaimed", ("true",)))
    pairs.append(("oa:hasSource", (minted.thing(passage.source),)))
    if read is None or passage.part not in read.parts:
        yield Resource(subject, tuple(pairs))
        return
    selector = f"{subject[:-1]}#position>"
    yield Resource(subject, (*pairs, ("oa:hasSelector", (selector,))))
    start, end = read.parts[passage.part]
    if passage.chars is not None:
        start, end = start + passage.chars[0], start + passage.chars[1]
    yield Resource(
        selector,
        (
            ("a", ("oa:TextPositionSelector",)),
            ("oa:end", (integer(end),)),
            ("oa:start", (integer(start),)),
        ),
    )


def _label(passage: Passage) -> str:
    if passage.chars is None:
        return passage.part
    return f"{passage.part}, characters {passage.chars[0]} to {passage.chars[1]}"
