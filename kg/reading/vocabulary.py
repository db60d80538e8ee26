"""Ontology files as a vocabulary: types, relations with what they inherit, code schemes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.model.diagnostic import Code, Diagnostic, Related, Severity
from kg.model.node import Mapping as MappingNode
from kg.model.node import Places, Sequence
from kg.model.suggest import suggest_term
from kg.model.text import Span
from kg.model.vocabulary import (
    RESERVED,
    Aspect,
    CodeScheme,
    LiteralKind,
    Plover,
    Relation,
    Type,
    Valence,
    Vocabulary,
)
from kg.reading import keys
from kg.reading.document import shorten
from kg.reading.shape import Keys, Kind, Reader, is_empty, is_meant, meant, read_keys, report_shape
from kg.reading.values import ID, LONGEST, RELATION_ID, TYPE_ID, Reference

#: A longer line of parents is a mistake, and would be walked for every claim.
MOST_ANCESTORS = 64
#: So many of those that go round in a circle are named.
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Document:
    """One file as nodes."""

    path: str
    root: MappingNode


@dataclass(frozen=True, slots=True)
class _Entry:
    """A type, relation or scheme as it was declared."""

    id: str
    values: Mapping[str, Any]
    places: Places


def read_vocabulary(
    core: Iterable[Document], own: Iterable[Document], found: list[Diagnostic]
) -> Vocabulary:
    """What the ontology files declare; `own` extends `core` and cannot redefine what is there."""
    core, own = tuple(core), tuple(own)
    core_paths = {document.path for document in core}
    for document in (*core, *own):
        read_keys(document.root, keys.ONTOLOGY, Reader(document.path, found))
    types = _declared("types", keys.TYPE, TYPE_ID, core, own, found)
    relations = _declared("relations", keys.RELATION, RELATION_ID, core, own, found)
    schemes = _declared("codes", keys.SCHEME, ID, core, own, found)
    for id in sorted(relations.keys() & schemes.keys()):  # both would be kg:ID
        pair = sorted((schemes[id], relations[id]), key=lambda e: e.places.path in core_paths)
        found.append(_shared_id(*pair))
    _break_lineages(types, found)
    _break_lineages(relations, found)
    parents = {id: _parent(entry, types, "type", found) for id, entry in types.items()}
    return Vocabulary(
        {id: _type(types[id], parents[id]) for id in sorted(types)},
        _relations(relations, types, found),
        {id: _scheme(schemes[id]) for id in sorted(schemes)},
        frozenset(_orphans(types, parents)),
    )


def _orphans(types: Mapping[str, _Entry], parents: Mapping[str, str | None]) -> Iterator[str]:
    """The types that have a parent which could not be read."""
    for id, entry in types.items():
        if parents[id] is None and is_meant("parent", entry.places, keys.TYPE):
            yield id


def label_from_id(id: str) -> str:
    """`givesMilitarySupportTo` as `gives military support to`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", id).lower()


def infinitive_of(label: str) -> str:
    """A label's infinitive: `gives support to` as `give support to`.

    The verb is the label's first word; a verb that this rule gets wrong has its own `infinitive`.
    """
    verb, space, rest = label.partition(" ")
    irregular = {"is": "be", "has": "have", "does": "do"}
    if verb in irregular:
        verb = irregular[verb]
    elif verb.endswith("ies") and len(verb) > 4:
        verb = verb[:-3] + "y"
    elif re.search("(ss|sh|ch|x|zz|o)es$", verb):
        verb = verb[:-2]
    elif verb.endswith("s") and not verb.endswith("ss"):
        verb = verb[:-1]
    return verb + space + rest


