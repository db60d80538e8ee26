"""Edges that follow from direct edges, by what the ontology declares of relations.

A relation that refines another implies it, an inverse says the same from the object's side, and a
chain leads from one edge over the next to a third: who leads what governs a state speaks for it.
These are the rules prp-spo1, prp-symp, prp-inv1, prp-inv2 and prp-spo2 of OWL 2 RL, held to time:
what is so in 2019 and what is so in 2023 make no chain, though a lens may look at both.

An inferred edge is nobody's claim. It knows the claims that it comes from, is as good as the
weakest of them, and no measure counts it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from kg.model.dials import Certainty, Inference
from kg.model.facts import (
    CREDIBILITIES,
    LIKELIHOODS,
    RELIABILITIES,
    Claim,
    Literal,
    Modality,
    directions,
)
from kg.model.interval import FUTURE
from kg.model.vocabulary import Vocabulary
from kg.scene import Scene
from kg.validity import is_event, validity
from kg.voices import weakest_reliability


class Entailment(StrEnum):
    """Why an edge follows."""

    SUB_RELATION = "sub-relation"  #: a relation that refines this one
    SYMMETRIC = "symmetric"  #: the relation holds both ways
    INVERSE = "inverse"  #: the inverse relation, from the object's side
    CHAIN = "chain"  #: edges one after the other, as the ontology declares


#: Subject, relation and object of an edge.
Triple = tuple[str, str, str | Literal]

#: A rule with the edges that it takes.
Step = tuple[Entailment, tuple[Triple, ...]]


@dataclass(frozen=True, slots=True)
class Inferred:
    """An edge that no claim makes and that follows from some.

    A derivation is as good as the weakest edge that it takes, and not judged where one of these is
    not. Each weight is the best that any derivation has on that scale.
    """

    subject: str
    relation: str
    object: str | Literal
    claims: tuple[str, ...]  #: all that it can be inferred from
    rules: tuple[Entailment, ...]  #: by which its last step can be made
    steps: tuple[Step, ...]  #: its last step, in each way in which it can be made
    certain: bool  #: it follows from what is certain on the date of the lens
    disputed: bool  #: something that it follows from is, or a claim in force denies it
    credibility: int | None
    reliability: str | None
    likelihood: str | None

    @property
    def is_wider(self) -> bool:
        """Whether it only tells less of what an edge between the same two tells already."""
        tells = {Entailment.CHAIN, Entailment.INVERSE}
        return self.subject == self.object or tells.isdisjoint(self.rules)


def derive(scene: Scene) -> tuple[Inferred, ...]:
    """The edges that follow from the direct edges of `scene`, in order; none if it asks for none.

    What is a direct edge already is not inferred once more.
    """
    if scene.lens.inference is Inference.OFF:
        return ()
    asserted = _asserted(scene)
    closure = _Closure(scene.facts.vocabulary)
    for triple, claims in asserted.items():
        closure.add(triple, _times(claims, scene))
    closure.close()
    steps = {t: s for t, s in closure.steps.items() if t not in asserted}
    evidence = _evidence(asserted, steps, scene)
    denied = _denied(scene)
    found = (
        _inferred(triple, steps[triple], closure.times[triple], evidence[triple], denied, scene)
        for triple in sorted(steps, key=_order)
    )
    only_certain = scene.lens.certainty is Certainty.CERTAIN
    return tuple(each for each in found if each.certain or not only_certain)


def _order(triple: Triple) -> tuple[str, ...]:
    subject, relation, object_ = triple
    if isinstance(object_, Literal):
        return subject, relation, object_.text, object_.kind
    return subject, relation, object_, ""


def _step_order(step: Step) -> tuple[str, list[tuple[str, ...]]]:
    rule, taken = step
    return rule, [_order(triple) for triple in taken]


def _asserted(scene: Scene) -> Mapping[Triple, list[Claim]]:
    """The direct edges with their claims; a symmetric relation makes one each way."""
    found: dict[Triple, list[Claim]] = {}
    for claim in scene.edges:
        for subject, object_ in directions(claim, scene.facts.vocabulary):
            found.setdefault((subject, claim.relation, object_), []).append(claim)
    return found


def _denied(scene: Scene) -> Mapping[Triple, set[Modality]]:
    """What claims in force deny, and in which modalities; a denial of a degree leaves the rest."""
    found: dict[Triple, set[Modality]] = {}
    for claim in scene.in_force:
        if claim.is_denied and claim.degree is None:
            for subject, object_ in directions(claim, scene.facts.vocabulary):
                found.setdefault((subject, claim.relation, object_), set()).add(claim.modality)
    return found


# -- when ---------------------------------------------------------------------------------------

#: Days from one to another, both included; several are apart from one another and in order.
_Spans = tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class _Times:
    """When an edge may be there, within what the lens looks at, and when it certainly is."""

    possible: _Spans
    certain: _Spans
    is_certain: bool  #: at some time, though it may not be known at which

    def __or__(self, other: _Times) -> _Times:
        if other is self:
            return self
        return _Times(
            _union(self.possible, other.possible),
            _union(self.certain, other.certain),
            self.is_certain or other.is_certain,
        )

    def __and__(self, other: _Times) -> _Times:
        if other is self:
            return self
        certain = _intersection(self.certain, other.certain)
        return _Times(_intersection(self.possible, other.possible), certain, bool(certain))


def _times(claims: Iterable[Claim], scene: Scene) -> _Times:
    """When one of some claims in force holds; what has happened has so ever after."""
    first, last = scene.as_of.start.earliest, scene.as_of.end.latest
    if first == last:  # then all of it is so on that day
        return _on(first, any(scene.standings[claim.id].certain for claim in claims))
    window = ((first, last),)
    possible: list[tuple[date, date]] = []
    certain: list[tuple[date, date]] = []
    for claim in claims:
        when = validity(claim, scene.facts)
        lasts = is_event(claim, scene.facts)
        possible.append((when.start.earliest, FUTURE if lasts else when.end.latest))
        end = FUTURE if lasts else when.certain_end
        if when.certain_start <= end:
            certain.append((when.certain_start, end))
    is_certain = any(scene.standings[claim.id].certain for claim in claims)
    return _Times(
        _intersection(_union(possible), window), _intersection(_union(certain), window), is_certain
    )


@lru_cache(maxsize=2)
def _on(day: date, is_certain: bool) -> _Times:
    span = ((day, day),)
    return _Times(span, span if is_certain else (), is_certain)


def _union(*spans: Sequence[tuple[date, date]]) -> _Spans:
    found: list[tuple[date, date]] = []
    for start, end in sorted(span for some in spans for span in some):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _intersection(some: _Spans, others: _Spans) -> _Spans:
    pairs = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return tuple(sorted((start, end) for start, end in pairs if start <= end))


# -- what follows -------------------------------------------------------------------------------


class _Closure:
    """All edges that follow from those added, each with its steps and when it is there."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.times: dict[Triple, _Times] = {}
        self.steps: dict[Triple, set[Step]] = {}
        self._vocabulary = vocabulary
        self._ahead: deque[Triple] = deque()
        self._objects: dict[tuple[str, str], dict[str, None]] = {}
        self._subjects: dict[tuple[str, str], dict[str, None]] = {}
        self._inverses: dict[str, set[str]] = {}
        self._chains: dict[str, list[tuple[str, tuple[str, ...], int]]] = {}
        #: edges that do not only follow from a chain of their own relation
        self._base: set[Triple] = set()
        for relation in vocabulary.relations.values():
            if relation.inverse is not None:
                self._inverses.setdefault(relation.id, set()).add(relation.inverse)
                self._inverses.setdefault(relation.inverse, set()).add(relation.id)
            for chain in relation.chains:
                for place, link in enumerate(chain):
                    self._chains.setdefault(link, []).append((relation.id, chain, place))

    def add(self, triple: Triple, times: _Times, *, is_base: bool = True) -> None:
        """Notes that an edge is there at some times, besides those that are known."""
        known = self.times.get(triple)
        if is_base and triple not in self._base:
            self._base.add(triple)
            if known is not None:
                self._ahead.append(triple)
        merged = times if known is None else known | times
        if merged is known or merged == known:
            return
        self.times[triple] = merged
        self._ahead.append(triple)
        subject, relation, object_ = triple
        if known is None and isinstance(object_, str):
            self._objects.setdefault((subject, relation), {})[object_] = None
            self._subjects.setdefault((object_, relation), {})[subject] = None

    def close(self) -> None:
        """Follows every rule until nothing new comes of it."""
        while self._ahead:
            for conclusion, rule, premises in [*self._follow(self._ahead.popleft())]:
                times = self.times[premises[0]]
                for premise in premises[1:]:
                    times &= self.times[premise]
                if times.possible:
                    self.steps.setdefault(conclusion, set()).add((rule, premises))
                    is_base = not _is_transitive(conclusion, premises)
                    is_base = is_base and self._base.issuperset(premises)
                    self.add(conclusion, times, is_base=is_base)

    def _follow(self, triple: Triple) -> Iterator[tuple[Triple, Entailment, tuple[Triple, ...]]]:
        """What follows from an edge, by itself or with others."""
        subject, name, object_ = triple
        relation = self._vocabulary.relations[name]
        if relation.parent is not None:
            yield (subject, relation.parent, object_), Entailment.SUB_RELATION, (triple,)
        if not isinstance(object_, str):
            return
        if relation.symmetric and subject != object_:
            yield (object_, name, subject), Entailment.SYMMETRIC, (triple,)
        for inverse in sorted(self._inverses.get(name, ())):
            yield (object_, inverse, subject), Entailment.INVERSE, (triple,)
        for result, chain, place in self._chains.get(name, ()):
            for before in self._leading_to(subject, chain[:place]):
                for after in self._leading_from(object_, chain[place + 1 :]):
                    path = (*before, triple, *after)
                    conclusion = (path[0][0], result, path[-1][2])
                    # One edge at a time reaches all that transitivity does, in far fewer steps.
                    if path[0] in self._base or not _is_transitive(conclusion, path):
                        yield conclusion, Entailment.CHAIN, path

    def _leading_to(self, end: str, links: tuple[str, ...]) -> Iterator[tuple[Triple, ...]]:
        if not links:
            yield ()
            return
        for subject in tuple(self._subjects.get((end, links[-1]), ())):
            for before in self._leading_to(subject, links[:-1]):
                yield (*before, (subject, links[-1], end))

    def _leading_from(self, start: str, links: tuple[str, ...]) -> Iterator[tuple[Triple, ...]]:
        if not links:
            yield ()
            return
        for object_ in tuple(self._objects.get((start, links[0]), ())):
            for after in self._leading_from(object_, links[1:]):
                yield ((start, links[0], object_), *after)


