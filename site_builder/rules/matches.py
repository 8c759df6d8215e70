"""Whom to introduce to whom, and who owes whom (domain, "Rewards for clients": refer them business; source: Rewards).

Industries and places are the owner's own words: they are equal after stripping and folding case, and nothing is guessed.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from site_builder.model.portal import Portal
from site_builder.model.tables import Client
from site_builder.rules.standing import active_clients, is_active


@dataclass(frozen=True, slots=True)
class Match:
    """A client worth meeting. fit: 2 where the place was asked for, else 1.

    industry, location: what matched, in the words of the client to be met; location is None where any place would do.
    """

    client: Client
    fit: int
    industry: str
    location: str | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Business sent to a client and received through them. given, received: the count of rows."""

    given: int
    received: int

    @property
    def is_owed(self) -> bool:
        """Whether they sent us more than we sent them."""
        return self.received > self.given


def matches(portal: Portal, client: Client) -> tuple[Match, ...]:
    """Return the active clients to introduce to a client, the best first; none for a client who is not active.

    For the owner alone: that somebody is missing, and the order, tell of payments and introductions. A client's own page names
    the listed ones among them.
    """
    if not is_active(client, portal.as_of):
        return ()
    return _best(client, _market(active_clients(portal, portal.as_of)), _Introduced.up_to_as_of(portal))


def matches_by_client(portal: Portal) -> Mapping[str, tuple[Match, ...]]:
    """Return every active client's by id, in the order of ids; clients and introductions are gone through once."""
    active = active_clients(portal, portal.as_of)
    market, introduced = _market(active), _Introduced.up_to_as_of(portal)
    return {client.client_id: _best(client, market, introduced) for client in active}


def listed_matches(portal: Portal, most: int | None = None) -> Mapping[str, tuple[Match, ...]]:
    """Return whom each listed client asks to meet among the listed ones, by its id in the order of ids; the first few by name.

    For public pages, so made of nothing but what the directory shows already: industry, place and targets of listed clients.
    Who pays, who was introduced and how often is private; a public list that knew of it would change with a private cell
    (domain, "Private unless listed here"). A match still carries its whole client: publish a projection of it.
    """
    listed = sorted((client for client in portal.clients if client.listed), key=_in_directory)
    market = _Market.of(listed)
    return {
        client.client_id: tuple(islice(market.asked_for(client), most))
        for client in sorted(listed, key=lambda client: client.client_id)
    }


def ledger(portal: Portal, client: Client) -> Ledger:
    """Return what went both ways up to as_of.

    received: every referral from people of theirs, lost and void ones too: the client spent their name on it all the same, and
    whether it earns a reward is another question.
    """
    given, received = _given(portal), _received(portal)
    return Ledger(given[client.client_id], received[client.client_id])


def ledgers(portal: Portal) -> Mapping[str, Ledger]:
    """Return every client's by id, in the order of ids; introductions and referrals are gone through once."""
    given, received = _given(portal), _received(portal)
    return {client_id: Ledger(given[client_id], received[client_id]) for client_id in sorted(portal.client_by_id)}


def _in_directory(client: Client) -> tuple[str, str]:
    return client.name.casefold(), client.client_id


def _market(clients: Iterable[Client]) -> _Market:
    return _Market.of(sorted(clients, key=_in_directory))


def _best(client: Client, market: _Market, introduced: _Introduced) -> tuple[Match, ...]:
    """Return whom a client has not met, first those who were sent the least.

    Fit comes before that in the domain, and is the same for all of one client's matches: it says whether they named places.
    """
    known_ids, known_names = introduced.to(client)
    new = (
        match
        for match in market.asked_for(client)
        if match.client.client_id not in known_ids and _folded(match.client.name) not in known_names
    )
    return tuple(sorted(new, key=lambda match: (introduced.given[match.client.client_id], match.client.client_id)))


@dataclass(frozen=True, slots=True)
class _Market:
    """Clients by what others ask for, by industry and by industry and place, both folded; each list in the directory's order."""

    anywhere: Mapping[str, list[Client]]
    somewhere: Mapping[tuple[str, str], list[Client]]

    @classmethod
    def of(cls, clients: Iterable[Client]) -> _Market:
        """Sort clients in; they come in the directory's order."""
        anywhere: dict[str, list[Client]] = {}
        somewhere: dict[tuple[str, str], list[Client]] = {}
        for client in clients:
            industry = _folded(client.industry)
            anywhere.setdefault(industry, []).append(client)
            if client.location is not None:
                somewhere.setdefault((industry, _folded(client.location)), []).append(client)
        return cls(anywhere, somewhere)

    def asked_for(self, client: Client) -> Iterator[Match]:
        """Yield those of the industries and places a client asks for, by name; the client itself is never among them."""
        industries, places = set(map(_folded, client.target_industries)), set(map(_folded, client.target_locations))
        found = (
            [self.somewhere.get((industry, place), []) for industry in industries for place in places]
            if places
            else [self.anywhere.get(industry, []) for industry in industries]
        )
        for other in merge(*found, key=_in_directory):
            if other.client_id != client.client_id:
                yield Match(other, 2 if places else 1, other.industry, other.location if places else None)


@dataclass(frozen=True, slots=True)
class _Introduced:
    """Who was introduced up to as_of. ids, names: to each client, clients by id and others by folded name.

    given: how many rows of introductions each client has, 0 for one without.
    """

    ids: Mapping[str, AbstractSet[str]]
    names: Mapping[str, AbstractSet[str]]
    given: Counter[str]

    @classmethod
    def up_to_as_of(cls, portal: Portal) -> _Introduced:
        """Read introductions.csv; what is no client's id is a name, and may yet be a client's: they can have become one since."""
        ids: defaultdict[str, set[str]] = defaultdict(set)
        names: defaultdict[str, set[str]] = defaultdict(set)
        for row in portal.introductions:
            if row.introduced_on > portal.as_of:
                continue
            if row.introduced in portal.client_by_id:
                ids[row.client_id].add(row.introduced)
            else:
                names[row.client_id].add(_folded(row.introduced))
        return cls(ids, names, _given(portal))

    def to(self, client: Client) -> tuple[AbstractSet[str], AbstractSet[str]]:
        """Return the ids and the names a client was introduced to."""
        return self.ids.get(client.client_id, frozenset()), self.names.get(client.client_id, frozenset())


def _given(portal: Portal) -> Counter[str]:
    """Count the introductions to each client."""
    return Counter(row.client_id for row in portal.introductions if row.introduced_on <= portal.as_of)


def _received(portal: Portal) -> Counter[str]:
    """Count the referrals through each client's people, whether or not those still take part."""
    firms = {person.referrer_id: person.client_id for person in portal.referrers if person.client_id is not None}
    return Counter(
        firms[row.referrer_id] for row in portal.referrals if row.referrer_id in firms and row.received_on <= portal.as_of
    )


def _folded(words: str) -> str:
    """Return words as they are compared; letters with accents are one letter however they were typed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", words.strip()).casefold())
