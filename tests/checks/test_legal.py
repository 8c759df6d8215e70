"""What law, contracts and agreements want: L101 to L108."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest

from site_builder.checks import Subject
from site_builder.checks.legal import (
    agreements_to_write,
    cash_behind_employers,
    forbidden_payouts,
    lost_prospects,
    payouts_astray,
    unknown_clauses,
    unsigned_rewards,
    untold_prospects,
)
from site_builder.model.tables import Payout, Referral, Referrer
from site_builder.problem import Problem, Severity, Source
from tests.portals import PORTAL, incentives, referral, referrer, rule, settings, terms, typed

HAMPER = rule("hamper", type="gift", what="hamper", cost="60")
SUM = rule("sum", amount="150")
LEAF = rule("leaf", type="honour", what="a leaf")
START = rule("start", type="discount", amount="50")


def rita(**values: object) -> Referrer:
    """A partner who may be paid, unless a column says otherwise."""
    return referrer("rita", **{"audience": "partner", "kind": "partner", "kickback_clause": "none", **values})


def payout(rule_id: str, amount: str = "", **values: object) -> Payout:
    """Paid for Rita's referral on 5 October 2026, unless a column says otherwise."""
    usual = {"referral_id": "r1", "rule": rule_id, "paid_on": "2026-10-05", "amount": amount}
    return typed(Payout, {**usual, **values}, Source("data/payouts.csv", 2, 1))


def subject(
    *rules: Mapping[str, object],
    people: tuple[Referrer, ...] = (),
    sent: tuple[Referral, ...] = (),
    paid: tuple[Payout, ...] = (),
    **values: object,
) -> Subject:
    """Rita's referral was won on 1 October 2026."""
    of = incentives(*rules, **values)
    return Subject(replace(PORTAL, incentives=of, referrers=people or (rita(),), referrals=sent or (referral(),), payouts=paid))


def told(check: Callable[[Subject], Iterable[Problem]], of: Subject) -> list[tuple[str, str]]:
    return [(found.row_id, found.field) for found in check(of)]


class TestAgreementsToWrite:
    def test_each_rule_that_needs_one_is_an_error(self) -> None:
        of = subject(SUM, {**HAMPER, "needs_agreement": "yes"}, rule("old", needs_agreement="yes", valid_to="2020-01-01"))
        assert told(agreements_to_write, of) == [
            ("hamper", "rules[1].needs_agreement"),
            ("old", "rules[2].needs_agreement"),
        ]
        assert {found.severity for found in agreements_to_write(of)} == {Severity.ERROR}

    def test_one_that_is_still_to_come_is_written(self) -> None:
        of = subject({**SUM, "needs_agreement": "yes"})
        written = replace(of.portal, terms=(terms(effective_on="2027-01-01"),))
        assert told(agreements_to_write, Subject(written)) == []


SECTOR = {"sectors": {"healthcare": {"verdict": "non_cash"}, "public_sector": {"verdict": "forbid"}}}


