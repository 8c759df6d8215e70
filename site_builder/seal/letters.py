"""Bytes as letters that nobody misreads: Crockford's base32, small, without i, l, o and u."""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from typing import Final

_THEIRS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_OURS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_WRITTEN: Final = str.maketrans(_THEIRS, _OURS)
_READ: Final = str.maketrans(_OURS + "oil", _THEIRS + _THEIRS[0] + _THEIRS[1] * 2)
_SEPARATORS: Final = re.compile(r"[\s-]+")
_EIGHT: Final = 8


def letters(content: bytes) -> str:
    """Return bytes as small letters and digits, five bits each; the last one is filled up with zeros."""
    return b32encode(content).decode("ascii").rstrip("=").translate(_WRITTEN)


def bytes_of(typed: str) -> bytes | None:
    """Read letters as somebody types them: case, blanks and hyphens are forgiven, o is 0, i and l are 1. None for others."""
    plain = _SEPARATORS.sub("", typed).lower()
    theirs = plain.translate(_READ)
    if not set(plain) <= set(_OURS + "oil"):
        return None
    try:
        content = b32decode(theirs + "=" * (-len(theirs) % _EIGHT))
    except ValueError:
        return None
    # The last letter's filling must be zeros, so that each key is written in one way.
    return content if b32encode(content).decode("ascii").rstrip("=") == theirs else None
