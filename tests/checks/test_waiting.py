"""Nobody is told that something is missing which may stand in a row that could not be read."""

from __future__ import annotations

import pytest

from site_builder.checks.waiting import MISSES, settled
from site_builder.codes import PROGRAMME, problem
from site_builder.model.content import COLLECTIONS
from site_builder.model.tables import TABLES
from site_builder.problem import Problem, Source

FOUND = tuple(problem(code, Source("data/portal.yaml"), "x") for code in ("K102", "K103", "N101", "S102", "P108", "D602"))


def broken(path: str, code: str = "D204") -> Problem:
    return problem(code, Source(path, 2, 26), "not a number")


def told(*loading: Problem) -> list[str]:
    return [each.code for each in settled(FOUND, loading)]


def test_where_everything_could_be_read_everything_is_told() -> None:
    assert settled(FOUND, ()) == FOUND


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("data/reviews.csv", ["N101", "S102", "P108"]),
        ("data/clients.csv", ["K103", "N101", "S102", "P108"]),
        ("content/spotlights/2026-09-acme.md", ["K102", "K103", "N101", "P108"]),
        ("content/spotlights", ["K102", "K103", "N101", "P108"]),
        ("content/spotlights-old.md", ["K102", "K103", "N101", "S102", "P108"]),
        ("data/payouts.csv", ["K102", "K103", "N101", "S102", "P108"]),
    ],
)
def test_what_a_broken_file_could_settle_waits_for_it(path: str, codes: list[str]) -> None:
    assert told(broken(path)) == codes


@pytest.mark.parametrize(
    ("code", "paths"),
    [
        ("L108", ["data/referrers.csv", "data/referrals.csv", "data/clients.csv"]),
        ("L109", ["content/terms/v2.md"]),
        ("N106", ["data/payouts.csv", "data/referrals.csv", "data/clients.csv", "content/terms/v2.md"]),
        ("N107", ["data/referrals.csv", "data/clients.csv", "content/terms/v2.md"]),
        ("D218", []),
        ("S105", []),
    ],
)
def test_what_an_unread_row_would_withhold_or_release_is_not_told(code: str, paths: list[str]) -> None:
    tables = [f"data/{row.TABLE.file}" for row in TABLES]
    found = (problem(code, Source("data/portal.yaml"), "x"),)
    assert {path for path in (*tables, "content/terms/v2.md") if not settled(found, [broken(path)])} == set(paths)


def test_what_is_no_error_was_read_all_the_same() -> None:
    assert len(told(broken("data/reviews.csv", "D212"), broken("data/clients.csv", "D101"))) == len(FOUND)


def test_checks_and_places_are_those_there_are() -> None:
    places = {f"data/{row.TABLE.file}" for row in TABLES} | {f"content/{kind.FOLDER}" for kind in COLLECTIONS}
    assert MISSES.keys() <= PROGRAMME.keys()
    assert {place for each in MISSES.values() for place in each} <= places
