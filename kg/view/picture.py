"""What the dossier shows, as plain values: things, lines between them, and the claims behind.

A picture is a scene made ready to be drawn: every label cut to its place, every claim in words.
Nothing here knows of HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from kg import wording
from kg.layout import Position, Size, layout
from kg.lens import Reason, Scene
from kg.model import display
from kg.model.facts import Claim, Entity, FactSet, Source
from kg.model.vocabulary import ACTOR

#: No reader makes out more things than that in one picture; more than that are not drawn.
MOST_THINGS = 150


class Stroke(StrEnum):
    """How a line is drawn, by how its claims stand. A denial is crossed besides."""

    FORCE = "force"  #: in force
    OPEN = "open"  #: not so, or not yet: intended, considered, hypothetical, under a condition
    OUTSIDE = "outside"  #: left out by the lens: another time, other speakers, too weak
    PRESUPPOSED = "presupposed"  #: taken for granted by the source, never stated


class Tone(StrEnum):
    """The colour of a line: what its relations mean for their two sides."""

    GOOD = "good"
    BAD = "bad"
    MIXED = "mixed"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Line:
    """All claims from one thing to another that stand alike."""

    id: str
    subject: str
    object: str
    stroke: Stroke
    denied: bool
    disputed: bool  #: another claim in force says the opposite
    tone: Tone
    both_ways: bool
    claims: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]  #: of each claim what it says is done, in lines
    bend: float  #: how far it bows out, so that parallel lines stay apart


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


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the page shows."""

    title: str
    seen: str  #: the lens in words
    focus: str | None
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    strokes: Mapping[Stroke, int]  #: how many claims each stroke stands for
    denied: int  #: how many claims are denials
    disputed: int  #: how many claims in force contradict one another
    tones: Mapping[Tone, int]  #: how many claims have each colour
    things: Mapping[str, Mapping[str, Any]]  #: what the panel says of each, for JSON
    claims: Mapping[str, Mapping[str, Any]]  #: the same of claims, what is in force first
    sources: tuple[str, ...]
    left_out: int  #: things near enough that are not drawn because there are too many


def compose(scene: Scene, focus: str | None = None, hops: int = 1) -> Picture:
    """The picture of `scene`, or of what is at most `hops` steps from `focus`.

    Raises:
        KeyError: if `focus` is no entity or source.
    """
    facts = scene.facts
    near = _distances(facts, focus, hops)
    claims = _chosen(near, facts)
    lines = _lines(claims, scene)
    nodes = _nodes(claims, lines, facts)
    line_of = {claim: line.id for line in lines for claim in line.claims}
    return Picture(
        title=facts.profile.title,
        seen=scene.describe(),
        focus=focus,
        nodes=nodes,
        lines=lines,
        groups=_groups(nodes, facts),
        strokes=_counted(Stroke, (_stroke(claim, scene) for claim in claims)),
        denied=sum(claim.is_denied for claim in claims),
        disputed=sum(claim.id in scene.disputes for claim in claims),
        tones=_counted(Tone, (line.tone for line in lines for _ in line.claims)),
        things=_things(claims, nodes, facts),
        claims={c.id: _claim(c, scene, line_of.get(c.id)) for c in _by_standing(claims, scene)},
        sources=tuple(sorted({claim.source for claim in claims})),
        left_out=max(len(near) - MOST_THINGS, 0),
    )


def _chosen(distances: Mapping[str, int], facts: FactSet) -> tuple[Claim, ...]:
    """The claims of the things that are nearest, and of them the most spoken of."""
    weights = Counter(thing for claim in facts.claims.values() for thing in set(claim.things))
    order = sorted(distances, key=lambda thing: (distances[thing], -weights[thing], thing))
    shown = frozenset(order[:MOST_THINGS])
    return tuple(claim for claim in facts.claims.values() if shown.issuperset(claim.things))


def _distances(facts: FactSet, focus: str | None, hops: int) -> Mapping[str, int]:
    """How many claims away from the focus each thing is; 0 where nothing is in focus.

    What only speaks, or is only a condition, is next to what the claims are about in which it
    plays a part.
    """
    if focus is None:
        return {thing: 0 for claim in facts.claims.values() for thing in claim.things}
    if focus not in facts.entities and focus not in facts.sources:
        raise KeyError(focus)
    distances = {focus: 0}
    for claim in facts.mentions.get(focus, ()):
        if focus not in claim.things:
            distances.update(dict.fromkeys(claim.things, 1))
    for hop in range(1, hops + 1):
        before = len(distances)
        for claim in facts.claims.values():
            if any(distances.get(thing, hop) < hop for thing in claim.things):
                for thing in claim.things:
                    distances.setdefault(thing, hop)
        if hop > 1 and len(distances) == before:
            break  # nothing is farther away
    return distances


# -- lines ----------------------------------------------------------------------------------------

