"""Whatever is sent, it is answered in order, and what is kept is clean."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.receive.asking import FORM, HARBOUR, KEY, ORIGIN, PATH, Memory, Receiver, receiver

NAMES = [*HARBOUR.fields, "referrer", "consent_version", "ref_key", "ref_step", "ref_seq", "ref_kind", "ref_ms", "ref_email", "x"]
KNOWN = {*HARBOUR.fields, "referrer", "consent_version"}
TYPES = [
    FORM,
    "application/json",
    "text/plain",
    "application/json; charset=utf-8",
    f"{FORM};charset=UTF-8",
    ";",
    "multipart/x",
    "é",
]
ANSWERS = {200, 303, 403, 413, 415, 422}


@pytest.fixture(scope="module")
def harbour() -> Iterator[tuple[Receiver, Memory]]:
    store = Memory()
    with receiver(store) as made:
        yield made, store


def _is_clean(text: str) -> bool:
    is_plain = all(unicodedata.category(character) not in {"Cc", "Cs"} or character in "\n\t" for character in text)
    return is_plain and not any(sign in text for sign in ("\u202e", "\u2066", "\u200b", "\ufeff"))


def _judge(store: Memory, status: int) -> None:
    """What was kept was said to be, and holds nothing that a form cannot."""
    assert status in ANSWERS
    assert bool(store.kept) is (status in {200, 303})
    for kept in store.kept:
        assert set(kept.fields) <= KNOWN
        for name, value in kept.fields.items():
            is_long = name == "note"
            assert 0 < len(value) <= (4000 if is_long else 300)
            assert value == value.strip(" ")
            assert _is_clean(value)
            assert is_long or "\n" not in value
    store.kept.clear()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=200) | st.from_regex(rb"(?:[a-z_]{1,12}=[%a-zA-Z0-9+]*&?){0,9}", fullmatch=True),
    kind=st.sampled_from(TYPES) | st.text(max_size=30).filter(lambda text: text.isprintable() and text.isascii()),
    origin=st.sampled_from([ORIGIN, "null", "https://evil.example", "é"]),
    accept=st.sampled_from(["application/json", "text/html", "*/*", ""]),
)
def test_any_bytes_are_answered_in_order(
    harbour: tuple[Receiver, Memory], body: bytes, kind: str, origin: str, accept: str
) -> None:
    made, store = harbour
    answer = made.ask("POST", PATH, body, {"content-type": kind, "origin": origin, "accept": accept})
    _judge(store, answer.status_code)


TEXTS = st.text(max_size=40) | st.sampled_from(
    ["", "1", "2", "yes", "self", KEY, "Jo\r\nLee", "x" * 301, "\x00", " Jo ", "\ud800", "\u202eoJ\u200b"]
)


@given(sent=st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=8), is_json=st.booleans())
def test_any_words_in_the_fields_are_kept_clean_or_refused(
    harbour: tuple[Receiver, Memory], sent: dict[str, str], *, is_json: bool
) -> None:
    made, store = harbour
    body = json.dumps(sent).encode() if is_json else urlencode(sent, errors="surrogatepass").encode()
    kind = "application/json" if is_json else FORM
    answer = made.ask("POST", PATH, body, {"content-type": kind, "origin": ORIGIN, "accept": "application/json"})
    _judge(store, answer.status_code)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=9,
)


@given(sent=JSON)
def test_any_json_is_answered_in_order(harbour: tuple[Receiver, Memory], sent: object) -> None:
    made, store = harbour
    headers = {"content-type": "application/json", "origin": ORIGIN}
    answer = made.ask("POST", PATH, json.dumps(sent).encode(), headers)
    _judge(store, answer.status_code)


@given(said=st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace").decode("latin-1")))
def test_any_forwarded_addresses_and_tokens_are_answered_in_order(harbour: tuple[Receiver, Memory], said: str) -> None:
    made, _ = harbour
    headers = {"x-forwarded-for": said, "authorization": said}
    assert made.ask("GET", "/inbox/harbour", headers=headers).status_code == 401
