"""After each tick: what the referral asks for next, the most urgent first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from site_builder.model.documents import Nurture
from site_builder.model.portal import Portal
from site_builder.record import following, missing
from tests.portals import PORTAL, incentives, referral, referrer, rule, typed

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
