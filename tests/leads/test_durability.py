"""A yes is a yes: what put() answered is there after kill -9, beside other processes, and only once it is on the disk."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from site_builder.leads import database
from site_builder.leads.store import Outcome, Store, StoreBusyError
from tests.leads.conftest import NewStore
from tests.leads.postgres import Server, running
from tests.leads.samples import KEY, NOON, OTHER_KEY, snapshot

ROOT = Path(__file__).parents[2]


@contextmanager
def writer(url: str, prefix: str, *count: str) -> Iterator[subprocess.Popen[str]]:
    """Run tests/leads/writer.py; whatever is left of it at the end is killed."""
    command = [sys.executable, "-m", "tests.leads.writer", url, prefix, *count]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def lines(process: subprocess.Popen[str], count: int = -1) -> list[str]:
    """Return so many lines of what a process says; -1: until it ends."""
    assert process.stdout is not None
    if count < 0:
        return process.stdout.read().splitlines()
    return [process.stdout.readline().strip() for _ in range(count)]


def assert_whole(store: Store) -> None:
    """Every lead has all its fields and its notification: nothing is half-written."""
    leads = store.leads("harbour")
    assert {lead.fields["prospect"] for lead in leads} == {f"Jo Lee {int(lead.key[4:], 16)}" for lead in leads}
    assert {notice.lead.key for notice in store.take_due(NOON, 100_000, timedelta(0))} == {lead.key for lead in leads}


def test_what_a_killed_process_was_told_is_kept_is_there(new_store: NewStore, url: str) -> None:
    acknowledged: list[str] = []
    for prefix in ("aaaa", "bbbb", "cccc"):
        with writer(url, prefix) as process:
            acknowledged += lines(process, 30)
            process.send_signal(signal.SIGKILL)
            acknowledged += lines(process)
    store = new_store("mail")
    kept = {lead.key for lead in store.leads("harbour")}
    assert len(acknowledged) >= 90
    assert kept >= set(acknowledged)
    assert len(kept) <= len(acknowledged) + 3, "at most the one each was in the middle of"
    assert_whole(store)
    assert store.put(snapshot(key="e" * 32, prospect="Jo Lee after")) is Outcome.CREATED


def test_two_processes_that_write_at_once_both_get_through(new_store: NewStore, url: str) -> None:
    with writer(url, "aaaa", "60") as one, writer(url, "bbbb", "60") as other:
        acknowledged = {*lines(one), *lines(other)}
    store = new_store("mail")
    assert len(acknowledged) == 120
    assert {lead.key for lead in store.leads("harbour")} == acknowledged
    assert_whole(store)


def test_what_postgresql_said_is_kept_is_there_after_its_own_crash() -> None:
    with running() as server:
        url = server.new_database()
        with writer(url, "aaaa") as process:
            acknowledged = lines(process, 50)
            server.stop("immediate")
            process.kill()
            acknowledged += lines(process)
        server.start()
        store = Store(url, channels=("mail",))
        assert {lead.key for lead in store.leads("harbour")} >= set(acknowledged)
        assert_whole(store)
        store.close()


def test_put_survives_a_restart_of_postgresql_and_says_busy_while_it_is_away() -> None:
    with running() as server:
        store = Store(server.new_database())
        store.put(snapshot(key="a" * 32))
        server.stop("fast")
        with pytest.raises(StoreBusyError, match="lost"):
            store.put(snapshot(key="b" * 32))
        server.start()
        store.put(snapshot(key="b" * 32))
        server.stop("immediate")
        server.start()
        assert store.put(snapshot(key="c" * 32)) is Outcome.CREATED, "the old connection is dead; a new one is opened"
        assert [lead.key[0] for lead in store.leads("harbour")] == ["a", "b", "c"]
        store.close()


def test_a_postgresql_that_was_never_there_is_busy() -> None:
    store = Store("postgresql://leads@127.0.0.1:1/leads")
    with pytest.raises(StoreBusyError, match="lost"):
        store.put(snapshot())


def test_the_promise_holds_where_the_servers_default_is_not_to_wait_for_the_disk(postgres: Server) -> None:
    url = postgres.new_database()
    with closing(postgres.connect()) as connection:
        connection.run(f"ALTER DATABASE {url.rpartition('/')[2]} SET synchronous_commit = off")
    engine = database.open_engine(url)
    with database.reading(engine) as told:
        assert told.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    engine.dispose()


def test_sqlite_waits_for_the_disk_and_checks_references(tmp_path: Path) -> None:
    engine = database.open_engine(f"sqlite:///{tmp_path / 'leads.db'}")
    with database.reading(engine) as connection:
        said = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous")}
        assert said == {"journal_mode": "wal", "synchronous": 2}
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 5000
    engine.dispose()


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace counts the syncs")
def test_sqlite_syncs_once_a_commit(tmp_path: Path) -> None:
    counts = [_syncs(tmp_path / str(commits), commits) for commits in (10, 60)]
    assert counts[1] - counts[0] == 50


def _syncs(folder: Path, commits: int) -> int:
    folder.mkdir()
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(folder / "trace"), sys.executable, "-m"]
    url = f"sqlite:///{folder / 'leads.db'}"
    subprocess.run([*command, "tests.leads.writer", url, "aaaa", str(commits)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return len(re.findall(r"f(?:data)?sync\(\d+\) += 0", (folder / "trace").read_text()))


def test_a_file_another_process_is_writing_to_is_busy_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}", channels=("mail",))
    store.put(snapshot(key=KEY))
    with closing(sqlite3.connect(tmp_path / "leads.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with pytest.raises(StoreBusyError, match="SQLITE_BUSY"):
            store.put(snapshot(key=OTHER_KEY))
        assert time.monotonic() - started < 2
        assert [lead.key for lead in store.leads("harbour")] == [KEY], "readers are not in the way of a writer, nor he in theirs"
        other.execute("COMMIT")
    assert store.put(snapshot(key=OTHER_KEY)) is Outcome.CREATED
    store.close()


def test_a_row_another_locks_for_long_is_busy(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 1)
    url = postgres.new_database()
    store = Store(url)
    store.put(snapshot(1, 1))
    with closing(postgres.connect(url.rpartition("/")[2])) as other:
        other.run("BEGIN")
        other.run("LOCK TABLE leads")
        with pytest.raises(StoreBusyError, match="55P03"):
            store.put(snapshot(2, 1))
        other.run("COMMIT")
    assert store.put(snapshot(2, 1)) is Outcome.UPDATED
    store.close()


def test_a_full_disk_is_busy_keeps_nothing_by_halves_and_all_that_was_said(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}", channels=("mail", "webhook"))
    store.put(snapshot(key=f"{0:032x}", note="x" * 1000))
    _most_pages(store, pages=40)
    kept = 1
    while _fits(store, kept):
        kept += 1
    with pytest.raises(StoreBusyError, match="SQLITE_FULL"):
        store.put(snapshot(key=f"{kept:032x}", note="x" * 1000))
    assert [lead.key for lead in store.leads("harbour")] == [f"{number:032x}" for number in range(kept)]
    assert store.waiting() == 2 * kept, "no notification of a lead that is not there"
    _most_pages(store, pages=1000)
    assert store.put(snapshot(key=f"{kept:032x}", note="x" * 1000)) is Outcome.CREATED
    store.close()


def _fits(store: Store, number: int) -> bool:
    try:
        return store.put(snapshot(key=f"{number:032x}", note="x" * 1000)) is Outcome.CREATED
    except StoreBusyError:
        return False


def _most_pages(store: Store, pages: int) -> None:
    """Let the file grow to so many pages and no further, as a full disk does; of the store's one open connection."""
    with database.alone(store._engine) as connection:  # noqa: SLF001  # the limit is the connection's own
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from site_builder.leads.store import Store, StoreBusyError
from tests.leads.samples import snapshot
store = Store(sys.argv[1], channels=("mail",))
store.put(snapshot(key=f"{0:032x}", note="x" * 1000))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
for number in range(1, 1000):
    try:
        store.put(snapshot(key=f"{number:032x}", note="x" * 1000))
    except StoreBusyError as error:
        print(number, error)
        break
