"""A line of an owner's file with its private parts made unreadable: letters become x, digits 0, the shape stays."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]
"""Begin and end of a part of a line, in characters from 0, the end left out."""


def masked(line: str, kept: Iterable[Span]) -> str:
    """Return the line with everything outside the kept spans masked; no character is added or lost."""
    readable = set().union(*(range(begin, end) for begin, end in kept))
    return "".join(char if index in readable else _mask(char) for index, char in enumerate(line))


def _mask(char: str) -> str:
    if char.isnumeric():
        return "0"
    return "x" if char.isalpha() or not char.isascii() else char
