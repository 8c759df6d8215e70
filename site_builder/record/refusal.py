"""What cannot be recorded, and what to do instead."""

from __future__ import annotations

from site_builder.model.record import Record


class RefusedError(Exception):
    """The rules or the row itself do not have it; says why, and what to do. No name, note or prospect stands in it."""


def row(record: Record) -> str:
    """Return where a row stands, for those who mend it by hand: "data/referrals.csv, line 12"."""
    source = record.origin.source
    return f"{source.path}, line {source.line}" if source.line else source.path
