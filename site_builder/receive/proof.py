"""Proof of work, the ALTCHA way (https://altcha.org/docs/v2/): a little arithmetic that a thousand robots cannot afford.

A challenge serves one key for as long as it holds; what was used is remembered in this process alone.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from enum import StrEnum
from time import time
from typing import Final

from altcha import Payload, create_challenge, verify_solution

_ALGORITHM: Final = "PBKDF2/SHA-256"
_COST: Final = 1000
_PREFIX: Final = "00"
"""256 tries of 1,000 rounds on average: a second or so on a slow phone, a thousandth of it to verify."""
_HOLDS: Final = 60 * 60
"""Seconds in which a challenge is to be answered."""
_REMEMBERED: Final = 10_000


class Proof(StrEnum):
    """What a proof of work is worth. SPENT: it served another key."""

    GOOD = "good"
    MISSING = "missing"
    WRONG = "wrong"
    EXPIRED = "expired"
    SPENT = "spent"


class Proofs:
    """Hands out challenges and verifies what comes back; to be used from any thread."""

    def __init__(self, secret: str) -> None:
        """secret: signs the challenges, so that nobody makes up easier ones."""
        self._secret = secret
        self._used: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def challenge(self) -> dict[str, object]:
        """Return a new challenge in ALTCHA's own words."""
        made = create_challenge(_ALGORITHM, _COST, key_prefix=_PREFIX, expires_at=int(time()) + _HOLDS, hmac_secret=self._secret)
        return dict(made.to_dict())

    def judge(self, sent: str, key: str) -> Proof:
        """Return what a proof is worth for a key. The same proof again is good for the same key: a snapshot may be sent twice."""
        if not sent:
            return Proof.MISSING
        try:
            payload = Payload.from_base64(sent)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Proof.WRONG
        result = verify_solution(payload, self._secret)
        if result.expired:
            return Proof.EXPIRED
        if not result.verified:
            return Proof.WRONG
        return Proof.GOOD if self._is_first(str(payload.challenge.signature), key) else Proof.SPENT

    def _is_first(self, signature: str, key: str) -> bool:
        with self._lock:
            served = self._used.setdefault(signature, key)
            while len(self._used) > _REMEMBERED:
                self._used.popitem(last=False)
        return served == key
