"""What a reward is worth, before anything is held or cut (domain, "Incentives": the table of types)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, assert_never

from site_builder.model.incentives import (
    AnyRule,
    Base,
    Commission,
    Discount,
    Donation,
    EventRule,
    Fixed,
    GiftRule,
    Honour,
    IntroductionRule,
    Tiered,
)
from site_builder.model.tables import Referral
from site_builder.rules.collections import first_year_revenue
from site_builder.rules.incentives.tiers import Place, tier_reached
from site_builder.rules.incentives.trace import Step, StepName, Value
from site_builder.rules.money import rounded

LONGEST_MONTHS = 1_200
"""Instalments end after a hundred years: a rule or a contract that runs longer is a slip, and must not fill the memory."""
_HUNDRED = Decimal(100)
_FEE_UNKNOWN = (Step(StepName.BASE_UNKNOWN, {"of": Base.MONTHLY_FEE}),)


class Worth(NamedTuple):
    """What a reward, or one instalment, is worth. amount: rounded, None where it has none or is not known. steps: the sum."""

    instalment: int | None
    amount: Decimal | None
    steps: tuple[Step, ...]


class Worths:
    """Says what rewards are worth. What is the same for every referral is worked out once."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._same: dict[str, tuple[Worth, ...]] = {}

    def of(self, rule: AnyRule, referral: Referral, place: Place) -> tuple[Worth, ...]:
        """Return what a rule is worth for a referral: one, or one an instalment; none where the months are not known."""
        match rule.type:  # isinstance is slow on pydantic's classes
            case "commission":
                return (*_at_once(rule, referral, self._currency), *_by_month(rule, referral, self._currency))
            case "tiered":
                return (_tiered(rule, place, self._currency),)
            case "discount":
                return (_discount(rule, referral, self._currency),)
            case _:
                found = self._same.get(rule.id)
                if found is None:
                    found = self._same[rule.id] = (_same(rule, self._currency),)
                return found


def has_unknown_months(rule: AnyRule, referral: Referral) -> bool:
    """Say whether a rule pays by the month and neither it nor the contract says for how long."""
    return isinstance(rule, Commission) and any(
        part.of is Base.MONTHLY_FEE and part.to is None and referral.contract_months is None for part in rule.parts
    )


def _at_once(rule: Commission, referral: Referral, currency: str) -> Iterator[Worth]:
    """All parts that are paid once, together; one base that is not known leaves the amount open."""
    parts = [part for part in rule.parts if part.of is not Base.MONTHLY_FEE]
    if not parts:
        return
    total = Decimal(0)
    steps: list[Step] = []
    for part in parts:
        base = _base(part.of, referral)
        if base is None:
            steps.append(Step(StepName.BASE_UNKNOWN, {"of": part.of}))
            continue
        total += part.percent * base / _HUNDRED
        steps.append(Step(StepName.SHARE_OF_BASE, {"percent": part.percent, "of": part.of, "base": base}))
    is_known = all(step.name is StepName.SHARE_OF_BASE for step in steps)
    yield Worth(None, rounded(total, currency) if is_known else None, tuple(steps))


def _base(of: Base, referral: Referral) -> Decimal | None:
    if of is Base.SETUP_FEE:
        return referral.setup_fee
    return first_year_revenue(referral) if of is Base.FIRST_YEAR_REVENUE else referral.monthly_fee


def _by_month(rule: Commission, referral: Referral, currency: str) -> Iterator[Worth]:
    """An instalment for each month of any monthly part; parts that share a month add up in it."""
    fee = referral.monthly_fee
    for percents, months in _spans(rule, referral.contract_months):
        if fee is None:
            yield from (Worth(month, None, _FEE_UNKNOWN) for month in months)
            continue
        amount = rounded(sum(percents, start=Decimal(0)) * fee / _HUNDRED, currency)
        for month in months:
            shares = [Step(StepName.SHARE_OF_MONTH, {"percent": percent, "base": fee, "month": month}) for percent in percents]
            yield Worth(month, amount, tuple(shares))


def _spans(rule: Commission, contract_months: int | None) -> Iterator[tuple[tuple[Decimal, ...], range]]:
    """Cut the months where a part begins or ends; each span comes with what its parts pay, in order, and none is empty."""
    parts = [
        (part.percent, part.from_, min(last, LONGEST_MONTHS))
        for part in rule.parts
        if part.of is Base.MONTHLY_FEE and (last := part.to or contract_months) is not None
    ]
    edges = sorted({edge for _percent, first, last in parts for edge in (first, last + 1)})
    for start, end in pairwise(edges):
        percents = tuple(percent for percent, first, last in parts if first <= start <= last)
        if percents:
            yield percents, range(start, end)


def _same(rule: Fixed | GiftRule | Donation | EventRule | Honour | IntroductionRule, currency: str) -> Worth:
    """What does not depend on the referral."""
    match rule.type:
        case "fixed":
            amount = rounded(rule.amount, currency)
            return Worth(None, amount, (Step(StepName.FIXED, {"amount": amount}),))
        case "donation":
            amount = rounded(rule.amount, currency)
            values: dict[str, Value] = {"amount": amount, "charity": rule.charity}
            return Worth(None, amount, (Step(StepName.DONATION, values),))
        case "gift":
            return Worth(None, None, (Step(StepName.GIFT, {"what": rule.what}),))
        case "event" | "honour" | "introduction":
            day: dict[str, Value] = {} if rule.next_on is None else {"next_on": rule.next_on}
            return Worth(None, None, (Step(StepName(rule.type), {"what": rule.what, **day}),))
        case _:
            assert_never(rule)


def _tiered(rule: Tiered, place: Place, currency: str) -> Worth:
    tier = tier_reached(rule, place)
    if tier is None:
        first = min(each.nth for each in rule.tiers)
        return Worth(None, None, (Step(StepName.TIER_OPEN, {"nth": first, "place": place.number}),))
    amount = rounded(tier.amount, currency)
    values: dict[str, Value] = {"nth": tier.nth, "place": place.number, "year": place.year, "amount": amount}
    return Worth(None, amount, (Step(StepName.TIER, values),))


def _discount(rule: Discount, referral: Referral, currency: str) -> Worth:
    """The loader sees to it that a discount has either a percentage or an amount."""
    if rule.amount is not None:
        step = Step(StepName.DISCOUNT_AMOUNT, {"amount": rule.amount, "months": rule.months})
        return Worth(None, rounded(rule.amount * rule.months, currency), (step,))
    if referral.monthly_fee is None:
        return Worth(None, None, _FEE_UNKNOWN)
    percent = rule.percent or Decimal(0)
    values: dict[str, Value] = {"percent": percent, "base": referral.monthly_fee, "months": rule.months}
    amount = rounded(percent * referral.monthly_fee * rule.months / _HUNDRED, currency)
    return Worth(None, amount, (Step(StepName.DISCOUNT_PERCENT, values),))
