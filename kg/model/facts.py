"""What a workspace says: entities, sources, and claims with all that qualifies them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from kg.model.interval import Bound, Interval
from kg.model.node import Places
from kg.model.vocabulary import LiteralKind, Vocabulary


class Polarity(StrEnum):
    """Whether a claim says that something is so, or that it is not."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Modality(StrEnum):
    """In which way a claim says it."""

    ACTUAL = "actual"
    INTENDED = "intended"
    DESIRED = "desired"
    EXPECTED = "expected"
    CONSIDERED = "considered"
    HYPOTHETICAL = "hypothetical"


class Basis(StrEnum):
    """Whether the source states it or only takes it for granted."""

    STATED = "stated"
    PRESUPPOSED = "presupposed"


class Rank(StrEnum):
    """What a curator makes of claims that do not fit together."""

    PREFERRED = "preferred"  #: what contradicts it gives way
    DEPRECATED = "deprecated"  #: it is set aside


class Verdict(StrEnum):
    """What a curator makes of entities that may be one."""

    SAME = "same"  #: each goes by the id of the first
    DIFFERENT = "different"
    UNSURE = "unsure"


#: A link of a chain that is not named.
UNKNOWN = "unknown"

#: ICD 203 terms with the bounds of their probability in per cent, least likely first.
LIKELIHOODS: Mapping[str, tuple[int, int]] = {
    "almost no chance": (1, 5),
    "very unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly even": (45, 55),
    "likely": (55, 80),
    "very likely": (80, 95),
    "almost certain": (95, 99),
}

#: Admiralty code of a source: A completely reliable to E unreliable, F cannot be judged.
RELIABILITIES = ("A", "B", "C", "D", "E", "F")

#: Admiralty code of information: 1 confirmed to 5 improbable, 6 cannot be judged.
CREDIBILITIES = (1, 2, 3, 4, 5, 6)

#: TLP 2.0: who may read something, from everybody to those named alone.
MARKINGS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


