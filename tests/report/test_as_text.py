from __future__ import annotations

from site_builder.problem import NOWHERE, Problem, Severity, Source
from site_builder.report.as_text import Look, as_text
from site_builder.report.excerpt import Excerpt

ERROR = Problem(Source("data/clients.csv", 2, 7), "D202", Severity.ERROR, "since is not a date", "write YYYY-MM-DD")


def test_problems_stand_file_by_file_and_what_is_not_started_in_one_block(problems: tuple[Problem, ...]) -> None:
    assert as_text(problems, then="Go on.") == (
        "data/clients.csv:2:7: error[D202]: since is not a date\n"
        "hint: write YYYY-MM-DD\n"
        "data/clients.csv:3:1: warning[D212]: spaces around 2 values\n"
        "\n"
        "data/portal.yaml: advice[I107]: 100% of words,\\nlong: yes\n"
        "hint: shorten\n"
        "\n"
        "note[D601]: not started yet, and that is fine; what each would add:\n"
        "  content/events  a list of events\n"
        "\n"
        "1 error, 1 warning; 1 piece of advice, 1 note. Go on.\n"
    )


def test_no_problems_are_no_text() -> None:
    assert as_text(()) == ""


def test_a_problem_of_no_file_begins_with_its_weight() -> None:
    assert as_text([Problem(NOWHERE, "B105", Severity.ERROR, "full")]) == "error[B105]: full\n\n1 error\n"


def test_a_terminal_shows_the_line_with_a_caret_below_its_column() -> None:
    look = Look(excerpts={ERROR: Excerpt(2, "acme,1/2/26", 5)})
    assert as_text([ERROR], look) == (
        "data/clients.csv:2:7: error[D202]: since is not a date\n"
        "    2 | acme,1/2/26\n"
        "      |      ^\n"
        "hint: write YYYY-MM-DD\n"
        "\n"
        "1 error\n"
    )


def test_a_problem_without_a_column_has_no_caret() -> None:
    look = Look(excerpts={ERROR: Excerpt(2, "acme", None)})
    assert "    2 | acme\nhint" in as_text([ERROR], look)


def test_colours_wrap_words_and_change_none() -> None:
    dyed = as_text([ERROR], Look(colour=True))
    assert "\x1b[1;31merror[D202]\x1b[0m: since is not a date" in dyed


def test_no_file_can_send_commands_to_the_terminal() -> None:
    nasty = Problem(Source("data/\x1b]0;x\x07.csv", 1), "D006", Severity.NOTE, "\x1b[2J", "\x9b31m", "f", "r")
    absent = Problem(Source("content/\x1bc"), "D601", Severity.NOTE, "x", "it would add: \x1bc")
    text = as_text([nasty, absent])
    assert all(char == "\n" or char.isprintable() for char in text)


def test_counts_are_said_in_words() -> None:
    two = [ERROR, Problem(Source("data/reviews.csv", 1), "D202", Severity.ERROR, "x")]
    advice = [Problem(NOWHERE, "P103", Severity.ADVICE, "x")] * 2
    assert as_text([*two, *advice]).splitlines()[-1] == "2 errors; 2 pieces of advice"
