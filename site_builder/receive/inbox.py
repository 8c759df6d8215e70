"""What whoever knows the inbox's token may do: count and fetch the leads, and take out or erase one person's.

A person's key or e-mail address comes in a body, so that it stands in no log on the way.
"""

from __future__ import annotations

import hmac
from abc import abstractmethod
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from site_builder.leads.wire import as_json
from site_builder.receive.address import READING, Address
from site_builder.receive.answers import told
from site_builder.receive.body import JSON, received
from site_builder.receive.desk import Desk
from site_builder.receive.logs import BLOCK
from site_builder.receive.portals import Portal
from site_builder.receive.refusal import RefusedError


class _Guarded(Address):
    """An address behind the token; wrong ones are counted like everything that is sent."""

    name = "inbox"

    def __init__(self, portals: Sequence[Portal], desk: Desk, token: str) -> None:
        self._known = frozenset(portal.id for portal in portals)
        self._desk = desk
        self._token = token

    async def answer(self, request: Request) -> Response:
        """Return what is asked for, to the token alone; a portal that is not served here is not there."""
        self._desk.admit(request.scope[BLOCK])
        if not _is_bearer(request.headers.getlist("authorization"), self._token):
            raise RefusedError(401, "unauthorised")
        portal = request.path_params.get("portal")
        if portal is not None and portal not in self._known:
            raise RefusedError(404, "not_here")
        return told(await self._answer(request, portal or ""), request=request)

    @abstractmethod
    async def _answer(self, request: Request, portal: str) -> Mapping[str, object]:
        """Return JSON for whoever may have it; portal: "" where the address names none."""

    async def _said(self, request: Request) -> Mapping[str, str]:
        """Return what a body in JSON says, without blanks around it; raises RefusedError."""
        headers = request.headers
        said = await received(request.stream(), headers, self._desk.patience.body, kinds={JSON})
        return {name: text.strip() for name, text in said.items()}


class Counted(_Guarded):
    """Where it is seen how many leads lie under which portal, also those that are not served here (any more)."""

    async def _answer(self, request: Request, portal: str) -> Mapping[str, object]:  # noqa: ARG002  # as every address here
        return {"portals": dict(await self._desk.portals())}


class Inbox(_Guarded):
    """Where portal inbox fetches a portal's leads, and portal erase erases a person's."""

    methods = READING | {"DELETE"}

    async def _answer(self, request: Request, portal: str) -> Mapping[str, object]:
        if request.method == "DELETE":
            said = await self._said(request)
            key, email = said.get("key", ""), said.get("email", "")
            if bool(key) == bool(email):
                raise RefusedError(422, "key_or_email")
            return {"erased": await self._desk.erase(portal, key=key, email=email)}
        return {"portal": portal, "leads": [as_json(lead) for lead in await self._desk.leads(portal)]}


class Exported(_Guarded):
    """Where one person's leads are taken out, to be handed to them."""

    methods = frozenset({"POST"})

    async def _answer(self, request: Request, portal: str) -> Mapping[str, object]:
        email = (await self._said(request)).get("email", "")
        if not email:
            raise RefusedError(422, "missing", field="email")
        return {"portal": portal, "leads": [as_json(lead) for lead in await self._desk.export(portal, email)]}


def _is_bearer(said: Sequence[str], token: str) -> bool:
    """Whether the one Authorization is the token's; however much of it is right, comparing takes as long."""
    if len(said) != 1:
        return False
    scheme, _, secret = said[0].partition(" ")
    return hmac.compare_digest(secret.strip().encode(), token.encode()) and scheme.casefold() == "bearer"
