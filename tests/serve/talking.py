"""A browser, a builder and small sites to try the preview with."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.codes import problem
from site_builder.page import Artifact
from site_builder.pipeline import Built
from site_builder.problem import Source
from site_builder.serve.preview import Preview
from site_builder.serve.server import PreviewServer

HEADERS = """\
/portal/*
  Content-Security-Policy: connect-src 'self' https://f.example; default-src 'none'; form-action 'self' https://f.example mailto:
  X-Frame-Options: DENY
/portal/assets/*
  Cache-Control: public, max-age=31536000, immutable
  X-Asset: yes
/portal/rewards/index.html
  X-Exact: yes
"""


def site(home: str = "home") -> Built:
    """A small site below /portal/."""
    files = {
        "index.html": home,
        "rewards/index.html": "rewards",
        "404.html": "not here",
        "feed.xml": "<feed/>",
        "assets/a.css": "body{}",
        "assets/strange.bin": "?",
        "_headers": HEADERS,
    }
    return Built(date(2026, 10, 31), tuple(Artifact(path, text.encode()) for path, text in files.items()), (), "/portal/")


def mistake() -> Built:
    """What comes of a portal whose settings have an unknown key."""
    wrong = problem("D404", Source("data/portal.yaml", 1, 1), 'the key "nmae" is <not> known here', hint='did you mean "name"?')
    return Built(None, (), (wrong,))


@dataclass
class Builder:
    """Stands for the pipeline: builds what the test hands it, or raises it."""

    next: Built | Exception

    def __call__(self) -> Built:
        if isinstance(self.next, Exception):
            raise self.next
        return self.next


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Browser:
    """Asks a server on this machine."""

    port: int

    def ask(self, path: str, method: str = "GET", body: str | None = None, host: str | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Host": host} if host is not None else {}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        answer = Answer(response.status, dict(response.getheaders()), response.read().decode())
        connection.close()
        return answer

    @contextmanager
    def listening(self, path: str) -> Iterator[Callable[[], str]]:
        """Open the stream of versions; the function handed out waits for the next one, at most twenty seconds."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path)
        stream = connection.getresponse()

        def following() -> str:
            while True:
                line = stream.readline().decode()
                if line.startswith("data: "):
                    return line.removeprefix("data: ").strip()
                if not line:
                    return ""

        try:
            yield following
        finally:
            connection.close()


@contextmanager
def running(preview: Preview, root: Path) -> Iterator[Browser]:
    """Serve a preview in a thread, on any free port."""
    server = PreviewServer(0, preview, root)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Browser(server.server_port)
    finally:
        preview.end()
        server.shutdown()
        thread.join()
        server.server_close()
