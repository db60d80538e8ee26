"""The lens: which claims are to hold, as dials and as they are written.

When, according to whom, how surely, assuming what: every command, query, page and measure takes
the same dials in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from kg.model.dials import Certainty, Decisions, Inference
from kg.model.facts import (
    CREDIBILITIES,
    LIKELIHOODS,
    MARKINGS,
    RELIABILITIES,
    UNKNOWN,
    Condition,
    FactSet,
    Modality,
)
from kg.model.interval import Interval, parse_interval
from kg.model.suggest import did_you_mean, listing
from kg.model.vocabulary import SCENARIO
from kg.scenarios import consequences, torn


@dataclass(frozen=True, slots=True)
class Lens:
    """The dials; the defaults are those of a lens without options."""

    name: str = "default"
    as_of: Interval | None = None  #: None is the date of the newest source
    according_to: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    assume: tuple[Condition, ...] = ()
    credibility: int | None = None
    reliability: str | None = None
    likelihood: str | None = None
    modality: tuple[Modality, ...] = (Modality.ACTUAL,)
    certainty: Certainty = Certainty.POSSIBLE
    decisions: Decisions = Decisions.FOLLOWED
    marking: str | None = None  #: None leaves nothing out
    inference: Inference = Inference.ON


def make_lens(name: str, dials: Mapping[str, tuple[str, ...]], facts: FactSet, base: Lens) -> Lens:
    """`base` with the dials given turned; `dials` maps a dial's name to its values as written.

    Raises:
        DialError: if a dial or a value does not exist.
    """
    lens = replace(base, name=name)
    for dial, values in dials.items():
        if dial not in DIALS:
            raise DialError(dial, None, f"no dial is called '{dial}'", did_you_mean(dial, DIALS))
        lens = replace(lens, **{dial: DIALS[dial](dial, values, facts)})
    return lens


class DialError(ValueError):
    """A dial was given something that it does not take."""

    def __init__(self, dial: str, value: str | None, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.dial, self.value, self.message, self.hint = dial, value, message, hint


# -- the dials, each from what was written ------------------------------------------------------


def _one(dial: str, values: tuple[str, ...]) -> str:
    if len(values) != 1:
        raise DialError(dial, None, f"one value is expected, not {len(values)}")
    return values[0]


def _read_as_of(dial: str, values: tuple[str, ...], facts: FactSet) -> Interval:
    value = _one(dial, values)
    try:
        return parse_interval(value)
    except ValueError as error:
        hint = "write a date or an interval, such as 2022, 2025-12-02 or 2021/2022-02"
        raise DialError(dial, value, str(error), hint) from None


def _read_voices(dial: str, values: tuple[str, ...], facts: FactSet) -> tuple[str, ...]:
    groups, types = facts.profile.groups, facts.vocabulary.types
    known = {*facts.written.entities, *facts.sources, *groups, *types, UNKNOWN}
    for value in values:
        if value not in known:
            message = f"no entity, source, group or type is called '{value}'"
            raise DialError(dial, value, message, did_you_mean(value, known))
    return tuple(dict.fromkeys(facts.kept(value) for value in values))


def _read_scenarios(dial: str, values: tuple[str, ...], facts: FactSet) -> tuple[Condition, ...]:
    known = {e.id for e in facts.entities.values() if facts.vocabulary.is_a(e.type, SCENARIO)}
    conditions = []
    for value in values:
        written = Condition.parse(value)
        condition = replace(written, scenario=facts.kept(written.scenario))
        if condition.scenario not in known:
            message = f"no scenario is called '{condition.scenario}'"
            listed = listing(f"'{x}'" for x in sorted(known)) or "none"
            hint = did_you_mean(condition.scenario, known) or f"the scenarios are: {listed}"
            raise DialError(dial, value, message, hint)
        conditions.append(condition)
    both = torn(consequences(conditions, facts))
    if both:
        message = f"'{min(both)}' would both come true and be ruled out"
        raise DialError(dial, values[-1], message, "a scenario brings what it implies with it")
    return tuple(dict.fromkeys(conditions))


def _read_modalities(dial: str, values: tuple[str, ...], facts: FactSet) -> tuple[Modality, ...]:
    return tuple(dict.fromkeys(Modality(_choice(dial, value, list(Modality))) for value in values))


def _read_credibility(dial: str, values: tuple[str, ...], facts: FactSet) -> int:
    return int(_choice(dial, _one(dial, values), [str(x) for x in CREDIBILITIES[:-1]]))


def _read_reliability(dial: str, values: tuple[str, ...], facts: FactSet) -> str:
    return _choice(dial, _one(dial, values), list(RELIABILITIES[:-1]))


def _read_likelihood(dial: str, values: tuple[str, ...], facts: FactSet) -> str:
    return _choice(dial, _one(dial, values), list(LIKELIHOODS))


def _read_certainty(dial: str, values: tuple[str, ...], facts: FactSet) -> Certainty:
    return Certainty(_choice(dial, _one(dial, values), list(Certainty)))


def _read_decisions(dial: str, values: tuple[str, ...], facts: FactSet) -> Decisions:
    return Decisions(_choice(dial, _one(dial, values), list(Decisions)))


def _read_marking(dial: str, values: tuple[str, ...], facts: FactSet) -> str:
    return _choice(dial, _one(dial, values), list(MARKINGS))


def _read_inference(dial: str, values: tuple[str, ...], facts: FactSet) -> Inference:
    return Inference(_choice(dial, _one(dial, values), list(Inference)))


def _choice(dial: str, value: str, choices: list[str]) -> str:
    if value not in choices:
        hint = did_you_mean(value, choices) or "one of " + ", ".join(choices)
        raise DialError(dial, value, f"'{value}' is no {dial.replace('_', ' ')}", hint)
    return value


#: Each dial by its key in `kg.yaml`; on the command line `_` is `-`.
DIALS: Mapping[str, Callable[[str, tuple[str, ...], FactSet], Any]] = {
    "as_of": _read_as_of,
    "according_to": _read_voices,
    "without": _read_voices,
    "assume": _read_scenarios,
    "credibility": _read_credibility,
    "reliability": _read_reliability,
    "likelihood": _read_likelihood,
    "modality": _read_modalities,
    "certainty": _read_certainty,
    "decisions": _read_decisions,
    "marking": _read_marking,
    "inference": _read_inference,
}

assert set(DIALS) == {field.name for field in fields(Lens)} - {"name"}
