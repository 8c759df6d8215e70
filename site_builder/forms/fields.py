"""What the form asks: its fields as they are, and what the portal makes of them (form.fields)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from site_builder.model.settings import FormField, FormSettings


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
    """One field: its name on the wire and what a browser needs to help. label, help and missing are words for the catalogues.

    missing: what to do when a needed answer is empty; "" where the question itself has to serve. own_label, own_help: the
    portal's own words in their place, in its own language; "" for none. Both helps empty: no help. rows: more than one asks for
    several lines. capitals: what a phone's keyboard capitalises (HTML's autocapitalize); "sentences" leaves its spelling help on.
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
    missing: str = ""
    rows: int = 1
    capitals: str = "sentences"
    own_label: str = ""
    own_help: str = ""


def _asked(name: str, label: str, help_: str, autocomplete: str, missing: str, capitals: str) -> Input:
    # The keyboard for addresses holds letters, @ and the full stop; digits are as near as on the usual one.
    inputmode = "email" if capitals == "none" else "text"
    return Input(name, label, help_, autocomplete, inputmode=inputmode, missing=missing, capitals=capitals)


def _later(name: str, label: str, help_: str, autocomplete: str = "off", kind: Kind = Kind.TEXT) -> Input:
    capitals = "words" if autocomplete in {"name", "organization"} or name == "company" else "sentences"
    return Input(name, label, help_, autocomplete, required=False, step=2, kind=kind, capitals=capitals)


def _note(label: str, help_: str) -> Input:
    return replace(_later("note", label, help_), rows=3)


PROSPECT = _asked(
    "prospect",
    N_("Who should we talk to?"),
    N_("A name, or their firm"),
    "off",
    N_("Tell us who it is: a name or a firm is enough."),
    "words",
)
CONTACT = _asked(
    "contact",
    N_("How do we reach them?"),
    N_("An e-mail address or a phone number"),
    "off",
    N_("Tell us how to reach them: an e-mail address or a phone number."),
    "none",
)
REFERRER = _asked(
    "referrer_contact",
    N_("And how do we reach you?"),
    N_("So that we can tell you what became of it"),
    "email",
    N_("Tell us how to reach you: an e-mail address or a phone number."),
    "none",
)
REFERRER_NAME = _later("referrer_name", N_("What is your name?"), N_("So that we know whom to thank"), "name")
MAY_NAME = _later("may_name", N_("We may say that you sent us"), "", kind=Kind.TICK)
FIELDS: tuple[Input, ...] = (
    PROSPECT,
    CONTACT,
    REFERRER,
    _later("company", N_("Which firm are they with?"), N_("If you have not said so already")),
    _later("trigger", N_("What did they say?"), N_("Choose what comes closest"), kind=Kind.PICK),
    REFERRER_NAME,
    _later("call_when", N_("When is a good time to call?"), N_("A day, or a time of day")),
    MAY_NAME,
    _later("told", N_("They know that I am passing this on"), "", kind=Kind.TICK),
    _note(N_("Anything else we should know?"), N_("Please nothing that they would not want us to know")),
)
"""All fields of the form as it is, in the order in which they are asked; their names are columns of leads.csv."""
FRIEND: tuple[Input, ...] = (
    _asked("prospect", N_("What is your name?"), N_("First name is fine"), "name", N_("Tell us your name."), "words"),
    _asked(
        "contact",
        N_("How do we reach you?"),
        N_("An e-mail address or a phone number"),
        "email",
        N_("Tell us how to reach you: an e-mail address or a phone number."),
        "none",
    ),
    _later("company", N_("Which firm are you with?"), "", "organization"),
    _later("call_when", N_("When is a good time to call?"), N_("A day, or a time of day")),
    _note(N_("What is it about?"), N_("A few words are enough")),
)
"""What /meet/CODE/ asks the friend: themselves alone, and nobody whom *they* refer."""
ESSENTIAL = frozenset({PROSPECT.name, CONTACT.name})
"""Without these there is no referral: who it is, and how to reach them."""
_SENDER = frozenset({REFERRER.name, REFERRER_NAME.name})
"""Who is asking already knows them where a personal link was used."""
RESERVED = frozenset(
    {
        *("access_key", "altcha", "apikey", "attachment", "bot_field", "botcheck", "ccemail", "from_name", "redirect"),
        *("replyto", "subject", "webhook"),
        *("consent_version", "lead_key", "received_at", "referrer", "referrer_id", "suspected"),
        *("main", "own", "referral"),  # ids on the page, where each stands once
    }
)
"""Names that back ends, the inbox and the page use for themselves, and so are all that begin with ref_.

Names like form-name and _next are not among them: no field's name holds a hyphen or begins with _.
"""


def is_reserved(name: str) -> bool:
    """Whether a field of the portal's own may not be called so."""
    return name in RESERVED or name.startswith("ref_")


def form_fields(settings: FormSettings, step: int, *, personal: bool = False) -> tuple[Input, ...]:
    """Return what one step asks in this portal: the usual fields, then the portal's own; 1 is what the general page shows.

    A field of the portal's own stands in step 2, and what stands there may stay empty, unless the portal says otherwise.
    personal: without what a personal link already says of the sender.
    """
    changes = {change.name: change for change in settings.fields}
    usual = {field.name for field in FIELDS}
    asked = [_changed(field, changes.get(field.name)) for field in FIELDS]
    asked += [_changed(_later(name, "", ""), change) for name, change in changes.items() if name not in usual]
    wanted = (field for field in asked if field is not None and field.step == step)
    return tuple(field for field in wanted if not (personal and field.name in _SENDER))


def friend_fields(settings: FormSettings, step: int) -> tuple[Input, ...]:
    """Return what one step asks the friend on /meet/CODE/: the usual questions to a friend, without what the portal drops.

    All else in form.fields is a question to somebody who refers and would not fit: "their phone number" asks the friend for
    somebody else's, and a field of the portal's own (or a usual one in another step) is about a firm the friend need not know to
    be asked about. The friend's firm is asked in step 2, as company.
    """
    dropped = {change.name for change in settings.fields if change.drop}
    return tuple(field for field in FRIEND if field.step == step and field.name not in dropped)


def asks_to_name(settings: FormSettings) -> bool:
    """Whether those who refer are asked if they may be named; where they are not, nobody is."""
    return not any(change.name == MAY_NAME.name and change.drop for change in settings.fields)


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
