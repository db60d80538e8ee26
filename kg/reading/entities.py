"""Entities and sources from what is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model.diagnostic import Code, Diagnostic, Severity
from kg.model.facts import Entity, PassageText, Source
from kg.model.node import Mapping as MappingNode
from kg.model.node import Places, span_of
from kg.model.suggest import listing, suggest
from kg.model.vocabulary import DOCUMENT
from kg.reading import keys
from kg.reading.declarations import Declarations
from kg.reading.document import shorten
from kg.reading.pattern import matches
from kg.reading.records import Record, parts_written
from kg.reading.scenarios import read_implied
from kg.reading.shape import is_meant
from kg.reading.values import BAD_RANGE, LONGEST, Reference


def read_entity(record: Record, declared: Declarations) -> Entity | None:
    """The entity; None where its type or its name cannot be read."""
    values = record.values
    type_id = declared.type_of(record)
    close_match = declared.many(record, "close_match")
    implies = read_implied(record, declared)
    codes = tuple(_codes(record, declared))
    if type_id is None or "name" not in values:
        return None
    return Entity(
        id=record.id,
        type=type_id,
        name=values["name"],
        labels=tuple(sorted(values.get("labels", {}).items())),
        aliases=values.get("aliases", ()),
        codes=tuple(sorted(codes)),
        description=values.get("description"),
        close_match=close_match,
        implies=implies,
        note=values.get("note"),
        places=record.places,
    )


def read_source(record: Record, declared: Declarations) -> Source | None:
    """The source; None where its type or its title cannot be read."""
    values = record.values
    type_id = declared.type_of(record)
    publisher = declared.one(record, "publisher")
    based_on = declared.many(record, "based_on", ("source",))
    text = _passage_text(record, declared)
    if type_id is not None and not declared.vocabulary.may_be(type_id, (DOCUMENT,)):
        message = f"'{type_id}' is not a kind of Document"
        hint = "a source is something that can be read: NewsArticle, Report …"
        span = record.places.value("type")
        declared.found.append(Diagnostic(NOT_A_DOCUMENT, message, span, hint))
    if type_id is None or "title" not in values:
        return None
    published = values.get("published")
    return Source(
        id=record.id,
        type=type_id,
        title=values["title"],
        publisher=publisher,
        published=published[0] if published else None,
        published_text=published[1] if published else None,
        url=values.get("url"),
        archived=values.get("archived"),
        retrieved=values["retrieved"][1] if "retrieved" in values else None,
        author=values.get("author"),
        language=values.get("language"),
        based_on=based_on,
        reliability=values.get("reliability"),
        marking=values.get("marking"),
        text=text,
        description=values.get("description"),
        note=values.get("note"),
        places=record.places,
    )


def has_broken_text(places: Places) -> bool:
    """Whether a source has a `text`, be it one that cannot be read: its parts are a guess then."""
    return is_meant("text", places, keys.SOURCE)


def unknown_part(reference: Reference, source: str, parts: Iterable[str], path: str) -> Diagnostic:
    """The finding that a source's text has no such part."""
    parts = tuple(parts)
    listed = "its parts are " + listing(parts) if parts else "describe its 'text' with 'parts'"
    message = f"the source '{source}' has no part '{shorten(reference.id)}'"
    span = span_of(path, reference.node)
    meant = suggest(reference.id, parts, span)
    return Diagnostic(
        UNKNOWN_PART, message, span, meant.hint if meant else listed, fix=meant and meant.fix
    )


def _codes(record: Record, declared: Declarations) -> Iterator[tuple[str, str]]:
    node = record.places.body.value("codes")
    path = record.places.path
    for scheme_id, code in record.values.get("codes", {}).items():
        assert isinstance(node, MappingNode)
        key_node, value_node = node.entries[scheme_id]
        scheme = declared.vocabulary.schemes.get(scheme_id)
        if scheme is None:
            known = declared.vocabulary.schemes
            message = f"no code scheme is called '{scheme_id}'"
            span = span_of(path, key_node)
            meant = suggest(scheme_id, known, span)
            hint = meant.hint if meant else "the schemes are " + listing(known)
            fix = meant and meant.fix
            declared.found.append(Diagnostic(UNKNOWN_SCHEME, message, span, hint, fix=fix))
        elif not matches(scheme.pattern, code):
            message = f"'{shorten(code, LONGEST)}' is no {scheme.label} code"
            hint = f"its codes have the form {scheme.pattern}"
            span = span_of(path, value_node)
            declared.found.append(Diagnostic(BAD_CODE, message, span, hint))
        else:
            yield scheme_id, code


def _passage_text(record: Record, declared: Declarations) -> PassageText | None:
    values = record.values.get("text")
    node = record.places.body.value("text")
    if not values or not isinstance(node, MappingNode):
        return None
    parts: dict[str, tuple[int, int]] = values.get("parts", {})
    characters = values.get("characters")
    parts_node = node.value("parts")
    for part, (start, end) in parts.items():
        if characters is not None and end > characters and isinstance(parts_node, MappingNode):
            message = f"{start}-{end} ends behind the text, which has {characters} characters"
            span = span_of(record.places.path, parts_node.entries[part][1])
            hint = "count code points, not bytes, from 0"
            declared.found.append(Diagnostic(BAD_RANGE, message, span, hint))
    if "parts" not in values:
        return None
    for reference in (*values.get("headline", ()), *values.get("unclaimed", ())):
        if reference.id not in parts_written(record.places):
            declared.found.append(unknown_part(reference, record.id, parts, record.places.path))
    if characters is None or "sha256" not in values:
        return None
    headline, unclaimed = (
        tuple(r.id for r in values.get(key, ()) if r.id in parts)
        for key in ("headline", "unclaimed")
    )
    in_order = dict(sorted(parts.items()))
    return PassageText(values["sha256"], characters, in_order, headline, unclaimed)


UNKNOWN_SCHEME = Code("unknown-scheme", "reference", Severity.ERROR, "no code scheme has that name")
UNKNOWN_PART = Code(
    "unknown-part", "evidence", Severity.ERROR, "a source's text has no part of that name"
)
BAD_CODE = Code(
    "bad-code", "reference", Severity.ERROR, "a code does not have the form of its scheme"
)
NOT_A_DOCUMENT = Code(
    "not-a-document", "ontology", Severity.ERROR, "a source is not a kind of document"
)

CODES = (UNKNOWN_SCHEME, UNKNOWN_PART, BAD_CODE, NOT_A_DOCUMENT)
