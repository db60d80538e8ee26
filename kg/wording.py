"""Claims in words: sentences, qualifiers, chains and passages as plain text.

Nothing here is marked up. A face that wants links or emphasis takes `phrases`, whose texts joined
are the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kg.conflicts import Conflict, Ground
from kg.model.facts import (
    Attribution,
    Basis,
    Claim,
    Condition,
    Decision,
    FactSet,
    Identity,
    Literal,
    Modality,
    Passage,
    Polarity,
    Quantity,
)
from kg.model.interval import Interval
from kg.model.vocabulary import Relation
from kg.scene import Scene

#: What stands for a link of a chain that is not named.
UNNAMED = "somebody not named"


class Role(StrEnum):
    """What a phrase does in its sentence."""

    THING = "thing"  #: names an entity or source
    VERB = "verb"
    DEGREE = "degree"
    PLAIN = "plain"


class Number(StrEnum):
    """Whether the verb is said of one subject or of several."""

    SINGULAR = "singular"
    PLURAL = "plural"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a sentence."""

    text: str
    role: Role
    thing: str | None = None  #: the entity or source that it names


def sentence(claim: Claim, facts: FactSet) -> str:
    """The claim as one sentence, without a full stop.

    `Russia does not intend to give [extensive] military support to Maduro government, in the case
    of: Escalation of US measures`
    """
    return "".join(phrase.text for phrase in phrases(claim, facts))


def edge_sentence(subject: str, relation: str, object_: str | Literal, facts: FactSet) -> str:
    """An edge as a sentence, without a full stop: nobody's claim, so without qualifiers."""
    end = literal_text(object_) if isinstance(object_, Literal) else facts.name(object_)
    return f"{facts.name(subject)} {facts.vocabulary.relations[relation].label} {end}"


def inferred_words(claims: Iterable[Claim], *, is_certain: bool, is_disputed: bool) -> str:
    """How an inferred edge stands, and that some of its claims are not plainly so."""
    words = ["inferred"]
    if not is_certain:
        words.append("possibly")
    if is_disputed:
        words.append("disputed")
    if any(claim.conditions or claim.modality is not Modality.ACTUAL for claim in claims):
        words.append("from what is conditional or not stated as actual")
    return ", ".join(words)


def phrases(claim: Claim, facts: FactSet) -> tuple[Phrase, ...]:
    """The sentence of a claim in its parts; joined, their texts are the sentence."""
    return tuple(_phrases(claim, facts))


def verb_text(claim: Claim, facts: FactSet) -> str:
    """Only what the claim says is done, how far and whether only in some case.

    `does not intend to give [extensive] military support to, if …`
    """
    said = (Role.VERB, Role.DEGREE)
    spoken = "".join(phrase.text for phrase in phrases(claim, facts) if phrase.role in said)
    return " ".join(spoken.split()) + (", if …" if claim.conditions else "")


def qualifiers(claim: Claim, facts: FactSet) -> tuple[tuple[str, str], ...]:
    """All that qualifies the claim, as a word and its value, in the order to be listed in.

    Polarity and modality are always there, everything else where the claim says it.
    """
    return tuple(_qualifiers(claim, facts))


def chain(claim: Claim, facts: FactSet) -> tuple[str, ...]:
    """Through whom the claim comes: the source that was read first, its origin last."""
    links = (_link(attribution, _speaker(attribution, facts)) for attribution in claim.said_by)
    return (source_text(claim.source, facts), *links)


def source_text(source_id: str, facts: FactSet) -> str:
    """What a source is called, and who published it where its title does not say so."""
    source = facts.sources.get(source_id)
    if source is None or source.publisher is None:
        return facts.name(source_id)
    publisher = facts.name(source.publisher)
    named = publisher.casefold() in source.title.casefold()
    return source.title if named else f"{source.title} ({publisher})"


def said_by_sentence(claim: Claim, facts: FactSet) -> str:
    """The chain on one line, from its origin to the source that was read.

    `Russia (informed) → Western sources (revealed) → WSJ report → Isolation Looms (Next News)`
    """
    return " → ".join(reversed(chain(claim, facts)))


def shared_chain_sentence(claim: Claim, facts: FactSet) -> str:
    """The chain as claims of several subjects share it: a subject in it is `each of them`."""
    links = [
        _link(
            attribution,
            "each of them"
            if attribution.speaker == claim.subject
            else _speaker(attribution, facts),
        )
        for attribution in reversed(claim.said_by)
    ]
    return " → ".join((*links, source_text(claim.source, facts)))


