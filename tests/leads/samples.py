"""Snapshots to try things on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from site_builder.leads.snapshot import Kind, Snapshot

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"
OTHER_KEY = "f" * 32


def snapshot(  # noqa: PLR0913  # each test names what it is about
    step: int = 1,
    seq: int = 1,
    *,
    portal: str = "harbour",
    key: str = KEY,
    minutes: int = 0,
    suspected: tuple[str, ...] = (),
    origin_missing: bool = False,
    kind: Kind = Kind.REFERRAL,
    **fields: str,
) -> Snapshot:
    """Return a snapshot that came so many minutes after noon; without fields, of Jo Lee."""
    said = fields or {"prospect": "Jo Lee", "contact": "07700 900123", "note": ""}
    return Snapshot(portal, key, step, seq, kind, said, NOON + timedelta(minutes=minutes), suspected, origin_missing)
