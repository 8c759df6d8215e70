"""Forms of a small portal whose form: is given by key."""

from __future__ import annotations

from dataclasses import replace

from site_builder.forms import Form, friend_form, referral_form
from site_builder.model.public import PublicSettings
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, settings

CODE = "7ZQ0MK3B"
PHRASES = ("They take two days.",)


def published(**form: object) -> PublicSettings:
    """The settings that pages see, with these keys under form:."""
    return public_portal(replace(PORTAL, settings=settings(form=form))).settings


def form(**values: object) -> Form:
    """The referral form of such a portal, for everybody."""
    return referral_form(published(**values), thanks_url="/refer/thanks/", code=None, triggers=PHRASES)


def personal(**values: object) -> Form:
    """The same on somebody's own page."""
    return referral_form(published(**values), thanks_url=f"/refer/{CODE}/thanks/", code=CODE, triggers=PHRASES)


def friends(**values: object) -> Form:
    """The friend's own form of such a portal."""
    return friend_form(published(**values), thanks_url="/meet/thanks/", code=CODE)
