"""Scenarios that a declaration names: what a claim depends on, what another scenario brings."""

from __future__ import annotations

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import Condition
from kg.model.node import Places, span_of
from kg.model.text import Span
from kg.model.vocabulary import SCENARIO, indefinite
from kg.reading.declarations import Declarations
from kg.reading.records import Record, type_written
from kg.reading.values import ConditionReference, Reference


def read_conditions(record: Record, key: str, declared: Declarations) -> tuple[Condition, ...]:
    """The conditions under `key`; those that name no scenario are reported and left out."""
    references: tuple[ConditionReference, ...] = record.values.get(key, ())
    found: list[Condition] = []
    for reference in references:
        id = _scenario(reference.scenario, record.places.path, declared)
        if id is not None:
            found.append(Condition(id, reference.is_ruled_out))
    return tuple(dict.fromkeys(found))


def read_implied(record: Record, declared: Declarations) -> tuple[Condition, ...]:
    """What a scenario implies; an entity of another type that implies something is reported."""
    if "implies" in record.values:
        places = record.places
        type_id = _other_type(places, declared)
        if type_id is not None:
            message = f"'{record.id}' is {indefinite(type_id)}, and only a Scenario implies others"
            hint = "make it a Scenario, or say what follows with a claim"
            _report(message, places.key("implies"), hint, places, declared)
            return ()
    return read_conditions(record, "implies", declared)


def _scenario(reference: Reference, path: str, declared: Declarations) -> str | None:
    id = declared.look_up(reference, ("entity",), path)
    if id is None:
        return None
    places = declared.places(id)
    type_id = _other_type(places, declared)
    if type_id is None:
        return id
    message = f"'{id}' is {indefinite(type_id)}, not a Scenario"
    hint = "a condition is an entity of type Scenario"
    _report(message, span_of(path, reference.node), hint, places, declared)
    return None


def _other_type(places: Places, declared: Declarations) -> str | None:
    """The type of an entity if it is surely no scenario; what is wrong with it is told there."""
    written = type_written(places)
    if written is None or written not in declared.vocabulary.types:
        return None
    return None if declared.vocabulary.may_be(written, (SCENARIO,)) else written


def _report(message: str, span: Span, hint: str, places: Places, declared: Declarations) -> None:
    related = (Related(places.value("type"), "its type is given here"),)
    declared.found.append(Diagnostic(NOT_A_SCENARIO, message, span, hint, related))


NOT_A_SCENARIO = Code("not-a-scenario", "ontology", Severity.ERROR, "a condition is not a scenario")

CODES = (NOT_A_SCENARIO,)
