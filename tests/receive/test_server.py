"""The receiver as it runs: a process of its own, sockets, signals and the disk."""

from __future__ import annotations

import re
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import pytest
import uvicorn

from site_builder.leads.store import Store
from site_builder.receive.server import PatientProtocol, address, configuration, listen
from tests.receive.asking import JO, KEY, PATH, Memory, Wishes, fields, portal, receiver
from tests.receive.mailroom import Posted, webhook_server
from tests.receive.process import HEADERS, Crowd, Running, running


def kept(url: str) -> dict[str, dict[str, str]]:
    """The fields of all leads, by key."""
    store = Store(url)
    try:
        return {lead.key: dict(lead.fields) for lead in store.leads("harbour", suspected=None)}
    finally:
        store.close()


def test_what_is_acknowledged_is_in_the_database_and_the_process_ends_in_order(tmp_path: Path, url: str) -> None:
    with running(tmp_path, url) as harbour:
        assert harbour.post(fields()) == (200, b'{"ok":true}')
        assert kept(url) == {KEY: JO}
        assert harbour.stop() == 0


def test_a_later_step_adds_and_an_earlier_one_that_comes_late_changes_nothing(tmp_path: Path, url: str) -> None:
    with running(tmp_path, url) as harbour:
        statuses = [
            harbour.post(fields(ref_step=step, ref_seq=seq, company=company))[0]
            for step, seq, company in (("1", "1", ""), ("2", "2", "Lee Ltd"), ("1", "3", "late"), ("2", "2", "again"))
        ]
    assert statuses == [200] * 4
    assert kept(url) == {KEY: {**JO, "company": "Lee Ltd"}}


@pytest.mark.parametrize("rounds", [1, pytest.param(10, marks=pytest.mark.audit)])
def test_of_all_that_was_acknowledged_none_is_missing_after_kill_9(tmp_path: Path, url: str, rounds: int) -> None:
    acknowledged: list[str] = []
    for done in range(rounds):
        with running(tmp_path, url) as harbour:
            crowd = Crowd(harbour.port, acknowledged=acknowledged)
            crowd.begin()
            _until(lambda: len(acknowledged) > 300 * (done + 1))  # noqa: B023  # it is called at once
            harbour.kill()
            crowd.end()
    missing = set(acknowledged) - set(kept(url))
    assert missing == set()


def test_a_stop_under_load_loses_nothing_either_and_ends_with_0(tmp_path: Path, url: str) -> None:
    with running(tmp_path, url) as harbour:
        crowd = Crowd(harbour.port)
        crowd.begin()
        _until(lambda: len(crowd.acknowledged) > 100)
        code = harbour.stop()
        crowd.end()
    assert code == 0
    assert set(crowd.acknowledged) <= set(kept(url))


def test_a_request_under_way_is_answered_before_the_process_ends(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'leads.db'}"
    body = urlencode(fields()).encode()
    with running(tmp_path, url) as harbour:
        with socket.create_connection(("127.0.0.1", harbour.port), timeout=20) as half:
            half.sendall(_head(len(body)) + body[:10])
            _until(lambda: _is_read(half, harbour))
            harbour.process.terminate()
            _until(lambda: not _accepts(harbour.port))
            half.sendall(body[10:])
            assert half.recv(1000).startswith(b"HTTP/1.1 200 ")
        assert harbour.process.wait(20) == 0
    assert list(kept(url)) == [KEY]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed here")
