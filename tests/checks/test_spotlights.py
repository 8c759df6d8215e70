"""A customer of the month in time, and the one who was elected; nobody reads in a message how anybody voted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from site_builder.checks import Subject
from site_builder.checks.spotlights import missed_spotlight, stray_votes, too_many_voters, unelected
from site_builder.model.content import Spotlight
from site_builder.model.portal import Portal
from site_builder.model.tables import Vote
from site_builder.problem import Problem, Severity, Source
from tests.portals import AS_OF, PORTAL, settings, spotlight, typed
from tests.rules.rows import ballot, nomination

# S101


def missed(*written: Spotlight, as_of: date = AS_OF, thresholds: object = None) -> list[Problem]:
    own = settings(checks={"thresholds": thresholds or {}})
    return list(missed_spotlight(Subject(replace(PORTAL, as_of=as_of, settings=own, spotlights=written))))


def test_a_month_without_a_spotlight_is_missed_once_an_earlier_one_had_one() -> None:
    (found,) = missed(spotlight(month="2026-09"))
    assert (found.code, found.severity, found.source) == ("S101", Severity.WARNING, Source("content/spotlights"))
    assert found.message == "2026-10 has no customer of the month yet"
    assert "content/spotlights/2026-10-CLIENT.md" in found.hint


def test_spotlights_that_are_not_started_are_not_missed() -> None:
    assert missed() == []
    assert missed(spotlight(month="2026-11")) == []  # the first one will be next month's


@pytest.mark.parametrize(("day", "count"), [(6, 0), (7, 1)])
def test_a_spotlight_is_missed_from_the_seventh_on(day: int, count: int) -> None:
    assert len(missed(spotlight(month="2026-09"), as_of=date(2026, 10, day))) == count


@pytest.mark.parametrize(("first_day", "count"), [("20", 0), ("19", 1)])
def test_the_day_is_the_owners_choice(first_day: str, count: int) -> None:
    own = {"spotlight_day": first_day}
    assert len(missed(spotlight(month="2026-09"), as_of=date(2026, 10, 19), thresholds=own)) == count


@pytest.mark.parametrize("permission", ["2026-10-20", "2026-12-01", None])
def test_a_spotlight_that_waits_for_a_permission_is_written(permission: str | None) -> None:
    assert missed(spotlight(month="2026-09"), spotlight(month="2026-10", permission_on=permission)) == []


def test_a_translation_alone_is_not_the_months_spotlight() -> None:
    assert len(missed(spotlight(month="2026-09"), spotlight(month="2026-10", **{"@lang": "de"}))) == 1
    assert missed(spotlight(month="2026-09", **{"@lang": "de"})) == []


# S102

ELECTED = replace(PORTAL, nominations=(nomination("acme"), nomination("bolt"), nomination("cove")))


def erring(portal: Portal, *written: Spotlight) -> list[Problem]:
    return list(unelected(Subject(replace(portal, spotlights=written))))


def voted(**choices: str) -> Portal:
    """A vote of September 2026 among Acme, Bolt and Cove."""
    return replace(ELECTED, votes=ballot(**choices))


def test_the_winners_spotlight_is_as_it_should_be() -> None:
    assert erring(voted(ann="acme", ben="acme", cleo="bolt"), spotlight("acme")) == []


def test_a_spotlight_of_another_than_the_winner_is_an_error_that_tells_no_votes() -> None:
    (found,) = erring(voted(ann="acme", ben="acme", cleo="bolt"), spotlight("bolt"))
    assert (found.code, found.severity, found.field, found.row_id) == ("S102", Severity.ERROR, "client", "bolt")
    assert found.source.path == "content/spotlights/2026-09-bolt.md"
    assert found.message == '"bolt" did not win the vote of 2026-09, and nothing says why it is theirs'
    assert not any(word in found.message + found.hint for word in ("acme", "cove", "ann", "2 votes"))


def test_a_client_whom_nobody_nominated_did_not_win_either() -> None:
    votes = voted(ann="dale", ben="dale", cleo="acme")
    assert [found.row_id for found in erring(votes, spotlight("dale"))] == ["dale"]


@pytest.mark.parametrize(
    "votes",
    [{"ann": "acme", "ben": "bolt"}, {}, {"ann": "dale"}],
    ids=["a tie", "nobody voted", "nobody voted for a nominated client"],
)
def test_without_a_single_winner_the_spotlight_says_how_it_was_settled(votes: dict[str, str]) -> None:
    (found,) = erring(voted(**votes), spotlight("acme"))
    assert found.message == "the vote of 2026-09 has no single winner, and nothing says how it was settled"
    assert erring(voted(**votes), spotlight("acme", override_reason="We drew lots.")) == []


def test_a_reason_is_enough() -> None:
    assert erring(voted(ann="acme"), spotlight("bolt", override_reason="The winner asked to be left in peace.")) == []


def test_without_nominations_there_is_no_election() -> None:
    assert erring(replace(PORTAL, votes=ballot(ann="acme")), spotlight("bolt")) == []
    assert erring(voted(ann="acme"), spotlight("bolt", "2026-08")) == []


@pytest.mark.parametrize(("as_of", "count"), [(date(2026, 9, 30), 0), (date(2026, 10, 1), 1)])
def test_a_running_month_never_errs(as_of: date, count: int) -> None:
    assert len(erring(replace(voted(ann="acme"), as_of=as_of), spotlight("bolt"))) == count


def test_a_translation_is_not_told_again() -> None:
    assert len(erring(voted(ann="acme"), spotlight("bolt"), spotlight("bolt", **{"@lang": "de"}))) == 1


# S104


def stray(portal: Portal) -> list[Problem]:
    return list(stray_votes(Subject(portal)))


def test_votes_among_the_nominated_are_no_news() -> None:
    assert stray(voted(ann="acme", ben="bolt")) == []
    assert stray(ELECTED) == []


def test_votes_for_others_are_a_warning_without_voters_and_choices() -> None:
    (found,) = stray(voted(ann="acme", ben="dale", cleo="edge"))
    assert (found.code, found.severity, found.field, found.row_id) == ("S104", Severity.WARNING, "client_id", "2026-09")
    assert found.message == "in 2026-09 2 votes went to somebody who was not nominated"
    assert not any(word in found.message + found.hint for word in ("ben", "cleo", "dale", "edge"))
    (one,) = stray(voted(ann="dale"))
    assert one.message == "in 2026-09 a vote went to somebody who was not nominated"


def rows(*choices: tuple[int, str]) -> Iterable[Vote]:
    """Votes of September by their line in votes.csv."""
    for line, client_id in choices:
        values = {"month": "2026-09", "voter": f"voter {9 - line}", "client_id": client_id}
        yield typed(Vote, values, Source("data/votes.csv", line, 1))


def test_the_first_line_of_such_votes_is_the_place() -> None:
    (found,) = stray(replace(ELECTED, votes=tuple(rows((2, "acme"), (3, "dale"), (4, "edge")))))
    assert found.source == Source("data/votes.csv", 3, 1)


def test_each_month_is_told_by_itself_and_only_where_there_was_an_election() -> None:
    portal = replace(
        PORTAL,
        nominations=(nomination("acme", "2026-07"), nomination("acme", "2026-10")),
        votes=(*ballot("2026-07", ann="dale"), *ballot("2026-08", ann="dale"), *ballot("2026-10", ann="dale")),
    )
    assert [found.row_id for found in stray(portal)] == ["2026-07", "2026-10"]


# S105


def crowded(staff: str, *choices: tuple[int, str], month: str = "2026-09") -> list[Problem]:
    """What is said of a month's votes by their line in votes.csv and their voter."""
    cast = tuple(
        typed(Vote, {"month": month, "voter": voter, "client_id": "acme"}, Source("data/votes.csv", line, 1))
        for line, voter in choices
    )
    return list(too_many_voters(Subject(replace(ELECTED, settings=settings(staff=staff), votes=cast))))


