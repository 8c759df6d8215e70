"""Gifts for anniversaries and introductions that clients wait for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from site_builder.checks import Subject
from site_builder.checks.client_rewards import owed_introductions, unplanned_gifts
from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Gift
from site_builder.problem import Problem, Severity
from tests.portals import PORTAL, referral, referrer, settings
from tests.rules.rows import gift, introduction, paying, rewards

# R101: as_of is 31 October 2026


def unplanned(since: str, *gifts: Gift, from_year: str = "1", thresholds: object = None, **values: object) -> list[Problem]:
    portal = replace(
        PORTAL,
        settings=settings(checks={"thresholds": thresholds or {}}),
        clients=(paying("acme", since=since, **values),),
        rewards=rewards(anniversaries=[{"from_year": from_year, "reward": "A secret tree"}]),
        gifts=gifts,
    )
    return list(unplanned_gifts(Subject(portal)))


@pytest.mark.parametrize(
    ("since", "count"),
    [("2020-11-14", 1), ("2020-11-15", 0), ("2020-10-31", 1), ("2020-10-30", 0)],
    ids=["in 14 days", "in 15 days", "today", "yesterday"],
)
def test_a_gift_is_planned_fourteen_days_ahead(since: str, count: int) -> None:
    assert len(unplanned(since)) == count


def test_a_gift_that_is_missing_is_advice_and_spoils_no_surprise() -> None:
    (found,) = unplanned("2020-11-06")
    assert (found.code, found.severity, found.field, found.row_id) == ("R101", Severity.ADVICE, "since", "acme")
    assert found.message == '"acme" has an anniversary within 14 days, and no gift is planned'
    assert not any(secret in found.message + found.hint for secret in ("tree", "2020", "11-06"))


def test_a_gift_within_thirty_days_of_it_is_its_plan() -> None:
    assert unplanned("2020-11-06", gift("acme", "2026-10-07")) == []  # 30 days before
    assert len(unplanned("2020-11-06", gift("acme", "2026-10-06"))) == 1
    assert len(unplanned("2020-11-06", gift("acme", "2026-11-06", occasion="wow"))) == 1


def test_a_year_without_a_reward_wants_no_gift() -> None:
    assert unplanned("2022-11-06", from_year="5") == []  # the fourth
    assert len(unplanned("2021-11-06", from_year="5")) == 1  # the fifth


def test_a_former_client_gets_none() -> None:
    assert unplanned("2020-11-06", last_paid_on="2025-10-01") == []


@pytest.mark.parametrize(("days", "count"), [("6", 1), ("5", 0)])
def test_how_far_ahead_is_the_owners_choice(days: str, count: int) -> None:
    assert len(unplanned("2020-11-06", thresholds={"anniversary_days": days})) == count


def test_without_rewards_for_anniversaries_no_gift_is_missed() -> None:
    clients = (paying(since="2020-11-06"),)
    assert list(unplanned_gifts(Subject(replace(PORTAL, clients=clients)))) == []
    assert list(unplanned_gifts(Subject(replace(PORTAL, clients=clients, rewards=rewards())))) == []


# R102


def sent(*clients: Client, referrals: int = 1, given: Iterable[str] = (), absent: Iterable[str] = ()) -> Portal:
    """Rita of Acme sent somebody so often; given: whom we introduced to Acme, as often as a day stands there."""
    return replace(
        PORTAL,
        clients=clients or (paying(),),
        referrers=(referrer(client_id="acme"),),
        referrals=tuple(referral(f"r{number}", prospect="Secret Ltd") for number in range(referrals)),
        introductions=tuple(introduction("acme", "Someone", day) for day in given),
        absent=frozenset(absent),
    )


def owed(portal: Portal) -> list[Problem]:
    return list(owed_introductions(Subject(portal)))


def test_who_sent_more_than_they_were_sent_is_advice() -> None:
    (found,) = owed(sent())
    assert (found.code, found.severity, found.field, found.row_id) == ("R102", Severity.ADVICE, "client_id", "acme")
    assert found.message == '"acme" sent you more than you sent them'
    assert "portal client acme" in found.hint
    assert "Secret" not in found.message + found.hint


@pytest.mark.parametrize(("given", "count"), [(("2026-05-05",), 1), (("2026-05-05", "2026-10-31"), 0)])
def test_as_many_introductions_as_referrals_are_even(given: tuple[str, ...], count: int) -> None:
    assert len(owed(sent(referrals=2, given=given))) == count


def test_an_introduction_to_come_has_not_happened() -> None:
    assert len(owed(sent(given=("2026-11-01",)))) == 1


def test_a_former_client_is_owed_nothing_any_more() -> None:
    assert owed(sent(paying(last_paid_on="2025-10-01"))) == []


def test_without_a_table_of_introductions_nothing_is_owed() -> None:
    assert owed(sent(absent=("data/introductions.csv",))) == []
