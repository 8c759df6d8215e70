"""Leads and a portal they come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from site_builder.leads.snapshot import Kind, Lead
from site_builder.model.portal import Portal
from site_builder.model.tables import Lead as LeadRow
from site_builder.problem import Source
from tests.portals import PORTAL, client, referral, referrer, settings, typed

KEY = "a1b2c3d4" + "0" * 24
OTHER = "e5f6a7b8" + "0" * 24
CAME = datetime(2026, 10, 30, 14, 5, 9, tzinfo=UTC)
RECEIVER = {"backend": "receiver", "endpoint": "https://leads.harbour.example/r/harbour"}


def lead(  # each test names what it is about
    key: str = KEY,
    *,
    kind: Kind = Kind.REFERRAL,
    came: datetime = CAME,
    suspected: tuple[str, ...] = (),
    origin_missing: bool = False,
    **fields: str,
) -> Lead:
    """A lead of Jo Lee, sent by nobody known, unless a field says otherwise."""
    told = {"prospect": "Jo Lee", "contact": "07700 900123", **fields}
    kept = {name: text for name, text in told.items() if text}
    return Lead("harbour", key, 1, 1, kind, kept, came, came, suspected, origin_missing)


def row(key: str = KEY, **cells: str) -> LeadRow:
    return typed(LeadRow, {"lead_key": key, **cells}, Source("data/leads.csv", 2, 1))


def portal(**tables: Any) -> Portal:  # noqa: ANN401  # fields of the portal
    """Harbour IT with its client Acme, and Rita, who sent one referral."""
    usual: dict[str, Any] = {
        "clients": (client(website="https://www.acme.example/", last_paid_on="2026-10-01"),),
        "referrers": (referrer(link_code="7QK3M9TX", old_codes="7QK3M9T0;7QK3M9T1", email="rita@ray.example"),),
        "referrals": (referral("r2026-080"),),
    }
    return replace(PORTAL, settings=settings(form=RECEIVER), **{**usual, **tables})
