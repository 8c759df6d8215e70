"""The receiver as an application: what stands at which address, and who may do what there."""

from __future__ import annotations

import hmac
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from site_builder.leads.snapshot import Snapshot
from site_builder.leads.wire import as_json
from site_builder.receive.answers import preflight, refused, taken, told, wants_page
from site_builder.receive.body import media_type, parsed, whole
from site_builder.receive.desk import Desk, fresh_key
from site_builder.receive.judging import Arrival, Judged, judged
from site_builder.receive.logs import BLOCK, ROUTE, Log, Logged
from site_builder.receive.portals import Portal
from site_builder.receive.proof import Proof
from site_builder.receive.refusal import RefusedError

_READING: Final = frozenset({"GET", "HEAD"})


def application(portals: Sequence[Portal], desk: Desk, log: Log, *, inbox_token: str | None = None) -> ASGIApp:
    """Return the application. inbox_token: who knows it may read the leads; None: nobody may, over HTTP."""

    @asynccontextmanager
    async def running(_: ASGIApp) -> AsyncIterator[None]:
        yield
        desk.close()

    routes = [
        *(Route(path, _Form(portal, desk)) for portal in portals for path in (portal.path, f"{portal.path}/")),
        *(Route(f"{portal.path}/challenge", _Challenge(portal, desk)) for portal in portals if portal.proves),
        Route("/inbox/{portal}", _Inbox(portals, desk, inbox_token)),
        Route("/healthz", _Health(desk)),
    ]
    router = Router(routes, redirect_slashes=False, default=_Nowhere(), lifespan=running)
    return Logged(router, log, desk.block)


class _Address(ABC):
    """One address: answers, or is refused; portal: whose form it belongs to, None for none."""

    portal: Portal | None = None
    name = "-"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[ROUTE] = self.name
        request = Request(scope, receive)
        try:
            response = await self.answer(request)
        except RefusedError as refusal:
            response = refused(refusal, self.portal, request)
        except ClientDisconnect:
            return  # nobody is left to answer
        await response(scope, receive, send)

    @abstractmethod
    async def answer(self, request: Request) -> Response:
        """Answer a request; raises RefusedError, and ClientDisconnect where it was broken off."""


class _Form(_Address):
    """Where a portal's form posts to."""

    def __init__(self, portal: Portal, desk: Desk) -> None:
        self.portal: Portal = portal
        self.name = portal.id
        self._desk = desk

    async def answer(self, request: Request) -> Response:
        """Keep a submission, and say so when it is on the disk."""
        if request.method not in {"POST", "OPTIONS"}:
            raise RefusedError(405, "only_post")
        origin_missing = _has_no_origin(request, self.portal)
        if request.method == "OPTIONS":
            return preflight(self.portal, request)
        self._desk.admit(request.scope[BLOCK])
        found = await self._read(request, origin_missing=origin_missing)
        snapshot = await self._proved(found, request) if self.portal.proves else found.snapshot
        await self._desk.keep(snapshot)
        return taken(self.portal, request, self.portal.thanks_page(snapshot))

    async def _read(self, request: Request, *, origin_missing: bool) -> Judged:
        headers = request.headers
        kind = media_type(headers.getlist("content-type"), headers.getlist("content-encoding"))
        body = await whole(request.stream(), headers.getlist("content-length"), self._desk.patience.body)
        return judged(self.portal, parsed(kind, body), Arrival(self._desk.clock(), fresh_key(), origin_missing))

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


class _Challenge(_Address):
    """Where a page asks for its proof of work."""

    def __init__(self, portal: Portal, desk: Desk) -> None:
        self.portal: Portal = portal
        self.name = f"{portal.id}/challenge"
        self._desk = desk

    async def answer(self, request: Request) -> Response:
        """Hand out a challenge."""
        _has_no_origin(request, self.portal)
        if request.method == "OPTIONS":
            return preflight(self.portal, request)
        if request.method not in _READING:
            raise RefusedError(405, "only_post")
        if self._desk.proofs is None:
            raise RefusedError(404, "not_here")
        self._desk.admit(request.scope[BLOCK])
        return told(self._desk.proofs.challenge(), portal=self.portal, request=request)


class _Inbox(_Address):
    """Where portal inbox fetches the leads."""

    name = "inbox"

    def __init__(self, portals: Sequence[Portal], desk: Desk, token: str | None) -> None:
        self._known = frozenset(portal.id for portal in portals)
        self._desk = desk
        self._token = token

    async def answer(self, request: Request) -> Response:
        """Return the leads of a portal; without a token this address does not exist, and wrong ones are counted."""
        if self._token is None:
            raise RefusedError(404, "not_here")
        if request.method not in _READING:
            raise RefusedError(405, "not_here")
        self._desk.admit(request.scope[BLOCK])
        if not _is_bearer(request.headers.getlist("authorization"), self._token):
            raise RefusedError(401, "unauthorised")
        portal = request.path_params["portal"]
        if portal not in self._known:
            raise RefusedError(404, "not_here")
        leads = await self._desk.leads(portal)
        return told({"portal": portal, "leads": [as_json(lead) for lead in leads]}, request=request)


class _Health(_Address):
    """Where a watchman asks whether the store answers."""

    name = "healthz"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answer(self, request: Request) -> Response:
        """Return 200 where it does and 503 where it does not."""
        if request.method not in _READING:
            raise RefusedError(405, "not_here")
        well = await self._desk.is_well()
        return told({"ok": well}, 200 if well else 503, request=request)


class _Nowhere(_Address):
    """Every other address."""

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


def _is_bearer(said: Sequence[str], token: str) -> bool:
    """Whether the one Authorization is the token's; however much of it is right, comparing takes as long."""
    if len(said) != 1:
        return False
    scheme, _, secret = said[0].partition(" ")
    return hmac.compare_digest(secret.strip().encode(), token.encode()) and scheme.casefold() == "bearer"
