"""Calendar months, clamped where a month is shorter (domain, §5)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.rules.calendar import first_of_month, plus_days, plus_months


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
        (date(2000, 2, 29), 1200, date(2100, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int, expected: date) -> None:
    assert plus_months(day, months) == expected


def test_past_the_calendars_ends_is_its_first_or_last_day() -> None:
    assert plus_months(date(9999, 12, 1), 1) == date(9999, 12, 31)
    assert plus_months(date(1, 1, 20), -1) == date(1, 1, 1)
    assert plus_months(date(2026, 10, 31), 100_000) == date(9999, 12, 31)


@given(st.dates(), st.integers(-200, 200), st.integers(-200, 200))
def test_a_later_day_is_never_earlier_some_months_on(day: date, fewer: int, more: int) -> None:
    first, second = sorted((fewer, more))
    assert plus_months(day, first) <= plus_months(day, second)


def test_a_month_begins_on_its_first() -> None:
    assert first_of_month("2024-02") == date(2024, 2, 1)


def test_days_later_end_with_the_calendar() -> None:
    assert plus_days(date(2024, 2, 28), 2) == date(2024, 3, 1)
    assert plus_days(date(9999, 12, 30), 5) == date.max
