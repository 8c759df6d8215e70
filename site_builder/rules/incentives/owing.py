"""What rewards come to in money, by whom they are for: one sum for every place that tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.incentives import Donation, Receiver
from site_builder.rules.incentives.evaluation import Line


@dataclass(frozen=True, slots=True)
class Owing:
    """Money, exact. charities: donations, whoever they are in the name of; friends: taken off the bills of who was sent."""

    referrers: Decimal
    charities: Decimal
    friends: Decimal

    @property
    def total(self) -> Decimal:
        """Return all of it."""
        return self.referrers + self.charities + self.friends


def owing(worths: Iterable[tuple[Line, Decimal | None]]) -> Owing:
    """Return what lines come to, each with its amount; one without an amount counts nothing, no lines make zeros."""
    referrers, charities, friends = Decimal(0), Decimal(0), Decimal(0)
    for line, amount in worths:
        worth = amount or Decimal(0)
        if type(line.rule) is Donation:
            charities += worth
        elif line.rule.to is Receiver.REFERRER:
            referrers += worth
        else:
            friends += worth
    return Owing(referrers, charities, friends)