def passage_text(passage: Passage, facts: FactSet) -> str:
    """Where the passage stands: source, part, characters, and the quoted words if there are any."""
    source = facts.sources.get(passage.source)
    is_headline = bool(source and source.text and passage.part in source.text.headline)
    words = f"{facts.name(passage.source)}, {passage.part}" + (" (headline)" if is_headline else "")
    if passage.chars is not None:
        words += f", characters {passage.chars[0]} to {passage.chars[1]}"
    return words + (f": “{passage.quote}”" if passage.quote else "")


def standing(claim: Claim, scene: Scene) -> str:
    """How the claim stands in `scene`: in force or not, as a denial, disputed, and why not."""
    judged = scene.standings[claim.id]
    if not judged.holds:
        return f"not in force: {judged.reason}"
    words = "in force as a denial" if claim.is_denied else "in force"
    if not judged.certain:
        words += ", possibly"
    return f"{words}, disputed" if claim.id in scene.disputes else words


def condition_text(condition: Condition, facts: FactSet) -> str:
    """A scenario, or that it is ruled out: `not: Escalation of US measures`."""
    name = facts.name(condition.scenario)
    return f"not: {name}" if condition.is_ruled_out else name


#: What one claim does to another with which it conflicts, and what is done to it.
_CONFLICTS: Mapping[Ground, tuple[str, str]] = {
    Ground.OPPOSED: ("denies", "denied by"),
    Ground.AMOUNT: ("other amount", "other amount"),
    Ground.TIME: ("other time", "other time"),
    Ground.DISPUTED: ("disputes", "disputed by"),
    Ground.CORRECTED: ("corrects", "corrected by"),
    Ground.REPLACED: ("replaces", "replaced by"),
}


def conflict_words(conflict: Conflict, id: str) -> tuple[str, str]:
    """What the claim `id`, one of the two, has to do with the other; and the other's id."""
    active, passive = _CONFLICTS[conflict.ground]
    return (active, conflict.other) if id == conflict.claim else (passive, conflict.claim)


def decision_text(decision: Decision, claim: str | None = None) -> str:
    """What the curator decided and why, with who did and when.

    Told of the claim `claim`, it names those that were ranked where that is not one of them.
    """
    words = f"{decision.rank}: {decision.reason}"
    if claim is not None and claim not in decision.claims:
        words = f"{' and '.join(decision.claims)} {words}"
    return words + _signed(decision)


def identity_text(identity: Identity, of: str | None = None) -> str:
    """The entities that were judged and why, with who did and when: `usa, us: REASON (…)`.

    Told of the entity `of`, the others are named.
    """
    others = [id for id in identity.entities if id != of]
    return f"{', '.join(others)}: {identity.reason}" + _signed(identity)


def _signed(decided: Decision | Identity) -> str:
    """Who decided something, and when, behind it."""
    signed = ", ".join(part for part in (decided.by, decided.recorded) if part)
    return f" ({signed})" if signed else ""


def object_text(claim: Claim, facts: FactSet) -> str:
    """The object for the reader: what a thing is called, or the value."""
    if isinstance(claim.object, Literal):
        return literal_text(claim.object)
    return facts.name(claim.object)


def literal_text(literal: Literal) -> str:
    """A value for the reader."""
    return quantity_text(literal.quantity) if literal.quantity else literal.text


def quantity_text(quantity: Quantity) -> str:
    """A number or its bounds with the unit, and the source's own words where it has them.

    `15,000,000 USD` · `about 300 persons` · `200 to 900 persons (“a few hundred”)`
    """
    words = _amount(quantity.low, quantity.high, f" {quantity.unit}")
    if quantity.approximate:
        words = f"about {words}"
    return f"{words} (“{quantity.gloss}”)" if quantity.gloss else words


def when_text(when: Interval) -> str:
    """A date or an interval for the reader, with the EDTF behind it where they differ.

    `2025-12-02` · `since 2022 (2022/..)` · `over by 2025-12-01 (/[..2025-12-01])`
    """
    words = _time_words(when)
    return words if words == when.text else f"{words} ({when.text})"


