"""What differs between two scenes: the facts through two lenses, or two states of the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg import wording
from kg.model.facts import Claim
from kg.network import Edge, direct_edges
from kg.scene import Scene
from kg.standing import Reason


class Change(StrEnum):
    """What becomes of a claim from one scene to the other."""

    GAINED = "comes into force"
    LOST = "is no longer in force"
    ADDED = "is new, and not in force"
    REMOVED = "is gone, and was not in force"
    RECAST = "says something else"
    SHIFTED = "stands otherwise"


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim that is not the same in both scenes, or does not stand the same."""

    id: str
    change: Change
    before: Claim | None
    after: Claim | None
    standing_before: str | None  #: in words; None where the claim was not there
    standing_after: str | None
    #: what made the difference: dials that are turned otherwise, keys that say something else
    reasons: tuple[str, ...]


class EdgeShift(StrEnum):
    """What becomes of a direct edge."""

    GAINED = "gained"
    LOST = "lost"
    REWEIGHTED = "rests on other claims"


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """A direct edge that is not in both scenes, or rests on other claims."""

    subject: str
    relation: str
    object: str
    shift: EdgeShift
    claims_before: tuple[str, ...]
    claims_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scenes, and all that differs between them, in order of the ids."""

    before: Scene
    after: Scene
    claims: tuple[ClaimChange, ...]
    edges: tuple[EdgeChange, ...]


def compare(before: Scene, after: Scene) -> Comparison:
    """What differs from `before` to `after`.

    A claim is the same where it has the same id. What is said of both scenes in the same words, and
    stands the same in both, is left out.
    """
    ids = sorted({*before.facts.claims, *after.facts.claims})
    changes = (_claim_change(id, before, after) for id in ids)
    return Comparison(
        before,
        after,
        tuple(change for change in changes if change is not None),
        tuple(_edge_changes(before, after)),
    )


def _claim_change(id: str, before: Scene, after: Scene) -> ClaimChange | None:
    old, new = before.facts.claims.get(id), after.facts.claims.get(id)
    stood = wording.standing(old, before) if old else None
    stands = wording.standing(new, after) if new else None
    held = old is not None and before.standings[id].holds
    holds = new is not None and after.standings[id].holds
    if held != holds:
        change = Change.GAINED if holds else Change.LOST
    elif old is None or new is None:
        change = Change.ADDED if old is None else Change.REMOVED
    elif old != new:
        change = Change.RECAST
    elif stood != stands:
        change = Change.SHIFTED
    else:
        return None
    reasons = tuple(dict.fromkeys(_reasons(id, before, after)))
    return ClaimChange(id, change, old, new, stood, stands, reasons)


def _reasons(id: str, before: Scene, after: Scene) -> Iterator[str]:
    old, new = before.facts.claims.get(id), after.facts.claims.get(id)
    if old is None or new is None:
        if before.lens.marking != after.lens.marking:
            yield "--marking"
        else:
            yield "the claim is new" if old is None else "the claim is gone"
        return
    for key, said, says in _recast(old, new, before, after):
        yield f"{key}: {said or 'not said'} → {says or 'not said'}"
    was, is_ = before.standings[id], after.standings[id]
    kept_out = {was.reason, is_.reason} - {None}
    if was.holds and is_.holds and was.certain != is_.certain:
        kept_out = {Reason.TIME}
    for reason in Reason:
        if reason in kept_out:
            yield from (f"--{dial}" for dial in _turned(reason, before, after))


def _recast(
    old: Claim, new: Claim, before: Scene, after: Scene
) -> Iterator[tuple[str, str | None, str | None]]:
    """What the claim says otherwise: a word for it, and what it said and says."""
    if old == new:
        return
    was, is_ = _told(old, before), _told(new, after)
    for key in {**was, **is_}:
        if was.get(key) != is_.get(key):
            yield key, was.get(key), is_.get(key)


def _told(claim: Claim, scene: Scene) -> Mapping[str, str]:
    facts = scene.facts
    return {
        "says": wording.sentence(claim, facts),
        "said by": wording.said_by_sentence(claim, facts),
        "passage": "; ".join(wording.passage_text(passage, facts) for passage in claim.passages),
        **dict(wording.qualifiers(claim, facts)),
    }


#: The dials that decide who is heard, on whom it hangs what takes the place of what.
_VOICED = ("according_to", "without", "credibility", "reliability", "likelihood")

#: The dials that decide whether a claim is kept out for a reason.
DIALS_OF: Mapping[Reason, tuple[str, ...]] = {
    Reason.SPEAKER: ("according_to",),
    Reason.WITHOUT: ("without",),
    Reason.CREDIBILITY: ("credibility",),
    Reason.RELIABILITY: ("reliability",),
    Reason.LIKELIHOOD: ("likelihood",),
    Reason.SUPERSEDED: _VOICED,
    Reason.DEPRECATED: ("decisions",),
    Reason.OUTRANKED: ("decisions", *_VOICED),
    Reason.CONDITION: ("assume",),
    Reason.RULED_OUT: ("assume",),
    Reason.MODALITY: ("modality", "assume"),
    Reason.TIME: ("as_of",),
    Reason.CERTAINTY: ("certainty", "as_of"),
}


def _turned(reason: Reason, before: Scene, after: Scene) -> Iterator[str]:
    """The dials behind a reason that the two lenses turn otherwise."""
    for dial in DIALS_OF.get(reason, ()):
        if dial == "as_of":
            differ = before.as_of.text != after.as_of.text
        else:
            differ = getattr(before.lens, dial) != getattr(after.lens, dial)
        if differ:
            yield dial.replace("_", "-")


def _edge_changes(before: Scene, after: Scene) -> Iterator[EdgeChange]:
    old, new = _by_triple(before), _by_triple(after)
    for triple in sorted({*old, *new}):
        was, is_ = old.get(triple), new.get(triple)
        claims = was.claims if was else ()
        others = is_.claims if is_ else ()
        if claims != others:
            shift = EdgeShift.REWEIGHTED
            if was is None or is_ is None:
                shift = EdgeShift.GAINED if was is None else EdgeShift.LOST
            yield EdgeChange(*triple, shift, claims, others)


def _by_triple(scene: Scene) -> Mapping[tuple[str, str, str], Edge]:
    return {(edge.subject, edge.relation, edge.object): edge for edge in direct_edges(scene)}
