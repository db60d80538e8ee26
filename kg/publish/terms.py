"""The terms that kg itself adds to RDF: those of claims, their evidence and lenses.

One table says it for all: the OWL declares these terms, the shapes hold data to them, the JSON-LD
context abbreviates them and the reference page lists them. `kg.rdf` is what writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.derive import Entailment
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
from kg.model.vocabulary import DOCUMENT, SCENARIO, Aspect, LiteralKind
from kg.rdf.resource import Properties
from kg.rdf.terms import text

#: The datatype of a quantity as written, such as `200..900 person (a few hundred)`.
QUANTITY = "kg:quantity"

#: Where a name or a value may stand alike.
ANYTHING = "rdfs:Resource"

#: What a date is typed as, by how much of it is known; what XML Schema has no type for is text.
DATES = ("xsd:date", "xsd:gYear", "xsd:gYearMonth", "xsd:string")

#: What the objects of a relation are typed as where they are values.
DATATYPES: Mapping[LiteralKind, tuple[str, ...]] = {
    LiteralKind.QUANTITY: (QUANTITY,),
    LiteralKind.DATE: DATES,
    LiteralKind.NUMBER: ("xsd:decimal",),
    LiteralKind.TEXT: ("xsd:string",),
}


@dataclass(frozen=True, slots=True)
class Property:
    """A property, with how often it stands and what it takes."""

    name: str  #: as a CURIE
    comment: str
    takes: tuple[str, ...] = ()  #: datatypes or classes, as CURIEs; empty where any thing may be
    least: int = 0
    most: int | None = 1
    also: Properties = ()  #: what else its SHACL shape asks

    @property
    def local(self) -> str:
        """Its name without the prefix."""
        return self.name.partition(":")[2]

    @property
    def is_own(self) -> bool:
        """Whether kg declares it; the others are borrowed."""
        return self.name.startswith("kg:")

    @property
    def takes_values(self) -> bool:
        """Whether all that it takes are literals."""
        return bool(self.takes) and all(is_datatype(name) for name in self.takes)


@dataclass(frozen=True, slots=True)
class Group:
    """What has the same properties, and how a shape finds it."""

    id: str
    name: str | None  #: its class as a CURIE; None where it has no class of its own
    comment: str
    targets: Properties
    properties: tuple[Property, ...]
    also: Properties = ()  #: what its SHACL shape asks of the whole


def is_datatype(name: str) -> bool:
    """Whether a CURIE names a datatype rather than a class."""
    return name.startswith("xsd:") or name in (QUANTITY, "rdf:langString")


_TEXT, _FLAG, _COUNT = ("xsd:string",), ("xsd:boolean",), ("xsd:integer",)
_WORDING = ("rdf:langString", "xsd:string")


def _texts(*values: str) -> tuple[str, ...]:
    return (f"( {' '.join(text(value) for value in values)} )",)


def _either(*shapes: str) -> str:
    return f"( {' '.join(f'[ sh:path {shape} ]' for shape in shapes)} )"


def _label(comment: str) -> Property:
    return Property("rdfs:label", comment, _TEXT, least=1)


_CERTAIN = Property("kg:certain", "Whether it certainly is, on the date of the lens.",
                    _FLAG, least=1)  # fmt: skip
_CREDIBILITY = Property(
    "kg:credibility",
    "How credible it is: Admiralty 1 confirmed to 5 improbable, 6 cannot be judged.",
    _COUNT,
    also=(("sh:in", (f"( {' '.join(map(str, CREDIBILITIES))} )",)),),
)
_LIKELIHOOD = Property("kg:likelihood", "How likely it is said to be: an ICD 203 term.",
                       _TEXT, also=(("sh:in", _texts(*LIKELIHOODS)),))  # fmt: skip
_RELIABILITY = Property(
    "kg:reliability",
    "How reliable it is: Admiralty A to E, F cannot be judged.",
    _TEXT,
    also=(("sh:in", _texts(*RELIABILITIES)),),
)
_RECORDED = Property("kg:recorded", "When it was written down, or decided.", DATES)
_MARKED = Property("kg:marking", "Who may read it: a mark of the Traffic Light Protocol, 2.0.",
                   _TEXT, also=(("sh:in", _texts(*MARKINGS)),))  # fmt: skip


CLAIM = Group(
    "Claim",
    "kg:Claim",
    "One relation between two things as one source puts it. That there is a claim does not say "
    "that it is so: see kg:polarity, kg:modality and kg:holds.",
    (("sh:targetClass", ("kg:Claim",)),),
    (
        _label("The claim as a sentence."),
        Property("rdf:subject", "Who or what the claim is about.", least=1),
        Property("rdf:predicate", "The relation, a property of this ontology.",
                 ("rdf:Property",), least=1),
        Property("rdf:object", "To whom or what: a thing or a value.", (ANYTHING,), least=1),
        Property("kg:polarity", "Whether the claim says that it is so, or that it is not.",
                 ("kg:Polarity",), least=1),
        Property("kg:modality", "In which way the claim says it.", ("kg:Modality",), least=1),
        Property("kg:basis", "Whether the source states it or takes it for granted.",
                 ("kg:Basis",), least=1),
        Property("kg:holds", "Whether the claim is in force under the lens of this graph. "
                 "A denied claim may hold: then the denial does.", _FLAG, least=1),
        _CERTAIN,
        Property("kg:withheld", "Why the claim is not in force under the lens.", _TEXT),
        Property("kg:fact", "The id of the fact that the claim was written in.", _TEXT, least=1),
        Property("kg:source", "The source that was read.", (f"kg:{DOCUMENT}",), least=1),
        Property("prov:hadPrimarySource", "The source that was read.", least=1,
                 also=(("sh:equals", ("kg:source",)),)),
        Property("kg:saidBy", "The chain in words: through whom it comes.", _TEXT, least=1),
        Property("kg:attribution", "The links of the chain behind the source.",
                 ("kg:Attribution",), most=None),
        Property("prov:wasAttributedTo", "Everybody named in the chain.", most=None),
        Property("kg:condition", "A scenario that the claim depends on: it holds only where all "
                 "of them are assumed.", (f"kg:{SCENARIO}",), most=None),
        Property("kg:unless", "A scenario that must be ruled out for the claim to hold.",
                 (f"kg:{SCENARIO}",), most=None),
        Property("kg:degree", "How far it is so; on a denial, what the denial covers.", _TEXT),
        Property("kg:manner", "How it is so.", _TEXT),
        Property("kg:place", "Where it is so."),
        Property("kg:against", "Against whom it is directed.", most=None),
        Property("kg:about", "What it speaks of: other claims, or things.", most=None),
        Property("kg:supersedes", "A claim that it corrects or replaces.",
                 ("kg:Claim",), most=None),
        Property("kg:disputes", "A claim that it speaks against.", ("kg:Claim",), most=None),
        _MARKED,
        Property("kg:when", "The time in which it is so, as written: EDTF.", _TEXT),
        Property("kg:validFrom", "The first day on which it may be so.", ("xsd:date",),
                 also=(("sh:lessThanOrEquals", ("kg:validUntil", "kg:certainFrom")),)),
        Property("kg:validUntil", "The last day on which it may be so.", ("xsd:date",)),
        Property("kg:certainFrom", "The first day on which it certainly is so.", ("xsd:date",),
                 also=(("sh:lessThanOrEquals", ("kg:certainUntil",)),)),
        Property("kg:certainUntil", "The last day on which it certainly is so.", ("xsd:date",),
                 also=(("sh:lessThanOrEquals", ("kg:validUntil",)),)),
        Property("kg:passage", "Where in the source's text it stands.",
                 ("oa:SpecificResource",), most=None),
        Property("kg:quote", "A few words of the passage, where the very words matter.",
                 _TEXT, most=None),
        _CREDIBILITY,
        _LIKELIHOOD,
        Property("kg:quantity", "How much, as written.", _TEXT),
        Property("kg:quantityMin", "The least that it may be.", ("xsd:decimal",),
                 also=(("sh:lessThanOrEquals", ("kg:quantityMax",)),)),
        Property("kg:quantityMax", "The most that it may be.", ("xsd:decimal",)),
        Property("kg:unit", "What is counted or measured.", _TEXT),
        Property("kg:approximate", "True where the number is given as about so much.", _FLAG),
        Property("kg:tag", "A word to find it by.", _TEXT, most=None),
        _RECORDED,
        Property("kg:note", "A remark of the curator.", _TEXT),
    ),
    also=(
        ("sh:or", (
            _either("kg:certain ; sh:hasValue false", "kg:holds ; sh:hasValue true"),
            _either("kg:basis ; sh:hasValue kg:stated", "kg:holds ; sh:hasValue false"),
            _either("kg:holds ; sh:hasValue true", "kg:withheld ; sh:minCount 1"),
            _either("kg:holds ; sh:hasValue false", "kg:withheld ; sh:maxCount 0"),
            _either("kg:passage ; sh:maxCount 0",
                    "( kg:passage oa:hasSource ) ; sh:equals kg:source"),
        )),
        ("sh:property", (
            "[ sh:path ( kg:attribution kg:speaker ) ; sh:equals prov:wasAttributedTo ]",
        )),
    ),
)  # fmt: skip

ATTRIBUTION = Group(
    "Attribution",
    "kg:Attribution",
    "One link of the chain between what is claimed and the source that was read.",
    (("sh:targetClass", ("kg:Attribution",)),),
    (
        Property("kg:position", "Its place in the chain, from 1: the nearest to the reader.",
                 _COUNT, least=1, also=(("sh:minInclusive", ("1",)),)),
        Property("kg:speaker", "Who says it: an actor or another source.",
                 ("kg:Actor", "kg:Document")),
        Property("kg:unknown", "True where the source does not say who.", _FLAG),
        Property("kg:verb", "The verb of the report, such as 'revealed'.", _TEXT),
    ),
    also=(("sh:xone", (_either("kg:speaker ; sh:minCount 1", "kg:unknown ; sh:hasValue true"),)),),
)  # fmt: skip

SOURCE = Group(
    "Source",
    None,
    "Something that was read, or that is known only through what was read.",
    (
        ("sh:targetClass", (f"kg:{DOCUMENT}",)),
        ("sh:targetObjectsOf", ("kg:source", "prov:hadPrimarySource", "prov:wasDerivedFrom")),
        ("sh:targetSubjectsOf", ("kg:sha256", "prov:wasDerivedFrom")),
    ),
    (
        _label("Its title."),
        Property("dcterms:title", "Its title.", _TEXT, least=1),
        Property("dcterms:creator", "Who wrote it.", _TEXT),
        Property("dcterms:publisher", "Who published it."),
        Property("dcterms:issued", "When it was published.", DATES),
        Property("dcterms:language", "Its language: a BCP 47 tag.", _TEXT),
        Property("schema:url", "Where it is.", (ANYTHING,)),
        Property("kg:archived", "Where a copy is kept.", (ANYTHING,)),
        Property("kg:retrieved", "When it was read there.", DATES),
        Property("prov:wasDerivedFrom", "A source known only through this one.", most=None),
        _RELIABILITY,
        _MARKED,
        Property("kg:sha256", "The hash of the bytes of its text.", _TEXT,
                 also=(("sh:pattern", (text("^[0-9a-f]{64}$"),)),)),
        Property("kg:characters", "How many code points its text has.", _COUNT,
                 also=(("sh:minInclusive", ("0",)),)),
    ),
)  # fmt: skip

PASSAGE = Group(
    "Passage",
    "oa:SpecificResource",
    "A part of a source's text, or characters of one, without its words.",
    (("sh:targetSubjectsOf", ("kg:part",)), ("sh:targetObjectsOf", ("kg:passage",))),
    (
        _label("Its part, and the characters if it is not the whole part."),
        Property("kg:part", "The part of the text.", _TEXT, least=1),
        Property("kg:headline", "True where the part is headline.", _FLAG),
        Property("kg:unclaimed", "True where the part holds nothing to claim.", _FLAG),
        Property("oa:hasSource", "The source whose text it is.", (f"kg:{DOCUMENT}",), least=1),
        Property("oa:hasSelector", "Where in the text it stands.", ("oa:TextPositionSelector",)),
    ),
)  # fmt: skip

SELECTOR = Group(
    "Selector",
    "oa:TextPositionSelector",
    "Where in a text a passage stands: code points of the decoded text, from 0.",
    (("sh:targetObjectsOf", ("oa:hasSelector",)),),
    (
        Property("oa:start", "The first code point.", _COUNT, least=1,
                 also=(("sh:minInclusive", ("0",)), ("sh:lessThan", ("oa:end",)))),
        Property("oa:end", "The first code point after it.", _COUNT, least=1),
    ),
)  # fmt: skip

SCENARIO_TERMS = Group(
    SCENARIO,
    None,
    "Something that has not happened and that claims depend on; a lens can assume it.",
    (("sh:targetSubjectsOf", ("kg:implies", "kg:excludes")),),
    (
        Property("kg:implies", "A scenario that comes true with it.",
                 (f"kg:{SCENARIO}",), most=None),
        Property("kg:excludes", "A scenario that is ruled out with it.",
                 (f"kg:{SCENARIO}",), most=None),
    ),
)  # fmt: skip

INFERENCE = Group(
    "Inference",
    "kg:Inference",
    "An edge that nobody claims and that follows from edges, by what this ontology says of their "
    "relations.",
    (("sh:targetClass", ("kg:Inference",)),),
    (
        _label("The edge as a sentence."),
        Property("rdf:subject", "What it links.", least=1),
        Property("rdf:predicate", "The relation.", ("rdf:Property",), least=1),
        Property("rdf:object", "To what.", (ANYTHING,), least=1),
        Property("kg:ground", "A claim that it comes from.", ("kg:Claim",), least=1, most=None),
        Property("kg:rule", "By what its last step is made.", _TEXT, least=1, most=None,
                 also=(("sh:in", _texts(*Entailment)),)),
        _CERTAIN,
        Property("kg:disputed", "True where what it comes from is disputed, or a claim in force "
                 "denies it.", _FLAG),
        _CREDIBILITY,
        _RELIABILITY,
        _LIKELIHOOD,
    ),
)  # fmt: skip

DECISION = Group(
    "Decision",
    "kg:Decision",
    "What the curator makes of claims, and why. It is no claim: no source says it.",
    (("sh:targetClass", ("kg:Decision",)),),
    (
        Property("kg:decides", "A claim that it is about.", ("kg:Claim",), least=1, most=None),
        Property("kg:over", "A claim that they are preferred to.", ("kg:Claim",), most=None),
        Property("kg:rank", "What the curator makes of them.", ("kg:Rank",), least=1),
        Property("kg:reason", "Why.", _TEXT, least=1),
        Property("dcterms:creator", "Who decided it.", _TEXT),
        _RECORDED,
    ),
)  # fmt: skip

IDENTITY = Group(
    "Identity",
    "kg:Identity",
    "What the curator makes of entities that may be one, and why. Where they are, the others are "
    "owl:sameAs the one that all that is said of them is said of.",
    (("sh:targetClass", ("kg:Identity",)),),
    (
        Property("kg:concerns", "An entity that it is about.", (ANYTHING,), least=2, most=None),
        Property("kg:verdict", "Whether they are one.", ("kg:Verdict",), least=1),
        Property("kg:reason", "Why.", _TEXT, least=1),
        Property("dcterms:creator", "Who decided it.", _TEXT),
        _RECORDED,
    ),
)  # fmt: skip

LENS = Group(
    "Lens",
    "kg:Lens",
    "Which claims hold, and so which direct edges a graph has. A graph is named after its lens.",
    (("sh:targetClass", ("kg:Lens",)),),
    (
        _label("The name of the lens."),
        Property("dcterms:description", "The lens in words.", _TEXT, least=1),
        Property("dcterms:title", "The title of the workspace.", _TEXT, least=1),
        Property("kg:asOf", "The time that is looked at: EDTF.", _TEXT, least=1),
    ),
)  # fmt: skip

RELATION = Group(
    "Relation",
    None,
    "A relation as a property: what kg knows of it beyond OWL.",
    (("sh:targetObjectsOf", ("rdf:predicate",)), ("sh:targetSubjectsOf", ("kg:aspect",))),
    (
        Property("rdfs:label", "Third person present: it stands between subject and object.",
                 _WORDING, least=1, most=None),
        Property("kg:inverseLabel", "The same said from the object's side.",
                 _WORDING, least=1, most=None),
        Property("kg:aspect", "A state holds over a time, an event has happened from a date on.",
                 ("kg:Aspect",), least=1),
        Property("kg:subjectValence", "1 where it helps the subject, -1 where it hurts it.",
                 _COUNT, least=1, also=(("sh:in", ("( -1 0 1 )",)),)),
        Property("kg:objectValence", "1 where it helps the object, -1 where it hurts it.",
                 _COUNT, least=1, also=(("sh:in", ("( -1 0 1 )",)),)),
        Property("kg:symmetric", "Whether it holds both ways.", _FLAG, least=1),
        Property("kg:ploverType", "Its event type in PLOVER (draft 2.0).", _TEXT),
        Property("kg:ploverMode", "Its mode in PLOVER.", _TEXT),
        Property("kg:ploverContext", "A context in PLOVER.", _TEXT, most=None),
        Property("kg:cameoEvent", "Its event code in CAMEO.", _TEXT, most=None),
    ),
)  # fmt: skip

#: Everything that kg writes beside entities and their edges.
GROUPS = (
    CLAIM,
    ATTRIBUTION,
    INFERENCE,
    DECISION,
    IDENTITY,
    SOURCE,
    PASSAGE,
    SELECTOR,
    SCENARIO_TERMS,
    LENS,
    RELATION,
)

#: Classes whose members are words, with what each word says.
WORDS: Mapping[str, tuple[str, Mapping[StrEnum, str]]] = {
    "Polarity": (
        "Whether a claim says that something is so, or that it is not.",
        {
            Polarity.AFFIRMED: "It is said to be so.",
            Polarity.DENIED: "It is said not to be so: relation and modality together.",
        },
    ),
    "Modality": (
        "In which way a claim says it.",
        {
            Modality.ACTUAL: "As a matter of fact.",
            Modality.INTENDED: "As what somebody means to do.",
            Modality.DESIRED: "As what somebody wishes.",
            Modality.EXPECTED: "As what somebody expects.",
            Modality.CONSIDERED: "As what somebody thinks over.",
            Modality.HYPOTHETICAL: "As what would be, in a case that is only supposed.",
        },
    ),
    "Basis": (
        "Whether a source states something or takes it for granted.",
        {
            Basis.STATED: "The source says it.",
            Basis.PRESUPPOSED: "The source takes it for granted: never in force.",
        },
    ),
    "Rank": (
        "What a curator makes of claims that do not fit together.",
        {
            Rank.PREFERRED: "What contradicts them gives way.",
            Rank.DEPRECATED: "They are set aside.",
        },
    ),
    "Verdict": (
        "What a curator makes of entities that may be one.",
        {
            Verdict.SAME: "All that is said of them is said of one of them.",
            Verdict.DIFFERENT: "They are not one.",
            Verdict.UNSURE: "It is not known.",
        },
    ),
    "Aspect": (
        "How a relation lies in time.",
        {
            Aspect.STATE: "It holds over a time.",
            Aspect.EVENT: "It has happened from its date on.",
        },
    ),
}


def words_of(name: str) -> tuple[str, ...]:
    """The members of a class of words, as CURIEs; none if it is no such class."""
    _, members = WORDS.get(name.removeprefix("kg:"), ("", {}))
    return tuple(f"kg:{word}" for word in members)
