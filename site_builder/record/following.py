"""What a referral asks for next: thanks, news, a payment (domain, "Rewards for clients": nurture)."""

from __future__ import annotations

from datetime import date

from site_builder.model.portal import Portal
from site_builder.reasons import Speaker
from site_builder.rules.incentives.trace import State
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


def _when(owed: Owed, portal: Portal) -> str:
    day = _said(owed.due_on, portal)
    return f"by {day}" if owed.due_on >= portal.as_of else f"(it was to be by {day})"


def _said(day: date, portal: Portal) -> str:
    return Speaker("en-GB", portal.settings.currency).date(day)