class TestForbiddenPayouts:
    @pytest.mark.parametrize(
        ("person", "forbidden"),
        [
            ({}, []),
            ({"sector": "healthcare"}, ["sum"]),
            ({"sector": "public_sector"}, ["sum", "hamper"]),
            ({"kickback_clause": "forbidden"}, ["sum", "hamper"]),
            ({"kickback_clause": "disclose"}, []),
            ({"kickback_clause": "unknown"}, []),
        ],
    )
    def test_the_strictest_of_sector_and_clause_decides(self, person: dict[str, str], forbidden: list[str]) -> None:
        paid = (payout("sum", "150"), payout("hamper"), payout("leaf"), payout("start", "50"))
        of = subject(SUM, HAMPER, LEAF, START, people=(rita(**person),), paid=paid, policy=SECTOR)
        assert [found.message.split('"')[1] for found in forbidden_payouts(of)] == forbidden

    def test_it_stands_at_the_payout_and_names_its_referral(self) -> None:
        of = subject(SUM, people=(rita(kickback_clause="forbidden"),), paid=(payout("sum", "150"),))
        (found,) = forbidden_payouts(of)
        assert (found.code, found.severity, found.row_id, found.field) == ("L102", Severity.ERROR, "r1", "rule")
        assert found.source.path == "data/payouts.csv"
        assert "150" not in found.message

    @pytest.mark.parametrize(("paid_on", "fires"), [("2026-10-31", True), ("2026-11-01", False)])
    def test_what_is_paid_after_as_of_has_not_happened(self, paid_on: str, *, fires: bool) -> None:
        of = subject(SUM, people=(rita(kickback_clause="forbidden"),), paid=(payout("sum", "150", paid_on=paid_on),))
        assert bool(told(forbidden_payouts, of)) is fires

    def test_it_is_told_once_and_not_as_a_payout_astray_too(self) -> None:
        of = subject(SUM, HAMPER, people=(rita(kickback_clause="forbidden"),), paid=(payout("hamper", "3"), payout("sum", "1")))
        assert len(told(forbidden_payouts, of)) == 2
        assert told(payouts_astray, of) == []


class TestPayoutsAstray:
    @pytest.mark.parametrize(
        ("paid", "fields"),
        [
            (payout("sum", "150"), []),
            (payout("sum", "150.00"), []),
            (payout("sum"), []),
            (payout("start", "50"), []),
            (payout("leaf", "12"), []),
            (payout("sum", "149.99"), [("r1", "amount")]),
            (payout("sum", "150", instalment="1"), [("r1", "rule")]),
            (payout("hamper"), [("r1", "rule")]),  # they get the sum, which is listed first
            (payout("smu", "150"), [("r1", "rule")]),
            (payout("smu", "150", paid_on="2026-11-01"), []),
            (payout("sum", "1", referral_id="r9"), []),  # a referral there is not is told where the table is read
        ],
    )
    def test_a_payout_has_a_line_of_its_amount(self, paid: Payout, fields: list[tuple[str, str]]) -> None:
        assert told(payouts_astray, subject(SUM, HAMPER, LEAF, START, paid=(paid,))) == fields

    def test_instalments_are_lines_of_their_own(self) -> None:
        share = rule("share", type="commission", parts=[{"percent": "10", "of": "monthly_fee", "from": "1", "to": "2"}])
        sent = (referral(won_on="2026-08-15", monthly_fee="1000"),)
        paid = (
            payout("share", "100", instalment="1"),
            payout("share", "90", instalment="2"),
            payout("share", "100", instalment="3"),
        )
        of = subject(share, sent=sent, paid=paid, example={"monthly_fee": "1000"})
        assert [(found.field, found.message) for found in payouts_astray(of)] == [
            ("amount", 'what was paid for "r1" is not what "share" comes to'),
            ("rule", '"r1" does not earn what was paid: "share", instalment 3'),
        ]

    def test_a_rule_there_is_not_is_not_quoted_and_its_hint_keeps_old_rules(self) -> None:
        (found,) = payouts_astray(subject(SUM, paid=(payout("smu"),)))
        assert found.message == 'this was paid for "r1" under a rule there is not'
        assert "with valid_to" in found.hint

    def test_an_amount_that_is_still_open_cannot_be_compared(self) -> None:
        share = rule("share", type="commission", parts=[{"percent": "10", "of": "setup_fee"}])
        assert told(payouts_astray, subject(share, paid=(payout("share", "20"),), example={"monthly_fee": "1000"})) == []

    def test_what_was_paid_before_the_referral_came_is_no_line_of_it_yet(self) -> None:
        assert told(payouts_astray, subject(SUM, sent=(referral(received_on="2026-11-05"),), paid=(payout("sum", "1"),))) == []


