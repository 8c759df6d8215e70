"""What is owed on 31 October 2026: syncs, thanks, news, reviews, and repair before asks (domain, §7)."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder.model.documents import Nurture
from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Referral
from site_builder.rules.nurture import RepairFirst, nurturing, syncs
from site_builder.rules.standing import Standing
from tests.portals import referral as won_referral
from tests.portals import referrer, typed
from tests.rules.firms import client, portal, review

YESTERDAY, TODAY, TOMORROW = "2026-10-30", "2026-10-31", "2026-11-01"
NURTURE = typed(Nurture, {"sync_every_days": {"owner": 90, "partner": 60}})
"""Owners every 90 days, partners every 60, staff not at all; thanks within 2 days and news within 5, as usual."""


# --------------------------------------------------------------------------------------------------------------- syncs


@pytest.mark.parametrize(
    ("values", "last_on", "due_on"),
    [
        ({"last_sync_on": "2026-08-02"}, date(2026, 8, 2), date(2026, 10, 31)),
        ({"last_sync_on": "2026-08-01"}, date(2026, 8, 1), date(2026, 10, 30)),
        ({"last_sync_on": "2026-08-02", "joined_on": "2020-01-01"}, date(2026, 8, 2), date(2026, 10, 31)),
        ({"audience": "partner", "last_sync_on": "2026-09-01"}, date(2026, 9, 1), date(2026, 10, 31)),
        ({"joined_on": "2026-08-02"}, date(2026, 8, 2), date(2026, 10, 31)),
        ({"last_sync_on": TOMORROW, "joined_on": "2026-08-02"}, date(2026, 8, 2), date(2026, 10, 31)),
        ({"last_sync_on": TOMORROW}, None, None),
        ({}, None, None),
    ],
    ids=[
        *("90 days after 2 August", "a day late", "the last talk, not the joining", "60 days after 1 September"),
        *("since they joined", "a talk to come is a plan", "the same, joined nobody knows when", "never talked"),
    ],
)
def test_a_sync_is_due_so_many_days_after_the_last(values: dict[str, str], last_on: date | None, due_on: date | None) -> None:
    (due,) = nurturing(portal(referrers=[referrer(**values)], nurture=NURTURE)).syncs_due
    assert (due.referrer.referrer_id, due.last_on, due.due_on) == ("rita", last_on, due_on)


@pytest.mark.parametrize(
    "values",
    [
        {"last_sync_on": "2026-08-03"},
        {"joined_on": "2026-08-03"},
        {"audience": "partner", "last_sync_on": "2026-09-02"},
        {"audience": "staff"},
        {"active": "no"},
        {"joined_on": TOMORROW},
    ],
    ids=["due tomorrow", "joined lately", "a partner due tomorrow", "no interval", "takes no part", "joins tomorrow"],
)
def test_no_sync_is_due(values: dict[str, str]) -> None:
    assert nurturing(portal(referrers=[referrer(**values)], nurture=NURTURE)).syncs_due == ()


def test_syncs_stand_at_once_first_then_by_day_and_id_also_those_to_come() -> None:
    people = [
        referrer("late", last_sync_on="2026-07-01"),
        referrer("to-come", last_sync_on=TODAY),
        referrer("b", last_sync_on="2026-08-01"),
        referrer("never"),
        referrer("a", last_sync_on="2026-08-01"),
    ]
    whole = portal(referrers=people, nurture=NURTURE)
    assert [sync.referrer.referrer_id for sync in nurturing(whole).syncs_due] == ["never", "late", "a", "b"]
    assert [sync.referrer.referrer_id for sync in syncs(whole)] == ["never", "late", "a", "b", "to-come"]
    # 31 October and 90 days: November has 30, December 31, January 29 of them.
    assert syncs(whole)[-1].due_on == date(2027, 1, 29)


def test_a_sync_past_the_calendars_end_is_due_on_its_last_day() -> None:
    whole = portal(referrers=[referrer(last_sync_on="9999-12-01")], nurture=NURTURE, as_of=date(9999, 12, 30))
    assert nurturing(whole).syncs_due == ()
    assert [sync.due_on for sync in syncs(whole)] == [date(9999, 12, 31)]


def test_without_nurture_nothing_is_owed_by_the_day_but_reviews_and_repair_are() -> None:
    whole = portal(
        clients=[client("acme")],
        reviews=[review("acme", "2026-10-01", "retention")],
        referrers=[referrer(client_id="acme")],
        referrals=[won_referral(received_on="2026-10-01")],
    )
    found = nurturing(whole)
    assert (syncs(whole), found.syncs_due, found.thanks_owed, found.outcomes_to_tell) == ((), (), (), ())
    assert [due.client.client_id for due in found.reviews_due] == ["acme"]
    assert [each.referrer.referrer_id for each in found.repair_first] == ["rita"]


# -------------------------------------------------------------------------------------------------------------- thanks


def referral(referral_id: str = "r1", **values: object) -> Referral:
    """One of Rita's of 20 October, still open."""
    usual = {"received_on": "2026-10-20", "status": "received", "won_on": ""}
    return won_referral(referral_id, **{**usual, **values})