def _declared(
    section: str,
    table: Keys,
    id_kind: Kind,
    core: tuple[Document, ...],
    own: tuple[Document, ...],
    found: list[Diagnostic],
) -> dict[str, _Entry]:
    """All entries of one section. What is broken inside still counts as declared."""
    entries: dict[str, _Entry] = {}
    for document in (*core, *own):
        reader = Reader(document.path, found)
        section_node = meant(section, document.root, keys.ONTOLOGY)
        if section_node is None:
            continue
        if not isinstance(section_node, MappingNode):
            if not is_empty(section_node):
                report_shape(section_node, f"the {section} by id", reader)
            continue
        for key_node, body in section_node.entries.values():
            id_kind.read(key_node, reader)
            if len(key_node.value) > LONGEST:
                continue  # which is told; nothing can refer to it
            if key_node.value in RESERVED:
                message = f"'{key_node.value}' is a word of kg's own model of claims"
                reader.report(RESERVED_TERM, message, key_node, "give it another name")
            values = read_keys(body, table, reader, at=key_node) or {}
            body_node = (
                body if isinstance(body, MappingNode) else MappingNode({}, body.start, body.end)
            )
            entry = _Entry(key_node.value, values, Places(document.path, key_node, body_node))
            first = entries.setdefault(entry.id, entry)
            if first is not entry:
                is_core = any(first.places.path == d.path for d in core) and document in own
                _report_twice(entry, first, table.noun, is_core, found)
    return entries


def _report_twice(
    entry: _Entry, first: _Entry, noun: str, is_core: bool, found: list[Diagnostic]
) -> None:
    code = REDEFINED_TERM if is_core else DUPLICATE_TERM
    message = (
        f"'{entry.id}' is {noun} of the core" if is_core else f"'{entry.id}' is declared twice"
    )
    hint = "give it a name of its own, with the other as its parent" if is_core else "keep one"
    related = (Related(first.places.declared, "it is declared here first"),)
    found.append(Diagnostic(code, message, entry.places.declared, hint, related))


def _shared_id(entry: _Entry, other: _Entry) -> Diagnostic:
    message = f"'{entry.id}' is a relation and a code scheme"
    related = (Related(other.places.declared, "the other is declared here"),)
    hint = "give it another name"
    return Diagnostic(DUPLICATE_TERM, message, entry.places.declared, hint, related)


def _break_lineages(entries: dict[str, _Entry], found: list[Diagnostic]) -> None:
    """Reports each entry that is its own ancestor or has too many, and takes its parent away."""
    ancestors: dict[str, int] = {}
    for id in sorted(entries):
        if id in ancestors:
            continue
        line = _steps_up(id, entries, ancestors)
        again = _parent_id(entries[line[-1]])
        if again in line:
            circle = line[line.index(again) :]
            first = circle.index(min(circle))
            _report_cycle([*circle[first:], *circle[:first]], entries, found)
            line = _steps_up(id, entries, ancestors)
        for step in reversed(line):
            parent = _parent_id(entries[step])
            ancestors[step] = ancestors[parent] + 1 if parent in entries else 0
            if ancestors[step] > MOST_ANCESTORS:
                ancestors[step] = 0
                message = f"'{step}' has more than {MOST_ANCESTORS} ancestors"
                where = _without_parent(step, entries)
                found.append(Diagnostic(DEEP_LINEAGE, message, where, "take a wider one as parent"))


def _steps_up(id: str, entries: Mapping[str, _Entry], known: Container[str]) -> list[str]:
    """An entry and its ancestors, up to one that is known already, or that was met before."""
    line = {id: None}  # in the order of the steps
    step = _parent_id(entries[id])
    while step in entries and step not in known and step not in line:
        line[step] = None
        step = _parent_id(entries[step])
    return list(line)


def _report_cycle(circle: list[str], entries: dict[str, _Entry], found: list[Diagnostic]) -> None:
    id = circle[0]
    names = circle if len(circle) <= _SHOWN else [*circle[: _SHOWN - 1], "…", circle[-1]]
    message = f"'{id}' is its own ancestor: {' → '.join([*names, id])}"
    hint = "leave the parent of one of them out: the widest has none"
    found.append(Diagnostic(PARENT_CYCLE, message, _without_parent(id, entries), hint))


def _without_parent(id: str, entries: dict[str, _Entry]) -> Span:
    """Takes the parent of an entry away, and says where it stood."""
    entry = entries[id]
    rest = {key: value for key, value in entry.values.items() if key != "parent"}
    entries[id] = _Entry(id, rest, entry.places)
    return entry.places.value("parent")


def _parent_id(entry: _Entry) -> str:
    parent = entry.values.get("parent")
    return parent.id if isinstance(parent, Reference) else ""


