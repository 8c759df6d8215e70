"""No cell that we write is a formula to a spreadsheet, and what other people's writers did against it is taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.leads.neutral import neutral, plain, seen


@pytest.mark.parametrize("text", ["=1+1", "+44 20 7946 0000", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Jo Lee", "1+1", "'tis", " =1", "jo@lee.example"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text
    assert plain(text) == text


@given(st.text(alphabet="=+-@\t\r'a ", max_size=6))
def test_a_neutral_text_is_no_formula(text: str) -> None:
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert neutral(neutral(text)) == neutral(text)


@given(st.text(alphabet="=+-@\t\r'a ", max_size=6).filter(lambda text: not text.startswith("'")))
def test_plain_gives_back_what_neutral_was_given(text: str) -> None:
    assert plain(neutral(text)) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        *((f"Jo{chr(code)} Lee", "Jo Lee") for code in (0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069)),
        ("\ufeffJo\u200b Lee", "Jo Lee"),
        ("می\u200cرود", "می\u200cرود"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("Jo\u200e Lee\n\u2028", "Jo\u200e Lee\n\u2028"),
    ],
)
def test_signs_that_nobody_sees_and_that_turn_words_around_are_left_out(text: str, left: str) -> None:
    assert seen(text) == left
