"""How few tickets earn a reward (domain, §7): the window, the exact ratio, the tier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from site_builder.model.portal import Portal, TicketTotal
from site_builder.rules.utilisation import ClientUtilisation, utilisation
from tests.portals import PORTAL, client
from tests.rules.rows import rewards, tickets

GOLD = {"name": "gold", "up_to_percent": "10", "reward": "a day", "value": "300"}
SILVER = {"name": "silver", "up_to_percent": "20", "reward": "half a day", "value": "100"}
QUARTER = tickets(m2026_07=(6, 90), m2026_08=(6, 110), m2026_09=(8, 100))
"""20 tickets on 100 endpoints: the average of 90, 110 and 100."""


def portal_with(
    totals: tuple[TicketTotal, ...] = QUARTER, *, tiers: tuple[dict[str, str], ...] = (GOLD, SILVER), **rules: object
) -> Portal:
    """A portal of 31 October 2026 with one client's tickets."""
    return replace(PORTAL, rewards=rewards(utilisation={"tiers": list(tiers), **rules}), tickets={"acme": totals})


def of_acme(portal: Portal) -> ClientUtilisation:
    found = utilisation(portal, client("acme"))
    assert found is not None
    return found


def tier_of(portal: Portal) -> str | None:
    tier = of_acme(portal).tier
    return tier.name if tier else None


def test_twenty_tickets_on_a_hundred_endpoints_meet_twenty_percent() -> None:
    found = of_acme(portal_with())
    assert found.months == ("2026-07", "2026-08", "2026-09")
    assert found.missing_months == ()
    assert (found.tickets, found.average_endpoints, found.ratio) == (20, Fraction(100), Fraction(1, 5))
    assert found.tier is not None
    assert (found.tier.name, found.tier.reward, found.tier.value) == ("silver", "half a day", Decimal(100))


def test_exactly_the_percentage_does_not_count_where_it_is_not_inclusive() -> None:
    assert tier_of(portal_with(inclusive="no")) is None
    nineteen = tickets(m2026_07=(6, 90), m2026_08=(6, 110), m2026_09=(7, 100))
    assert tier_of(portal_with(nineteen, inclusive="no")) == "silver"


def test_one_ticket_more_is_too_many() -> None:
    assert tier_of(portal_with(tickets(m2026_07=(6, 90), m2026_08=(6, 110), m2026_09=(9, 100)))) is None


def test_the_tier_compares_the_exact_ratio_and_not_the_percentage_shown() -> None:
    # 2,001 tickets on 10,000 endpoints are 20.01 %: shown as 20.0, and more than 20.
    found = of_acme(portal_with(tickets(m2026_09=(2001, 10000)), months="1"))
    assert found.percent == Decimal("20.0")
    assert found.tier is None


def test_an_average_without_an_end_is_exact() -> None:
    # 1 + 1 + 2 endpoints in 3 months are 4/3 on average; 1 ticket on 4/3 endpoints is 3/4.
    found = of_acme(portal_with(tickets(m2026_07=(0, 1), m2026_08=(0, 1), m2026_09=(1, 2))))
    assert (found.average_endpoints, found.ratio, found.percent) == (Fraction(4, 3), Fraction(3, 4), Decimal("75.0"))


@pytest.mark.parametrize(
    ("count", "endpoints", "expected"),
    [
        (1, 8, "12.5"),
        (1, 16, "6.3"),  # 6.25
        (1, 80, "1.3"),  # 1.25
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (0, 5, "0.0"),
        (5, 2, "250.0"),
        (1, 2000, "0.1"),  # 0.05
    ],
)
def test_the_percentage_shown_has_one_decimal_rounded_half_up(count: int, endpoints: int, expected: str) -> None:
    assert str(of_acme(portal_with(tickets(m2026_09=(count, endpoints)), months="1")).percent) == expected


def test_the_best_tier_met_counts_in_whatever_order_they_are_written() -> None:
    ten = tickets(m2026_07=(3, 100), m2026_08=(3, 100), m2026_09=(4, 100))
    assert tier_of(portal_with(ten, tiers=(GOLD, SILVER))) == "gold"
    assert tier_of(portal_with(ten, tiers=(SILVER, GOLD))) == "gold"
    assert tier_of(portal_with(tiers=(SILVER, GOLD))) == "silver"


def test_without_tiers_there_is_a_ratio_alone() -> None:
    found = of_acme(portal_with(tiers=()))
    assert (found.ratio, found.tier) == (Fraction(1, 5), None)


def test_a_missing_month_is_named_and_leaves_no_ratio() -> None:
    found = of_acme(portal_with(tickets(m2026_07=(1, 100), m2026_09=(2, 100))))
    assert found.missing_months == ("2026-08",)
    assert (found.tickets, found.average_endpoints, found.ratio, found.percent, found.tier) == (3, None, None, None, None)


def test_a_client_without_any_row_misses_every_month() -> None:
    found = utilisation(portal_with(), client("zebra"))
    assert found is not None
    assert found.missing_months == found.months == ("2026-07", "2026-08", "2026-09")


def test_no_endpoints_leave_no_ratio() -> None:
    found = of_acme(portal_with(tickets(m2026_07=(0, 0), m2026_08=(2, 0), m2026_09=(0, 0))))
    assert (found.missing_months, found.tickets, found.average_endpoints) == ((), 2, Fraction(0))
    assert (found.ratio, found.percent, found.tier) == (None, None, None)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 10, 1), ("2026-07", "2026-08", "2026-09")),
        (date(2026, 10, 31), ("2026-07", "2026-08", "2026-09")),
        (date(2026, 11, 1), ("2026-08", "2026-09", "2026-10")),
        (date(2026, 1, 31), ("2025-10", "2025-11", "2025-12")),
        (date(2024, 3, 31), ("2023-12", "2024-01", "2024-02")),
    ],
)
def test_the_months_are_the_full_ones_before_as_ofs(as_of: date, expected: tuple[str, ...]) -> None:
    assert of_acme(replace(portal_with(), as_of=as_of)).months == expected


def test_there_are_no_more_months_than_the_calendar_has() -> None:
    # 2,025 whole years, and January to September 2026.
    found = of_acme(portal_with(months="100000"))
    assert (len(found.months), found.months[0], found.months[-1]) == (2025 * 12 + 9, "0001-01", "2026-09")
    assert (len(found.missing_months), found.ratio) == (2025 * 12 + 6, None)


def test_months_outside_the_window_count_nothing() -> None:
    around = (*tickets(m2026_06=(500, 1), m2026_10=(500, 1), m2027_01=(500, 1)), *QUARTER)
    assert of_acme(portal_with(around)).ratio == Fraction(1, 5)


def test_who_pays_by_the_hour_has_no_utilisation() -> None:
    assert utilisation(portal_with(), client("acme", all_inclusive="no")) is None


def test_what_is_not_started_is_none() -> None:
    assert utilisation(PORTAL, client("acme")) is None
    assert utilisation(replace(PORTAL, rewards=rewards()), client("acme")) is None
