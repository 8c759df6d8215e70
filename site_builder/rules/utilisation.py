"""How few tickets a client needs, and the reward for it (domain, "Rewards for clients"; source: Rewards)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from site_builder.model.documents import Utilisation, UtilisationTier
from site_builder.model.portal import Portal
from site_builder.model.tables import Client
from site_builder.rules.calendar import plus_months


@dataclass(frozen=True, slots=True)
class ClientUtilisation:
    """Tickets on average endpoints over the full months before as_of's. ratio: exact, None without endpoints or a whole record.

    months: YYYY-MM, oldest first; missing_months: those without a row. tickets: of the months there are. average_endpoints: None
    without a whole record. tier: the best met, None for none.
    """

    months: tuple[str, ...]
    missing_months: tuple[str, ...]
    tickets: int
    average_endpoints: Fraction | None
    ratio: Fraction | None
    tier: UtilisationTier | None

    @property
    def percent(self) -> Decimal | None:
        """The ratio to be shown: tickets per hundred endpoints with one decimal, half-up; no tier is decided by it."""
        if self.ratio is None:
            return None
        return Decimal(floor(self.ratio * 1000 + Fraction(1, 2))).scaleb(-1)


def utilisation(portal: Portal, client: Client) -> ClientUtilisation | None:
    """Return a client's; None where it is not started in rewards.yaml or the client is not all inclusive."""
    rules = portal.rewards.utilisation if portal.rewards else None
    if rules is None or not client.all_inclusive:
        return None
    months = _full_months(portal.as_of, rules.months)
    by_month = {total.month: total for total in portal.tickets.get(client.client_id, ())}
    totals = [by_month[month] for month in months if month in by_month]
    missing = tuple(month for month in months if month not in by_month)
    tickets = sum(total.tickets for total in totals)
    average = None if missing else Fraction(sum(total.endpoints for total in totals), rules.months)
    ratio = tickets / average if average else None
    return ClientUtilisation(months, missing, tickets, average, ratio, None if ratio is None else _best_met(rules, ratio))


def _full_months(as_of: date, count: int) -> tuple[str, ...]:
    """Return the months before as_of's, oldest first; as_of's own is never full, not even on its last day."""
    first = as_of.replace(day=1)
    # Each once: before the calendar's beginning there is its first month again and again.
    return tuple(dict.fromkeys(plus_months(first, -back).isoformat()[:7] for back in range(count, 0, -1)))


def _best_met(rules: Utilisation, ratio: Fraction) -> UtilisationTier | None:
    """Return the tier that asks for the fewest tickets among those met; owners may write tiers in any order."""
    percent = ratio * 100
    met = (
        tier
        for tier in rules.tiers
        if percent < Fraction(tier.up_to_percent) or (rules.inclusive and percent == Fraction(tier.up_to_percent))
    )
    return min(met, key=lambda tier: tier.up_to_percent, default=None)
