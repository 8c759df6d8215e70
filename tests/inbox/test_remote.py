"""What is said to the receiver over HTTP, and what its refusals mean. Nobody's key or address stands in an address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from site_builder.inbox.places import SourceError, Web
from site_builder.inbox.remote import NotServedError, Remote
from site_builder.inbox.sources import elsewhere
from site_builder.leads.wire import as_json
from tests.inbox.making import KEY, OTHER, lead

Asked = list[tuple[str, str, str]]
"""Method, path and body of each request."""
Answered = Callable[[str, str], tuple[int, object]]
"""A method and a path → the status and the JSON of the answer."""


@contextmanager
def receiver(answered: Answered, asked: Asked, portal: str = "harbour") -> Iterator[Remote]:
    class Answer(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            asked.append((self.command, self.path, body))
            assert self.headers["Authorization"] == "Bearer a-token"
            status, said = answered(self.command, self.path)
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = answer  # noqa: N815  # http.server's names

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Remote(Web(f"http://127.0.0.1:{server.server_port}", "a-token"), portal)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def always(status: int, said: object) -> Answered:
    return lambda _method, _path: (status, said)


def test_a_person_is_looked_for_and_erased_by_what_stands_in_the_body() -> None:
    asked: Asked = []
    said = {("POST", "/inbox/a%20b/export"): {"leads": [as_json(lead())]}, ("DELETE", "/inbox/a%20b"): {"erased": 2}}
    with receiver(lambda method, path: (200, said[method, path]), asked, "a b") as remote:
        assert remote.held(email="jo@lee.example") == (lead(),)
        assert remote.erase(email="jo@lee.example") == 2
        assert remote.erase(key=KEY) == 2
    assert [(method, path, json.loads(body)) for method, path, body in asked] == [
        ("POST", "/inbox/a%20b/export", {"email": "jo@lee.example"}),
        ("DELETE", "/inbox/a%20b", {"email": "jo@lee.example"}),
        ("DELETE", "/inbox/a%20b", {"key": KEY}),
    ]


def test_a_lead_is_found_by_its_key_among_all() -> None:
    asked: Asked = []
    with receiver(always(200, {"leads": [as_json(lead()), as_json(lead(OTHER))]}), asked) as remote:
        assert [each.key for each in remote.held(key=OTHER)] == [OTHER]
        assert remote.held() == ()
    assert {(method, path) for method, path, _ in asked} == {("GET", "/inbox/harbour")}


@pytest.mark.parametrize(
    ("status", "said", "words"),
    [
        (401, {}, "erased nothing: it does not take this token"),
        (404, {}, "erased nothing: it serves no such portal"),
        (405, {}, "erased nothing: it is of a version that cannot do this"),
        (429, {}, "erased nothing: it was asked too often"),
        (500, {}, "erased nothing: it answered 500"),
        (200, {}, "no answer of a receiver"),
        (200, {"erased": True}, "no answer of a receiver"),
        (200, {"erased": "1"}, "no answer of a receiver"),
        (200, [], "no answer of a receiver"),
    ],
)
def test_what_is_not_erased_is_not_said_to_be(status: int, said: object, words: str) -> None:
    with receiver(always(status, said), []) as remote, pytest.raises(SourceError, match=words):
        remote.erase(key=KEY)


def test_portals_are_counted_by_a_receiver_that_does_so() -> None:
    with receiver(always(200, {"portals": {"old": 3}}), []) as remote:
        assert remote.portals() == {"old": 3}
    with receiver(always(404, {}), []) as remote:
        assert remote.portals() == {}
    for strange in ({"portals": [3]}, {"portals": {"old": "3"}}, {}):
        with receiver(always(200, strange), []) as remote, pytest.raises(SourceError, match="no answer of a receiver"):
            remote.portals()


def test_a_portal_that_is_served_no_longer_is_a_former_one() -> None:
    def answered(_method: str, path: str) -> tuple[int, object]:
        if path == "/inbox":
            return 200, {"portals": {"harbour": 1, "quay": 1, "old": 3}}
        return (404, {}) if path.endswith("old") else (200, {"leads": [as_json(lead())]})

    with receiver(answered, []) as remote:
        assert elsewhere(remote, "harbour", lambda _key: False) == {"old": 3}
        with pytest.raises(NotServedError):
            remote.leads("old")


def test_an_answer_whose_leads_are_no_list_is_none() -> None:
    answers: tuple[object, ...] = ({}, {"leads": {}}, {"leads": ["x"]})
    for strange in answers:
        with receiver(always(200, strange), []) as remote, pytest.raises(SourceError, match="no answer of a receiver"):
            remote.leads()
