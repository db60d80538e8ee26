"""The network of actors that a scene shows.

A tie stands for every claim that is a direct edge from one actor to another: affirmed and in force.
What is denied never makes one, and what is conditional or merely considered makes none unless the
lens lets it hold. All of that can be asked for, under names of its own, and no measure counts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.model.facts import Claim, FactSet, directions
from kg.model.vocabulary import ACTOR, Valence
from kg.scene import Scene

if TYPE_CHECKING:  # networkx takes a third of a second to import
    import networkx as nx


class Side(StrEnum):
    """What the claims behind a tie say of it, taken together."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    MIXED = "mixed"  #: something is affirmed of the two, something denied


@dataclass(frozen=True, slots=True)
class Tie:
    """All that binds one actor to another in one direction, among claims that stand alike."""

    subject: str
    object: str
    claims: tuple[str, ...]  #: that affirm something
    denials: tuple[str, ...]  #: that deny something
    relations: tuple[str, ...]  #: what is affirmed, or denied where nothing is affirmed
    valences: tuple[Valence, ...]  #: of each of the relations
    certain: bool  #: on the date of the lens, for one of the claims at least

    @property
    def side(self) -> Side:
        """Whether the tie is affirmed, denied, or something of each."""
        if not self.denials:
            return Side.AFFIRMED
        return Side.MIXED if self.claims else Side.DENIED

    @property
    def valence(self) -> Valence:
        """The sum over the relations, for each side: above 0 they help it on balance."""
        return Valence(
            sum(valence.subject for valence in self.valences),
            sum(valence.object for valence in self.valences),
        )

    @property
    def weight(self) -> int:
        """The number of different relations.

        Not of claims: a second report of the same relation makes a tie better founded, not
        stronger, and event data that counts reports as events is known to mislead.
        """
        return len(self.relations)


@dataclass(frozen=True, slots=True)
class ActorNetwork:
    """All actors of a workspace with the ties that a lens shows between them.

    Actors without a tie are in it: who stands alone under a lens is part of what it shows, and the
    same actors under every lens make two lenses comparable.
    """

    actors: Mapping[str, str]  #: names by id, in order of the ids
    ties: tuple[Tie, ...]  #: in order of subject and object
    #: the id of each actor's type, or of the one right below Actor that it is a kind of
    kinds: Mapping[str, str]
    lens: str = "default"  #: the name of the lens
    seen: str = ""  #: the lens in words
    as_of: str = ""  #: the date or interval of the lens, as EDTF
    #: pairs of which claims in force only deny something; no tie, and no measure counts them
    denied: tuple[Tie, ...] = ()
    #: what the claims that are not in force would tie, affirmed and denied; no measure counts it
    not_in_force: tuple[Tie, ...] = ()

    @property
    def claims(self) -> frozenset[str]:
        """The claims behind all ties."""
        return frozenset(claim for tie in self.ties for claim in tie.claims)


@dataclass(frozen=True, slots=True)
class Edge:
    """A direct edge: what the claims behind it affirm of two things, and what RDF says outright."""

    subject: str
    relation: str
    object: str
    claims: tuple[str, ...]
    certain: bool  #: on the date of the lens, for one of the claims at least
    disputed: bool  #: another claim in force denies or disputes it


def direct_edges(scene: Scene) -> tuple[Edge, ...]:
    """The direct edges between things, in order; a symmetric relation makes one each way."""
    bundles: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in scene.edges:
        for subject, object_ in _pairs(claim, scene.facts):
            bundles.setdefault((subject, claim.relation, object_), []).append(claim)
    return tuple(
        Edge(
            *triple,
            claims=tuple(claim.id for claim in claims),
            certain=any(scene.standings[claim.id].certain for claim in claims),
            disputed=any(claim.id in scene.disputes for claim in claims),
        )
        for triple, claims in sorted(bundles.items(), key=lambda item: item[0])
    )


