"""A scenario that rules out what it implies can never come true."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import Condition, FactSet
from kg.reach import reached_from
from kg.scenarios import followed, implications, torn

CODE = Code(
    "impossible-scenario",
    "consistency",
    Severity.ERROR,
    "a scenario implies that another both comes true and does not",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Scenarios from which a contradiction follows, where it does not follow from one of them."""
    follows = implications(facts)
    doubtful = _that_rule_out(facts)
    impossible = {
        id: both
        for id, entity in facts.entities.items()
        if id in doubtful and (both := torn(followed((Condition(id),), follows)))
    }
    for id, both in impossible.items():
        implied = facts.entities[id].implies
        if any(each.scenario in impossible for each in implied if not each.is_ruled_out):
            continue  # it is said of that one
        other = min(both - {id}, default=id)
        yield Diagnostic(
            CODE,
            f"where '{id}' comes true, '{other}' would both come true and be ruled out",
            facts.entities[id].places.value("implies"),
            "take away one of what it implies",
        )


def _that_rule_out(facts: FactSet) -> frozenset[str]:
    """The scenarios that rule something out, be it through others: only these can contradict."""
    before: dict[str, list[str]] = {}
    ruling: list[str] = []
    for id, entity in facts.entities.items():
        for each in entity.implies:
            before.setdefault(each.scenario, []).append(id)
            if each.is_ruled_out:
                ruling.append(id)
    return reached_from(ruling, before)
