"""What holds for any programme: rewards within bounds, sums that add up, and nothing that hangs on the order of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.portal import Portal
from site_builder.model.tables import Referral
from site_builder.rules.incentives import evaluations
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import State, StepName
from tests.portals import client, referral, rule, terms
from tests.rules.incentives.making import payout, programme, referrer

FIRST = date(2025, 6, 1)
PEOPLE = ("ann", "bob")
RULES = ("hamper", "cash", "share", "steps", "shelter")
CENT = Decimal("0.01")


def days(last: int = 600) -> st.SearchStrategy[str]:
    return st.integers(0, last).map(lambda days_later: str(FIRST + timedelta(days_later)))


money = st.decimals(0, 5000, places=3).map(str)
maybe_money = st.one_of(st.just(""), money)
caps = st.fixed_dictionaries({"cap_per_referral": maybe_money, "cap_per_year": maybe_money})
months = st.integers(1, 15)


@st.composite
def tiers(draw: st.DrawFn) -> list[dict[str, str]]:
    """Tiers whose amounts do not fall."""
    places = sorted(draw(st.sets(st.integers(1, 5), min_size=1, max_size=3)))
    amounts = sorted(draw(st.lists(st.decimals(0, 500, places=2), min_size=len(places), max_size=len(places))))
    return [{"nth": str(nth), "amount": str(amount)} for nth, amount in zip(places, amounts, strict=True)]


@st.composite
def rules(draw: st.DrawFn) -> list[Mapping[str, object]]:
    """The five rewards worth money in some order, a discount and an honour."""
    length = draw(months)
    parts = [
        {"percent": str(draw(st.decimals(0, 100, places=2))), "of": draw(st.sampled_from(["setup_fee", "first_month"]))},
        {"percent": str(draw(st.decimals(0, 100, places=2))), "of": "monthly_fee", "from": "1", "to": str(length)},
        {"percent": "3.3", "of": "monthly_fee", "from": str(draw(st.integers(1, length))), "to": str(length + 2)},
    ]
    common = {"wait_days": str(draw(st.integers(0, 60))), "earned_when": draw(st.sampled_from(["qualified", "won", "paid"]))}
    made = [
        rule("hamper", type="gift", what="a hamper"),
        rule("cash", amount=draw(money), **common, **_given(draw(caps))),
        rule("share", type="commission", parts=parts, needs_agreement="yes", **common, **_given(draw(caps))),
        rule("steps", type="tiered", tiers=draw(tiers()), **_given(draw(caps))),
        rule("shelter", type="donation", charity="it", amount="150"),
    ]
    beside = [rule("welcome", type="discount", percent="50", months="2"), rule("leaf", type="honour", what="a leaf")]
    return [*draw(st.permutations(made)), *beside]


def _given(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


@st.composite
def rows(draw: st.DrawFn, referral_id: str) -> Referral:
    """A referral of any course; few names, so that some are of one prospect."""
    values = {
        "received_on": draw(days()),
        "referrer_id": draw(st.sampled_from(["", *PEOPLE])),
        "prospect": draw(st.sampled_from(["Acme Ltd", "Acme", "Bree", "Cole", "Dunn", "Elm"])),
        "status": draw(st.sampled_from(["received", "qualified", "won", "won", "lost"])),
        "status_on": draw(st.one_of(st.just(""), days())),
        "won_on": draw(st.one_of(st.just(""), days())),
        "first_paid_on": draw(st.one_of(st.just(""), days())),
        "ended_on": draw(st.one_of(st.just(""), days())),
        "monthly_fee": draw(maybe_money),
        "setup_fee": draw(maybe_money),
    }
    return referral(referral_id, **values)


@st.composite
def portals(draw: st.DrawFn) -> Portal:
    referrals = tuple(draw(rows(f"r{number}")) for number in range(draw(st.integers(1, 7))))
    people = tuple(
        referrer(
            name,
            client_id=draw(st.sampled_from(["", "acme"])),
            prefers=draw(st.sampled_from(["", "none", *RULES])),
            kickback_clause=draw(st.sampled_from(["none", "unknown", "disclose", "forbidden"])),
            agreement_version="v1",
            agreement_signed_on=draw(days()),
        )
        for name in PEOPLE
    )
    payouts = tuple(
        payout(f"r{number}", draw(st.sampled_from(RULES)), paid_on=draw(days())) for number in draw(st.sets(st.integers(0, 6)))
    )
    return programme(
        *draw(rules()),
        referrers=people,
        referrals=referrals,
        payouts=payouts,
        clients=(client(last_paid_on=draw(days())),),
        terms=(terms(),),
        policy={"sectors": {"general": {"verdict": draw(st.sampled_from(["allow", "non_cash"]))}}},
    )


def worth(line: Line) -> Decimal | None:
    """A line's worth by its own steps: the sum of its parts, rounded, and cut as its last cap says; None for none."""
    total: Decimal | None = None
    for step in line.steps:
        values = {name: value for name, value in step.values.items() if isinstance(value, Decimal | int)}
        match step.name:
            case StepName.BASE_UNKNOWN:
                return None
            case StepName.SHARE_OF_BASE | StepName.SHARE_OF_MONTH:
                total = (total or Decimal(0)) + values["percent"] * values["base"] / Decimal(100)
            case StepName.FIXED | StepName.TIER | StepName.DONATION:
                total = Decimal(values["amount"])
            case StepName.DISCOUNT_PERCENT:
                total = values["percent"] * values["base"] * values["months"] / Decimal(100)
            case StepName.CAP_PER_REFERRAL | StepName.CAP_PER_YEAR:
                assert total is not None
                assert values["before"] == total.quantize(CENT, ROUND_HALF_UP)
                total = Decimal(values["amount"])
            case _:
                pass
    return None if total is None else total.quantize(CENT, ROUND_HALF_UP)


