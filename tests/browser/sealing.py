"""Sealed pages to open in a browser: written whole, or with one thing wrong in them, and served."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from site_builder.page import Circle
from site_builder.seal.derived import link_key, owner_key
from site_builder.seal.envelope import Header, Sources, sealed_text, written
from site_builder.seal.letters import letters
from tests.render import locking
from tests.render.locking import KPIS, MY

SALT = bytes(range(16))
FEWEST = 600_000
SECRET = bytes(range(100, 116))
KEY = letters(SECRET)
OWNERS = ("correct horse battery staple", "Grüße an Åsa ﬁnally", "rain on the old tin roof")
TITLE = "Where we stand"
PAGE = f"<h1>{TITLE}</h1><p>Aldersyde Joinery is due a review.</p>"

ALERT = "[role=alert]"


def _made(name: str, length: int) -> Callable[[bytes], bytes]:
    return lambda text: (sha256(name.encode() + text).digest() * 2)[:length]


SOURCES = Sources(content=_made("content", 32), nonce=_made("nonce", 32), order=_made("order", 32), fill=_made("fill", 40))


@cache
def derived(phrase: str, iterations: int) -> bytes:
    return owner_key(phrase, SALT, iterations)


def for_owners(html: str = PAGE, phrases: Sequence[str] = OWNERS[:1], *, page: str = KPIS, iterations: int = FEWEST) -> str:
    """The envelope of a page that each of these phrases opens."""
    keys = [derived(phrase, iterations) for phrase in phrases]
    return sealed_text(html, Header("owners", page, SALT, iterations), keys, SOURCES)


def for_link(html: str = PAGE, secret: bytes = SECRET, *, page: str = MY) -> str:
    """The envelope of a page that a link with this key opens."""
    return sealed_text(html, Header("link", page, SALT), [link_key(secret, SALT)], SOURCES)


def parts(envelope: str) -> dict[str, bytes]:
    return {name: b64decode(text) for name, text in json.loads(envelope).items()}


def put_together(changed: Mapping[str, bytes]) -> str:
    """An envelope of these parts as they are, whether its sum is right or not."""
    return json.dumps({name: b64encode(content).decode("ascii") for name, content in changed.items()})


def with_sum(changed: Mapping[str, bytes]) -> str:
    """The same with its sum reckoned anew, as somebody does who means it."""
    return written(changed["header"], changed["slots"], changed["nonce"], changed["text"])


def asking(envelope: str, **values: object) -> str:
    """The envelope with other values in its header."""
    found = parts(envelope)
    header = {**json.loads(found["header"]), **values}
    return with_sum({**found, "header": json.dumps(header, sort_keys=True, separators=(",", ":")).encode()})


@dataclass(frozen=True, slots=True)
class Shelf:
    """A served folder of sealed pages. folder: where they stand; address: of the folder, ending in "/"."""

    folder: Path
    address: str

    def owners(self, envelope: str, *, path: str = KPIS, phrases: tuple[str, ...] = (), **settings: object) -> str:
        """Put an owners' page there and give its address."""
        return self._put(path, locking.page(Circle.OWNERS, path, envelope, phrases=phrases, **settings).content)

    def link(self, envelope: str, *, path: str = MY, key: str = KEY) -> str:
        """Put a referrer's page there and give its link."""
        return self._put(path, locking.page(Circle.REFERRER, path, envelope).content) + (f"#{key}" if key else "")

    def _put(self, path: str, content: bytes) -> str:
        (self.folder / path).mkdir(parents=True, exist_ok=True)
        (self.folder / path / "index.html").write_bytes(content)
        return self.address + path


def field(page: Page) -> Locator:
    return page.locator("#typed")


def unlock(page: Page, phrase: str = OWNERS[0]) -> None:
    """Type a passphrase and press Enter."""
    field(page).fill(phrase)
    field(page).press("Enter")


def opened(page: Page) -> None:
    """Wait until the page is open."""
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(field(page)).to_be_hidden()


def told(page: Page, words: str) -> None:
    """Wait until the page says so, and see that it is shut."""
    expect(page.locator(ALERT)).to_contain_text(words)
    expect(page.locator("#open")).to_be_hidden()
    assert page.locator("#open").inner_html() == ""