def owing(*referrals: Referral) -> Portal:
    return portal(referrers=[referrer(), referrer("sam", active="no")], referrals=referrals, nurture=NURTURE)


@pytest.mark.parametrize(
    ("values", "due_on"),
    [
        ({}, date(2026, 10, 22)),
        ({"received_on": TODAY}, date(2026, 11, 2)),
        ({"received_on": TOMORROW}, None),
        ({"thanked_on": TODAY}, None),
        ({"thanked_on": TOMORROW}, date(2026, 10, 22)),
        ({"referrer_id": ""}, None),
        ({"referrer_id": "sam"}, date(2026, 10, 22)),
        ({"status": "lost"}, date(2026, 10, 22)),
    ],
    ids=[
        *("two days after it came", "in time still, and owed", "to come", "thanked today", "to be thanked tomorrow"),
        *("nobody's", "of one who takes no part any more", "lost or not"),
    ],
)
def test_thanks_are_owed_for_every_referral_until_given(values: dict[str, str], due_on: date | None) -> None:
    found = nurturing(owing(referral(**values))).thanks_owed
    assert [owed.due_on for owed in found] == ([due_on] if due_on else [])


def test_thanks_name_the_referral_and_who_sent_it_the_longest_owed_first() -> None:
    rows = [
        referral("r3"),
        referral("r1", received_on="2026-10-25"),
        referral("r2", referrer_id="sam"),
        referral("r0", received_on=TODAY),
    ]
    found = nurturing(owing(*rows)).thanks_owed
    assert [(owed.referral.referral_id, owed.referrer.referrer_id) for owed in found] == [
        ("r2", "sam"),
        ("r3", "rita"),
        ("r1", "rita"),
        ("r0", "rita"),
    ]


# ------------------------------------------------------------------------------------------------------------ outcomes


@pytest.mark.parametrize(
    ("values", "due_on"),
    [
        ({"status": "won", "won_on": "2026-10-25"}, date(2026, 10, 30)),
        ({"status": "won", "status_on": "2026-10-25"}, date(2026, 10, 30)),
        ({"status": "won", "won_on": "2026-10-25", "status_on": "2026-10-29"}, date(2026, 10, 30)),
        ({"status": "won", "won_on": TOMORROW}, None),
        ({"status": "won"}, date(2026, 11, 5)),
        ({"status": "lost", "status_on": TODAY}, date(2026, 11, 5)),
        ({"status": "lost"}, date(2026, 11, 5)),
        ({"status": "lost", "status_on": TOMORROW}, None),
        ({"status": "lost", "status_on": TOMORROW, "won_on": "2026-10-25"}, date(2026, 10, 30)),
        ({"status": "lost", "status_on": TODAY, "won_on": "2026-10-25"}, date(2026, 11, 5)),
        ({"status": "qualified", "status_on": "2026-10-25"}, None),
        ({"status": "received"}, None),
        ({"status": "won", "won_on": "2026-10-25", "received_on": TOMORROW}, None),
        ({"status": "won", "won_on": "2026-10-25", "referrer_id": ""}, None),
        ({"status": "won", "won_on": "2026-10-25", "referrer_id": "sam"}, date(2026, 10, 30)),
    ],
    ids=[
        *("won", "won by its status alone", "by the day it was won before that of its status", "to be won tomorrow"),
        *("won nobody knows when: never late", "lost", "lost nobody knows when", "lost tomorrow, open until then"),
        *("lost tomorrow, won until then", "lost after it was won", "qualified", "open", "received tomorrow", "nobody's"),
        *("of one who takes no part any more",),
    ],
)
def test_news_of_the_outcome_is_owed_within_five_days(values: dict[str, str], due_on: date | None) -> None:
    found = nurturing(owing(referral(**values))).outcomes_to_tell
    assert [owed.due_on for owed in found] == ([due_on] if due_on else [])