class TestUnsignedRewards:
    NEEDED = rule("sum", amount="150", needs_agreement="yes", wait_days="30")

    def told(self, *rules: Mapping[str, object], person: Referrer | None = None, **sent: str) -> list[tuple[str, str]]:
        of = subject(*(rules or (self.NEEDED,)), people=(person or rita(),), sent=(referral(**sent),))
        return told(unsigned_rewards, Subject(replace(of.portal, terms=(terms(),))))

    def test_it_fires_on_the_day_on_which_the_reward_would_be_due(self) -> None:
        # 30 days after 1 October is 31 October, the day this portal speaks for.
        assert self.told(won_on="2026-10-01") == [("r1", "referrer_id")]
        assert self.told(won_on="2026-10-02") == []

    def test_it_is_told_once_a_referral(self) -> None:
        share = rule(
            "share", type="commission", needs_agreement="yes", parts=[{"percent": "10", "of": "monthly_fee", "to": "12"}]
        )
        assert self.told(share, won_on="2026-02-01", monthly_fee="1000") == [("r1", "referrer_id")]

    def test_a_signature_releases_it(self) -> None:
        assert self.told(person=rita(agreement_version="v1", agreement_signed_on="2026-02-01")) == []
        assert self.told(person=rita(agreement_version="v1", agreement_signed_on="2026-11-01")) == [("r1", "referrer_id")]

    def test_what_is_held_for_another_reason_does_not_wait_for_a_signature(self) -> None:
        assert self.told(person=rita(kickback_clause="forbidden")) == []
        assert self.told(person=rita(kickback_clause="unknown")) == []
        assert self.told(status="lost", won_on="") == []

    def test_what_is_not_earned_yet_waits_for_more(self) -> None:
        assert self.told(status="qualified", won_on="") == []

    def test_what_needs_no_agreement_waits_for_none(self) -> None:
        assert self.told(SUM) == []


class TestUnknownClauses:
    @pytest.mark.parametrize(
        ("sent", "fires"),
        [
            ({"status": "received", "won_on": ""}, True),
            ({"status": "contacted", "won_on": ""}, True),
            ({"status": "qualified", "won_on": ""}, True),
            ({"status": "won"}, True),
            ({"status": "lost", "status_on": "2026-10-31", "won_on": ""}, False),
            ({"status": "lost", "status_on": "2026-11-01", "won_on": ""}, True),
            ({"received_on": "2026-11-01", "status": "received", "won_on": ""}, False),
        ],
    )
    def test_an_open_or_won_referral_wants_the_clause_known(self, sent: dict[str, str], *, fires: bool) -> None:
        of = subject(SUM, people=(rita(kickback_clause=""),), sent=(referral(**sent),))
        assert told(unknown_clauses, of) == ([("rita", "kickback_clause")] if fires else [])

    def test_it_is_told_once_a_referrer(self) -> None:
        of = subject(
            people=(rita(kickback_clause="unknown"),), sent=(referral("r1"), referral("r2"), referral("r3", referrer_id=""))
        )
        assert told(unknown_clauses, of) == [("rita", "kickback_clause")]

    def test_who_sent_nobody_and_whose_clause_is_known_is_left_alone(self) -> None:
        assert told(unknown_clauses, subject(people=(rita(), referrer("sam")))) == []


class TestUntoldProspects:
    @staticmethod
    def told(**sent: str) -> list[tuple[str, str]]:
        return told(untold_prospects, subject(sent=(referral(**{"received_on": "2026-09-01", **sent}),)))

    def test_thirty_days_are_in_time_and_a_day_more_is_not(self) -> None:
        assert self.told(received_on="2026-10-01") == []
        assert self.told(received_on="2026-09-30") == [("r1", "prospect_told_on")]

    def test_who_was_told_late_has_been_told(self) -> None:
        assert self.told(prospect_told_on="2026-10-31") == []
        assert self.told(prospect_told_on="2026-11-01") == [("r1", "prospect_told_on")]

    def test_details_that_nobody_sent_are_no_referrers(self) -> None:
        assert self.told(referrer_id="") == []

    def test_who_is_erased_need_not_be_told(self) -> None:
        assert self.told(prospect="Erased") == []

    def test_the_days_are_the_portals_own(self) -> None:
        of = subject(sent=(referral(received_on="2026-09-30"),)).portal
        longer = replace(of, settings=settings(checks={"thresholds": {"told_days": "31"}}))
        assert told(untold_prospects, Subject(longer)) == []


