"""What rewards come to, by whom they are for."""

from __future__ import annotations

from decimal import Decimal

from site_builder.rules.incentives.owing import Owing, owing
from tests.portals import rule
from tests.rules.incentives.making import CASH, DONATION, WELCOME, evaluated


def test_no_lines_come_to_nothing() -> None:
    nothing = owing(())
    assert nothing == Owing(Decimal(0), Decimal(0), Decimal(0))
    assert nothing.total == 0


def test_money_is_told_apart_by_whom_it_is_for() -> None:
    # 100 for the referrer; half of 1,000 for a month off the friend's bill, of which 400 is owed; a hamper is no money.
    found = evaluated(CASH, WELCOME, rule("leaf", type="honour", what="a leaf"), row={"monthly_fee": "1000"})
    worths = {"cash": Decimal(100), "welcome": Decimal(400), "leaf": None}
    sums = owing((line, worths[line.rule.id]) for line in found.lines)
    assert sums == Owing(Decimal(100), Decimal(0), Decimal(400))
    assert sums.total == 500


def test_what_is_given_in_somebodys_name_is_for_the_charity() -> None:
    found = evaluated(DONATION)
    assert owing((line, line.amount) for line in found.lines) == Owing(Decimal(0), Decimal(150), Decimal(0))
