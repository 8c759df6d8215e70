"""HTTP for the preview: the site's files as a host would serve them, and the mistake instead of every page while there is one.

Pages that cannot be built answer 503: they come back by themselves once the file is mended.
"""

from __future__ import annotations

import errno
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from site_builder.report.crash import Caught
from site_builder.report.excerpt import excerpts
from site_builder.serve.answers import Answer, found, is_page, redirect, text
from site_builder.serve.pages import OWN, POLICY, crash_page, mistakes_page, not_sent_page
from site_builder.serve.preview import Preview, Shown

HOST: Final = "127.0.0.1"
FIRST_PORT: Final = 8000
_PORTS: Final = 20  # tried one after the other where nobody asked for one
_NAMES: Final = frozenset({"localhost", HOST})
_LARGEST_POST: Final = 1024 * 1024
_HEARTBEAT: Final = 15.0  # seconds between signs of life, which also tell us of a reader who went away
_COLUMNS: Final = 88
_HERE: Final = Path(__file__).parent
_OWN_FILES: Final = {"reload.js": "text/javascript; charset=utf-8", "preview.css": "text/css; charset=utf-8"}


class PreviewServer(ThreadingHTTPServer):
    """Answers on this machine alone, each request in a thread that ends with the program."""

    daemon_threads = True

    def __init__(self, port: int, preview: Preview, root: Path) -> None:
        """Listen on a port, 0 for any; raises OSError where it is taken."""
        self.preview = preview
        self.root = root
        super().__init__((HOST, port), _Handler)

    def url(self) -> str:
        """Return the address of the first page."""
        return f"http://{HOST}:{self.server_port}{self.preview.shown.base}"

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002  # the base class asks for them
        """Say that a request failed, unless its reader went away; the next one is answered all the same."""
        error = sys.exception()
        if error is None or isinstance(error, ConnectionError | TimeoutError):
            return
        with Caught() as caught:
            raise error
        if caught.crash is not None:
            sys.stderr.write(f"portal: {caught.crash.words()}\n")


def listen(port: int | None, preview: Preview, root: Path) -> PreviewServer:
    """Listen on the port asked for, or on 8000 or the next free one; raises OSError where the one asked for is taken."""
    if port is not None:
        return PreviewServer(port, preview, root)
    for candidate in range(FIRST_PORT, FIRST_PORT + _PORTS):
        try:
            return PreviewServer(candidate, preview, root)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
    return PreviewServer(0, preview, root)


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:  # the base class names it
        if self._is_ours() and not self._is_events():
            self._send(self._answer())

    def do_HEAD(self) -> None:  # as above
        if self._is_ours():
            self._send(self._answer())

    def do_POST(self) -> None:  # as above
        """Take a form and forget it: in the preview nothing is sent."""
        if self._is_ours():
            length = self.headers.get("Content-Length", "")
            if length.isascii() and length.isdigit() and int(length) <= _LARGEST_POST:
                self.rfile.read(int(length))
            else:
                self.close_connection = True
            self._send(redirect(f"{quote(self.server.preview.shown.base)}{OWN}not-sent", HTTPStatus.SEE_OTHER))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class calls it so
        """Keep quiet: the terminal is for what was built."""

    def version_string(self) -> str:
        """Name the program and nothing of the machine."""
        return "portal"

    @property
    def _path(self) -> str:
        return unquote(self.path.partition("#")[0].partition("?")[0])

    def _is_ours(self) -> bool:
        """Refuse names that are not this machine's: a page elsewhere could have its own name point here (DNS rebinding)."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if name.casefold() in _NAMES:
            return True
        self.close_connection = True
        self._send(text("This preview answers to localhost alone.", HTTPStatus.MISDIRECTED_REQUEST))
        return False

    def _is_events(self) -> bool:
        """Answer the one request that stays open: the version shown now and each that follows."""
        if not self._path.endswith(f"/{OWN}events"):
            return False
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        for name, value in (("Content-Type", "text/event-stream"), ("Cache-Control", "no-store"), ("Connection", "close")):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"retry: 700\n\n")
        preview, seen = self.server.preview, ""
        while not preview.is_over:
            shown = preview.wait(seen, _HEARTBEAT)
            self.wfile.write(f"data: {shown.version}\n\n".encode() if shown.version != seen else b": still here\n\n")
            self.wfile.flush()
            seen = shown.version
        return True

    def _answer(self) -> Answer:
        shown = self.server.preview.shown
        own = self._path.partition(f"/{OWN}")[2]
        if own:
            return self._own(own, shown)
        if shown.is_broken and is_page(self._path):
            return self._mistake(shown)
        if self._path == "/" != shown.base:
            return redirect(quote(shown.base), HTTPStatus.FOUND)
        return found(shown, self._path)

    def _own(self, name: str, shown: Shown) -> Answer:
        if name in _OWN_FILES:
            return Answer(HTTPStatus.OK, _OWN_FILES[name], (_HERE / name).read_bytes())
        if name == "not-sent":
            return _page(not_sent_page(shown.base), HTTPStatus.OK)
        return text("There is nothing here.", HTTPStatus.NOT_FOUND)

    def _mistake(self, shown: Shown) -> Answer:
        if shown.crash is not None:
            return _page(crash_page(shown.crash, shown.base), HTTPStatus.SERVICE_UNAVAILABLE)
        lines = excerpts(self.server.root, shown.problems, columns=_COLUMNS)
        page = mistakes_page(shown.problems, lines, shown.base, is_first=not shown.files)
        return _page(page, HTTPStatus.SERVICE_UNAVAILABLE)

    def _send(self, answer: Answer) -> None:
        shown = self.server.preview.shown
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Server-Timing", f'portal;desc="{answer.version or shown.version}"')
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)


def _page(html: str, status: HTTPStatus) -> Answer:
    return Answer(status, "text/html; charset=utf-8", html.encode(), (("Content-Security-Policy", POLICY),))
