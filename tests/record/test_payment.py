"""A payout is recorded for a line that is due or earned, and refused for every other, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from site_builder.model.portal import Portal
from site_builder.model.tables import Payout, Referral
from site_builder.problem import Source
from site_builder.record import Payment, RefusedError, Wish, payments
from tests.portals import PORTAL, client, incentives, referral, referrer, rule, terms, typed

ON = date(2026, 10, 31)
SHARE = rule(
    "share",
    type="commission",
    parts=[{"percent": "10", "of": "monthly_fee", "from": "1", "to": "3"}],
)
HAMPER = rule("hamper", type="gift", what="a hamper", earned_when="qualified")
LEAF = rule("leaf", type="honour", what="a leaf")
LONG_WON = {"status": "won", "received_on": "2025-11-01", "won_on": "2026-01-15", "monthly_fee": "1000"}
WON = {"status": "won", "won_on": "2026-08-15", "monthly_fee": "1000"}


def portal(*rules: Mapping[str, object], one: Referral | None = None, **person: object) -> Portal:
    """Rita's referral under some rules; her contract says nothing against rewards, unless a column says otherwise."""
    rita = referrer("rita", **{"kickback_clause": "none", **person})
    offered = incentives(*rules, example={"monthly_fee": "1000"})
    return replace(PORTAL, incentives=offered, referrers=(rita,), referrals=(one or referral(**WON),))


def payment(of: Portal, referral: Referral, wish: Wish) -> Payment:
    """Return the only payout."""
    (made,) = payments(of, referral, wish)
    return made


def paid(of: Portal, rule_id: str | None = None, *instalments: int | None, on: date = ON) -> Mapping[str, str]:
    return payment(of, of.referrals[0], Wish(on, rule_id, instalments)).cells()


def refusal(of: Portal, rule_id: str | None = None, *instalments: int | None, on: date = ON, is_early: bool = False) -> str:
    with pytest.raises(RefusedError) as refused:
        payments(of, of.referrals[0], Wish(on, rule_id, instalments, is_early=is_early))
    return str(refused.value)


def payout(**values: object) -> Payout:
    """A row of payouts.csv; line 4 of it."""
    usual = {"referral_id": "r1", "rule": "share", "paid_on": "2026-09-20"}
    return typed(Payout, {**usual, **values}, Source("data/payouts.csv", 4, 1))


# What can be paid


def test_the_only_reward_needs_no_name() -> None:
    assert paid(portal(rule("thanks100"))) == {
        "referral_id": "r1",
        "rule": "thanks100",
        "instalment": "",
        "paid_on": "2026-10-31",
        "amount": "100.00",
    }


def test_what_is_earned_and_not_due_is_paid_early_where_that_is_meant() -> None:
    # Won on 15 August; ninety days later is 13 November.
    of = portal(rule("thanks100", wait_days="90"))
    assert refusal(of) == "nothing of r1 can be paid on 2026-10-31: thanks100 is due only on 2026-11-13; --early pays it now"
    made = payment(of, of.referrals[0], Wish(ON, is_early=True))
    assert (made.amount, made.due_on) == (Decimal(100), date(2026, 11, 13))
    assert "due_on" not in made.cells()


def test_an_instalment_that_is_named_may_be_paid_early() -> None:
    # Earned on 15 September, 15 October and 15 November, and due 30 days later each: it is 31 October.
    of = portal({**SHARE, "wait_days": "30"})
    assert payment(of, of.referrals[0], Wish(ON)).instalment == 1
    rest = replace(of, payouts=(payout(instalment="1"),))
    said = "share, instalment 2, is due only on 2026-11-14; --instalment 2 pays it now"
    assert refusal(rest) == f"nothing of r1 can be paid on 2026-10-31: {said}"
    made = payment(rest, rest.referrals[0], Wish(ON, instalments=(2,)))
    assert (made.instalment, made.due_on) == (2, date(2026, 11, 14))
    assert payment(rest, rest.referrals[0], Wish(ON, is_early=True)).instalment == 2
    assert refusal(rest, "share", 3).endswith("share, instalment 3, is earned only on 2026-11-15")


def test_what_is_due_is_not_paid_early() -> None:
    of = portal(rule("thanks100"))
    assert payment(of, of.referrals[0], Wish(ON, is_early=True)).due_on is None


