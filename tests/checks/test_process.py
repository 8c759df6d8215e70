"""Reviews that are behind, clients of whom nobody knows, and clients at risk to whom nobody went back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest

from site_builder.checks import Subject
from site_builder.checks.process import backlog, unknown_clients, unseen_risks
from site_builder.model.portal import Portal
from site_builder.model.tables import Review
from site_builder.problem import Problem, Severity, Source
from tests.portals import settings, typed
from tests.rules.firms import client, portal, review

Check = Callable[[Subject], Iterable[Problem]]

NAMES = ("acme", "bolt", "cove", "dale", "edge", "fern", "gate", "hill")
EIGHT = tuple(client(name) for name in NAMES)


def tuned(asked: Portal, **thresholds: str) -> Subject:
    return Subject(replace(asked, settings=settings(checks={"thresholds": thresholds})))


@pytest.mark.parametrize("check", [backlog, unknown_clients])
def test_without_a_table_of_reviews_nobody_is_behind(check: Check) -> None:
    assert list(check(Subject(replace(portal(clients=EIGHT), absent=frozenset({"data/reviews.csv"}))))) == []
    assert len(list(check(Subject(portal(clients=EIGHT))))) == 1


@pytest.mark.parametrize("check", [backlog, unknown_clients, unseen_risks])
def test_without_clients_there_is_nothing_to_tell(check: Check) -> None:
    assert list(check(Subject(portal()))) == []


# K101: eight clients for long, so one a month; all twelve months are complete on 31 October.


def reviewed(*names: str) -> Portal:
    return portal(clients=EIGHT, reviews=[review(name, "2026-05-04") for name in names])


@pytest.mark.parametrize(
    ("names", "message"),
    [(NAMES[:6], "2 reviews are behind"), (NAMES[:7], "1 review is behind")],
)
def test_reviews_that_are_behind_are_advice_with_their_number(names: tuple[str, ...], message: str) -> None:
    (found,) = backlog(Subject(reviewed(*names)))
    assert (found.code, found.severity, found.source) == ("K101", Severity.ADVICE, Source("data/reviews.csv", 1, 1))
    assert found.message == message


def test_who_reviewed_everybody_is_not_behind() -> None:
    assert list(backlog(Subject(reviewed(*NAMES)))) == []


@pytest.mark.parametrize(("most", "count"), [("2", 0), ("1", 1)])
def test_how_many_may_be_behind_is_the_owners_choice(most: str, count: int) -> None:
    assert len(list(backlog(tuned(reviewed(*NAMES[:6]), backlog=most)))) == count


# K102


@pytest.mark.parametrize(
    ("names", "messages"),
    [
        (NAMES[:6], []),  # 2 of 8: 25.0
        (NAMES[:5], ["nobody knows how 37.5 % of the active clients stand"]),
    ],
)
def test_more_than_a_quarter_unknown_is_advice(names: tuple[str, ...], messages: list[str]) -> None:
    found = list(unknown_clients(Subject(reviewed(*names))))
    assert [each.message for each in found] == messages
    assert {(each.code, each.severity, each.source.path) for each in found} <= {("K102", Severity.ADVICE, "data/reviews.csv")}


@pytest.mark.parametrize(("most", "count"), [("37.5", 0), ("37.4", 1)])
def test_how_many_may_be_unknown_is_the_owners_choice(most: str, count: int) -> None:
    assert len(list(unknown_clients(tuned(reviewed(*NAMES[:5]), unknown_percent=most)))) == count


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (NAMES[:4], "nobody knows how 100.0 % of the active clients stand (of fewer than 5, so one client moves this much)"),
        (NAMES[:5], "nobody knows how 100.0 % of the active clients stand"),
    ],
)
def test_small_numbers_are_marked_as_such(names: tuple[str, ...], message: str) -> None:
    (found,) = unknown_clients(Subject(portal(clients=[client(name) for name in names])))
    assert found.message == message


# K103


def risks(*reviews: tuple[str, str], **thresholds: str) -> list[Problem]:
    asked = portal(clients=[client("acme")], reviews=[review("acme", day, outcome) for day, outcome in reviews])
    return list(unseen_risks(tuned(asked, **thresholds)))


@pytest.mark.parametrize(("day", "count"), [("2026-10-01", 0), ("2026-09-30", 1)])  # 30 and 31 days before 31 October
def test_a_client_at_risk_is_reviewed_again_within_thirty_days(day: str, count: int) -> None:
    assert len(risks((day, "retention"))) == count


def test_a_client_at_risk_and_not_seen_again_is_a_warning_at_the_review() -> None:
    (found,) = risks(("2026-09-03", "retention"))
    assert (found.code, found.severity, found.field, found.row_id) == ("K103", Severity.WARNING, "reviewed_on", "acme")
    assert found.message == '"acme" was found at risk, and was not reviewed again within 30 days'
    assert found.source.path == "data/reviews.csv"


@pytest.mark.parametrize("outcome", ["asked", "roadblock"])
def test_whoever_is_at_risk_no_longer_is_no_news_however_late_that_was(outcome: str) -> None:
    assert risks(("2026-05-04", "retention"), ("2026-09-21", outcome)) == []


def test_another_review_at_risk_wants_another_one() -> None:
    found = risks(("2026-09-03", "retention"), ("2026-08-12", "retention"))
    assert len(found) == 1
    assert risks(("2026-09-03", "retention"), ("2026-10-12", "retention")) == []


def test_of_two_outcomes_on_one_day_the_graver_counts() -> None:
    values = {"client_id": "acme", "reviewed_on": "2026-09-03"}
    rows = [
        typed(Review, {**values, "outcome": outcome}, Source("data/reviews.csv", line, 1))
        for line, outcome in ((2, "asked"), (3, "retention"), (4, "roadblock"))
    ]
    (found,) = unseen_risks(Subject(portal(clients=[client("acme")], reviews=rows)))
    assert found.source.line == 3
    assert risks(("2026-09-03", "roadblock")) == []


def test_a_review_after_today_has_not_happened() -> None:
    assert len(risks(("2026-09-03", "retention"), ("2026-11-12", "retention"))) == 1
    assert risks(("2026-11-12", "retention")) == []


def test_a_review_of_a_year_ago_says_nothing_of_today() -> None:
    assert risks(("2025-10-31", "retention")) == []
    assert len(risks(("2025-11-01", "retention"))) == 1


def test_a_former_client_is_left_alone() -> None:
    gone = portal(clients=[client("acme", last_paid_on="2025-10-01")], reviews=[review("acme", "2026-05-04", "retention")])
    assert list(unseen_risks(Subject(gone))) == []


@pytest.mark.parametrize(("days", "count"), [("58", 0), ("57", 1)])  # from 3 September to 31 October
def test_how_soon_is_the_owners_choice(days: str, count: int) -> None:
    found = risks(("2026-09-03", "retention"), follow_up_days=days)
    assert len(found) == count
    assert all(each.message.endswith("within 57 days") for each in found)


def test_the_latest_review_counts_whatever_the_order_of_rows() -> None:
    rows = [review("acme", day, "retention") for day in ("2026-08-12", "2026-09-03")]
    for order in (rows, rows[::-1]):
        asked = Subject(portal(clients=[client("acme")], reviews=order, as_of=date(2026, 10, 3)))
        assert list(unseen_risks(asked)) == []  # 30 days after the later one
