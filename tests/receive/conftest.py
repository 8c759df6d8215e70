"""Both databases, the real ones, as the leads' own tests have them; and a thread without another event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.leads.conftest import url
from tests.leads.postgres import postgres

__all__ = ("postgres", "url")


@pytest.fixture(scope="module", autouse=True)
def _no_loop_left_running() -> Iterator[None]:
    """Hide Playwright's loop: where this worker drove a browser before, it stays marked as running between Playwright's calls."""
    hidden = asyncio._get_running_loop()  # noqa: SLF001  # asyncio lists both in __all__, for who brings loops of their own
    asyncio._set_running_loop(None)  # noqa: SLF001
    yield
    asyncio._set_running_loop(hidden)  # noqa: SLF001
