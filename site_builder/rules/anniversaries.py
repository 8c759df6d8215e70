"""How long clients have stayed and what the next anniversary brings (domain, "Rewards for clients"; source: Rewards)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.model.documents import AnniversaryReward
from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Gift, Occasion
from site_builder.rules.calendar import plus_months
from site_builder.rules.standing import active_clients, is_active

PLAN_DAYS = 30
"""How far from an anniversary a gift may lie to be meant for it."""
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class NextMilestone:
    """The next larger reward. year: of the relationship."""

    year: int
    on: date
    reward: str


@dataclass(frozen=True, slots=True)
class Anniversary:
    """years: full on as_of, the streak. next_on: the first on or after as_of. reward: what is due on next_on, None for nothing.

    next_years: full years on next_on. plan: the anniversary gift within 30 days either side of next_on, None for none.
    """

    client: Client
    years: int
    next_on: date
    next_years: int
    reward: str | None
    next_milestone: NextMilestone | None
    plan: Gift | None


def anniversary(portal: Portal, client: Client) -> Anniversary | None:
    """Return an active client's; None for one who is not active."""
    if not is_active(client, portal.as_of):
        return None
    return _anniversary(client, portal.as_of, _rewards(portal), _gifts(portal).get(client.client_id, ()))


def anniversaries(portal: Portal) -> Mapping[str, Anniversary]:
    """Return every active client's by id, in the order of ids; also where rewards.yaml has none. One pass over the gifts."""
    rewards, gifts = _rewards(portal), _gifts(portal)
    return {
        client.client_id: _anniversary(client, portal.as_of, rewards, gifts.get(client.client_id, ()))
        for client in active_clients(portal, portal.as_of)
    }


def upcoming(portal: Portal, days: int = 60) -> tuple[Anniversary, ...]:
    """Return the anniversaries of the next days, as_of's included, by day and id; none where rewards.yaml has none.

    days: the last one counts: with 1, today's and tomorrow's. Years without a reward of their own are there too, for a streak is
    worth a word.
    """
    if not _rewards(portal):
        return ()
    found = (each for each in anniversaries(portal).values() if (each.next_on - portal.as_of).days <= days)
    return tuple(sorted(found, key=lambda each: (each.next_on, each.client.client_id)))


def _rewards(portal: Portal) -> tuple[AnniversaryReward, ...]:
    return portal.rewards.anniversaries if portal.rewards else ()


def _gifts(portal: Portal) -> Mapping[str, Sequence[Gift]]:
    """Return the anniversary gifts by client, given or planned: a gift to come is in the table to be known ahead."""
    gifts: defaultdict[str, list[Gift]] = defaultdict(list)
    for gift in portal.gifts:
        if gift.occasion is Occasion.ANNIVERSARY:
            gifts[gift.client_id].append(gift)
    return gifts


def _anniversary(client: Client, as_of: date, rewards: Sequence[AnniversaryReward], gifts: Sequence[Gift]) -> Anniversary:
    years = _full_years(client.since, as_of)
    # The day the contract starts is no anniversary: the first is a year later.
    next_years = years if years and _on(client, years) == as_of else years + 1
    next_on = _on(client, next_years)
    due = max((entry for entry in rewards if entry.from_year <= next_years), key=_from_year, default=None)
    ahead = min((entry for entry in rewards if entry.from_year > years), key=_from_year, default=None)
    return Anniversary(
        client=client,
        years=years,
        next_on=next_on,
        next_years=next_years,
        reward=due.reward if due else None,
        next_milestone=NextMilestone(ahead.from_year, _on(client, ahead.from_year), ahead.reward) if ahead else None,
        plan=_plan(gifts, next_on),
    )


def _full_years(since: date, day: date) -> int:
    """Count the full years from a day to a later one."""
    years = day.year - since.year
    return years if plus_months(since, years * _MONTHS_A_YEAR) <= day else years - 1


def _on(client: Client, years: int) -> date:
    """Return the day of an anniversary; 29 February falls on 28 February in other years (domain, "Rewards for clients")."""
    return plus_months(client.since, years * _MONTHS_A_YEAR)


def _from_year(entry: AnniversaryReward) -> int:
    return entry.from_year


def _plan(gifts: Sequence[Gift], day: date) -> Gift | None:
    """Return the gift nearest to an anniversary, the earlier of two as near, whatever the order of rows."""
    near = (gift for gift in gifts if abs((gift.given_on - day).days) <= PLAN_DAYS)
    return min(near, key=lambda gift: (abs((gift.given_on - day).days), gift.given_on, gift.what), default=None)
