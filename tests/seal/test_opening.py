"""Opening: what was sealed comes out again for who may read it, and for nobody else; what was changed does not."""

from __future__ import annotations

import json
import traceback
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.seal import (
    DamagedError,
    NotOpenedError,
    ParametersError,
    WrongKeyError,
    envelope_of,
    opened,
    opening,
    readers_of,
)
from site_builder.seal.derived import phrase_bytes
from site_builder.seal.envelope import padded
from tests.seal.sealing import FEW, OWNERS, PHRASES, RITA, joined, keys, parts

MADE = keys()
LINK = MADE.link(RITA)
PAGE = MADE.sealed("<h1>Thank you, Rita</h1>", RITA).envelope


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of one iteration open as well: these tests are about something else."""
    monkeypatch.setattr(opening, "FEWEST_ITERATIONS", 1)


def text_(words: str) -> str:
    return f"<p>{words}</p>"


@given(st.text(alphabet="abcdefgh é中😀\n\t-.,", max_size=300))
def test_who_has_the_link_reads_what_was_sealed(words: str) -> None:
    assert opened(MADE.sealed(text_(words), RITA).envelope, key=LINK.key) == text_(words)


def test_a_large_page_comes_out_whole() -> None:
    words = "".join(f"<p>{number * number}</p>" for number in range(60_000))
    assert opened(MADE.sealed(words, RITA).envelope, key=LINK.key) == words


def test_a_page_of_a_million_iterations_opens_with_its_passphrase_and_no_other() -> None:
    page = keys("ann", iterations=1_000_000).sealed("<p>x</p>", OWNERS).envelope
    assert opened(page, phrase=PHRASES["ann"]) == "<p>x</p>"
    with pytest.raises(WrongKeyError):
        opened(page, phrase=PHRASES["ben"])


@pytest.mark.usefixtures("quick")
def test_each_of_eight_owners_opens_it() -> None:
    page = keys(*PHRASES).sealed("<p>x</p>", OWNERS).envelope
    assert [opened(page, phrase=phrase) for phrase in PHRASES.values()] == ["<p>x</p>"] * 8


@pytest.mark.usefixtures("quick")
def test_an_owner_who_was_taken_out_opens_the_old_page_and_not_the_new_one() -> None:
    before, after = (keys(*owners).sealed("<p>x</p>", OWNERS).envelope for owners in (("ann", "ben"), ("ann",)))
    assert opened(before, phrase=PHRASES["ben"]) == "<p>x</p>"
    with pytest.raises(WrongKeyError):
        opened(after, phrase=PHRASES["ben"])


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "typed",
    [
        "  ann umbrella\ttractor lozenge  velvet\n",
        "ann umbrella\u00a0tractor\u3000lozenge\u2003velvet",
        "ann umbrella \u2028 tractor lozenge\x85velvet",
        "\uff41\uff4e\uff4e umbrella tractor lozenge velvet",
        "ann umbrella tractor lozenge \u24e5elvet",
    ],
)
def test_white_space_and_other_forms_of_the_same_letters_do_not_matter(typed: str) -> None:
    page = keys("ann").sealed("<p>x</p>", OWNERS).envelope
    assert opened(page, phrase=typed) == "<p>x</p>"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "typed", ["Ann umbrella tractor lozenge velvet", "annumbrellatractorlozengevelvet", "", "\ud800", "ann\0"]
)
def test_other_letters_do_matter(typed: str) -> None:
    page = keys("ann").sealed("<p>x</p>", OWNERS).envelope
    with pytest.raises(WrongKeyError):
        opened(page, phrase=typed)


def test_composed_and_decomposed_letters_are_the_same_phrase() -> None:
    phrase = "café Ångström ﬁve"
    forms = {phrase_bytes(unicodedata.normalize(form, phrase)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert forms == {"café Ångström five".encode()}


@given(st.text(alphabet=st.characters()))
def test_any_text_is_a_phrase_and_reading_it_twice_changes_nothing(text: str) -> None:
    once = phrase_bytes(text)
    assert phrase_bytes(once.decode()) == once


def test_a_key_is_read_as_people_type_it() -> None:
    spaced = "-".join((LINK.key[:5], LINK.key[5:12], LINK.key[12:])).upper().replace("0", "O").replace("1", "l")
    assert opened(PAGE, key=f" {spaced} ") == "<h1>Thank you, Rita</h1>"


@pytest.mark.parametrize(
    "key", ["", "x", LINK.key[:-1], LINK.key + "0", LINK.key[:-1] + "z", "u" * 26, LINK.key[1:] + LINK.key[:1]]
)
def test_another_key_opens_nothing(key: str) -> None:
    with pytest.raises(WrongKeyError):
        opened(PAGE, key=key)


def test_a_raised_link_version_revokes_the_link() -> None:
    from dataclasses import replace

    raised = replace(RITA, version=2)
    with pytest.raises(WrongKeyError):
        opened(MADE.sealed("<p>x</p>", raised).envelope, key=LINK.key)


def test_one_persons_link_opens_nobody_elses_page() -> None:
    from dataclasses import replace

    with pytest.raises(WrongKeyError):
        opened(MADE.sealed("<p>x</p>", replace(RITA, id="sam")).envelope, key=LINK.key)


def test_a_phrase_is_not_tried_on_a_persons_page_nor_a_link_on_the_owners() -> None:
    with pytest.raises(WrongKeyError, match="by its link"):
        opened(PAGE, phrase=LINK.key)
    with pytest.raises(WrongKeyError, match="by an owner's passphrase"):
        opened(keys("ann", iterations=FEW).sealed("<p>x</p>", OWNERS).envelope, key=LINK.key)


def test_opening_with_nothing_or_with_both_is_our_own_mistake() -> None:
    for both in ({}, {"phrase": "x", "key": "y"}):
        with pytest.raises(ValueError, match="by a phrase or by a key"):
            opened(PAGE, **both)


# What was changed

NAMES = ("header", "slots", "nonce", "text", "sum")


@given(st.data())
def test_one_flipped_bit_anywhere_keeps_the_page_shut(data: st.DataObject) -> None:
    """With the old sum, and with the one that a forger would write."""
    found = parts(PAGE)
    name = data.draw(st.sampled_from(NAMES))
    bit = data.draw(st.integers(0, len(found[name]) * 8 - 1))
    changed = bytearray(found[name])
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(DamagedError):
        opened(joined({**found, name: bytes(changed)}), key=LINK.key)
    if name != "sum":
        with pytest.raises(NotOpenedError):
            opened(joined({**found, name: bytes(changed)}, resummed=True), key=LINK.key)


@given(st.integers(0, len(PAGE) * 7 - 1))
def test_one_flipped_bit_of_the_written_page_keeps_it_shut(bit: int) -> None:
    changed = bytearray(PAGE.encode())
    changed[bit // 7] ^= 1 << bit % 7
    with pytest.raises(DamagedError):
        opened(changed.decode(), key=LINK.key)


def test_every_bit_of_the_header_nonce_and_slots_counts() -> None:
    found = parts(PAGE)
    for name in ("header", "slots", "nonce"):
        for bit in range(0, len(found[name]) * 8, 3):
            changed = bytearray(found[name])
            changed[bit // 8] ^= 1 << bit % 8
            with pytest.raises(NotOpenedError):
                opened(joined({**found, name: bytes(changed)}, resummed=True), key=LINK.key)


def test_swapped_slots_keep_the_page_shut() -> None:
    found = parts(PAGE)
    swapped = found["slots"][40:80] + found["slots"][:40] + found["slots"][80:]
    with pytest.raises(DamagedError, match="changed after it was sealed"):
        opened(joined({**found, "slots": swapped}, resummed=True), key=LINK.key)


@pytest.mark.parametrize(
    "envelope",
    ["", "{}", "[]", "null", "7", '"x"', "{", "[" * 100_000, '{"header":7}', PAGE[:-1], PAGE[: len(PAGE) // 2], PAGE + " "],
    ids=["empty", "object", "list", "null", "number", "text", "open", "deep", "number inside", "cut", "half", "more"],
)
def test_what_is_no_envelope_is_damaged(envelope: str) -> None:
    with pytest.raises(DamagedError):
        opened(envelope, key=LINK.key)


@pytest.mark.parametrize(
    ("name", "length"), [("slots", 280), ("slots", 360), ("nonce", 11), ("nonce", 16), ("text", 16), ("text", 0)]
)
def test_parts_of_another_length_are_damaged(name: str, length: int) -> None:
    with pytest.raises(DamagedError):
        opened(joined({**parts(PAGE), name: bytes(length)}, resummed=True), key=LINK.key)


# Parameters

SALT = "AAECAwQFBgcICQoLDA0ODw=="
GOOD = {"for": "owners", "iterations": 1_000_000, "page": "kpis/", "salt": SALT, "v": 1}


@pytest.mark.parametrize(
    "changes",
    [
        {"iterations": 599_999},
        {"iterations": 20_000_001},
        {"iterations": 0},
        {"iterations": -1},
        {"iterations": 10**30},
        {"iterations": 1e6},
        {"iterations": True},
        {"iterations": "1000000"},
        {"iterations": None},
        {"v": 2},
        {"v": "1"},
        {"v": True},
        {"for": "everybody"},
        {"for": []},
        {"for": "link"},
        {"page": 7},
        {"page": None},
        {"salt": "AAEC"},
        {"salt": ""},
        {"salt": 7},
        {"salt": "é"},
        {"more": 1},
    ],
    ids=str,
)
def test_parameters_that_are_not_ours_are_refused_before_anything_is_derived(
    changes: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("derived")

    monkeypatch.setattr(opening, "owner_key", never)
    monkeypatch.setattr(opening, "link_key", never)
    header = json.dumps({**GOOD, **changes}, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(ParametersError):
        opened(joined({**parts(PAGE), "header": header}, resummed=True), phrase="x")


@pytest.mark.parametrize("iterations", [600_000, 20_000_000])
def test_the_least_and_the_most_iterations_are_tried(iterations: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def noted(phrase: str, salt: bytes, rounds: int) -> bytes:
        tried.append((phrase, salt, rounds))
        return bytes(32)

    monkeypatch.setattr(opening, "owner_key", noted)
    header = json.dumps({**GOOD, "iterations": iterations}, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(WrongKeyError):
        opened(joined({**parts(PAGE), "header": header}, resummed=True), phrase="x")
    assert tried == [("x", bytes(range(16)), iterations)]


@pytest.mark.parametrize(
    "header", [b"", b"[]", b"7", b"\xff", b"{}", b"[" * 100_000, b'{"v":1}', b" " + json.dumps(GOOD).encode()]
)
def test_a_header_of_another_form_is_refused(header: bytes) -> None:
    with pytest.raises(ParametersError):
        opened(joined({**parts(PAGE), "header": header}, resummed=True), phrase="x")


def test_what_was_sealed_is_a_page_or_it_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = padded("<p>x</p>")
    for content in (
        b"",
        b"\0\0\0\1x",
        b"\xff\xff\xff\xff" + whole[4:],
        b"\0\0\0\5" + whole[4:],
        padded("x").replace(b"x", b"\xff"),
    ):
        monkeypatch.setattr(opening, "_decrypted", lambda _parts, _key, content=content: content)
        if content == b"\xff\xff\xff\xff" + whole[4:]:
            assert opened(PAGE, key=LINK.key) == "<p>x</p>"  # zlib knows where it ends
        else:
            with pytest.raises(DamagedError):
                opened(PAGE, key=LINK.key)


# What is said


def test_no_message_or_traceback_holds_what_was_typed() -> None:
    page = keys("ann", iterations=FEW).sealed("<p>canary</p>", OWNERS).envelope
    for envelope, phrase, key in ((page, "hunter2 hunter2", None), (PAGE, None, "hunter2"), (PAGE, None, LINK.key[::-1])):
        with pytest.raises(NotOpenedError) as caught:
            opened(envelope, phrase=phrase, key=key)
        told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(caught.value.args)
        assert [each for each in ("hunter2", LINK.key[::-1], "canary") if each in told] == []


def test_the_envelope_is_found_in_a_page() -> None:
    page = f'<!doctype html><template id="sealed">\n{PAGE}\n</template><p>'
    assert envelope_of(page) == PAGE
    assert readers_of(envelope_of(page)) == "link"
    with pytest.raises(DamagedError, match="no sealed page"):
        envelope_of("<!doctype html><p>Hello</p>")
