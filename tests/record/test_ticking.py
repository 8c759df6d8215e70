"""A referral goes forward, never back, and no day that stands there is written over unsaid."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder.model.tables import Referral
from site_builder.record import RefusedError, Tick, changed_cells, ticked
from tests.portals import referral

ON = date(2026, 3, 5)


def open_one(**values: object) -> Referral:
    """Rita's referral of 10 January 2026, received and no more, unless a column says otherwise."""
    return referral("r1", **{"status": "received", "won_on": "", **values})


def written(before: Referral, tick: Tick, on: date = ON) -> dict[str, str]:
    return dict(changed_cells(before, ticked(before, tick, on)))


@pytest.mark.parametrize(
    ("before", "tick", "expected"),
    [
        ({}, Tick.CONTACTED, {"status": "contacted", "status_on": "2026-03-05"}),
        ({}, Tick.QUALIFIED, {"status": "qualified", "status_on": "2026-03-05", "qualified_on": "2026-03-05"}),
        ({}, Tick.WON, {"status": "won", "status_on": "2026-03-05", "won_on": "2026-03-05"}),
        ({}, Tick.LOST, {"status": "lost", "status_on": "2026-03-05"}),
        (
            {"status": "qualified", "status_on": "2026-02-01", "qualified_on": "2026-02-01"},
            Tick.WON,
            {"status": "won", "status_on": "2026-03-05", "won_on": "2026-03-05"},
        ),
        ({"status": "qualified", "qualified_on": "2026-03-05"}, Tick.LOST, {"status": "lost", "status_on": "2026-03-05"}),
        ({"status": "contacted", "won_on": "2026-03-05"}, Tick.WON, {"status": "won", "status_on": "2026-03-05"}),
        ({"referrer_id": ""}, Tick.CONTACTED, {"status": "contacted", "status_on": "2026-03-05"}),
        ({}, Tick.THANKED, {"thanked_on": "2026-03-05"}),
        ({"status": "won", "won_on": "2026-03-05"}, Tick.TOLD, {"outcome_told_on": "2026-03-05"}),
        ({"status": "lost", "status_on": "2026-03-01"}, Tick.TOLD, {"outcome_told_on": "2026-03-05"}),
        ({"status": "lost"}, Tick.TOLD, {"outcome_told_on": "2026-03-05"}),
    ],
    ids=[
        *("contacted", "qualified sets its own day", "won sets its own day", "lost", "a step further", "lost on the same day"),
        *("its own day stands there", "nobody sent it", "thanked", "told on the day", "told of a loss", "of no known day"),
    ],
)
def test_what_happened_is_written_in_its_own_columns(before: dict[str, object], tick: Tick, expected: dict[str, str]) -> None:
    assert written(open_one(**before), tick) == expected


@pytest.mark.parametrize(
    ("before", "tick"),
    [
        ({"status": "contacted", "status_on": "2026-03-05"}, Tick.CONTACTED),
        ({"status": "won", "status_on": "2026-03-05", "won_on": "2026-03-05"}, Tick.WON),
        ({"thanked_on": "2026-03-05"}, Tick.THANKED),
        ({"status": "lost", "status_on": "2026-03-01", "outcome_told_on": "2026-03-05"}, Tick.TOLD),
    ],
)
def test_what_stands_there_already_changes_nothing(before: dict[str, object], tick: Tick) -> None:
    assert written(open_one(**before), tick) == {}


@pytest.mark.parametrize(
    ("before", "tick", "expected"),
    [
        ({"status": "contacted"}, Tick.CONTACTED, {"status_on": "2026-03-05"}),
        ({"status": "won", "status_on": "2026-03-05"}, Tick.WON, {"won_on": "2026-03-05"}),
    ],
)
def test_a_status_whose_day_was_forgotten_gets_it(before: dict[str, object], tick: Tick, expected: dict[str, str]) -> None:
    assert written(open_one(**before), tick) == expected


def test_an_outcome_told_before_there_was_this_one_is_told_anew() -> None:
    lost = open_one(status="lost", status_on="2026-03-01", outcome_told_on="2026-02-01")
    assert written(lost, Tick.TOLD) == {"outcome_told_on": "2026-03-05"}


@pytest.mark.parametrize(
    ("before", "tick", "said"),
    [
        ({"received_on": "2026-03-06"}, Tick.THANKED, "r1 came on 2026-03-06, so this did not happen on 2026-03-05"),
        (
            {"status": "won", "won_on": "2026-03-01"},
            Tick.CONTACTED,
            "r1 is won already, which comes after contacted; if that is a slip, mend status and days in data/referrals.csv",
        ),
        ({"status": "qualified"}, Tick.CONTACTED, "r1 is qualified already, which comes after contacted"),
        (
            {"status": "won", "won_on": "2026-03-01"},
            Tick.LOST,
            "r1 is won; a contract that ended is not lost: write its last day as ended_on in data/referrals.csv, line 2",
        ),
        (
            {"status": "lost"},
            Tick.WON,
            "r1 is lost; if they came back, write received as its status in data/referrals.csv, line 2, and record from there",
        ),
        (
            {"status": "contacted", "status_on": "2026-03-04"},
            Tick.CONTACTED,
            "r1 has 2026-03-04 as status_on already, which is not written over; if it is wrong, mend data/referrals.csv, line 2",
        ),
        ({"status": "won", "won_on": "2026-03-04"}, Tick.WON, "r1 has 2026-03-04 as won_on already"),
        ({"qualified_on": "2026-03-04"}, Tick.QUALIFIED, "r1 has 2026-03-04 as qualified_on already"),
        (
            {"status": "contacted", "status_on": "2026-03-06"},
            Tick.QUALIFIED,
            "r1 has 2026-03-06 as status_on, which is later than 2026-03-05; give a later day with --on",
        ),
        ({"status": "qualified", "qualified_on": "2026-03-06"}, Tick.WON, "r1 has 2026-03-06 as qualified_on, which is later"),
        ({"thanked_on": "2026-03-04"}, Tick.THANKED, "r1 has 2026-03-04 as thanked_on already"),
        ({"referrer_id": ""}, Tick.THANKED, "r1 names no referrer, so there is nobody to thank or tell"),
        ({"referrer_id": "", "status": "lost"}, Tick.TOLD, "r1 names no referrer"),
        ({"status": "contacted"}, Tick.TOLD, "r1 is contacted, so there is no outcome to tell before it is won or lost"),
        ({"status": "won", "won_on": "2026-03-06"}, Tick.TOLD, "r1 is won since 2026-03-06, so nobody was told on 2026-03-05"),
        ({"status": "lost", "outcome_told_on": "2026-03-04"}, Tick.TOLD, "r1 has 2026-03-04 as outcome_told_on already"),
    ],
)
def test_what_cannot_be_so_is_refused_with_what_to_do(before: dict[str, object], tick: Tick, said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        ticked(open_one(**before), tick, ON)
    assert str(refused.value).startswith(said)
    assert "Prospects" not in str(refused.value)


def test_each_refusal_that_goes_by_a_day_lets_the_day_itself_pass() -> None:
    assert written(open_one(received_on="2026-03-05"), Tick.THANKED) == {"thanked_on": "2026-03-05"}
    assert "won_on" in written(open_one(status="qualified", status_on="2026-03-05", qualified_on="2026-03-05"), Tick.WON)
