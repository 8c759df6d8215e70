"""Anniversaries (domain, §7): streaks, leap days, what is due and what is planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Gift
from site_builder.rules.anniversaries import Anniversary, NextMilestone, anniversaries, anniversary, upcoming
from tests.portals import PORTAL
from tests.rules.rows import gift, paying, rewards

REWARDS = rewards(
    anniversaries=[
        {"from_year": "5", "reward": "A beech"},
        {"from_year": "1", "reward": "A card"},
        {"from_year": "10", "reward": "An evening"},
    ]
)


def of(since: str, as_of: date = date(2026, 10, 31), portal: Portal = PORTAL) -> Anniversary:
    """The anniversary of a client since a day, who paid on as_of."""
    found = anniversary(replace(portal, rewards=REWARDS, as_of=as_of), paying(since=since, last_paid_on=as_of.isoformat()))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("since", "years", "next_on", "next_years"),
    [
        ("2020-10-31", 6, date(2026, 10, 31), 6),
        ("2020-10-30", 6, date(2027, 10, 30), 7),
        ("2020-11-01", 5, date(2026, 11, 1), 6),
        ("2025-11-01", 0, date(2026, 11, 1), 1),
        ("2025-10-31", 1, date(2026, 10, 31), 1),
        ("2026-10-31", 0, date(2027, 10, 31), 1),
    ],
    ids=[
        *("on the day itself", "the day after", "the day before", "before the first"),
        *("the first, on the day", "the day it starts is no anniversary"),
    ],
)
def test_years_are_full_ones_and_the_next_is_on_or_after_as_of(since: str, years: int, next_on: date, next_years: int) -> None:
    found = of(since)
    assert (found.years, found.next_on, found.next_years) == (years, next_on, next_years)


@pytest.mark.parametrize(
    ("as_of", "years", "next_on"),
    [
        (date(2026, 2, 27), 5, date(2026, 2, 28)),
        (date(2026, 2, 28), 6, date(2026, 2, 28)),
        (date(2026, 3, 1), 6, date(2027, 2, 28)),
        (date(2028, 2, 28), 7, date(2028, 2, 29)),
        (date(2028, 2, 29), 8, date(2028, 2, 29)),
        (date(2028, 3, 1), 8, date(2029, 2, 28)),
    ],
)
def test_a_leap_day_falls_on_28_february_in_other_years(as_of: date, years: int, next_on: date) -> None:
    found = of("2020-02-29", as_of)
    assert (found.years, found.next_on) == (years, next_on)


@pytest.mark.parametrize(
    ("since", "reward", "milestone"),
    [
        ("2026-09-01", "A card", (1, date(2027, 9, 1), "A card")),
        ("2025-09-01", "A card", (5, date(2030, 9, 1), "A beech")),
        ("2021-11-01", "A beech", (5, date(2026, 11, 1), "A beech")),
        ("2021-10-31", "A beech", (10, date(2031, 10, 31), "An evening")),
        ("2021-10-30", "A beech", (10, date(2031, 10, 30), "An evening")),
        ("2016-11-01", "An evening", (10, date(2026, 11, 1), "An evening")),
        ("2016-10-31", "An evening", None),
        ("2001-01-01", "An evening", None),
    ],
    ids=[
        *("in the first year", "in the second year", "the day before the fifth", "on the fifth", "the day after the fifth"),
        *("the day before the tenth", "on the tenth", "past all of them"),
    ],
)
def test_the_reward_is_that_of_the_coming_anniversary_and_the_milestone_of_the_years_now(
    since: str, reward: str, milestone: tuple[int, date, str] | None
) -> None:
    found = of(since)
    assert found.reward == reward
    assert found.next_milestone == (NextMilestone(*milestone) if milestone else None)


def test_a_milestone_on_a_leap_day_falls_on_the_28th() -> None:
    assert of("2024-02-29").next_milestone == NextMilestone(5, date(2029, 2, 28), "A beech")


def test_before_the_first_rewarded_year_nothing_is_due() -> None:
    late = rewards(anniversaries=[{"from_year": "3", "reward": "A breakfast"}])
    found = anniversary(replace(PORTAL, rewards=late), paying(since="2025-11-01"))
    assert found is not None
    assert (found.next_years, found.reward) == (1, None)
    assert found.next_milestone == NextMilestone(3, date(2028, 11, 1), "A breakfast")


@pytest.mark.parametrize("portal", [PORTAL, replace(PORTAL, rewards=rewards())], ids=["no rewards.yaml", "none in it"])
def test_a_streak_is_told_without_rewards(portal: Portal) -> None:
    acme = paying(since="2020-11-01")
    found = anniversary(portal, acme)
    assert found == Anniversary(acme, 5, date(2026, 11, 1), 6, None, None, None)
    assert upcoming(replace(portal, clients=(acme,))) == ()


@pytest.mark.parametrize(
    "values",
    [{"last_paid_on": ""}, {"last_paid_on": "2025-10-31"}, {"since": "2026-11-01"}],
    ids=["never paid", "paid twelve months ago", "starts tomorrow"],
)
def test_who_is_not_active_has_none(values: dict[str, str]) -> None:
    acme = paying(**values)
    portal = replace(PORTAL, rewards=REWARDS, clients=(acme,))
    assert anniversary(portal, acme) is None
    assert anniversaries(portal) == {}


@pytest.mark.parametrize(
    ("given_on", "is_plan"),
    [
        ("2026-11-20", True),
        ("2026-10-21", True),
        ("2026-10-20", False),
        ("2026-12-20", True),
        ("2026-12-21", False),
        ("2025-11-20", False),
    ],
    ids=["on the day", "30 days before", "31 days before", "30 days after", "31 days after", "a year ago"],
)
def test_a_gift_within_30_days_either_side_is_the_plan(given_on: str, *, is_plan: bool) -> None:
    row = gift("acme", given_on)
    assert of("2020-11-20", portal=replace(PORTAL, gifts=(row,))).plan == (row if is_plan else None)


def test_only_an_anniversary_gift_to_this_client_is_a_plan() -> None:
    rows = (gift("acme", "2026-11-20", occasion="wow"), gift("zebra", "2026-11-20"))
    assert of("2020-11-20", portal=replace(PORTAL, gifts=rows)).plan is None


def test_of_several_the_nearest_is_the_plan_and_of_two_as_near_the_earlier() -> None:
    far, early, late = gift("acme", "2026-11-01"), gift("acme", "2026-11-15"), gift("acme", "2026-11-25")
    orders: tuple[tuple[Gift, ...], ...] = ((far, early, late), (late, far, early), (early, late, far))
    for rows in orders:
        assert of("2020-11-20", portal=replace(PORTAL, gifts=rows)).plan == early


def _since(client_id: str, since: str) -> Client:
    return paying(client_id, since=since)


def test_the_next_days_are_listed_by_day_and_id() -> None:
    clients = (
        _since("yesterday", "2020-10-30"),
        _since("sixty", "2020-12-30"),
        _since("today-b", "2019-10-31"),
        _since("today-a", "2020-10-31"),
        _since("sixty-one", "2020-12-31"),
        _since("soon", "2021-11-14"),
    )
    portal = replace(PORTAL, rewards=REWARDS, clients=clients)
    assert [each.client.client_id for each in upcoming(portal)] == ["today-a", "today-b", "soon", "sixty"]
    assert [each.client.client_id for each in upcoming(portal, 14)] == ["today-a", "today-b", "soon"]
    assert [each.client.client_id for each in upcoming(portal, 13)] == ["today-a", "today-b"]


def test_everybodys_are_the_same_as_each_ones() -> None:
    clients = (_since("zebra", "2020-02-29"), _since("acme", "2020-11-20"))
    portal = replace(PORTAL, rewards=REWARDS, clients=clients, gifts=(gift("acme", "2026-11-20"),))
    found = anniversaries(portal)
    assert list(found) == ["acme", "zebra"]
    assert found == {each.client_id: anniversary(portal, each) for each in clients}


def test_at_the_calendars_end_the_next_is_its_last_day() -> None:
    found = of("9990-06-01", date(9999, 7, 1))
    assert (found.years, found.next_on) == (9, date(9999, 12, 31))
    assert upcoming(replace(PORTAL, rewards=REWARDS, as_of=date(9999, 7, 1)), 100_000) == ()
