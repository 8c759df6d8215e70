"""Secrets and readers for the tests of sealing, and envelopes taken apart."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256

from site_builder.page import Circle, Reader
from site_builder.seal import Keys, Secrets

SITE = bytes.fromhex("8f0c5a9be1d4772603f6a8b9ce315d40e7926bfa1c84d5303e9f60a7b2185cd4")
OWNERS = Reader(Circle.OWNERS)
RITA = Reader(Circle.REFERRER, "rita", 1)
PHRASES = {name: f"{name} umbrella tractor lozenge velvet" for name in ("ann", "ben", "cy", "dee", "ed", "flo", "gus", "hal")}
FEW = 600_000


def keys(*owners: str, iterations: int = 1, site: bytes = SITE) -> Keys:
    return Keys(Secrets(site, {name: PHRASES[name] for name in owners}), iterations=iterations)


def parts(envelope: str) -> dict[str, bytes]:
    return {name: b64decode(value) for name, value in json.loads(envelope).items()}


def joined(parts: Mapping[str, bytes], *, resummed: bool = False) -> str:
    """An envelope from its parts; resummed: with the sum that somebody who forges would write."""
    all_ = dict(parts)
    if resummed:
        all_["sum"] = sha256(all_["header"] + all_["slots"] + all_["nonce"] + all_["text"]).digest()[:16]
    return json.dumps({name: b64encode(value).decode() for name, value in all_.items()}, separators=(",", ":"))


def salt(envelope: str) -> bytes:
    return b64decode(json.loads(parts(envelope)["header"])["salt"])
