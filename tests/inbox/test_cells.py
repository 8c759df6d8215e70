"""Whatever strangers type becomes a cell that the reader of tables takes, and no spreadsheet reckons with."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.inbox.cells import line, note, tick
from site_builder.model.tables import Lead, Referral
from tests.portals import typed


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("  Jo   Lee ", "Jo Lee"),
        ("Jo\r\nLee\tand\x00Co\u2028x", "Jo Lee and Co x"),
        ("Jo\u202eeeL", "Jo eeL"),
        ("سلام‌دنیا", "سلام‌دنیا"),  # a joiner within a Persian word is part of it
        ("n/a", ""),
        (" TBC ", ""),
        ("?", ""),
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1+cmd", "'-1+cmd"),
        ("+44 (0)7700 900123", "+44 (0)7700 900123"),
        ("+1.555-0100", "+1.555-0100"),
        ("+44 7700 900123 =x", "'+44 7700 900123 =x"),
        ("'=1", "'=1"),
    ],
)
def test_a_line_is_one_line_without_controls_placeholders_and_formulas(text: str, cell: str) -> None:
    assert line(text) == cell


def test_what_is_too_long_is_cut_with_a_mark() -> None:
    assert line("x" * 1_999) == "x" * 1_999
    assert line("x" * 3_000) == "x" * 1_998 + "…"
    assert len(line("=" + "x" * 3_000)) == 2_000
    assert len(note("é" * 40_000).encode()) <= 32 * 1024


def test_a_note_keeps_its_lines_and_drops_blank_ones() -> None:
    assert note("Call\r\n\r\n  after   nine\rplease\x0bnow\n") == "Call\nafter nine\nplease\nnow"
    assert note("\n=x\n") == "'=x"
    assert note(" \n ") == ""
    assert note("tbd") == ""


@pytest.mark.parametrize(("text", "cell"), [("yes", "yes"), (" On ", "yes"), ("no", ""), ("", ""), ("maybe", "")])
def test_a_box_is_ticked_or_not(text: str, cell: str) -> None:
    assert tick(text) == cell


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60) | st.sampled_from(
    ("n/a", "#REF!", "=1", "'=1", "+", "-", "\ufeff", "\x85", "\u2028", "null", "-\n-", "=\n" * 3, "x" * 2_001, "+1" * 1_500)
)


@given(TEXT)
def test_any_text_makes_cells_that_are_read_as_they_were_written_and_stay_what_they_are(text: str) -> None:
    one, many = line(text), note(text)
    read = typed(Lead, {"lead_key": "k", "prospect": one, "note": many})
    assert ((read.prospect or ""), (read.note or "")) == (one, many)
    typed(
        Referral, {"referral_id": "r", "received_on": "2026-10-30", "prospect": one or "x", "status": "received", "source": "x"}
    )
    assert (line(one) if len(one) < 1_999 else one, note(many)) == (one, many)  # what was cut may be cut again
    assert not one.startswith(("=", "@", "\t", "\r"))


@given(TEXT)
def test_a_cell_has_no_spaces_around_it_for_the_reader_to_take_away(text: str) -> None:
    written = io.StringIO()
    csv.writer(written).writerow([line(text), note(text)])
    assert next(csv.reader(io.StringIO(written.getvalue()))) == [line(text).strip(), note(text).strip()]
