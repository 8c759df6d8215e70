"""The envelope's form, which the browser reads: as written in its description, byte for byte."""

from __future__ import annotations

import zlib
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from hypothesis import given
from hypothesis import strategies as st

from site_builder.seal.derived import link_key, link_secret, owner_key
from site_builder.seal.envelope import Header, Sources, padded, sealed_text
from tests.seal.sealing import OWNERS, PHRASES, RITA, keys, parts, salt

KIB = 1024


def test_the_header_of_the_owners_page_is_canonical_json() -> None:
    header = Header("owners", "kpis/", bytes(range(16)), 1_000_000)
    assert header.content() == (b'{"for":"owners","iterations":1000000,"page":"kpis/","salt":"AAECAwQFBgcICQoLDA0ODw==","v":1}')


def test_the_header_of_a_link_says_nothing_of_iterations() -> None:
    header = Header("link", "my/0123456789abcdef/", bytes(range(16)))
    assert header.content() == b'{"for":"link","page":"my/0123456789abcdef/","salt":"AAECAwQFBgcICQoLDA0ODw==","v":1}'


def test_a_page_opens_by_hand_as_the_description_says() -> None:
    sealed = keys("ann", "ben").sealed("<h1>Your week</h1>", OWNERS)
    found = parts(sealed.envelope)
    derived = owner_key(PHRASES["ben"], salt(sealed.envelope), 1)
    slots = [found["slots"][start : start + 40] for start in range(0, 320, 40)]
    opening = [slot for slot in slots if _opens(derived, slot)]
    assert len(opening) == 1
    content_key = aes_key_unwrap(derived, opening[0])
    beside = b"referral-portal sealed 1\0" + found["header"] + found["slots"]
    text = AESGCM(content_key).decrypt(found["nonce"], found["text"], beside)
    length = int.from_bytes(text[:4], "big")
    assert zlib.decompress(text[4 : 4 + length]) == b"<h1>Your week</h1>"
    assert set(text[4 + length :]) == {0}
    assert found["sum"] == sha256(found["header"] + found["slots"] + found["nonce"] + found["text"]).digest()[:16]
    assert [len(found[name]) for name in ("slots", "nonce", "sum")] == [320, 12, 16]


def _opens(key: bytes, slot: bytes) -> bool:
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

    try:
        aes_key_unwrap(key, slot)
    except InvalidUnwrap:
        return False
    return True


def test_a_link_page_has_one_slot_that_opens() -> None:
    made = keys("ann")
    envelope = made.sealed("<h1>Thank you</h1>", RITA).envelope
    found = parts(envelope)
    secret = link_secret(made.link(RITA).key)
    assert secret is not None
    derived = link_key(secret, salt(envelope))
    assert sum(_opens(derived, found["slots"][start : start + 40]) for start in range(0, 320, 40)) == 1


@pytest.mark.parametrize(
    ("letters", "size"),
    [(0, 16 * KIB), (16 * KIB - 4, 16 * KIB), (16 * KIB - 3, 32 * KIB), (100 * KIB, 112 * KIB), (140 * KIB, 160 * KIB)],
    ids=["nothing: one step", "a step, full", "a byte more: two", "up to 128 KiB: 16 KiB steps", "up to 256 KiB: 32 KiB steps"],
)
def test_the_size_grows_in_steps_of_an_eighth_of_the_next_power_of_two(
    letters: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zlib, "compress", lambda content, _level: content)
    assert len(padded("x" * letters)) == size


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_small_texts_are_all_of_one_size(text: str) -> None:
    assert len(padded(text)) == 16 * KIB


def test_nine_readers_are_a_mistake_of_ours() -> None:
    sources = Sources(*(lambda text: sha256(text).digest() + bytes(8) for _ in range(4)))
    several = [bytes([number]) * 32 for number in range(9)]

    def sealed(count: int) -> str:
        head = Header("owners", "kpis/", bytes(16), 1)
        narrow = Sources(lambda text: sha256(text).digest(), sources.nonce, sources.order, sources.fill)
        return sealed_text("", head, several[:count], narrow)

    assert sealed(8)
    with pytest.raises(ValueError, match="8 slots, not 9"):
        sealed(9)


def test_how_many_owners_there_are_cannot_be_seen() -> None:
    lengths = {len(keys(*list(PHRASES)[:count]).sealed("<p>Hello</p>", OWNERS).envelope) for count in range(9)}
    assert len(lengths) == 1


def test_the_slots_readers_have_are_not_always_the_same_ones() -> None:
    made = keys("ann")
    places: set[int] = set()
    for number in range(40):
        envelope = made.sealed(f"<p>{number}</p>", OWNERS).envelope
        found = parts(envelope)
        derived = owner_key(PHRASES["ann"], salt(envelope), 1)
        places.update(start for start in range(0, 320, 40) if _opens(derived, found["slots"][start : start + 40]))
    assert len(places) == 8
