"""What rewards come to on the example customer, beside what is common and what a lead is worth (domain, "Checks", I105, I106)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from site_builder.checks.incentives import Numbered, offered, unexpired
from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.incentives import AnyRule, Commission, Discount, Donation, Fixed, GiftRule, Receiver, Tiered
from site_builder.model.tables import Audience
from site_builder.problem import Problem
from site_builder.rules.example import worked

_YEAR = 12
_CENT = Decimal("0.01")
_OF_WORTH = (Commission, Fixed, Tiered, GiftRule, Donation)
"""The types of reward of which a referrer gets one (domain, "Incentives", step 4)."""


def uncommon_commissions(subject: Subject) -> Iterable[Problem]:
    """Advise on each commission that by month 12 earns another share of the example's first year than is common (I105).

    First year: the fee of twelve months, of fewer where the example is shorter, without the set-up fee. Caps count.
    """
    example = subject.portal.incentives.example
    revenue = example.monthly_fee * min(_YEAR, example.months) if example else Decimal(0)
    least, most = subject.threshold("first_year_from"), subject.threshold("first_year_to")
    for path, rule in unexpired(subject):
        if not isinstance(rule, Commission) or not revenue:
            continue
        found = worked(subject.portal, rule)
        steps = found.steps if found else ()
        percent = 100 * sum((step.amount for step in steps if step.last <= _YEAR), start=Decimal(0)) / revenue
        if not least <= percent <= most:
            message = f'"{rule.id}" earns {_shown(percent)}% of the first year by month 12; {least} to {most}% is common'
            hint = "change its percentages or its cap, or accept this with your reason: checks: {ignore: [{code: I105, …}]}"
            yield problem("I105", rule.at("parts"), message, hint=hint, field=f"{path}.parts", row_id=rule.id)


def _shown(percent: Decimal) -> str:
    """Say it to the hundredth, so that 10.04 does not read like 10."""
    return f"{percent.quantize(_CENT, ROUND_HALF_UP):f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Dearest:
    """What one won client costs in rewards at most, over all months, and the rule that costs the most of it."""

    cost: Decimal
    audience: Audience
    path: str
    rule: AnyRule


def dear_rewards(subject: Subject) -> Iterable[Problem]:
    """Report rewards dearer than a lead is worth, at the dearest audience; or that nobody knows what one is worth (I106).

    An audience costs the dearest reward of which a referrer gets one, and all that goes to the one who is referred. What has no
    price costs nothing. Neither is told of while no rule has a worth, nor where fees to reckon from are not known yet.
    """
    incentives = subject.portal.incentives
    economics = incentives.economics
    if economics is None or (economics.ltv is None and economics.years is None):
        if any(isinstance(rule, (*_OF_WORTH, Discount)) for _, rule in offered(subject)):
            place, key = (
                (incentives.at("economics"), "economics") if economics is None else (economics.at("ltv"), "economics.ltv")
            )
            hint = 'add economics: {ltv: "…"}, what a client brings you over the years; it is never published'
            message = "nobody knows whether the rewards are too dear: what a client is worth is not said"
            yield problem("I106", place, message, hint=hint, field=key)
        return
    worth, dearest = subject.programme.worth, _dearest(subject)
    if worth is None or dearest is None or dearest.cost <= worth.lead_to:
        return
    rule = dearest.rule
    message = f'rewards for a client sent by "{dearest.audience}" cost more than a lead is worth, "{rule.id}" the most of it'
    hint = "lower it or cap it, or mend economics if a client is worth more"
    yield problem("I106", rule.at("type"), message, hint=hint, field=f"{dearest.path}.type", row_id=rule.id)


def _dearest(subject: Subject) -> Dearest | None:
    """Return the dearest audience, the first of several; None where no rule has a cost."""
    found: Dearest | None = None
    for audience in dict.fromkeys(subject.portal.incentives.audiences):
        priced = [(_cost(subject, rule), (path, rule)) for path, rule in offered(subject) if audience in rule.audiences]
        chosen = max((each for each in priced if _is_alternative(each[1])), key=_by_cost, default=None)
        counted = [each for each in priced if not _is_alternative(each[1])] + ([chosen] if chosen else [])
        cost = sum((each for each, _ in counted), start=Decimal(0))
        if cost and (found is None or cost > found.cost):
            _, (path, rule) = max(counted, key=_by_cost)
            found = Dearest(cost, audience, path, rule)
    return found


def _is_alternative(numbered: Numbered) -> bool:
    _, rule = numbered
    return rule.to is Receiver.REFERRER and isinstance(rule, _OF_WORTH)


def _by_cost(priced: tuple[Decimal, Numbered]) -> Decimal:
    return priced[0]


def _cost(subject: Subject, rule: AnyRule) -> Decimal:
    """Return what a rule costs for one won client on the example, of tiers the highest; 0 where it has no price or no example."""
    match rule:
        case Fixed() | Donation():
            cost: Decimal | None = rule.amount
        case GiftRule():
            cost = rule.cost
        case Tiered():
            cost = max(tier.amount for tier in rule.tiers)
        case _:
            found = worked(subject.portal, rule)
            cost = found.total if found else None
    return _capped(cost or Decimal(0), rule)


def _capped(cost: Decimal, rule: AnyRule) -> Decimal:
    """Cut a sum to the rule's caps; on a commission they are worked in already, on what is no cash they do nothing."""
    if not isinstance(rule, Fixed | Tiered):
        return cost
    return min((cost, *(cap for cap in (rule.cap_per_referral, rule.cap_per_year) if cap is not None)))
