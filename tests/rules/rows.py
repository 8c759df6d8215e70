"""Rows and documents for the tests of rewards for clients; portals and clients who never paid come from tests.portals."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.model.documents import Rewards
from site_builder.model.portal import TicketTotal
from site_builder.model.tables import Client, Gift, Introduction, Nomination, Practice, Vote
from tests.portals import client, typed


def paying(client_id: str = "acme", **values: object) -> Client:
    """A client since 15 January 2024 who paid on 1 October 2026, unless a column says otherwise."""
    return client(client_id, **{"last_paid_on": "2026-10-01", **values})


def rewards(**values: object) -> Rewards:
    return typed(Rewards, values)


def tickets(**counts: tuple[int, int]) -> tuple[TicketTotal, ...]:
    """Tickets and endpoints by month, each month a keyword: m2026_09=(7, 100)."""
    return tuple(TicketTotal(month[1:].replace("_", "-"), endpoints, count) for month, (count, endpoints) in counts.items())


def practice(client_id: str, practice_id: str, met_on: str, lapsed_on: str = "") -> Practice:
    return typed(Practice, {"client_id": client_id, "practice_id": practice_id, "met_on": met_on, "lapsed_on": lapsed_on})


def gift(client_id: str, given_on: str, **values: object) -> Gift:
    """An anniversary gift, unless a column says otherwise."""
    return typed(Gift, {"client_id": client_id, "given_on": given_on, "occasion": "anniversary", "what": "A beech", **values})


def nomination(client_id: str, month: str = "2026-09", **values: object) -> Nomination:
    usual = {"month": month, "client_id": client_id, "nominated_by": "tom", "reason": "They rang first."}
    return typed(Nomination, {**usual, **values})


def ballot(month: str = "2026-09", **choices: str) -> tuple[Vote, ...]:
    """A month's votes, each voter a keyword: ann="acme"."""
    return tuple(typed(Vote, {"month": month, "voter": voter, "client_id": chosen}) for voter, chosen in choices.items())


def introduction(client_id: str, introduced: str, introduced_on: str = "2026-05-05", **values: object) -> Introduction:
    row: Mapping[str, object] = {"introduced_on": introduced_on, "client_id": client_id, "introduced": introduced, **values}
    return typed(Introduction, row)
