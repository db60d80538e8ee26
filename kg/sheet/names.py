"""Names in a table read as ids: only where exactly one thing is called so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kg.model.facts import UNKNOWN, FactSet
from kg.reading.records import SUBJECT

#: For each section, what a key refers to.
REFERENCES: Mapping[str, Mapping[str, frozenset[str]]] = {
    "facts": {
        "subject": frozenset({"entity", "source"}),
        "relation": frozenset({"relation"}),
        "object": frozenset({"entity", "source"}),
        "source": frozenset({"source"}),
        "said_by": frozenset({"entity", "source"}),
        "place": frozenset({"entity"}),
        "against": frozenset({"entity"}),
        "condition": frozenset({"entity"}),
        "about": frozenset({"entity", "source"}),
    },
    "entities": {
        "type": frozenset({"type"}),
        "close_match": frozenset({"entity"}),
        "implies": frozenset({"entity"}),
    },
    "sources": {
        "type": frozenset({"type"}),
        "publisher": frozenset({"entity"}),
        "based_on": frozenset({"source"}),
    },
}

_OWN_MEANING = (SUBJECT, UNKNOWN)


@dataclass(slots=True)
class Names:
    """What is called how, by kind, and which names were read as which ids."""

    ids: Mapping[str, Collection[str]]
    by_name: Mapping[str, Mapping[str, tuple[str, ...]]]
    read: Counter[tuple[str, str]] = field(default_factory=Counter)

    def meant(self, name: str, kinds: Iterable[str]) -> tuple[str, ...]:
        """The ids that a name stands for: itself where it is one, none where nobody has it."""
        kinds = tuple(kinds)
        if name in _OWN_MEANING or any(name in self.ids[kind] for kind in kinds):
            return (name,)
        found = [id for kind in kinds for id in self.by_name[kind].get(name, ())]
        return tuple(dict.fromkeys(found))


def names_of(facts: FactSet) -> Names:
    """The names and aliases of all entities, the titles of sources, the labels of the ontology."""
    vocabulary = facts.vocabulary
    entities = (
        (name, entity.id)
        for entity in facts.entities.values()
        for name in (entity.name, *entity.aliases, *(label for _, label in entity.labels))
    )
    return Names(
        {
            "entity": facts.entities.keys(),
            "source": facts.sources.keys(),
            "relation": vocabulary.relations.keys(),
            "type": vocabulary.types.keys(),
        },
        {
            "entity": _by_name(entities),
            "source": _by_name((source.title, source.id) for source in facts.sources.values()),
            "relation": _by_name((each.label, each.id) for each in vocabulary.relations.values()),
            "type": _by_name((each.label, each.id) for each in vocabulary.types.values()),
        },
    )


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for name, id in pairs:
        found.setdefault(name, {})[id] = None
    return {name: tuple(ids) for name, ids in found.items()}
