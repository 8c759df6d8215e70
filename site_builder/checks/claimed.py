"""Finding the words of a list in what an owner wrote: whole words, however they are written (README, "Word lists")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

EXCEPT = "except "
"""What an entry begins with that names words which mean something else: "except every business day"."""

# Hyphens and apostrophes part words and are none themselves, so that "cost-effective" is "cost effective" and "l'IA" holds "IA".
# Any other sign is a word of its own: "We are great. Service is …" does not say "great service".
_WORD = re.compile(r"[^\W_]+|[^\w\s'’\u2010\u2011-]")
_ENTRY = re.compile(rf"[^\W_]+\*|{_WORD.pattern}")
_ANY = "*"

Entry = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries as their words, by the first of them: one that stands for itself, or beginnings of words."""

    by_word: dict[str, tuple[Entry, ...]]
    by_beginning: tuple[Entry, ...]
    beginnings: tuple[str, ...]


def claimed(text: str, words: Iterable[str]) -> str:
    """Return the first words of a text that stand in a list, as they are written there; "" where none do.

    Of two entries that begin at the same word the longer one is returned. What an exception covers counts as no word of it.
    """
    excepted, meant = _lists(tuple(words))
    composed = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(composed))
    said = [_folded(token[0]) for token in found]
    for start, length in _places(excepted, said):
        said[start : start + length] = [""] * length
    for start, length in _places(meant, said):
        return composed[found[start].start() : found[start + length - 1].end()]
    return ""


# A portal has few lists, and each is asked of many texts.
@lru_cache(maxsize=64)
def _lists(words: tuple[str, ...]) -> tuple[Entries, Entries]:
    """Return the exceptions and the other entries."""
    excepted = (word.removeprefix(EXCEPT) for word in words if word.startswith(EXCEPT))
    return _entries(excepted), _entries(word for word in words if not word.startswith(EXCEPT))


def _entries(words: Iterable[str]) -> Entries:
    parted = [tuple(map(_folded, _ENTRY.findall(unicodedata.normalize("NFC", word)))) for word in words]
    by_word: dict[str, tuple[Entry, ...]] = {}
    by_beginning: list[Entry] = []
    for entry in filter(None, parted):
        if _is_beginning(entry[0]):
            by_beginning.append(entry)
        else:
            by_word[entry[0]] = (*by_word.get(entry[0], ()), entry)
    return Entries(by_word, tuple(by_beginning), tuple(entry[0].removesuffix(_ANY) for entry in by_beginning))


def _folded(token: str) -> str:
    return unicodedata.normalize("NFKC", token).casefold()


def _is_beginning(word: str) -> bool:
    return word.endswith(_ANY) and word != _ANY


def _places(entries: Entries, said: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where entries stand among the words, from the first on: the place, and how many words the longest one takes."""
    for start, word in enumerate(said):
        near = entries.by_word.get(word, ())
        if word.startswith(entries.beginnings):
            near = (*near, *entries.by_beginning)
        length = max((len(entry) for entry in near if _stands(entry, said[start : start + len(entry)])), default=0)
        if length:
            yield start, length


def _stands(entry: Entry, said: Sequence[str]) -> bool:
    return len(entry) == len(said) and all(map(_equal, entry, said))


def _equal(word: str, said: str) -> bool:
    return said.startswith(word.removesuffix(_ANY)) if _is_beginning(word) else said == word
