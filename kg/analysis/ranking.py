"""Figures of actors as a table: ranks with ties as ties, and the claims behind each figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import neg

from kg.model.table import Cell, Table
from kg.network import ActorNetwork, Tie

Figures = Mapping[str, Sequence[float]]
Behind = Callable[[Tie, str], bool]


def touches(tie: Tie, actor: str) -> bool:
    """Whether a figure of `actor` rests on its ties in either direction."""
    return actor in (tie.subject, tie.object)


def points_at(tie: Tie, actor: str) -> bool:
    """Whether a figure of `actor` rests on the ties that point at it."""
    return actor == tie.object


def starts_at(tie: Tie, actor: str) -> bool:
    """Whether a figure of `actor` rests on the ties that start at it."""
    return actor == tie.subject


def ranked(
    network: ActorNetwork,
    title: str,
    columns: Sequence[str],
    figures: Figures,
    behind: Behind,
    notes: Iterable[str],
    order: Callable[[float], float] = neg,
) -> Table:
    """The actors by the last of their figures, equal figures with the same rank.

    Args:
        network: whose actors they are.
        title: what the table is called.
        columns: a name for each figure of an actor.
        figures: of every actor to be listed.
        behind: whether a figure of an actor rests on a tie.
        notes: what to say of the figures besides the lens.
        order: of the figures; the highest first, if not `pos` for the lowest.
    """
    rounded = {actor: tuple(map(rounded_figure, own)) for actor, own in figures.items()}
    evidence = claims_behind(network, behind)

    def place_of(actor: str) -> tuple[float, str, str]:
        return order(rounded[actor][-1]), network.actors[actor], actor

    in_order = sorted(rounded, key=place_of)
    ranks: dict[float, int] = {}
    for place, actor in enumerate(in_order, start=1):
        ranks.setdefault(rounded[actor][-1], place)
    return Table(
        ("rank", "actor", "name", *columns, "claims"),
        tuple(
            (
                ranks[rounded[actor][-1]],
                actor,
                network.actors[actor],
                *rounded[actor],
                len(evidence[actor]),
            )
            for actor in in_order
        ),
        title,
        (*notes, seen(network)),
        tuple(evidence[actor] for actor in in_order),
    )


def claims_behind(network: ActorNetwork, behind: Behind) -> Mapping[str, tuple[str, ...]]:
    """For each actor the claims of the ties that are behind its figure."""
    found: dict[str, dict[str, None]] = {actor: {} for actor in network.actors}
    for tie in network.ties:
        for actor in {tie.subject, tie.object} if tie.subject != tie.object else ():
            if behind(tie, actor):
                found[actor].update(dict.fromkeys(tie.claims))
    return {actor: tuple(claims) for actor, claims in found.items()}


def listed(
    network: ActorNetwork,
    title: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Sequence[Cell], Iterable[str]]],
    notes: Iterable[str],
) -> Table:
    """A table of rows that have no rank, each given with the claims that it rests on."""
    told = [(tuple(cells), tuple(dict.fromkeys(claims))) for cells, claims in rows]
    return Table(
        (*columns, "claims"),
        tuple((*cells, len(claims)) for cells, claims in told),
        title,
        (*notes, seen(network)),
        tuple(claims for _, claims in told),
    )


def seen(network: ActorNetwork) -> str:
    """What the network was seen through, and how much is behind it."""
    claims = len(network.claims)
    words = "1 claim" if claims == 1 else f"{claims:,} claims"
    return f"Seen {network.seen}; the whole network rests on {words}"


def rounded_figure(figure: float) -> float:
    """Six significant digits: what is left is the same on every machine."""
    return figure if isinstance(figure, int) else float(f"{figure:.6g}")
