"""The timeline of the report: claims that say when, each a span of time in percent of the axis.

It shows claims that are not in force, too, and says so. Of many it shows the time in which most of
them begin, evenly from its start to its end, and says what is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from kg import wording
from kg.aggregation import gather
from kg.model.display import counted
from kg.model.facts import Claim
from kg.model.interval import FUTURE, PAST, Bound, Interval
from kg.scene import Scene
from kg.validity import validity

_MOST_SPANS = 16
_MOST = 0.9  #: of all that say when: what begins in a short time is what it is about
_MOST_TICKS = 5
_LAST_TICK = 86  #: in percent: the name of a month has no room on a phone farther right


@dataclass(frozen=True, slots=True)
class Span:
    """Claims of one time: from its first to its last day, as far as it is known."""

    claims: tuple[str, ...]
    sentence: str
    standing: str
    in_force: bool
    start: float  #: in percent, like all places: its first possible day
    end: float  #: its last possible day
    sure: tuple[float, float] | None  #: between which days it certainly held
    fades_in: bool  #: nothing is known of its beginning
    fades_out: bool  #: it is open, or nothing is known of its end
    reaches_in: bool  #: it begins before the axis does
    reaches_out: bool  #: it ends after the axis does


@dataclass(frozen=True, slots=True)
class Timeline:
    """The claims that say when, the earliest first."""

    spans: tuple[Span, ...]
    ticks: tuple[tuple[float, str], ...]  #: in percent, and the year or month
    left_out: int  #: claims
    choice: str  #: what is drawn of many, and how much is not; nothing where all are drawn


def timeline(scene: Scene) -> Timeline | None:
    """The claims with a `when`; None where there are none."""
    dated = [claim for claim in scene.facts.claims.values() if claim.when is not None]
    known = sorted({day for claim in dated for day in _days(claim, scene)})
    if not known:
        return None
    axis = _whole_years(known[0], known[-1])
    told = sorted(_told(dated, scene), key=lambda each: (each.valid.start.earliest, each.text))
    if len(told) <= _MOST_SPANS:
        return Timeline(tuple(_span(each, axis, scene) for each in told), axis.ticks, 0, "")
    dense = _whole_months(*_densest([each.days[0] for each in told if each.days]))
    axis = dense if dense.length < axis.length / 2 else axis
    near = [each for each in told if any(axis.first <= day < axis.last for day in each.days)]
    chosen = [_weightiest(some, scene) for some in _parts(near, _MOST_SPANS)]
    numbers = [sum(len(each.claims) for each in some) for some in (told, near, chosen)]
    return Timeline(
        tuple(_span(each, axis, scene) for each in chosen),
        axis.ticks,
        numbers[0] - numbers[2],
        _choice(axis if axis is dense else None, *numbers),
    )


# -- what is drawn ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """Claims that one sentence tells and that are drawn in one way."""

    text: str
    claims: tuple[Claim, ...]
    valid: Interval

    @property
    def days(self) -> list[date]:
        """Its beginning and its end, as far as they are known."""
        ends = (self.valid.start.earliest, self.valid.end.latest)
        return [day for day in ends if day not in (PAST, FUTURE)]


def _told(dated: Iterable[Claim], scene: Scene) -> Iterator[_Told]:
    alike: dict[tuple[str, Bound, Bound], list[Claim]] = {}
    for claim in dated:
        valid = validity(claim, scene.facts)
        key = (wording.standing(claim, scene), valid.start, valid.end)
        alike.setdefault(key, []).append(claim)
    for claims in alike.values():
        for gathered in gather(claims, scene.facts):
            valid = validity(gathered.claims[0], scene.facts)
            yield _Told(gathered.text, gathered.claims, valid)


def _days(claim: Claim, scene: Scene) -> list[date]:
    """The days that are known of a claim's time, and that of the source that tells of it."""
    valid = validity(claim, scene.facts)
    source = scene.facts.sources[claim.source].published
    bounds = (valid.start.earliest, valid.start.latest, valid.end.earliest, valid.end.latest)
    days = (*bounds, *((source.latest,) if source else ()))
    return [day for day in days if day not in (PAST, FUTURE)]


def _densest(days: Iterable[date]) -> tuple[date, date]:
    """The shortest stretch, the last of such, that holds nine in ten of some days."""
    ordered = sorted(days)
    most = ceil(_MOST * len(ordered))
    stretches = zip(ordered, ordered[most - 1 :], strict=False)
    return min(stretches, key=lambda ends: (ends[1] - ends[0], -ends[0].toordinal()))


