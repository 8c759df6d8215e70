"""A sealed page opened again: the parameters are judged before anything is derived from them."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from dataclasses import dataclass
from typing import Final

from site_builder.seal.derived import KEY, link_key, link_secret, owner_key
from site_builder.seal.envelope import LENGTH, NONCE, SALT, SLOT, SLOTS, Header, Readers, authenticated, written

FEWEST_ITERATIONS: Final = 600_000
"""Below that guessing gets cheap: a page that asks for fewer was made by somebody who wants the phrase."""
MOST_ITERATIONS: Final = 20_000_000
_ENVELOPE: Final = re.compile(r'<template id="sealed">(.*?)</template>', re.DOTALL)
_TAG: Final = 16
_LARGEST: Final = 64 * 1024 * 1024


class NotOpenedError(Exception):
    """A sealed page stays shut; the message says why and holds nothing of what was typed."""


class WrongKeyError(NotOpenedError):
    """The passphrase or the link is not one of this page's."""


class DamagedError(NotOpenedError):
    """The page is not whole: cut off, changed, or no sealed page at all."""


class ParametersError(NotOpenedError):
    """The page asks to be opened in a way that none of ours does."""


def envelope_of(page: str) -> str:
    """Return the envelope that stands in a sealed page's HTML; raises DamagedError where there is none."""
    found = _ENVELOPE.search(page)
    if found is None:
        raise DamagedError("this is no sealed page")
    return found[1].strip()


def opened(envelope: str, *, phrase: str | None = None, key: str | None = None) -> str:
    """Return the fragment of HTML that an envelope holds; raises WrongKeyError, DamagedError or ParametersError.

    phrase: an owner's passphrase; key: what stands behind a link's #. Exactly one of them.
    """
    if (phrase is None) == (key is None):
        raise ValueError("a page opens by a phrase or by a key")
    parts = _parts(envelope)
    header = _header(parts.header)
    derived = _derived(header, phrase, key)
    return _fragment(_decrypted(parts, derived))


def readers_of(envelope: str) -> Readers:
    """Return who opens an envelope: owners with a passphrase, or who has its link; raises DamagedError or ParametersError."""
    return _header(_parts(envelope).header).readers


@dataclass(frozen=True, slots=True, repr=False)
class _Parts:
    """An envelope's parts."""

    header: bytes
    slots: bytes
    nonce: bytes
    text: bytes


def _parts(envelope: str) -> _Parts:
    """Take an envelope apart; what we would have written otherwise is damaged."""
    try:
        fields = json.loads(envelope)
        parts = _Parts(*(b64decode(fields[name], validate=True) for name in ("header", "slots", "nonce", "text")))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DamagedError("this page is damaged; get it again") from None
    lengths_fit = len(parts.slots) == SLOTS * SLOT and len(parts.nonce) == NONCE and len(parts.text) > _TAG
    if not lengths_fit or written(parts.header, parts.slots, parts.nonce, parts.text) != envelope:
        raise DamagedError("this page is damaged; get it again")
    return parts


def _header(content: bytes) -> Header:
    """Read a header; raises ParametersError for one that no page of ours has."""
    try:
        fields = json.loads(content)
        salt = b64decode(fields["salt"], validate=True)
        header = Header(fields["for"], fields["page"], salt, fields.get("iterations", 0))
        same = header.content() == content and isinstance(header.page, str)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ParametersError("this page was made by another version of the program") from None
    if not same or header.readers not in ("owners", "link") or len(salt) != SALT:
        raise ParametersError("this page was made by another version of the program")
    if header.readers == "owners":
        _check_iterations(header.iterations)
    return header


def _check_iterations(iterations: object) -> None:
    if type(iterations) is not int or not FEWEST_ITERATIONS <= iterations <= MOST_ITERATIONS:
        raise ParametersError("this page does not protect a passphrase as ours do, so none was tried on it")


def _derived(header: Header, phrase: str | None, key: str | None) -> bytes:
    """Return the key to try on the slots."""
    if header.readers == "owners":
        if phrase is None:
            raise WrongKeyError("this page opens by an owner's passphrase, not by a link")
        return owner_key(phrase, header.salt, header.iterations)
    if key is None:
        raise WrongKeyError("this page opens by its link, not by a passphrase")
    secret = link_secret(key)
    if secret is None:
        raise WrongKeyError("this link is not whole: 26 letters and digits stand behind its #")
    return link_key(secret, header.salt)


def _decrypted(parts: _Parts, key: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    content_key = _unwrapped(parts.slots, key)
    try:
        return AESGCM(content_key).decrypt(parts.nonce, parts.text, authenticated(parts.header, parts.slots))
    except InvalidTag:
        raise DamagedError("this page was changed after it was sealed") from None


def _unwrapped(slots: bytes, key: bytes) -> bytes:
    """Return the content key from the first slot that opens; which one it is nobody knows before."""
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    for start in range(0, len(slots), SLOT):
        try:
            content_key = aes_key_unwrap(key, slots[start : start + SLOT])
        except InvalidUnwrap:
            continue
        assert len(content_key) == KEY  # noqa: S101  # a slot of 40 bytes holds 32
        return content_key
    raise WrongKeyError("this is not the passphrase or link of this page")


def _fragment(padded: bytes) -> str:
    length = int.from_bytes(padded[:LENGTH], "big")
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(padded[LENGTH : LENGTH + length], _LARGEST)
        if unpacking.eof:
            return content.decode()
    except (zlib.error, UnicodeError):
        pass
    raise DamagedError("what was sealed here is no page")
