"""What has come in and is not in the tables yet: a row of leads.csv for each lead, and one of referrals.csv for each new one."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from site_builder.forms import FIELDS
from site_builder.inbox.cells import line, note, tick
from site_builder.inbox.freemail import address, own_domain
from site_builder.inbox.ids import next_id
from site_builder.leads.snapshot import Kind, Lead
from site_builder.model.portal import Portal
from site_builder.model.tables import Lead as LeadRow
from site_builder.model.tables import Referral, Referrer, Status

_LINES: Final = ("prospect", "contact", "referrer_contact", "referrer_name", "company", "trigger", "call_when")
_TICKS: Final = ("may_name", "told")
# What the first submission said stays: when it came and from whom, and whether somebody has looked at it.
_KEPT: Final = frozenset({"lead_key", "received_at", "referrer_id", "suspected"})
_ERASED: Final = "erased-"
_SHORT: Final = 16

Cells = Mapping[str, str]
"""A column's name → its text."""


class Sender(StrEnum):
    """How it is known who sent somebody."""

    CODE = "code"
    ADDRESS = "address"
    """By their e-mail address, which stands in referrers.csv once."""
    STRANGE_CODE = "strange_code"
    """A link code that is nobody's: they are not known."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a lead adds. row: its cells in leads.csv, all of them where is_new, those that change otherwise; none: no change.

    referral: the new row of referrals.csv; None where there is one, or was. referral_id: "" where there is none any more.
    """

    lead: Lead
    row: Cells
    is_new: bool
    referral: Referral | None
    referral_id: str
    sender: Sender
    referrer_id: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What has come in, the first received first. suspected: what looks like a robot's and nobody accepted; not to be written."""

    arrivals: tuple[Arrival, ...]
    suspected: tuple[Arrival, ...]


def arrivals(portal: Portal, leads: Iterable[Lead], *, accepted: Collection[str] = ()) -> Arrivals:
    """Compare what came in with the tables; what adds nothing to them is left out, and so is who was erased.

    accepted: keys of suspected leads that somebody has looked at. A key that stands in either table makes no further referral:
    its row may have been deleted on purpose. Ids are given in the order of arrival, the suspected ones' as if they came alone.
    """
    tables = _Tables(portal)
    found: list[Arrival] = []
    doubtful: list[Arrival] = []
    referrals = list(portal.referrals)
    for lead in sorted(leads, key=lambda each: (each.received_at, each.key)):
        if tombstone(lead.key) in tables.rows:
            continue
        arrival = tables.arrival(lead, referrals)
        if not arrival.row and arrival.referral is None:
            continue
        if lead.suspected and lead.key not in accepted:
            doubtful.append(arrival)
            continue
        found.append(arrival)
        if arrival.referral is not None:
            referrals.append(arrival.referral)
    return Arrivals(tuple(found), tuple(doubtful))


def with_arrivals(portal: Portal, found: Iterable[Arrival]) -> Portal:
    """Return the portal with the new referrals, speaking for the day of the latest of them if that is later than its own."""
    new = tuple(each.referral for each in found if each.referral is not None)
    as_of = max((portal.as_of, *(each.received_on for each in new)))
    return replace(portal, as_of=as_of, referrals=(*portal.referrals, *new))


def tombstone(key: str) -> str:
    """Return what stands in lead_key for somebody who was erased: the key cannot be had from it, and is known again by it."""
    return _ERASED + hashlib.sha256(key.encode()).hexdigest()[:_SHORT]


def is_tombstone(lead_key: str) -> bool:
    """Whether a row of leads.csv is of somebody who was erased."""
    return lead_key.startswith(_ERASED)


def cells_of(referral: Referral) -> Cells:
    """Return a referral's row as text, without the columns it leaves empty."""
    values = {name: getattr(referral, name) for name in Referral.model_fields if name != "origin"}
    return {name: str(value) for name, value in values.items() if value is not None}


