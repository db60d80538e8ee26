from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.interval import (
    FUTURE,
    PAST,
    Bound,
    Interval,
    on,
    parse_date,
    parse_interval,
)


def days(first: str, last: str) -> Bound:
    named = {"past": PAST, "future": FUTURE}
    return Bound(*(named.get(day) or date.fromisoformat(day) for day in (first, last)))


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        # unspecified digits
        ("202X", "2020-01-01", "2029-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2024-XX", "2024-01-01", "2024-12-31"),
        ("2024-02-XX", "2024-02-01", "2024-02-29"),
        ("2024-XX-XX", "2024-01-01", "2024-12-31"),
        # about, uncertain and both widen a bound by one unit of what is written
        ("2024~", "2023-01-01", "2025-12-31"),
        ("2024?", "2023-01-01", "2025-12-31"),
        ("2024%", "2023-01-01", "2025-12-31"),
        ("2024-02~", "2024-01-01", "2024-03-31"),
        ("2024-01?", "2023-12-01", "2024-02-29"),
        ("2024-12%", "2024-11-01", "2025-01-31"),
        ("2024-02-29~", "2024-02-28", "2024-03-01"),
        ("2024-12-31~", "2024-12-30", "2025-01-01"),
        ("202X~", "2010-01-01", "2039-12-31"),
        ("19XX?", "1800-01-01", "2099-12-31"),
        ("2024-02-XX~", "2024-01-01", "2024-03-31"),
        ("2024-XX~", "2023-01-01", "2025-12-31"),
        # the ends of the calendar
        ("0001~", "past", "0002-12-31"),
        ("9999~", "9998-01-01", "future"),
        ("9999-12-31~", "9999-12-30", "future"),
        ("0001-01-01~", "past", "0001-01-02"),
    ],
)
def test_a_date_covers_its_days(text: str, first: str, last: str) -> None:
    assert days(first, last) == parse_date(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "'' is not a date"),
        ("soon", "'soon' is not a date"),
        ("02.12.2025", "'02.12.2025' is not a date"),
        ("2025/12/02", "'2025/12/02' is not a date"),
        ("2025-1-1", "'2025-1-1' is not a date"),
        ("25", "'25' is not a date"),
        ("12025", "'12025' is not a date"),
        ("-0044", "'-0044' is not a date"),
        ("2025-12-02T10:00:00Z", "'2025-12-02T10:00:00Z' is not a date"),
        ("2025-21", "'2025-21' is not a day of the calendar"),  # a season is level 1 too
        ("2025~~", "'2025~~' is not a date"),
        ("~2025", "'~2025' is not a date"),
        ("20XX-01", "'20XX-01' leaves a larger unit open than a smaller one"),
        ("2025-XX-01", "'2025-XX-01' leaves a larger unit open than a smaller one"),
        ("2025-0X", "'2025-0X' is not a date"),
        ("XXXX", "'XXXX' is not a date"),
        ("2X25", "'2X25' is not a date"),
        ("2025-13", "'2025-13' is not a day of the calendar"),
        ("2025-00", "'2025-00' is not a day of the calendar"),
        ("2025-02-30", "'2025-02-30' is not a day of the calendar"),
        ("2025-02-00", "'2025-02-00' is not a day of the calendar"),
        ("2023-02-29", "'2023-02-29' is not a day of the calendar"),
        ("0000", "'0000' is not a day of the calendar"),
        ("٢٠٢٥", "'٢٠٢٥' is not a date"),  # digits, but not those of EDTF
        ("２０２５", "'２０２５' is not a date"),
        ("2025\n", "'2025\n' is not a date"),
    ],
)
def test_what_is_no_date_says_why(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar|open") as raised:
        parse_date(text)
    assert says == str(raised.value)


# -- intervals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end", "is_open"),
    [
        ("2024", ("2024-01-01", "2024-12-31"), ("2024-01-01", "2024-12-31"), False),
        ("2024-05-03", ("2024-05-03", "2024-05-03"), ("2024-05-03", "2024-05-03"), False),
        ("2021/2023", ("2021-01-01", "2021-12-31"), ("2023-01-01", "2023-12-31"), False),
        ("2021-05/2021-05", ("2021-05-01", "2021-05-31"), ("2021-05-01", "2021-05-31"), False),
        ("2022/..", ("2022-01-01", "2022-12-31"), ("future", "future"), True),
        ("../2022", ("past", "past"), ("2022-01-01", "2022-12-31"), False),
        ("../..", ("past", "past"), ("future", "future"), True),
        # unknown: so once, begun and over nobody knows when
        ("/2025-12-01", ("past", "2025-12-01"), ("2025-12-01", "2025-12-01"), False),
        ("2022/", ("2022-01-01", "2022-12-31"), ("past", "future"), False),
        ("2021~/2023", ("2020-01-01", "2022-12-31"), ("2023-01-01", "2023-12-31"), False),
        ("202X/2031-02-01?", ("2020-01-01", "2029-12-31"), ("2031-01-31", "2031-02-02"), False),
        # bounds of level 2: at the latest, at the earliest
        ("[..2005-12]/[2025..]", ("past", "2005-12-31"), ("2025-01-01", "future"), False),
        ("[2022..]/", ("2022-01-01", "future"), ("past", "future"), False),
        ("/[..2025-12-01]", ("past", "2025-12-01"), ("past", "2025-12-01"), False),
        ("[..2005]/..", ("past", "2005-12-31"), ("future", "future"), True),
        ("[..2005]", ("past", "2005-12-31"), ("past", "2005-12-31"), False),
        ("[..2005~]/..", ("past", "2006-12-31"), ("future", "future"), True),
    ],
)
def test_an_interval_has_two_bounded_ends(
    text: str, start: tuple[str, str], end: tuple[str, str], is_open: bool
) -> None:
    assert Interval(text, days(*start), days(*end), is_open) == parse_interval(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "'' is not a date"),
        ("..", "'..' is an end of an interval, not an interval"),
        ("/", "'/' leaves both ends unknown: leave the key out instead"),
        ("2025/2024", "'2025/2024' ends before it begins"),
        ("2025-12-02/2025-12-01", "'2025-12-02/2025-12-01' ends before it begins"),
        ("2020/2021/2022", "'2020/2021/2022' is neither a date nor an interval"),
        ("2025-12/soon", "'soon' is not a date"),
        ("2025-13/..", "'2025-13' is not a day of the calendar"),
        ("[2005]", "'[2005]' is neither '[..DATE]' nor '[DATE..]'"),
        ("[..]/2025", "'[..]' is neither '[..DATE]' nor '[DATE..]'"),
        ("[..soon]/..", "'soon' is not a date"),
        ("[2005..2007]/..", "'[2005..2007]' is neither '[..DATE]' nor '[DATE..]'"),
        ("[..2005..]/..", "'2005..' is not a date"),
        ("2025 / 2026", "'2025 ' is not a date"),
    ],
)
def test_what_is_no_interval_says_why(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="'") as raised:
        parse_interval(text)
    assert says == str(raised.value)


