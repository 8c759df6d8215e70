"""Thanks, news and talks that are late, and asks that come too early."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from site_builder.checks import Subject
from site_builder.checks.nurture import asks_before_repair, clients_alone, late_thanks, overdue_talks, untold_outcomes
from site_builder.load.wording import wording
from site_builder.model.documents import Nurture
from site_builder.model.tables import Referral, Referrer
from site_builder.problem import Problem, Severity, Source
from tests.portals import PORTAL, referral, referrer, settings, typed
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
    assert (found.code, found.severity, found.source) == ("N104", Severity.ADVICE, Source("data/referrers.csv"))
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


@pytest.mark.parametrize(("day", "count"), [("2026-10-31", 1), ("2026-10-30", 0), ("", 0)])
def test_an_ask_is_planned_when_its_day_is_to_come(day: str, count: int) -> None:
    assert len(planned({"follow_up": ASK, "follow_up_on": day})) == count


def test_an_ask_planned_before_things_went_wrong_is_told_too_and_each_client_once() -> None:
    early = {"follow_up": ASK, "reviewed_on": "2026-02-02", "outcome": "asked", "follow_up_on": "2026-12-01"}
    assert len(planned(early, {"follow_up": "Mend the line"})) == 1
    assert len(planned(early, {"follow_up": ASK}, {"follow_up": ASK, "follow_up_on": "2026-11-11"})) == 1


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
