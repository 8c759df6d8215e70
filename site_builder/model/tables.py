"""The CSV tables, one record class each (domain, "Tables"): schemas, reading, reference and privacy derive from these."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from site_builder.model.cells import (
    Count,
    Day,
    Email,
    Host,
    LinkCode,
    LinkCodes,
    Money,
    Month,
    Open,
    Positive,
    Prose,
    Score,
    Slug,
    Text,
    Texts,
    Url,
    YesNo,
    choice,
    choices,
    open_enum,
)
from site_builder.model.marks import About, Public, Ref, Table
from site_builder.model.record import Row


class Audience(StrEnum):
    """The referrer's role in their own firm; it decides which rewards fit."""

    OWNER = "owner"
    STAFF = "staff"
    PARTNER = "partner"


class ReferrerKind(StrEnum):
    """How the referrer came to know us."""

    CLIENT = "client"
    PAST_CLIENT = "past_client"
    PROSPECT = "prospect"
    PARTNER = "partner"
    VENDOR = "vendor"
    FOUNDER = "founder"
    FRIEND = "friend"
    OTHER = "other"


class Clause(StrEnum):
    """What the referrer's own contract says about kickbacks."""

    NONE = "none"
    DISCLOSE = "disclose"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What a client review led to (Five KPIs)."""

    ASKED = "asked"
    RETENTION = "retention"
    ROADBLOCK = "roadblock"


class Status(StrEnum):
    """How far a referral has come."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    QUALIFIED = "qualified"
    WON = "won"
    LOST = "lost"


