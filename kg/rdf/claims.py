"""What a claim becomes: a statement with all its qualifiers, and the links of its chain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from kg.derive import Inferred
from kg.model.facts import Attribution, Claim, Decision, FactSet, Literal, Passage, Quantity
from kg.model.interval import FUTURE, PAST
from kg.rdf.iris import Minted, kg_name
from kg.rdf.resource import Pairs, Properties, Resource, add_text
from kg.rdf.terms import boolean, decimal, in_order, integer, text, written_date
from kg.scene import Scene
from kg.validity import validity
from kg.wording import edge_sentence, said_by_sentence, sentence


def claim_resources(claim: Claim, scene: Scene, minted: Minted) -> Iterator[Resource]:
    """A claim, then who said it to whom, nearest to the reader first."""
    links = minted.attributions(claim)
    yield _claim(claim, links, scene, minted)
    for position, (name, link) in enumerate(zip(links, claim.said_by, strict=True), start=1):
        yield Resource(name, tuple(_attribution(link, position, minted)))


def decision_resource(decision: Decision, minted: Minted) -> Resource:
    """What a curator decided on claims, and why."""
    pairs: Pairs = [
        ("a", ("kg:Decision",)),
        ("kg:decides", minted.each(decision.claims)),
        *((("kg:over", minted.each(decision.over)),) if decision.over else ()),
        ("kg:rank", (kg_name(decision.rank),)),
        ("kg:reason", (text(decision.reason),)),
    ]
    add_text(pairs, "dcterms:creator", decision.by)
    if decision.recorded is not None:
        pairs.append(("kg:recorded", (written_date(decision.recorded),)))
    return Resource(minted.decision(decision.id), tuple(pairs))


def inference_resource(each: Inferred, facts: FactSet, minted: Minted) -> Resource:
    """An edge that follows from others, with the claims that it comes from."""
    pairs: Pairs = [
        ("a", ("kg:Inference",)),
        ("rdfs:label", (text(edge_sentence(each.subject, each.relation, each.object, facts)),)),
        ("rdf:subject", (minted.thing(each.subject),)),
        ("rdf:predicate", (kg_name(each.relation),)),
        ("rdf:object", (minted.object(each.object),)),
        ("kg:ground", minted.each(each.claims)),
        ("kg:rule", tuple(text(rule) for rule in each.rules)),
        ("kg:certain", (boolean(each.certain),)),
    ]
    if each.disputed:
        pairs.append(("kg:disputed", (boolean(True),)))
    if each.credibility is not None:
        pairs.append(("kg:credibility", (integer(each.credibility),)))
    add_text(pairs, "kg:reliability", each.reliability)
    add_text(pairs, "kg:likelihood", each.likelihood)
    return Resource(minted.inference(each.subject, each.relation, each.object), tuple(pairs))


def _claim(claim: Claim, links: tuple[str, ...], scene: Scene, minted: Minted) -> Resource:
    """What the claim is first, then the rest by name."""
    source, standing = minted.thing(claim.source), scene.standings[claim.id]
    pairs: Pairs = [
        ("a", ("kg:Claim",)),
        ("rdfs:label", (text(sentence(claim, scene.facts)),)),
        ("rdf:subject", (minted.thing(claim.subject),)),
        ("rdf:predicate", (kg_name(claim.relation),)),
        ("rdf:object", (minted.object(claim.object),)),
        ("kg:polarity", (kg_name(claim.polarity),)),
        ("kg:modality", (kg_name(claim.modality),)),
        ("kg:basis", (kg_name(claim.basis),)),
        ("kg:holds", (boolean(standing.holds),)),
        ("kg:certain", (boolean(standing.certain),)),
        ("kg:fact", (text(claim.fact),)),
        ("kg:source", (source,)),
        ("prov:hadPrimarySource", (source,)),
        ("kg:saidBy", (text(said_by_sentence(claim, scene.facts)),)),
    ]
    if standing.reason is not None:
        pairs.append(("kg:withheld", (text(standing.reason),)))
    if links:
        pairs.append(("kg:attribution", links))
    if claim.speakers:
        pairs.append(("prov:wasAttributedTo", minted.each(claim.speakers)))
    _add_time(pairs, claim, scene.facts)
    _add_qualifiers(pairs, claim, minted)
    return Resource(minted.thing(claim.id), tuple(pairs))


def _add_time(pairs: Pairs, claim: Claim, facts: FactSet) -> None:
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


def _add_qualifiers(pairs: Pairs, claim: Claim, minted: Minted) -> None:
    if claim.about:
        pairs.append(("kg:about", minted.each(claim.about)))
    if claim.against:
        pairs.append(("kg:against", minted.each(claim.against)))
    for name, is_ruled_out in (("kg:condition", False), ("kg:unless", True)):
        scenarios = [c.scenario for c in claim.conditions if c.is_ruled_out is is_ruled_out]
        if scenarios:
            pairs.append((name, minted.each(scenarios)))
    if claim.disputes:
        pairs.append(("kg:disputes", minted.each(claim.disputes)))
    if claim.supersedes:
        pairs.append(("kg:supersedes", minted.each(claim.supersedes)))
    add_text(pairs, "kg:marking", claim.marking)
    if claim.credibility is not None:
        pairs.append(("kg:credibility", (integer(claim.credibility),)))
    add_text(pairs, "kg:degree", claim.degree)
    add_text(pairs, "kg:likelihood", claim.likelihood)
    add_text(pairs, "kg:manner", claim.manner)
    add_text(pairs, "kg:note", claim.note)
    _add_passages(pairs, claim.passages, minted)
    if claim.place is not None:
        pairs.append(("kg:place", (minted.thing(claim.place),)))
    _add_quantity(pairs, claim)
    if claim.recorded is not None:
        pairs.append(("kg:recorded", (written_date(claim.recorded),)))
    if claim.tags:
        pairs.append(("kg:tag", in_order([text(tag) for tag in claim.tags])))


def _add_passages(pairs: Pairs, passages: tuple[Passage, ...], minted: Minted) -> None:
    if not passages:
        return
    pairs.append(("kg:passage", in_order([minted.passage(each) for each in passages])))
    quotes = [text(each.quote) for each in passages if each.quote]
    if quotes:
        pairs.append(("kg:quote", in_order(quotes)))


def _add_quantity(pairs: Pairs, claim: Claim) -> None:
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
        pairs.append(("kg:quantityMin", (decimal(quantity.low),)))
    if quantity.high is not None:
        pairs.append(("kg:quantityMax", (decimal(quantity.high),)))
    pairs.append(("kg:unit", (text(quantity.unit),)))


def _attribution(link: Attribution, position: int, minted: Minted) -> Pairs:
    pairs: Pairs = [("a", ("kg:Attribution",)), ("kg:position", (integer(position),))]
    if link.speaker is None:
        pairs.append(("kg:unknown", ("true",)))
    else:
        pairs.append(("kg:speaker", (minted.thing(link.speaker),)))
    add_text(pairs, "kg:verb", link.verb)
    return pairs
