"""/stories/ and each story: something worth telling, told with the permission of whoever it is about (wow, win)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.public import PublicPortal, PublicStory
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class StoriesView:
    """Every story, the latest first."""

    stories: tuple[PublicStory, ...]


@dataclass(frozen=True)
class StoryView:
    """One story and its neighbours in time; None at either end."""

    story: PublicStory
    earlier: PublicStory | None
    later: PublicStory | None


def _stories(portal: PublicPortal) -> Iterable[Entry[StoriesView]]:
    if portal.stories:
        yield Entry(StoriesView(portal.stories), Source("content/stories"))


def _each(portal: PublicPortal) -> Iterable[Entry[StoryView]]:
    told = portal.stories
    for place, story in enumerate(told):
        view = StoryView(
            story,
            earlier=told[place + 1] if place + 1 < len(told) else None,
            later=told[place - 1] if place else None,
        )
        yield Entry(view, story.source, (("story", story.slug),), story.headline)


STORIES = PageKind("stories", Route("/stories/"), "stories.html", StoriesView, _stories, nav=45)
STORY = PageKind("story", Route("/stories/{story}/"), "story.html", StoryView, _each)