class IntroductionResult(StrEnum):
    """What became of business we sent to a client."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Occasion(StrEnum):
    """Why a gift is given."""

    ANNIVERSARY = "anniversary"
    WOW = "wow"
    THANKS = "thanks"


AudienceCell = Annotated[Audience, choice(Audience), choices(Audience)]
ClientRef = Annotated[Slug, Ref("clients")]
ReferralRef = Annotated[Slug, Ref("referrals")]
Sector = Annotated[
    str,
    Open,
    open_enum("general", "healthcare", "public_sector", "financial_advice", "accountancy", "legal", "real_estate"),
]
LISTED = Public(when="listed")


class Client(Row):
    """A firm we serve or served."""

    TABLE: ClassVar[Table] = Table(
        "clients.csv",
        "The firms you serve or served",
        "the directory, and the firms that spotlights and testimonials name",
        key=("client_id",),
    )

    client_id: Annotated[Slug, LISTED, About("Short id used in every other table and in addresses")]
    name: Annotated[Text, LISTED, About("The firm's name")]
    industry: Annotated[Text, LISTED, About("What trade they are in, in your own words")]
    location: Annotated[Text | None, LISTED, About("Town or region")] = None
    website: Annotated[Url | None, LISTED, About("Their site; also recognises a prospect who is already a client")] = None
    since: Annotated[Day, About("Start of the contract")]
    last_paid_on: Annotated[Day | None, About("Their latest payment; without one they do not count as active")] = None
    seats: Annotated[Count | None, About("People supported")] = None
    endpoints: Annotated[Count | None, About("Devices looked after")] = None
    monthly_fee: Annotated[Money | None, About("What they pay a month")] = None
    all_inclusive: Annotated[YesNo, About("Whether the fee covers all support; empty means yes")] = True
    offers: Annotated[Text | None, LISTED, About("What they sell")] = None
    target_customer: Annotated[Text | None, LISTED, About("Whom they want to meet, in a sentence")] = None
    target_industries: Annotated[Texts, LISTED, About("Industries they want to meet")] = ()
    target_locations: Annotated[Texts, LISTED, About("Places they want to meet people from")] = ()
    buying_triggers: Annotated[Texts, LISTED, About("What makes their customers buy")] = ()
    listed: Annotated[YesNo, About("Whether they agreed to stand in the public directory")] = False
    contact_name: Annotated[Text | None, About("Whom you talk to")] = None
    contact_email: Annotated[Email | None, About("Their address")] = None
    link_version: Annotated[Positive, About("Raise it to revoke the client's private link")] = 1


class Referrer(Row):
    """A person who sends us others."""

    TABLE: ClassVar[Table] = Table(
        "referrers.csv",
        "The people who refer, or may",
        "a personal referral page for each active referrer",
        key=("referrer_id",),
    )

    referrer_id: Annotated[Slug, About("Short id used in referrals")]
    name: Annotated[Text, Public(when="named"), About("The person's name")]
    audience: Annotated[AudienceCell, About("Their role in their own firm")]
    kind: Annotated[ReferrerKind, choice(ReferrerKind), choices(ReferrerKind), About("How they know you")]
    client_id: Annotated[ClientRef | None, About("The client they work for")] = None
    sector: Annotated[Sector, About("Their trade, where rules on rewards differ; empty means general")] = "general"
    kickback_clause: Annotated[
        Clause, choice(Clause), choices(Clause), About("What their contract says about kickbacks; empty means unknown")
    ] = Clause.UNKNOWN
    employer_told_on: Annotated[Day | None, About("When their employer heard that they may be rewarded")] = None
    email: Annotated[Email | None, About("Their address")] = None
    agreement_version: Annotated[Text | None, About("The version of the terms they signed")] = None
    agreement_signed_on: Annotated[Day | None, About("When they signed")] = None
    prefers: Annotated[Slug | None, About("The incentive they would rather have, by its id, or none")] = None
    joined_on: Annotated[Day | None, About("When they joined the programme")] = None
    last_sync_on: Annotated[Day | None, About("When you last talked")] = None
    named: Annotated[YesNo, About("Whether they agreed to be named")] = False
    active: Annotated[YesNo, About("Whether they take part; empty means yes")] = True
    link_code: Annotated[LinkCode | None, Public(), About("The code of their personal link")] = None
    old_codes: Annotated[LinkCodes, Public(), About("Codes that lead to the present one")] = ()
    link_version: Annotated[Positive, About("Raise it to revoke their private link")] = 1


class Review(Row):
    """A conversation with a client about how things stand."""

    TABLE: ClassVar[Table] = Table("reviews.csv", "Reviews held with clients", "the five numbers of portal kpis")

    client_id: Annotated[ClientRef, About("Whom you reviewed")]
    reviewed_on: Annotated[Day, About("When")]
    outcome: Annotated[Outcome, choice(Outcome), choices(Outcome), About("What it led to")]
    roadblock: Annotated[Text | None, About("What stood in the way")] = None
    follow_up: Annotated[Text | None, About("What you promised")] = None
    follow_up_on: Annotated[Day | None, About("By when")] = None
    follow_up_kept_on: Annotated[Day | None, About("When you kept it")] = None
    nps: Annotated[Score | None, About("How likely they are to recommend you")] = None
    note: Annotated[Prose | None, About("Anything else")] = None


class Referral(Row):
    """A prospect who was sent to us, or came another way."""

    TABLE: ClassVar[Table] = Table(
        "referrals.csv",
        "Prospects and what became of them",
        "thanks by name for those who brought a client and agreed to be named",
        key=("referral_id",),
    )

    referral_id: Annotated[Slug, About("Short id")]
    received_on: Annotated[Day, About("When you heard of them")]
    referrer_id: Annotated[Slug | None, Ref("referrers"), About("Who sent them")] = None
    prospect: Annotated[Text, About("The firm or person")]
    prospect_domain: Annotated[Host | None, About("Their site's domain, to recognise them")] = None
    prospect_told_on: Annotated[Day | None, About("When they learnt that you have their details")] = None
    status: Annotated[Status, choice(Status), choices(Status), About("How far it has come")]
    status_on: Annotated[Day | None, About("Since when")] = None
    qualified_on: Annotated[Day | None, About("When it became a real chance")] = None
    won_on: Annotated[Day | None, About("When they signed")] = None
    first_paid_on: Annotated[Day | None, About("Their first payment to you")] = None
    won_client_id: Annotated[ClientRef | None, About("The client they became")] = None
    ended_on: Annotated[Day | None, About("When the contract ended")] = None
    monthly_fee: Annotated[Money | None, About("What they pay a month")] = None
    setup_fee: Annotated[Money | None, About("What they paid once")] = None
    contract_months: Annotated[Positive | None, About("How long the contract runs")] = None
    first_year_revenue: Annotated[Money | None, About("Worth of the first year, where it is not fee times months")] = None
    thanked_on: Annotated[Day | None, About("When the referrer was thanked")] = None
    outcome_told_on: Annotated[Day | None, About("When the referrer heard what became of it")] = None
    source: Annotated[str, Open, open_enum("referral", "outbound", "inbound", "event"), About("Where it came from")]
    lead_key: Annotated[Text | None, About("The form's own key, written by portal inbox")] = None


class Payout(Row):
    """What was paid to a referrer."""

    TABLE: ClassVar[Table] = Table(
        "payouts.csv",
        "Rewards already paid",
        "what is paid and what is still due, in portal explain",
        key=("referral_id", "rule", "instalment"),
    )

    referral_id: Annotated[ReferralRef, About("For which referral")]
    rule: Annotated[Slug, About("Under which incentive, by its id")]
    instalment: Annotated[Positive | None, About("Which month of a monthly commission; empty for the rest")] = None
    paid_on: Annotated[Day, About("When")]
    amount: Annotated[Money | None, About("How much; empty for a gift")] = None
    note: Annotated[Prose | None, About("Anything else")] = None


class TicketMonth(Row):
    """A client's support tickets of one month, without security and onboarding tickets."""

    TABLE: ClassVar[Table] = Table(
        "tickets.csv",
        "Support tickets a month",
        "who earns a reward for needing few, in portal client",
        key=("client_id", "month"),
    )

    client_id: Annotated[ClientRef, About("Whose")]
    month: Annotated[Month, About("Which month")]
    endpoints: Annotated[Count, About("Devices looked after that month")]
    tickets: Annotated[Count, About("Tickets, without security and onboarding ones")]