def test_of_several_rewards_the_one_that_is_due_is_meant() -> None:
    of = portal({**HAMPER, "earned_when": "won", "wait_days": "90"}, LEAF)
    assert paid(of)["rule"] == "leaf"


@pytest.mark.parametrize("reward", [HAMPER, LEAF], ids=["a gift", "an honour"])
def test_what_is_no_money_has_no_amount(reward: Mapping[str, object]) -> None:
    assert paid(portal(reward))["amount"] == ""


def test_the_earliest_unpaid_instalment_is_meant() -> None:
    # Won on 15 August at 1,000: 100.00 each on 15 September, 15 October and 15 November.
    of = portal(SHARE)
    assert (paid(of)["instalment"], paid(of)["amount"]) == ("1", "100.00")
    assert paid(replace(of, payouts=(payout(instalment="1"),)))["instalment"] == "2"


def several(of: Portal, *instalments: int | None, on: date = ON, is_early: bool = False) -> list[tuple[int | None, str]]:
    """Return the instalments and amounts of what is paid."""
    made = payments(of, of.referrals[0], Wish(on, None, instalments, is_early=is_early))
    return [(each.instalment, str(each.amount)) for each in made]


def test_several_instalments_are_paid_together_each_with_its_row() -> None:
    of = portal(SHARE)
    assert several(of, 1, 2) == [(1, "100.00"), (2, "100.00")]
    # In the order of months, however they are typed.
    assert several(of, 2, 1) == [(1, "100.00"), (2, "100.00")]


def test_of_several_instalments_all_are_paid_or_none() -> None:
    of = portal(SHARE)
    # The third is of 15 November, and it is 31 October.
    said = "of r1, not all of that can be paid on 2026-10-31: share, instalment 3, is earned only on 2026-11-15"
    assert refusal(of, "share", 1, 2, 3) == f"{said}; --instalment 1-2 can be"
    begun = replace(of, payouts=(payout(instalment="1"),))
    said = "share, instalment 1, was paid on 2026-09-20 (data/payouts.csv, line 4); --instalment 2 can be"
    assert refusal(begun, "share", 1, 2).endswith(said)
    # Three reasons are enough to see what is wrong.
    long = portal({**SHARE, "parts": [{"percent": "10", "of": "monthly_fee", "to": "9"}]})
    said = (
        "3, is earned only on 2026-11-15; share, instalment 4, is earned only on 2026-12-15; share, instalment 5, is earned only"
    )
    assert f"{said} on 2027-01-15; and more; --instalment 1-2 can be" in refusal(long, "share", 1, 2, 3, 4, 5, 6)


def test_the_part_that_is_paid_once_has_a_name_of_its_own() -> None:
    of = portal({**SHARE, "parts": [{"percent": "50", "of": "first_month"}, *SHARE["parts"]]})  # type: ignore[misc]  # parts are a list
    assert several(of, None) == [(None, "500.00")]
    assert several(of, None, 1, 2) == [(None, "500.00"), (1, "100.00"), (2, "100.00")]
    # Its turn is its own: neither waits for the other.
    assert several(of, 1) == [(1, "100.00")]
    assert refusal(portal(SHARE), "share", None) == "there is no instalment once for r1; there are 1 to 3"


def test_an_instalment_waits_for_those_before_it_unless_that_is_meant() -> None:
    of = portal(SHARE)
    assert refusal(of, "share", 2) == (
        "share, instalment 1 waits to be paid before 2; --instalment 1-2 ticks all of them off,"
        " --early --instalment 2 leaves the others open"
    )
    assert several(of, 2, is_early=True) == [(2, "100.00")]
    assert several(replace(of, payouts=(payout(instalment="1"),)), 2) == [(2, "100.00")]
    longer = portal({**SHARE, "parts": [{"percent": "10", "of": "monthly_fee", "to": "9"}]}, one=referral(**LONG_WON))
    assert refusal(longer, "share", 3, 8).startswith(
        "share, instalments 1-2,4-7 wait to be paid before 8; --instalment 1-8 ticks"
    )


def test_what_cannot_be_paid_before_it_makes_no_instalment_wait() -> None:
    # A cap of 1.00 leaves one pound of the first month and nothing of the second.
    capped = portal({**SHARE, "cap_per_referral": "1"})
    assert several(capped, 1) == [(1, "1.00")]
    assert "instalment 2, is withheld because the cap" in refusal(capped, "share", 2)
    unknown = portal({**SHARE, "parts": [{"percent": "10", "of": "setup_fee"}, *SHARE["parts"]]})  # type: ignore[misc]  # parts are a list
    assert several(unknown, 1) == [(1, "100.00")]


