"""Foreign text made safe to show: no control character reaches a terminal, and every character's width is known."""

from __future__ import annotations

import unicodedata
from typing import Final

_TAB: Final = "    "
_WIDE: Final = frozenset({"W", "F"})


def shown(text: str) -> str:
    """Return the text with everything invisible written as an escape: terminal sequences, bidi marks, no-break spaces."""
    return text if text.isprintable() else "".join(map(letter, text))


def letter(char: str) -> str:
    """Return one character as it is shown: itself, spaces for a tab, else its escape."""
    if char == "\t":
        return _TAB
    return char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode("ascii")


def width(text: str) -> int:
    """Return how many columns of a terminal shown text takes: two for wide characters, none for combining ones."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1
