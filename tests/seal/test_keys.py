"""Keys: the same at every build, never met by two texts, and revoked by a number."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from site_builder.page import Circle, Reader
from site_builder.seal import Keys, Link, Sealed, Secrets
from site_builder.seal.derived import link_key, link_secret, phrase_bytes
from tests.seal.sealing import OWNERS, PHRASES, RITA, SITE, keys, parts, salt

ROOT = Path(__file__).parents[2]


def test_a_link_is_a_secret_name_and_a_secret_key() -> None:
    link = keys().link(RITA)
    assert re.fullmatch("my/[0-9a-hjkmnp-tv-z]{16}/", link.path)
    assert re.fullmatch("[0-9a-hjkmnp-tv-z]{26}", link.key)
    assert link.url("https://refer.harbour.example/") == f"https://refer.harbour.example/{link.path}#{link.key}"
    assert link.url("https://harbour.example/friends") == f"https://harbour.example/friends/{link.path}#{link.key}"
    assert keys().link(replace(RITA, circle=Circle.CLIENT)).path.startswith("client/")


def test_a_link_stays_until_its_version_or_the_secret_changes() -> None:
    first = keys().link(RITA)
    assert keys("ann").link(RITA) == first
    others = [
        keys().link(replace(RITA, version=2)),
        keys().link(replace(RITA, id="rit")),
        keys().link(Reader(Circle.CLIENT, "rita", 1)),
        keys(site=SITE[::-1]).link(RITA),
    ]
    assert len({link.path.split("/")[1] for link in (first, *others)}) == 5
    assert len({link.key for link in (first, *others)}) == 5


def test_a_link_does_not_mix_up_an_id_and_a_version() -> None:
    assert keys().link(Reader(Circle.REFERRER, "r1", 1)) != keys().link(Reader(Circle.REFERRER, "r", 11))


def test_owners_have_no_link() -> None:
    with pytest.raises(ValueError, match="passphrases"):
        keys("ann").link(OWNERS)


def test_the_owners_page_stands_where_all_know_and_a_persons_where_nobody_does() -> None:
    made = keys("ann")
    assert made.sealed("<p>x</p>", OWNERS).path == "kpis/"
    assert made.sealed("<p>x</p>", RITA).path == made.link(RITA).path


def test_the_salt_stays_when_the_page_changes_so_that_unlocking_again_is_quick() -> None:
    made = keys("ann")
    one, other = (json.loads(parts(made.sealed(text, OWNERS).envelope)["header"]) for text in ("<p>1</p>", "<p>2</p>"))
    assert one == other
    assert json.loads(parts(keys("ann", site=SITE[::-1]).sealed("<p>1</p>", OWNERS).envelope)["header"])["salt"] != one["salt"]


def test_a_phrase_is_derived_once_for_a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    derived = []

    def counted(name: str, phrase: bytes, salt: bytes, rounds: int, length: int) -> bytes:
        derived.append(phrase)
        return pbkdf2(name, phrase, salt, rounds, length)

    pbkdf2 = hashlib.pbkdf2_hmac
    monkeypatch.setattr(hashlib, "pbkdf2_hmac", counted)
    made = keys("ann", "ben")
    for number in range(5):
        made.sealed(f"<p>{number}</p>", OWNERS)
    assert sorted(derived) == [phrase_bytes(PHRASES["ann"]), phrase_bytes(PHRASES["ben"])]


def test_what_is_sealed_was_sanitised() -> None:
    made = keys()
    assert made.sealed("<p>x</p><script>1</script>", RITA) == made.sealed("<p>x</p>", RITA)


def test_nothing_of_a_secret_is_shown() -> None:
    made = keys("ann")
    secrets = Secrets(SITE, {"ann": PHRASES["ann"]}, is_demo=True)
    link, page = made.link(RITA), made.sealed("<p>canary</p>", RITA)
    shown = "".join(f"{each!r} {each!s} {each}" for each in (secrets, made, link, page, Link("p", "k"), Sealed("p", "e")))
    assert not [each for each in ("umbrella", link.key, link.path, SITE.hex(), str(SITE), "canary") if each in shown]


def test_ten_thousand_sealings_never_use_a_key_or_nonce_for_two_texts() -> None:
    made, draw = keys(), random.Random(6)
    readers = [Reader(Circle.REFERRER, f"r{number}", 1) for number in range(5)]
    derived = {}
    for reader in readers:
        secret = link_secret(made.link(reader).key)
        assert secret is not None
        derived[reader] = link_key(secret, salt(made.sealed("", reader).envelope))
    met: dict[bytes, tuple[Reader, str, bytes]] = {}
    for _ in range(10_000):
        reader, text = draw.choice(readers), f"<p>{draw.randrange(4_000)}</p>"
        found = parts(made.sealed(text, reader).envelope)
        key = unwrapped(derived[reader], found["slots"])
        assert met.setdefault(key, (reader, text, found["nonce"])) == (reader, text, found["nonce"])
    assert 7_000 < len(met) < 9_500  # many were met again, and then all was the same
    assert len({nonce for _, _, nonce in met.values()}) == len(met)


def unwrapped(key: bytes, slots: bytes) -> bytes:
    for start in range(0, 320, 40):
        try:
            return aes_key_unwrap(key, slots[start : start + 40])
        except InvalidUnwrap:
            continue
    raise AssertionError("no slot opens")


def test_another_circle_of_owners_is_another_key_and_another_envelope() -> None:
    one, two = (parts(keys(*owners).sealed("<p>x</p>", OWNERS).envelope) for owners in (("ann",), ("ann", "ben")))
    assert one["header"] == two["header"]
    assert one["nonce"] != two["nonce"]
    assert one["text"][:64] != two["text"][:64]


def test_processes_with_other_hash_seeds_write_the_same_bytes() -> None:
    program = (
        "from tests.seal.sealing import *\n"
        "made = keys('ann', 'ben', 'cy')\n"
        "print(made.sealed('<p>x</p>', OWNERS).envelope, made.sealed('<p>y</p>', RITA).envelope, made.link(RITA).key)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop()) > 40_000


def test_the_order_of_owners_does_not_matter() -> None:
    one, other = (Keys(Secrets(SITE, dict(pairs)), iterations=1) for pairs in (PHRASES.items(), reversed(PHRASES.items())))
    assert one.sealed("<p>x</p>", OWNERS) == other.sealed("<p>x</p>", OWNERS)


def test_a_portal_without_secrets_imports_no_library_for_them() -> None:
    heavy = "{'cryptography', 'zxcvbn', 'dotenv', 'nh3', 'subprocess', 'concurrent.futures'}"
    program = (
        "import sys; from pathlib import Path; from site_builder.seal import secrets_of; from tests import portals\n"
        f"assert secrets_of(portals.settings(), Path('nowhere'), {{}}) is None; print({heavy} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=ROOT).stdout
    assert told == b"set()\n"
