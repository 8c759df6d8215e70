"""Whether a secret can be guessed: the site's by what it looks like, an owner's phrase by how many guesses it takes."""

from __future__ import annotations

import math
import re
import string
from base64 import b64decode
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

FEWEST_BITS: Final = 60
"""Of a phrase: at 1,000,000 iterations a guess, more than a million years of a fast graphics card."""
SITE_BYTES: Final = 32
_FEWEST_KINDS: Final = 16
"""Different bytes among 32: random ones have fewer not once in 10^15."""
_QUICK: Final = 40
_LONGEST: Final = 72
"""What zxcvbn judges: its time grows with the cube of the length, and 72 odd characters take it a second."""
_BEYOND_DOUBT: Final = 90
"""More bits than a word cut off at the end can seem to add."""


def site_secret(text: str) -> bytes | None:
    """Return the bytes of PORTAL_SECRET, in hex or base64; None for fewer than 32, and for what nobody drew at random."""
    plain = text.strip()
    content = _decoded(plain)
    return content if content is not None and len(content) >= SITE_BYTES and not _patterned(content) else None


def bits(phrase: str, around: Iterable[str] = ()) -> float:
    """Return how many bits a phrase is worth: the exponent of 2 of the guesses it takes, at least.

    around: words that are tried first, such as names. Of a long phrase the beginning is judged, and where that leaves a doubt
    more of it, and its end: no longer phrase is easier to guess than a part of it.
    """
    from zxcvbn import zxcvbn

    known = sorted({word for text in around for word in (text, *re.split(r"[\W_]+", text)) if word})

    def worth(part: str) -> float:
        return math.log2(zxcvbn(part, user_inputs=known)["guesses"]) if part else 0.0

    quick = worth(phrase[:_QUICK])
    if len(phrase) <= _QUICK or quick >= _BEYOND_DOUBT:
        return quick
    return max(worth(part) for part in {phrase[:_LONGEST], phrase[-_LONGEST:]})


def _decoded(text: str) -> bytes | None:
    if set(text) <= set(string.hexdigits):  # base64 would read it as well, and take it for more than it is
        return bytes.fromhex(text) if len(text) % 2 == 0 else None
    if text == text.lower() or text == text.upper():
        return None  # 43 random letters of base64 are never of one case: this is prose
    try:
        return b64decode(
            text.rstrip("=").translate(str.maketrans("-_", "+/")) + "=" * (-len(text.rstrip("=")) % 4), validate=True
        )
    except ValueError:
        return None


def _patterned(content: bytes) -> bool:
    """Whether bytes follow a pattern: few different ones, a part again and again, steps of one size, or a text."""
    length = len(content)
    steps = {(after - before) % 256 for before, after in pairwise(content)}
    again = any(content[period:] == content[:-period] for period in range(1, length // 2 + 1))
    text = all(byte in string.printable.encode() for byte in content)
    return len(set(content)) < _FEWEST_KINDS or len(steps) < _FEWEST_KINDS // 2 or again or text
