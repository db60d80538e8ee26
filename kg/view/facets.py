"""What the claims of a picture can be sifted by, with how many claims have each value.

A claim is shown where none of its values is switched off: to switch a voice off leaves out all that
comes through it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model.facts import CREDIBILITIES, LIKELIHOODS, Claim, FactSet, Modality, Polarity
from kg.scene import voice_name
from kg.standing import Reason
from kg.view.drawn import FATES, Drawn, Fate
from kg.view.lines import Tone, effect_text, tone_of
from kg.voices import voices_of

IN_FORCE = "in-force"
UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet."""

    id: str
    label: str
    count: int  #: of claims
    sample: str | None  #: how the legend shows it; what the page knows to draw


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to sift claims by."""

    id: str
    title: str
    is_open: bool  #: from the start; the others are opened when wanted
    values: tuple[Value, ...]


#: The facets in the order of the legend, with their titles; the first are open from the start.
TITLES = {
    "change": "What changes",
    "standing": "How claims stand",
    "modality": "How they are put",
    "polarity": "Affirmed or denied",
    "tone": "What is said helps or hurts",
    "family": "What they say",
    "weight": "How they are judged",
    "voice": "Through whom they come",
}
_OPEN = ("change", "standing", "modality", "polarity", "tone")

_NOT_SAID_TO_BE_SO = (Reason.CONDITION, Reason.RULED_OUT, Reason.MODALITY)
_DASHES = {Modality.CONSIDERED: "supposed", Modality.HYPOTHETICAL: "supposed"}


def facets_of(drawn: Drawn) -> Mapping[str, list[str]]:
    """The values that a claim has of each facet."""
    claim, facts = drawn.claim, drawn.scene.facts
    reason = drawn.scene.standings[claim.id].reason
    return {
        **({"change": [drawn.turn.fate.value]} if drawn.turn else {}),
        "standing": [reason.name.lower() if reason else IN_FORCE],
        "modality": [claim.modality.value],
        "polarity": [claim.polarity.value],
        "tone": [_tone_id(tone_of([drawn.relation]), claim.is_denied)],
        "family": [facts.vocabulary.family(claim.relation)],
        "weight": _weights(claim),
        "voice": sorted(voices_of(claim, facts)),
    }


def _tone_id(tone: Tone, is_denied: bool) -> str:
    """Help that is denied is no help; what neither helps nor hurts is the same when denied."""
    return f"{tone}-denied" if is_denied and tone is not Tone.NEITHER else tone.value


def _weights(claim: Claim) -> list[str]:
    """The curator's judgements of a claim, by the names that they have as dials."""
    judged = {"credibility": claim.credibility, "likelihood": claim.likelihood}
    found = [f"{dial}-{value}".replace(" ", "-") for dial, value in judged.items() if value]
    return found or [UNJUDGED]


def facets(claims: Iterable[Drawn], facts: FactSet) -> tuple[Facet, ...]:
    """The facets of some claims; a facet of one value sifts nothing, but is a legend."""
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in TITLES}
    for drawn in claims:
        for facet, values in facets_of(drawn).items():
            counts[facet].update(values)
    known = _KNOWN if not counts["change"] else KNOWN_IN_BOTH
    return tuple(
        Facet(facet, title, facet in _OPEN, _values(facet, counts[facet], facts, known))
        for facet, title in TITLES.items()
        if counts[facet] and (facet != "weight" or counts[facet].keys() != {UNJUDGED})
    )


def _values(facet: str, counts: Counter[str], facts: FactSet, known: _Known) -> tuple[Value, ...]:
    if facet == "voice":
        names = {voice: voice_name(voice, facts) for voice in counts}
        order = sorted(counts, key=lambda voice: (-counts[voice], names[voice], voice))
        return tuple(Value(voice, names[voice], counts[voice], None) for voice in order)
    if facet == "family":
        relations = facts.vocabulary.relations
        order = sorted(counts, key=lambda family: (-counts[family], family))
        return tuple(Value(f, relations[f].label, counts[f], None) for f in order)
    return tuple(
        Value(id, label, counts[id], sample) for id, label, sample in known[facet] if counts[id]
    )


_Known = Mapping[str, tuple[tuple[str, str, str | None], ...]]


#: Facets whose values are the same everywhere: id, label and sample.
_KNOWN: _Known = {
    "standing": (
        (IN_FORCE, "in force", "line actual"),
        *(
            (
                reason.name.lower(),
                reason.value,
                f"line {'planned' if reason in _NOT_SAID_TO_BE_SO else 'outside'} idle",
            )
            for reason in Reason
        ),
    ),
    "modality": tuple(
        (
            modality.value,
            modality.value,
            f"line {'actual' if modality is Modality.ACTUAL else _DASHES.get(modality, 'planned')}",
        )
        for modality in Modality
    ),
    "weight": (
        *((f"credibility-{n}", f"credibility {n}", None) for n in CREDIBILITIES),
        *((f"likelihood-{term}".replace(" ", "-"), term, None) for term in LIKELIHOODS),
        (UNJUDGED, "not judged", None),
    ),
    "polarity": (
        (Polarity.AFFIRMED.value, "affirmed", "line actual"),
        (Polarity.DENIED.value, "denied", "line actual crossed"),
    ),
    "tone": (
        *(
            (
                _tone_id(tone, is_denied),
                effect_text(tone, is_denied),
                f"line actual {tone}{' crossed' if is_denied else ''}",
            )
            for tone in (Tone.GOOD, Tone.BAD, Tone.MIXED)
            for is_denied in (False, True)
        ),
        (Tone.NEITHER.value, "neither", "line actual neither"),
    ),
}

#: Of two scenes colours say what changes, and nothing else.
KNOWN_IN_BOTH: _Known = {
    **_KNOWN,
    "change": tuple(
        (
            fate.value,
            words,
            "line outside idle kept" if fate is Fate.IDLE else f"line actual {fate}",
        )
        for fate, (_, words) in FATES.items()
    ),
    "standing": (
        (IN_FORCE, "in force in one or in both", "line actual"),
        *_KNOWN["standing"][1:],
    ),
    "tone": tuple((id, label, None) for id, label, _ in _KNOWN["tone"]),
}
