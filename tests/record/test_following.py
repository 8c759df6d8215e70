"""After each tick: what the referral asks for next, the most urgent first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from site_builder.model.documents import Nurture
from site_builder.model.portal import Portal
from site_builder.record import following
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
