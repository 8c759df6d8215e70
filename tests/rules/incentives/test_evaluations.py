"""What all referrals earn, taken together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from site_builder.rules.incentives import evaluations
from site_builder.rules.incentives.evaluation import Evaluation
from site_builder.rules.incentives.trace import State
from tests.portals import client, referral, rule, terms
from tests.rules.incentives.making import (
    CASH,
    DONATION,
    GIFT,
    HONOUR,
    WELCOME,
    commission,
    evaluated,
    monthly,
    payout,
    programme,
    referrer,
    states,
)


def sums(evaluation: Evaluation) -> dict[str, str]:
    """The totals that are not nothing."""
    return {state.value: str(amount) for state, amount in evaluation.totals().items() if amount}


def test_what_is_received_by_as_of_is_evaluated_in_the_order_of_ids() -> None:
    rows = (
        referral("r3", received_on="2026-10-31", prospect="C"),
        referral("r1", prospect="A"),
        referral("r4", received_on="2026-11-01", prospect="D"),
        referral("r2", referrer_id="", prospect="B"),
    )
    found = evaluations(programme(CASH, referrals=rows))
    assert list(found) == ["r1", "r2", "r3"]
    assert [each.referral.referral_id for each in found.values()] == ["r1", "r2", "r3"]
    assert [each.referrer and each.referrer.referrer_id for each in found.values()] == ["rita", None, "rita"]


def test_lines_stand_in_the_order_of_rules_and_instalments() -> None:
    share = commission({"percent": "10", "of": "setup_fee"}, monthly(to="2"))
    lines = evaluated(WELCOME, share, HONOUR, row={"monthly_fee": "1000", "setup_fee": "100"}).lines
    assert [(line.rule.id, line.instalment) for line in lines] == [
        ("welcome", None),
        ("share", None),
        ("share", 1),
        ("share", 2),
        ("leaf", None),
    ]


def test_totals_are_of_the_referrers_cash_by_state() -> None:
    """Won on 25 July: the first instalment was paid, the second is due, the third earned, the last two to come."""
    share = commission(monthly(to="5"), wait_days="10", cap_per_referral="420")
    portal = programme(
        share,
        DONATION,
        WELCOME,
        HONOUR,
        referrals=(referral(monthly_fee="1000", won_on="2026-07-25"),),
        payouts=(payout(rule_id="share", instalment="1", amount="100"),),
    )
    found = evaluations(portal)["r1"]
    assert found.totals() == {
        State.EXPECTED: Decimal("120.00"),
        State.EARNED: Decimal("100.00"),
        State.DUE: Decimal("100.00"),
        State.PAID: Decimal("100.00"),
        State.WITHHELD: Decimal(0),
    }


def test_a_line_without_an_amount_counts_nothing() -> None:
    assert sums(evaluated(GIFT, commission(monthly(to="2")))) == {}
    assert evaluated(commission(monthly(to="2"))).totals()[State.DUE] == 0


def test_withheld_cash_is_told_in_the_totals() -> None:
    assert sums(evaluated(CASH, DONATION, policy={"sectors": {"general": {"verdict": "non_cash"}}})) == {"withheld": "100.00"}


def test_a_prospect_sent_by_two_people_pays_the_first_of_them() -> None:
    people = (referrer("ann"), referrer("bob"))
    rows = (
        referral("r1", referrer_id="bob", prospect="Acme Ltd", received_on="2026-02-01"),
        referral("r2", referrer_id="ann", prospect="ACME", received_on="2026-01-31"),
    )
    found = evaluations(programme(CASH, referrers=people, referrals=rows))
    assert sums(found["r2"]) == {"due": "100.00"}
    assert states(found["r1"].lines) == [("cash", "withheld", "duplicate")]
    assert found["r1"].steps[0].values == {"referral": "r2", "on": date(2026, 1, 31)}


def test_the_void_and_the_voids_of_others_do_not_lift_a_tier_nor_use_a_cap() -> None:
    cash = rule("cash", cap_per_year="100")
    own = client(last_paid_on="2026-10-01")
    rows = (referral("r1", prospect="Acme", won_on="2026-02-01"), referral("r2", prospect="Else", won_on="2026-03-01"))
    found = evaluations(programme(cash, referrers=(referrer(client_id="acme"),), clients=(own,), referrals=rows))
    assert (sums(found["r1"]), sums(found["r2"])) == ({"withheld": "100.00"}, {"due": "100.00"})


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-01-09", None),
        ("2026-01-10", {"withheld": "100.00"}),
        ("2026-01-31", {"withheld": "100.00"}),
        ("2026-02-01", {"expected": "100.00"}),
        ("2026-02-28", {"expected": "100.00"}),
        ("2026-03-01", {"earned": "100.00"}),
        ("2026-04-30", {"earned": "100.00"}),
        ("2026-05-01", {"due": "100.00"}),
        ("2026-05-02", {"paid": "100.00"}),
    ],
    ids=[
        *("not received", "received", "not signed", "signed", "the day before it is won", "won", "the day before it is due"),
        *("due", "paid"),
    ],
)
def test_the_same_rows_tell_each_day_what_had_happened(as_of: str, expected: dict[str, str] | None) -> None:
    """Received 10 January, signed 1 February, won 1 March, due 1 May, paid 2 May."""
    cash = rule("cash", needs_agreement="yes", wait_days="61")
    signed = referrer(agreement_version="v1", agreement_signed_on="2026-02-01")
    portal = programme(
        cash,
        as_of=as_of,
        referrers=(signed,),
        referrals=(referral(won_on="2026-03-01"),),
        payouts=(payout(paid_on="2026-05-02"),),
        terms=(terms(),),
    )
    found = evaluations(portal).get("r1")
    assert (sums(found) if found else None) == expected


def test_two_won_on_one_day_have_their_instalments_on_the_same_days() -> None:
    rows = tuple(referral(key, prospect=key, monthly_fee=fee, won_on="2026-01-31") for key, fee in (("r1", "100"), ("r2", "200")))
    found = evaluations(programme(commission(monthly(to="2")), referrals=rows))
    assert [[(str(line.milestone_on), str(line.amount)) for line in each.lines] for each in found.values()] == [
        [("2026-02-28", "10.00"), ("2026-03-31", "10.00")],
        [("2026-02-28", "20.00"), ("2026-03-31", "20.00")],
    ]


def test_no_referrals_earn_nothing() -> None:
    assert evaluations(programme(CASH, referrals=())) == {}


def test_no_rules_no_lines() -> None:
    assert evaluated().lines == ()


def test_a_share_is_held_only_while_the_clause_is_unknown() -> None:
    unknown = evaluated(CASH, DONATION, referrers=(referrer(kickback_clause="unknown"),))
    known = evaluated(CASH, DONATION)
    assert (sums(unknown), sums(known)) == ({"withheld": "100.00"}, {"due": "100.00"})
