"""The functions of deploy/ answer as the receiver does, and portal inbox reads what they answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from site_builder.inbox.places import SourceError, Web
from site_builder.inbox.sources import fetched
from site_builder.leads.snapshot import Lead
from tests.deploy.functions import ROOT, TOKEN, VENDORS, function
from tests.portals import FILES, settings, write
from tests.receive.asking import FORM, JO, KEY, ORIGIN, PAGE, fields, receiver

OTHER = "9f86d081884c7d659a2feaa0c55ad015"
ENDPOINT = "https://refer.harbour.example/leads/harbour"
PORTAL = settings(form={"backend": "receiver", "endpoint": ENDPOINT})
SCRIPT = {"Content-Type": FORM, "Accept": "application/json", "Origin": ORIGIN}
PROGRAM = (sys.executable, "-m", "site_builder")
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(params=VENDORS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with function(request.param, tmp_path) as url:
        yield url


def post(url: str, sent: Mapping[str, str] | bytes, **headers: str | None) -> httpx.Response:
    """Post a form as its script does; a header given as None is not sent."""
    return httpx.post(f"{url}/leads/harbour", content=content(sent), headers=said(headers), trust_env=False)


def content(sent: Mapping[str, str] | bytes) -> bytes:
    return sent if isinstance(sent, bytes) else urlencode(sent).encode()


def said(headers: Mapping[str, str | None]) -> dict[str, str]:
    all_of_them = {**SCRIPT, **{name.replace("_", "-").title(): value for name, value in headers.items()}}
    return {name: value for name, value in all_of_them.items() if value is not None}


def leads(url: str) -> tuple[Lead, ...]:
    """What portal inbox's own reader makes of what the function answers."""
    return fetched(Web(f"{url}/leads", TOKEN), PORTAL, datetime.now(UTC)).leads


# What is kept


