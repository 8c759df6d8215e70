"""Clients who share a word: a trade, a place, or the trade they would like to meet. A group of two or more is worth a page."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from site_builder.model.public import PublicClient
from site_builder.rules.letters import folded

FEWEST_TO_SORT = 9
"""A directory of fewer is read at a glance: no groups, no search."""
_FEWEST_IN_GROUP = 2
_LONGEST = 60
_DIGEST = 8
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
"""Names that Windows keeps to itself: no folder can have them."""

_WORDS: Mapping[str, Callable[[PublicClient], tuple[str, ...]]] = {
    "industry": lambda client: (client.industry,),
    "place": lambda client: (client.location,) if client.location else (),
    "looking-for": lambda client: client.target_industries,
}
"""The facets by the name they have in addresses, and a client's words of each."""


@dataclass(frozen=True)
class Group:
    """Clients by name who share a word. facet, slug: its address; name: the word as most of them spell it."""

    facet: str
    slug: str
    name: str
    clients: tuple[PublicClient, ...]


@dataclass(frozen=True)
class Facet:
    """What clients can be sorted by ("industry", "place" or "looking-for") and its groups by name."""

    name: str
    groups: tuple[Group, ...]


def facets(clients: tuple[PublicClient, ...]) -> tuple[Facet, ...]:
    """Return the facets that sort these clients: none for a few of them, and no group of one or of everybody."""
    if len(clients) < FEWEST_TO_SORT:
        return ()
    found = (Facet(name, _groups(name, words, clients)) for name, words in _WORDS.items())
    return tuple(facet for facet in found if facet.groups)


def by_word(found: Iterable[Facet]) -> Mapping[tuple[str, str], Group]:
    """Return the groups by facet and slug."""
    return {(facet.name, group.slug): group for facet in found for group in facet.groups}


def largest(facet: Facet, most: int) -> Facet:
    """Return the facet with so many of its groups at most: those with most clients, by name as before."""
    chosen = {group.slug for group in sorted(facet.groups, key=lambda group: (-len(group.clients), group.slug))[:most]}
    return replace(facet, groups=tuple(group for group in facet.groups if group.slug in chosen))


@lru_cache(maxsize=4096)
def slug(word: str) -> str:
    """Return a word's part of an address: a-z, 0-9 and hyphens, the same for spellings that differ in case, accents or signs.

    A word in another script, one that is very long and one that no folder can be named by end in eight digits of their own.
    """
    plain = folded(word)
    kept = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    strange = any(letter.isalnum() and not letter.isascii() for letter in plain)
    if kept and not strange and len(kept) <= _LONGEST and not _DEVICE.fullmatch(kept):
        return kept
    digest = hashlib.sha256(plain.encode()).hexdigest()[:_DIGEST]
    return f"{kept[:_LONGEST].strip('-')}-{digest}".lstrip("-")


def _groups(facet: str, words: Callable[[PublicClient], tuple[str, ...]], clients: tuple[PublicClient, ...]) -> tuple[Group, ...]:
    members: dict[str, dict[str, PublicClient]] = {}
    spellings: dict[str, Counter[str]] = {}
    for client in clients:
        for word in words(client):
            members.setdefault(slug(word), {})[client.client_id] = client
            spellings.setdefault(slug(word), Counter())[word] += 1
    groups = (
        Group(facet, found, _usual(spellings[found]), tuple(sharing.values()))
        for found, sharing in members.items()
        if _FEWEST_IN_GROUP <= len(sharing) < len(clients)
    )
    return tuple(sorted(groups, key=lambda group: (folded(group.name), group.slug)))


def _usual(spellings: Counter[str]) -> str:
    """Return the spelling most have; of several the first by letters, so that the order of rows never matters."""
    return min(spellings, key=lambda word: (-spellings[word], word))