def test_an_interval_may_turn_within_its_bounds() -> None:
    assert parse_interval("2025~/2024").start.earliest == date(2024, 1, 1)


# -- what is certain, what is possible ------------------------------------------------------------

NO, POSSIBLE, CERTAIN = "no", "possible", "certain"


def meeting(claimed: str, asked: str) -> str:
    held, of = parse_interval(claimed), parse_interval(asked)
    if not held.possibly_meets(of):
        assert not held.certainly_meets(of)
        return NO
    return CERTAIN if held.certainly_meets(of) else POSSIBLE


@pytest.mark.parametrize(
    ("claimed", "asked", "answer"),
    [
        ("2022-05-03", "2022-05-03", CERTAIN),
        ("2022-05-03", "2022-05-04", NO),
        ("2022-05-03", "2022-05", CERTAIN),
        ("2022-05-03", "2022", CERTAIN),
        ("2022-05", "2022-05-03", POSSIBLE),  # on some day of May
        ("2022", "2022-05", POSSIBLE),
        ("2022", "2022", CERTAIN),
        ("2022", "2021/2023", CERTAIN),
        ("2022~", "2022", POSSIBLE),
        ("2022~", "2023", POSSIBLE),
        ("2022~", "2024", NO),
        ("2022~", "2021/2023", CERTAIN),
        ("2020/2022", "2021", CERTAIN),
        ("2020/2022", "2020-06", POSSIBLE),
        ("2020/2022", "2020-12-31", CERTAIN),
        ("2020/2022", "2022-01-01", CERTAIN),
        ("2020/2022", "2022-01-02", POSSIBLE),
        ("2020/2022", "2023", NO),
        ("2020/2022", "2019", NO),
        ("2020/..", "2025", CERTAIN),
        ("2020/..", "2020-03", POSSIBLE),
        ("2020/..", "2019", NO),
        ("../2020", "1900", CERTAIN),
        ("../2020", "2020-06", POSSIBLE),
        ("../2020", "2021", NO),
        ("2020/", "2020", CERTAIN),
        ("2020/", "2021", POSSIBLE),
        ("2020/", "2019", NO),
        ("/2020-12-01", "2020-12-01", CERTAIN),
        ("/2020-12-01", "2020-11-30", POSSIBLE),
        ("/2020-12-01", "2020-12-02", NO),
        ("[..2005-12]/[2025..]", "2015", CERTAIN),
        ("[..2005-12]/[2025..]", "2005-12", CERTAIN),
        ("[..2005-12]/[2025..]", "2005-11", POSSIBLE),
        ("[..2005-12]/[2025..]", "2025-01-01", CERTAIN),
        ("[..2005-12]/[2025..]", "2025-12-02", POSSIBLE),
        ("/[..2025-12-01]", "2010", POSSIBLE),
        ("/[..2025-12-01]", "2025-12-02", NO),
    ],
)
def test_whether_a_state_holds(claimed: str, asked: str, answer: str) -> None:
    assert answer == meeting(claimed, asked)


