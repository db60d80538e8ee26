"""Fact files as a fact set: everything is declared first, then every reference is looked up."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model.diagnostic import Diagnostic
from kg.model.facts import Decision, FactSet, Identity, Profile
from kg.model.vocabulary import Vocabulary
from kg.reading.claims import read_claims
from kg.reading.declarations import Declarations, Record
from kg.reading.entities import has_broken_text, read_entity, read_source
from kg.reading.values import BAD_VALUE
from kg.reading.vocabulary import Document


def read_facts(
    documents: Iterable[Document],
    profile: Profile,
    vocabulary: Vocabulary,
    found: list[Diagnostic],
) -> FactSet:
    """What the fact files say. What is broken is reported and left out; all else is there."""
    declared = Declarations(vocabulary, found)
    for document in documents:
        declared.declare(document)
    entities = [read_entity(record, declared) for record in declared.entities]
    sources = [read_source(record, declared) for record in declared.sources]
    texts = {s.id: s.text for s in sources if s and (s.text or not has_broken_text(s.places))}
    claims = [claim for record in declared.facts for claim in read_claims(record, declared, texts)]
    decisions = [_read_decision(record, declared) for record in declared.decisions]
    identities = [_read_identity(record, declared) for record in declared.identities]
    return FactSet(
        profile,
        vocabulary,
        {e.id: e for e in sorted((e for e in entities if e), key=lambda e: e.id)},
        {s.id: s for s in sorted((s for s in sources if s), key=lambda s: s.id)},
        {c.id: c for c in sorted(claims, key=lambda c: c.id)},
        {d.id: d for d in sorted((d for d in decisions if d), key=lambda d: d.id)},
        {i.id: i for i in sorted((i for i in identities if i), key=lambda i: i.id)},
    )


def _read_decision(record: Record, declared: Declarations) -> Decision | None:
    """The decision; None where what it decides, or why, cannot be read."""
    values = record.values
    if not declared.may_name(record):
        return None
    claims = declared.claims_named(record, "claims")
    if not claims or "rank" not in values or "reason" not in values:
        return None
    return Decision(
        id=record.id,
        claims=claims,
        rank=values["rank"],
        over=declared.claims_named(record, "over"),
        reason=values["reason"],
        by=values.get("by"),
        recorded=_day_recorded(record),
        places=record.places,
    )


def _read_identity(record: Record, declared: Declarations) -> Identity | None:
    """The identity; None where what it is about, or what was decided and why, cannot be read."""
    values = record.values
    if not declared.may_name(record):
        return None
    entities = declared.many(record, "entities")
    named = values.get("entities", ())
    if len({reference.id for reference in named}) == 1:
        span = record.places.value("entities")
        message = f"'{entities[0]}' alone is named" if entities else "one entity alone is named"
        hint = "name two entities or more: [united-states, usa]"
        declared.found.append(Diagnostic(BAD_VALUE, message, span, hint))
    if len(entities) < 2 or "verdict" not in values or "reason" not in values:
        return None
    return Identity(
        id=record.id,
        entities=entities,
        verdict=values["verdict"],
        reason=values["reason"],
        by=values.get("by"),
        recorded=_day_recorded(record),
        places=record.places,
    )


def _day_recorded(record: Record) -> str | None:
    recorded = record.values.get("recorded")
    return recorded[1] if recorded else None
