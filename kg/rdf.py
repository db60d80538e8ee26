"""The facts as RDF, seen through a lens: every IRI of kg is minted here.

A term is a short piece of Turtle (`e:russia`, `"text"@en`, `<https://…>`, `true`, `12`), so that a
Turtle document is a join of strings, and the other formats are an expansion of the same strings.
There are no blank nodes, and a resource has one `rdfs:label`, so a query never doubles its rows by
asking for the label.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from kg.lens import Scene, validity
from kg.model.facts import (
    Attribution,
    Basis,
    Claim,
    Entity,
    FactSet,
    Literal,
    Modality,
    Passage,
    PassageText,
    Polarity,
    Profile,
    Quantity,
    Source,
)
from kg.model.interval import FUTURE, PAST
from kg.model.prefixes import KG, PREFIXES
from kg.model.vocabulary import Aspect, LiteralKind, Relation, Type, Vocabulary
from kg.wording import said_by_sentence, sentence

if TYPE_CHECKING:
    from rdflib import Graph

XSD = PREFIXES["xsd"]
RDF_TYPE = PREFIXES["rdf"] + "type"

Properties = tuple[tuple[str, tuple[str, ...]], ...]


class Resource(NamedTuple):
    """All that is said of one subject: each predicate with its objects, as Turtle terms."""

    subject: str
    properties: Properties


@dataclass(frozen=True)
class Dataset:
    """The triples of a scene, by subject, in an order that the facts alone decide."""

    prefixes: Mapping[str, str]
    resources: Iterable[Resource]  #: may be gone through again and again
    graph: str  #: the IRI of the named graph that holds the same triples in N-Quads

    def turtle(self) -> bytes:
        """The triples as Turtle."""
        return turtle_document(self.prefixes, self.resources)

    def ntriples(self) -> bytes:
        """The triples as sorted N-Triples."""
        return "".join(f"{triple} .\n" for triple in self._lines).encode()

    def nquads(self) -> bytes:
        """The triples as sorted N-Quads, in the named graph of the lens."""
        end = f" <{self.graph}> .\n"
        return "".join(triple + end for triple in self._lines).encode()

    def jsonld(self) -> bytes:
        """The triples as JSON-LD, one node a subject, in the default graph."""
        return jsonld_document(self.prefixes, self.resources)

    def triples(self) -> Iterator[tuple[str, str, str]]:
        """Each triple, its terms as N-Triples writes them."""
        expanded = _Expanded(self.prefixes)
        for subject, properties in self.resources:
            full_subject = expanded[subject]
            for predicate, objects in properties:
                full_predicate = expanded[predicate]
                for term in objects:
                    yield full_subject, full_predicate, expanded[term]

    @cached_property
    def _lines(self) -> list[str]:
        return sorted({f"{s} {p} {o}" for s, p, o in self.triples()})


def to_dataset(scene: Scene) -> Dataset:
    """Everything the facts say as RDF, with the direct edges that `scene` lets hold."""
    minted = _Minted.of(scene.facts)
    graph = minted.graph(scene.lens.name)
    return Dataset(prefixes_of(scene.facts.profile), _Resources(scene, minted), graph)


def to_rdflib(dataset: Dataset) -> Graph:
    """The triples as an rdflib graph, with the prefixes bound."""
    from rdflib import Graph  # imported here: it costs more than all of kg

    graph = Graph()
    for name, iri in dataset.prefixes.items():
        graph.bind(name, iri, override=True, replace=True)
    terms = _RdflibTerms()
    for subject, predicate, term in dataset.triples():
        graph.add((terms[subject], terms[predicate], terms[term]))
    return graph


def prefixes_of(profile: Profile) -> Mapping[str, str]:
    """The prefixes that every query and every document of a workspace may use.

    Those of kg go before a workspace's own of the same name.
    """
    data = {"e": "entity/", "c": "claim/", "s": "source/"}
    minted = {name: profile.base + folder for name, folder in data.items()}
    return {**profile.prefixes, **PREFIXES, **minted}


# -- documents ----------------------------------------------------------------------------------


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


def jsonld_document(prefixes: Mapping[str, str], resources: Iterable[Resource]) -> bytes:
    """The resources as JSON-LD with the prefixes as its context."""
    values = _JsonValues()
    nodes = [_json_node(resource, values) for resource in resources if resource.properties]
    context = {name: _json_prefix(iri) for name, iri in sorted(prefixes.items())}
    document = {"@context": context, "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _json_prefix(iri: str) -> Any:
    """JSON-LD 1.1 takes only what ends in a delimiter for a prefix, unless it is told."""
    return iri if iri[-1:] in tuple(":/?#[]@") else {"@id": iri, "@prefix": True}


def _json_node(resource: Resource, values: _JsonValues) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _json_name(resource.subject)}
    for name, objects in resource.properties:
        if name == "a":
            node["@type"] = [_json_name(term) for term in objects]
        else:
            found = [values[term] for term in objects]
            node[_json_name(name)] = found if len(found) > 1 else found[0]
    return node


def _json_name(term: str) -> str:
    return term[1:-1] if term.startswith("<") else term


class _JsonValues(dict[str, Any]):
    """Terms as JSON-LD values, each worked out once."""

    def __missing__(self, term: str) -> Any:
        self[term] = value = self._value(term)
        return value

    @staticmethod
    def _value(term: str) -> Any:
        if term in ("true", "false") or _INTEGER.fullmatch(term):
            return json.loads(term)
        if not term.startswith('"'):
            return {"@id": _json_name(term)}
        text, language, datatype = split_literal(term)
        if language:
            return {"@value": text, "@language": language}
        return {"@value": text, "@type": _json_name(datatype)} if datatype else text


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
            return f"{term[:end]}^^{self._expand(term[end + 2 :])}"
        if term in ("true", "false"):
            return f'"{term}"^^<{XSD}boolean>'
        if _INTEGER.fullmatch(term):
            return f'"{term}"^^<{XSD}integer>'
        prefix, colon, local = term.partition(":")
        if not colon or prefix not in self._prefixes:
            raise ValueError(f"'{term}' is not a term of N-Triples")
        return f"<{self._prefixes[prefix]}{local}>"


class _RdflibTerms(dict[str, Any]):
    """Terms of N-Triples as rdflib has them, each worked out once."""

    def __missing__(self, term: str) -> Any:
        from rdflib import Literal as RdflibLiteral
        from rdflib import URIRef

        if term.startswith("<"):
            value: Any = URIRef(term[1:-1])
        else:
            text, language, datatype = split_literal(term)
            kind = URIRef(datatype[1:-1]) if datatype else None
            value = RdflibLiteral(text, lang=language, datatype=kind)
        self[term] = value
        return value


# -- terms --------------------------------------------------------------------------------------

#: Local names that every Turtle and SPARQL parser takes; all others are written as IRIs.
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"(https?://[\w.~-]+(?::[0-9]{1,5})?)([/?][^#]*)?(?:#(.*))?", re.I | re.S)

#: What would end a literal, break a line for some reader, or hide in an editor.
_UNSAFE = re.compile(
    r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def text(value: str, language: str | None = None) -> str:
    """A literal; with a language tag where one is given, in lower case as engines keep it."""
    if _UNSAFE.search(value):
        value = _UNSAFE.sub(_escape, value)
    if language and _LANGUAGE.fullmatch(language):
        return f'"{value}"@{language.lower()}'
    return f'"{value}"'


def typed(value: str, datatype: str) -> str:
    """A literal of a datatype, itself a term such as `xsd:date`."""
    return f"{text(value)}^^{datatype}"


def iri(value: str) -> str:
    """An IRI in angle brackets; what may not stand there is percent-encoded."""
    return f"<{quote(value, safe=_IRI_SAFE)}>" if _IRI_UNSAFE.search(value) else f"<{value}>"


def split_literal(term: str) -> tuple[str, str | None, str | None]:
    """The text, language and datatype term of a literal that `text` or `typed` wrote."""
    end = term.rindex('"') + 1
    value: str = json.loads(term[:end])  # the escapes of `text` are JSON's too
    suffix = term[end:]
    if suffix.startswith("@"):
        return value, suffix[1:], None
    return value, None, suffix[2:] or None


_IRI_UNSAFE = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f]|%(?![0-9A-Fa-f]{2})')
_IRI_SAFE = ":/?#[]@!$&'()*+,;=%~"


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _SHORT.get(char) or f"\\u{ord(char):04X}"


def _name(prefix: str, namespace: str, local: str) -> str:
    if _LOCAL.fullmatch(local):
        return f"{prefix}:{local}"
    return f"<{namespace}{_in_path(local)}>"


def _in_order(terms: list[str]) -> tuple[str, ...]:
    """The terms, each once; most often there is only one."""
    return (terms[0],) if len(terms) == 1 else tuple(sorted(set(terms)))


def _in_path(name: str) -> str:
    return name if _LOCAL.fullmatch(name) else quote(name, safe="")


@lru_cache(maxsize=4096)
def _kg(local: str) -> str:
    return _name("kg", KG, local)


def _address(url: str) -> str:
    """An IRI where the address is surely one for every engine, else its text."""
    match = _ADDRESS.fullmatch(url)
    if match is None:
        return text(url)
    start, rest, fragment = match.groups()
    return f"<{start}{_in_iri(rest or '')}{'' if fragment is None else '#' + _in_iri(fragment)}>"


def _in_iri(part: str) -> str:
    return re.sub(
        r"[^\w:/?@!$&'()*+,;=%.~-]|%(?![0-9A-Fa-f]{2})",
        lambda match: quote(match[0], safe=""),
        part,
    )


def _integer(value: int) -> str:
    return str(value)


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _decimal(value: Decimal) -> str:
    """The one spelling that engines keep: no exponent, no zeros at the end."""
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return f'"{"0" if plain == "-0" else plain}"^^xsd:decimal'


_DATES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "xsd:date"),
    (re.compile(r"\d{4}-\d\d"), "xsd:gYearMonth"),
    (re.compile(r"\d{4}"), "xsd:gYear"),
)


def _date(written: str) -> str:
    """A date as far as it is known; what XML Schema has no type for stays text."""
    for pattern, datatype in _DATES:
        if pattern.fullmatch(written):
            return typed(written, datatype)
    return text(written)


def _object(literal: Literal) -> str:
    if literal.kind is LiteralKind.QUANTITY:
        return typed(literal.text, "kg:quantity")
    if literal.kind is LiteralKind.DATE:
        return _date(literal.text)
    if literal.kind is LiteralKind.NUMBER:
        try:
            number = Decimal(literal.text)
        except InvalidOperation:
            return text(literal.text)
        return _decimal(number) if number.is_finite() else text(literal.text)
    return text(literal.text)


@dataclass(frozen=True, slots=True)
class _Minted:
    """The names of everything in a workspace."""

    base: str
    things: Mapping[str, str]  #: the term of each entity, source and claim

    @classmethod
    def of(cls, facts: FactSet) -> _Minted:
        base = facts.profile.base
        kinds = (
            ("e", "entity/", facts.entities),
            ("s", "source/", facts.sources),
            ("c", "claim/", facts.claims),
        )
        things = {
            id_: _name(prefix, base + folder, id_) for prefix, folder, ids in kinds for id_ in ids
        }
        return cls(base, things)

    def thing(self, id_: str) -> str:
        """The name of an entity, source or claim; what is none of them counts as an entity."""
        return self.things.get(id_) or _name("e", f"{self.base}entity/", id_)

    def each(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Their names, each once, in order."""
        return _in_order([self.thing(id_) for id_ in ids])

    def passage(self, passage: Passage) -> str:
        """The name of a passage: a part of a source, or characters of it."""
        path = f"{_in_path(passage.source)}/{_in_path(passage.part)}"
        if passage.chars is not None:
            path += f"/{passage.chars[0]}-{passage.chars[1]}"
        return f"<{self.base}passage/{path}>"

    def attribution(self, claim: str, position: int) -> str:
        """The name of a link in a claim's chain."""
        return f"<{self.base}attribution/{_in_path(claim)}/{position}>"

    def graph(self, lens: str) -> str:
        """The IRI of the graph of a lens."""
        return f"{self.base}graph/{_in_path(lens)}"


