"""A static web server for a built portal, as its host would be: what goes out is packed, and `_headers` is heeded."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from gzip import compress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests import hosting

_PACKED = ("text/", "application/json", "application/manifest+json", "application/xml", "image/svg+xml")
"""Types, by how they begin, that hosts pack: pictures and faces are packed already."""
_USUAL = {"Cache-Control": "public, max-age=0, must-revalidate"}
"""What these hosts say of a file that no rule is about."""


@contextmanager
def served(folder: Path, base_path: str = "/") -> Iterator[str]:
    """Serve a folder on 127.0.0.1 under base_path and give its address, ending in "/"; stops with the block."""
    if not (base_path.startswith("/") and base_path.endswith("/")):
        raise ValueError(f"a base path starts and ends with a slash: {base_path!r}")
    file = folder / "_headers"
    rules = hosting.headers(file.read_text(encoding="utf-8")) if file.exists() else {}

    with _Server(("127.0.0.1", 0), partial(_Handler, _Site(folder, base_path, rules))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base_path}"
        finally:
            server.shutdown()
            thread.join()


@dataclass(frozen=True, slots=True)
class _Site:
    """What is served, and where. rules: of its `_headers`, none without the file."""

    folder: Path
    base_path: str
    rules: Mapping[str, Mapping[str, str]]


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Tell of everything but a browser that goes on before its answer has come."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # whatever the base class was given


class _Handler(SimpleHTTPRequestHandler):
    """Answers below self.site.base_path only; whatever is missing is the portal's own 404 page."""

    extensions_map = {  # noqa: RUF012  # the base class says what it is
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
    }

    def __init__(self, site: _Site, *given: Any) -> None:  # noqa: ANN401  # whatever the server hands over
        self.site = site
        super().__init__(*given, directory=str(site.folder))

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.site.base_path):
            return str(self.site.folder / "no such file")
        return super().translate_path("/" + path.removeprefix(self.site.base_path))

    def send_head(self) -> BytesIO | None:
        found = Path(self.translate_path(self.path))
        if found.is_dir():
            if not urlsplit(self.path).path.endswith("/"):
                super().send_head()  # leads on to the same with its slash
                return None
            found /= "index.html"
        if not found.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return self._answered(HTTPStatus.OK, self.guess_type(str(found)), found.read_bytes())

    def send_error(self, code: int, *_words: str | None) -> None:
        page = self.site.folder / "404.html"
        body = page.read_bytes() if code == HTTPStatus.NOT_FOUND and page.exists() else b""
        answer = self._answered(code, "text/html", body)
        if self.command != "HEAD":
            self.copyfile(answer, self.wfile)

    def log_message(self, *args: object) -> None:
        """Say nothing: the tests' own output is read by people."""

    def _answered(self, code: int, kind: str, body: bytes) -> BytesIO:
        """Send the head of an answer and give the body as it is to be sent."""
        self.send_response(code)
        for name, value in {**_USUAL, **hosting.sent(self.site.rules, urlsplit(self.path).path)}.items():
            self.send_header(name, value)
        if kind.startswith(_PACKED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)
