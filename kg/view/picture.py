"""What the dossier shows, as plain values: things, lines between them, and the claims behind.

A picture is a scene made ready to be drawn: every label cut to its place, every claim in words.
Nothing here knows of HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.model.table import Table
from kg.scene import Scene
from kg.view.answer import claims_of
from kg.view.choice import choose
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
    hops: int  #: from the focus, as far as things are in sight
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    facets: tuple[Facet, ...]
    disputed: int  #: how many claims in force contradict one another
    things: Mapping[str, Mapping[str, Any]]  #: what the panel says of each, for JSON
    claims: Mapping[str, Mapping[str, Any]]  #: the same of claims, what is in force first
    sources: tuple[str, ...]
    things_left_out: int  #: near enough, and not drawn because there are too many
    claims_left_out: int  #: that are about any of those
    answer: Table | None  #: the answer that the picture shows

    @property
    def anchors(self) -> frozenset[str]:
        """Where in the page a link can lead: `c=CLAIM` and `n=THING`."""
        claims = {f"c={claim}" for claim in self.claims}
        return frozenset(claims | {f"n={thing}" for thing in self.things})


def compose(
    scene: Scene, focus: str | None = None, hops: int = 1, answer: Table | None = None
) -> Picture:
    """The picture of `scene`, of what is at most `hops` steps from `focus`, or of an answer.

    Raises:
        KeyError: if `focus` is no entity or source.
    """
    facts = scene.facts
    among = facts.claims if answer is None else claims_of(answer, facts)
    choice = choose(among, facts, focus, hops, MOST_THINGS)
    claims = choice.claims
    lines = lines_of(claims, scene)
    alone = (focus,) if focus is not None and not claims else ()
    nodes = nodes_of(claims, lines, facts, alone)
    in_sight = frozenset(node.thing for node in nodes)
    line_of = {claim: line.id for line in lines for claim in line.claims}
    return Picture(
        title=(answer.title if answer else "") or facts.profile.title,
        seen=scene.describe(),
        focus=focus,
        hops=hops,
        nodes=nodes,
        lines=lines,
        groups=groups_of(nodes, facts),
        facets=facets(claims, scene),
        disputed=sum(claim.id in scene.disputes for claim in claims),
        things=thing_details(claims, in_sight, focus, facts),
        claims={
            claim.id: claim_details(claim, scene, line_of.get(claim.id))
            for claim in in_order(claims, scene)
        },
        sources=tuple(sorted({claim.source for claim in claims})),
        things_left_out=choice.things_left_out,
        claims_left_out=choice.claims_left_out,
        answer=answer,
    )