# -- resources ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Resources:
    """The resources of a scene, made anew each time: kept, they would cost more than to make."""

    scene: Scene
    minted: _Minted

    def __iter__(self) -> Iterator[Resource]:
        scene, minted, facts = self.scene, self.minted, self.scene.facts
        edges = _direct_edges(scene, minted)
        yield _lens(scene, minted)
        yield from _words()
        yield from map(_type, _by_id(facts.vocabulary.types))
        yield from map(_relation, _by_id(facts.vocabulary.relations))
        for entity in _by_id(facts.entities):
            yield _entity(entity, facts.vocabulary, minted, edges)
        for source in _by_id(facts.sources):
            yield _source(source, minted, edges)
        yield from _passages(facts, minted)
        for claim in _by_id(facts.claims):
            yield _claim(claim, scene, minted)
            yield from _attributions(claim, minted)


def _by_id(things: Mapping[str, Any]) -> Iterator[Any]:
    return (things[id_] for id_ in sorted(things))


_Pairs = list[tuple[str, tuple[str, ...]]]

#: The words that qualifiers take as values, each a resource of its own.
_WORDS = (
    ("Polarity", tuple(Polarity)),
    ("Modality", tuple(Modality)),
    ("Basis", tuple(Basis)),
    ("Aspect", tuple(Aspect)),
)


