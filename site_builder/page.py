"""What the site is made of: routes, kinds of page, planned pages and finished files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from site_builder.model.public import PublicPortal
from site_builder.problem import NOWHERE, Source

V = TypeVar("V")
_PARAM = re.compile(r"\{([a-z_]+)\}")


class Access(StrEnum):
    """Who may read a page: anybody, or only those who hold a key."""

    PUBLIC = "public"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Route:
    """Where pages of a kind stand, relative to base_url: "/directory/{client}/" or "/sitemap.xml"."""

    pattern: str

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
    there and its name in titles, "" where the theme knows them by the kind's name.
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
    type of each entry's view; the template may name its fields and no others. name is also url_for's first word.
    """

    name: str
    route: Route
    template: str
    view: type[V]
    collect: Callable[[PublicPortal], Iterable[Entry[V]]]
    nav: int | None = None
    indexed: bool = True
    access: Access = Access.PUBLIC

    def pages(self, portal: PublicPortal) -> tuple[Page[V], ...]:
        """Plan the pages of this kind, in the order collect gives them."""
        return tuple(self._page(entry) for entry in self.collect(portal))

    def _page(self, entry: Entry[V]) -> Page[V]:
        params = dict(entry.params)
        return Page(
            kind=self.name,
            template=self.template,
            url=self.route.url(**params),
            path=self.route.path(**params),
            view=entry.view,
            source=entry.source,
            indexed=self.indexed,
            nav=self.nav if entry.nav is None else entry.nav,
            label=entry.label,
        )


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished public file: what serve, audit, publish and the golden tests all eat.

    path: relative to the output folder, "/" between parts, never absolute, no dot parts except ".well-known".
    source: the owner's file it comes from, for problems found in the finished bytes.
    """

    path: str
    content: bytes
    source: Source = NOWHERE
