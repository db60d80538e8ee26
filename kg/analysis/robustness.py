"""How the ranks of a measure spread when each voice is left out in turn."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg import wording
from kg.aggregation import names
from kg.analysis.explanation import Measure
from kg.analysis.ranking import Ranks, ranks_of
from kg.model.display import counted
from kg.model.facts import FactSet
from kg.model.table import Cell, Table
from kg.network import ActorNetwork, Tie, project, thin
from kg.scene import Scene, look
from kg.voices import claims_by_voice

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Drop:
    """The network without a voice; without any one of several that leave the same of it."""

    voices: tuple[str, ...]
    network: ActorNetwork


def robustness(scene: Scene, measure: Measure, say: Say = lambda step: None) -> Table:
    """The rank of each actor in a measure, with the best and the worst that it has without a voice.

    The lens of `scene` is turned once for each source and speaker behind the ties, and for each
    publisher of several, to leave out that voice more. `without` is whose absence moves the actor
    most. Where no tie is left nobody has a rank: such voices are named, and not counted.

    Args:
        scene: what is seen through the lens to begin with.
        measure: what ranks the actors.
        say: is told each step.

    Raises:
        NoRanksError: if the measure has no ranks.
    """
    network = project(scene)
    say(f"measuring {measure.__name__}")
    table = measure(network)
    base = ranks_of(table)
    dropped = drops(scene, network)
    left = [drop for drop in dropped if drop.network.ties]
    seen: dict[str, Ranks] = {}
    for number, drop in enumerate(left, start=1):
        say(f"measuring {measure.__name__} without {drop.voices[0]} ({number:,} of {len(left):,})")
        seen[drop.voices[0]] = ranks_of(measure(drop.network))
    return _spread(table, seen, _notes(base, dropped, seen, scene), scene)


def drops(scene: Scene, network: ActorNetwork) -> tuple[Drop, ...]:
    """What is left of the network of `scene` without each voice that changes its ties.

    A tie that keeps its relations is as it was: no measure counts claims. Voices without whom the
    same is left come together, so that nothing is measured twice.
    """
    if scene.facts.decisions or any(c.supersedes for c in scene.facts.claims.values()):
        return _drops_seen(scene, network)
    places: dict[str, list[int]] = {}
    for place, tie in enumerate(network.ties):
        for claim in tie.claims:
            places.setdefault(claim, []).append(place)
    found: dict[tuple[tuple[int, tuple[str, ...]], ...], tuple[list[str], ActorNetwork]] = {}
    behind = [scene.facts.claims[id] for id in sorted(network.claims)]
    for voice, claims in claims_by_voice(behind, scene.facts).items():
        touched = sorted({place for claim in claims for place in places[claim]})
        changes = _changes({place: network.ties[place] for place in touched}, claims, scene)
        key = tuple((place, tie.relations if tie else ()) for place, tie in changes.items())
        if key in found:
            found[key][0].append(voice)
        elif key:
            found[key] = [voice], _changed(network, changes)
    return tuple(Drop(tuple(voices), left) for voices, left in found.values())


def _drops_seen(scene: Scene, network: ActorNetwork) -> tuple[Drop, ...]:
    """The same where claims give way to others: without those they stand again, so look anew."""
    found: dict[object, tuple[list[str], ActorNetwork]] = {}
    for voice in claims_by_voice(scene.facts.claims.values(), scene.facts):
        lens = replace(scene.lens, as_of=scene.as_of, without=(*scene.lens.without, voice))
        left = project(look(scene.facts, lens))
        key = tuple((tie.subject, tie.object, tie.relations) for tie in left.ties)
        if key in found:
            found[key][0].append(voice)
        elif key != tuple((tie.subject, tie.object, tie.relations) for tie in network.ties):
            found[key] = [voice], left
    return tuple(Drop(tuple(voices), left) for voices, left in found.values())


def _changes(
    ties: Mapping[int, Tie], without: frozenset[str], scene: Scene
) -> Mapping[int, Tie | None]:
    """The ties that are others without some claims, or that are none."""
    thinned = {place: thin(tie, without, scene) for place, tie in ties.items()}
    return {
        place: tie
        for place, tie in thinned.items()
        if tie is None or tie.relations != ties[place].relations
    }


def _changed(network: ActorNetwork, changes: Mapping[int, Tie | None]) -> ActorNetwork:
    ties = (changes.get(place, tie) for place, tie in enumerate(network.ties))
    return replace(network, ties=tuple(tie for tie in ties if tie is not None))


def _spread(
    table: Table, dropped: Mapping[str, Ranks], notes: Iterable[str], scene: Scene
) -> Table:
    """The rows of a measure with the ranks that each actor has where voices are left out."""
    base, figures = ranks_of(table), table.column(table.columns[-2])
    rows = []
    for row, figure in zip(table.rows, figures, strict=True):
        actor = str(row[1])
        moved = _moved_most(actor, base, dropped)
        name = wording.source_text(moved, scene.facts) if moved else None
        rows.append((*row[:3], figure, *_range(actor, base, dropped), moved, name, row[-1]))
    columns = ("rank", "actor", "name", table.columns[-2], "best", "worst",
               "without", "without_name", "claims")  # fmt: skip
    title = f"{table.title}, each voice left out in turn"
    return Table(columns, tuple(rows), title, (*notes, *table.notes), table.evidence)


def _range(actor: str, base: Ranks, dropped: Mapping[str, Ranks]) -> tuple[Cell, Cell]:
    """The best and the worst rank; no worst one where the actor is without a rank in between."""
    found = [ranks.get(actor) for ranks in (base, *dropped.values())]
    known = [rank for rank in found if rank is not None]
    worst = max(known, default=None) if len(known) == len(found) else None
    return min(known, default=None), worst


def _moved_most(actor: str, base: Ranks, dropped: Mapping[str, Ranks]) -> str | None:
    """Whose absence moves an actor most, to lose its rank being the most of all."""

    def distance(voice: str) -> float:
        was, is_ = base.get(actor), dropped[voice].get(actor)
        if was is None or is_ is None:
            return 0 if was == is_ else math.inf
        return abs(was - is_)

    moved = max(dropped, key=distance, default=None)
    return moved if moved is not None and distance(moved) else None


# -- in words -------------------------------------------------------------------------------------


def _notes(
    base: Ranks, dropped: Sequence[Drop], seen: Mapping[str, Ranks], scene: Scene
) -> Iterator[str]:
    """What there is to say of all actors: how firm the first place is, and what is not counted."""
    yield _first_place(base, dropped, seen, scene.facts)
    empty = [voice for drop in dropped if not drop.network.ties for voice in drop.voices]
    if empty:
        without = _listed(empty, scene.facts)
        yield f"Without {without} no tie is left: nobody has a rank then, and it is not counted"
    voices = sum(len(drop.voices) for drop in dropped) - len(empty)
    yield (
        f"best and worst: over all lenses that leave out one voice more; {voices:,} of them change "
        "a tie; without: who moves the actor most"
    )


def _first_place(
    base: Ranks, dropped: Sequence[Drop], seen: Mapping[str, Ranks], facts: FactSet
) -> str:
    first = _firsts(base)
    instead: dict[tuple[str, ...], list[str]] = {}
    for drop in dropped:
        firsts = _firsts(seen.get(drop.voices[0], base))
        if firsts != first:
            instead.setdefault(firsts, []).extend(drop.voices)
    if not instead:
        return "No single voice changes who comes first"
    told = [
        f"without {_listed(voices, facts)} it is {names([facts.name(actor) for actor in firsts])}"
        for firsts, voices in instead.items()
    ]
    more = sum(map(len, list(instead.values())[_MOST_TOLD:]))
    others = f"; {counted(more, 'other voice')} {'changes' if more == 1 else 'change'} it too"
    words = "; ".join(told[:_MOST_TOLD]) + (others if more else "")
    return f"Who comes first hangs on one voice: {words}"


def _firsts(ranks: Ranks) -> tuple[str, ...]:
    return tuple(sorted(actor for actor, rank in ranks.items() if rank == 1))


def _listed(voices: Sequence[str], facts: FactSet) -> str:
    return names([wording.source_text(voice, facts) for voice in voices], "or")


_MOST_TOLD = 3  #: different first places
