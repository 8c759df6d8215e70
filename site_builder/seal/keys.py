"""The keys of a portal's private pages: from its secret and its owners' phrases, the same ones at every build."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256, sha512
from typing import Final

from site_builder.page import Circle, Reader
from site_builder.seal.cleaning import sanitised
from site_builder.seal.derived import ITERATIONS, hkdf, link_key, owner_key
from site_builder.seal.envelope import SALT, SLOT, SLOTS, Header, Sources, sealed_text
from site_builder.seal.letters import letters

_FOLDERS: Final = {Circle.OWNERS: "kpis", Circle.REFERRER: "my", Circle.CLIENT: "client"}
_TOKEN: Final = 10
_KEY: Final = 16


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What private pages are sealed with. site: PORTAL_SECRET's bytes; owners: id → phrase; is_demo: published ones."""

    site: bytes
    owners: Mapping[str, str]
    is_demo: bool = False

    def __repr__(self) -> str:
        return "Secrets(...)"


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """A secret link. path: of its page's folder, "my/TOKEN/"; key: what stands behind the #."""

    path: str
    key: str

    def __repr__(self) -> str:
        return "Link(...)"

    def url(self, base_url: str) -> str:
        """Return the address to hand out."""
        return f"{base_url.rstrip('/')}/{self.path}#{self.key}"


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A private page that nobody can read. path: of its folder, as a link's; envelope: what stands in the page."""

    path: str
    envelope: str

    def __repr__(self) -> str:
        return "Sealed(...)"


class Keys:
    """Seals pages and knows their links; one for a whole build, since an owner's key takes a third of a second to derive."""

    def __init__(self, secrets: Secrets, *, iterations: int = ITERATIONS) -> None:
        """Take the secrets. iterations: of the owners' phrases; tests alone take fewer."""
        self._secrets = secrets
        self._iterations = iterations
        self._site_keys: dict[str, bytes] = {}
        self._owner_keys: dict[bytes, tuple[bytes, ...]] = {}

    def link(self, reader: Reader) -> Link:
        """Return the link of one referrer or client; the same until their link_version or PORTAL_SECRET changes."""
        if reader.circle is Circle.OWNERS:
            raise ValueError("owners have no link; they have passphrases")
        whom = "\0".join((reader.circle, reader.id, str(reader.version))).encode()
        token = letters(self._made("token", whom)[:_TOKEN])
        return Link(f"{_FOLDERS[reader.circle]}/{token}/", letters(self._link_secret(whom)))

    def sealed(self, html: str, reader: Reader) -> Sealed:
        """Encrypt a fragment of HTML, sanitised, for its reader; the same fragment and secrets give the same bytes."""
        html = sanitised(html)
        if reader.circle is Circle.OWNERS:
            path = f"{_FOLDERS[reader.circle]}/"
            header = Header("owners", path, self._salt(path), self._iterations)
            return Sealed(path, sealed_text(html, header, self._of_owners(header.salt), self._sources))
        link = self.link(reader)
        header = Header("link", link.path, self._salt(link.path))
        whom = "\0".join((reader.circle, reader.id, str(reader.version))).encode()
        return Sealed(link.path, sealed_text(html, header, (link_key(self._link_secret(whom), header.salt),), self._sources))

    def _of_owners(self, salt: bytes) -> tuple[bytes, ...]:
        """Return every owner's key, derived side by side: the derivation leaves Python to the others meanwhile."""
        if salt not in self._owner_keys:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(max_workers=SLOTS) as threads:
                phrases = self._secrets.owners.values()
                derived = threads.map(lambda phrase: owner_key(phrase, salt, self._iterations), phrases)
                self._owner_keys[salt] = tuple(derived)
        return self._owner_keys[salt]

    @cached_property
    def _sources(self) -> Sources:
        return Sources(
            content=lambda text: self._made("content", text),
            nonce=lambda text: self._made("nonce", text),
            order=lambda text: self._made("order", text),
            fill=lambda text: hmac.digest(self._site_key("fill"), text, sha512)[:SLOT],
        )

    def _salt(self, path: str) -> bytes:
        # From the page's path alone: who unlocks it again after a change need not derive again.
        return self._made("salt", path.encode())[:SALT]

    def _link_secret(self, whom: bytes) -> bytes:
        return self._made("link", whom)[:_KEY]

    def _made(self, name: str, text: bytes) -> bytes:
        return hmac.digest(self._site_key(name), text, sha256)

    def _site_key(self, name: str) -> bytes:
        if name not in self._site_keys:
            self._site_keys[name] = hkdf(self._secrets.site, b"", f"referral-portal {name} 1".encode())
        return self._site_keys[name]