def _lens(scene: Scene, minted: _Minted) -> Resource:
    return Resource(
        iri(minted.graph(scene.lens.name)),
        (
            ("a", ("kg:Lens",)),
            ("rdfs:label", (text(scene.lens.name),)),
            ("dcterms:description", (text(scene.describe()),)),
            ("dcterms:title", (text(scene.facts.profile.title),)),
            ("kg:asOf", (text(scene.as_of.text),)),
        ),
    )


def _words() -> Iterator[Resource]:
    yield Resource("kg:Claim", (("rdfs:subClassOf", ("rdf:Statement",)),))
    for kind, words in _WORDS:
        for word in words:
            pairs = (("a", (_kg(kind),)), ("rdfs:label", (text(word),)))
            yield Resource(_kg(word), pairs)


def _type(type_: Type) -> Resource:
    pairs: _Pairs = [("a", ("rdfs:Class",)), ("rdfs:label", (text(type_.label),))]
    _add_text(pairs, "rdfs:comment", type_.description)
    if type_.parent is not None:
        pairs.append(("rdfs:subClassOf", (_kg(type_.parent),)))
    return Resource(_kg(type_.id), tuple(pairs))


def _relation(relation: Relation) -> Resource:
    pairs: _Pairs = [("a", ("rdf:Property",)), ("rdfs:label", (text(relation.label),))]
    _add_text(pairs, "rdfs:comment", relation.description)
    if relation.parent is not None:
        pairs.append(("rdfs:subPropertyOf", (_kg(relation.parent),)))
    pairs += [
        ("kg:aspect", (_kg(relation.aspect),)),
        ("kg:inverseLabel", (text(relation.inverse_label),)),
        ("kg:objectValence", (_integer(relation.valence.object),)),
        ("kg:subjectValence", (_integer(relation.valence.subject),)),
        ("kg:symmetric", (_boolean(relation.symmetric),)),
    ]
    return Resource(_kg(relation.id), tuple(pairs))