_OPEN = (Reason.CONDITION, Reason.MODALITY)


def _stroke(claim: Claim, scene: Scene) -> Stroke:
    standing = scene.standings[claim.id]
    if standing.holds:
        return Stroke.FORCE
    if standing.reason is Reason.PRESUPPOSED:
        return Stroke.PRESUPPOSED
    return Stroke.OPEN if standing.reason in _OPEN else Stroke.OUTSIDE


def _lines(claims: Iterable[Claim], scene: Scene) -> tuple[Line, ...]:
    bundles: dict[tuple[str, str, Stroke, bool], list[Claim]] = {}
    for claim in claims:
        if isinstance(claim.object, str):
            key = (claim.subject, claim.object, _stroke(claim, scene), claim.is_denied)
            bundles.setdefault(key, []).append(claim)
    found: list[Line] = []
    beside: Counter[tuple[str, str]] = Counter()
    for subject, object_, stroke, denied in sorted(bundles):
        bundle = bundles[subject, object_, stroke, denied]
        beside[subject, object_] += 1
        bend = 0.14 * beside[subject, object_]
        found.append(_line(bundle, stroke, f"l{len(found)}", bend, scene))
    return tuple(found)


def _line(bundle: list[Claim], stroke: Stroke, id_: str, bend: float, scene: Scene) -> Line:
    first, facts = bundle[0], scene.facts
    relations = [facts.vocabulary.relations[claim.relation] for claim in bundle]
    signs = {s for r in relations for s in (r.valence.subject, r.valence.object) if s}
    tone = Tone.MIXED if len(signs) == 2 else Tone.GOOD if 1 in signs else Tone.BAD
    return Line(
        id=id_,
        subject=first.subject,
        object=str(first.object),
        stroke=stroke,
        denied=first.is_denied,
        disputed=any(claim.id in scene.disputes for claim in bundle),
        tone=tone if signs else Tone.NEITHER,
        both_ways=all(relation.symmetric for relation in relations),
        claims=tuple(claim.id for claim in bundle),
        words=tuple(_wrap(wording.verb_text(claim, facts), 26, 2) for claim in bundle),
        bend=round(bend, 2),
    )


# -- nodes ----------------------------------------------------------------------------------------

_ACTOR_SHAPES = ("hexagon", "square", "triangleDown", "diamond", "triangle", "dot", "star")
_SHAPES = ("dot", "square", "diamond", "triangle", "hexagon", "square", "triangleDown")
_COLOURS = ("n1", "n2", "n3", "n4", "n5")
_LINE_HEIGHT = 1.2  # of the font
_LETTER = 0.6  # the width of a common letter, as a share of the font


def _groups(nodes: Iterable[Node], facts: FactSet) -> tuple[Group, ...]:
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


def _nodes(claims: Iterable[Claim], lines: Iterable[Line], facts: FactSet) -> tuple[Node, ...]:
    weights = Counter(thing for claim in claims for thing in dict.fromkeys(claim.things))
    drafts = {thing: _draft(thing, weights[thing], facts) for thing in sorted(weights)}
    sizes = {thing: _size(node) for thing, node in drafts.items()}
    places = layout(list(drafts), ((line.subject, line.object) for line in lines), sizes)
    return tuple(_placed(node, places[thing], sizes[thing]) for thing, node in drafts.items())


def _draft(thing: str, weight: int, facts: FactSet) -> Node:
    group = facts.vocabulary.kind(facts.type_of(thing) or "")
    strength = min(weight, 25) ** 0.5
    return Node(
        thing=thing,
        group=group,
        radius=round(5 + 3 * strength),
        font=round(11.5 + strength),
        label=_wrap(facts.name(thing)),
        at=Position(0, 0),
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
    return Node(node.thing, node.group, node.radius, node.font, node.label, at)


def _wrap(text: str, width: int = 19, most: int = 3) -> tuple[str, ...]:
    """The text in lines of about equal length, the last cut where there would be too many."""
    words = " ".join(text.split()).split(" ")
    lines: list[str] = []
    for word in words:
        if lines and display.width(lines[-1]) + 1 + display.width(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(_cut(word, width + 4))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width)]
    return tuple(lines)


