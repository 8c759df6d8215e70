"""/rewards/: what is in it, by audience, and for the friend; money is right for one person and an insult to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.incentives import (
    AnyRule,
    Commission,
    CommissionPart,
    Discount,
    Donation,
    Example,
    Fixed,
    Milestone,
    Receiver,
    Tier,
    Tiered,
)
from site_builder.model.public import PublicClientRewards, PublicPortal, WorkedExample
from site_builder.model.tables import Audience
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source


@dataclass(frozen=True)
class Offer:
    """An incentive as its receiver reads it. kind: the rule's type. what: the thing itself, "" where the title says it.

    amount: at once, or off each of the months of a discount; percent: off its monthly fee. parts, tiers: what a share and a sum
    that grows are made of. charity: who gets a donation, "" for none. worked: what it comes to on the example customer, None
    where it needs no example.
    """

    id: str
    kind: str
    title: str
    plain: str
    what: str
    amount: Decimal | None
    percent: Decimal | None
    months: int
    parts: tuple[CommissionPart, ...]
    tiers: tuple[Tier, ...]
    charity: str
    earned_when: Milestone
    wait_days: int
    cap_per_referral: Decimal | None
    cap_per_year: Decimal | None
    needs_agreement: bool
    to_share: bool
    worked: WorkedExample | None


@dataclass(frozen=True)
class AudienceOffers:
    """What one audience is offered. examples: those of the offers that are worked out."""

    audience: Audience
    offers: tuple[Offer, ...]
    examples: tuple[Offer, ...]


@dataclass(frozen=True)
class RewardsView:
    """What /rewards/ shows. for_friend: offers to the one who is referred. clause_words: how to tell those who must be told.

    example: the customer that offers are worked out on; friend_examples: those to the friend that are.
    """

    sections: tuple[AudienceOffers, ...]
    for_friend: tuple[Offer, ...]
    friend_examples: tuple[Offer, ...]
    clause_words: tuple[str, ...]
    example: Example | None
    client_rewards: PublicClientRewards | None


def offer(rule: AnyRule, worked: WorkedExample | None = None) -> Offer:
    """Return a rule as an offer, with what it comes to on the example customer."""
    return Offer(
        id=rule.id,
        kind=rule.type,
        title=rule.title,
        plain=rule.plain,
        what=getattr(rule, "what", ""),
        amount=rule.amount if isinstance(rule, Fixed | Donation | Discount) else None,
        percent=rule.percent if isinstance(rule, Discount) else None,
        months=rule.months if isinstance(rule, Discount) else 0,
        parts=rule.parts if isinstance(rule, Commission) else (),
        tiers=tuple(sorted(rule.tiers, key=lambda tier: tier.nth)) if isinstance(rule, Tiered) else (),
        charity=rule.charity if isinstance(rule, Donation) else "",
        earned_when=rule.earned_when,
        wait_days=rule.wait_days,
        cap_per_referral=rule.cap_per_referral if isinstance(rule, Commission | Fixed | Tiered) else None,
        cap_per_year=rule.cap_per_year if isinstance(rule, Commission | Fixed | Tiered) else None,
        needs_agreement=rule.needs_agreement,
        to_share=getattr(rule, "to_share", False),
        worked=worked,
    )


def offers(portal: PublicPortal) -> tuple[Offer, ...]:
    """Return the offers to referrers, in the owner's order."""
    return _offers(portal, lambda rule: rule.to is Receiver.REFERRER)


def friend_offers(portal: PublicPortal) -> tuple[Offer, ...]:
    """Return the offers to the one who is referred, in the owner's order."""
    return _offers(portal, lambda rule: rule.to is Receiver.REFERRED)


def _rewards(portal: PublicPortal) -> Iterable[Entry[RewardsView]]:
    sections = tuple(_section(portal, audience) for audience in portal.incentives.audiences)
    for_friend = friend_offers(portal)
    view = RewardsView(
        sections=tuple(section for section in sections if section.offers),
        for_friend=for_friend,
        friend_examples=_examples(for_friend),
        clause_words=portal.incentives.clause_words,
        example=portal.incentives.example,
        client_rewards=portal.client_rewards,
    )
    yield Entry(view, Source("data/incentives.yaml"))


def _section(portal: PublicPortal, audience: Audience) -> AudienceOffers:
    found = _offers(portal, lambda rule: rule.to is Receiver.REFERRER and audience in rule.audiences)
    return AudienceOffers(audience, found, _examples(found))


def _examples(found: tuple[Offer, ...]) -> tuple[Offer, ...]:
    return tuple(each for each in found if each.worked)


def _offers(portal: PublicPortal, wanted: Callable[[AnyRule], bool]) -> tuple[Offer, ...]:
    incentives = portal.incentives
    return tuple(offer(rule, incentives.worked.get(rule.id)) for rule in incentives.rules if wanted(rule))


REWARDS = PageKind("rewards", Route("/rewards/"), "rewards.html", RewardsView, _rewards, nav=20)
