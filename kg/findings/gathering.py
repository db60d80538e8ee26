"""The findings together: all of them for a report, the most telling for a page.

Every sentence is made from the data; nothing here knows what a workspace is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.findings.claims import (
    denied,
    inferences,
    past_or_to_come,
    scenarios,
    ties,
    unsettled,
)
from kg.findings.conflicts import in_dispute, settled
from kg.findings.grounds import grounds
from kg.findings.positions import positions
from kg.findings.statements import Topic
from kg.model.facts import Claim
from kg.model.table import Table
from kg.network import ActorNetwork
from kg.scene import Scene


def findings(scene: Scene, network: ActorNetwork, measured: Mapping[str, Table]) -> Iterator[Topic]:
    """What there is to say, the most telling first; a heading without a statement is left out."""
    claims = scene.facts.claims.values()
    for found in (
        in_dispute(claims, scene),
        settled(scene),
        ties(claims, scene),
        inferences(scene),
        denied(claims, scene),
        scenarios(scene),
        unsettled(claims, scene),
        past_or_to_come(scene),
        positions(scene, network, measured),
        grounds(scene),
    ):
        if found.statements:
            yield found


def in_short(scene: Scene, some: Sequence[Claim] | None = None) -> Iterator[Topic]:
    """The first of what there is to say that no measure is needed for.

    Args:
        scene: what is seen.
        some: of these claims alone, and nothing that is so of all: what scenarios would change, and
            what it rests on.
    """
    claims = scene.facts.claims.values() if some is None else some
    is_whole = some is None
    for found, most in (
        (in_dispute(claims, scene), 1),
        (ties(claims, scene), 2),
        (denied(claims, scene), 2),
        *([(scenarios(scene), 2)] if is_whole else []),
        (unsettled(claims, scene), 1),
        *([(grounds(scene), 2)] if is_whole else []),
    ):
        if found.statements:
            yield replace(found, statements=found.statements[:most])
