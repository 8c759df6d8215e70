"""The Markdown documents of content/ (domain, "Documents"): front matter as a record, the text below it as body."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from site_builder.model.cells import Count, Day, FileName, Month, Prose, Text, Url, choice, choices
from site_builder.model.marks import About, Public
from site_builder.model.record import Record
from site_builder.model.tables import AudienceCell, ClientRef


class Document(Record):
    """A Markdown file. slug: its name without ".md"; lang: its folder's language, "" for the portal's own."""

    FOLDER: ClassVar[str]
    ABOUT: ClassVar[str]
    ADDS: ClassVar[str]

    slug: Annotated[str, Field(alias="@slug"), Public()] = ""
    lang: Annotated[str, Field(alias="@lang"), Public()] = ""
    body: Annotated[str, Field(alias="@body"), Public()] = ""


class FreePage(Document):
    """A page of the owner's own."""

    FOLDER: ClassVar[str] = "pages"
    ABOUT: ClassVar[str] = "Pages of your own"
    ADDS: ClassVar[str] = "a page each, at /NAME/"

    title: Annotated[Text, Public(), About("The page's title")]
    nav_order: Annotated[Count | None, Public(), About("Its place in the menu; left out: not in the menu")] = None


class Spotlight(Document):
    """A customer of the month."""

    FOLDER: ClassVar[str] = "spotlights"
    ABOUT: ClassVar[str] = "Customers of the month, in files named YYYY-MM-CLIENT.md"
    ADDS: ClassVar[str] = "a page for each customer of the month, and their archive"

    slug: Annotated[str, Field(alias="@slug"), Public(when="permission_on")] = ""
    body: Annotated[str, Field(alias="@body"), Public(when="permission_on")] = ""
    client: Annotated[ClientRef, Public(when="permission_on"), About("Who, by the client's id")]
    month: Annotated[Month, Public(when="permission_on"), About("Which month")]
    headline: Annotated[Text, Public(when="permission_on"), About("The headline")]
    context: Annotated[Prose | None, Public(when="permission_on"), About("The behaviour that is rewarded")] = None
    what_they_do: Annotated[
        Prose | None, Public(when="permission_on"), About("What the firm does, for readers who may need it")
    ] = None
    link: Annotated[Url | None, Public(when="permission_on"), About("Where to find them")] = None
    photo: Annotated[FileName | None, Public(when="permission_on"), About("A picture in content/media/")] = None
    photo_alt: Annotated[
        Text | None, Public(when="permission_on"), About("What the picture shows, for those who cannot see it")
    ] = None
    quote: Annotated[Prose | None, Public(when="permission_on"), About("What they say")] = None
    permission_on: Annotated[Day | None, About("When they agreed to be published")] = None
    override_reason: Annotated[Text | None, About("Why it is not the vote's winner")] = None


class StoryKind(StrEnum):
    """Whether we surprised somebody or somebody won."""

    WOW = "wow"
    WIN = "win"


class Story(Document):
    """Something worth telling."""

    FOLDER: ClassVar[str] = "stories"
    ABOUT: ClassVar[str] = "Stories worth telling"
    ADDS: ClassVar[str] = "a page for each story"

    slug: Annotated[str, Field(alias="@slug"), Public(when="permission_on")] = ""
    body: Annotated[str, Field(alias="@body"), Public(when="permission_on")] = ""
    kind: Annotated[StoryKind, choice(StoryKind), choices(StoryKind), Public(when="permission_on"), About("wow or win")]
    client: Annotated[ClientRef | None, Public(when="permission_on"), About("Whose, by the client's id")] = None
    happened_on: Annotated[Day, Public(when="permission_on"), About("When it happened")]
    headline: Annotated[Text, Public(when="permission_on"), About("The headline")]
    permission_on: Annotated[Day | None, About("When they agreed to be published")] = None


class Event(Document):
    """Something to be invited to."""

    FOLDER: ClassVar[str] = "events"
    ABOUT: ClassVar[str] = "Events to invite referrers to"
    ADDS: ClassVar[str] = "a list of events to come"

    title: Annotated[Text, Public(), About("What it is")]
    on: Annotated[Day, Public(), About("When")]
    place: Annotated[Text | None, Field(alias="where"), Public(), About("Where")] = None
    for_: Annotated[Text | None, Field(alias="for"), Public(), About("For whom")] = None


class Terms(Document):
    """A version of the referral agreement."""

    FOLDER: ClassVar[str] = "terms"
    ABOUT: ClassVar[str] = "Versions of your referral agreement"
    ADDS: ClassVar[str] = "the terms, and what changed between versions"

    version: Annotated[Text, Public(), About("Its name, the same as the file's")]
    effective_on: Annotated[Day, Public(), About("From when it holds")]
    title: Annotated[Text, Public(), About("The title")]


class ShareText(Document):
    """Words a referrer can pass on."""

    FOLDER: ClassVar[str] = "share"
    ABOUT: ClassVar[str] = "Words that referrers can pass on"
    ADDS: ClassVar[str] = "texts to copy, by audience and occasion"

    audience: Annotated[AudienceCell | None, Public(), About("For whom")] = None
    trigger: Annotated[Text | None, Public(), About("On which occasion")] = None
    channel: Annotated[Text | None, Public(), About("By which means, for example mail or sms")] = None


COLLECTIONS: tuple[type[Document], ...] = (FreePage, Spotlight, Story, Event, Terms, ShareText)
