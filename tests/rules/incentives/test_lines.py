"""How far rewards have come. R1 was received on 10 January and won on 1 October 2026; as_of is 31 October 2026."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.portals import client, rule
from tests.rules.incentives.making import (
    CASH,
    GIFT,
    HONOUR,
    amounts,
    commission,
    evaluated,
    monthly,
    payout,
    referrer,
    states,
    told,
)

YEAR = {"monthly_fee": "2000"}


def state(earned_when: str = "won", wait_days: str = "0", **row: object) -> tuple[str, str | None, str, str]:
    """State, code, milestone and due day of one reward for r1."""
    (line,) = evaluated(rule(earned_when=earned_when, wait_days=wait_days), row=row).lines
    return line.state.value, line.code.value if line.code else None, str(line.milestone_on), str(line.due_on)


# ----------------------------------------------------------------------------------------------------------- milestones


@pytest.mark.parametrize(
    ("earned_when", "row", "milestone_on"),
    [
        ("received", {"status": "received", "won_on": ""}, "2026-01-10"),
        ("qualified", {"qualified_on": "2026-02-01"}, "2026-02-01"),
        ("qualified", {"status": "qualified", "status_on": "2026-02-02", "won_on": ""}, "2026-02-02"),
        ("qualified", {}, "2026-10-01"),
        ("qualified", {"won_on": "", "status_on": "2026-09-01"}, "2026-09-01"),
        ("qualified", {"status": "contacted", "status_on": "2026-02-02", "won_on": ""}, "None"),
        ("qualified", {"qualified_on": "2026-11-01"}, "None"),
        ("won", {}, "2026-10-01"),
        ("won", {"won_on": "", "status_on": "2026-09-01"}, "2026-09-01"),
        ("won", {"won_on": ""}, "None"),
        ("won", {"status": "qualified", "status_on": "2026-09-01", "won_on": ""}, "None"),
        ("won", {"won_on": "2026-10-31"}, "2026-10-31"),
        ("won", {"won_on": "2026-11-01"}, "None"),
        ("won", {"won_on": "2026-11-01", "status_on": "2026-10-01"}, "None"),
        ("paid", {"first_paid_on": "2026-10-20"}, "2026-10-20"),
        ("paid", {"first_paid_on": "2026-11-20"}, "None"),
        ("paid", {}, "None"),
    ],
)
def test_when_a_milestone_was_reached(earned_when: str, row: dict[str, str], milestone_on: str) -> None:
    found, code, reached, due_on = state(earned_when, **row)
    assert (reached, due_on, code) == (milestone_on, milestone_on, None)
    assert found == ("expected" if milestone_on == "None" else "due")


@pytest.mark.parametrize(
    ("wait_days", "expected", "due_on"), [("30", "due", "2026-10-31"), ("31", "earned", "2026-11-01")], ids=["today", "tomorrow"]
)
def test_what_is_earned_is_due_after_the_wait(wait_days: str, expected: str, due_on: str) -> None:
    assert state(wait_days=wait_days) == (expected, None, "2026-10-01", due_on)


def test_a_wait_past_the_end_of_the_calendar_never_ends() -> None:
    assert state(wait_days="999999999") == ("earned", None, "2026-10-01", "9999-12-31")


def test_the_trace_says_what_was_reached_and_what_not() -> None:
    (reached,) = evaluated(rule(wait_days="5")).lines
    assert [(name, *map(str, values)) for name, *values in told(reached)[1:]] == [
        ("reached", "won", "2026-10-01"),
        ("due", "2026-10-06", "5", "2026-10-01"),
    ]
    (waiting,) = evaluated(rule(earned_when="paid")).lines
    assert told(waiting)[1:] == [("waits_for", "paid")]


# ---------------------------------------------------------------------------------------------------------- instalments


@pytest.mark.parametrize(
    ("ended_on", "count", "total"),
    [("", 12, 2400), ("2026-08-01", 7, 1400), ("2026-07-31", 6, 1200), ("2026-01-31", 0, 0), ("2027-11-30", 12, 2400)],
    ids=["running", "ended on the day", "ended the day before", "ended in the first month", "ended later on"],
)
def test_an_instalment_exists_until_the_end_of_the_contract(ended_on: str, count: int, total: int) -> None:
    """10 % of 2,000 for twelve months, won on 1 January 2026: the seventh falls on 1 August."""
    lines = evaluated(commission(monthly()), row={**YEAR, "won_on": "2026-01-01", "ended_on": ended_on}).lines
    assert [line.instalment for line in lines] == list(range(1, count + 1))
    assert sum(line.amount for line in lines if line.amount is not None) == total
    assert {line.code for line in lines} <= {None}


@pytest.mark.parametrize(
    ("ended_on", "count"),
    [("2026-03-01", 2), ("2026-02-28", 1), ("2026-01-31", 0)],
    ids=["ended on the second's day", "ended the day before", "ended before the first"],
)
def test_what_falls_after_the_end_does_not_exist_though_the_rules_milestone_is_open(ended_on: str, count: int) -> None:
    """10 % of 1,000, won on 1 January 2026 and never paid for: instalments fall on 1 February, 1 March and so on."""
    row = {"monthly_fee": "1000", "won_on": "2026-01-01", "ended_on": ended_on}
    lines = evaluated(commission(monthly(), earned_when="paid"), row=row).lines
    assert amounts(lines) == ["100.00"] * count
    assert states(lines) == [("share", "expected", None)] * count
    assert {line.milestone_on for line in lines} <= {None}


def test_what_is_not_won_has_no_days_for_an_end_to_cut() -> None:
    row = {**YEAR, "status": "qualified", "won_on": "", "ended_on": "2026-03-01"}
    for earned_when in ("received", "won", "paid"):
        lines = evaluated(commission(monthly(), earned_when=earned_when), row=row).lines
        assert states(lines) == [("share", "expected", None)] * 12


def test_an_end_that_is_still_to_come_has_not_happened() -> None:
    lines = evaluated(commission(monthly()), row={**YEAR, "won_on": "2026-01-01", "ended_on": "2026-11-15"}).lines
    assert len(lines) == 12


def test_instalments_are_counted_from_the_day_won_and_clamped() -> None:
    lines = evaluated(commission(monthly(to="4"), wait_days="1"), row={**YEAR, "won_on": "2026-01-31"}).lines
    assert [str(line.milestone_on) for line in lines] == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
    assert [str(line.due_on) for line in lines] == ["2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"]


def test_instalments_are_due_one_after_the_other() -> None:
    lines = evaluated(commission(monthly(to="4"), wait_days="10"), row={**YEAR, "won_on": "2026-08-25"}).lines
    assert [line.state.value for line in lines] == ["due", "earned", "expected", "expected"]
    assert [str(line.milestone_on) for line in lines] == ["2026-09-25", "2026-10-25", "2026-11-25", "2026-12-25"]


def test_instalments_wait_for_the_milestone_of_their_rule() -> None:
    share = commission(monthly(to="2"), earned_when="paid")
    row = {**YEAR, "won_on": "2026-08-25"}
    waiting = evaluated(share, row=row).lines
    assert [(line.state.value, line.milestone_on, line.due_on) for line in waiting] == [("expected", None, None)] * 2
    assert told(waiting[0])[1:] == [("waits_for", "paid")]
    paying = evaluated(share, row={**row, "first_paid_on": "2026-10-05"}).lines
    assert [(line.state.value, str(line.milestone_on)) for line in paying] == [("due", "2026-09-25"), ("due", "2026-10-25")]


def test_instalments_of_what_is_earned_early_still_wait_to_be_won() -> None:
    (line,) = evaluated(
        commission(monthly(to="1"), earned_when="received"), row={**YEAR, "status": "contacted", "won_on": ""}
    ).lines
    assert (line.state.value, line.milestone_on) == ("expected", None)
    assert [step.name.value for step in line.steps] == ["share_of_month", "reached", "waits_for"]


# ------------------------------------------------------------------------------------------------------ paid, with days


def test_a_payout_makes_a_line_paid_due_or_not() -> None:
    for wait_days in ("0", "300"):
        (line,) = evaluated(rule("cash", wait_days=wait_days), payouts=(payout(amount="100"),)).lines
        assert (line.state.value, str(line.paid_on)) == ("paid", "2026-10-05")
        assert [str(value) for value in line.steps[-1].values.values()] == ["2026-10-05", "100"]
    (early,) = evaluated(rule("cash", earned_when="paid"), payouts=(payout(),)).lines
    assert (early.state.value, early.milestone_on) == ("paid", None)
    assert [str(value) for value in early.steps[-1].values.values()] == ["2026-10-05"]


@pytest.mark.parametrize(
    "other",
    [
        payout(paid_on="2026-11-01"),
        payout("r2"),
        payout(rule_id="other"),
        payout(instalment="1"),
    ],
    ids=["after as_of", "of another referral", "of another rule", "of an instalment"],
)
def test_a_payout_of_something_else_does_not(other: object) -> None:
    (line,) = evaluated(CASH, payouts=(other,)).lines
    assert (line.state.value, line.paid_on) == ("due", None)


def test_each_instalment_is_paid_for_itself() -> None:
    share = commission(monthly(to="3"))
    paid = payout(rule_id="share", instalment="2")
    lines = evaluated(share, row={**YEAR, "won_on": "2026-07-01"}, payouts=(paid,)).lines
    assert [line.state.value for line in lines] == ["due", "paid", "due"]


def test_of_two_payouts_of_a_line_the_first_counts_in_any_order() -> None:
    both = (payout(paid_on="2026-10-06"), payout(paid_on="2026-10-04"), payout(paid_on="2026-10-05"))
    for payouts in (both, both[::-1]):
        assert str(evaluated(CASH, payouts=payouts).lines[0].paid_on) == "2026-10-04"


def test_money_that_left_is_paid_though_it_should_have_been_withheld() -> None:
    """The owner sees where the money is, and the code says what was wrong (L102 asks for it)."""
    policy = {"sectors": {"general": {"verdict": "forbid"}}}
    found = evaluated(CASH, GIFT, policy=policy, payouts=(payout(),))
    assert states(found.lines) == [("cash", "paid", "policy")]
    assert [step.name.value for step in found.lines[0].steps] == ["fixed", "reached", "due", "paid", "policy"]


# ---------------------------------------------------------------------------------------------------------- lost, ended


def test_what_a_lost_referral_had_not_reached_is_withheld_with_its_amount() -> None:
    row = {"status": "lost", "status_on": "2026-03-01", "qualified_on": "2026-02-01", "won_on": ""}
    hamper = rule("hamper", type="gift", what="a hamper", to="referred", earned_when="qualified")
    found = evaluated(hamper, CASH, HONOUR, row=row)
    assert states(found.lines) == [("hamper", "due", None), ("cash", "withheld", "lost"), ("leaf", "withheld", "lost")]
    assert amounts(found.lines) == ["-", "100.00", "-"]
    assert told(found.lines[1])[1:] == [("waits_for", "won"), ("lost",)]


@pytest.mark.parametrize(("status_on", "code"), [("", "lost"), ("2026-10-31", "lost"), ("2026-11-01", None)])
def test_a_loss_still_to_come_has_not_happened(status_on: str, code: str | None) -> None:
    assert state(status="lost", status_on=status_on, won_on="")[1] == code


def test_what_was_reached_on_the_day_it_was_lost_is_reached() -> None:
    row = {"received_on": "2026-10-31", "status": "lost", "status_on": "2026-10-31", "won_on": ""}
    assert state("received", **row) == ("due", None, "2026-10-31", "2026-10-31")


@pytest.mark.parametrize(
    ("status_on", "expected"),
    [
        ("2026-09-15", [("due", None), ("due", None), ("withheld", "lost"), ("withheld", "lost")]),
        ("", [("due", None), ("due", None), ("due", None), ("withheld", "lost")]),
    ],
    ids=["on a day between two instalments", "on a day nobody noted"],
)
def test_a_won_referral_that_fell_through_keeps_what_it_had_reached(
    status_on: str, expected: list[tuple[str, str | None]]
) -> None:
    """Won on 15 August 2026, instalments on the 15th of September, October and November."""
    parts = ({"percent": "10", "of": "first_month"}, monthly(to="3"))
    row = {**YEAR, "status": "lost", "status_on": status_on, "won_on": "2026-08-15"}
    lines = evaluated(commission(*parts), row=row).lines
    assert [(line.state.value, line.code.value if line.code else None) for line in lines] == expected


@pytest.mark.parametrize(
    ("ended_on", "wait_days", "expected"),
    [
        ("2026-10-11", "10", ("due", None)),
        ("2026-10-10", "10", ("withheld", "ended")),
        ("2026-10-10", "0", ("due", None)),
        ("2026-11-01", "60", ("earned", None)),
    ],
    ids=["ended on the due day", "ended the day before", "due at once", "ends after as_of"],
)
def test_what_is_paid_once_is_withheld_when_the_contract_ended_before_it_was_due(
    ended_on: str, wait_days: str, expected: tuple[str, str | None]
) -> None:
    assert state(wait_days=wait_days, ended_on=ended_on)[:2] == expected


def test_a_contract_that_ended_before_its_milestone_brings_nothing_paid_once() -> None:
    assert state("paid", ended_on="2026-10-20")[:2] == ("withheld", "ended")
    (line,) = evaluated(rule(earned_when="paid"), row={"ended_on": "2026-10-20"}).lines
    assert [(name, *map(str, values)) for name, *values in told(line)[-1:]] == [("ended", "2026-10-20")]


# --------------------------------------------------------------------------------------------------------- several holds


def test_the_first_hold_in_the_domains_order_is_the_code_and_the_steps_name_all() -> None:
    share = rule("cash", needs_agreement="yes", earned_when="paid", wait_days="5")
    row: Mapping[str, str] = {"status": "lost", "ended_on": "2026-10-20"}
    (line,) = evaluated(share, row=row, referrers=(referrer(kickback_clause="unknown"),)).lines
    assert (line.state.value, line.code) == ("withheld", "clause_unknown")
    assert [step.name.value for step in line.steps][2:] == ["clause_unknown", "unsigned", "lost", "ended"]
    (line,) = evaluated(share, row=row).lines
    assert line.code == "unsigned"


def test_a_void_referral_says_that_alone() -> None:
    acme = client(last_paid_on="2026-10-01")
    row = {"prospect": "Acme", "status": "lost"}
    policy = {"sectors": {"general": {"verdict": "forbid"}}}
    found = evaluated(CASH, HONOUR, row=row, clients=(acme,), policy=policy)
    assert states(found.lines) == [("cash", "withheld", "existing_client"), ("leaf", "withheld", "existing_client")]
    assert amounts(found.lines) == ["100.00", "-"]
    assert told(found.lines[0])[-1] == ("existing_client", "acme")
    assert [step.name.value for step in found.steps] == ["existing_client", "policy"]
    assert found.void == "existing_client"
