"""What direct edges rest on: the fewest voices without whom nothing of an edge is left.

A claim falls with any of the voices it comes through, as the dial `without` of a lens has it: its
source, a speaker of its chain, a publisher. An edge falls when all of its claims have fallen; that
a claim may stand again which one of them held back is another matter, and not counted here. This
is the resilience of an edge: C. Freire, W. Gatterbauer, N. Immerman, A. Meliou, The complexity of
resilience and responsibility for self-join-free conjunctive queries, PVLDB 9 (2015), 180-191.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg import wording
from kg.aggregation import series
from kg.model.facts import Claim, FactSet
from kg.network import Edge, direct_edges
from kg.scene import Scene
from kg.voices import claims_by_voice, is_unnamed, voices_of

#: The most voices that are sought for: the search is exponential in this number, and more than
#: three tell nobody anything that "more than three" does not.
MOST = 3


@dataclass(frozen=True, slots=True)
class Footing:
    """What an edge rests on."""

    #: All smallest sets of voices without whom the edge vanishes, those nearest to the origin
    #: first; none where it takes more than `MOST` voices.
    sets: tuple[tuple[str, ...], ...]
    #: Who suffices alone, the origin first, the source that was read last; None for a link that is
    #: not named.
    singles: tuple[str | None, ...]
    is_anonymous: bool  #: one of `singles` is only described, or not named


def footings(scene: Scene) -> tuple[tuple[Edge, Footing], ...]:
    """Each direct edge with what it rests on, in order; a symmetric relation has one each way."""
    claims = scene.facts.claims
    return tuple(
        (edge, footing([claims[id] for id in edge.claims], scene.facts))
        for edge in direct_edges(scene)
    )


def footing(claims: Sequence[Claim], facts: FactSet) -> Footing:
    """What an edge rests on that these claims make.

    Publishers are among the voices where `kg.voices.claims_by_voice` counts them.
    """
    order = {voice: place for place, voice in enumerate(_in_order(claims, facts))}
    found = {
        tuple(sorted(voices, key=order.__getitem__)) for voices in _smallest_sets(claims, facts)
    }
    sets = tuple(sorted(found, key=lambda voices: [order[voice] for voice in voices]))
    singles = _singles(claims, sets)
    is_anonymous = any(voice is None or is_unnamed(voice, facts) for voice in singles)
    return Footing(sets, singles, is_anonymous)


def in_words(footing: Footing, facts: FactSet) -> str:
    """What the edge rests on, to be read after `rests on`.

    `one anonymous source: Western diplomats, known through Report (The Paper)` · `one source:
    Report (The Paper)` · `2 sources, such as Russia and Report (The Paper)` · `more than 3 sources`
    """
    if footing.singles:
        return _single_in_words(footing, facts)
    if not footing.sets:
        return in_brief(footing)
    names = series([voice_text(voice, facts) for voice in footing.sets[0]])
    return f"{in_brief(footing)}{', such as' if len(footing.sets) > 1 else ':'} {names}"


def in_brief(footing: Footing) -> str:
    """How many voices the edge rests on, to be read after `rests on`: `one anonymous source`."""
    if footing.singles:
        return "one anonymous source" if footing.is_anonymous else "one source"
    return f"{len(footing.sets[0])} sources" if footing.sets else f"more than {MOST} sources"


def weakest_of(footing: Footing, facts: FactSet) -> str | None:
    """Of those who suffice alone the first that is anonymous, else the origin."""
    anonymous = (v for v in footing.singles if v is None or is_unnamed(v, facts))
    return next(anonymous, footing.singles[0])


def voice_text(voice: str | None, facts: FactSet) -> str:
    """What a voice is called, also one that is not named."""
    return wording.UNNAMED if voice is None else wording.source_text(voice, facts)


def _single_in_words(footing: Footing, facts: FactSet) -> str:
    weakest = weakest_of(footing, facts)
    nearer = footing.singles[footing.singles.index(weakest) + 1 :]
    words = f"{in_brief(footing)}: {voice_text(weakest, facts)}"
    if nearer:
        words += f", known through {series([voice_text(voice, facts) for voice in nearer])}"
    return words


def _chain(claim: Claim) -> tuple[str | None, ...]:
    """The links of the chain and the source, the origin first."""
    return (*(link.speaker for link in reversed(claim.said_by)), claim.source)


def _in_order(claims: Sequence[Claim], facts: FactSet) -> tuple[str, ...]:
    """All voices of the claims: those of the chains from their origins on, then publishers."""
    links = [voice for claim in claims for voice in _chain(claim) if voice is not None]
    voices = (voice for claim in claims for voice in sorted(voices_of(claim, facts)))
    return tuple(dict.fromkeys((*links, *voices)))


def _singles(claims: Sequence[Claim], sets: Sequence[tuple[str, ...]]) -> tuple[str | None, ...]:
    """Who suffices alone; a link that is not named does where there is but one claim."""
    alone = tuple(voices[0] for voices in sets if len(voices) == 1)
    if len(claims) > 1:
        return alone
    return tuple(dict.fromkeys(v for v in _chain(claims[0]) if v is None or v in alone))


def _smallest_sets(claims: Sequence[Claim], facts: FactSet) -> set[frozenset[str]]:
    """The smallest sets of at most `MOST` voices that have one of each claim."""
    voices: dict[str, set[str]] = {claim.id: set() for claim in claims}
    for voice, own in claims_by_voice(claims, facts).items():
        for claim in own:
            voices[claim].add(voice)
    bundles = sorted(set(map(frozenset, voices.values())), key=len)
    for size in range(1, MOST + 1):
        found = set(_hitting(bundles, size))
        if found:
            return found
    return set()


def _hitting(bundles: Sequence[frozenset[str]], size: int) -> Iterator[frozenset[str]]:
    """The sets of at most so many voices that have one of each bundle."""
    if not bundles:
        yield frozenset()
    elif size:
        for voice in bundles[0]:
            rest = [bundle for bundle in bundles if voice not in bundle]
            yield from (found | {voice} for found in _hitting(rest, size - 1))
