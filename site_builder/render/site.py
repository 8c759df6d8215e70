"""What every template sees as `site`, and the addresses it can ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from site_builder.model.settings import Brand, Contact, Legal
from site_builder.page import Page, Route
from site_builder.pages import KINDS
from site_builder.rules.colour import on

_ROUTES: Mapping[str, Route] = {kind.name: kind.route for kind in KINDS}
_DEFAULT_BRAND = "#0b5d52"
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
    """The brand's colour and what stands on it, for the icon and the browser's frame."""

    brand: str
    on_brand: str


@dataclass(frozen=True)
class Site:
    """What every template sees as `site`: the public settings, the menu, and where shared files are."""

    name: str
    tagline: str | None
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
    preview: bool
    reload: str


def colours(brand: Brand) -> Colours:
    """Return the icon's colours; the theme's own green where the portal names none."""
    primary = brand.primary or _DEFAULT_BRAND
    return Colours(primary, on(primary))


class Addresses:
    """Builds URLs from kinds and parameters, never by joining strings in templates."""

    def __init__(self, base_url: str, base: str, pages: tuple[Page[object], ...]) -> None:
        """Take where the portal will stand and what it will hold."""
        parts = urlsplit(base_url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._base = base
        self._kinds = frozenset(page.kind for page in pages)

    def url_for(self, kind: str, **params: str) -> str:
        """Return the URL of a page; raises KeyError for a kind there is not and ValueError for wrong parameters."""
        return self.rooted(_ROUTES[kind].url(**params))

    def has(self, kind: str) -> bool:
        """Say whether the portal has a page of the kind; ask before linking to one that may be absent."""
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
        """Return an address as an owner writes it in prose: "/rewards/" is relative to base_url, others stay."""
        return self.rooted(address) if address.startswith("/") and not address.startswith("//") else address


def menu(pages: tuple[Page[object], ...], addresses: Addresses) -> tuple[NavItem, ...]:
    """Return the pages that have a place in the menu, in order."""
    placed = sorted((page for page in pages if page.nav is not None), key=lambda page: (page.nav, page.url))
    return tuple(NavItem(page.kind, addresses.rooted(page.url), page.url, page.label) for page in placed)
