"""What referrers and clients are owed this week: syncs, thanks, news, reviews; and repair before any ask.

Domain, "Rewards for clients": nurture. Source: Step by step (nurture, gratitude); Five KPIs (reviews).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from site_builder.model.portal import Portal
from site_builder.model.tables import Audience, Client, Referral, Referrer, Review, Status
from site_builder.rules.calendar import plus_days, plus_months
from site_builder.rules.collections import won_on
from site_builder.rules.promises import is_open, latest_promises
from site_builder.rules.standing import Roll, Standing, first_counting, roll

_URGENCY = (Standing.AT_RISK, Standing.BLOCKED, Standing.UNKNOWN)


@dataclass(frozen=True, slots=True)
class SyncDue:
    """A referrer to talk to.

    last_on: the last talk, else the day they joined, None where neither is known. due_on: None for at once.
    """

    referrer: Referrer
    last_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Owed:
    """Thanks, or news of the outcome, owed to a referrer. due_on: the last day to be in time."""

    referral: Referral
    referrer: Referrer
    due_on: date


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A client to review.

    since: since when they stand so without a break, None where never reviewed. follow_up: the latest review that promised
    one, None where it is kept.
    """

    client: Client
    standing: Standing
    since: date | None
    follow_up: Review | None


@dataclass(frozen=True, slots=True)
class RepairFirst:
    """A referrer whose own firm is at risk or blocked: mend that before any ask."""

    referrer: Referrer
    client: Client
    standing: Standing


@dataclass(frozen=True, slots=True)
class Nurturing:
    """The lists of the week, each by urgency. asks: who may be asked for a referral, never one under repair_first."""

    syncs_due: tuple[SyncDue, ...]
    thanks_owed: tuple[Owed, ...]
    outcomes_to_tell: tuple[Owed, ...]
    reviews_due: tuple[ReviewDue, ...]
    repair_first: tuple[RepairFirst, ...]
    asks: tuple[Referrer, ...]


def nurturing(portal: Portal) -> Nurturing:
    """Return what is owed on as_of; thanks, outcomes and syncs only where data/nurture.yaml is started."""
    clients = roll(portal)
    reviews_due = _reviews_due(portal, clients)
    return Nurturing(
        syncs_due=tuple(sync for sync in syncs(portal) if sync.due_on is None or sync.due_on <= portal.as_of),
        thanks_owed=_thanks_owed(portal),
        outcomes_to_tell=_outcomes_to_tell(portal),
        reviews_due=reviews_due,
        repair_first=_repair_first(portal, reviews_due),
        asks=_asks(portal, clients),
    )


def syncs(portal: Portal) -> tuple[SyncDue, ...]:
    """Return the next talk with each active referrer, due or to come, those to talk to at once first, then by day and id.

    None without data/nurture.yaml, and none for an audience without an interval.
    """
    if portal.nurture is None:
        return ()
    every = portal.nurture.sync_every_days
    days = {Audience.OWNER: every.owner, Audience.STAFF: every.staff, Audience.PARTNER: every.partner}
    found = []
    for person in _taking_part(portal):
        interval = days[person.audience]
        if interval is not None:
            last_on = _last_on(person, portal.as_of)
            found.append(SyncDue(person, last_on, None if last_on is None else plus_days(last_on, interval)))
    return tuple(sorted(found, key=lambda sync: (sync.due_on or date.min, sync.referrer.referrer_id)))


def lapses_on(reviewed_on: date, cycle_months: int) -> date:
    """Return the first day on which a review no longer counts; past the calendar's end its last day."""
    day = plus_months(reviewed_on, cycle_months)
    # A review of 29 February still counts on 28 February a year later, for that is 28 February less twelve months.
    return day if first_counting(day, cycle_months) > reviewed_on else plus_days(day, 1)


def _taking_part(portal: Portal) -> tuple[Referrer, ...]:
    """Return the active referrers who have joined by as_of; an unknown day of joining is taken for a past one."""
    return tuple(
        person for person in portal.referrers if person.active and not (person.joined_on and person.joined_on > portal.as_of)
    )


def _last_on(person: Referrer, as_of: date) -> date | None:
    """Return the last talk, else the day they joined; a talk after as_of is still a plan."""
    if person.last_sync_on is not None and person.last_sync_on <= as_of:
        return person.last_sync_on
    return person.joined_on


def _thanks_owed(portal: Portal) -> tuple[Owed, ...]:
    """Return every thanks not given by as_of, overdue or still in time, by due day and id."""
    if portal.nurture is None:
        return ()
    days = portal.nurture.thank_within_days
    return _by_day(
        Owed(referral, person, plus_days(referral.received_on, days))
        for referral, person in _referred(portal)
        if not _done(referral.thanked_on, portal.as_of)
    )


