"""What one referral, and one year of a referrer, can earn at most. As_of is 31 October 2026."""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.model.tables import Referral
from site_builder.rules.incentives import evaluations
from tests.portals import referral, rule
from tests.rules.incentives.making import (
    amounts,
    commission,
    evaluated,
    monthly,
    payout,
    programme,
    referrer,
    states,
    told,
)


def won(referral_id: str, won_on: str, **values: object) -> Referral:
    """A prospect of its own, won on a day, at 1,000 a month."""
    usual = {"prospect": f"Firm {referral_id}", "won_on": won_on, "monthly_fee": "1000"}
    return referral(referral_id, **{**usual, **values})


def earned(*rows: Referral, **tables: Any) -> dict[str, list[str]]:  # noqa: ANN401  # rules and fields of the portal
    """The amounts of each referral; rule: the one there is."""
    found = evaluations(programme(tables.pop("rule"), referrals=rows, **tables))
    return {key: amounts(each.lines) for key, each in found.items()}


# ------------------------------------------------------------------------------------------------------- for a referral


def test_a_referral_earns_up_to_its_cap_and_one_instalment_is_cut_through() -> None:
    lines = evaluated(
        commission(monthly(to="4"), cap_per_referral="250"), row={"monthly_fee": "1000", "won_on": "2026-01-01"}
    ).lines
    assert amounts(lines) == ["100.00", "100.00", "50.00", "0.00"]
    assert states(lines) == [
        ("share", "due", None),
        ("share", "due", None),
        ("share", "due", "capped"),
        ("share", "withheld", "capped"),
    ]
    assert [str(value) for value in lines[2].steps[-1].values.values()] == ["250.00", "100.00", "50.00"]
    assert lines[2].steps[-1].name == "cap_per_referral"


def test_what_just_fits_is_not_cut() -> None:
    lines = evaluated(commission(monthly(to="2"), cap_per_referral="200"), row={"monthly_fee": "1000"}).lines
    assert [(str(line.amount), line.code) for line in lines] == [("100.00", None)] * 2


def test_a_line_of_nothing_is_not_cut() -> None:
    (line,) = evaluated(rule(amount="0", cap_per_referral="0")).lines
    assert (line.state.value, line.code) == ("due", None)


def test_the_day_decides_which_line_comes_first_and_not_its_kind() -> None:
    """Paid for on 15 March: the instalment of 1 February is older than what is paid once."""
    parts = ({"percent": "10", "of": "setup_fee"}, monthly(to="2"))
    share = commission(*parts, earned_when="paid", cap_per_referral="250")
    row = {"monthly_fee": "1000", "setup_fee": "1000", "won_on": "2026-01-01", "first_paid_on": "2026-03-15"}
    assert amounts(evaluated(share, row=row).lines) == ["50.00", "100.00", "100.00"]


def test_lines_without_a_day_share_the_cap_of_the_referral_and_of_no_year() -> None:
    share = commission(monthly(to="3"), cap_per_referral="250", cap_per_year="100")
    lines = evaluated(share, row={"monthly_fee": "1000", "won_on": "", "status": "qualified"}).lines
    assert amounts(lines) == ["100.00", "100.00", "50.00"]
    assert states(lines) == [("share", "expected", None), ("share", "expected", None), ("share", "expected", "capped")]


def test_no_line_without_a_day_is_worth_more_than_a_year_may_bring() -> None:
    parts = ({"percent": "50", "of": "setup_fee"}, monthly(to="2"))
    share = commission(*parts, earned_when="paid", cap_per_year="150")
    lines = evaluated(share, row={"monthly_fee": "1000", "setup_fee": "1000"}).lines
    assert amounts(lines) == ["150.00", "100.00", "100.00"]
    assert states(lines) == [("share", "expected", "capped"), ("share", "expected", None), ("share", "expected", None)]
    assert [str(value) for value in told(lines[0])[-1]] == ["cap_per_year", "150.00", "500.00", "150.00"]


