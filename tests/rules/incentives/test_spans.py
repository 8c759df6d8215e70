"""Instalments in few letters, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.rules.incentives.spans import Instalments, spanned, unspanned


@pytest.mark.parametrize(
    ("instalments", "text"),
    [
        ((), ""),
        ((3,), "3"),
        ((1, 2), "1-2"),
        ((1, 2, 3, 5, 7, 8), "1-3,5,7-8"),
        ((None,), "once"),
        ((2, None, 1), "once,1-2"),
        ((4, 4, 3), "3-4"),
    ],
)
def test_neighbours_are_a_span(instalments: Instalments, text: str) -> None:
    assert spanned(instalments) == text


@pytest.mark.parametrize(
    ("text", "instalments"),
    [("3", (3,)), ("1-3", (1, 2, 3)), ("5, 1-2", (1, 2, 5)), ("2-2,once", (None, 2)), ("1-2,2-3", (1, 2, 3))],
)
def test_a_span_names_its_ends_and_all_between(text: str, instalments: Instalments) -> None:
    assert unspanned(text) == instalments


@pytest.mark.parametrize("text", ["", "0", "8-1", "1-", "-3", "1,,2", "one", "1.5", "10000", "٣", "1-3-5"])
def test_what_names_no_instalment_is_none(text: str) -> None:
    assert unspanned(text) is None


@given(st.sets(st.none() | st.integers(1, 9999), min_size=1, max_size=30))
def test_what_is_written_is_read_back(instalments: set[int | None]) -> None:
    assert unspanned(spanned(instalments)) == tuple(sorted(instalments, key=lambda number: number or 0))
