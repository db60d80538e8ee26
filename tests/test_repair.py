"""What was meant by a date or a quantity in another form is offered, and can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.interval import parse_interval
from kg.reading.repair import advise_on_date, repair_date, repair_interval, repair_quantity
from kg.reading.values import parse_quantity


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025/12/02", "2025-12-02"),
        ("2025-1-2", "2025-01-02"),
        ("2025.12.2", "2025-12-02"),
        ("2 December 2025", "2025-12-02"),
        ("Dec. 2, 2025", "2025-12-02"),
        ("March 2023", "2023-03"),
        ("~2019", "2019~"),
        ("about 2019", "2019~"),
        ("2025-1-2/2025-1-9", "2025-01-02/2025-01-09"),
        ("28.02.2025", "2025-02-28"),  # no month is the 28th
        ("2/28/2025", "2025-02-28"),
        ("3.3.2025", "2025-03-03"),
    ],
)
def test_a_form_with_one_reading_is_certain(written: str, meant: str) -> None:
    assert (meant, True) == repair_interval(written)
    parse_interval(meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20251202", "2025-12-02"),
        ("2025-12-02T10:00Z", "2025-12-02"),
        ("since March 2023", "2023-03/.."),
        ("until 2022", "/2022"),
        ("2019-2023", "2019/2023"),
        ("2019–2023", "2019/2023"),
        ("2019..2023", "2019/2023"),
        ("March 2023 to now", "2023-03/.."),
        ("2020/present", "2020/.."),
    ],
)
def test_what_is_read_from_words_is_not_certain(written: str, meant: str) -> None:
    assert (meant, False) == repair_interval(written)
    parse_interval(meant)


@pytest.mark.parametrize("written", ["02.12.2025", "12/02/2025", "spring 2024", "yesterday", ""])
def test_nothing_is_offered_for_what_can_be_read_in_two_ways(written: str) -> None:
    assert repair_date(written) is None
    assert repair_interval(written) is None


@pytest.mark.parametrize(
    ("written", "meant", "is_certain"),
    [
        ("15,000,000 USD", "15000000 USD", True),
        ("15 000 000 USD", "15000000 USD", True),
        ("USD 500", "500 USD", True),
        ("$500", "500 USD", False),
        ("USD 1,500", "1500 USD", True),
        ("15 million USD", "15000000 USD (15 million)", False),
        ("1.5 billion USD", "1500000000 USD (1.5 billion)", False),
        ("200-900 person", "200..900 person", False),
        ("about 300 person", "~300 person", True),
        ("40%", "40 %", True),
    ],
)
def test_a_quantity_is_put_into_form(written: str, meant: str, is_certain: bool) -> None:
    assert (meant, is_certain) == repair_quantity(written)
    parse_quantity(meant)


@given(st.text(alphabet="0123456789-/.,~ tosincedbuaMrh%$USD", max_size=24))
def test_a_certain_repair_is_stable(written: str) -> None:
    for repair in (repair_interval, repair_quantity):
        meant = repair(written)
        if meant is not None and meant.is_certain:
            again = repair(meant.value)
            assert again is None or again.value == meant.value


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("31.04.2024", "April 2024 has 30 days"),
        ("30/2/2023", "February 2023 has 28 days"),
        ("3/5/2024", "write '2024-03-05' or '2024-05-03', whichever is meant"),
        ("31.12.2024", "write '2024-12-31'"),
        ("0.0.0000", None),
        ("40.40.2024", None),
    ],
)
def test_no_day_is_advised_that_no_month_has(written: str, said: str | None) -> None:
    assert said == advise_on_date(written)
