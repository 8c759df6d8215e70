"""Did you mean: the known word nearest to what was typed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_LONGEST = 80
_CUTOFF = 0.75
_SEPARATORS = re.compile(r"[\s_-]+")


def near(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant; None where nothing is close.

    Case, hyphens, underscores and spaces do not matter, nor one slip of the pen: a letter too many, too few or wrong, or
    two of them swapped.
    """
    if not word.strip() or len(word) > _LONGEST:
        return None
    plain = _plain(word)
    by_form: dict[str, str] = {}
    for candidate in known:
        by_form.setdefault(_plain(candidate), candidate)
    if plain in by_form:
        return by_form[plain]
    likely = [form for form in by_form if abs(len(form) - len(plain)) <= max(3, len(plain) // 2)]
    swapped_first = sorted(likely, key=lambda form: (sorted(form) != sorted(plain), form))
    slips = [form for form in swapped_first if _one_slip(plain, form)]
    if slips:
        return by_form[slips[0]]
    close = difflib.get_close_matches(plain, likely, n=1, cutoff=_CUTOFF)
    return by_form[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the hint 'did you mean "won"?', "" where nothing is close."""
    meant = near(word, known)
    return f'did you mean "{meant}"?' if meant is not None else ""


def _plain(word: str) -> str:
    return _SEPARATORS.sub("", word.strip().casefold())


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one edit or one swap of neighbours makes one word of the other; under three letters none does."""
    if min(len(typed), len(meant)) < 3 or abs(len(typed) - len(meant)) > 1:  # noqa: PLR2004  # shorter words are all alike
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, goal = typed[start:], meant[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return rest[1:] == goal[1:] or rest[1:] == goal or rest == goal[1:] or swapped == goal
