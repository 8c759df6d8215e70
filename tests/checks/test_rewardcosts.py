"""What rewards come to on the example, beside what is common (I105) and what a lead is worth (I106)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from site_builder.checks import Subject
from site_builder.checks.rewardcosts import dear_rewards, uncommon_commissions
from site_builder.problem import Problem
from tests.portals import PORTAL, client, incentives, rule

EXAMPLE = {"monthly_fee": "1000", "setup_fee": "600", "months": "24"}
LTV = {"ltv": "20000"}
"""A lead is worth 2,000 at most."""


def subject(*rules: Mapping[str, object], **values: object) -> Subject:
    return Subject(replace(PORTAL, incentives=incentives(*rules, **values)))


def share(*parts: tuple[str, str], **values: object) -> dict[str, object]:
    named = [{"percent": percent, "of": of} for percent, of in parts]
    return rule("share", type="commission", parts=named, **values)


def monthly(percent: str, first: str = "1", last: str = "12", **values: object) -> dict[str, object]:
    parts = [{"percent": percent, "of": "monthly_fee", "from": first, "to": last}]
    return rule("share", type="commission", parts=parts, **values)


class TestUncommonCommissions:
    # The first year of the example is 12 * 1,000.
    @pytest.mark.parametrize(
        ("made", "percent"),
        [
            (share(("5", "first_year_revenue")), ""),
            (share(("10", "first_year_revenue")), ""),
            (share(("10.01", "first_year_revenue")), "10.01"),
            (share(("4.999", "first_year_revenue")), "5"),
            (share(("60", "first_month")), ""),
            (share(("100", "first_month"), ("50", "setup_fee")), "10.83"),
            (monthly("10"), ""),
            (monthly("20", last="6"), ""),
            (monthly("20", last="7"), "11.67"),
            (monthly("5", last="24"), ""),
            (monthly("10", "13", "24"), "0"),
            (share(("20", "first_year_revenue"), cap_per_referral="1200"), ""),
            (monthly("20", cap_per_year="1201"), "10.01"),
        ],
    )
    def test_what_is_earned_by_month_12_is_compared_with_the_first_year(self, made: Mapping[str, object], percent: str) -> None:
        found = [each.message for each in uncommon_commissions(subject(made, example=EXAMPLE))]
        expected = f'"share" earns {percent}% of the first year by month 12; 5 to 10% is common'
        assert found == ([expected] if percent else [])

    def test_a_shorter_example_has_a_shorter_first_year(self) -> None:
        short = {**EXAMPLE, "months": "6"}
        assert list(uncommon_commissions(subject(monthly("10"), example=short))) == []
        assert len(list(uncommon_commissions(subject(monthly("11"), example=short)))) == 1

    def test_other_rewards_and_offers_that_are_over_are_not_asked(self) -> None:
        over = monthly("50", valid_to="2026-10-30")
        assert list(uncommon_commissions(subject(over, rule(amount="9000"), example=EXAMPLE))) == []

    def test_an_offer_to_come_is_asked_before_referrers_are(self) -> None:
        assert len(list(uncommon_commissions(subject(monthly("50", valid_from="2026-11-01"), example=EXAMPLE)))) == 1

    def test_without_a_fee_there_is_nothing_to_compare_with(self) -> None:
        assert list(uncommon_commissions(subject(monthly("50"), example={"monthly_fee": "0"}))) == []
        assert list(uncommon_commissions(subject(monthly("50")))) == []

    def test_it_names_the_rule_and_its_parts(self) -> None:
        (found,) = uncommon_commissions(subject(monthly("50"), example=EXAMPLE))
        assert (found.code, found.row_id, found.field) == ("I105", "share", "rules[0].parts")


class TestDearRewards:
    @staticmethod
    def told(*rules: Mapping[str, object], **values: object) -> list[tuple[str, str]]:
        found: list[Problem] = list(dear_rewards(subject(*rules, **{"economics": LTV, **values})))
        assert {each.code for each in found} <= {"I106"}
        return [(each.row_id, each.field) for each in found]

    def test_the_upper_lead_value_may_be_reached_and_not_exceeded(self) -> None:
        assert self.told(rule(amount="2000")) == []
        assert self.told(rule(amount="2000.01")) == [("thanks100", "rules[0].type")]
        narrow = {**LTV, "lead_value_percent": {"from": "1", "to": "5"}}
        assert self.told(rule(amount="1000.01"), economics=narrow) == [("thanks100", "rules[0].type")]

    def test_no_private_figure_is_told(self) -> None:
        (found,) = dear_rewards(subject(rule("h", type="gift", what="hamper", cost="4321", audiences=["staff"]), economics=LTV))
        assert found.message == 'rewards for a client sent by "staff" cost more than a lead is worth, "h" the most of it'

    def test_of_several_rewards_worth_money_a_referrer_gets_one(self) -> None:
        hamper = rule("hamper", type="gift", what="hamper", cost="1200")
        boats = rule("boats", type="donation", charity="Boats", amount="1500")
        assert self.told(rule(amount="1900"), hamper, boats) == []

    def test_what_the_friend_gets_comes_on_top(self) -> None:
        start = rule("start", type="discount", amount="200", months="3")
        assert self.told(rule(amount="1400"), start, example=EXAMPLE) == []
        assert self.told(rule(amount="1401"), start, example=EXAMPLE) == [("thanks100", "rules[0].type")]
        card = rule("card", amount="601", to="referred")
        assert self.told(rule(amount="1400"), card) == [("thanks100", "rules[0].type")]

    def test_audiences_are_not_added_up_and_the_dearest_is_named(self) -> None:
        staff = rule("staff", amount="1500", audiences=["staff"])
        assert self.told(rule("owner", amount="1800", audiences=["owner"]), staff) == []
        assert self.told(
            rule("owner", amount="2100", audiences=["owner"]), rule("staff", amount="2200", audiences=["staff"])
        ) == [("staff", "rules[1].type")]

    def test_a_commission_counts_over_all_its_months_and_after_its_cap(self) -> None:
        # 10 % of 1,000 over 24 months is 2,400.
        assert self.told(monthly("10", last="24"), example=EXAMPLE) == [("share", "rules[0].type")]
        assert self.told(monthly("10", last="24", cap_per_referral="2000"), example=EXAMPLE) == []

    def test_of_tiers_the_highest_counts_and_caps_cut_cash_alone(self) -> None:
        steps = {"type": "tiered", "tiers": [{"nth": "1", "amount": "2500"}, {"nth": "2", "amount": "100"}]}
        assert self.told(rule("steps", **steps)) == [("steps", "rules[0].type")]
        assert self.told(rule("steps", **steps, cap_per_year="1999")) == []
        assert self.told(rule(amount="2500", cap_per_referral="2000")) == []
        boats = rule("boats", type="donation", charity="Boats", amount="2500", cap_per_referral="1")
        assert self.told(boats) == [("boats", "rules[0].type")]

    def test_what_has_no_price_and_what_is_over_costs_nothing(self) -> None:
        leaf = rule("leaf", type="honour", what="a leaf")
        unpriced = rule("hamper", type="gift", what="hamper")
        half = rule("half", type="discount", percent="50")  # no example to take half of
        assert self.told(leaf, unpriced, half, rule(amount="9000", valid_to="2026-10-30")) == []

    def test_audiences_that_are_not_rewarded_cost_nothing(self) -> None:
        assert self.told(rule(amount="9000", audiences=["staff"]), audiences=["owner"]) == []

    @pytest.mark.parametrize(
        ("economics", "field"), [(None, "economics"), ({"lead_value_percent": {"from": "5", "to": "10"}}, "economics.ltv")]
    )
    def test_that_nobody_knows_what_a_client_is_worth_is_told_once(self, economics: object, field: str) -> None:
        rules = (rule(), rule("hamper", type="gift", what="hamper"))
        of = subject(*rules, **({"economics": economics} if economics else {}))
        assert [(found.code, found.field) for found in dear_rewards(of)] == [("I106", field)]

    def test_nobody_need_know_while_nothing_is_worth_money(self) -> None:
        assert list(dear_rewards(subject(rule("leaf", type="honour", what="a leaf")))) == []
        assert list(dear_rewards(subject())) == []

    def test_a_worth_reckoned_from_fees_waits_for_the_first_fee(self) -> None:
        economics = {"gross_margin_percent": "50", "years": "5"}
        of = subject(rule(amount="301"), economics=economics)
        assert list(dear_rewards(of)) == []
        # 100 a month * 12 * 50 % * 5 years = 3,000, of which a tenth is 300.
        paying = client(monthly_fee="100", last_paid_on="2026-10-01")
        (found,) = dear_rewards(Subject(replace(of.portal, clients=(paying,))))
        assert found.row_id == "thanks100"
