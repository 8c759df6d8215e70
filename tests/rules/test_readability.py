"""How hard a text is to read: letters, words and sentences counted by hand, then the published formula."""

from __future__ import annotations

from fractions import Fraction

import pytest

from site_builder.rules.readability import school_grade, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We send your office a hamper.", ("We", "send", "your", "office", "a", "hamper")),
        ("half-price, a friend's and 8.5% – all £1,200", ("half-price", "a", "friend's", "and", "8.5", "all", "1,200")),
        ("R&D, non\u2011cash, l’IA", ("R&D", "non\u2011cash", "l’IA")),
        (" … – ! ", ()),
        ("", ()),
    ],
)
def test_a_word_holds_a_letter_or_a_digit(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        # 9 words of 4+6+4+3+5+5+2+4+5 = 38 letters: 4.71 * 38/9 + 0.5 * 9 - 21.43
        ("Your friend gets the first month at half price.", Fraction(887, 300)),
        ("Your friend gets the first month at half price", Fraction(887, 300)),
        ("“Your friend gets the first month at half price!”", Fraction(887, 300)),
        # 11 words of 26 + 18 = 44 letters in 2 sentences: 4.71 * 4 + 0.5 * 5.5 - 21.43
        ("Put it where people can reach it. Nobody gives a speech.", Fraction(16, 100)),
        ("Put it where people can reach it... Nobody gives a speech", Fraction(16, 100)),
        # 7 words of 12+2+9+9+11+12 = 55, and "8.5" with two digits: 57 letters; the full stop in 8.5 ends no sentence
        (
            "Remuneration is disbursed following contractual commencement 8.5",
            Fraction(471 * 57, 700) + Fraction(7, 2) - Fraction(2143, 100),
        ),
    ],
)
def test_the_grade_is_reckoned_from_letters_words_and_sentences(text: str, grade: Fraction) -> None:
    assert school_grade(text) == grade


def test_the_simplest_text_is_of_no_grade_and_never_below() -> None:
    # 6 words of 23 letters: 18.055 + 3 - 21.43 is below 0.
    assert school_grade("We send your office a hamper.") == 0
    assert school_grade(" – ") == 0
