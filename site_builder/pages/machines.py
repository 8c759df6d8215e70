"""sitemap.xml, robots.txt, the icon, the manifest and security.txt: what machines read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from site_builder.model.public import PublicPortal
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source
from site_builder.rules.calendar import plus_months

_SECURITY_MONTHS = 11


@dataclass(frozen=True)
class MachineView:
    """Nothing of its own: the template reads the site's indexed pages."""


@dataclass(frozen=True)
class IconView:
    """The portal's icon: its first letter on its colour."""

    letter: str


@dataclass(frozen=True)
class SecurityView:
    """Where to report a weakness. expires: eleven months from as_of; RFC 9116 recommends less than a year."""

    email: str
    expires: date


def _security(portal: PublicPortal) -> Iterable[Entry[SecurityView]]:
    expires = plus_months(portal.as_of, _SECURITY_MONTHS)
    yield Entry(SecurityView(portal.settings.contact.email, expires), Source("data/portal.yaml"))


def _icon(portal: PublicPortal) -> Iterable[Entry[IconView]]:
    yield Entry(IconView(portal.settings.name[:1].upper()), Source("data/portal.yaml"))


def _one(_portal: PublicPortal) -> Iterable[Entry[MachineView]]:
    yield Entry(MachineView(), Source("data/portal.yaml"))


SITEMAP = PageKind("sitemap", Route("/sitemap.xml"), "sitemap.xml", MachineView, _one, indexed=False, spoken=False)
ROBOTS = PageKind("robots", Route("/robots.txt"), "robots.txt", MachineView, _one, indexed=False, spoken=False)
ICON = PageKind("icon", Route("/icon.svg"), "icon.svg", IconView, _icon, indexed=False, spoken=False)
MANIFEST = PageKind("manifest", Route("/site.webmanifest"), "site.webmanifest", MachineView, _one, indexed=False, spoken=False)
SECURITY = PageKind(
    "security", Route("/.well-known/security.txt"), "security.txt", SecurityView, _security, indexed=False, spoken=False
)
