"""What a rule comes to on an example customer, worked by hand: 8,000 a month and 2,000 at the start, or as a test says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.model.portal import Portal
from site_builder.model.public import ExampleStep, WorkedExample
from site_builder.rules.example import worked
from tests.portals import PORTAL, client, incentives, referral, referrer, rule, terms

CUSTOMER = {"monthly_fee": "8000", "setup_fee": "2000", "months": "60"}
MONTHLY = (
    {"percent": "10", "of": "monthly_fee", "from": 1, "to": 12},
    {"percent": "5", "of": "monthly_fee", "from": 13, "to": 24},
    {"percent": "2.5", "of": "monthly_fee", "from": 25, "to": 60},
)


def portal(customer: Mapping[str, str] | None = CUSTOMER, /, **values: object) -> Portal:
    """A portal with one rule of these values."""
    given = {} if customer is None else {"example": customer}
    return replace(PORTAL, incentives=incentives(rule("share", **values), **given))


def found(customer: Mapping[str, str] | None = CUSTOMER, /, **values: object) -> WorkedExample | None:
    here = portal(customer, **values)
    return worked(here, here.incentives.rules[0])


def commission(*parts: Mapping[str, object], months: str = "60", **values: object) -> WorkedExample:
    example = found({**CUSTOMER, "months": months}, type="commission", parts=parts, **values)
    assert example is not None
    return example


def step(first: int, last: int, each: str | None, amount: str, before: str | None = None) -> ExampleStep:
    """A step in which each month or client of it brings something."""
    count = last - first + 1
    return ExampleStep(first, last, count, None if each is None else Decimal(each), Decimal(before or amount), Decimal(amount))


def test_a_share_of_each_month_is_summed_by_years() -> None:
    # 12 x 800 = 9,600; 12 x 400 = 4,800; 3 x 12 x 200 = 7,200: together 21,600.
    assert commission(*MONTHLY) == WorkedExample(
        by_clients=False,
        steps=(
            step(1, 12, "800", "9600"),
            step(13, 24, "400", "4800"),
            *(step(first, first + 11, "200", "2400") for first in (25, 37, 49)),
        ),
        total=Decimal(21_600),
        is_cut=False,
    )


def test_a_customer_who_stays_eighteen_months_brings_eighteen_instalments() -> None:
    example = commission(*MONTHLY, months="18")
    assert example.steps == (step(1, 12, "800", "9600"), step(13, 18, "400", "2400"))
    assert example.total == 12_000


def test_a_share_without_an_end_lasts_as_long_as_the_customer() -> None:
    assert commission({"percent": "1", "of": "monthly_fee"}, months="14").steps == (
        step(1, 12, "80", "960"),
        step(13, 14, "80", "160"),
    )


def test_a_year_in_which_the_share_changes_has_no_one_sum_a_month() -> None:
    parts = ({"percent": "10", "of": "monthly_fee", "to": 6}, {"percent": "5", "of": "monthly_fee", "from": 7, "to": 12})
    assert commission(*parts).steps == (step(1, 12, None, "7200"),)


def test_months_that_bring_nothing_are_left_out() -> None:
    assert commission({"percent": "10", "of": "monthly_fee", "from": 11, "to": 13}).steps == (
        step(11, 12, "800", "1600"),
        step(13, 13, "800", "800"),
    )


def test_what_is_paid_at_once_comes_first() -> None:
    # 75 % of 8,000 and 10 % of 2,000 are one sum of 6,200.
    parts: tuple[Mapping[str, object], ...] = (
        {"percent": "75", "of": "first_month"},
        {"percent": "10", "of": "setup_fee"},
        {"percent": "1", "of": "monthly_fee", "to": 2},
    )
    example = commission(*parts, earned_when="paid", wait_days="14")
    assert example.steps == (step(0, 0, "6200", "6200"), step(1, 2, "80", "160"))
    assert example.total == 6_360


def test_the_first_year_is_twelve_fees() -> None:
    assert commission({"percent": "10", "of": "first_year_revenue"}).total == 9_600
    assert commission({"percent": "10", "of": "first_year_revenue"}, months="6").total == 4_800


def test_each_instalment_is_rounded_by_itself() -> None:
    # 10 % of 2,450.50 is 245.05; twelve are 2,940.60.
    example = found({"monthly_fee": "2450.50"}, type="commission", parts=[{"percent": "10", "of": "monthly_fee", "to": 12}])
    assert example is not None
    assert (example.steps, example.total) == ((step(1, 12, "245.05", "2940.60"),), Decimal("2940.60"))


def test_a_cap_a_year_is_shown_in_each_year_it_cuts() -> None:
    example = commission(*MONTHLY, cap_per_year="5000")
    assert example.steps[:2] == (step(1, 12, "800", "5000", "9600"), step(13, 24, "400", "4800"))
    # 5,000 + 4,800 + 7,200
    assert (example.total, example.is_cut) == (Decimal(17_000), True)


def test_a_cap_for_one_referral_ends_it_in_the_year_it_is_reached() -> None:
    example = commission(*MONTHLY, months="24", cap_per_referral="10000")
    assert example.steps == (step(1, 12, "800", "9600"), step(13, 24, "400", "400", "4800"))
    assert (example.total, example.is_cut) == (Decimal(10_000), True)


def test_a_sum_that_grows_is_shown_client_by_client() -> None:
    tiers = [{"nth": 1, "amount": "150"}, {"nth": 3, "amount": "300"}, {"nth": 5, "amount": "500"}]
    assert found(type="tiered", tiers=tiers) == WorkedExample(
        by_clients=True,
        steps=(step(1, 2, "150", "300"), step(3, 4, "300", "600"), step(5, 5, "500", "500")),
        total=Decimal(1_400),
        is_cut=False,
    )


def test_clients_below_the_first_tier_bring_nothing() -> None:
    example = found(type="tiered", tiers=[{"nth": 3, "amount": "250"}])
    assert example is not None
    assert example.steps == (step(3, 3, "250", "250"),)


def test_a_cap_a_year_cuts_the_last_clients() -> None:
    tiers = [{"nth": 1, "amount": "100"}, {"nth": 3, "amount": "250"}]
    example = found(type="tiered", tiers=tiers, cap_per_year="400")
    assert example is not None
    assert example.steps == (step(1, 2, "100", "200"), step(3, 3, "250", "200", "250"))
    assert (example.total, example.is_cut) == (Decimal(400), True)


def test_a_tier_nobody_reaches_in_a_year_is_not_worked_out() -> None:
    tiers = [{"nth": 1, "amount": "10"}, {"nth": 100, "amount": "20"}]
    example = found(type="tiered", tiers=tiers)
    assert example is not None
    assert example.steps == (step(1, 12, "10", "120"),)


@pytest.mark.parametrize(
    ("values", "saved"), [({"percent": "50", "months": "2"}, 8_000), ({"amount": "300", "months": "3"}, 900)]
)
def test_a_discount_is_what_the_friend_saves(values: dict[str, str], saved: int) -> None:
    example = found(type="discount", **values)
    assert example is not None
    assert (example.steps, example.total) == ((step(0, 0, str(saved), str(saved)),), Decimal(saved))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"type": "gift", "what": "a hamper"},
        {"type": "donation", "charity": "the lifeboats", "amount": "50"},
        {"type": "event", "what": "supper"},
    ],
    ids=["a fixed sum", "a gift", "a donation", "an invitation"],
)
def test_what_says_itself_what_it_is_needs_no_example(values: dict[str, object]) -> None:
    assert found(**values) is None


def test_without_an_example_nothing_is_worked_out() -> None:
    assert found(None, type="discount", percent="50") is None


def test_what_comes_to_nothing_is_no_example() -> None:
    assert found({"monthly_fee": "0"}, type="discount", percent="50") is None
    assert found({"monthly_fee": "100", "months": "1"}, type="commission", parts=[{"percent": "5", "of": "setup_fee"}]) is None
    late = {"parts": [{"percent": "5", "of": "first_month"}], "wait_days": "60"}
    assert found({"monthly_fee": "100", "months": "1"}, type="commission", **late) is None  # ended before it was due


def test_whom_a_rule_is_for_and_until_when_does_not_change_what_it_comes_to() -> None:
    days = {"valid_from": "2026-01-01", "valid_to": "2026-12-31"}
    assert commission(*MONTHLY, audiences=["staff"], needs_agreement="yes", **days) == commission(*MONTHLY)


def test_no_table_and_no_policy_is_looked_at() -> None:
    """Private rows would otherwise show on a public page."""
    here = portal(type="commission", parts=MONTHLY)
    forbidding = {"sectors": {"general": {"verdict": "forbid"}}, "clauses": {"none": {"verdict": "forbid"}}}
    busy = replace(
        here,
        incentives=here.incentives.model_copy(update={"policy": incentives(policy=forbidding).policy}),
        clients=(client("prospect-01", name="Prospect 01", since="1999-01-01", last_paid_on="2000-12-01"),),
        referrers=(referrer("referrer", kickback_clause="forbidden"),),
        referrals=(referral("00", prospect="Prospect 01", received_on="2000-12-01"),),
        terms=(terms("v1", effective_on="1999-01-01"),),
    )
    assert worked(busy, busy.incentives.rules[0]) == worked(here, here.incentives.rules[0])
