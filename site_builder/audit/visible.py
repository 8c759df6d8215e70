"""What can be read in a finished file, whatever it is written in: its words, e-mail addresses and phone numbers."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from itertools import islice, pairwise
from unicodedata import normalize
from urllib.parse import unquote

from site_builder.page import Artifact

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")
_MAIL = re.compile(r"[\w.!#$%'*+^{|}~-]+@(?:[\w-]+\.)+\w+")
_NUMBER = re.compile(r"[+(]{0,2}[0-9][0-9 ()./\u00a0\u202f-]{6,}[0-9]")
_DIGITS = re.compile(r"[0-9][0-9]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_FEWEST_DIGITS = 8
_SURELY_A_PHONE = 10
_CUT = b"_"
"""Stands between lines that were not neighbours; a word of its own."""
_PICTURE = b"\0"


def words(text: str) -> list[str]:
    """Return a text's words without what sets them apart: signs, case, forms of the same letter."""
    return _WORD.findall((text if text.isascii() else normalize("NFKC", text)).casefold())


def key(text: str) -> str:
    """Return a text's words with single spaces between them: what is compared."""
    return " ".join(words(text))


def mails(text: str) -> list[str]:
    """Return the e-mail addresses in a text, in small letters."""
    return [found.casefold() for found in _MAIL.findall(text)] if "@" in text else []


def phones(text: str) -> list[str]:
    """Return the phone numbers in a text that a person typed: their last digits, so that country and trunk codes do not count."""
    if not _DIGITS.search(text):
        return []
    numbers = [found for found in _NUMBER.findall(text) if not _DAY.match(found)]
    return [_digits(found) for found in numbers if found[0] in "+(0" or sum(map(str.isdigit, found)) >= _SURELY_A_PHONE]


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))[-_FEWEST_DIGITS:]


def plain(text: str) -> str:
    """Undo what markup, addresses and scripts do to a text: entities, percent signs, backslashes."""
    if "&" in text:
        text = unescape(text)
    if "%" in text:
        text = unquote(text)
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)
    return unescape(text) if "&" in text else text


class Visible:
    """What can be read in a finished file."""

    def __init__(self, artifact: Artifact) -> None:
        """Take the file; calendars are folded into lines of bytes, which may part a word."""
        self.artifact = artifact
        calendar = artifact.path.endswith(".ics")
        self._content = artifact.content.replace(b"\r\n ", b"") if calendar else artifact.content

    @property
    def is_text(self) -> bool:
        """Whether there is anything to read; pictures and fonts have bytes that no text has."""
        return _PICTURE not in self._content[:1024]

    def new_lines(self, seen: set[tuple[bytes, bytes]]) -> tuple[str, list[tuple[bytes, bytes]]]:
        """Return the text whose lines no file before had side by side, and these pairs of lines.

        Menus, heads and feet are the same on every page. Pairs, so that a name on two lines is one name.
        """
        pairs = pairwise((b"", *self._content.split(b"\n")))
        fresh = [(at, pair) for at, pair in enumerate(pairs) if pair not in seen]
        new: list[bytes] = []
        last = -1
        for at, (before, line) in fresh:
            new += (line,) if last == at - 1 else (_CUT, before, line)
            last = at
        return b"\n".join(new).decode("utf-8", "replace"), [pair for _, pair in fresh]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The whole text as it is read, without its tags, and what stands in these."""
        return readings(self._content.decode("utf-8", "replace"))

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(f" {key(text)} " for text in self.texts)

    def has(self, wanted: str) -> bool:
        """Say whether words stand there, side by side and in this order; wanted: a key()."""
        return any(f" {wanted} " in found for found in self._keys)

    def has_mail(self, address: str) -> bool:
        """Say whether an e-mail address stands there, whole."""
        whole = re.compile(rf"(?<![\w.+-]){re.escape(address)}(?!-|\w|\.\w)")
        return any(whole.search(text.casefold()) for text in self.texts)

    def has_name(self, name: str) -> bool:
        """Say whether a name stands there as a name: with a capital wherever its owner gave it one."""
        typed = _WORD.findall(normalize("NFKC", name))
        wanted = words(name)
        return any(_named(typed, wanted, _WORD.findall(normalize("NFKC", text))) for text in self.texts)


def readings(text: str) -> tuple[str, ...]:
    """Return a text as it is read: what stands between the tags, and what stands in them (attributes hold words too)."""
    return (plain(_TAG.sub("", text)), plain("\n".join(_TAG.findall(text)))) if "<" in text else (plain(text),)


def _named(typed: list[str], wanted: list[str], there: list[str]) -> bool:
    folded = [word.casefold() for word in there]
    size = len(wanted)
    starts = (at for at, word in enumerate(folded) if word == wanted[0] and folded[at : at + size] == wanted)
    return any(
        all(ours[0].isupper() <= theirs[0].isupper() for ours, theirs in zip(typed, islice(there, at, at + size), strict=True))
        for at in starts
    )
