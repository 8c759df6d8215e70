"""Codes of personal links cannot be guessed, misread or taken for an id, a number or a date."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.rules.links import ALPHABET, fresh_code, misread


def drawing(*codes: str) -> Callable[[str], str]:
    """A draw that yields the letters of these codes one after another."""
    letters = iter("".join(codes))
    return lambda _alphabet: next(letters)


def test_the_alphabet_has_no_letter_that_is_read_as_another() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert not set("ILOU") & set(ALPHABET)


@given(st.integers())
def test_a_code_is_eight_crockford_characters(seed: int) -> None:
    code = fresh_code(Random(seed).choice, frozenset())
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", code)
    assert not misread(code)


def test_a_code_that_somebody_has_or_had_is_not_given_again() -> None:
    assert fresh_code(drawing("7QK3M9TX", "R9CJ4E7A"), frozenset({"7qk3m9tx"})) == "R9CJ4E7A"


def test_a_code_that_would_be_misread_is_drawn_again() -> None:
    assert fresh_code(drawing("12345678", "7QK3M9TX"), frozenset()) == "7QK3M9TX"


@pytest.mark.parametrize(
    "code",
    ["12345678", "1234567A", "ABCDEFGH", "1234E567", "1MAR2026", "01SEP26A", "7KDEC9TX"],
    ids=["an id of digits", "almost digits", "letters alone", "a number", "a date", "a date inside", "a month anywhere"],
)
def test_what_a_person_or_a_spreadsheet_takes_for_something_else_is_no_code(code: str) -> None:
    assert misread(code)


@pytest.mark.parametrize("code", ["7QK3M9TX", "123456AB", "ABCDEFG1", "E12345E6", "12345EE6"])
def test_anything_else_is_one(code: str) -> None:
    assert not misread(code)
