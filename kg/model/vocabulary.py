"""The vocabulary: which types and relations there are, and what each means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.node import Places


class Aspect(StrEnum):
    """A state holds over a time; an event has happened from its date on."""

    STATE = "state"
    EVENT = "event"


class LiteralKind(StrEnum):
    """What a relation's object may be where it is not a thing."""

    QUANTITY = "quantity"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of thing."""

    id: str
    label: str
    description: str
    parent: str | None
    same_as: tuple[str, ...]  #: classes of other vocabularies, as CURIEs
    places: Places = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Valence:
    """Whether a relation helps (+1) or hurts (-1) each of its sides; 0 where it does neither."""

    subject: int = 0
    object: int = 0


@dataclass(frozen=True, slots=True)
class Plover:
    """Where a relation stands in the PLOVER event coding (draft 2.0)."""

    type: str
    mode: str | None
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A declared kind of link, with what it inherits from its parent filled in."""

    id: str
    label: str  #: third person present: `gives military support to`
    infinitive: str  #: `give military support to`
    inverse_label: str
    description: str
    parent: str | None
    domain: tuple[str, ...]
    range: tuple[str, ...]  #: types; empty where the object is a literal
    literal: LiteralKind | None
    symmetric: bool
    aspect: Aspect
    valence: Valence
    inverse: str | None  #: the relation that says the same from the object's side
    chains: tuple[tuple[str, ...], ...]  #: relations that lead from subject to object, one by one
    plover: Plover | None
    cameo: tuple[str, ...]
    same_as: tuple[str, ...]
    places: Places = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CodeScheme:
    """A system of codes for things, such as ISO 3166."""

    id: str
    label: str
    pattern: str
    url: str | None  #: a page about a code, `{}` stands for the code
    iri: str | None  #: the IRI that a code names, `{}` stands for the code
    places: Places = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All types, relations and code schemes of a workspace, by id, in order of their ids."""

    types: Mapping[str, Type]
    relations: Mapping[str, Relation]
    schemes: Mapping[str, CodeScheme]
    #: types with a parent that could not be read, of which nothing can be said
    orphans: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def lineage(self, type_id: str) -> Iterator[str]:
        """`type_id` and what it is a subtype of, nearest first."""
        step: str | None = type_id
        while step is not None and step in self.types:
            yield step
            step = self.types[step].parent

    def is_a(self, type_id: str, ancestor: str) -> bool:
        """Whether `type_id` is `ancestor` or a subtype of it."""
        return ancestor in self.lineage(type_id)

    def is_any(self, type_id: str, ancestors: tuple[str, ...]) -> bool:
        """Whether `type_id` is one of `ancestors` or a subtype of one."""
        return any(step in ancestors for step in self.lineage(type_id))

    def may_be(self, type_id: str, ancestors: tuple[str, ...]) -> bool:
        """Whether `type_id` is any of `ancestors`, or comes of a type whose parent is not known."""
        return self.is_any(type_id, ancestors) or not self.orphans.isdisjoint(self.lineage(type_id))

    def kind(self, type_id: str) -> str:
        """What things of the type are taken together as: the root type, or the one below Actor."""
        lineage = list(self.lineage(type_id)) or [type_id]
        return lineage[-2] if lineage[-1] == ACTOR and len(lineage) > 1 else lineage[-1]

    def relation_lineage(self, relation_id: str) -> Iterator[str]:
        """`relation_id` and the relations that it refines, nearest first."""
        step: str | None = relation_id
        while step is not None and step in self.relations:
            yield step
            step = self.relations[step].parent

    def family(self, relation_id: str) -> str:
        """The relation that `relation_id` refines in the end; itself where it refines none."""
        return list(self.relation_lineage(relation_id))[-1]


#: Types of the core that kg itself goes by.
ACTOR, DOCUMENT, SCENARIO, UNNAMED_SOURCE = "Actor", "Document", "Scenario", "UnnamedSource"


#: Names that the model of claims takes in kg's own namespace: no type, relation or code scheme can
#: be called so. A test holds them to what is published.
RESERVED = frozenset(
    """
    Aspect Attribution Basis Claim Decision Identity Inference Lens Modality Polarity Rank
    Verdict
    about actual affirmed against approximate archived asOf aspect attribution basis
    cameoEvent certain certainFrom certainUntil characters concerns condition considered
    credibility decides degree denied deprecated desired different disputed disputes event
    excludes expected fact ground headline holds hypothetical implies intended
    inverseLabel likelihood manner marking modality note objectValence over part
    passage place ploverContext ploverMode ploverType polarity position preferred
    presupposed quantity quantityMax quantityMin quote rank reason recorded
    reliability retrieved rule saidBy same sha256 source speaker state stated
    subjectValence supersedes symmetric tag unclaimed unit unknown unless unsure validFrom
    validUntil verb verdict when withheld
    """.split()  # noqa: SIM905 - a list literal would take a line a name
)


def indefinite(type_id: str) -> str:
    """A type with its article: `a State`, `an Event`."""
    return f"{'an' if type_id[:1] in 'AEIOU' else 'a'} {type_id}"
