"""The whole of what the owner wrote, and the part of it that may be published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from site_builder.model.content import Event, FreePage, ShareText, Spotlight, Story, Terms
from site_builder.model.documents import Nurture, Positioning, Rewards, Trust
from site_builder.model.incentives import Incentives
from site_builder.model.settings import Settings
from site_builder.model.tables import (
    Client,
    Gift,
    Introduction,
    Lead,
    Nomination,
    Payout,
    Practice,
    Referral,
    Referrer,
    Review,
    Vote,
)
from site_builder.problem import Source


class TicketTotal(NamedTuple):
    """A client's tickets of one month, folded while read: the table may have a million rows, and a tuple is made sooner."""

    month: str
    endpoints: int
    tickets: int


@dataclass(frozen=True)
class Media:
    """A picture the owner supplied: its size in CSS pixels, and its kind ("svg", "jpeg" …).

    Both sizes are 0 and the kind is "" where the file could not be read; then an error says so.
    """

    name: str
    width: int
    height: int
    kind: str = ""


@dataclass(frozen=True)
class Translations:
    """What texts of data/ are in another language, by the text as it stands there.

    sources: where each is written; waiting: texts that stand there without a translation yet.
    """

    lang: str
    words: Mapping[str, str]
    sources: Mapping[str, Source]
    waiting: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Portal:
    """Everything, validated.

    as_of: the day it speaks for. absent: files and folders that are not started, by path ("data/trust.yaml", "content/pages").
    Tables that are absent are empty. Order of rows is the file's; no rule depends on it. translations: of texts in data/, by
    language (content/LANG/words.yaml).
    """

    as_of: date
    settings: Settings
    positioning: Positioning
    incentives: Incentives
    trust: Trust | None = None
    rewards: Rewards | None = None
    nurture: Nurture | None = None
    clients: tuple[Client, ...] = ()
    referrers: tuple[Referrer, ...] = ()
    reviews: tuple[Review, ...] = ()
    referrals: tuple[Referral, ...] = ()
    payouts: tuple[Payout, ...] = ()
    tickets: dict[str, tuple[TicketTotal, ...]] = field(default_factory=dict)
    practices: tuple[Practice, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    votes: tuple[Vote, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    gifts: tuple[Gift, ...] = ()
    leads: tuple[Lead, ...] = ()
    pages: tuple[FreePage, ...] = ()
    spotlights: tuple[Spotlight, ...] = ()
    stories: tuple[Story, ...] = ()
    events: tuple[Event, ...] = ()
    terms: tuple[Terms, ...] = ()
    share: tuple[ShareText, ...] = ()
    media: tuple[Media, ...] = ()
    absent: frozenset[str] = frozenset()
    translations: tuple[Translations, ...] = ()

    @cached_property
    def client_by_id(self) -> dict[str, Client]:
        """Clients by their id."""
        return {client.client_id: client for client in self.clients}
