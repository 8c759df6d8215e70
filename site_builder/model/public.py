"""What public pages are handed: types that lack every private field, so that a template or a page kind cannot name one.

Each class mirrors a record's publishable fields under the same names; rules/consent fills them and refuses, at import, a field
whose record does not mark it public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from site_builder.model.content import StoryKind
from site_builder.model.documents import DifferentiatorKind, IdealClient, Trigger
from site_builder.model.incentives import AnyRule, Example
from site_builder.model.portal import Media
from site_builder.model.settings import Brand, Contact, FormSettings, Legal
from site_builder.model.tables import Audience
from site_builder.problem import Source


@dataclass(frozen=True)
class PublicSettings:
    """Who publishes the portal; without owners, staff, checks and retention."""

    name: str
    tagline: str | None
    base_url: str
    locale: str
    currency: str
    contact: Contact
    legal: Legal | None
    brand: Brand
    form: FormSettings
    demo: bool


@dataclass(frozen=True)
class PublicDifferentiator:
    """A claim and what backs it, without the plans for it."""

    claim: str
    kind: DifferentiatorKind
    evidence: str | None
    client_words: str | None


@dataclass(frozen=True)
class PublicPositioning:
    """Whom to send and why; without benchmarks and segments."""

    promise: str
    ideal_client: IdealClient
    triggers: tuple[Trigger, ...]
    problems: tuple[str, ...]
    not_for: tuple[str, ...]
    differentiators: tuple[PublicDifferentiator, ...]


@dataclass(frozen=True)
class PublicGuarantee:
    """A promise with its consequence."""

    title: str
    promise: str
    if_we_fail: str | None


@dataclass(frozen=True)
class PublicCapacity:
    """Whether there is room; the slot numbers are None unless their owner shows them."""

    statement: str | None
    promise_to_clients: str | None
    slots_a_month: int | None
    slots_taken: int | None
    next_free_on: date | None
    waiting_list: str | None
    checked_on: date | None


@dataclass(frozen=True)
class PublicTeamMember:
    """A person who agreed to be shown."""

    name: str
    role: str | None
    photo: str | None
    cares_about: str | None
    contact: str | None


@dataclass(frozen=True)
class PublicFigure:
    """A result that can be checked."""

    metric: str
    value: str
    source: str | None
    measured_on: date | None


@dataclass(frozen=True)
class PublicReviewElsewhere:
    """A score on another site."""

    site: str
    score: Decimal
    count: int | None
    link: str | None
    checked_on: date | None
    answer: str | None


@dataclass(frozen=True)
class ClientCard:
    """A client as a page that may name it shows it. slug: its directory entry, None for a client who is not listed."""

    name: str
    industry: str
    website: str | None
    slug: str | None


@dataclass(frozen=True)
class PublicTestimonial:
    """A client's own words, agreed to."""

    words: str
    who: str
    client: ClientCard | None


@dataclass(frozen=True)
class PublicTrust:
    """Why a referrer's name is safe; without third parties."""

    guarantees: tuple[PublicGuarantee, ...]
    capacity: PublicCapacity | None
    team: tuple[PublicTeamMember, ...]
    outcomes: tuple[PublicFigure, ...]
    reviews_elsewhere: tuple[PublicReviewElsewhere, ...]
    testimonials: tuple[PublicTestimonial, ...]


@dataclass(frozen=True)
class PublicUtilisationTier:
    """A reward for needing few tickets."""

    name: str
    up_to_percent: Decimal
    reward: str
    value: Decimal | None


@dataclass(frozen=True)
class PublicPracticeTier:
    """Standards, by their titles, and the discount they earn."""

    name: str
    practices: tuple[str, ...]
    discount_percent: Decimal


@dataclass(frozen=True)
class PublicClientRewards:
    """What clients are rewarded for; without anniversaries, which are surprises."""

    months: int
    utilisation: tuple[PublicUtilisationTier, ...]
    practices: tuple[PublicPracticeTier, ...]


@dataclass(frozen=True)
class ExampleStep:
    """A part of a worked example: months, or clients of one year, from first to last; both are 0 for what is paid at once.

    count: how many of them bring something. each: what one brings before caps, None where they differ. before: all of them
    before caps; amount: after them.
    """

    first: int
    last: int
    count: int
    each: Decimal | None
    before: Decimal
    amount: Decimal


