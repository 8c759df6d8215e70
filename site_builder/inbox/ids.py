"""Ids for new referrals: the next ones in the way their table counts already."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from typing import Final

from site_builder.model.tables import Referral

_COUNTED: Final = re.compile(r"(.*?)([0-9]+)")
_MADE: Final = re.compile(r"r-[0-9a-f]{8,64}")
_LONGEST: Final = 64
_SHORTEST_KEY: Final = 8


def next_id(referrals: Sequence[Referral], key: str, year: int) -> str:
    """Return an id that no referral has. r2026-081 follows r2026-080, and r2027-001 does when the year is over.

    key: the lead's; year: of its arrival. How the last referral is called decides: where its id does not end with a number, and
    in an empty table, it is r- with the first letters of the key.
    """
    taken = {referral.referral_id for referral in referrals}
    last = referrals[-1] if referrals else None
    counted = _COUNTED.fullmatch(last.referral_id) if last is not None else None
    if last is None or counted is None or _MADE.fullmatch(last.referral_id):
        return _from_key(key, taken)
    prefix, digits = _of_year(counted[1], last.received_on.year, year), len(counted[2])
    numbers = [
        int(each[len(prefix) :]) for each in taken if each.startswith(prefix) and re.fullmatch("[0-9]+", each[len(prefix) :])
    ]
    found = f"{prefix}{max(numbers, default=0) + 1:0{digits}}"
    return found if len(found) <= _LONGEST else _from_key(key, taken)


def _of_year(prefix: str, former: int, year: int) -> str:
    """Return the prefix with the new year where it holds the last referral's own."""
    begin = prefix.rfind(str(former))
    return prefix if begin < 0 else f"{prefix[:begin]}{year}{prefix[begin + 4 :]}"


def _from_key(key: str, taken: Collection[str]) -> str:
    """Return r- with as much of the key as it takes; a key of another form is hashed first."""
    letters = key if re.fullmatch("[0-9a-f]{32}", key) else hashlib.sha256(key.encode()).hexdigest()
    return next(found for length in range(_SHORTEST_KEY, len(letters) + 1) if (found := f"r-{letters[:length]}") not in taken)
