"""What a check is handed: the portal, what its rules say of it, and the words that give a claim away in its language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from site_builder.checks.thresholds import threshold
from site_builder.model.portal import Portal
from site_builder.rules.programme import Programme


@dataclass(frozen=True, slots=True)
class Wording:
    """Words by which a check knows a claim, as site_builder.checks.claimed reads them; none for a language without a list.

    table_stakes: what everybody says (P102). better: what claims to be better than others (P103). everybody: what means no
    segment at all (P105). price: what makes the price the claim (P106). technology: tools and machines (P107). asking: what asks
    a client for a referral (N105).
    """

    language: str = ""
    table_stakes: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    everybody: tuple[str, ...] = ()
    price: tuple[str, ...] = ()
    technology: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A portal to be checked."""

    portal: Portal
    wording: Wording = Wording()

    @cached_property
    def programme(self) -> Programme:
        """What the rules say of it."""
        return Programme(self.portal)

    def threshold(self, name: str) -> Decimal:
        """Return a threshold's value here."""
        return threshold(self.portal, name)
