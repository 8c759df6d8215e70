"""A row more about a client: once, and never against what stands there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.model.portal import Portal
from site_builder.model.tables import Gift, Introduction, Review
from site_builder.problem import Source
from site_builder.record import RefusedError, cells, given, introduced, reviewed
from tests.portals import PORTAL, client, typed

REVIEW = {"client_id": "acme", "reviewed_on": "2026-10-30", "outcome": "retention"}
INTRODUCTION = {"introduced_on": "2026-10-30", "client_id": "acme", "introduced": "best"}
GIFT = {"client_id": "acme", "given_on": "2026-11-20", "occasion": "wow", "what": "Wine"}


def portal() -> Portal:
    """A review, an introduction and a planned gift of acme's."""
    return replace(
        PORTAL,
        clients=(client("acme"), client("best")),
        reviews=(typed(Review, {**REVIEW, "nps": "3", "note": "Late twice"}, Source("data/reviews.csv", 7, 1)),),
        introductions=(typed(Introduction, {**INTRODUCTION, "result": "won"}, Source("data/introductions.csv", 8, 1)),),
        gifts=(typed(Gift, {**GIFT, "cost": "20.50"}, Source("data/gifts.csv", 9, 1)),),
    )


@pytest.mark.parametrize("more", [{}, {"nps": "3"}, {"nps": "3", "note": "Late twice"}])
def test_a_review_that_stands_there_is_not_new_though_it_says_more(more: dict[str, str]) -> None:
    assert not reviewed(portal(), typed(Review, {**REVIEW, **more}))


@pytest.mark.parametrize(
    "other",
    [{"client_id": "best"}, {"reviewed_on": "2026-10-29"}, {"outcome": "asked"}],
    ids=["another client", "another day", "a second outcome of the day"],
)
def test_another_review_is_new(other: dict[str, str]) -> None:
    assert reviewed(portal(), typed(Review, {**REVIEW, **other}))


@pytest.mark.parametrize(
    ("more", "differing"),
    [({"nps": "4"}, "nps"), ({"nps": "4", "note": "Other"}, "nps and note"), ({"roadblock": "Price", "nps": "3"}, "roadblock")],
)
def test_what_a_review_says_is_not_written_over(more: dict[str, str], differing: str) -> None:
    with pytest.raises(RefusedError) as refused:
        reviewed(portal(), typed(Review, {**REVIEW, **more}))
    assert str(refused.value) == f"data/reviews.csv, line 7 says so already, but for {differing}; write that there"


def test_one_of_two_rows_that_says_the_same_is_enough() -> None:
    whole = portal()
    second = typed(Review, {**REVIEW, "nps": "4"}, Source("data/reviews.csv", 10, 1))
    assert not reviewed(replace(whole, reviews=(*whole.reviews, second)), typed(Review, {**REVIEW, "nps": "4"}))


def test_a_promise_has_words_and_is_not_for_a_day_gone_by() -> None:
    with pytest.raises(RefusedError, match="needs to say what you promised"):
        reviewed(PORTAL, typed(Review, {**REVIEW, "follow_up_on": "2026-11-20"}))
    with pytest.raises(RefusedError, match="promised on 2026-10-30 cannot be for 2026-10-29"):
        reviewed(PORTAL, typed(Review, {**REVIEW, "follow_up": "Ring", "follow_up_on": "2026-10-29"}))
    assert reviewed(PORTAL, typed(Review, {**REVIEW, "follow_up": "Ring", "follow_up_on": "2026-10-30"}))


def test_an_introduction_is_new_once_and_never_to_oneself() -> None:
    assert not introduced(portal(), typed(Introduction, INTRODUCTION))
    assert introduced(portal(), typed(Introduction, {**INTRODUCTION, "introduced_on": "2026-10-29"}))
    assert introduced(portal(), typed(Introduction, {**INTRODUCTION, "client_id": "best", "introduced": "acme"}))
    with pytest.raises(RefusedError, match="acme cannot be introduced to acme"):
        introduced(portal(), typed(Introduction, {**INTRODUCTION, "introduced": "acme"}))


@pytest.mark.parametrize(
    "other",
    [
        {"client_id": "best"},
        {"occasion": "thanks", "given_on": "2026-11-21"},
        {"what": "Tea", "given_on": "2026-11-21"},
        {"given_on": "2026-12-21"},
        {"given_on": "2026-10-20"},
    ],
    ids=["another client", "another occasion", "another gift", "31 days later", "31 days before"],
)
def test_another_gift_is_new(other: dict[str, str]) -> None:
    assert given(portal(), typed(Gift, {**GIFT, **other}))


def test_the_same_gift_is_not_new() -> None:
    assert not given(portal(), typed(Gift, GIFT))
    assert not given(portal(), typed(Gift, {**GIFT, "cost": "20.5"}))
    with pytest.raises(RefusedError, match=r"data/gifts\.csv, line 9 says so already, but for cost"):
        given(portal(), typed(Gift, {**GIFT, "cost": "21"}))


@pytest.mark.parametrize("day", ["2026-10-31", "2026-12-20"])
def test_a_planned_gift_is_not_planned_twice_for_about_the_same_time(day: str) -> None:
    with pytest.raises(RefusedError) as refused:
        given(portal(), typed(Gift, {**GIFT, "given_on": day}))
    assert str(refused.value) == (
        "this gift for acme is planned for 2026-11-20; if it is another day now, change given_on in data/gifts.csv, line 9"
    )


def test_a_gift_that_was_given_may_be_given_again() -> None:
    before = typed(Gift, {**GIFT, "given_on": "2026-10-31"})
    assert given(replace(PORTAL, gifts=(before,)), typed(Gift, {**GIFT, "given_on": "2026-11-03"}))


def test_a_row_has_what_was_told_and_nothing_else() -> None:
    assert cells(typed(Introduction, INTRODUCTION)) == INTRODUCTION
    assert cells(typed(Gift, {**GIFT, "cost": "20.50"})) == {**GIFT, "cost": "20.50"}
