"""Several claims in one sentence, where they say the same of several things.

`China and Russia do not intend to lend to or invest in Venezuela` stands for four claims: those of
each subject, each relation and each object that the sentence names, and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kg import wording
from kg.model.facts import Claim, FactSet, Literal
from kg.wording import Number

_MOST_NAMED = 6  #: of the things in a row; the rest is counted


@dataclass(frozen=True, slots=True)
class Gathered:
    """Claims that one sentence tells, without a full stop."""

    text: str
    claims: tuple[Claim, ...]
    is_whole: bool  #: nothing of what the claims' own sentences say is left out


def gather(claims: Iterable[Claim], facts: FactSet) -> tuple[Gathered, ...]:
    """The claims in as few sentences as say all of them with all that their own sentences say."""
    groups = [_alone(claim) for claim in claims]
    groups = _merged(groups, lambda g: (g.subjects, g.verbs, g.objects, g.frame))
    groups = _merged(groups, lambda g: (g.verbs, g.objects, g.frame))
    groups = _merged(groups, lambda g: (g.subjects, g.verbs, g.frame))
    groups = _merged(groups, lambda g: (g.subjects, g.objects, g.frame, _trailing(g, facts)))
    return tuple(Gathered(_text(group, facts), group.claims, True) for group in groups)


def outline(claims: Iterable[Claim], facts: FactSet) -> tuple[Gathered, ...]:
    """The claims in fewer sentences: who does what to whom, not when, where, how or how much.

    Polarity, modality, condition, basis and whom it is against are never left out, nor is anything
    where the claims of a sentence have one that says it all.
    """
    whole = {claim.id: claim for claim in claims}
    told = []
    for gathered in gather(map(_bare, whole.values()), facts):
        own = tuple(whole[claim.id] for claim in gathered.claims)
        in_full = gather(own, facts)
        told.append(in_full[0] if len(in_full) == 1 else Gathered(gathered.text, own, False))
    return tuple(told)


def chains(claims: Iterable[Claim], facts: FactSet) -> tuple[str, ...]:
    """Through whom the claims come, each chain once, from its origin to the source.

    Claims of several subjects that are all traced back to their own say `each of them`.
    """
    claims = tuple(claims)
    if len({claim.subject for claim in claims}) > 1:
        shared = {wording.shared_chain_sentence(claim, facts) for claim in claims}
        if len(shared) == 1:
            return tuple(shared)
    return tuple(dict.fromkeys(wording.said_by_sentence(claim, facts) for claim in claims))


def series(words: Sequence[str], conjunction: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def names(things: Sequence[str], conjunction: str = "and") -> str:
    """Names in a row; of many only the first, and how many more there are."""
    if len(things) > _MOST_NAMED + 1:
        things = (*things[:_MOST_NAMED], f"{len(things) - _MOST_NAMED:,} more")
    return series(things, conjunction)


@dataclass(frozen=True, slots=True)
class _Group:
    """Claims of each of the subjects, each of the verbs and each of the objects."""

    subjects: tuple[str, ...]
    verbs: tuple[tuple[str, str | None], ...]  #: relations, and the degrees they are meant to
    objects: tuple[str | Literal, ...]
    frame: object  #: all else that the sentence says
    claims: tuple[Claim, ...]


def _alone(claim: Claim) -> _Group:
    frame = (
        claim.polarity,
        claim.modality,
        claim.conditions,
        claim.basis,
        claim.against,
        claim.place,
        claim.manner,
        # of each claim its own: told of several at once, it would read as their total
        claim.quantity and (claim.quantity, claim.id),
        claim.when.text if claim.when else None,
    )
    verb = (claim.relation, claim.degree)
    return _Group((claim.subject,), (verb,), (claim.object,), frame, (claim,))


def _bare(claim: Claim) -> Claim:
    return replace(claim, degree=None, place=None, manner=None, quantity=None, when=None)


def _merged(groups: Iterable[_Group], key: Callable[[_Group], object]) -> list[_Group]:
    """Groups that agree in all respects but one, as one, which says no more than they did."""
    found: dict[object, list[_Group]] = {}
    for group in groups:
        found.setdefault(key(group), []).append(group)
    return [_union(alike) if len(alike) > 1 else alike[0] for alike in found.values()]


def _union(groups: Sequence[_Group]) -> _Group:
    return _Group(
        tuple(dict.fromkeys(subject for group in groups for subject in group.subjects)),
        tuple(dict.fromkeys(verb for group in groups for verb in group.verbs)),
        tuple(dict.fromkeys(object_ for group in groups for object_ in group.objects)),
        groups[0].frame,
        tuple(claim for group in groups for claim in group.claims),
    )


def _trailing(group: _Group, facts: FactSet) -> tuple[tuple[str, str], ...]:
    """Relations whose degree comes after the object, where it would seem to be that of others."""
    return tuple(
        (relation, degree)
        for relation, degree in group.verbs
        if degree and not _parts(group, relation, facts)[2]
    )


def _parts(group: _Group, relation: str, facts: FactSet) -> tuple[str, str, str]:
    number = Number.PLURAL if len(group.subjects) > 1 else Number.SINGULAR
    return wording.verb_parts(group.claims[0], facts.vocabulary.relations[relation], number)


def _text(group: _Group, facts: FactSet) -> str:
    claim = group.claims[0]
    conjunction = "or" if claim.is_denied else "and"
    objects = [
        wording.literal_text(each) if isinstance(each, Literal) else facts.name(each)
        for each in group.objects
    ]
    subjects = names([facts.name(subject) for subject in group.subjects])
    degree = "".join(f" [{degree}]" for _, degree in _trailing(group, facts))
    tail = "".join(phrase.text for phrase in wording.tail_phrases(claim, facts))
    verbs = _verbs(group, facts, conjunction)
    return f"{subjects} {verbs} {names(objects, conjunction)}{degree}{tail}"


def _verbs(group: _Group, facts: FactSet, conjunction: str) -> str:
    """`lend to and invest in` · `do not intend to give [extensive] aid to or [long] credit to`."""
    said = [(*_parts(group, relation, facts), degree) for relation, degree in group.verbs]
    auxiliaries = {auxiliary for auxiliary, *_ in said}
    leads = {lead for _, lead, *_ in said}
    words = [f" [{degree}]{rest}" if degree and rest else rest for _, _, rest, degree in said]
    verbs = [lead + word for (_, lead, *_), word in zip(said, words, strict=True)]
    if len(auxiliaries) == len(leads) == 1 and all(words):
        shared = f"{auxiliaries.pop()} {leads.pop()}".strip()
        return f"{shared} {series([word.strip() for word in words], conjunction)}"
    if len(auxiliaries) == 1 and "" not in auxiliaries:
        return f"{auxiliaries.pop()} {series(verbs, conjunction)}"
    # Each verb brings what denies it, so that `or` would deny less than the claims do.
    return series([f"{each[0]} {verb}".strip() for each, verb in zip(said, verbs, strict=True)])