def test_where_a_year_may_bring_nothing_no_line_without_a_day_does() -> None:
    (line,) = evaluated(rule("cash", earned_when="paid", cap_per_year="0")).lines
    assert (line.state.value, line.code, str(line.amount)) == ("withheld", "capped", "0.00")


def test_the_cap_of_the_referral_comes_first_where_there_is_no_day_too() -> None:
    """The referral keeps 120 of 200, and a year 100 of those."""
    (line,) = evaluated(rule("cash", amount="200", earned_when="paid", cap_per_referral="120", cap_per_year="100")).lines
    assert [[str(value) for value in each] for each in told(line)[-2:]] == [
        ["cap_per_referral", "120.00", "200.00", "120.00"],
        ["cap_per_year", "100.00", "120.00", "100.00"],
    ]


def test_lines_without_a_day_come_after_those_that_have_one() -> None:
    parts = ({"percent": "10", "of": "setup_fee"}, monthly(to="2"))
    share = commission(*parts, earned_when="received", cap_per_referral="150")
    row = {"monthly_fee": "1000", "setup_fee": "1000", "won_on": "", "status": "received"}
    assert amounts(evaluated(share, row=row).lines) == ["100.00", "50.00", "0.00"]


def test_a_fee_that_is_not_known_uses_no_cap() -> None:
    lines = evaluated(commission(monthly(to="2"), cap_per_referral="1", cap_per_year="1")).lines
    assert amounts(lines) == ["-", "-"]


@pytest.mark.parametrize(
    ("currency", "cap", "left"), [("GBP", "50.009", "50.00"), ("JPY", "50.9", "50"), ("KWD", "50.009", "50.009")]
)
def test_a_cap_finer_than_the_minor_unit_is_rounded_down(currency: str, cap: str, left: str) -> None:
    (line,) = evaluated(rule(cap_per_referral=cap), currency=currency).lines
    assert amounts([line]) == [left]
    assert str(line.steps[-1].values["cap"]) == left


# ----------------------------------------------------------------------------------------------------------- for a year


def test_a_year_is_that_of_the_milestone() -> None:
    """Won on 15 October 2025: two instalments in 2025, and the next year has a cap of its own."""
    share = commission(monthly(to="4"), cap_per_year="150")
    assert earned(won("r1", "2025-10-15", received_on="2025-10-01"), rule=share) == {"r1": ["100.00", "50.00", "100.00", "50.00"]}


def test_the_earlier_milestone_goes_first_then_receipt_then_id() -> None:
    rows = (
        won("d", "2026-02-01"),
        won("c", "2026-03-01", received_on="2026-01-02"),
        won("b", "2026-03-01", received_on="2026-01-03"),
        won("a", "2026-03-01", received_on="2026-01-03"),
    )
    cash = rule("cash", cap_per_year="350")
    assert earned(*rows, rule=cash) == {"a": ["100.00"], "b": ["50.00"], "c": ["100.00"], "d": ["100.00"]}


def test_each_referrer_and_each_rule_has_a_cap_of_its_own() -> None:
    people = (referrer(), referrer("ann"), referrer("bob", prefers="other"), referrer("eve", prefers="other"))
    rules = (rule("cash", cap_per_year="150"), rule("other", cap_per_year="120"))
    rows = [
        won(f"{name}{number}", f"2026-0{number}-01", referrer_id=name) for name in ("ann", "bob", "rita") for number in (1, 2)
    ]
    found = evaluations(programme(*rules, referrals=tuple(rows), referrers=people))
    assert {key: amounts(each.lines) for key, each in found.items()} == {
        "ann1": ["100.00"],
        "ann2": ["50.00"],
        "bob1": ["100.00"],
        "bob2": ["20.00"],
        "rita1": ["100.00"],
        "rita2": ["50.00"],
    }


