"""The HTTP server around the application: where it listens, how long it waits for whom, and how it stops.

It is meant to stand behind a web server that speaks TLS; it bears strangers all the same.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from typing import Final

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from site_builder.receive.logs import Log, ServerLog

_WAITING: Final = 128
_CONNECTIONS: Final = 512
"""At once; more are answered 503. Ten seconds of silence lose one its place."""
_HEAD_SECONDS: Final = 10.0
_LARGEST_HEAD: Final = 16 * 1024
_IDLE_SECONDS: Final = 5
_STOP_SECONDS: Final = 20


class PatientProtocol(H11Protocol):
    """HTTP/1.1 whose patience ends: a head that dawdles, or a body nobody waits for any more, ends the connection (slowloris)."""

    head_seconds = _HEAD_SECONDS
    _impatience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the base class does
        """Begin to wait for a request's head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait no longer once a request is whole enough to be answered."""
        super().data_received(data)
        if self._is_answering():
            self._stop_waiting()
        elif self._impatience is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        return self.conn.our_state in {h11.SEND_RESPONSE, h11.SEND_BODY}

    def _wait(self) -> None:
        self._impatience = self.loop.call_later(self.head_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._impatience is not None:
            self._impatience.cancel()
            self._impatience = None

    def _give_up(self) -> None:
        self._impatience = None
        if not self._is_answering() and not self.transport.is_closing():
            with suppress(h11.LocalProtocolError):
                self.conn.send(h11.ConnectionClosed())
            self.transport.close()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, port 0 for any; raises OSError where it cannot."""
    with suppress(ValueError):
        if isinstance(ip_address(host), IPv6Address):
            return socket.create_server((host, port), family=socket.AF_INET6, backlog=_WAITING)
    return socket.create_server((host, port), backlog=_WAITING)


def address(listening: socket.socket) -> str:
    """Return where a socket listens, as a web address."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def serve(app: ASGIApp, listening: socket.socket, log: Log) -> None:
    """Answer requests until SIGTERM or SIGINT; then take no more, and return when those under way are answered."""
    said = logging.getLogger("uvicorn.error")
    said.handlers, said.propagate = [ServerLog(log)], False
    said.setLevel(logging.ERROR)
    # uvicorn sends itself the signal once more when it is done; a stop that was asked for is no accident.
    former = {each: signal.signal(each, lambda *_: None) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        uvicorn.Server(configuration(app)).run(sockets=[listening])
    finally:
        for each, handler in former.items():
            signal.signal(each, handler)


def configuration(app: ASGIApp) -> uvicorn.Config:
    """Return how the server is run: no access log, no forwarded headers, no WebSockets, and everything bounded."""
    return uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_STOP_SECONDS,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        loop="asyncio",
    )
