"""The referral form as data, and the back ends it can post to.

Step 1 is a complete referral: who it is, how to reach them and, where nobody's link was used, how to reach the sender. Words are
marked with N_ for the catalogues and translated where they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from site_builder.model.public import PublicSettings
from site_builder.model.settings import BackEnd

WEB3FORMS = "https://api.web3forms.com/submit"


def N_(words: str) -> str:  # noqa: N802  # gettext's own name for "translate later"
    """Mark words for the catalogues without translating them here."""
    return words


@dataclass(frozen=True, slots=True)
class Input:
    """One field: its name on the wire and what a browser needs to help. label and help are words for the catalogues."""

    name: str
    label: str
    help: str
    autocomplete: str
    inputmode: str = "text"
    enterkeyhint: str = "next"
    required: bool = True


SUBJECT = N_("A referral")


@dataclass(frozen=True, slots=True)
class Form:
    """A form ready to show.

    hidden: name and value of what is sent along. by_mail: it opens the visitor's mail program, with the subject, in words for the
    catalogues, which the theme adds to the action.
    """

    action: str
    enctype: str
    fields: tuple[Input, ...]
    hidden: tuple[tuple[str, str], ...]
    netlify: bool
    by_mail: bool
    subject: str = SUBJECT


PROSPECT = Input("prospect", N_("Who should we talk to?"), N_("A name, or their firm"), "off")
CONTACT = Input("contact", N_("How do we reach them?"), N_("An e-mail address or a phone number"), "off")
REFERRER = Input("referrer_contact", N_("And how do we reach you?"), N_("So that we can tell you what became of it"), "email")


FRIEND = Input("prospect", N_("What is your name?"), N_("First name is fine"), "name")
FRIEND_CONTACT = Input("contact", N_("How do we reach you?"), N_("An e-mail address or a phone number"), "email")


def referral_form(settings: PublicSettings, *, thanks_url: str, code: str | None) -> Form:
    """Return step 1: three fields, or two on the personal page of the referrer with this link code."""
    fields = (PROSPECT, CONTACT) if code else (PROSPECT, CONTACT, REFERRER)
    return _form(settings, fields, thanks_url=thanks_url, sent_along=_referrer(code))


def friend_form(settings: PublicSettings, *, thanks_url: str, code: str) -> Form:
    """Return the friend's own form on /meet/CODE/: their name and how to reach them; ref_kind says that they wrote themselves."""
    sent_along = (*_referrer(code), ("ref_kind", "self"))
    return _form(settings, (FRIEND, FRIEND_CONTACT), thanks_url=thanks_url, sent_along=sent_along)


def _form(
    settings: PublicSettings, fields: tuple[Input, ...], *, thanks_url: str, sent_along: tuple[tuple[str, str], ...]
) -> Form:
    backend = settings.form.backend
    by_mail = backend is BackEnd.MAILTO
    return Form(
        action=_action(settings, thanks_url),
        enctype="text/plain" if by_mail else "application/x-www-form-urlencoded",
        fields=(*fields[:-1], replace(fields[-1], enterkeyhint="send")),
        hidden=(*_hidden(settings), *sent_along),
        netlify=backend is BackEnd.NETLIFY,
        by_mail=by_mail,
    )


def _referrer(code: str | None) -> tuple[tuple[str, str], ...]:
    return (("referrer", code),) if code else ()


def _action(settings: PublicSettings, thanks_url: str) -> str:
    """Return where the form goes: the endpoint, our own thanks page (Netlify reads posts to it), or a mail."""
    if settings.form.backend is BackEnd.MAILTO:
        return f"mailto:{quote(settings.contact.email, safe='@+')}"
    if settings.form.backend is BackEnd.NETLIFY:
        return thanks_url
    if settings.form.backend is BackEnd.WEB3FORMS:
        return WEB3FORMS
    return settings.form.endpoint or ""


def _hidden(settings: PublicSettings) -> tuple[tuple[str, str], ...]:
    """Return what each back end wants sent along."""
    absolute = settings.base_url.rstrip("/") + "/refer/thanks/"
    return {
        BackEnd.NETLIFY: (("form-name", "referral"),),
        BackEnd.WEB3FORMS: (("access_key", settings.form.access_key or ""), ("redirect", absolute)),
        BackEnd.FORMSPREE: (("_next", absolute),),
    }.get(settings.form.backend, ())


def form_target(settings: PublicSettings) -> str:
    """Return the CSP source the form may post to: an origin, 'self' or mailto:."""
    action = _action(settings, "")
    if not action:
        return "'self'"
    parts = urlsplit(action)
    return "mailto:" if parts.scheme == "mailto" else f"{parts.scheme}://{parts.netloc}"
