"""Claims from the facts that are declared: one for each combination of a fact's lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from kg.model.diagnostic import Code, Diagnostic
from kg.model.facts import (
    UNKNOWN,
    Attribution,
    Basis,
    Claim,
    Literal,
    Modality,
    Passage,
    PassageText,
    Polarity,
    Quantity,
)
from kg.model.interval import parse_interval
from kg.model.node import Sequence, span_of
from kg.model.vocabulary import LiteralKind
from kg.reading.declarations import DUPLICATE_ID, UNKNOWN_ENTITY, Declarations
from kg.reading.document import shorten
from kg.reading.entities import unknown_part
from kg.reading.records import SUBJECT, Declared, Record, parts_written, slug
from kg.reading.repair import Repair, repair_interval, repair_number, repair_quantity
from kg.reading.scenarios import read_conditions
from kg.reading.values import (
    BAD_DATE,
    BAD_NUMBER,
    BAD_QUANTITY,
    BAD_RANGE,
    PassageReference,
    Reference,
    offer_repair,
    parse_number,
    parse_quantity,
)
from kg.reading.vocabulary import UNKNOWN_RELATION, unknown_term


def read_claims(
    fact: Declared,
    record: Record,
    declared: Declarations,
    texts: Mapping[str, PassageText | None],
) -> Iterator[Claim]:
    """A claim for each combination of the fact's lists."""
    values, places = record.values, record.places
    if not declared.may_name(record):
        return
    source = declared.one(record, "source", ("source",))
    shared = _qualifiers(record, declared, source, texts)
    chain = _chain(record, declared)
    subjects = _ends(record, declared, "subject")
    objects = _objects(record, declared)
    relations = _relations(record, declared)
    _report_repeated(record, declared)
    seen: set[str] = set()
    literals: dict[tuple[str, int], Literal | None] = {}  # read once, and told of once
    for minted in fact.mint():
        if minted.id in seen:
            continue
        seen.add(minted.id)
        i, j, k = minted.index
        subject, relation = subjects[i], relations[j]
        if subject is None or relation is None or source is None:
            continue
        target: str | Literal | None = objects[k]
        if declared.vocabulary.relations[relation].literal is not None:
            if (relation, k) not in literals:
                reference = values["object"][k]
                literals[relation, k] = _literal(declared, reference, relation, places.path)
            target = literals[relation, k]
        if target is None:
            continue
        speakers = tuple(
            Attribution(subject if link.speaker == SUBJECT else link.speaker, link.verb)
            for link in chain
        )
        yield Claim(
            id=minted.id,
            fact=record.id,
            subject=subject,
            relation=relation,
            object=target,
            source=source,
            said_by=speakers,
            index=minted.index,
            places=places,
            **shared,
        )


def _qualifiers(
    record: Record,
    declared: Declarations,
    source: str | None,
    texts: Mapping[str, PassageText | None],
) -> dict[str, Any]:
    values = record.values
    recorded = values.get("recorded")
    return {
        "polarity": values.get("polarity", Polarity.AFFIRMED),
        "modality": values.get("modality", Modality.ACTUAL),
        "conditions": read_conditions(record, "condition", declared),
        "degree": values.get("degree"),
        "when": values.get("when"),
        "passages": tuple(_passages(record, declared, source, texts)),
        "credibility": values.get("credibility"),
        "likelihood": values.get("likelihood"),
        "quantity": values.get("quantity"),
        "place": declared.one(record, "place"),
        "against": declared.many(record, "against"),
        "manner": values.get("manner"),
        "basis": values.get("basis", Basis.STATED),
        "about": _about(record, declared),
        "supersedes": declared.claims_named(record, "supersedes"),
        "disputes": declared.claims_named(record, "disputes"),
        "marking": values.get("marking"),
        "tags": values.get("tags", ()),
        "recorded": recorded[1] if recorded else None,
        "note": values.get("note"),
    }


def _chain(record: Record, declared: Declarations) -> tuple[Attribution, ...]:
    """The chain, with `subject` still standing for each claim's own subject."""
    links: list[Attribution] = []
    for link in record.values.get("said_by", ()):
        speaker: str | None = link.by.id
        if speaker == UNKNOWN:
            speaker = None
        elif speaker != SUBJECT and _told_of_verb(link.by, record, declared):
            continue
        elif speaker != SUBJECT:
            speaker = declared.look_up(link.by, ("entity", "source"), record.places.path)
            if speaker is None:
                continue
        links.append(Attribution(speaker, link.verb))
    return tuple(links)


def _told_of_verb(by: Reference, record: Record, declared: Declarations) -> bool:
    """Whether a speaker is written together with the verb, which is reported."""
    speaker, _, verb = by.id.partition(" ")
    known = declared.index.by_id.get(speaker)
    if known is None or known.kind not in ("entity", "source") or not verb.isalpha():
        return False
    if by.id in declared.index.names:
        return False
    span = span_of(record.places.path, by.node)
    message = f"no entity or source is called '{shorten(by.id)}'"
    hint = f"if '{verb}' is the verb, write {{by: {speaker}, verb: {verb}}}"
    declared.found.append(Diagnostic(UNKNOWN_ENTITY, message, span, hint))
    return True


