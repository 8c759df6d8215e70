"""/stories/ and each story: something worth telling, told with the permission of whoever it is about (wow, win)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.public import PublicPortal, PublicSpotlight, PublicStory
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class StoriesView:
    """Every story, the latest first. seen: for each, in the same order, the latest spotlight of its client with a picture."""

    stories: tuple[PublicStory, ...]
    seen: tuple[PublicSpotlight | None, ...]


@dataclass(frozen=True)
class StoryView:
    """One story and its neighbours in time; None at either end. seen: the latest spotlight of its client with a picture."""

    story: PublicStory
    seen: PublicSpotlight | None
    earlier: PublicStory | None
    later: PublicStory | None


def _stories(portal: PublicPortal) -> Iterable[Entry[StoriesView]]:
    if portal.stories:
        seen = tuple(_seen(portal, story) for story in portal.stories)
        yield Entry(StoriesView(portal.stories, seen), Source("content/stories"))


def _each(portal: PublicPortal) -> Iterable[Entry[StoryView]]:
    told = portal.stories
    for place, story in enumerate(told):
        view = StoryView(
            story,
            _seen(portal, story),
            earlier=told[place + 1] if place + 1 < len(told) else None,
            later=told[place - 1] if place else None,
        )
        yield Entry(view, story.source, (("story", story.slug),), story.headline)


def _seen(portal: PublicPortal, story: PublicStory) -> PublicSpotlight | None:
    """Return the latest spotlight of a story's client that has a picture; None for none, and for a story that names nobody."""
    pictured = (each for each in portal.spotlights if each.photo and each.client == story.client)
    return next(pictured, None)


STORIES = PageKind("stories", Route("/stories/"), "stories.html", StoriesView, _stories, nav=50)
STORY = PageKind("story", Route("/stories/{story}/"), "story.html", StoryView, _each)
