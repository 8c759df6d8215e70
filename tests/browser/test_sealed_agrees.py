"""Python and the browser mean the same envelope: what one seals the other opens, whatever stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from site_builder.page import Circle, Reader
from site_builder.seal import Keys, Secrets
from site_builder.seal import opened as opened_here
from site_builder.seal.derived import phrase_bytes
from site_builder.seal.letters import letters
from site_builder.seal.ways import ways
from tests.browser.sealing import FEWEST, Shelf, field, for_link, for_owners, told
from tests.browser.serving import served
from tests.render.locking import KPIS, MY
from tests.seal.typed import PLAIN

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=400)
SECRETS = st.binary(min_size=16, max_size=16)
PHRASES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(lambda text: text.strip())
FEW = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

_NUMBERS = count()

SEAL = """
async ({ html, header, secret, phrase, salt, iterations, place }) => {
    const utf8 = new TextEncoder();
    const joined = async (...parts) => new Uint8Array(await new Blob(parts).arrayBuffer());
    const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    const head = utf8.encode(header);
    const random = (length) => crypto.getRandomValues(new Uint8Array(length));
    const way = phrase === null
        ? { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(salt), info: utf8.encode("referral-portal link 1") }
        : { name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(salt), iterations };
    const material = phrase === null ? new Uint8Array(secret) : utf8.encode(phrase);
    const base = await crypto.subtle.importKey("raw", material, way.name, false, ["deriveKey"]);
    const reader = await crypto.subtle.deriveKey(way, base, { name: "AES-KW", length: 256 }, false, ["wrapKey"]);
    const content = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
    const wrapped = new Uint8Array(await crypto.subtle.wrapKey("raw", content, reader, "AES-KW"));
    const slots = await joined(random(place * 40), wrapped, random((7 - place) * 40));
    const packing = new Blob([html]).stream().pipeThrough(new CompressionStream("deflate"));
    const packed = new Uint8Array(await new Response(packing).arrayBuffer());
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, packed.length);
    const padded = await joined(length, packed, new Uint8Array((16384 - (4 + packed.length) % 16384) % 16384));
    const nonce = random(12);
    const additionalData = await joined(utf8.encode("referral-portal sealed 1\\0"), head, slots);
    const text = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, content, padded));
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await joined(head, slots, nonce, text))).slice(0, 16);
    const parts = Object.entries({ header: head, slots, nonce, text, sum });
    return JSON.stringify(Object.fromEntries(parts.map(([name, bytes]) => [name, base64(bytes)])));
}
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with served(tmp_path) as address:
        (tmp_path / "index.html").write_text('<!doctype html><link rel="icon" href="data:,"><p>Nothing yet', encoding="utf-8")
        yield Shelf(tmp_path, address)


def anew(path: str) -> str:
    """A folder that no example before had: the browser keeps what it got from an address in the same second."""
    return f"{next(_NUMBERS)}/{path}"


def said(page: Page) -> str:
    """What stands in the opened page."""
    expect(page.locator("#open")).to_be_visible(timeout=20_000)
    return page.evaluate("document.querySelector('#open p').textContent") or ""


def paragraph(words: str) -> str:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    return f"<h1>Words</h1><p>{escaped}</p>"


def test_a_link_opens_its_page_until_it_is_revoked(page: Page, shelf: Shelf) -> None:
    keys = Keys(Secrets(site=bytes(32), owners={}))
    ann, ann_later = (Reader(Circle.REFERRER, "ann", version) for version in (1, 2))
    sealed = keys.sealed(paragraph("Hello Ann"), ann_later)
    page.goto(shelf.link(sealed.envelope, path=sealed.path, key=keys.link(ann_later).key))
    assert said(page) == "Hello Ann"
    page.goto(shelf.link(sealed.envelope, path=sealed.path, key=keys.link(ann).key))
    told(page, "This link is old, or not complete.")


@SHARED
@given(words=WORDS, secret=SECRETS)
def test_the_browser_opens_what_python_sealed_for_a_link(page: Page, shelf: Shelf, words: str, secret: bytes) -> None:
    page.goto(shelf.link(for_link(paragraph(words), secret), path=anew(MY), key=letters(secret)))
    assert said(page) == words


@FEW
@given(words=WORDS, phrase=PHRASES)
def test_the_browser_opens_what_python_sealed_for_an_owner(page: Page, shelf: Shelf, words: str, phrase: str) -> None:
    page.goto(shelf.owners(for_owners(paragraph(words), ["another owner", phrase]), path=anew(KPIS)))
    field(page).fill(phrase)
    field(page).press("Enter")
    assert said(page) == words


