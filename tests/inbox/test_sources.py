"""Leads are fetched from wherever they are, and nothing secret is said where they are not."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from site_builder.inbox import remote
from site_builder.inbox.places import Database, Exported, NoSourceError, SourceError, Web, place
from site_builder.inbox.sources import Fetched, elsewhere, fetched, kept_under
from site_builder.inbox.sources import receiver as receiving
from site_builder.inbox.stored import opened
from site_builder.leads.faults import StoreBusyError, StoreUnusableError
from site_builder.leads.snapshot import Kind, Snapshot
from site_builder.leads.store import Store
from site_builder.leads.wire import as_json
from tests.inbox.making import CAME, KEY, OTHER, RECEIVER, lead
from tests.leads.postgres import Server, postgres
from tests.portals import settings

__all__ = ("postgres",)

TOKEN = {"PORTAL_INBOX_TOKEN": "a-token-of-sixteen"}
PORTAL = settings(form=RECEIVER)


def snapshot(key: str = KEY, *, portal: str = "harbour", suspected: tuple[str, ...] = ()) -> Snapshot:
    return Snapshot(portal, key, 1, 1, Kind.REFERRAL, {"prospect": "Jo Lee", "contact": "07700 900123"}, CAME, suspected)


# Where they are


def test_what_is_said_is_before_the_environment_and_that_before_the_usual_file(tmp_path: Path) -> None:
    (tmp_path / "leads.db").touch()
    (tmp_path / "other.db").touch()
    web = {**TOKEN, "PORTAL_INBOX_URL": "https://leads.example", "DATABASE_URL": "postgresql://u:secret@h/d"}
    assert place(None, {}, tmp_path) == Database(f"sqlite:///{tmp_path / 'leads.db'}")
    assert place(None, {"DATABASE_URL": "postgresql://u:secret@h/d"}, tmp_path) == Database("postgresql://u:secret@h/d")
    assert place(None, web, tmp_path) == Web("https://leads.example", "a-token-of-sixteen")
    assert place("other.db", web, tmp_path) == Database(f"sqlite:///{tmp_path / 'other.db'}")
    assert place(f"sqlite:///{tmp_path}/other.db", web, tmp_path) == Database(f"sqlite:///{tmp_path}/other.db")
    assert place("http://127.0.0.1:9", TOKEN, tmp_path) == Web("http://127.0.0.1:9", "a-token-of-sixteen")
    assert "secret" not in repr(place(None, {"DATABASE_URL": "postgresql://u:secret@h/d"}, tmp_path))
    assert "sixteen" not in repr(place(None, web, tmp_path))


@pytest.mark.parametrize(
    ("said", "environment", "words"),
    [
        ("none.db", {}, '--from names "none.db", and there is no such file'),
        (".", {}, "which is a folder"),
        ("export.csv", {}, "is no database; what another back end exported is read with --export"),
        (None, {"DATABASE_URL": "sqlite:///none.db"}, 'DATABASE_URL names "none.db", and there is no such file'),
        (None, {"PORTAL_INBOX_URL": "none.db", "DATABASE_URL": "sqlite:///x"}, 'PORTAL_INBOX_URL names "none.db"'),
        ("sqlite:///none.db", {}, '--from names "none.db", and there is no such file'),
        ("http://leads.example", TOKEN, "over https only"),
        ("http://localhost.evil.example", TOKEN, "over https only"),
        ("https://leads.example", {}, "set PORTAL_INBOX_TOKEN"),
        ("https://leads.example", {"PORTAL_INBOX_TOKEN": "two\nlines"}, "set PORTAL_INBOX_TOKEN"),
        ("https://u:hunter2@leads.example", TOKEN, "no address of a receiver"),
        ("https:///x", TOKEN, "no address of a receiver"),
        ("https://leads.example:x", TOKEN, "no address of a receiver"),
        ("https://[::1", TOKEN, "no address of a receiver"),
    ],
)
def test_a_place_that_cannot_be_used_is_refused(
    tmp_path: Path, said: str | None, environment: Mapping[str, str], words: str
) -> None:
    (tmp_path / "export.csv").write_text("prospect,contact\n")
    with pytest.raises(SourceError, match=words) as refused:
        place(said, environment, tmp_path)
    assert "hunter2" not in str(refused.value)


def test_where_nobody_says_anything_it_is_said_how_to(tmp_path: Path) -> None:
    with pytest.raises(NoSourceError, match=r"--from, or a file of another back end with --export"):
        place(None, {"DATABASE_URL": " "}, tmp_path)


# A database


def test_the_portals_own_leads_come_from_a_database_suspected_ones_too(tmp_path: Path) -> None:
    store = Store(url := f"sqlite:///{tmp_path / 'leads.db'}")
    for each in (snapshot(), snapshot(OTHER, suspected=("fast",)), snapshot("0" * 32, portal="quay")):
        store.put(each)
    store.close()
    found = fetched(Database(url), PORTAL, CAME)
    assert [(each.key, each.suspected) for each in found.leads] == [(KEY, ()), (OTHER, ("fast",))]


def test_postgresql_is_read_the_same(request: pytest.FixtureRequest) -> None:
    server = request.getfixturevalue("postgres")
    assert isinstance(server, Server)
    url = server.new_database()
    with opened(url) as store:
        store.put(snapshot())
    assert [each.key for each in fetched(Database(url), PORTAL, CAME).leads] == [KEY]


def test_a_portal_whose_form_posts_elsewhere_has_no_leads_in_a_database(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="posts to no receiver"):
        fetched(Database(f"sqlite:///{tmp_path / 'leads.db'}"), settings(), CAME)


@pytest.mark.parametrize(
    ("fault", "words"), [(StoreBusyError("locked"), "run this again"), (StoreUnusableError("a newer version"), "a newer version")]
)
def test_a_database_that_cannot_be_used_is_said(tmp_path: Path, fault: Exception, words: str) -> None:
    with pytest.raises(SourceError, match=words), opened(f"sqlite:///{tmp_path / 'leads.db'}"):
        raise fault


# HTTP


@contextmanager
def receiver(status: int, content: bytes, asked: list[tuple[str, str | None]]) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Authorization"]))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("tail", ["", "/", "/inbox", "/inbox/", "/inbox/harbour", "/inbox/harbour/"])
def test_over_http_the_token_opens_the_portals_inbox(tail: str) -> None:
    asked: list[tuple[str, str | None]] = []
    content = json.dumps({"portal": "harbour", "leads": [as_json(lead())]}).encode()
    with receiver(200, content, asked) as url:
        found = fetched(place(url + tail, {"PORTAL_INBOX_TOKEN": "a-token"}, Path()), PORTAL, CAME)
    assert found == Fetched((lead(),))
    assert asked == [("/inbox/harbour", "Bearer a-token")]


@pytest.mark.parametrize(
    ("status", "content", "words"),
    [
        (401, b"", "does not take this token"),
        (404, b"", "serves no such portal"),
        (503, b"", "it is busy"),
        (302, b"", "it answered 302"),
        (200, b"<html>", "no answer of a receiver"),
        (200, b'{"leads": [{"key": "x"}]}', "no answer of a receiver"),
        (200, b"[1]", "no answer of a receiver"),
        (200, b"[" * 100_000, "no answer of a receiver"),
        (200, b"\xff", "no answer of a receiver"),
    ],
)
def test_what_a_receiver_does_not_give_out_is_said(status: int, content: bytes, words: str) -> None:
    asked: list[tuple[str, str | None]] = []
    with receiver(status, content, asked) as url, pytest.raises(SourceError, match=words):
        fetched(Web(url, "a-token"), PORTAL, CAME)
    assert len(asked) == 1  # no redirection is followed with the token


def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "LARGEST_ANSWER", 10)
    with receiver(200, b"x" * 11, []) as url, pytest.raises(SourceError, match="larger than 64 MiB"):
        fetched(Web(url, "a-token"), PORTAL, CAME)


def test_nobody_who_answers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="does not answer as a receiver should"):
        fetched(Web("http://127.0.0.1:1", "a-token"), PORTAL, CAME)
    monkeypatch.setattr(remote, "_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(SourceError, match="does not answer in time"):
        fetched(Web(f"http://127.0.0.1:{silent.getsockname()[1]}", "a-token"), PORTAL, CAME)


# Exports


def test_an_export_is_grouped_by_key_and_takes_the_furthest(tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text(
        "ref_key,ref_step,ref_seq,prospect,contact,company,strange\n"
        f"{KEY},2,2,Jo Lee,07700 900123,Lee Works,\n"
        f"{KEY},1,1,Jo Lee,07700 900123,,\n"
        f"{OTHER},1,1,Amy,amy@x.example,,\n"
    )
    found = fetched(Exported(export), settings(), CAME)
    assert {each.key: each.fields.get("company") for each in found.leads} == {KEY: "Lee Works", OTHER: None}
    assert (found.problems, found.ignored) == ((), ("strange",))


def test_an_export_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read: no such file or directory"):
        fetched(Exported(tmp_path / "none.csv"), settings(), CAME)


def test_a_database_is_no_export(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}")
    store.put(snapshot())
    store.close()
    with pytest.raises(SourceError, match=r"leads\.db\" is a database and no export; read it with --from"):
        fetched(Exported(tmp_path / "leads.db"), PORTAL, CAME)


# Under which id


def test_what_is_typed_is_before_the_address_and_that_before_the_form() -> None:
    web = Web("https://leads.example", "a-token", "quay")
    assert kept_under(web, PORTAL, "old") == "old"
    assert kept_under(web, PORTAL) == "quay"
    assert kept_under(Web("https://leads.example", "a-token"), PORTAL) == "harbour"
    assert kept_under(Database("sqlite:///x"), settings()) == ""


@pytest.mark.parametrize(
    ("own", "other", "known", "found"),
    [
        ((), (KEY, OTHER), (), {"old": 2}),
        ((), (KEY, OTHER), (KEY,), {"old": 1}),
        ((), (KEY,), (KEY,), {}),
        (("0" * 32,), (KEY, OTHER), (), {}),
        (("0" * 32,), (KEY, OTHER), (KEY,), {"old": 1}),
        ((), (), (), {}),
    ],
    ids=["none of its own", "some fetched", "all fetched", "another's", "its own once", "an empty store"],
)
def test_leads_under_a_former_id_are_told_from_those_of_another_portal(
    tmp_path: Path, own: tuple[str, ...], other: tuple[str, ...], known: tuple[str, ...], found: Mapping[str, int]
) -> None:
    url = f"sqlite:///{tmp_path / 'leads.db'}"
    with opened(url) as store:
        store.portals()
        for portal, keys in (("harbour", own), ("old", other)):
            for key in keys:
                store.put(snapshot(key, portal=portal))
    assert elsewhere(receiving(Database(url), "harbour"), "harbour", lambda key: key in known) == found
