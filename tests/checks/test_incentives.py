"""Whether what is offered moves anybody: I101 to I104, and I107 to I110."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest

from site_builder.checks import Subject
from site_builder.checks.incentives import (
    cash_for_owners,
    derisory_cash,
    falling_tiers,
    forgotten_audiences,
    hard_to_read,
    nothing_for_the_friend,
    offered,
    out_of_reach,
    same_for_all,
    unexpired,
)
from site_builder.problem import Problem, Severity
from tests.portals import PORTAL, incentives, referrer, rule, settings

Rule = Mapping[str, object]
EVERY = (
    forgotten_audiences,
    cash_for_owners,
    derisory_cash,
    same_for_all,
    hard_to_read,
    nothing_for_the_friend,
    out_of_reach,
    falling_tiers,
)


def subject(*rules: Rule, thresholds: Mapping[str, str] | None = None, locale: str = "en-GB", **values: object) -> Subject:
    own = settings(locale=locale, checks={"thresholds": thresholds or {}})
    return Subject(replace(PORTAL, settings=own, incentives=incentives(*rules, **values)))


def told(check: Callable[[Subject], Iterable[Problem]], of: Subject) -> list[tuple[str, str]]:
    """The row and the field of each problem."""
    return [(found.row_id, found.field) for found in check(of)]


def gift(id_: str, *audiences: str, **values: object) -> Rule:
    return rule(id_, type="gift", what="a hamper", **({"audiences": list(audiences)} if audiences else {}), **values)


def sum_of(amount: str, *audiences: str, **values: object) -> Rule:
    return rule("sum", amount=amount, **({"audiences": list(audiences)} if audiences else {}), **values)


def tiers(*amounts: tuple[int, str], **values: object) -> Rule:
    return rule("steps", type="tiered", tiers=[{"nth": str(nth), "amount": amount} for nth, amount in amounts], **values)


DISCOUNT = rule("welcome", type="discount", percent="50")


@pytest.mark.parametrize("check", EVERY)
def test_a_portal_without_rules_has_not_started_which_is_not_wrong(check: Callable[[Subject], Iterable[Problem]]) -> None:
    assert list(check(subject())) == []


def test_an_offer_lasts_from_its_first_day_to_its_last() -> None:
    of = subject(
        gift("over", valid_to="2026-10-30"),
        gift("to-today", valid_to="2026-10-31"),
        gift("from-today", valid_from="2026-10-31"),
        gift("to-come", valid_from="2026-11-01"),
    )
    assert [(path, each.id) for path, each in offered(of)] == [("rules[1]", "to-today"), ("rules[2]", "from-today")]
    assert [path for path, _ in unexpired(of)] == ["rules[1]", "rules[2]", "rules[3]"]


class TestForgottenAudiences:
    def test_each_audience_without_a_reward_of_its_own_is_told(self) -> None:
        of = subject(gift("a", "owner"), DISCOUNT)
        assert told(forgotten_audiences, of) == [("staff", "audiences"), ("partner", "audiences")]

    def test_only_those_you_reward_count(self) -> None:
        assert told(forgotten_audiences, subject(gift("a", "owner"), audiences=["owner"])) == []

    def test_an_offer_that_is_over_rewards_nobody(self) -> None:
        of = subject(gift("a", valid_to="2026-10-30"), audiences=["owner"])
        assert told(forgotten_audiences, of) == [("owner", "audiences")]

    def test_an_offer_to_come_rewards_nobody_yet(self) -> None:
        of = subject(gift("a", valid_from="2026-11-01"), audiences=["owner"])
        assert told(forgotten_audiences, of) == [("owner", "audiences")]

    def test_an_audience_named_twice_is_told_once(self) -> None:
        of = subject(gift("a", "owner"), audiences=["staff", "owner", "staff"])
        (found,) = forgotten_audiences(of)
        assert (found.row_id, found.severity) == ("staff", Severity.WARNING)


class TestCashForOwners:
    def test_cash_of_every_kind_is_cash(self) -> None:
        share = rule("share", type="commission", parts=[{"percent": "5", "of": "first_month"}])
        of = subject(share, tiers((1, "200")), sum_of("200"), DISCOUNT)
        assert told(cash_for_owners, of) == [("share", "rules[0].type")]

    @pytest.mark.parametrize(
        "other",
        [gift("hamper"), rule("leaf", type="honour", what="a leaf"), rule("boats", type="donation", charity="B", amount="9")],
    )
    def test_whatever_else_they_get_makes_it_not_cash_alone(self, other: Rule) -> None:
        assert told(cash_for_owners, subject(sum_of("200"), other)) == []

    def test_a_gift_to_come_does_not_help_yet(self) -> None:
        of = subject(gift("hamper", valid_from="2026-11-01"), sum_of("200"))
        assert told(cash_for_owners, of) == [("sum", "rules[1].type")]

    def test_what_others_get_does_not_help_owners(self) -> None:
        assert told(cash_for_owners, subject(gift("hamper", "staff"), sum_of("200", "owner"))) == [("sum", "rules[1].type")]

    def test_who_rewards_no_owners_offers_them_no_cash(self) -> None:
        assert told(cash_for_owners, subject(sum_of("200"), audiences=["staff"])) == []


class TestDerisoryCash:
    @pytest.mark.parametrize(("amount", "fires"), [("99.99", True), ("100", True), ("100.01", False)])
    def test_a_sum_at_the_threshold_is_derisory(self, amount: str, *, fires: bool) -> None:
        assert told(derisory_cash, subject(sum_of(amount))) == ([("sum", "rules[0].amount")] if fires else [])

    def test_the_threshold_is_the_portals_own(self) -> None:
        (found,) = derisory_cash(subject(sum_of("250"), thresholds={"derisory": "300"}))
        assert found.message == 'an owner may find 250 GBP derisory (rule "sum")'
        assert found.hint.endswith("or pay more than 300")

    def test_of_tiers_the_smallest_counts(self) -> None:
        (found,) = derisory_cash(subject(tiers((1, "80"), (3, "50"), (5, "400"))))
        assert (found.field, found.severity) == ("rules[0].tiers", Severity.ADVICE)
        assert found.message == 'an owner may find 50 GBP derisory (rule "steps")'

    def test_what_others_get_and_what_is_no_sum_is_not_looked_at(self) -> None:
        share = rule("share", type="commission", parts=[{"percent": "1", "of": "first_month"}])
        others = (sum_of("5", "staff", "partner"), share, gift("hamper"), rule("voucher", amount="5", to="referred"))
        assert told(derisory_cash, subject(*others)) == []


class TestSameForAll:
    def test_one_offer_for_everybody_is_told_once(self) -> None:
        (found,) = same_for_all(subject(gift("hamper"), DISCOUNT))
        assert (found.message, found.field) == ("all audiences get the same: owner, staff, partner", "rules")

    def test_another_name_for_the_same_makes_no_difference(self) -> None:
        of = subject(gift("a", "owner", title="A"), gift("b", "staff", "partner", plain="B"))
        assert len(told(same_for_all, of)) == 1

    @pytest.mark.parametrize(
        "rules",
        [
            (gift("hamper"), gift("cakes", "staff")),
            (gift("a", "owner"), gift("b", "staff", to_share="yes"), gift("c", "partner")),
            (gift("hamper", "owner", "staff"),),
        ],
    )
    def test_a_difference_for_one_audience_is_enough(self, rules: tuple[Rule, ...]) -> None:
        assert told(same_for_all, subject(*rules)) == []

    def test_one_audience_alone_is_not_all(self) -> None:
        assert told(same_for_all, subject(gift("hamper"), audiences=["owner"])) == []

    def test_nothing_for_anybody_is_told_elsewhere(self) -> None:
        assert told(same_for_all, subject(DISCOUNT)) == []
        assert told(same_for_all, subject(DISCOUNT, audiences=[])) == []


class TestHardToRead:
    def test_one_word_more_than_the_threshold_is_too_many(self) -> None:
        plain = "We go " * 12
        assert told(hard_to_read, subject(gift("fits", plain=f"{plain}out"))) == []
        (found,) = hard_to_read(subject(gift("long", plain=f"{plain}out now")))
        assert (found.message, found.field) == ('"long" is explained in 26 words; 25 are enough', "rules[0].plain")

    # 11 words of 44 letters in two sentences: grade 0.16
    @pytest.mark.parametrize(("grade", "fires"), [("0.16", False), ("0.15", True)])
    def test_a_text_above_the_grade_is_too_hard(self, grade: str, *, fires: bool) -> None:
        plain = "Put it where people can reach it. Nobody gives a speech."
        found = list(hard_to_read(subject(gift("a", plain=plain), thresholds={"plain_grade": grade})))
        assert [each.message for each in found] == (['"a" is written for school grade 1; grade 0.15 is enough'] if fires else [])

    def test_only_english_has_grades(self) -> None:
        hard = gift("a", plain="Remuneration follows contractual commencement.")
        counts = {locale: len(told(hard_to_read, subject(hard, locale=locale))) for locale in ("en", "en-US", "de-DE", "fr")}
        assert counts == {"en": 1, "en-US": 1, "de-DE": 0, "fr": 0}

    def test_one_problem_is_told_of_one_text(self) -> None:
        of = subject(gift("a", plain="Remuneration " * 26))
        assert [found.message for found in hard_to_read(of)] == ['"a" is explained in 26 words; 25 are enough']

    def test_an_offer_to_come_is_read_before_referrers_read_it(self) -> None:
        assert told(hard_to_read, subject(gift("a", plain="We go " * 20, valid_from="2027-01-01"))) == [("a", "rules[0].plain")]

    def test_an_offer_that_is_over_need_not_be_read(self) -> None:
        assert told(hard_to_read, subject(gift("a", plain="We go " * 20, valid_to="2025-01-01"))) == []


class TestNothingForTheFriend:
    def test_anything_to_the_referred_is_something(self) -> None:
        assert told(nothing_for_the_friend, subject(gift("hamper", to="referred"))) == []
        assert told(nothing_for_the_friend, subject(DISCOUNT)) == []

    def test_a_discount_to_the_referrer_is_not_the_friends(self) -> None:
        of = subject(rule("less", type="discount", percent="5", to="referrer"))
        assert told(nothing_for_the_friend, of) == [("", "rules")]

    @pytest.mark.parametrize("days", [{"valid_to": "2026-10-30"}, {"valid_from": "2026-11-01"}], ids=["over", "to come"])
    def test_one_that_is_over_or_to_come_is_nothing(self, days: dict[str, str]) -> None:
        of = subject({**DISCOUNT, **days}, gift("hamper"))
        assert told(nothing_for_the_friend, of) == [("", "rules")]


class TestOutOfReach:
    def test_a_rule_for_audiences_that_are_not_rewarded(self) -> None:
        of = subject(gift("a", "staff", "partner"), gift("b", "owner", "staff"), audiences=["owner"])
        assert told(out_of_reach, of) == [("a", "rules[0].audiences")]

    def test_cash_that_no_clause_lets_be_paid(self) -> None:
        clauses = {"none": {"verdict": "non_cash"}, "disclose": {"verdict": "non_cash"}}
        of = subject(sum_of("200"), gift("hamper"), policy={"clauses": clauses})
        assert told(out_of_reach, of) == [("sum", "rules[0].type")]

    def test_one_clause_that_allows_it_is_enough(self) -> None:
        clauses = {"none": {"verdict": "forbid"}, "disclose": {"verdict": "forbid"}, "forbidden": {"verdict": "disclose"}}
        assert told(out_of_reach, subject(sum_of("200"), policy={"clauses": clauses})) == []

    def test_an_unknown_clause_holds_cash_and_nothing_else(self) -> None:
        clauses = {name: {"verdict": "forbid"} for name in ("none", "disclose", "forbidden")}
        of = subject(sum_of("200"), gift("hamper"), policy={"clauses": clauses})
        assert told(out_of_reach, of) == [("sum", "rules[0].type")]

    def test_all_that_is_worth_money_where_every_sector_forbids_it(self) -> None:
        known = ("general", "healthcare", "public_sector", "financial_advice", "accountancy", "legal", "real_estate")
        policy = {"sectors": {name: {"verdict": "forbid"} for name in known}}
        rules = (gift("hamper"), rule("leaf", type="honour", what="a leaf"), DISCOUNT)
        assert told(out_of_reach, subject(*rules, policy=policy)) == [("hamper", "rules[0].type")]
        of = subject(*rules, policy=policy)
        in_use = Subject(replace(of.portal, referrers=(referrer(sector="bakeries"),)))
        assert told(out_of_reach, in_use) == []

    def test_a_reward_listed_after_another_can_be_preferred(self) -> None:
        assert told(out_of_reach, subject(sum_of("200"), gift("hamper"))) == []


class TestFallingTiers:
    def test_a_later_tier_worth_less_is_told_once_whatever_the_order(self) -> None:
        (found,) = falling_tiers(subject(tiers((5, "50"), (1, "200"), (3, "100"))))
        assert found.message == '"steps" pays less for client 3 of a year than for client 1'
        assert (found.row_id, found.field, found.severity) == ("steps", "rules[0].tiers", Severity.WARNING)

    def test_tiers_that_rise_or_stay_are_fine(self) -> None:
        assert told(falling_tiers, subject(tiers((1, "100"), (3, "100"), (5, "200")), gift("hamper"))) == []
