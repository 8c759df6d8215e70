"""The numbers of the process as people read them: what can be steered first, what came of it apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from site_builder.cli.speaking import NOTHING, counted, heading, percent_said, speaker
from site_builder.cli.table import Cell, Column, Dye, Row, Screen, bar, paragraph, table
from site_builder.reasons import Speaker
from site_builder.rules.kpis import Kpis, MonthReviewed, Share, Snapshot
from site_builder.rules.nurture import ReviewDue
from site_builder.rules.outcomes import Outcomes
from site_builder.rules.programme import Programme
from site_builder.rules.standing import Standing

_MOST: Final = 10
_STANDINGS: Final = {Standing.AT_RISK: "at risk", Standing.BLOCKED: "blocked", Standing.UNKNOWN: "unknown"}
_REVIEWS: Final = (Column(""), Column(""), Column(""))
_HUNDRED: Final = Decimal(100)
_KINDS: Final = {"non_cash": "not cash"}
_NUMBERS: Final = (Column(""), Column("", is_number=True), Column("", is_number=True), Column("", is_spare=True))
_MONTHS: Final = (
    Column("month"),
    Column("target", is_number=True),
    Column("reviewed", is_number=True),
    Column("", is_ornament=True),
    Column(""),
)
_TREND: Final = (
    Column("on"),
    *(Column(name, is_number=True, is_spare=True) for name in ("active", "reviewed")),
    *(Column(name, is_number=True) for name in ("health", "risk")),
    Column("blocked", is_number=True, is_spare=True),
    Column("unknown", is_number=True),
    Column("health", is_ornament=True),
)
_OUTCOMES: Final = (
    *(Column(name, is_number=True) for name in ("received", "won", "of all")),
    *(Column(name, is_number=True, is_spare=True) for name in ("days", "kept", "revenue", "cost of each")),
)


def as_text(programme: Programme, on: Screen) -> str:
    """Return the five numbers, the cycle's months, the trend and, under a heading of their own, the outcomes."""
    return "\n".join(block for block in (*_process(programme, on), *_results(programme, on)) if block)


def _process(programme: Programme, on: Screen) -> Iterator[str]:
    portal, found = programme.portal, programme.kpis
    active = len(found.present.active)
    yield heading(f"{portal.settings.name} on {portal.as_of}: {counted(active, 'active client')}", on)
    if "data/clients.csv" in portal.absent:
        yield paragraph("data/clients.csv is not started, so there is nothing to count.", on)
        return
    cycle = portal.settings.review_cycle_months
    yield table(_NUMBERS, tuple(_numbers(found, cycle)), on) + paragraph(_mark(programme), on)
    if reviews := programme.nurturing.reviews_due:
        yield heading("To review next", on) + table(_REVIEWS, tuple(_to_review(reviews)), on)
    yield heading("Reviewed each month", on) + table(_MONTHS, [_month(each) for each in found.months], on)
    assumed = "Of days past only the last payment is known: that it was paid without a gap before is assumed."
    yield heading("Trend", on) + table(_TREND, [_day(each) for each in found.trend], on) + paragraph(assumed, on)


def _numbers(found: Kpis, cycle: int) -> Iterator[Row]:
    present, month = found.present, found.months[-1]
    months = "month" if cycle == 1 else counted(cycle, "month")
    yield _number("Clients reviewed", present.reviewed, present, f"in the last {months}")
    target = f"target: all active clients in {months}"
    yield Row((f"Reviewed in {month.month}", f"{month.reviewed} of {month.target}", "", target))
    yield _number("Client health", present.health, present, "the last review led to the ask")
    yield _number("Client risk", present.risk, present, "it led to retention work")
    yield _number("Unknown", present.unknown, present, "no review, so nobody may assume")
    yield _number("Blocked", present.blocked, present, "something stands in the way")
    yield Row(("Backlog", str(found.backlog), "", "reviews behind target in full months"))


def _number(name: str, share: Share, present: Snapshot, means: str) -> Row:
    return Row((Cell(name, Dye.BOLD), f"{share.count} of {len(present.active)}", percent_said(share.percent), means))


def _to_review(reviews: Sequence[ReviewDue]) -> Iterator[Row]:
    """Yield the clients who are not healthy, the most urgent first: the first ten of each standing, and how many more."""
    for standing, group in groupby(reviews, lambda each: each.standing):
        found = list(group)
        told = found[:_MOST]
        for each in told:
            more = f"and {counted(len(found) - _MOST, 'client')} more {_STANDINGS[standing]}"
            yield Row(tuple(_review(each)), more if each is told[-1] and len(found) > _MOST else "")


def _review(due: ReviewDue) -> Iterator[str]:
    yield due.client.client_id
    yield _STANDINGS[due.standing]
    yield f"never reviewed, a client since {due.client.since}" if due.since is None else f"since {due.since}"


def _mark(programme: Programme) -> str:
    """Return what a reader must know before trusting the numbers; "" for nothing."""
    if not programme.kpis.present.active:
        return "Nobody is active: that takes a contract, and in data/clients.csv a last_paid_on within twelve months."
    if "data/reviews.csv" in programme.portal.absent:
        return "data/reviews.csv is not started, so every client's standing is unknown."
    if programme.kpis.has_small_numbers:
        return "Small numbers: with so few active clients, one of them moves every percentage."
    return ""


def _month(month: MonthReviewed) -> Row:
    share = Decimal(month.reviewed) / month.target if month.target else None
    dye = Dye.GREEN if month.reviewed >= month.target else Dye.YELLOW
    running = "still running" if month.is_running else ""
    return Row((month.month, str(month.target), str(month.reviewed), Cell(bar(share), dye), running))


def _day(day: Snapshot) -> Row:
    shares = (day.reviewed, day.health, day.risk, day.blocked, day.unknown)
    health = None if day.health.percent is None else day.health.percent / _HUNDRED
    percents = (percent_said(each.percent) for each in shares)
    return Row((day.on.isoformat(), str(len(day.active)), *percents, Cell(bar(health), Dye.GREEN)))


def _results(programme: Programme, on: Screen) -> Iterator[str]:
    why = "The process can be run perfectly and bring nothing; run so, it has the best chance. So these are not in your hands."
    yield heading("Not a KPI: what came of it", on) + paragraph(why, on)
    portal, sources = programme.portal, programme.outcomes_by_source
    if "data/referrals.csv" in portal.absent:
        yield paragraph("data/referrals.csv is not started, so there is nothing to tell.", on)
    elif not sources:
        yield paragraph(f"Nothing was received by {portal.as_of}.", on)
    else:
        words = speaker(portal)
        yield _came("by source", sources, words, on)
        yield _came("by reward", programme.outcomes_by_reward, words, on)
        yield paragraph("days: median from received to won; kept: still a client after 12 months; cost: of rewards.", on)


def _came(name: str, groups: Sequence[Outcomes], words: Speaker, on: Screen) -> str:
    return table((Column(name), *_OUTCOMES), [Row(tuple(_outcome(each, words))) for each in groups], on)


def _outcome(group: Outcomes, words: Speaker) -> Iterator[str]:
    days, cost = group.median_days_to_close, group.cost_per_won
    yield from (_KINDS.get(group.name, group.name), str(group.received), str(group.won), percent_said(group.conversion_percent))
    yield from (NOTHING if days is None else f"{days:f}", percent_said(group.kept_12_months_percent))
    yield from (words.money(group.revenue), NOTHING if cost is None else words.money(cost))
