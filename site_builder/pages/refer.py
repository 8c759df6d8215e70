"""/refer/, /refer/CODE/ and /refer/thanks/: a referral in seconds, and what happens next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.forms import Form, referral_form
from site_builder.headers import base_path
from site_builder.model.public import PublicCapacity, PublicGuarantee, PublicPortal, PublicTeamMember
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source

_THANKS = Route("/refer/thanks/")


@dataclass(frozen=True)
class ReferView:
    """The form and what answers a referrer's doubts beside it.

    name: whose link it is, where they agreed to be named. code: their link's, for their card and /meet/ page; None on /refer/.
    """

    form: Form
    name: str | None
    personal: bool
    code: str | None
    guarantee: PublicGuarantee | None
    capacity: PublicCapacity | None
    person: PublicTeamMember | None
    respond_within: str | None


@dataclass(frozen=True)
class ThanksView:
    """Who calls, and by when."""

    person: PublicTeamMember | None
    respond_within: str | None


def _view(portal: PublicPortal, *, code: str | None, name: str | None) -> ReferView:
    trust = portal.trust
    return ReferView(
        form=referral_form(portal.settings, thanks_url=base_path(portal.settings) + _THANKS.url().lstrip("/"), code=code),
        name=name,
        personal=code is not None,
        code=code,
        guarantee=next(iter(trust.guarantees), None) if trust else None,
        capacity=trust.capacity if trust else None,
        person=next(iter(trust.team), None) if trust else None,
        respond_within=portal.settings.form.respond_within,
    )


def _refer(portal: PublicPortal) -> Iterable[Entry[ReferView]]:
    yield Entry(_view(portal, code=None, name=None), Source("data/portal.yaml"))


def _personal(portal: PublicPortal) -> Iterable[Entry[ReferView]]:
    for link in portal.personal_links:
        yield Entry(_view(portal, code=link.code, name=link.name), link.source, (("code", link.code),))


def _thanks(portal: PublicPortal) -> Iterable[Entry[ThanksView]]:
    person = next(iter(portal.trust.team), None) if portal.trust else None
    yield Entry(ThanksView(person, portal.settings.form.respond_within), Source("data/portal.yaml"))


REFER = PageKind("refer", Route("/refer/"), "refer.html", ReferView, _refer)
REFER_PERSONAL = PageKind("refer_personal", Route("/refer/{code}/"), "refer.html", ReferView, _personal, indexed=False)
REFER_THANKS = PageKind("refer_thanks", _THANKS, "refer_thanks.html", ThanksView, _thanks, indexed=False)
