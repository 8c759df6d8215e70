"""What every address of the receiver does: it takes a few methods, answers, or says why it does not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from site_builder.receive.answers import refused
from site_builder.receive.logs import ROUTE
from site_builder.receive.portals import Portal
from site_builder.receive.refusal import RefusedError

READING: Final = frozenset({"GET", "HEAD"})


class Address(ABC):
    """One address: answers, or is refused.

    portal: whose form it belongs to, None for none; methods: those it takes, None for any; name: what the log calls it.
    """

    portal: Portal | None = None
    methods: frozenset[str] | None = READING
    name = "-"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, unless it was broken off: then nobody is left to hear it."""
        scope[ROUTE] = self.name
        request = Request(scope, receive)
        try:
            self._judge(request.method)
            response = await self.answer(request)
        except RefusedError as refusal:
            response = refused(refusal, self.portal, request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    @abstractmethod
    async def answer(self, request: Request) -> Response:
        """Answer a request; raises RefusedError, and ClientDisconnect where it was broken off."""

    def _judge(self, method: str) -> None:
        if self.methods is not None and method not in self.methods:
            reason = "not_here" if self.portal is None else "only_post"
            raise RefusedError(405, reason, allow=", ".join(sorted(self.methods)))
