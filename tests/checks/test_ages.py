"""Exactly so long ago still counts, a day longer does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from site_builder.checks.ages import counted, days_old, months_old


@pytest.mark.parametrize(
    ("day", "as_of", "months", "is_old"),
    [
        (date(2025, 10, 31), date(2026, 10, 31), "12", False),
        (date(2025, 10, 30), date(2026, 10, 31), "12", True),
        (date(2026, 2, 28), date(2026, 8, 31), "6", False),  # a month without a 31st: its last day counts
        (date(2026, 2, 27), date(2026, 8, 31), "6", True),
        (date(2026, 11, 1), date(2026, 10, 31), "0", False),
        (date(2025, 10, 30), date(2026, 10, 31), "12.9", True),
        (date(1, 1, 1), date(2026, 10, 31), "999999999999", False),
    ],
)
def test_months(day: date, as_of: date, months: str, *, is_old: bool) -> None:
    assert months_old(day, as_of, Decimal(months)) is is_old


@pytest.mark.parametrize(
    ("day", "days", "is_old"),
    [
        (date(2026, 8, 2), "90", False),  # 29 of August, 30 of September, 31 of October
        (date(2026, 8, 1), "90", True),
        (date(2026, 12, 1), "0", False),
        (date(1, 1, 1), "999999999999", False),
    ],
)
def test_days(day: date, days: str, *, is_old: bool) -> None:
    assert days_old(day, date(2026, 10, 31), Decimal(days)) is is_old


def test_one_is_said_without_an_s() -> None:
    assert [counted(Decimal(number), "month") for number in ("0", "1", "12.0")] == ["0 months", "1 month", "12 months"]
