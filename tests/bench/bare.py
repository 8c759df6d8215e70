"""The least that could keep a form: one Starlette route and one INSERT, on the disk before it answers.

`python -m tests.bench.bare URL` listens on a free port and prints it; the receiver is measured beside this.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl

import uvicorn
from sqlalchemy import create_engine, make_url, text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from site_builder.receive.server import listen

_TABLE = "CREATE TABLE bare (key TEXT PRIMARY KEY, fields TEXT NOT NULL)"


def main() -> None:
    """Serve until killed."""
    url = sys.argv[1]
    insert, threads = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
    pool = ThreadPoolExecutor(threads)

    async def keep(request: Request) -> JSONResponse:
        sent = dict(parse_qsl((await request.body()).decode()))
        await asyncio.get_running_loop().run_in_executor(pool, insert, sent["ref_key"], json.dumps(sent))
        return JSONResponse({"ok": True})

    with listen("127.0.0.1", 0) as listening:
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        app = Starlette(routes=[Route("/r/harbour", keep, methods=["POST"])])
        uvicorn.Server(uvicorn.Config(app, http="h11", loop="asyncio", log_config=None, access_log=False)).run(
            sockets=[listening]
        )


def _sqlite(url: str) -> tuple[Callable[[str, str], None], int]:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", _TABLE):
        connection.execute(statement)
    return lambda key, fields: _done(connection.execute("INSERT INTO bare VALUES (?, ?)", (key, fields))), 1


def _postgresql(url: str) -> tuple[Callable[[str, str], None], int]:
    engine = create_engine(make_url(url).set(drivername="postgresql+pg8000"), pool_size=8)
    insert = text("INSERT INTO bare VALUES (:key, :fields)")
    with engine.begin() as connection:
        connection.execute(text(_TABLE))

    def kept(key: str, fields: str) -> None:
        with engine.begin() as connection:
            connection.execute(insert, {"key": key, "fields": fields})

    return kept, 8


def _done(_: object) -> None:
    """Forget what a statement answers."""


if __name__ == "__main__":
    main()
