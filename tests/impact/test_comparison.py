"""Two portals on one day: what differs in the rules, and what that makes of each referral."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from site_builder.impact import Impact, impact
from site_builder.impact.comparison import Reward
from site_builder.model.portal import Portal
from site_builder.rules.incentives.trace import LineCode, State
from tests.portals import PORTAL, incentives, referral, referrer, rule

SHARE = rule("share", type="commission", parts=[{"percent": "10", "of": "monthly_fee", "from": "1", "to": "3"}])
# Won on 15 August at 1,000: instalments of 100.00 on 15 September, 15 October and 15 November; it is 31 October.
WON = referral(won_on="2026-08-15", monthly_fee="1000")


def portal(*rules: Mapping[str, object], **values: object) -> Portal:
    """Rita's referral under some rules; values: further keys of incentives.yaml."""
    offered = incentives(*rules, example={"monthly_fee": "1000"}, **values)
    return replace(PORTAL, incentives=offered, referrers=(referrer(kickback_clause="none"),), referrals=(WON,))


def changes(found: Impact) -> list[tuple[str, str, int | None, Reward | None, Reward | None]]:
    return [
        (each.referral_id, line.rule, line.instalment, line.before, line.after) for each in found.referrals for line in each.lines
    ]


def test_the_same_portal_differs_in_nothing() -> None:
    found = impact(portal(SHARE), portal(SHARE))
    assert not found.rules
    assert found.referrals == ()
    assert found.before == found.after
    # Two are due, one is expected: 300.00 in all.
    assert found.after.liability == Decimal(300)


def test_a_line_that_is_worth_more_changes_with_the_sums() -> None:
    dearer = {**SHARE, "parts": [{"percent": "12.5", "of": "monthly_fee", "from": "1", "to": "3"}]}
    found = impact(portal(SHARE), portal(dearer))
    due = date(2026, 9, 15)
    assert changes(found)[0] == (
        *("r1", "share", 1),
        Reward(Decimal("100.00"), State.DUE, None, due),
        Reward(Decimal("125.00"), State.DUE, None, due),
    )
    assert (found.before.liability, found.after.liability) == (Decimal(300), Decimal(375))
    (change,) = found.referrals
    assert change.before is not None
    assert change.after is not None
    assert (change.before[State.DUE], change.after[State.DUE]) == (Decimal(200), Decimal(250))
    assert (change.before[State.EXPECTED], change.after[State.EXPECTED]) == (Decimal(100), Decimal(125))


def test_a_line_that_came_has_no_before_and_one_that_went_no_after() -> None:
    shorter = {**SHARE, "parts": [{"percent": "10", "of": "monthly_fee", "from": "1", "to": "2"}]}
    third = Reward(Decimal("100.00"), State.EXPECTED, None, date(2026, 11, 15))
    assert changes(impact(portal(shorter), portal(SHARE))) == [("r1", "share", 3, None, third)]
    assert changes(impact(portal(SHARE), portal(shorter))) == [("r1", "share", 3, third, None)]


def test_a_state_a_code_and_a_day_are_changes_too() -> None:
    signed = impact(portal(rule()), portal(rule(needs_agreement="yes")))
    due = date(2026, 8, 15)
    hundred = Decimal("100.00")
    assert changes(signed)[0][3:] == (
        Reward(hundred, State.DUE, None, due),
        Reward(hundred, State.WITHHELD, LineCode.UNSIGNED, due),
    )
    assert (signed.after.liability, signed.after.totals[State.WITHHELD]) == (Decimal(0), hundred)
    later = impact(portal(rule()), portal(rule(wait_days="10")))
    assert changes(later)[0][3:] == (
        Reward(hundred, State.DUE, None, due),
        Reward(hundred, State.DUE, None, date(2026, 8, 25)),
    )


def test_a_referral_on_one_side_alone_has_totals_there_alone() -> None:
    with_two = replace(portal(rule()), referrals=(WON, referral("r2", prospect="Other")))
    (came,) = impact(portal(rule()), with_two).referrals
    (went,) = impact(with_two, portal(rule())).referrals
    assert (came.referral_id, came.before, went.after) == ("r2", None, None)
    assert came.after is not None
    assert came.after[State.DUE] == Decimal(100)


def test_a_referral_that_earns_nothing_is_no_change_though_it_is_new() -> None:
    outbound = referral("r2", prospect="Other", referrer_id="", source="outbound")
    assert impact(portal(rule()), replace(portal(rule()), referrals=(WON, outbound))).referrals == ()


def test_a_change_of_data_counts_as_one_of_rules_does() -> None:
    cheaper = replace(portal(SHARE), referrals=(referral(won_on="2026-08-15", monthly_fee="500"),))
    found = impact(portal(SHARE), cheaper)
    assert not found.rules
    assert found.after.liability == Decimal(150)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (portal(rule("a")), portal(rule("a"), rule("b")), {"added": ("b",)}),
        (portal(rule("a"), rule("b")), portal(rule("b")), {"removed": ("a",)}),
        (portal(rule("a"), rule("b")), portal(rule("b"), rule("a")), {"is_reordered": True}),
        (portal(rule("a")), portal(rule("a", amount="90", wait_days="5")), {"changed": (("a", ("wait_days", "amount")),)}),
        (portal(rule("a")), portal(rule("a", amount="100.00")), {}),
        (
            portal(rule("a")),
            portal(rule("a", type="gift", what="a hamper")),
            {"changed": (("a", ("type", "amount", "what", "cost", "to_share")),)},
        ),
        (
            portal(policy={"sectors": {"legal": {"verdict": "allow"}}}),
            portal(policy={"sectors": {"legal": {"verdict": "forbid"}}, "clauses": {"none": {"verdict": "disclose"}}}),
            {"others": ("sectors.legal", "clauses.none")},
        ),
        (portal(), portal(audiences=["owner"]), {"others": ("audiences",)}),
    ],
    ids=["added", "removed", "reordered", "changed", "written otherwise", "of another type", "policy", "audiences"],
)
def test_what_changed_in_the_rules_is_told_by_id(before: Portal, after: Portal, expected: Mapping[str, object]) -> None:
    found = impact(before, after).rules
    nothing = {"added": (), "removed": (), "changed": (), "is_reordered": False, "others": ()}
    assert {name: getattr(found, name) for name in nothing} == {**nothing, **expected}
    assert bool(found) == bool(expected)
