"""portal receive as a process of its own, and visitors who press send until it is gone."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests import portals
from tests.receive.asking import JO, ORIGIN, PATH

_UNBOUNDED = {"PORTAL_LIMIT_BLOCK": "1000000/second", "PORTAL_LIMIT_ALL": "1000000/second"}
_YAML = portals.FILES["data/portal.yaml"] + "form: {backend: receiver, endpoint: https://leads.harbour.example/r/harbour}\n"
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Origin": ORIGIN, "Accept": "application/json"}


def portal_folder(root: Path) -> Path:
    """Write the three-file portal with a form that posts to a receiver."""
    return portals.write(root, {"data/portal.yaml": _YAML})


@dataclass
class Running:
    """A receiver that runs. port: where; said: the file its complaints and its log go to."""

    process: subprocess.Popen[str]
    port: int
    said: Path

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def post(self, fields: Mapping[str, str] | bytes, headers: Mapping[str, str] = HEADERS) -> tuple[int, bytes]:
        connection = self.connect()
        try:
            body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
            connection.request("POST", PATH, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def stop(self) -> int:
        """End it in order and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(60)


@contextmanager
def running(folder: Path, url: str, environment: Mapping[str, str] = _UNBOUNDED, before: Sequence[str] = ()) -> Iterator[Running]:
    """Run a receiver on a free port; before: what stands before the command, such as strace and its options."""
    root, said = portal_folder(folder / "portal"), folder / "said"
    command = [*before, sys.executable, "-m", "site_builder", "receive", "--port", "0", "--portal", str(root)]
    told = {**os.environ, "DATABASE_URL": url, **environment}
    with said.open("a") as log:
        process = subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, said.read_text()
            yield Running(process, urlsplit(line.strip()).port or 0, said)
        finally:
            process.kill()
            process.wait(60)
            if process.stdout is not None:
                process.stdout.close()


@dataclass
class Crowd:
    """Visitors who send one referral after another, each on a connection of their own, until the receiver is gone.

    acknowledged: the keys of those that were answered with success.
    """

    port: int
    count: int = 16
    acknowledged: list[str] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _is_over: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        self._threads = [threading.Thread(target=self._send, daemon=True) for _ in range(self.count)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()

    def _send(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            while not self._is_over.is_set():
                key = secrets.token_hex(16)
                connection.request("POST", PATH, urlencode({**JO, "ref_key": key}).encode(), HEADERS)
                answer = connection.getresponse()
                answer.read()
                if answer.status == http.HTTPStatus.OK:
                    self.acknowledged.append(key)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()
