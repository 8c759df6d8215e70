"""feed.xml and /spotlights/feed.xml: what is new, for readers of feeds (Atom)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from site_builder.model.public import PublicPortal
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source

_MOST = 20


@dataclass(frozen=True)
class FeedEntry:
    """One entry. kind and slug: the page's kind, and the parameter of its route; on: the day it stands for."""

    kind: str
    slug: str
    title: str
    summary: str
    on: date


@dataclass(frozen=True)
class FeedView:
    """The latest entries, the latest first; there is at least one. spotlights_only: which of the two feeds it is."""

    entries: tuple[FeedEntry, ...]
    updated: date
    spotlights_only: bool


def _spotlights(portal: PublicPortal) -> list[FeedEntry]:
    return [FeedEntry("spotlight", item.slug, item.headline, item.context or "", item.month) for item in portal.spotlights]


def _stories(portal: PublicPortal) -> list[FeedEntry]:
    return [FeedEntry("story", item.slug, item.headline, "", item.happened_on) for item in portal.stories]


def _feed(entries: list[FeedEntry], *, spotlights_only: bool) -> Iterable[Entry[FeedView]]:
    if entries:
        latest = sorted(entries, key=lambda entry: (entry.on, entry.kind, entry.slug), reverse=True)[:_MOST]
        yield Entry(FeedView(tuple(latest), latest[0].on, spotlights_only), Source("content"))


def _all(portal: PublicPortal) -> Iterable[Entry[FeedView]]:
    return _feed(_spotlights(portal) + _stories(portal), spotlights_only=False)


def _only_spotlights(portal: PublicPortal) -> Iterable[Entry[FeedView]]:
    return _feed(_spotlights(portal), spotlights_only=True)


FEED = PageKind("feed", Route("/feed.xml"), "feed.xml", FeedView, _all, indexed=False, spoken=False)
SPOTLIGHTS_FEED = PageKind(
    "spotlights_feed", Route("/spotlights/feed.xml"), "feed.xml", FeedView, _only_spotlights, indexed=False, spoken=False
)
