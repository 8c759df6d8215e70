"""The functions of deploy/, run by node as their vendors would: with SQLite in D1's place, and blobs in memory."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
VENDORS = ("cloudflare", "netlify")
TOKEN = "a-token-of-some-length"


@contextmanager
def function(vendor: str, folder: Path) -> Iterator[str]:
    """Run a vendor's function, laid out in a folder as its first lines say; its address."""
    laid_out(folder)
    with database(folder / "leads.db") as sql:
        command = ["node", str(HERE / "serve.mjs"), vendor, str(folder), sql]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            try:
                yield running.stdout.readline().strip()
            finally:
                running.terminate()


def laid_out(folder: Path) -> None:
    """Copy both vendors' files to where they belong in a portal's folder."""
    deploy = ROOT / "deploy"
    for source, target in (
        (deploy / "contract.mjs", "functions/contract.mjs"),
        (deploy / "cloudflare/[[path]].js", "functions/leads/[[path]].js"),
        (deploy / "contract.mjs", "netlify/contract.mjs"),
        (deploy / "netlify/leads.mjs", "netlify/functions/leads.mjs"),
        (HERE / "blobs.mjs", "node_modules/@netlify/blobs/index.mjs"),
    ):
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, folder / target)
    for place, said in ((".", {"type": "module"}), ("node_modules/@netlify/blobs", {"exports": "./index.mjs"})):
        (folder / place / "package.json").write_text(json.dumps(said), encoding="utf-8")


@contextmanager
def database(path: Path) -> Iterator[str]:
    """Answer lists of SQL statements with the rows of each, all or none of them done; 500 for what SQLite refuses."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            statements = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                status, content = 200, json.dumps(_rows(path, statements)).encode()
            except sqlite3.Error:
                status, content = 500, b""
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((ROOT / "deploy/cloudflare/leads.sql").read_text(encoding="utf-8"))
        # Stands for a database that does not answer.
        words = "CREATE TRIGGER broken BEFORE INSERT ON submissions WHEN NEW.fields LIKE '%broken store%'"
        connection.execute(f"{words} BEGIN SELECT RAISE(ABORT, 'broken'); END")
    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _rows(path: Path, statements: list[dict[str, object]]) -> list[list[dict[str, object]]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.row_factory = sqlite3.Row
        return [
            [dict(row) for row in connection.execute(str(each["sql"]), each["values"])]  # type: ignore[arg-type]  # JSON's
            for each in statements
        ]
