"""What a database refuses is said in words that say what to mend, and without what its address holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from site_builder.inbox.places import Database, SourceError
from site_builder.inbox.stored import VERSIONS, Stored, opened
from site_builder.leads import schema
from site_builder.leads.faults import StoreBusyError, StoreLostError, StoreUnusableError
from site_builder.leads.snapshot import Kind, Snapshot
from tests.inbox.making import CAME, KEY, OTHER


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database with two leads of harbour's and one of quay's under the same key."""
    found = f"sqlite:///{tmp_path / 'leads.db'}"
    with opened(found) as store:
        for portal, key, contact in (
            ("harbour", KEY, "jo@lee.example"),
            ("harbour", OTHER, "1"),
            ("quay", KEY, "jo@lee.example"),
        ):
            store.put(Snapshot(portal, key, 1, 1, Kind.REFERRAL, {"prospect": "Jo", "contact": contact}, CAME))
    return found


def test_a_person_is_found_and_erased_in_their_portal_alone(url: str) -> None:
    asked = Stored(Database(url), "harbour")
    assert [each.key for each in asked.held(email="JO@lee.example")] == [KEY]
    assert [each.key for each in asked.held(key=OTHER)] == [OTHER]
    assert asked.held() == ()
    assert (asked.erase(email="jo@lee.example"), asked.erase(key=OTHER), asked.erase(key=OTHER)) == (1, 1, 0)
    assert asked.portals() == {"quay": 1}
    assert [each.portal for each in asked.leads("quay")] == ["quay"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (StoreLostError("the connection is lost"), "does not answer; see to the host and port in DATABASE_URL"),
        (StoreBusyError("locked"), "is busy; run this again"),
        (StoreUnusableError("SQLite refuses: SQLITE_NOTADB"), "the file is no database"),
        (StoreUnusableError("SQLite refuses: SQLITE_READONLY_DIRECTORY"), "as the user the receiver runs as"),
        (StoreUnusableError("PostgreSQL refuses: 28P01"), "does not take this user or password"),
        (StoreUnusableError("PostgreSQL refuses: 3D000"), "there is no such database"),
        (StoreUnusableError("PostgreSQL refuses: XX000"), "PostgreSQL refuses: XX000"),
        (StoreUnusableError("a newer version"), "a newer version"),
    ],
)
def test_a_refusal_says_what_to_mend(url: str, fault: Exception, words: str) -> None:
    with pytest.raises(SourceError, match=words), opened(url):
        raise fault


def test_a_server_that_is_not_there_is_said_without_its_password() -> None:
    with pytest.raises(SourceError, match="does not answer") as refused:
        Stored(Database("postgresql://leads:hunter2@127.0.0.1:1/leads"), "harbour").leads()
    assert "hunter2" not in str(refused.value)


def test_a_database_of_another_kind_is_said() -> None:
    with pytest.raises(SourceError, match="this database is not known here") as refused:
        Stored(Database("mysql://leads:hunter2@host/leads"), "harbour").leads()
    assert "hunter2" not in str(refused.value)


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a b%.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE accounts (name TEXT)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(SourceError, match="something else than a receiver's leads"):
        Stored(Database(f"sqlite:///{path}"), "harbour").leads()
    assert path.read_bytes() == before


def test_the_table_by_which_a_receivers_database_is_known_is_the_stores() -> None:
    assert schema.VERSIONS.name == VERSIONS


def test_a_file_that_is_damaged_is_said(tmp_path: Path) -> None:
    (tmp_path / "leads.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(SourceError, match="the file is no database"):
        Stored(Database(f"sqlite:///{tmp_path / 'leads.db'}"), "harbour").leads()
