"""The documents beside portal.yaml and incentives.yaml: positioning, trust, client rewards, nurture (domain, "Documents")."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from site_builder.model.cells import (
    Count,
    Day,
    FileName,
    Money,
    Number,
    Percent,
    Positive,
    Prose,
    Slug,
    Slugs,
    Text,
    Texts,
    Url,
    YesNo,
    choice,
    choices,
)
from site_builder.model.marks import About, Public
from site_builder.model.record import Record
from site_builder.model.tables import ClientRef


class Seats(Record):
    """The size of firm that fits, in people; either end may be open."""

    from_: Annotated[Count | None, Field(alias="from"), Public(), About("From how many people")] = None
    to: Annotated[Count | None, Public(), About("Up to how many people")] = None


class IdealClient(Record):
    """Whom to send, so that a referrer recognises them."""

    situation: Annotated[Prose, Public(), About("What their day looks like before they call you")]
    industries: Annotated[Texts, Public(), About("Trades you know")] = ()
    seats: Annotated[Seats | None, Public(), About("How large they are")] = None
    locations: Annotated[Texts, Public(), About("Where they are")] = ()


class Trigger(Record):
    """Something a referrer hears that means: this is one."""

    phrase: Annotated[Text, Public(), About("The words they hear")]
    means: Annotated[Text | None, Public(), About("What is behind it")] = None
    say: Annotated[Text | None, Public(), About("What the referrer can answer")] = None


class DifferentiatorKind(StrEnum):
    """What a difference is made of; service first (Service sabotage)."""

    SERVICE = "service"
    PRODUCT = "product"
    TECHNOLOGY = "technology"
    PRICE = "price"
    PEOPLE = "people"


class Differentiator(Record):
    """A claim to be different, and what backs it."""

    claim: Annotated[Text, Public(), About("The claim")]
    kind: Annotated[
        DifferentiatorKind,
        choice(DifferentiatorKind),
        choices(DifferentiatorKind),
        Public(),
        About("What it is made of"),
    ]
    evidence: Annotated[Prose | None, Public(), About("What shows that it is true")] = None
    client_words: Annotated[Prose | None, Public(), About("How a client says it")] = None
    last_improved_on: Annotated[Day | None, About("When it last got better")] = None
    next_improvement: Annotated[Text | None, About("What comes next")] = None
    due_on: Annotated[Day | None, About("By when")] = None


class Benchmark(Record):
    """A number of ours beside a good competitor's."""

    metric: Annotated[Text, About("What is measured")]
    ours: Annotated[Text, About("Our figure")]
    good_competitor: Annotated[Text | None, About("Theirs")] = None
    source: Annotated[Text | None, About("Where it comes from")] = None
    measured_on: Annotated[Day | None, About("When")] = None


class Segment(Record):
    """A group of clients and what it is offered."""

    name: Annotated[Text, About("Who")]
    offer: Annotated[Text, About("What they are offered")]


class Positioning(Record):
    """data/positioning.yaml."""

    promise: Annotated[Prose, Public(), About("What you promise, in at most 25 words")]
    ideal_client: Annotated[IdealClient, Public(), About("Whom to send")]
    triggers: Annotated[tuple[Trigger, ...], Public(), About("What a referrer hears")] = Field(min_length=1)
    problems: Annotated[Texts, Public(), About("What hurts before they call you")] = ()
    not_for: Annotated[Texts, Public(), About("Whom not to send")] = ()
    differentiators: Annotated[tuple[Differentiator, ...], Public(), About("Why you")] = ()
    benchmarks: Annotated[tuple[Benchmark, ...], About("Your numbers beside a good competitor's")] = ()
    segments: Annotated[tuple[Segment, ...], About("Groups of clients and what each is offered")] = ()


class Guarantee(Record):
    """A promise with a consequence, so that a referrer's name is safe."""

    title: Annotated[Text, Public(), About("In a few words")]
    promise: Annotated[Prose, Public(), About("What you promise")]
    if_we_fail: Annotated[Prose | None, Public(), About("What happens when you do not keep it")] = None


class Capacity(Record):
    """Whether new clients would cost the present ones anything (Motivation sabotage: the secret resource)."""

    statement: Annotated[Prose | None, Public(), About("How you keep up with growth")] = None
    promise_to_clients: Annotated[Prose | None, Public(), About("What present clients keep")] = None
    slots_a_month: Annotated[Count | None, Public(when="show_numbers"), About("New clients you take on a month")] = None
    slots_taken: Annotated[Count | None, Public(when="show_numbers"), About("How many of them are taken")] = None
    next_free_on: Annotated[Day | None, Public(), About("When the next one is free")] = None
    waiting_list: Annotated[Prose | None, Public(), About("What happens when none is free")] = None
    show_numbers: Annotated[YesNo, About("Whether the numbers are published")] = False
    checked_on: Annotated[Day | None, Public(), About("When you last checked this")] = None


class TeamMember(Record):
    """A person a referrer's friend may meet."""

    name: Annotated[Text, Public(when="public"), About("Their name")]
    role: Annotated[Text | None, Public(when="public"), About("What they do")] = None
    photo: Annotated[FileName | None, Public(when="public"), About("A picture in content/media/")] = None
    cares_about: Annotated[Prose | None, Public(when="public"), About("What they care about, in their words")] = None
    contact: Annotated[Text | None, Public(when="public"), About("How to reach them")] = None
    public: Annotated[YesNo, About("Whether they agreed to be shown")] = False


