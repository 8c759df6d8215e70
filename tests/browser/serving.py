"""A static web server for a built portal, as plain as the cheapest host."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Tell of everything but a browser that goes on before its answer has come."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # whatever the base class was given


@contextmanager
def served(folder: Path, base_path: str = "/") -> Iterator[str]:
    """Serve a folder on 127.0.0.1 under base_path and give its address, ending in "/"; stops with the block."""
    if not (base_path.startswith("/") and base_path.endswith("/")):
        raise ValueError(f"a base path starts and ends with a slash: {base_path!r}")

    class Handler(SimpleHTTPRequestHandler):
        """Answers below base_path only; whatever is missing is the portal's own 404 page."""

        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, directory=str(folder), **kwargs)  # type: ignore[arg-type]

        def translate_path(self, path: str) -> str:
            if not path.startswith(base_path):
                return str(folder / "no such file")
            return super().translate_path("/" + path.removeprefix(base_path))

        def send_error(self, code: int, *_words: str | None) -> None:
            page = folder / "404.html"
            body = page.read_bytes() if code == HTTPStatus.NOT_FOUND and page.exists() else b""
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing: the tests' own output is read by people."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base_path}"
        finally:
            server.shutdown()
            thread.join()