def test_each_acknowledgement_waited_for_the_disk(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    strace = ("strace", "-D", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace))
    if subprocess.run([*strace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")
    with running(tmp_path, f"sqlite:///{tmp_path / 'leads.db'}", before=strace) as harbour:
        counts = []
        for n in range(5):
            assert harbour.post(fields(ref_seq=str(n + 1)))[0] == 200
            counts.append(len(re.findall(r"f(?:data)?sync\(", trace.read_text())))
        assert harbour.stop() == 0
    assert [after - before for before, after in pairwise(counts)] == [1, 1, 1, 1]


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="prlimit is not installed here")
def test_a_full_disk_is_said_so_and_what_was_acknowledged_before_is_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'leads.db'}"
    acknowledged, status, refused = set(), 0, b""
    with running(tmp_path, url, before=("prlimit", "--fsize=300000")) as harbour:
        for n in range(500):
            key = f"{n:04x}{KEY[4:]}"
            status, answer = harbour.post(fields(ref_key=key, note="x" * 4000))
            if status != 200:
                refused = answer
                break
            acknowledged.add(key)
        assert (status, refused) == (503, b'{"ok":false,"error":"busy"}')
        assert _health(harbour) == (503, b'{"ok":false}')
        assert harbour.stop() == 0
    assert len(acknowledged) > 5
    assert acknowledged <= set(kept(url))