def project(scene: Scene) -> ActorNetwork:
    """The network of the actors that `scene` shows. A symmetric relation ties both ways."""
    facts = scene.facts
    actors = {e.id: e for e in facts.entities.values() if is_actor(e.type, facts)}
    in_force = tuple(_ties(scene.in_force, actors, scene))
    beyond = (c for c in facts.claims.values() if not scene.standings[c.id].holds)
    return ActorNetwork(
        actors={id: actor.name for id, actor in actors.items()},
        ties=tuple(tie for tie in in_force if tie.claims),
        kinds={id: facts.vocabulary.kind(actor.type) for id, actor in actors.items()},
        lens=scene.lens.name,
        seen=scene.describe(),
        as_of=scene.as_of.text,
        denied=tuple(tie for tie in in_force if not tie.claims),
        not_in_force=tuple(_ties(beyond, actors, scene)),
    )


def thin(tie: Tie, without: frozenset[str], scene: Scene) -> Tie | None:
    """The tie of `scene` without some of its claims; None where nothing affirms it any more."""
    claims = scene.facts.claims
    bundle = [claims[id] for id in (*tie.claims, *tie.denials) if id not in without]
    if all(claim.is_denied for claim in bundle):
        return None
    return _tie((tie.subject, tie.object), bundle, scene)


def sketch(*ties: str) -> ActorNetwork:
    """A small network for examples.

    A tie is written `a > b`, or `a + b` where it helps both, `a - b` where it hurts both. Actors
    are of the kind State; a tie's one claim is called `a-b`.

    >>> [(tie.subject, tie.object, tie.claims) for tie in sketch("a > b", "b + c").ties]
    [('a', 'b', ('a-b',)), ('b', 'c', ('b-c',))]
    """
    drawn = []
    for subject, sign, object_ in sorted(tie.split() for tie in ties):
        valence = _SIGNS[sign]
        relation = {0: "tiedTo", 1: "helps", -1: "hurts"}[valence.object]
        claims = (f"{subject}-{object_}",)
        drawn.append(Tie(subject, object_, claims, (), (relation,), (valence,), certain=True))
    actors = sorted({end for tie in drawn for end in (tie.subject, tie.object)})
    return ActorNetwork(
        {actor: actor.upper() for actor in actors},
        tuple(drawn),
        dict.fromkeys(actors, "State"),
    )


_SIGNS = {">": Valence(), "+": Valence(1, 1), "-": Valence(-1, -1)}


def is_actor(type_id: str, facts: FactSet) -> bool:
    """Whether things of the type can act."""
    return facts.vocabulary.is_a(type_id, ACTOR)


def to_networkx(network: ActorNetwork) -> nx.DiGraph[str]:
    """The network as networkx wants it: `claims`, `relations` and `weight` on every tie.

    A tie of an actor with itself is left out, as no measure of who stands where counts it.
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for actor, name in network.actors.items():
        graph.add_node(actor, name=name)
    for tie in network.ties:
        if tie.subject != tie.object:
            graph.add_edge(
                tie.subject,
                tie.object,
                claims=tie.claims,
                relations=tie.relations,
                weight=tie.weight,
            )
    return graph


def _pairs(claim: Claim, facts: FactSet) -> Iterator[tuple[str, str]]:
    """The things that it links, in each direction in which it does."""
    for subject, object_ in directions(claim, facts.vocabulary):
        if isinstance(object_, str):
            yield subject, object_


def _ties(claims: Iterable[Claim], among: Mapping[str, object], scene: Scene) -> Iterator[Tie]:
    bundles: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        for pair in _pairs(claim, scene.facts):
            if pair[0] in among and pair[1] in among:
                bundles.setdefault(pair, []).append(claim)
    for pair, bundle in sorted(bundles.items(), key=lambda item: item[0]):
        yield _tie(pair, bundle, scene)


def _tie(pair: tuple[str, str], bundle: list[Claim], scene: Scene) -> Tie:
    affirmed = [claim for claim in bundle if not claim.is_denied]
    relations = tuple(sorted({claim.relation for claim in affirmed or bundle}))
    known = scene.facts.vocabulary.relations
    return Tie(
        *pair,
        claims=tuple(claim.id for claim in affirmed),
        denials=tuple(claim.id for claim in bundle if claim.is_denied),
        relations=relations,
        # Turned round or not is all the same: a symmetric relation means the same for both sides.
        valences=tuple(known[relation].valence for relation in relations),
        certain=any(scene.standings[claim.id].certain for claim in affirmed or bundle),
    )
