"""/spotlights/: customers of the month and their archive (Rewards: customer of the month)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from site_builder.model.public import PublicPortal, PublicSpotlight
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class Year:
    """A year's spotlights, the latest first."""

    year: int
    spotlights: tuple[PublicSpotlight, ...]


@dataclass(frozen=True)
class SpotlightsView:
    """The latest spotlight, and all the others by year."""

    latest: PublicSpotlight
    archive: tuple[Year, ...]


@dataclass(frozen=True)
class SpotlightView:
    """One spotlight and its neighbours in time; None at either end."""

    spotlight: PublicSpotlight
    earlier: PublicSpotlight | None
    later: PublicSpotlight | None


def _spotlights(portal: PublicPortal) -> Iterable[Entry[SpotlightsView]]:
    if portal.spotlights:
        latest, *others = portal.spotlights
        years = tuple(Year(year, tuple(items)) for year, items in groupby(others, key=lambda item: item.month.year))
        yield Entry(SpotlightsView(latest, years), Source("content/spotlights"))


def _each(portal: PublicPortal) -> Iterable[Entry[SpotlightView]]:
    shown = portal.spotlights
    for place, spotlight in enumerate(shown):
        view = SpotlightView(
            spotlight,
            earlier=shown[place + 1] if place + 1 < len(shown) else None,
            later=shown[place - 1] if place else None,
        )
        yield Entry(view, spotlight.source, (("spotlight", spotlight.slug),), spotlight.headline)


SPOTLIGHTS = PageKind("spotlights", Route("/spotlights/"), "spotlights.html", SpotlightsView, _spotlights, nav=40)
SPOTLIGHT = PageKind("spotlight", Route("/spotlights/{spotlight}/"), "spotlight.html", SpotlightView, _each)
SPOTLIGHT_BADGE = PageKind(
    "spotlight_badge", Route("/spotlights/{spotlight}/badge.svg"), "badge.svg", SpotlightView, _each, indexed=False
)
"""What the client puts on a site of their own: an address that stays, whatever is drawn there."""
