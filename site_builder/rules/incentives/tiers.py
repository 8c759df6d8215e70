"""The how manieth of the year a referral is for its referrer (domain, "Incentives": tiered)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.model.incentives import Tier, Tiered
from site_builder.model.tables import Referral
from site_builder.rules.incentives.course import Course


@dataclass(frozen=True, slots=True)
class Place:
    """A referral's place among its referrer's won ones of a calendar year.

    number: from 1 in the order of (won_on, received_on, id); for one that does not count, how many do so far. year: of won_on,
    as_of's where it is not won. counts: whether it is won and not void.
    """

    number: int
    year: int
    counts: bool


def places(
    referrals: Sequence[Referral], courses: Mapping[str, Course], voids: Collection[str], as_of: date
) -> Mapping[str, Place]:
    """Return the place of each referral, by its id."""
    counted = [
        (day, referral.received_on, referral.referral_id, referral.referrer_id)
        for referral in referrals
        if (day := courses[referral.referral_id].won_on) and referral.referral_id not in voids
    ]
    so_far: Counter[tuple[str | None, int]] = Counter()
    found: dict[str, Place] = {}
    for day, _received_on, referral_id, referrer_id in sorted(counted, key=lambda each: each[:3]):
        so_far[referrer_id, day.year] += 1
        found[referral_id] = Place(so_far[referrer_id, day.year], day.year, counts=True)
    for referral in referrals:
        if referral.referral_id not in found:
            year = (courses[referral.referral_id].won_on or as_of).year
            found[referral.referral_id] = Place(so_far[referral.referrer_id, year], year, counts=False)
    return found


def tier_reached(rule: Tiered, place: Place) -> Tier | None:
    """Return the last tier reached, None below the first, until won and where void."""
    reached = [tier for tier in rule.tiers if place.counts and tier.nth <= place.number]
    return max(reached, key=lambda tier: tier.nth, default=None)