class Practice(Row):
    """A documented standard a client meets."""

    TABLE: ClassVar[Table] = Table("practices.csv", "Best practices that clients meet", "each client's tier, in portal client")

    client_id: Annotated[ClientRef, About("Who")]
    practice_id: Annotated[Slug, Ref("rewards.practices"), About("Which practice, by its id in rewards.yaml")]
    met_on: Annotated[Day, About("Since when")]
    lapsed_on: Annotated[Day | None, About("When it stopped")] = None


class Nomination(Row):
    """A client put forward for customer of the month."""

    TABLE: ClassVar[Table] = Table("nominations.csv", "Nominations for customer of the month", "the election, in portal tally")

    month: Annotated[Month, About("For which month")]
    client_id: Annotated[ClientRef, About("Whom")]
    nominated_by: Annotated[Text, About("By whom of your staff")]
    reason: Annotated[Prose, About("Why")]


class Vote(Row):
    """One person's vote of one month."""

    TABLE: ClassVar[Table] = Table(
        "votes.csv", "Votes for customer of the month", "turnout beside each spotlight", key=("month", "voter")
    )

    month: Annotated[Month, About("For which month")]
    voter: Annotated[Text, About("Who voted")]
    client_id: Annotated[ClientRef, About("For whom")]


class Introduction(Row):
    """Business we sent to a client."""

    TABLE: ClassVar[Table] = Table("introductions.csv", "Business you sent to clients", "who owes whom, in portal client")

    introduced_on: Annotated[Day, About("When")]
    client_id: Annotated[ClientRef, About("To whom you sent business")]
    introduced: Annotated[Text, About("Whom you sent: a client's id or a name")]
    result: Annotated[IntroductionResult, choice(IntroductionResult), choices(IntroductionResult), About("What came of it")] = (
        IntroductionResult.OPEN
    )
    value: Annotated[Money | None, About("What it was worth to them")] = None


class Gift(Row):
    """A gift given to a client, or planned."""

    TABLE: ClassVar[Table] = Table("gifts.csv", "Gifts to clients, given and planned", "advice on anniversaries without a gift")

    client_id: Annotated[ClientRef, About("To whom")]
    given_on: Annotated[Day, About("When; a day to come is a plan")]
    occasion: Annotated[Occasion, choice(Occasion), choices(Occasion), About("Why")]
    what: Annotated[Text, About("What")]
    cost: Annotated[Money | None, About("What it cost")] = None


class Lead(Row):
    """What the form received, written by portal inbox."""

    TABLE: ClassVar[Table] = Table(
        "leads.csv",
        "What the form received, written by portal inbox",
        "the details behind each referral",
        key=("lead_key",),
    )

    lead_key: Annotated[Text, About("The form's own key")]
    received_at: Annotated[Text | None, About("When, with time zone")] = None
    prospect: Annotated[Text | None, About("Who it is")] = None
    contact: Annotated[Text | None, About("How to reach them")] = None
    referrer_id: Annotated[Slug | None, Ref("referrers"), About("Who sent them")] = None
    referrer_contact: Annotated[Text | None, About("How to reach the sender")] = None
    referrer_name: Annotated[Text | None, About("The sender's name, as they wrote it")] = None
    company: Annotated[Text | None, About("Their firm")] = None
    trigger: Annotated[Text | None, About("What they said")] = None
    call_when: Annotated[Text | None, About("When to call")] = None
    may_name: Annotated[YesNo, About("Whether the sender may be mentioned")] = False
    told: Annotated[YesNo, About("Whether the friend knows")] = False
    note: Annotated[Prose | None, About("Anything else")] = None
    consent_version: Annotated[Text | None, About("Which wording was agreed to")] = None
    suspected: Annotated[YesNo, About("Whether it looks like spam")] = False


TABLES: tuple[type[Row], ...] = (
    Client,
    Referrer,
    Review,
    Referral,
    Payout,
    TicketMonth,
    Practice,
    Nomination,
    Vote,
    Introduction,
    Gift,
    Lead,
)