class Figure(Record):
    """A result that can be checked."""

    metric: Annotated[Text, Public(), About("What is measured")]
    value: Annotated[Text, Public(), About("The figure")]
    source: Annotated[Text | None, Public(), About("Where it comes from")] = None
    measured_on: Annotated[Day | None, Public(), About("When")] = None


class ReviewElsewhere(Record):
    """What strangers say on another site."""

    site: Annotated[Text, Public(), About("Where")]
    score: Annotated[Number, Public(), About("The score there")]
    count: Annotated[Count | None, Public(), About("From how many reviews")] = None
    link: Annotated[Url | None, Public(), About("Where to read them")] = None
    checked_on: Annotated[Day | None, Public(), About("When you looked")] = None
    answer: Annotated[Prose | None, Public(), About("What you say to it")] = None


class ThirdPartyResult(StrEnum):
    """How a supplier did when last checked."""

    GOOD = "good"
    MIXED = "mixed"
    BAD = "bad"


class ThirdParty(Record):
    """A supplier who can spend our goodwill; never published."""

    name: Annotated[Text, About("Who")]
    does: Annotated[Text | None, About("What they do for your clients")] = None
    checked_on: Annotated[Day | None, About("When you last checked their work")] = None
    result: Annotated[ThirdPartyResult | None, choice(ThirdPartyResult), choices(ThirdPartyResult), About("How it went")] = None


class Testimonial(Record):
    """A client's own words."""

    words: Annotated[Prose, Public(when="consent_on"), About("What they said")]
    who: Annotated[Text, Public(when="consent_on"), About("Who said it")]
    client: Annotated[ClientRef | None, Public(when="consent_on"), About("Their firm, by its id")] = None
    consent_on: Annotated[Day | None, About("When they agreed to be quoted")] = None


class Trust(Record):
    """data/trust.yaml."""

    guarantees: Annotated[tuple[Guarantee, ...], Public(), About("Promises with a consequence")] = ()
    capacity: Annotated[Capacity | None, Public(), About("Whether you have room")] = None
    team: Annotated[tuple[TeamMember, ...], Public(), About("Who answers")] = ()
    outcomes: Annotated[tuple[Figure, ...], Public(), About("Results")] = ()
    reviews_elsewhere: Annotated[tuple[ReviewElsewhere, ...], Public(), About("Scores on other sites")] = ()
    third_parties: Annotated[tuple[ThirdParty, ...], About("Suppliers whose work is yours in your clients' eyes")] = ()
    testimonials: Annotated[tuple[Testimonial, ...], Public(), About("Clients' own words")] = ()


class UtilisationTier(Record):
    """A reward for needing few tickets."""

    name: Annotated[Text, Public(), About("The tier's name")]
    up_to_percent: Annotated[Number, Public(), About("Tickets per hundred devices, at most")]
    reward: Annotated[Text, Public(), About("What they get")]
    value: Annotated[Money | None, Public(), About("What it is worth")] = None


class Utilisation(Record):
    """How few tickets earn a reward (Rewards)."""

    months: Annotated[Positive, Public(), About("Over how many full months")] = 3
    inclusive: Annotated[YesNo, Public(), About("Whether exactly the percentage still counts")] = True
    tiers: Annotated[tuple[UtilisationTier, ...], Public(), About("From the best down")] = ()


class PracticeItem(Record):
    """A documented standard."""

    id: Annotated[Slug, Public(), About("Short id used in practices.csv")]
    title: Annotated[Text, Public(), About("What is to be done")]
    why: Annotated[Prose | None, Public(), About("Why it pays")] = None


class PracticeTier(Record):
    """A set of practices and the discount it earns."""

    name: Annotated[Text, Public(), About("The tier's name")]
    practices: Annotated[Slugs, Public(), About("Ids of the practices it asks for")]
    discount_percent: Annotated[Percent, Public(), About("Off the next project's labour")]


class Practices(Record):
    """Practices and the tiers made of them."""

    items: Annotated[tuple[PracticeItem, ...], Public(), About("The practices")] = ()
    tiers: Annotated[tuple[PracticeTier, ...], Public(), About("The tiers, lowest first")] = ()


class AnniversaryReward(Record):
    """What a client gets for staying; a surprise, so never published."""

    from_year: Annotated[Positive, About("From which year on")]
    reward: Annotated[Text, About("What they get")]


class Rewards(Record):
    """data/rewards.yaml."""

    utilisation: Annotated[Utilisation | None, Public(), About("Rewards for needing few tickets")] = None
    practices: Annotated[Practices | None, Public(), About("Rewards for good practice")] = None
    anniversaries: Annotated[tuple[AnniversaryReward, ...], About("Gifts for staying; never published")] = ()


class SyncEveryDays(Record):
    """How often to talk to a referrer, by audience."""

    owner: Annotated[Positive | None, About("Owners")] = None
    staff: Annotated[Positive | None, About("Staff")] = None
    partner: Annotated[Positive | None, About("Partners")] = None


class Nurture(Record):
    """data/nurture.yaml."""

    sync_every_days: Annotated[SyncEveryDays, About("How often to talk, by audience")] = SyncEveryDays()
    thank_within_days: Annotated[Positive, About("How soon a referral is thanked")] = 2
    tell_outcome_within_days: Annotated[Positive, About("How soon the referrer hears what became of it")] = 5
    worksheet: Annotated[Texts, About("Questions asked in a client review")] = ()
