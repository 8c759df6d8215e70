"""sitemap.xml, robots.txt and the icon: what machines read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.public import PublicPortal
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class MachineView:
    """Nothing of its own: the template reads the site's indexed pages."""


@dataclass(frozen=True)
class IconView:
    """The portal's icon: its first letter on its colour."""

    letter: str


def _icon(portal: PublicPortal) -> Iterable[Entry[IconView]]:
    yield Entry(IconView(portal.settings.name[:1].upper()), Source("data/portal.yaml"))


def _one(_portal: PublicPortal) -> Iterable[Entry[MachineView]]:
    yield Entry(MachineView(), Source("data/portal.yaml"))


SITEMAP = PageKind("sitemap", Route("/sitemap.xml"), "sitemap.xml", MachineView, _one, indexed=False)
ROBOTS = PageKind("robots", Route("/robots.txt"), "robots.txt", MachineView, _one, indexed=False)
ICON = PageKind("icon", Route("/icon.svg"), "icon.svg", IconView, _icon, indexed=False)
