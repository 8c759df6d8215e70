"""What every template sees as `site`, and the addresses it can ask for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup as SafeMarkup

from site_builder.model.settings import Brand, Contact, Legal
from site_builder.page import Page, PageKind
from site_builder.pages import KINDS
from site_builder.rules.colour import DEFAULT_ACCENT, DEFAULT_PRIMARY, distinct, on

_KINDS: Mapping[str, PageKind[Any]] = {kind.name: kind for kind in KINDS}
_PATH = re.compile(r"[^?#]*")
RELOAD = "__portal/reload.js"
"""Where the live preview serves its script, below the base path."""


@dataclass(frozen=True)
class NavItem:
    """A place in the menu. url: with the base path; page_url: relative to base_url, to compare with page.url."""

    kind: str
    url: str
    page_url: str
    label: str


@dataclass(frozen=True)
class Colours:
    """The brand's colour, for icons, badges and the browser's frame, its text, and the accent as it can be told from it (3:1)."""

    brand: str
    on_brand: str
    accent_on_brand: str


@dataclass(frozen=True)
class Site:
    """What every template sees as `site`: the public settings, the menu, and where shared files are.

    csp: the policy of a page; search_csp: of one whose script fetches the index of the search.
    lang, dir: the language of the page and which way it is written. base: where the portal begins, whatever the language.
    face: the URL of the face that headlines are set in, where one comes with the theme. promise: the portal's own.
    """

    name: str
    tagline: str | None
    promise: str
    base_url: str
    lang: str
    currency: str
    contact: Contact
    legal: Legal | None
    brand: Brand
    colours: Colours
    demo: bool
    as_of: dt.date
    nav: tuple[NavItem, ...]
    indexed: tuple[str, ...]
    stylesheet: str
    csp: str
    search_csp: str
    preview: bool
    reload: str
    face: str | None = None
    dir: str = "ltr"
    base: str = "/"


@dataclass(frozen=True, slots=True)
class LockView:
    """What the template sees as `lock`. for_owners: whether a passphrase opens it, or else a link; contact: whom to ask."""

    for_owners: bool
    envelope: SafeMarkup
    csp: str
    style: SafeMarkup
    script: SafeMarkup
    phrases: tuple[str, ...]
    contact: Contact


def colours(brand: Brand) -> Colours:
    """Return the icon's colours; the theme's own where the portal names none."""
    primary = brand.primary or DEFAULT_PRIMARY
    return Colours(primary, on(primary), distinct(brand.accent or DEFAULT_ACCENT, primary))


class Addresses:
    """Builds URLs from kinds and parameters, never by joining strings in templates: those of pages in one language."""

    def __init__(self, base_url: str, base: str, pages: tuple[Page[object], ...], lang: str = "") -> None:
        """Take where the portal will stand and what it will hold. lang: the language, "" for the portal's own."""
        parts = urlsplit(base_url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._base = base
        self._lang = lang
        here = tuple(page for page in pages if page.lang == lang or not _KINDS[page.kind].spoken)
        self._kinds = frozenset(page.kind for page in here)
        self._urls = frozenset(page.url for page in here if lang)

    def url_for(self, kind: str, **params: str) -> str:
        """Return the URL of a page; raises KeyError for a kind there is not and ValueError for wrong parameters."""
        found = _KINDS[kind]
        return self.rooted(found.route.within(self._lang if found.spoken else "").url(**params))

    def has(self, kind: str) -> bool:
        """Say whether there is a page of the kind in this language; ask before linking to one that may be absent."""
        return kind in self._kinds

    def rooted(self, url: str) -> str:
        """Return a URL relative to base_url with the base path before it."""
        return self._base + url.removeprefix("/")

    def absolute(self, url: str) -> str:
        """Return a URL with the base path as one with scheme and host."""
        return self._origin + url

    def canonical(self, page: Page[object]) -> str:
        """Return the one address a page is known by."""
        return self.absolute(self.rooted(page.url))

    def resolve(self, address: str) -> str:
        """Return an address as an owner writes it in prose: "/rewards/" is relative to base_url, others stay.

        In a further language it leads to the page in that language, where there is one.
        """
        if not address.startswith("/") or address.startswith("//"):
            return address
        there = _PATH.match(f"/{self._lang}{address}")
        return self.rooted(f"/{self._lang}{address}" if there and there[0] in self._urls else address)


def menu(pages: tuple[Page[object], ...], addresses: Addresses) -> tuple[NavItem, ...]:
    """Return the pages of one language that have a place in its menu, in order."""
    placed = sorted((page for page in pages if page.nav is not None), key=lambda page: (page.nav, page.url))
    return tuple(NavItem(page.kind, addresses.rooted(page.url), page.url, page.label) for page in placed)
