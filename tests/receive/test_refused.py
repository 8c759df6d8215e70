"""Everything that is refused, with the exact status and word."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from ipaddress import ip_network

import pytest
from limits import parse

from site_builder.leads.snapshot import Snapshot
from site_builder.leads.store import Outcome
from site_builder.receive.desk import Patience
from tests.receive.asking import FORM, KEY, ORIGIN, PATH, Memory, Wishes, fields, receiver


def test_only_the_portals_own_pages_may_read_the_answer() -> None:
    with receiver() as harbour:
        answer = harbour.post(fields())
        foreign = harbour.post(fields(), origin="https://evil.example")
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert "Origin" in answer.headers["vary"]
    assert (foreign.status_code, foreign.json()) == (403, {"ok": False, "error": "foreign_origin"})
    assert "access-control-allow-origin" not in foreign.headers
    assert "Origin" in foreign.headers["vary"]


@pytest.mark.parametrize(
    "origin", ["http://refer.harbour.example", "https://refer.harbour.example:8443", "https://refer.harbour.example.evil.example"]
)
def test_an_origin_that_only_looks_alike_is_foreign(origin: str) -> None:
    store = Memory()
    with receiver(store) as harbour:
        assert harbour.post(fields(), origin=origin).status_code == 403
        assert harbour.ask("OPTIONS", PATH, headers={"origin": origin}).status_code == 403
    assert store.kept == []


def test_two_origins_are_none_of_ours() -> None:
    with receiver() as harbour:
        twice = [("origin", ORIGIN), ("origin", ORIGIN), ("content-type", FORM)]
        assert harbour.ask("POST", PATH, b"prospect=Jo", twice).status_code == 403


BIG = b"prospect=" + b"x" * (32 * 1024 - len(b"prospect="))


@pytest.mark.parametrize(
    ("body", "headers", "status", "error"),
    [
        (BIG, {}, 422, "too_long"),  # exactly 32 KiB are read; the field is what is too long
        (BIG + b"x", {}, 413, "too_large"),
        (BIG * 40, {}, 413, "too_large"),  # more than is read to the end
        (b"prospect=Jo", {"content_length": "32769"}, 413, "too_large"),
        (b"prospect=Jo", {"content_length": "many"}, 413, "too_large"),
        (BIG + b"x", {"content_type": "text/plain"}, 413, "too_large"),
        (BIG + b"x", {"content_encoding": "gzip"}, 413, "too_large"),
        (b"prospect=Jo", {"content_type": "text/plain"}, 415, "wrong_type"),
        (b"prospect=Jo", {"content_type": "multipart/form-data; boundary=x"}, 415, "wrong_type"),
        (b"prospect=Jo", {"content_type": "application/x-www-form-urlencoded; charset=latin-1"}, 415, "wrong_type"),
        (b"prospect=Jo", {"content_type": ""}, 415, "wrong_type"),
        (b"prospect=Jo", {"content_encoding": "gzip"}, 415, "wrong_type"),
        (b"prospect=%FF", {}, 422, "unreadable"),
        (b"prospect=\xff", {}, 422, "unreadable"),
        (b"prospect=%ED%A0%80", {}, 422, "unreadable"),
        (b"&".join(b"a%d=1" % n for n in range(101)), {}, 422, "unreadable"),
        (b"prospect=Jo&prospect=Lee", {}, 422, "repeated_field"),
        (b"", {}, 422, "empty"),
        (b"prospect=+&contact=%20", {}, 422, "empty"),
        (b"may_name=yes&consent_version=1", {}, 422, "empty"),
        (b"nothing=known", {}, 422, "empty"),
        (b'{"prospect": "Jo"', {"content_type": "application/json"}, 422, "unreadable"),
        (b'{"prospect": {"name": "Jo"}}', {"content_type": "application/json"}, 422, "unreadable"),
        (b"[" * 30_000, {"content_type": "application/json"}, 422, "unreadable"),
        (b'{"a":' * 6_000, {"content_type": "application/json"}, 422, "unreadable"),
        (b'"prospect"', {"content_type": "application/json"}, 422, "unreadable"),
        (b'{"prospect": 5}', {"content_type": "application/json"}, 422, "unreadable"),
        (b'{"prospect": NaN}', {"content_type": "application/json"}, 422, "unreadable"),
        (json.dumps({f"a{n}": "" for n in range(101)}).encode(), {"content_type": "application/json"}, 422, "unreadable"),
        (b'{"prospect": null}', {"content_type": "application/json"}, 422, "unreadable"),
        (b'{"prospect": "Jo", "prospect": "Lee"}', {"content_type": "application/json"}, 422, "repeated_field"),
        (b'{"prospect": "\\ud800"}', {"content_type": "application/json"}, 422, "control_characters"),
    ],
)
def test_a_body_is_refused_for_what_it_is(body: bytes, headers: dict[str, str], status: int, error: str) -> None:
    store = Memory()
    with receiver(store) as harbour:
        answer = harbour.post(body, **headers)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert store.kept == []


@pytest.mark.parametrize(
    ("sent", "error", "field"),
    [
        ({"prospect": "Jo\nLee"}, "line_break", "prospect"),
        ({"contact": "jo@x.example\r\nBcc: all@x.example"}, "line_break", "contact"),
        ({"company": "A\u2028B"}, "line_break", "company"),
        ({"prospect": "Jo\x00"}, "control_characters", "prospect"),
        ({"prospect": "Jo\x1b[31m"}, "control_characters", "prospect"),
        ({"note": "a\x07b"}, "control_characters", "note"),
        ({"referrer": "A\nB"}, "line_break", "referrer"),
        ({"prospect": "x" * 301}, "too_long", "prospect"),
        ({"note": "x" * 4001}, "too_long", "note"),
        ({"consent_version": "x" * 301}, "too_long", "consent_version"),
        ({"may_name": "perhaps"}, "bad_value", "may_name"),
        ({"ref_step": "3"}, "bad_value", "ref_step"),
        ({"ref_step": "²"}, "bad_value", "ref_step"),
        ({"ref_seq": "0"}, "bad_value", "ref_seq"),
        ({"ref_seq": "1000000"}, "bad_value", "ref_seq"),
        ({"ref_seq": "-1"}, "bad_value", "ref_seq"),
        ({"ref_seq": "\u0661"}, "bad_value", "ref_seq"),
        ({"ref_kind": "robot"}, "bad_value", "ref_kind"),
        ({"ref_key": "a" * 32}, "weak_key", "ref_key"),
        ({"ref_key": "ab" * 16}, "weak_key", "ref_key"),
        ({"ref_key": "0123456789abcdef" * 2}, "weak_key", "ref_key"),
        ({"ref_key": KEY.upper()}, "weak_key", "ref_key"),
        ({"ref_key": KEY[:31]}, "weak_key", "ref_key"),
        ({"ref_key": KEY + "0"}, "weak_key", "ref_key"),
        ({"ref_key": KEY[:31] + "\u0661"}, "weak_key", "ref_key"),
        ({"altcha": "x" * 2001}, "too_long", "altcha"),
    ],
)
def test_a_field_is_refused_by_its_name_and_nothing_of_it_is_said(sent: dict[str, str], error: str, field: str) -> None:
    store = Memory()
    with receiver(store) as harbour:
        answer = harbour.post(fields(**sent))
    assert (answer.status_code, answer.json()) == (422, {"ok": False, "error": error, "field": field})
    assert store.kept == []


def test_a_body_that_never_ends_is_given_up() -> None:
    async def dawdling() -> AsyncIterator[bytes]:
        yield b"prospect="
        await asyncio.sleep(60)

    with receiver(wishes=Wishes(patience=Patience(body=0.05))) as harbour:
        answer = harbour.ask("POST", PATH, dawdling(), {"content-type": FORM})
    assert (answer.status_code, answer.json()["error"], answer.headers["connection"]) == (408, "too_slow", "close")


def test_a_store_that_hangs_is_busy() -> None:
    release = threading.Event()

    class Hanging(Memory):
        def put(self, snapshot: Snapshot) -> Outcome:
            release.wait(20)
            return super().put(snapshot)

    with receiver(Hanging(), Wishes(patience=Patience(store=0.05))) as harbour:
        answers = [harbour.post(fields()) for _ in range(2)]
        release.set()
    assert [answer.status_code for answer in answers] == [503, 503]


def test_one_block_is_held_back_and_others_are_not() -> None:
    store = Memory()
    with receiver(store, Wishes(per_block=parse("2/hour"))) as harbour:
        statuses = [harbour.post(fields(), peer=f"203.0.113.{last}").status_code for last in (1, 2, 3)]
        held = harbour.post(fields(), peer="203.0.113.4")
        other = harbour.post(fields(), peer="203.0.114.4")
    assert statuses == [200, 200, 429]
    assert held.json() == {"ok": False, "error": "too_many"}
    assert 1 <= int(held.headers["retry-after"]) <= 3600
    assert held.headers["access-control-expose-headers"] == "Retry-After"
    assert other.status_code == 200
    assert len(store.kept) == 3


def test_all_together_are_held_back_too_and_a_greedy_block_uses_up_nothing_of_it() -> None:
    with receiver(wishes=Wishes(per_block=parse("1/hour"), in_all=parse("2/hour"))) as harbour:
        greedy = [harbour.post(fields(), peer="203.0.113.1").status_code for _ in range(4)]
        others = [harbour.post(fields(), peer=f"2001:db8:{n}::1").status_code for n in (1, 2)]
    assert greedy == [200, 429, 429, 429]
    assert others == [200, 429]


def test_behind_a_proxy_each_visitor_has_a_block_of_their_own() -> None:
    wishes = Wishes(per_block=parse("1/hour"), trusted=(ip_network("127.0.0.1/32"),))
    with receiver(wishes=wishes) as harbour:
        first = harbour.post(fields(), peer="127.0.0.1", x_forwarded_for="203.0.113.1")
        again = harbour.post(fields(), peer="127.0.0.1", x_forwarded_for="198.51.100.7, 203.0.113.2")
        other = harbour.post(fields(), peer="127.0.0.1", x_forwarded_for="198.51.100.7")
        stranger = harbour.post(fields(), peer="192.0.2.1", x_forwarded_for="10.0.0.1")
        again_stranger = harbour.post(fields(), peer="192.0.2.1", x_forwarded_for="10.9.9.9")
    assert [answer.status_code for answer in (first, again, other)] == [200, 429, 200]
    assert [stranger.status_code, again_stranger.status_code] == [200, 429]
