"""What is tried for a passphrase somebody typed: it as it stands first, and then what they probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.seal import phrases
from site_builder.seal.derived import phrase_bytes
from site_builder.seal.phrases import drawn
from site_builder.seal.ways import HYPHENED, ways
from tests.seal.typed import PLAIN


@pytest.mark.parametrize("typed", PLAIN)
def test_the_plain_form_is_tried_after_what_was_typed(typed: str) -> None:
    assert ways(typed) == ((typed, PLAIN[typed]) if PLAIN[typed] else (typed,))


@given(st.text(st.characters()))
def test_any_text_can_be_typed_and_each_way_is_another_phrase(typed: str) -> None:
    tried = ways(typed)
    assert tried[0] == typed
    assert len({phrase_bytes(each) for each in tried}) == len(tried) <= 2


@given(st.lists(st.sampled_from(Path(phrases.__file__).with_name("words").joinpath("eff-large.txt").read_text().split())))
def test_a_drawn_phrase_is_found_however_its_words_are_joined_and_begun(words: list[str]) -> None:
    for between in ("-", ".", ", ", "_", "\u2013"):
        typed = between.join(word.title() for word in words)
        assert " ".join(words) in ways(typed) or not words


def test_the_words_with_a_hyphen_are_those_of_the_list() -> None:
    words = Path(phrases.__file__).with_name("words").joinpath("eff-large.txt").read_text().split()
    assert tuple(word for word in words if "-" in word) == HYPHENED
    # So that no other two words of the list are taken for one of them.
    assert [word for word in HYPHENED if set(word.split("-")) <= set(words)] == []
    assert ways(drawn(lambda listed: listed[0])[0])[1:] == ()
