"""The claims of a picture, each as it is drawn: of one scene, or of two that are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kg import wording
from kg.compare import Change, ClaimChange, Comparison, EdgeShift
from kg.model.facts import Claim, FactSet
from kg.model.vocabulary import Relation
from kg.network import direct_edges
from kg.scene import Scene


class Fate(StrEnum):
    """What becomes of a claim, or of all that a line stands for, from one scene to the other."""

    GAINED = "gained"  #: in force in the second alone
    LOST = "lost"  #: in force in the first alone
    REGROUNDED = "regrounded"  #: an edge in both, on other claims
    OTHERWISE = "otherwise"  #: says something else, or stands otherwise
    KEPT = "kept"  #: in force in both, the same
    IDLE = "idle"  #: in force in neither, the same


#: Each as a sign and in words.
FATES: Mapping[Fate, tuple[str, str]] = {
    Fate.GAINED: ("+", "gained"),
    Fate.LOST: ("−", "lost"),
    Fate.REGROUNDED: ("~", "rests on other claims"),
    Fate.OTHERWISE: ("~", "changed otherwise"),
    Fate.KEPT: ("=", "kept"),
    Fate.IDLE: ("", "in force in neither"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of a claim between two scenes, and why."""

    fate: Fate
    line: Fate  #: of its line: where it makes a direct edge, that of the edge
    before: str  #: how it stood, in words
    after: str
    #: what happens and what makes the difference: `comes into force: --assume`; else nothing
    words: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A claim as a picture shows it."""

    claim: Claim
    scene: Scene  #: it is drawn as it stands here: of two, where it is in force
    turn: Turn | None = None  #: where two scenes are compared

    @property
    def holds(self) -> bool:
        """Whether the claim is in force, of two scenes in one at least."""
        return self.scene.standings[self.claim.id].holds

    @property
    def is_disputed(self) -> bool:
        """Whether another claim in force denies or disputes it."""
        return self.claim.id in self.scene.disputes

    @property
    def relation(self) -> Relation:
        """What the claim says of its two ends."""
        return self.scene.facts.vocabulary.relations[self.claim.relation]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a picture is made from."""

    facts: FactSet
    seen: tuple[tuple[str, ...], ...]  #: the lens in words; of two scenes that of each
    claims: Mapping[str, Drawn]  #: by their ids
    laid_by: Mapping[str, Drawn]  #: those by whose lines everything has its place
    fates: Mapping[str, Fate]  #: of the things that gain their first ties, or lose all of them


def sight_of(scene: Scene) -> Sight:
    """Each claim of a scene."""
    claims = {id: Drawn(claim, scene) for id, claim in scene.facts.claims.items()}
    return Sight(scene.facts, (scene.words,), claims, claims, {})


def sight_of_both(comparison: Comparison) -> Sight:
    """Each claim of either scene; one that is in both, as it is said after.

    Everything stands where the first scene alone has it.
    """
    before, after = comparison.before, comparison.after
    claims = dict(_drawn_in_both(comparison))
    return Sight(
        facts=_facts_of_both(before.facts, after.facts, claims.values()),
        seen=(before.words, after.words),
        claims=claims,
        laid_by=sight_of(before).claims,
        fates=_fates_of_things(before, after),
    )


def _drawn_in_both(comparison: Comparison) -> Iterator[tuple[str, Drawn]]:
    changes = {change.id: change for change in comparison.claims}
    shifts = {(e.subject, e.relation, e.object): e.shift for e in comparison.edges}
    for id in sorted({*comparison.before.facts.claims, *comparison.after.facts.claims}):
        yield id, _drawn(id, comparison, changes.get(id), shifts)


def _facts_of_both(before: FactSet, after: FactSet, claims: Iterable[Drawn]) -> FactSet:
    if before is after:
        return after
    old, new = before.vocabulary, after.vocabulary
    return replace(
        after,
        vocabulary=replace(
            new,
            types={**old.types, **new.types},
            relations={**old.relations, **new.relations},
        ),
        entities={**before.entities, **after.entities},
        sources={**before.sources, **after.sources},
        claims={drawn.claim.id: drawn.claim for drawn in claims},
    )


def _fates_of_things(before: Scene, after: Scene) -> Mapping[str, Fate]:
    old, new = (
        {end for edge in direct_edges(scene) for end in (edge.subject, edge.object)}
        for scene in (before, after)
    )
    return dict.fromkeys(new - old, Fate.GAINED) | dict.fromkeys(old - new, Fate.LOST)


_CLAIM_FATES: Mapping[Change, Fate] = {Change.GAINED: Fate.GAINED, Change.LOST: Fate.LOST}
_EDGE_FATES: Mapping[EdgeShift, Fate] = {
    EdgeShift.GAINED: Fate.GAINED,
    EdgeShift.LOST: Fate.LOST,
    EdgeShift.REWEIGHTED: Fate.REGROUNDED,
}


def _drawn(
    id: str,
    comparison: Comparison,
    change: ClaimChange | None,
    shifts: Mapping[tuple[str, str, str], EdgeShift],
) -> Drawn:
    if change is None:
        scene, claim = comparison.after, comparison.after.facts.claims[id]
        fate = Fate.KEPT if scene.standings[id].holds else Fate.IDLE
    else:
        is_past = change.change in (Change.LOST, Change.REMOVED)
        scene = comparison.before if is_past else comparison.after
        claim = scene.facts.claims[id]
        fate = _CLAIM_FATES.get(change.change, Fate.OTHERWISE)
    line = fate
    if scene.standings[id].holds and not claim.is_denied:
        shift = shifts.get((claim.subject, claim.relation, str(claim.object)))
        line = fate if shift is None else _EDGE_FATES[shift]
    return Drawn(claim, scene, _turn(fate, line, change, wording.standing(claim, scene)))


def _turn(fate: Fate, line: Fate, change: ClaimChange | None, standing: str) -> Turn:
    if change is None:
        return Turn(fate, line, standing, standing, "")
    why = "; ".join(change.reasons)
    return Turn(
        fate,
        line,
        before=change.standing_before or "not there",
        after=change.standing_after or "gone",
        words=f"{change.change}: {why}" if why else str(change.change),
    )
