"""The statements of the store, the same for both databases."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Insert,
    Row,
    RowMapping,
    Select,
    Update,
    and_,
    bindparam,
    case,
    delete,
    false,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from site_builder.leads.schema import ERASED, LEADS, OUTBOX, VERSIONS
from site_builder.leads.snapshot import Kind, Lead, Snapshot, filled

_NONE = "[]"
_WEIGHT = 32 * 1024


def upsert(dialect: Dialect) -> ReturningInsert[int, bool, bool, str]:
    """Return the one statement that keeps a snapshot: a new row, or in place of one that goes less far, or nothing.

    A clean snapshot also clears a row that was suspected until now, even where it goes less far: then nothing else changes.
    It answers with changes, is_news, is_first and suspected of the row it wrote, and with no row where it wrote none.
    """
    insert = postgresql.insert(LEADS) if dialect.name == "postgresql" else sqlite.insert(LEADS)
    new = insert.excluded
    goes_further = or_(LEADS.c.step < new.step, and_(LEADS.c.step == new.step, LEADS.c.seq < new.seq))
    is_cleared = and_(LEADS.c.suspected != _NONE, new.suspected == _NONE)
    adds = and_(goes_further, LEADS.c.fields != new.fields)
    further = ("step", "seq", "kind", "fields", "origin_missing", "updated_at")
    return insert.on_conflict_do_update(
        index_elements=[LEADS.c.portal, LEADS.c.key],
        set_={
            **{name: case((goes_further, new[name]), else_=LEADS.c[name]) for name in further},
            # What is clean stays so; what is not takes what the new one says, which goes further or is clean.
            "suspected": case((LEADS.c.suspected == _NONE, LEADS.c.suspected), else_=new.suspected),
            "changes": LEADS.c.changes + 1,
            "is_news": case((or_(adds, is_cleared), true()), else_=false()),
            "is_first": case((is_cleared, true()), else_=false()),
        },
        where=or_(goes_further, is_cleared),
    ).returning(LEADS.c.changes, LEADS.c.is_news, LEADS.c.is_first, LEADS.c.suspected)


def values(snapshot: Snapshot) -> dict[str, object]:
    """Return what upsert writes for a snapshot."""
    return {
        "portal": snapshot.portal,
        "key": snapshot.key,
        "step": snapshot.step,
        "seq": snapshot.seq,
        "kind": snapshot.kind.value,
        "fields": json.dumps(filled(snapshot.fields), ensure_ascii=False, sort_keys=True),
        "suspected": json.dumps(snapshot.suspected, ensure_ascii=False),
        "origin_missing": snapshot.origin_missing,
        "received_at": snapshot.received_at,
        "updated_at": snapshot.received_at,
        "changes": 1,
        "is_news": True,
        "is_first": True,
    }


def is_told(written: Row[int, bool, bool, str]) -> bool:
    """Whether somebody is to hear of what upsert wrote: it says something, and is no robot's as far as one can tell."""
    return bool(written.is_news) and written.suspected == _NONE


def notification(snapshot: Snapshot, channel: str, *, is_first: bool) -> dict[str, object]:
    """Return what the outbox keeps of something to tell: its id is the snapshot's place and the channel."""
    return {
        "id": f"{snapshot.portal}-{snapshot.key}-{snapshot.step}-{snapshot.seq}-{channel}",
        "portal": snapshot.portal,
        "key": snapshot.key,
        "channel": channel,
        "is_first": is_first,
        "due_at": snapshot.received_at,
        "attempts": 0,
    }


def key_hash(key: str) -> str:
    """Return what remains of an erased key."""
    return sha256(key.encode()).hexdigest()


def erased(snapshot: Snapshot) -> Select[Any]:
    """Return the query that finds something where a snapshot's key was erased."""
    return select(ERASED.c.portal).where(ERASED.c.portal == snapshot.portal, ERASED.c.key_hash == key_hash(snapshot.key))


def remember(dialect: Dialect) -> Insert:
    """Return the statement that notes erased keys, each once."""
    insert = postgresql.insert(ERASED) if dialect.name == "postgresql" else sqlite.insert(ERASED)
    return insert.on_conflict_do_nothing()


REMOVE = delete(LEADS).where(LEADS.c.portal == bindparam("portal"), LEADS.c.key == bindparam("key"))
"""Removes a lead, and with it what was to be told of it."""


TRY = update(VERSIONS).values(weight=case((VERSIONS.c.weight == "0" * _WEIGHT, "1" * _WEIGHT), else_="0" * _WEIGHT))
"""Writes as much as a lead may hold, and never what stands there already: SQLite would leave a page alone that stays the same."""
COUNT = select(LEADS.c.portal, func.count().label("leads")).group_by(LEADS.c.portal).order_by(LEADS.c.portal)
"""Counts every portal's leads."""
WAITING = select(func.count()).select_from(OUTBOX)
"""Counts what is still to be told."""


def of_portal(portal: str | None) -> ColumnElement[bool]:
    """Return the condition that a lead is a portal's; None: any portal's."""
    return true() if portal is None else LEADS.c.portal == portal


def leads(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Return the query for leads, the first received first."""
    return select(LEADS).where(*conditions).order_by(LEADS.c.received_at, LEADS.c.portal, LEADS.c.key)


def is_suspected(suspected: bool | None) -> ColumnElement[bool]:  # noqa: FBT001  # the one thing it is asked
    """Return the condition that a lead is suspected, or is not; None: either."""
    if suspected is None:
        return true()
    return LEADS.c.suspected != _NONE if suspected else LEADS.c.suspected == _NONE


def due(now: datetime, limit: int) -> Select[Any]:
    """Return the query for the ids of what is due, passing over what another is just taking."""
    return (
        select(OUTBOX.c.id)
        .where(OUTBOX.c.due_at <= now)
        .order_by(OUTBOX.c.due_at, OUTBOX.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # SQLite has one writer at a time and does not know this
    )


def take(ids: list[str], now: datetime, lease: timedelta) -> Update:
    """Return the statement that takes notifications until the lease ends."""
    return update(OUTBOX).where(OUTBOX.c.id.in_(ids)).values(due_at=now + lease, attempts=OUTBOX.c.attempts + 1)


def taken(ids: list[str]) -> Select[Any]:
    """Return the query for notifications with their leads."""
    columns = (OUTBOX.c.id, OUTBOX.c.channel, OUTBOX.c.is_first, OUTBOX.c.attempts, *LEADS.c)
    joined = OUTBOX.join(LEADS, and_(OUTBOX.c.portal == LEADS.c.portal, OUTBOX.c.key == LEADS.c.key))
    return select(*columns).select_from(joined).where(OUTBOX.c.id.in_(ids))


def lead(row: RowMapping) -> Lead:
    """Return the lead of a row."""
    return Lead(
        portal=row["portal"],
        key=row["key"],
        step=row["step"],
        seq=row["seq"],
        kind=Kind(row["kind"]),
        fields=json.loads(row["fields"]),
        received_at=row["received_at"],
        updated_at=row["updated_at"],
        suspected=tuple(json.loads(row["suspected"])),
        origin_missing=row["origin_missing"],
    )
