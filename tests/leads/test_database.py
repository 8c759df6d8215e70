"""Which databases are accepted, how they are asked for, and what a refusal says: never a password."""

from __future__ import annotations

import os
import sqlite3
import ssl
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import text

from site_builder.leads import database
from site_builder.leads.schema import VERSION
from site_builder.leads.store import Store, StoreBusyError, StoreUnusableError
from tests.leads.conftest import NewStore
from tests.leads.postgres import Server
from tests.leads.samples import snapshot


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("leads.db", id="a path alone"),
        pytest.param("", id="nothing"),
        pytest.param("mysql://ann:s3cret@db/leads", id="another database"),
        pytest.param("postgresql+psycopg2://ann:s3cret@db/leads", id="another driver"),
        pytest.param("postgresql://ann:s3cret@db:port/leads", id="a port that is no number"),
        pytest.param("postgresql://ann:s3cret@db/leads?options=-cfsync%3Doff", id="a setting that is not known"),
        pytest.param("sqlite://", id="SQLite without a file"),
        pytest.param("sqlite:///:memory:", id="SQLite in memory, where nothing would be kept"),
        pytest.param("sqlite:///leads.db?mode=memory", id="SQLite with settings"),
        pytest.param("sqlite:///file:leads?mode=memory&uri=true", id="SQLite by another kind of name"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(StoreUnusableError) as refused:
        Store(url)
    assert "s3cret" not in str(refused.value)
    assert refused.value.__context__ is None or refused.value.__suppress_context__


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+pg8000"])
def test_the_usual_names_of_postgresql_are_one(scheme: str, postgres: Server) -> None:
    store = Store(postgres.new_database().replace("postgresql", scheme, 1) + "?sslmode=prefer&connect_timeout=10")
    store.put(snapshot())
    store.close()


def asked(url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Return what the driver is asked for when a store is used for the first time; nobody answers it."""
    words: dict[str, object] = {}

    def connect(**options: object) -> object:
        words.update(options)
        raise ConnectionRefusedError

    monkeypatch.setattr("pg8000.connect", connect)
    with pytest.raises(StoreBusyError, match="lost"):
        Store(url).check()
    return words


def test_encryption_is_asked_for_as_libpq_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def context(mode: str) -> object:
        return asked(f"postgresql://db/leads?sslmode={mode}", monkeypatch)["ssl_context"]

    assert context("disable") is None
    required, chain, full = context("require"), context("verify-ca"), context("verify-full")
    assert isinstance(required, ssl.SSLContext)
    assert isinstance(chain, ssl.SSLContext)
    assert isinstance(full, ssl.SSLContext)
    assert (required.verify_mode, required.check_hostname) == (ssl.CERT_NONE, False)
    assert (chain.verify_mode, chain.check_hostname) == (ssl.CERT_REQUIRED, False)
    assert (full.verify_mode, full.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_a_socket_file_is_asked_for_as_libpq_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    words = asked("postgresql://leads@/leads?host=/run/postgresql", monkeypatch)
    assert words["unix_sock"] == "/run/postgresql/.s.PGSQL.5432"
    assert (words["user"], words["database"], words["timeout"]) == ("leads", "leads", 30)


def test_when_all_connections_are_in_use_the_store_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    engine = database.open_engine(f"sqlite:///{tmp_path / 'leads.db'}")
    with ExitStack() as stack:
        for _ in range(15):
            stack.enter_context(database.reading(engine))
        with pytest.raises(StoreBusyError, match="all connections"), database.reading(engine):
            pass
    engine.dispose()


def test_when_too_many_wait_to_write_the_store_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.leads.store.WAIT_SECONDS", 0.05)
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}")
    with store._in_turn(), pytest.raises(StoreBusyError, match="too many"):  # noqa: SLF001  # as a writer who takes his time
        store.put(snapshot())
    assert store.leads("harbour") == ()
    store.close()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'missing' / 'leads.db'}")
    with pytest.raises(StoreUnusableError, match="cannot be made: no such file or directory"):
        store.put(snapshot())


def test_a_file_that_is_no_database_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "leads.db").write_text("prospect,contact\n" * 100)
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}")
    with pytest.raises(StoreUnusableError, match="SQLITE_NOTADB"):
        store.put(snapshot())
    assert (tmp_path / "leads.db").read_text() == "prospect,contact\n" * 100


def test_a_database_that_does_not_exist_or_lets_nobody_in_is_said(postgres: Server) -> None:
    with pytest.raises(StoreUnusableError, match="3D000"):
        Store(f"postgresql://leads@127.0.0.1:{postgres.port}/missing").put(snapshot())
    with pytest.raises(StoreUnusableError, match="28000"):
        Store(f"postgresql://nobody:s3cret@127.0.0.1:{postgres.port}/postgres").put(snapshot())


def test_the_tables_of_a_newer_version_are_refused_and_left_alone(new_store: NewStore) -> None:
    store = new_store()
    store.put(snapshot())
    with store._writing() as connection:  # noqa: SLF001  # nothing else writes a version
        connection.execute(text("UPDATE lead_store SET version = :version"), {"version": VERSION + 1})
    newer = new_store()
    for refused in (lambda: newer.put(snapshot(2, 1)), lambda: newer.leads("harbour"), newer.check, newer.waiting):
        with pytest.raises(StoreUnusableError, match="a newer version"):
            refused()


def test_the_tables_of_the_version_before_are_taken_over_with_what_they_hold(new_store: NewStore) -> None:
    store = new_store()
    store.put(snapshot(suspected=("honeypot",)))
    with store._writing() as connection:  # noqa: SLF001  # back to what version 1 made
        connection.execute(text("ALTER TABLE leads DROP COLUMN is_first"))
        connection.execute(text("ALTER TABLE lead_store DROP COLUMN weight"))
        connection.execute(text("UPDATE lead_store SET version = 1"))
    for newer in (new_store("mail"), new_store("mail")):
        newer.put(snapshot(2, 1))
        assert newer.waiting() == 1
        assert newer.portals() == {"harbour": 1}
        assert newer.check() == 1


def test_a_store_that_cannot_be_written_is_not_well_though_it_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}")
    assert store.check() == 0
    with closing(sqlite3.connect(tmp_path / "leads.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="SQLITE_BUSY"):
            store.check()
        assert store.leads("harbour") == ()
        other.execute("ROLLBACK")
    assert store.check() == 0
    store.close()


def test_each_asking_writes_anew_as_much_as_a_lead_may_hold(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}")
    store.check()
    log = tmp_path / "leads.db-wal"
    for _ in range(3):
        before = log.stat().st_size
        store.check()
        assert log.stat().st_size - before >= 32 * 1024
    store.close()


def test_the_tables_locked_in_postgresql_are_not_well_either(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 1)
    url = postgres.new_database()
    store = Store(url, channels=("mail",))
    store.put(snapshot())
    assert store.check() == 1
    with closing(postgres.connect(url.rpartition("/")[2])) as other:
        other.run("BEGIN")
        other.run("LOCK TABLE lead_store IN EXCLUSIVE MODE")
        with pytest.raises(StoreBusyError, match="55P03"):
            store.check()
        other.run("ROLLBACK")
    store.close()


def test_nothing_is_opened_before_it_is_used(tmp_path: Path) -> None:
    Store(f"sqlite:///{tmp_path / 'leads.db'}")
    assert list(tmp_path.iterdir()) == []


BEGIN = """
import sys, time
from site_builder.leads.store import Store
store = Store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
store.check()
print("opened", flush=True)
"""


def test_processes_that_begin_at_the_same_time_make_the_tables_once(url: str) -> None:
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", BEGIN, url],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60) for process in processes] == [("opened\n", "")] * 4


def test_a_backup_is_refused_where_a_file_is_or_none_can_be(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}")
    store.put(snapshot())
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(StoreUnusableError, match="the copy cannot be written: file exists"):
        store.backup(tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "mine"
    with pytest.raises(StoreUnusableError, match="the copy cannot be written: no such file or directory"):
        store.backup(tmp_path / "missing" / "copy.db")
    store.close()


def test_a_backup_that_fails_leaves_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}")
    store.put(snapshot())

    def fail(_handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreUnusableError, match="the copy cannot be written: no space left on device"):
        store.backup(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    store.close()


def test_a_copy_the_database_cannot_finish_is_gone(tmp_path: Path) -> None:
    def fill(path: Path) -> None:
        with database.new_file(path):
            path.write_bytes(b"half")
            raise StoreBusyError

    with pytest.raises(StoreBusyError):
        fill(tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_of_postgresql_is_its_own_tools_work(postgres: Server, tmp_path: Path) -> None:
    store = Store(postgres.new_database())
    with pytest.raises(StoreUnusableError, match="pg_dump"):
        store.backup(tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_an_older_connection_does_not_keep_the_tables_of_others_locked(postgres: Server) -> None:
    url = postgres.new_database()
    store = Store(url)
    store.put(snapshot())
    store.check()
    with closing(postgres.connect(url.rpartition("/")[2])) as other:
        assert other.run("SELECT count(*) FROM pg_locks WHERE relation = 'leads'::regclass") == [[0]]
    store.close()