_Edges = Mapping[str, Mapping[str, set[str]]]


def _direct_edges(scene: Scene, minted: _Minted) -> _Edges:
    """By subject and relation, the objects of the claims that are edges; a symmetric one twice."""
    relations = scene.facts.vocabulary.relations
    edges: dict[str, dict[str, set[str]]] = {}
    for claim in scene.edges:
        subject, relation = minted.thing(claim.subject), relations[claim.relation]
        if isinstance(claim.object, Literal):
            pairs = [(subject, _object(claim.object))]
        else:
            target = minted.thing(claim.object)
            pairs = [(subject, target), (target, subject)][: 1 + relation.symmetric]
        for start, end in pairs:
            edges.setdefault(start, {}).setdefault(_kg(relation.id), set()).add(end)
    return edges


def _edge_pairs(subject: str, edges: _Edges) -> _Pairs:
    found = edges.get(subject, {})
    return [(relation, tuple(sorted(found[relation]))) for relation in sorted(found)]


def _entity(entity: Entity, vocabulary: Vocabulary, minted: _Minted, edges: _Edges) -> Resource:
    subject = minted.thing(entity.id)
    pairs: _Pairs = [("a", (_kg(entity.type),)), ("rdfs:label", (text(entity.name),))]
    if entity.labels:
        labels = [text(label, language) for language, label in entity.labels]
        pairs.append(("skos:prefLabel", _in_order(labels)))
    if entity.aliases:
        pairs.append(("skos:altLabel", _in_order([text(alias) for alias in entity.aliases])))
    _add_text(pairs, "dcterms:description", entity.description)
    _add_codes(pairs, entity, vocabulary)
    if entity.close_match:
        pairs.append(("skos:closeMatch", minted.each(entity.close_match)))
    _add_text(pairs, "skos:note", entity.note)
    return Resource(subject, (*pairs, *_edge_pairs(subject, edges)))


