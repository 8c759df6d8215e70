"""/directory/: the clients who agreed to be listed, and whom they would like to meet (Rewards: refer them business)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.public import PublicClient, PublicMatch, PublicPortal, PublicSpotlight
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class Industry:
    """A trade and its clients by name. anchor: its place on the page."""

    name: str
    anchor: str
    clients: tuple[PublicClient, ...]


@dataclass(frozen=True)
class DirectoryView:
    """Listed clients by trade; count is of clients."""

    industries: tuple[Industry, ...]
    count: int


@dataclass(frozen=True)
class DirectoryEntryView:
    """One client, the months it was customer of the month, others it could meet, and others of its trade."""

    client: PublicClient
    spotlights: tuple[PublicSpotlight, ...]
    could_meet: tuple[PublicMatch, ...]
    neighbours: tuple[PublicClient, ...]


_NEIGHBOURS = 4


def _directory(portal: PublicPortal) -> Iterable[Entry[DirectoryView]]:
    if portal.clients:
        view = DirectoryView(_by_industry(portal.clients), len(portal.clients))
        yield Entry(view, Source("data/clients.csv"))


def _by_industry(clients: tuple[PublicClient, ...]) -> tuple[Industry, ...]:
    """Group by trade; spellings that differ in case alone are one, named as the first of them."""
    groups: dict[str, list[PublicClient]] = {}
    for client in clients:
        groups.setdefault(client.industry.casefold(), []).append(client)
    return tuple(
        Industry(groups[key][0].industry, f"industry-{number}", tuple(groups[key]))
        for number, key in enumerate(sorted(groups), start=1)
    )


def _entries(portal: PublicPortal) -> Iterable[Entry[DirectoryEntryView]]:
    neighbours = {
        client.client_id: _neighbours(place, industry.clients)
        for industry in _by_industry(portal.clients)
        for place, client in enumerate(industry.clients)
    }
    spotlights: dict[str, list[PublicSpotlight]] = {}
    for spotlight in portal.spotlights:
        if spotlight.client.slug:
            spotlights.setdefault(spotlight.client.slug, []).append(spotlight)
    for client in portal.clients:
        view = DirectoryEntryView(
            client=client,
            spotlights=tuple(spotlights.get(client.client_id, ())),
            could_meet=portal.matches[client.client_id],
            neighbours=neighbours[client.client_id],
        )
        yield Entry(view, client.source, (("client", client.client_id),), client.name)


def _neighbours(place: int, trade: tuple[PublicClient, ...]) -> tuple[PublicClient, ...]:
    """Return the next few of the same trade, going round, so that every one of them is somebody's neighbour."""
    return (trade[place + 1 : place + 1 + _NEIGHBOURS] + trade[: min(place, _NEIGHBOURS)])[:_NEIGHBOURS]


DIRECTORY = PageKind("directory", Route("/directory/"), "directory.html", DirectoryView, _directory, nav=50)
DIRECTORY_ENTRY = PageKind("directory_entry", Route("/directory/{client}/"), "directory_entry.html", DirectoryEntryView, _entries)
