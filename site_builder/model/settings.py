"""data/portal.yaml: who publishes the portal, where, and how it is run."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from site_builder.model.cells import (
    Colour,
    Day,
    Email,
    FieldName,
    FileName,
    FormStep,
    Number,
    OwnerId,
    Phone,
    Positive,
    Slug,
    Text,
    Texts,
    Url,
    YesNo,
    choice,
    choices,
)
from site_builder.model.marks import About, Public
from site_builder.model.record import Record


class BackEnd(StrEnum):
    """Where the referral form posts to."""

    RECEIVER = "receiver"
    NETLIFY = "netlify"
    FORMSPREE = "formspree"
    WEB3FORMS = "web3forms"
    CUSTOM = "custom"
    MAILTO = "mailto"


class RepositoryKind(StrEnum):
    """Whether strangers can read the repository that holds the portal's files."""

    PRIVATE = "private"
    PUBLIC = "public"


class Contact(Record):
    """Whom a referrer reaches by hand."""

    name: Annotated[Text | None, Public(), About("A person or a desk")] = None
    email: Annotated[Email, Public(), About("The address on every page, and where a form without a back end writes to")]
    phone: Annotated[Phone | None, Public(), About("The number on every page")] = None


class Legal(Record):
    """Who answers for personal data."""

    controller: Annotated[Text | None, Public(), About("The firm's registered name")] = None
    address: Annotated[Text | None, Public(), About("Its postal address")] = None
    privacy_email: Annotated[Email | None, Public(), About("Where people ask what is kept of them")] = None


class Brand(Record):
    """What the portal looks like."""

    logo: Annotated[FileName | None, Public(), About("A picture in content/media/")] = None
    primary: Annotated[Colour | None, Public(), About("The main colour")] = None
    accent: Annotated[Colour | None, Public(), About("A second colour")] = None
    display_font: Annotated[Text | None, Public(), About("The face of headlines: default, system, serif, mono or fraunces")] = (
        None
    )


class FormField(Record):
    """A field of the form that is called otherwise, stands elsewhere, is left out, or is the owner's own."""

    name: Annotated[FieldName, Public(), About("Which field, or a name of your own for a further one")]
    label: Annotated[Text | None, Public(), About("What it asks; a further field needs it")] = None
    help: Annotated[Text | None, Public(), About("A few words below the question")] = None
    step: Annotated[
        FormStep | None, Public(), About("1: asked at once; 2: asked when the referral is sent; a further field's is 2")
    ] = None
    required: Annotated[YesNo | None, Public(), About("Whether it must be filled in; in step 2 nothing may")] = None
    drop: Annotated[YesNo, Public(), About("Whether the form goes without it")] = False


class FormSettings(Record):
    """Where the referral form posts to, when somebody answers, and what it asks."""

    backend: Annotated[BackEnd, choice(BackEnd), choices(BackEnd), Public(), About("Who receives the form")] = BackEnd.MAILTO
    endpoint: Annotated[Url | None, Public(), About("The address the form posts to, for receiver, formspree and custom")] = None
    access_key: Annotated[Text | None, Public(), About("The key web3forms gave you; it is public by design")] = None
    respond_within: Annotated[Text | None, Public(), About("When somebody calls back, for example 1 working day")] = None
    kept_for: Annotated[
        Text | None, Public(), About("How long you keep a referral that led nowhere, for example 12 months; /privacy/ says it")
    ] = None
    proof_of_work: Annotated[
        YesNo, Public(), About("Whether the visitor's browser must do a little arithmetic first, against robots; receiver only")
    ] = False
    fields: Annotated[tuple[FormField, ...], Public(), About("What the form asks otherwise than usual")] = ()


class Ignore(Record):
    """A check that the owner knows about and accepts."""

    code: Annotated[Text, About("The check's code")]
    reason: Annotated[Text, About("Why it does not matter here")]
    path: Annotated[Text | None, About("Only in this file")] = None
    id: Annotated[Text | None, About("Only for the row with this id")] = None


class ClaimWords(Record):
    """Further words by which the checks know a claim, beside the ones they know in the portal's language."""

    table_stakes: Annotated[Texts, About("What everybody in your trade says of themselves")] = ()
    better: Annotated[Texts, About("What claims to be better than others")] = ()
    everybody: Annotated[Texts, About("What means no group of clients at all")] = ()
    price: Annotated[Texts, About("What makes the price the claim")] = ()
    technology: Annotated[Texts, About("Tools and machines")] = ()
    asking: Annotated[Texts, About("What asks a client for a referral")] = ()


class Checks(Record):
    """How the checks are tuned for this portal."""

    thresholds: Annotated[dict[str, Number], About("Values that differ from the usual ones, by name")] = Field(
        default_factory=dict
    )
    ignore: Annotated[tuple[Ignore, ...], About("Checks that are accepted, each with a reason")] = ()
    words: Annotated[ClaimWords, About("Further words by which claims are known")] = ClaimWords()


class Retention(Record):
    """How long personal data is kept."""

    lost_months: Annotated[Positive, About("Months after which a lost referral forgets the prospect")] = 12


class AcceptedLeak(Record):
    """A private value that may appear in public after all, with the reason."""

    value: Annotated[Text, About("The value")]
    reason: Annotated[Text, About("Why it may be public")]


class Settings(Record):
    """data/portal.yaml."""

    name: Annotated[Text, Public(), About("Your firm's name")]
    tagline: Annotated[Text | None, Public(), About("A few words under it")] = None
    base_url: Annotated[Url, Public(), About("Where the portal will stand; it may have a path")]
    locale: Annotated[Text, Public(), About("Language and region, for example en-GB")]
    currency: Annotated[Text, Public(), About("Three letters, for example GBP")]
    timezone: Annotated[Text, Public(), About("For example Europe/London; it decides what today is")]
    draft_languages: Annotated[
        Texts, About("Folders of content/ that are still being translated, for example [de]: portal serve alone shows them")
    ] = ()
    contact: Annotated[Contact, Public(), About("Whom a referrer reaches by hand")]
    legal: Annotated[Legal | None, Public(), About("Who answers for personal data")] = None
    brand: Annotated[Brand, Public(), About("Logo, colours and face")] = Brand()
    theme: Annotated[Slug, Public(), About("A folder in themes/, or default")] = "default"
    form: Annotated[FormSettings, Public(), About("The referral form")] = FormSettings()
    owners: Annotated[dict[OwnerId, Text], About("Who may open the KPI page: id and name, at most eight")] = Field(
        default_factory=dict, max_length=8
    )
    staff: Annotated[Positive | None, About("How many people work for you, for the vote's turnout")] = None
    review_cycle_months: Annotated[Positive, About("How often each client is reviewed")] = 12
    checks: Annotated[Checks, About("Thresholds and accepted checks")] = Checks()
    retention: Annotated[Retention, About("How long personal data is kept")] = Retention()
    leaks: Annotated[tuple[AcceptedLeak, ...], About("Private values that may be public, each with a reason")] = ()
    repository: Annotated[
        RepositoryKind | None,
        choice(RepositoryKind),
        choices(RepositoryKind),
        About("private, where strangers cannot read these files"),
    ] = None
    demo: Annotated[YesNo, Public(), About("Marks every page as a demonstration")] = False
    as_of: Annotated[Day | None, About("Pins the date a build speaks for")] = None
