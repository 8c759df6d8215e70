"""Names in the order of a list that people read: Übelacker between Tiller and Vale, whatever the case."""

from __future__ import annotations

import unicodedata

_WHOLE = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "\u0131": "i", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart into one of a-z and its mark; the theme's search.js has the same."""


def folded(words: str) -> str:
    """Return words without case and accents, to be sorted and compared by."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_WHOLE)


def alphabetical(name: str, id_: str) -> tuple[str, str, str]:
    """Return what a list of names is sorted by: without accents first, then with them, then by id."""
    return folded(name), name.casefold(), id_
