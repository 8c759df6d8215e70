"""What is to be done this week, put together from the rules (domain, "Rewards for clients", "Incentives"; Step by step)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar

from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Review
from site_builder.pages.private.commands import record
from site_builder.pages.private.dues import dues, is_in_kind
from site_builder.pages.private.kpitiles import ClientRow
from site_builder.pages.private.week import (
    AnniversaryItem,
    IntroductionItem,
    MatchItem,
    OwedItem,
    PayItem,
    PromiseItem,
    RepairItem,
    ReviewItem,
    SyncItem,
    Week,
)
from site_builder.rules.anniversaries import Anniversary, upcoming
from site_builder.rules.incentives.course import course
from site_builder.rules.incentives.owing import owing
from site_builder.rules.matches import Ledger, Match, first_matches, ledgers
from site_builder.rules.nurture import Nurturing, Owed, RepairFirst, ReviewDue
from site_builder.rules.programme import Programme
from site_builder.rules.promises import open_promises
from site_builder.rules.standing import Standing

_BEST = 3
_WEEK = timedelta(days=7)
_TO_REPAIR = frozenset({Standing.AT_RISK, Standing.BLOCKED})
_TO_BE_TYPED = "…"

T = TypeVar("T")


def week(programme: Programme, rows: Mapping[str, ClientRow]) -> Week:
    """Return everything to be done on as_of. rows: all clients by id."""
    portal, owed = programme.portal, programme.nurturing
    talks = tuple(_review(due, rows[due.client.client_id], portal.as_of) for due in owed.reviews_due)
    reviews, later_reviews = _parted(talks, lambda item: not _is_talk_for_later(item, portal.as_of))
    promised = tuple(_promise(made, portal.client_by_id[made.client_id], portal.as_of) for made in open_promises(portal))
    promises, later_promises = _parted(promised, lambda item: not _is_far(item.due_on, portal.as_of))
    thanks = tuple(_owed(each, "thanked", portal.as_of) for each in owed.thanks_owed)
    news = tuple(_owed(each, "told", portal.as_of) for each in owed.outcomes_to_tell)
    syncs = tuple(_syncs(owed, portal.as_of))
    introductions, unmatched = _parted(_introductions(portal, rows), lambda item: bool(item.best))
    anniversaries = tuple(_anniversary(each, portal.as_of) for each in upcoming(portal))
    dated: tuple[PromiseItem | OwedItem | SyncItem, ...] = (*promises, *thanks, *news, *syncs)
    to_plan = sum(item.plan is None for item in anniversaries)
    due = dues(programme)
    to_referrers = tuple(item for item in due if not item.is_for_friend)
    return Week(
        reviews=reviews,
        later_reviews=later_reviews,
        promises=promises,
        later_promises=later_promises,
        at_risk=tuple(item for item in talks if item.standing is Standing.AT_RISK),
        repairs=tuple(_repair(each) for each in owed.repair_first),
        thanks=thanks,
        news=news,
        syncs=syncs,
        introductions=introductions,
        unmatched=unmatched,
        anniversaries=anniversaries,
        to_plan=to_plan,
        count=len(dated) + len(reviews) + len(introductions) + to_plan,
        late=_late(dated),
        payments=tuple(item for item in to_referrers if not is_in_kind(item)),
        friends=tuple(item for item in due if item.is_for_friend),
        handovers=tuple(item for item in to_referrers if is_in_kind(item)),
        owing=owing((line, line.amount) for item in due for line in item.lines),
        due=len(due),
        due_late=_late(due),
    )


def _parted(items: Iterable[T], is_first: Callable[[T], bool]) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """Return those that are of the first kind, and the others, each in their order."""
    whole = tuple(items)
    return tuple(item for item in whole if is_first(item)), tuple(item for item in whole if not is_first(item))


def _late(items: Iterable[PromiseItem | OwedItem | SyncItem | PayItem]) -> int:
    return sum(item.days_late > 0 for item in items)


def _review(due: ReviewDue, row: ClientRow, as_of: date) -> ReviewItem:
    client, promise = due.client, due.follow_up
    return ReviewItem(
        client_id=client.client_id,
        name=client.name,
        contact_name=client.contact_name,
        standing=due.standing,
        since=due.since,
        contract_since=client.since,
        days=_days(due.since or client.since, as_of),
        last_reviewed_on=row.last_reviewed_on,
        monthly_fee=client.monthly_fee,
        follow_up=promise.follow_up if promise else None,
        follow_up_on=promise.follow_up_on if promise else None,
        command=_reviewed(client.client_id),
    )


def _is_talk_for_later(item: ReviewItem, as_of: date) -> bool:
    """Say whether a repair has its talk behind it this week, or its day further off. Who is unknown is talked with first."""
    if item.standing not in _TO_REPAIR or item.last_reviewed_on is None:
        return False
    return as_of - item.last_reviewed_on < _WEEK or _is_far(item.follow_up_on, as_of)


def _promise(made: Review, client: Client, as_of: date) -> PromiseItem:
    return PromiseItem(
        client_id=client.client_id,
        name=client.name,
        contact_name=client.contact_name,
        promised=made.follow_up or "",
        promised_on=made.reviewed_on,
        due_on=made.follow_up_on,
        days_late=_days(made.follow_up_on, as_of),
        command=record(client.client_id, "kept"),
    )


def _is_far(day: date | None, as_of: date) -> bool:
    """Say whether a day lies more than seven days ahead; none does not."""
    return day is not None and day - as_of > _WEEK


def _repair(found: RepairFirst) -> RepairItem:
    return RepairItem(
        referrer_id=found.referrer.referrer_id,
        name=found.referrer.name,
        client_id=found.client.client_id,
        client_name=found.client.name,
        standing=found.standing,
        command=_reviewed(found.client.client_id),
    )


def _reviewed(client_id: str) -> str:
    return record(client_id, "reviewed", outcome=_TO_BE_TYPED)


def _owed(owed: Owed, step: str, as_of: date) -> OwedItem:
    referral = owed.referral
    return OwedItem(
        referral_id=referral.referral_id,
        prospect=referral.prospect,
        referrer_id=owed.referrer.referrer_id,
        name=owed.referrer.name,
        received_on=referral.received_on,
        is_lost=course(referral, as_of).is_lost,
        due_on=owed.due_on,
        days_late=_days(owed.due_on, as_of),
        command=record(referral.referral_id, step),
    )


def _syncs(owed: Nurturing, as_of: date) -> Iterator[SyncItem]:
    may_be_asked = {person.referrer_id for person in owed.asks}
    for sync in owed.syncs_due:
        person = sync.referrer
        yield SyncItem(
            referrer_id=person.referrer_id,
            name=person.name,
            audience=person.audience,
            last_on=sync.last_on,
            due_on=sync.due_on,
            days_late=_days(sync.due_on, as_of),
            may_ask=person.referrer_id in may_be_asked,
            command=record(person.referrer_id, "synced"),
        )


def _introductions(portal: Portal, rows: Mapping[str, ClientRow]) -> tuple[IntroductionItem, ...]:
    """Return the active clients who are owed business, the most first, then by id; none before introductions.csv is started."""
    if "data/introductions.csv" in portal.absent:
        return ()
    owed = [
        (ledger, rows[each]) for each, ledger in ledgers(portal).items() if ledger.is_owed and rows[each].standing is not None
    ]
    best = first_matches(portal, _BEST) if owed else {}
    urgent = sorted(owed, key=lambda pair: (pair[0].given - pair[0].received, pair[1].client_id))
    return tuple(_introduction(ledger, row, best[row.client_id]) for ledger, row in urgent)


def _introduction(ledger: Ledger, row: ClientRow, best: tuple[Match, ...]) -> IntroductionItem:
    return IntroductionItem(
        client_id=row.client_id,
        name=row.name,
        given=ledger.given,
        received=ledger.received,
        best=tuple(MatchItem(each.client.client_id, each.client.name, each.industry, each.location) for each in best),
        command=record(row.client_id, "introduced", whom=best[0].client.client_id if best else _TO_BE_TYPED),
    )


def _anniversary(found: Anniversary, as_of: date) -> AnniversaryItem:
    plan = found.plan
    what = found.reward or _TO_BE_TYPED
    command = record(found.client.client_id, "gift", what=what, occasion="anniversary", on=found.next_on)
    return AnniversaryItem(
        client_id=found.client.client_id,
        name=found.client.name,
        on=found.next_on,
        days=(found.next_on - as_of).days,
        years=found.next_years,
        reward=found.reward,
        plan=plan.what if plan else None,
        plan_on=plan.given_on if plan else None,
        is_given=plan is not None and plan.given_on <= as_of,
        command=command if plan is None else None,
    )


def _days(day: date | None, as_of: date) -> int:
    """Return how many days ago a day was; 0 for one to come, and for none."""
    return max(0, (as_of - day).days) if day is not None else 0
