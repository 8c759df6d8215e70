"""A sealed page's envelope, version 1: how a text is encrypted once, and its key wrapped for up to eight readers.

Nothing here is drawn: the content key comes from the site's secret and everything that is sealed, so the same input gives the
same bytes, and a key never meets two texts. scripts/unlock.js of the theme reads it, and site_builder/seal/opening.py.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

VERSION: Final = 1
SLOTS: Final = 8
"""However many may open it: how many owners there are is nobody's business."""
SLOT: Final = 40
NONCE: Final = 12
SALT: Final = 16
SUM: Final = 16
LENGTH: Final = 4
_SMALLEST_STEP: Final = 16 * 1024

Readers = Literal["owners", "link"]


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in the open, and cannot be changed unnoticed. page: where it stands; iterations: of owners' phrases, else 0."""

    readers: Readers
    page: str
    salt: bytes
    iterations: int = 0

    def content(self) -> bytes:
        """Return it as canonical JSON: sorted keys, no blanks, ASCII."""
        salt = b64encode(self.salt).decode("ascii")
        fields: dict[str, object] = {"for": self.readers, "page": self.page, "salt": salt, "v": VERSION}
        if self.readers == "owners":
            fields["iterations"] = self.iterations
        return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")


@dataclass(frozen=True, slots=True, repr=False)
class Sources:
    """Bytes that only who has the site's secret can make from a text: 32 each, of fill 40."""

    content: Callable[[bytes], bytes]
    nonce: Callable[[bytes], bytes]
    order: Callable[[bytes], bytes]
    fill: Callable[[bytes], bytes]


def sealed_text(html: str, header: Header, keys: Sequence[bytes], sources: Sources) -> str:
    """Return the envelope of a fragment as JSON. keys: its readers', at most eight; without any, nobody can open it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = header.content()
    text = padded(html)
    sealed = sha256(text).digest() + sha256(head).digest() + sha256(b"".join(sorted(keys))).digest()
    content_key = sources.content(sealed)
    nonce = sources.nonce(sealed)[:NONCE]
    slots = _slots(content_key, keys, sealed, sources)
    return written(head, slots, nonce, AESGCM(content_key).encrypt(nonce, text, authenticated(head, slots)))


def padded(html: str) -> bytes:
    """Return a fragment with its length before it, compressed, and filled up, so that sizes are few."""
    packed = zlib.compress(html.encode(), 9)
    content = len(packed).to_bytes(LENGTH, "big") + packed
    step = max(_SMALLEST_STEP, 1 << max(0, (len(content) - 1).bit_length() - 3))
    return content + bytes(-len(content) % step)


def authenticated(header: bytes, slots: bytes) -> bytes:
    """Return what is not encrypted and yet cannot be changed."""
    return b"referral-portal sealed 1\0" + header + slots


def checksum(header: bytes, slots: bytes, nonce: bytes, text: bytes) -> bytes:
    """Return what tells a damaged page from a wrong passphrase before half a second is spent on deriving; it protects nothing."""
    return sha256(header + slots + nonce + text).digest()[:SUM]


def written(header: bytes, slots: bytes, nonce: bytes, text: bytes) -> str:
    """Return an envelope's parts as the JSON that stands in the page."""
    parts = {"header": header, "slots": slots, "nonce": nonce, "text": text, "sum": checksum(header, slots, nonce, text)}
    return json.dumps({name: b64encode(part).decode("ascii") for name, part in parts.items()}, separators=(",", ":"))


def _slots(content_key: bytes, keys: Sequence[bytes], sealed: bytes, sources: Sources) -> bytes:
    """Wrap the content key for each reader, and fill up with what looks like it, in an order that tells nothing."""
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    if len(keys) > SLOTS:
        raise ValueError(f"an envelope has {SLOTS} slots, not {len(keys)}")
    wrapped = [aes_key_wrap(key, content_key) for key in sorted(keys)]
    numbered = [sealed + bytes([number]) for number in range(SLOTS)]
    filled = [*wrapped, *(sources.fill(text) for text in numbered[len(wrapped) :])]
    return b"".join(filled[number] for number in sorted(range(SLOTS), key=lambda number: sources.order(numbered[number])))
