"""Clients who pay, their reviews, and portals of them: what tests of standings, KPIs and nurture begin with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from site_builder.model.documents import Nurture
from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Referral, Referrer, Review
from site_builder.problem import Source
from tests.portals import AS_OF, PORTAL, settings, typed
from tests.portals import client as usual_client


def client(client_id: str, **fields: object) -> Client:
    """A client since 2020 who paid on 1 October 2026, unless a column says otherwise."""
    return usual_client(client_id, **{"since": "2020-01-01", "last_paid_on": "2026-10-01", **fields})


def review(client_id: str, reviewed_on: str, outcome: str = "asked", **fields: object) -> Review:
    values = {"client_id": client_id, "reviewed_on": reviewed_on, "outcome": outcome, **fields}
    return typed(Review, values, Source("data/reviews.csv", 2, 1))


def portal(  # noqa: PLR0913  # one argument a table
    *,
    clients: Iterable[Client] = (),
    reviews: Iterable[Review] = (),
    referrers: Iterable[Referrer] = (),
    referrals: Iterable[Referral] = (),
    nurture: Nurture | None = None,
    as_of: date = AS_OF,
    cycle_months: int = 12,
) -> Portal:
    """A portal that speaks for 31 October 2026 and reviews each client once a year, unless told otherwise."""
    return replace(
        PORTAL,
        as_of=as_of,
        settings=settings(review_cycle_months=cycle_months),
        clients=tuple(clients),
        reviews=tuple(reviews),
        referrers=tuple(referrers),
        referrals=tuple(referrals),
        nurture=nurture,
    )