@pytest.mark.parametrize(
    ("values", "owed"),
    [
        ({"status": "won", "won_on": "2026-10-25", "outcome_told_on": "2026-10-25"}, False),
        ({"status": "won", "won_on": "2026-10-25", "outcome_told_on": TODAY}, False),
        ({"status": "won", "won_on": "2026-10-25", "outcome_told_on": "2026-10-24"}, True),
        ({"status": "won", "won_on": "2026-10-25", "outcome_told_on": TOMORROW}, True),
        ({"status": "lost", "status_on": "2026-10-25", "won_on": "2026-10-21", "outcome_told_on": "2026-10-22"}, True),
        ({"status": "lost", "status_on": "2026-10-25", "outcome_told_on": "2026-10-26"}, False),
        ({"status": "lost", "outcome_told_on": "2026-10-26"}, False),
        ({"status": "lost", "outcome_told_on": TOMORROW}, True),
    ],
    ids=[
        *("told on the day", "told today", "told before it happened", "to be told tomorrow"),
        *("told of the win, not of the loss", "told of the loss", "told of a loss of no day", "to be told of a loss of no day"),
    ],
)
def test_news_is_told_once_it_happened(values: dict[str, str], *, owed: bool) -> None:
    assert bool(nurturing(owing(referral(**values))).outcomes_to_tell) is owed


def test_outcomes_stand_the_longest_owed_first() -> None:
    days = {"c": "2026-10-29", "b": "2026-10-21", "a": "2026-10-29"}
    rows = [referral(name, status="won", won_on=day) for name, day in days.items()]
    assert [owed.referral.referral_id for owed in nurturing(owing(*rows)).outcomes_to_tell] == ["b", "a", "c"]


# ------------------------------------------------------------------------------------------------------------- reviews


@pytest.mark.parametrize(
    ("held", "standing", "since"),
    [
        ([("2026-03-01", "retention")], "at_risk", date(2026, 3, 1)),
        ([("2026-03-01", "retention"), ("2026-06-01", "retention")], "at_risk", date(2026, 3, 1)),
        ([("2026-01-01", "retention"), ("2026-03-01", "asked"), ("2026-06-01", "retention")], "at_risk", date(2026, 6, 1)),
        ([("2026-03-01", "retention"), ("2026-06-01", "roadblock")], "blocked", date(2026, 6, 1)),
        ([("2026-06-01", "roadblock"), ("2026-06-01", "asked")], "blocked", date(2026, 6, 1)),
        ([("2026-03-01", "asked"), ("2026-03-01", "retention"), ("2026-06-01", "retention")], "at_risk", date(2026, 3, 1)),
        ([("2024-12-01", "retention"), ("2025-11-30", "retention"), ("2026-05-01", "retention")], "at_risk", date(2024, 12, 1)),
        ([("2024-12-01", "retention"), ("2025-12-01", "retention")], "at_risk", date(2024, 12, 1)),
        ([("2024-12-01", "retention"), ("2025-12-02", "retention")], "at_risk", date(2025, 12, 2)),
        ([("2026-03-01", "retention"), ("2026-11-01", "asked")], "at_risk", date(2026, 3, 1)),
        ([], "unknown", None),
        ([("2026-11-01", "asked")], "unknown", None),
        ([("2025-10-31", "asked")], "unknown", date(2026, 10, 31)),
        ([("2025-04-15", "retention"), ("2024-01-01", "asked")], "unknown", date(2026, 4, 15)),
        ([("2024-02-29", "asked")], "unknown", date(2025, 3, 1)),
        ([("2023-02-28", "asked")], "unknown", date(2024, 2, 28)),
    ],
    ids=[
        *("since the review", "since the first of a run", "a run begins anew after another outcome", "another outcome"),
        *("the graver of a day", "the graver of a day begins the run", "more than a year of it without a break"),
        *("reviewed again on the day the last lapsed", "a lapse breaks the run", "a review to come changes nothing"),
        *("never reviewed", "only planned", "the last review lapsed today", "the last review lapsed in April"),
        *("a review of 29 February lapses on 1 March", "a review of 28 February lapses on 28 February, leap year or not"),
    ],
)
def test_a_review_is_due_since_the_client_stands_so(held: list[tuple[str, str]], standing: str, since: date | None) -> None:
    rows = [review("acme", day, outcome) for day, outcome in held]
    (due,) = nurturing(portal(clients=[client("acme")], reviews=rows)).reviews_due
    assert (due.client.client_id, due.standing, due.since) == ("acme", standing, since)


