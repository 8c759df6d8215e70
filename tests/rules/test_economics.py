"""What a client and a lead are worth, worked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.model.portal import Portal
from site_builder.rules.economics import Worth, worth
from tests.portals import PORTAL, client, incentives

RECKONED = {"gross_margin_percent": "40", "years": "5"}
PAID = {"last_paid_on": "2026-10-01"}


def portal(economics: Mapping[str, object] | None, *fees: str) -> Portal:
    """A portal with an active client for each fee, "" for one whose fee nobody wrote down."""
    clients = tuple(client(f"c{n}", monthly_fee=fee, **PAID) for n, fee in enumerate(fees))
    given = {} if economics is None else {"economics": economics}
    return replace(PORTAL, clients=clients, incentives=incentives(**given))


def test_a_lead_is_worth_five_to_ten_percent_of_what_a_client_is_worth() -> None:
    assert worth(portal({"ltv": "60000"})) == Worth(
        Decimal(60_000), Decimal(3_000), Decimal(6_000), is_given=True, average_fee=None
    )


def test_the_owner_may_name_another_share() -> None:
    found = worth(portal({"ltv": "60000", "lead_value_percent": {"from": "2.5", "to": "12"}}))
    assert found is not None
    assert (found.lead_from, found.lead_to) == (Decimal(1_500), Decimal(7_200))


def test_a_client_is_worth_the_average_fee_for_some_years_less_what_the_work_costs() -> None:
    # (900 + 1100) / 2 = 1000 a month; 1000 x 12 x 40 % x 5 = 24,000; a lead is 1,200 to 2,400.
    expected = Worth(Decimal(24_000), Decimal(1_200), Decimal(2_400), is_given=False, average_fee=Decimal(1_000))
    assert worth(portal(RECKONED, "900", "1100")) == expected


def test_an_average_that_does_not_come_out_even_leaves_no_dust() -> None:
    # 100 + 100 + 101 = 301; 301 x 12 x 40 % x 5 / 3 = 7224 / 3 = 2408, although the average is 100.333…
    found = worth(portal(RECKONED, "100", "100", "101"))
    assert found is not None
    assert found.ltv == 2_408


def test_clients_who_left_and_fees_nobody_wrote_down_are_no_part_of_the_average() -> None:
    here = portal(RECKONED, "900", "")
    left = client("left", monthly_fee="5000", last_paid_on="2024-01-01")
    found = worth(replace(here, clients=(*here.clients, left)))
    assert found is not None
    assert found.average_fee == 900


@pytest.mark.parametrize(
    ("economics", "fees"),
    [(None, ("900",)), ({}, ("900",)), (RECKONED, ()), (RECKONED, ("",)), ({"years": "5"}, ("900",))],
    ids=["no economics", "nothing in them", "no active client", "no fee known", "half of what it takes"],
)
def test_without_figures_nothing_is_said(economics: Mapping[str, object] | None, fees: tuple[str, ...]) -> None:
    assert worth(portal(economics, *fees)) is None


def test_the_average_is_told_beside_a_worth_that_is_given() -> None:
    found = worth(portal({"ltv": "60000"}, "900", "1100"))
    assert found is not None
    assert (found.is_given, found.average_fee) == (True, Decimal(1_000))
