"""A system of codes gives a thing one code, so two codes speak for two things."""

from __future__ import annotations

from collections.abc import Iterator

from kg.identity import united_by
from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import FactSet

CODE = Code(
    "different-codes",
    "consistency",
    Severity.WARNING,
    "entities that are said to be the same have different codes",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Entities made one of which a code scheme knows two."""
    for kept in sorted(set(facts.same_as.values())):
        by_scheme: dict[str, list[str]] = {}
        for scheme, code in facts.entities[kept].codes:
            by_scheme.setdefault(scheme, []).append(code)
        ids = [id for id in facts.written.entities if facts.kept(id) == kept]
        for scheme, codes in by_scheme.items():
            if len(codes) > 1:
                label = facts.vocabulary.schemes[scheme].label
                yield Diagnostic(
                    CODE,
                    f"what is the same as '{kept}' has several {label} codes: {', '.join(codes)}",
                    united_by(kept, facts)[-1].places.value("entities"),
                    "they may be different after all; if they are not, one of the codes is wrong",
                    tuple(
                        Related(entity.places.value("codes"), f"'{id}' has {value} here")
                        for id in ids
                        for entity in [facts.written.entities[id]]
                        if (value := dict(entity.codes).get(scheme)) is not None
                    ),
                )
