"""Where to draw the nodes of a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # networkx takes a third of a second to import
    import networkx as nx


class Position(NamedTuple):
    """Where something is drawn, in pixels; y grows downwards."""

    x: int
    y: int


class Size(NamedTuple):
    """How much room something takes, in pixels."""

    width: int
    height: int


def layout(
    nodes: Sequence[str], links: Iterable[tuple[str, str]], sizes: Mapping[str, Size]
) -> Mapping[str, Position]:
    """A place for the middle of every node, in whole pixels around the origin.

    The same input gives the same places. What is linked stands close, the less so the more links
    there are to be told apart; parts that are not linked stand side by side, and the boxes of
    `sizes` do not overlap. Made for a picture of up to some 200 nodes: it takes seconds there,
    and minutes for 1,000.
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    pairs = Counter((min(link), max(link)) for link in links if link[0] != link[1])
    graph.add_edges_from((*pair, {"beside": pairs[pair] - 1}) for pair in sorted(pairs))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=_largest_first)
    blocks = [_spread(_place(graph.subgraph(part), part), sizes) for part in parts]
    return _pack(blocks, sizes)


_STEP = 120.0  # pixels, in the middle, between two that are linked
_WIDE = 1.6  # screens are wider than high
_GAP = 16.0  # pixels kept free between two boxes
_MARGIN = 48.0  # pixels kept free around a part that is linked to nothing else
_ROOMY = 2.5  # the area of a picture, in areas of its boxes
_ROUNDS = 400  # of pushing apart; most pictures need some thirty
_STRETCH = 1.25  # along the longer axis, which lies across the screen

Point = tuple[float, float]
Places = dict[str, Point]


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


def _largest_first(part: list[str]) -> tuple[int, str]:
    return -len(part), part[0]


def _place(graph: nx.Graph[str], part: list[str]) -> Places:
    """Places for one connected part."""
    import networkx as nx

    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    hub = max(part, key=lambda node: (graph.degree[node], node))
    around_hub = [hub, *(node for _, node in nx.bfs_edges(graph, hub, sort_neighbors=sorted))]
    begin = _circle(around_hub)  # neighbours side by side: fewer links end up crossed
    return _scaled(nx.kamada_kawai_layout(_with_lengths(graph), pos=begin, weight="length"), graph)


def _circle(order: list[str]) -> Places:
    step = 2 * pi / len(order)
    return {node: (cos(index * step), sin(index * step)) for index, node in enumerate(order)}


