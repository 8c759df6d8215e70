"""Did you mean: slips of the pen find the word that was meant, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.suggest import did_you_mean, near

STATUSES = ("received", "contacted", "qualified", "won", "lost")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("wonn", "won", id="a letter too many"),
        pytest.param("lst", "lost", id="a letter too few"),
        pytest.param("wno", "won", id="two letters swapped"),
        pytest.param("WON", "won", id="capital letters"),
        pytest.param("qualifeid", "qualified", id="a swap inside a long word"),
        pytest.param("recieved", "received", id="the commonest misspelling of all"),
        pytest.param(" lost ", "lost", id="spaces around it"),
    ],
)
def test_one_slip_of_the_pen_finds_the_word(typed: str, meant: str) -> None:
    assert near(typed, STATUSES) == meant


@pytest.mark.parametrize("typed", ["base-url", "Base URL", "baseUrl", "BASE_URL"])
def test_hyphens_spaces_and_capitals_do_not_matter(typed: str) -> None:
    assert near(typed, ("name", "base_url")) == "base_url"


@pytest.mark.parametrize("typed", ["", "  ", "maybe", "x" * 500])
def test_a_word_unlike_all_others_finds_nothing(typed: str) -> None:
    assert near(typed, STATUSES) is None


def test_a_swap_is_likelier_than_another_letter() -> None:
    assert near("GPB", ("GPD", "GBP", "EUR")) == "GBP"


def test_words_under_three_letters_have_no_slips() -> None:
    assert near("ax", ("ay", "bx")) is None


def test_the_hint_asks_back() -> None:
    assert did_you_mean("acem", ("acme", "zeta")) == 'did you mean "acme"?'
    assert did_you_mean("nobody", ("acme", "zeta")) == ""


@given(st.text(max_size=100), st.lists(st.text(max_size=20), max_size=10))
def test_whatever_is_typed_the_answer_is_a_known_word_or_none(typed: str, known: list[str]) -> None:
    assert near(typed, known) in {None, *known}
