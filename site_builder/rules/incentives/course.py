"""How far a referral has come by as_of (domain, "Incentives", step 7: milestones)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from site_builder.model.incentives import Milestone
from site_builder.model.tables import Referral, Status
from site_builder.rules.collections import won_on


@dataclass(frozen=True, slots=True)
class Course:
    """The days that have come, None for those that have not. lost_on: None also where a lost one's day is not known."""

    received_on: date
    qualified_on: date | None
    won_on: date | None
    first_paid_on: date | None
    ended_on: date | None
    is_lost: bool
    lost_on: date | None

    def reached_on(self, milestone: Milestone) -> date | None:
        """Return when a milestone was reached, None where it was not."""
        match milestone:
            case Milestone.RECEIVED:
                return self.received_on
            case Milestone.QUALIFIED:
                return self.qualified_on
            case Milestone.WON:
                return self.won_on
            case Milestone.PAID:
                return self.first_paid_on
            case _:
                assert_never(milestone)


def course(referral: Referral, as_of: date) -> Course:
    """Return how far a referral has come; a day after as_of has not come yet, and a loss after it neither.

    A milestone's day is the first that is given, of qualified_on, status_on and won_on for instance. A referral that is lost and
    has a won_on fell through after it was won: that milestone stays reached, and what came after is lost.
    """
    won = won_on(referral)
    qualified = referral.qualified_on or (referral.status_on if referral.status is Status.QUALIFIED else None) or won
    is_lost = referral.status is Status.LOST and (referral.status_on is None or referral.status_on <= as_of)
    return Course(
        received_on=referral.received_on,
        qualified_on=_come(qualified, as_of),
        won_on=_come(won, as_of),
        first_paid_on=_come(referral.first_paid_on, as_of),
        ended_on=_come(referral.ended_on, as_of),
        is_lost=is_lost,
        lost_on=referral.status_on if is_lost else None,
    )


def _come(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None