def _time_words(when: Interval) -> str:
    start, slash, end = when.text.partition("/")
    if not slash:
        return _bound_text(start)
    if end == "..":
        return f"since {_bound_text(start)}" if start else "still so, its start is not known"
    if start in ("", "..") and end.startswith("[.."):
        return (
            f"over by {_bound_text(end[3:-1])}"  # a bound that the text allows, not a date it gives
        )
    if start in ("", ".."):
        return f"until {_bound_text(end)}"
    return f"from {_bound_text(start)} to {_bound_text(end)}"


def modality_text(claim: Claim) -> str:
    """Polarity and modality in words: `denied, intended`."""
    return f"{claim.polarity}, {claim.modality}"


def _phrases(claim: Claim, facts: FactSet) -> Iterator[Phrase]:
    auxiliary, lead, rest = verb_parts(claim, facts.vocabulary.relations[claim.relation])
    lead = f"{auxiliary} {lead}" if auxiliary else lead
    degree = Phrase(f"[{claim.degree}]", Role.DEGREE) if claim.degree else None
    yield Phrase(facts.name(claim.subject), Role.THING, claim.subject)
    if degree and rest:
        yield from (Phrase(f" {lead} ", Role.VERB), degree, Phrase(f"{rest} ", Role.VERB))
    else:
        yield Phrase(f" {lead}{rest} ", Role.VERB)
    words = object_text(claim, facts)
    if isinstance(claim.object, Literal):
        yield Phrase(words, Role.PLAIN)
    else:
        yield Phrase(words, Role.THING, claim.object)
    if degree and not rest:  # before the object it would read as the object's
        yield from (Phrase(" ", Role.PLAIN), degree)
    yield from tail_phrases(claim, facts)


def verb_parts(
    claim: Claim, relation: Relation, number: Number = Number.SINGULAR
) -> tuple[str, str, str]:
    """What the claim says is done: an auxiliary if one is needed, the verb, and what follows it.

    The verb goes up to where a degree may follow it; the rest brings its own space.
    `does not intend to`, `give`, ` military support to` · ``, `is a`, ` burden on`
    """
    denied = claim.is_denied
    label, infinitive = relation.label, relation.infinitive
    if number is Number.PLURAL:
        label = _plural(label, infinitive)
        infinitive = infinitive.replace(" its ", " their ")
    be, _, after = label.partition(" ")
    if claim.modality is not Modality.ACTUAL:
        auxiliary = _AUXILIARIES[claim.modality][denied][number is Number.PLURAL]
        return auxiliary, *_cut(infinitive)
    if denied and be in ("is", "are"):
        first, rest = _cut_article(after)
        return "", f"{be} not{first}", rest
    if denied:
        return "do not" if number is Number.PLURAL else "does not", *_cut(infinitive)
    return "", *_cut(label)


def _plural(label: str, infinitive: str) -> str:
    """`are allied with` · `keep their distance from`."""
    be, _, after = label.partition(" ")
    article, _, rest = after.partition(" ")
    if be == "is" and article in ("a", "an"):
        noun, space, of = rest.partition(" ")
        after = f"{_nouns(noun)}{space}{of}"
    words = f"are {after}" if be in ("is", "are") else infinitive
    return words.replace(" its ", " their ")