def _parent(
    entry: _Entry, entries: Mapping[str, _Entry], noun: str, found: list[Diagnostic]
) -> str | None:
    parent = _parent_id(entry)
    if not parent or parent in entries:
        return parent or None
    code = UNKNOWN_TYPE if noun == "type" else UNKNOWN_RELATION
    found.append(unknown_term(code, noun, parent, entry.places, "parent", None, entries))
    return None


def unknown_term(
    code: Code,
    noun: str,
    id: str,
    places: Places,
    key: str,
    index: int | None,
    terms: Mapping[str, Type | Relation | _Entry],
) -> Diagnostic:
    """The finding that no type or relation is called `id`; `terms` are those there are."""
    span = places.value(key, index)
    meant = suggest_term(id, {name: _words_of(term) for name, term in terms.items()}, span)
    hint = meant.hint if meant else f"'kg explain {noun}s' lists them; new ones go to 'ontology/'"
    message = f"no {noun} is called '{shorten(id, LONGEST)}'"
    return Diagnostic(code, message, span, hint, fix=meant and meant.fix)


def _words_of(term: Type | Relation | _Entry) -> str:
    if isinstance(term, _Entry):
        return f"{term.values.get('label', term.id)} {term.values.get('description', '')}"
    return f"{term.label} {term.description}"


def _type(entry: _Entry, parent: str | None) -> Type:
    values = entry.values
    return Type(
        id=entry.id,
        label=values.get("label", label_from_id(entry.id)),
        description=values.get("description", ""),
        parent=parent,
        same_as=values.get("same_as", ()),
        places=entry.places,
    )


def _scheme(entry: _Entry) -> CodeScheme:
    values = entry.values
    return CodeScheme(
        id=entry.id,
        label=values.get("label", entry.id),
        pattern=values.get("pattern", ".+"),
        url=values.get("url"),
        iri=values.get("iri"),
        places=entry.places,
    )


def _relations(
    entries: Mapping[str, _Entry], types: Mapping[str, _Entry], found: list[Diagnostic]
) -> dict[str, Relation]:
    parents = {id: _parent(entry, entries, "relation", found) for id, entry in entries.items()}
    for entry in entries.values():
        _check_ends(entry, entries, parents, types, found)
        _check_inference(entry, entries, found)
    return {id: _relation(entries[id], entries, parents, types) for id in sorted(entries)}


def _lineage(
    id: str, entries: Mapping[str, _Entry], parents: Mapping[str, str | None]
) -> Iterator[_Entry]:
    step: str | None = id
    while step is not None:
        yield entries[step]
        step = parents[step]


def _check_ends(
    entry: _Entry,
    entries: Mapping[str, _Entry],
    parents: Mapping[str, str | None],
    types: Mapping[str, _Entry],
    found: list[Diagnostic],
) -> None:
    for key in ("domain", "range"):
        literals = list(LiteralKind) if key == "range" else []
        ends: tuple[Reference, ...] = entry.values.get(key, ())
        for index, end in enumerate(ends):
            if end.id in literals and len(ends) > 1:
                message = f"'{end.id}' stands beside other types in a range"
                hint = "a range is types, or one kind of value"
                found.append(Diagnostic(MIXED_RANGE, message, entry.places.value(key, index), hint))
            elif end.id not in types and end.id not in literals:
                kinds = {str(kind): _Entry(kind, {}, entry.places) for kind in literals}
                known: dict[str, _Entry] = {**types, **kinds}
                found.append(
                    unknown_term(UNKNOWN_TYPE, "type", end.id, entry.places, key, index, known)
                )
        *heirs, root = _lineage(entry.id, entries, parents)
        if any(is_meant(key, ancestor.places, keys.RELATION) for ancestor in (*heirs, root)):
            continue
        # An unknown parent may have it; a known one that has none is told so itself.
        if not heirs and not is_meant("parent", root.places, keys.RELATION):
            message = f"the relation '{entry.id}' has no {key}, and no parent that has one"
            hint = f"add '{key}: …': {keys.RELATION.by_name[key].summary}"
            found.append(Diagnostic(NO_ENDS, message, entry.places.declared, hint))


