from __future__ import annotations

import json
import re

import httpx
import pytest
from limits import parse

from site_builder.leads.faults import StoreBusyError, StoreUnusableError
from site_builder.leads.snapshot import Kind
from site_builder.leads.wire import from_json
from tests.receive.asking import HARBOUR, JO, KEY, NOON, ORIGIN, PAGE, PATH, TOKEN, Memory, Wishes, fields, portal, receiver


def test_a_submission_is_kept_whole_and_said_to_be() -> None:
    store = Memory()
    with receiver(store) as harbour:
        answer = harbour.post(fields(note="Rings twice", consent_version="2026-11", referrer="7K3M9QX2", may_name="yes"))
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    (kept,) = store.kept
    assert (kept.portal, kept.key, kept.step, kept.seq, kept.kind) == ("harbour", KEY, 1, 1, Kind.REFERRAL)
    assert kept.fields == {
        **JO,
        "note": "Rings twice",
        "may_name": "yes",
        "consent_version": "2026-11",
        "referrer": "7K3M9QX2",
    }
    assert (kept.received_at, kept.suspected, kept.origin_missing) == (NOON, (), False)


def test_json_says_the_same_as_a_form() -> None:
    store = Memory()
    with receiver(store) as harbour:
        harbour.post(json.dumps(fields()).encode(), content_type="application/json")
        harbour.post(fields())
    assert store.kept[0] == store.kept[1]


@pytest.mark.parametrize(
    ("sent", "page"),
    [
        ({}, "refer/thanks/"),
        ({"referrer": "7K3M9QX2"}, "refer/7K3M9QX2/thanks/"),
        ({"referrer": "//evil.example"}, "refer/thanks/"),
        ({"referrer": "7K3M9QX2", "ref_kind": "self"}, "meet/thanks/"),
        ({"_next": "https://evil.example/", "redirect": "https://evil.example/"}, "refer/thanks/"),
    ],
)
def test_without_a_script_a_form_gets_a_key_and_ends_on_the_page_its_own_page_names(sent: dict[str, str], page: str) -> None:
    store = Memory()
    with receiver(store) as harbour:
        answer = harbour.post({**JO, "ref_key": "", "ref_ms": "", **sent}, accept=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, f"https://refer.harbour.example/{page}")
    assert re.fullmatch("[0-9a-f]{32}", store.kept[0].key)
    assert store.kept[0].suspected == ()


def test_two_forms_without_a_key_are_two_leads() -> None:
    store = Memory()
    with receiver(store) as harbour:
        harbour.post(JO)
        harbour.post(JO)
    assert len({kept.key for kept in store.kept}) == 2


@pytest.mark.parametrize("origin", [None, "null"])
def test_a_form_that_cannot_say_where_it_stands_is_kept_and_marked(origin: str | None) -> None:
    store = Memory()
    with receiver(store) as harbour:
        answer = harbour.post(fields(), origin=origin)
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers
    assert store.kept[0].origin_missing


@pytest.mark.parametrize(
    ("sent", "reasons"),
    [
        ({"ref_email": "x"}, ("honeypot",)),
        ({"ref_ms": "1499"}, ("too_fast",)),
        ({"ref_ms": "1500"}, ()),
        ({"ref_ms": ""}, ()),
        ({"ref_ms": "-5"}, ()),
        ({"ref_ms": "NaN"}, ()),
        ({"ref_email": "x", "ref_ms": "0"}, ("honeypot", "too_fast")),
    ],
)
def test_what_looks_like_a_robot_is_kept_with_the_reasons_and_answered_alike(
    sent: dict[str, str], reasons: tuple[str, ...]
) -> None:
    store = Memory()
    with receiver(store) as harbour:
        script, page = harbour.post(fields(**sent)), harbour.post(fields(**sent), accept=PAGE)
    assert (script.status_code, script.json(), page.status_code) == (200, {"ok": True}, 303)
    assert [kept.suspected for kept in store.kept] == [reasons, reasons]
    assert "ref_email" not in store.kept[0].fields