def _parts(told: Sequence[_Told], most: int) -> Iterator[Sequence[_Told]]:
    """As many consecutive parts, or one for each, that differ by one in size at most."""
    parts = min(most, len(told))
    for part in range(parts):
        yield told[part * len(told) // parts : (part + 1) * len(told) // parts]


def _weightiest(told: Iterable[_Told], scene: Scene) -> _Told:
    """What is about the most spoken of, rather in force than not; the first of such."""
    return max(told, key=lambda each: (_is_edge(each, scene), _weight(each, scene)))


def _is_edge(told: _Told, scene: Scene) -> bool:
    return scene.standings[told.claims[0].id].holds and not told.claims[0].is_denied


def _weight(told: _Told, scene: Scene) -> int:
    """How many claims there are about the things that it tells of."""
    things = {thing for claim in told.claims for thing in claim.things}
    return sum(len(scene.facts.mentions[thing]) for thing in things)


def _choice(dense: _Axis | None, told: int, near: int, drawn: int) -> str:
    """What is drawn of so many claims, and why the rest is not."""
    which = (
        f"is cut into {_MOST_SPANS} stretches with as many statements each, and of each the one "
        "about what is most spoken of is drawn"
    )
    if dense is None:
        return f"Too many to draw all: time {which}. Left out: {counted(told - drawn, 'claim')}"
    last = dense.last - timedelta(days=1)
    return (
        f"Too many to draw all: the time from {dense.first:%Y-%m} to {last:%Y-%m}, in which nine "
        f"in ten of the statements begin, {which}. Left out: {counted(near - drawn, 'claim')} "
        f"of that time, and {told - near:,} that neither begin nor end in it"
    )


# -- where it is drawn --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Axis:
    """A stretch of time."""

    first: date
    last: date  #: the first day beyond it
    named: tuple[tuple[date, str], ...]  #: days with their names

    @property
    def length(self) -> float:
        """In years."""
        return _in_years(self.last) - _in_years(self.first)

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Where the days with names are, in percent."""
        return tuple((self.place(day), name) for day, name in self.named)

    def place(self, day: date) -> float:
        """Where a day is, in percent; what is beyond an end is there."""
        share = (_in_years(day) - _in_years(self.first)) / self.length
        return round(100 * min(max(share, 0), 1), 2)


def _in_years(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _whole_years(first: date, last: date) -> _Axis:
    step = max(1, (last.year + 1 - first.year) // _MOST_TICKS)
    years = range(first.year, last.year + 1, step)
    named = tuple((date(year, 1, 1), str(year)) for year in years)
    return _Axis(named[0][0], _month(12 * last.year + 12), named)


def _whole_months(first: date, last: date) -> _Axis:
    """Every so many months have a name; of many months years have."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month
    step = next((s for s in (1, 2, 3, 6, 12) if end - start <= s * _MOST_TICKS), None)
    if step is None:
        return _whole_years(first, last)
    months = [_month(at) for at in (*range(start, end, step), end)]
    axis = _Axis(months[0], months[-1], tuple((day, f"{day:%Y-%m}") for day in months[:-1]))
    return replace(axis, named=tuple(n for n in axis.named if axis.place(n[0]) < _LAST_TICK))


def _month(number: int) -> date:
    """The first day of a month, counted from the year 0; after the last month its last day."""
    return date.max if number >= 12 * date.max.year + 12 else date(number // 12, number % 12 + 1, 1)


def _span(told: _Told, axis: _Axis, scene: Scene) -> Span:
    claim, valid = told.claims[0], told.valid
    start, end = axis.place(valid.start.earliest), axis.place(valid.end.latest)
    sure = (axis.place(valid.start.latest), axis.place(valid.end.earliest))
    return Span(
        claims=tuple(each.id for each in told.claims),
        sentence=told.text,
        standing=wording.standing(claim, scene),
        in_force=scene.standings[claim.id].holds,
        start=min(start, 99),
        end=max(end, min(start, 99) + 1),
        sure=sure if valid.start.latest <= valid.end.earliest else None,
        fades_in=valid.start.earliest == PAST,
        fades_out=valid.end.latest == FUTURE,
        reaches_in=valid.start.earliest != PAST and valid.start.earliest < axis.first,
        reaches_out=valid.end.latest != FUTURE and valid.end.latest >= axis.last,
    )
