"""/kpis/: the owner's Monday. Five numbers, what is to be done this week, what came of it and what the checks say.

Domain, "KPIs", "Incentives", "Rewards for clients"; sources: Five KPIs, Step by step, Rewards. Sealed for the owners.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from site_builder.page import Circle, Known, PrivateKind, Reader
from site_builder.pages.private import boardtables, plots, weekly
from site_builder.pages.private.boardtables import EconomicsPanel, Findings, MonthRow, Results, TrendRow
from site_builder.pages.private.charts import BarChart, LineChart, StackChart
from site_builder.pages.private.kpitiles import ClientRow, Tile, client_rows, tiles
from site_builder.pages.private.week import Week
from site_builder.problem import Source
from site_builder.rules.kpis import SMALL_NUMBERS
from site_builder.rules.reminders import Reminder, reminders

MOST = 12
"""How many rows of a list are shown before the rest folds away."""
_CLIENTS = "data/clients.csv"


@dataclass(frozen=True, slots=True)
class KpisView:
    """The whole page.

    active: the number of active clients; 0 makes dashes of percentages. has_reviews, has_nurture: whether reviews.csv and
    nurture.yaml are started: without the latter nobody is owed thanks, news or a talk. has_small_numbers: fewer than
    small_numbers are active, so that one client moves every percentage. most: how many rows of a list are shown before the rest
    folds away. tiles: always five. months, backlog: the cycle's. The charts: None where there is nothing to draw, for nobody is
    active. clients: the active ones by id; inactive: all others in clients.csv.
    """

    as_of: date
    cycle_months: int
    active: int
    has_reviews: bool
    has_nurture: bool
    has_small_numbers: bool
    small_numbers: int
    most: int
    tiles: tuple[Tile, ...]
    months: tuple[MonthRow, ...]
    backlog: int
    months_wide: BarChart | None
    months_narrow: BarChart | None
    standings_wide: StackChart | None
    standings_narrow: StackChart | None
    trend: tuple[TrendRow, ...]
    trend_wide: LineChart | None
    trend_narrow: LineChart | None
    week: Week
    reminders: tuple[Reminder, ...]
    results: Results
    economics: EconomicsPanel
    findings: Findings
    clients: tuple[ClientRow, ...]
    inactive: tuple[ClientRow, ...]


def _kpis(known: Known) -> Iterable[tuple[KpisView, Reader, Source]]:
    portal = known.programme.portal
    if portal.settings.owners and _CLIENTS not in portal.absent:
        yield _view(known), Reader(Circle.OWNERS), Source(_CLIENTS)


def _view(known: Known) -> KpisView:
    programme, portal = known.programme, known.programme.portal
    found = programme.kpis
    rows = client_rows(portal, found)
    return KpisView(
        as_of=portal.as_of,
        cycle_months=portal.settings.review_cycle_months,
        active=len(found.present.active),
        has_reviews="data/reviews.csv" not in portal.absent,
        has_nurture=portal.nurture is not None,
        has_small_numbers=found.has_small_numbers,
        small_numbers=SMALL_NUMBERS,
        most=MOST,
        tiles=tiles(found, rows),
        months=boardtables.month_rows(found, rows),
        backlog=found.backlog,
        months_wide=plots.month_bars(found.months, plots.WIDE, plots.MOST_BARS_WIDE),
        months_narrow=plots.month_bars(found.months, plots.NARROW, plots.MOST_BARS_NARROW),
        standings_wide=plots.standing_bar(found.present, plots.STACK_WIDE, 4),
        standings_narrow=plots.standing_bar(found.present, plots.STACK_NARROW, 2),
        trend=boardtables.trend_rows(found.trend),
        trend_wide=plots.trend_lines(found.trend, plots.WIDE, plots.LINE_LABEL_WIDE),
        trend_narrow=plots.trend_lines(found.trend, plots.NARROW, plots.LINE_LABEL_NARROW),
        week=weekly.week(programme, rows),
        reminders=reminders(programme),
        results=boardtables.results(programme),
        economics=boardtables.economics(programme),
        findings=boardtables.findings(known.problems),
        clients=tuple(row for row in rows.values() if row.standing is not None),
        inactive=tuple(row for row in rows.values() if row.standing is None),
    )


KPIS = PrivateKind("kpis", "private/kpis.html", KpisView, _kpis)
