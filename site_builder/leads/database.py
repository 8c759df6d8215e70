"""A database by its URL: how it is opened so that what is committed is on the disk, and what its refusals mean."""

from __future__ import annotations

import os
import sqlite3
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from site_builder.leads.faults import StoreBusyError, StoreError, StoreLostError, StoreUnusableError

WAIT_SECONDS = 5
"""How long a call waits for others before it says that the store is busy."""
_SWITCHES = 50
_ANSWER_SECONDS = 30  # PostgreSQL: for whatever it is asked; a lost connection is noticed by then
_POSTGRES = frozenset({"postgres", "postgresql", "postgresql+pg8000"})
_BEGIN = "leads_begin"
# What SQLite answers when the same may work later: https://www.sqlite.org/rescode.html
_SQLITE_BUSY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_INTERRUPT,
    }
)
# The like of PostgreSQL, by class or code: https://www.postgresql.org/docs/15/errcodes-appendix.html
_POSTGRES_BUSY = ("08", "40", "53", "55", "57", "58", "25006")
_POSTGRES_LOST = ("08", "57P")


def open_engine(url: str) -> Engine:
    """Return the engine for sqlite:///file or postgresql://…, without connecting. Raises StoreUnusableError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreUnusableError("the database's URL cannot be read: write sqlite:///leads.db or postgresql://…") from None
    if parsed.drivername == "sqlite":
        return _sqlite(parsed)
    if parsed.drivername in _POSTGRES:
        return _postgres(parsed)
    raise StoreUnusableError("this database is not known here: write sqlite:///leads.db or postgresql://…")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection with a transaction that may write; leaving it commits, and every refusal is a StoreError."""
    with _told(), engine.connect().execution_options(**{_BEGIN: "BEGIN IMMEDIATE"}) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection with a transaction that only reads; every refusal is a StoreError."""
    with _told(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """Give a connection without a transaction, for what cannot stand in one; every refusal is a StoreError."""
    # SQLite is not asked for AUTOCOMMIT: on the way back that would switch the module's own transactions on.
    options = {_BEGIN: ""} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
    with _told(), engine.connect().execution_options(**options) as connection:
        yield connection


def sqlite_file(engine: Engine) -> Path | None:
    """Return the file of an SQLite database; None: it is PostgreSQL."""
    return Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None


@contextmanager
def new_file(path: Path) -> Iterator[None]:
    """Make an empty file that only its owner may read, to be filled; it is on the disk at the end, or gone after a failure."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise _unwritten(error) from None
    try:
        yield
        _sync(path)  # SQLite itself leaves a copy to the operating system
        _sync(path.parent)
    except BaseException as error:
        path.unlink()
        if isinstance(error, OSError):
            raise _unwritten(error) from None
        raise


def _unwritten(error: OSError) -> StoreUnusableError:
    return StoreUnusableError(f"the copy cannot be written: {(error.strerror or 'unknown reason').lower()}")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:") or url.query:
        raise StoreUnusableError("SQLite needs a file here, and nothing behind its name: sqlite:///leads.db")
    path = Path(url.database)

    def connect() -> sqlite3.Connection:
        # Made here and not by SQLite, so that nobody else may read it; what SQLite puts beside it has the same permissions.
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
            _sync(path.parent)  # its name too has to outlive a power cut
        except FileExistsError:
            pass
        except OSError as error:
            raise StoreUnusableError(f"the leads' file cannot be made: {(error.strerror or 'unknown reason').lower()}") from None
        # The module's own transactions are off: BEGIN IMMEDIATE is said by us.
        connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")  # a commit is on the disk when it returns
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
        return connection

    engine = create_engine(url, creator=connect, poolclass=QueuePool, pool_timeout=WAIT_SECONDS, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log: the one step for which SQLite does not wait itself while another process takes it."""
    for _ in range(_SWITCHES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in _SQLITE_BUSY:
                raise
            sleep(WAIT_SECONDS / _SWITCHES)
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: Connection) -> None:
    """Begin as a writer where one will write: a reader that becomes one could be refused half-way."""
    words = connection.get_execution_options().get(_BEGIN, "BEGIN")
    if words:
        connection.exec_driver_sql(words)


def _postgres(url: URL) -> Engine:
    arguments: dict[str, Any] = {"timeout": _ANSWER_SECONDS, "application_name": "portal"}
    for name, value in url.query.items():
        word = value if isinstance(value, str) else value[-1]
        if name == "sslmode":
            arguments["ssl_context"] = _encryption(word)
        elif name == "host" and word.startswith("/"):
            arguments["unix_sock"] = f"{word}/.s.PGSQL.{url.port or 5432}"
        elif name not in {"application_name", "connect_timeout", "channel_binding"}:
            raise StoreUnusableError(f'the database\'s URL says "{name}", which is not known here: leave it out')
    engine = create_engine(
        url.set(drivername="postgresql+pg8000", query={}),
        connect_args=arguments,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _keep_promises)
    event.listen(engine, "handle_error", _forget_lost)
    return engine


def _encryption(mode: str) -> ssl.SSLContext | None:
    """Return what libpq's sslmode asks for: verify-… knows the server, require only hides what is said, less is plain."""
    if mode in {"disable", "allow", "prefer"}:
        return None
    context = ssl.create_default_context()
    if mode in {"require", "verify-ca"}:
        context.check_hostname = False
    if mode == "require":
        context.verify_mode = ssl.CERT_NONE
    return context


def _keep_promises(connection: Any, record: object) -> None:  # noqa: ANN401, ARG001  # the driver's own connection; SQLAlchemy's signature
    """Set for this connection what the store stands on, whatever the server's default is."""
    cursor = connection.cursor()
    cursor.execute("SET synchronous_commit = on")  # a commit is on the disk when it returns
    cursor.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
    connection.commit()
    cursor.close()


def _forget_lost(context: ExceptionContext) -> None:
    """Have all connections opened anew once one of them is lost: the server was restarted, or cannot be reached."""
    if isinstance(context.original_exception, OSError | struct.error) or _is_lost(context.original_exception):
        context.is_disconnect = True


@contextmanager
def _told() -> Iterator[None]:
    """Turn a database's refusal into ours: whether the same may work later, and never what was being written."""
    try:
        yield
    except NoConnectionError:
        raise StoreBusyError("all connections to the database are in use") from None
    except DBAPIError as error:
        raise _refusal(error.orig) from None
    except (OSError, struct.error):
        raise StoreLostError("the connection to the database is lost") from None


def _refusal(error: BaseException | None) -> StoreError:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
        return (StoreBusyError if code & 0xFF in _SQLITE_BUSY else StoreUnusableError)(f"SQLite refuses: {name}")
    if error is None or _is_lost(error):
        return StoreLostError("the connection to the database is lost")
    state = _state(error)
    return (StoreBusyError if state.startswith(_POSTGRES_BUSY) else StoreUnusableError)(f"PostgreSQL refuses: {state}")


def _is_lost(error: BaseException) -> bool:
    """Whether PostgreSQL is gone: the driver's own error has no state, and a server that stops says so in its last words."""
    return not isinstance(error, sqlite3.Error) and _state(error).startswith(_POSTGRES_LOST)


def _state(error: BaseException) -> str:
    """Return the five characters by which PostgreSQL says what is wrong; 08000, a lost connection, where it said nothing."""
    said = error.args[0] if error.args else ""
    return str(said.get("C", "")) if isinstance(said, dict) else "08000"
