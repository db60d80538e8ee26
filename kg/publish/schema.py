"""The files of a workspace as JSON Schemas, so that editors complete, explain and check them.

They are made of the same tables of keys that kg reads by. A schema sees one file at a time and
values as a YAML 1.2 parser types them: whether an id is declared is for `kg check` to say.

A word that has a meaning stands in an `enum` with `enumDescriptions`, which is what the YAML
extension of VS Code and its kin show while one types; to every other validator it is an enum.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kg.model.facts import (
    RULED_OUT,
)
from kg.model.vocabulary import DOCUMENT, LiteralKind, Vocabulary
from kg.publish.terms import WORDS
from kg.reading import keys
from kg.reading.shape import Keys
from kg.reading.values import (
    BOOLEAN,
    DATE,
    ID_PATTERN,
    INTERVAL,
    PART_PATTERN,
    RELATION_PATTERN,
    TYPE_PATTERN,
)

Schema = dict[str, Any]


def facts_schema(vocabulary: Vocabulary) -> bytes:
    """The schema of the files under `facts/`."""
    entity, source = _schema(keys.ENTITY), _schema(keys.SOURCE)
    entity["properties"]["codes"] = _codes(vocabulary)
    source["properties"]["type"]["$ref"] = "#/$defs/document"
    fact, defaults = _schema(keys.FACT), _schema(keys.DEFAULTS)
    mention = {"$ref": "#/$defs/mention"}
    for table in (fact, defaults):
        for name in ("about", "supersedes", "disputes"):
            table["properties"][name] = _several(mention, keys.FACT.by_name[name].summary)
        for name in ("polarity", "modality", "basis"):
            table["properties"][name].update(_word(name.capitalize()))
    fact["required"].remove("source")
    decision = _schema(keys.DECISION)
    for name in ("claims", "over"):
        summary = keys.DECISION.by_name[name].summary
        decision["properties"][name] = _several(mention, summary)
    decision["properties"]["rank"].update(_word("Rank"))
    identity = _schema(keys.IDENTITY)
    identity["properties"]["verdict"].update(_word("Verdict"))
    documents = [id for id in vocabulary.types if vocabulary.is_a(id, DOCUMENT)]
    defs = {
        "fact": _titled("a fact", fact, _FACT_EXAMPLES),
        "defaults": _titled("defaults of the facts in this file", defaults, _DEFAULTS_EXAMPLES),
        "decision": _titled("a decision of the curator", decision, _DECISION_EXAMPLES),
        "identity": _titled("whether entities are one", identity, _IDENTITY_EXAMPLES),
        "entity": _titled("an entity", entity, _ENTITY_EXAMPLES),
        "source": _titled("a source", source, _SOURCE_EXAMPLES),
        "type": _types(vocabulary, vocabulary.types),
        "document": _types(vocabulary, documents),
        "relation": _relations(vocabulary),
        "id": _id("an id of an entity, a source or a fact", ID_PATTERN),
        "mention": _id("an id of an entity, a source, a fact or a claim", _MENTION_PATTERN),
        "condition": _id("a scenario, or not: and one that is ruled out", _CONDITION_PATTERN),
        "part": _id("a part of a source's text", PART_PATTERN),
    }
    sections = {
        "entities": _by_id("entity"),
        "sources": _by_id("source"),
        "defaults": {"$ref": "#/$defs/defaults"},
        "facts": {"type": ["array", "null"], "items": {"$ref": "#/$defs/fact"}},
        "decisions": {"type": ["array", "null"], "items": {"$ref": "#/$defs/decision"}},
        "identities": {"type": ["array", "null"], "items": {"$ref": "#/$defs/identity"}},
    }
    root = _root(keys.DOCUMENT, sections)
    has_source = {"properties": {"defaults": {"required": ["source"]}}, "required": ["defaults"]}
    root["if"] = has_source
    root["else"] = {"properties": {"facts": {"items": {"required": ["source"]}}}}
    return _document("A fact file of kg", root, defs)


def ontology_schema(vocabulary: Vocabulary) -> bytes:
    """The schema of the files under `ontology/`. Types and relations may be new in them."""
    kinds = {str(kind): f"a {kind}, not a thing" for kind in LiteralKind}
    type_ = _open(_types(vocabulary, vocabulary.types), "a type", TYPE_PATTERN)
    relation = _open(_relations(vocabulary), "a relation", RELATION_PATTERN)
    table = _schema(keys.RELATION)
    table["properties"]["aspect"].update(_word("Aspect"))
    defs = {
        "newType": _titled("a type", _schema(keys.TYPE), _TYPE_EXAMPLES),
        "newRelation": _titled("a relation", table, _RELATION_EXAMPLES),
        "scheme": _titled("a code scheme", _schema(keys.SCHEME), _SCHEME_EXAMPLES),
        "type": type_,
        "relation": relation,
        "range": {"anyOf": [_enum(kinds), *type_["anyOf"]]},
    }
    sections = {
        "types": _by_id("newType", TYPE_PATTERN),
        "relations": _by_id("newRelation", RELATION_PATTERN),
        "codes": _by_id("scheme"),
    }
    return _document("An ontology file of kg", _root(keys.ONTOLOGY, sections), defs)


def workspace_schema(vocabulary: Vocabulary) -> bytes:
    """The schema of `kg.yaml`. It is the same for every vocabulary."""
    lens = _schema(keys.LENS)
    lens["properties"]["modality"] = _several(
        _word("Modality"), keys.LENS.by_name["modality"].summary
    )
    voice = {"$ref": "#/$defs/voice"}
    sections: dict[str, Schema] = {
        "lens": {"$ref": "#/$defs/lens"},
        "lenses": {"type": "object", "additionalProperties": {"$ref": "#/$defs/lens"}},
        "groups": {"type": "object", "additionalProperties": _several(voice, "its voices")},
    }
    root = _root(keys.PROFILE, sections)
    defs = {
        "lens": _titled("the dials of a lens", lens, _LENS_EXAMPLES),
        "voice": _id("an entity, a source, a group or a type", f"{ID_PATTERN}|{TYPE_PATTERN}"),
        "condition": _id("a scenario, or not: and one that is ruled out", _CONDITION_PATTERN),
    }
    return _document("The kg.yaml of a workspace", root, defs)


# -- whole documents ----------------------------------------------------------------------------


def _document(title: str, root: Schema, defs: Schema) -> bytes:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **root,
        "$defs": defs,
    }
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _root(table: Keys, sections: Mapping[str, Schema]) -> Schema:
    """The schema of a table of keys, with what stands in its sections."""
    schema = _schema(table)
    for name, section in sections.items():
        schema["properties"][name] = {"description": table.by_name[name].summary, **section}
    return schema


def _schema(table: Keys) -> Schema:
    """The schema of a table of keys, closer where a kind of value has a form to show."""
    schema = table.schema
    for key in table.by_name.values():
        for kind, closer in _CLOSER:
            if key.kind is kind:
                schema["properties"][key.name].update(closer)
    return schema


def _by_id(definition: str, pattern: str = ID_PATTERN) -> Schema:
    return {
        "type": ["object", "null"],
        "patternProperties": {f"^(?:{pattern})$": {"$ref": f"#/$defs/{definition}"}},
        "additionalProperties": False,
    }


def _titled(title: str, schema: Schema, examples: list[Any]) -> Schema:
    return {"title": title, **schema, "examples": examples}


# -- values -------------------------------------------------------------------------------------

_DAY = r"(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?)?[~?%]?"
_BOUND = rf"(?:{_DAY}|\[\.\.{_DAY}\]|\[{_DAY}\.\.\])"

#: What an editor's parser gives for a value, and the form of the text if it is one.
_CLOSER = (
    (BOOLEAN, {"enum": [True, False, "true", "false"]}),
    (DATE, {"pattern": f"^{_DAY}$"}),
    (INTERVAL, {"pattern": rf"^(?:{_BOUND}|(?:\.\.|{_BOUND})?/(?:\.\.|{_BOUND})?)$"}),
)

_MENTION_PATTERN = "[a-z0-9][a-z0-9_-]*"
_CONDITION_PATTERN = f"(?:{RULED_OUT} *)?{ID_PATTERN}"


def _id(title: str, pattern: str) -> Schema:
    return {"title": title, "type": ["string", "integer"], "pattern": f"^(?:{pattern})$"}


def _enum(meanings: Mapping[str, str]) -> Schema:
    """Words, each with what an editor says of it."""
    return {
        "enum": [str(word) for word in meanings],
        "enumDescriptions": list(meanings.values()),
    }


def _word(name: str) -> Schema:
    return _enum({str(word): meaning for word, meaning in WORDS[name][1].items()})


def _open(schema: Schema, title: str, pattern: str) -> Schema:
    """The same words and any other of the form, since new ones are made here."""
    return {"anyOf": [schema, {"title": title, "type": "string", "pattern": f"^(?:{pattern})$"}]}


def _types(vocabulary: Vocabulary, ids: Iterable[str]) -> Schema:
    types = {id: vocabulary.types[id] for id in ids}
    return {
        "title": "a type",
        **_enum({id: each.description or each.label for id, each in types.items()}),
    }


def _relations(vocabulary: Vocabulary) -> Schema:
    meanings = {}
    for id, each in vocabulary.relations.items():
        ends = (" or ".join(each.domain), " or ".join(each.range) or each.literal)
        meanings[id] = f"{ends[0]} {each.label} {ends[1]}. {each.description}".strip()
    return {"title": "a relation", **_enum(meanings)}


def _codes(vocabulary: Vocabulary) -> Schema:
    schemes = {
        id: {
            "description": each.label,
            "type": ["string", "integer"],
            "pattern": f"^(?:{each.pattern})$",
        }
        for id, each in vocabulary.schemes.items()
    }
    description = keys.ENTITY.by_name["codes"].summary
    return {
        "description": description,
        "type": "object",
        "properties": schemes,
        "additionalProperties": False,
    }


def _several(one: Schema, summary: str) -> Schema:
    """One of something, or a list."""
    several = {"type": "array", "items": one, "minItems": 1}
    return {"description": summary, "anyOf": [one, several]}


# -- examples, all of which the schemas accept ----------------------------------------------------

_FACT_EXAMPLES = [
    {
        "id": "backs-venezuela",
        "subject": ["russia", "china"],
        "relation": "backs",
        "object": "venezuela",
        "when": "2005/..",
        "passage": "P1",
    },
    {
        "id": "no-military-support",
        "subject": "russia",
        "relation": "givesMilitarySupportTo",
        "object": "venezuela",
        "polarity": "denied",
        "modality": "intended",
        "condition": "us-escalation",
        "said_by": ["wsj-report", {"by": "western-sources", "verb": "revealed"}],
        "passage": {"part": "P3", "chars": "10-40"},
    },
]
_DECISION_EXAMPLES = [
    {
        "id": "number-of-2022",
        "claims": ["soldiers-in-2022"],
        "rank": "deprecated",
        "reason": "The ministry corrected the number a day later.",
        "recorded": "2025-12-05",
    }
]
_IDENTITY_EXAMPLES = [
    {
        "id": "usa-is-united-states",
        "entities": ["united-states", "usa"],
        "verdict": "same",
        "reason": "A spreadsheet had the short name.",
        "recorded": "2025-12-05",
    }
]
_DEFAULTS_EXAMPLES = [{"source": "next-news-2025-12-02"}]
_ENTITY_EXAMPLES = [
    {
        "type": "State",
        "name": "Russia",
        "labels": {"ru": "Россия"},
        "aliases": ["Moscow"],
        "codes": {"iso3166": "RU", "cow": 365},
    }
]
_SOURCE_EXAMPLES = [
    {
        "type": "NewsArticle",
        "title": "Strategic Isolation Looms",
        "publisher": "next-news",
        "published": "2025-12-02",
        "language": "en",
        "reliability": "F",
    }
]
_TYPE_EXAMPLES = [
    {
        "label": "research institute",
        "description": "An organization that studies and publishes.",
        "parent": "Organization",
    }
]
_RELATION_EXAMPLES = [
    {
        "label": "grants transit to",
        "inverse_label": "may cross",
        "description": "The subject lets troops or goods of the object pass.",
        "domain": "State",
        "range": ["State", "Alliance"],
        "parent": "cooperatesWith",
        "symmetric": False,
        "valence": {"subject": 0, "object": 1},
    }
]
_LENS_EXAMPLES = [{"as_of": "2021", "without": ["western-sources"]}]
_SCHEME_EXAMPLES = [{"label": "ISO 3166-1 alpha-2", "pattern": "[A-Z]{2}"}]
