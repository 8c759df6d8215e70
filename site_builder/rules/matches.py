"""Whom to introduce to whom, and who owes whom (domain, "Rewards for clients": refer them business; source: Rewards).

Industries and places are the owner's own words: they are equal after stripping and folding case, and nothing is guessed.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from site_builder.model.portal import Portal
from site_builder.model.tables import Client
from site_builder.rules.letters import alphabetical
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
    introduced = _Introduced.up_to_as_of(portal)
    return tuple(_best(client, _market(active_clients(portal, portal.as_of), introduced), introduced))


def matches_by_client(portal: Portal) -> Mapping[str, tuple[Match, ...]]:
    """Return every active client's by id, in the order of ids; clients and introductions are gone through once."""
    return first_matches(portal, None)


def first_matches(portal: Portal, most: int | None, *, listed: bool = False) -> Mapping[str, tuple[Match, ...]]:
    """Return the first few of every active client's matches, by id in the order of ids. listed: of those in the directory alone.

    That few are wanted is worth knowing: where all ask for the same trade, all matches are a client's square.
    """
    active, introduced = active_clients(portal, portal.as_of), _Introduced.up_to_as_of(portal)
    market = _market((client for client in active if client.listed or not listed), introduced)
    return {client.client_id: tuple(islice(_best(client, market, introduced), most)) for client in active}


def first_askers(portal: Portal, most: int | None) -> Mapping[str, tuple[Client, ...]]:
    """Return who of the directory asks for each active client and has not met them, by id in the order of ids; the first by name.

    Who has met: one of the two was introduced to the other.
    """
    active, introduced = active_clients(portal, portal.as_of), _Introduced.up_to_as_of(portal)
    asking = _Asking.of(client for client in active if client.listed)
    return {
        client.client_id: tuple(islice((each for each in asking.for_(client) if not introduced.met(each, client)), most))
        for client in active
    }


def listed_matches(portal: Portal, most: int | None = None) -> Mapping[str, tuple[Match, ...]]:
    """Return whom each listed client asks to meet among the listed ones, by its id in the order of ids; the first few by name.

    For public pages, so made of nothing but what the directory shows already: industry, place and targets of listed clients.
    Who pays, who was introduced and how often is private; a public list that knew of it would change with a private cell
    (domain, "Private unless listed here"). A match still carries its whole client: publish a projection of it.
    """
    listed = [client for client in portal.clients if client.listed]
    market = _Market.of(listed, _in_directory)
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


def _in_directory(client: Client) -> tuple[str, str, str]:
    return alphabetical(client.name, client.client_id)


def _market(clients: Iterable[Client], introduced: _Introduced) -> _Market:
    """Put those first who were sent the least.

    Fit comes before that in the domain, and is the same for all of one client's matches: it says whether they named places.
    """
    return _Market.of(clients, lambda client: (introduced.given[client.client_id], client.client_id))


def _best(client: Client, market: _Market, introduced: _Introduced) -> Iterator[Match]:
    """Yield whom a client has not met, in the market's order."""
    return (match for match in market.asked_for(client) if not introduced.knows(client, match.client))


_Order = Callable[[Client], tuple[int | str, ...]]


@dataclass(frozen=True, slots=True)
class _Market:
    """Clients by what others ask for, by industry and by industry and place, both folded; each list in the market's order."""

    anywhere: Mapping[str, list[Client]]
    somewhere: Mapping[tuple[str, str], list[Client]]
    order: _Order

    @classmethod
    def of(cls, clients: Iterable[Client], order: _Order) -> _Market:
        """Sort clients in."""
        anywhere: dict[str, list[Client]] = {}
        somewhere: dict[tuple[str, str], list[Client]] = {}
        for client in sorted(clients, key=order):
            industry = _folded(client.industry)
            anywhere.setdefault(industry, []).append(client)
            if client.location is not None:
                somewhere.setdefault((industry, _folded(client.location)), []).append(client)
        return cls(anywhere, somewhere, order)

    def asked_for(self, client: Client) -> Iterator[Match]:
        """Yield those of the industries and places a client asks for; the client itself is never among them."""
        industries, places = set(map(_folded, client.target_industries)), set(map(_folded, client.target_locations))
        found = (
            [self.somewhere.get((industry, place), []) for industry in industries for place in places]
            if places
            else [self.anywhere.get(industry, []) for industry in industries]
        )
        for other in merge(*found, key=self.order):
            if other.client_id != client.client_id:
                yield Match(other, 2 if places else 1, other.industry, other.location if places else None)


@dataclass(frozen=True, slots=True)
class _Asking:
    """Clients by what they ask for: those who name no place by industry, the others by industry and place; each list by name."""

    anywhere: Mapping[str, list[Client]]
    somewhere: Mapping[tuple[str, str], list[Client]]

    @classmethod
    def of(cls, clients: Iterable[Client]) -> _Asking:
        """Sort clients in."""
        anywhere: dict[str, list[Client]] = {}
        somewhere: dict[tuple[str, str], list[Client]] = {}
        for client in sorted(clients, key=_in_directory):
            places = set(map(_folded, client.target_locations))
            for industry in set(map(_folded, client.target_industries)):
                for place in places:
                    somewhere.setdefault((industry, place), []).append(client)
                if not places:
                    anywhere.setdefault(industry, []).append(client)
        return cls(anywhere, somewhere)

    def for_(self, client: Client) -> Iterator[Client]:
        """Yield who asks for a client, by name; the client itself is never among them."""
        industry = _folded(client.industry)
        somewhere = [] if client.location is None else self.somewhere.get((industry, _folded(client.location)), [])
        both = merge(self.anywhere.get(industry, []), somewhere, key=_in_directory)
        return (each for each in both if each.client_id != client.client_id)


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

    def knows(self, client: Client, other: Client) -> bool:
        """Whether the other was introduced to a client, by id or by name."""
        names = self.names.get(client.client_id)
        known = other.client_id in self.ids.get(client.client_id, ())
        return known or (names is not None and _folded(other.name) in names)

    def met(self, client: Client, other: Client) -> bool:
        """Whether a client knows the other, or was introduced to them by id."""
        return self.knows(client, other) or client.client_id in self.ids.get(other.client_id, ())


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
