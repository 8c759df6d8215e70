"""/share/ and /introduce/: words to pass on, by audience and occasion; nothing about the friend reaches us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.documents import Trigger
from site_builder.model.public import PublicPortal, PublicShareText
from site_builder.model.tables import Audience
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source

_SPOKEN = "in_person"
"""The channel of words that are said and not sent."""


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
class Occasion:
    """Something one hears, and the texts to answer it with; where there are none the theme has words, made from the promise."""

    phrase: str
    texts: tuple[PublicShareText, ...]


@dataclass(frozen=True)
class IntroduceView:
    """The words to choose from. others: texts that wait for none of the phrases, by audience."""

    occasions: tuple[Occasion, ...]
    others: tuple[ShareGroup, ...]
    promise: str


def sendable(texts: Iterable[PublicShareText]) -> tuple[PublicShareText, ...]:
    """Return the texts that can be sent: all but those for saying in person."""
    return tuple(text for text in texts if text.channel != _SPOKEN)


def _share(portal: PublicPortal) -> Iterable[Entry[ShareView]]:
    if portal.share:
        yield Entry(ShareView(_groups(portal.share)), Source("content/share"))


def _introduce(portal: PublicPortal) -> Iterable[Entry[IntroduceView]]:
    triggers = portal.positioning.triggers
    texts = sendable(portal.share)
    phrases = {trigger.phrase for trigger in triggers}
    view = IntroduceView(
        occasions=tuple(_occasion(trigger, texts) for trigger in triggers),
        others=_groups(tuple(text for text in texts if text.trigger not in phrases)),
        promise=portal.positioning.promise,
    )
    yield Entry(view, Source("data/positioning.yaml"))


def _occasion(trigger: Trigger, texts: tuple[PublicShareText, ...]) -> Occasion:
    return Occasion(trigger.phrase, tuple(text for text in texts if text.trigger == trigger.phrase))


def _groups(texts: tuple[PublicShareText, ...]) -> tuple[ShareGroup, ...]:
    """Return texts by audience, those for everybody last; an audience without any is left out."""
    groups = (ShareGroup(audience, tuple(text for text in texts if text.audience is audience)) for audience in (*Audience, None))
    return tuple(group for group in groups if group.texts)


SHARE = PageKind("share", Route("/share/"), "share.html", ShareView, _share)
INTRODUCE = PageKind("introduce", Route("/introduce/"), "introduce.html", IntroduceView, _introduce)
