"""Figures of actors as a table: ranks with ties as ties, and the claims behind each figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.model.display import counted
from kg.model.table import Cell, Table
from kg.network import ActorNetwork, Tie

Figures = Mapping[str, Sequence[float]]
Ranks = Mapping[str, int | None]
Behind = Callable[[Tie, str], bool]

_RANKED = ("rank", "actor", "name")  #: how the table of a measure with ranks begins


class NoRanksError(ValueError):
    """A measure has no ranks that could be compared."""


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
) -> Table:
    """The actors by the last of their figures, the highest first, equal ones with the same rank.

    Args:
        network: whose actors they are.
        title: what the table is called.
        columns: a name for each figure of an actor.
        figures: of every actor to be listed.
        behind: whether a figure of an actor rests on a tie.
        notes: what to say of the figures besides the lens.
    """
    rounded = _rounded(figures)
    order = sorted(rounded, key=lambda a: (-rounded[a][-1], network.actors[a], a))
    return _in_order(network, title, columns, [(a, rounded[a]) for a in order], behind, notes)


def ranked_from_lowest(
    network: ActorNetwork,
    title: str,
    columns: Sequence[str],
    figures: Figures,
    behind: Behind,
    notes: Iterable[str],
) -> Table:
    """As `ranked`, but the lowest figure first."""
    rounded = _rounded(figures)
    order = sorted(rounded, key=lambda a: (rounded[a][-1], network.actors[a], a))
    return _in_order(network, title, columns, [(a, rounded[a]) for a in order], behind, notes)


def ranks(figures: Iterable[float | None]) -> list[int | None]:
    """The ranks of figures that are in order, equal ones the same; none for no figure.

    >>> ranks([5, 3, 3, 1, None])
    [1, 2, 2, 4, None]
    """
    found: dict[float, int] = {}
    return [
        None if figure is None else found.setdefault(figure, place)
        for place, figure in enumerate(figures, start=1)
    ]


def ranks_of(table: Table) -> Ranks:
    """The rank of each actor in the table of a measure.

    Raises:
        NoRanksError: if the measure has no ranks.
    """
    if table.columns[:3] != _RANKED:
        raise NoRanksError(f"'{table.title}' has no ranks to compare")
    return {str(actor): None if rank is None else int(rank) for rank, actor, *_ in table.rows}


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
    claims = counted(len(network.claims), "claim")
    return f"Seen {network.seen}; the whole network rests on {claims}"


def rounded_figure(figure: float) -> float:
    """Six significant digits: what is left is the same on every machine."""
    return figure if isinstance(figure, int) else float(f"{figure:.6g}")


def _rounded(figures: Figures) -> Mapping[str, tuple[float, ...]]:
    return {actor: tuple(map(rounded_figure, own)) for actor, own in figures.items()}


def _in_order(
    network: ActorNetwork,
    title: str,
    columns: Sequence[str],
    figures: Sequence[tuple[str, tuple[float, ...]]],
    behind: Behind,
    notes: Iterable[str],
) -> Table:
    evidence = claims_behind(network, behind)
    places = ranks(own[-1] for _, own in figures)
    return Table(
        ("rank", "actor", "name", *columns, "claims"),
        tuple(
            (rank, actor, network.actors[actor], *own, len(evidence[actor]))
            for rank, (actor, own) in zip(places, figures, strict=True)
        ),
        title,
        (*notes, seen(network)),
        tuple(evidence[actor] for actor, _ in figures),
    )
