"""What is next: thanks, news, a payment, what was promised, another talk (domain, "Rewards for clients": nurture)."""

from __future__ import annotations

from datetime import date
from typing import Final

from site_builder.model.incentives import Base, Milestone
from site_builder.model.portal import Portal
from site_builder.model.tables import Referrer, Review, Status
from site_builder.reasons import Speaker
from site_builder.rules.incentives.trace import State, StepName
from site_builder.rules.nurture import syncs
from site_builder.rules.programme import Programme
from site_builder.rules.reminders import ReminderKind, reminders
from site_builder.rules.standing import Standing

_TO_REPAIR: Final = frozenset({Standing.AT_RISK, Standing.BLOCKED})


def following(portal: Portal, referral_id: str) -> str:
    """Return what is owed for a referral first of all: "thank priya-nair by 3 November 2026"; "" for nothing.

    portal: with the change made. Without data/nurture.yaml no thanks and no news are owed.
    """
    programme = Programme(portal)
    for verb, owed in (
        ("thank {}", programme.nurturing.thanks_owed),
        ("tell {} the outcome", programme.nurturing.outcomes_to_tell),
    ):
        for each in owed:
            if each.referral.referral_id == referral_id:
                return f"{verb.format(each.referrer.referrer_id)} {_by(each.due_on, portal)}"
    evaluation = programme.evaluations.get(referral_id)
    due = dict.fromkeys(line.rule.id for line in evaluation.lines if line.state is State.DUE) if evaluation else {}
    return f"hand over {', '.join(due)}" if due else ""


def missing(portal: Portal, referral_id: str) -> tuple[str, ...]:
    """Return the columns of a won referral that are empty and that its rewards are reckoned from; none where nobody sent it.

    won_client_id is one of them: without it the new client may later be taken for one who was there before.
    """
    evaluation = Programme(portal).evaluations.get(referral_id)
    if evaluation is None or evaluation.referrer is None or evaluation.referral.status is not Status.WON:
        return ()
    referral, lines = evaluation.referral, evaluation.lines
    open_bases = {step.values["of"] for line in lines for step in line.steps if step.name is StepName.BASE_UNKNOWN}
    needed = {
        "monthly_fee": True,
        "setup_fee": Base.SETUP_FEE in open_bases,
        "won_client_id": True,
        "first_paid_on": any(line.rule.earned_when is Milestone.PAID for line in lines),
    }
    return tuple(column for column, is_needed in needed.items() if is_needed and getattr(referral, column) is None)


def after_review(portal: Portal, review: Review) -> str:
    """Return what a review asks for: what was promised, and to sit down again with who is not healthy; "" for nothing.

    portal: with the review in it.
    """
    programme, told = Programme(portal), []
    if review.follow_up is not None:
        day = review.follow_up_on
        told.append("do what you promised" + (f" {_by(day, portal)}" if day is not None else ""))
    if programme.standing.get(review.client_id) in _TO_REPAIR:
        again = (each for each in reminders(programme) if each.kind is ReminderKind.REVIEW)
        told += [f"review them again {_by(each.on, portal)}" for each in again if each.row_id == review.client_id]
    return "; ".join(told)


def after_talk(portal: Portal, referrer: Referrer) -> str:
    """Return when to talk to a referrer again; "" where nothing says how often. portal: with the talk in it."""
    days = {each.referrer.referrer_id: each.due_on for each in syncs(portal)}
    day = days.get(referrer.referrer_id)
    return "" if day is None else f"talk to {referrer.referrer_id} again {_by(day, portal)}"


def _by(due_on: date, portal: Portal) -> str:
    day = _said(due_on, portal)
    return f"by {day}" if due_on >= portal.as_of else f"(it was to be by {day})"


def _said(day: date, portal: Portal) -> str:
    return Speaker("en-GB", portal.settings.currency).date(day)
