"""Keys from what people hold: a passphrase, or the key in a link. Who changes a line here locks every page sealed before."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from site_builder.seal.letters import bytes_of

ITERATIONS: Final = 1_000_000
"""Of PBKDF2: about half a second of a laptop's, and what each guess costs who tries to guess."""

KEY: Final = 32
_LINK_SECRET: Final = 16
# Unicode's White_Space, as \p{White_Space} in the browser; Python's own \s has four more.
_BLANKS: Final = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_HALVES: Final = re.compile("[\ud800-\udfff]")


def phrase_bytes(phrase: str) -> bytes:
    """Return a passphrase as it is derived from: NFKC, each run of white space one blank, none around, UTF-8."""
    # Half a character is what a browser makes of it: never an error, which would hold the phrase.
    whole = _HALVES.sub("\ufffd", unicodedata.normalize("NFKC", phrase))
    return _BLANKS.sub(" ", whole).strip(" ").encode()


def owner_key(phrase: str, salt: bytes, iterations: int) -> bytes:
    """Derive the key that a passphrase stands for; slow on purpose."""
    return hashlib.pbkdf2_hmac("sha256", phrase_bytes(phrase), salt, iterations, KEY)


def link_secret(typed: str) -> bytes | None:
    """Read the key of a link, as it stands behind the # or as somebody types it; None for what can be none."""
    content = bytes_of(typed)
    return content if content is not None and len(content) == _LINK_SECRET else None


def link_key(secret: bytes, salt: bytes) -> bytes:
    """Derive the key that a link's 16 bytes stand for; they are random, so it need not be slow."""
    return hkdf(secret, salt, b"referral-portal link 1")


def hkdf(material: bytes, salt: bytes, info: bytes, length: int = KEY) -> bytes:
    """Derive a key with HKDF-SHA256 (RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt, info).derive(material)
