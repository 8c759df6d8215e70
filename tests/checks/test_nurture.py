"""Thanks, news and talks that are late, and asks that come too early."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from site_builder.checks import Subject
from site_builder.checks.nurture import (
    asks_before_repair,
    clients_alone,
    late_thanks,
    overdue_talks,
    owed_rewards,
    untold_outcomes,
    wanting_figures,
)
from site_builder.load.wording import wording
from site_builder.model.documents import Nurture
from site_builder.model.tables import Payout, Referral, Referrer
from site_builder.problem import Problem, Severity, Source
from tests.portals import PORTAL, incentives, referral, referrer, rule, settings, typed
from tests.rules.firms import client, portal, review

NURTURE = {"thank_within_days": "2", "tell_outcome_within_days": "5", "sync_every_days": {"owner": "90"}}


def asked(*referrals: Referral, people: Iterable[Referrer] = (referrer(),), **nurture: object) -> Subject:
    values = {**NURTURE, **nurture}
    return Subject(portal(referrers=people, referrals=referrals, nurture=typed(Nurture, values)))


# N101


def received(on: str, **values: object) -> Referral:
    usual = {"received_on": on, "status": "received", "won_on": ""}
    return referral(str(values.pop("referral_id", "r1")), **{**usual, **values})


@pytest.mark.parametrize(("day", "count"), [("2026-10-29", 0), ("2026-10-28", 1)])  # the second day after is still in time
def test_thanks_are_late_after_the_days_the_owner_named(day: str, count: int) -> None:
    assert len(list(late_thanks(asked(received(day))))) == count


def test_late_thanks_are_a_warning_at_the_referral_with_the_command_that_ends_it() -> None:
    (found,) = late_thanks(asked(received("2026-10-26", prospect="Secret Ltd")))
    assert (found.code, found.severity, found.field, found.row_id) == ("N101", Severity.WARNING, "thanked_on", "r1")
    assert found.message == 'nobody thanked the referrer of "r1" within 2 days'
    assert "portal record r1 thanked" in found.hint
    assert "Secret" not in found.message + found.hint


def test_one_day_is_said_as_one() -> None:
    (found,) = late_thanks(asked(received("2026-10-26"), thank_within_days="1"))
    assert found.message.endswith("within 1 day")


def test_thanks_that_came_late_are_thanks_and_planned_ones_are_none() -> None:
    assert list(late_thanks(asked(received("2026-01-05", thanked_on="2026-10-31")))) == []
    assert len(list(late_thanks(asked(received("2026-01-05", thanked_on="2026-11-01"))))) == 1


def test_who_came_by_themselves_has_no_referrer_to_thank() -> None:
    assert list(late_thanks(asked(received("2026-10-01", referrer_id="")))) == []


# N102


@pytest.mark.parametrize(("day", "count"), [("2026-10-26", 0), ("2026-10-25", 1)])
@pytest.mark.parametrize("status", ["won", "lost"])
def test_an_outcome_is_late_after_the_days_the_owner_named(status: str, day: str, count: int) -> None:
    row = referral(status=status, won_on=day if status == "won" else "", status_on=day)
    assert len(list(untold_outcomes(asked(row)))) == count


def test_an_untold_outcome_is_a_warning_that_does_not_say_which() -> None:
    (found,) = untold_outcomes(asked(referral(status="lost", won_on="", status_on="2026-10-20")))
    assert (found.code, found.severity, found.field, found.row_id) == ("N102", Severity.WARNING, "outcome_told_on", "r1")
    assert found.message == 'nobody told the referrer of "r1" what became of it within 5 days'
    assert "portal record r1 told" in found.hint
    assert "lost" not in found.message + found.hint


def test_an_outcome_that_was_told_or_is_not_yet_known_is_no_news() -> None:
    assert list(untold_outcomes(asked(referral(outcome_told_on="2026-10-30")))) == []
    assert list(untold_outcomes(asked(received("2026-01-05")))) == []


def test_an_outcome_of_no_known_day_is_never_late() -> None:
    assert list(untold_outcomes(asked(referral(status="lost", won_on="")))) == []


# N103


@pytest.mark.parametrize(("day", "count"), [("2026-08-02", 0), ("2026-08-01", 1)])  # 90 and 91 days before 31 October
def test_a_talk_is_overdue_the_day_after_it_was_due(day: str, count: int) -> None:
    assert len(list(overdue_talks(asked(people=[referrer(last_sync_on=day)])))) == count


def test_an_overdue_talk_is_advice_at_the_referrer() -> None:
    (found,) = overdue_talks(asked(people=[referrer(last_sync_on="2026-01-05")]))
    assert (found.code, found.severity, found.field, found.row_id) == ("N103", Severity.ADVICE, "last_sync_on", "rita")
    assert found.message == 'it is past time to talk to "rita"'


def test_where_no_talk_is_known_nobody_says_it_is_past_time() -> None:
    (found,) = overdue_talks(asked(people=[referrer()]))
    assert found.message == 'nothing says when you last talked to "rita"'


def test_whoever_takes_no_part_or_has_no_interval_is_left_alone() -> None:
    assert list(overdue_talks(asked(people=[referrer(active="no"), referrer("tom", audience="staff")]))) == []


@pytest.mark.parametrize("check", [late_thanks, untold_outcomes, overdue_talks])
def test_without_nurture_yaml_nothing_is_late(check: object) -> None:
    late = portal(referrers=[referrer()], referrals=[referral(), received("2026-01-05", referral_id="r2")])
    assert callable(check)
    assert list(check(Subject(late))) == []


# N104


def kinds(*found: str, active: str = "yes") -> list[Problem]:
    people = tuple(referrer(f"p{number}", kind=kind, active=active) for number, kind in enumerate(found))
    return list(clients_alone(Subject(replace(PORTAL, referrers=people))))


def test_nobody_but_clients_is_advice_told_once() -> None:
    (found,) = kinds("client", "client")
    assert (found.code, found.severity, found.source) == ("N104", Severity.ADVICE, Source("data/referrers.csv", 1, 1))
    assert len(kinds("client")) == 1


@pytest.mark.parametrize("other", ["past_client", "prospect", "partner", "vendor", "founder", "friend", "other"])
def test_anybody_else_is_enough(other: str) -> None:
    assert kinds("client", other) == []


def test_without_an_active_referrer_there_is_nothing_to_tell() -> None:
    assert kinds() == []
    assert kinds("client", active="no") == []


def test_a_partner_who_takes_no_part_any_more_is_no_other_source() -> None:
    people = (referrer(), referrer("tom", kind="partner", active="no"))
    assert len(list(clients_alone(Subject(replace(PORTAL, referrers=people))))) == 1


# N105


def planned(*reviews: Mapping[str, str], locale: str = "en-GB", **values: object) -> list[Problem]:
    usual = {"reviewed_on": "2026-10-12", "outcome": "retention", "follow_up_on": "2026-11-12"}
    rows = [review("acme", **{**usual, **row}) for row in reviews]
    found = portal(clients=[client("acme", **values)], reviews=rows)
    own = settings(locale=locale)
    return list(asks_before_repair(Subject(replace(found, settings=own), wording(own))))


ASK = "Sit down over the unpaid invoices and ask whom he would send us"


@pytest.mark.parametrize("outcome", ["retention", "roadblock"])
def test_an_ask_where_things_need_mending_is_a_warning_that_quotes_nothing(outcome: str) -> None:
    (found,) = planned({"follow_up": ASK, "outcome": outcome})
    assert (found.code, found.severity, found.field, found.row_id) == ("N105", Severity.WARNING, "follow_up", "acme")
    assert found.message == '"acme" is to be asked for a referral, and what is wrong there is not mended yet'
    assert "invoices" not in found.message + found.hint


def test_an_ask_where_all_is_well_is_as_it_should_be() -> None:
    assert planned({"follow_up": ASK, "outcome": "asked"}) == []
    assert planned({"follow_up": ASK, "reviewed_on": "2026-09-01"}, {"outcome": "asked"}) == []


@pytest.mark.parametrize(("day", "count"), [("2026-10-31", 1), ("2026-10-30", 0), ("", 1)])
def test_an_ask_is_planned_when_its_day_is_to_come(day: str, count: int) -> None:
    assert len(planned({"follow_up": ASK, "follow_up_on": day})) == count


def test_an_ask_that_was_made_is_no_longer_planned() -> None:
    assert planned({"follow_up": ASK, "follow_up_kept_on": "2026-10-20"}) == []
    assert len(planned({"follow_up": ASK, "follow_up_kept_on": "2026-11-01"})) == 1


def test_an_ask_planned_before_things_went_wrong_is_told_too_and_each_client_once() -> None:
    early = {"follow_up": ASK, "reviewed_on": "2026-02-02", "outcome": "asked", "follow_up_on": "2026-12-01"}
    assert len(planned(early, {"follow_up": "Mend the line"})) == 1
    assert len(planned(early, {"follow_up": ASK}, {"follow_up": ASK, "follow_up_on": "2026-11-11"})) == 1


def test_an_ask_without_a_day_is_planned_until_another_review_is_held() -> None:
    early = {"follow_up": ASK, "reviewed_on": "2026-09-01", "follow_up_on": ""}
    assert planned(early, {"follow_up": "Mend the line"}) == []
    assert len(planned(early, {"follow_up": "Mend the line", "reviewed_on": "2026-09-01"})) == 1
    assert len(planned(early, {"follow_up": "Mend the line", "reviewed_on": "2026-11-02"})) == 1  # not held yet


def test_a_review_to_come_has_planned_nothing_and_a_former_client_is_left_alone() -> None:
    assert planned({"follow_up": "Mend the line"}, {"follow_up": ASK, "reviewed_on": "2026-11-02"}) == []
    assert planned({"follow_up": ASK}, last_paid_on="2025-10-01") == []


@pytest.mark.parametrize(
    "follow_up",
    [
        "Ask for a referral",
        "Ask for names",
        "See whether she would refer a friend",
        "Ask them to recommend us",
        "Ask for an introduction to the group",
        "Find out who else should know us",
        "See if he can send somebody our way",
    ],
)
def test_an_ask_has_many_words(follow_up: str) -> None:
    assert len(planned({"follow_up": follow_up})) == 1


@pytest.mark.parametrize(
    "follow_up",
    [
        "Ask for payment",
        "Ask for the signed contract and whether they will send us the serial numbers",
        "Introduce the new engineer",
        "Recommend a second line",
        "Ask for the reference number, refer to the manual",
        "Mend the line; do not ask for a referral",
        "Thank her for the referral",
        "Ask who signs the invoices",
        "",
    ],
)
def test_other_asks_are_no_asks_for_a_referral(follow_up: str) -> None:
    assert planned({"follow_up": follow_up}) == []


@pytest.mark.parametrize(
    ("locale", "follow_up"),
    [
        ("de-DE", "Leitung zeigen und um eine Empfehlung bitten"),
        ("fr-FR", "Montrer la ligne et demander une recommandation"),
        ("es-ES", "Enseñar la línea y pedir una recomendación"),
    ],
)
def test_an_ask_is_known_in_the_portals_language(locale: str, follow_up: str) -> None:
    assert len(planned({"follow_up": follow_up}, locale=locale)) == 1
    assert planned({"follow_up": follow_up}, locale="fi-FI") == []


# N106

SUM = rule("sum", amount="150")
HAMPER = rule("hamper", type="gift", what="hamper", cost="60")


def programme(
    *rules: Mapping[str, object],
    sent: Iterable[Referral] = (),
    paid: Iterable[Payout] = (),
    person: Mapping[str, str] = MappingProxyType({}),
    thresholds: Mapping[str, str] = MappingProxyType({}),
) -> Subject:
    """Rita, a partner who may be paid, and what she sent: won on 1 October 2026 unless told otherwise; it is 31 October."""
    rita = referrer("rita", **{"audience": "partner", "kind": "partner", "kickback_clause": "none", **person})
    rows = tuple(sent) or (referral(),)
    of = incentives(*rules, example={"monthly_fee": "1000"})
    own = settings(checks={"thresholds": dict(thresholds)})
    return Subject(replace(PORTAL, settings=own, incentives=of, referrers=(rita,), referrals=rows, payouts=tuple(paid)))


def owed(of: Subject) -> list[tuple[str, str]]:
    return [(found.row_id, found.message.split(" ")[0]) for found in owed_rewards(of)]


def given(rule_id: str, referral_id: str = "r1", paid_on: str = "2026-10-05", **values: object) -> Payout:
    return typed(Payout, {"referral_id": referral_id, "rule": rule_id, "paid_on": paid_on, **values})


@pytest.mark.parametrize(("won_on", "told"), [("2026-10-17", []), ("2026-10-16", [("sum", "1")])])  # 14 and 15 days ago
def test_a_reward_is_owed_for_longer_than_two_weeks(won_on: str, told: list[tuple[str, str]]) -> None:
    assert owed(programme(SUM, sent=[referral(won_on=won_on)])) == told


@pytest.mark.parametrize(("wait_days", "count"), [("16", 0), ("15", 1)])  # due on 17 and on 16 October
def test_the_weeks_begin_when_it_is_due(wait_days: str, count: int) -> None:
    assert len(owed(programme({**SUM, "wait_days": wait_days}))) == count


@pytest.mark.parametrize(("days", "count"), [("30", 0), ("29", 1)])
def test_how_long_is_the_owners_choice(days: str, count: int) -> None:
    assert len(owed(programme(SUM, thresholds={"due_days": days}))) == count


def test_a_rule_is_told_once_at_the_rule_with_how_many_and_what_lists_them() -> None:
    sent = [referral("r1", prospect="Bolt"), referral("r2", prospect="Cove"), referral("r3", prospect="Dale")]
    leaf = rule("leaf", type="honour", what="a leaf")
    found, one = owed_rewards(programme(SUM, leaf, sent=sent, paid=[given("sum"), given("leaf"), given("leaf", "r3")]))
    assert (found.code, found.severity, found.field, found.row_id) == ("N106", Severity.ADVICE, "rules[0].id", "sum")
    assert found.message == '2 rewards of "sum" are due for more than 14 days and not handed over'
    assert "portal explain --state due" in found.hint
    assert "portal record REFERRAL paid --rule sum" in found.hint
    assert (one.field, one.message) == ("rules[1].id", '1 reward of "leaf" is due for more than 14 days and not handed over')


def test_each_instalment_is_a_reward() -> None:
    share = rule("share", type="commission", parts=[{"percent": "10", "of": "monthly_fee", "to": "12"}])
    # Won on 15 July: 15 August, 15 September and 15 October are more than two weeks ago.
    assert owed(programme(share, sent=[referral(won_on="2026-07-15", monthly_fee="1000")])) == [("share", "3")]


def test_what_was_handed_over_or_is_withheld_or_not_earned_is_not_owed() -> None:
    assert owed(programme(HAMPER, paid=[given("hamper")])) == []
    assert owed(programme(SUM, person={"kickback_clause": "unknown"})) == []
    assert owed(programme(SUM, sent=[referral(status="qualified", won_on="")])) == []
    assert owed(programme(HAMPER, paid=[given("hamper", paid_on="2026-11-01")])) == [("hamper", "1")]


@pytest.mark.parametrize("kind", ["event", "honour", "introduction"])
@pytest.mark.parametrize(("day", "count"), [("", 1), ("2026-10-31", 1), ("2026-11-01", 0)])
def test_a_reward_with_a_day_of_its_own_is_handed_over_then(kind: str, day: str, count: int) -> None:
    ours = rule("supper", type=kind, what="a supper", **({"next_on": day} if day else {}))
    assert len(owed(programme(ours))) == count


def test_what_comes_to_nothing_or_has_no_amount_yet_cannot_be_handed_over() -> None:
    share = rule("share", type="commission", parts=[{"percent": "10", "of": "setup_fee"}])
    assert owed(programme(share, sent=[referral(setup_fee="0")])) == []
    assert owed(programme(share)) == []
    assert owed(programme(share, sent=[referral(setup_fee="500")])) == [("share", "1")]
    steps = rule("steps", type="tiered", tiers=[{"nth": "2", "amount": "100"}])
    assert owed(programme(steps)) == []


# N107

SHARE = rule("share", type="commission", parts=[{"percent": "10", "of": "monthly_fee", "to": "12"}])
SETUP = rule("setup", type="commission", parts=[{"percent": "10", "of": "setup_fee"}, {"percent": "50", "of": "first_month"}])
FIRST_YEAR = rule("year", type="commission", parts=[{"percent": "10", "of": "first_year_revenue"}])
HALF = rule("half", type="discount", percent="50", months="1")


def wanting(of: Subject) -> list[str]:
    """The field of each referral told of, and all that it says is empty."""
    return [found.message.partition("hangs on ")[2].partition(",")[0] for found in wanting_figures(of)]


@pytest.mark.parametrize(
    ("ours", "values", "told"),
    [
        (SHARE, {}, ["monthly_fee"]),
        (SHARE, {"monthly_fee": "1000"}, []),
        (SHARE, {"monthly_fee": "0"}, []),
        (SETUP, {}, ["monthly_fee and setup_fee"]),
        (SETUP, {"monthly_fee": "1000"}, ["setup_fee"]),
        (SETUP, {"monthly_fee": "1000", "setup_fee": "0"}, []),
        (FIRST_YEAR, {}, ["first_year_revenue"]),
        (FIRST_YEAR, {"monthly_fee": "1000"}, []),
        (FIRST_YEAR, {"first_year_revenue": "12000"}, []),
        (HALF, {}, ["monthly_fee"]),
        (rule("start", type="discount", amount="50", months="1"), {}, []),
        (SUM, {}, []),
        (HAMPER, {}, []),
        (rule("steps", type="tiered", tiers=[{"nth": "2", "amount": "100"}]), {}, []),
    ],
)
def test_a_share_needs_what_it_is_a_share_of(ours: dict[str, object], values: dict[str, str], told: list[str]) -> None:
    assert wanting(programme(ours, sent=[referral("r1", **values)])) == told


def test_the_first_year_is_reckoned_from_the_fee_where_that_is_needed_too() -> None:
    assert wanting(programme(FIRST_YEAR, HALF)) == ["monthly_fee"]


def test_it_is_advice_at_the_first_empty_cell_told_once_a_referral() -> None:
    (found,) = wanting_figures(programme(SETUP, HALF, sent=[referral(prospect="Secret Ltd")]))
    assert (found.code, found.severity, found.field, found.row_id) == ("N107", Severity.ADVICE, "monthly_fee", "r1")
    assert found.message == '"r1" is won, and what it earns hangs on monthly_fee and setup_fee, which are empty'
    assert found.hint == "write in monthly_fee what they pay a month; write in setup_fee what they paid once, or 0"
    assert "Secret" not in found.message + found.hint
    (one,) = wanting_figures(programme(SHARE))
    assert one.message.endswith("hangs on monthly_fee, which is empty")


@pytest.mark.parametrize(
    "values",
    [{"status": "qualified", "won_on": ""}, {"won_on": "2026-11-01"}, {"status": "lost", "won_on": ""}],
    ids=["open", "to be won", "lost"],
)
def test_what_is_not_won_needs_no_figures_yet(values: dict[str, str]) -> None:
    assert wanting(programme(SHARE, HALF, sent=[referral("r1", **values)])) == []


def test_what_is_withheld_needs_no_figures_and_what_was_paid_does() -> None:
    assert wanting(programme(SHARE, person={"kickback_clause": "forbidden"})) == []
    assert wanting(programme(SHARE, person={"kickback_clause": "unknown"})) == []
    assert wanting(programme(SETUP, paid=[given("setup", amount="50")])) == ["monthly_fee and setup_fee"]


@pytest.mark.parametrize(("won_on", "told"), [("2026-09-01", []), ("2026-08-31", ["first_paid_on"])])  # 60 and 61 days ago
def test_a_reward_that_waits_for_the_first_payment_is_asked_about_after_two_months(won_on: str, told: list[str]) -> None:
    late = {**SUM, "earned_when": "paid"}
    assert wanting(programme(late, sent=[referral(won_on=won_on)])) == told
    assert wanting(programme(late, sent=[referral(won_on=won_on, first_paid_on="2026-10-01")])) == []
    assert wanting(programme(late, sent=[referral(won_on=won_on, first_paid_on="2026-11-15")])) == []  # a day is set
    assert wanting(programme(SUM, sent=[referral(won_on=won_on)])) == []


def test_how_long_a_first_payment_takes_is_the_owners_choice() -> None:
    late, sent = {**SUM, "earned_when": "paid"}, [referral()]
    assert wanting(programme(late, sent=sent, thresholds={"first_paid_days": "30"})) == []
    assert wanting(programme(late, sent=sent, thresholds={"first_paid_days": "29"})) == ["first_paid_on"]


OPEN_ENDED = rule("share", type="commission", parts=[{"percent": "10", "of": "monthly_fee"}])


@pytest.mark.parametrize(
    ("person", "values", "told"),
    [
        ({}, {}, ["contract_months"]),
        ({}, {"contract_months": "24"}, []),
        ({}, {"status": "lost"}, []),
        ({}, {"prospect": "Bolt"}, []),  # somebody was first
        ({"kickback_clause": "unknown"}, {}, []),
        ({"kickback_clause": "forbidden"}, {}, []),
        ({"kickback_clause": "disclose"}, {}, ["contract_months"]),
    ],
)
def test_a_share_for_as_long_as_the_contract_runs_needs_its_months(
    person: dict[str, str], values: dict[str, str], told: list[str]
) -> None:
    first = referral("r0", received_on="2025-12-01", prospect="Bolt", referrer_id="", status="received", won_on="")
    sent = [first, referral("r1", **{"monthly_fee": "1000", **values})]
    assert wanting(programme(OPEN_ENDED, sent=sent, person=person)) == told


def test_who_came_by_themselves_earns_nobody_anything() -> None:
    assert wanting(programme(OPEN_ENDED, HALF, sent=[referral(referrer_id="")])) == []
