"""Calendar months, as the domain counts them: clamped to the last day where a month is shorter."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_MONTHS_A_YEAR = 12


def plus_months(day: date, months: int) -> date:
    """Return the same day some months later (earlier when negative); 31 January + 1 is 28 or 29 February.

    Past the calendar's ends it is the first or the last day there is: owners may type years like 9999.
    """
    index = day.year * _MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(index, _MONTHS_A_YEAR)
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def plus_days(day: date, days: int) -> date:
    """Return some days later; past the calendar's end its last day, for owners may type years like 9999."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def first_of_month(month: str) -> date:
    """Return the first day of a month written YYYY-MM."""
    return date.fromisoformat(f"{month}-01")
