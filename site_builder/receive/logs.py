"""What the receiver writes down about requests: never a body, an address, a query, a key or an error's own words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import Final, TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from site_builder.receive.answers import crashed
from site_builder.report.crash import Caught

BLOCK: Final = "portal.block"
ROUTE: Final = "portal.route"
"""Where in a request's scope its block of addresses and the name of its route stand."""
_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_GONE: Final = 499


class Log:
    """Writes lines to a stream, each with the time in UTC."""

    def __init__(self, stream: TextIO, clock: Callable[[], datetime]) -> None:
        """clock: the present in UTC."""
        self._stream = stream
        self._clock = clock

    def write(self, words: str) -> None:
        """Write one line; a log that cannot be written loses no referral."""
        moment = self._clock().strftime("%Y-%m-%dT%H:%M:%SZ")
        try:
            self._stream.write(f"{moment} {words}\n")
            self._stream.flush()
        except (OSError, ValueError):
            return


class Logged:
    """Wraps the application: a line for each request, and for a mistake of ours its type and place and an answer."""

    def __init__(self, app: ASGIApp, log: Log, block: Callable[[Scope], str]) -> None:
        """block: the block of addresses a request comes from."""
        self._app = app
        self._log = log
        self._block = block

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write down what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope[BLOCK], scope[ROUTE] = self._block(scope), "-"
        began, status = perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with Caught() as caught:
            await self._app(scope, receive, noted)
        if caught.crash is not None:
            self._log.write(f"mistake {caught.crash.kind} in {caught.crash.place}")
            if not status:
                await crashed()(scope, receive, noted)
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        taken = round(1000 * (perf_counter() - began))
        self._log.write(f"{method} {scope[ROUTE]} {status or _GONE} {taken}ms {scope[BLOCK]}")


class ServerLog(logging.Handler):
    """What the HTTP server has to complain of, in our own form: of an exception its type alone."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record down."""
        kind = record.exc_info[0] if record.exc_info else None
        self._log.write(f"server {kind.__name__ if kind is not None else record.getMessage()}")