def test_the_cap_of_the_referral_comes_before_that_of_the_year() -> None:
    """Each referral keeps 60; the year's 100 then leaves 40 for the second."""
    cash = rule("cash", cap_per_referral="60", cap_per_year="100")
    rows = (won("r1", "2026-02-01"), won("r2", "2026-03-01"), won("r3", "2026-04-01"))
    found = evaluations(programme(cash, referrals=rows))
    assert [amounts(each.lines) for each in found.values()] == [["60.00"], ["40.00"], ["0.00"]]
    assert [str(value) for value in told(found["r2"].lines[0])[-1]] == ["cap_per_year", "100.00", "2026", "60.00", "40.00"]


def test_what_the_first_cap_cut_to_nothing_is_left_alone_by_the_second() -> None:
    share = commission(monthly(to="2"), cap_per_referral="100", cap_per_year="50")
    lines = evaluated(share, row={"monthly_fee": "1000", "won_on": "2026-01-01"}).lines
    assert amounts(lines) == ["50.00", "0.00"]
    assert [step.name.value for step in lines[1].steps if step.name.value.startswith("cap")] == ["cap_per_referral"]


def test_withheld_lines_use_no_cap_and_keep_their_amount() -> None:
    cash = rule("cash", cap_per_year="150", wait_days="30")
    rows = (won("r1", "2026-02-01", ended_on="2026-02-10"), won("r2", "2026-03-01"), won("r3", "2026-04-01"))
    found = evaluations(programme(cash, referrals=rows))
    assert [amounts(each.lines) for each in found.values()] == [["100.00"], ["100.00"], ["50.00"]]
    assert [states(each.lines)[0][2] for each in found.values()] == ["ended", None, "capped"]


CAPS = {"cap_per_referral": "10", "cap_per_year": "10"}


def test_caps_are_for_cash_alone() -> None:
    rules = (
        rule("shelter", type="donation", charity="it", amount="150", **CAPS),
        rule("welcome", type="discount", amount="50", **CAPS),
    )
    assert amounts(evaluated(*rules).lines) == ["150.00", "50.00"]


@pytest.mark.parametrize("values", [{}, {"type": "tiered", "tiers": [{"nth": "1", "amount": "100"}]}], ids=["fixed", "tiered"])
def test_caps_are_for_cash_whoever_gets_it_and_totals_for_the_referrers(values: dict[str, object]) -> None:
    found = evaluated(rule("start", to="referred", **values, **CAPS))
    assert amounts(found.lines) == ["10.00"]
    assert states(found.lines) == [("start", "due", "capped")]
    assert set(found.totals().values()) == {0}


def test_a_year_of_what_friends_get_is_that_of_who_sent_them() -> None:
    """60 a year: 50 for the first friend of Rita's, 10 for the second, and Ann's has a cap of its own."""
    start = rule("start", amount="50", to="referred", cap_per_year="60")
    rows = (won("r1", "2026-02-01"), won("r2", "2026-03-01"), won("r3", "2026-04-01", referrer_id="ann"))
    assert earned(*rows, rule=start, referrers=(referrer(), referrer("ann"))) == {
        "r1": ["50.00"],
        "r2": ["10.00"],
        "r3": ["50.00"],
    }


def test_what_was_paid_out_stays_paid_though_a_cap_leaves_nothing() -> None:
    (line,) = evaluated(rule("cash", cap_per_year="0"), payouts=(payout(),)).lines
    assert (line.state.value, line.code, str(line.amount)) == ("paid", "capped", "0.00")


def test_why_it_should_have_been_withheld_outweighs_that_it_is_cut() -> None:
    policy = {"sectors": {"general": {"verdict": "forbid"}}}
    (line,) = evaluated(rule("cash", cap_per_year="60"), policy=policy, payouts=(payout(),)).lines
    assert (line.state.value, line.code, str(line.amount)) == ("paid", "policy", "60.00")