@pytest.mark.parametrize(
    ("claimed", "asked", "answer"),
    [
        ("2022-05-03", "2022-05-03", CERTAIN),
        ("2022-05-03", "2030", CERTAIN),
        ("2022-05-03", "2022-05-02", NO),
        ("2022-05", "2022-05-20", POSSIBLE),
        ("2022-05", "2022-06", CERTAIN),
        ("2022~", "2022", POSSIBLE),
        ("2022~", "2024", CERTAIN),
        ("2020/2022", "2020-06", POSSIBLE),
        ("2020/2022", "2021", CERTAIN),
        ("/2020-12-01", "1900", POSSIBLE),
        ("/2020-12-01", "2020-12-01", CERTAIN),
        ("[2022..]/", "2021", NO),
        ("[2022..]/", "2050", POSSIBLE),
    ],
)
def test_whether_an_event_has_happened(claimed: str, asked: str, answer: str) -> None:
    held, of = parse_interval(claimed), parse_interval(asked)
    certain = CERTAIN if held.certainly_begun_by(of) else POSSIBLE
    assert answer == (certain if held.possibly_begun_by(of) else NO)


@pytest.mark.parametrize(
    ("claimed", "known_on", "asked", "answer"),
    [
        ("2020/..", "2024-05-03", "2024-05-03", CERTAIN),
        ("2020/..", "2024-05-03", "2024-05-04", POSSIBLE),
        ("2020/..", "2024-05-03", "2022", CERTAIN),
        ("2020/2030", "2024-05-03", "2028", CERTAIN),  # an end that is written is believed
        ("2026/..", "2024-05-03", "2025", NO),  # announced: it has not begun
        ("2026/..", "2024-05-03", "2026", CERTAIN),
        ("2026/..", "2024-05-03", "2027", POSSIBLE),
        ("[..2005]/..", "2024-05-03", "2024-05-03", CERTAIN),
        ("[..2005]/..", "2024-05-03", "2024-06", POSSIBLE),
        ("2024/..", "2024-05-03", "2024-05-03", CERTAIN),  # so it had begun by then
        ("2024/..", "2024-05-03", "2024-05-02", POSSIBLE),
    ],
)
def test_an_open_end_is_certain_up_to_the_day_it_was_written(
    claimed: str, known_on: str, asked: str, answer: str
) -> None:
    held = parse_interval(claimed).as_known_on(date.fromisoformat(known_on))
    of = parse_interval(asked)
    certain = CERTAIN if held.certainly_meets(of) else POSSIBLE
    assert answer == (certain if held.possibly_meets(of) else NO)


