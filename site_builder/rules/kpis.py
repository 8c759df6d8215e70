"""The five numbers of a referral process that its owner controls (domain, "KPIs"; source: Five KPIs)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from site_builder.model.portal import Portal
from site_builder.rules.calendar import plus_months
from site_builder.rules.standing import Roll, Standing, roll

SMALL_NUMBERS = 5
"""Below this many active clients one client moves every percentage, and the page says so."""
TREND_MONTHS = 24
"""How many month ends the trend looks back on."""
_WHOLE = Decimal("100.0")


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the active clients. percent: one decimal, None when nobody is active. clients: their ids, the rows behind it."""

    count: int
    percent: Decimal | None
    clients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How the active clients stood on a day. The four standings' percentages add to 100.0; reviewed is 100.0 - unknown."""

    on: date
    active: tuple[str, ...]
    standing: Mapping[str, Standing]
    reviewed: Share
    health: Share
    risk: Share
    blocked: Share
    unknown: Share


@dataclass(frozen=True, slots=True)
class MonthReviewed:
    """A month of the cycle. month: YYYY-MM; target: a cycle's share of the active clients; clients: who was reviewed.

    is_running: the month as_of stands in, unless it is its last day.
    """

    month: str
    target: int
    reviewed: int
    clients: tuple[str, ...]
    is_running: bool


@dataclass(frozen=True, slots=True)
class Kpis:
    """The numbers on as_of.

    present: the last of the trend. months: the cycle's, oldest first. trend: the month ends of two years and as_of, oldest first.
    """

    present: Snapshot
    months: tuple[MonthReviewed, ...]
    backlog: int
    trend: tuple[Snapshot, ...]

    @property
    def has_small_numbers(self) -> bool:
        """Whether so few clients are active that one moves every percentage."""
        return len(self.trend[-1].active) < SMALL_NUMBERS


def kpis(portal: Portal) -> Kpis:
    """Return the five numbers on as_of, their months and their trend.

    A month is complete once as_of is its last day. Months before the calendar's first are left out.
    """
    clients = roll(portal)
    ends = [end for month in _months(portal.as_of, TREND_MONTHS + 1) if (end := _end(month)) <= portal.as_of]
    trend = tuple(_snapshot(clients, day) for day in sorted({*ends[-TREND_MONTHS:], portal.as_of}))
    present = trend[-1]
    months = tuple(_reviewed(clients, first, portal.as_of) for first in _months(portal.as_of, clients.cycle_months))
    missing = sum(month.target - month.reviewed for month in months if not month.is_running)
    return Kpis(present=present, months=months, backlog=max(0, min(present.unknown.count, missing)), trend=trend)


def _snapshot(clients: Roll, day: date) -> Snapshot:
    standing = clients.standings(day)
    # Four standings, in the order in which equal remainders are served (domain, "KPIs").
    stood = {each: tuple(client_id for client_id, found in standing.items() if found is each) for each in Standing}
    percents = dict(zip(stood, _percents([len(found) for found in stood.values()]), strict=True))
    shares = {each: Share(len(found), percents[each], found) for each, found in stood.items()}
    unknown = shares[Standing.UNKNOWN]
    reviewed = tuple(client_id for client_id, found in standing.items() if found is not Standing.UNKNOWN)
    return Snapshot(
        on=day,
        active=tuple(standing),
        standing=standing,
        reviewed=Share(len(reviewed), None if unknown.percent is None else _WHOLE - unknown.percent, reviewed),
        health=shares[Standing.HEALTHY],
        risk=shares[Standing.AT_RISK],
        blocked=shares[Standing.BLOCKED],
        unknown=unknown,
    )


def _percents(counts: Sequence[int]) -> list[Decimal | None]:
    """Return each count's percentage with one decimal, by largest remainder so that they add to 100.0; None of nothing."""
    total = sum(counts)
    if not total:
        return [None] * len(counts)
    tenths = [1000 * count // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(1000 * counts[place] % total))
    for place in by_remainder[: 1000 - sum(tenths)]:
        tenths[place] += 1
    return [Decimal(each).scaleb(-1) for each in tenths]


def _reviewed(clients: Roll, first: date, as_of: date) -> MonthReviewed:
    end = _end(first)
    day = min(end, as_of)
    active = clients.active(day)
    reviewed = tuple(each.client_id for each in active if clients.is_reviewed(each.client_id, first, day))
    return MonthReviewed(
        month=first.isoformat()[: len("YYYY-MM")],
        target=-(-len(active) // clients.cycle_months),
        reviewed=len(reviewed),
        clients=reviewed,
        is_running=as_of < end,
    )


def _months(as_of: date, count: int) -> list[date]:
    """Return the first days of some months, as_of's the last; fewer where the calendar begins."""
    first = as_of.replace(day=1)
    return sorted({plus_months(first, -back) for back in range(count)})


def _end(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])
