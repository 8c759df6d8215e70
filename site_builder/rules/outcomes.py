"""What came of leads, by source and by kind of reward: told beside the KPIs and never among them (domain, "KPIs")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from site_builder.model.incentives import GiftRule, Receiver
from site_builder.model.portal import Portal
from site_builder.model.tables import Referral, Status
from site_builder.rules.calendar import plus_months
from site_builder.rules.collections import first_year_revenue, won_on
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import LineCode, State
from site_builder.rules.money import rounded

REWARD_KINDS = ("cash", "non_cash", "none")
"""In what a referral is rewarded."""
_SPENT = frozenset({State.EARNED, State.DUE, State.PAID})
_YEAR = 12
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of some leads. name: the source, or "cash", "non_cash", "none" for the kind of reward.

    Percentages have one decimal and are None without a base. revenue: first-year revenue of the won. cost_per_won: rewards
    earned, due or paid, gifts by their cost, for each won one; None when nothing was won. referrals: the ids behind it.
    """

    name: str
    received: int
    won: int
    conversion_percent: Decimal | None
    revenue: Decimal
    median_days_to_close: Decimal | None
    kept_12_months_percent: Decimal | None
    cost_per_won: Decimal | None
    referrals: tuple[str, ...]


def by_source(portal: Portal, evaluations: Mapping[str, Evaluation]) -> tuple[Outcomes, ...]:
    """Return what came of each source, by name."""
    received = _received(portal)
    return tuple(
        _outcomes(name, portal, evaluations, [referral for referral in received if referral.source == name])
        for name in sorted({referral.source for referral in received})
    )


def by_reward(portal: Portal, evaluations: Mapping[str, Evaluation]) -> tuple[Outcomes, ...]:
    """Return what came of referrals whose referrer gets cash, another or no reward, in this order; only those there are.

    Leads that nobody sent are not among them.
    """
    sent = [referral for referral in _received(portal) if referral.referrer_id is not None]
    kinds = [(_reward_kind(evaluations[referral.referral_id]), referral) for referral in sent]
    groups = ((name, [referral for kind, referral in kinds if kind == name]) for name in REWARD_KINDS)
    return tuple(_outcomes(name, portal, evaluations, group) for name, group in groups if group)


def through_referrers(portal: Portal, evaluations: Mapping[str, Evaluation]) -> Outcomes:
    """Return what came of all that somebody sent, whatever its source and reward; its name is ""."""
    return _outcomes("", portal, evaluations, [referral for referral in _received(portal) if referral.referrer_id is not None])


def _received(portal: Portal) -> tuple[Referral, ...]:
    received = (referral for referral in portal.referrals if referral.received_on <= portal.as_of)
    return tuple(sorted(received, key=lambda referral: referral.referral_id))


def _reward_kind(evaluation: Evaluation) -> str:
    """Return in what a referrer is rewarded for a referral: the same before and after it is known what becomes of it.

    What was lost, has ended, or waits for a signature or an answer was on offer and counts; else only the lost would seem
    unrewarded. What a policy forbids was never on offer, and what goes to the friend moves no referrer.
    """
    theirs = (line for line in evaluation.lines if line.rule.to is Receiver.REFERRER)
    offered = () if evaluation.void else tuple(line for line in theirs if line.code is not LineCode.POLICY)
    if any(line.is_cash for line in offered):
        return "cash"
    return "non_cash" if offered else "none"


def _outcomes(name: str, portal: Portal, evaluations: Mapping[str, Evaluation], group: Sequence[Referral]) -> Outcomes:
    won = tuple((referral, day) for referral in group if (day := _won_by(referral, portal.as_of)))
    old = tuple((referral, plus_months(day, _YEAR)) for referral, day in won if plus_months(day, _YEAR) <= portal.as_of)
    kept = tuple(referral for referral, year_on in old if referral.ended_on is None or referral.ended_on >= year_on)
    cost = sum((_cost(line) for each in group for line in evaluations[each.referral_id].lines), start=Decimal(0))
    return Outcomes(
        name=name,
        received=len(group),
        won=len(won),
        conversion_percent=_percent(len(won), len(group)),
        revenue=sum((first_year_revenue(referral) or Decimal(0) for referral, _day in won), start=Decimal(0)),
        median_days_to_close=_median(sorted((day - referral.received_on).days for referral, day in won)),
        kept_12_months_percent=_percent(len(kept), len(old)),
        cost_per_won=rounded(cost / len(won), portal.settings.currency) if won else None,
        referrals=tuple(referral.referral_id for referral in group),
    )


def _won_by(referral: Referral, as_of: date) -> date | None:
    """Return the day it was won, by as_of; None for one that was lost after all, which /wins/ does not tell either."""
    lost = referral.status is Status.LOST and (referral.status_on is None or referral.status_on <= as_of)
    day = won_on(referral)
    return None if lost or day is None or day > as_of else day


def _cost(line: Line) -> Decimal:
    """Return what a reward that was earned costs; 0 for one that was not, or that has no price."""
    if line.state not in _SPENT:
        return Decimal(0)
    cost = line.rule.cost if isinstance(line.rule, GiftRule) else line.amount
    return cost or Decimal(0)


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(_TENTH, rounding=ROUND_HALF_UP) if whole else None


def _median(days: list[int]) -> Decimal | None:
    """Return the middle of sorted numbers, or halfway between the two in the middle; None of none."""
    if not days:
        return None
    middle = len(days) // 2
    return Decimal(days[middle]) if len(days) % 2 else Decimal(days[middle - 1] + days[middle]) / 2
