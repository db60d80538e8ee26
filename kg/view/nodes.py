"""The things of a picture: their shapes, sizes, labels and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.layout import Position, Size, layout
from kg.model import display
from kg.model.facts import Claim, FactSet
from kg.model.vocabulary import ACTOR
from kg.view.drawn import Fate
from kg.view.labels import in_lines
from kg.view.lines import Line


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind, drawn with one shape in one colour."""

    type: str
    label: str
    shape: str
    colour: str
    count: int


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that is drawn."""

    thing: str
    group: str
    radius: int
    font: int
    label: tuple[str, ...]  #: its name in lines
    at: Position
    fate: Fate | None  #: gained or lost with all its ties, where two scenes are compared


_ACTOR_SHAPES = ("hexagon", "square", "triangleDown", "diamond", "triangle", "dot", "star")
_SHAPES = ("dot", "square", "diamond", "triangle", "hexagon", "square", "triangleDown")
_COLOURS = ("n1", "n2", "n3", "n4", "n5")
_LINE_HEIGHT = 1.2  # of the font
_LETTER = 0.6  # the width of a common letter, as a share of the font


def groups_of(nodes: Iterable[Node], facts: FactSet) -> tuple[Group, ...]:
    """The kinds in the picture, actors first. A kind looks the same in every picture."""
    types = facts.vocabulary.types
    counts = Counter(node.group for node in nodes)
    actors = [*sorted(t.id for t in types.values() if t.parent == ACTOR), ACTOR]
    others = sorted(t.id for t in types.values() if t.parent is None and t.id != ACTOR)
    found = []
    for index, type_id in enumerate(actors):
        shape = _ACTOR_SHAPES[index % len(_ACTOR_SHAPES)]
        found.append((type_id, shape, "n0"))
    for index, type_id in enumerate(others):
        found.append((type_id, _SHAPES[index % len(_SHAPES)], _COLOURS[index % len(_COLOURS)]))
    return tuple(
        Group(type_id, types[type_id].label if type_id in types else type_id, shape, colour, n)
        for type_id, shape, colour in found
        if (n := counts[type_id])
    )


def nodes_of(
    claims: Iterable[Claim],
    lines: Iterable[Line] | None,
    facts: FactSet,
    fates: Mapping[str, Fate],
    alone: Iterable[str] = (),
) -> tuple[Node, ...]:
    """Everything that some claims are about and what stands alone, where lines would have it.

    Without lines nothing has a place yet.
    """
    weights = Counter(thing for claim in claims for thing in dict.fromkeys(claim.things))
    drawn = sorted({*weights, *alone})
    drafts = {thing: _draft(thing, weights[thing], fates.get(thing), facts) for thing in drawn}
    if lines is None:
        return tuple(drafts.values())
    sizes = {thing: _size(node) for thing, node in drafts.items()}
    pairs = ((line.subject, line.object) for line in lines)
    places = layout(drawn, (pair for pair in pairs if drafts.keys() >= set(pair)), sizes)
    return tuple(_placed(node, places[thing], sizes[thing]) for thing, node in drafts.items())


def _draft(thing: str, weight: int, fate: Fate | None, facts: FactSet) -> Node:
    group = facts.vocabulary.kind(facts.type_of(thing) or "")
    strength = min(weight, 25) ** 0.5
    return Node(
        thing=thing,
        group=group,
        radius=round(5 + 3 * strength),
        font=round(11.5 + strength),
        label=in_lines(facts.name(thing)),
        at=Position(0, 0),
        fate=fate,
    )


def _size(node: Node) -> Size:
    """The room for the shape and, below it, the label."""
    letters = max((display.width(line) for line in node.label), default=0)
    width = max(2 * node.radius, letters * node.font * _LETTER)
    height = 2 * node.radius + 4 + len(node.label) * node.font * _LINE_HEIGHT
    return Size(round(width), round(height))


def _placed(node: Node, box: Position, size: Size) -> Node:
    """The node at the place of its box: its shape is at the top of it."""
    at = Position(box.x, box.y - size.height // 2 + node.radius)
    return replace(node, at=at)
