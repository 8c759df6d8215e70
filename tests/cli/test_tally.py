"""portal tally: votes counted by hand; nobody's own vote is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.cli.table import PAPER, Screen
from site_builder.cli.tally import as_text
from site_builder.model.portal import Portal
from site_builder.rules.election import election
from tests.portals import PORTAL, client, settings, write
from tests.rules.rows import ballot, nomination

Run = Callable[..., tuple[int, str, str]]

FILES = {
    "data/clients.csv": (
        "client_id,name,industry,since\n"
        "acme,Acme Ltd,dental,2024-01-15\nbrill,Brill Law,law,2024-01-15\ncosy,Cosy Food,food,2024-01-15\n"
    ),
    "data/nominations.csv": (
        "month,client_id,nominated_by,reason\n"
        "2026-09,brill,tom,They rang first.\n2026-09,acme,ann,So did they.\n2026-09,acme,sue,And again.\n"
        "2026-10,acme,tom,Kind words.\n"
    ),
    "data/votes.csv": (
        "month,voter,client_id\n2026-09,ann,brill\n2026-09,tom,brill\n2026-09,sue,acme\n2026-09,kit,cosy\n2026-10,kit,acme\n"
    ),
}


@pytest.fixture(autouse=True)
def not_on_a_build_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


def answer(run: Run, root: Path, *words: str) -> object:
    code, out, err = run("tally", *words, "--format", "json", "--portal", root)
    assert (code, err) == (0, "")
    return json.loads(out)


def test_of_the_nominated_the_one_with_most_votes_wins_and_everybody_who_voted_counts(run: Run, root: Path) -> None:
    assert answer(run, root, "2026-09") == {
        "month": "2026-09",
        "nominated": ["acme", "brill"],
        "votes": {"acme": 1, "brill": 2},
        "turnout": 4,
        "winner": "brill",
        "tie": False,
    }


def test_a_tie_has_no_winner(run: Run, root: Path) -> None:
    votes = root / "data/votes.csv"
    votes.write_text(votes.read_text().replace("kit,cosy", "kit,acme"))
    found = answer(run, root, "2026-09")
    assert isinstance(found, dict)
    assert (found["votes"], found["winner"], found["tie"]) == ({"acme": 2, "brill": 2}, None, True)


@pytest.mark.parametrize("month", ["2026-08", "2026-11"])
def test_a_month_without_nominations_has_no_election(run: Run, root: Path, month: str) -> None:
    nothing = {"month": month, "nominated": [], "votes": {}, "turnout": 0, "winner": None, "tie": False}
    assert answer(run, root, month) == nothing


def test_what_comes_after_as_of_has_not_happened(run: Run, root: Path) -> None:
    found = answer(run, root, "2026-09", "--as-of", "2026-08-31")
    assert isinstance(found, dict)
    assert (found["nominated"], found["turnout"]) == ([], 0)


@pytest.mark.parametrize("typed", ["2026-9", "2026-13", "2026-00", "26-09", "September", "2026-09-01", "0000-01", "\u0662026-09"])
def test_a_month_badly_written_is_wrong_usage_and_shows_the_form(run: Run, root: Path, typed: str) -> None:
    code, out, err = run("tally", typed, "--portal", root)
    assert (code, out) == (2, "")
    assert f'"{typed}" is no month; write it as 2026-10' in err


# As people read it


def test_the_votes_are_a_table_with_most_votes_first_and_stray_ones_are_counted_not_named(run: Run, root: Path) -> None:
    code, out, err = run("tally", "2026-09", "--portal", root)
    assert (code, err) == (0, "")
    assert out == (
        "Customer of the month, 2026-09\n"
        "client  name       votes\n"
        "brill   Brill Law      2  winner\n"
        "acme    Acme Ltd       1\n"
        "turnout: 4\n"
        "1 vote for somebody who was not nominated: in the turnout alone.\n"
    )


def told(portal: Portal, month: str = "2026-09", on: Screen = PAPER) -> list[str]:
    return as_text(election(portal, month), portal, on).splitlines()


VOTED = replace(
    PORTAL,
    settings=settings(staff="14"),
    clients=(client("acme"), client("brill")),
    nominations=(nomination("acme"), nomination("brill")),
    votes=ballot(ann="acme", tom="acme", sue="brill", kit="acme"),
)


def test_the_turnout_is_of_the_staff_and_a_terminal_draws_it() -> None:
    # Three of four votes are seven and a half of ten blocks, one of four two and a half.
    assert told(VOTED, on=Screen(80)) == [
        "Customer of the month, 2026-09",
        "client  name   votes",
        "acme    Acme       3  " + "\u2588" * 7 + "\u258c  winner",
        "brill   Brill      1  " + "\u2588" * 2 + "\u258c",
        "turnout: 4 of 14",
    ]


def test_a_tie_says_what_a_spotlight_needs() -> None:
    found = told(replace(VOTED, votes=ballot(ann="acme", sue="brill")))
    assert [each.split()[-1] for each in found[2:4]] == ["tie", "tie"]
    assert found[4] == "A tie has no winner: a spotlight then says in override_reason why it is theirs."


def test_without_a_vote_for_the_nominated_there_is_no_winner() -> None:
    found = told(replace(VOTED, votes=ballot(ann="cosy")))
    assert found[2:] == [
        "acme    Acme       0",
        "brill   Brill      0",
        "Nobody voted for one of them, so there is no winner.",
        "turnout: 1 of 14",
        "1 vote for somebody who was not nominated: in the turnout alone.",
    ]
    assert told(replace(VOTED, votes=()))[-1] == "Nobody voted for one of them, so there is no winner."


def test_a_running_month_has_a_leader_and_no_winner_yet() -> None:
    running = replace(VOTED, nominations=(nomination("acme", "2026-10"),), votes=ballot("2026-10", ann="acme"))
    assert told(running, "2026-10")[2:4] == [
        "acme    Acme      1  leads",
        "2026-10 is still running, so this may change.",
    ]


@pytest.mark.parametrize(
    ("portal", "month", "said"),
    [
        (
            replace(PORTAL, absent=frozenset({"data/nominations.csv"})),
            "2026-09",
            "data/nominations.csv is not started, so there is nothing to count.",
        ),
        (VOTED, "2026-11", "2026-11 has not begun by 2026-10-31."),
        (VOTED, "2026-10", "Nobody was nominated for 2026-10, so nobody can win."),
    ],
)
def test_no_election_says_why(portal: Portal, month: str, said: str) -> None:
    assert told(portal, month)[1:] == [said]


def test_a_nominated_client_without_a_row_has_no_name() -> None:
    assert told(replace(VOTED, clients=()))[2] == f"acme{' ' * 14}3  winner"
