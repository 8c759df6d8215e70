"""After each tick: what the referral asks for next, the most urgent first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from site_builder.model.documents import Nurture
from site_builder.model.portal import Portal
from site_builder.record import after_review, after_talk, following, missing
from tests.portals import PORTAL, incentives, referral, referrer, rule, typed
from tests.rules import firms

NURTURE = typed(Nurture, {"thank_within_days": "2", "tell_outcome_within_days": "5"})


def portal(as_of: date = date(2026, 10, 31), **values: object) -> Portal:
    """Rita's referral of 10 January 2026, won on 28 October, with a reward at once."""
    one = referral("r1", **{"won_on": "2026-10-28", **values})
    rita = referrer(kickback_clause="none")
    return replace(PORTAL, as_of=as_of, nurture=NURTURE, incentives=incentives(rule()), referrers=(rita,), referrals=(one,))


def test_thanks_come_first() -> None:
    assert following(portal(received_on="2026-10-30"), "r1") == "thank rita by 1 November 2026"


def test_thanks_that_are_late_say_when_they_were_due() -> None:
    assert following(portal(), "r1") == "thank rita (it was to be by 12 January 2026)"
    assert following(portal(as_of=date(2026, 1, 12), status="received", won_on=""), "r1") == "thank rita by 12 January 2026"


def test_then_the_outcome_is_told() -> None:
    assert following(portal(thanked_on="2026-01-10"), "r1") == "tell rita the outcome by 2 November 2026"


def test_then_what_is_due_is_handed_over() -> None:
    told = portal(thanked_on="2026-01-10", outcome_told_on="2026-10-28")
    assert following(told, "r1") == "hand over thanks100"
    assert following(replace(told, nurture=None), "r1") == "hand over thanks100"


def test_what_another_referral_asks_for_is_not_said() -> None:
    thanked = portal(thanked_on="2026-01-10")
    earlier = referral("r0", received_on="2026-10-01", status="received", won_on="", prospect="Other")
    assert following(replace(thanked, referrals=(earlier, *thanked.referrals)), "r1").startswith("tell rita the outcome")


def test_where_nothing_is_owed_nothing_is_said() -> None:
    thanked = portal(thanked_on="2026-01-10", status="contacted", won_on="")
    assert following(thanked, "r1") == ""
    assert following(thanked, "r2") == ""
    assert following(replace(thanked, as_of=date(2026, 1, 9)), "r1") == ""


# What is to be filled in


def test_a_won_referral_misses_its_fee_and_the_client_it_became() -> None:
    assert missing(portal(), "r1") == ("monthly_fee", "won_client_id")
    assert missing(portal(monthly_fee="1000"), "r1") == ("won_client_id",)
    assert missing(portal(monthly_fee="1000", won_client_id="acme"), "r1") == ()


def test_the_first_payment_is_missed_where_a_reward_waits_for_it() -> None:
    waiting = replace(portal(monthly_fee="1000"), incentives=incentives(rule(earned_when="paid")))
    assert missing(waiting, "r1") == ("won_client_id", "first_paid_on")
    paid = replace(waiting, referrals=(referral("r1", first_paid_on="2026-10-30"),))
    assert missing(paid, "r1") == ("monthly_fee", "won_client_id")


def test_the_set_up_fee_is_missed_where_a_share_of_it_is_promised() -> None:
    share = rule("share", type="commission", parts=[{"percent": "10", "of": "setup_fee"}])
    offered = incentives(share, example={"monthly_fee": "1000", "setup_fee": "100"})
    assert missing(replace(portal(), incentives=offered), "r1") == ("monthly_fee", "setup_fee", "won_client_id")


def test_nothing_is_missed_before_it_is_won_or_where_nobody_sent_it() -> None:
    assert missing(portal(status="contacted", won_on=""), "r1") == ()
    assert missing(portal(referrer_id="", source="inbound"), "r1") == ()
    assert missing(portal(), "r9") == ()


# After a review or a talk


@pytest.mark.parametrize(
    ("outcome", "promise", "expected"),
    [
        ("asked", {}, ""),
        ("asked", {"follow_up": "Ring"}, "do what you promised"),
        ("asked", {"follow_up": "Ring", "follow_up_on": "2026-11-05"}, "do what you promised by 5 November 2026"),
        (
            "retention",
            {"follow_up": "Ring", "follow_up_on": "2026-10-30"},
            "do what you promised (it was to be by 30 October 2026); review them again by 29 November 2026",
        ),
        ("roadblock", {}, "review them again by 29 November 2026"),
    ],
)
def test_a_review_asks_for_what_was_promised_and_for_repair(outcome: str, promise: dict[str, str], expected: str) -> None:
    new = firms.review("acme", "2026-10-30", outcome, **promise)
    clients = [firms.client("acme"), firms.client("best")]
    others = [firms.review("best", "2026-10-01", "retention")]
    assert after_review(firms.portal(clients=clients, reviews=[*others, new]), new) == expected


def test_one_who_is_no_client_any_more_is_not_reviewed_again() -> None:
    new = firms.review("acme", "2026-10-30", "retention")
    gone = firms.client("acme", last_paid_on="2025-10-31")
    assert after_review(firms.portal(clients=[gone], reviews=[new]), new) == ""


def test_a_talk_says_when_the_next_is_due() -> None:
    rita, sven = referrer("rita", last_sync_on="2026-10-31"), referrer("sven", audience="staff", last_sync_on="2026-10-31")
    every = typed(Nurture, {"sync_every_days": {"owner": 90}})
    whole = firms.portal(referrers=[rita, sven], nurture=every)
    assert after_talk(whole, rita) == "talk to rita again by 29 January 2027"
    assert after_talk(whole, sven) == ""
    assert after_talk(replace(whole, nurture=None), rita) == ""
