"""Which tier of best practice a client has reached (domain, "Rewards for clients"; source: Rewards)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile

from site_builder.model.documents import PracticeItem, Practices
from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Practice


@dataclass(frozen=True, slots=True)
class PracticeTierReached:
    """number: 0 for none, else the tier's place from 1. name, discount_percent: None for none.

    missing_for_next: what the next tier still needs, in its order; () at the top.
    """

    number: int
    name: str | None
    discount_percent: Decimal | None
    missing_for_next: tuple[PracticeItem, ...]


def practice_tier(portal: Portal, client: Client) -> PracticeTierReached | None:
    """Return a client's on as_of; None where practices are not started in rewards.yaml."""
    practices = _started(portal)
    return _reached(practices, met_practices(portal).get(client.client_id, frozenset())) if practices else None


def practice_tiers(portal: Portal) -> Mapping[str, PracticeTierReached]:
    """Return every client's by id, in the order of ids; empty where practices are not started. One pass over the rows."""
    practices = _started(portal)
    if practices is None:
        return {}
    met = met_practices(portal)
    return {client_id: _reached(practices, met.get(client_id, frozenset())) for client_id in sorted(portal.client_by_id)}


def _started(portal: Portal) -> Practices | None:
    return portal.rewards.practices if portal.rewards else None


def met_practices(portal: Portal) -> Mapping[str, AbstractSet[str]]:
    """Return the ids of the practices each client meets on as_of; one that lapsed and was met again has two rows."""
    met: defaultdict[str, set[str]] = defaultdict(set)
    for row in portal.practices:
        if _holds(row, portal.as_of):
            met[row.client_id].add(row.practice_id)
    return met


def _holds(row: Practice, day: date) -> bool:
    """Say whether a practice is met on a day: on the day it lapsed it is not, and a lapse to come has not happened."""
    return row.met_on <= day and (row.lapsed_on is None or day < row.lapsed_on)


def _reached(practices: Practices, met: AbstractSet[str]) -> PracticeTierReached:
    """Climb the tiers while each is met whole: a gap below is a gap above."""
    whole = tuple(takewhile(lambda tier: met >= set(tier.practices), practices.tiers))
    following = practices.tiers[len(whole) : len(whole) + 1]
    items = {item.id: item for item in practices.items}
    # A practice that a tier names twice is missing once; one that is not among the items has an error of its own.
    missing = dict.fromkeys(practice for tier in following for practice in tier.practices if practice in items.keys() - met)
    return PracticeTierReached(
        number=len(whole),
        name=whole[-1].name if whole else None,
        discount_percent=whole[-1].discount_percent if whole else None,
        missing_for_next=tuple(items[practice] for practice in missing),
    )