def test_a_submission_is_kept_when_it_is_answered_and_the_inbox_reads_it(url: str) -> None:
    before = datetime.now(UTC)
    answer = post(url, fields(referrer="7QK3M9TX", postcode="N1", consent_version="2026-11", note="a\r\nb", company=" "))
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    (lead,) = leads(url)
    assert (lead.portal, lead.key, lead.step, lead.seq, lead.kind.value) == ("harbour", KEY, 1, 1, "referral")
    # Nothing is dropped but what is empty and what the page says of itself: an own field counts without being told here.
    assert lead.fields == {**JO, "referrer": "7QK3M9TX", "postcode": "N1", "consent_version": "2026-11", "note": "a\nb"}
    assert (lead.suspected, lead.origin_missing) == ((), False)
    # A time of arrival has three digits behind the second's point.
    assert before.replace(microsecond=before.microsecond // 1000 * 1000) <= lead.received_at <= datetime.now(UTC)
    assert lead.updated_at == lead.received_at


def test_a_later_step_wins_and_an_earlier_or_repeated_one_changes_nothing(url: str) -> None:
    for step, seq, note in (("1", "1", "one"), ("2", "2", "two"), ("2", "2", "again"), ("1", "9", "late")):
        assert post(url, fields(ref_step=step, ref_seq=seq, note=note)).status_code == 200
    (lead,) = leads(url)
    assert (lead.step, lead.seq, lead.fields["note"]) == (2, 2, "two")
    assert lead.received_at <= lead.updated_at


def test_who_fell_into_the_trap_is_suspected_until_one_clean_submission_comes(url: str) -> None:
    answers = [
        post(url, fields(ref_email="x@x.example")),
        post(url, fields(ref_email="x@x.example", ref_step="2", ref_seq="2")),
        post(url, fields(ref_key=OTHER, ref_ms="1499")),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert {lead.key: lead.suspected for lead in leads(url)} == {KEY: ("honeypot",), OTHER: ("too_fast",)}
    post(url, fields(ref_step="1", ref_seq="2"))
    assert {lead.key: (lead.step, lead.suspected) for lead in leads(url)} == {KEY: (2, ()), OTHER: (1, ("too_fast",))}


def test_a_form_without_a_script_is_kept_under_a_fresh_key_and_marked_where_no_page_is_named(url: str) -> None:
    for origin in ("null", None):
        answer = post(url, JO, accept=PAGE, origin=origin)
        assert (answer.status_code, answer.headers["Location"]) == (303, "https://refer.harbour.example/refer/thanks/")
    one, other = leads(url)
    assert one.key != other.key
    assert (one.origin_missing, other.origin_missing) == (True, True)


def test_what_cannot_be_stored_is_not_acknowledged(url: str) -> None:
    refused = [post(url, fields(note="a broken store")), post(url, fields(note="a broken store"), accept=PAGE)]
    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in refused] == [(503, "5")] * 2
    assert leads(url) == ()
    assert post(url, fields()).status_code == 200


# As the receiver answers

CASES: Mapping[str, tuple[Mapping[str, str] | bytes, Mapping[str, str | None]]] = {
    "a script": (fields(), {}),
    "a page": (fields(), {"accept": PAGE}),
    "a personal page": (fields(referrer="7QK3M9TX"), {"accept": PAGE}),
    "a friend's page": ({**JO, "ref_kind": "self"}, {"accept": PAGE}),
    "a beacon": (fields(), {"content_type": f"{FORM};charset=UTF-8", "accept": "*/*"}),
    "another page": (fields(), {"origin": "https://evil.example"}),
    "another scheme": (fields(), {"origin": "http://refer.harbour.example"}),
    "no origin": (fields(), {"origin": None}),
    "another type": (fields(), {"content_type": "text/plain"}),
    "no type": (fields(), {"content_type": None}),
    "a name twice": (b"prospect=a&prospect=b&contact=c", {}),
    "nothing": ({}, {}),
    "nobody": (fields(prospect=" "), {}),
    "no way to reach them": (fields(contact=""), {"accept": PAGE}),
    "a line too long": (fields(prospect="a" * 301), {}),
    "a note too long": (fields(note="a" * 4001), {}),
    "a long note": (fields(note="a" * 4000), {}),
    "two lines in one": (fields(prospect="Jo\nLee"), {}),
    "a control character": (fields(note="a\x07"), {}),
    "a short key": (fields(ref_key="abc"), {}),
    "a weak key": (fields(ref_key="ab" * 16), {}),
    "a third step": (fields(ref_step="3"), {}),
    "no number": (fields(ref_seq="0"), {}),
    "another kind": (fields(ref_kind="robot"), {}),
    "32 KiB": (b"prospect=a&contact=b&referrer_contact=c&ref_x=".ljust(32 * 1024, b"a"), {}),
    "more than 32 KiB": (b"prospect=a&contact=b&referrer_contact=c&ref_x=".ljust(32 * 1024 + 1, b"a"), {}),
}


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_answer_is_the_receivers(vendor: str, tmp_path: Path) -> None:
    with function(vendor, tmp_path) as url, receiver() as own:
        for case, (sent, headers) in CASES.items():
            here = post(url, sent, **headers)
            there = own.ask("POST", "/r/harbour", content(sent), said(headers))
            told = {name: (here.headers.get(name), there.headers.get(name)) for name in ("Location", "Cache-Control")}
            assert here.status_code == there.status_code, case
            assert all(one == other for one, other in told.values()), (case, told)
            if here.is_error and "html" not in here.headers["Content-Type"]:
                assert here.json()["ok"] is there.json()["ok"] is False


def test_a_browser_may_read_the_answer_on_the_portals_own_pages_alone(url: str) -> None:
    asked = httpx.options(f"{url}/leads/harbour", headers={"Origin": ORIGIN}, trust_env=False)
    assert asked.status_code == 204
    foreign = httpx.options(f"{url}/leads/harbour", headers={"Origin": "https://evil.example"}, trust_env=False)
    assert foreign.status_code == 403
    assert {answer.headers["Access-Control-Allow-Origin"] for answer in (asked, foreign, post(url, fields()))} == {ORIGIN}


# Who may read it, and have it erased


@pytest.mark.parametrize("secret", ["", "Bearer", "Bearer another-token-of-it", TOKEN])
def test_without_the_token_nobody_reads_or_erases(url: str, secret: str) -> None:
    post(url, fields())
    own = "inbox/harbour"
    for method, place in (("GET", "inbox"), ("GET", own), ("DELETE", own), ("POST", f"{own}/export")):
        answer = httpx.request(method, f"{url}/leads/{place}", headers={"Authorization": secret}, trust_env=False)
        assert (answer.status_code, "Jo" in answer.text) == (401, False)
    assert len(leads(url)) == 1


@pytest.mark.parametrize("place", ["", "quay", "harbour/x", "inbox/quay"])
def test_there_is_nothing_at_other_addresses(url: str, place: str) -> None:
    assert httpx.get(f"{url}/leads/{place}", headers=BEARER, trust_env=False).status_code == 404


def test_a_form_is_not_read_back_by_its_key(url: str) -> None:
    post(url, fields())
    answer = httpx.get(f"{url}/leads/harbour", params={"ref_key": KEY}, headers=BEARER, trust_env=False)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, POST")


@pytest.mark.parametrize("person", [{"key": KEY}, {"email": "JO@lee.example"}])
def test_a_person_is_exported_counted_and_erased_for_good(url: str, person: Mapping[str, str]) -> None:
    post(url, fields(contact="Jo <jo@lee.example>."))
    post(url, fields(ref_key=OTHER))

    def ask(method: str, place: str = "", meant: object = None) -> object:
        return httpx.request(method, f"{url}/leads/inbox{place}", json=meant, headers=BEARER, trust_env=False).json()

    assert ask("GET") == {"portals": {"harbour": 2}}
    exported = ask("POST", "/harbour/export", {"email": "jo@lee.example"})
    assert isinstance(exported, dict)
    assert [lead["key"] for lead in exported["leads"]] == [KEY]
    assert ask("DELETE", "/harbour", person) == {"erased": 1}
    assert ask("DELETE", "/harbour", person) == {"erased": 0}
    assert post(url, fields(ref_step="2", ref_seq="2")).status_code == 200  # which tells nobody that it was erased
    assert [lead.key for lead in leads(url)] == [OTHER]


@pytest.mark.parametrize("meant", [b"{}", b'{"key": "a", "email": "b"}', b'{"key": 1}', b"null", b"{"])
def test_nobody_is_erased_where_nobody_or_two_are_meant(url: str, meant: bytes) -> None:
    headers = {**BEARER, "Content-Type": "application/json"}
    answer = httpx.request("DELETE", f"{url}/leads/inbox/harbour", content=meant, headers=headers, trust_env=False)
    assert answer.status_code == 422


def test_the_inbox_takes_it_all_the_way_into_the_data(url: str, tmp_path: Path) -> None:
    post(url, fields())
    today = FILES["data/portal.yaml"].replace("as_of: 2026-10-31\n", "")
    form = f"form: {{backend: receiver, endpoint: {ENDPOINT}}}\n"
    portal = write(tmp_path / "harbour", {"data/portal.yaml": today + form})
    environment = {**os.environ, "PORTAL_INBOX_URL": f"{url}/leads", "PORTAL_INBOX_TOKEN": TOKEN}
    command = [*PROGRAM, "inbox", "--portal", str(portal)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert KEY in (portal / "data/leads.csv").read_text()


# Beside the site


@pytest.mark.parametrize("base", ["https://refer.harbour.example/", "https://refer.harbour.example/portal"])
def test_a_form_may_post_to_a_function_below_the_portals_own_address(tmp_path: Path, base: str) -> None:
    endpoint = f"{base.rstrip('/')}/leads/harbour"
    settings = FILES["data/portal.yaml"].replace("https://refer.harbour.example/", base)
    portal = write(tmp_path, {"data/portal.yaml": f"{settings}form: {{backend: receiver, endpoint: {endpoint}}}\n"})
    done = subprocess.run([*PROGRAM, "build", "--portal", str(portal)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout
    assert f'action="{endpoint}"' in (portal / "output/refer/index.html").read_text(encoding="utf-8")


# What is set up wrongly


def test_the_reader_says_a_wrong_token_apart(url: str) -> None:
    with pytest.raises(SourceError, match="does not take this token"):
        fetched(Web(f"{url}/leads", "another"), PORTAL, datetime.now(UTC))


@pytest.mark.parametrize("name", ["contract.mjs", "cloudflare/[[path]].js", "netlify/leads.mjs"])
def test_a_function_is_short_enough_to_be_read(name: str) -> None:
    lines = (ROOT / "deploy" / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) < 150
    assert max(map(len, lines)) <= 130
