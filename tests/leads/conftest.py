"""Both databases, the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from site_builder.leads.store import Store
from tests.leads.postgres import Server, postgres

__all__ = ("postgres",)

NewStore = Callable[..., Store]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'leads.db'}"
    server = request.getfixturevalue("postgres")
    assert isinstance(server, Server)
    return server.new_database()


@pytest.fixture
def new_store(url: str) -> Iterator[NewStore]:
    """Open stores on one database, each with connections of its own; all are closed at the end."""
    opened: list[Store] = []

    def new(*channels: str) -> Store:
        opened.append(Store(url, channels=channels))
        return opened[-1]

    yield new
    for store in opened:
        store.close()


@pytest.fixture
def store(new_store: NewStore) -> Store:
    """A store that tells of leads by mail and webhook."""
    return new_store("mail", "webhook")
