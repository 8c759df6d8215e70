"""The referral form as data, and the back ends it can post to.

Step 1 is a complete referral: who it is, how to reach them and, where nobody's link was used, how to reach the sender. Step 2
asks for more when the referral is sent, and everything in it may stay empty. The portal may call fields otherwise, leave some
out and add its own (form.fields). Words are marked with N_ for the catalogues and translated where they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import quote, urlsplit

from site_builder.model.public import PublicSettings
from site_builder.model.settings import BackEnd, FormField, FormSettings

WEB3FORMS = "https://api.web3forms.com/submit"


def N_(words: str) -> str:  # noqa: N802  # gettext's own name for "translate later"
    """Mark words for the catalogues without translating them here."""
    return words


class Kind(StrEnum):
    """What a visitor does to answer."""

    TEXT = "text"
    TICK = "tick"
    PICK = "pick"


@dataclass(frozen=True, slots=True)
class Input:
    """One field: its name on the wire and what a browser needs to help. label and help are words for the catalogues.

    own_label, own_help: the portal's own words in their place, in its own language; "" for none. Both helps empty: no help.
    """

    name: str
    label: str
    help: str
    autocomplete: str
    inputmode: str = "text"
    enterkeyhint: str = "next"
    required: bool = True
    step: int = 1
    kind: Kind = Kind.TEXT
    own_label: str = ""
    own_help: str = ""


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


def _later(name: str, label: str, help_: str, autocomplete: str = "off", kind: Kind = Kind.TEXT) -> Input:
    return Input(name, label, help_, autocomplete, required=False, step=2, kind=kind)


PROSPECT = Input("prospect", N_("Who should we talk to?"), N_("A name, or their firm"), "off")
CONTACT = Input("contact", N_("How do we reach them?"), N_("An e-mail address or a phone number"), "off")
REFERRER = Input("referrer_contact", N_("And how do we reach you?"), N_("So that we can tell you what became of it"), "email")
FIELDS: tuple[Input, ...] = (
    PROSPECT,
    CONTACT,
    REFERRER,
    _later("company", N_("Which firm are they with?"), N_("If you have not said so already")),
    _later("trigger", N_("What did they say?"), N_("Choose what comes closest"), kind=Kind.PICK),
    _later("referrer_name", N_("What is your name?"), N_("So that we know whom to thank"), "name"),
    _later("call_when", N_("When is a good time to call?"), N_("A day, or a time of day")),
    _later("may_name", N_("May we say that you sent us?"), "", kind=Kind.TICK),
    _later("told", N_("Do they know that we will get in touch?"), "", kind=Kind.TICK),
    _later("note", N_("Anything else we should know?"), N_("Please nothing that they would not want us to know")),
)
"""All fields of the form as it is, in the order in which they are asked; their names are columns of leads.csv."""
ESSENTIAL = frozenset({PROSPECT.name, CONTACT.name})
"""Without these there is no referral: who it is, and how to reach them."""
RESERVED = frozenset(
    {
        *("access_key", "apikey", "bot_field", "botcheck", "ccemail", "from_name", "redirect", "replyto", "subject", "webhook"),
        *("consent_version", "lead_key", "received_at", "referrer", "referrer_id", "suspected"),
        *("main", "own"),  # ids on the page, where each stands once
    }
)
"""Names that back ends, the inbox and the page use for themselves, and so are all that begin with ref_.

Names like form-name and _next are not among them: no field's name holds a hyphen or begins with _.
"""


def is_reserved(name: str) -> bool:
    """Whether a field of the portal's own may not be called so."""
    return name in RESERVED or name.startswith("ref_")


def form_fields(settings: FormSettings, step: int) -> tuple[Input, ...]:
    """Return what one step asks in this portal: the usual fields, then the portal's own; 1 is what the general page shows.

    A field of the portal's own stands in step 2, and what stands there may stay empty, unless the portal says otherwise.
    """
    changes = {change.name: change for change in settings.fields}
    usual = {field.name for field in FIELDS}
    asked = [_changed(field, changes.get(field.name)) for field in FIELDS]
    asked += [_changed(_later(name, "", ""), change) for name, change in changes.items() if name not in usual]
    return tuple(field for field in asked if field is not None and field.step == step)


def _changed(field: Input, change: FormField | None) -> Input | None:
    """Return a field as the portal wants it, None for one it drops."""
    if change is None:
        return field
    if change.drop:
        return None
    step = field.step if change.step is None else change.step
    return replace(
        field,
        required=field.required and step == 1 if change.required is None else change.required,
        step=step,
        own_label=change.label or "",
        own_help=change.help or "",
    )


FRIEND = Input("prospect", N_("What is your name?"), N_("First name is fine"), "name")
FRIEND_CONTACT = Input("contact", N_("How do we reach you?"), N_("An e-mail address or a phone number"), "email")


def referral_form(settings: PublicSettings, *, thanks_url: str, code: str | None) -> Form:
    """Return step 1: three fields unless the portal changes them, without the sender's own on their personal page (code)."""
    fields = tuple(field for field in form_fields(settings.form, 1) if not code or field.name != REFERRER.name)
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
