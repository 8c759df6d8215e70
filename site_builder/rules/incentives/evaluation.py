"""What a referral earns: the answer and its reasons (domain, "Incentives")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from site_builder.model.incentives import AnyRule, Commission, Fixed, Receiver, Tiered, Verdict
from site_builder.model.tables import Referral, Referrer
from site_builder.rules.incentives.trace import LineCode, State, Step

CASH = (Commission, Fixed, Tiered)
"""The types of reward paid in money to a person."""


@dataclass(frozen=True, slots=True)
class Line:
    """One reward, or one instalment of it.

    instalment: the month counted from won_on, None for one-off lines. amount: None where it has none or it is not known yet.
    milestone_on: when it was or will be earned; due_on: when it may be paid; both None until the milestone is known.
    code: why it is withheld or was cut, None for neither. paid_on: from payouts.csv, None until then.
    """

    rule: AnyRule
    instalment: int | None
    amount: Decimal | None
    state: State
    milestone_on: date | None
    due_on: date | None
    code: LineCode | None
    paid_on: date | None
    steps: tuple[Step, ...]

    @property
    def is_cash(self) -> bool:
        """Whether it is money to the referrer."""
        return self.rule.to is Receiver.REFERRER and type(self.rule) in CASH  # isinstance is slow on pydantic's classes


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one referral earns. void: why there is no active claim, None for a claim. lines: in the order of rules, instalments.

    verdict: the strictest of sector and clause. A referral without a referrer earns nothing: no lines.
    steps: what holds for all lines (void, verdict, preference).
    """

    referral: Referral
    referrer: Referrer | None
    verdict: Verdict
    void: LineCode | None
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]

    def totals(self) -> Mapping[State, Decimal]:
        """Return the sum of the referrer's cash lines in each of the five states; a line without an amount counts nothing."""
        return {
            state: sum(
                (line.amount for line in self.lines if line.is_cash and line.state is state and line.amount is not None),
                start=Decimal(0),
            )
            for state in State
        }
