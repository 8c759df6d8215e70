"""Worked examples on /rewards/: by audience, and for the friend, on the owner's example customer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from site_builder.model.incentives import Base
from site_builder.model.portal import Portal
from site_builder.model.public import ExampleStep
from site_builder.pages.rewards import REWARDS, RewardsView
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, incentives, referral, referrer, rule

SHARE = rule("share", type="commission", audiences=["partner"], parts=[{"percent": "8", "of": "monthly_fee", "to": "12"}])
WELCOME = rule("welcome", type="discount", percent="50", months="2")


def view(portal: Portal) -> RewardsView:
    (entry,) = REWARDS.collect(public_portal(portal))
    return entry.view


PORTAL_WITH_SHARE = replace(
    PORTAL,
    incentives=incentives(SHARE, rule("cash"), WELCOME, example={"monthly_fee": "1300", "setup_fee": "1200", "months": "36"}),
)


def test_an_audience_sees_the_examples_of_its_own_offers() -> None:
    found = view(PORTAL_WITH_SHARE)
    assert [(section.audience, [offer.id for offer in section.examples]) for section in found.sections] == [
        ("owner", []),
        ("staff", []),
        ("partner", ["share"]),
    ]
    assert [offer.id for offer in found.sections[2].offers] == ["share", "cash"]
    worked = found.sections[2].examples[0].worked
    assert worked is not None
    # 8 % of 1,300 is 104; twelve are 1,248.
    assert worked.steps == (ExampleStep(1, 12, 12, Decimal(104), Decimal(1_248), Decimal(1_248)),)


def test_what_the_friend_saves_stands_with_the_friend() -> None:
    (welcome,) = view(PORTAL_WITH_SHARE).friend_examples
    assert welcome.worked is not None
    assert (welcome.id, welcome.worked.total) == ("welcome", Decimal(1_300))


def test_offers_that_say_it_all_have_no_example() -> None:
    found = view(replace(PORTAL, incentives=incentives(rule("cash"), example={"monthly_fee": "1300"})))
    assert [section.examples for section in found.sections] == [(), (), ()]
    assert found.friend_examples == ()
    assert found.sections[0].offers[0].worked is None


def test_what_real_people_earn_changes_no_example() -> None:
    """A public page knows of nobody's cap, preference or claim."""
    busy = replace(
        PORTAL_WITH_SHARE,
        referrers=(referrer("rita", audience="partner", kickback_clause="forbidden"),),
        referrals=(referral("r1", monthly_fee="9000"), referral("r2", received_on="2026-02-01")),
    )
    assert view(busy) == view(PORTAL_WITH_SHARE)


def test_an_offer_shows_the_sums_that_the_owner_entered() -> None:
    rules = (
        rule("cash", type="fixed", amount="100"),
        rule("shelter", type="donation", charity="The night shelter", amount="150"),
        rule("steps", type="tiered", tiers=[{"nth": "3", "amount": "250"}, {"nth": "1", "amount": "100"}]),
        SHARE,
        WELCOME,
    )
    sums = replace(PORTAL, incentives=incentives(*rules, example={"monthly_fee": "1300"}))
    found = {offer.id: offer for section in view(sums).sections for offer in section.offers}
    assert (found["cash"].amount, found["cash"].charity) == (Decimal(100), "")
    assert (found["shelter"].amount, found["shelter"].charity) == (Decimal(150), "The night shelter")
    assert [(tier.nth, tier.amount) for tier in found["steps"].tiers] == [(1, Decimal(100)), (3, Decimal(250))]
    (part,) = found["share"].parts
    assert (part.percent, part.of, part.from_, part.to) == (Decimal(8), Base.MONTHLY_FEE, 1, 12)
    (welcome,) = view(sums).for_friend
    assert (welcome.percent, welcome.amount, welcome.months) == (Decimal(50), None, 2)
    off = view(replace(PORTAL, incentives=incentives(rule("off", type="discount", amount="20", months="3")))).for_friend[0]
    assert (off.percent, off.amount, off.months) == (None, Decimal(20), 3)
