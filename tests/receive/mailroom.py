"""A mail server and a taker of JSON, both real, on free ports of this machine."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Mailbox:
    """Takes what the server is handed. answer: to a mail; refused: a recipient who is not there."""

    answer: str = "250 OK"
    refused: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    arrived: Event = field(default_factory=Event)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address == self.refused:
            return f"550 <{address}> does not live here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        assert isinstance(envelope.content, bytes)
        if self.answer.startswith("250"):
            self.raw.append(envelope.content)
            self.letters.append(message_from_bytes(envelope.content, policy=default))
            self.recipients.append(list(envelope.rcpt_tos))
            self.arrived.set()
        return self.answer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def mail_server(mailbox: Mailbox, port: int, **how: Any) -> Iterator[None]:  # noqa: ANN401  # aiosmtpd's own options
    """Run a mail server; how: tls_context for STARTTLS, ssl_context for TLS from the start, authenticator for a login."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, ready_timeout=60.0, **how)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def only(user: str, password: str) -> Any:  # noqa: ANN401  # aiosmtpd's own options
    """Who may log in."""

    def authenticator(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
        wanted = LoginPassword(user.encode(), password.encode())
        return AuthResult(success=data == wanted, handled=data == wanted)

    return authenticator


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return what a server for localhost and 127.0.0.1 shows, and what a client trusts it by."""
    key, shown = folder / "key.pem", folder / "shown.pem"
    named = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650", "-addext", named]
    command = ["openssl", "req", "-x509", *curve, "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(shown)]
    subprocess.run(command, check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(shown, key)
    return server, ssl.create_default_context(cafile=str(shown))


@dataclass
class Posted:
    """What came: headers and JSON."""

    headers: Mapping[str, str]
    document: dict[str, Any]


@contextmanager
def webhook_server(answers: list[int], posted: list[Posted], location: str = "") -> Iterator[str]:
    """Take JSON at an address; answers: the status of each in turn, the last one for all that follow."""

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # http.server's own name
            content = self.rfile.read(int(self.headers["Content-Length"]))
            posted.append(Posted(dict(self.headers), json.loads(content)))
            status = answers.pop(0) if len(answers) > 1 else answers[0]
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
