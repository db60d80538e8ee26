"""Two entities of one name or one code may be one: somebody should say."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.facts import Entity, FactSet

CODE = Code(
    "possible-duplicate",
    "hygiene",
    Severity.NOTE,
    "two entities have the same name or the same code",
)


def find(facts: FactSet) -> Iterator[Diagnostic]:
    """Entities that are called or coded as an earlier one is, where nothing was decided of both."""
    decided: dict[str, set[str]] = {}
    for identity in facts.identities.values():
        for id in identity.entities:
            decided.setdefault(facts.kept(id), set()).add(identity.id)
    nothing: set[str] = set()
    before = _Before(facts)
    for entity in facts.entities.values():
        for other, what in before.alike(entity):
            asked = decided.get(entity.id, nothing).isdisjoint(decided.get(other.id, nothing))
            if asked and _may_be_one(entity, other, facts):
                kept, twin = sorted((other, entity), key=lambda e: -_uses(e, facts))
                yield Diagnostic(
                    CODE,
                    f"'{twin.id}' may be the same as '{kept.id}': both have {what}",
                    twin.places.declared,
                    f"say so: kg merge {kept.id} {twin.id}; or that it is not: --different",
                    (Related(kept.places.declared, f"'{kept.id}' is declared here"),),
                )
                break
        before.add(entity)


def _uses(entity: Entity, facts: FactSet) -> int:
    return len(facts.mentions.get(entity.id, ()))


class _Before:
    """The entities looked at so far, by what two of them may have in common."""

    def __init__(self, facts: FactSet) -> None:
        self._schemes = facts.vocabulary.schemes
        self._by_code: dict[tuple[str, str], list[Entity]] = {}
        self._by_name: dict[str, list[Entity]] = {}
        self._by_alias: dict[str, list[Entity]] = {}

    def add(self, entity: Entity) -> None:
        for code in entity.codes:
            self._by_code.setdefault(code, []).append(entity)
        self._by_name.setdefault(entity.name.casefold(), []).append(entity)
        for alias in entity.aliases:
            self._by_alias.setdefault(alias.casefold(), []).append(entity)

    def alike(self, entity: Entity) -> Iterator[tuple[Entity, str]]:
        """Those with the same code, then those that have a name or an alias in common."""
        for scheme, code in entity.codes:
            for other in self._by_code.get((scheme, code), ()):
                yield other, f"the {self._schemes[scheme].label} code {code}"
        name = entity.name.casefold()
        for other in (*self._by_name.get(name, ()), *self._by_alias.get(name, ())):
            yield other, f"the name '{entity.name}'"
        for alias in entity.aliases:
            folded = alias.casefold()
            for other in (*self._by_name.get(folded, ()), *self._by_alias.get(folded, ())):
                yield other, f"the name '{alias}'"


def _may_be_one(one: Entity, other: Entity, facts: FactSet) -> bool:
    """Whether one type is a subtype of the other: a city is no government of the same name."""
    is_a = facts.vocabulary.is_a
    return is_a(one.type, other.type) or is_a(other.type, one.type)