def _check_inference(entry: _Entry, entries: Mapping[str, _Entry], found: list[Diagnostic]) -> None:
    """Reports relations under `inverse` and `chain` that are not declared."""
    inverse = entry.values.get("inverse")
    if inverse is not None and inverse.id not in entries:
        found.append(
            unknown_term(
                UNKNOWN_RELATION, "relation", inverse.id, entry.places, "inverse", None, entries
            )
        )
    is_list = isinstance(entry.places.body.value("chain"), Sequence)
    for index, chain in enumerate(entry.values.get("chain", ())):
        at = index if is_list else None
        for link in dict.fromkeys(chain.split("/")):
            if link not in entries:
                found.append(
                    unknown_term(
                        UNKNOWN_RELATION, "relation", link, entry.places, "chain", at, entries
                    )
                )


def _relation(
    entry: _Entry,
    entries: Mapping[str, _Entry],
    parents: Mapping[str, str | None],
    types: Mapping[str, _Entry],
) -> Relation:
    def inherited(key: str, otherwise: Any) -> Any:
        for ancestor in _lineage(entry.id, entries, parents):
            if is_meant(key, ancestor.places, keys.RELATION):
                return ancestor.values.get(key, otherwise)
        return otherwise

    values = entry.values
    label = values.get("label", label_from_id(entry.id))
    domain = tuple(end.id for end in inherited("domain", ()))
    ends = tuple(end.id for end in inherited("range", ()))
    literal = next((LiteralKind(end) for end in ends if end in list(LiteralKind)), None)
    valence = inherited("valence", {})
    plover = values.get("plover")
    return Relation(
        id=entry.id,
        label=label,
        infinitive=values.get("infinitive", infinitive_of(label)),
        inverse_label=values.get("inverse_label", f"is what … {label}"),
        description=values.get("description", ""),
        parent=parents[entry.id],
        domain=_if_all_known(domain, types),
        range=_if_all_known(ends, types) if literal is None else (),
        literal=literal,
        symmetric=inherited("symmetric", "false") == "true",
        aspect=inherited("aspect", Aspect.STATE),
        valence=Valence(valence.get("subject", 0), valence.get("object", 0)),
        inverse=_known_inverse(values.get("inverse"), entries),
        chains=tuple(_known_chains(values.get("chain", ()), entries)),
        plover=_plover(plover) if plover and "type" in plover else None,
        cameo=values.get("cameo", ()),
        same_as=values.get("same_as", ()),
        places=entry.places,
    )


def _known_inverse(inverse: Reference | None, entries: Mapping[str, _Entry]) -> str | None:
    return inverse.id if inverse is not None and inverse.id in entries else None


def _known_chains(
    chains: Iterable[str], entries: Mapping[str, _Entry]
) -> Iterator[tuple[str, ...]]:
    for chain in chains:
        links = tuple(chain.split("/"))
        if all(link in entries for link in links):
            yield links


def _if_all_known(ends: tuple[str, ...], types: Mapping[str, _Entry]) -> tuple[str, ...]:
    """The types, or none at all: with one of them unknown nobody can say what is left out."""
    return ends if all(end in types for end in ends) else ()


def _plover(values: Mapping[str, Any]) -> Plover:
    return Plover(values["type"], values.get("mode"), values.get("context", ()))


def _code(name: str, summary: str, family: str = "ontology") -> Code:
    return Code(name, family, Severity.ERROR, summary)


UNKNOWN_TYPE = _code("unknown-type", "no type of the ontology has that name", "reference")
UNKNOWN_RELATION = _code(
    "unknown-relation", "no relation of the ontology has that name", "reference"
)
DUPLICATE_TERM = _code("duplicate-term", "a type, relation or code scheme is declared twice")
REDEFINED_TERM = _code("redefined-term", "a term of the core ontology is declared again")
RESERVED_TERM = _code("reserved-term", "a term is called like one of kg's model of claims")
PARENT_CYCLE = _code("parent-cycle", "a type or relation is its own ancestor")
DEEP_LINEAGE = _code("deep-lineage", "a type or relation has more ancestors than kg follows")
MIXED_RANGE = _code("mixed-range", "a range mixes types with a kind of value")
NO_ENDS = _code("no-ends", "a relation has no domain or no range")

CODES = (
    UNKNOWN_TYPE,
    UNKNOWN_RELATION,
    DUPLICATE_TERM,
    REDEFINED_TERM,
    RESERVED_TERM,
    PARENT_CYCLE,
    DEEP_LINEAGE,
    MIXED_RANGE,
    NO_ENDS,
)
