"""An edge that rests on unnamed or unreliable voices alone deserves a second source."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import Claim, FactSet
from kg.voices import is_unnamed, said_alike

CODE = Code(
    "single-weak-source",
    "hygiene",
    Severity.NOTE,
    "what is claimed comes through one weak voice alone",
)

_UNRELIABLE = ("D", "E")
_DOUBTFUL = (4, 5)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Claims that say the same and all pass through one and the same weak voice."""
    told: set[tuple[str, str]] = set()
    for group in said_alike(facts):
        shared = frozenset.intersection(*(_weak_voices(claim, facts) for claim in group))
        claim = group[0]
        if not shared or (claim.fact, min(shared)) in told:
            continue
        told.add((claim.fact, min(shared)))
        yield Diagnostic(
            CODE,
            f"'{claim.fact}' rests alone on {min(shared)}",
            claim.places.declared,
            "look for a second source",
        )


def _weak_voices(claim: Claim, facts: FactSet) -> frozenset[str]:
    voices = {f"'{v}', an unnamed source" for v in claim.speakers if is_unnamed(v, facts)}
    if any(link.speaker is None for link in claim.said_by):
        voices.add("somebody who is not named")
    for voice in (claim.source, *claim.speakers):
        source = facts.sources.get(voice)
        if source is not None and source.reliability in _UNRELIABLE:
            voices.add(f"'{voice}', a source of reliability {source.reliability}")
    if claim.credibility in _DOUBTFUL:
        voices.add(f"information of credibility {claim.credibility}")
    return frozenset(voices)
