"""A scene as plain records, from which every tabular format and every graph format is written.

Nodes are things, edges are direct edges and nothing else, claims are all claims with how they
stand: what is denied or not in force is a claim here, and never an edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from kg import wording
from kg.derive import Inferred, derive
from kg.model.facts import UNKNOWN, Claim, Entity, FactSet, Literal, Source
from kg.model.interval import FUTURE, PAST
from kg.network import direct_edges, is_actor
from kg.rdf.iris import prefixes_of
from kg.scene import Scene
from kg.validity import validity
from kg.voices import is_through_unnamed


class ColumnType(StrEnum):
    """What the cells of a column are; any may be missing."""

    TEXT = "text"
    IDS = "ids"  #: of which none has a space
    TEXTS = "texts"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DATE = "date"


Ids = Annotated[tuple[str, ...], ColumnType.IDS]
Texts = Annotated[tuple[str, ...], ColumnType.TEXTS]
Day = Annotated[str | None, ColumnType.DATE]  #: none where unbounded


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """An entity or a source."""

    id: str
    iri: str
    label: str
    type: str  #: as in the ontology
    kind: str  #: the root of its type, but of actors the type below Actor
    actor: bool  #: whether it can act
    aliases: Texts
    codes: Texts  #: scheme and code, with a colon between
    description: str | None


@dataclass(frozen=True, slots=True)
class EdgeRecord:
    """A direct edge: what affirmed claims in force say outright."""

    id: str  #: subject, relation and object with `--` between
    source: str  #: the subject
    target: str  #: the object
    relation: str
    label: str
    valence_source: int
    valence_target: int
    symmetric: bool  #: a relation that says the same the other way, which is an edge of its own
    certain: bool  #: on the date of the lens, for one of the claims at least
    disputed: bool  #: another claim in force denies or disputes it
    reported: bool  #: no claim is in the voice of the source that was read
    unnamed: bool  #: every claim comes through somebody who is not named
    headline: bool  #: every claim stands in a headline alone
    claims: Ids
    claim_count: int
    sources: Ids  #: the sources that the claims were read in
    speakers: Ids  #: everybody named in a chain behind them
    weight: int  #: always 1: a second report of a relation does not make it stronger


@dataclass(frozen=True, slots=True)
class InferredRecord:
    """An edge that nobody claims and that follows from direct edges; it is none itself."""

    id: str  #: subject, relation and object with `--` between
    source: str  #: the subject
    target: str | None  #: the object
    value: str | None  #: what stands in the object's place where that is no thing
    relation: str
    label: str
    rules: Ids  #: by which its last step can be made
    certain: bool
    disputed: bool
    credibility: int | None  #: the best that any derivation has, each as good as its weakest edge
    reliability: str | None
    likelihood: str | None
    claims: Ids  #: all that it can be inferred from


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim with all that qualifies it."""

    id: str
    fact: str
    sentence: str
    subject: str
    relation: str
    object: str | None  #: a thing
    value: str | None  #: what stands in the object's place where that is no thing
    polarity: str
    modality: str
    condition: Ids  #: scenarios that must come true
    unless: Ids  #: scenarios that must be ruled out
    degree: str | None
    basis: str
    holds: bool  #: whether it is in force under the lens
    certain: bool
    standing: str  #: the same in words, with the reason
    when: str | None  #: as written, EDTF
    valid_from: Day  #: the first day on which it may hold
    certain_from: Day
    certain_until: Day
    valid_until: Day
    source: str
    said_by: Ids  #: the chain behind the source, nearest to the reader first; unknown is not named
    chain: str  #: the whole chain in words, from its origin
    passages: Texts
    credibility: int | None
    likelihood: str | None
    quantity: str | None
    place: str | None
    against: Ids
    manner: str | None
    about: Ids
    supersedes: Ids
    disputes: Ids
    marking: str | None  #: TLP 2.0
    tags: Texts
    recorded: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Records:
    """The graph of a scene as records, with what it was seen through."""

    title: str
    lens: str  #: its name
    seen: str  #: the lens in words
    as_of: str
    nodes: tuple[NodeRecord, ...]
    edges: tuple[EdgeRecord, ...]


def to_records(scene: Scene) -> Records:
    """Nodes and edges of a scene, in order of ids."""
    facts = scene.facts
    return Records(
        facts.profile.title,
        scene.lens.name,
        scene.describe(),
        scene.as_of.text,
        tuple(_nodes(facts)),
        tuple(_edges(scene)),
    )


def to_claim_records(scene: Scene) -> tuple[ClaimRecord, ...]:
    """All claims, in order of ids: for formats that have room for them, since words take time."""
    return tuple(_claim(claim, scene) for claim in scene.facts.claims.values())


