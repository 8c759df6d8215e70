"""What has come in, written: first data/referrals.csv, then data/leads.csv, each whole or not at all.

A lead whose key stands in leads.csv had its referral written before. So a run that was interrupted between the two is completed
by the next one, and a referral whose row was deleted by hand does not come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from site_builder.edit import append_rows, change_cells, create_content, replace_content
from site_builder.inbox.arrivals import Arrival, cells_of
from site_builder.model.record import Row
from site_builder.model.tables import Lead, Referral

REFERRALS: Final = "data/referrals.csv"
LEADS: Final = "data/leads.csv"
_SETTINGS: Final = "data/portal.yaml"


@dataclass(frozen=True, slots=True)
class Change:
    """A table's new content. former: its bytes, None where it is not started."""

    path: str
    former: bytes | None
    content: bytes

    @property
    def is_none(self) -> bool:
        """Whether nothing changes."""
        return self.content == (self.former or b"")


def changes(found: Sequence[Arrival], former: Mapping[str, bytes | None]) -> tuple[Change, ...]:
    """Return what becomes of the tables, in the order in which they are to be written; former: their bytes by path."""
    new = [cells_of(each.referral) for each in found if each.referral is not None]
    fresh = [each.row for each in found if each.is_new]
    changed = {each.lead.key: each.row for each in found if not each.is_new and each.row}
    leads, referrals = former[LEADS], former[REFERRALS]
    renamed = {each.referral_id: each.edits for each in found if each.edits}
    if referrals is not None and renamed:
        referrals = change_cells(referrals, renamed, key="referral_id")
    edited = change_cells(leads, changed, key="lead_key") if leads is not None and changed else leads
    all_changes = (
        Change(REFERRALS, former[REFERRALS], _longer(referrals, new, Referral, "referral_id")),
        Change(LEADS, leads, _longer(edited, fresh, Lead, "lead_key")),
    )
    return tuple(each for each in all_changes if not each.is_none)


def written(root: Path, change: Change) -> None:
    """Write a table; raises ChangedMeanwhileError and OSError, and then it is as it was. New leads.csv is closed to others."""
    path = root / change.path
    if change.former is None:
        create_content(path, change.content, like=root / _SETTINGS, private=change.path == LEADS)
    else:
        replace_content(path, change.former, change.content)


def header(kind: type[Row]) -> bytes:
    """Return the first line of a table that is started."""
    return ",".join(name for name in kind.model_fields if name != "origin").encode() + b"\n"


def _longer(content: bytes | None, rows: Iterable[Mapping[str, str]], kind: type[Row], key: str) -> bytes:
    """Return a table with further rows, started where it is not there yet."""
    new = tuple(rows)
    if not new:
        return content or b""
    return append_rows(header(kind) if content is None else content, new, key=key)
