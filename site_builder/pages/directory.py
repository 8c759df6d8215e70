"""/directory/: the clients who agreed to be listed, and whom they would like to meet (Rewards: refer them business).

All of them by name, and those who share a trade, a place or a wish on pages of their own; more than fifty go on to a next page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.model.public import PublicClient, PublicMatch, PublicPortal, PublicSpotlight
from site_builder.page import Entry, PageKind, Route
from site_builder.pages.groups import FEWEST_TO_SORT, Facet, Group, by_word, facets, largest, slug
from site_builder.pages.paging import Paged, paged
from site_builder.problem import Source


@dataclass(frozen=True)
class DirectoryView:
    """A page of listed clients by name; count is of all that the list holds.

    group: what they share, None on the list of everybody. facets: the largest groups of each, to go on to; has_more: whether
    there are others. is_long: whether there are so many clients that a search helps.
    """

    listing: Paged[PublicClient]
    count: int
    group: Group | None
    facets: tuple[Facet, ...]
    has_more: bool
    is_long: bool


@dataclass(frozen=True)
class Word:
    """A word of a client's entry, and the group of those who share it; None where nobody does."""

    text: str
    group: Group | None


@dataclass(frozen=True)
class DirectoryEntryView:
    """One client, the months it was customer of the month, others it could meet, and others of its trade.

    place: None where the client names none; wishes: the trades it would like to meet.
    """

    client: PublicClient
    industry: Word
    place: Word | None
    wishes: tuple[Word, ...]
    spotlights: tuple[PublicSpotlight, ...]
    could_meet: tuple[PublicMatch, ...]
    neighbours: tuple[PublicClient, ...]


_NEIGHBOURS = 4
_MOST_GROUPS = 20
"""How many groups of a facet a list offers: all of hundreds would outweigh the clients. The page of the search has them all."""
_BEHIND = Source("data/clients.csv")


def _directory(portal: PublicPortal) -> Iterable[Entry[DirectoryView]]:
    return (entry for entry in _lists(portal) if entry.view.listing.number == 1 and entry.view.group is None)


def _directory_pages(portal: PublicPortal) -> Iterable[Entry[DirectoryView]]:
    return (entry for entry in _lists(portal) if entry.view.listing.number > 1 and entry.view.group is None)


def _groups(portal: PublicPortal) -> Iterable[Entry[DirectoryView]]:
    return (entry for entry in _lists(portal) if entry.view.listing.number == 1 and entry.view.group is not None)


def _group_pages(portal: PublicPortal) -> Iterable[Entry[DirectoryView]]:
    return (entry for entry in _lists(portal) if entry.view.listing.number > 1 and entry.view.group is not None)


def _lists(portal: PublicPortal) -> Iterator[Entry[DirectoryView]]:
    """Yield every page of every list: everybody, then group by group."""
    clients = portal.clients
    if not clients:
        return
    found = facets(clients)
    shown = tuple(largest(facet, _MOST_GROUPS) for facet in found)
    is_long = len(clients) >= FEWEST_TO_SORT
    for group in (None, *by_word(found).values()):
        members = clients if group is None else group.clients
        for listing in paged(members):
            address = () if group is None else (("facet", group.facet), ("group", group.slug))
            number = (("number", str(listing.number)),) if listing.number > 1 else ()
            view = DirectoryView(listing, len(members), group, shown, shown != found, is_long)
            yield Entry(view, _BEHIND, (*address, *number), group.name if group else "")


def _entries(portal: PublicPortal) -> Iterable[Entry[DirectoryEntryView]]:
    groups = by_word(facets(portal.clients))
    neighbours = _neighbours(portal.clients)
    spotlights: dict[str, list[PublicSpotlight]] = {}
    for spotlight in portal.spotlights:
        if spotlight.client.slug:
            spotlights.setdefault(spotlight.client.slug, []).append(spotlight)

    def word(facet: str, text: str) -> Word:
        return Word(text, groups.get((facet, slug(text))))

    for client in portal.clients:
        view = DirectoryEntryView(
            client=client,
            industry=word("industry", client.industry),
            place=word("place", client.location) if client.location else None,
            wishes=tuple(word("looking-for", text) for text in client.target_industries),
            spotlights=tuple(spotlights.get(client.client_id, ())),
            could_meet=portal.matches[client.client_id],
            neighbours=neighbours[client.client_id],
        )
        yield Entry(view, client.source, (("client", client.client_id),), client.name)


def _neighbours(clients: tuple[PublicClient, ...]) -> dict[str, tuple[PublicClient, ...]]:
    """Return the next few of each client's trade, going round, so that every one of them is somebody's neighbour."""
    trades: dict[str, list[PublicClient]] = {}
    for client in clients:
        trades.setdefault(slug(client.industry), []).append(client)
    return {
        client.client_id: tuple((trade[place + 1 : place + 1 + _NEIGHBOURS] + trade[: min(place, _NEIGHBOURS)])[:_NEIGHBOURS])
        for trade in trades.values()
        for place, client in enumerate(trade)
    }


DIRECTORY = PageKind("directory", Route("/directory/"), "directory.html", DirectoryView, _directory, nav=45)
DIRECTORY_PAGE = PageKind("directory_page", Route("/directory/page/{number}/"), "directory.html", DirectoryView, _directory_pages)
DIRECTORY_GROUP = PageKind("directory_group", Route("/directory/{facet}/{group}/"), "directory.html", DirectoryView, _groups)
DIRECTORY_GROUP_PAGE = PageKind(
    "directory_group_page", Route("/directory/{facet}/{group}/page/{number}/"), "directory.html", DirectoryView, _group_pages
)
DIRECTORY_ENTRY = PageKind("directory_entry", Route("/directory/{client}/"), "directory_entry.html", DirectoryEntryView, _entries)
