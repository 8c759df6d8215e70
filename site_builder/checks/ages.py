"""How long ago something was, for checks that miss a newer one: exactly so long ago still counts, a day longer does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from site_builder.rules.calendar import plus_months


def months_old(day: date, as_of: date, months: Decimal) -> bool:
    """Say whether a day lies more than so many calendar months before as_of; parts of a month are left out."""
    return day < plus_months(as_of, -int(months))


def days_old(day: date, as_of: date, days: Decimal) -> bool:
    """Say whether a day lies more than so many days before as_of."""
    return (as_of - day).days > days


def counted(number: Decimal, unit: str) -> str:
    """Say a number of something: "12 months", "1 month"."""
    whole = int(number)
    return f"{whole} {unit}" if whole == 1 else f"{whole} {unit}s"
