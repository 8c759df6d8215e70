"""Did you mean: the nearest of the words that would have done."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """Return the hint 'did you mean "P103"?', "" where nothing is close; capitals do not matter."""
    by_form = {word.casefold(): word for word in sorted(known, reverse=True)}
    meant = get_close_matches(typed.casefold(), sorted(by_form), n=1)
    return f'did you mean "{by_form[meant[0]]}"?' if meant else ""
