"""The tables beside the tiles, worked by hand on 31 October 2026."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from site_builder.model.portal import Portal
from site_builder.pages.private.boardtables import (
    Against,
    Finding,
    MonthRow,
    Number,
    ReferralRow,
    TrendRow,
    economics,
    findings,
    month_rows,
    results,
    trend_rows,
)
from site_builder.pages.private.kpitiles import client_rows
from site_builder.problem import Problem, Severity, Source
from site_builder.rules.kpis import kpis
from site_builder.rules.programme import Programme
from tests.portals import incentives, referral, referrer, rule
from tests.rules.firms import client, portal, review

# ------------------------------------------------------------------------------------------------------ months and trend


def test_a_month_has_who_was_reviewed_also_who_is_not_active_any_more() -> None:
    given = portal(
        clients=[client("a"), client("gone", last_paid_on="2025-10-15")],
        reviews=[review("a", "2026-10-02"), review("gone", "2026-09-02"), review("gone", "2026-10-02")],
        cycle_months=2,
    )
    found = kpis(given)
    rows = client_rows(given, found)
    # On 30 September both were active, a target of one of two; on 31 October a alone.
    assert month_rows(found, rows) == (
        MonthRow(date(2026, 9, 1), 1, 1, False, (rows["gone"],)),  # noqa: FBT003  # the record, whole
        MonthRow(date(2026, 10, 1), 1, 1, False, (rows["a"],)),  # noqa: FBT003
    )


def test_the_trend_has_its_counts_and_percents() -> None:
    given = portal(clients=[client("a"), client("b"), client("new", since="2026-10-20")], reviews=[review("a", "2026-10-02")])
    found = trend_rows(kpis(given).trend)
    nobody = Number(0, Decimal("0.0"))
    assert len(found) == 24
    assert found[-1] == TrendRow(
        on=date(2026, 10, 31),
        active=3,
        reviewed=Number(1, Decimal("33.3")),
        health=Number(1, Decimal("33.3")),
        risk=nobody,
        blocked=nobody,
        unknown=Number(2, Decimal("66.7")),
    )
    assert (found[-2].on, found[-2].active, found[-2].unknown) == (date(2026, 9, 30), 2, Number(2, Decimal("100.0")))


# --------------------------------------------------------------------------------------------------------------- results

SENT = replace(
    portal(
        referrers=[referrer(audience="staff", kickback_clause="none")],
        referrals=[
            referral("r1", prospect="Bevan", monthly_fee="500", won_on="2026-08-10"),
            referral("r2", prospect="Corben", status="lost", status_on="2026-09-30", won_on="2026-09-10"),
            referral("r3", prospect="Dunmore", referrer_id="", source="inbound", won_on="2026-12-01"),
            referral("r4", prospect="Elland", received_on="2026-11-01", won_on=""),  # still to come
        ],
    ),
    incentives=incentives(rule("thanks100", audiences=["staff"])),
)


def test_each_source_and_each_kind_of_reward_opens_its_referrals() -> None:
    found = results(Programme(SENT))
    assert found.is_started
    assert [(row.outcomes.name, [each.referral_id for each in row.rows]) for row in found.by_source] == [
        ("inbound", ["r3"]),
        ("referral", ["r1", "r2"]),
    ]
    assert [(row.outcomes.name, [each.referral_id for each in row.rows]) for row in found.by_reward] == [("cash", ["r1", "r2"])]
    won, lost = found.by_source[1].rows
    assert won == ReferralRow(
        referral_id="r1",
        prospect="Bevan",
        source="referral",
        referrer_id="rita",
        received_on=date(2026, 1, 10),
        status=SENT.referrals[0].status,
        won_on=date(2026, 8, 10),
        revenue=Decimal(6000),
    )
    assert (lost.won_on, lost.revenue) == (None, Decimal(0))  # lost after all
    assert found.by_source[0].rows[0].won_on is None  # won after as_of


def test_without_referrals_there_are_no_results() -> None:
    found = results(Programme(replace(portal(), absent=frozenset({"data/referrals.csv"}))))
    assert (found.is_started, found.by_source, found.by_reward) == (False, (), ())


# ------------------------------------------------------------------------------------------------------------- economics


def worth(typed: Mapping[str, object] | None, amount: str = "100") -> Portal:
    """A client won through Rita for a reward of an amount."""
    given = {} if typed is None else {"economics": typed}
    rules = incentives(rule("thanks100", audiences=["staff"], amount=amount), **given)
    return replace(SENT, incentives=rules, referrals=SENT.referrals[:1])


@pytest.mark.parametrize(
    ("amount", "against"),
    [("2999.99", Against.BELOW), ("3000", Against.WITHIN), ("6000", Against.WITHIN), ("6000.01", Against.ABOVE)],
)
def test_what_a_won_client_cost_stands_against_what_a_lead_is_worth(amount: str, against: Against) -> None:
    found = economics(Programme(worth({"ltv": "60000"}, amount)))
    assert found.worth is not None
    assert (found.worth.ltv, found.worth.lead_from, found.worth.lead_to) == (Decimal(60000), Decimal(3000), Decimal(6000))
    assert (found.cost_per_won, found.won, found.against) == (Decimal(amount), 1, against)
    assert (found.margin_percent, found.years) == (None, None)


def test_economics_say_what_they_are_reckoned_from() -> None:
    given = replace(worth({"gross_margin_percent": "40", "years": "5"}), clients=(client("a", monthly_fee="1000"),))
    found = economics(Programme(given))
    assert found.worth is not None
    assert (found.worth.ltv, found.worth.is_given, found.worth.average_fee) == (
        Decimal(24000),
        False,
        Decimal(1000),
    )  # 1,000 x 12 x 40 % x 5
    assert (found.margin_percent, found.years) == (Decimal(40), Decimal(5))


def test_without_economics_the_cost_stands_alone() -> None:
    found = economics(Programme(worth(None)))
    assert (found.worth, found.margin_percent, found.years) == (None, None, None)
    assert (found.cost_per_won, found.won, found.against) == (Decimal(100), 1, None)


def test_without_a_client_won_there_is_no_cost() -> None:
    found = economics(Programme(replace(worth({"ltv": "60000"}), referrals=())))
    assert (found.cost_per_won, found.won, found.against) == (None, 0, None)


# ---------------------------------------------------------------------------------------------------------------- checks


def test_the_gravest_stands_first_and_notes_are_only_counted() -> None:
    advice = Problem(Source("data/clients.csv", 9, 1), "K101", Severity.ADVICE, "three reviews behind")
    late = Problem(Source("data/referrals.csv", 12, 5), "N101", Severity.WARNING, "not thanked", "thank them")
    early = Problem(Source("data/referrals.csv", 3, 5), "N101", Severity.WARNING, "not thanked")
    whole = Problem(Source("content/terms"), "L101", Severity.ERROR, "no terms")
    note = Problem(Source("data/trust.yaml"), "D601", Severity.NOTE, "not started")
    found = findings([advice, note, late, early, whole, note])
    assert (found.errors, found.warnings, found.advice, found.notes) == (1, 2, 1, 2)
    assert [(row.severity, row.code, row.place) for row in found.rows] == [
        ("error", "L101", "content/terms"),
        ("warning", "N101", "data/referrals.csv:3"),
        ("warning", "N101", "data/referrals.csv:12"),
        ("advice", "K101", "data/clients.csv:9"),
    ]
    title = "thanks that are late"
    assert found.rows[2] == Finding(Severity.WARNING, "N101", title, "data/referrals.csv:12", "not thanked", "thank them")


def test_nothing_found_is_nothing_to_fix() -> None:
    found = findings([])
    assert (found.errors, found.warnings, found.advice, found.notes, found.rows) == (0, 0, 0, 0, ())