def _cut(text: str, width: int) -> str:
    if display.width(text) <= width:
        return text
    while display.width(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"


# -- what the panel says --------------------------------------------------------------------------


def _by_standing(claims: Iterable[Claim], scene: Scene) -> list[Claim]:
    """What is in force first, then what might be, in the order of the strokes."""
    strokes = list(Stroke)
    return sorted(claims, key=lambda claim: (strokes.index(_stroke(claim, scene)), claim.id))


#: The qualifiers that neither the sentence nor its marks tell.
_MORE = ("when", "likelihood", "credibility", "recorded", "tags", "about")


def _claim(claim: Claim, scene: Scene, line: str | None) -> Mapping[str, Any]:
    facts = scene.facts
    speakers = (claim.source, *(link.speaker for link in claim.said_by))
    links = zip(wording.chain(claim, facts), speakers, strict=True)
    return {
        "sentence": [[p.text, p.role.value, p.thing] for p in wording.phrases(claim, facts)],
        "modality": wording.modality_text(claim),
        "condition": [claim.condition, facts.name(claim.condition)] if claim.condition else None,
        "degree": claim.degree,
        "standing": wording.standing(claim, scene),
        "stroke": _stroke(claim, scene).value,
        "denied": claim.is_denied,
        "disputes": list(scene.disputes.get(claim.id, ())),
        "chain": [[words, speaker] for words, speaker in reversed(list(links))],
        "passages": [wording.passage_text(passage, facts) for passage in claim.passages],
        "parts": list(dict.fromkeys(passage.part for passage in claim.passages)),
        "more": [[w, v] for w, v in wording.qualifiers(claim, facts) if w in _MORE],
        "note": claim.note,
        "fact": claim.fact,
        "line": line,
        "subject": claim.subject,
    }


def _things(
    claims: tuple[Claim, ...], nodes: Iterable[Node], facts: FactSet
) -> Mapping[str, Mapping[str, Any]]:
    """Everything that the claims name, with the parts that it plays in them."""
    drawn = {node.thing for node in nodes}
    parts: dict[str, dict[str, list[str]]] = {thing: {} for thing in drawn}
    for claim in claims:
        for part, thing in _parts(claim, facts):
            listed = parts.setdefault(thing, {}).setdefault(part, [])
            if claim.id not in listed:
                listed.append(claim.id)
    found = {}
    for thing in sorted(parts):
        known = facts.entities.get(thing) or facts.sources.get(thing)
        if known is not None:
            roles = [[part, parts[thing][part]] for part in _PARTS if part in parts[thing]]
            found[thing] = {**_about(known, facts), "drawn": thing in drawn, "parts": roles}
    return found


_PARTS = (
    "What it is said to do or be",
    "What is said to be done to it",
    "What it says, or is said through it",
    "What hangs on it",
    "Where it is named besides",
)


def _parts(claim: Claim, facts: FactSet) -> Iterator[tuple[str, str]]:
    yield _PARTS[0], claim.subject
    if isinstance(claim.object, str):
        yield _PARTS[1], claim.object
    for voice in (claim.source, *claim.speakers):
        yield _PARTS[2], voice
        source = facts.sources.get(voice)
        if source and source.publisher:
            yield _PARTS[2], source.publisher
    if claim.condition:
        yield _PARTS[3], claim.condition
    for thing in (*claim.against, *claim.about, *((claim.place,) if claim.place else ())):
        yield _PARTS[4], thing


def _about(known: Entity | Source, facts: FactSet) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "name": known.name,
        "type": _type_label(known.type, facts),
        "group": facts.vocabulary.kind(known.type),
        "description": known.description,
        "note": known.note,
    }
    if isinstance(known, Source):
        return {**found, "rows": [[word, text, url] for word, text, url in _source(known, facts)]}
    return {
        **found,
        "aliases": list(known.aliases),
        "rows": [[word, text, url] for word, text, url in _entity(known, facts)],
    }


def _entity(entity: Entity, facts: FactSet) -> Iterator[tuple[str, str, str | None]]:
    if entity.aliases:
        yield "also", ", ".join(entity.aliases), None
    for language, name in entity.labels:
        yield language, name, None
    for scheme_id, code in entity.codes:
        scheme = facts.vocabulary.schemes.get(scheme_id)
        url = scheme.url.replace("{}", code) if scheme and scheme.url else None
        yield (scheme.label if scheme else scheme_id), code, url
    for other in entity.close_match:
        yield "nearly the same as", facts.name(other), None


def _source(source: Source, facts: FactSet) -> Iterator[tuple[str, str, str | None]]:
    for word, text in (
        ("published by", facts.name(source.publisher) if source.publisher else None),
        ("published", source.published_text),
        ("by", source.author),
        ("based on", "; ".join(facts.name(other) for other in source.based_on)),
        ("reliability", source.reliability),
        ("language", source.language),
        ("retrieved", source.retrieved),
    ):
        if text:
            yield word, text, None
    for word, url in (("address", source.url), ("archived at", source.archived)):
        if url:
            yield word, url, url


def _type_label(type_id: str, facts: FactSet) -> str:
    found = facts.vocabulary.types.get(type_id)
    return found.label if found else type_id


Kind = TypeVar("Kind", bound=StrEnum)


def _counted(kinds: type[Kind], found: Iterable[Kind]) -> Mapping[Kind, int]:
    counts = Counter(found)
    return {kind: counts[kind] for kind in kinds if counts[kind]}
