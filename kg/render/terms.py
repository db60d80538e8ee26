"""Types and relations as text for a terminal: what there is, and what each means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model.display import indented
from kg.model.vocabulary import Relation, Type, Vocabulary

#: So many letters of a word tell what it is about: `finances` and `financial`.
_STEM = 4


def list_types(vocabulary: Vocabulary, width: int = 100) -> str:
    """All types as a tree, each with its description."""
    roots = [each for each in vocabulary.types.values() if each.parent is None]
    return _wrapped((line for root in roots for line in _branch(root, vocabulary, 0)), width)


def list_relations(vocabulary: Vocabulary, width: int = 100) -> str:
    """All relations by family, each with what it takes."""
    families: dict[str, list[Relation]] = {}
    for relation in vocabulary.relations.values():
        families.setdefault(vocabulary.family(relation.id), []).append(relation)
    return _wrapped(
        (
            line
            for family, members in sorted(families.items())
            for line in (family, *(f"  {m.id}: {_takes(m)}" for m in members if m.id != family))
        ),
        width,
    )


def list_spoken_of(vocabulary: Vocabulary, word: str, width: int = 100) -> str:
    """The relations and types in whose words one begins alike; empty where there is none."""
    stem = word.casefold()[: max(_STEM, len(word) - 3)]
    begins = re.compile(rf"\b{re.escape(stem)}", re.IGNORECASE)
    relations = (
        f"  {each.id}: {each.description or each.label}"
        for each in vocabulary.relations.values()
        if begins.search(f"{each.label} {each.inverse_label} {each.description}")
    )
    types = (
        f"  {each.id}: {each.description or each.label}"
        for each in vocabulary.types.values()
        if begins.search(f"{each.label} {each.description}")
    )
    found = (("relations", list(relations)), ("types", list(types)))
    lines = [line for head, rows in found if rows for line in (head, *rows)]
    return _wrapped(lines, width) if lines else ""


def type_page(vocabulary: Vocabulary, type_id: str, width: int = 100) -> str:
    """What a type means, what it is a kind of, and which relations take things of it.

    Raises:
        KeyError: if there is none of that name.
    """
    type_ = vocabulary.types[type_id]
    lineage = list(vocabulary.lineage(type_id))[1:]
    narrower = [each.id for each in vocabulary.types.values() if each.parent == type_id]
    relations = vocabulary.relations.values()
    subject = [r.id for r in relations if vocabulary.is_any(type_id, r.domain)]
    target = [r.id for r in relations if vocabulary.is_any(type_id, r.range)]
    return _page(
        f"{type_id}: {type_.description or type_.label}",
        ("a kind of", ", ".join(lineage)),
        ("kinds of it", ", ".join(narrower)),
        ("subject of", ", ".join(subject)),
        ("object of", ", ".join(target)),
        ("same as", ", ".join(type_.same_as)),
        width=width,
    )


def relation_page(vocabulary: Vocabulary, relation_id: str, width: int = 100) -> str:
    """What a relation means, what it takes, and how it is to be written.

    Raises:
        KeyError: if there is none of that name.
    """
    relation = vocabulary.relations[relation_id]
    parents = list(vocabulary.relation_lineage(relation_id))[1:]
    narrower = [each.id for each in vocabulary.relations.values() if each.parent == relation_id]
    subject = relation.domain[0] if relation.domain else "anything"
    target = relation.literal or (relation.range[0] if relation.range else "anything")
    return _page(
        f"{relation_id}: {relation.description or relation.label}",
        (
            "reads",
            f"{subject} {relation.label} {target}; {target} {relation.inverse_label} {subject}",
        ),
        ("takes", _takes(relation)),
        ("aspect", _ASPECTS[str(relation.aspect)]),
        ("both ways", "yes" if relation.symmetric else ""),
        ("inverse", relation.inverse or ""),
        ("follows from", " or ".join(" and then ".join(chain) for chain in relation.chains)),
        ("helps or hurts", _valence(relation)),
        ("refines", ", ".join(parents)),
        ("refined by", ", ".join(narrower)),
        ("same as", ", ".join(relation.same_as)),
        width=width,
    )


_ASPECTS = {
    "state": "a state: holds over a time",
    "event": "an event: has happened from its date on",
}


def _valence(relation: Relation) -> str:
    words = {1: "helps", -1: "hurts"}
    sides = (("subject", relation.valence.subject), ("object", relation.valence.object))
    return ", ".join(f"{words[sign]} the {side}" for side, sign in sides if sign)


def _takes(relation: Relation) -> str:
    subject = " or ".join(relation.domain) or "anything"
    target = str(relation.literal or " or ".join(relation.range) or "anything")
    return f"{subject} → {target}"


def _branch(type_: Type, vocabulary: Vocabulary, depth: int) -> Iterator[str]:
    says = f": {type_.description}" if type_.description else ""
    yield f"{'  ' * depth}{type_.id}{says}"
    for each in vocabulary.types.values():
        if each.parent == type_.id:
            yield from _branch(each, vocabulary, depth + 1)


def _page(head: str, *pairs: tuple[str, str], width: int) -> str:
    return _wrapped([head, *(f"  {key}: {value}" for key, value in pairs if value)], width)


def _wrapped(lines: Iterator[str] | list[str], width: int) -> str:
    return "\n".join(part for line in lines for part in indented(line, width)) + "\n"
