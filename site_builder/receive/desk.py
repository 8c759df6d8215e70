"""Between the requests, which wait for one another nowhere, and the store, whose every call blocks."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Final, TypeVar

from starlette.types import Scope

from site_builder.leads.faults import StoreError
from site_builder.leads.snapshot import Lead, Snapshot
from site_builder.leads.store import Store
from site_builder.receive.limits import Limits
from site_builder.receive.proof import Proof, Proofs
from site_builder.receive.refusal import RefusedError

T = TypeVar("T")

_TRY_AGAIN: Final = 5
_CHECKED: Final = 1.0
"""Seconds for which the last answer of the store counts: whoever asks often costs nothing."""


def now() -> datetime:
    """Return the present in UTC."""
    return datetime.now(UTC)


def fresh_key() -> str:
    """Return a key for a form that has none."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a visitor has for a body, and the store for a call."""

    body: float = 10.0
    store: float = 15.0


class Desk:
    """What all of a receiver's addresses share.

    threads: how many calls of the store run at once. SQLite lets one write at a time anyway: one thread never finds it locked.
    """

    def __init__(
        self,
        store: Store,
        limits: Limits,
        *,
        proofs: Proofs | None = None,
        threads: int = 1,
        clock: Callable[[], datetime] = now,
        patience: Patience = Patience(),  # frozen: nobody changes the usual one
    ) -> None:
        """proofs: None where no proof of work is asked."""
        self._store = store
        self._limits = limits
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="store")
        self._checked: tuple[float, int | None] = (float("-inf"), None)
        self._checking = asyncio.Lock()
        self.proofs = proofs
        self.clock = clock
        self.patience = patience

    def block(self, scope: Scope) -> str:
        """Return the block of addresses a request comes from."""
        forwarded = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
        client = scope.get("client")
        return self._limits.block(client[0] if client else None, forwarded)

    def admit(self, block: str) -> None:
        """Count a request; raises RefusedError (429) where it is one too many."""
        seconds = self._limits.wait(block)
        if seconds:
            raise RefusedError(429, "too_many", retry_after=seconds)

    async def keep(self, snapshot: Snapshot) -> None:
        """Return when a snapshot is on the disk; raises RefusedError (503) where that cannot be said."""
        await self._ask(lambda: self._store.put(snapshot))

    async def leads(self, portal: str) -> tuple[Lead, ...]:
        """Return a portal's leads, suspected ones among them; raises RefusedError (503)."""
        return await self._ask(lambda: self._store.leads(portal, suspected=None))

    async def portals(self) -> Mapping[str, int]:
        """Return how many leads lie under which portal; raises RefusedError (503)."""
        return await self._ask(self._store.portals)

    async def erase(self, portal: str, *, key: str, email: str) -> int:
        """Erase a portal's leads by one of the two, "" for the other, and return how many; raises RefusedError (503)."""
        return await self._ask(lambda: self._store.erase(key=key, email=email, portal=portal))

    async def export(self, portal: str, email: str) -> tuple[Lead, ...]:
        """Return a portal's leads in which an e-mail address stands; raises RefusedError (503)."""
        return await self._ask(lambda: self._store.export(email, portal=portal))

    async def untold(self) -> int | None:
        """Return how many notifications are not sent yet, None where the store cannot be written; asked once a second at most.

        Whoever asks at the same time waits for the same answer: however many they are, the disk is written once.
        """
        async with self._checking:
            at, untold = self._checked
            if monotonic() - at >= _CHECKED:
                try:
                    untold = await self._ask(self._store.check)
                except RefusedError:
                    untold = None
                self._checked = (monotonic(), untold)
            return untold

    async def prove(self, sent: str, key: str) -> Proof:
        """Return what a proof of work is worth; good where none is asked."""
        if self.proofs is None:
            return Proof.GOOD
        return await asyncio.to_thread(self.proofs.judge, sent, key)

    def close(self) -> None:
        """Wait for the calls that are under way, and take no more."""
        self._threads.shutdown(wait=True)

    async def _ask(self, call: Callable[[], T]) -> T:
        """Run a call of the store in a thread of its own.

        One that waited too long is not begun any more. One that is under way goes on, and what it keeps is kept: nobody was
        told so, and the same snapshot again changes nothing.
        """
        try:
            async with asyncio.timeout(self.patience.store):
                return await asyncio.get_running_loop().run_in_executor(self._threads, call)
        except (StoreError, TimeoutError):
            raise RefusedError(503, "busy", retry_after=_TRY_AGAIN) from None
