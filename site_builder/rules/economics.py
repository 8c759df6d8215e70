"""What a client and a lead are worth, and what rewards cost beside it (domain, "Incentives"; Step by step: economics)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.incentives import Economics
from site_builder.model.portal import Portal
from site_builder.rules.standing import active_clients

LEAD_PERCENT = (Decimal(5), Decimal(10))
"""What a lead is worth in percent of a client's lifetime value, where the owner names no share (Step by step)."""
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Worth:
    """What a client is worth over their time with us, and a lead as a share of it; exact, not rounded.

    is_given: the owner wrote ltv; else it is reckoned from average_fee, margin and years. average_fee: of the active clients with
    one, None where nobody has.
    """

    ltv: Decimal
    lead_from: Decimal
    lead_to: Decimal
    is_given: bool
    average_fee: Decimal | None


def worth(portal: Portal) -> Worth | None:
    """Return it; None without economics, or where no active client's fee is known to reckon from."""
    economics = portal.incentives.economics
    if economics is None:
        return None
    fees = tuple(client.monthly_fee for client in active_clients(portal, portal.as_of) if client.monthly_fee is not None)
    ltv = _reckoned(economics, fees) if economics.ltv is None else economics.ltv
    if ltv is None:
        return None
    share = economics.lead_value_percent
    least, most = LEAD_PERCENT if share is None else (share.from_, share.to)
    return Worth(
        ltv=ltv,
        lead_from=ltv * least / 100,
        lead_to=ltv * most / 100,
        is_given=economics.ltv is not None,
        average_fee=sum(fees, start=Decimal(0)) / len(fees) if fees else None,
    )


def _reckoned(economics: Economics, fees: tuple[Decimal, ...]) -> Decimal | None:
    """Return average fee x 12 x margin x years, divided last so that no thirds of a penny pile up; None where one is open."""
    margin, years = economics.gross_margin_percent, economics.years
    if margin is None or years is None or not fees:
        return None
    return sum(fees, start=Decimal(0)) * _MONTHS_A_YEAR * margin * years / (100 * len(fees))