def test_one_who_came_back_after_the_last_review_lapsed_is_unknown_since_then() -> None:
    whole = portal(clients=[client("acme", since="2026-05-01")], reviews=[review("acme", "2024-05-01", "retention")])
    assert [due.since for due in nurturing(whole).reviews_due] == [date(2026, 5, 1)]


@pytest.mark.parametrize(
    "firm",
    [client("acme"), client("acme", last_paid_on="2025-10-31"), client("acme", since=TOMORROW)],
    ids=["healthy, its follow-up overdue", "a client no more", "a client to come"],
)
def test_no_review_is_due(firm: Client) -> None:
    rows = [review("acme", "2026-09-01", "asked", follow_up="Ring them", follow_up_on="2026-09-08")]
    whole = portal(clients=[firm], reviews=rows)
    assert nurturing(whole).reviews_due == ()


def test_reviews_stand_at_risk_blocked_unknown_each_longest_first_then_by_fee_and_id() -> None:
    held = [
        *(("risk-new", "2026-09-01", "retention"), ("risk-old", "2026-02-01", "retention")),
        *(("blocked-new", "2026-08-01", "roadblock"), ("blocked-old", "2026-01-05", "roadblock")),
        *(("lapsed-new", "2025-10-01", "asked"), ("lapsed-old", "2024-10-01", "asked"), ("healthy", "2026-01-01", "asked")),
        *((f"tie-{name}", "2026-03-01", "retention") for name in ("a", "b", "dear", "free", "cheap")),
    ]
    fees = {"tie-dear": "900", "tie-cheap": "100.50", "tie-free": "0"}
    names = {name for name, _, _ in held}
    firms = [client(name, monthly_fee=fees.get(name, "")) for name in sorted(names)]
    # Never reviewed counts from the contract's start: before one review lapsed, on 1 October 2025, and after it.
    firms += [client("never-old", since="2025-09-30"), client("never-new", since="2025-10-02")]
    found = nurturing(portal(clients=firms, reviews=[review(*each) for each in held])).reviews_due
    assert [due.client.client_id for due in found] == [
        *("risk-old", "tie-dear", "tie-cheap", "tie-free", "tie-a", "tie-b", "risk-new"),
        *("blocked-old", "blocked-new"),
        *("never-old", "lapsed-old", "never-new", "lapsed-new"),
    ]


