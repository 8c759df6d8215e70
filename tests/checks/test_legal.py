"""What law, contracts and agreements want: L101 to L109."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest

from site_builder.checks import Subject
from site_builder.checks.legal import (
    agreements_to_write,
    cash_behind_employers,
    forbidden_payouts,
    hasty_payouts,
    lost_prospects,
    payouts_astray,
    unknown_clauses,
    unsigned_rewards,
    untold_prospects,
)
from site_builder.model.tables import Payout, Referral, Referrer
from site_builder.problem import Problem, Severity, Source
from tests.portals import PORTAL, client, incentives, referral, referrer, rule, settings, terms, typed

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
            (payout("sum"), [("r1", "amount")]),  # cash was some amount
            (payout("start"), []),
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


class TestHastyPayouts:
    """Rita's referral came on 10 January, was won on 1 October and is paid for on 5 October 2026."""

    @staticmethod
    def told(of: Subject) -> list[tuple[str, str]]:
        return told(hasty_payouts, of)

    def test_what_is_earned_may_be_paid_before_it_is_due(self) -> None:
        assert self.told(subject({**SUM, "wait_days": "30"}, paid=(payout("sum", "150"),))) == []

    @pytest.mark.parametrize(
        ("why", "rules", "person", "sent"),
        [
            ("the referrer has not signed its terms", {"needs_agreement": "yes"}, {}, {}),
            ("nobody knows what the referrer's contract says about rewards", {}, {"kickback_clause": "unknown"}, {}),
            ("the prospect is the referrer's own firm", {}, {"client_id": "acme"}, {"prospect": "Acme"}),
            ("the prospect was a client already", {}, {}, {"prospect": "Acme"}),
            ("another referral of the same prospect came first", {}, {}, {"prospect": "Bolt"}),
            ("the referral was lost before it was earned", {}, {}, {"status": "lost", "won_on": ""}),
            ("the contract ended before it was due", {"wait_days": "30"}, {}, {"ended_on": "2026-10-30"}),
        ],
    )
    def test_what_is_withheld_is_not_paid(
        self, why: str, rules: dict[str, str], person: dict[str, str], sent: dict[str, str]
    ) -> None:
        first = referral("r0", received_on="2025-12-01", prospect="Bolt", referrer_id="", status="received", won_on="")
        of = subject(
            {**SUM, **rules},
            people=(rita(**person),),
            sent=(first, referral("r1", **sent)),
            paid=(payout("sum", "150"),),
        )
        (found,) = hasty_payouts(Subject(replace(of.portal, clients=(client("acme", last_paid_on="2026-10-01"),))))
        assert (found.code, found.severity, found.row_id, found.field) == ("L109", Severity.WARNING, "r1", "rule")
        assert found.message == f'"sum" was paid for "r1", though {why}'
        assert found.hint.endswith("; or ask for it back")
        assert "150" not in found.message + found.hint
        assert list(payouts_astray(of)) == []  # it has its line, and its amount

    @pytest.mark.parametrize("clause", ["none", "forbidden"])
    def test_what_sector_or_clause_forbids_is_told_as_that_alone(self, clause: str) -> None:
        person = rita(kickback_clause=clause, sector="public_sector")
        sent = (referral(status="lost", won_on=""),)
        of = subject(SUM, people=(person,), sent=sent, paid=(payout("sum", "150"),), policy=SECTOR)
        assert (len(told(forbidden_payouts, of)), self.told(of)) == (1, [])

    def test_a_discount_for_a_client_already_is_withheld_too(self) -> None:
        of = subject(START, sent=(referral(prospect="Acme"),), paid=(payout("start", "50"),))
        known = replace(of.portal, clients=(client("acme", last_paid_on="2026-10-01"),))
        assert (self.told(of), self.told(Subject(known))) == ([], [("r1", "rule")])

    @pytest.mark.parametrize(
        ("earned_when", "days", "column"),
        [
            ("qualified", {"qualified_on": "2026-10-05"}, "qualified_on"),
            ("won", {"won_on": "2026-10-05"}, "won_on"),
            ("won", {"won_on": "", "status_on": "2026-10-05"}, "won_on"),
            ("paid", {"first_paid_on": "2026-10-05"}, "first_paid_on"),
        ],
    )
    def test_nothing_is_paid_before_the_day_on_which_it_is_earned(
        self, earned_when: str, days: dict[str, str], column: str
    ) -> None:
        milestone, sent = {**SUM, "earned_when": earned_when}, (referral("r1", **days),)
        assert self.told(subject(milestone, sent=sent, paid=(payout("sum", "150"),))) == []
        early = subject(milestone, sent=sent, paid=(payout("sum", "150", paid_on="2026-10-04"),))
        (found,) = hasty_payouts(early)
        assert (found.code, found.field, found.message) == ("L109", "paid_on", '"sum" was paid for "r1" before it was earned')
        assert f"the day in {column}" in found.hint

    def test_what_is_earned_by_sending_is_not_paid_before_they_are_sent(self) -> None:
        received = {**SUM, "earned_when": "received"}
        assert self.told(subject(received, paid=(payout("sum", "150", paid_on="2026-01-10"),))) == []
        assert self.told(subject(received, paid=(payout("sum", "150", paid_on="2026-01-09"),))) == [("r1", "paid_on")]

    def test_what_is_not_earned_at_all_yet_is_paid_too_early(self) -> None:
        sent = (referral(status="qualified", won_on=""),)
        assert self.told(subject(SUM, sent=sent, paid=(payout("sum", "150"),))) == [("r1", "paid_on")]

    def test_an_instalment_is_earned_on_its_own_day(self) -> None:
        share = rule("share", type="commission", parts=[{"percent": "10", "of": "monthly_fee", "to": "2"}])
        sent = (referral(won_on="2026-08-05", monthly_fee="1000"),)
        paid = (payout("share", "100", instalment="1"), payout("share", "100", instalment="2", paid_on="2026-10-04"))
        of = subject(share, sent=sent, paid=paid, example={"monthly_fee": "1000"})
        (found,) = hasty_payouts(of)
        assert found.field == "paid_on"
        assert "the day in won_on" in found.hint

    def test_a_payout_without_a_line_or_to_come_is_not_this_checks_business(self) -> None:
        lost = (referral(status="lost", won_on=""),)
        assert self.told(subject(SUM, sent=lost, paid=(payout("smu", "150"),))) == []
        assert self.told(subject(SUM, sent=lost, paid=(payout("sum", "150", paid_on="2026-11-01"),))) == []


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


