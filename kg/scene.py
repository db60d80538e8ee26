"""A scene: the facts as seen through a lens, each claim with how it stands.

Everything that kg draws, counts or answers starts from a scene.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.conflicts import Conflict, conflicts
from kg.lens import Lens
from kg.marking import release
from kg.model.dials import Certainty, Decisions, Inference
from kg.model.facts import UNKNOWN, Claim, FactSet
from kg.model.interval import FUTURE, Interval, on
from kg.standing import Reason, Standing, judge
from kg.voices import in_headline_alone


@dataclass(frozen=True)
class Scene:
    """The facts as seen through a lens."""

    facts: FactSet
    lens: Lens
    as_of: Interval
    standings: Mapping[str, Standing]

    @cached_property
    def in_force(self) -> tuple[Claim, ...]:
        """The claims that hold, affirmed and denied."""
        return tuple(c for c in self.facts.claims.values() if self.standings[c.id].holds)

    @cached_property
    def edges(self) -> tuple[Claim, ...]:
        """The claims that are direct edges: affirmed and in force, and no others."""
        return tuple(claim for claim in self.in_force if not claim.is_denied)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """All pairs of claims that conflict, in force or not: what was corrected is not."""
        return conflicts(self.facts)

    @cached_property
    def conflicts_of(self) -> Mapping[str, tuple[Conflict, ...]]:
        """Those that each claim is one of."""
        found: dict[str, list[Conflict]] = {}
        for conflict in self.conflicts:
            for id in (conflict.claim, conflict.other):
                found.setdefault(id, []).append(conflict)
        return {id: tuple(own) for id, own in found.items()}

    @cached_property
    def disputes(self) -> Mapping[str, tuple[str, ...]]:
        """The claims in force that deny or dispute one in force, by its id; both stand."""
        found: dict[str, set[str]] = {}
        for conflict in self.conflicts:
            pair = (conflict.claim, conflict.other)
            if conflict.ground.is_disputed and all(self.standings[id].holds for id in pair):
                found.setdefault(conflict.claim, set()).add(conflict.other)
                found.setdefault(conflict.other, set()).add(conflict.claim)
        return {id: tuple(sorted(others)) for id, others in found.items()}

    @cached_property
    def in_headline_alone(self) -> frozenset[str]:
        """The ids of the claims that a headline makes and its body does not."""
        return frozenset(claim.id for claim in in_headline_alone(self.facts))

    @cached_property
    def left_out(self) -> Mapping[Reason, int]:
        """How many claims do not hold, by reason."""
        counts = Counter(s.reason for s in self.standings.values() if s.reason is not None)
        return {reason: counts[reason] for reason in Reason if counts[reason]}

    @property
    def words(self) -> tuple[str, ...]:
        """The lens in words, dial by dial."""
        return tuple(_words(self))

    def describe(self) -> str:
        """The lens in words, for every output that was made with it."""
        return "; ".join(self.words)


def look(facts: FactSet, lens: Lens) -> Scene:
    """The facts as seen through `lens`; what its marking forbids to read is not in the scene."""
    if lens.marking is not None:
        facts = release(facts, lens.marking)
    as_of = lens.as_of or default_as_of(facts)
    return Scene(facts, lens, as_of, judge(facts, lens, as_of))


def default_as_of(facts: FactSet) -> Interval:
    """The last day of the newest source's date; the end of time where no source has a date."""
    dates = [source.published.latest for source in facts.sources.values() if source.published]
    return on(max(dates, default=FUTURE))


def _words(scene: Scene) -> Iterator[str]:
    lens, facts = scene.lens, scene.facts
    if lens.as_of is None and scene.as_of.end.latest == FUTURE:
        why = "no source has a date" if facts.sources else "there is no source"
        yield f"as of the end of time ({why})"
    else:
        yield f"as of {scene.as_of.text}" + ("" if lens.as_of else " (the newest source)")
    if lens.according_to:
        yield "according to " + " or ".join(voice_name(each, facts) for each in lens.according_to)
    if lens.without:
        yield "without " + ", ".join(voice_name(each, facts) for each in lens.without)
    for words, is_ruled_out in (("assuming ", False), ("ruling out ", True)):
        named = [
            voice_name(c.scenario, facts) for c in lens.assume if c.is_ruled_out is is_ruled_out
        ]
        if named:
            yield words + " and ".join(named)
    if lens.credibility is not None:
        yield f"credibility {lens.credibility} or better"
    if lens.reliability is not None:
        yield f"reliability {lens.reliability} or better"
    if lens.likelihood is not None:
        yield f"{lens.likelihood} or likelier"
    yield "claims stated as " + " or ".join(lens.modality)
    if lens.certainty is Certainty.CERTAIN:
        yield "certain only"
    if lens.decisions is Decisions.IGNORED and scene.facts.decisions:
        yield "the curator's decisions ignored"
    if lens.inference is Inference.OFF:
        yield "nothing inferred"
    if lens.marking is not None:
        yield f"marked TLP:{lens.marking}" + (" or milder" if lens.marking != "CLEAR" else "")


def voice_name(token: str, facts: FactSet) -> str:
    """Voices as one names them: a thing, a group of `kg.yaml`, all of a type."""
    if token == UNKNOWN:
        return "anybody not named"
    if token in facts.vocabulary.types:
        return f"any {facts.vocabulary.types[token].label}"
    if token in facts.profile.groups:
        return f"the group {token}"
    is_shown = token in facts.entities or token in facts.sources
    return facts.name(token) if is_shown else "what is marked above what is shown here"
