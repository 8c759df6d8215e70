"""What clients are owed in return: a gift on the day, and business (domain, R101, R102; Rewards)."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.checks.ages import counted
from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.problem import Problem
from site_builder.rules.anniversaries import upcoming
from site_builder.rules.matches import ledgers
from site_builder.rules.standing import active_clients


def unplanned_gifts(subject: Subject) -> Iterable[Problem]:
    """Advise on each anniversary of the next days for which rewards.yaml has a reward and gifts.csv no gift (R101).

    rewards.yaml alone starts it: without gifts.csv no gift is planned either.
    """
    days = subject.threshold("anniversary_days")
    for each in upcoming(subject.portal, int(days)):
        if each.reward is not None and each.plan is None:
            client_id = each.client.client_id
            message = f'"{client_id}" has an anniversary within {counted(days, "day")}, and no gift is planned'
            hint = f"add a row to data/gifts.csv: {client_id}, the day, anniversary, and what you bring"
            yield problem("R101", each.client.at("since"), message, hint=hint, field="since", row_id=client_id)


def owed_introductions(subject: Subject) -> Iterable[Problem]:
    """Advise on each active client who sent more than they were sent (R102), once data/introductions.csv is started."""
    portal = subject.portal
    if "data/introductions.csv" in portal.absent:
        return
    found = ledgers(portal)
    for client in active_clients(portal, portal.as_of):
        if found[client.client_id].is_owed:
            message = f'"{client.client_id}" sent you more than you sent them'
            hint = (
                f"portal client {client.client_id} says whom to introduce to them; once you did, add a row to "
                "data/introductions.csv"
            )
            yield problem("R102", client.at("client_id"), message, hint=hint, field="client_id", row_id=client.client_id)
