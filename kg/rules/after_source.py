"""What a source says cannot have begun after it was published."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet, Modality

CODE = Code("after-source", "time", Severity.WARNING, "a claim is dated after its source")

#: The rest date a stance that somebody takes, and takes before it can be reported.
_ABOUT_THE_FUTURE = (Modality.EXPECTED, Modality.HYPOTHETICAL)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Claims whose time begins for certain after their source's date."""
    for claim in facts.claims.values():
        if claim.when is None or claim.modality in _ABOUT_THE_FUTURE:
            continue
        source = facts.sources.get(claim.source)
        if source is None or source.published is None or claim.index != (0, 0, 0):
            continue  # the claims of one fact share their time: once is enough
        if claim.when.start.earliest > source.published.latest:
            yield Diagnostic(
                CODE,
                f"'{claim.when.text}' begins after the source, of {source.published_text}",
                claim.places.value("when"),
                "check the date; what lies ahead is 'modality: expected' or 'intended'",
                (Related(source.places.value("published"), "the source's date"),),
            )
