"""Keys that people read aloud and type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.seal.letters import bytes_of, letters


@given(st.binary(max_size=40))
def test_what_is_written_is_read_again(content: bytes) -> None:
    assert bytes_of(letters(content)) == content


def test_five_bits_make_a_letter_in_crockfords_order() -> None:
    # 00000 00001 00010 00011 00100 00101 00110 00111, then 11111 and 00000 (three bits and two zeros of filling)
    assert letters(bytes.fromhex("00443214c7")) == "01234567"
    assert letters(b"\xf8") == "z0"


@pytest.mark.parametrize("typed", ["01234567", "O1234567", "oi234567", "0l23 4567", "0I23-4567", " 0123\u00a04567\n"])
def test_case_blanks_hyphens_and_misread_letters_are_forgiven(typed: str) -> None:
    assert bytes_of(typed) == bytes.fromhex("00443214c7")


@pytest.mark.parametrize("typed", ["0123456u", "01234567=", "01234567\u0661", "0", "012", "z1", "é1234567", "0123/567"])
def test_what_is_no_key_is_none(typed: str) -> None:
    assert bytes_of(typed) is None
