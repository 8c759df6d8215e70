"""Why a name is safe with you: when each of T101 to T108 fires, and when it keeps quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest

from site_builder.checks import Subject
from site_builder.checks import trust as checks
from site_builder.model.content import Story
from site_builder.model.tables import Gift
from site_builder.problem import Problem, Severity, Source
from tests.portals import PORTAL, settings, story, trust, typed

Check = Callable[[Subject], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    checks.stale_capacity,
    checks.no_slot,
    checks.guarantees,
    checks.faceless_team,
    checks.outcomes,
    checks.third_parties,
    checks.nothing_to_tell,
    checks.unanswered_scores,
)


def subject(thresholds: Mapping[str, str] | None = None, /, **values: object) -> Subject:
    own = settings(checks={"thresholds": thresholds or {}})
    return Subject(replace(PORTAL, settings=own, trust=trust(**values)))


def told(check: Check, asked: Subject) -> list[str]:
    return [found.field for found in check(asked)]


@pytest.mark.parametrize("check", CHECKS)
def test_without_trust_yaml_nothing_is_missed(check: Check) -> None:
    assert told(check, Subject(PORTAL)) == []


@pytest.mark.parametrize("check", CHECKS)
def test_a_part_of_trust_yaml_that_is_not_started_is_not_missed(check: Check) -> None:
    assert told(check, subject()) == []


# T101


def capacity(**values: object) -> Subject:
    usual = {"statement": "Two a month.", "checked_on": "2026-10-15"}
    return subject(capacity={key: value for key, value in {**usual, **values}.items() if value != ""})


@pytest.mark.parametrize("checked_on", ["2026-08-02", "2026-11-01", ""])  # 90 days before 31 October; to come; not given
def test_a_capacity_that_was_looked_at_lately_is_no_news(checked_on: str) -> None:
    assert told(checks.stale_capacity, capacity(checked_on=checked_on)) == []


def test_a_capacity_that_nobody_looked_at_for_longer_is_told() -> None:
    (found,) = checks.stale_capacity(capacity(checked_on="2026-08-01"))
    assert (found.code, found.severity, found.field) == ("T101", Severity.WARNING, "capacity.checked_on")
    assert found.message == "the capacity was last looked at more than 90 days ago"


def test_a_capacity_makes_a_statement() -> None:
    (found,) = checks.stale_capacity(capacity(statement=""))
    assert (found.code, found.severity, found.field) == ("T101", Severity.WARNING, "capacity.statement")


def test_the_days_of_a_capacity_are_a_threshold() -> None:
    asked = subject({"capacity_days": "10"}, capacity={"statement": "Two a month.", "checked_on": "2026-10-20"})
    assert told(checks.stale_capacity, asked) == ["capacity.checked_on"]


# T102


@pytest.mark.parametrize(
    "values",
    [
        {"slots_a_month": "6", "slots_taken": "5"},
        {"slots_a_month": "6"},
        {"slots_taken": "6"},
        {"next_free_on": "2020-01-01"},
    ],
)
def test_a_free_place_or_numbers_not_given_are_no_news(values: dict[str, str]) -> None:
    assert told(checks.no_slot, capacity(**values)) == []


@pytest.mark.parametrize(
    "then",
    [
        {"next_free_on": "2026-12-01"},
        {"next_free_on": "2026-10-31"},
        {"waiting_list": "We ring back."},
        {"waiting_list": "We ring back.", "next_free_on": "2026-10-01"},
    ],
)
def test_a_full_month_is_a_warning_where_something_says_what_happens_then(then: dict[str, str]) -> None:
    (found,) = checks.no_slot(capacity(slots_a_month="6", slots_taken="6", **then))
    assert (found.code, found.severity, found.field) == ("T102", Severity.WARNING, "capacity.slots_taken")
    assert found.message == "no place is free for a new client this month"


@pytest.mark.parametrize("values", [{"slots_a_month": "6", "slots_taken": "6"}, {"slots_a_month": "0"}])
def test_a_full_month_is_an_error_where_nothing_says_what_happens_then(values: dict[str, str]) -> None:
    (found,) = checks.no_slot(capacity(**values))
    assert (found.code, found.severity, found.field) == ("T102", Severity.ERROR, "capacity.slots_taken")
    assert "6" not in found.message + found.hint  # the numbers are public only where show_numbers


def test_a_day_gone_by_tells_nobody_anything_but_time_alone_makes_no_error() -> None:
    (found,) = checks.no_slot(capacity(slots_a_month="6", slots_taken="6", next_free_on="2026-10-30"))
    assert (found.severity, found.field) == (Severity.WARNING, "capacity.next_free_on")
    assert found.message.endswith("the day on which the next one was to be free has gone by")


# T103


def test_guarantees_that_are_started_and_none_are_told() -> None:
    (found,) = checks.guarantees(subject(guarantees=[]))
    assert (found.code, found.severity, found.field) == ("T103", Severity.WARNING, "guarantees")
    assert found.message == "there is no guarantee"


def test_each_guarantee_without_a_consequence_is_told() -> None:
    given = [
        {"title": "Nine minutes", "promise": "We answer.", "if_we_fail": "A tenth comes off."},
        {"title": "Ninety days", "promise": "They may leave."},
        {"title": "Your name", "promise": "We ring once."},
    ]
    found = list(checks.guarantees(subject(guarantees=given)))
    assert [each.field for each in found] == ["guarantees[1].if_we_fail", "guarantees[2].if_we_fail"]
    assert found[0].message == 'the guarantee "Ninety days" does not say what happens when you fail'
    assert told(checks.guarantees, subject(guarantees=given[:1])) == []


# T104

SHOWN = {"name": "Ann", "photo": "ann.svg", "contact": "ann@harbour.example", "public": "yes"}


def test_one_of_the_team_can_be_seen_and_reached() -> None:
    assert told(checks.faceless_team, subject(team=[{"name": "Zebra"}, SHOWN])) == []


@pytest.mark.parametrize("lacking", ["photo", "contact", "public"])
def test_a_team_of_whom_nobody_can_be_seen_and_reached_is_told(lacking: str) -> None:
    member = {key: value for key, value in SHOWN.items() if key != lacking}
    (found,) = checks.faceless_team(subject(team=[member]))
    assert (found.code, found.severity, found.field) == ("T104", Severity.WARNING, "team")
    assert "Ann" not in found.message


def test_a_team_that_is_started_and_empty_is_told() -> None:
    assert told(checks.faceless_team, subject(team=[])) == ["team"]


# T105


def test_each_old_result_is_told() -> None:
    days = ("2025-10-31", "2025-10-30", "", "2026-12-01", "2019-01-01")
    results = [{"metric": f"Figure {number}", "value": "7", "measured_on": day or None} for number, day in enumerate(days)]
    found = list(checks.outcomes(subject(outcomes=results)))
    assert [each.field for each in found] == ["outcomes[1].measured_on", "outcomes[4].measured_on"]
    assert {(each.code, each.severity) for each in found} == {("T105", Severity.ADVICE)}
    assert found[0].message == 'the result "Figure 1" is more than 12 months old'


def test_results_that_are_started_and_none_are_told() -> None:
    assert told(checks.outcomes, subject(outcomes=[])) == ["outcomes"]


# T106


def supplier(**values: str) -> dict[str, str]:
    return {key: value for key, value in {"name": "Zebra", "checked_on": "2026-08-01", **values}.items() if value}


@pytest.mark.parametrize("values", [{"checked_on": "2026-04-30"}, {"result": "mixed"}, {"result": "good"}])
def test_a_supplier_checked_within_six_months_who_did_not_badly_is_no_news(values: dict[str, str]) -> None:
    assert told(checks.third_parties, subject(third_parties=[supplier(**values)])) == []


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"checked_on": "2026-04-29"}, "checked_on", "was last checked more than 6 months ago"),
        ({"checked_on": ""}, "checked_on", "has no check behind it"),
        ({"checked_on": "2026-11-01"}, "checked_on", "has no check behind it"),
        ({"result": "bad"}, "result", "did badly when last checked"),
        (
            {"result": "bad", "checked_on": "2026-04-29"},
            "result",
            "did badly when last checked and was last checked more than 6 months ago",
        ),
    ],
)
def test_a_supplier_is_told_once_by_its_place_and_never_by_its_name(values: dict[str, str], field: str, said: str) -> None:
    (found,) = checks.third_parties(subject(third_parties=[supplier(), supplier(**values)]))
    assert (found.code, found.severity) == ("T106", Severity.WARNING)
    assert (found.field, found.message) == (f"third_parties[1].{field}", f"entry 2 of third_parties {said}")
    assert "Zebra" not in repr(found)


# T107


def moments(*stories: Story, gifts: tuple[tuple[str, str], ...] = ()) -> Subject:
    given = tuple(
        typed(Gift, {"client_id": "acme", "given_on": day, "occasion": occasion, "what": "Cake"}) for day, occasion in gifts
    )
    return Subject(replace(PORTAL, stories=stories, gifts=given))


@pytest.mark.parametrize(
    "asked",
    [
        moments(story(happened_on="2026-08-02")),
        moments(story(happened_on="2026-10-31", permission_on=None)),
        moments(story(happened_on="2020-01-01"), gifts=(("2026-08-02", "wow"),)),
    ],
    ids=["a story 90 days ago", "a story that waits for a permission", "an old story and a gift"],
)
def test_a_moment_worth_telling_within_ninety_days_is_enough(asked: Subject) -> None:
    assert told(checks.nothing_to_tell, asked) == []


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        (moments(story(happened_on="2026-08-01")), "content/stories"),
        (moments(story(happened_on="2026-11-01")), "content/stories"),
        (moments(story(happened_on="2026-10-01", kind="win")), "content/stories"),
        (moments(gifts=(("2026-10-01", "thanks"),)), "data/gifts.csv"),
        (moments(gifts=(("2026-11-01", "wow"),)), "data/gifts.csv"),
    ],
    ids=["a day too old", "to come", "a client's win", "a gift of thanks", "a gift that is planned"],
)
def test_nothing_worth_telling_is_told_once(asked: Subject, path: str) -> None:
    (found,) = checks.nothing_to_tell(asked)
    assert (found.code, found.severity, found.source) == ("T107", Severity.ADVICE, Source(path))
    assert found.message == "no wow story and no wow gift in the last 90 days"


# T108


def score(value: str, **values: str) -> dict[str, str]:
    return {"site": "Trade Board", "score": value, **values}


def test_a_low_score_without_an_answer_is_told() -> None:
    scores = [score("4"), score("3.9"), score("3.9", answer="It was 2023."), score("8.7")]
    (found,) = checks.unanswered_scores(subject(reviews_elsewhere=scores))
    assert (found.code, found.severity, found.field) == ("T108", Severity.ADVICE, "reviews_elsewhere[1].answer")
    assert found.message == "3.9 out of 5 at Trade Board has no answer"


def test_what_is_low_is_a_threshold() -> None:
    asked = subject({"low_score": "4.5"}, reviews_elsewhere=[score("4.4")])
    assert told(checks.unanswered_scores, asked) == ["reviews_elsewhere[0].answer"]
