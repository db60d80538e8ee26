"""What is known of a workspace while somebody types in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.model.facts import Claim, FactSet
from kg.model.vocabulary import SCENARIO


@dataclass(frozen=True)
class World:
    """What a workspace says as far as it could last be read, and what an editor asks of that."""

    facts: FactSet

    @cached_property
    def scenarios(self) -> tuple[str, ...]:
        """The entities that can be a condition."""
        is_a = self.facts.vocabulary.is_a
        return tuple(e.id for e in self.facts.entities.values() if is_a(e.type, SCENARIO))

    @cached_property
    def uses(self) -> Mapping[str, int]:
        """How many claims have each relation."""
        return Counter(claim.relation for claim in self.facts.claims.values())

    @cached_property
    def types_used(self) -> Mapping[str, int]:
        """How many entities and sources are of each type."""
        return Counter(self.types.values())

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The type of every entity and source."""
        entities = {entity.id: entity.type for entity in self.facts.written.entities.values()}
        return entities | {source.id: source.type for source in self.facts.sources.values()}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages in which anything is called or written, the most used first."""
        labels = [code for e in self.facts.entities.values() for code, _ in e.labels]
        written = [s.language for s in self.facts.sources.values() if s.language]
        return tuple(language for language, _ in Counter([*labels, *written]).most_common())

    @cached_property
    def words_used(self) -> Mapping[str, tuple[str, ...]]:
        """What stands under some keys that take any text, the most used first."""
        counts: dict[str, Counter[str]] = {}
        for claim in self.facts.claims.values():
            for key, words in _free_words(claim):
                counts.setdefault(key, Counter()).update(words)
        return {key: tuple(w for w, _ in c.most_common(50)) for key, c in counts.items()}

    @cached_property
    def facts_of_files(self) -> Mapping[str, Mapping[str, tuple[Claim, ...]]]:
        """The claims of each fact, by its file and its id."""
        found: dict[str, dict[str, list[Claim]]] = {}
        for claim in self.facts.claims.values():
            found.setdefault(claim.places.path, {}).setdefault(claim.fact, []).append(claim)
        return {p: {f: tuple(c) for f, c in facts.items()} for p, facts in found.items()}


def _free_words(claim: Claim) -> tuple[tuple[str, tuple[str, ...]], ...]:
    verbs = tuple(link.verb for link in claim.said_by if link.verb)
    degree = (claim.degree,) if claim.degree else ()
    manner = (claim.manner,) if claim.manner else ()
    return ("verb", verbs), ("degree", degree), ("manner", manner), ("tags", claim.tags)
