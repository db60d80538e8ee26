"""The small pictures of the report as plain values: places, lengths and words, ready to be drawn.

Places in the network are in units of a view box that is `WIDTH` wide; bars are in percent, so that
they fit a page of any width. Nothing but direct edges is drawn as a tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

from kg.layout import Size, layout
from kg.model.table import Table
from kg.network import ActorNetwork, Tie

WIDTH = 720
_MOST_ACTORS, _MOST_BARS = 14, 8
_RADIUS = 7


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor."""

    id: str
    label: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A tie, from rim to rim."""

    claim: str  #: the first of its claims
    title: str  #: what ties the two
    tone: str  #: good, bad, mixed or neither, by what its relations do to the two
    x1: int
    y1: int
    x2: int
    y2: int

    @property
    def sign_at(self) -> tuple[int, int]:
        """Where the sign of the tone stands: nearer the start, clear of that of the way back."""
        return round(self.x1 * 0.65 + self.x2 * 0.35), round(self.y1 * 0.65 + self.y2 * 0.35)


@dataclass(frozen=True, slots=True)
class NetworkFigure:
    """The actors with the most ties."""

    height: int
    dots: tuple[Dot, ...]
    arrows: tuple[Arrow, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Bar:
    """An actor's figure."""

    rank: int
    id: str
    name: str
    figure: int
    claims: int
    length: float  #: in percent of the longest


def network_figure(network: ActorNetwork, degrees: Table) -> NetworkFigure | None:
    """The network of at most 14 actors; None where nobody is tied."""
    figures = zip(degrees.column("actor"), degrees.column("degree"), strict=True)
    tied = [str(actor) for actor, figure in figures if figure]
    if not tied:
        return None
    shown = sorted(tied[:_MOST_ACTORS])
    ties = [
        tie
        for tie in network.ties
        if tie.subject != tie.object and {tie.subject, tie.object} <= set(shown)
    ]
    sizes = {actor: Size(7 * len(network.actors[actor]) + 12, 44) for actor in shown}
    places = layout(shown, [(tie.subject, tie.object) for tie in ties], sizes)
    left = min(places[a].x - sizes[a].width // 2 for a in shown)
    right = max(places[a].x + sizes[a].width // 2 for a in shown)
    top = min(places[a].y for a in shown) - 24
    scale = min(1.0, WIDTH / max(right - left, 1))
    shift = (WIDTH - (right - left) * scale) / 2
    at = {
        actor: (
            round((places[actor].x - left) * scale + shift),
            round((places[actor].y - top) * scale),
        )
        for actor in shown
    }
    return NetworkFigure(
        max(y for _, y in at.values()) + 34,
        tuple(Dot(actor, network.actors[actor], *at[actor]) for actor in shown),
        tuple(_arrow(tie, at, network) for tie in ties),
        len(tied) - len(shown),
    )


def _arrow(tie: Tie, at: Mapping[str, tuple[int, int]], network: ActorNetwork) -> Arrow:
    (x1, y1), (x2, y2) = at[tie.subject], at[tie.object]
    length = hypot(x2 - x1, y2 - y1) or 1.0
    right, down = (x2 - x1) / length, (y2 - y1) / length
    aside_x, aside_y = -down * 3, right * 3  # the way back runs beside it
    names = network.actors
    return Arrow(
        tie.claims[0],
        f"{names[tie.subject]} → {names[tie.object]}: {', '.join(tie.relations)}",
        _tone(tie),
        round(x1 + right * (_RADIUS + 2) + aside_x),
        round(y1 + down * (_RADIUS + 2) + aside_y),
        round(x2 - right * (_RADIUS + 4) + aside_x),
        round(y2 - down * (_RADIUS + 4) + aside_y),
    )


def _tone(tie: Tie) -> str:
    effects = {effect for each in tie.valences for effect in (each.subject, each.object)} - {0}
    if len(effects) > 1:
        return "mixed"
    return {1: "good", -1: "bad"}[effects.pop()] if effects else "neither"


def bars(degrees: Table) -> tuple[Bar, ...]:
    """The actors with the most ties, longest first."""
    columns = map(degrees.column, ("rank", "actor", "name", "degree", "claims"))
    rows = list(zip(*columns, strict=True))[:_MOST_BARS]
    most = max((int(figure or 0) for *_, figure, _ in rows), default=1)
    return tuple(
        Bar(
            int(rank or 0),
            str(actor),
            str(name),
            int(figure),
            int(claims or 0),
            round(100 * int(figure) / most, 2),
        )
        for rank, actor, name, figure, claims in rows
        if figure
    )