def to_inferred_records(scene: Scene) -> tuple[InferredRecord, ...]:
    """What follows from the edges of a scene, in order: for tables, which nobody counts ties in."""
    return tuple(_inferred(each, scene.facts) for each in derive(scene))


def _inferred(each: Inferred, facts: FactSet) -> InferredRecord:
    is_value = isinstance(each.object, Literal)
    end = wording.literal_text(each.object) if isinstance(each.object, Literal) else each.object
    return InferredRecord(
        id=f"{each.subject}--{each.relation}--{end}",
        source=each.subject,
        target=None if is_value else end,
        value=end if is_value else None,
        relation=each.relation,
        label=facts.vocabulary.relations[each.relation].label,
        rules=tuple(map(str, each.rules)),
        certain=each.certain,
        disputed=each.disputed,
        credibility=each.credibility,
        reliability=each.reliability,
        likelihood=each.likelihood,
        claims=each.claims,
    )


def _nodes(facts: FactSet) -> Iterator[NodeRecord]:
    prefixes = prefixes_of(facts.profile)
    for prefix, things in (("e", facts.entities), ("s", facts.sources)):
        for id_ in sorted(things):
            yield _node(things[id_], f"{prefixes[prefix]}{id_}", facts)


def _node(thing: Entity | Source, iri: str, facts: FactSet) -> NodeRecord:
    aliases, codes = (thing.aliases, thing.codes) if isinstance(thing, Entity) else ((), ())
    return NodeRecord(
        id=thing.id,
        iri=iri,
        label=thing.name,
        type=thing.type,
        kind=facts.vocabulary.kind(thing.type),
        actor=is_actor(thing.type, facts),
        aliases=aliases,
        codes=tuple(f"{scheme}:{code}" for scheme, code in codes),
        description=thing.description,
    )


def _edges(scene: Scene) -> Iterator[EdgeRecord]:
    facts = scene.facts
    for edge in direct_edges(scene):
        relation = facts.vocabulary.relations[edge.relation]
        claims = [facts.claims[claim] for claim in edge.claims]
        yield EdgeRecord(
            id=f"{edge.subject}--{edge.relation}--{edge.object}",
            source=edge.subject,
            target=edge.object,
            relation=edge.relation,
            label=relation.label,
            valence_source=relation.valence.subject,
            valence_target=relation.valence.object,
            symmetric=relation.symmetric,
            certain=edge.certain,
            disputed=edge.disputed,
            reported=all(claim.said_by for claim in claims),
            unnamed=all(is_through_unnamed(claim, facts) for claim in claims),
            headline=scene.in_headline_alone.issuperset(edge.claims),
            claims=edge.claims,
            claim_count=len(edge.claims),
            sources=tuple(sorted({claim.source for claim in claims})),
            speakers=tuple(sorted({speaker for claim in claims for speaker in claim.speakers})),
            weight=1,
        )


def _claim(claim: Claim, scene: Scene) -> ClaimRecord:
    facts = scene.facts
    standing = scene.standings[claim.id]
    valid = validity(claim, facts)
    return ClaimRecord(
        id=claim.id,
        fact=claim.fact,
        sentence=wording.sentence(claim, facts),
        subject=claim.subject,
        relation=claim.relation,
        object=None if isinstance(claim.object, Literal) else claim.object,
        value=wording.literal_text(claim.object) if isinstance(claim.object, Literal) else None,
        polarity=str(claim.polarity),
        modality=str(claim.modality),
        condition=tuple(c.scenario for c in claim.conditions if not c.is_ruled_out),
        unless=tuple(c.scenario for c in claim.conditions if c.is_ruled_out),
        degree=claim.degree,
        basis=str(claim.basis),
        holds=standing.holds,
        certain=standing.certain,
        standing=wording.standing(claim, scene),
        when=claim.when.text if claim.when else None,
        valid_from=_day(valid.start.earliest),
        certain_from=_day(valid.certain_start),
        certain_until=_day(valid.certain_end),
        valid_until=_day(valid.end.latest),
        source=claim.source,
        said_by=tuple(link.speaker or UNKNOWN for link in claim.said_by),
        chain=wording.said_by_sentence(claim, facts),
        passages=tuple(wording.passage_text(passage, facts) for passage in claim.passages),
        credibility=claim.credibility,
        likelihood=claim.likelihood,
        quantity=wording.quantity_text(claim.quantity) if claim.quantity else None,
        place=claim.place,
        against=claim.against,
        manner=claim.manner,
        about=claim.about,
        supersedes=claim.supersedes,
        disputes=claim.disputes,
        marking=claim.marking,
        tags=claim.tags,
        recorded=claim.recorded,
        note=claim.note,
    )


def _day(day: date) -> str | None:
    return None if day in (PAST, FUTURE) else day.isoformat()
