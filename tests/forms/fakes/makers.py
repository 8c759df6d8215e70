"""What each back end answers to a post, after its maker's published words; `site_builder/forms/backends.py` cites them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from altcha import create_challenge

URLENCODED = "application/x-www-form-urlencoded"
SECRET = "what the receiver signs its challenges with"


class Maker(StrEnum):
    """Whose back end a fake stands for."""

    RECEIVER = "receiver"
    NETLIFY = "netlify"
    FORMSPREE = "formspree"
    WEB3FORMS = "web3forms"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Post:
    """A post that arrived. fields: in the order in which they were sent; accept and origin: "" where the browser named none."""

    path: str
    content_type: str
    accept: str
    origin: str
    fields: tuple[tuple[str, str], ...]

    @property
    def values(self) -> Mapping[str, str]:
        """The fields by name."""
        return dict(self.fields)

    @property
    def for_people(self) -> bool:
        """Whether a browser shows the answer, rather than a script reading it."""
        return "text/html" in self.accept


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the browser; page: whether the page that was posted to follows as the body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    page: bool = False


def answer(maker: Maker, post: Post, site: str) -> Answer:
    """Return what a back end says. site: the portal's address here, which every redirect leads to, whatever its base_url says."""
    return _MAKERS[maker](post, site)


def challenge(site: str) -> Answer:
    """Return what `portal receive` asks for before a post where proof_of_work is on: ALTCHA, version 2."""
    asked = create_challenge("PBKDF2/SHA-256", 1000, key_prefix="00", hmac_secret=SECRET)
    return _json(200, dict(asked.to_dict()), {"Access-Control-Allow-Origin": _origin(site)})


def _receiver(post: Post, site: str) -> Answer:
    """As `portal receive`: JSON for scripts, 303 to the thanks page for forms; its pages' origin alone may read the answer."""
    if post.content_type != URLENCODED:
        return _json(415, {"ok": False, "error": "wrong_type"})
    reading = {"Access-Control-Allow-Origin": _origin(site), "Vary": "Accept, Origin"}
    return _seen_other(_thanks(post, site)) if post.for_people else _json(200, {"ok": True}, reading)


def _netlify(post: Post, _site: str) -> Answer:
    """The page that was posted to, once it is known which form sent it; a post that names no form finds nothing to take it."""
    known = post.content_type == URLENCODED and post.values.get("form-name") == "referral"
    return Answer(200, {"Content-Type": "text/html; charset=utf-8"}, page=True) if known else Answer(404)


def _formspree(post: Post, site: str) -> Answer:
    """JSON to a script that asks for it, else a redirect to _next."""
    anyone = {"Access-Control-Allow-Origin": "*"}
    if not post.for_people:
        return _json(200, {"next": "/thanks?language=en", "ok": True}, anyone)
    following = post.values.get("_next")
    return Answer(302, {"Location": _here(following, site) if following else "https://formspree.io/thanks"})


def _web3forms(post: Post, site: str) -> Answer:
    """Success or failure in JSON, a redirect where the form asks for one; without an access key nothing is taken."""
    anyone = {"Access-Control-Allow-Origin": "*"}
    if not post.values.get("access_key"):
        return _json(400, {"success": False, "body": {"message": "access_key is required"}}, anyone)
    following = post.values.get("redirect")
    if following:
        return Answer(303, {"Location": _here(following, site), **anyone})
    return _json(200, {"success": True, "body": {"data": post.values, "message": "Email sent successfully!"}}, anyone)


def _custom(post: Post, site: str) -> Answer:
    """The plainest of all: keeps the post and leads on, whoever asks."""
    return _seen_other(_thanks(post, site), {"Access-Control-Allow-Origin": _origin(site)})


_MAKERS = {
    Maker.RECEIVER: _receiver,
    Maker.NETLIFY: _netlify,
    Maker.FORMSPREE: _formspree,
    Maker.WEB3FORMS: _web3forms,
    Maker.CUSTOM: _custom,
}


def _json(status: int, content: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, {"Content-Type": "application/json", **(headers or {})}, json.dumps(content).encode())


def _seen_other(address: str, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(303, {"Location": address, **(headers or {})})


def _thanks(post: Post, site: str) -> str:
    """Return the thanks page of who sent it: their own, the friend's, or everybody's."""
    code = post.values.get("referrer", "")
    if post.values.get("ref_kind") == "self":
        return f"{site}meet/thanks/"
    return f"{site}refer/{code}/thanks/" if code else f"{site}refer/thanks/"


def _origin(site: str) -> str:
    parts = urlsplit(site)
    return f"{parts.scheme}://{parts.netloc}"


def _here(address: str, site: str) -> str:
    return _origin(site) + urlsplit(address).path
