"""What was meant by a date or a quantity in another form than kg's: hints and fixes offer it.

Nothing is read through these. A repair is certain where the form can be read in one way only, as
`2025/12/02`; not where words or a dash had to be read, as `since March 2023`.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from decimal import Decimal
from typing import NamedTuple


class Repair(NamedTuple):
    """A value in kg's form, and whether it says for certain what was meant."""

    value: str
    is_certain: bool


_MONTHS = {
    name.lower(): number
    for names in (month_name, month_abbr)
    for number, name in enumerate(names)
    if name
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DATES = (
    re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})"),
    re.compile(rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)? )?{_MONTH},? (?P<y>\d{{4}})", re.I),
    re.compile(rf"{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?, (?P<y>\d{{4}})", re.I),
)
_LOOSE_DATES = (
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<y>\d{4})[/.](?P<m>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)[T ]\d\d:\d\d.*"),
)
_ABOUT = re.compile(r"(?:~|about |around |circa |c\. ?|ca\. ?)(?P<rest>.+)", re.I)
_SINCE = re.compile(r"(?:since|from) (?P<rest>.+)", re.I)
_UNTIL = re.compile(r"(?:until|till|up to) (?P<rest>.+)", re.I)
_ONGOING = re.compile(r"(?:now|present|today|ongoing)", re.I)
_BETWEEN = re.compile(
    r"(?P<first>.+?)(?:/|\.\.| ?[–—] ?| - | to |(?<=\d{4})-(?=\d{4}))(?P<last>.+)", re.I
)

_GROUPED = re.compile(r"\d{1,3}(?:([,_' \u00a0\u202f])\d{3})(?:\1\d{3})*(?!\d)")
_SCALES = {
    "hundred": 2, "thousand": 3, "million": 6, "mio": 6, "mn": 6, "billion": 9, "bn": 9, "mrd": 9,
    "trillion": 12,
}  # fmt: skip
_SCALED = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?) (?P<scale>{'|'.join(_SCALES)})s?\.? (?P<unit>\S.*)", re.I
)
_UNIT_FIRST = re.compile(r"(?P<unit>[A-Z]{3}|[$€£¥]) ?(?P<rest>\S.*)")
_NO_SPACE = re.compile(r"(?P<number>[\d.]+)(?P<unit>%|[A-Za-z]+)")
_DASHED = re.compile(r"(?P<low>[\d.]+) ?[-–—] ?(?P<high>[\d.]+) (?P<unit>\S.*)")
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


def repair_date(text: str) -> Repair | None:
    """The date that is meant by `text`, in EDTF; nobody has looked whether it is of the calendar.

    >>> repair_date("2 December 2025")
    Repair(value='2025-12-02', is_certain=True)
    """
    text = text.strip()
    if about := _ABOUT.fullmatch(text):
        rest = repair_date(about["rest"])
        return None if rest is None else Repair(rest.value + "~", rest.is_certain)
    if re.fullmatch(r"\d{4}", text):
        return Repair(text, True)
    for forms, is_certain in ((_DATES, True), (_LOOSE_DATES, False)):
        for form in forms:
            if match := form.fullmatch(text):
                return Repair("-".join(_units(match.groupdict())), is_certain)
    readings = _readings(text)
    return Repair(readings[0], True) if len(readings) == 1 else None


_DAY_AND_MONTH = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")


def _readings(text: str) -> list[str]:
    """What `28.02.2025` or `3/5/2024` can be: a day before its month, or behind it."""
    found = (f"{y}-{m:02}-{d:02}" for y, m, d in _split(text) if 0 < d <= _days(y, m))
    return list(dict.fromkeys(found))


def _split(text: str) -> list[tuple[str, int, int]]:
    """Year, month and day of such a date in both orders, as far as there is such a month."""
    match = _DAY_AND_MONTH.fullmatch(text)
    if match is None or match[4] == "0000":
        return []
    one, other = int(match[1]), int(match[3])
    return [(match[4], m, d) for m, d in ((one, other), (other, one)) if 0 < m < 13]


def _days(year: str, month: int) -> int:
    return monthrange(int(year), month)[1]


