"""Which instalments of a commission, in few letters: 1-8, 3, 1,3-5; once for the part that is paid once (domain, "Tables")."""

from __future__ import annotations

import re
from collections.abc import Iterable

Instalments = tuple[int | None, ...]
"""Numbers of instalments, from 1; None for what is paid once."""
_ONCE = "once"
_SPAN = re.compile(r"([1-9][0-9]{0,3})(?:-([1-9][0-9]{0,3}))?")


def spanned(instalments: Iterable[int | None]) -> str:
    """Return them in their order, each once, neighbours as a span: "once,1-3,5"; "" for none."""
    found = set(instalments)
    spans: list[tuple[int, int]] = []
    for number in sorted(each for each in found if each is not None):
        if spans and number == spans[-1][1] + 1:
            spans[-1] = spans[-1][0], number
        else:
            spans.append((number, number))
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in spans]
    return ",".join([_ONCE, *texts] if None in found else texts)


def unspanned(text: str) -> Instalments | None:
    """Return what such a text names, what is paid once first, then by number, each once; None for a text that is none.

    Neither blanks nor the order matter. Numbers have four digits at most, for nobody pays a thousand years.
    """
    found: set[int | None] = set()
    for part in text.replace(" ", "").split(","):
        span = _SPAN.fullmatch(part)
        if span is None and part != _ONCE:
            return None
        if span is None:
            found.add(None)
            continue
        first, last = int(span[1]), int(span[2] or span[1])
        if last < first:
            return None
        found.update(range(first, last + 1))
    return tuple(sorted(found, key=lambda number: number or 0))