def _add_codes(pairs: _Pairs, entity: Entity, vocabulary: Vocabulary) -> None:
    by_scheme: dict[str, set[str]] = {}
    matches = set()
    for scheme_id, code in entity.codes:
        by_scheme.setdefault(scheme_id, set()).add(text(code))
        scheme = vocabulary.schemes.get(scheme_id)
        if scheme is not None and scheme.iri is not None:
            matches.add(_address(scheme.iri.replace("{}", quote(code, safe=""))))
    pairs += [(_kg(scheme), tuple(sorted(by_scheme[scheme]))) for scheme in sorted(by_scheme)]
    if matches:
        pairs.append(("skos:exactMatch", tuple(sorted(matches))))


def _source(source: Source, minted: _Minted, edges: _Edges) -> Resource:
    subject, title = minted.thing(source.id), text(source.title)
    pairs: _Pairs = [
        ("a", (_kg(source.type),)),
        ("rdfs:label", (title,)),
        ("dcterms:title", (title,)),
    ]
    _add_text(pairs, "dcterms:creator", source.author)
    _add_text(pairs, "dcterms:description", source.description)
    if source.published_text is not None:
        pairs.append(("dcterms:issued", (_date(source.published_text),)))
    _add_text(pairs, "dcterms:language", source.language)
    _add_thing(pairs, "dcterms:publisher", source.publisher, minted)
    if source.archived is not None:
        pairs.append(("kg:archived", (_address(source.archived),)))
    if source.text is not None:
        pairs.append(("kg:characters", (_integer(source.text.characters),)))
    _add_text(pairs, "kg:reliability", source.reliability)
    if source.retrieved is not None:
        pairs.append(("kg:retrieved", (_date(source.retrieved),)))
    if source.text is not None:
        pairs.append(("kg:sha256", (text(source.text.sha256),)))
    if source.based_on:
        pairs.append(("prov:wasDerivedFrom", minted.each(source.based_on)))
    if source.url is not None:
        pairs.append(("schema:url", (_address(source.url),)))
    _add_text(pairs, "skos:note", source.note)
    return Resource(subject, (*pairs, *_edge_pairs(subject, edges)))


