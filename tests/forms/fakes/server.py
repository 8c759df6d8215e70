"""A back end on 127.0.0.1 that answers as its maker says, remembers what it got, and can be slow, ill or gone."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

from tests.forms.fakes.makers import Answer, Maker, Post, answer, challenge

PATIENCE = 20.0
"""Seconds a test waits for a post, or a held post for its release."""


class Fake:
    """One back end. site: the portal's address, which redirects lead to; folder: the pages it serves as well, as Netlify does."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.site = ""
        self.folder: Path | None = None
        self.port = 0
        self._status = 0
        self._posts: list[Post] = []
        self._arrived = threading.Condition()
        self._open = threading.Event()
        self._open.set()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """What a portal names as its endpoint."""
        return f"http://127.0.0.1:{self.port}/r/harbour"

    @property
    def posts(self) -> tuple[Post, ...]:
        """What has arrived, whatever it was answered."""
        with self._arrived:
            return tuple(self._posts)

    def wait_for(self, number: int) -> tuple[Post, ...]:
        """Wait until so many posts have arrived; fails when they do not come."""
        with self._arrived:
            come = self._arrived.wait_for(lambda: len(self._posts) >= number, PATIENCE)
            assert come, f"{len(self._posts)} of {number} posts arrived"
            return tuple(self._posts)

    def forget(self) -> None:
        """Forget what has arrived, and be well again."""
        with self._arrived:
            self._posts.clear()
        self.be_well()
        self._open.set()

    def be_ill(self, status: int) -> None:
        """Answer every post with this status and keep none of it."""
        self._status = status

    def be_well(self) -> None:
        """Answer as the maker does."""
        self._status = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Answer nothing until the block ends, though what is posted is remembered at once."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    def start(self) -> None:
        """Listen; at the same port as before, if there was one."""
        self._server = _Server(("127.0.0.1", self.port), _handler(self))
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Be gone: whoever posts finds nobody."""
        if self._server and self._thread:
            self._open.set()
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None

    def take(self, post: Post) -> Answer:
        """Remember a post and return its answer."""
        with self._arrived:
            self._posts.append(post)
            self._arrived.notify_all()
        self._open.wait(PATIENCE)
        if self._status:
            return Answer(self._status, {"Access-Control-Allow-Origin": "*"})
        return answer(self.maker, post, self.site)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell of everything but a browser that goes on before its answer has come."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # whatever the base class was given


@contextmanager
def running(maker: Maker) -> Iterator[Fake]:
    """Run a fake until the block ends."""
    fake = Fake(maker)
    fake.start()
    try:
        yield fake
    finally:
        fake.stop()


def _handler(fake: Fake) -> type[SimpleHTTPRequestHandler]:
    class Handler(SimpleHTTPRequestHandler):
        """Takes posts anywhere, and shows the portal's pages where the fake has them."""

        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, directory=str(fake.folder or "/nowhere"), **kwargs)  # type: ignore[arg-type]

        def do_POST(self) -> None:  # the name http.server calls
            body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
            post = Post(
                path=self.path,
                content_type=self.headers["Content-Type"].partition(";")[0],
                accept=self.headers.get("Accept", ""),
                origin=self.headers.get("Origin", ""),
                fields=tuple(parse_qsl(body, keep_blank_values=True, strict_parsing=True)),
            )
            self._say(fake.take(post))

        def do_GET(self) -> None:  # the name http.server calls
            if fake.maker is Maker.RECEIVER:
                self._say(challenge(fake.site))
            else:
                super().do_GET()

        def _say(self, said: Answer) -> None:
            body = Path(self.translate_path(self.path), "index.html").read_bytes() if said.page else said.body
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def send_error(self, code: int, *_words: str | None) -> None:
            self.send_response(code)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing: the tests' own output is read by people."""

    return Handler