def test_what_is_paid_once_may_be_meant_of_several_rewards() -> None:
    of = portal(rule("thanks100"), LEAF)
    said = "several rewards of r1 may be meant; name one with --rule: thanks100 (due), leaf (due)"
    assert refusal(of, None, None) == said
    begun = replace(of, payouts=(payout(rule="leaf"),))
    assert several(begun, None) == [(None, "100.00")]
    # What has no months is not meant by one.
    assert several(portal(SHARE, LEAF), 1) == [(1, "100.00")]


def test_several_rewards_are_told_apart_by_name() -> None:
    of = portal(SHARE, LEAF)
    assert refusal(of) == "several rewards of r1 may be meant; name one with --rule: share (due), leaf (due)"
    assert paid(of, "leaf")["rule"] == "leaf"


def test_what_counts_is_how_the_rules_stood_on_the_day() -> None:
    # Lost on 20 October after it was qualified: the leaf for the win is withheld from then on, the hamper was earned.
    lost = referral(status="lost", status_on="2026-10-20", qualified_on="2026-02-01", won_on="")
    assert paid(portal(HAMPER, one=lost), on=date(2026, 10, 25))["rule"] == "hamper"
    ended = referral(**WON, ended_on="2026-09-01")
    late = rule("thanks100", wait_days="30")  # due on 14 September
    assert refusal(portal(late, one=ended), on=date(2026, 8, 31)).endswith("is due only on 2026-09-14; --early pays it now")
    assert "the contract ended before it was due" in refusal(portal(late, one=ended), on=date(2026, 9, 1))


def test_a_payout_can_be_read_back_as_it_is_written() -> None:
    of = portal(SHARE)
    made = payment(of, of.referrals[0], Wish(ON)).payout()
    assert (made.referral_id, made.rule, made.instalment, made.paid_on, made.amount) == ("r1", "share", 1, ON, Decimal(100))
    assert "amount" not in {name for name, text in payment(portal(LEAF), of.referrals[0], Wish(ON)).cells().items() if text}


# What cannot


def test_paid_is_paid_also_where_the_payout_is_of_a_later_day() -> None:
    of = replace(portal(LEAF), payouts=(payout(rule="leaf", paid_on="2026-10-31"),))
    assert (
        refusal(of, on=date(2026, 10, 1))
        == "nothing of r1 can be paid on 2026-10-01: leaf was paid on 2026-10-31 (data/payouts.csv, line 4)"
    )


def test_an_instalment_that_is_not_earned_says_its_day() -> None:
    first_two = (payout(instalment="1"), payout(instalment="2", paid_on="2026-10-20"))
    of = replace(portal(SHARE), payouts=first_two)
    assert refusal(of).endswith(": share, instalment 3, is earned only on 2026-11-15")
    assert refusal(of, "share", 2).endswith(": share, instalment 2, was paid on 2026-10-20 (data/payouts.csv, line 4)")


def test_of_instalments_that_are_all_paid_the_last_is_told() -> None:
    of = replace(portal(SHARE), payouts=tuple(payout(instalment=number) for number in "123"))
    assert refusal(of).endswith(": share, instalment 3, was paid on 2026-09-20 (data/payouts.csv, line 4)")


@pytest.mark.parametrize(
    ("earned_when", "said"),
    [
        ("qualified", "when the referral is qualified"),
        ("won", "when the referral is won"),
        ("paid", "when the customer has paid for the first time (first_paid_on)"),
    ],
)
def test_what_waits_for_a_milestone_names_it(earned_when: str, said: str) -> None:
    contacted = referral(status="contacted", won_on="")
    of = portal(rule("thanks100", earned_when=earned_when), one=contacted)
    assert refusal(of) == f"nothing of r1 can be paid on 2026-10-31: thanks100 is earned only {said}"


