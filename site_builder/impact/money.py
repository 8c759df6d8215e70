"""What is owed in money, to whomever, and what has been paid: by lines of reward and by the rows of payouts.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from site_builder.model.incentives import Donation, Receiver
from site_builder.model.tables import Payout
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import State, StepName

_ZERO: Final = Decimal(0)


class Part(StrEnum):
    """To whom money goes."""

    CASH = "cash_to_referrers"
    DONATIONS = "donations"
    FRIEND = "for_the_friend"


Totals = Mapping[State, Decimal]
"""A sum of money in each of the five states."""
Key = tuple[str, int | None]
"""A line of a referral: the id of its rule, and its instalment."""


def money(evaluations: Iterable[Evaluation]) -> Mapping[Part, Totals]:
    """Return the sums of all lines with an amount, those of discounts too; a paid line counts what left for it."""
    sums = {part: dict.fromkeys(State, _ZERO) for part in Part}
    for evaluation in evaluations:
        for line in evaluation.lines:
            amount = left(line) if line.state is State.PAID else line.amount
            if amount is not None:
                sums[_part(line)][line.state] += amount
    return sums


def left(line: Line) -> Decimal | None:
    """Return what was paid for a line, as payouts.csv has it, else its own amount; None for what is not paid or no money."""
    if line.state is not State.PAID:
        return None
    paid = next((step.values.get("amount") for step in line.steps if step.name is StepName.PAID), None)
    return paid if isinstance(paid, Decimal) else line.amount


def payouts_by_key(payouts: Iterable[Payout], as_of: date) -> Mapping[str, Mapping[Key, Payout]]:
    """Return the payouts made by as_of: referral → line → row."""
    found: dict[str, dict[Key, Payout]] = {}
    for payout in payouts:
        if payout.paid_on <= as_of:
            found.setdefault(payout.referral_id, {})[payout.rule, payout.instalment] = payout
    return found


def unexplained(evaluation: Evaluation | None, payouts: Mapping[Key, Payout]) -> tuple[Payout, ...]:
    """Return a referral's payouts that no line explains."""
    lines = {(line.rule.id, line.instalment) for line in evaluation.lines} if evaluation else set[Key]()
    return tuple(payout for key, payout in payouts.items() if key not in lines)


def amounts(payouts: Iterable[Payout]) -> Decimal:
    """Return the sum of some payouts; what is no money counts nothing."""
    return sum((payout.amount for payout in payouts if payout.amount is not None), start=_ZERO)


def _part(line: Line) -> Part:
    if type(line.rule) is Donation:
        return Part.DONATIONS
    return Part.CASH if line.rule.to is Receiver.REFERRER else Part.FRIEND
