"""The tables of the store, alike in both databases, and what becomes of those that are there already."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    false,
    inspect,
    select,
    text,
    update,
)

from site_builder.leads.faults import StoreUnusableError

VERSION = 2
"""The version of these tables. A change to them counts it up and says in prepare how to come from the one before."""
# Any number of our own, by which processes that begin at the same time wait for one another.
_LOCK = 7_305_808


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC, whether or not the database knows time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Write the time in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # as above
        """Read the time as UTC, which is what was written."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = MetaData()

VERSIONS = Table(
    "lead_store",
    METADATA,
    Column("version", Integer, nullable=False),
    Column("weight", Text, nullable=False, server_default=""),  # as long as the longest lead: written to see whether one can
)

LEADS = Table(
    "leads",
    METADATA,
    Column("portal", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("step", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("fields", Text, nullable=False),  # JSON, its names sorted and nothing empty: equal texts say the same
    Column("suspected", Text, nullable=False),  # JSON, a list of reasons; [] for none
    Column("origin_missing", Boolean, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("changes", Integer, nullable=False),  # 1 for a new lead, one more for each snapshot that changed it
    Column("is_news", Boolean, nullable=False),  # whether the last of them said anything that is to be told
    Column("is_first", Boolean, nullable=False, server_default=false()),  # and whether nothing was told of it before
)
"""One row for each key of each portal. A key another portal used is another lead: nobody reaches into a portal by a key."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("portal", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("is_first", Boolean, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    ForeignKeyConstraint(["portal", "key"], ["leads.portal", "leads.key"], ondelete="CASCADE"),
    Index("outbox_due", "due_at"),
    Index("outbox_lead", "portal", "key"),
)
"""What is still to be told. It holds nothing of the lead, so that an erased lead is gone from here too."""

ERASED = Table(
    "erased",
    METADATA,
    Column("portal", Text, primary_key=True),
    Column("key_hash", Text, primary_key=True),
)
"""Keys whose leads were erased, as sha256: a tab left open would otherwise bring them back."""


def prepare(connection: Connection) -> None:
    """Make the tables where there are none, in the connection's transaction; refuse those of a newer version."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if not inspect(connection).has_table(VERSIONS.name):
        METADATA.create_all(connection)
        connection.execute(VERSIONS.insert().values(version=VERSION))
        return
    version = connection.execute(select(VERSIONS.c.version)).scalar_one()
    if version > VERSION:
        raise StoreUnusableError(
            f"the leads were kept by a newer version of this program (tables {version}, known here {VERSION}): install that one"
        )
    if version < VERSION:
        for column in (
            "leads ADD COLUMN is_first BOOLEAN DEFAULT false NOT NULL",
            "lead_store ADD COLUMN weight TEXT DEFAULT '' NOT NULL",
        ):
            connection.execute(text(f"ALTER TABLE {column}"))  # from 1 to 2
        connection.execute(update(VERSIONS).values(version=VERSION))