def _passages(facts: FactSet, minted: _Minted) -> Iterator[Resource]:
    """All declared parts of all texts, and what claims point to within them."""
    whole = {
        (source.id, part, None)
        for source in facts.sources.values()
        if source.text is not None
        for part in source.text.parts
    }
    used = {
        (passage.source, passage.part, passage.chars)
        for claim in facts.claims.values()
        for passage in claim.passages
    }
    for source_id, part, chars in sorted(whole | used, key=lambda key: (*key[:2], key[2] or ())):
        source = facts.sources.get(source_id)
        passage = Passage(source_id, part, chars, None)
        yield from _passage(passage, source.text if source else None, minted)


def _passage(passage: Passage, read: PassageText | None, minted: _Minted) -> Iterator[Resource]:
    subject = minted.passage(passage)
    pairs: _Pairs = [
        ("a", ("oa:SpecificResource",)),
        ("rdfs:label", (text(_passage_label(passage)),)),
        ("kg:part", (text(passage.part),)),
    ]
    if read is not None and passage.part in read.headline:
        pairs.append(("kg:headline", ("true",)))
    pairs.append(("oa:hasSource", (minted.thing(passage.source),)))
    if read is None or passage.part not in read.parts:
        yield Resource(subject, tuple(pairs))
        return
    selector = f"{subject[:-1]}#position>"
    yield Resource(subject, (*pairs, ("oa:hasSelector", (selector,))))
    start, end = read.parts[passage.part]
    if passage.chars is not None:
        start, end = start + passage.chars[0], start + passage.chars[1]
    yield Resource(
        selector,
        (
            ("a", ("oa:TextPositionSelector",)),
            ("oa:end", (_integer(end),)),
            ("oa:start", (_integer(start),)),
        ),
    )


def _passage_label(passage: Passage) -> str:
    if passage.chars is None:
        return passage.part
    return f"{passage.part}, characters {passage.chars[0]} to {passage.chars[1]}"


def _claim(claim: Claim, scene: Scene, minted: _Minted) -> Resource:
    """A claim with all its qualifiers: what it is first, then the rest by name."""
    source, value = minted.thing(claim.source), claim.object
    target = _object(value) if isinstance(value, Literal) else minted.thing(value)
    standing = scene.standings[claim.id]
    pairs: _Pairs = [
        ("a", ("kg:Claim",)),
        ("rdfs:label", (text(sentence(claim, scene.facts)),)),
        ("rdf:subject", (minted.thing(claim.subject),)),
        ("rdf:predicate", (_kg(claim.relation),)),
        ("rdf:object", (target,)),
        ("kg:polarity", (_kg(claim.polarity),)),
        ("kg:modality", (_kg(claim.modality),)),
        ("kg:basis", (_kg(claim.basis),)),
        ("kg:holds", (_boolean(standing.holds),)),
        ("kg:certain", (_boolean(standing.certain),)),
        ("kg:fact", (text(claim.fact),)),
        ("kg:source", (source,)),
        ("prov:hadPrimarySource", (source,)),
        ("kg:saidBy", (text(said_by_sentence(claim, scene.facts)),)),
    ]
    if standing.reason is not None:
        pairs.append(("kg:withheld", (text(standing.reason),)))
    _add_chain(pairs, claim, minted)
    _add_time(pairs, claim, scene.facts)
    _add_qualifiers(pairs, claim, minted)
    return Resource(minted.thing(claim.id), tuple(pairs))


def _add_chain(pairs: _Pairs, claim: Claim, minted: _Minted) -> None:
    if not claim.said_by:
        return
    links = tuple(minted.attribution(claim.id, n + 1) for n in range(len(claim.said_by)))
    pairs.append(("kg:attribution", links))
    if claim.speakers:
        pairs.append(("prov:wasAttributedTo", minted.each(claim.speakers)))


