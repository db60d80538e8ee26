"""One entity, source, fact or claim with everything on it, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import wording
from kg.derive import derive
from kg.footing import Footing, footings, in_brief, in_words
from kg.identity import left_open, united_by
from kg.model.display import indented, visible
from kg.model.facts import Claim, Decision, Entity, Identity, Source
from kg.scene import Scene
from kg.voices import voices_of


def card(id: str, scene: Scene, width: int = 100) -> str:
    """Everything on `id`, wrapped to `width` columns; the lens is named at the end.

    Raises:
        KeyError: if nothing has that id.
    """
    facts = scene.facts
    id = facts.kept(id)
    if id in facts.entities:
        lines = _entity(facts.entities[id], scene)
    elif id in facts.sources:
        lines = _source(facts.sources[id], scene)
    elif id in facts.decisions:
        lines = _decision(facts.decisions[id], scene)
    elif id in facts.identities:
        lines = _identity(facts.identities[id], scene)
    elif id in facts.claims and id not in facts.facts:
        lines = _claim(facts.claims[id], scene, _resting(scene))
    else:
        resting = _resting(scene)
        claims = [facts.claims[claim] for claim in facts.facts[id]]
        blocks = ["\n".join(_claim(claim, scene, resting)) for claim in claims]
        lines = iter("\n\n".join(blocks).split("\n"))
    wrapped = [part for line in lines for part in indented(visible(line), width)]
    return "\n".join([*wrapped, "", *indented(f"Seen {scene.describe()}.", width)]) + "\n"


def _entity(entity: Entity, scene: Scene) -> Iterator[str]:
    facts = scene.facts
    yield f"{entity.name}  ({facts.vocabulary.types[entity.type].label}, {entity.id})"
    yield from _pairs(
        ("", entity.description),
        ("also", ", ".join(entity.aliases)),
        ("names", ", ".join(f"{name} [{language}]" for language, name in entity.labels)),
        ("codes", ", ".join(f"{scheme} {code}" for scheme, code in entity.codes)),
        ("close to", ", ".join(facts.name(other) for other in entity.close_match)),
        ("implies", " and ".join(wording.condition_text(c, facts) for c in entity.implies)),
        ("note", entity.note),
        *(("same", wording.identity_text(each, entity.id)) for each in united_by(entity.id, facts)),
        *(
            (each.verdict, wording.identity_text(each, entity.id))
            for each in left_open(entity.id, facts)
        ),
    )
    yield from _claims(entity.id, scene)
    yield from _inferred(entity.id, scene)


def _source(source: Source, scene: Scene) -> Iterator[str]:
    facts = scene.facts
    yield f"{source.title}  ({facts.vocabulary.types[source.type].label}, {source.id})"
    yield from _pairs(
        ("", source.description),
        ("publisher", facts.name(source.publisher) if source.publisher else None),
        ("published", source.published_text),
        ("author", source.author),
        ("language", source.language),
        ("address", source.url),
        ("archived", source.archived),
        ("retrieved", source.retrieved),
        ("based on", ", ".join(facts.name(other) for other in source.based_on)),
        ("reliability", source.reliability),
        ("marking", f"TLP:{source.marking}" if source.marking else None),
        ("note", source.note),
    )
    if source.text is not None:
        parts = (f"{part} {start}-{end}" for part, (start, end) in source.text.parts.items())
        yield from _pairs(
            ("text", f"{source.text.characters} characters, sha256 {source.text.sha256}"),
            ("parts", ", ".join(parts)),
            ("headline", ", ".join(source.text.headline)),
            ("unclaimed", ", ".join(source.text.unclaimed)),
        )
    yield from _claims(source.id, scene)


def _decision(decision: Decision, scene: Scene) -> Iterator[str]:
    """What the curator decided, why, and on which claims."""
    yield f"Decision  ({decision.id})"
    yield from _pairs(("", wording.decision_text(decision)))
    for id in decision.claims:
        yield f"  {_beside(id, scene)}"


def _identity(identity: Identity, scene: Scene) -> Iterator[str]:
    """Whether some entities are one, and why."""
    facts = scene.facts
    yield f"Identity  ({identity.id})"
    yield from _pairs(("", f"{identity.verdict}: {wording.identity_text(identity)}"))
    for id in identity.entities:
        known = facts.written.entities[id]
        label = facts.vocabulary.types[known.type].label
        kept = f": goes by {facts.kept(id)}" if id in facts.same_as else ""
        yield f"  {known.name}  ({label}, {id}){kept}"


def _inferred(id: str, scene: Scene) -> Iterator[str]:
    """What follows of `id` from several edges or from the other side, and how much else does."""
    found = [each for each in derive(scene) if id in (each.subject, each.object)]
    telling = [each for each in found if not each.is_wider]
    if not found:
        return
    yield ""
    yield f"Inferred ({len(found)})"
    for each in telling:
        sentence = wording.edge_sentence(each.subject, each.relation, each.object, scene.facts)
        yield f"  {sentence}"
        claims = [scene.facts.claims[claim] for claim in each.claims]
        how = wording.inferred_words(claims, is_certain=each.certain, is_disputed=each.disputed)
        yield f"    {how}: {', '.join(each.claims)}"
    if rest := len(found) - len(telling):
        yield f"  {rest} by wider relations: kg query inferred --param thing={id}"


def _claims(id: str, scene: Scene) -> Iterator[str]:
    """The claims that `id` plays a part in, or published: edges, then denials, then the rest."""
    facts = scene.facts
    mentioned = {claim.id for claim in facts.mentions.get(id, ())}
    claims = (c for c in facts.claims.values() if c.id in mentioned or id in voices_of(c, facts))
    edges = {claim.id for claim in scene.edges}
    groups: dict[str, list[Claim]] = {"Edges": [], "Denied": [], "Not in force": []}
    for claim in claims:
        if claim.id in edges:
            groups["Edges"].append(claim)
        else:
            groups["Denied" if claim.is_denied else "Not in force"].append(claim)
    resting = _resting(scene)
    for title, group in groups.items():
        if group:
            yield ""
            yield f"{title} ({len(group)})"
        for claim in group:
            yield f"  {wording.sentence(claim, scene.facts)}"
            standing = wording.standing(claim, scene)
            if claim.id in resting:
                standing += f", rests on {in_brief(resting[claim.id])}"
            yield f"    {standing} · {claim.id}"
            yield f"    {wording.said_by_sentence(claim, scene.facts)}"


def _resting(scene: Scene) -> Mapping[str, Footing]:
    """What the edge rests on that a claim is behind, for each claim that makes one."""
    return {claim: footing for edge, footing in footings(scene) for claim in edge.claims}


def _claim(claim: Claim, scene: Scene, resting: Mapping[str, Footing]) -> Iterator[str]:
    facts = scene.facts
    footing = resting.get(claim.id)
    yield f"{wording.sentence(claim, facts)}  ({claim.id})"
    yield from _pairs(
        ("standing", wording.standing(claim, scene)),
        *(("decided", words) for words in _decided(claim, scene)),
        *_conflicts(claim, scene),
        ("said by", wording.said_by_sentence(claim, facts)),
        ("rests on", in_words(footing, facts) if footing else None),
        *(("passage", wording.passage_text(passage, facts)) for passage in claim.passages),
        *wording.qualifiers(claim, facts),
        ("declared", str(claim.places.declared)),
    )


def _decided(claim: Claim, scene: Scene) -> Iterator[str]:
    """What the curator decided on the claim, or on those that it gives way to."""
    ids = (claim.id, *scene.standings[claim.id].because_of)
    decisions = {d.id: d for id in ids for d in scene.facts.decisions_on.get(id, ())}
    for decision in decisions.values():
        yield wording.decision_text(decision, claim.id)


def _conflicts(claim: Claim, scene: Scene) -> Iterator[tuple[str, str]]:
    """Each claim that it conflicts with, after a word for how."""
    for conflict in scene.conflicts_of.get(claim.id, ()):
        words, other = wording.conflict_words(conflict, claim.id)
        yield words, _beside(other, scene)


def _beside(id: str, scene: Scene) -> str:
    """Another claim that does not fit together with one."""
    claim = scene.facts.claims[id]
    return f"{wording.sentence(claim, scene.facts)} ({wording.standing(claim, scene)} · {id})"


def _pairs(*pairs: tuple[str, str | None]) -> Iterator[str]:
    for word, value in pairs:
        if value:
            yield f"  {word + ':' if word else '':12} {value}" if word else f"  {value}"
