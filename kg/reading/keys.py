"""The keys of every mapping that kg reads: the format of a workspace in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.model.dials import Certainty, Decisions, Inference
from kg.model.facts import (
    CREDIBILITIES,
    LIKELIHOODS,
    MARKINGS,
    RELIABILITIES,
    Basis,
    Modality,
    Polarity,
    Rank,
    Verdict,
)
from kg.model.node import Node
from kg.model.vocabulary import Aspect
from kg.reading import values as v
from kg.reading.shape import Key, Keys, Kind, Reader, Space, keys


def _as_written(node: Node, reader: Reader) -> Node:
    return node


#: Values that are read later, by whoever knows what they should be.
_DEFERRED = Kind(_as_written, {"type": "object"})


def _deferred(table: Keys) -> Kind:
    return replace(_DEFERRED, table=table)


def _by_id(id: Kind, each: Kind) -> Kind:
    return replace(_DEFERRED, name=id, each=each)


def _list_of(table: Keys) -> Kind:
    return Kind(_as_written, {"type": "array"}, each=v.record(table))


#: One voice or a list of them.
_VOICES = Kind(_as_written, {}, v.VOICE.names, v.VOICE.takes, each=v.VOICE)

ENTITY = keys(
    "an entity",
    Key("type", v.TYPE, "its type, as in the ontology", required=True),
    Key("name", v.TEXT, "its name", required=True),
    Key("labels", v.LABELS, "its names in other languages, by language tag"),
    Key("aliases", v.TEXT, "other names, for search and reading", many=True),
    Key("codes", v.CODES_BY_SCHEME, "its codes, by scheme"),
    Key("description", v.TEXT, "what it is, in a sentence"),
    Key("close_match", v.ENTITY, "entities that are nearly the same", many=True),
    Key("implies", v.CONDITION, "of a scenario: others that come true with it, or not:ID",
        many=True),
    Key("note", v.TEXT, "a remark of the curator"),
)  # fmt: skip

_MARKING = v.choice("marking", MARKINGS)


def _of_admiralty(value: str) -> str | None:
    """`B2` is the reliability of a source and the credibility of what it says."""
    letter, digit = value[:1].upper(), value[1:]
    if letter not in RELIABILITIES or digit not in map(str, CREDIBILITIES):
        return None
    return f"write {digit} alone: {letter} is the 'reliability' of the source"


def _under(key: str, words: Iterable[str]) -> Callable[[str], str | None]:
    """What to say of a word that belongs under another key, however like it is to one of these."""
    known = frozenset(words)
    return lambda value: f"it is a {key}: write '{key}: {value}'" if value in known else None


_PER_CENT = re.compile("(?P<low>[0-9]{1,3})(?: ?[-\u2013] ?(?P<high>[0-9]{1,3}))? ?%")


def _of_per_cent(value: str) -> str | None:
    """The term for a number of per cent."""
    match = _PER_CENT.fullmatch(value)
    if match is None:
        return None
    low, high = int(match["low"]), int(match["high"] or match["low"])
    for term, (least, most) in LIKELIHOODS.items():
        if least <= low <= high <= most:
            return f"write '{term}', the term for {least} to {most} per cent"
    return None


TEXT = keys(
    "a source's text",
    Key("sha256", v.SHA256, "the hash of the text's bytes", required=True),
    Key("characters", v.COUNT, "how many code points the decoded text has", required=True),
    Key("parts", v.PARTS, "its parts: START-END in code points from 0, the end excluded",
        required=True),
    Key("headline", v.PART, "which parts are headline", many=True),
    Key("unclaimed", v.PART, "which parts were read and hold nothing to claim, such as a byline",
        many=True),
)  # fmt: skip

SOURCE = keys(
    "a source",
    Key("type", v.TYPE, "its type: a kind of Document", required=True),
    Key("title", v.TEXT, "its title", required=True),
    Key("publisher", v.ENTITY, "who published it: an entity"),
    Key("published", v.DATE, "when it was published: an EDTF date"),
    Key("url", v.URL, "where it is"),
    Key("archived", v.URL, "where a copy is kept"),
    Key("retrieved", v.DATE, "when it was read there"),
    Key("author", v.TEXT, "who wrote it"),
    Key("language", v.LANGUAGE, "its language: a BCP 47 tag"),
    Key("based_on", v.SOURCE, "sources that are known only through this one", many=True),
    Key("reliability", v.choice("reliability", RELIABILITIES),
        "how reliable it is: Admiralty A to E, F cannot be judged"),
    Key("marking", _MARKING, "who may read what comes through it: TLP 2.0"),
    Key("text", v.record(TEXT), "the text it was read in"),
    Key("description", v.TEXT, "what it is, in a sentence"),
    Key("note", v.TEXT, "a remark of the curator"),
)  # fmt: skip

_QUALIFIERS = (
    Key("source", v.SOURCE, "the source that was read", required=True),
    Key("polarity", v.member(Polarity, "polarity", _under("modality", Modality)),
        "affirmed, or denied: said not to be so"),
    Key("modality", v.member(Modality, "modality", _under("polarity", Polarity)),
        "actual, or in which other way it is said"),
    Key("condition", v.CONDITION,
        "the scenarios under which alone it holds; not:ID where it is ruled out", many=True),
    Key("degree", v.TEXT, "how far; on a denial, what the denial covers"),
    Key("when", v.INTERVAL, "the time in which it is so: an EDTF date or interval"),
    Key("said_by", v.CHAIN_LINK, "the chain behind the source, nearest to the reader first",
        many=True),
    Key("passage", v.PASSAGE, "where in the source's text it stands", many=True),
    Key("credibility", v.whole_number("credibility", CREDIBILITIES, _of_admiralty),
        "how credible it is: Admiralty 1 to 5, 6 cannot be judged"),
    Key("likelihood", v.choice("likelihood", LIKELIHOODS, _of_per_cent),
        "how likely it is: an ICD 203 term"),
    Key("quantity", v.QUANTITY, "how much, for each claim of the fact"),
    Key("place", v.ENTITY, "where: an entity"),
    Key("against", v.ENTITY, "against whom: entities", many=True),
    Key("manner", v.TEXT, "how, such as 'in secret'"),
    Key("basis", v.member(Basis, "basis"), "stated, or presupposed: taken for granted"),
    Key("about", v.TOPIC, "what it speaks of: claims, facts or entities", many=True),
    Key("supersedes", v.CLAIMS, "claims or facts that it corrects or replaces", many=True),
    Key("disputes", v.CLAIMS, "claims or facts that it speaks against", many=True),
    Key("marking", _MARKING, "who may read it: TLP 2.0"),
    Key("tags", v.TEXT, "words to find it by", many=True),
    Key("recorded", v.DATE, "when it was written down"),
    Key("note", v.TEXT, "a remark of the curator"),
)  # fmt: skip

FACT = keys(
    "a fact",
    Key("id", v.ID, "its id, the beginning of its claims' ids", required=True),
    Key("subject", v.THING, "who or what: an entity or a source", required=True, many=True),
    Key("relation", v.RELATION, "does or is what: a relation of the ontology", required=True,
        many=True),
    Key("object", v.OBJECT, "to whom or what: an entity, a source or a value", required=True,
        many=True),
    *_QUALIFIERS,
)  # fmt: skip

DEFAULTS = keys("'defaults'", *(Key(k.name, k.kind, k.summary, many=k.many) for k in _QUALIFIERS))

DECISION = keys(
    "a decision",
    Key("id", v.ID, "its id", required=True),
    Key("claims", v.CLAIMS, "the claims or facts that it is about", required=True, many=True),
    Key("rank", v.member(Rank, "rank"),
        "preferred: what contradicts them gives way; deprecated: they are set aside",
        required=True),
    Key("over", v.CLAIMS, "claims or facts that they are preferred to", many=True),
    Key("reason", v.TEXT, "why", required=True),
    Key("by", v.TEXT, "who decided it"),
    Key("recorded", v.DATE, "when it was decided"),
)  # fmt: skip

IDENTITY = keys(
    "an identity",
    Key("id", v.ID, "its id", required=True),
    Key("entities", v.ENTITY, "the entities that it is about; all that are the same go by the "
        "id of the first", required=True, many=True),
    Key("verdict", v.member(Verdict, "verdict"), "same, different or unsure", required=True),
    Key("reason", v.TEXT, "why", required=True),
    Key("by", v.TEXT, "who decided it"),
    Key("recorded", v.DATE, "when it was decided"),
)  # fmt: skip

DOCUMENT = keys(
    "a fact file",
    Key("entities", _by_id(v.ID, v.record(ENTITY)), "the things that claims are about, by id"),
    Key("sources", _by_id(v.ID, v.record(SOURCE)),
        "what was read, and what is known through it, by id"),
    Key("defaults", _deferred(table=DEFAULTS),
        "keys for every fact of this file that does not have them"),
    Key("facts", _list_of(FACT), "the facts, each one or more claims"),
    Key("decisions", _list_of(DECISION), "what the curator decided on claims"),
    Key("identities", _list_of(IDENTITY), "what the curator decided on whether entities are one"),
)  # fmt: skip

TYPE = keys(
    "a type",
    Key("label", v.TEXT, "what it is called"),
    Key("description", v.TEXT, "what it is, in a sentence"),
    Key("parent", v.TYPE, "the type that it is a subtype of"),
    Key("same_as", v.CURIE, "classes of other vocabularies that it maps to", many=True),
)

_SIGN = v.whole_number("valence", (-1, 0, 1))

VALENCE = keys(
    "a valence",
    Key("subject", _SIGN, "1 where it helps the subject, -1 where it hurts it, 0 neither"),
    Key("object", _SIGN, "1 where it helps the object, -1 where it hurts it, 0 neither"),
)

PLOVER = keys(
    "a PLOVER mapping",
    Key("type", v.matching("[A-Z]+", v.BAD_VALUE, lambda x: f"'{x}' is no PLOVER type",
                           "a type is written in capitals, such as AID"),
        "its event type", required=True),
    Key("mode", v.TEXT, "its mode"),
    Key("context", v.TEXT, "its contexts", many=True),
)  # fmt: skip

RELATION = keys(
    "a relation",
    Key("label", v.TEXT, "third person present: SUBJECT label OBJECT"),
    Key("infinitive", v.TEXT, "the label's infinitive, where it cannot be derived"),
    Key("inverse_label", v.TEXT, "read from the object: OBJECT inverse_label SUBJECT"),
    Key("description", v.TEXT, "what it means, in a sentence"),
    Key("domain", v.TYPE, "types that its subject may have", many=True),
    Key("range", v.RANGE_ITEM, "types that its object may have, or one kind of value", many=True),
    Key("parent", v.RELATION, "the relation that it refines"),
    Key("symmetric", v.BOOLEAN, "whether it holds both ways"),
    Key("inverse", v.RELATION, "the relation that says the same from the object's side"),
    Key("chain", v.CHAIN, "relations from which it follows, one after the other: leads/governs",
        many=True),
    Key("aspect", v.member(Aspect, "aspect"), "state: holds over a time; event: has happened"),
    Key("valence", v.whole_record(VALENCE), "whether it helps or hurts each side"),
    Key("plover", v.record(PLOVER), "its place in the PLOVER event coding"),
    Key("cameo", v.matching("[0-9]{2,4}", v.BAD_VALUE, lambda x: f"'{x}' is no CAMEO code",
                            "a code is two to four digits"), "its CAMEO codes", many=True),
    Key("same_as", v.CURIE, "properties of other vocabularies that it maps to", many=True),
)  # fmt: skip

SCHEME = keys(
    "a code scheme",
    Key("label", v.TEXT, "what it is called", required=True),
    Key("pattern", v.PATTERN, "a regular expression that every code matches whole"),
    Key("url", v.ADDRESS_TEMPLATE, "a page about a code; {} stands for the code"),
    Key("iri", v.ADDRESS_TEMPLATE, "the IRI that a code names; {} stands for the code"),
)

ONTOLOGY = keys(
    "an ontology file",
    Key("types", _by_id(v.TYPE_ID, v.record(TYPE)), "kinds of things, by id"),
    Key("relations", _by_id(v.RELATION_ID, v.record(RELATION)), "kinds of links, by id"),
    Key("codes", _by_id(v.ID.as_names(Space.SCHEME), v.record(SCHEME)),
        "systems of codes for things, by id"),
)  # fmt: skip

#: The dials of a lens; `kg.lens` reads them once the facts are known.
LENS = keys(
    "a lens",
    Key("as_of", v.INTERVAL, "the time to look at: an EDTF date or interval"),
    Key("according_to", v.VOICE, "let hold only what comes through one of these", many=True),
    Key("without", v.VOICE, "leave out what comes through any of these", many=True),
    Key("assume", v.CONDITION, "scenarios taken as given; not:ID where one is ruled out",
        many=True),
    Key("credibility", v.whole_number("credibility", CREDIBILITIES[:-1]),
        "the weakest credibility let through"),
    Key("reliability", v.choice("reliability", RELIABILITIES[:-1]),
        "the weakest reliability let through"),
    Key("likelihood", v.choice("likelihood", LIKELIHOODS), "the least likelihood let through"),
    Key("modality", v.member(Modality, "modality"), "which modalities count as holding", many=True),
    Key("certainty", v.member(Certainty, "certainty"), "whether what only possibly holds counts"),
    Key("decisions", v.member(Decisions, "word"), "whether the curator's ranking is followed"),
    Key("inference", v.member(Inference, "word"), "whether what follows from edges is shown, too"),
    Key("marking", v.choice("marking", MARKINGS), "the strictest mark let through: TLP 2.0"),
)  # fmt: skip

PROFILE = keys(
    "kg.yaml",
    Key("title", v.TEXT, "what the workspace is called", required=True),
    Key("base", v.BASE, "the address below which the ids are minted", required=True),
    Key("prefixes", v.PREFIXES_BY_NAME, "prefixes for queries, by name"),
    Key("core", v.BOOLEAN, "true where ontology/ is the core ontology itself"),
    Key("marking", _MARKING, "the mark of every source and claim without one: TLP 2.0"),
    Key("groups", _by_id(v.ID.as_names(Space.GROUP), _VOICES),
        "voices to be named together in a lens, by name"),
    Key("lens", _deferred(table=LENS), "the dials of the default lens"),
    Key("lenses", _by_id(v.ID.as_names(Space.LENS), v.record(LENS)),
        "named lenses, each with its dials"),
)  # fmt: skip
