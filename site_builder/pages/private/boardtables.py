"""The tables of the KPI page: months, trend, outcomes ("not a KPI"), economics, and what the checks say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from site_builder.codes import CODES
from site_builder.model.tables import Referral, Status
from site_builder.pages.private.kpitiles import ClientRow
from site_builder.problem import Problem, Severity, Source
from site_builder.rules.calendar import first_of_month
from site_builder.rules.collections import first_year_revenue
from site_builder.rules.economics import Worth
from site_builder.rules.incentives.course import course
from site_builder.rules.kpis import Kpis, Share, Snapshot
from site_builder.rules.outcomes import Outcomes, through_referrers
from site_builder.rules.programme import Programme

_GRAVITY = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the cycle. month: its first day. clients: who was reviewed, by id, also who is not active any more."""

    month: date
    target: int
    reviewed: int
    is_running: bool
    clients: tuple[ClientRow, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """Some of the active clients of a day. percent: None where nobody was active."""

    count: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class TrendRow:
    """How the active clients stood on a day; whose standing that was is in each ClientRow's history, at the row's place."""

    on: date
    active: int
    reviewed: Number
    health: Number
    risk: Number
    blocked: Number
    unknown: Number


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral behind the outcomes. won_on: by as_of. referrer_id: None for what nobody sent."""

    referral_id: str
    prospect: str
    source: str
    referrer_id: str | None
    received_on: date
    status: Status
    won_on: date | None
    revenue: Decimal


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What came of the referrals of a source, or of a kind of reward. outcomes: the numbers, named; rows: the referrals."""

    outcomes: Outcomes
    rows: tuple[ReferralRow, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What came of it, which is not a KPI. is_started: whether there is a referrals.csv. Both are () where none was received."""

    is_started: bool
    by_source: tuple[OutcomeRow, ...]
    by_reward: tuple[OutcomeRow, ...]


class Against(StrEnum):
    """How what a won client's rewards cost stands to what a lead is worth."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class EconomicsPanel:
    """What a client and a lead are worth and what rewards cost.

    worth: None without economics in incentives.yaml, or where no fee is known. margin_percent, years: with its average_fee, how
    the worth came about where the owner did not write it. cost_per_won: rewards earned, due or paid for each client won through a
    referrer; None where none was. won: how many these are. against: None where either is not known.
    """

    worth: Worth | None
    margin_percent: Decimal | None
    years: Decimal | None
    cost_per_won: Decimal | None
    won: int
    against: Against | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to fix. place: "data/clients.csv:12", or a file alone. title: of its code, in English."""

    severity: Severity
    code: str
    title: str
    place: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks say, gravest first. errors, warnings, advice, notes: how many. rows: all but notes."""

    errors: int
    warnings: int
    advice: int
    notes: int
    rows: tuple[Finding, ...]


def month_rows(found: Kpis, rows: Mapping[str, ClientRow]) -> tuple[MonthRow, ...]:
    """Return the months of the cycle, oldest first."""
    return tuple(
        MonthRow(
            month=first_of_month(month.month),
            target=month.target,
            reviewed=month.reviewed,
            is_running=month.is_running,
            clients=tuple(rows[client_id] for client_id in month.clients),
        )
        for month in found.months
    )


def trend_rows(trend: Sequence[Snapshot]) -> tuple[TrendRow, ...]:
    """Return the days of the trend, oldest first."""
    return tuple(
        TrendRow(
            on=day.on,
            active=len(day.active),
            reviewed=_number(day.reviewed),
            health=_number(day.health),
            risk=_number(day.risk),
            blocked=_number(day.blocked),
            unknown=_number(day.unknown),
        )
        for day in trend
    )


def results(programme: Programme) -> Results:
    """Return what came of the referrals received by as_of, by source and by kind of reward."""
    rows = {each.referral_id: _referral(each, programme.portal.as_of) for each in programme.portal.referrals}

    def table(groups: Iterable[Outcomes]) -> tuple[OutcomeRow, ...]:
        return tuple(OutcomeRow(group, tuple(rows[referral_id] for referral_id in group.referrals)) for group in groups)

    return Results(
        is_started="data/referrals.csv" not in programme.portal.absent,
        by_source=table(programme.outcomes_by_source),
        by_reward=table(programme.outcomes_by_reward),
    )


def economics(programme: Programme) -> EconomicsPanel:
    """Return what a lead is worth and what rewards cost beside it."""
    worth, typed = programme.worth, programme.portal.incentives.economics
    sent = through_referrers(programme.portal, programme.evaluations)
    return EconomicsPanel(
        worth=worth,
        margin_percent=typed.gross_margin_percent if typed else None,
        years=typed.years if typed else None,
        cost_per_won=sent.cost_per_won,
        won=sent.won,
        against=_against(sent.cost_per_won, worth),
    )


def findings(problems: Sequence[Problem]) -> Findings:
    """Return what the checks say: errors, warnings and advice in this order, each by place."""
    counts = Counter(each.severity for each in problems)
    told = sorted((each for each in problems if each.severity is not Severity.NOTE), key=_rank)
    return Findings(
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        advice=counts[Severity.ADVICE],
        notes=counts[Severity.NOTE],
        rows=tuple(
            Finding(each.severity, each.code, CODES[each.code].title, _place(each.source), each.message, each.hint)
            for each in told
        ),
    )


def _number(share: Share) -> Number:
    return Number(share.count, share.percent)


def _referral(referral: Referral, as_of: date) -> ReferralRow:
    so_far = course(referral, as_of)
    return ReferralRow(
        referral_id=referral.referral_id,
        prospect=referral.prospect,
        source=referral.source,
        referrer_id=referral.referrer_id,
        received_on=referral.received_on,
        status=referral.status,
        won_on=None if so_far.is_lost else so_far.won_on,
        revenue=first_year_revenue(referral) or Decimal(0),
    )


def _against(cost: Decimal | None, worth: Worth | None) -> Against | None:
    if cost is None or worth is None:
        return None
    if cost < worth.lead_from:
        return Against.BELOW
    return Against.ABOVE if cost > worth.lead_to else Against.WITHIN


def _rank(found: Problem) -> tuple[int, str, int, int, str, str]:
    source = found.source
    return _GRAVITY[found.severity], source.path, source.line, source.column, found.code, found.message


def _place(source: Source) -> str:
    return f"{source.path}:{source.line}" if source.line else source.path