def test_only_an_open_end_depends_on_the_day() -> None:
    for text in ("2020/", "2020", "../2020", "[2020..]/[2025..]"):
        interval = parse_interval(text)
        assert interval is interval.as_known_on(date(2024, 5, 3))


# -- properties -----------------------------------------------------------------------------------

_years = st.integers(1900, 2100)
_dates = st.one_of(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat),
    st.tuples(_years, st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02}"),
    _years.map(str),
    _years.map(lambda year: f"{str(year)[:3]}X"),
    _years.map(lambda year: f"{year}-XX"),
)
_marked = st.tuples(_dates, st.sampled_from(["", "", "~", "?", "%"])).map("".join)
_ends = st.one_of(
    _marked,
    _marked.map(lambda text: f"[..{text}]"),
    _marked.map(lambda text: f"[{text}..]"),
    st.sampled_from(["", ".."]),
)


def _parse_or_none(text: str) -> Interval | None:
    try:
        return parse_interval(text)
    except ValueError:
        return None


intervals: st.SearchStrategy[Interval] = (
    st.one_of(_marked, st.tuples(_ends, _ends).map("/".join))
    .map(_parse_or_none)
    .filter(lambda interval: interval is not None)
    .map(lambda interval: interval or on(PAST))
)
some_day = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(intervals, intervals)
def test_what_is_certain_is_possible(claimed: Interval, asked: Interval) -> None:
    assert claimed.possibly_meets(asked) or not claimed.certainly_meets(asked)
    assert claimed.possibly_begun_by(asked) or not claimed.certainly_begun_by(asked)


@given(intervals)
def test_bounds_are_in_order(interval: Interval) -> None:
    assert interval.start.earliest <= interval.start.latest
    assert interval.end.earliest <= interval.end.latest
    assert interval.start.earliest <= interval.end.latest


@given(intervals, some_day, some_day)
def test_to_ask_of_more_time_loses_nothing(claimed: Interval, day: date, other: date) -> None:
    narrow = on(day)
    wide = parse_interval(f"{min(day, other)}/{max(day, other)}")
    assert claimed.possibly_meets(wide) or not claimed.possibly_meets(narrow)
    assert claimed.certainly_meets(wide) or not claimed.certainly_meets(narrow)


@given(intervals, some_day, intervals)
def test_knowing_up_to_a_day_changes_nothing_that_is_possible(
    claimed: Interval, day: date, asked: Interval
) -> None:
    known = claimed.as_known_on(day)
    assert claimed.possibly_meets(asked) == known.possibly_meets(asked)
    assert known.possibly_meets(asked) or not known.certainly_meets(asked)


@given(intervals, some_day, some_day)
def test_after_the_day_an_open_end_is_never_certain(
    claimed: Interval, day: date, later: date
) -> None:
    if claimed.is_open and claimed.start.earliest <= day < later:
        assert not claimed.as_known_on(day).certainly_meets(on(later))


@given(_marked)
def test_a_mark_widens_a_date_and_never_narrows_it(text: str) -> None:
    plain, marked = parse_date(text.rstrip("~?%")), parse_date(text)
    assert marked.earliest <= plain.earliest <= plain.latest <= marked.latest


@given(st.text(alphabet="0123456789X-/.[]~?% ٢", max_size=24))
def test_nothing_but_a_value_error_is_raised(text: str) -> None:
    _parse_or_none(text)
