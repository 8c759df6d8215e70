"""Pages that need little: /privacy/, the owner's own pages, and the one for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.forms import CONTRACTS, asks_to_name, consent_version
from site_builder.model.public import PublicFreePage, PublicPortal
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source

_OWN_PAGES = 60
"""Free pages stand behind the portal's own in the menu, in the owner's order."""


@dataclass(frozen=True)
class PrivacyView:
    """What /privacy/ says of the form.

    by_mail: it is a mail program of the visitor's own. maker: who receives it for us, "" for ourselves. kept_for: how long what
    led nowhere is kept, None where the owner says no time. asks_to_name: whether those who refer can tick that we may say who
    sent us. consent_version: of these words and those beside the button.
    """

    by_mail: bool
    maker: str
    kept_for: str | None
    asks_to_name: bool
    consent_version: str


@dataclass(frozen=True)
class FreePageView:
    """A page of the owner's own."""

    page: PublicFreePage


@dataclass(frozen=True)
class NotFoundView:
    """/404.html: nothing but the ways back."""


def _privacy(portal: PublicPortal) -> Iterable[Entry[PrivacyView]]:
    form = portal.settings.form
    contract = CONTRACTS[form.backend]
    version = consent_version(portal.settings.locale)
    view = PrivacyView(not contract.fetchable, contract.maker, form.kept_for, asks_to_name(form), version)
    yield Entry(view, Source("data/portal.yaml"))


def _free(portal: PublicPortal) -> Iterable[Entry[FreePageView]]:
    for page in portal.pages:
        nav = None if page.nav_order is None else _OWN_PAGES + page.nav_order
        yield Entry(FreePageView(page), page.source, (("page", page.slug),), page.title, nav)


def _not_found(_portal: PublicPortal) -> Iterable[Entry[NotFoundView]]:
    yield Entry(NotFoundView(), Source("data/portal.yaml"))


PRIVACY = PageKind("privacy", Route("/privacy/"), "privacy.html", PrivacyView, _privacy)
FREE_PAGE = PageKind("page", Route("/{page}/"), "page.html", FreePageView, _free)
NOT_FOUND = PageKind("not_found", Route("/404.html"), "404.html", NotFoundView, _not_found, indexed=False, spoken=False)
