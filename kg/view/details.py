"""What the panel says of claims and of things, as values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg import wording
from kg.identity import left_open, united_by
from kg.model.facts import Claim, Entity, FactSet, Source, Verdict
from kg.view.drawn import Drawn, Fate, Turn
from kg.view.facets import facets_of
from kg.view.lines import Stroke, effect_text, stroke_of, tone_of


def in_order(claims: Iterable[Drawn]) -> list[Drawn]:
    """What changes first, then what is in force, then what might be by the order of the strokes."""
    fates, strokes = list(Fate), list(Stroke)
    return sorted(
        claims,
        key=lambda drawn: (
            fates.index(drawn.turn.fate) if drawn.turn else 0,
            not drawn.holds,
            strokes.index(stroke_of(drawn.claim, drawn.scene)),
            drawn.claim.id,
        ),
    )


#: The qualifiers that neither the sentence nor its marks tell.
_MORE = ("likelihood", "credibility", "recorded", "tags")


def claim_details(drawn: Drawn, line: str | None) -> Mapping[str, Any]:
    """What the panel says of a claim, for JSON."""
    claim, scene, turn = drawn.claim, drawn.scene, drawn.turn
    facts = scene.facts
    speakers = (claim.source, *(link.speaker for link in claim.said_by))
    links = zip(wording.chain(claim, facts), speakers, strict=True)
    when = claim.when
    return {
        "sentence": [[p.text, p.role.value, p.thing] for p in wording.phrases(claim, facts)],
        "subject": claim.subject,
        "relation": claim.relation,
        "object": claim.object if isinstance(claim.object, str) else None,
        "value": wording.object_text(claim, facts),
        "modality": wording.modality_text(claim),
        "conditions": [
            [c.scenario, facts.name(c.scenario), c.is_ruled_out] for c in claim.conditions
        ],
        "standing": turn.after if turn else wording.standing(claim, scene),
        **(_turned(turn) if turn else {}),
        "headline": claim.id in scene.in_headline_alone,
        "stroke": stroke_of(claim, scene).value,
        "holds": drawn.holds,
        "effect": effect_text(tone_of([drawn.relation]), claim.is_denied),
        "facets": facets_of(drawn),
        "denied": claim.is_denied,
        "disputed": drawn.is_disputed,
        "beside": [
            list(wording.conflict_words(conflict, claim.id))
            for conflict in scene.conflicts_of.get(claim.id, ())
        ],
        "decided": [
            wording.decision_text(each, claim.id) for each in facts.decisions_on.get(claim.id, ())
        ],
        "chain": [[words, speaker] for words, speaker in reversed(list(links))],
        "passages": [wording.passage_text(passage, facts) for passage in claim.passages],
        "parts": list(dict.fromkeys(passage.part for passage in claim.passages)),
        "when": [when.text, wording.when_text(when)] if when else None,
        "about": list(claim.about),
        "more": [[w, v] for w, v in wording.qualifiers(claim, facts) if w in _MORE],
        "note": claim.note,
        "symmetric": drawn.relation.symmetric,
        "line": line,
    }


def _turned(turn: Turn) -> Mapping[str, Any]:
    return {"before": turn.before, "change": turn.words, "fateOfLine": turn.line.value}


def thing_details(
    claims: tuple[Claim, ...], drawn: frozenset[str], focus: str | None, facts: FactSet
) -> Mapping[str, Mapping[str, Any]]:
    """Everything that the claims name, and the focus, with the parts that each plays in them."""
    parts: dict[str, dict[str, dict[str, None]]] = {thing: {} for thing in drawn}
    if focus is not None:
        parts.setdefault(focus, {})
    for claim in claims:
        for part, thing in _parts(claim, facts):
            parts.setdefault(thing, {}).setdefault(part, {})[claim.id] = None  # named twice, once
    found = {}
    for thing in sorted(parts):
        known = facts.entities.get(thing) or facts.sources.get(thing)
        if known is not None:
            roles = [[part, list(parts[thing][part])] for part in _PARTS if part in parts[thing]]
            about = {claim for part in _PARTS[:2] for claim in parts[thing].get(part, ())}
            found[thing] = {
                **_about(known, facts),
                "drawn": thing in drawn,
                "about": len(about),
                "parts": roles,
            }
    return found


_PARTS = (
    "What it is said to do or be",
    "What is said to be done to it",
    "What it says, or is said through it",
    "What hangs on it",
    "Where it is named besides",
)


def _parts(claim: Claim, facts: FactSet) -> Iterator[tuple[str, str]]:
    yield _PARTS[0], claim.subject
    if isinstance(claim.object, str):
        yield _PARTS[1], claim.object
    for voice in (claim.source, *claim.speakers):
        yield _PARTS[2], voice
        source = facts.sources.get(voice)
        if source and source.publisher:
            yield _PARTS[2], source.publisher
    for condition in claim.conditions:
        yield _PARTS[3], condition.scenario
    for thing in (*claim.against, *claim.about, *((claim.place,) if claim.place else ())):
        yield _PARTS[4], thing


def _about(known: Entity | Source, facts: FactSet) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "name": known.name,
        "type": _type_label(known.type, facts),
        "group": facts.vocabulary.kind(known.type),
        "description": known.description,
        "note": known.note,
    }
    if isinstance(known, Source):
        return {**found, "rows": [[word, text, url] for word, text, url in _source(known, facts)]}
    return {
        **found,
        "aliases": list(known.aliases),
        "rows": [[word, text, url] for word, text, url in _entity(known, facts)],
    }


def _entity(entity: Entity, facts: FactSet) -> Iterator[tuple[str, str, str | None]]:
    if entity.aliases:
        yield "also", ", ".join(entity.aliases), None
    for language, name in entity.labels:
        yield language, name, None
    for scheme_id, code in entity.codes:
        scheme = facts.vocabulary.schemes.get(scheme_id)
        url = scheme.url.replace("{}", code) if scheme and scheme.url else None
        yield (scheme.label if scheme else scheme_id), code, url
    for other in entity.close_match:
        yield "nearly the same as", facts.name(other), None
    for identity in united_by(entity.id, facts):
        yield "the same", wording.identity_text(identity, entity.id), None
    for identity in left_open(entity.id, facts):
        word = "maybe the same" if identity.verdict is Verdict.UNSURE else "not the same"
        yield word, wording.identity_text(identity, entity.id), None


def _source(source: Source, facts: FactSet) -> Iterator[tuple[str, str, str | None]]:
    for word, text in (
        ("published by", facts.name(source.publisher) if source.publisher else None),
        ("published", source.published_text),
        ("by", source.author),
        ("based on", "; ".join(facts.name(other) for other in source.based_on)),
        ("reliability", source.reliability),
        ("language", source.language),
        ("retrieved", source.retrieved),
    ):
        if text:
            yield word, text, None
    for word, url in (("address", source.url), ("archived at", source.archived)):
        if url:
            yield word, url, url


def _type_label(type_id: str, facts: FactSet) -> str:
    found = facts.vocabulary.types.get(type_id)
    return found.label if found else type_id
