"""How a client relationship stands: the outcome of the latest review within the cycle (domain, "KPIs"; Five KPIs)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType

from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Outcome, Review
from site_builder.rules.calendar import plus_months

ACTIVE_MONTHS = 12
"""How long a payment keeps a client active (domain, "KPIs")."""


class Standing(StrEnum):
    """What the latest review says; until the conversation was had, nobody may assume a client is healthy."""

    HEALTHY = "healthy"
    AT_RISK = "at_risk"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


LED_TO: Mapping[Outcome, Standing] = MappingProxyType(
    {Outcome.ASKED: Standing.HEALTHY, Outcome.ROADBLOCK: Standing.BLOCKED, Outcome.RETENTION: Standing.AT_RISK}
)
"""What a review makes of its client, the gravest last."""
GRAVITY: Mapping[Outcome, int] = MappingProxyType({outcome: place for place, outcome in enumerate(LED_TO)})
"""Which of two reviews of one day counts: the one with the greater number."""


@dataclass(frozen=True, slots=True)
class Held:
    """A day on which a client was reviewed, and what it led to: the gravest outcome of that day."""

    on: date
    standing: Standing


@dataclass(frozen=True, slots=True)
class Roll:
    """The clients and their reviews, put in order once and asked about many days.

    clients: active or not, by id. held: the days of review by client id, earliest first; none for who was never reviewed.
    """

    clients: tuple[Client, ...]
    held: Mapping[str, tuple[Held, ...]]
    cycle_months: int

    def active(self, day: date) -> tuple[Client, ...]:
        """Return the clients who count on a day, by id."""
        return _active(self.clients, day)

    def standings(self, day: date) -> Mapping[str, Standing]:
        """Return the standing of each active client by id, in the order of ids."""
        first = first_counting(day, self.cycle_months)
        return MappingProxyType({each.client_id: self._standing(each.client_id, first, day) for each in self.active(day)})

    def standing(self, client_id: str, day: date) -> Standing:
        """Return what reviews say of a client on a day, active or not."""
        return self._standing(client_id, first_counting(day, self.cycle_months), day)

    def reviews(self, client_id: str, day: date) -> tuple[Held, ...]:
        """Return a client's days of review up to a day, earliest first."""
        held = self.held.get(client_id, ())
        return held[: bisect_right(held, day, key=attrgetter("on"))]

    def is_reviewed(self, client_id: str, first: date, last: date) -> bool:
        """Say whether a client was reviewed between two days, both included."""
        return self._standing(client_id, first, last) is not Standing.UNKNOWN

    def _standing(self, client_id: str, first: date, last: date) -> Standing:
        held = self.held.get(client_id, ())
        place = bisect_right(held, last, key=attrgetter("on"))
        return held[place - 1].standing if place and held[place - 1].on >= first else Standing.UNKNOWN


def roll(portal: Portal) -> Roll:
    """Put a portal's clients and reviews in order."""
    clients = tuple(sorted(portal.clients, key=attrgetter("client_id")))
    return Roll(clients, _held(portal.reviews), portal.settings.review_cycle_months)


def is_active(client: Client, day: date) -> bool:
    """Say whether a client counts on a day: under contract by then, and a payment within twelve months before it.

    Only the last payment is known: uninterrupted payment before it is assumed, and one after the day counts too.
    """
    return bool(_active((client,), day))


def active_clients(portal: Portal, day: date) -> tuple[Client, ...]:
    """Return the clients who count on a day, by id."""
    return tuple(sorted(_active(portal.clients, day), key=attrgetter("client_id")))


def standings(portal: Portal, day: date) -> Mapping[str, Standing]:
    """Return the standing of each active client by id, in the order of ids."""
    return roll(portal).standings(day)


def first_counting(day: date, months: int) -> date:
    """Return the first of the days that lie less than some months before a day; the calendar's first where it has no other."""
    if (day.year - date.min.year) * 12 + day.month - date.min.month < months:
        return date.min
    return plus_months(day, -months) + timedelta(days=1)


def _active(clients: Iterable[Client], day: date) -> tuple[Client, ...]:
    first = first_counting(day, ACTIVE_MONTHS)
    return tuple(each for each in clients if each.since <= day and each.last_paid_on is not None and each.last_paid_on >= first)


def _held(reviews: Iterable[Review]) -> Mapping[str, tuple[Held, ...]]:
    gravest: dict[str, dict[date, Outcome]] = {}
    for review in reviews:
        days = gravest.setdefault(review.client_id, {})
        present = days.get(review.reviewed_on)
        if present is None or GRAVITY[review.outcome] > GRAVITY[present]:
            days[review.reviewed_on] = review.outcome
    return MappingProxyType(
        {
            client_id: tuple(Held(day, LED_TO[outcome]) for day, outcome in sorted(days.items(), key=lambda item: item[0]))
            for client_id, days in gravest.items()
        }
    )
