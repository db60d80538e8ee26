"""Resources as documents: Turtle, JSON-LD, and the triples of N-Triples and N-Quads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from kg.model.prefixes import PREFIXES
from kg.rdf.resource import Resource
from kg.rdf.terms import bare_type, split_literal

RDF_TYPE = PREFIXES["rdf"] + "type"


# -- Turtle -------------------------------------------------------------------------------------


def turtle_document(prefixes: Mapping[str, str], resources: Iterable[Resource]) -> bytes:
    """The resources as Turtle, in the order given; a term may be any Turtle, lists included."""
    head = [f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items())]
    return "".join([*head, *map(_turtle_block, resources)]).encode()


def _turtle_block(resource: Resource) -> str:
    subject, properties = resource
    if not properties:
        return ""
    lines = " ;\n    ".join(
        [
            f"{name} {objects[0]}" if len(objects) == 1 else f"{name} {', '.join(objects)}"
            for name, objects in properties
        ]
    )
    return f"\n{subject} {lines} .\n"


# -- N-Triples ----------------------------------------------------------------------------------


def triples(
    prefixes: Mapping[str, str], resources: Iterable[Resource]
) -> Iterator[tuple[str, str, str]]:
    """Each triple, its terms as N-Triples writes them."""
    expanded = _Expanded(prefixes)
    for subject, properties in resources:
        full_subject = expanded[subject]
        for predicate, objects in properties:
            full_predicate = expanded[predicate]
            for term in objects:
                yield full_subject, full_predicate, expanded[term]


class _Expanded(dict[str, str]):
    """Terms as N-Triples writes them, each worked out once."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__({"a": f"<{RDF_TYPE}>"})
        self._prefixes = prefixes

    def __missing__(self, term: str) -> str:
        self[term] = value = self._expand(term)
        return value

    def _expand(self, term: str) -> str:
        if term.startswith("<"):
            return term
        if term.startswith('"'):
            end = term.rindex('"') + 1
            if not term.startswith("^^", end):
                return term
            return f"{term[:end]}^^{self[term[end + 2 :]]}"
        bare = bare_type(term)
        if bare is not None:
            return f'"{term}"^^<{PREFIXES["xsd"]}{bare}>'
        prefix, colon, local = term.partition(":")
        if not colon or prefix not in self._prefixes:
            raise ValueError(f"'{term}' is not a term of N-Triples")
        return f"<{self._prefixes[prefix]}{local}>"


# -- JSON-LD ------------------------------------------------------------------------------------


def jsonld_document(prefixes: Mapping[str, str], resources: Iterable[Resource]) -> bytes:
    """The resources as JSON-LD with the prefixes as its context."""
    values = _JsonValues()
    context = {name: _json_prefix(iri) for name, iri in sorted(prefixes.items())}
    nodes = [_json_node(resource, values) for resource in resources if resource.properties]
    document = {"@context": _json_object(context), "@graph": _json_array(nodes)}
    return (_json_object(document) + "\n").encode()


def _json_prefix(iri: str) -> str:
    """JSON-LD 1.1 takes only what ends in a delimiter for a prefix, unless it is told."""
    if iri.endswith(tuple(":/?#[]@")):
        return _json(iri)
    return _json_object({"@id": _json(iri), "@prefix": "true"})


def _json_node(resource: Resource, values: _JsonValues) -> str:
    node = {"@id": _json(_json_name(resource.subject))}
    for name, objects in resource.properties:
        if name == "a":
            node["@type"] = _json_array([_json(_json_name(term)) for term in objects])
        else:
            found = [values[term] for term in objects]
            node[_json_name(name)] = _json_array(found) if len(found) > 1 else found[0]
    return _json_object(node)


class _JsonValues(dict[str, str]):
    """Terms as JSON-LD values, each worked out once."""

    def __missing__(self, term: str) -> str:
        self[term] = value = self._value(term)
        return value

    @staticmethod
    def _value(term: str) -> str:
        if bare_type(term):
            return term
        if not term.startswith('"'):
            return _json_object({"@id": _json(_json_name(term))})
        text, language, datatype = split_literal(term)
        value = _json(text)
        if language:
            return _json_object({"@value": value, "@language": _json(language)})
        if datatype:
            return _json_object({"@value": value, "@type": _json(_json_name(datatype))})
        return value


def _json_name(term: str) -> str:
    return term[1:-1] if term.startswith("<") else term


_json = json.JSONEncoder(ensure_ascii=False).encode


def _json_object(members: Mapping[str, str]) -> str:
    return _block("{}", [f"{_json(name)}: {value}" for name, value in members.items()])


def _json_array(items: list[str]) -> str:
    return _block("[]", items)


def _block(brackets: str, items: list[str]) -> str:
    """Items in brackets, one a line, as `json` writes them; it has no fast way to indent."""
    if not items:
        return brackets
    inside = ",\n".join(items).replace("\n", "\n ")
    return f"{brackets[0]}\n {inside}\n{brackets[1]}"
