"""Time the receiver under 16 connections on both databases, each beside a bare Starlette insert in the same run."""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from tests.leads import postgres
from tests.receive.asking import JO, PATH
from tests.receive.process import HEADERS, portal_folder

_CONNECTIONS = 16
_WARM_SECONDS, _SECONDS = 1.0, 5.0
_UNBOUNDED = {"PORTAL_LIMIT_BLOCK": "1000000/second", "PORTAL_LIMIT_ALL": "1000000/second"}


def main() -> None:
    """Print requests per second and how long one took."""
    print(f"Receiver: new leads from {_CONNECTIONS} connections for {_SECONDS:g} s, each on the disk before it is answered.")
    print("Bare: one Starlette route, one INSERT and no question asked, in the same run. Milliseconds as the visitor waits.")
    print(f"{'database':>12} {'':10}{'requests/s':>11}{'median':>9}{'p99':>9}{'of bare':>9}")
    with tempfile.TemporaryDirectory() as scratch:
        _both("SQLite", [f"sqlite:///{scratch}/{name}.db" for name in ("bare", "receiver")])
    if postgres.programs() is None:
        print(f"{'PostgreSQL':>12} is not installed here")
        return
    with postgres.running() as server:
        _both("PostgreSQL", [server.new_database() for _ in range(2)])


def _both(database: str, urls: list[str]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        commands = {
            "bare": ["tests.bench.bare", urls[0]],
            "receiver": ["site_builder", "receive", "--port", "0", "--portal", str(portal_folder(Path(scratch)))],
        }
        bare = 0.0
        for (name, command), url in zip(commands.items(), urls, strict=True):
            with _running(command, url) as port:
                asyncio.run(_load(port, _WARM_SECONDS))
                waits = sorted(asyncio.run(_load(port, _SECONDS)))
            rate = len(waits) / _SECONDS
            bare = bare or rate
            median, worst = (1000 * waits[int(len(waits) * part)] for part in (0.5, 0.99))
            print(f"{database:>12} {name:10}{rate:>11,.0f}{median:>9.1f}{worst:>9.1f}{rate / bare:>9.0%}", flush=True)


@contextmanager
def _running(command: list[str], url: str) -> Iterator[int]:
    told = {**os.environ, **_UNBOUNDED, "DATABASE_URL": url}
    arguments = [sys.executable, "-m", *command]
    with subprocess.Popen(arguments, env=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield urlsplit(process.stdout.readline().strip()).port or 0
        finally:
            process.kill()


async def _load(port: int, seconds: float) -> list[float]:
    """Return how long each request took, in seconds, until the time was up."""
    deadline = perf_counter() + seconds
    return list(chain.from_iterable(await asyncio.gather(*(_visitor(port, deadline) for _ in range(_CONNECTIONS)))))


async def _visitor(port: int, deadline: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
    waits = []
    while perf_counter() < deadline:
        body = urlencode({**JO, "ref_key": secrets.token_hex(16), "ref_step": "1", "ref_seq": "1", "ref_ms": "9000"})
        began = perf_counter()
        writer.write(f"POST {PATH} HTTP/1.1\r\nHost: leads\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200 "), answer
        length = next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.partition(b":")[2]))
        waits.append(perf_counter() - began)
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    return waits


if __name__ == "__main__":
    main()
