"""Problems are values with a place."""

from __future__ import annotations

from site_builder.problem import NOWHERE, Problem, Severity, Source


def test_a_place_without_a_line_is_the_whole_file() -> None:
    assert Source("data/clients.csv") == Source("data/clients.csv", 0, 0)
    assert Source("") == NOWHERE


def test_severities_are_written_as_words_the_gravest_first() -> None:
    assert [str(each) for each in Severity] == ["error", "warning", "advice", "note"]


def test_equal_problems_are_one() -> None:
    one = Problem(NOWHERE, "D001", Severity.ERROR, "it is missing")
    assert len({one, Problem(NOWHERE, "D001", Severity.ERROR, "it is missing", hint="", field="", row_id="")}) == 1
