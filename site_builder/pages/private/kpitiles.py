"""The five numbers as tiles, and the clients behind them (domain, "KPIs"; Five KPIs)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from site_builder.model.portal import Portal
from site_builder.model.tables import Client
from site_builder.pages.private.charts import Spark
from site_builder.pages.private.plots import spark
from site_builder.rules.calendar import first_of_month, plus_months
from site_builder.rules.kpis import Kpis, MonthReviewed, Share, Snapshot
from site_builder.rules.standing import Roll, Standing, roll

_A_YEAR = 12
_TENTH = Decimal("0.1")


class TileKind(StrEnum):
    """Which of the five numbers; its name and definition are the template's words, its source is *Five KPIs*."""

    REVIEWED = "reviewed"
    MONTHLY = "monthly"
    HEALTH = "health"
    RISK = "risk"
    UNKNOWN = "unknown"


class Aim(StrEnum):
    """Whether more of it is better or fewer."""

    MORE = "more"
    FEWER = "fewer"


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client behind the numbers. standing: None for one who is not active. last_reviewed_on: by as_of, None where never.

    history: how they stood on each day of KpisView.trend, None on days on which they were not active.
    """

    client_id: str
    name: str
    standing: Standing | None
    last_reviewed_on: date | None
    since: date
    last_paid_on: date | None
    monthly_fee: Decimal | None
    history: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a number between two days. count: clients more, or fewer where negative; points: of percent, None without.

    Of the reviews a month since and until are last days of months.
    """

    since: date
    until: date
    count: int
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the five numbers.

    count: clients. out_of: the active ones, of the reviews a month the target. percent: of out_of, None (a dash) where that is 0.
    target: only the reviews a month have one; None for the other four. month: its first day, of the reviews a month, else None;
    is_running: whether that month is not over. changes: to the end of last month and to that of twelve months before, those there
    are; while a month runs, of the last full one. spark: over the days of the trend, of the reviews a month over those of the
    cycle; None without two days to draw. rows: the clients counted, by id.
    """

    kind: TileKind
    count: int
    out_of: int
    percent: Decimal | None
    target: int | None
    aim: Aim
    month: date | None
    is_running: bool
    changes: tuple[Change, ...]
    spark: Spark | None
    rows: tuple[ClientRow, ...]


def client_rows(portal: Portal, found: Kpis) -> Mapping[str, ClientRow]:
    """Return every client by id, active or not, in the order of ids."""
    clients = roll(portal)
    return {client.client_id: _row(client, clients, found.trend, portal.as_of) for client in clients.clients}


def tiles(found: Kpis, rows: Mapping[str, ClientRow]) -> tuple[Tile, ...]:
    """Return the five, in the order of Five KPIs."""
    return (
        _standing_tile(TileKind.REVIEWED, Aim.MORE, found, rows, lambda day: day.reviewed),
        _monthly_tile(found.months, rows),
        _standing_tile(TileKind.HEALTH, Aim.MORE, found, rows, lambda day: day.health),
        _standing_tile(TileKind.RISK, Aim.FEWER, found, rows, lambda day: day.risk),
        _standing_tile(TileKind.UNKNOWN, Aim.FEWER, found, rows, lambda day: day.unknown),
    )


def _row(client: Client, clients: Roll, trend: Sequence[Snapshot], as_of: date) -> ClientRow:
    held = clients.reviews(client.client_id, as_of)
    return ClientRow(
        client_id=client.client_id,
        name=client.name,
        standing=trend[-1].standing.get(client.client_id),
        last_reviewed_on=held[-1].on if held else None,
        since=client.since,
        last_paid_on=client.last_paid_on,
        monthly_fee=client.monthly_fee,
        history=tuple(day.standing.get(client.client_id) for day in trend),
    )


def _standing_tile(
    kind: TileKind, aim: Aim, found: Kpis, rows: Mapping[str, ClientRow], share: Callable[[Snapshot], Share]
) -> Tile:
    present = share(found.present)
    days = [(day.on, share(day).count, share(day).percent) for day in found.trend]
    return Tile(
        kind=kind,
        count=present.count,
        out_of=len(found.present.active),
        percent=present.percent,
        target=None,
        aim=aim,
        month=None,
        is_running=False,
        changes=_changes(days),
        spark=spark([(on, percent) for on, _count, percent in days]),
        rows=tuple(rows[client_id] for client_id in present.clients),
    )


def _monthly_tile(months: Sequence[MonthReviewed], rows: Mapping[str, ClientRow]) -> Tile:
    present = months[-1]
    days = [(_last_day(month), month.reviewed, _of_target(month)) for month in months]
    return Tile(
        kind=TileKind.MONTHLY,
        count=present.reviewed,
        out_of=present.target,
        percent=_of_target(present),
        target=present.target,
        aim=Aim.MORE,
        month=first_of_month(present.month),
        is_running=present.is_running,
        # Half a month beside a whole one would look like a fall every Monday.
        changes=_changes(days[:-1] if present.is_running else days),
        spark=spark([(on, percent) for on, _count, percent in days]),
        rows=tuple(rows[client_id] for client_id in present.clients),
    )


def _changes(days: Sequence[tuple[date, int, Decimal | None]]) -> tuple[Change, ...]:
    """Return what became of the last number since the one before and since the one twelve before it, where there are these."""
    if not days:
        return ()
    until, count, percent = days[-1]
    return tuple(
        Change(since, until, count - former, None if percent is None or before is None else percent - before)
        for since, former, before in (days[-1 - back] for back in (1, _A_YEAR) if back < len(days))
    )


def _of_target(month: MonthReviewed) -> Decimal | None:
    """Return how much of its target a month reached, in percent with one decimal; None without a target."""
    if not month.target:
        return None
    return (Decimal(100 * month.reviewed) / month.target).quantize(_TENTH, rounding=ROUND_HALF_UP)


def _last_day(month: MonthReviewed) -> date:
    return plus_months(date(2000, 1, 31), (int(month.month[:4]) - 2000) * _A_YEAR + int(month.month[5:]) - 1)
