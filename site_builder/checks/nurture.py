"""What referrers wait for, and whom to leave alone for now (domain, N101 to N105; Step by step: nurture, gratitude, identify)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from site_builder.checks.ages import counted
from site_builder.checks.claimed import claimed
from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.tables import Referral, ReferrerKind, Review
from site_builder.problem import Problem, Source
from site_builder.rules.nurture import Owed
from site_builder.rules.standing import Standing

_TO_REPAIR = frozenset({Standing.AT_RISK, Standing.BLOCKED})


def late_thanks(subject: Subject) -> Iterable[Problem]:
    """Report each referral whose referrer should have been thanked by now and was not (N101); late thanks are thanks."""
    nurture = subject.portal.nurture
    if nurture is None:
        return
    for row in _overdue(subject, subject.programme.nurturing.thanks_owed):
        message = f'nobody thanked the referrer of "{row.referral_id}" within {_days(nurture.thank_within_days)}'
        hint = f"thank them today, then type: portal record {row.referral_id} thanked"
        yield problem("N101", row.at("thanked_on"), message, hint=hint, field="thanked_on", row_id=row.referral_id)


def untold_outcomes(subject: Subject) -> Iterable[Problem]:
    """Report each referral whose referrer should have heard by now what became of it and did not (N102)."""
    nurture = subject.portal.nurture
    if nurture is None:
        return
    for row in _overdue(subject, subject.programme.nurturing.outcomes_to_tell):
        late = _days(nurture.tell_outcome_within_days)
        message = f'nobody told the referrer of "{row.referral_id}" what became of it within {late}'
        hint = f"tell them today, then type: portal record {row.referral_id} told"
        yield problem("N102", row.at("outcome_told_on"), message, hint=hint, field="outcome_told_on", row_id=row.referral_id)


def _overdue(subject: Subject, owed: Iterable[Owed]) -> Iterator[Referral]:
    return (each.referral for each in owed if each.due_on < subject.portal.as_of)


def _days(days: int) -> str:
    return counted(Decimal(days), "day")


def overdue_talks(subject: Subject) -> Iterable[Problem]:
    """Advise on each active referrer whose talk was due before as_of, or of whom no talk is known (N103)."""
    for sync in subject.programme.nurturing.syncs_due:
        person = sync.referrer
        if sync.due_on is None or sync.due_on < subject.portal.as_of:
            fault = "nothing says when you last talked to" if sync.due_on is None else "it is past time to talk to"
            hint = "ring them without asking for anything, then write the day in last_sync_on"
            place = person.at("last_sync_on")
            yield problem(
                "N103", place, f'{fault} "{person.referrer_id}"', hint=hint, field="last_sync_on", row_id=person.referrer_id
            )


def clients_alone(subject: Subject) -> Iterable[Problem]:
    """Advise once where every active referrer is a client (N104); none at all is no programme yet."""
    active = [person for person in subject.portal.referrers if person.active]
    if active and all(person.kind is ReferrerKind.CLIENT for person in active):
        hint = "think of accountants, vendors, founders, past clients and friends, and add one whom you would ask"
        yield problem("N104", Source("data/referrers.csv"), "every referrer is a client", hint=hint)


def asks_before_repair(subject: Subject) -> Iterable[Problem]:
    """Report once each client at risk or blocked whom a follow-up of a review, due today or later, asks for a referral (N105)."""
    told: set[str] = set()
    for review in sorted(_follow_ups_amid_repair(subject), key=_soonest):
        client_id = review.client_id
        if client_id not in told and claimed(review.follow_up or "", subject.wording.asking):
            told.add(client_id)
            message = f'"{client_id}" is to be asked for a referral, and what is wrong there is not mended yet'
            hint = "plan the repair alone; ask once a review finds them well again"
            yield problem("N105", review.at("follow_up"), message, hint=hint, field="follow_up", row_id=client_id)


def _follow_ups_amid_repair(subject: Subject) -> Iterator[Review]:
    """Yield the reviews held, of any age, whose follow-up is still to come at a client who is at risk or blocked now."""
    as_of, standing = subject.portal.as_of, subject.programme.standing
    for review in subject.portal.reviews:
        is_to_come = review.reviewed_on <= as_of and review.follow_up_on is not None and review.follow_up_on >= as_of
        if is_to_come and standing.get(review.client_id) in _TO_REPAIR:
            yield review


def _soonest(review: Review) -> tuple[date, date]:
    return review.follow_up_on or date.max, review.reviewed_on
