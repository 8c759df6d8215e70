"""The receiver as an application: what stands at which address, and who may do what there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from site_builder.leads.snapshot import Snapshot
from site_builder.receive.address import READING, Address
from site_builder.receive.answers import preflight, taken, told, wants_page
from site_builder.receive.body import received
from site_builder.receive.desk import Desk, fresh_key
from site_builder.receive.inbox import Counted, Exported, Inbox
from site_builder.receive.judging import Arrival, Judged, judged
from site_builder.receive.logs import BLOCK, Log, Logged
from site_builder.receive.portals import Portal
from site_builder.receive.proof import Proof
from site_builder.receive.refusal import RefusedError


def application(portals: Sequence[Portal], desk: Desk, log: Log, *, inbox_token: str | None = None) -> ASGIApp:
    """Return the application. inbox_token: who knows it may read the leads; None: nobody may, over HTTP."""

    @asynccontextmanager
    async def running(_: ASGIApp) -> AsyncIterator[None]:
        yield
        desk.close()

    routes = [
        *(Route(path, _Form(portal, desk)) for portal in portals for path in (portal.path, f"{portal.path}/")),
        *(Route(f"{portal.path}/challenge", _Challenge(portal, desk)) for portal in portals if portal.proves),
        *(_inbox(portals, desk, inbox_token) if inbox_token is not None else ()),
        Route("/healthz", _Health(desk)),
    ]
    router = Router(routes, redirect_slashes=False, default=_Nowhere(), lifespan=running)
    return Logged(router, log, desk.block)


def _inbox(portals: Sequence[Portal], desk: Desk, token: str) -> tuple[Route, ...]:
    return (
        Route("/inbox", Counted(portals, desk, token)),
        Route("/inbox/{portal}", Inbox(portals, desk, token)),
        Route("/inbox/{portal}/export", Exported(portals, desk, token)),
    )


class _Form(Address):
    """Where a portal's form posts to."""

    methods = frozenset({"OPTIONS", "POST"})

    def __init__(self, portal: Portal, desk: Desk) -> None:
        self.portal: Portal = portal
        self.name = portal.id
        self._desk = desk

    async def answer(self, request: Request) -> Response:
        """Keep a submission, and say so when it is on the disk."""
        origin_missing = _has_no_origin(request, self.portal)
        if request.method == "OPTIONS":
            return preflight(self.portal, request)
        self._desk.admit(request.scope[BLOCK])
        found = await self._read(request, origin_missing=origin_missing)
        snapshot = await self._proved(found, request) if self.portal.proves else found.snapshot
        await self._desk.keep(snapshot)
        return taken(self.portal, request, self.portal.thanks_page(snapshot))

    async def _read(self, request: Request, *, origin_missing: bool) -> Judged:
        sent = await received(request.stream(), request.headers, self._desk.patience.body)
        return judged(self.portal, sent, Arrival(self._desk.clock(), fresh_key(), origin_missing))

    async def _proved(self, found: Judged, request: Request) -> Snapshot:
        """Return the snapshot, suspected where no work was done for it: a browser may be too old, or without scripts.

        A proof that is wrong, was used or has run out is refused where a script sent it, for that can do the work once more.
        """
        proof = await self._desk.prove(found.proof, found.snapshot.key)
        if proof is Proof.GOOD:
            return found.snapshot
        if proof is not Proof.MISSING and not wants_page(request):
            raise RefusedError(422, "proof", field="altcha")
        return replace(found.snapshot, suspected=(*found.snapshot.suspected, f"proof_{proof.value}"))


class _Challenge(Address):
    """Where a page asks for its proof of work."""

    methods = READING | {"OPTIONS"}

    def __init__(self, portal: Portal, desk: Desk) -> None:
        self.portal: Portal = portal
        self.name = f"{portal.id}/challenge"
        self._desk = desk

    async def answer(self, request: Request) -> Response:
        """Hand out a challenge."""
        _has_no_origin(request, self.portal)
        if request.method == "OPTIONS":
            return preflight(self.portal, request)
        if self._desk.proofs is None:
            raise RefusedError(404, "not_here")
        self._desk.admit(request.scope[BLOCK])
        return told(self._desk.proofs.challenge(), portal=self.portal, request=request)


class _Health(Address):
    """Where a watchman asks whether what is sent now could be kept."""

    name = "healthz"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answer(self, request: Request) -> Response:
        """Return 200 and how many notifications wait where it does, and 503 where it does not."""
        untold = await self._desk.untold()
        if untold is None:
            return told({"ok": False}, 503, request=request)
        return told({"ok": True, "untold": untold}, request=request)


class _Nowhere(Address):
    """Every other address."""

    methods = None

    async def answer(self, request: Request) -> Response:  # noqa: ARG002  # as every address
        """Refuse."""
        raise RefusedError(404, "not_here")


def _has_no_origin(request: Request, portal: Portal) -> bool:
    """Whether nobody says which page sent it, as where no script runs; raises RefusedError (403) for another's page."""
    said = request.headers.getlist("origin")
    if said in ([], ["null"]):
        return True
    if said != [portal.origin]:
        raise RefusedError(403, "foreign_origin")
    return False
