"""Whom a client's own page may name: whom they were introduced to, and whom they could meet.

Nobody who is not in the directory, however they were written down (domain, "Private unless listed here").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.model.portal import Portal
from site_builder.model.tables import Audience, Client
from site_builder.rules.incentives.prospects import name_key
from site_builder.rules.matches import Match, first_askers, first_matches

MOST = 6
"""How many firms are named on either side: a list to act on, as in the directory."""
_BREAK = re.compile(r"[\s/()&+,;:|-]+")


@dataclass(frozen=True, slots=True)
class Firm:
    """A listed client worth meeting.

    industry, location: of one they asked for, what fits, location None where any place would do; else the firm's own.
    """

    client_id: str
    name: str
    industry: str
    location: str | None


@dataclass(frozen=True, slots=True)
class Introduced:
    """Business sent to them. name: None for a client who is not in the directory."""

    on: date
    name: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """By a client's id: whom they asked for, the best first; and who asked for them, by name. The first few listed ones alone."""

    to_meet: Mapping[str, tuple[Firm, ...]]
    would_meet: Mapping[str, tuple[Firm, ...]]


def given(portal: Portal) -> Mapping[str, tuple[Introduced, ...]]:
    """Return what was sent to each client by as_of, the latest first; of one day by the names shown, the nameless last."""
    names = _Names(portal)
    found: dict[str, list[Introduced]] = {}
    for row in portal.introductions:
        if row.introduced_on <= portal.as_of:
            found.setdefault(row.client_id, []).append(Introduced(row.introduced_on, names.of(row.introduced)))
    return {client_id: tuple(sorted(rows, key=_latest_first)) for client_id, rows in found.items()}


def received(portal: Portal) -> Mapping[str, int]:
    """Count the referrals by as_of from each client's owners: that one of the staff refers is not for their employer to read."""
    firms = {each.referrer_id: each.client_id for each in portal.referrers if each.audience is Audience.OWNER}
    counts: Counter[str] = Counter()
    for row in portal.referrals:
        firm = firms.get(row.referrer_id or "")
        if firm is not None and row.received_on <= portal.as_of:
            counts[firm] += 1
    return counts


def asked(portal: Portal) -> Asked:
    """Return both sides for every active client. Who was introduced to a client has met them: that they asked is old news."""
    to_meet, would_meet = first_matches(portal, MOST, listed=True), first_askers(portal, MOST)
    return Asked(
        to_meet={client_id: tuple(map(_firm, found)) for client_id, found in to_meet.items()},
        would_meet={client_id: tuple(map(_asker, found)) for client_id, found in would_meet.items()},
    )


class _Names:
    """How firms may be called on a client's page: a listed client by its name, and whoever is no client as they were written."""

    def __init__(self, portal: Portal) -> None:
        self._clients = portal.client_by_id
        unlisted = (client for client in portal.clients if not client.listed)
        keys = (key for client in unlisted for key in (name_key(client.name), name_key(client.client_id)))
        self._hidden = frozenset(key for key in keys if key)
        self._longest = max(map(len, self._hidden), default=0)

    def of(self, introduced: str) -> str | None:
        """Return a firm's name; None for a client who is not in the directory, by id, by name or named among other words."""
        client = self._clients.get(introduced)
        if client is not None:
            return client.name if client.listed else None
        return None if self._names_hidden(introduced) else introduced

    def _names_hidden(self, words: str) -> bool:
        """Look for a hidden name from each word on; of words joined, as names are compared without spaces."""
        parts = [key for word in _BREAK.split(words) if (key := name_key(word))]
        for start in range(len(parts)):
            joined = ""
            for part in parts[start:]:
                joined += part
                if joined in self._hidden:
                    return True
                if len(joined) > self._longest:
                    break
        return False


def _latest_first(row: Introduced) -> tuple[int, bool, str]:
    return -row.on.toordinal(), row.name is None, row.name or ""


def _firm(match: Match) -> Firm:
    return Firm(match.client.client_id, match.client.name, match.industry, match.location)


def _asker(client: Client) -> Firm:
    return Firm(client.client_id, client.name, client.industry, client.location)
