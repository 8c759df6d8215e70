"""data/incentives.yaml: what is offered to whom, and where the law or a contract sets limits (domain, "Incentives")."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from site_builder.model.cells import (
    Count,
    Day,
    Money,
    Number,
    Percent,
    Positive,
    Prose,
    Slug,
    Text,
    YesNo,
    choice,
    choices,
)
from site_builder.model.marks import About, Public
from site_builder.model.record import Record
from site_builder.model.tables import Audience, AudienceCell

ALL_AUDIENCES = tuple(Audience)


class Receiver(StrEnum):
    """Who gets a reward."""

    REFERRER = "referrer"
    REFERRED = "referred"


class Milestone(StrEnum):
    """What must have happened before a reward is earned."""

    RECEIVED = "received"
    QUALIFIED = "qualified"
    WON = "won"
    PAID = "paid"


class Base(StrEnum):
    """What a commission is a share of."""

    FIRST_YEAR_REVENUE = "first_year_revenue"
    SETUP_FEE = "setup_fee"
    FIRST_MONTH = "first_month"
    MONTHLY_FEE = "monthly_fee"


class Verdict(StrEnum):
    """What a sector's rules or a contract's clause allow, mildest first."""

    ALLOW = "allow"
    DISCLOSE = "disclose"
    NON_CASH = "non_cash"
    FORBID = "forbid"


class Rule(Record):
    """What every incentive has."""

    id: Annotated[Slug, Public(), About("Short id, used by prefers and payouts.csv")]
    title: Annotated[Text, Public(), About("A few words")]
    plain: Annotated[Text, Public(), About("One plain sentence of at most 25 words")]
    audiences: Annotated[tuple[AudienceCell, ...], Public(), About("For whom; left out: everybody")] = ALL_AUDIENCES
    to: Annotated[Receiver, choice(Receiver), choices(Receiver), Public(), About("Who gets it")] = Receiver.REFERRER
    earned_when: Annotated[Milestone, choice(Milestone), choices(Milestone), Public(), About("What must have happened")] = (
        Milestone.WON
    )
    wait_days: Annotated[Count, Public(), About("Days between earned and due")] = 0
    cap_per_referral: Annotated[Money | None, Public(), About("At most this much for one referral")] = None
    cap_per_year: Annotated[Money | None, Public(), About("At most this much a referrer and calendar year")] = None
    valid_from: Annotated[Day | None, Public(), About("For referrals received from this day")] = None
    valid_to: Annotated[Day | None, Public(), About("For referrals received up to this day")] = None
    needs_agreement: Annotated[YesNo, Public(), About("Whether the referrer must have signed the terms")] = False
    visible: Annotated[YesNo, Public(), About("Whether other people notice it: flowers do, cash does not")] = False


class CommissionPart(Record):
    """A share of one base; of monthly_fee over the months from..to."""

    percent: Annotated[Percent, Public(), About("How much of it")]
    of: Annotated[Base, choice(Base), choices(Base), Public(), About("Of what")]
    from_: Annotated[Positive, Field(alias="from"), Public(), About("First month; only of monthly_fee")] = 1
    to: Annotated[Positive | None, Public(), About("Last month; only of monthly_fee")] = None


class Commission(Rule):
    """A share of what the new customer pays; cash."""

    type: Annotated[Literal["commission"], Public()]
    parts: Annotated[tuple[CommissionPart, ...], Public(), About("What it is made of")] = Field(min_length=1)


class Fixed(Rule):
    """A fixed sum; cash."""

    type: Annotated[Literal["fixed"], Public()]
    amount: Annotated[Money, Public(), About("How much")]


class Tier(Record):
    """What the nth won referral of a calendar year is worth."""

    nth: Annotated[Positive, Public(), About("From which won referral of the year")]
    amount: Annotated[Money, Public(), About("How much")]


class Tiered(Rule):
    """A sum that grows with the number of won referrals in a year; cash."""

    type: Annotated[Literal["tiered"], Public()]
    tiers: Annotated[tuple[Tier, ...], Public(), About("From the first up")] = Field(min_length=1)


class GiftRule(Rule):
    """Something to enjoy, best shared."""

    type: Annotated[Literal["gift"], Public()]
    what: Annotated[Text, Public(), About("What it is")]
    cost: Annotated[Money | None, About("What it costs you; never shown")] = None
    to_share: Annotated[YesNo, Public(), About("Whether it can be shared")] = False


class Donation(Rule):
    """A sum to a charity in the referrer's name."""

    type: Annotated[Literal["donation"], Public()]
    charity: Annotated[Text, Public(), About("To whom")]
    amount: Annotated[Money, Public(), About("How much")]


