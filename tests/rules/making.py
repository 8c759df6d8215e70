"""Small portals of clients and reviews for the tests of standing and of the five numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Review
from tests.portals import AS_OF, PORTAL, settings, typed
from tests.portals import client as bare_client


def client(client_id: str = "acme", **values: object) -> Client:
    """A client since 2020 who paid on 15 October 2026, unless a column says otherwise."""
    return bare_client(client_id, **{"since": "2020-01-01", "last_paid_on": "2026-10-15", **values})


def review(client_id: str, reviewed_on: str, outcome: str = "asked", **values: object) -> Review:
    return typed(Review, {"client_id": client_id, "reviewed_on": reviewed_on, "outcome": outcome, **values})


def portal(
    *, clients: Iterable[Client] = (), reviews: Iterable[Review] = (), cycle_months: int = 12, as_of: date = AS_OF
) -> Portal:
    """A portal of 31 October 2026 with a cycle of twelve months, unless told otherwise."""
    cycle = settings(review_cycle_months=str(cycle_months))
    return replace(PORTAL, as_of=as_of, settings=cycle, clients=tuple(clients), reviews=tuple(reviews))
