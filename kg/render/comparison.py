"""What differs between two scenes, as text for a terminal, as tables and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from kg import wording
from kg.aggregation import gather
from kg.compare import Change, ClaimChange, Comparison, EdgeChange, EdgeShift
from kg.model.display import counted, indented, visible
from kg.model.facts import Claim
from kg.model.table import Table
from kg.scene import Scene

#: A heading for each change, in the order to be told in.
_HEADINGS = {
    Change.GAINED: "Come into force",
    Change.LOST: "No longer in force",
    Change.ADDED: "New, and not in force",
    Change.REMOVED: "Gone, and not in force before",
    Change.RECAST: "Say something else",
    Change.SHIFTED: "Stand otherwise",
}
_SIGNS = {
    Change.GAINED: "+",
    Change.LOST: "-",
    Change.ADDED: "+",
    Change.REMOVED: "-",
    Change.RECAST: "~",
    Change.SHIFTED: "~",
}
_EDGE_SIGNS = {EdgeShift.GAINED: "+", EdgeShift.LOST: "-", EdgeShift.REWEIGHTED: "~"}


def to_text(comparison: Comparison, width: int = 100) -> str:
    """Claims by what becomes of them, those that change alike together; then the edges."""
    lines = list(_text(comparison))
    return "".join(f"{piece}\n" for line in lines for piece in indented(visible(line), width))


def summary(comparison: Comparison) -> str:
    """How much differs, in one line."""
    gained = sum(each.change is Change.GAINED for each in comparison.claims)
    lost = sum(each.change is Change.LOST for each in comparison.claims)
    others = len(comparison.claims) - gained - lost
    claims = f"{counted(gained, 'claim')} gained, {lost} lost, {others} changed otherwise"
    edges = [sum(each.shift is shift for each in comparison.edges) for shift in EdgeShift]
    return f"{claims}; {counted(edges[0], 'edge')} gained, {edges[1]} lost, {edges[2]} regrounded"


def claims_table(comparison: Comparison) -> Table:
    """One row a claim."""
    rows = tuple(
        (
            str(each.change),
            each.id,
            _sentence(each, comparison),
            each.standing_before,
            each.standing_after,
            "; ".join(each.reasons) or None,
        )
        for each in comparison.claims
    )
    columns = ("change", "claim", "says", "before", "after", "reasons")
    return Table(columns, rows, "Claims that differ", _notes(comparison))


def edges_table(comparison: Comparison) -> Table:
    """One row a direct edge."""
    rows = tuple(
        (
            str(edge.shift),
            edge.subject,
            edge.relation,
            edge.object,
            len(edge.claims_before),
            len(edge.claims_after),
            " ".join(dict.fromkeys((*edge.claims_before, *edge.claims_after))),
        )
        for edge in comparison.edges
    )
    columns = ("shift", "subject", "relation", "object", "before", "after", "claims")
    return Table(columns, rows, "Edges that differ", _notes(comparison))


def to_json(comparison: Comparison) -> str:
    """Both lenses, the claims and the edges, as one object."""
    value = {
        "before": _seen(comparison.before),
        "after": _seen(comparison.after),
        "claims": [
            {
                "id": each.id,
                "change": each.change.name.lower(),
                "says": _sentence(each, comparison),
                "standing_before": each.standing_before,
                "standing_after": each.standing_after,
                "reasons": list(each.reasons),
            }
            for each in comparison.claims
        ],
        "edges": [
            {
                "subject": edge.subject,
                "relation": edge.relation,
                "object": edge.object,
                "shift": edge.shift.name.lower(),
                "claims_before": list(edge.claims_before),
                "claims_after": list(edge.claims_after),
            }
            for edge in comparison.edges
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _seen(scene: Scene) -> dict[str, str]:
    return {"lens": scene.lens.name, "as_of": scene.as_of.text, "words": scene.describe()}


def _notes(comparison: Comparison) -> tuple[str, ...]:
    before, after = comparison.before.describe(), comparison.after.describe()
    return summary(comparison), f"Before: seen {before}", f"After: seen {after}"


def _text(comparison: Comparison) -> Iterator[str]:
    yield f"before: seen {comparison.before.describe()}"
    yield f"after:  seen {comparison.after.describe()}"
    for change, heading in _HEADINGS.items():
        changed = [each for each in comparison.claims if each.change is change]
        if changed:
            yield from ("", f"{heading} ({len(changed)})")
            yield from _claims(changed, comparison)
    if comparison.edges:
        yield from ("", f"Direct edges ({len(comparison.edges)})")
        for edge in comparison.edges:
            yield _edge(edge, comparison)
    yield from ("", summary(comparison))


def _claims(changed: Sequence[ClaimChange], comparison: Comparison) -> Iterator[str]:
    """Those that stood, stand and changed for the same reasons, in as few sentences as possible."""
    alike: dict[object, list[ClaimChange]] = {}
    for each in changed:
        key = (each.standing_before, each.standing_after, each.reasons)
        alike.setdefault(key, []).append(each)
    for group in alike.values():
        by_id = {each.id: each for each in group}
        scene = comparison.after if group[0].after else comparison.before
        for told in gather((_claim(each) for each in group), scene.facts):
            ids = ", ".join(claim.id for claim in told.claims)
            first = by_id[told.claims[0].id]
            yield f"  {_SIGNS[first.change]} {told.text}"
            yield f"      {first.standing_before or 'not there'} → {first.standing_after or 'gone'}"
            for reason in first.reasons:
                yield f"      {reason}"
            yield f"      {ids}"


def _claim(change: ClaimChange) -> Claim:
    claim = change.after or change.before
    assert claim is not None, "a change is of a claim before, after or both"
    return claim


def _sentence(change: ClaimChange, comparison: Comparison) -> str:
    scene = comparison.after if change.after else comparison.before
    return wording.sentence(_claim(change), scene.facts)


def _edge(edge: EdgeChange, comparison: Comparison) -> str:
    scene = comparison.before if edge.shift is EdgeShift.LOST else comparison.after
    facts = scene.facts
    label = facts.vocabulary.relations[edge.relation].label
    words = f"{facts.name(edge.subject)} {label} {facts.name(edge.object)}"
    numbers = f"{len(edge.claims_before)} → {counted(len(edge.claims_after), 'claim')}"
    return f"  {_EDGE_SIGNS[edge.shift]} {words}  ({numbers})"
