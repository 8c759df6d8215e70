"""What a verdict forbids: cash first, then everything worth money, and never thanks."""

from __future__ import annotations

import pytest

from site_builder.model.incentives import Verdict
from site_builder.rules.incentives.forbidden import is_forbidden
from tests.portals import incentives, rule

CASH = (
    rule("fixed"),
    rule("steps", type="tiered", tiers=[{"nth": "1", "amount": "10"}]),
    rule("share", type="commission", parts=[{"percent": "10", "of": "first_month"}]),
)
OF_WORTH = (
    rule("hamper", type="gift", what="hamper"),
    rule("boats", type="donation", charity="Boats", amount="10"),
    rule("supper", type="event", what="supper"),
    rule("less", type="discount", percent="10", to="referrer"),
)
NEVER = (
    rule("leaf", type="honour", what="leaf"),
    rule("back", type="introduction", what="two"),
    rule("start", type="discount", percent="10"),
    rule("voucher", to="referred"),
)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.ALLOW, set()),
        (Verdict.DISCLOSE, set()),
        (Verdict.NON_CASH, {"fixed", "steps", "share"}),
        (Verdict.FORBID, {"fixed", "steps", "share", "hamper", "boats", "supper", "less"}),
    ],
)
def test_a_verdict_forbids(verdict: Verdict, expected: set[str]) -> None:
    rules = incentives(*CASH, *OF_WORTH, *NEVER).rules
    assert {each.id for each in rules if is_forbidden(each, verdict)} == expected