def _is_transitive(conclusion: Triple, premises: tuple[Triple, ...]) -> bool:
    """Whether a step only joins two edges of a relation into one of the same."""
    return len(premises) == 2 and {conclusion[1]} == {relation for _, relation, _ in premises}


# -- how good it is -----------------------------------------------------------------------------


_LIKELIEST_FIRST = tuple(LIKELIHOODS)[::-1]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What is behind an edge, and the places of its weights on their scales, the best being 0."""

    claims: frozenset[str]
    disputed: bool
    places: tuple[int | None, ...]  #: credibility, reliability, likelihood; None if not judged


def _evidence(
    asserted: Mapping[Triple, list[Claim]], steps: Mapping[Triple, set[Step]], scene: Scene
) -> Mapping[Triple, _Evidence]:
    """The evidence of every edge: what grows step by step until nothing changes any more."""
    found = {triple: _evidence_of(claims, scene) for triple, claims in asserted.items()}
    nothing = _Evidence(frozenset(), False, (None, None, None))
    changed = True
    while changed:
        changed = False
        for triple, ways in steps.items():
            each = [_weakest([found.get(t, nothing) for t in taken]) for _, taken in ways]
            best = _best(each)
            known = found.get(triple)
            if best is not known and best != known:
                found[triple], changed = best, True
    return found


def _evidence_of(claims: Iterable[Claim], scene: Scene) -> _Evidence:
    return _best(
        [
            _Evidence(
                frozenset([claim.id]),
                claim.id in scene.disputes,
                (
                    _place(claim.credibility, CREDIBILITIES[:-1]),
                    _place(weakest_reliability(claim, scene.facts), RELIABILITIES[:-1]),
                    _place(claim.likelihood, _LIKELIEST_FIRST),
                ),
            )
            for claim in claims
        ]
    )


def _place(judged: int | str | None, scale: Sequence[int | str]) -> int | None:
    """Where a judgement stands on its scale; what cannot be judged is not on it."""
    return scale.index(judged) if judged in scale else None


def _best(each: Sequence[_Evidence]) -> _Evidence:
    if len(each) == 1:
        return each[0]
    return _combined(each, lambda places: min((p for p in places if p is not None), default=None))


def _weakest(each: Sequence[_Evidence]) -> _Evidence:
    if len(each) == 1:
        return each[0]
    return _combined(each, _worst)


def _worst(places: Sequence[int | None]) -> int | None:
    judged = [place for place in places if place is not None]
    return max(judged) if len(judged) == len(places) else None


def _combined(
    each: Sequence[_Evidence], choose: Callable[[Sequence[int | None]], int | None]
) -> _Evidence:
    return _Evidence(
        frozenset().union(*(some.claims for some in each)),
        any(some.disputed for some in each),
        tuple(map(choose, zip(*(some.places for some in each), strict=True))),
    )


def _inferred(
    triple: Triple,
    steps: Iterable[Step],
    times: _Times,
    evidence: _Evidence,
    denied: Mapping[Triple, set[Modality]],
    scene: Scene,
) -> Inferred:
    claims = [scene.facts.claims[id] for id in sorted(evidence.claims)]
    modalities = {claim.modality for claim in claims}
    credibility, reliability, likelihood = evidence.places
    return Inferred(
        *triple,
        claims=tuple(claim.id for claim in claims),
        rules=tuple(sorted({rule for rule, _ in steps})),
        steps=tuple(sorted(steps, key=_step_order)),
        certain=times.is_certain,
        disputed=evidence.disputed or not modalities.isdisjoint(denied.get(triple, ())),
        credibility=None if credibility is None else CREDIBILITIES[credibility],
        reliability=None if reliability is None else RELIABILITIES[reliability],
        likelihood=None if likelihood is None else _LIKELIEST_FIRST[likelihood],
    )
