"""The lines of a picture that nobody claims: they follow from claims that it shows.

Only what follows from several edges, or from the other side of one, is drawn. What follows because
a relation refines another, or holds both ways, would only double the line that it follows from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.derive import Entailment, Inferred, Step, derive
from kg.model.facts import FactSet, Literal
from kg.network import direct_edges
from kg.scene import Scene
from kg.view.labels import in_lines
from kg.view.lines import BOW, Line, Tone, tone_of

_Triple = tuple[str, str, str | Literal]  # subject, relation and object

#: The edges that an inferred one takes, each as the claims behind it: one of each will do.
Way = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class InferredLine:
    """An edge that follows from claims. It is no tie, and nothing counts it."""

    id: str  #: as in the exports: subject, relation and object
    subject: str
    object: str
    relation: str
    label: str  #: what its relation says is done
    rule: str  #: why it follows, in words
    tone: Tone
    both_ways: bool
    certain: bool
    disputed: bool
    weights: tuple[tuple[str, str], ...]  #: of the weakest claim that it takes, where judged
    ways: tuple[Way, ...]  #: in which it follows: it is there as long as one of them is open
    words: tuple[str, ...]  #: the label in lines
    bend: float

    @property
    def claims(self) -> tuple[str, ...]:
        """What it comes from, in order of the ids."""
        return tuple(sorted({id for way in self.ways for edge in way for id in edge}))


def inferred_lines(
    scene: Scene, shown: Mapping[str, object], lines: Sequence[Line]
) -> tuple[InferredLine, ...]:
    """What follows from the claims that a picture shows, bowed out beyond its `lines`."""
    found = derive(scene)
    behind = _behind(scene, found, shown)
    bends = {(line.subject, line.object): line.bend for line in lines}  # the outermost comes last
    drawn: dict[_Triple, InferredLine] = {}
    for each in found:
        told = {step: way for step in each.steps if (way := _way(step, behind))}
        is_drawn = (each.object, each.relation, each.subject) in drawn  # it holds both ways
        if told and isinstance(each.object, str) and not is_drawn:
            ends = each.subject, each.object
            bends[ends] = round(bends.get(ends, 0) + BOW, 2)
            drawn[each.subject, each.relation, each.object] = _line(
                each, each.object, told, bends[ends], scene.facts
            )
    return tuple(drawn.values())


def _behind(
    scene: Scene, found: Sequence[Inferred], shown: Mapping[str, object]
) -> Mapping[_Triple, tuple[str, ...]]:
    """Of each edge, direct or inferred, the claims behind it that are shown."""
    claims: dict[_Triple, tuple[str, ...]] = {
        (edge.subject, edge.relation, edge.object): edge.claims for edge in direct_edges(scene)
    }
    claims |= {(each.subject, each.relation, each.object): each.claims for each in found}
    return {triple: tuple(id for id in ids if id in shown) for triple, ids in claims.items()}


def _way(step: Step, behind: Mapping[_Triple, tuple[str, ...]]) -> Way | None:
    """The claims behind what a step takes, if it is one to be drawn and all of it is shown."""
    rule, taken = step
    way = tuple(behind[triple] for triple in taken)
    return way if rule in (Entailment.CHAIN, Entailment.INVERSE) and all(way) else None


def _line(
    each: Inferred, object_: str, told: Mapping[Step, Way], bend: float, facts: FactSet
) -> InferredLine:
    relation = facts.vocabulary.relations[each.relation]
    return InferredLine(
        id=f"{each.subject}--{each.relation}--{object_}",
        subject=each.subject,
        object=object_,
        relation=each.relation,
        label=relation.label,
        rule="; or ".join(dict.fromkeys(_rule_text(step, facts) for step in told)),
        tone=tone_of([relation]),
        both_ways=relation.symmetric,
        certain=each.certain,
        disputed=each.disputed,
        weights=_weights(each),
        ways=tuple(told.values()),
        words=in_lines(relation.label, 26, 3),
        bend=bend,
    )


def _rule_text(step: Step, facts: FactSet) -> str:
    """`leads, then governs`; of the other side of an edge `governs, the other way round`."""
    rule, taken = step
    labels = [facts.vocabulary.relations[relation].label for _, relation, _ in taken]
    return ", then ".join(labels) + (", the other way round" if rule is Entailment.INVERSE else "")


def _weights(each: Inferred) -> tuple[tuple[str, str], ...]:
    judged = {
        "credibility": each.credibility,
        "reliability": each.reliability,
        "likelihood": each.likelihood,
    }
    return tuple((word, str(value)) for word, value in judged.items() if value is not None)