THREE = ((4, "cleo"), (2, "ann"), (3, "ben"))


@pytest.mark.parametrize(("staff", "count"), [("3", 0), ("2", 1), ("", 0)])
def test_no_more_people_vote_than_work_here(staff: str, count: int) -> None:
    assert len(crowded(staff, *THREE)) == count


def test_too_many_voters_are_a_warning_at_the_months_first_vote_that_names_nobody() -> None:
    (found,) = crowded("2", *THREE)
    assert (found.code, found.severity, found.field, found.row_id) == ("S105", Severity.WARNING, "voter", "2026-09")
    assert found.source == Source("data/votes.csv", 2, 1)
    assert found.message == "in 2026-09 3 people voted, and staff in portal.yaml is 2"
    assert found.hint == "correct staff; or leave out who does not work here"
    assert not any(name in found.message + found.hint for name in ("ann", "ben", "cleo", "acme"))


def test_a_name_that_stands_there_twice_is_the_place_and_the_hint_says_so() -> None:
    (found,) = crowded("2", (2, "Ann Hale"), (3, "ben"), (4, "ann  hale"))
    assert found.source.line == 4
    assert found.hint.startswith("a name differs from one before by capitals or spaces alone, and counts twice")
    (found,) = crowded("2", (2, "Ann Hale"), (3, "ANN HALE"), (4, "annhale"))
    assert (found.source.line, found.hint.split(" from")[0]) == (3, "2 names differ")


def test_a_double_name_among_few_enough_voters_is_not_this_checks_business() -> None:
    assert crowded("3", (2, "ann"), (3, "Ann"), (4, "ben")) == []


def test_each_month_is_counted_by_itself_and_one_to_come_not_at_all() -> None:
    several = replace(
        PORTAL,
        settings=settings(staff="1"),
        votes=(*ballot("2026-08", ann="acme", ben="acme"), *ballot("2026-09", ann="acme"), *ballot("2026-11", ann="a", ben="a")),
    )
    assert [found.row_id for found in too_many_voters(Subject(several))] == ["2026-08"]
