"""What is random enough for a secret, and what nobody guesses."""

from __future__ import annotations

import base64
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.seal.phrases import drawn
from site_builder.seal.strength import FEWEST_BITS, bits, site_secret
from tests.seal.sealing import SITE


@pytest.mark.parametrize(
    "text",
    [
        SITE.hex(),
        SITE.hex().upper(),
        f" {SITE.hex()}\n",
        base64.b64encode(SITE).decode(),
        base64.b64encode(SITE).decode().rstrip("="),
        base64.urlsafe_b64encode(SITE).decode(),
    ],
)
def test_thirty_two_random_bytes_are_read_in_hex_and_in_base64(text: str) -> None:
    assert site_secret(text) == SITE


def test_more_bytes_are_welcome() -> None:
    assert site_secret((SITE * 2)[:33].hex()) == (SITE * 2)[:33]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hunter2",
        SITE[:31].hex(),
        SITE.hex()[:-1],
        base64.b64encode(SITE[:31]).decode(),
        base64.b64encode(SITE).decode() + "é",
        SITE.hex() + "g",
        SITE[:22].hex(),  # 44 letters: base64 would take them for 33 bytes
        "00" * 32,
        "ab" * 40,
        SITE[:16].hex() * 2,
        SITE[:5].hex() * 7,
        bytes(range(32)).hex(),
        bytes(range(255, 223, -1)).hex(),
        bytes(number * 7 % 256 for number in range(40)).hex(),
        b"this is what somebody typed by hand".hex(),
        base64.b64encode(b"this is what somebody typed by hand").decode(),
        "thisisaverylongsecretthatiwroteonmykeyboardtoday",
        "THISISAVERYLONGSECRETTHATIWROTEONMYKEYBOARDTODAY",
    ],
)
def test_fewer_bytes_and_patterns_are_no_secret(text: str) -> None:
    assert site_secret(text) is None


def test_what_is_drawn_at_random_is_never_taken_for_a_pattern() -> None:
    draw = random.Random(6)
    for _ in range(2_000):
        content = draw.randbytes(32)
        assert site_secret(content.hex()) == content
        assert site_secret(base64.b64encode(content).decode()) == content


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert site_secret(text) is None or len(text) >= 43


@pytest.mark.parametrize(
    "phrase", ["", "password", "letmein harbour it", "Ann Hale 1974", "aaaa" * 30, "qwertyuiop asdfghjkl", "abc" * 40]
)
def test_what_people_think_of_first_can_be_guessed(phrase: str) -> None:
    assert bits(phrase, ["Ann Hale", "Harbour IT"]) < FEWEST_BITS


def test_names_of_the_portal_and_its_owners_are_worth_next_to_nothing() -> None:
    phrase = "thistlewick grenbourne & co"
    assert bits(phrase, ["Thistlewick Grenbourne & Co"]) < 20 < FEWEST_BITS < bits(phrase)


def test_six_drawn_words_are_worth_more_than_sixty_bits_and_judged_at_once() -> None:
    draw = random.Random(6)
    began = time.perf_counter()
    worth = [bits(drawn(draw.choice)[0], ["Ann Hale"]) for _ in range(20)]
    assert min(worth) > FEWEST_BITS + 15
    assert time.perf_counter() - began < 5


def test_a_long_password_is_judged_by_its_beginning_and_its_end() -> None:
    draw = random.Random(6)
    noise = "".join(draw.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(40))
    assert bits(noise * 10) > FEWEST_BITS
    assert bits("a" * 200 + noise) > FEWEST_BITS
    assert bits("a" * 2_000) < 20
