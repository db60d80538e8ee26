"""The lines of a picture: all claims from one thing to another that stand alike make one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kg import wording
from kg.model.facts import Claim, Modality
from kg.model.vocabulary import Relation
from kg.scene import Scene
from kg.view.labels import in_lines


class Stroke(StrEnum):
    """The dashes of a line, by how its claims are put. A denial is crossed besides."""

    ACTUAL = "actual"  #: stated as so, and in force
    PLANNED = "planned"  #: intended, wished or expected, or so in one case only
    SUPPOSED = "supposed"  #: considered or hypothetical
    OUTSIDE = (
        "outside"  #: stated as so, but not in force: its time, its speakers, taken for granted
    )


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
    holds: bool  #: in force; what is not is drawn pale and thin
    denied: bool
    disputed: bool  #: another claim in force says the opposite
    tone: Tone
    both_ways: bool
    claims: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]  #: of each claim what it says is done, in lines
    bend: float  #: how far it bows out, so that parallel lines stay apart


def stroke_of(claim: Claim, scene: Scene) -> Stroke:
    """How the line of a claim is dashed; only what is actual and in force is solid."""
    if claim.modality in (Modality.CONSIDERED, Modality.HYPOTHETICAL):
        return Stroke.SUPPOSED
    if claim.modality is not Modality.ACTUAL or claim.conditions:
        return Stroke.PLANNED
    return Stroke.ACTUAL if scene.standings[claim.id].holds else Stroke.OUTSIDE


def tone_of(relations: Iterable[Relation]) -> Tone:
    """What some relations mean for their sides, taken together."""
    signs = {s for r in relations for s in (r.valence.subject, r.valence.object) if s}
    if not signs:
        return Tone.NEITHER
    return Tone.MIXED if len(signs) == 2 else Tone.GOOD if 1 in signs else Tone.BAD


def lines_of(claims: Iterable[Claim], scene: Scene) -> tuple[Line, ...]:
    """A line for each pair of things and each way in which claims about it stand."""
    bundles: dict[_Way, list[Claim]] = {}
    for claim in claims:
        if isinstance(claim.object, str):
            way = _Way(
                claim.subject,
                claim.object,
                not scene.standings[claim.id].holds,
                stroke_of(claim, scene),
                claim.is_denied,
            )
            bundles.setdefault(way, []).append(claim)
    found: list[Line] = []
    beside: Counter[tuple[str, str]] = Counter()
    for way in sorted(bundles):
        beside[way.subject, way.object] += 1
        bend = 0.14 * beside[way.subject, way.object]
        found.append(_line(way, bundles[way], f"l{len(found)}", bend, scene))
    return tuple(found)


class _Way(NamedTuple):
    subject: str
    object: str
    is_idle: bool
    stroke: Stroke
    denied: bool


def _line(way: _Way, bundle: list[Claim], id_: str, bend: float, scene: Scene) -> Line:
    facts = scene.facts
    relations = [facts.vocabulary.relations[claim.relation] for claim in bundle]
    return Line(
        id=id_,
        subject=way.subject,
        object=way.object,
        stroke=way.stroke,
        holds=not way.is_idle,
        denied=way.denied,
        disputed=any(claim.id in scene.disputes for claim in bundle),
        tone=tone_of(relations),
        both_ways=all(relation.symmetric for relation in relations),
        claims=tuple(claim.id for claim in bundle),
        words=tuple(in_lines(wording.verb_text(claim, facts), 26, 3) for claim in bundle),
        bend=round(bend, 2),
    )
