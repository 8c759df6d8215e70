"""What of content/, and of the referrers' successes, may be published on a day: 31 October 2026 unless a test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.public import ClientCard, Win
from site_builder.problem import Source
from site_builder.rules.collections import events, first_year_revenue, share_texts, stories, terms, wins, won_on
from site_builder.rules.incentives import evaluations
from tests.portals import PORTAL, client, event, referral, referrer, share_text, story
from tests.portals import terms as version

YESTERDAY, TODAY, TOMORROW = "2026-10-30", "2026-10-31", "2026-11-01"


# ------------------------------------------------------------------------------------------------------------- stories


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"permission_on": ""}, False),
        ({"permission_on": YESTERDAY}, True),
        ({"permission_on": TODAY}, True),
        ({"permission_on": TOMORROW}, False),
        ({"happened_on": TODAY}, True),
        ({"happened_on": TOMORROW}, False),
        ({"@lang": "de"}, False),
    ],
    ids=[
        *("never permitted", "permitted yesterday", "permitted today", "permitted tomorrow"),
        *("of today", "of tomorrow", "in another language"),
    ],
)
def test_a_story_is_told_once_it_happened_and_was_permitted(values: dict[str, str], *, shown: bool) -> None:
    assert bool(stories(replace(PORTAL, stories=(story(**values),)))) is shown


def test_a_story_of_a_client_names_it_listed_or_not() -> None:
    portal = replace(PORTAL, clients=(client(),), stories=(story(client="acme"), story("alone")))
    alone, acme = sorted(stories(portal), key=lambda each: each.slug)
    assert alone.client is None
    assert acme.client == ClientCard("Acme", "dental", None, None)
    assert acme.source == Source("content/stories/monday.md", 1, 1)


def test_stories_stand_the_latest_first() -> None:
    told = (story("a"), story("c", happened_on="2026-10-31"), story("b"), story("d", happened_on="2025-01-01"))
    assert [each.slug for each in stories(replace(PORTAL, stories=told))] == ["c", "b", "a", "d"]


# -------------------------------------------------------------------------------------------------------------- events


@pytest.mark.parametrize(("on", "shown"), [(YESTERDAY, False), (TODAY, True), (TOMORROW, True), ("2036-01-01", True)])
def test_an_event_is_to_come_until_its_day_is_over(on: str, *, shown: bool) -> None:
    assert bool(events(replace(PORTAL, events=(event(on=on),)))) is shown


def test_events_stand_the_next_first() -> None:
    planned = (event("c", on=TOMORROW), event("b"), event("a"), event("d", on=TODAY), event("de", **{"@lang": "de"}))
    assert [each.slug for each in events(replace(PORTAL, events=planned))] == ["d", "c", "a", "b"]


def test_an_event_tells_where_and_for_whom() -> None:
    (found,) = events(replace(PORTAL, events=(event(where="The boathouse", **{"for": "all of you"}),)))
    assert (found.title, found.place, found.for_, found.body) == ("Supper", "The boathouse", "all of you", "Bring a friend.")


# --------------------------------------------------------------------------------------------------- terms, share texts


def test_every_version_of_the_terms_is_shown_also_the_one_to_come() -> None:
    versions = (version("v1"), version("v3", effective_on="2027-01-01"), version("v2", effective_on="2026-06-01"))
    portal = replace(PORTAL, terms=(*versions, version("v9", **{"@lang": "de"})))
    assert [each.slug for each in terms(portal)] == ["v3", "v2", "v1"]


def test_share_texts_stand_by_the_names_of_their_files() -> None:
    portal = replace(PORTAL, share=(share_text("b"), share_text("a"), share_text("c", **{"@lang": "de"})))
    assert [each.slug for each in share_texts(portal)] == ["a", "b"]


# ---------------------------------------------------------------------------------------------------------------- wins


NAMED = referrer("rita", named="yes")


@pytest.mark.parametrize(
    ("values", "month"),
    [
        ({"won_on": TODAY}, date(2026, 10, 1)),
        ({"won_on": TOMORROW}, None),
        ({"won_on": "2024-10-31"}, None),
        ({"won_on": "2024-11-01"}, date(2024, 11, 1)),
        ({"won_on": "", "status_on": "2026-03-31"}, date(2026, 3, 1)),
        ({"won_on": "2026-02-01", "status_on": "2026-03-31"}, date(2026, 2, 1)),
        ({"won_on": "", "status_on": ""}, None),
        ({"won_on": "", "status_on": "2026-03-31", "status": "qualified"}, None),
        ({"won_on": "", "status_on": "2026-03-31", "status": "lost"}, None),
        ({"won_on": "2026-02-01", "status": "lost"}, None),
        ({"referrer_id": ""}, None),
        ({"referrer_id": "sam"}, None),
    ],
    ids=[
        *("today", "tomorrow", "24 months ago to the day", "a day less than 24 months ago", "by its status alone"),
        *("by the day it was won before that of its status", "on no day", "not yet", "lost", "lost after it was won"),
        *("nobody's", "of somebody who is not named"),
    ],
)
def test_a_win_is_told_by_name_and_month(values: dict[str, str], month: date | None) -> None:
    portal = replace(PORTAL, referrers=(NAMED, referrer("sam")), referrals=(referral(**values),))
    assert wins(portal) == ((Win("Rita", month),) if month else ())


@pytest.mark.parametrize("values", [{"named": "no"}, {"named": "yes", "active": "no"}], ids=["unnamed", "no longer active"])
def test_who_does_not_take_part_by_name_stands_under_no_win(values: dict[str, str]) -> None:
    assert wins(replace(PORTAL, referrers=(referrer("rita", **values),), referrals=(referral(),))) == ()


def test_a_name_stands_once_a_month_and_months_the_latest_first() -> None:
    people = (NAMED, referrer("ann", name="ann", named="yes"), referrer("bea", name="Bea", named="yes"))
    won = {
        "r1": ("rita", "2026-10-01"),
        "r2": ("rita", "2026-10-31"),
        "r3": ("rita", "2026-08-15"),
        "r4": ("bea", "2026-10-09"),
        "r5": ("ann", "2026-10-09"),
        "r6": ("ann", "2026-08-31"),
    }
    rows = tuple(referral(key, referrer_id=who, won_on=day) for key, (who, day) in won.items())
    october, august = date(2026, 10, 1), date(2026, 8, 1)
    assert wins(replace(PORTAL, referrers=people, referrals=rows)) == (
        *(Win("ann", october), Win("Bea", october), Win("Rita", october)),
        *(Win("ann", august), Win("Rita", august)),
    )


def test_two_people_of_one_name_are_one_line() -> None:
    people = (referrer("a", name="Kim", named="yes"), referrer("b", name="Kim", named="yes"))
    rows = (referral("r1", referrer_id="a"), referral("r2", referrer_id="b"))
    assert wins(replace(PORTAL, referrers=people, referrals=rows)) == (Win("Kim", date(2026, 10, 1)),)


SENT = referral("r2", prospect="Acme", prospect_domain="acme.example")


@pytest.mark.parametrize(
    "private",
    [
        {"clients": (client("acme", last_paid_on="2026-09-01", website="https://acme.example/"),)},
        {"clients": (client("acme"),), "referrers": (referrer("rita", named="yes", client_id="acme"),)},
        {
            "referrals": (
                referral("r1", referrer_id="sam", prospect="Acme", received_on="2026-01-01", status="lost", won_on=""),
                SENT,
            )
        },
    ],
    ids=["it was a client already", "it is the referrer's own firm", "somebody was first"],
)
def test_thanks_do_not_hang_on_private_rows_that_take_a_reward_away(private: dict[str, Any]) -> None:
    """Else a name that vanishes from a public page would tell that somebody pays, or was sent by another."""
    portal = replace(PORTAL, **{"referrers": (NAMED,), "referrals": (SENT,), **private})
    assert evaluations(portal)["r2"].void is not None
    assert wins(portal) == (Win("Rita", date(2026, 10, 1)),)


def test_the_day_of_a_win() -> None:
    assert won_on(referral()) == date(2026, 10, 1)
    assert won_on(referral(won_on="", status_on="2026-09-30")) == date(2026, 9, 30)
    assert won_on(referral(won_on="", status="received", status_on="2026-09-30")) is None


@given(st.permutations(range(4)))
def test_the_order_of_files_and_rows_never_matters(order: list[int]) -> None:
    days = ("2026-08-01", "2026-09-01", "2026-09-01", "2026-10-01")
    told = tuple(story(f"s{n}", happened_on=days[n]) for n in range(4))
    won = tuple(referral(f"r{n}", won_on=days[n]) for n in range(4))
    usual = replace(PORTAL, referrers=(NAMED,), stories=told, referrals=won)
    other = replace(usual, stories=tuple(told[n] for n in order), referrals=tuple(won[n] for n in order))
    assert (stories(other), wins(other)) == (stories(usual), wins(usual))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"first_year_revenue": "9000", "monthly_fee": "1000"}, "9000"),
        ({"first_year_revenue": "0", "monthly_fee": "1000"}, "0"),
        ({"monthly_fee": "2450.50"}, "29406"),
        ({"monthly_fee": "1000", "contract_months": "6"}, "6000"),
        ({"monthly_fee": "1000", "contract_months": "36"}, "12000"),
        ({}, None),
    ],
    ids=["as typed", "nought as typed", "twelve fees", "six months", "three years", "unknown"],
)
def test_the_first_years_revenue(values: dict[str, str], expected: str | None) -> None:
    assert first_year_revenue(referral(**values)) == (None if expected is None else Decimal(expected))