#: Before a scenario that does not come true.
RULED_OUT = "not:"


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """A scenario that comes true, or one that is ruled out."""

    scenario: str
    is_ruled_out: bool = False

    @classmethod
    def parse(cls, text: str) -> Condition:
        """The condition that is written so: `war` or `not:war`."""
        scenario = text.removeprefix(RULED_OUT)
        return cls(scenario.lstrip(), is_ruled_out=scenario != text)

    def __str__(self) -> str:
        """As it is written."""
        return f"{RULED_OUT}{self.scenario}" if self.is_ruled_out else self.scenario

    @property
    def opposite(self) -> Condition:
        """The same scenario, the other way."""
        return Condition(self.scenario, not self.is_ruled_out)


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that claims are about."""

    id: str
    type: str
    name: str
    labels: tuple[tuple[str, str], ...]  #: language and name, in order of the languages
    aliases: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]  #: scheme and code
    description: str | None
    close_match: tuple[str, ...]
    implies: tuple[Condition, ...]  #: of a scenario, what comes true or is ruled out with it
    note: str | None
    places: Places = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PassageText:
    """The text that a source was read in: enough to verify every passage, and no word of it."""

    sha256: str
    characters: int
    parts: Mapping[str, tuple[int, int]]  #: code points from 0, the end excluded
    headline: tuple[str, ...]  #: the parts that are headline
    unclaimed: tuple[str, ...] = ()  #: the parts that hold nothing to claim


@dataclass(frozen=True, slots=True)
class Source:
    """Something that was read, or that is known only through what was read."""

    id: str
    type: str
    title: str
    publisher: str | None
    published: Bound | None
    published_text: str | None  #: the date as written
    url: str | None
    archived: str | None
    retrieved: str | None
    author: str | None
    language: str | None
    based_on: tuple[str, ...]
    reliability: str | None
    marking: str | None
    text: PassageText | None
    description: str | None
    note: str | None
    places: Places = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """Its title."""
        return self.title


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain between what is claimed and the source that was read."""

    speaker: str | None  #: an entity or a source; None where the link is not named
    verb: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Where in a source's text a claim stands."""

    source: str
    part: str
    chars: tuple[int, int] | None  #: within the part
    quote: str | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit, or the bounds that it lies in."""

    text: str  #: as written
    low: Decimal | None
    high: Decimal | None
    unit: str
    approximate: bool
    gloss: str | None  #: the words of the source, where the numbers are the curator's reading


@dataclass(frozen=True, slots=True)
class Literal:
    """An object that is a value rather than a thing."""

    kind: LiteralKind
    text: str
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation between two things as one source puts it, with all that it hangs on."""

    id: str
    fact: str  #: the fact that it was written in
    subject: str
    relation: str
    object: str | Literal
    source: str
    polarity: Polarity
    modality: Modality
    conditions: tuple[Condition, ...]  #: it holds only where all of them are assumed
    degree: str | None
    when: Interval | None
    said_by: tuple[Attribution, ...]  #: nearest to the reader first
    passages: tuple[Passage, ...]
    credibility: int | None
    likelihood: str | None
    quantity: Quantity | None
    place: str | None
    against: tuple[str, ...]
    manner: str | None
    basis: Basis
    about: tuple[str, ...]  #: claims and entities
    supersedes: tuple[str, ...]  #: claims that it corrects or replaces
    disputes: tuple[str, ...]  #: claims that it speaks against
    marking: str | None
    tags: tuple[str, ...]
    recorded: str | None
    note: str | None
    index: tuple[int, int, int] = field(compare=False, repr=False)  #: in the fact's lists
    places: Places = field(compare=False, repr=False)

    @property
    def is_denied(self) -> bool:
        """Whether it says that something is not so."""
        return self.polarity is Polarity.DENIED

    @property
    def things(self) -> tuple[str, ...]:
        """Its subject, and its object where that is a thing."""
        return (self.subject, self.object) if isinstance(self.object, str) else (self.subject,)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody named in its chain."""
        return tuple(link.speaker for link in self.said_by if link.speaker is not None)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a curator decided about claims, and why. It is no claim: no source says it."""

    id: str
    claims: tuple[str, ...]
    rank: Rank
    over: tuple[str, ...]  #: claims that they are preferred to, besides those that conflict
    reason: str
    by: str | None
    recorded: str | None
    places: Places = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a curator decided on whether entities are one, and why. What they say stays as it is."""

    id: str
    entities: tuple[str, ...]  #: where they are the same, the one whose id all go by is the first
    verdict: Verdict
    reason: str
    by: str | None
    recorded: str | None
    places: Places = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Profile:
    """What `kg.yaml` says of a workspace."""

    title: str
    base: str  #: an IRI that ends in `/`: the ids are minted below it
    prefixes: Mapping[str, str]
    is_core: bool  #: the workspace's ontology is the core itself
    lenses: Mapping[
        str, Mapping[str, tuple[str, ...]]
    ]  #: dials by lens; `default` is the default's
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  #: voices by name
    marking: str | None = None  #: of what has no mark of its own
    places: Places | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class FactSet:
    """All that a workspace says, checked, in order of the ids."""

    profile: Profile
    vocabulary: Vocabulary
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    identities: Mapping[str, Identity] = field(default_factory=dict)
    same_as: Mapping[str, str] = field(default_factory=dict)  #: entities gone by another's id
    apart: FactSet | None = field(default=None, repr=False)  #: the same, were no entity another

    @property
    def written(self) -> FactSet:
        """The same as it is written: no entity goes by the id of another."""
        return self.apart or self

    def kept(self, id: str) -> str:
        """The id that an entity goes by: another's where it is the same; else its own."""
        return self.same_as.get(id, id)

    @cached_property
    def facts(self) -> Mapping[str, tuple[str, ...]]:
        """The claims of each fact."""
        found: dict[str, list[str]] = {}
        for claim in self.claims.values():
            found.setdefault(claim.fact, []).append(claim.id)
        return {fact: tuple(claims) for fact, claims in found.items()}

    @cached_property
    def decisions_on(self) -> Mapping[str, tuple[Decision, ...]]:
        """What the curator decided on each claim that anything was decided on."""
        found: dict[str, list[Decision]] = {}
        for decision in self.decisions.values():
            for claim in (*decision.claims, *decision.over):
                found.setdefault(claim, []).append(decision)
        return {claim: tuple(decisions) for claim, decisions in found.items()}

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims that each entity or source plays any part in."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims.values():
            for thing in dict.fromkeys(_parts_of(claim)):
                found.setdefault(thing, []).append(claim)
        return {thing: tuple(claims) for thing, claims in found.items()}

    @cached_property
    def claims_of(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims that were read in each source."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims.values():
            found.setdefault(claim.source, []).append(claim)
        return {source: tuple(claims) for source, claims in found.items()}

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """The entities and sources that play a part in any claim: whatever has `mentions`."""
        claims = self.claims.values()
        ends = {each for claim in claims for each in (claim.subject, claim.object, claim.place)}
        found = {each for each in ends if isinstance(each, str)}
        found.update({claim.source for claim in claims})
        found.update({link.speaker for claim in claims for link in claim.said_by if link.speaker})
        found.update({id for claim in claims for id in claim.against})
        found.update({id for claim in claims for id in claim.about})
        found.update({each.scenario for claim in claims for each in claim.conditions})
        return frozenset(found)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id of what is declared, the claims' too."""
        things = (self.written.entities, self.sources, self.decisions, self.identities)
        return frozenset().union(self.facts, self.claims, *things)

    def name(self, thing: str) -> str:
        """What an entity or source is called; the id itself where nothing is known of it."""
        found = self.entities.get(self.kept(thing)) or self.sources.get(thing)
        return found.name if found else thing

    def type_of(self, thing: str) -> str | None:
        """The type of an entity or source."""
        found = self.entities.get(thing) or self.sources.get(thing)
        return found.type if found else None


def directions(claim: Claim, vocabulary: Vocabulary) -> Iterator[tuple[str, str | Literal]]:
    """Subject and object, and the other way round as well where the relation is symmetric."""
    yield claim.subject, claim.object
    is_symmetric = vocabulary.relations[claim.relation].symmetric
    if is_symmetric and isinstance(claim.object, str) and claim.object != claim.subject:
        yield claim.object, claim.subject


def ends_of(claim: Claim, vocabulary: Vocabulary) -> tuple[str | Literal, str | Literal]:
    """Subject and object, in one order for both ways of saying what a symmetric relation says."""
    ends = (claim.subject, claim.object)
    if not vocabulary.relations[claim.relation].symmetric:
        return ends
    return ends if str(ends[0]) <= str(ends[1]) else ends[::-1]


def _parts_of(claim: Claim) -> Iterator[str]:
    yield from claim.things
    yield claim.source
    yield from claim.speakers
    yield from claim.against
    yield from claim.about
    for condition in claim.conditions:
        yield condition.scenario
    if claim.place is not None:
        yield claim.place
