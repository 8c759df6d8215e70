"""The theme's catalogue holds the words of its templates, neither more nor fewer."""

from __future__ import annotations

from tests.docs.words import CATALOGUE, written


def test_the_catalogue_of_words_is_current() -> None:
    assert written() == CATALOGUE.read_bytes(), "run: make words"
