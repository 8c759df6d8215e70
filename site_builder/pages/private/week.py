"""This week: what is owed and to be done, most urgent first, each item with the command that ticks it off.

Domain, "Rewards for clients": nurture, anniversaries, refer them business; "Incentives" (due). Nothing is said in sentences here:
an item carries what a sentence needs. days_late: how many days ago it should have been done, 0 in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from site_builder.model.tables import Audience
from site_builder.rules.incentives.evaluation import Line
from site_builder.rules.incentives.owing import Owing
from site_builder.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A client to review.

    since: since when they stand so, None where never reviewed; then contract_since says how long they have waited. days: since
    then. follow_up, follow_up_on: what was promised to them and is not kept yet, and by when; that is a thing of its own.
    """

    client_id: str
    name: str
    contact_name: str | None
    standing: Standing
    since: date | None
    contract_since: date
    days: int
    last_reviewed_on: date | None
    monthly_fee: Decimal | None
    follow_up: str | None
    follow_up_on: date | None
    command: str


@dataclass(frozen=True, slots=True)
class PromiseItem:
    """What was promised to a client in a review, however they stand. due_on: None for no day; it is never late then."""

    client_id: str
    name: str
    contact_name: str | None
    promised: str
    promised_on: date
    due_on: date | None
    days_late: int
    command: str


@dataclass(frozen=True, slots=True)
class RepairItem:
    """A referrer who is not to be asked before their own firm is mended."""

    referrer_id: str
    name: str
    client_id: str
    client_name: str
    standing: Standing
    command: str


@dataclass(frozen=True, slots=True)
class OwedItem:
    """Thanks, or news of the outcome, owed to a referrer. is_lost: whether nothing came of it (in public: not this time)."""

    referral_id: str
    prospect: str
    referrer_id: str
    name: str
    received_on: date
    is_lost: bool
    due_on: date
    days_late: int
    command: str


@dataclass(frozen=True, slots=True)
class SyncItem:
    """A referrer to talk to. last_on: None where they were never talked to and nobody knows when they joined.

    due_on: None for at once. may_ask: whether they may be asked for a referral then; never while their firm is to be repaired.
    """

    referrer_id: str
    name: str
    audience: Audience
    last_on: date | None
    due_on: date | None
    days_late: int
    may_ask: bool
    command: str


@dataclass(frozen=True, slots=True)
class MatchItem:
    """A client worth introducing. industry, location: what was asked for and fits; location None where any place would do."""

    client_id: str
    name: str
    industry: str
    location: str | None


@dataclass(frozen=True, slots=True)
class IntroductionItem:
    """A client who sent more than they were sent. best: the first few to introduce, () where nobody fits.

    command: names the first of them, else "…" for a name to be typed.
    """

    client_id: str
    name: str
    given: int
    received: int
    best: tuple[MatchItem, ...]
    command: str


@dataclass(frozen=True, slots=True)
class AnniversaryItem:
    """An anniversary within 60 days. years: full on that day; days: until then. reward: the gift to choose, None for a word only.

    plan, plan_on: the gift planned or given for it, None for none; is_given: by as_of. command: None once there is a plan.
    """

    client_id: str
    name: str
    on: date
    days: int
    years: int
    reward: str | None
    plan: str | None
    plan_on: date | None
    is_given: bool
    command: str | None


@dataclass(frozen=True, slots=True)
class PayItem:
    """What is due of one rule for one referral: to its referrer, through them to a charity, or to the friend they sent.

    lines: at least one, in the order of months, each for reason(line) and its steps. months: how many of them are instalments;
    span: which ("1-8"), "" for none; has_single: whether a part that comes once is among several. amount: of all lines together,
    None for what is no money, and where it is not known yet: then is_open, and there is no command. is_cash: paid to the
    referrer; is_for_friend: for who was sent, not for who sent them. due_on: since when the first of it is owed; days_late: of
    money and gifts alone, for an invitation or an honour has no hurry. command: ticks all of it off.
    """

    referral_id: str
    prospect: str
    referrer_id: str
    name: str
    title: str
    months: int
    span: str
    has_single: bool
    amount: Decimal | None
    is_cash: bool
    is_for_friend: bool
    is_open: bool
    due_on: date
    days_late: int
    lines: tuple[Line, ...]
    command: str | None


@dataclass(frozen=True, slots=True)
class Week:
    """Everything to be done, most urgent first; each tuple is whole, however long.

    reviews: whom to talk with this week; later_reviews: who is at risk or blocked and was talked with in the last 7 days or
    promised something for a day further off than 7 days. at_risk: those of both that are at risk, each with what was promised.
    repairs: their firms all stand among both. promises: late, within 7 days or without a day; later_promises: the rest of them.
    introductions: who is owed business and whom somebody fits; unmatched: whom nobody fits. to_plan: how many of the
    anniversaries have no gift yet. count: what is left to do this week, each thing once: thanks, news, promises, reviews, syncs,
    introductions and to_plan, and nothing that is for later or unmatched; late: how many of them are late.

    payments: money to referrers and charities; friends: what the friends they sent were promised; handovers: gifts, invitations,
    honours and business back to referrers. owing: the money of it, as `portal explain --state due` has it. due: how many rewards
    that is, those without hurry too; due_late: how many of them are late.
    """

    reviews: tuple[ReviewItem, ...]
    later_reviews: tuple[ReviewItem, ...]
    promises: tuple[PromiseItem, ...]
    later_promises: tuple[PromiseItem, ...]
    at_risk: tuple[ReviewItem, ...]
    repairs: tuple[RepairItem, ...]
    thanks: tuple[OwedItem, ...]
    news: tuple[OwedItem, ...]
    syncs: tuple[SyncItem, ...]
    introductions: tuple[IntroductionItem, ...]
    unmatched: tuple[IntroductionItem, ...]
    anniversaries: tuple[AnniversaryItem, ...]
    to_plan: int
    count: int
    late: int
    payments: tuple[PayItem, ...]
    friends: tuple[PayItem, ...]
    handovers: tuple[PayItem, ...]
    owing: Owing
    due: int
    due_late: int
