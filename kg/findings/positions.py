"""Who stands where in the network of actors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.aggregation import names, series
from kg.findings.statements import Statement, Topic, behind, figure, statement
from kg.model.display import counted
from kg.model.table import Table
from kg.network import ActorNetwork
from kg.scene import Scene

_MOST_FIRST = 4  #: actors that share the first rank and are still worth a sentence
_MOST_TOLD = 3  #: threes in a sentence


def positions(scene: Scene, network: ActorNetwork, measured: Mapping[str, Table]) -> Topic:
    """Who comes first in the measures, and who is alone."""
    said = (
        *_first(measured, "degree", "tied to others", scene),
        *_first(measured, "betweenness", "on the shortest ways between others", scene),
        *_joints(measured["articulation_points"], scene),
        *_tense(measured["triads"], scene),
        *_alone(network, scene),
    )
    return Topic("Who stands where", said)


def _first(
    measured: Mapping[str, Table], measure: str, where: str, scene: Scene
) -> Iterator[Statement]:
    """Who comes first in a measure: those with an equal figure together."""
    table = measured[measure]
    columns = map(table.column, ("rank", "name", measure))
    first = [
        (str(name), own, claims)
        for rank, name, own, claims in zip(*columns, table.evidence, strict=True)
        if rank == 1 and own
    ]
    if 0 < len(first) <= _MOST_FIRST:
        are, each = ("is", "") if len(first) == 1 else ("are", " each")
        leaders = names([name for name, _, _ in first])
        own = f"{table.title.lower()} {figure(first[0][1])}{each}"
        text = f"More than anybody else, {leaders} {are} {where} ({own})."
        yield statement(text, behind((claims for _, _, claims in first), scene), scene)


def _joints(table: Table, scene: Scene) -> Iterator[Statement]:
    if table.rows:
        joints = names([str(row[2]) for row in table.rows], "or")
        text = f"Without {joints} the network would fall into more parts than it has."
        yield statement(text, behind(table.evidence, scene), scene)


def _tense(table: Table, scene: Scene) -> Iterator[Statement]:
    """Threes in which two friends of one are foes, or all are."""
    tense = [
        (row, claims)
        for row, claims in zip(table.rows, table.evidence, strict=True)
        if row[0] == "tense"
    ]
    if tense:
        named = [table.columns.index(f"{place}_name") for place in ("first", "second", "third")]
        threes = [series([str(row[at]) for at in named]) for row, _ in tense]
        few = "; ".join(threes[:_MOST_TOLD]) + ("; and others" if tense[_MOST_TOLD:] else "")
        text = f"{len(tense)} of {counted(len(table.rows), 'signed triad')} {{}} tense: {few}."
        text = text.format("is" if len(tense) == 1 else "are")
        yield statement(text, behind((claims for _, claims in tense), scene), scene)


def _alone(network: ActorNetwork, scene: Scene) -> Iterator[Statement]:
    tied = {actor for tie in network.ties for actor in (tie.subject, tie.object)}
    alone = [name for actor, name in network.actors.items() if actor not in tied]
    if tied and alone:
        are = "has" if len(alone) == 1 else "have"
        yield statement(f"{names(alone)} {are} no tie that is in force.", (), scene)
