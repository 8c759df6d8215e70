"""What is to be remembered on 31 October 2026 and after it: the days worked by hand (domain, "Pages": calendars)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from site_builder.checks.thresholds import THRESHOLDS
from site_builder.model.documents import Nurture
from site_builder.model.portal import Portal
from site_builder.rules.programme import Programme
from site_builder.rules.reminders import FOLLOW_UP_DAYS, Reminder, ReminderKind, reminders
from tests.portals import referral, referrer, settings, typed
from tests.rules.firms import client, portal, review
from tests.rules.rows import gift, rewards

TODAY = date(2026, 10, 31)
NURTURE = typed(Nurture, {"sync_every_days": {"owner": 90}, "thank_within_days": "2"})
REWARDS = rewards(anniversaries=[{"from_year": "5", "reward": "A beech"}])


def of(whole: Portal, kind: ReminderKind) -> tuple[Reminder, ...]:
    return tuple(each for each in reminders(Programme(whole)) if each.kind is kind)


# --------------------------------------------------------------------------------------------------------------- reviews


@pytest.mark.parametrize(
    ("held", "on"),
    [
        ([], TODAY),
        ([("2026-03-15", "asked")], date(2027, 3, 15)),
        ([("2025-11-01", "asked")], date(2026, 11, 1)),
        ([("2025-10-31", "asked")], TODAY),
        ([("2024-05-01", "asked")], TODAY),
        ([("2026-11-05", "asked")], TODAY),
        ([("2026-10-15", "retention")], date(2026, 11, 14)),
        ([("2026-10-15", "roadblock")], date(2026, 11, 14)),
        ([("2026-09-01", "retention")], TODAY),
        ([("2026-10-15", "asked"), ("2026-10-15", "retention")], date(2026, 11, 14)),
        ([("2026-03-15", "retention"), ("2026-10-15", "asked")], date(2027, 10, 15)),
    ],
    ids=[
        *("never reviewed", "the day the last lapses", "it lapses tomorrow", "it lapsed today", "it lapsed long ago"),
        *("only planned", "found at risk: within 30 days", "blocked: likewise", "the 30 days are over"),
        *("the graver of one day", "healthy again"),
    ],
)
def test_a_review_is_due_when_the_last_no_longer_counts_or_repair_wants_it(held: list[tuple[str, str]], on: date) -> None:
    whole = portal(clients=[client("acme")], reviews=[review("acme", *each) for each in held])
    (due,) = reminders(Programme(whole))
    assert (due.kind, due.on, due.row_id, due.name, due.years) == (ReminderKind.REVIEW, on, "acme", "Acme", 0)


def test_a_review_of_29_february_still_counts_on_28_february() -> None:
    whole = portal(clients=[client("acme", last_paid_on="2024-05-01")], reviews=[review("acme", "2024-02-29")])
    (due,) = reminders(Programme(replace(whole, as_of=date(2024, 6, 1))))
    assert due.on == date(2025, 3, 1)
    (due,) = reminders(Programme(replace(whole, as_of=date(2023, 6, 1), reviews=(review("acme", "2023-02-28"),))))
    assert due.on == date(2024, 2, 28)


def test_a_short_cycle_ends_before_the_days_of_repair() -> None:
    rows = [review("acme", "2026-02-05", "retention")]
    whole = portal(clients=[client("acme")], reviews=rows, cycle_months=1, as_of=date(2026, 2, 10))
    assert [each.on for each in reminders(Programme(whole))] == [date(2026, 3, 5)]


def test_the_days_of_repair_are_the_checks_unless_the_owner_says_otherwise() -> None:
    assert THRESHOLDS["follow_up_days"].usual == FOLLOW_UP_DAYS
    sooner = settings(checks={"thresholds": {"follow_up_days": "14"}})
    whole = portal(clients=[client("acme")], reviews=[review("acme", "2026-10-20", "retention")])
    assert [each.on for each in reminders(Programme(replace(whole, settings=sooner)))] == [date(2026, 11, 3)]


def test_who_is_no_client_on_the_day_is_not_reviewed() -> None:
    gone, to_come = client("gone", last_paid_on="2025-10-31"), client("new", since="2026-11-01")
    assert reminders(Programme(portal(clients=[gone, to_come]))) == ()


def test_the_calendar_ends_with_the_year_9999() -> None:
    whole = portal(
        clients=[client("acme", last_paid_on="9999-12-01")],
        reviews=[review("acme", "9999-06-01")],
        as_of=date.max,
    )
    assert [each.on for each in reminders(Programme(whole))] == [date.max]


# ------------------------------------------------------------------------------------------- syncs, thanks, anniversaries


@pytest.mark.parametrize(
    ("last_sync_on", "on", "uid"),
    [
        ("2026-09-01", date(2026, 11, 30), "sync/rita/2026-09-01"),
        ("2026-07-01", TODAY, "sync/rita/2026-07-01"),
        ("", TODAY, "sync/rita/first"),
    ],
    ids=["90 days after the last", "overdue", "never talked"],
)
def test_a_talk_is_due_so_long_after_the_last(last_sync_on: str, on: date, uid: str) -> None:
    whole = portal(referrers=[referrer(last_sync_on=last_sync_on)], nurture=NURTURE)
    assert reminders(Programme(whole)) == (Reminder(uid, ReminderKind.SYNC, on, "rita", "Rita"),)


@pytest.mark.parametrize(("received_on", "on"), [("2026-10-30", date(2026, 11, 1)), ("2026-10-01", TODAY)])
def test_thanks_are_due_two_days_after_a_referral_and_at_once_where_late(received_on: str, on: date) -> None:
    rows = [referral(status="received", won_on="", received_on=received_on)]
    whole = portal(referrers=[referrer()], referrals=rows, nurture=NURTURE)
    assert of(whole, ReminderKind.THANKS) == (Reminder("thanks/r1", ReminderKind.THANKS, on, "r1", "Rita"),)


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        ("2020-11-15", date(2026, 11, 15), 6),
        ("2020-10-31", TODAY, 6),
        ("2020-10-30", date(2027, 10, 30), 7),
        ("2024-02-29", date(2027, 2, 28), 3),
        ("2026-10-31", date(2027, 10, 31), 1),
    ],
    ids=["in a fortnight", "today", "yesterday's comes in a year", "29 February", "begun today"],
)
def test_each_clients_next_anniversary_stands_there(since: str, on: date, years: int) -> None:
    whole = replace(portal(clients=[client("acme", since=since)]), rewards=REWARDS)
    uid = f"anniversary/acme/{on.year}"
    assert of(whole, ReminderKind.ANNIVERSARY) == (Reminder(uid, ReminderKind.ANNIVERSARY, on, "acme", "Acme", years),)


def test_what_is_not_started_is_not_remembered() -> None:
    rows = [referral(status="received", won_on="")]
    whole = portal(clients=[client("acme")], referrers=[referrer()], referrals=rows)
    assert {each.kind for each in reminders(Programme(whole))} == {ReminderKind.REVIEW}


# ------------------------------------------------------------------------------------------------- promises and gifts


def promised(*days: str, standing: str = "retention", reviewed_on: str = "2026-10-15") -> Portal:
    rows = [review("acme", reviewed_on, standing, follow_up="Ring Ann", follow_up_on=day) for day in days]
    return portal(clients=[client("acme")], reviews=rows)


@pytest.mark.parametrize(
    ("day", "on"),
    [("2026-11-20", date(2026, 11, 20)), ("2026-10-31", TODAY), ("2026-10-20", TODAY)],
    ids=["to come", "today", "late: at once"],
)
def test_what_was_promised_by_a_day_is_remembered_on_it(day: str, on: date) -> None:
    found = of(promised(day), ReminderKind.PROMISE)
    assert found == (Reminder("promise/acme/2026-10-15", ReminderKind.PROMISE, on, "acme", "Acme"),)


@pytest.mark.parametrize("standing", ["asked", "retention", "roadblock"])
def test_a_promise_is_remembered_however_its_client_stands(standing: str) -> None:
    assert [each.on for each in of(promised("2026-11-20", standing=standing), ReminderKind.PROMISE)] == [date(2026, 11, 20)]


def test_a_promise_without_a_day_is_not_in_the_calendar() -> None:
    assert of(promised(""), ReminderKind.PROMISE) == ()


def test_a_promise_that_was_kept_leaves_the_calendar() -> None:
    made = {"follow_up": "Ring Ann", "follow_up_on": "2026-11-20", "follow_up_kept_on": "2026-10-30"}
    assert of(portal(clients=[client("acme")], reviews=[review("acme", "2026-10-15", **made)]), ReminderKind.PROMISE) == ()


def test_a_promise_keeps_its_uid_when_its_day_moves_and_the_next_has_another() -> None:
    (before,), (moved,) = of(promised("2026-11-20"), ReminderKind.PROMISE), of(promised("2026-11-25"), ReminderKind.PROMISE)
    assert before.uid == moved.uid
    (new,) = of(promised("2026-11-25", reviewed_on="2026-10-20"), ReminderKind.PROMISE)
    assert new.uid != before.uid


def given(*days: str, as_of: date = TODAY, **values: str) -> tuple[Reminder, ...]:
    rows = tuple(gift("acme", day, **values) for day in days)
    return of(replace(portal(clients=[client("acme")], as_of=as_of), gifts=rows), ReminderKind.GIFT)


def test_a_planned_gift_is_remembered_on_its_day_until_that_has_come() -> None:
    (found,) = given("2026-11-06", occasion="wow")
    assert (found.on, found.row_id, found.name) == (date(2026, 11, 6), "acme", "Acme")
    assert given("2026-10-31") == given("2026-10-01") == ()


def test_a_gift_keeps_its_uid_when_its_day_moves_and_when_others_were_given_before_it() -> None:
    (planned,) = given("2026-11-06")
    assert [each.uid for each in given("2026-12-06")] == [planned.uid]
    assert [each.uid for each in given("2026-11-06", as_of=date(2026, 11, 1))] == [planned.uid]
    assert planned.uid == "gift/acme/anniversary/A beech/1"
    # Last year's beech was the first; two that are planned are two.
    assert [each.uid for each in given("2025-11-06", "2026-11-06")] == ["gift/acme/anniversary/A beech/2"]
    assert [each.uid[-1] for each in given("2026-12-01", "2026-11-06")] == ["1", "2"]
    assert given("2026-12-01", "2026-11-06") == given("2026-11-06", "2026-12-01")


def test_a_gift_to_nobody_there_is_has_no_reminder() -> None:
    assert of(replace(portal(), gifts=(gift("gone", "2026-11-06"),)), ReminderKind.GIFT) == ()


# -------------------------------------------------------------------------------------------------- order and identity


def everything(as_of: date = TODAY) -> Portal:
    """Reviews and anniversaries of three firms, talks with two people, one referral to give thanks for."""
    firms = [client("best", since="2020-11-30"), client("acme"), client("core", since="2021-03-01")]
    return replace(
        portal(
            clients=firms,
            reviews=[review("acme", "2026-03-15"), review("core", "2026-10-20", "retention")],
            referrers=[referrer("rita", last_sync_on="2026-09-01"), referrer("adam")],
            referrals=[referral(status="received", won_on="", received_on="2026-10-30")],
            nurture=NURTURE,
            as_of=as_of,
        ),
        rewards=REWARDS,
    )


def test_days_come_in_their_order_and_one_days_by_kind_and_id() -> None:
    found = reminders(Programme(everything()))
    assert [(each.on.isoformat(), each.kind.value, each.row_id) for each in found] == [
        ("2026-10-31", "review", "best"),
        ("2026-10-31", "sync", "adam"),
        ("2026-11-01", "thanks", "r1"),
        ("2026-11-19", "review", "core"),
        ("2026-11-30", "anniversary", "best"),
        ("2026-11-30", "sync", "rita"),
        ("2027-01-01", "anniversary", "acme"),
        ("2027-03-01", "anniversary", "core"),
        ("2027-03-15", "review", "acme"),
    ]
    turned = everything()
    turned = replace(turned, clients=turned.clients[::-1], reviews=turned.reviews[::-1], referrers=turned.referrers[::-1])
    assert reminders(Programme(turned)) == found


def test_an_occasion_keeps_its_uid_whatever_day_the_portal_speaks_for() -> None:
    today, later = reminders(Programme(everything())), reminders(Programme(everything(date(2026, 11, 25))))
    assert len({each.uid for each in today}) == len(today) == 9
    assert {each.uid for each in today} == {each.uid for each in later}
    days = {each.uid: each.on for each in later}
    late = {uid for uid, on in days.items() if on == date(2026, 11, 25)}
    assert late == {"review/best/first", "review/core/2026-10-20", "sync/adam/first", "thanks/r1"}


def test_the_next_occasion_has_another_uid() -> None:
    before = everything()
    after = replace(
        before,
        as_of=date(2026, 12, 1),
        reviews=(*before.reviews, review("best", "2026-11-02")),
        referrers=(referrer("rita", last_sync_on="2026-11-28"), referrer("adam")),
    )
    gone = {each.uid for each in reminders(Programme(before))} - {each.uid for each in reminders(Programme(after))}
    assert gone == {"review/best/first", "sync/rita/2026-09-01", "anniversary/best/2026"}