def _add_time(pairs: _Pairs, claim: Claim, facts: FactSet) -> None:
    """The time as written, its widest bounds, and the narrowest where any of it is certain."""
    if claim.when is not None:
        pairs.append(("kg:when", (text(claim.when.text),)))
    when = validity(claim, facts)
    pairs += _bound("kg:validFrom", when.start.earliest)
    pairs += _bound("kg:validUntil", when.end.latest)
    start, end = when.certain_start, when.certain_end
    if start <= end:
        pairs += _bound("kg:certainFrom", start)
        pairs += _bound("kg:certainUntil", end)


@lru_cache(maxsize=4096)
def _bound(name: str, day: date) -> Properties:
    """One end of a time; nothing where it has none."""
    if day in (PAST, FUTURE):
        return ()
    return ((name, (f'"{day.isoformat()}"^^xsd:date',)),)


def _add_qualifiers(pairs: _Pairs, claim: Claim, minted: _Minted) -> None:
    if claim.about:
        pairs.append(("kg:about", minted.each(claim.about)))
    if claim.against:
        pairs.append(("kg:against", minted.each(claim.against)))
    _add_thing(pairs, "kg:condition", claim.condition, minted)
    if claim.credibility is not None:
        pairs.append(("kg:credibility", (_integer(claim.credibility),)))
    _add_text(pairs, "kg:degree", claim.degree)
    _add_text(pairs, "kg:likelihood", claim.likelihood)
    _add_text(pairs, "kg:manner", claim.manner)
    _add_text(pairs, "kg:note", claim.note)
    _add_passages(pairs, claim.passages, minted)
    _add_thing(pairs, "kg:place", claim.place, minted)
    _add_quantity(pairs, claim)
    if claim.recorded is not None:
        pairs.append(("kg:recorded", (_date(claim.recorded),)))
    if claim.tags:
        pairs.append(("kg:tag", _in_order([text(tag) for tag in claim.tags])))


def _add_passages(pairs: _Pairs, passages: tuple[Passage, ...], minted: _Minted) -> None:
    if not passages:
        return
    pairs.append(("kg:passage", _in_order([minted.passage(each) for each in passages])))
    quotes = [text(each.quote) for each in passages if each.quote]
    if quotes:
        pairs.append(("kg:quote", _in_order(quotes)))


def _add_quantity(pairs: _Pairs, claim: Claim) -> None:
    """The claim's own quantity, else that of its object, with its bounds apart."""
    quantity: Quantity | None = claim.quantity
    if quantity is not None:
        pairs.append(("kg:quantity", (text(quantity.text),)))
    elif isinstance(claim.object, Literal):
        quantity = claim.object.quantity
    if quantity is None:
        return
    if quantity.approximate:
        pairs.append(("kg:approximate", ("true",)))
    if quantity.low is not None:
        pairs.append(("kg:quantityMin", (_decimal(quantity.low),)))
    if quantity.high is not None:
        pairs.append(("kg:quantityMax", (_decimal(quantity.high),)))
    pairs.append(("kg:unit", (text(quantity.unit),)))


def _attributions(claim: Claim, minted: _Minted) -> Iterator[Resource]:
    for position, link in enumerate(claim.said_by, start=1):
        yield Resource(
            minted.attribution(claim.id, position), tuple(_attribution(link, position, minted))
        )


def _attribution(link: Attribution, position: int, minted: _Minted) -> _Pairs:
    pairs: _Pairs = [("a", ("kg:Attribution",)), ("kg:position", (_integer(position),))]
    if link.speaker is None:
        pairs.append(("kg:unknown", ("true",)))
    else:
        pairs.append(("kg:speaker", (minted.thing(link.speaker),)))
    _add_text(pairs, "kg:verb", link.verb)
    return pairs


def _add_text(pairs: _Pairs, name: str, value: str | None) -> None:
    if value:
        pairs.append((name, (text(value),)))


def _add_thing(pairs: _Pairs, name: str, thing: str | None, minted: _Minted) -> None:
    if thing is not None:
        pairs.append((name, (minted.thing(thing),)))
