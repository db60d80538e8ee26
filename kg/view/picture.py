"""What the dossier shows, as plain values: things, lines between them, and the claims behind.

A picture is a scene made ready to be drawn: every label cut to its place, every claim in words.
Nothing here knows of HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.lens import Scene
from kg.model.facts import Claim, FactSet
from kg.model.table import Table
from kg.view.answer import claims_of
from kg.view.details import claim_details, in_order, thing_details
from kg.view.facets import Facet, facets
from kg.view.lines import Line, lines_of
from kg.view.nodes import Group, Node, groups_of, nodes_of

#: No reader makes out more things than that in one picture; more than that are not drawn.
MOST_THINGS = 150


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the page shows."""

    title: str
    seen: str  #: the lens in words
    focus: str | None
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    facets: tuple[Facet, ...]
    disputed: int  #: how many claims in force contradict one another
    things: Mapping[str, Mapping[str, Any]]  #: what the panel says of each, for JSON
    claims: Mapping[str, Mapping[str, Any]]  #: the same of claims, what is in force first
    sources: tuple[str, ...]
    left_out: int  #: things near enough that are not drawn because there are too many
    answer: Table | None  #: the answer that the picture shows


def compose(
    scene: Scene, focus: str | None = None, hops: int = 1, answer: Table | None = None
) -> Picture:
    """The picture of `scene`, of what is at most `hops` steps from `focus`, or of an answer.

    Raises:
        KeyError: if `focus` is no entity or source.
    """
    facts = scene.facts
    among = facts.claims if answer is None else claims_of(answer, facts)
    near = _distances(facts, among, focus, hops)
    claims = _chosen(near, among)
    lines = lines_of(claims, scene)
    nodes = nodes_of(claims, lines, facts)
    line_of = {claim: line.id for line in lines for claim in line.claims}
    return Picture(
        title=(answer.title if answer else "") or facts.profile.title,
        seen=scene.describe(),
        focus=focus,
        nodes=nodes,
        lines=lines,
        groups=groups_of(nodes, facts),
        facets=facets(claims, scene),
        disputed=sum(claim.id in scene.disputes for claim in claims),
        things=thing_details(claims, frozenset(node.thing for node in nodes), facts),
        claims={
            claim.id: claim_details(claim, scene, line_of.get(claim.id))
            for claim in in_order(claims, scene)
        },
        sources=tuple(sorted({claim.source for claim in claims})),
        left_out=max(len(near) - MOST_THINGS, 0),
        answer=answer,
    )


def _chosen(distances: Mapping[str, int], among: Mapping[str, Claim]) -> tuple[Claim, ...]:
    """The claims of the things that are nearest, and of them the most spoken of."""
    weights = Counter(thing for claim in among.values() for thing in set(claim.things))
    order = sorted(distances, key=lambda thing: (distances[thing], -weights[thing], thing))
    shown = frozenset(order[:MOST_THINGS])
    return tuple(claim for claim in among.values() if shown.issuperset(claim.things))


def _distances(
    facts: FactSet, among: Mapping[str, Claim], focus: str | None, hops: int
) -> Mapping[str, int]:
    """How many claims away from the focus each thing is; 0 where nothing is in focus.

    What only speaks, or is only a condition, is next to what the claims are about in which it
    plays a part.
    """
    if focus is None:
        return {thing: 0 for claim in among.values() for thing in claim.things}
    if focus not in facts.entities and focus not in facts.sources:
        raise KeyError(focus)
    distances = {focus: 0}
    for claim in facts.mentions.get(focus, ()):
        if focus not in claim.things:
            distances.update(dict.fromkeys(claim.things, 1))
    for hop in range(1, hops + 1):
        before = len(distances)
        for claim in among.values():
            if any(distances.get(thing, hop) < hop for thing in claim.things):
                for thing in claim.things:
                    distances.setdefault(thing, hop)
        if hop > 1 and len(distances) == before:
            break  # nothing is farther away
    return distances
