"""/refer/, /refer/CODE/ and their thanks pages: a referral in seconds, and what happens next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.forms import Form, asks_to_name, referral_form
from site_builder.headers import base_path
from site_builder.model.public import (
    PersonalLink,
    PublicCapacity,
    PublicGuarantee,
    PublicPortal,
    PublicShareText,
    PublicTeamMember,
)
from site_builder.page import Entry, PageKind, Route
from site_builder.pages.share import sendable
from site_builder.problem import Source

_THANKS = Route("/refer/thanks/")
_PERSONAL_THANKS = Route("/refer/{code}/thanks/")


@dataclass(frozen=True)
class ReferView:
    """The form and what answers a referrer's doubts beside it.

    name: whose link it is, where they agreed to be named. code: their link's, for their card and /meet/ page; None on /refer/.
    promise, texts: for those who would rather tell them themselves; texts stand on personal pages, with that person's own link.
    """

    form: Form
    name: str | None
    personal: bool
    code: str | None
    promise: str
    texts: tuple[PublicShareText, ...]
    guarantee: PublicGuarantee | None
    capacity: PublicCapacity | None
    person: PublicTeamMember | None
    respond_within: str | None


@dataclass(frozen=True)
class ThanksView:
    """Who calls, and by when; then what the referrer may pass on. code: of the link they used, None for the general form.

    asks_to_name: whether they could tick that we may say who sent us. texts: words to send, shown with a personal link; without
    one they stand on pages of their own.
    """

    code: str | None
    person: PublicTeamMember | None
    respond_within: str | None
    asks_to_name: bool
    texts: tuple[PublicShareText, ...]


def _view(portal: PublicPortal, link: PersonalLink | None) -> ReferView:
    trust = portal.trust
    code = link.code if link else None
    personal, general = (route.within(portal.lang) for route in (_PERSONAL_THANKS, _THANKS))
    thanks = personal.url(code=code) if code else general.url()
    return ReferView(
        form=referral_form(
            portal.settings,
            thanks_url=base_path(portal.settings) + thanks.lstrip("/"),
            code=code,
            triggers=tuple(trigger.phrase for trigger in portal.positioning.triggers),
        ),
        name=link.name if link else None,
        personal=link is not None,
        code=code,
        promise=portal.positioning.promise,
        texts=_texts(portal, link),
        guarantee=next(iter(trust.guarantees), None) if trust else None,
        capacity=trust.capacity if trust else None,
        person=next(iter(trust.team), None) if trust else None,
        respond_within=portal.settings.form.respond_within,
    )


def _refer(portal: PublicPortal) -> Iterable[Entry[ReferView]]:
    yield Entry(_view(portal, None), Source("data/portal.yaml"))


def _personal(portal: PublicPortal) -> Iterable[Entry[ReferView]]:
    for link in portal.personal_links:
        yield Entry(_view(portal, link), link.source, (("code", link.code),))


def _texts(portal: PublicPortal, link: PersonalLink | None) -> tuple[PublicShareText, ...]:
    """Return what may be sent with a personal link: all texts, for which of them fit would tell who somebody is."""
    return sendable(portal.share) if link else ()


def _thanks_view(portal: PublicPortal, link: PersonalLink | None) -> ThanksView:
    person = next(iter(portal.trust.team), None) if portal.trust else None
    form = portal.settings.form
    return ThanksView(link.code if link else None, person, form.respond_within, asks_to_name(form), _texts(portal, link))


def _thanks(portal: PublicPortal) -> Iterable[Entry[ThanksView]]:
    yield Entry(_thanks_view(portal, None), Source("data/portal.yaml"))


def _personal_thanks(portal: PublicPortal) -> Iterable[Entry[ThanksView]]:
    for link in portal.personal_links:
        yield Entry(_thanks_view(portal, link), link.source, (("code", link.code),))


REFER = PageKind("refer", Route("/refer/"), "refer.html", ReferView, _refer)
REFER_PERSONAL = PageKind("refer_personal", Route("/refer/{code}/"), "refer.html", ReferView, _personal, indexed=False)
REFER_THANKS = PageKind("refer_thanks", _THANKS, "refer_thanks.html", ThanksView, _thanks, indexed=False)
REFER_PERSONAL_THANKS = PageKind(
    "refer_personal_thanks", _PERSONAL_THANKS, "refer_thanks.html", ThanksView, _personal_thanks, indexed=False
)
