"""What a referral asks for next: thanks, news, a payment (domain, "Rewards for clients": nurture)."""

from __future__ import annotations

from datetime import date

from site_builder.model.incentives import Base, Milestone
from site_builder.model.portal import Portal
from site_builder.model.tables import Status
from site_builder.reasons import Speaker
from site_builder.rules.incentives.trace import State, StepName
from site_builder.rules.nurture import Owed
from site_builder.rules.programme import Programme


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
                return f"{verb.format(each.referrer.referrer_id)} {_when(each, portal)}"
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


def _when(owed: Owed, portal: Portal) -> str:
    day = _said(owed.due_on, portal)
    return f"by {day}" if owed.due_on >= portal.as_of else f"(it was to be by {day})"


def _said(day: date, portal: Portal) -> str:
    return Speaker("en-GB", portal.settings.currency).date(day)
