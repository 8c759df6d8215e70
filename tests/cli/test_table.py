"""Tables on paper, on wide and on narrow terminals."""

from __future__ import annotations

import fcntl
import io
import os
import struct
import termios
from decimal import Decimal

import pytest

from site_builder.cli.table import PAPER, Cell, Column, Dye, Row, Screen, bar, paragraph, screen, table

COLUMNS = (Column("client"), Column("votes", is_number=True), Column("", is_ornament=True))
ROWS = (Row(("acme", "12", "###")), Row(("brill", "3", "#")))


def test_words_stand_at_the_left_and_numbers_at_the_right() -> None:
    assert table(COLUMNS[:2], [Row(("acme", "12")), Row(("brilliant", "3"))], PAPER) == (
        "client     votes\n"
        "acme          12\n"
        "brilliant      3\n"
    )  # fmt: skip


def test_a_table_without_rows_is_nothing() -> None:
    assert table(COLUMNS, [], PAPER) == ""


def test_headings_that_are_all_empty_have_no_line() -> None:
    assert table((Column(""), Column("")), [Row(("client", "acme"))], PAPER) == "client  acme\n"


def test_wide_letters_count_for_two_columns_and_combining_ones_for_none() -> None:
    rows = [Row(("\u5c71\u7530", "1")), Row(("Zoe\u0308", "2"))]
    assert table((Column("name"), Column("n")), rows, PAPER) == (
        "name  n\n"
        "\u5c71\u7530  1\n"
        "Zoe\u0308   2\n"
    )  # fmt: skip


def test_an_ornament_is_for_terminals_alone() -> None:
    assert "#" not in table(COLUMNS, ROWS, PAPER)
    assert table(COLUMNS, ROWS, Screen(80)) == (
        "client  votes\n"
        "acme       12  ###\n"
        "brill       3  #\n"
    )  # fmt: skip


def test_an_ornament_goes_first_where_there_is_no_room() -> None:
    # client (6) and votes (5) with a gap of two: 13 columns; the ornament takes 5 more.
    assert table(COLUMNS, ROWS, Screen(18)).splitlines()[1] == "acme       12  ###"
    assert table(COLUMNS, ROWS, Screen(17)).splitlines()[1] == "acme       12"


def test_spare_columns_go_from_the_left_and_no_more_of_them_than_need_be() -> None:
    columns = (Column("id"), Column("name", is_spare=True), Column("n"), Column("why", is_spare=True))
    rows = [Row(("r1", "Acme", "7", "lost"))]
    assert table(columns, rows, Screen(17)).splitlines()[1] == "r1  Acme  7  lost"
    assert table(columns, rows, Screen(16)).splitlines() == ["id  n  why", "r1  7  lost"]
    assert table(columns, rows, Screen(10)).splitlines() == ["id  n", "r1  7"]
    assert table(columns, rows, PAPER).splitlines()[1] == "r1  Acme  7  lost"


def test_on_a_narrow_terminal_the_cells_stand_below_the_first_without_the_empty_ones() -> None:
    columns = (Column("referral"), Column("status"), Column("due", is_number=True))
    rows = [Row(("r2026-001", "won", "100.00"), "A fixed sum of money"), Row(("r2026-002", "lost", ""))]
    assert table(columns, rows, Screen(20)) == (
        "r2026-001\n"
        "  status  won\n"
        "  due     100.00\n"
        "    A fixed sum of\n"
        "    money\n"
        "r2026-002\n"
        "  status  lost\n"
    )  # fmt: skip


def test_a_long_cell_has_as_many_lines_as_it_needs_beside_its_heading() -> None:
    columns, row = (Column("id"), Column("why"), Column("n")), Row(("r1", "one two three", "7"))
    assert table(columns, [row], Screen(14)) == (
        "r1\n"
        "  why  one two\n"
        "       three\n"
        "  n    7\n"
    )  # fmt: skip


def test_cells_without_headings_stand_a_little_to_the_right() -> None:
    rows = [Row(("tickets", "gold: a day of our time"))]
    assert table((Column(""), Column("")), rows, Screen(16)) == (
        "tickets\n"
        "  gold: a day of\n"
        "  our time\n"
    )  # fmt: skip


def test_one_column_that_does_not_fit_has_nothing_below() -> None:
    assert table((Column("x"),), [Row(("acme",))], Screen(3)) == "acme\n"


def test_words_below_a_row_are_one_line_on_paper_and_fit_a_terminal() -> None:
    rows = [Row(("acme", "12"), "one two three four five")]
    assert table(COLUMNS[:2], rows, PAPER).splitlines()[2] == "    one two three four five"
    assert table(COLUMNS[:2], rows, Screen(14)).splitlines()[2:] == ["    one two", "    three four", "    five"]


def test_a_colour_changes_nothing_in_the_places_of_letters() -> None:
    rows = [Row((Cell("acme", Dye.GREEN), Cell("7", Dye.RED))), Row((Cell("", Dye.RED), "12"))]
    assert table(COLUMNS[:2], rows, Screen(80, is_coloured=True)) == (
        "\x1b[2mclient\x1b[0m  \x1b[2mvotes\x1b[0m\n"
        "\x1b[32macme\x1b[0m        \x1b[31m7\x1b[0m\n"
        "           12\n"
    )  # fmt: skip
    assert "\x1b" not in table(COLUMNS[:2], rows, Screen(80))


def test_what_an_owner_typed_cannot_steer_a_terminal() -> None:
    rows = [Row(("ac\x1b[2Jme", "1"), "be\x07ll")]
    assert table(COLUMNS[:2], rows, PAPER).splitlines()[1:] == ["ac\\x1b[2Jme      1", "    be\\x07ll"]


def test_the_space_of_an_amount_is_a_plain_one() -> None:
    assert table((Column(""),), [Row(("CHF\u00a08\u202f000",))], PAPER) == "CHF 8 000\n"


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (None, ["one two three"]),
        (9, ["one two", "three"]),
        (7, ["one two", "three"]),
        (4, ["one", "two", "three"]),
    ],
)
def test_a_paragraph_fits_a_terminal_but_no_word_is_torn(columns: int | None, lines: list[str]) -> None:
    assert paragraph("one two three", Screen(columns)).splitlines() == lines


def test_a_paragraph_of_nothing_is_nothing() -> None:
    assert paragraph("", PAPER) == ""
    assert paragraph("", Screen(40)) == ""


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (None, ""),
        (Decimal(0), ""),
        (Decimal("0.5"), "\u2588\u2588"),
        (Decimal("0.625"), "\u2588\u2588\u258c"),
        (Decimal(1), "\u2588\u2588\u2588\u2588"),
        (Decimal("1.4"), "\u2588\u2588\u2588\u2588"),
        (Decimal(-1), ""),
    ],
)
def test_a_bar_is_full_at_one_and_has_eighths(share: Decimal | None, drawn: str) -> None:
    assert bar(share, columns=4) == drawn


def test_a_file_takes_any_width_and_no_colour() -> None:
    assert screen(io.StringIO()) == PAPER
    assert not PAPER.is_terminal


def test_a_terminal_says_how_wide_it_is_and_shows_colours_unless_asked_not_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 72, 0, 0))
    with os.fdopen(theirs, "w") as terminal:
        assert screen(terminal) == Screen(72, is_coloured=True)
        monkeypatch.setenv("NO_COLOR", "1")
        assert screen(terminal) == Screen(72, is_coloured=False)
        assert screen(terminal).is_terminal
    os.close(ours)