def test_an_instalment_waits_for_the_win_whatever_its_rule_waits_for() -> None:
    contacted = referral(status="contacted", won_on="", monthly_fee="1000")
    assert refusal(portal({**SHARE, "earned_when": "received"}, one=contacted)).endswith(
        ": share, instalment 1, is earned only when the referral is won"
    )


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (portal(rule(), client_id="acme"), "the prospect is the referrer's own firm (acme)"),
        (portal(rule()), "the prospect was a client already (acme)"),
        (portal(rule(), kickback_clause="forbidden"), "the rules for the referrer's sector, or their own contract, forbid it"),
        (
            portal(rule(), kickback_clause=""),
            "nobody knows yet what the referrer's contract allows (kickback_clause in data/referrers.csv)",
        ),
        (portal(rule(needs_agreement="yes")), "the referrer has not signed the agreement, version v1"),
        (portal(rule(), one=referral(status="lost", won_on="")), "the referral is lost"),
        (portal(rule(cap_per_year="0")), "the cap of this incentive is used up"),
    ],
    ids=["self", "existing", "policy", "unknown", "unsigned", "lost", "capped"],
)
def test_a_withheld_line_is_refused_with_its_reason(of: Portal, said: str, request: pytest.FixtureRequest) -> None:
    void = request.node.callspec.id in {"self", "existing"}
    known = (client("acme", name="Prospects Ltd", last_paid_on="2026-10-01"),) if void else ()
    whole = replace(of, clients=known, terms=(terms(),))
    assert refusal(whole) == f"nothing of r1 can be paid on 2026-10-31: thanks100 is withheld because {said}"


def test_whoever_came_first_is_named_by_id_and_day() -> None:
    of = portal(rule())
    earlier = referral("r0", received_on="2026-01-09")
    assert refusal(replace(of, referrals=(*of.referrals, earlier))).endswith(
        ": thanks100 is withheld because another referral of the same prospect came first (r0, 2026-01-09)"
    )


def test_an_agreement_without_terms_in_force_names_no_version() -> None:
    assert refusal(portal(rule(needs_agreement="yes"))).endswith("because the referrer has not signed the agreement")


@pytest.mark.parametrize(
    ("reward", "column"),
    [
        (SHARE, "monthly_fee"),
        ({**SHARE, "parts": [{"percent": "10", "of": "setup_fee"}]}, "setup_fee"),
        ({**SHARE, "parts": [{"percent": "10", "of": "first_year_revenue"}]}, "first_year_revenue or monthly_fee"),
        (
            {**SHARE, "parts": [{"percent": "10", "of": "first_month"}, {"percent": "5", "of": "setup_fee"}]},
            "monthly_fee and setup_fee",
        ),
    ],
)
def test_an_amount_that_is_not_known_says_what_to_fill_in(reward: Mapping[str, object], column: str) -> None:
    of = portal(reward, one=referral(won_on="2026-08-15"))
    assert f"has no amount until {column} of the referral {'are' if ' and ' in column else 'is'} filled in" in refusal(of)


def test_below_the_first_tier_nothing_is_paid() -> None:
    steps = rule("steps", type="tiered", tiers=[{"nth": "2", "amount": "100"}])
    assert refusal(portal(steps)).endswith(": steps is worth nothing yet, for no tier is reached")


def test_each_rule_is_told_once() -> None:
    of = portal(SHARE, LEAF, one=referral(status="lost", won_on="", monthly_fee="1000"))
    assert refusal(of) == (
        "nothing of r1 can be paid on 2026-10-31: share, instalment 1, is withheld because the referral is lost;"
        " leaf is withheld because the referral is lost"
    )


# What does not fit


def test_a_rule_that_does_not_apply_names_those_that_do() -> None:
    assert refusal(portal(SHARE, HAMPER, LEAF), "hamper") == "hamper is no reward of r1; r1 brings share, leaf"


def test_where_nothing_applies_that_is_said() -> None:
    for_staff = rule(audiences=["staff"])
    assert refusal(portal(for_staff)) == "no incentive applies to r1"
    assert refusal(portal(for_staff), "thanks100") == "thanks100 is no reward of r1; no incentive applies to r1"


def test_an_instalment_there_is_not_is_refused() -> None:
    assert refusal(portal(SHARE), "share", 4) == "there is no instalment 4 for r1; there are 1 to 3"
    assert refusal(portal(LEAF), "leaf", 1) == (
        "there is no instalment 1 for r1; it is handed over at once; leave --instalment out"
    )


def test_without_a_referrer_nobody_is_paid() -> None:
    assert refusal(portal(rule(), one=referral(referrer_id=""))) == "r1 names no referrer, so nobody is paid for it"


def test_nothing_is_paid_before_the_referral_came() -> None:
    assert refusal(portal(rule()), on=date(2026, 1, 9)) == "r1 came on 2026-01-10, so nothing was paid for it on 2026-01-09"
