"""The lines of a picture: all claims from one thing to another that stand alike make one.

Where two scenes are compared, what becomes of them has to be alike, too.
"""

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
from kg.view.drawn import Drawn, Fate
from kg.view.labels import in_lines

#: How far each further line between two things bows out, as a share of its length.
BOW = 0.14


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
    disputed: bool  #: another claim in force denies or disputes one of its own
    tone: Tone
    both_ways: bool
    claims: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]  #: of each claim what it says is done, in lines
    bend: float  #: how far it bows out, so that parallel lines stay apart
    fate: Fate | None  #: what becomes of it, where two scenes are compared

    @property
    def is_tie(self) -> bool:
        """Whether it stands for direct edges; a denial in force, and what is not, does not."""
        return self.holds and not self.denied


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


_EFFECTS = {
    Tone.GOOD: ("helps", "help denied"),
    Tone.BAD: ("hurts", "harm denied"),
    Tone.MIXED: ("helps and hurts", "help and harm denied"),
    Tone.NEITHER: ("", ""),
}


def effect_text(tone: Tone, is_denied: bool) -> str:
    """What a claim of a tone says is done to its sides, or is not, if anything, in a word."""
    return _EFFECTS[tone][is_denied]


def lines_of(claims: Iterable[Drawn]) -> tuple[Line, ...]:
    """A line for each pair of things and each way in which claims about it stand."""
    bundles: dict[_Way, list[Drawn]] = {}
    for drawn in claims:
        claim = drawn.claim
        if isinstance(claim.object, str):
            way = _Way(
                claim.subject,
                claim.object,
                not drawn.holds,
                stroke_of(claim, drawn.scene),
                claim.is_denied,
                drawn.turn.line if drawn.turn else None,
            )
            bundles.setdefault(way, []).append(drawn)
    found: list[Line] = []
    beside: Counter[tuple[str, str]] = Counter()
    for way in sorted(bundles):
        beside[way.subject, way.object] += 1
        bend = BOW * beside[way.subject, way.object]
        found.append(_line(way, bundles[way], f"l{len(found)}", bend))
    return tuple(found)


class _Way(NamedTuple):
    subject: str
    object: str
    is_idle: bool
    stroke: Stroke
    denied: bool
    fate: Fate | None


def _line(way: _Way, bundle: list[Drawn], id_: str, bend: float) -> Line:
    relations = [drawn.relation for drawn in bundle]
    return Line(
        id=id_,
        subject=way.subject,
        object=way.object,
        stroke=way.stroke,
        holds=not way.is_idle,
        denied=way.denied,
        disputed=any(drawn.is_disputed for drawn in bundle),
        tone=tone_of(relations),
        both_ways=all(relation.symmetric for relation in relations),
        claims=tuple(drawn.claim.id for drawn in bundle),
        words=tuple(_words(drawn) for drawn in bundle),
        bend=round(bend, 2),
        fate=way.fate,
    )


def _words(drawn: Drawn) -> tuple[str, ...]:
    return in_lines(wording.verb_text(drawn.claim, drawn.scene.facts), 26, 3)
