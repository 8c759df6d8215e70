"""What was promised in reviews and is not kept on 31 October 2026."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder.rules.promises import is_open, latest_promises, open_promises
from tests.rules.firms import client, portal, review


@pytest.mark.parametrize("outcome", ["asked", "retention", "roadblock"])
def test_a_promise_is_open_whatever_the_review_led_to(outcome: str) -> None:
    made = review("acme", "2026-10-01", outcome, follow_up="Ring Ann")
    assert open_promises(portal(clients=[client("acme")], reviews=[made])) == (made,)


@pytest.mark.parametrize(
    ("kept_on", "expected"),
    [("", True), ("2026-10-31", False), ("2026-10-20", False), ("2026-11-01", True)],
    ids=["nothing written", "kept today", "kept before", "not kept yet"],
)
def test_it_is_open_until_the_day_it_was_kept(kept_on: str, expected: bool) -> None:  # noqa: FBT001  # a column of the table above
    made = review("acme", "2026-10-01", follow_up="Ring Ann", follow_up_kept_on=kept_on)
    assert is_open(made, date(2026, 10, 31)) is expected
    assert bool(open_promises(portal(clients=[client("acme")], reviews=[made]))) is expected


def test_who_promised_nothing_has_nothing_to_keep() -> None:
    assert not is_open(review("acme", "2026-10-01"), date(2026, 10, 31))
    assert open_promises(portal(clients=[client("acme")], reviews=[review("acme", "2026-10-01")])) == ()
    assert open_promises(portal()) == ()


def test_a_later_promise_takes_the_place_of_an_earlier_one_also_when_it_is_kept() -> None:
    first = review("acme", "2026-03-01", follow_up="One")
    second = review("acme", "2026-06-01", follow_up="Two", follow_up_kept_on="2026-06-10")
    whole = portal(clients=[client("acme")], reviews=[second, first])
    assert latest_promises(whole) == {"acme": second}
    assert open_promises(whole) == ()


def test_of_two_of_one_day_the_one_that_is_not_kept_comes_first() -> None:
    graver = review("acme", "2026-06-01", "retention", follow_up="One", follow_up_kept_on="2026-06-10")
    waiting = review("acme", "2026-06-01", follow_up="Two")
    for order in ([graver, waiting], [waiting, graver]):
        assert open_promises(portal(clients=[client("acme")], reviews=order)) == (waiting,)


def test_promises_come_by_day_those_without_one_last_and_none_of_who_has_left() -> None:
    rows = [
        review("none", "2026-10-01", follow_up="A"),
        review("soon", "2026-10-01", follow_up="B", follow_up_on="2026-11-02"),
        review("late", "2026-10-01", follow_up="C", follow_up_on="2026-10-02"),
        review("also", "2026-10-01", follow_up="D", follow_up_on="2026-11-02"),
        review("gone", "2026-10-01", follow_up="E", follow_up_on="2026-11-02"),
    ]
    firms = [client("none"), client("soon"), client("late"), client("also"), client("gone", last_paid_on="2025-01-01")]
    found = open_promises(portal(clients=firms, reviews=rows))
    assert [each.client_id for each in found] == ["late", "also", "soon", "none"]
