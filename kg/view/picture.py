"""What the dossier shows, as plain values: things, lines between them, and the claims behind.

A picture is a scene, or two that are compared, made ready to be drawn: every label cut to its
place, every claim in words. Nothing here knows of HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.compare import Comparison
from kg.findings.gathering import in_short
from kg.findings.statements import Topic
from kg.model.facts import Claim
from kg.model.table import Table
from kg.scene import Scene
from kg.view.answer import claims_of
from kg.view.details import claim_details, in_order, thing_details
from kg.view.dials import dials
from kg.view.drawn import sight_of, sight_of_both
from kg.view.facets import Facet, facets
from kg.view.inferred import InferredLine, inferred_lines
from kg.view.lines import Line, lines_of
from kg.view.near import claims_near, claims_with
from kg.view.nodes import Group, Node, groups_of, nodes_of
from kg.view.parts import Part, parts_of

#: No reader makes out more things than that in one picture; more than that are drawn in parts.
MOST_THINGS = 150


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the page shows."""

    title: str
    seen: tuple[tuple[str, ...], ...]  #: the lens in words; of two scenes that of each
    focus: str | None
    hops: int  #: from the focus, as far as things are in sight
    nodes: tuple[Node, ...]
    parts: tuple[Part, ...]  #: that the page draws one at a time, where it cannot draw all at once
    lines: tuple[Line, ...]
    inferred: tuple[InferredLine, ...]  #: what follows from claims; nothing counts it
    groups: tuple[Group, ...]
    facets: tuple[Facet, ...]
    disputed: int  #: how many claims in force contradict one another
    things: Mapping[str, Mapping[str, Any]]  #: what the panel says of each, for JSON
    claims: Mapping[str, Mapping[str, Any]]  #: the same of claims, what is in force first
    sources: tuple[str, ...]  #: in which the claims were read, those with the most first
    answer: Table | None  #: the answer that the picture shows
    findings: tuple[Topic, ...]  #: of its claims, those with the focus alone; none of a comparison
    #: what other lenses would make of it; none of a comparison, and of no claims
    look: Mapping[str, Any] | None

    @property
    def is_compared(self) -> bool:
        """Whether it shows two scenes, and what changes from one to the other."""
        return len(self.seen) > 1


def compose(
    shown: Scene | Comparison,
    focus: str | None = None,
    hops: int = 1,
    answer: Table | None = None,
) -> Picture:
    """The picture of a scene, of what is at most `hops` steps from `focus`, or of an answer.

    Of a comparison it is a picture of both scenes, in which everything says what becomes of it
    and stands where the first scene alone would have it. Nothing inferred is drawn in that: a line
    that does not say what becomes of it would pass for one that stays.

    Raises:
        KeyError: if `focus` is no entity or source.
    """
    sight = sight_of(shown) if isinstance(shown, Scene) else sight_of_both(shown)
    facts = sight.facts
    among = facts.claims if answer is None else claims_of(answer, facts)
    claims = tuple(among.values()) if focus is None else claims_near(focus, hops, among, facts)
    is_in_parts = _count_things(claims) > MOST_THINGS
    is_whole = focus is None and answer is None
    drawn = [sight.claims[claim.id] for claim in claims]
    lines = lines_of(drawn)
    alone = (focus,) if focus is not None and not claims else ()
    laid_by = None  # the page finds the places in each part
    if not is_in_parts:
        laid_by = lines_of(sight.laid_by[c.id] for c in claims if c.id in sight.laid_by)
    nodes = nodes_of(claims, laid_by, facts, sight.fates, alone)
    in_sight = frozenset(node.thing for node in nodes)
    line_of = {claim: line.id for line in lines for claim in line.claims}
    return Picture(
        title=(answer.title if answer else "") or facts.profile.title,
        seen=sight.seen,
        focus=focus,
        hops=hops,
        nodes=nodes,
        parts=parts_of(claims, MOST_THINGS) if is_in_parts else (),
        lines=lines,
        inferred=inferred_lines(shown, line_of, lines) if isinstance(shown, Scene) else (),
        groups=groups_of(nodes, facts),
        facets=facets(drawn, facts),
        disputed=sum(each.is_disputed for each in drawn),
        things=thing_details(claims, in_sight, focus, facts),
        claims={
            each.claim.id: claim_details(each, line_of.get(each.claim.id))
            for each in in_order(drawn)
        },
        sources=_sources(claims),
        answer=answer,
        findings=_findings(shown, None if is_whole else claims, focus),
        look=dials(shown, (c.id for c in claims)) if claims and isinstance(shown, Scene) else None,
    )


def _findings(
    shown: Scene | Comparison, some: Sequence[Claim] | None, focus: str | None
) -> tuple[Topic, ...]:
    if isinstance(shown, Comparison):
        return ()
    if some is not None and focus is not None:
        some = tuple(claims_with(focus, some, shown.facts))
    return tuple(in_short(shown, some))


def _count_things(claims: Iterable[Claim]) -> int:
    return len({thing for claim in claims for thing in claim.things})


def _sources(claims: Iterable[Claim]) -> tuple[str, ...]:
    counts = Counter(claim.source for claim in claims)
    return tuple(sorted(counts, key=lambda source: (-counts[source], source)))
