"""/search/: everything there is to find, as plain lists; and /search.json, which the theme's script looks through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.model.documents import Trigger
from site_builder.model.public import PublicClient, PublicFreePage, PublicPortal, PublicSpotlight, PublicStory
from site_builder.page import Entry, PageKind, Route
from site_builder.pages.groups import Facet, facets
from site_builder.pages.paging import A_PAGE
from site_builder.problem import Source


@dataclass(frozen=True)
class SearchView:
    """What there is beside the pages that the theme knows by their kind.

    clients: by name, none where they are too many for one list; facets: all groups of them.
    """

    clients: tuple[PublicClient, ...]
    facets: tuple[Facet, ...]
    spotlights: tuple[PublicSpotlight, ...]
    stories: tuple[PublicStory, ...]
    pages: tuple[PublicFreePage, ...]
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True)
class SearchIndexView:
    """What can be found. said: by the kind of a page that the theme knows, what stands on it beside its name."""

    clients: tuple[PublicClient, ...]
    spotlights: tuple[PublicSpotlight, ...]
    stories: tuple[PublicStory, ...]
    pages: tuple[PublicFreePage, ...]
    triggers: tuple[Trigger, ...]
    said: Mapping[str, str]


def _search(portal: PublicPortal) -> Iterable[Entry[SearchView]]:
    if _is_worth_it(portal):
        view = SearchView(
            clients=portal.clients if len(portal.clients) <= A_PAGE else (),
            facets=facets(portal.clients),
            spotlights=portal.spotlights,
            stories=portal.stories,
            pages=portal.pages,
            triggers=portal.positioning.triggers,
        )
        yield Entry(view, Source("data/portal.yaml"))


def _index(portal: PublicPortal) -> Iterable[Entry[SearchIndexView]]:
    if _is_worth_it(portal):
        view = SearchIndexView(
            clients=portal.clients,
            spotlights=portal.spotlights,
            stories=portal.stories,
            pages=portal.pages,
            triggers=portal.positioning.triggers,
            said=_said(portal),
        )
        yield Entry(view, Source("data/portal.yaml"))


def _is_worth_it(portal: PublicPortal) -> bool:
    """Say whether there is anything that the menu does not name already."""
    return bool(portal.clients or portal.spotlights or portal.stories or portal.pages)


def _said(portal: PublicPortal) -> Mapping[str, str]:
    """Return the words that some pages are found by, a few of each."""
    positioning, trust = portal.positioning, portal.trust
    guarantees = tuple(each.title for each in trust.guarantees) if trust else ()
    people = tuple(each.name for each in trust.team) if trust else ()
    words = {
        "who_to_refer": (positioning.promise, positioning.ideal_client.situation, *positioning.problems),
        "rewards": tuple(rule.title for rule in portal.incentives.rules),
        "trust": (*guarantees, *people),
        "events": tuple(event.title for event in portal.events),
    }
    return {kind: " · ".join(found) for kind, found in words.items() if found}


SEARCH = PageKind("search", Route("/search/"), "search.html", SearchView, _search)
SEARCH_INDEX = PageKind("search_index", Route("/search.json"), "search.json", SearchIndexView, _index, indexed=False)
