"""What of content/, and of the referrers' successes, may be published on as_of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from site_builder.model.portal import Portal
from site_builder.model.public import PublicEvent, PublicShareText, PublicStory, PublicTerms, Win
from site_builder.model.tables import Referral, Status
from site_builder.rules.calendar import plus_months
from site_builder.rules.letters import alphabetical
from site_builder.rules.projection import agreed, client_card, project

WINS_MONTHS = 24
_YEAR = 12
"""How long a win is told on /wins/ (domain, "Private unless listed here")."""


def stories(portal: Portal, lang: str = "") -> tuple[PublicStory, ...]:
    """Return the permitted stories of one language that have happened, the latest first."""
    shown = (
        project(
            item,
            PublicStory,
            client=client_card(portal, item.client) if item.client else None,
            source=item.origin.source,
        )
        for item in portal.stories
        if item.lang == lang and agreed(item.permission_on, portal.as_of) and item.happened_on <= portal.as_of
    )
    return tuple(sorted(shown, key=lambda story: (story.happened_on, story.slug), reverse=True))


def events(portal: Portal, lang: str = "") -> tuple[PublicEvent, ...]:
    """Return the events to come in one language, today's included, the next first."""
    shown = (
        project(item, PublicEvent, source=item.origin.source)
        for item in portal.events
        if item.lang == lang and item.on >= portal.as_of
    )
    return tuple(sorted(shown, key=lambda event: (event.on, event.slug)))


def terms(portal: Portal, lang: str = "") -> tuple[PublicTerms, ...]:
    """Return every version of the terms, the latest first; one that is still to come is published ahead, with its day.

    In a further language they are what was agreed, in the portal's own, until every version is translated: which of them is in
    force must not hang on how far the translator has come.
    """
    own = {item.slug for item in portal.terms if not item.lang}
    translated = {item.slug for item in portal.terms if item.lang == lang}
    used = lang if own <= translated else ""
    shown = (
        project(item, PublicTerms, source=item.origin.source) for item in portal.terms if item.lang == used and item.slug in own
    )
    return tuple(sorted(shown, key=lambda version: (version.effective_on, version.slug), reverse=True))


def share_texts(portal: Portal, lang: str = "") -> tuple[PublicShareText, ...]:
    """Return the words to pass on in one language, by name of their file."""
    shown = (project(item, PublicShareText, source=item.origin.source) for item in portal.share if item.lang == lang)
    return tuple(sorted(shown, key=lambda text: text.slug))


def wins(portal: Portal) -> tuple[Win, ...]:
    """Return named, active referrers' won referrals of 24 months by month and name, each name once a month, the latest first.

    One that was lost after all is no win, whatever day it was won on. One that earns nothing, for somebody was first or it was a
    client already, is a win all the same: thanks are no reward, and whether it earns hangs on who pays and whom others sent. A
    public name that came and went with those would tell of them (domain, "Private unless listed here": noninterference).
    """
    names = {person.referrer_id: person.name for person in portal.referrers if person.named and person.active}
    oldest = plus_months(portal.as_of, -WINS_MONTHS)
    found = {
        Win(names[referral.referrer_id], day.replace(day=1))
        for referral in portal.referrals
        if referral.referrer_id in names
        and referral.status is not Status.LOST
        and (day := won_on(referral))
        and oldest < day <= portal.as_of
    }
    return tuple(sorted(found, key=lambda win: (-win.month.toordinal(), *alphabetical(win.name, win.name))))


def won_on(referral: Referral) -> date | None:
    """Return the day a referral was won: won_on, else status_on while won (domain, "Incentives", step 7); None before."""
    if referral.won_on is not None or referral.status is not Status.WON:
        return referral.won_on
    return referral.status_on


def first_year_revenue(referral: Referral) -> Decimal | None:
    """Return what a customer pays in the first year: as typed, else the fee for up to twelve months; None where unknown."""
    if referral.first_year_revenue is not None or referral.monthly_fee is None:
        return referral.first_year_revenue
    return referral.monthly_fee * min(_YEAR, referral.contract_months or _YEAR)
