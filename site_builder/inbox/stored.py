"""The receiver's own database, read and erased from where it is; what it refuses is said in words that say what to mend."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from site_builder.inbox.places import Database, SourceError
from site_builder.leads.snapshot import Lead

if TYPE_CHECKING:
    from site_builder.leads.store import Store

VERSIONS: Final = "lead_store"
"""The table that every receiver's database has (leads/schema.py)."""
# What a refusal ends with (leads/database.py): SQLite's own names, and PostgreSQL's five letters.
_REASONS: Final[Mapping[str, str]] = {
    "SQLITE_NOTADB": "the file is no database; what another back end exported is read with --export",
    "SQLITE_CORRUPT": "the file is damaged; put a copy back that portal receive --backup made",
    "SQLITE_CANTOPEN": "it cannot be opened; run this as the user the receiver runs as",
    "SQLITE_PERM": "it may not be opened; run this as the user the receiver runs as",
    "SQLITE_READONLY": "it may not be written; run this as the user the receiver runs as",
    "28P01": "PostgreSQL does not take this user or password; see to DATABASE_URL",
    "28000": "PostgreSQL does not let this user in; see to DATABASE_URL and to its pg_hba.conf",
    "3D000": "there is no such database; see to the name at the end of DATABASE_URL",
    "42501": "this user may not read the leads; grant it what the receiver's has",
}


class Stored:
    """A portal's leads in the database. Every method raises SourceError."""

    def __init__(self, database: Database, portal: str) -> None:
        self._url = database.url
        self._portal = portal

    def leads(self, portal: str | None = None) -> tuple[Lead, ...]:
        """Return all leads, suspected ones too. portal: of another portal than its own."""
        with opened(self._url) as store:
            return store.leads(self._portal if portal is None else portal, suspected=None)

    def held(self, *, key: str = "", email: str = "") -> tuple[Lead, ...]:
        """Return what erase would erase, by one of the two."""
        with opened(self._url) as store:
            if email:
                return store.export(email, portal=self._portal)
            return tuple(lead for lead in store.leads(self._portal, suspected=None) if key and lead.key == key)

    def erase(self, *, key: str = "", email: str = "") -> int:
        """Erase somebody's leads, by one of the two, and return how many."""
        with opened(self._url) as store:
            return store.erase(key=key, email=email, portal=self._portal)

    def portals(self) -> Mapping[str, int]:
        """Return how many leads lie under each portal."""
        with opened(self._url) as store:
            return store.portals()


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """Give the receiver's store, closed afterwards; what it cannot do becomes a SourceError."""
    from site_builder.leads.faults import StoreLostError
    from site_builder.leads.store import Store, StoreBusyError, StoreError

    if _is_anothers(url):
        raise SourceError("this database holds something else than a receiver's leads, so nothing was done with it")
    try:
        store = Store(url)
        try:
            yield store
        finally:
            store.close()
    except StoreLostError:
        raise SourceError(
            "the leads' database does not answer; see to the host and port in DATABASE_URL, and whether PostgreSQL runs there"
        ) from None
    except StoreBusyError:
        raise SourceError("the leads' database is busy; run this again") from None
    except StoreError as error:
        raise SourceError(f"the leads' database cannot be used: {_reason(str(error))}") from None


def _is_anothers(url: str) -> bool:
    """Whether an SQLite file holds other tables alone: the store would put its own beside them."""
    file = re.fullmatch(r"sqlite:///([^?]+)", url)
    if file is None:
        return False
    try:
        with closing(sqlite3.connect(f"file:{quote(file[1])}?mode=ro", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return False  # what is wrong with it is told by the store
    return bool(tables) and VERSIONS not in tables


def _reason(said: str) -> str:
    """Return what a refusal means, and what it said where that is not known."""
    code = said.rpartition(" ")[2]
    # SQLite's names grow at their end: SQLITE_READONLY_DIRECTORY is a kind of SQLITE_READONLY.
    return next((words for name, words in _REASONS.items() if code.startswith(name)), said)
