"""What somebody may have meant by the passphrase they typed. How one is derived (derived.py) is fixed; what is tried is not.

The rule, here and in scripts/unlock.js of the theme, and tests hold the two together. First what was typed, as it stands. Where
that opens nothing, its plain form: NFKC; each run of white space, hyphens and dashes, dots, commas, underscores and marks of no
width one blank; no blanks, quotation marks, "!" and "?" around; İ is I; all letters small; and the four words of our list that
have a hyphen have it back.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from site_builder.seal.derived import phrase_bytes

HYPHENED: Final = ("drop-down", "felt-tip", "t-shirt", "yo-yo")
_BETWEEN: Final = re.compile(
    "[\t-\r \x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\\-\u2010-\u2015\u2212.,_]+"
)
_AROUND: Final = " !\"'?\xab\xbb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f"
_HALVES: Final = re.compile(rf"(^| )({'|'.join(word.replace('-', ' ') for word in HYPHENED)})(?= |$)")


def ways(typed: str) -> tuple[str, ...]:
    """Return what to try, in order: what was typed, and its plain form where that is another phrase and not empty."""
    plain = _plain(typed)
    return (typed, plain) if plain and phrase_bytes(plain) != phrase_bytes(typed) else (typed,)


def _plain(typed: str) -> str:
    blanks = _BETWEEN.sub(" ", unicodedata.normalize("NFKC", typed)).strip(_AROUND)
    # A Turkish keyboard's capital; made small it would be an i with a dot above it.
    small = blanks.replace("\u0130", "I").lower()
    return _HALVES.sub(lambda found: found[1] + found[2].replace(" ", "-"), small)