class TestLostProspects:
    @staticmethod
    def told(months: str = "12", **sent: str) -> list[tuple[str, str]]:
        lost = {"received_on": "2025-01-10", "status": "lost", "status_on": "2025-09-01", "won_on": ""}
        of = subject(sent=(referral(**{**lost, **sent}),)).portal
        return told(lost_prospects, Subject(replace(of, settings=settings(retention={"lost_months": months}))))

    def test_twelve_months_are_kept_and_a_day_more_is_not(self) -> None:
        assert self.told(status_on="2025-10-31") == []
        assert self.told(status_on="2025-10-30") == [("r1", "prospect")]

    def test_retention_is_the_portals_own(self) -> None:
        assert self.told(months="14") == []
        assert self.told(months="13", status_on="2025-09-29") == [("r1", "prospect")]

    def test_without_a_day_of_loss_the_day_it_came_counts(self) -> None:
        assert self.told(status_on="") == [("r1", "prospect")]
        assert self.told(status_on="", received_on="2025-10-31") == []

    @pytest.mark.parametrize("status", ["received", "won"])
    def test_only_what_is_lost_is_forgotten(self, status: str) -> None:
        assert self.told(status=status) == []

    def test_erased_is_erased_when_the_domain_is_gone_too(self) -> None:
        assert self.told(prospect="erased") == []
        assert self.told(prospect="Erased") == []
        assert self.told(prospect="erased", prospect_domain="acme.example") == [("r1", "prospect")]


STAFF = {"audience": "staff", "kind": "client"}


class TestCashBehindEmployers:
    def told(self, *rules: Mapping[str, object], sent: Referral | None = None, **person: object) -> list[tuple[str, str]]:
        of = subject(*(rules or (SUM,)), people=(rita(**{**STAFF, **person}),), sent=(sent or referral(),))
        return told(cash_behind_employers, of)

    def test_cash_to_a_clients_staff_wants_the_employer_told(self) -> None:
        assert self.told() == [("rita", "employer_told_on")]
        assert self.told(kind="friend", client_id="acme") == [("rita", "employer_told_on")]

    def test_a_day_to_come_is_not_told_yet(self) -> None:
        assert self.told(employer_told_on="2026-10-31") == []
        assert self.told(employer_told_on="2026-11-01") == [("rita", "employer_told_on")]

    def test_cash_that_is_only_expected_counts_as_well(self) -> None:
        assert self.told(sent=referral(status="received", won_on="")) == [("rita", "employer_told_on")]

    @pytest.mark.parametrize("person", [{"audience": "owner"}, {"audience": "partner"}, {"kind": "friend"}])
    def test_others_are_nobodys_staff(self, person: dict[str, str]) -> None:
        assert told(cash_behind_employers, subject(SUM, people=(rita(**{**STAFF, **person}),))) == []

    def test_cash_that_is_withheld_and_gifts_need_nobody_told(self) -> None:
        assert self.told(kickback_clause="unknown") == []
        assert self.told(HAMPER) == []

    def test_it_is_told_once_a_person(self) -> None:
        people = (rita(**STAFF),)
        sent = (referral("r1"), referral("r2", prospect="Bakers"))
        assert told(cash_behind_employers, subject(SUM, people=people, sent=sent)) == [("rita", "employer_told_on")]