@dataclass(frozen=True)
class WorkedExample:
    """What a rule comes to on the example customer; by_clients: on several of them in one year. is_cut: whether a cap shows."""

    by_clients: bool
    steps: tuple[ExampleStep, ...]
    total: Decimal
    is_cut: bool


@dataclass(frozen=True)
class PublicIncentives:
    """The offers. rules have no cost; clause_words: what to say where a contract asks for disclosure.

    worked: by a rule's id, what it comes to on the example; rules that need no example are left out.
    """

    audiences: tuple[Audience, ...]
    example: Example | None
    rules: tuple[AnyRule, ...]
    clause_words: tuple[str, ...]
    worked: Mapping[str, WorkedExample]


@dataclass(frozen=True)
class PublicMatch:
    """A listed client whom another would like to meet. industry, location: what was asked for; no location: any place will do."""

    client_id: str
    name: str
    industry: str
    location: str | None


@dataclass(frozen=True)
class PublicClient:
    """A client who agreed to stand in the directory."""

    client_id: str
    name: str
    industry: str
    location: str | None
    website: str | None
    offers: str | None
    target_customer: str | None
    target_industries: tuple[str, ...]
    target_locations: tuple[str, ...]
    buying_triggers: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Turnout:
    """How many of the staff voted; share in whole percent, None where the number of staff is not told."""

    voters: int
    percent: int | None


@dataclass(frozen=True)
class PublicSpotlight:
    """A customer of the month who agreed to be published. turnout: None below five voters."""

    slug: str
    month: date
    client: ClientCard
    headline: str
    context: str | None
    what_they_do: str | None
    link: str | None
    photo: str | None
    photo_alt: str | None
    quote: str | None
    body: str
    turnout: Turnout | None
    source: Source


@dataclass(frozen=True)
class PublicFreePage:
    """A page of the owner's own."""

    slug: str
    title: str
    nav_order: int | None
    body: str
    source: Source


@dataclass(frozen=True)
class PublicStory:
    """Something worth telling that whoever it is about agreed to. client: None where it names nobody."""

    slug: str
    kind: StoryKind
    client: ClientCard | None
    happened_on: date
    headline: str
    body: str
    source: Source


@dataclass(frozen=True)
class PublicEvent:
    """Something to be invited to, on as_of or later."""

    slug: str
    title: str
    on: date
    place: str | None
    for_: str | None
    body: str
    source: Source


@dataclass(frozen=True)
class PublicTerms:
    """A version of the referral agreement."""

    slug: str
    version: str
    effective_on: date
    title: str
    body: str
    source: Source


@dataclass(frozen=True)
class PublicShareText:
    """Words a referrer can pass on; a link goes behind them."""

    slug: str
    audience: Audience | None
    trigger: str | None
    channel: str | None
    body: str
    source: Source


@dataclass(frozen=True)
class Win:
    """A named referrer and a month in which somebody they sent became a client; never who, how much or which rank."""

    name: str
    month: date


@dataclass(frozen=True)
class PersonalLink:
    """A referrer's own form page. name, audience: None unless the referrer agreed to be named. old_codes lead to code."""

    code: str
    old_codes: tuple[str, ...]
    name: str | None
    audience: Audience | None
    source: Source


@dataclass(frozen=True)
class PublicPortal:
    """Everything that may be published, and nothing else.

    matches: by a listed client's id, the first few whom it would like to meet, by name. lang: the language it is told in, by its
    folder in content/, "" for the portal's own; languages: all of the further ones; drafts: those of them that the owner alone
    is shown, none where it is published.
    """

    as_of: date
    settings: PublicSettings
    positioning: PublicPositioning
    incentives: PublicIncentives
    trust: PublicTrust | None
    client_rewards: PublicClientRewards | None
    clients: tuple[PublicClient, ...]
    matches: Mapping[str, tuple[PublicMatch, ...]]
    spotlights: tuple[PublicSpotlight, ...]
    stories: tuple[PublicStory, ...]
    events: tuple[PublicEvent, ...]
    terms: tuple[PublicTerms, ...]
    share: tuple[PublicShareText, ...]
    wins: tuple[Win, ...]
    pages: tuple[PublicFreePage, ...]
    personal_links: tuple[PersonalLink, ...]
    media: tuple[Media, ...]
    lang: str = ""
    languages: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
