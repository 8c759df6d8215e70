"""/client/TOKEN/: what a client has earned and whom they could meet; for them alone, by their secret link (source: Rewards).

No standing, no score, no gift to come, nobody who is not in the directory (domain, "Private unless listed here").
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from math import ceil, floor

from site_builder.model.documents import Utilisation, UtilisationTier
from site_builder.model.portal import Portal
from site_builder.model.tables import Client
from site_builder.page import Circle, Known, PrivateKind, Reader
from site_builder.pages.private.clientfirms import Firm, Introduced, asked, given, received
from site_builder.problem import Source
from site_builder.rules.anniversaries import Anniversary, anniversaries
from site_builder.rules.calendar import first_of_month
from site_builder.rules.practices import PracticeTierReached, met_practices, practice_tiers
from site_builder.rules.utilisation import ClientUtilisation, utilisation

_HELPERS = 4
"""How many of the team are named: faces to know, not a staff list."""
_FAR = Fraction(1, 3)
"""Of their tickets. Fewer by so many, or by one a month, is a matter of habit; more is a cause to look for, and no near miss."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier of utilisation. fewer: how many tickets fewer in these months would have reached it, 0 for one that is reached.

    fewer is None without a whole record, and where not even a month without tickets would do.
    """

    name: str
    reward: str
    up_to_percent: Decimal
    is_reached: bool
    is_best_met: bool
    fewer: int | None


@dataclass(frozen=True, slots=True)
class UtilisationPanel:
    """Tickets on endpoints. first, last: the first days of the months counted; missing: those of months without a count.

    percent: None without a whole record. tiers: the best first. next_tier: the one to reach for, None at the top and without a
    record. is_far: none is reached and the next one is out of reach, so that how far it is would only shame.
    """

    first: date
    last: date
    missing: tuple[date, ...]
    tickets: int
    endpoints: Decimal | None
    percent: Decimal | None
    tiers: tuple[Tier, ...]
    reached: Tier | None
    next_tier: Tier | None
    is_far: bool


@dataclass(frozen=True, slots=True)
class Standard:
    """A practice. tier: the name of the lowest that asks for it, None where none does."""

    title: str
    why: str | None
    is_met: bool
    tier: str | None


@dataclass(frozen=True, slots=True)
class PracticesPanel:
    """Practices met and missing. name, discount_percent: of the tier reached, None below the first; the next one's likewise.

    is_looked_at: False for a client without a row by as_of; then nothing is known to be missing, and missing_for_next is empty.
    """

    is_looked_at: bool
    name: str | None
    discount_percent: Decimal | None
    next_name: str | None
    next_discount_percent: Decimal | None
    missing_for_next: tuple[str, ...]
    standards: tuple[Standard, ...]


@dataclass(frozen=True, slots=True)
class Streak:
    """How long they have stayed. milestone_year, milestone_on: the next larger surprise, and not what it is; None for none."""

    years: int
    since: date
    next_on: date
    next_years: int
    milestone_year: int | None
    milestone_on: date | None


@dataclass(frozen=True, slots=True)
class Helper:
    """One of the team who agreed to be shown: whom to turn to. contact: an address or a number, as it was written."""

    name: str
    role: str | None
    contact: str | None


@dataclass(frozen=True, slots=True)
class ClientView:
    """The whole page; a panel is None where its part is not started. given: the latest first; received: referrals from owners.

    team: the first few who agreed to be shown, empty for nobody. to_meet: whom they asked for; would_meet: who asked for
    somebody like them.
    """

    name: str
    contact_name: str | None
    as_of: date
    utilisation: UtilisationPanel | None
    practices: PracticesPanel | None
    streak: Streak
    team: tuple[Helper, ...]
    given: tuple[Introduced, ...]
    received: int
    to_meet: tuple[Firm, ...]
    would_meet: tuple[Firm, ...]


def _collect(known: Known) -> Iterable[tuple[ClientView, Reader, Source]]:
    portal = known.programme.portal
    tiers, met, firms = practice_tiers(portal), met_practices(portal), asked(portal)
    looked_at = frozenset(row.client_id for row in portal.practices if row.met_on <= portal.as_of)
    sent, got, team = given(portal), received(portal), _team(portal)
    for client_id, streak in anniversaries(portal).items():
        client = streak.client
        view = ClientView(
            name=client.name,
            contact_name=client.contact_name,
            as_of=portal.as_of,
            utilisation=_utilisation(portal, client),
            practices=_practices(
                portal, tiers.get(client_id), met.get(client_id, frozenset()), is_looked_at=client_id in looked_at
            ),
            streak=_streak(streak),
            team=team,
            given=sent.get(client_id, ()),
            received=got.get(client_id, 0),
            to_meet=firms.to_meet.get(client_id, ()),
            would_meet=firms.would_meet.get(client_id, ()),
        )
        yield view, Reader(Circle.CLIENT, client_id, client.link_version), client.origin.source


def _team(portal: Portal) -> tuple[Helper, ...]:
    shown = (member for member in (portal.trust.team if portal.trust else ()) if member.public)
    return tuple(Helper(member.name, member.role, member.contact) for member in islice(shown, _HELPERS))


def _utilisation(portal: Portal, client: Client) -> UtilisationPanel | None:
    found = utilisation(portal, client)
    rules = portal.rewards.utilisation if portal.rewards else None
    if found is None or rules is None:
        return None
    best_first = sorted(rules.tiers, key=lambda tier: tier.up_to_percent)
    tiers = tuple(_tier(tier, found, rules) for tier in best_first)
    reached = next((tier for tier in tiers if tier.is_best_met), None)
    # Where as many tickets reach two at once, the better one.
    next_tier = min((tier for tier in tiers if tier.fewer), key=lambda tier: tier.fewer or 0, default=None)
    near = max(found.tickets * _FAR, Fraction(len(found.months)))
    return UtilisationPanel(
        first=first_of_month(found.months[0]),
        last=first_of_month(found.months[-1]),
        missing=tuple(map(first_of_month, found.missing_months)),
        tickets=found.tickets,
        endpoints=None if found.average_endpoints is None else _one_decimal(found.average_endpoints),
        percent=found.percent,
        tiers=tiers,
        reached=reached,
        next_tier=next_tier,
        is_far=reached is None and next_tier is not None and (next_tier.fewer or 0) > near,
    )


def _tier(tier: UtilisationTier, found: ClientUtilisation, rules: Utilisation) -> Tier:
    allowed = Fraction(tier.up_to_percent) * (found.average_endpoints or 0) / 100
    # Twenty tickets on a hundred endpoints meet 20 % where exactly that still counts; else nineteen do.
    most = floor(allowed) if rules.inclusive else ceil(allowed) - 1
    fewer = max(0, found.tickets - most) if found.ratio is not None and most >= 0 else None
    return Tier(tier.name, tier.reward, tier.up_to_percent, fewer == 0, found.tier is tier, fewer)


def _one_decimal(number: Fraction) -> Decimal:
    return Decimal(floor(number * 10 + Fraction(1, 2))).scaleb(-1)


def _practices(
    portal: Portal, found: PracticeTierReached | None, met: AbstractSet[str], *, is_looked_at: bool
) -> PracticesPanel | None:
    rules = portal.rewards.practices if portal.rewards else None
    if rules is None or found is None:
        return None
    following = rules.tiers[found.number] if found.number < len(rules.tiers) else None
    return PracticesPanel(
        is_looked_at=is_looked_at,
        name=found.name,
        discount_percent=found.discount_percent,
        next_name=following.name if following else None,
        next_discount_percent=following.discount_percent if following else None,
        missing_for_next=tuple(item.title for item in found.missing_for_next) if is_looked_at else (),
        standards=tuple(
            Standard(
                title=item.title,
                why=item.why,
                is_met=item.id in met,
                tier=next((tier.name for tier in rules.tiers if item.id in tier.practices), None),
            )
            for item in rules.items
        ),
    )


def _streak(found: Anniversary) -> Streak:
    """Return the streak; of what is to come the year alone, for it is a surprise."""
    ahead = found.next_milestone
    return Streak(
        years=found.years,
        since=found.client.since,
        next_on=found.next_on,
        next_years=found.next_years,
        milestone_year=ahead.year if ahead else None,
        milestone_on=ahead.on if ahead else None,
    )


CLIENT = PrivateKind("client", "private/client.html", ClientView, _collect)