def _scaled(found: Mapping[str, Any], graph: nx.Graph[str]) -> Places:
    """The places laid along their longer axis, in pixels."""
    points = {node: (float(found[node][0]), float(found[node][1])) for node in sorted(found)}
    angle = _main_axis(list(points.values()))
    cosine, sine = cos(angle), sin(angle)
    places = {
        node: ((x * cosine + y * sine) * _STRETCH, y * cosine - x * sine)
        for node, (x, y) in points.items()
    }
    lengths = sorted(_distance(places[a], places[b]) for a, b in graph.edges)
    scale = _STEP / max(lengths[len(lengths) // 2], 1e-6)
    return {node: (x * scale, y * scale) for node, (x, y) in places.items()}


def _main_axis(points: list[tuple[float, float]]) -> float:
    """The angle of the line along which the points lie, in radians."""
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    xx = sum((x - middle_x) ** 2 for x, _ in points)
    yy = sum((y - middle_y) ** 2 for _, y in points)
    xy = sum((x - middle_x) * (y - middle_y) for x, y in points)
    return atan2(2 * xy, xx - yy) / 2


def _with_lengths(graph: nx.Graph[str]) -> nx.Graph[str]:
    """The same with a length on each link: hubs and parallel links need room, ends do not."""
    import networkx as nx

    found: nx.Graph[str] = nx.Graph()
    found.add_nodes_from(graph)
    for one, other in graph.edges:
        fewer = min(graph.degree[one], graph.degree[other])
        beside = graph.edges[one, other]["beside"]
        found.add_edge(one, other, length=fewer**0.4 * (1 + 0.12 * beside))
    return found


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _spread(places: Places, sizes: Mapping[str, Size]) -> Places:
    """The same places with room for all boxes, moved as little as keeps the boxes apart."""
    whole = _bounds(places, sizes)
    room = (whole.right - whole.left) * (whole.bottom - whole.top)
    wanted = sum(
        (size.width + _GAP) * (size.height + _GAP) for size in map(sizes.get, places) if size
    )
    scale = max(1.0, (_ROOMY * wanted / max(room, 1.0)) ** 0.5)
    spread = {node: (x * scale, y * scale) for node, (x, y) in places.items()}
    for _ in range(_ROUNDS):
        if not _push_apart(spread, sizes):
            break
    return spread


def _push_apart(places: Places, sizes: Mapping[str, Size]) -> bool:
    """Push each two overlapping boxes apart, by the smaller share; whether there were any."""
    moved = False
    order = sorted(places, key=lambda node: (places[node], node))
    widest = max(sizes[node].width for node in order) + _GAP
    for index, one in enumerate(order):
        for other in order[index + 1 :]:
            dx, dy = places[other][0] - places[one][0], places[other][1] - places[one][1]
            if dx > 2 * widest:
                break
            in_x = (sizes[one].width + sizes[other].width) / 2 + _GAP - abs(dx)
            in_y = (sizes[one].height + sizes[other].height) / 2 + _GAP - abs(dy)
            if in_x <= 0.5 or in_y <= 0.5:
                continue
            moved = True
            flat = in_x * sizes[one].height < in_y * sizes[one].width
            along_x, along_y = (in_x / 2, 0.0) if flat else (0.0, in_y / 2)
            _move(places, one, -along_x if dx >= 0 else along_x, -along_y if dy >= 0 else along_y)
            _move(places, other, along_x if dx >= 0 else -along_x, along_y if dy >= 0 else -along_y)
    return moved


def _move(places: Places, node: str, along_x: float, along_y: float) -> None:
    x, y = places[node]
    places[node] = (x + along_x, y + along_y)


def _pack(blocks: list[Places], sizes: Mapping[str, Size]) -> dict[str, Position]:
    """The largest block, each other one where it leaves the whole smallest, around the origin."""
    packed: Places = {}
    for block in blocks:
        across, down = _free_place(block, packed, sizes)
        packed.update({node: (x + across, y + down) for node, (x, y) in block.items()})
    whole = _bounds(packed, sizes)
    middle = (whole.left + whole.right) / 2, (whole.top + whole.bottom) / 2
    return {
        node: Position(round(packed[node][0] - middle[0]), round(packed[node][1] - middle[1]))
        for node in sorted(packed)
    }


def _free_place(block: Places, packed: Places, sizes: Mapping[str, Size]) -> Point:
    """How far to move a block so that it meets nothing and the whole stays small and wide."""
    if not packed:
        return 0.0, 0.0
    own, whole = _bounds(block, sizes), _bounds(packed, sizes)
    taken = [_box(packed[node], sizes[node]) for node in packed]
    width, height = own.right - own.left + _MARGIN, own.bottom - own.top + _MARGIN
    best: tuple[float, float, float, float] | None = None
    for left in _steps(whole.left - width, whole.right + _MARGIN):
        for top in _steps(whole.top - height, whole.bottom + _MARGIN):
            place = _Box(left, top, left + width, top + height)
            cost = _cost(place, whole)
            if best is not None and cost >= best[:2]:
                continue
            if not any(_meet(place, box) for box in taken):
                best = (*cost, left, top)
    assert best is not None, "outside of the whole there is always room"
    return best[2] + _MARGIN / 2 - own.left, best[3] + _MARGIN / 2 - own.top


def _steps(first: float, last: float) -> list[float]:
    return [first + (last - first) * step / 40 for step in range(41)]


def _cost(place: _Box, whole: _Box) -> tuple[float, float]:
    """How large the whole becomes at the screen's proportions; then how far out the place is."""
    width = max(whole.right, place.right) - min(whole.left, place.left)
    height = max(whole.bottom, place.bottom) - min(whole.top, place.top)
    return max(width, height * _WIDE), abs(place.top) + abs(place.left)


def _box(place: Point, size: Size) -> _Box:
    x, y = place
    return _Box(x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2)


def _meet(one: _Box, other: _Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _bounds(places: Places, sizes: Mapping[str, Size]) -> _Box:
    boxes = [_box(place, sizes[node]) for node, place in places.items()] or [_Box(0, 0, 0, 0)]
    return _Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