"""


def test_a_log_that_cannot_grow_is_busy_and_the_file_stays_whole(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'leads.db'}"
    said = subprocess.run([sys.executable, "-c", LIMITED, url], check=True, cwd=ROOT, capture_output=True, text=True, timeout=60)
    number, _, words = said.stdout.partition(" ")
    assert re.match(r"SQLite refuses: SQLITE_(IOERR|FULL)", words)
    store = Store(url, channels=("mail",))
    assert [lead.key for lead in store.leads("harbour")] == [f"{kept:032x}" for kept in range(int(number))]
    assert store.waiting() == int(number)
    with closing(sqlite3.connect(tmp_path / "leads.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    store.close()


def test_nothing_of_an_erased_lead_is_left_in_the_files(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}", channels=("mail",))
    for number in range(50):
        store.put(snapshot(key=f"{number:032x}", prospect="Ann", note="y" * 3000))
    store.put(snapshot(1, 1, contact="zebulon@lee.example", note="z" * 6000))
    store.put(snapshot(2, 1, contact="zebulon@lee.example", note="short"))
    assert _found_in(tmp_path, b"zebulon")
    assert store.erase(email="zebulon@lee.example") == 1
    assert not _found_in(tmp_path, b"zebulon")
    assert not _found_in(tmp_path, b"zzzz"), "nor of what an earlier step said"
    assert not _found_in(tmp_path, KEY.encode())
    assert len(store.leads("harbour")) == 50
    store.close()


def test_a_reader_who_holds_the_log_is_told_of_and_the_same_again_sees_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}")
    store.put(snapshot(contact="zebulon@lee.example"))
    with closing(sqlite3.connect(tmp_path / "leads.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM leads").fetchall()
        with pytest.raises(StoreBusyError, match="do the same again"):
            store.erase(key=KEY)
        reader.execute("COMMIT")
    assert store.erase(key=KEY) == 0
    assert not _found_in(tmp_path, b"zebulon")
    store.close()


def test_nothing_of_an_erased_lead_is_left_in_postgresqls_table(postgres: Server) -> None:
    url = postgres.new_database()
    store = Store(url, channels=("mail",))
    store.put(snapshot(key="a" * 32, prospect="Ann", note="beside it"))
    store.put(snapshot(1, 1, contact="zebulon@lee.example"))
    store.put(snapshot(2, 1, contact="zebulon@lee.example", note="more"))
    base = postgres.folder / "data" / "base"
    with closing(postgres.connect(url.rpartition("/")[2])) as connection:
        connection.run("CHECKPOINT")
        assert _found_in(base, b"zebulon")
        store.erase(key=KEY)
        connection.run("CHECKPOINT")
    assert not _found_in(base, b"zebulon")
    store.close()


def _found_in(folder: Path, marker: bytes) -> bool:
    return any(marker in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_backup_is_whole_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}")
    store.put(snapshot())
    store.backup(tmp_path / "copy of leads.db")
    store.put(snapshot(key=OTHER_KEY))
    copy = Store(f"sqlite:///{tmp_path / 'copy of leads.db'}")
    assert [lead.key for lead in copy.leads("harbour")] == [KEY]
    for name in ("leads.db", "leads.db-wal", "copy of leads.db"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    copy.close()
    store.close()