def test_a_browser_that_asks_first_is_told_what_it_may() -> None:
    with receiver() as harbour:
        answer = harbour.ask("OPTIONS", PATH, headers={"origin": ORIGIN, "access-control-request-method": "POST"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["access-control-allow-methods"] == "GET, POST"
    assert answer.headers["access-control-allow-headers"] == "Accept, Content-Type"


def test_what_the_form_does_not_ask_is_dropped_and_blanks_around_an_answer_too() -> None:
    store = Memory()
    with receiver(store) as harbour:
        harbour.post(fields(prospect="  Jo\tLee ", note=" one\r\ntwo ", salary="1\x00", received_at="x", told=""))
    assert store.kept[0].fields == {**JO, "note": "one\ntwo"}


def test_a_portals_own_field_is_kept_and_a_field_it_drops_is_not() -> None:
    store = Memory()
    other = portal(fields=[{"name": "seats", "label": "How many seats?"}, {"name": "company", "drop": "yes"}])
    with receiver(store, Wishes(portals=(other,))) as harbour:
        harbour.post(fields(seats="12", company="Lee Ltd"))
    assert store.kept[0].fields == {**JO, "seats": "12"}


def test_each_portal_has_its_own_path_and_origin() -> None:
    store = Memory()
    with receiver(store, Wishes(portals=(HARBOUR, portal("north")))) as both:
        assert both.post(fields()).status_code == 200
        assert both.post(fields(), path="/r/north").status_code == 403
        assert both.post(fields(), path="/r/north/", origin="https://refer.north.example").status_code == 200
        assert both.post(fields(), path="/r/south").status_code == 404
    assert [kept.portal for kept in store.kept] == ["harbour", "north"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"])
def test_whoever_looks_at_the_address_is_shown_the_way_to_the_form(method: str) -> None:
    with receiver() as harbour:
        answer = harbour.ask(method, PATH, headers={"accept": PAGE})
    assert (answer.status_code, answer.headers["allow"]) == (405, "OPTIONS, POST")
    if method != "HEAD":
        assert '<a href="https://refer.harbour.example/refer/">Harbour IT</a>' in answer.text


def test_a_page_that_is_nobodys_says_so_and_names_nobody() -> None:
    with receiver() as harbour:
        answer = harbour.ask("GET", "/nowhere", headers={"accept": PAGE})
    assert answer.status_code == 404
    assert "There is nothing here." in answer.text
    assert "Harbour" not in answer.text


def test_every_answer_tells_browsers_to_load_keep_and_frame_nothing() -> None:
    with receiver() as harbour:
        answers = [
            harbour.post(fields()),
            harbour.post(fields(), accept=PAGE),
            harbour.post(b"", accept=PAGE),
            harbour.ask("GET", "/nowhere"),
            harbour.ask("GET", "/healthz"),
            harbour.ask("OPTIONS", PATH, headers={"origin": ORIGIN}),
        ]
    for answer in answers:
        assert answer.headers["content-security-policy"].startswith("default-src 'none';")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"


def test_a_person_without_a_script_is_told_in_words_and_how_to_reach_somebody() -> None:
    with receiver(Memory(StoreBusyError("database is locked"))) as harbour:
        answer = harbour.post(fields(), accept=PAGE)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "That could not be kept just now. Please send it again in a moment." in answer.text
    assert '<a href="mailto:hello@harbour.example">' in answer.text
    assert "locked" not in answer.text


@pytest.mark.parametrize("fault", [StoreBusyError("disk full"), StoreUnusableError("no permission")])
def test_what_cannot_be_kept_now_is_to_be_sent_again(fault: Exception) -> None:
    store = Memory(fault)
    with receiver(store) as harbour:
        answer = harbour.post(fields())
        health = harbour.ask("GET", "/healthz")
    assert (answer.status_code, answer.json(), answer.headers["retry-after"]) == (503, {"ok": False, "error": "busy"}, "5")
    assert (health.status_code, health.json()) == (503, {"ok": False})


def test_a_mistake_of_ours_is_answered_without_a_word_of_it_and_the_log_names_its_type() -> None:
    with receiver(Memory(KeyError("Jo Lee 07700"))) as harbour:
        answer = harbour.post(fields())
    assert (answer.status_code, answer.json()) == (500, {"ok": False, "error": "mistake"})
    assert "KeyError in" in harbour.log.getvalue()
    assert "Jo" not in harbour.log.getvalue()


def test_the_store_is_asked_for_its_health_once_a_second_at_most() -> None:
    store = Memory()
    with receiver(store) as harbour:
        assert harbour.ask("GET", "/healthz").json() == {"ok": True, "untold": 0}
        store.fault = StoreBusyError("gone")
        assert harbour.ask("GET", "/healthz").status_code == 200
        assert harbour.ask("POST", "/healthz").status_code == 405


def test_however_many_ask_for_its_health_at_once_the_store_is_asked_once() -> None:
    store = Memory()
    with receiver(store) as harbour:
        assert {answer.status_code for answer in harbour.ask_at_once("/healthz", 20)} == {200}
    assert store.checks == 1


def _inbox(answer: httpx.Response) -> list[str]:
    return [from_json(lead).key for lead in answer.json()["leads"]]


def test_the_inbox_gives_out_leads_to_the_token_alone() -> None:
    with receiver() as harbour:
        harbour.post(fields(ref_email="x"))
        good = harbour.ask("GET", "/inbox/harbour", headers={"authorization": f"Bearer {TOKEN}"})
        bad = [
            harbour.ask("GET", "/inbox/harbour", headers=headers)
            for headers in (
                {},
                {"authorization": "Bearer "},
                {"authorization": f"Bearer {TOKEN}x"},
                {"authorization": f"Basic {TOKEN}"},
                {"authorization": "Bearer ü"},
                [("authorization", f"Bearer {TOKEN}"), ("authorization", f"Bearer {TOKEN}")],
            )
        ]
        absent = harbour.ask("GET", "/inbox/south", headers={"authorization": f"Bearer {TOKEN}"})
        posted = harbour.ask("POST", "/inbox/harbour", headers={"authorization": f"Bearer {TOKEN}"})
    assert (good.status_code, _inbox(good)) == (200, [KEY])
    assert "access-control-allow-origin" not in good.headers
    assert [answer.status_code for answer in bad] == [401] * 6
    assert {answer.headers["www-authenticate"] for answer in bad} == {"Bearer"}
    assert (absent.status_code, posted.status_code) == (404, 405)


def test_without_a_token_there_is_no_inbox() -> None:
    with receiver(wishes=Wishes(inbox_token=None)) as harbour:
        for headers in ({}, {"authorization": "Bearer "}, {"authorization": "Bearer None"}):
            assert harbour.ask("GET", "/inbox/harbour", headers=headers).status_code == 404


def test_guessing_the_token_is_held_back() -> None:
    with receiver(wishes=Wishes(per_block=parse("3/hour"))) as harbour:
        guesses = [harbour.ask("GET", "/inbox/harbour", headers={"authorization": f"Bearer {n}"}) for n in range(4)]
    assert [answer.status_code for answer in guesses] == [401, 401, 401, 429]


CANARIES = ("CanaryJo", "canary@x.example", "canaryquery", "canaryua", "canarycookie", "203.0.113.77", KEY, "7K3M9QX2")


def test_the_log_holds_a_line_for_each_request_and_nothing_of_what_was_sent() -> None:
    said = fields(prospect="CanaryJo", contact="canary@x.example", note="CanaryJo again", referrer="7K3M9QX2")
    headers = {"user_agent": "canaryua", "cookie": "canarycookie", "referer": "https://x.example/canaryquery"}
    with receiver() as harbour:
        harbour.post(said, path=f"{PATH}?q=canaryquery", peer="203.0.113.77", **headers)
        harbour.post({**said, "prospect": "CanaryJo\n"}, peer="203.0.113.77", **headers)
        harbour.post({**said, "company": "CanaryJo\x00"}, peer="203.0.113.77", accept=PAGE, **headers)
        harbour.ask("GET", "/canaryquery", peer="203.0.113.77")
        harbour.ask("CANARYJO", "/healthz", peer="203.0.113.77")
    log = harbour.log.getvalue()
    lines = [re.sub("[0-9]+ms", "ms", line) for line in log.splitlines()]
    assert lines == [
        "2026-11-02T12:00:00Z POST harbour 200 ms 203.0.113.0/24",
        "2026-11-02T12:00:00Z POST harbour 422 ms 203.0.113.0/24",
        "2026-11-02T12:00:00Z POST harbour 422 ms 203.0.113.0/24",
        "2026-11-02T12:00:00Z GET - 404 ms 203.0.113.0/24",
        "2026-11-02T12:00:00Z OTHER healthz 405 ms 203.0.113.0/24",
    ]
    assert not [canary for canary in CANARIES if canary.casefold() in log.casefold()]
