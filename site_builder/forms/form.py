"""A form ready to show: what it asks, where it goes, and what is sent along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from site_builder.forms.backends import CONTRACTS, Pairs
from site_builder.forms.fields import N_, Input, asks_to_name, form_fields, friend_fields
from site_builder.model.public import PublicSettings

CONSENT_VERSION = "2026-12"
"""Of the consent words below and on /privacy/, sent along and kept with the lead: another wording gets another version."""
SUBJECT = N_("A referral")
_WORDED_IN = "en"
"""The language of the consent words as they stand here."""


class Sender(StrEnum):
    """Who fills the form in: somebody who refers, or the friend themself (ref_kind on the wire)."""

    REFERRAL = "referral"
    SELF = "self"


CONSENT = {
    Sender.REFERRAL: N_(
        "We use it to get in touch with them and to tell you what became of it, do not say who sent us unless you tick that we "
        "may, and delete it on request."
    ),
    Sender.SELF: N_("We use it to get in touch with you and for nothing else, and delete it on request."),
}
NAMELESS = N_(
    "We use it to get in touch with them and to tell you what became of it, do not say who sent us, and delete it on request."
)
"""The same to those who refer, where the portal dropped the question whether they may be named."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form ready to show.

    kind: who fills it in. fields: step 1; more: step 2, all of which may stay empty. triggers: what a prospect may have said, to
    choose from. hidden: name and value of what is sent along. honeypot: the field people leave empty; honeypot_ticks: whether it
    is a box. consent: words for the catalogues, of consent_version. attributes, ok, retry, accept, fetchable: see Contract.
    thanks_url: the page it ends on. challenge: where a script asks for a proof of work, "" for none. by_mail: it opens the
    visitor's mail program, with the subject, in words for the catalogues, which the theme adds to the action.
    """

    action: str
    enctype: str
    kind: Sender
    fields: tuple[Input, ...]
    more: tuple[Input, ...]
    triggers: tuple[str, ...]
    hidden: Pairs
    attributes: Pairs
    honeypot: str
    honeypot_ticks: bool
    consent: str
    consent_version: str
    thanks_url: str
    ok: tuple[int, ...]
    retry: tuple[int, ...]
    accept: str
    fetchable: bool
    by_mail: bool
    challenge: str
    subject: str = SUBJECT


def referral_form(settings: PublicSettings, *, thanks_url: str, code: str | None, triggers: tuple[str, ...] = ()) -> Form:
    """Return the form for somebody who refers: usually three fields at first, two on their own page (code).

    triggers: phrases that may be chosen in step 2; without any that question is not asked.
    """
    first, second = (form_fields(settings.form, step, personal=bool(code)) for step in (1, 2))
    return _form(settings, Sender.REFERRAL, (first, second), thanks_url=thanks_url, code=code, triggers=triggers)


def friend_form(settings: PublicSettings, *, thanks_url: str, code: str) -> Form:
    """Return the friend's own form on /meet/CODE/: their name and how to reach them; ref_kind says that they wrote themselves."""
    first, second = (friend_fields(settings.form, step) for step in (1, 2))
    return _form(settings, Sender.SELF, (first, second), thanks_url=thanks_url, code=code, triggers=())


def consent_version(locale: str) -> str:
    """Return which wording of the consent is shown: "2026-11", and in another language than English "2026-11-de"."""
    language = locale.partition("-")[0]
    return CONSENT_VERSION if language == _WORDED_IN else f"{CONSENT_VERSION}-{language}"


def form_target(settings: PublicSettings) -> str:
    """Return the CSP source the form may post to: an origin, 'self' or mailto:."""
    return CONTRACTS[settings.form.backend].form_action(settings)


def connect_sources(settings: PublicSettings) -> tuple[str, ...]:
    """Return the CSP sources a page's script may post to; none for a form that opens a mail."""
    source = CONTRACTS[settings.form.backend].connect(settings)
    return (source,) if source else ()


def _form(
    settings: PublicSettings,
    kind: Sender,
    steps: tuple[tuple[Input, ...], tuple[Input, ...]],
    *,
    thanks_url: str,
    code: str | None,
    triggers: tuple[str, ...],
) -> Form:
    contract = CONTRACTS[settings.form.backend]
    fields, more = steps
    proves = settings.form.proof_of_work and contract.proves
    action = contract.action(settings, thanks_url)
    return Form(
        action=action,
        enctype=contract.enctype,
        kind=kind,
        fields=(*fields[:-1], replace(fields[-1], enterkeyhint="send")),
        more=tuple(field for field in more if triggers or field.name != "trigger"),
        triggers=triggers,
        hidden=(
            *contract.hidden(settings, thanks_url),
            *(_declared(settings, (*fields, *more), code) if contract.declares else ()),
            *_sent_along(kind, code, tracked=contract.fetchable, proves=proves),
            ("consent_version", consent_version(settings.locale)),
        ),
        attributes=contract.attributes,
        honeypot=contract.honeypot if contract.fetchable else "",
        honeypot_ticks=contract.ticks,
        consent=CONSENT[kind] if kind is Sender.SELF or asks_to_name(settings.form) else NAMELESS,
        consent_version=consent_version(settings.locale),
        thanks_url=thanks_url,
        ok=contract.ok,
        retry=contract.retry,
        accept=contract.accept,
        fetchable=contract.fetchable,
        by_mail=not contract.fetchable,
        challenge=f"{action.rstrip('/')}/challenge" if proves else "",
    )


def _declared(settings: PublicSettings, asked: tuple[Input, ...], code: str | None) -> Pairs:
    """Return, empty, what other forms of this portal ask and this one does not: one form by name then has one set of fields."""
    names = {field.name for field in asked}
    everywhere = (field.name for step in (1, 2) for field in form_fields(settings.form, step))
    return (*((name, "") for name in everywhere if name not in names), *(() if code else (("referrer", ""),)))


def _sent_along(kind: Sender, code: str | None, *, tracked: bool, proves: bool) -> Pairs:
    """Return the hidden fields of our own. All stand in the HTML, for some back ends keep no others.

    tracked: with those by which later snapshots of one referral are known as such; a mail has no use for them.
    """
    snapshot = (("ref_key", ""), ("ref_step", "1"), ("ref_seq", "1"), ("ref_ms", ""))
    return (
        *((("referrer", code),) if code else ()),
        *((("ref_kind", kind.value),) if tracked or kind is Sender.SELF else ()),
        *(snapshot if tracked else ()),
        *((("altcha", ""),) if proves else ()),
    )