def sealed_there(page: Page, html: str, place: int, *, secret: bytes = b"", phrase: str | None = None) -> str:
    salt = list(range(16))
    header: dict[str, object] = {"for": "link", "page": "my/x/", "salt": "AAECAwQFBgcICQoLDA0ODw==", "v": 1}
    if phrase is not None:
        header = {**header, "for": "owners", "page": "kpis/", "iterations": FEWEST}
    given_there = {
        "html": html,
        "header": json.dumps(header, sort_keys=True, separators=(",", ":")),
        "secret": list(secret),
        "phrase": phrase,
        "salt": salt,
        "iterations": FEWEST,
        "place": place,
    }
    made = page.evaluate(SEAL, given_there)
    assert isinstance(made, str)
    # Python writes the parts in its own order, and takes none that it would have written otherwise.
    return json.dumps(json.loads(made), separators=(",", ":"))


@SHARED
@given(words=WORDS, secret=SECRETS, place=st.integers(0, 7))
def test_python_opens_what_the_browser_sealed_for_a_link(page: Page, shelf: Shelf, words: str, secret: bytes, place: int) -> None:
    if not page.url.startswith(shelf.address):
        page.goto(shelf.address)
    assert opened_here(sealed_there(page, paragraph(words), place, secret=secret), key=letters(secret)) == paragraph(words)


@FEW
@given(words=WORDS, place=st.integers(0, 7))
def test_python_opens_what_the_browser_sealed_for_an_owner(page: Page, shelf: Shelf, words: str, place: int) -> None:
    page.goto(shelf.address)
    sealed = sealed_there(page, paragraph(words), place, phrase="rain on the old tin roof")
    assert opened_here(sealed, phrase="  rain on the\u00a0old tin  roof") == paragraph(words)


TRYING = """
window.tried = [];
const importing = SubtleCrypto.prototype.importKey, deriving = SubtleCrypto.prototype.deriveKey;
SubtleCrypto.prototype.importKey = function (kind, material, ...rest) {
    tried.push(new TextDecoder().decode(material));
    return importing.call(this, kind, material, ...rest);
};
SubtleCrypto.prototype.deriveKey = function (way, ...rest) {
    return deriving.call(this, { ...way, iterations: 1 }, ...rest);
};
"""
TRY = """
async (text) => {
    tried.length = 0;
    typed.type = "text";
    typed.value = text;
    const kept = typed.value; // a field takes no line ends
    form.requestSubmit();
    while (send.ariaDisabled === "true") await new Promise((done) => setTimeout(done, 1));
    return [kept, tried];
}
"""


@pytest.fixture
def trying(page: Page, shelf: Shelf) -> Page:
    """An owners' page that keeps the phrases it tries, and tries them quickly."""
    page.add_init_script(TRYING)
    page.goto(shelf.owners(for_owners()))
    expect(field(page)).to_be_visible()
    return page


def agrees(trying: Page, text: str) -> None:
    kept, tried = trying.evaluate(TRY, text)
    assert tried == [phrase_bytes(way).decode() for way in ways(kept) if phrase_bytes(way)]


@pytest.mark.parametrize("text", PLAIN)
def test_the_browser_tries_what_python_tries(trying: Page, text: str) -> None:
    agrees(trying, text)


@SHARED
@given(
    text=st.lists(
        st.sampled_from(
            [
                *"aAiIzZß \t-–._,",
                "\u0130",
                "\u0131",
                "\u017f",
                "\u0307",
                "Σ",
                "Å",
                "ﬁ",
                "\uff25",
                "drop",
                "Down",
                "yo",
                "\ufeff",
                "\u200b",
                "\u2011",
            ]
        )
    ).map("".join)
)
def test_the_browser_tries_what_python_tries_whatever_is_typed(trying: Page, text: str) -> None:
    agrees(trying, text)


@pytest.mark.audit
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS, phrase=PHRASES)
def test_audit_any_phrase_means_the_same_here_and_there(page: Page, shelf: Shelf, words: str, phrase: str) -> None:
    page.goto(shelf.owners(for_owners(paragraph(words), [phrase]), path=anew(KPIS)))
    field(page).fill(phrase)
    field(page).press("Enter")
    assert said(page) == words
