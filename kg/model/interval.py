"""Time as people write it: EDTF dates and intervals, with what is certain and what is possible.

Read are ISO 8601-2:2019 (EDTF) level 0 and 1 dates of day, month and year precision (with `X` for
unspecified digits and `~ ? %`), intervals of them, and, as a bound, the level 2 forms `[..2005]`
(in 2005 at the latest) and `[2005..]` (in 2005 at the earliest).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

#: Before every day, and after every day.
PAST, FUTURE = date.min, date.max

_DATE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%])?")


class Bound(NamedTuple):
    """The first and the last day on which one end of a stretch of time may lie, both included."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time whose two ends are each known only within bounds."""

    text: str  #: as written
    start: Bound
    end: Bound
    is_open: bool = False  #: the end is `..`: it went on when this was written

    @property
    def certain_start(self) -> date:
        """The first day from which it has certainly begun."""
        return min(self.start.latest, self.end.latest)

    @property
    def certain_end(self) -> date:
        """The last day to which it has certainly lasted."""
        return max(self.start.earliest, self.end.earliest)

    def as_known_on(self, day: date) -> Interval:
        """The same, where an open end is certain up to `day` only and possible after it."""
        if not self.is_open:
            return self
        last = max(day, self.start.earliest)
        start = Bound(self.start.earliest, min(self.start.latest, last))
        return Interval(self.text, start, Bound(last, FUTURE))

    def possibly_meets(self, other: Interval) -> bool:
        """Whether it may hold at some time in `other`."""
        return self.start.earliest <= other.end.latest and self.end.latest >= other.start.earliest

    def certainly_meets(self, other: Interval) -> bool:
        """Whether it holds at some time in `other` wherever its ends lie within their bounds.

        Of `other` the widest reading is taken: it is a question, not a claim.
        """
        return self.certain_start <= other.end.latest and self.certain_end >= other.start.earliest

    def possibly_begun_by(self, other: Interval) -> bool:
        """Whether it may have begun by the end of `other`."""
        return self.start.earliest <= other.end.latest

    def certainly_begun_by(self, other: Interval) -> bool:
        """Whether it has begun by the end of `other` wherever its start lies."""
        return self.certain_start <= other.end.latest


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Bound:
    """The days that an EDTF date covers, widened by one unit where it carries `~`, `?` or `%`.

    >>> parse_date("2024-02")
    Bound(earliest=datetime.date(2024, 2, 1), latest=datetime.date(2024, 2, 29))

    Raises:
        ValueError: with one sentence for the reader, if it is not such a date.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is not a date")
    year, month, day, mark = match.groups()
    if (month == "XX" and day not in (None, "XX")) or ("X" in year and month):
        raise ValueError(f"'{text}' leaves a larger unit open than a smaller one")
    first = _days(text, year.replace("X", "0"), month, day)[0]
    last = _days(text, year.replace("X", "9"), month, day)[1]
    if mark is None:
        return Bound(first, last)
    if day not in (None, "XX"):
        return Bound(_shift_days(first, -1), _shift_days(last, +1))
    months = 1 if month not in (None, "XX") else 12 * 10 ** year.count("X")
    return Bound(_shift_months(first, -months), _shift_months(last, +months))


@lru_cache(maxsize=4096)
def parse_interval(text: str) -> Interval:
    """The stretch of time that an EDTF date or interval describes.

    A single date says that it held within that unit: certainly on the day, if it is a day.

    Raises:
        ValueError: with one sentence for the reader, if it is neither.
    """
    first, slash, second = text.partition("/")
    if "/" in second:
        raise ValueError(f"'{text}' is neither a date nor an interval")
    if not slash:
        if text == "..":
            raise ValueError("'..' is an end of an interval, not an interval")
        bound = _set_bound(first) or parse_date(first)
        return Interval(text, bound, bound)
    if not first and not second:
        raise ValueError("'/' leaves both ends unknown: leave the key out instead")
    start = _start(first)
    end = _end(second)
    interval = Interval(text, start or Bound(PAST, end.latest), end, is_open=second == "..")
    if interval.end.latest < interval.start.earliest:
        raise ValueError(f"'{text}' ends before it begins")
    return interval


def on(day: date) -> Interval:
    """The interval of one day."""
    return Interval(day.isoformat(), Bound(day, day), Bound(day, day))


def _days(text: str, year: str, month: str | None, day: str | None) -> tuple[date, date]:
    first_month, last_month = (1, 12) if month in (None, "XX") else (int(month or 0),) * 2
    try:
        first = date(int(year), first_month, 1)
        last = date(int(year), last_month, monthrange(int(year), last_month)[1])
        if day not in (None, "XX"):
            first = last = date(int(year), first_month, int(day or 0))
    except ValueError:
        raise ValueError(f"'{text}' is not a day of the calendar") from None
    return first, last


def _shift_days(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return PAST if days < 0 else FUTURE


def _shift_months(day: date, months: int) -> date:
    """`day`, the first or the last of a month, moved to the first or the last of another."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return PAST if months < 0 else FUTURE
    return date(year, month + 1, 1 if day.day == 1 else monthrange(year, month + 1)[1])


def _start(text: str) -> Bound | None:
    """The start bound; None if unknown."""
    if text == "..":
        return Bound(PAST, PAST)
    if not text:
        return None
    return _set_bound(text) or parse_date(text)


def _end(text: str) -> Bound:
    if text == "..":
        return Bound(FUTURE, FUTURE)
    if not text:
        return Bound(PAST, FUTURE)
    return _set_bound(text) or parse_date(text)


def _set_bound(text: str) -> Bound | None:
    """`[..d]` and `[d..]`: a day no later, or no earlier, than d."""
    if not (text.startswith("[") and text.endswith("]")):
        return None
    inner = text[1:-1]
    if inner.startswith("..") and len(inner) > 2:
        return Bound(PAST, parse_date(inner[2:]).latest)
    if inner.endswith("..") and len(inner) > 2:
        return Bound(parse_date(inner[:-2]).earliest, FUTURE)
    raise ValueError(f"'{text}' is neither '[..DATE]' nor '[DATE..]'")