class TestVersionsThereAreNot:
    NEEDED = rule("sum", amount="150", needs_agreement="yes")

    def found(self, typed_version: str, *versions: str, sent: tuple[Referral, ...] = ()) -> list[Problem]:
        person = rita(agreement_version=typed_version, agreement_signed_on="2026-02-01")
        of = subject(self.NEEDED, people=(person,), sent=sent)
        return list(unsigned_rewards(Subject(replace(of.portal, terms=tuple(terms(name) for name in versions)))))

    def test_a_version_there_is_not_is_told_at_the_referrer(self) -> None:
        (found,) = self.found("v9", "v2", "v1")
        assert (found.code, found.severity, found.row_id, found.field) == (
            "L103",
            Severity.WARNING,
            "rita",
            "agreement_version",
        )
        assert found.source.path == "data/referrers.csv"
        assert found.message == 'a reward for "rita" would be due, but "v9" is no version of your terms'
        assert found.hint == "write in agreement_version the one they signed; content/terms/ has v1, v2"

    @pytest.mark.parametrize("typed_version", ["V1", "v.1", "vv1"])
    def test_a_near_one_is_offered_whatever_its_capitals(self, typed_version: str) -> None:
        (found,) = self.found(typed_version, "v1")
        assert found.hint == 'did you mean "v1"?'

    def test_it_is_told_once_a_referrer(self) -> None:
        assert len(self.found("v9", "v1", sent=(referral("r1"), referral("r2", prospect="Others")))) == 1

    def test_a_sentence_in_the_wrong_place_is_not_quoted(self) -> None:
        (found,) = self.found("signed by Ann Hale", "v1")
        assert found.message == 'a reward for "rita" would be due, but what they signed is no version of your terms'

    def test_without_any_terms_there_is_none_to_offer(self) -> None:
        (found,) = self.found("v9")
        assert found.hint.endswith("content/terms/ has none")

    def test_a_version_that_is_too_old_is_one_all_the_same(self) -> None:
        of = subject(self.NEEDED, people=(rita(agreement_version="v0", agreement_signed_on="2026-01-05"),))
        both = (terms("v0", effective_on="2025-01-01"), terms("v1"))
        (found,) = unsigned_rewards(Subject(replace(of.portal, terms=both)))
        assert (found.field, found.row_id) == ("referrer_id", "r1")

    def test_while_nothing_would_be_due_nothing_is_told(self) -> None:
        assert self.found("v9", "v1", sent=(referral(status="qualified", won_on=""),)) == []


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
