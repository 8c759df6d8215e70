"""The real PostgreSQL, Debian's, started for the tests as an unprivileged user and gone with them.

It listens at 127.0.0.1 on a free port and waits for the disk at each commit, as it does in use. Where it is missing the tests
that need it are skipped, or fail under TEST_NEEDS_POSTGRES=1, which `make test` says after seeing to it that it is there.
`python -m tests.leads.postgres` ends with 0 when it is there and with 1 when it is not.

    from tests.leads.postgres import postgres        # in a conftest.py: one server for all tests of a worker
    store = Store(postgres.new_database())           # empty, for one test
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pg8000.native  # type: ignore[import-untyped]
import pytest

# Not CI itself: conftest.py forgets that, for the program's sake.
_IS_NEEDED = os.environ.get("TEST_NEEDS_POSTGRES", "") not in {"", "0"}
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")


@dataclass(frozen=True)
class Server:
    """A server that runs, for a user "leads" without a password. folder: where it keeps everything."""

    programs: Path
    folder: Path
    port: int

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        name = f"test_{uuid.uuid4().hex}"
        with closing(self.connect()) as connection:
            connection.run(f"CREATE DATABASE {name}")
        return f"postgresql://leads@127.0.0.1:{self.port}/{name}"

    def connect(self, database: str = "postgres") -> pg8000.native.Connection:
        """Return a connection beside the store's, to look at what it does or to be in its way."""
        return pg8000.native.Connection("leads", host="127.0.0.1", port=self.port, database=database)

    def start(self) -> None:
        """Start it and wait until it answers."""
        # No socket file; the disk is waited for (fsync is on by itself).
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories='' -c max_connections=60"
        log = self.folder / "log"
        self._run("pg_ctl", "start", "--wait", "--timeout=60", f"--log={log}", f"--options={options}")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: "immediate" as by kill -9, "fast" in order."""
        self._run("pg_ctl", "stop", "--wait", f"--mode={mode}")

    def _run(self, program: str, *arguments: str) -> None:
        command: list[str | Path] = [self.programs / program, f"--pgdata={self.folder / 'data'}", *arguments]
        # Not through pipes: the server would hold their other end for as long as it runs.
        with (self.folder / "said").open("wb") as said:
            subprocess.run(
                command,
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self.folder,
                timeout=120,
                user=_unprivileged(),
                group=_unprivileged(),
                extra_groups=[] if _unprivileged() else None,
            )


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests of a worker."""
    with running() as server:
        yield server


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest where there are several; None: there is none."""
    found = [path for place in _PLACES for path in Path("/").glob(place.lstrip("/")) if (path / "initdb").exists()]
    on_path = shutil.which("initdb")
    return max(found, default=Path(on_path).parent if on_path else None)


@contextmanager
def running() -> Iterator[Server]:
    """Run a server of its own in a temporary folder; its absence skips the test, or fails it where it is needed."""
    where = programs()
    if where is None:
        if _IS_NEEDED:
            pytest.fail("PostgreSQL is missing: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed here")
    folder = Path(tempfile.mkdtemp(prefix="leads-postgres-"))  # not pytest's own: only its owner may enter that
    folder.chmod(0o755)
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    server = Server(where, folder, _free_port())
    try:
        server._run("initdb", "--username=leads", "--auth=trust", "--encoding=UTF8", "--no-locale")  # noqa: SLF001  # its own file
        server.start()
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop()
    finally:
        shutil.rmtree(folder)


def _unprivileged() -> str | None:
    """Return whom PostgreSQL accepts where it would refuse root; None: whoever runs the tests."""
    return "postgres" if os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    sys.exit(programs() is None)
