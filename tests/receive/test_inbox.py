"""What whoever knows the inbox's token may do over HTTP: count, erase and take out one person's leads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from limits import parse

from site_builder.leads.faults import StoreBusyError
from site_builder.leads.store import Store
from site_builder.leads.wire import from_json
from tests.leads.samples import snapshot
from tests.receive.asking import HARBOUR, KEY, TOKEN, Memory, Receiver, Wishes, fields, portal, receiver

BEARER = {"authorization": f"Bearer {TOKEN}"}
JSON = {**BEARER, "content-type": "application/json"}
NORTH = portal("north")


@contextmanager
def filled(tmp_path: Path, wishes: Wishes | None = None) -> Iterator[tuple[Receiver, Store]]:
    """A receiver of two portals; jo@lee.example stands in a lead of each, and old is a portal that nobody serves."""
    store = Store(f"sqlite:///{tmp_path / 'leads.db'}")
    for name, key, contact in (
        ("harbour", "a", "Jo <jo@lee.example>"),
        ("harbour", "b", "07700 900123"),
        ("north", "c", "jo@lee.example"),
        ("old", "d", "jo@lee.example"),
    ):
        store.put(snapshot(portal=name, key=key * 32, contact=contact))
    store.put(snapshot(portal="old", key="e" * 32, suspected=("honeypot",)))
    with receiver(store, wishes or Wishes(portals=(HARBOUR, NORTH))) as made:
        yield made, store
    store.close()


def asked(made: Receiver, method: str, path: str, body: object = None, headers: dict[str, str] = JSON) -> httpx.Response:
    return made.ask(method, path, None if body is None else json.dumps(body).encode(), headers)


def test_all_portals_are_counted_served_or_not_suspected_leads_too(tmp_path: Path) -> None:
    with filled(tmp_path) as (made, _):
        answer = asked(made, "GET", "/inbox", headers=BEARER)
    assert (answer.status_code, answer.json()) == (200, {"portals": {"harbour": 2, "north": 1, "old": 2}})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(("said", "left"), [({"key": "a" * 32}, ["b" * 32]), ({"email": " JO@lee.example"}, ["b" * 32])])
def test_a_persons_leads_are_erased_in_the_one_portal(tmp_path: Path, said: dict[str, str], left: list[str]) -> None:
    with filled(tmp_path) as (made, store):
        first, again = (asked(made, "DELETE", "/inbox/harbour", said) for _ in range(2))
        assert (first.status_code, first.json(), again.json()) == (200, {"erased": 1}, {"erased": 0})
        assert [lead.key for lead in store.leads("harbour", suspected=None)] == left
        assert store.portals() == {"harbour": 1, "north": 1, "old": 2}
        log = made.log.getvalue()
    assert "lee" not in log
    assert "a" * 32 not in log
    assert "DELETE inbox 200" in log


def test_a_persons_leads_are_taken_out_of_the_one_portal(tmp_path: Path) -> None:
    with filled(tmp_path) as (made, _):
        answer = asked(made, "POST", "/inbox/harbour/export", {"email": "jo@lee.example"})
        nobody = asked(made, "POST", "/inbox/harbour/export", {"email": "ann@lee.example"})
    assert (answer.status_code, answer.json()["portal"]) == (200, "harbour")
    assert [from_json(lead).key for lead in answer.json()["leads"]] == ["a" * 32]
    assert nobody.json() == {"portal": "harbour", "leads": []}


@pytest.mark.parametrize(
    ("method", "path", "body", "error"),
    [
        ("DELETE", "/inbox/harbour", {}, "key_or_email"),
        ("DELETE", "/inbox/harbour", {"key": "", "email": " "}, "key_or_email"),
        ("DELETE", "/inbox/harbour", {"key": KEY, "email": "jo@lee.example"}, "key_or_email"),
        ("DELETE", "/inbox/harbour", {"email": ["jo@lee.example"]}, "unreadable"),
        ("POST", "/inbox/harbour/export", {}, "missing"),
        ("POST", "/inbox/harbour/export", {"key": KEY}, "missing"),
    ],
)
def test_who_is_meant_is_said_and_said_once(tmp_path: Path, method: str, path: str, body: object, error: str) -> None:
    with filled(tmp_path) as (made, store):
        answer = asked(made, method, path, body)
        assert store.portals()["harbour"] == 2
    assert (answer.status_code, answer.json()["error"]) == (422, error)


ADDRESSES = [
    ("GET", "/inbox", None),
    ("DELETE", "/inbox/harbour", {"key": KEY}),
    ("POST", "/inbox/harbour/export", {"email": "jo@lee.example"}),
]


@pytest.mark.parametrize(("method", "path", "body"), ADDRESSES)
def test_nobody_may_without_the_token_and_guesses_are_held_back(
    tmp_path: Path, method: str, path: str, body: dict[str, str] | None
) -> None:
    guess = {"authorization": "Bearer guess", "content-type": "application/json"}
    with filled(tmp_path, Wishes(per_block=parse("2/hour"))) as (made, store):
        statuses = [asked(made, method, path, body, guess).status_code for _ in range(3)]
        assert store.portals()["harbour"] == 2
    assert statuses == [401, 401, 429]
    with receiver(wishes=Wishes(inbox_token=None)) as made:
        assert asked(made, method, path, body).status_code == 404


@pytest.mark.parametrize(("method", "path", "body"), ADDRESSES[1:])
def test_a_portal_nobody_serves_is_not_there_and_the_body_is_json(
    tmp_path: Path, method: str, path: str, body: dict[str, str]
) -> None:
    with filled(tmp_path) as (made, _):
        assert asked(made, method, path.replace("harbour", "old"), body).status_code == 404
        form = {**BEARER, "content-type": "application/x-www-form-urlencoded"}
        assert asked(made, method, path, body, form).status_code == 415
        assert asked(made, method, path, {**body, "x": "x" * 32 * 1024}).status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/inbox", "GET, HEAD"),
        ("POST", "/inbox/harbour", "DELETE, GET, HEAD"),
        ("GET", "/inbox/harbour/export", "POST"),
    ],
)
def test_whoever_asks_in_another_way_is_told_the_right_one(method: str, path: str, allowed: str) -> None:
    with receiver() as made:
        answer = asked(made, method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize(("method", "path", "body"), ADDRESSES)
def test_a_store_that_cannot_now_is_busy(method: str, path: str, body: dict[str, str] | None) -> None:
    with receiver(Memory(StoreBusyError("locked"))) as made:
        assert asked(made, method, path, body).status_code == 503


def test_a_code_that_nobody_knows_and_a_page_that_says_nothing_reach_the_inbox() -> None:
    with receiver() as made:
        made.post(fields(referrer="RETIRED1"), origin="null")
        (lead,) = map(from_json, asked(made, "GET", "/inbox/harbour").json()["leads"])
    assert (lead.fields["referrer"], lead.origin_missing) == ("RETIRED1", True)
