"""Steps of a referral that cannot all be true: told once a row, at the first cell that contradicts another (D218)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.checks import Subject
from site_builder.checks.course import contradictory_steps
from site_builder.model.tables import Referral
from site_builder.problem import Problem, Severity
from tests.portals import PORTAL, referral


def found(*sent: Referral) -> list[Problem]:
    return list(contradictory_steps(Subject(replace(PORTAL, referrals=sent))))


def fields(**values: object) -> list[str]:
    """The cells at fault of a referral received on 10 January 2026, whose other days are empty unless given; it is 31 October."""
    return [each.field for each in found(referral("r1", **{"won_on": "", **values}))]


def test_a_whole_course_in_order_is_as_it_should_be() -> None:
    days = {"qualified_on": "2026-01-20", "won_on": "2026-02-01", "first_paid_on": "2026-03-01", "ended_on": "2026-09-30"}
    assert fields(status="won", status_on="2026-02-01", thanked_on="2026-01-11", **days) == []


def test_everything_on_one_day_is_in_order() -> None:
    names = ("status_on", "qualified_on", "won_on", "first_paid_on", "ended_on", "thanked_on")
    assert fields(status="won", **dict.fromkeys(names, "2026-01-10")) == []


# Status against days


@pytest.mark.parametrize("name", ["won_on", "first_paid_on"])
def test_a_lost_one_did_not_become_a_client(name: str) -> None:
    assert fields(status="lost", status_on="2026-05-01", **{name: "2026-04-01"}) == [name]
    assert fields(status="lost", **{name: "2026-10-31"}) == [name]
    assert fields(status="lost", **{name: "2026-11-01"}) == []  # has not happened


def test_a_loss_that_is_still_to_come_contradicts_nothing() -> None:
    assert fields(status="lost", status_on="2026-11-01", won_on="2026-04-01") == []
    assert fields(status="lost", status_on="2026-10-31", won_on="2026-04-01") == ["won_on"]


def test_a_lost_one_may_have_been_qualified_and_given_up() -> None:
    assert fields(status="lost", status_on="2026-05-01", qualified_on="2026-05-01", ended_on="2026-05-01") == []


@pytest.mark.parametrize(
    ("status", "beyond"),
    [
        ("received", ["qualified_on", "won_on", "first_paid_on", "ended_on"]),
        ("contacted", ["qualified_on", "won_on", "first_paid_on", "ended_on"]),
        ("qualified", ["won_on", "first_paid_on", "ended_on"]),
        ("won", []),
    ],
)
def test_a_status_says_how_far_it_has_come_at_most(status: str, beyond: list[str]) -> None:
    names = ("qualified_on", "won_on", "first_paid_on", "ended_on")
    assert [name for name in names if fields(status=status, status_on="2026-10-31", **{name: "2026-10-31"})] == beyond
    assert [name for name in names if fields(status=status, status_on="2026-02-01", **{name: "2026-11-01"})] == []


def test_a_win_without_any_day_earns_nothing() -> None:
    (told,) = found(referral(won_on=""))
    assert (told.field, told.message) == (
        "won_on",
        '"r1" is won, and neither won_on nor status_on says when; without a day nothing is earned',
    )
    assert fields(status="won", status_on="2026-02-01") == []
    assert fields(status="won", won_on="2026-11-01") == []


# Days against one another


@pytest.mark.parametrize("name", ["status_on", "qualified_on", "won_on", "first_paid_on", "ended_on", "thanked_on"])
def test_nothing_comes_before_the_referral_was_received(name: str) -> None:
    days = {"won_on": "2026-10-01", name: "2026-01-09"}
    assert fields(status="won", **days) == [name]
    assert fields(received_on="2026-01-09", status="won", **{"won_on": "2026-01-09", name: "2026-01-09"}) == []


def test_a_prospect_may_be_told_before() -> None:
    assert fields(status="received", prospect_told_on="2026-01-02") == []


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("qualified_on", "won_on"),
        ("qualified_on", "first_paid_on"),
        ("won_on", "first_paid_on"),
        ("qualified_on", "ended_on"),
        ("won_on", "ended_on"),
    ],
)
def test_each_step_comes_after_those_before_it(earlier: str, later: str) -> None:
    usual = {"status": "won", "won_on": "2026-11-01"}  # a win to come stands in nobody's way
    assert fields(**{**usual, earlier: "2026-06-02", later: "2026-06-01"}) == [later]
    assert fields(**{**usual, earlier: "2026-06-02", later: "2026-06-02"}) == []


def test_a_last_invoice_may_be_paid_after_the_end() -> None:
    assert fields(status="won", won_on="2026-02-01", first_paid_on="2026-03-31", ended_on="2026-03-01") == []


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ({"status": "won", "status_on": "2026-02-01", "qualified_on": "2026-02-02"}, ["status_on"]),
        ({"status": "won", "status_on": "2026-02-01", "first_paid_on": "2026-01-31"}, ["first_paid_on"]),
        ({"status": "won", "status_on": "2026-02-01", "won_on": "2026-03-01", "qualified_on": "2026-02-02"}, []),
        ({"status": "lost", "status_on": "2026-02-01", "qualified_on": "2026-02-02"}, ["status_on"]),
        ({"status": "qualified", "status_on": "2026-02-01"}, []),
        ({"status": "contacted", "status_on": "2026-02-01"}, []),
    ],
    ids=["a win", "paid before a win", "the win has its own day", "a loss", "qualified", "contacted"],
)
def test_since_when_stands_for_a_day_that_is_not_given(values: dict[str, str], cells: list[str]) -> None:
    assert fields(**values) == cells


@pytest.mark.parametrize(
    "days",
    [
        {"won_on": "2026-11-02", "first_paid_on": "2026-10-01"},
        {"won_on": "2026-10-01", "ended_on": "2026-11-01"},
        {"won_on": "2026-10-01", "qualified_on": "2026-11-01"},
    ],
)
def test_a_day_after_as_of_contradicts_nothing(days: dict[str, str]) -> None:
    assert fields(status="won", **days) == []


def test_a_referral_that_is_still_to_come_is_not_judged() -> None:
    assert fields(received_on="2026-11-01", status="won", won_on="2026-10-01") == []
    assert fields(received_on="2026-10-31", status="won", won_on="2026-10-01") == ["won_on"]


# What is said


def test_a_row_is_told_once_at_its_first_cell_and_each_row_by_itself() -> None:
    wrong = {"won_on": "2026-01-01", "first_paid_on": "2025-12-01", "thanked_on": "2025-12-01"}
    assert [(each.row_id, each.field) for each in found(referral(**wrong), referral("r2", **wrong))] == [
        ("r1", "won_on"),
        ("r2", "won_on"),
    ]
    assert fields(status="lost", won_on="2026-01-01", qualified_on="2026-01-01") == ["won_on"]


def test_it_is_a_warning_that_names_the_two_and_what_to_write_but_no_day() -> None:
    (told,) = found(referral(prospect="Secret Ltd", won_on="2026-02-01", first_paid_on="2026-01-31"))
    assert (told.code, told.severity, told.source.path) == ("D218", Severity.WARNING, "data/referrals.csv")
    assert told.message == '"r1" has a day in first_paid_on that is before its won_on'
    assert told.hint == "write a day in first_paid_on that is not before won_on; or correct won_on, if that is the slip"
    assert "Secret" not in told.message + told.hint


@pytest.mark.parametrize(
    ("status", "name", "word"),
    [("received", "qualified_on", "qualified"), ("contacted", "won_on", "won"), ("lost", "won_on", "won")],
)
def test_the_hint_says_what_to_write_in_status(status: str, name: str, word: str) -> None:
    (told,) = found(referral(**{"status": status, "won_on": "", name: "2026-03-01"}))
    assert f"write {word} in status" in told.hint
    assert f"empty {name}" in told.hint
