"""What the site is made of: routes, kinds of page, planned pages and finished files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from site_builder.model.public import PublicPortal
from site_builder.problem import NOWHERE, Problem, Source
from site_builder.rules.programme import Programme

V = TypeVar("V")
_PARAM = re.compile(r"\{([a-z_]+)\}")


class Circle(StrEnum):
    """Who may read a private page: the owners, each with a passphrase, or the one person who holds its link."""

    OWNERS = "owners"
    REFERRER = "referrer"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Route:
    """Where pages of a kind stand, relative to base_url: "/directory/{client}/" or "/sitemap.xml"."""

    pattern: str

    def within(self, lang: str) -> Route:
        """Return the route of the same pages in a further language: below /LANG/; "" is the portal's own."""
        return Route(f"/{lang}{self.pattern}") if lang else self

    def url(self, **params: str) -> str:
        """Return the URL; raises ValueError for a parameter missing or too many (our mistake)."""
        names = _PARAM.findall(self.pattern)
        if set(names) != set(params):
            raise ValueError(f"{self.pattern} takes {names}, got {sorted(params)}")
        return _PARAM.sub(lambda match: params[match[1]], self.pattern)

    def path(self, **params: str) -> str:
        """Return the file below the output folder: a folder's URL is its index.html."""
        url = self.url(**params)
        return f"{url}index.html".lstrip("/") if url.endswith("/") else url.lstrip("/")


@dataclass(frozen=True, slots=True)
class Page(Generic[V]):
    """A decision to publish one thing, without HTML yet.

    kind: the kind's name. view: what its template sees as `view`. source: the owner's file behind it. indexed: whether search
    engines, the sitemap and other pages may point at it. nav: its place in the menu, None when it has none; label: its words
    there and its name in titles, "" where the theme knows them by the kind's name. lang: the language it is in, "" for the
    portal's own.
    """

    kind: str
    template: str
    url: str
    path: str
    view: V
    source: Source = NOWHERE
    indexed: bool = True
    nav: int | None = None
    label: str = ""
    lang: str = ""

    @property
    def own_url(self) -> str:
        """Where the same page stands in the portal's own language, if it is there: translations find each other by it."""
        return self.url.removeprefix(f"/{self.lang}") if self.lang else self.url


@dataclass(frozen=True, slots=True)
class Entry(Generic[V]):
    """One page of a kind before it has an address: the route's parameters and what the template sees."""

    view: V
    source: Source
    params: tuple[tuple[str, str], ...] = ()
    label: str = ""
    nav: int | None = None


@dataclass(frozen=True, slots=True)
class PageKind(Generic[V]):
    """A kind of page, whole: where it stands, what its template sees and which pages of it there are.

    collect returns no entry when the kind's data is absent: then its page, section and place in the menu are off. view is the
    type of each entry's view; the template may name its fields and no others. name is also url_for's first word. spoken: whether
    it is there once in each of the portal's languages, or once for all, as what machines read.
    """

    name: str
    route: Route
    template: str
    view: type[V]
    collect: Callable[[PublicPortal], Iterable[Entry[V]]]
    nav: int | None = None
    indexed: bool = True
    spoken: bool = True

    def pages(self, portal: PublicPortal) -> tuple[Page[V], ...]:
        """Plan the pages of this kind in the portal's language, in the order collect gives them."""
        if portal.lang and not self.spoken:
            return ()
        return tuple(self._page(entry, portal.lang) for entry in self.collect(portal))

    def _page(self, entry: Entry[V], lang: str) -> Page[V]:
        params = dict(entry.params)
        route = self.route.within(lang)
        return Page(
            kind=self.name,
            template=self.template,
            url=route.url(**params),
            path=route.path(**params),
            view=entry.view,
            source=entry.source,
            indexed=self.indexed,
            nav=self.nav if entry.nav is None else entry.nav,
            label=entry.label,
            lang=lang,
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a private page is for. id: whose link opens it, "" for the owners; version: of their link (link_version)."""

    circle: Circle
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What private pages are made from: the whole portal with its rules, and what the checks say of it."""

    programme: Programme
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet(Generic[V]):
    """A private page before anybody may read it: it has no address yet, for that is a secret too."""

    kind: str
    template: str
    view: V
    reader: Reader
    source: Source


@dataclass(frozen=True, slots=True)
class PrivateKind(Generic[V]):
    """A kind of private page, whole; where its pages stand is decided by their reader (seal/keys).

    collect yields a view, whom it is for and the owner's file behind it; nothing where the kind's data is absent.
    """

    name: str
    template: str
    view: type[V]
    collect: Callable[[Known], Iterable[tuple[V, Reader, Source]]]

    def sheets(self, known: Known) -> tuple[Sheet[V], ...]:
        """Return the pages of this kind, in the order collect gives them."""
        return tuple(Sheet(self.name, self.template, *made) for made in self.collect(known))


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished public file: what serve, audit, publish and the golden tests all eat.

    path: relative to the output folder, "/" between parts, never absolute, no dot parts except ".well-known".
    source: the owner's file it comes from, for problems found in the finished bytes.
    """

    path: str
    content: bytes
    source: Source = NOWHERE