def repair_interval(text: str) -> Repair | None:
    """The date or interval that is meant by `text`, in EDTF.

    >>> repair_interval("since March 2023")
    Repair(value='2023-03/..', is_certain=False)
    """
    text = text.strip()
    date = repair_date(text)
    if date is not None:
        return date
    if since := _SINCE.fullmatch(text):
        return _interval(since["rest"], "..")
    if until := _UNTIL.fullmatch(text):
        return _interval("", until["rest"])
    if between := _BETWEEN.fullmatch(text):
        first, last = between["first"], between["last"]
        is_certain = "/" in text and not _ONGOING.fullmatch(last)
        meant = _interval(first, ".." if _ONGOING.fullmatch(last) else last, is_certain)
        if meant is not None and meant.value == text:  # both ends are right, so it is their order
            return Repair(f"{last}/{first}", False)
        return meant
    return None


def advise_on_date(text: str) -> str | None:
    """What is to be said of a date that is of no calendar, or that can be read in two ways.

    >>> advise_on_date("3/5/2024")
    "write '2024-03-05' or '2024-05-03', whichever is meant"
    """
    text = text.strip()
    if match := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])-\d\d", text):
        of_year, of_month = int(match[1]), int(match[2])
        if of_year:
            return f"{month_name[of_month]} {of_year} has {monthrange(of_year, of_month)[1]} days"
    if re.fullmatch(r"\d{4}-(?:00|1[3-9]|[2-9]\d)(?:-\d\d)?", text):
        return "the months are 01 to 12"
    readings = _readings(text)
    if not readings and (parts := _split(text)):
        year, month, _ = parts[0]
        return f"{month_name[month]} {year} has {_days(year, month)} days"
    if readings:
        whichever = ", whichever is meant" if len(readings) > 1 else ""
        return "write " + " or ".join(f"'{each}'" for each in readings) + whichever
    return None


def repair_quantity(text: str) -> Repair | None:
    """The quantity that is meant by `text`.

    >>> repair_quantity("15,000,000 USD")
    Repair(value='15000000 USD', is_certain=True)
    """
    text = text.strip()
    if about := _ABOUT.fullmatch(text):
        rest = repair_quantity(about["rest"]) or Repair(about["rest"], True)
        return Repair("~" + rest.value, rest.is_certain)
    number = repair_number(text)
    plain = number.value if number else text
    if unit := _UNIT_FIRST.fullmatch(plain):
        written = unit["unit"]
        plain = f"{unit['rest']} {_CURRENCIES.get(written, written)}"
        further = repair_quantity(plain)
        return Repair(further.value if further else plain, written.isalpha() and not further)
    if scaled := _SCALED.fullmatch(plain):
        whole = Decimal(scaled["number"]).scaleb(_SCALES[scaled["scale"].lower()])
        words = f"{scaled['number']} {scaled['scale']}"
        return Repair(f"{whole:f} {scaled['unit']} ({words})", False)
    if dashed := _DASHED.fullmatch(plain):
        return Repair(f"{dashed['low']}..{dashed['high']} {dashed['unit']}", False)
    if joined := _NO_SPACE.fullmatch(plain):
        return Repair(f"{joined['number']} {joined['unit']}", True)
    return Repair(plain, True) if plain != text else None


def repair_number(text: str) -> Repair | None:
    """The number that is meant by `text`, without marks between its digits."""
    plain = _GROUPED.sub(lambda match: re.sub(r"\D", "", match.group()), text.strip())
    return Repair(plain, True) if plain != text else None


def _units(found: dict[str, str | None]) -> list[str]:
    """Year, month and day as EDTF writes them, as far as they are there."""
    name = found.get("month")
    units = [found["y"], str(_MONTHS[name.lower()]) if name else found.get("m"), found.get("d")]
    return [unit.zfill(2) for unit in units if unit is not None]


def _interval(first: str, last: str, is_certain: bool = False) -> Repair | None:
    ends = [Repair(end, True) if end in ("", "..") else repair_date(end) for end in (first, last)]
    start, end = ends
    if start is None or end is None:
        return None
    return Repair(f"{start.value}/{end.value}", is_certain and start.is_certain and end.is_certain)
