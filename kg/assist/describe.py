"""Entities, relations and the like in a line each, as editors show them beside an id."""

from __future__ import annotations

from kg.model.facts import Entity, FactSet
from kg.model.vocabulary import Relation


def entity_line(entity: Entity, facts: FactSet) -> str:
    """`Russia · State`."""
    known = facts.vocabulary.types.get(entity.type)
    return f"{entity.name} · {known.id if known else entity.type}"


def relation_line(relation: Relation) -> str:
    """`Actor backs Actor`."""
    return f"{ends(relation.domain)} {relation.label} {ends(relation.range) or relation.literal}"


def ends(types: tuple[str, ...]) -> str:
    """The types of one end: `State or Alliance`."""
    return " or ".join(types)
