"""What to remember on which day, for the owners' calendars (domain, "Pages": calendars).

A calendar is carried about and may be shown to others: a reminder names somebody and the occasion, never how they stand, and
neither what was promised nor what will be given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from site_builder.model.portal import Portal
from site_builder.model.tables import Client
from site_builder.rules.anniversaries import upcoming
from site_builder.rules.calendar import plus_days
from site_builder.rules.nurture import lapses_on, syncs
from site_builder.rules.programme import Programme
from site_builder.rules.promises import open_promises
from site_builder.rules.standing import Roll, Standing, roll

FOLLOW_UP_DAYS: Final = 30
"""How soon who is not healthy is reviewed again, where the portal has no threshold of its own (K103; of blocked ones ours)."""
_YEAR: Final = 366  # each client's next anniversary falls within it
_FIRST: Final = "first"


class ReminderKind(StrEnum):
    """What a reminder is for."""

    REVIEW = "review"
    SYNC = "sync"
    THANKS = "thanks"
    ANNIVERSARY = "anniversary"
    PROMISE = "promise"
    GIFT = "gift"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to do on a day. on: never before as_of; what is late is to be done at once.

    uid: the same for the same occasion whatever day the portal speaks for, another for the next one. row_id: of the client, the
    referrer or for thanks the referral, as portal record takes it; name: of the client or referrer; years: on an anniversary.
    """

    uid: str
    kind: ReminderKind
    on: date
    row_id: str
    name: str
    years: int = 0


def reminders(programme: Programme) -> tuple[Reminder, ...]:
    """Return what is to be remembered, by day, kind and id; none of what is not started."""
    portal = programme.portal
    found = (
        *_reviews(portal),
        *_promises(portal),
        *_syncs(portal),
        *_thanks(programme),
        *_anniversaries(portal),
        *_gifts(portal),
    )
    return tuple(sorted(found, key=_by_day))


def _by_day(reminder: Reminder) -> tuple[date, str, str, str]:
    return reminder.on, reminder.kind.value, reminder.row_id, reminder.uid


def _reviews(portal: Portal) -> Iterator[Reminder]:
    """Yield the next review of each active client: at once where none counts."""
    kind, clients = ReminderKind.REVIEW, roll(portal)
    for client in clients.active(portal.as_of):
        on, period = _next_review(client, clients, portal)
        uid = _uid(kind, client.client_id, period)
        yield Reminder(uid, kind, max(on, portal.as_of), client.client_id, client.name)


def _next_review(client: Client, clients: Roll, portal: Portal) -> tuple[date, str]:
    """Return the day of the next review, and which one it is: the one after that of a day, or the first."""
    held = clients.reviews(client.client_id, portal.as_of)
    if not held:
        return portal.as_of, _FIRST
    latest = held[-1]
    on = lapses_on(latest.on, clients.cycle_months)
    if latest.standing is not Standing.HEALTHY:
        days = portal.settings.checks.thresholds.get("follow_up_days", FOLLOW_UP_DAYS)
        on = min(on, plus_days(latest.on, int(days)))
    return on, latest.on.isoformat()


def _promises(portal: Portal) -> Iterator[Reminder]:
    """Yield what was promised to each active client by a day and is not kept: those of the week's list, at once where late."""
    kind = ReminderKind.PROMISE
    for made in open_promises(portal):
        client = portal.client_by_id[made.client_id]
        if made.follow_up_on is not None:
            uid = _uid(kind, client.client_id, made.reviewed_on.isoformat())
            yield Reminder(uid, kind, max(made.follow_up_on, portal.as_of), client.client_id, client.name)


def _syncs(portal: Portal) -> Iterator[Reminder]:
    kind = ReminderKind.SYNC
    for sync in syncs(portal):
        person, last_on = sync.referrer, sync.last_on
        uid = _uid(kind, person.referrer_id, _FIRST if last_on is None else last_on.isoformat())
        yield Reminder(uid, kind, max(sync.due_on or portal.as_of, portal.as_of), person.referrer_id, person.name)


def _thanks(programme: Programme) -> Iterator[Reminder]:
    kind = ReminderKind.THANKS
    for owed in programme.nurturing.thanks_owed:
        referral_id = owed.referral.referral_id
        on = max(owed.due_on, programme.portal.as_of)
        yield Reminder(_uid(kind, referral_id), kind, on, referral_id, owed.referrer.name)


def _anniversaries(portal: Portal) -> Iterator[Reminder]:
    """Yield the next anniversary of each active client; none where rewards.yaml has no rewards for them."""
    kind = ReminderKind.ANNIVERSARY
    for each in upcoming(portal, _YEAR):
        client_id, on = each.client.client_id, each.next_on
        yield Reminder(_uid(kind, client_id, str(on.year)), kind, on, client_id, each.client.name, each.next_years)


def _gifts(portal: Portal) -> Iterator[Reminder]:
    """Yield each gift that is planned; on its day it counts as given.

    Which gift it is stays the same when its day moves: it is counted among those of the same client, occasion and kind.
    """
    kind, numbers = ReminderKind.GIFT, Counter[tuple[str, str, str]]()
    for gift in sorted(portal.gifts, key=lambda each: each.given_on):
        same = gift.client_id, gift.occasion.value, gift.what
        numbers[same] += 1
        client = portal.client_by_id.get(gift.client_id)
        if client is not None and gift.given_on > portal.as_of:
            yield Reminder(_uid(kind, *same, str(numbers[same])), kind, gift.given_on, client.client_id, client.name)


def _uid(*parts: str) -> str:
    return "/".join(parts)