def test_a_database_that_somebody_else_holds_is_said_so_and_the_same_again_is_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'leads.db'}"
    with running(tmp_path, url) as harbour, closing(sqlite3.connect(tmp_path / "leads.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert harbour.post(fields()) == (503, b'{"ok":false,"error":"busy"}')
        assert _health(harbour) == (503, b'{"ok":false}')
        other.execute("ROLLBACK")
        assert harbour.post(fields()) == (200, b'{"ok":true}')
    assert list(kept(url)) == [KEY]


def _health(harbour: Running) -> tuple[int, bytes]:
    with closing(harbour.connect()) as connection:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read()


def test_the_process_tells_of_a_new_lead_and_of_a_suspected_one_nothing(tmp_path: Path, url: str) -> None:
    posted: list[Posted] = []
    with webhook_server([204], posted) as hook, running(tmp_path, url, {"PORTAL_WEBHOOK_URL": hook}) as harbour:
        assert harbour.post(fields(ref_key=f"a{KEY[1:]}", ref_email="x"))[0] == 200
        assert harbour.post(fields())[0] == 200
        _until(lambda: posted)
        assert harbour.stop() == 0
    assert [each.document["fields"] for each in posted] == [JO]


def test_the_log_of_the_whole_process_holds_nothing_of_what_was_sent(tmp_path: Path) -> None:
    with running(tmp_path, f"sqlite:///{tmp_path / 'leads.db'}") as harbour:
        harbour.post(fields(prospect="CanaryJo"))
        harbour.post(fields(prospect="CanaryJo\x00"))
        harbour.post(b"prospect=CanaryJo", {**HEADERS, "Origin": "https://canaryjo.example"})
        connection = harbour.connect()
        connection.request("GET", f"{PATH}?canaryjo=canaryjo", headers={"User-Agent": "canaryjo"})
        assert connection.getresponse().status == 405
        connection.close()
        with socket.create_connection(("127.0.0.1", harbour.port), timeout=20) as rude:
            rude.sendall(b"CANARYJO canaryjo\r\n\r\n")
            assert b" 400 " in rude.recv(1000)
        assert harbour.stop() == 0
    said = harbour.said.read_text()
    assert [line.split()[1:4] for line in said.splitlines() if "harbour" in line and "ms " in line] == [
        ["POST", "harbour", "200"],
        ["POST", "harbour", "422"],
        ["POST", "harbour", "403"],
        ["GET", "harbour", "405"],
    ]
    assert "canary" not in said.casefold()
    assert KEY not in said
    assert "127.0.0.1 " not in said


@contextmanager
def listening(store: Store, wishes: Wishes | None = None) -> Iterator[int]:
    """Serve in a thread of this process; returns the port."""
    with receiver(store, wishes) as made, listen("127.0.0.1", 0) as at:
        server = uvicorn.Server(configuration(made.app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [at]})
        port = at.getsockname()[1]
        thread.start()
        try:
            yield port
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.mark.parametrize("begun", [b"", b"POST /r/harbour HTTP/1.1\r\nHost: leads\r\n"], ids=["silence", "half a head"])
@pytest.mark.parametrize("is_second", [False, True], ids=["at once", "after a whole request"])
def test_a_connection_that_dawdles_is_closed(begun: bytes, monkeypatch: pytest.MonkeyPatch, *, is_second: bool) -> None:
    monkeypatch.setattr(PatientProtocol, "head_seconds", 0.3)
    monkeypatch.setattr("site_builder.receive.server._IDLE_SECONDS", 1)
    with listening(Memory()) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
        if is_second:
            slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: leads\r\n\r\n")
            assert slow.recv(1000).startswith(b"HTTP/1.1 200 ")
        slow.sendall(begun)
        assert b"HTTP/1.1" not in _rest(slow)


def test_a_dawdler_gains_nothing_by_a_byte_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "head_seconds", 0.5)
    with listening(Memory()) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
        began = time.monotonic()
        with suppress(OSError):
            for _ in range(100):
                slow.sendall(b"G")
                time.sleep(0.05)
        assert time.monotonic() - began < 4


def test_a_body_that_says_no_length_is_counted_while_it_comes() -> None:
    store = Memory()
    chunk = b"1000\r\n" + b"a" * 0x1000 + b"\r\n"
    with listening(store) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as large:
        large.sendall(_head(None) + chunk * 9 + b"0\r\n\r\n")
        answer = _rest(large)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer.lower()
    assert store.kept == []


def test_a_head_that_never_ends_is_refused() -> None:
    with listening(Memory()) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as large:
        with suppress(OSError):
            large.sendall(b"GET / HTTP/1.1\r\nHost: leads\r\nX: " + b"a" * 40_000)
        assert _rest(large).startswith(b"HTTP/1.1 4")


def test_a_visitor_who_goes_away_half_way_leaves_nothing() -> None:
    store = Memory()
    with listening(store) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as gone:
            gone.sendall(_head(100) + b"prospect=Jo")
        with socket.create_connection(("127.0.0.1", port), timeout=20) as other:
            body = urlencode(fields()).encode()
            other.sendall(_head(len(body)) + body)
            assert other.recv(1000).startswith(b"HTTP/1.1 200 ")
    assert [each.key for each in store.kept] == [KEY]


def test_it_listens_where_it_says() -> None:
    with listen("127.0.0.1", 0) as at:
        assert address(at) == f"http://127.0.0.1:{at.getsockname()[1]}"
    if socket.has_ipv6:
        with suppress(OSError), listen("::1", 0) as at:
            assert address(at) == f"http://[::1]:{at.getsockname()[1]}"


def test_one_receiver_serves_many_portals() -> None:
    store = Memory()
    wishes = Wishes(portals=(portal("north"), portal("harbour")))
    body = urlencode(fields()).encode()
    with listening(store, wishes) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as both:
        both.sendall(_head(len(body)) + body)
        assert both.recv(1000).startswith(b"HTTP/1.1 200 ")
    assert [each.portal for each in store.kept] == ["harbour"]


def _head(length: int | None) -> bytes:
    framing = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    told = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
    return f"POST {PATH} HTTP/1.1\r\nHost: leads\r\n{told}{framing}\r\n\r\n".encode()


def _rest(connection: socket.socket) -> bytes:
    """Everything until the other side closes."""
    read = b""
    with suppress(ConnectionError):
        while more := connection.recv(65_536):
            read += more
    return read


def _accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


def _is_read(half: socket.socket, harbour: Running) -> bool:
    """Whether the receiver has taken what was sent so far: it answers others, who came later."""
    assert half.fileno() > 0
    connection = harbour.connect()
    connection.request("GET", "/healthz")
    status = connection.getresponse().status
    connection.close()
    return status == 200


def _until(holds: object, seconds: float = 20) -> None:
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