def capped(found: Mapping[str, Evaluation]) -> list[tuple[Evaluation, Line, Decimal]]:
    """The lines that caps are for, with their amounts."""
    return [
        (each, line, line.amount)
        for each in found.values()
        for line in each.lines
        if line.is_cash and line.state is not State.WITHHELD and line.amount is not None
    ]


@given(portals())
def test_no_reward_is_negative_or_above_its_caps(portal: Portal) -> None:
    found = evaluations(portal)
    assert all(line.amount >= 0 for each in found.values() for line in each.lines if line.amount is not None)
    by_referral: defaultdict[object, Decimal] = defaultdict(Decimal)
    by_year: defaultdict[object, Decimal] = defaultdict(Decimal)
    for each, line, amount in capped(found):
        by_referral[each.referral.referral_id, line.rule.id] += amount
        if line.rule.cap_per_referral is not None:
            assert by_referral[each.referral.referral_id, line.rule.id] <= line.rule.cap_per_referral
        if line.milestone_on is not None and line.rule.cap_per_year is not None:
            key = each.referral.referrer_id, line.rule.id, line.milestone_on.year
            by_year[key] += amount
            assert by_year[key] <= line.rule.cap_per_year


@given(portals())
def test_every_amount_is_the_sum_of_its_parts_and_every_total_of_its_lines(portal: Portal) -> None:
    for each in evaluations(portal).values():
        assert [line.amount for line in each.lines] == [worth(line) for line in each.lines]
        totals = each.totals()
        assert sum(totals.values()) == sum(line.amount for line in each.lines if line.is_cash and line.amount is not None)
        assert list(totals) == list(State)


@given(portals(), st.data())
def test_the_order_of_rows_never_matters(portal: Portal, data: st.DataObject) -> None:
    shuffled = replace(
        portal,
        referrals=tuple(data.draw(st.permutations(portal.referrals))),
        referrers=portal.referrers[::-1],
        payouts=portal.payouts[::-1],
    )
    assert list(evaluations(shuffled).items()) == list(evaluations(portal).items())


@given(portals())
def test_a_reason_is_given_for_all_that_is_withheld_and_for_nothing_else(portal: Portal) -> None:
    for each in evaluations(portal).values():
        for line in each.lines:
            assert line.state is not State.WITHHELD or line.code is not None
            assert line.code in {None, "capped"} or line.state in {State.WITHHELD, State.PAID}
            assert each.void is None or (line.code is each.void and line.state in {State.WITHHELD, State.PAID})
            assert (line.paid_on is not None) is (line.state is State.PAID)
            assert (line.milestone_on is None) is (line.due_on is None)


@given(tiers(), st.lists(days(), min_size=1, max_size=8), days(), maybe_money)
def test_one_more_won_referral_never_lowers_a_total(made: list[dict[str, str]], won: list[str], more: str, cap: str) -> None:
    steps = rule("steps", type="tiered", tiers=made, **_given({"cap_per_year": cap}))
    before = [referral(f"r{n}", prospect=f"Firm {n}", received_on=str(FIRST), won_on=day) for n, day in enumerate(won)]
    after = [*before, referral("more", prospect="One more", received_on=str(FIRST), won_on=more)]

    def total(referrals: list[Referral]) -> Decimal:
        found = evaluations(programme(steps, as_of="2027-12-31", referrals=tuple(referrals)))
        return sum((amount for _each, _line, amount in capped(found)), start=Decimal(0))

    assert total(after) >= total(before)
