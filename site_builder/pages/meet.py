"""/meet/CODE/ with its thanks page, the card and the old addresses: what a personal link leads to, for the friend who was sent.

The friend asks three things: who sent me, why should I trust you, what is the one step. Nobody asks them whom *they* refer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.forms import Form, friend_form
from site_builder.headers import base_path
from site_builder.model.public import PersonalLink, PublicGuarantee, PublicPortal, PublicTeamMember, PublicTestimonial
from site_builder.page import Entry, PageKind, Route
from site_builder.pages.rewards import Offer, friend_offers
from site_builder.problem import Source

_THANKS = Route("/meet/thanks/")
_FACES = 3


@dataclass(frozen=True)
class MeetView:
    """Who sent them (None without consent), why to trust us, and one step to talk."""

    name: str | None
    form: Form
    promise: str
    offers: tuple[Offer, ...]
    guarantee: PublicGuarantee | None
    testimonial: PublicTestimonial | None
    faces: tuple[PublicTeamMember, ...]
    respond_within: str | None


@dataclass(frozen=True)
class MeetThanksView:
    """Who calls the friend, and by when; the way on leads to what speaks for us, never to a form for people *they* know."""

    person: PublicTeamMember | None
    respond_within: str | None


@dataclass(frozen=True)
class CardView:
    """A printable card. code: of the /meet/ page its QR code leads to; name: whose it is, where they agreed to be named."""

    code: str
    name: str | None
    promise: str


@dataclass(frozen=True)
class MovedView:
    """An old address. kind: of the page it leads to; code: the present one."""

    kind: str
    code: str


def _meet(portal: PublicPortal) -> Iterable[Entry[MeetView]]:
    trust = portal.trust
    for link in portal.personal_links:
        view = MeetView(
            name=link.name,
            form=friend_form(portal.settings, thanks_url=_thanks_url(portal), code=link.code),
            promise=portal.positioning.promise,
            offers=friend_offers(portal),
            guarantee=next(iter(trust.guarantees), None) if trust else None,
            testimonial=next(iter(trust.testimonials), None) if trust else None,
            faces=trust.team[:_FACES] if trust else (),
            respond_within=portal.settings.form.respond_within,
        )
        yield Entry(view, link.source, (("code", link.code),))


def _thanks_url(portal: PublicPortal) -> str:
    return base_path(portal.settings) + _THANKS.within(portal.lang).url().lstrip("/")


def _thanks(portal: PublicPortal) -> Iterable[Entry[MeetThanksView]]:
    """Return the page where there is a form that leads to it."""
    if portal.personal_links:
        person = next(iter(portal.trust.team), None) if portal.trust else None
        yield Entry(MeetThanksView(person, portal.settings.form.respond_within), Source("data/portal.yaml"))


def _cards(portal: PublicPortal) -> Iterable[Entry[CardView]]:
    for link in portal.personal_links:
        yield Entry(CardView(link.code, link.name, portal.positioning.promise), link.source, (("code", link.code),))


def _moved(portal: PublicPortal, kind: str) -> Iterable[Entry[MovedView]]:
    for link, old in _old_codes(portal):
        yield Entry(MovedView(kind, link.code), link.source, (("code", old),))


def _old_codes(portal: PublicPortal) -> Iterable[tuple[PersonalLink, str]]:
    """Return each link with each code it once had."""
    return ((link, old) for link in portal.personal_links for old in link.old_codes)


MEET = PageKind("meet", Route("/meet/{code}/"), "meet.html", MeetView, _meet, indexed=False)
MEET_THANKS = PageKind("meet_thanks", _THANKS, "meet_thanks.html", MeetThanksView, _thanks, indexed=False)
CARD = PageKind("card", Route("/refer/{code}/card/"), "card.html", CardView, _cards, indexed=False)
REFER_MOVED = PageKind(
    "refer_moved",
    Route("/refer/{code}/"),
    "moved.html",
    MovedView,
    lambda portal: _moved(portal, "refer_personal"),
    indexed=False,
)
MEET_MOVED = PageKind(
    "meet_moved", Route("/meet/{code}/"), "moved.html", MovedView, lambda portal: _moved(portal, "meet"), indexed=False
)
