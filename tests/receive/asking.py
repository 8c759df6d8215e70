"""A receiver to ask without a network: its portals, a store that only remembers, and the requests a form makes."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode

import httpx
from limits import RateLimitItem, parse

from site_builder.leads.snapshot import Lead, Snapshot
from site_builder.leads.store import Outcome, Store
from site_builder.receive.app import application
from site_builder.receive.desk import Desk, Patience
from site_builder.receive.limits import Limits, Network
from site_builder.receive.logs import Log
from site_builder.receive.portals import Portal, received
from site_builder.receive.proof import Proofs
from tests.portals import settings

KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
ORIGIN = "https://refer.harbour.example"
PATH = "/r/harbour"
TOKEN = "a-token-of-some-length"
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
JO = {"prospect": "Jo Lee", "contact": "07700 900123", "referrer_contact": "07700 900456"}
FORM = "application/x-www-form-urlencoded"
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PLENTY = parse("1000000/second")


def portal(name: str = "harbour", **form: object) -> Portal:
    """A portal as the receiver knows it; a key given joins those of its form."""
    posts = {"backend": "receiver", "endpoint": f"https://leads.harbour.example/r/{name}", **form}
    return received(settings(base_url=f"https://refer.{name}.example/", form=posts))


HARBOUR = portal()


class Memory(Store):
    """Remembers what it is handed; fault: what it says instead."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.kept: list[Snapshot] = []
        self.fault = fault
        self.checks = 0

    def put(self, snapshot: Snapshot) -> Outcome:
        self._fail()
        self.kept.append(snapshot)
        return Outcome.CREATED

    def leads(self, portal: str, *, suspected: bool | None = False) -> tuple[Lead, ...]:
        assert suspected is None
        return tuple(
            Lead(s.portal, s.key, s.step, s.seq, s.kind, s.fields, s.received_at, s.received_at, s.suspected, s.origin_missing)
            for s in self.kept
            if s.portal == portal
        )

    def portals(self) -> Mapping[str, int]:
        self._fail()
        return {}

    def erase(self, *, key: str = "", email: str = "", portal: str | None = None) -> int:  # noqa: ARG002  # as the store has it
        self._fail()
        return 0

    def export(self, email: str, *, portal: str | None = None) -> tuple[Lead, ...]:  # noqa: ARG002  # as the store has it
        self._fail()
        return ()

    def check(self) -> int:
        self.checks += 1
        self._fail()
        return len(self.kept)

    def close(self) -> None:
        pass

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault


@dataclass(frozen=True)
class Wishes:
    """How a receiver is run for a test."""

    per_block: RateLimitItem = PLENTY
    in_all: RateLimitItem = PLENTY
    trusted: tuple[Network, ...] = ()
    altcha_key: str | None = None
    inbox_token: str | None = TOKEN
    patience: Patience = field(default_factory=Patience)
    portals: tuple[Portal, ...] = (HARBOUR,)


class Receiver:
    """A receiver and what a browser would ask of it, one after the other."""

    def __init__(self, runner: asyncio.Runner, store: Store, wishes: Wishes) -> None:
        self._runner = runner
        self.log = io.StringIO()
        limits = Limits(wishes.per_block, wishes.in_all, wishes.trusted)
        proofs = Proofs(wishes.altcha_key) if wishes.altcha_key else None
        self.desk = Desk(store, limits, proofs=proofs, clock=lambda: NOON, patience=wishes.patience)
        log = Log(self.log, lambda: NOON)
        self.app = application(wishes.portals, self.desk, log, inbox_token=wishes.inbox_token)

    def ask(
        self,
        method: str,
        path: str,
        content: bytes | AsyncIterator[bytes] | None = None,
        headers: Mapping[str, str] | list[tuple[str, str]] | None = None,
        peer: str = "203.0.113.9",
    ) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=(peer, 4711))
            async with httpx.AsyncClient(transport=transport, base_url="https://leads.harbour.example") as client:
                said = headers.items() if isinstance(headers, Mapping) else headers or ()
                raw = [(name.encode(), value.encode("latin-1")) for name, value in said]
                return await client.request(method, path, content=content, headers=raw)

        return self._runner.run(asked())

    def ask_at_once(self, path: str, times: int) -> list[httpx.Response]:
        """Ask for an address several times at the same moment."""

        async def asked() -> list[httpx.Response]:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="https://leads.harbour.example") as client:
                return await asyncio.gather(*(client.get(path) for _ in range(times)))

        return self._runner.run(asked())

    def post(
        self,
        fields: Mapping[str, str] | bytes,
        *,
        path: str = PATH,
        origin: str | None = ORIGIN,
        accept: str = "application/json",
        peer: str = "203.0.113.9",
        **headers: str,
    ) -> httpx.Response:
        """Send a form; bytes: a body as it is. Headers are named with underscores."""
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        usual = {"content-type": FORM, "accept": accept, **({"origin": origin} if origin is not None else {})}
        return self.ask("POST", path, body, {**usual, **{k.replace("_", "-"): v for k, v in headers.items()}}, peer)


@contextmanager
def receiver(store: Store | None = None, wishes: Wishes | None = None) -> Iterator[Receiver]:
    """Run a receiver for a test."""
    with asyncio.Runner() as runner:
        made = Receiver(runner, store or Memory(), wishes or Wishes())
        try:
            yield made
        finally:
            made.desk.close()


def fields(**changes: str) -> dict[str, str]:
    """What the script sends of Jo Lee; a name given replaces or joins the usual ones."""
    return {**JO, "ref_key": KEY, "ref_step": "1", "ref_seq": "1", "ref_kind": "referral", "ref_ms": "9000", **changes}