class _Tables:
    """What the portal's tables say already, found by key, code and address."""

    def __init__(self, portal: Portal) -> None:
        self.rows = {row.lead_key: row for row in portal.leads}
        self._zone = ZoneInfo(portal.settings.timezone)
        self._own_fields = tuple(each.name for each in portal.settings.form.fields)
        self._referrals = {each.lead_key: each for each in portal.referrals if each.lead_key is not None}
        self._codes = _by_code(portal.referrers)
        self._addresses = _by_address(portal.referrers)

    def arrival(self, lead: Lead, referrals: Sequence[Referral]) -> Arrival:
        """Return what a lead adds. referrals: all so far, new ones too."""
        referral = self._referrals.get(lead.key)
        sender, person = self._sender(lead) if referral is None else (Sender.UNKNOWN, referral.referrer_id or "")
        row: Cells = self._row(lead, person)
        former = self.rows.get(lead.key)
        if former is not None:
            row = _changed(former, row)
        new = None
        if former is None and referral is None:
            new = referral = self._referral(lead, person, referrals)
        return Arrival(lead, row, former is None, new, referral.referral_id if referral is not None else "", sender, person)

    def _sender(self, lead: Lead) -> tuple[Sender, str]:
        code = lead.fields.get("referrer", "").strip().casefold()
        if code:
            return (Sender.CODE, self._codes[code]) if code in self._codes else (Sender.STRANGE_CODE, "")
        known = self._addresses.get(address(lead.fields.get("referrer_contact", "")), "")
        return (Sender.ADDRESS, known) if known else (Sender.UNKNOWN, "")

    def _row(self, lead: Lead, referrer_id: str) -> dict[str, str]:
        fields = lead.fields
        cells = {
            "lead_key": lead.key,
            "received_at": lead.received_at.astimezone(self._zone).isoformat(timespec="seconds"),
            **{name: line(fields.get(name, "")) for name in _LINES},
            **{name: tick(fields.get(name, "")) for name in _TICKS},
            "referrer_id": referrer_id,
            "note": note("\n".join((fields.get("note", ""), *self._further(fields)))),
            "consent_version": line(fields.get("consent_version", "")),
        }
        return {name: cells.get(name, "") for name in LeadRow.model_fields if name != "origin"}

    def _further(self, fields: Mapping[str, str]) -> Iterable[str]:
        """Yield what the portal's own fields say, for the note: they have no columns."""
        usual = {field.name for field in FIELDS} | {"referrer", "consent_version"}
        names = dict.fromkeys((*self._own_fields, *sorted(fields)))
        return (f"{name}: {fields[name]}" for name in names if name not in usual and fields.get(name))

    def _referral(self, lead: Lead, referrer_id: str, referrals: Sequence[Referral]) -> Referral:
        came = lead.received_at.astimezone(self._zone).date()
        is_own = lead.kind is Kind.SELF
        cells: dict[str, str | date] = {
            "referral_id": next_id(referrals, lead.key, came.year),
            "received_on": came,
            "referrer_id": referrer_id,
            "prospect": line(lead.fields.get("company", "")) or line(lead.fields.get("prospect", "")) or _nameless(lead),
            "prospect_domain": own_domain(lead.fields.get("contact", "")),
            # Whoever wrote themselves read beside the button what is kept of them. That a sender told them is the sender's word.
            "prospect_told_on": came if is_own else "",
            "status": Status.RECEIVED.value,
            "status_on": came,
            "source": "inbound" if is_own and not lead.fields.get("referrer") else "referral",
            "lead_key": lead.key,
        }
        return Referral.model_validate({name: value for name, value in cells.items() if value})


def _nameless(lead: Lead) -> str:
    """Return what stands for a name that was not given; another for each lead, for equal names are one prospect."""
    return f"no name ({lead.key[:8]})"


def _changed(former: LeadRow, row: Cells) -> Cells:
    """Return the cells that say something new; a box is as it was ticked last, and a text that was taken out stays."""
    return {
        name: text
        for name, text in row.items()
        if name not in _KEPT and (text or name in _TICKS) and text != _text(getattr(former, name))
    }


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value).replace("\r\n", "\n")


def _by_code(people: Iterable[Referrer]) -> Mapping[str, str]:
    """Return whose each code is, case folded: a present code before a former one, and an id where somebody may have typed it."""
    found: dict[str, str] = {}
    ranked = [[(each.link_code, each) for each in people]]
    ranked += [[(code, each) for each in people for code in each.old_codes], [(each.referrer_id, each) for each in people]]
    for codes in ranked:
        for code, person in codes:
            if code:
                found.setdefault(code.casefold(), person.referrer_id)
    return found


def _by_address(people: Iterable[Referrer]) -> Mapping[str, str]:
    """Return whose each e-mail address is; one that several share is nobody's."""
    found: dict[str, str] = {}
    for person in people:
        if person.email:
            plain = person.email.casefold()
            found[plain] = "" if plain in found else person.referrer_id
    return found
