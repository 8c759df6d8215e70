"""/share/ and /introduce/: words to pass on, by audience and occasion; nothing about the friend reaches us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.documents import Trigger
from site_builder.model.public import PublicPortal, PublicShareText
from site_builder.model.tables import Audience
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class ShareGroup:
    """The texts for one audience; None for those that fit everybody."""

    audience: Audience | None
    texts: tuple[PublicShareText, ...]


@dataclass(frozen=True)
class ShareView:
    """Every text, by audience."""

    groups: tuple[ShareGroup, ...]


@dataclass(frozen=True)
class IntroduceView:
    """The texts to choose from; where there are none the theme has words of its own, made from the promise."""

    texts: tuple[PublicShareText, ...]
    triggers: tuple[Trigger, ...]
    promise: str


def _share(portal: PublicPortal) -> Iterable[Entry[ShareView]]:
    if portal.share:
        groups = (
            ShareGroup(audience, tuple(text for text in portal.share if text.audience is audience))
            for audience in (*Audience, None)
        )
        yield Entry(ShareView(tuple(group for group in groups if group.texts)), Source("content/share"))


def _introduce(portal: PublicPortal) -> Iterable[Entry[IntroduceView]]:
    positioning = portal.positioning
    yield Entry(IntroduceView(portal.share, positioning.triggers, positioning.promise), Source("data/positioning.yaml"))


SHARE = PageKind("share", Route("/share/"), "share.html", ShareView, _share)
INTRODUCE = PageKind("introduce", Route("/introduce/"), "introduce.html", IntroduceView, _introduce)
