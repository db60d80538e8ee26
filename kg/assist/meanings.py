"""What the words mean of which a key takes only some."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model.dials import Certainty, Decisions, Inference
from kg.model.facts import CREDIBILITIES, LIKELIHOODS, MARKINGS, RELIABILITIES
from kg.publish.terms import WORDS
from kg.reading.shape import Kind

_RELIABILITY = dict(
    zip(
        RELIABILITIES,
        (
            "Completely reliable.",
            "Usually reliable.",
            "Fairly reliable.",
            "Not usually reliable.",
            "Unreliable.",
            "Reliability cannot be judged.",
        ),
        strict=True,
    )
)
_CREDIBILITY = dict(
    zip(
        map(str, CREDIBILITIES),
        (
            "Confirmed by other sources.",
            "Probably true.",
            "Possibly true.",
            "Doubtful.",
            "Improbable.",
            "Truth cannot be judged.",
        ),
        strict=True,
    )
)
_MARKING = dict(
    zip(
        MARKINGS,
        (
            "Everybody may read it.",
            "The community may read it, the public may not.",
            "Those may read it who need to, in the recipient's organization and among its clients.",
            "Those may read it who need to, in the recipient's organization alone.",
            "Only those named may read it.",
        ),
        strict=True,
    )
)
_LIKELIHOOD = {word: f"{low} to {high} in 100." for word, (low, high) in LIKELIHOODS.items()}
_DIALS = {
    Certainty.POSSIBLE: "What only possibly holds counts as holding.",
    Certainty.CERTAIN: "Only what certainly holds counts.",
    Decisions.FOLLOWED: "The curator's ranking of claims is followed.",
    Decisions.IGNORED: "The curator's ranking is left aside.",
    Inference.ON: "What follows from edges is shown beside them.",
    Inference.OFF: "Only what is written is shown.",
}

_TABLES: tuple[Mapping[str, str], ...] = (
    *({str(word): meaning for word, meaning in words.items()} for _, words in WORDS.values()),
    _RELIABILITY,
    _CREDIBILITY,
    _MARKING,
    _LIKELIHOOD,
    {str(word): meaning for word, meaning in _DIALS.items()},
    {"true": "It is so.", "false": "It is not so."},
    {"-1": "It is hurt.", "0": "Neither helped nor hurt.", "1": "It is helped."},
)


def meanings(kind: Kind) -> Mapping[str, str]:
    """Each word that a kind takes with what it means; nothing where any text can stand."""
    words = set(kind.words)
    table = next((table for table in _TABLES if words and words <= table.keys()), {})
    return {word: table.get(word, "") for word in kind.words}
