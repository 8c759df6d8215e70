"""What a referral brings on a referrer's own page: days, sums, rates and what each reward waits for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from site_builder.pages.private.myrewards import Hold, Rate, Reward, RewardLine, rewards, sums
from site_builder.rules.incentives.trace import State
from tests.portals import client, referral, rule, terms
from tests.rules.incentives.making import (
    CASH,
    DONATION,
    EVENT,
    GIFT,
    HONOUR,
    WELCOME,
    commission,
    evaluated,
    monthly,
    payout,
    referrer,
)

V1 = terms("v1", effective_on="2025-01-01")
WON, TODAY = date(2026, 10, 1), date(2026, 10, 31)


def found(
    *rules: Mapping[str, object],
    row: Mapping[str, Any] | None = None,
    is_won: bool = True,
    **tables: object,
) -> tuple[Reward, ...]:
    return rewards(evaluated(*rules, row=row, **tables), TODAY, is_won=is_won)


def lines(*rules: Mapping[str, object], **given: Any) -> tuple[RewardLine, ...]:  # noqa: ANN401  # as found takes them
    (reward,) = found(*rules, **given)
    return reward.lines


def brief(told: tuple[RewardLine, ...]) -> list[tuple[int | None, str | None, str, str | None]]:
    """Month, amount, state and hold of lines."""
    return [
        (
            line.month,
            str(line.amount) if line.amount is not None else None,
            line.state.value,
            line.hold.value if line.hold else None,
        )
        for line in told
    ]


def test_cash_says_how_much_and_when() -> None:
    (reward,) = found(rule("cash", wait_days="10"))
    day = date(2026, 10, 11)
    line = RewardLine(None, Decimal("100.00"), State.DUE, day, is_earned=True, is_cut=False, hold=None, version=None)
    assert reward == Reward("£100 for you", "You get £100.", None, None, is_cash=True, lines=(line,), rates=())


def test_each_kind_says_what_it_is_and_only_money_has_a_sum() -> None:
    shown = found(GIFT, EVENT, HONOUR, rule("back", type="introduction", what="two people"))
    assert [each.what for each in shown] == ["a hamper", "a seat", "a leaf", "two people"]
    assert {(each.charity, each.is_cash, each.lines[0].amount) for each in shown} == {(None, False, None)}
    (given,) = found(DONATION)
    assert (given.what, given.charity, given.is_cash, given.lines[0].amount) == (
        None,
        "the night shelter",
        False,
        Decimal("150.00"),
    )


def test_what_the_friend_gets_is_not_among_them() -> None:
    assert found(WELCOME) == ()


def test_what_a_discount_of_theirs_is_worth_would_tell_the_fee() -> None:
    (off,) = found(rule("off", type="discount", percent="50", to="referrer"), row={"monthly_fee": "1000"})
    assert ([(line.amount, line.state) for line in off.lines], off.rates) == ([(None, State.DUE)], ())


def test_days_are_those_of_payment_else_of_when_it_is_due() -> None:
    waiting = rule("cash", wait_days="40")
    assert lines(waiting)[0].on == date(2026, 11, 10)
    assert lines(waiting)[0].state is State.EARNED
    assert lines(waiting, payouts=(payout(),))[0].on == date(2026, 10, 5)
    assert lines(waiting, payouts=(payout(paid_on="2026-11-01"),))[0].state is State.EARNED
    assert lines(waiting, row={"status": "received", "won_on": ""}, is_won=False)[0].on is None


def test_instalments_partly_paid_each_say_where_they_stand() -> None:
    """Won on 1 July: August was paid, September is due on 15 September, October on 15 October, November is to come."""
    share = commission(monthly("10", to="4"), wait_days="14")
    row = {"won_on": "2026-07-01", "monthly_fee": "2450.50"}
    told = lines(share, row=row, payouts=(payout(rule_id="share", instalment="1", paid_on="2026-08-20"),))
    assert brief(told) == [
        (1, "245.05", "paid", None),
        (2, "245.05", "due", None),
        (3, "245.05", "due", None),
        (4, "245.05", "expected", None),
    ]
    assert [line.on for line in told] == [date(2026, 8, 20), date(2026, 9, 15), date(2026, 10, 15), date(2026, 11, 15)]


TEN, HALF = Rate(Decimal(10), "monthly_fee", 1, None), Rate(Decimal(50), "setup_fee", None, None)


def test_each_rate_says_which_months_it_is_for_and_never_what_it_is_taken_from() -> None:
    share = commission({"percent": "50", "of": "setup_fee"}, monthly("10", to="2"), monthly("5", **{"from": "2", "to": "3"}))
    (reward,) = found(share, row={"monthly_fee": "1000", "setup_fee": "400"})
    assert reward.rates == (HALF, Rate(Decimal(10), "monthly_fee", 1, 2), Rate(Decimal(5), "monthly_fee", 2, 3))
    assert [str(line.amount) for line in reward.lines] == ["200.00", "100.00", "150.00", "50.00"]


def test_a_rate_without_an_end_tells_no_month_of_the_contract() -> None:
    row = {"monthly_fee": "100", "contract_months": "2"}
    (reward,) = found(commission({"percent": "10", "of": "monthly_fee"}), row=row)
    assert (len(reward.lines), reward.rates) == (2, (TEN,))


def test_a_fee_that_is_not_known_leaves_the_sum_open_and_the_rate_told() -> None:
    (reward,) = found(commission({"percent": "10", "of": "first_year_revenue"}))
    assert [line.amount for line in reward.lines] == [None]
    assert reward.rates == (Rate(Decimal(10), "first_year_revenue", None, None),)


def test_before_they_are_won_a_commission_is_one_line_without_a_sum() -> None:
    share = commission({"percent": "50", "of": "setup_fee"}, monthly())
    row = {"status": "qualified", "won_on": "", "monthly_fee": "1000", "setup_fee": "400"}
    (reward,) = found(share, row=row, is_won=False)
    line = RewardLine(None, None, State.EXPECTED, None, is_earned=False, is_cut=False, hold=None, version=None)
    assert (reward.lines, reward.rates) == ((line,), (HALF, Rate(Decimal(10), "monthly_fee", 1, 12)))


def test_what_a_commission_paid_before_that_keeps_its_sum() -> None:
    share = commission({"percent": "50", "of": "setup_fee"}, monthly(), earned_when="received")
    row = {"status": "qualified", "won_on": "", "monthly_fee": "1000", "setup_fee": "400"}
    assert brief(lines(share, row=row, is_won=False)) == [(None, "200.00", "due", None), (None, None, "expected", None)]


def test_a_commission_paid_before_that_in_whole_stays_as_it_is() -> None:
    share = commission({"percent": "50", "of": "setup_fee"}, earned_when="received")
    row = {"status": "qualified", "won_on": "", "setup_fee": "400"}
    assert brief(lines(share, row=row, is_won=False)) == [(None, "200.00", "due", None)]


def test_an_open_commission_does_not_tell_that_a_cap_would_cut_it() -> None:
    share = commission({"percent": "50", "of": "setup_fee"}, monthly(), cap_per_referral="10")
    row = {"status": "qualified", "won_on": "", "monthly_fee": "1000", "setup_fee": "400"}
    assert [(line.is_cut, line.state) for line in lines(share, row=row, is_won=False)] == [(False, State.EXPECTED)]
    nothing = commission(monthly(), cap_per_referral="0")
    assert [(line.is_cut, line.state) for line in lines(nothing, row=row, is_won=False)] == [(False, State.EXPECTED)]


def test_an_unsigned_open_commission_says_so_once() -> None:
    row = {"status": "qualified", "won_on": "", "monthly_fee": "1000"}
    (reward,) = found(commission(monthly(), needs_agreement="yes"), row=row, is_won=False, terms=(V1,))
    (line,) = reward.lines
    assert (line.hold, line.version, line.state, line.amount) == (Hold.UNSIGNED, "v1", State.WITHHELD, None)
    assert (line.is_earned, reward.rates) == (False, (Rate(Decimal(10), "monthly_fee", 1, 12),))


def test_what_waits_for_a_signature_is_kept_only_once_it_is_earned() -> None:
    # Won on 1 September: October's share was earned on 1 October, November's will be on 1 November; it is 31 October.
    row = {"won_on": "2026-09-01", "monthly_fee": "1000"}
    told = lines(commission(monthly(to="2"), needs_agreement="yes"), row=row, terms=(V1,))
    assert [(line.month, line.hold, line.is_earned) for line in told] == [(1, Hold.UNSIGNED, True), (2, Hold.UNSIGNED, False)]
    (open_,) = lines(
        CASH, row={"status": "qualified", "won_on": ""}, is_won=False, referrers=(referrer(kickback_clause="unknown"),)
    )
    assert (open_.hold, open_.is_earned) == (Hold.CLAUSE_UNKNOWN, False)


def test_a_cap_cuts_and_what_it_leaves_nothing_of_is_no_hold() -> None:
    """Three months at 100 under a cap of 150: 100, 50, nothing."""
    told = lines(commission(monthly(to="3"), cap_per_referral="150"), row={"monthly_fee": "1000"})
    assert brief(told) == [(1, "100.00", "expected", None), (2, "50.00", "expected", None), (3, "0.00", "withheld", None)]
    assert [line.is_cut for line in told] == [False, True, True]


def test_a_contract_that_ended_leaves_the_months_before() -> None:
    """Won on 1 July and ended on 15 September: August and September, and the sum due later never comes."""
    share = commission(monthly(), {"percent": "10", "of": "setup_fee"}, wait_days="120")
    row = {"won_on": "2026-07-01", "ended_on": "2026-09-15", "monthly_fee": "1000", "setup_fee": "400"}
    assert brief(lines(share, row=row)) == [
        (1, "100.00", "earned", None),
        (2, "100.00", "earned", None),
        (None, None, "withheld", "ended"),
    ]


def test_won_and_lost_after_all_keeps_what_was_earned_and_says_once_that_no_more_comes() -> None:
    row = {"status": "lost", "status_on": "2026-09-15", "won_on": "2026-07-01", "monthly_fee": "1000"}
    told = lines(commission(monthly()), row=row, is_won=False)
    assert brief(told) == [
        (1, "100.00", "due", None),
        (2, "100.00", "due", None),
        (None, None, "withheld", "not_this_time"),
    ]
    assert (told[2].on, told[2].is_earned) == (None, False)


@pytest.mark.parametrize(
    ("rules", "given", "hold"),
    [
        ((CASH,), {"row": {"prospect": "Acme"}, "referrers": (referrer(client_id="acme"),)}, Hold.OWN_FIRM),
        ((CASH,), {"row": {"prospect": "Acme"}}, Hold.KNOWN_BEFORE),
        ((CASH,), {"referrers": (referrer(kickback_clause="forbidden"),)}, Hold.POLICY),
        ((CASH,), {"row": {"status": "lost", "won_on": ""}, "is_won": False}, Hold.NOT_THIS_TIME),
        ((rule("cash", wait_days="90"),), {"row": {"ended_on": "2026-10-10"}}, Hold.ENDED),
    ],
    ids=["own firm", "known", "forbidden", "lost", "ended"],
)
def test_what_is_not_to_be_had_has_neither_sum_nor_day(rules: tuple[Any, ...], given: dict[str, Any], hold: Hold) -> None:
    (reward,) = found(*rules, **given, clients=(client("acme", last_paid_on="2026-10-01"),))
    line = RewardLine(None, None, State.WITHHELD, None, is_earned=False, is_cut=False, hold=hold, version=None)
    assert (reward.lines, reward.rates) == ((line,), ())


@pytest.mark.parametrize(
    ("person", "known", "hold", "version"),
    [
        ({"kickback_clause": "unknown"}, (V1,), Hold.CLAUSE_UNKNOWN, None),
        ({}, (V1,), Hold.UNSIGNED, "v1"),
        ({}, (), Hold.UNSIGNED, None),
        ({"agreement_version": "v1", "agreement_signed_on": "2026-11-01"}, (V1,), Hold.UNSIGNED, "v1"),
    ],
    ids=["clause unknown first", "unsigned", "no terms in force", "signed tomorrow"],
)
def test_what_is_kept_for_them_keeps_its_sum_and_the_day_it_was_earned(
    person: dict[str, str], known: tuple[Any, ...], hold: Hold, version: str | None
) -> None:
    (line,) = lines(rule("cash", needs_agreement="yes", wait_days="9"), referrers=(referrer(**person),), terms=known)
    amount = Decimal("100.00")
    assert line == RewardLine(None, amount, State.WITHHELD, WON, is_earned=True, is_cut=False, hold=hold, version=version)


def test_a_commission_that_is_not_to_be_had_tells_no_rate() -> None:
    (reward,) = found(commission(monthly()), row={"monthly_fee": "1000"}, referrers=(referrer(kickback_clause="forbidden"),))
    assert reward.rates == ()


@pytest.mark.parametrize("person", [{}, {"kickback_clause": "unknown"}], ids=["unsigned", "clause unknown"])
def test_what_came_to_nothing_waits_for_nothing(person: dict[str, str]) -> None:
    given: dict[str, Any] = {"referrers": (referrer(**person),), "terms": (V1,)}
    signed = rule("cash", needs_agreement="yes", wait_days="90")
    assert lines(signed, row={"status": "lost", "won_on": ""}, is_won=False, **given)[0].hold is Hold.NOT_THIS_TIME
    assert lines(signed, row={"ended_on": "2026-10-10"}, **given)[0].hold is Hold.ENDED


def test_what_was_paid_is_paid_whatever_should_have_held_it() -> None:
    """Where the money is they know; why it should have stayed is the owner's to settle."""
    acme = client("acme", last_paid_on="2026-10-01")
    (line,) = lines(CASH, row={"prospect": "Acme"}, clients=(acme,), payouts=(payout(amount="80", note="a mistake"),))
    assert (line.state, line.hold, line.amount, line.on) == (State.PAID, None, Decimal("100.00"), date(2026, 10, 5))


def test_sums_are_none_where_no_money_is_to_be_had() -> None:
    assert sums(()) is None
    assert sums(found(GIFT, HONOUR)) is None
    assert sums(found(CASH, row={"status": "lost", "won_on": ""}, is_won=False)) is None
    open_ended = {"status": "qualified", "won_on": "", "monthly_fee": "1000"}
    assert sums(found(commission(monthly()), row=open_ended, is_won=False)) is not None


def test_a_referral_without_a_referrer_brings_nothing() -> None:
    assert found(CASH, referrals=(referral(referrer_id=""),)) == ()
