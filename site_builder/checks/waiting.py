"""What waits until the files can be read whole: a row that could not be read may hold just what a check misses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from site_builder.model.content import COLLECTIONS
from site_builder.problem import Problem, Severity

_CLIENTS, _REVIEWS, _GIFTS = "data/clients.csv", "data/reviews.csv", "data/gifts.csv"
_REFERRERS, _REFERRALS = "data/referrers.csv", "data/referrals.csv"
_NOMINATIONS, _VOTES, _SPOTLIGHTS = "data/nominations.csv", "data/votes.csv", "content/spotlights"

MISSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "T107": ("content/stories", _GIFTS),
        "I106": (_CLIENTS,),
        "L101": ("content/terms",),
        "L103": ("content/terms",),
        "L108": (_REFERRALS, _REFERRERS, _CLIENTS),
        "L109": ("content/terms",),
        "S101": (_SPOTLIGHTS,),
        "S102": (_SPOTLIGHTS, _NOMINATIONS, _VOTES),
        "S104": (_NOMINATIONS,),
        "S106": tuple(f"content/{kind.FOLDER}" for kind in COLLECTIONS),
        "K101": (_CLIENTS, _REVIEWS),
        "K102": (_CLIENTS, _REVIEWS),
        "K103": (_REVIEWS,),
        "N104": (_REFERRERS,),
        "N105": (_REVIEWS,),
        "N106": ("data/payouts.csv", _REFERRALS, _CLIENTS, "content/terms"),
        "N107": (_REFERRALS, _CLIENTS, "content/terms"),
        "R101": (_GIFTS,),
        "R102": (_REFERRERS, _REFERRALS, "data/introductions.csv"),
    }
)
"""The checks that a file or folder's unread part could settle. The others look at one row, or at a document that is whole."""
_ACCEPTED_IN_VAIN = "D602"


def settled(found: Iterable[Problem], loading: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return what was found but for what waits for a file that had errors when it was read.

    That a check was accepted in vain waits for them all: what it accepts may not have been read.
    """
    broken = frozenset(each.source.path for each in loading if each.severity is Severity.ERROR)
    return tuple(each for each in found if not _waits(each.code, broken))


def _waits(code: str, broken: Collection[str]) -> bool:
    if code == _ACCEPTED_IN_VAIN:
        return bool(broken)
    return any(path == place or path.startswith(f"{place}/") for place in MISSES.get(code, ()) for path in broken)
