"""Customer of the month (domain, §7): most votes among the nominated; ties, stray votes and months without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from site_builder.model.portal import Portal
from site_builder.rules.election import Election, election, elections
from tests.portals import PORTAL
from tests.rules.rows import ballot, nomination

BOTH = (nomination("zebra"), nomination("acme"))


def test_the_most_votes_among_the_nominated_win() -> None:
    votes = ballot(ann="acme", bob="zebra", cid="acme")
    assert election(replace(PORTAL, nominations=BOTH, votes=votes), "2026-09") == Election(
        month="2026-09",
        nominated=("acme", "zebra"),
        votes={"acme": 2, "zebra": 1},
        turnout=3,
        winner="acme",
        leading=("acme",),
        stray=(),
        is_running=False,
    )


def test_who_got_no_vote_is_counted_with_none() -> None:
    found = election(replace(PORTAL, nominations=BOTH, votes=ballot(ann="acme")), "2026-09")
    assert found.votes == {"acme": 1, "zebra": 0}


def test_votes_for_others_count_in_the_turnout_only() -> None:
    votes = ballot(dan="other", ann="acme", bob="other", cid="other")
    found = election(replace(PORTAL, nominations=BOTH, votes=votes), "2026-09")
    assert (found.winner, found.votes, found.turnout) == ("acme", {"acme": 1, "zebra": 0}, 4)
    assert [(vote.voter, vote.client_id) for vote in found.stray] == [("bob", "other"), ("cid", "other"), ("dan", "other")]


def test_a_nominee_without_votes_is_no_winner() -> None:
    for votes in ((), ballot(ann="other")):
        found = election(replace(PORTAL, nominations=(nomination("acme"),), votes=votes), "2026-09")
        assert (found.winner, found.leading, found.is_tie, found.turnout) == (None, (), False, len(votes))


def test_without_nominations_there_is_nobody_to_win() -> None:
    found = election(replace(PORTAL, votes=ballot(ann="acme", bob="acme")), "2026-09")
    assert (found.nominated, found.votes, found.winner, found.leading) == ((), {}, None, ())
    assert (found.turnout, len(found.stray), found.is_tie) == (2, 2, False)


def test_a_client_nominated_twice_stands_once() -> None:
    rows = (nomination("acme"), nomination("acme", nominated_by="lucy"))
    found = election(replace(PORTAL, nominations=rows, votes=ballot(ann="acme")), "2026-09")
    assert (found.nominated, found.votes, found.winner) == (("acme",), {"acme": 1}, "acme")


@pytest.mark.parametrize(("as_of", "is_running"), [(date(2026, 9, 30), True), (date(2026, 10, 1), False)])
def test_a_tie_has_no_winner_in_a_running_and_in_a_past_month(as_of: date, *, is_running: bool) -> None:
    nominations = (*BOTH, nomination("corner"))
    votes = ballot(ann="zebra", bob="acme", cid="zebra", dan="acme", eve="corner")
    found = election(replace(PORTAL, as_of=as_of, nominations=nominations, votes=votes), "2026-09")
    assert (found.winner, found.leading, found.is_tie, found.is_running) == (None, ("acme", "zebra"), True, is_running)


@pytest.mark.parametrize(
    ("as_of", "is_running"),
    [(date(2026, 9, 1), True), (date(2026, 9, 30), True), (date(2026, 10, 1), False), (date(2027, 1, 1), False)],
    ids=["its first day", "its last day", "the day after", "the year after"],
)
def test_a_month_is_running_to_its_last_day(as_of: date, *, is_running: bool) -> None:
    assert election(replace(PORTAL, as_of=as_of), "2026-09").is_running is is_running


def test_a_month_after_as_ofs_has_not_happened() -> None:
    portal = replace(PORTAL, nominations=(nomination("acme", "2026-11"),), votes=ballot("2026-11", ann="acme", bob="zebra"))
    assert election(portal, "2026-11") == Election("2026-11", (), {}, 0, None, (), (), is_running=True)
    assert election(replace(portal, as_of=date(2026, 11, 1)), "2026-11").winner == "acme"


def test_another_months_rows_count_nothing() -> None:
    portal = replace(
        PORTAL,
        nominations=(nomination("acme", "2026-08"), nomination("zebra", "2026-09")),
        votes=(*ballot("2026-08", ann="acme"), *ballot("2026-09", ann="acme", bob="zebra")),
    )
    found = election(portal, "2026-09")
    assert (found.nominated, found.winner, found.turnout, len(found.stray)) == (("zebra",), "zebra", 2, 1)


def _year() -> Portal:
    """Months with nominations and votes, with either alone, and one to come."""
    return replace(
        PORTAL,
        nominations=(nomination("acme", "2026-10"), nomination("acme", "2025-12"), nomination("acme", "2026-11")),
        votes=(*ballot("2026-10", ann="acme"), *ballot("2026-02", ann="zebra"), *ballot("2026-12", ann="acme")),
    )


def test_every_month_up_to_as_ofs_with_rows_is_listed_the_oldest_first() -> None:
    found = elections(_year())
    assert [each.month for each in found] == ["2025-12", "2026-02", "2026-10"]
    assert [each.winner for each in found] == [None, None, "acme"]
    assert [each.is_running for each in found] == [False, False, True]


def test_the_list_says_of_a_month_what_the_month_says() -> None:
    portal = _year()
    assert elections(portal) == tuple(election(portal, month) for month in ("2025-12", "2026-02", "2026-10"))


def test_a_portal_without_votes_has_no_elections() -> None:
    assert elections(PORTAL) == ()