class Discount(Rule):
    """A gentler start for the one who was referred, which makes the referrer look good."""

    type: Annotated[Literal["discount"], Public()]
    to: Annotated[Receiver, choice(Receiver), choices(Receiver), Public(), About("Who gets it")] = Receiver.REFERRED
    percent: Annotated[Percent | None, Public(), About("Off the monthly fee")] = None
    amount: Annotated[Money | None, Public(), About("Off each month")] = None
    months: Annotated[Positive, Public(), About("For how many months")] = 1


class EventRule(Rule):
    """An invitation."""

    type: Annotated[Literal["event"], Public()]
    what: Annotated[Text, Public(), About("To what")]
    next_on: Annotated[Day | None, Public(), About("When the next one is")] = None


class Honour(Rule):
    """Public recognition."""

    type: Annotated[Literal["honour"], Public()]
    what: Annotated[Text, Public(), About("Which")]
    next_on: Annotated[Day | None, Public(), About("When next")] = None


class IntroductionRule(Rule):
    """Business sent back."""

    type: Annotated[Literal["introduction"], Public()]
    what: Annotated[Text, Public(), About("What kind")]
    next_on: Annotated[Day | None, Public(), About("When next")] = None


AnyRule = Annotated[
    Commission | Fixed | Tiered | GiftRule | Donation | Discount | EventRule | Honour | IntroductionRule,
    Field(discriminator="type"),
]
RULE_TYPES: tuple[type[Rule], ...] = (
    Commission,
    Fixed,
    Tiered,
    GiftRule,
    Donation,
    Discount,
    EventRule,
    Honour,
    IntroductionRule,
)


class Example(Record):
    """The customer that worked examples on public pages reckon with."""

    monthly_fee: Annotated[Money, Public(), About("What they pay a month")]
    setup_fee: Annotated[Money, Public(), About("What they pay once")] = Decimal(0)
    months: Annotated[Positive, Public(), About("For how long")] = 12


class PolicyEntry(Record):
    """What is allowed in one sector or under one clause."""

    verdict: Annotated[Verdict, choice(Verdict), choices(Verdict), About("What is allowed")]
    why: Annotated[Prose | None, About("Why")] = None
    words: Annotated[Prose | None, Public(), About("What to say to those who must be told")] = None
    source: Annotated[Text | None, About("Where the rule stands")] = None
    checked_on: Annotated[Day | None, About("When you last looked it up")] = None


class Policy(Record):
    """Limits by sector and by clause."""

    sectors: Annotated[dict[str, PolicyEntry], About("By sector")] = Field(default_factory=dict)
    clauses: Annotated[dict[str, PolicyEntry], Public(), About("By kickback clause")] = Field(default_factory=dict)


class LeadValuePercent(Record):
    """What a lead is worth, as a share of a customer's lifetime value."""

    from_: Annotated[Percent, Field(alias="from"), About("At least")]
    to: Annotated[Percent, About("At most")]


class Economics(Record):
    """What a customer is worth; never published."""

    ltv: Annotated[Money | None, About("A customer's lifetime value")] = None
    gross_margin_percent: Annotated[Percent | None, About("Instead of ltv: the gross margin")] = None
    years: Annotated[Number | None, About("Instead of ltv: how long customers stay")] = None
    lead_value_percent: Annotated[LeadValuePercent | None, About("What a lead is worth; usually 5 to 10")] = None


class Incentives(Record):
    """data/incentives.yaml."""

    audiences: Annotated[tuple[AudienceCell, ...], Public(), About("Whom you reward; left out: all three")] = ALL_AUDIENCES
    example: Annotated[Example | None, Public(), About("For worked examples; required with a commission")] = None
    rules: Annotated[tuple[AnyRule, ...], Public(), About("The incentives; their order decides what comes first")]
    policy: Annotated[Policy, Public(), About("Limits by sector and clause")] = Policy()
    economics: Annotated[Economics | None, About("What a customer is worth; never published")] = None
