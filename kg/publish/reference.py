"""The vocabulary as one page of Markdown for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from kg.model.vocabulary import Aspect, Relation, Type, Vocabulary


def reference_page(vocabulary: Vocabulary) -> str:
    """The page: types as a tree, relations by the file they stand in, code schemes."""
    blocks = (
        *_opening(vocabulary),
        *_types(vocabulary),
        *_relations(vocabulary),
        *_schemes(vocabulary),
    )
    return "\n\n".join(blocks) + "\n"


def _opening(vocabulary: Vocabulary) -> Iterator[str]:
    types, relations = len(vocabulary.types), len(vocabulary.relations)
    yield "# Ontology"
    yield (
        f"{types} types, {relations} relations and {len(vocabulary.schemes)} code schemes. This "
        "page is generated from the files in `ontology/`: `make docs` writes it."
    )
    yield (
        "[Types](#types) · [Relations](#relations) · [Code schemes](#code-schemes) · "
        "[keys of the files](fact-format.md) · [terms in RDF](rdf-model.md)"
    )
    yield (
        "For machines the same stands in `ontology/published/`: `kg.ttl` (OWL), `shapes.ttl` "
        "(SHACL), `context.jsonld` (JSON-LD) and a JSON Schema for each kind of file."
    )


# -- the vocabulary -----------------------------------------------------------------------------


def _types(vocabulary: Vocabulary) -> Iterator[str]:
    yield "## Types"
    yield (
        "A thing has one type, the narrowest that its source supports; a type stands below what "
        "it is a kind of. After ≡ stands what means the same elsewhere."
    )
    roots = [each for each in vocabulary.types.values() if each.parent is None]
    yield "\n".join(line for root in roots for line in _type_lines(root, vocabulary, 0))


def _type_lines(type_: Type, vocabulary: Vocabulary, depth: int) -> Iterator[str]:
    same = f" ≡ {', '.join(_code(name) for name in type_.same_as)}" if type_.same_as else ""
    says = f": {type_.description}" if type_.description else ""
    yield f"{'  ' * depth}- **{type_.id}**{says}{same}"
    for each in vocabulary.types.values():
        if each.parent == type_.id:
            yield from _type_lines(each, vocabulary, depth + 1)


def _relations(vocabulary: Vocabulary) -> Iterator[str]:
    yield "## Relations"
    yield (
        "A relation names the bare act; whether it is denied, intended or conditional is for the "
        "claim to say. Its label reads from subject to object, the label after ⇠ from object to "
        "subject. A relation marked ↳ refines the one above it."
    )
    yield (
        "**Kind**: a *state* holds over a time, an *event* has happened from its date on; ⇄ marks "
        "a symmetric relation. The signs say what it does to subject and object: `+` helps, `−` "
        "hurts, `0` neither. **Event codes**: PLOVER (draft 2.0) in capitals, with `mode` and "
        "[context]; CAMEO in digits."
    )
    by_file = sorted(vocabulary.relations.values(), key=lambda each: (_topic(each), each.id))
    for topic, group in groupby(by_file, key=_topic):
        members = {each.id: each for each in group}
        yield f"### {topic}"
        yield "\n".join(_relation_table(members))


def _topic(relation: Relation) -> str:
    """What the file is about that declares a relation, by the file's name."""
    stem = relation.places.path.rpartition("/")[2].rpartition(".")[0]
    return stem.replace("-", " ").replace("_", " ").capitalize() or "Relations"


def _relation_table(members: Mapping[str, Relation]) -> Iterator[str]:
    yield "| Relation | Reads | Subject → object | Kind | Event codes |"
    yield "| --- | --- | --- | --- | --- |"
    for relation in members.values():
        if relation.parent not in members:
            yield from _relation_rows(relation, members, 0)


def _relation_rows(
    relation: Relation, members: Mapping[str, Relation], depth: int
) -> Iterator[str]:
    mark = "↳ " * depth
    if depth == 0 and relation.parent is not None:
        mark = f"{_code(relation.parent)} ↳ "
    ends = f"{_any_of(relation.domain)} → {relation.literal or _any_of(relation.range)}"
    cells = (
        f"{mark}**`{relation.id}`**",
        f"*{relation.label}* ⇠ *{relation.inverse_label}*<br>{relation.description}",
        ends,
        _nature(relation),
        "<br>".join(_codings(relation)),
    )
    yield f"| {' | '.join(map(_cell, cells))} |"
    for each in members.values():
        if each.parent == relation.id:
            yield from _relation_rows(each, members, depth + 1)


def _nature(relation: Relation) -> str:
    signs = {1: "+", 0: "0", -1: "−"}
    parts = ["event" if relation.aspect is Aspect.EVENT else "state"]
    if relation.symmetric:
        parts.append("⇄")
    if relation.valence.subject or relation.valence.object:
        parts.append(f"`{signs[relation.valence.subject]}{signs[relation.valence.object]}`")
    return " ".join(parts)


def _codings(relation: Relation) -> Iterator[str]:
    plover = relation.plover
    if plover is not None:
        mode = f" `{plover.mode}`" if plover.mode else ""
        context = f" [{', '.join(plover.context)}]" if plover.context else ""
        yield f"{plover.type}{mode}{context}"
    if relation.cameo:
        yield ", ".join(relation.cameo)
    if relation.same_as:
        yield f"≡ {', '.join(_code(name) for name in relation.same_as)}"


def _schemes(vocabulary: Vocabulary) -> Iterator[str]:
    yield "## Code schemes"
    rows = [
        (_code(each.id), each.label, _code(each.pattern), _code(each.url) if each.url else "")
        for each in vocabulary.schemes.values()
    ]
    yield "\n".join(_table(("Scheme", "Codes", "Form", "Page about a code"), rows))


# -- Markdown -----------------------------------------------------------------------------------


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _any_of(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def _code(text: str) -> str:
    return f"`{text}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