def _nouns(noun: str) -> str:
    """A noun of an ontology's label in the plural: `members` · `parties`."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


#: What comes before the infinitive, affirmed and denied, of one subject and of several. A denial is
#: of the relation and its modality together; where the words cannot carry that, the remark of
#: `_REMARKS` does.
_AUXILIARIES: Mapping[Modality, tuple[tuple[str, str], tuple[str, str]]] = {
    Modality.INTENDED: (("intends to", "intend to"), ("does not intend to", "do not intend to")),
    Modality.DESIRED: (("wants to", "want to"), ("does not want to", "do not want to")),
    Modality.EXPECTED: (
        ("is expected to", "are expected to"),
        ("is not expected to", "are not expected to"),
    ),
    Modality.CONSIDERED: (("would", "would"), ("would", "would")),
    Modality.HYPOTHETICAL: (("could", "could"), ("could not", "could not")),
}

_REMARKS: Mapping[Modality, tuple[str, str]] = {
    Modality.CONSIDERED: ("under consideration", "not under consideration"),
    Modality.HYPOTHETICAL: ("hypothetical", "hypothetical"),
}


def _cut(verb: str) -> tuple[str, str]:
    """`give`, ` military support to`; an article stays with the word before it."""
    first, space, rest = verb.partition(" ")
    article, after = _cut_article(rest)
    return first + article, after if space else ""


def _cut_article(rest: str) -> tuple[str, str]:
    """A leading article with a space before it, or nothing; and what follows, with its space."""
    word, space, after = rest.partition(" ")
    if word in ("a", "an", "the") and space:
        return f" {word}", f" {after}"
    return "", f" {rest}" if rest else ""


def tail_phrases(claim: Claim, facts: FactSet) -> Iterator[Phrase]:
    """What follows the object: against whom, where, how, how much, when, on which condition."""
    for lead, things in (
        (", against ", claim.against),
        (", in ", (claim.place,) if claim.place else ()),
    ):
        for index, thing in enumerate(things):
            yield Phrase(" and " if index else lead, Role.PLAIN)
            yield Phrase(facts.name(thing), Role.THING, thing)
    if claim.manner:
        yield Phrase(f", {claim.manner}", Role.PLAIN)
    if claim.quantity:
        yield Phrase(f", {quantity_text(claim.quantity)}", Role.PLAIN)
    if claim.when:  # what is over must not read as if it were so
        yield Phrase(f", {_time_words(claim.when)}", Role.PLAIN)
    if claim.basis is Basis.PRESUPPOSED:
        yield Phrase(" (taken for granted)", Role.PLAIN)
    if claim.modality in _REMARKS:
        yield Phrase(f" ({_REMARKS[claim.modality][claim.is_denied]})", Role.PLAIN)
    for lead, is_ruled_out in ((", in the case of: ", False), (", unless: ", True)):
        scenarios = [c.scenario for c in claim.conditions if c.is_ruled_out is is_ruled_out]
        for index, scenario in enumerate(scenarios):
            joint = " or " if is_ruled_out else " and "
            yield Phrase(joint if index else lead, Role.PLAIN)
            yield Phrase(facts.name(scenario), Role.THING, scenario)


def _qualifiers(claim: Claim, facts: FactSet) -> Iterator[tuple[str, str]]:
    yield "polarity", str(claim.polarity)
    yield "modality", str(claim.modality)
    for word, value in (
        ("condition", " and ".join(condition_text(c, facts) for c in claim.conditions)),
        ("degree", _degree(claim)),
        ("when", when_text(claim.when) if claim.when else None),
        ("place", facts.name(claim.place) if claim.place else None),
        ("against", ", ".join(facts.name(thing) for thing in claim.against)),
        ("manner", claim.manner),
        ("quantity", quantity_text(claim.quantity) if claim.quantity else None),
        ("basis", str(claim.basis) if claim.basis is not Basis.STATED else None),
        ("likelihood", claim.likelihood),
        ("credibility", str(claim.credibility) if claim.credibility is not None else None),
        ("recorded", claim.recorded),
        ("tags", ", ".join(claim.tags)),
        ("note", claim.note),
        ("about", ", ".join(_about(thing, facts) for thing in claim.about)),
        ("supersedes", ", ".join(claim.supersedes)),
        ("disputes", ", ".join(claim.disputes)),
        ("marking", f"TLP:{claim.marking}" if claim.marking else None),
    ):
        if value:
            yield word, value


def _degree(claim: Claim) -> str | None:
    if claim.degree is None or claim.polarity is Polarity.AFFIRMED:
        return claim.degree
    return f"{claim.degree}: only this is denied, less is left open"


def _about(thing: str, facts: FactSet) -> str:
    return f"claim {thing}" if thing in facts.claims else facts.name(thing)


def _speaker(attribution: Attribution, facts: FactSet) -> str:
    return UNNAMED if attribution.speaker is None else facts.name(attribution.speaker)


def _link(attribution: Attribution, name: str) -> str:
    return f"{name} ({attribution.verb})" if attribution.verb else name


_SUPPOSED = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}


def _bound_text(bound: str) -> str:
    if bound in ("", ".."):
        return "an unknown date" if not bound else "always"
    if bound.startswith("[.."):
        return f"{_bound_text(bound[3:-1])} at the latest"
    if bound.startswith("["):
        return f"{_bound_text(bound[1:-3])} at the earliest"
    return _SUPPOSED.get(bound[-1], "") + bound.rstrip("~?%")


def _amount(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    if low is not None and high is not None:
        return f"{low:,}{unit}" if low == high else f"{low:,} to {high:,}{unit}"
    if low is not None:
        return f"{low:,}{unit} or more"
    return f"{high:,}{unit} or less" if high is not None else f"an unknown number{unit}"
