"""Where submissions are kept until portal inbox fetches them: SQLite in a file, or PostgreSQL.

    store = Store("sqlite:///leads.db", channels=("mail",))      # or postgresql://user:password@host/database
    outcome = store.put(snapshot)                                # returns when it is on the disk, raises StoreError otherwise

Every method may be called from any thread, blocks, and raises StoreBusyError or StoreUnusableError (leads/faults.py), having
changed nothing. The database and its schema are opened at the first use, not by Store(...), which only reads the URL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, text, update

from site_builder.leads import queries
from site_builder.leads.database import WAIT_SECONDS, alone, new_file, open_engine, reading, sqlite_file, writing
from site_builder.leads.faults import StoreBusyError, StoreError, StoreLostError, StoreUnusableError
from site_builder.leads.schema import LEADS, OUTBOX, prepare
from site_builder.leads.snapshot import Lead, Snapshot, mentions

__all__ = ("LEASE", "Due", "Outcome", "Store", "StoreBusyError", "StoreError", "StoreUnusableError")

LEASE = timedelta(minutes=5)
"""How long a notification stays with the one who took it, before it is due again."""


class Outcome(StrEnum):
    """What became of a snapshot. All four are a success to whoever sent it."""

    CREATED = "created"
    UPDATED = "updated"
    KEPT = "kept"
    """Nothing changed: what is there goes as far, or further."""
    ERASED = "erased"
    """Nothing is kept: the lead under this key was erased, and does not come back."""


@dataclass(frozen=True, slots=True)
class Due:
    """A notification to send. id: the same whenever it is sent again, and in no other notification; channel: "mail" or the like.

    lead: as it stands now, not as it stood when it was written down; is_first: nothing was told of this lead before;
    attempts: how often it was taken, 1 for the first time.
    """

    id: str
    channel: str
    lead: Lead
    is_first: bool
    attempts: int


class Store:
    """The leads of one or many portals, and what is still to be told about them."""

    def __init__(self, url: str, *, channels: Sequence[str] = ()) -> None:
        """Read the URL; channels: by which ways every lead is to be told, () for none. Raises StoreUnusableError."""
        self._engine = open_engine(url)
        self._channels = tuple(channels)
        self._upsert = queries.upsert(self._engine.dialect)
        # SQLite has one writer at a time. Ours wait here in turn; at the file they would sleep and try again.
        self._turn = Lock() if sqlite_file(self._engine) else None
        self._opening = Lock()
        self._is_open = False

    def put(self, snapshot: Snapshot) -> Outcome:
        """Keep a snapshot, and return when it is committed and on the disk.

        One further than what is there (newer) takes its place whole; any other changes nothing, but that the first clean one
        clears a suspected lead for good. What is new or says more than before is noted for every channel in the same
        transaction, unless the lead is suspected; the first thing told of a lead is so marked.
        """
        try:
            return self._put(snapshot)
        except StoreLostError:  # the server was restarted; whether it heard the last words or not, the same again does no harm
            return self._put(snapshot)

    def leads(self, portal: str, *, suspected: bool | None = False) -> tuple[Lead, ...]:
        """Return a portal's leads, the first received first; suspected: only such (True), none (False), or both (None)."""
        with self._reading() as connection:
            query = queries.leads(LEADS.c.portal == portal, queries.is_suspected(suspected))
            return tuple(queries.lead(row) for row in connection.execute(query).mappings())

    def portals(self) -> Mapping[str, int]:
        """Return how many leads each portal has, suspected ones too; a portal without any is not in it."""
        with self._reading() as connection:
            return {row.portal: row.leads for row in connection.execute(queries.COUNT)}

    def take_due(self, now: datetime, limit: int, lease: timedelta = LEASE) -> tuple[Due, ...]:
        """Take at most limit notifications due by now, the longest due first; nobody else gets them until now + lease.

        Each is to be answered by done() or failed(); one that never is, since the sender was killed, comes due again.
        """
        with self._writing() as connection:
            ids = list(connection.execute(queries.due(now, limit)).scalars())
            if not ids:
                return ()
            connection.execute(queries.take(ids, now, lease))
            rows = {row["id"]: row for row in connection.execute(queries.taken(ids)).mappings()}
        return tuple(
            Due(name, rows[name]["channel"], queries.lead(rows[name]), rows[name]["is_first"], rows[name]["attempts"])
            for name in ids
        )

    def done(self, notification: str) -> None:
        """Strike a notification off by its id; nothing happens if it is gone."""
        with self._writing() as connection:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.id == notification))

    def failed(self, notification: str, next_at: datetime) -> None:
        """Put a notification off, by its id; nothing happens if it is gone."""
        with self._writing() as connection:
            connection.execute(update(OUTBOX).where(OUTBOX.c.id == notification).values(due_at=next_at))

    def waiting(self) -> int:
        """Count the notifications that are not sent yet."""
        with self._reading() as connection:
            return connection.execute(queries.WAITING).scalar_one()

    def erase(self, *, key: str = "", email: str = "", portal: str | None = None) -> int:
        """Remove the leads under a key, or all in which an e-mail address stands, and return how many; portal None: of all.

        Nothing of them is left in the database's files (on PostgreSQL: but for its own write-ahead log and backups), and a
        snapshot under an erased key is not kept again. A StoreBusyError may also mean that the leads are gone, but not yet from
        the files: the same again sees to it. Exactly one of key and email is given: ValueError otherwise.
        """
        if bool(key) == bool(email):
            raise ValueError("a key or an e-mail address is given, and not both")
        with self._writing() as connection:
            wanted = (LEADS.c.key == key,) if key else ()
            rows = [queries.lead(row) for row in connection.execute(self._found(portal, *wanted)).mappings()]
            leads = [lead for lead in rows if key or mentions(lead.fields, email)]
            if leads:
                places = [{"portal": lead.portal, "key": lead.key} for lead in leads]
                hashes = [{"portal": lead.portal, "key_hash": queries.key_hash(lead.key)} for lead in leads]
                connection.execute(queries.remember(self._engine.dialect), hashes)
                connection.execute(queries.REMOVE, places)
        self._overwrite()
        return len(leads)

    def export(self, email: str, *, portal: str | None = None) -> tuple[Lead, ...]:
        """Return every lead in which an e-mail address stands, suspected ones too: what erase would remove."""
        with self._reading() as connection:
            rows = [queries.lead(row) for row in connection.execute(self._found(portal)).mappings()]
        return tuple(lead for lead in rows if mentions(lead.fields, email))

    def retire(self, before: datetime, *, portal: str | None = None) -> int:
        """Remove the leads that nothing was added to since before, and return how many; nothing of them is left, as by erase."""
        with self._writing() as connection:
            removed = connection.execute(delete(LEADS).where(LEADS.c.updated_at < before, queries.of_portal(portal))).rowcount
        self._overwrite()
        return removed

    def backup(self, path: Path) -> None:
        """Write a whole copy of an SQLite store to a new file, while others go on writing.

        Raises StoreUnusableError on PostgreSQL, whose tool is pg_dump, and for a path that is taken or cannot be written.
        """
        if sqlite_file(self._engine) is None:
            raise StoreUnusableError("these leads are in PostgreSQL: make the copy with its own tool, pg_dump")
        self._open()
        with new_file(path), alone(self._engine) as connection:
            connection.execute(text("VACUUM INTO :path"), {"path": str(path)})

    def check(self) -> int:
        """Say by returning that the store can be written, and how many notifications are not sent yet (for /healthz).

        It writes as much as a lead may hold and commits, for nothing less notices a full disk: not to be asked often.
        """
        with self._writing() as connection:
            connection.execute(queries.TRY)
            return connection.execute(queries.WAITING).scalar_one()

    def close(self) -> None:
        """Let go of all connections; the next call opens new ones."""
        self._engine.dispose()

    def _put(self, snapshot: Snapshot) -> Outcome:
        with self._writing() as connection:
            written = connection.execute(self._upsert, queries.values(snapshot)).first()
            if written is None:
                return Outcome.KEPT
            # Asked now and not before: by now an erasure going on elsewhere has ended, since the row was waited for.
            if connection.execute(queries.erased(snapshot)).first():
                connection.rollback()
                return Outcome.ERASED
            if queries.is_told(written) and self._channels:
                rows = [queries.notification(snapshot, channel, is_first=written.is_first) for channel in self._channels]
                connection.execute(OUTBOX.insert(), rows)
        return Outcome.CREATED if written.changes == 1 else Outcome.UPDATED

    def _found(self, portal: str | None, *conditions: ColumnElement[bool]) -> Select[Any]:
        return queries.leads(queries.of_portal(portal), *conditions)

    def _overwrite(self) -> None:
        """Leave nothing of what was removed in the database's files."""
        with self._in_turn(), alone(self._engine) as connection:
            if self._turn is None:
                connection.execute(text("VACUUM FULL leads"))
                connection.execute(text("VACUUM FULL outbox"))
            # secure_delete has overwritten the pages; the log still holds what they were.
            elif connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one():
                raise StoreBusyError("the leads are removed, but somebody reading keeps them in the log: do the same again")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Give a transaction that may write, in turn, which is committed on leaving."""
        self._open()
        with self._in_turn(), writing(self._engine) as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._open()
        with reading(self._engine) as connection:
            yield connection

    def _open(self) -> None:
        """Make or judge the tables, once."""
        if self._is_open:
            return
        with self._opening:
            if not self._is_open:
                with writing(self._engine) as connection:
                    prepare(connection)
                self._is_open = True

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=WAIT_SECONDS):
            raise StoreBusyError("too many are writing at once")
        try:
            yield
        finally:
            self._turn.release()