def _outcomes_to_tell(portal: Portal) -> tuple[Owed, ...]:
    """Return the news not told by as_of, overdue or still in time, by due day and id; told before it happened is not told."""
    if portal.nurture is None:
        return ()
    days = portal.nurture.tell_outcome_within_days
    return _by_day(
        # On no known day: owed all the same, and never late.
        Owed(referral, person, plus_days(outcome.on or portal.as_of, days))
        for referral, person in _referred(portal)
        if (outcome := _outcome(referral, portal.as_of)) is not None
        and not _done(referral.outcome_told_on, portal.as_of, outcome.on or date.min)
    )


def _referred(portal: Portal) -> tuple[tuple[Referral, Referrer], ...]:
    """Return the referrals received by as_of with who sent them, also one who takes no part any more: thanks are owed still."""
    people = {person.referrer_id: person for person in portal.referrers}
    return tuple(
        (referral, people[referral.referrer_id])
        for referral in portal.referrals
        if referral.referrer_id in people and referral.received_on <= portal.as_of
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    """That a referral was won or lost. on: None where its day was not written down."""

    on: date | None


def _outcome(referral: Referral, as_of: date) -> _Outcome | None:
    """Return the latest outcome by as_of, None while open; one lost later than as_of may be won until then."""
    if referral.status is Status.LOST and (referral.status_on is None or referral.status_on <= as_of):
        return _Outcome(referral.status_on)
    day = won_on(referral)
    if day is None:
        return _Outcome(None) if referral.status is Status.WON else None
    return _Outcome(day) if day <= as_of else None


def _done(on: date | None, as_of: date, earliest: date = date.min) -> bool:
    return on is not None and earliest <= on <= as_of


def _by_day(owed: Iterable[Owed]) -> tuple[Owed, ...]:
    return tuple(sorted(owed, key=lambda each: (each.due_on, each.referral.referral_id)))


def _reviews_due(portal: Portal, clients: Roll) -> tuple[ReviewDue, ...]:
    """Return the active clients who are not healthy: at risk, blocked, unknown, each longest first, then by fee and id."""
    follow_ups = _follow_ups(portal)
    standing = clients.standings(portal.as_of)
    due = [
        ReviewDue(client, standing[client.client_id], _since(client, clients, portal.as_of), follow_ups.get(client.client_id))
        for client in clients.active(portal.as_of)
        if standing[client.client_id] in _URGENCY
    ]
    return tuple(sorted(due, key=_review_urgency))


def _review_urgency(due: ReviewDue) -> tuple[int, date, bool, Decimal, str]:
    fee = due.client.monthly_fee
    # Who was never reviewed has been waiting since the contract began.
    return _URGENCY.index(due.standing), due.since or due.client.since, fee is None, -(fee or Decimal()), due.client.client_id


def _since(client: Client, clients: Roll, as_of: date) -> date | None:
    """Return since when an active client stands as they do; None where never reviewed.

    At risk or blocked: the first review of the unbroken run of this outcome; a lapse into unknown breaks it. Unknown:
    the day the last review lapsed, or the contract's start where they came back after that.
    """
    held = clients.reviews(client.client_id, as_of)
    if not held:
        return None
    if clients.standing(client.client_id, as_of) is Standing.UNKNOWN:
        return max(lapses_on(held[-1].on, clients.cycle_months), client.since)
    since = held[-1].on
    for earlier in reversed(held[:-1]):
        first = first_counting(since - timedelta(days=1), clients.cycle_months)
        if earlier.standing is not held[-1].standing or earlier.on < first:
            break
        since = earlier.on
    return since


def _follow_ups(portal: Portal) -> dict[str, Review]:
    """Return each client's latest review that promised something, where that is not kept yet."""
    return {name: review for name, review in latest_promises(portal).items() if is_open(review, portal.as_of)}


def _repair_first(portal: Portal, reviews_due: Iterable[ReviewDue]) -> tuple[RepairFirst, ...]:
    """Return the referrers of clients at risk or blocked, in the order in which these are to be reviewed, then by id."""
    people = sorted(_taking_part(portal), key=lambda person: person.referrer_id)
    return tuple(
        RepairFirst(person, due.client, due.standing)
        for due in reviews_due
        if due.standing is not Standing.UNKNOWN
        for person in people
        if person.client_id == due.client.client_id
    )


def _asks(portal: Portal, clients: Roll) -> tuple[Referrer, ...]:
    """Return who may be asked, the longest not talked to first, then by id."""
    active = frozenset(client.client_id for client in clients.active(portal.as_of))
    free = (person for person in _taking_part(portal) if _may_be_asked(person, active, clients, portal.as_of))
    return tuple(sorted(free, key=lambda person: (_last_on(person, portal.as_of) or date.min, person.referrer_id)))


def _may_be_asked(person: Referrer, active: frozenset[str], clients: Roll, as_of: date) -> bool:
    """Say whether somebody's own firm is healthy, or no client and not lately found at risk or blocked either."""
    if person.client_id is None:
        return True
    standing = clients.standing(person.client_id, as_of)
    return standing is Standing.HEALTHY or (standing is Standing.UNKNOWN and person.client_id not in active)