def _about(record: Record, declared: Declarations) -> tuple[str, ...]:
    ids: list[str] = []
    for reference in record.values.get("about", ()):
        claims = declared.claims_of(reference.id)
        if claims:
            ids.extend(claims)
            continue
        id = declared.look_up(reference, ("entity", "source", "fact"), record.places.path)
        if id is not None:
            ids.append(id)
    return tuple(dict.fromkeys(ids))


def _passages(
    record: Record,
    declared: Declarations,
    source: str | None,
    texts: Mapping[str, PassageText | None],
) -> Iterator[Passage]:
    text = texts.get(source) if source else None
    path = record.places.path
    references: tuple[PassageReference, ...] = record.values.get("passage", ())
    for passage in references:
        if source is None:
            continue
        if text is None or passage.part.id not in text.parts:
            parts = text.parts if text else {}
            if source in texts and passage.part.id not in parts_written(declared.places(source)):
                declared.found.append(unknown_part(passage.part, source, parts, path))
            continue
        start, end = text.parts[passage.part.id]
        if passage.chars and passage.chars[1] > end - start and passage.chars_node:
            message = (
                f"{passage.chars[0]}-{passage.chars[1]} ends behind part '{passage.part.id}', "
                f"which has {end - start} characters"
            )
            span = span_of(path, passage.chars_node)
            hint = "count code points of the part, from 0"
            declared.found.append(Diagnostic(BAD_RANGE, message, span, hint))
            continue
        yield Passage(source, passage.part.id, passage.chars, passage.quote)


def _ends(record: Record, declared: Declarations, key: str) -> list[str | None]:
    references: tuple[Reference, ...] = record.values.get(key, ())
    return [declared.look_up(r, ("entity", "source"), record.places.path) for r in references]


def _relations(record: Record, declared: Declarations) -> list[str | None]:
    known = declared.vocabulary.relations
    ids: list[str | None] = []
    for index, reference in enumerate(record.values.get("relation", ())):
        ids.append(reference.id if reference.id in known else None)
        if reference.id not in known:
            at = index if isinstance(record.places.body.value("relation"), Sequence) else None
            declared.found.append(
                unknown_term(
                    UNKNOWN_RELATION,
                    "relation",
                    reference.id,
                    record.places,
                    "relation",
                    at,
                    known,
                )
            )
    return ids


def _objects(record: Record, declared: Declarations) -> list[str | None]:
    """The objects as things, where a relation of the fact takes things; else None for each."""
    known = declared.vocabulary.relations
    relations = [known.get(reference.id) for reference in record.values.get("relation", ())]
    if any(relation is not None and relation.range for relation in relations):
        return _ends(record, declared, "object")
    return [None] * len(record.values.get("object", ()))


def _literal(
    declared: Declarations, reference: Reference, relation: str, path: str
) -> Literal | None:
    kind = declared.vocabulary.relations[relation].literal
    assert kind is not None
    value = reference.id
    if kind is LiteralKind.TEXT:
        return Literal(kind, value)
    code, parse, repair = _VALUES[kind]
    try:
        parsed = parse(value)
    except ValueError as error:
        span = span_of(path, reference.node)
        fix = offer_repair(reference.node, value, parse, repair, path)
        hint = fix.title if fix else f"the relation '{relation}' takes a {kind}"
        if kind is LiteralKind.QUANTITY and re.fullmatch(r"[~\d.]+", value):
            hint = f"say of what, behind it: '{value} USD', '{value} person'"
        declared.found.append(Diagnostic(code, str(error), span, hint, fix=fix))
        return None
    return Literal(kind, value, parsed if isinstance(parsed, Quantity) else None)


class _Value(NamedTuple):
    """How an object that is a value is read, and what is told where it cannot be."""

    code: Code
    parse: Callable[[str], Any]
    repair: Callable[[str], Repair | None]


_VALUES: Mapping[LiteralKind, _Value] = {
    LiteralKind.QUANTITY: _Value(BAD_QUANTITY, parse_quantity, repair_quantity),
    LiteralKind.DATE: _Value(BAD_DATE, parse_interval, repair_interval),
    LiteralKind.NUMBER: _Value(BAD_NUMBER, parse_number, repair_number),
}


def _report_repeated(record: Record, declared: Declarations) -> None:
    """Reports the items of a list that give claims an id which they have already."""
    for key in ("subject", "relation", "object"):
        if not isinstance(record.places.body.value(key), Sequence):
            continue
        first: dict[str, str] = {}
        for reference in record.values.get(key, ()):
            item = reference.id
            same = first.get(slug(item))
            if same is None:
                first[slug(item)] = item
                continue
            span = span_of(record.places.path, reference.node)
            message, hint = f"'{item}' stands twice in the list", "name it once"
            if same != item:
                message = f"'{item}' and '{same}' make the same id"
                hint = "write two facts: each claim has an id of its own"
            declared.found.append(Diagnostic(DUPLICATE_ID, message, span, hint))
