"""What is said of claims that conflict: what is open, and what was settled by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg import wording
from kg.conflicts import Conflict, Ground, is_decided
from kg.findings.statements import Statement, Topic, statement
from kg.model.dials import Decisions
from kg.model.facts import Claim, Decision, Rank
from kg.scene import Scene
from kg.standing import Reason

_MOST = 6  #: statements under a heading

#: What leads from one claim to another that it conflicts with.
_BUT: Mapping[Ground, str] = {
    Ground.OPPOSED: "and yet",
    Ground.AMOUNT: "but another amount",
    Ground.TIME: "but another time",
    Ground.DISPUTED: "which disputes",
    Ground.CORRECTED: "which corrects",
    Ground.REPLACED: "which replaces",
}

_RANKED = {Rank.PREFERRED: "prefers", Rank.DEPRECATED: "sets aside"}


def in_dispute(claims: Iterable[Claim], scene: Scene) -> Topic:
    """Claims that conflict, both in force, and nobody decided between them."""
    ids = {claim.id for claim in claims}
    found = (c for c in scene.conflicts if {c.claim, c.other} <= ids and _is_open(c, scene))
    return _topic("In dispute", _told(found, scene))


def settled(scene: Scene) -> Topic:
    """What the curator decided, if that is followed, and claims that others supersede."""
    decisions = scene.facts.decisions.values()
    is_followed = scene.lens.decisions is Decisions.FOLLOWED
    decided = [_decided(each, scene) for each in decisions] if is_followed else []
    superseded = (
        conflict
        for conflict in scene.conflicts
        if conflict.ground.supersedes
        and scene.standings[conflict.other].reason is Reason.SUPERSEDED
    )
    return _topic("Corrected or decided", [*decided, *_told(superseded, scene)])


def _is_open(conflict: Conflict, scene: Scene) -> bool:
    one, other = (scene.facts.claims[id] for id in (conflict.claim, conflict.other))
    hold = scene.standings[one.id].holds and scene.standings[other.id].holds
    if conflict.ground.supersedes or not hold:
        return False
    is_followed = scene.lens.decisions is Decisions.FOLLOWED
    return not (is_followed and is_decided(one, other, scene.facts))


def _told(found: Iterable[Conflict], scene: Scene) -> list[Statement]:
    """A sentence for each claim and all that it conflicts with in one way."""
    claims = scene.facts.claims
    others: dict[tuple[str, Ground], list[Claim]] = {}
    for conflict in found:
        key = (conflict.claim, conflict.ground)
        others.setdefault(key, []).append(claims[conflict.other])
    said = []
    for (id, ground), conflicting in others.items():
        second = "; ".join(_with_chain(claim, scene) for claim in conflicting)
        text = f"{_with_chain(claims[id], scene)}; {_BUT[ground]}: {second}."
        said.append(statement(text, (claims[id], *conflicting), scene))
    return said


def _decided(decision: Decision, scene: Scene) -> Statement:
    claims = scene.facts.claims
    words = [
        "; ".join(_with_chain(claims[id], scene) for id in ids)
        for ids in (decision.claims, decision.over)
    ]
    over = f", to: {words[1]}" if decision.over else ""
    reason = decision.reason.rstrip(".")
    text = f"The curator {_RANKED[decision.rank]}: {words[0]}{over}. The reason: {reason}."
    behind = [claims[id] for id in (*decision.claims, *decision.over)]
    return statement(text, behind, scene)


def _topic(title: str, said: list[Statement]) -> Topic:
    left_out = {id for each in said[_MOST:] for id in each.ids}
    return Topic(title, tuple(said[:_MOST]), len(left_out))


def _with_chain(claim: Claim, scene: Scene) -> str:
    """What a claim says, and through whom: two may differ in nothing else."""
    chain = wording.said_by_sentence(claim, scene.facts)
    return f"{wording.sentence(claim, scene.facts)} ({chain})"
