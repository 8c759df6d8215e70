"""How hard an English text is to read, as a school grade: the Automated Readability Index.

R. J. Senter and E. A. Smith, "Automated Readability Index", AMRL-TR-66-220, 1967. It counts letters, words and sentences and
needs no dictionary of syllables, so that a build stays quick and the same everywhere.
"""

from __future__ import annotations

import re
from fractions import Fraction

# Letters and digits, with signs inside: "half-price", "friend's" and "8.5" are one word each, a dash alone is none.
# \u2010 and \u2011 are the hyphens that word processors write.
_WORD = re.compile(r"[^\W_]+(?:['’\u2010\u2011.,&-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s\"'”’)]|$)")
_PER_LETTER, _PER_WORD, _LESS = Fraction(471, 100), Fraction(1, 2), Fraction(2143, 100)


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text: what holds a letter or a digit."""
    return tuple(_WORD.findall(text))


def school_grade(text: str) -> Fraction:
    """Return the grade of an American school whose pupils can read an English text.

    4.71 letters/words + 0.5 words/sentences - 21.43, exact; digits count as letters, what follows the last full stop as a
    sentence. Not below 0, which a text without words has.
    """
    said = words(text)
    if not said:
        return Fraction(0)
    letters = sum(letter.isalnum() for word in said for letter in word)
    *ended, rest = _SENTENCE_END.split(text)
    sentences = sum(bool(words(part)) for part in ended) + bool(words(rest))
    return max(Fraction(0), _PER_LETTER * letters / len(said) + _PER_WORD * len(said) / sentences - _LESS)
