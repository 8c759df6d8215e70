"""What came of leads on 31 October 2026, worked by hand; evaluations are built by hand as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.incentives import AnyRule, Incentives, Verdict
from site_builder.model.portal import Portal
from site_builder.model.tables import Referral
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import LineCode, State
from site_builder.rules.outcomes import Outcomes, by_reward, by_source, through_referrers
from tests.portals import PORTAL, incentives, referral, rule, settings

HAMPER = {"type": "gift", "what": "a hamper"}


def one_rule(id_: str = "thanks100", **values: object) -> AnyRule:
    document: Incentives = incentives(rule(id_, **values))
    return document.rules[0]


CASH, GIFT = one_rule(), one_rule("hamper", **HAMPER, cost="45")
SUPPER, LEAF = one_rule("supper", type="event", what="supper"), one_rule("leaf", type="honour", what="a leaf")
GIVEN = one_rule("give", type="donation", charity="the lifeboats", amount="50")
WELCOME = one_rule("welcome", type="discount", percent="50")


def line(of: AnyRule = CASH, state: State = State.DUE, code: LineCode | None = None, amount: str | None = "100") -> Line:
    worth = None if amount is None else Decimal(amount)
    return Line(of, None, worth, state, None, None, code, None, ())


def evaluation(of: Referral, *lines: Line, void: LineCode | None = None) -> Evaluation:
    return Evaluation(of, None, Verdict.ALLOW, void, lines, ())


def with_lines(*pairs: tuple[Referral, tuple[Line, ...]]) -> tuple[Portal, Mapping[str, Evaluation]]:
    portal = replace(PORTAL, referrals=tuple(each for each, _lines in pairs))
    return portal, {each.referral_id: evaluation(each, *lines) for each, lines in pairs}


def of_source(*rows: Referral) -> Outcomes:
    """What came of rows that are all of one source and earn nothing."""
    (found,) = by_source(*with_lines(*((row, ()) for row in rows)))
    return found


# ----------------------------------------------------------------------------------------------------------- by source


def test_each_source_is_told_apart_by_name() -> None:
    portal, evaluations = with_lines(
        (referral("b", monthly_fee="1000"), (line(amount="300"),)),
        (referral("a", status="qualified", won_on=""), (line(GIFT, State.PAID, amount=None),)),
        (referral("c", status="lost", won_on="", source="outbound", referrer_id=""), ()),
    )
    assert by_source(portal, evaluations) == (
        Outcomes("outbound", 1, 0, Decimal("0.0"), Decimal(0), None, None, None, ("c",)),
        # 10 January to 1 October is 264 days; 300 for the one and 45 for the other's hamper come to 345 for the one won.
        Outcomes("referral", 2, 1, Decimal("50.0"), Decimal(12_000), Decimal(264), None, Decimal("345.00"), ("a", "b")),
    )


def test_nothing_came_of_nothing() -> None:
    assert by_source(PORTAL, {}) == ()
    assert by_reward(PORTAL, {}) == ()


def test_what_comes_tomorrow_has_not_happened() -> None:
    portal, evaluations = with_lines((referral("a"), ()))
    rows = (*portal.referrals, referral("b", received_on="2026-11-01"))
    (found,) = by_source(replace(portal, referrals=rows), evaluations)
    assert found.referrals == ("a",)


@pytest.mark.parametrize(
    ("values", "won"),
    [
        ({"won_on": "2026-10-31"}, 1),
        ({"won_on": "2026-11-01"}, 0),
        ({"won_on": "", "status_on": "2026-10-31"}, 1),
        ({"won_on": "", "status_on": ""}, 0),
        ({"won_on": "", "status": "qualified"}, 0),
        ({"status": "lost"}, 0),
        ({"status": "lost", "status_on": "2026-10-31"}, 0),
        ({"status": "lost", "status_on": "2026-11-01"}, 1),
        ({"status": "contacted"}, 1),
    ],
    ids=[
        *("won today", "won tomorrow", "by its status alone", "on no day", "not yet", "lost after all"),
        *("lost after all today", "lost tomorrow", "won and its status forgotten"),
    ],
)
def test_what_counts_as_won(values: dict[str, str], won: int) -> None:
    assert of_source(referral(**values)).won == won


@pytest.mark.parametrize(
    ("won", "lost", "expected"), [(1, 2, "33.3"), (2, 1, "66.7"), (1, 15, "6.3"), (3, 0, "100.0"), (0, 3, "0.0")]
)
def test_conversion_has_one_decimal_half_up(won: int, lost: int, expected: str) -> None:
    """1 of 16 is 6.25 %."""
    rows = (referral(f"r{n}", **({} if n < won else {"won_on": "", "status": "lost"})) for n in range(won + lost))
    assert of_source(*rows).conversion_percent == Decimal(expected)


def test_revenue_is_of_the_won_alone() -> None:
    rows = (referral("a", monthly_fee="100"), referral("b", monthly_fee="200"))
    open_one = referral("c", monthly_fee="5000", status="qualified", won_on="")
    assert of_source(*rows, open_one).revenue == 3_600


@pytest.mark.parametrize(
    ("days", "expected"), [((10,), "10"), ((9, 1, 4), "4"), ((1, 4), "2.5"), ((1, 3), "2"), ((0, 0, 7, 8), "3.5")]
)
def test_the_median_is_exact_to_the_half_day(days: tuple[int, ...], expected: str) -> None:
    rows = (referral(f"r{n}", received_on="2026-03-01", won_on=f"2026-03-{day + 1:02}") for n, day in enumerate(days))
    assert of_source(*rows).median_days_to_close == Decimal(expected)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"won_on": "2025-11-01"}, None),
        ({"won_on": "2025-10-31"}, "100.0"),
        ({"won_on": "2025-01-01", "ended_on": "2026-01-01"}, "100.0"),
        ({"won_on": "2025-01-01", "ended_on": "2025-12-31"}, "0.0"),
        ({"won_on": "2024-02-29", "ended_on": "2025-02-28"}, "100.0"),
        ({"won_on": "2024-02-29", "ended_on": "2025-02-27"}, "0.0"),
        ({"won_on": "2025-01-01", "ended_on": "2026-06-01"}, "100.0"),
    ],
    ids=[
        *("a day short of a year", "a year to the day", "ended on the day the year was full", "ended the day before"),
        *("from a leap day", "not a year from a leap day", "ended later"),
    ],
)
def test_kept_is_a_full_year_of_those_who_could_have_had_one(values: dict[str, str], expected: str | None) -> None:
    found = of_source(referral("r1", received_on="2024-01-01", **values))
    assert found.kept_12_months_percent == (None if expected is None else Decimal(expected))


def test_those_who_are_not_here_a_year_yet_do_not_thin_the_share() -> None:
    early = {"received_on": "2024-01-01", "won_on": "2024-03-01"}
    rows = (referral("a", **early), referral("b", **early, ended_on="2024-09-01"), referral("c"))
    assert of_source(*rows).kept_12_months_percent == Decimal("50.0")


# ---------------------------------------------------------------------------------------------------------------- cost


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((line(amount="100"), line(state=State.EARNED, amount="20"), line(state=State.PAID, amount="3")), "123.00"),
        ((line(state=State.EXPECTED), line(state=State.WITHHELD, code=LineCode.UNSIGNED)), "0.00"),
        ((line(GIFT, amount=None),), "45.00"),
        ((line(one_rule("hamper", **HAMPER), amount=None),), "0.00"),
        ((line(GIVEN, amount="50"), line(WELCOME, amount="650")), "700.00"),
        ((line(SUPPER, amount=None),), "0.00"),
        ((line(amount=None),), "0.00"),
    ],
    ids=[
        *("earned, due and paid", "expected and withheld", "a gift by its cost", "a gift without one"),
        *("a donation and a discount", "an invitation", "a sum that is not known yet"),
    ],
)
def test_what_a_won_client_cost(lines: tuple[Line, ...], expected: str) -> None:
    (found,) = by_source(*with_lines((referral(), lines)))
    assert found.cost_per_won == Decimal(expected)


@pytest.mark.parametrize(("currency", "expected"), [("GBP", "33.33"), ("JPY", "33"), ("KWD", "33.333")])
def test_the_cost_of_one_is_whole_in_the_currencys_minor_unit(currency: str, expected: str) -> None:
    portal, evaluations = with_lines((referral("a"), (line(amount="100"),)), (referral("b"), ()), (referral("c"), ()))
    (found,) = by_source(replace(portal, settings=settings(currency=currency)), evaluations)
    assert found.cost_per_won == Decimal(expected)


# ----------------------------------------------------------------------------------------------------------- by reward


def kind(*lines: Line, void: LineCode | None = None, **values: str) -> str:
    """The kind of reward a referral is told under; "" where it is not told."""
    row = referral(**values)
    found = by_reward(replace(PORTAL, referrals=(row,)), {"r1": evaluation(row, *lines, void=void)})
    return found[0].name if found else ""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((line(),), "cash"),
        ((line(LEAF, amount=None), line()), "cash"),
        ((line(GIFT, amount=None),), "non_cash"),
        ((line(GIVEN),), "non_cash"),
        ((line(SUPPER, amount=None),), "non_cash"),
        ((line(LEAF, amount=None),), "non_cash"),
        ((line(WELCOME),), "none"),
        ((line(WELCOME), line(LEAF, amount=None)), "non_cash"),
        ((line(one_rule("welcome", type="discount", percent="50", to="referrer")),), "non_cash"),
        ((line(one_rule("back", type="introduction", what="two"), amount=None),), "non_cash"),
        ((line(one_rule("round", to="referred")),), "none"),
        ((), "none"),
        ((line(state=State.WITHHELD, code=LineCode.POLICY), line(GIFT, amount=None)), "non_cash"),
        ((line(state=State.WITHHELD, code=LineCode.POLICY),), "none"),
        ((line(GIFT, State.WITHHELD, LineCode.POLICY, None), line(LEAF, amount=None)), "non_cash"),
        ((line(state=State.WITHHELD, code=LineCode.UNSIGNED),), "cash"),
        ((line(state=State.WITHHELD, code=LineCode.CLAUSE_UNKNOWN),), "cash"),
        ((line(state=State.WITHHELD, code=LineCode.LOST), line(LEAF, State.WITHHELD, LineCode.LOST, None)), "cash"),
        ((line(state=State.WITHHELD, code=LineCode.ENDED),), "cash"),
        ((line(state=State.WITHHELD, code=LineCode.CAPPED, amount="0"),), "cash"),
    ],
    ids=[
        *("money", "money beside a leaf", "a gift", "a donation", "an invitation", "an honour"),
        *("a discount for the friend", "an honour beside it", "a discount for the referrer", "business back"),
        *("money to the friend", "nothing", "a gift in place of money", "money that is forbidden", "a leaf where gifts are not"),
        *("money until signed", "money until they tell us", "money that was on offer", "money that ended", "money all cut"),
    ],
)
def test_in_what_a_referral_is_rewarded(lines: tuple[Line, ...], expected: str) -> None:
    assert kind(*lines) == expected


def test_a_void_referral_earns_nothing() -> None:
    assert kind(line(state=State.WITHHELD, code=LineCode.DUPLICATE), void=LineCode.DUPLICATE) == "none"


def test_a_lead_nobody_sent_is_not_told_by_reward() -> None:
    assert kind(referrer_id="", source="inbound") == ""


def test_kinds_of_reward_stand_in_one_order_and_what_nobody_got_is_left_out() -> None:
    portal, evaluations = with_lines(
        (referral("a"), ()),
        (referral("b", won_on="", status="lost"), (line(GIFT, amount=None),)),
        (referral("c"), (line(amount="100"),)),
        (referral("d", won_on="", status="lost"), (line(state=State.WITHHELD, code=LineCode.LOST),)),
    )
    found = by_reward(portal, evaluations)
    assert [(each.name, each.referrals, each.conversion_percent, each.cost_per_won) for each in found] == [
        ("cash", ("c", "d"), Decimal("50.0"), Decimal("100.00")),
        ("non_cash", ("b",), Decimal("0.0"), None),
        ("none", ("a",), Decimal("100.0"), Decimal("0.00")),
    ]


@given(st.permutations(range(4)))
def test_the_order_of_rows_never_matters(order: list[int]) -> None:
    rows = tuple(referral(f"r{n}", won_on=str(date(2026, 2 + n, 1)), source="event" if n % 2 else "referral") for n in range(4))
    usual, evaluations = with_lines(*((row, (line(),)) for row in rows))
    other = replace(usual, referrals=tuple(rows[n] for n in order))
    assert by_source(other, evaluations) == by_source(usual, evaluations)
    assert by_reward(other, evaluations) == by_reward(usual, evaluations)


# -------------------------------------------------------------------------------------------------- through referrers


def test_what_somebody_sent_is_told_as_one_whatever_its_source_and_reward() -> None:
    cash, hamper = (line(amount="100"),), (line(GIFT, State.PAID, amount=None),)
    found = through_referrers(
        *with_lines(
            (referral("r1"), cash),
            (referral("r2", source="event"), hamper),
            (referral("r3", status="received", won_on=""), ()),
            (referral("r4", referrer_id="", source="inbound"), ()),
        )
    )
    # 100 of cash and a hamper of 45 for two won ones; the inbound lead cost no reward and is not among them.
    assert (found.name, found.received, found.won, found.cost_per_won) == ("", 3, 2, Decimal("72.50"))
    assert found.referrals == ("r1", "r2", "r3")
