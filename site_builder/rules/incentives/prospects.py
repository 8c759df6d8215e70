"""Recognising a firm: the same one however its name or its address is typed (domain, "Incentives", step 1: matching)."""

from __future__ import annotations

import re
from unicodedata import category, normalize

LEGAL_FORMS = frozenset(
    "ltd limited llc llp plc inc gmbh ag kg ug sa sas sarl srl spa bv nv oy ab aps".split(),  # noqa: SIM905  # read as a list
)
"""What may follow a firm's name without telling it from another."""
_HOST = re.compile("https?://([^/:?#]+)")
_JOINING = "'’‘"
_PLAIN = {ord(sign): None if sign in _JOINING else " " for sign in map(chr, range(128)) if category(sign)[0] == "P"}


def host_key(host: str) -> str:
    """Return a host as it is compared: in small letters, without "www."."""
    return host.casefold().removeprefix("www.")


def website_key(address: str) -> str:
    """Return the host of a web address as it is compared."""
    host = _HOST.match(address)
    return host_key(host[1]) if host else ""


def name_key(name: str) -> str:
    """Return a name as it is compared, "" where it is punctuation alone.

    "Penny-Quill (UK) S.A." and "penny quill uk" are one: letters and digits count, spaces do not. Legal forms at the end are
    dropped one after the other, and never the whole name: a firm may be called AG.
    """
    words = _words(name.casefold() if name.isascii() else normalize("NFKC", normalize("NFKC", name).casefold()))
    while (form := _form_at_end(words)) and form < len(words):
        del words[-form:]
    return "".join(words)


def _words(name: str) -> list[str]:
    """Split at spaces and punctuation; an apostrophe joins, for O'Brien is one word."""
    if name.isascii():
        return name.translate(_PLAIN).split()
    return "".join("" if sign in _JOINING else " " if category(sign)[0] == "P" else sign for sign in name).split()


def _form_at_end(words: list[str]) -> int:
    """Return how many words at the end are a legal form, 0 for none; S.p.A. is three."""
    if words and words[-1] in LEGAL_FORMS:
        return 1
    if not words or len(words[-1]) > 1:
        return 0
    letters = 1
    while letters < len(words) and len(words[-letters - 1]) == 1:
        letters += 1
    return next((count for count in range(letters, 1, -1) if "".join(words[-count:]) in LEGAL_FORMS), 0)
