"""The vocabulary and the file format as one page of Markdown for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from kg.model.prefixes import KG
from kg.model.vocabulary import Aspect, Relation, Type, Vocabulary
from kg.publish.schema import LENS
from kg.publish.terms import GROUPS, WORDS, Property
from kg.reading import keys
from kg.reading.shape import Key, Keys
from kg.reading.values import LINK_KEYS, PASSAGE_KEYS


def reference_page(vocabulary: Vocabulary) -> str:
    """The page: types as a tree, relations by the file they stand in, keys, terms of RDF."""
    blocks = (
        *_opening(vocabulary),
        *_types(vocabulary),
        *_relations(vocabulary),
        *_schemes(vocabulary),
        *_keys(),
        *_terms(),
    )
    return "\n\n".join(blocks) + "\n"


def _opening(vocabulary: Vocabulary) -> Iterator[str]:
    types, relations = len(vocabulary.types), len(vocabulary.relations)
    yield "# Ontology and file format"
    yield (
        f"{types} types, {relations} relations and {len(vocabulary.schemes)} code schemes, and the "
        "keys by which files use them. This page is generated from the files in `ontology/` and "
        "from the tables that kg reads by: `kg publish` writes it."
    )
    yield (
        "[Types](#types) · [Relations](#relations) · [Code schemes](#code-schemes) · "
        "[Keys of the files](#keys-of-the-files) · [Terms in RDF](#terms-in-rdf)"
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


# -- the files ----------------------------------------------------------------------------------


def _keys() -> Iterator[str]:
    yield "## Keys of the files"
    yield (
        "A key marked ● must be there; one marked ✶ takes a list as well as a single value. Every "
        "scalar is text until its key reads it: `NO` is Norway, `010` keeps its zero."
    )
    for title, says, table in (
        ("Fact files", "Any file under `facts/` may hold any of these.", keys.DOCUMENT),
        ("An entity", "Under `entities`, by id.", keys.ENTITY),
        ("A source", "Under `sources`, by id.", keys.SOURCE),
        ("The text of a source", "Under a source's `text`.", keys.TEXT),
        ("A fact", "An item of `facts`. Under `defaults` stand the same keys but `id`, `subject`, "
                   "`relation` and `object`.", keys.FACT),
        ("A link of the chain", "An item of `said_by`, where it is more than an id.", LINK_KEYS),
        ("A passage", "Under `passage`, where it is more than a part.", PASSAGE_KEYS),
        ("Ontology files", "Any file under `ontology/` may hold any of these.", keys.ONTOLOGY),
        ("A type", "Under `types`, by id.", keys.TYPE),
        ("A relation", "Under `relations`, by id. Domain, range, symmetry, aspect and valence are "
                       "the parent's where they are not given.", keys.RELATION),
        ("A valence", "Under a relation's `valence`; what is not given is 0.", keys.VALENCE),
        ("A PLOVER mapping", "Under a relation's `plover`.", keys.PLOVER),
        ("A code scheme", "Under `codes`, by id.", keys.SCHEME),
        ("kg.yaml", "One for each workspace.", keys.PROFILE),
        ("A lens", "Under `lens`, the default's dials, and under `lenses`, by name. What is not "
                   "given is the default's.", LENS),
    ):  # fmt: skip
        yield f"### {title}"
        yield says
        yield "\n".join(_key_table(table))


def _key_table(table: Keys) -> Iterator[str]:
    rows = [(_key(key), _meaning(key)) for key in table.by_name.values()]
    yield from _table(("Key", "What it says"), rows)


def _key(key: Key) -> str:
    return _marked(key.name, always=key.required, several=key.many)


def _meaning(key: Key) -> str:
    """What a key says, with the words that it takes where they are few."""
    words = [word for word in key.kind.schema.get("enum", ()) if isinstance(word, str)]
    if not words:
        return key.summary
    return f"{key.summary}<br>{' · '.join(_code(word) for word in words)}"


# -- the terms ----------------------------------------------------------------------------------


def _terms() -> Iterator[str]:
    yield "## Terms in RDF"
    yield (
        f"The prefix `kg:` stands for `{KG}`. A direct edge is a triple with the relation as its "
        "predicate, and there is one only where an affirmed claim holds. The claim itself, with "
        "all it hangs on, is written in these terms. ● marks what is always there, ✶ what may "
        "stand several times."
    )
    for group in GROUPS:
        yield f"### {group.id}"
        yield group.comment if group.name is None else f"{_code(group.name)}. {group.comment}"
        rows = [(_term(each), each.comment, _takes(each)) for each in group.properties]
        yield "\n".join(_table(("Property", "What it says", "Takes"), rows))
    yield "### Words"
    rows = [
        (f"`kg:{name}`", _code(f"kg:{word}"), meaning)
        for name, (_, members) in WORDS.items()
        for word, meaning in members.items()
    ]
    yield "\n".join(_table(("Class", "Word", "What it says"), rows))


def _term(each: Property) -> str:
    return _marked(each.name, always=bool(each.least), several=each.most is None)


def _takes(each: Property) -> str:
    return ", ".join(_code(name) for name in each.takes)


# -- Markdown -----------------------------------------------------------------------------------


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _marked(name: str, *, always: bool, several: bool) -> str:
    return f"{_code(name)} {'●' * always}{'✶' * several}".rstrip()


def _any_of(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def _code(text: str) -> str:
    return f"`{text}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