@pytest.mark.parametrize(
    ("rows", "promised"),
    [
        ([], None),
        ([{"reviewed_on": "2026-03-01"}], None),
        ([{"reviewed_on": "2026-03-01", "follow_up": "one"}, {"reviewed_on": "2026-06-01"}], "one"),
        ([{"reviewed_on": "2026-03-01", "follow_up": "one"}, {"reviewed_on": "2026-06-01", "follow_up": "two"}], "two"),
        ([{"reviewed_on": "2026-03-01", "follow_up": "one"}, {"reviewed_on": TOMORROW, "follow_up": "two"}], "one"),
        ([{"reviewed_on": TODAY, "follow_up": "one", "outcome": "retention"}, {"reviewed_on": TODAY, "follow_up": "two"}], "one"),
        ([{"reviewed_on": "2026-03-01", "follow_up": "one", "follow_up_kept_on": TODAY}], None),
        (
            [
                {"reviewed_on": TODAY, "follow_up": "one", "follow_up_on": "2026-11-20"},
                {"reviewed_on": TODAY, "follow_up": "two", "follow_up_on": "2026-11-10"},
                {"reviewed_on": TODAY, "follow_up": "three"},
            ],
            "two",
        ),
    ],
    ids=[
        "no review",
        "none promised",
        "an earlier one",
        "the latest",
        "one to come",
        "the graver of a day",
        "one that was kept",
        "the sooner of a day",
    ],
)
def test_a_review_due_brings_what_was_promised_last(rows: list[dict[str, str]], promised: str | None) -> None:
    usual = {"client_id": "acme", "outcome": "roadblock"}
    held = [review(**{**usual, **row}) for row in rows]
    for order in (held, held[::-1]):
        (due,) = nurturing(portal(clients=[client("acme")], reviews=order)).reviews_due
        assert (due.follow_up.follow_up if due.follow_up else None) == promised


# -------------------------------------------------------------------------------------------------- repair before asks


FIRMS = [client("risk"), client("blocked"), client("well"), client("silent")]
REVIEWS = [
    review("risk", "2026-09-01", "retention"),
    review("blocked", "2026-03-01", "roadblock"),
    review("well", "2026-09-01"),
]


@pytest.mark.parametrize(
    ("values", "repaired", "asked"),
    [
        ({"client_id": "risk"}, True, False),
        ({"client_id": "blocked"}, True, False),
        ({"client_id": "well"}, False, True),
        ({"client_id": "silent"}, False, False),
        ({"client_id": "", "kind": "partner"}, False, True),
        ({"client_id": "gone", "kind": "past_client"}, False, True),
        ({"client_id": "gone-well", "kind": "past_client"}, False, True),
        ({"client_id": "gone-sour", "kind": "past_client"}, False, False),
        ({"client_id": "risk", "active": "no"}, False, False),
        ({"client_id": "well", "active": "no"}, False, False),
        ({"client_id": "well", "joined_on": TOMORROW}, False, False),
        ({"client_id": "well", "joined_on": TODAY}, False, True),
    ],
    ids=[
        *("at risk", "blocked", "healthy", "unknown: nobody may assume that they are well", "no client"),
        *("a past client", "a past client who left well", "a past client who left at risk"),
        *("takes no part, at risk", "takes no part, healthy", "joins tomorrow", "joined today"),
    ],
)
def test_repair_comes_before_any_ask(values: dict[str, str], *, repaired: bool, asked: bool) -> None:
    past = [client(name, last_paid_on="2025-10-31") for name in ("gone", "gone-well", "gone-sour")]
    rows = [*REVIEWS, review("gone-well", "2026-01-01"), review("gone-sour", "2026-01-01", "retention")]
    whole = portal(clients=[*FIRMS, *past], reviews=rows, referrers=[referrer(**values)])
    found = nurturing(whole)
    assert bool(found.repair_first) is repaired
    assert bool(found.asks) is asked


def test_repair_stands_in_the_order_of_reviews_then_by_id() -> None:
    people = [referrer("b", client_id="risk"), referrer("c", client_id="blocked"), referrer("a", client_id="risk")]
    found = nurturing(portal(clients=FIRMS, reviews=REVIEWS, referrers=people)).repair_first
    assert found == (
        RepairFirst(people[2], FIRMS[0], Standing.AT_RISK),
        RepairFirst(people[0], FIRMS[0], Standing.AT_RISK),
        RepairFirst(people[1], FIRMS[1], Standing.BLOCKED),
    )


def test_asks_stand_the_longest_not_talked_to_first_then_by_id() -> None:
    people = [
        referrer("e", last_sync_on="2026-09-01"),
        referrer("d", last_sync_on="2026-01-01"),
        referrer("c", joined_on="2026-05-01"),
        referrer("b", last_sync_on="2026-09-01"),
        referrer("a", last_sync_on=TOMORROW, joined_on="2026-10-01"),
        referrer("never"),
    ]
    found = nurturing(portal(referrers=people)).asks
    assert [person.referrer_id for person in found] == ["never", "d", "c", "b", "e", "a"]
