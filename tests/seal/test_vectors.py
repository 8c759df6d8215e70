"""Each primitive, called as sealing calls it, gives what its standard publishes."""

from __future__ import annotations

import hmac
from hashlib import sha256, sha512

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

from site_builder.seal.derived import hkdf, owner_key


def test_aes_key_wrap_wraps_256_bits_with_256_bits_as_rfc_3394_section_4_6() -> None:
    key = bytes(range(32))
    content = bytes.fromhex("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F")
    wrapped = bytes.fromhex("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21")
    assert aes_key_wrap(key, content) == wrapped
    assert aes_key_unwrap(key, wrapped) == content


def test_aes_256_gcm_encrypts_as_test_case_16_of_its_authors() -> None:
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    text = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    beside = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = bytes.fromhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert AESGCM(key).encrypt(nonce, text, beside) == sealed
    assert AESGCM(key).decrypt(nonce, sealed, beside) == text


@pytest.mark.parametrize(
    ("phrase", "salt", "iterations", "key"),
    [
        ("passwd", b"salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"),
        ("Password", b"NaCl", 80_000, "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"),
    ],
)
def test_pbkdf2_derives_as_rfc_7914_section_11(phrase: str, salt: bytes, iterations: int, key: str) -> None:
    assert owner_key(phrase, salt, iterations) == bytes.fromhex(key)  # the first half of what the RFC derives


@pytest.mark.parametrize(
    ("material", "salt", "info", "key"),
    [
        (
            b"\x0b" * 22,
            bytes(range(13)),
            bytes(range(0xF0, 0xFA)),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (b"\x0b" * 22, b"", b"", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
    ],
    ids=["test case 1", "test case 3: neither salt nor info"],
)
def test_hkdf_derives_as_rfc_5869(material: bytes, salt: bytes, info: bytes, key: str) -> None:
    assert hkdf(material, salt, info, 42) == bytes.fromhex(key)
    assert hkdf(material, salt, info) == bytes.fromhex(key)[:32]


def test_hmac_makes_what_rfc_4231_test_case_2_says() -> None:
    key, text = b"Jefe", b"what do ya want for nothing?"
    assert hmac.digest(key, text, sha256).hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert hmac.digest(key, text, sha512).hex() == (
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    )
