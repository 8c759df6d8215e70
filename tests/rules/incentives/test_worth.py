"""What rewards are worth: percentages of what the customer pays, sums and things. R1 was won on 1 October 2026."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from site_builder.rules.incentives.worth import LONGEST_MONTHS
from tests.portals import rule
from tests.rules.incentives.making import GIFT, amounts, commission, evaluated, monthly, told


def once(percent: str, of: str) -> Mapping[str, object]:
    return {"percent": percent, "of": of}


def total(*parts: Mapping[str, object], **row: object) -> Decimal:
    """All that a commission of these parts comes to."""
    lines = evaluated(commission(*parts), row=row).lines
    return sum((line.amount for line in lines if line.amount is not None), start=Decimal(0))


# ------------------------------------------------------------------------------------------------- worked, of a commission


def test_eight_thousand_a_month_at_falling_shares_over_five_years() -> None:
    """12 x 800 + 12 x 400 + 36 x 200 = 9,600 + 4,800 + 7,200."""
    parts = (
        monthly("10"),
        monthly("5", **{"from": "13", "to": "24"}),
        monthly("2.5", **{"from": "25", "to": "60"}),
    )
    lines = evaluated(commission(*parts), row={"monthly_fee": "8000"}).lines
    assert [line.instalment for line in lines] == list(range(1, 61))
    assert amounts(lines) == ["800.00"] * 12 + ["400.00"] * 12 + ["200.00"] * 36
    assert total(*parts, monthly_fee="8000") == Decimal(21600)


def test_half_of_the_setup_and_a_twentieth_of_each_month() -> None:
    """50 % of 2,000 and 36 x 50."""
    parts = (once("50", "setup_fee"), {"percent": "5", "of": "monthly_fee"})
    row = {"setup_fee": "2000", "monthly_fee": "1000", "contract_months": "36"}
    lines = evaluated(commission(*parts), row=row).lines
    assert [line.instalment for line in lines] == [None, *range(1, 37)]
    assert amounts(lines) == ["1000.00"] + ["50.00"] * 36
    assert total(*parts, **row) == Decimal(2800)


@pytest.mark.parametrize(
    ("parts", "row", "expected"),
    [
        ([once("100", "first_month")], {"monthly_fee": "1500"}, "1500.00"),
        ([once("5", "first_year_revenue")], {"monthly_fee": "3000"}, "1800.00"),
        ([once("10", "first_year_revenue")], {"monthly_fee": "3000"}, "3600.00"),
        ([once("10", "first_year_revenue")], {"monthly_fee": "2450.50"}, "2940.60"),
        ([once("10", "first_year_revenue")], {"monthly_fee": "1000", "contract_months": "6"}, "600.00"),
        ([once("10", "first_year_revenue")], {"monthly_fee": "1000", "contract_months": "36"}, "1200.00"),
        ([once("10", "first_year_revenue")], {"monthly_fee": "1000", "first_year_revenue": "5000"}, "500.00"),
        ([once("10", "first_year_revenue")], {"first_year_revenue": "0"}, "0.00"),
        ([once("75", "first_month"), once("10", "setup_fee")], {"monthly_fee": "710", "setup_fee": "500"}, "582.50"),
        ([once("10", "setup_fee"), once("10", "setup_fee")], {"setup_fee": "0.50"}, "0.10"),
    ],
    ids=[
        *("the first month", "5 % of the first year", "10 % of the first year", "10 % of odd months"),
        *("a contract of half a year", "a contract of three years", "a first year that is given", "a first year of nothing"),
        *("two parts are one line", "a part twice"),
    ],
)
def test_what_is_paid_once(parts: list[Mapping[str, object]], row: dict[str, str], expected: str) -> None:
    (line,) = evaluated(commission(*parts), row=row).lines
    assert (line.instalment, str(line.amount)) == (None, expected)


def test_parts_are_added_up_before_they_are_rounded() -> None:
    """Twice 0.125 is 0.25; rounded one by one they would be 0.26."""
    (line,) = evaluated(commission(once("25", "setup_fee"), once("25", "first_month")), row=HALVES).lines
    assert str(line.amount) == "0.25"


HALVES = {"setup_fee": "0.50", "monthly_fee": "0.50"}


@pytest.mark.parametrize(
    ("of", "row"),
    [("setup_fee", {"monthly_fee": "100"}), ("first_month", {"setup_fee": "100"}), ("first_year_revenue", {"setup_fee": "100"})],
)
def test_a_base_that_is_not_known_leaves_the_amount_open(of: str, row: dict[str, str]) -> None:
    (line,) = evaluated(commission(once("10", of), once("10", "setup_fee"), once("10", "first_month")), row=row).lines
    assert line.amount is None
    assert ("base_unknown", of) in told(line)


def test_months_are_counted_though_the_fee_is_not_known() -> None:
    lines = evaluated(commission(monthly(to="3"))).lines
    assert amounts(lines) == ["-", "-", "-"]
    assert told(lines[0])[0] == ("base_unknown", "monthly_fee")


# ------------------------------------------------------------------------------------------------------------ instalments


@pytest.mark.parametrize(
    ("parts", "contract_months", "expected"),
    [
        ([monthly("10", **{"from": "3", "to": "4"})], "", [(3, "100.00"), (4, "100.00")]),
        ([{"percent": "10", "of": "monthly_fee"}], "2", [(1, "100.00"), (2, "100.00")]),
        ([{"percent": "10", "of": "monthly_fee", "from": "2"}], "1", []),
        ([monthly(to="2")], "36", [(1, "100.00"), (2, "100.00")]),
        ([monthly(to="3")], "1", [(1, "100.00"), (2, "100.00"), (3, "100.00")]),
        ([monthly(to="2"), monthly("5", **{"from": "2", "to": "3"})], "", [(1, "100.00"), (2, "150.00"), (3, "50.00")]),
        ([monthly(to="1"), monthly("5", **{"from": "3", "to": "3"})], "", [(1, "100.00"), (3, "50.00")]),
    ],
    ids=[
        *("from the third", "as long as the contract", "from after the contract", "shorter than the contract"),
        *("longer than the contract", "a month of two parts", "a gap"),
    ],
)
def test_an_instalment_for_each_month(
    parts: list[Mapping[str, object]], contract_months: str, expected: list[tuple[int, str]]
) -> None:
    lines = evaluated(commission(*parts), row={"monthly_fee": "1000", "contract_months": contract_months}).lines
    assert [(line.instalment, str(line.amount)) for line in lines] == expected


def test_months_that_nobody_said_make_no_lines_but_are_told() -> None:
    open_ended = {"percent": "5", "of": "monthly_fee", "from": "2"}
    found = evaluated(commission(open_ended), row={"monthly_fee": "1000"})
    assert found.lines == ()
    assert [step.name for step in found.steps] == ["months_unknown"]
    partly = evaluated(commission(monthly(to="1"), open_ended), row={"monthly_fee": "1000"})
    assert amounts(partly.lines) == ["100.00"]
    assert [step.name for step in partly.steps] == ["months_unknown"]


def test_a_slip_of_the_pen_does_not_fill_the_memory() -> None:
    lines = evaluated(commission(monthly(to="100000")), row={"monthly_fee": "1000"}).lines
    assert len(lines) == LONGEST_MONTHS == 1200


def test_a_month_says_its_shares() -> None:
    parts = (monthly(to="1"), monthly("5", to="1"))
    (line,) = evaluated(commission(*parts), row={"monthly_fee": "1000"}).lines
    assert told(line)[:2] == [
        ("share_of_month", Decimal(10), Decimal(1000), 1),
        ("share_of_month", Decimal(5), Decimal(1000), 1),
    ]


# --------------------------------------------------------------------------------------------------------------- rounding


@pytest.mark.parametrize(
    ("currency", "amount", "expected"),
    [
        ("GBP", "0.005", "0.01"),
        ("GBP", "0.0049", "0.00"),
        ("GBP", "100", "100.00"),
        ("JPY", "12.5", "13"),
        ("JPY", "12.49", "12"),
        ("KWD", "1.0005", "1.001"),
    ],
)
def test_each_line_is_rounded_half_up_to_the_minor_unit(currency: str, amount: str, expected: str) -> None:
    rules = (rule(amount=amount), rule("gift", type="donation", charity="it", amount=amount, to="referred"))
    assert amounts(evaluated(*rules, currency=currency).lines) == [expected, expected]


def test_months_are_rounded_one_by_one() -> None:
    """A third of 100.00 thrice is 99.99."""
    lines = evaluated(commission(monthly("33.333333", to="3")), row={"monthly_fee": "100"}).lines
    assert amounts(lines) == ["33.33"] * 3


# ------------------------------------------------------------------------------------------------------- the other types


@pytest.mark.parametrize(
    ("values", "amount", "step"),
    [
        ({"type": "fixed", "amount": "100"}, "100.00", ("fixed", Decimal(100))),
        ({"type": "gift", "what": "a hamper", "cost": "45"}, "-", ("gift", "a hamper")),
        ({"type": "donation", "charity": "it", "amount": "150"}, "150.00", ("donation", Decimal(150), "it")),
        (
            {"type": "discount", "percent": "50", "months": "2"},
            "820.00",
            ("discount_percent", Decimal(50), Decimal(820), 2),
        ),
        ({"type": "discount", "percent": "50"}, "410.00", ("discount_percent", Decimal(50), Decimal(820), 1)),
        ({"type": "discount", "amount": "12.5", "months": "3"}, "37.50", ("discount_amount", Decimal("12.5"), 3)),
        ({"type": "event", "what": "a seat"}, "-", ("event", "a seat")),
        ({"type": "honour", "what": "a leaf"}, "-", ("honour", "a leaf")),
        ({"type": "introduction", "what": "two people"}, "-", ("introduction", "two people")),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_what_each_type_is_worth_comes_first(values: dict[str, str], amount: str, step: tuple[object, ...]) -> None:
    (line,) = evaluated(rule("one", **values), row={"monthly_fee": "820"}).lines
    assert amounts([line]) == [amount]
    assert told(line)[0] == step


@pytest.mark.parametrize(
    "values",
    [
        {"type": "fixed"},
        {"type": "donation", "charity": "it"},
        {"type": "tiered", "tiers": [{"nth": "1", "amount": "0.125"}]},
    ],
    ids=["fixed", "donation", "tiered"],
)
def test_a_sum_finer_than_a_penny_is_told_as_it_is_paid(values: dict[str, object]) -> None:
    amount = {} if "tiers" in values else {"amount": "0.125"}
    (line,) = evaluated(rule("one", **values, **amount)).lines
    assert (str(line.amount), str(line.steps[0].values["amount"])) == ("0.13", "0.13")


@pytest.mark.parametrize("kind", ["event", "honour", "introduction"])
def test_an_invitation_says_when(kind: str) -> None:
    (line,) = evaluated(rule("one", type=kind, what="it", next_on="2026-12-03")).lines
    assert [str(value) for value in line.steps[0].values.values()] == ["it", "2026-12-03"]


def test_a_discount_of_a_fee_that_is_not_known_is_open() -> None:
    (line,) = evaluated(rule("one", type="discount", percent="50")).lines
    assert (line.amount, told(line)[0]) == (None, ("base_unknown", "monthly_fee"))


def test_a_discount_goes_to_the_referred_and_is_no_cash() -> None:
    (discount,) = evaluated(rule("one", type="discount", amount="5")).lines
    assert (discount.rule.to, discount.is_cash) == ("referred", False)


@pytest.mark.parametrize(
    ("values", "is_cash"),
    [({}, True), ({"to": "referred"}, False), ({"type": "donation", "charity": "it", "amount": "1"}, False)],
)
def test_cash_is_money_to_the_referrer(values: dict[str, str], *, is_cash: bool) -> None:
    (line,) = evaluated(rule(**values)).lines
    assert line.is_cash is is_cash


def test_two_rules_of_a_kind_are_not_taken_for_one_another() -> None:
    rules = (rule("a", amount="1", to="referred"), rule("b", amount="2", to="referred"), GIFT)
    assert amounts(evaluated(*rules).lines) == ["1.00", "2.00", "-"]
