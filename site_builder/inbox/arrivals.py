"""What has come in and is not in the tables yet: a row of leads.csv for each lead, and one of referrals.csv for each new one."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from site_builder.model.record import Row
from site_builder.model.tables import Lead as LeadRow
from site_builder.model.tables import Referral, Referrer, Status

_LINES: Final = ("prospect", "contact", "referrer_contact", "referrer_name", "company", "trigger", "call_when")
_TICKS: Final = ("may_name", "told")
# What the first submission said stays: when it came and from whom, and whether somebody has looked at it.
_KEPT: Final = frozenset({"lead_key", "received_at", "referrer_id", "suspected"})
_ERASED: Final = "erased-"
_SHORT: Final = 16
_LONGEST_CODE: Final = 64
_CODE: Final = "link code"
_NO_PAGE: Final = "sent from: no page that says so"

Cells = Mapping[str, str]
"""A column's name → its text."""
_NONE: Final[Cells] = {}
_NAMES: Final = ("company", "prospect", "contact")


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
    code: a link code that is nobody's, "" for none. edits: cells of the referral that is there, which change with what the form
    says now; differs: they would, but somebody has been at work on that row, so they stay.
    """

    lead: Lead
    row: Cells
    is_new: bool
    referral: Referral | None
    referral_id: str
    sender: Sender
    referrer_id: str
    code: str = ""
    edits: Cells = field(default_factory=dict)
    differs: bool = False


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
    """Return the portal with the new and changed referrals, speaking for the latest one's day if that is later than its own."""
    all_found = tuple(found)
    new = tuple(each.referral for each in all_found if each.referral is not None)
    edits = {each.referral_id: each.edits for each in all_found if each.edits}
    former = tuple(row.model_copy(update=dict(edits.get(row.referral_id, {}))) for row in portal.referrals)
    as_of = max((portal.as_of, *(each.received_on for each in new)))
    return replace(portal, as_of=as_of, referrals=(*former, *new))


def tombstone(key: str) -> str:
    """Return what stands in lead_key for somebody who was erased: the key cannot be had from it, and is known again by it."""
    return _ERASED + hashlib.sha256(key.encode()).hexdigest()[:_SHORT]


def is_tombstone(lead_key: str) -> bool:
    """Whether a row of leads.csv is of somebody who was erased."""
    return lead_key.startswith(_ERASED)


def cells_of(row: Row) -> Cells:
    """Return a row as text, without the columns it leaves empty."""
    values = {name: _text(getattr(row, name)) for name in type(row).model_fields if name != "origin"}
    return {name: text for name, text in values.items() if text}


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
        former = self.rows.get(lead.key)
        code = self._strange_code(lead)
        row: Cells = self._row(lead, person, former)
        name, edits, differs = "", _NONE, False
        if former is not None:
            row = _changed(former, row)
            if referral is not None:
                edits, differs = _renamed(referral, former, row, lead.key)
        new = None
        if former is None and referral is None:
            new = referral = self._referral(lead, person, referrals)
        if referral is not None:
            name = referral.referral_id
        return Arrival(lead, row, former is None, new, name, sender, person, code, edits, differs)

    def _strange_code(self, lead: Lead) -> str:
        """Return a link code that is nobody's, as it may be printed; "" for none."""
        code = line(lead.fields.get("referrer", ""), _LONGEST_CODE)
        return "" if code.casefold() in self._codes else code

    def _sender(self, lead: Lead) -> tuple[Sender, str]:
        code = lead.fields.get("referrer", "").strip().casefold()
        if code:
            return (Sender.CODE, self._codes[code]) if code in self._codes else (Sender.STRANGE_CODE, "")
        known = self._addresses.get(address(lead.fields.get("referrer_contact", "")), "")
        return (Sender.ADDRESS, known) if known else (Sender.UNKNOWN, "")

    def _row(self, lead: Lead, referrer_id: str, former: LeadRow | None) -> dict[str, str]:
        fields = lead.fields
        further = (*self._further(fields), *self._marks(lead, former))
        cells = {
            "lead_key": lead.key,
            "received_at": lead.received_at.astimezone(self._zone).isoformat(timespec="seconds"),
            **{name: line(fields.get(name, "")) for name in _LINES},
            **{name: tick(fields.get(name, "")) for name in _TICKS},
            "referrer_id": referrer_id,
            "note": note("\n".join((fields.get("note", ""), *further))),
            "consent_version": line(fields.get("consent_version", "")),
        }
        return {name: cells.get(name, "") for name in LeadRow.model_fields if name != "origin"}

    def _further(self, fields: Mapping[str, str]) -> Iterable[str]:
        """Yield what the portal's own fields say, for the note: they have no columns."""
        usual = {field.name for field in FIELDS} | {"referrer", "consent_version"}
        names = dict.fromkeys((*self._own_fields, *sorted(fields)))
        return (f"{name}: {fields[name]}" for name in names if name not in usual and fields.get(name))

    def _marks(self, lead: Lead, former: LeadRow | None) -> Iterable[str]:
        """Yield what has no column and says where a lead came from; a code that became somebody's later stays."""
        said = f"{_CODE}: {line(lead.fields.get('referrer', ''), _LONGEST_CODE)}"
        if self._strange_code(lead) or (former is not None and said in (former.note or "").splitlines()):
            yield said
        if lead.origin_missing:
            yield _NO_PAGE

    def _referral(self, lead: Lead, referrer_id: str, referrals: Sequence[Referral]) -> Referral:
        came = lead.received_at.astimezone(self._zone).date()
        is_own = lead.kind is Kind.SELF
        cells: dict[str, str | date] = {
            "referral_id": next_id(referrals, lead.key, came.year),
            "received_on": came,
            "referrer_id": referrer_id,
            "prospect": line(lead.fields.get("company", "")) or line(lead.fields.get("prospect", "")) or _nameless(lead.key),
            "prospect_domain": own_domain(lead.fields.get("contact", "")),
            # Whoever wrote themselves read beside the button what is kept of them. That a sender told them is the sender's word.
            "prospect_told_on": came if is_own else "",
            "status": Status.RECEIVED.value,
            "status_on": came,
            "source": "inbound" if is_own and not lead.fields.get("referrer") else "referral",
            "lead_key": lead.key,
        }
        return Referral.model_validate({name: value for name, value in cells.items() if value})


def _nameless(key: str) -> str:
    """Return what stands for a name that was not given; another for each lead, for equal names are one prospect."""
    return f"no name ({key[:8]})"


def _renamed(referral: Referral, former: LeadRow, changed: Cells, key: str) -> tuple[Cells, bool]:
    """Return what a later submission changes of a referral, and whether it would have changed what its owner has been at.

    A cell is as the inbox wrote it where it says what the lead's row said until now; once the status has moved on, none is.
    """
    before = _naming({name: _text(getattr(former, name)) for name in _NAMES}, key)
    after = _naming({name: changed.get(name, _text(getattr(former, name))) for name in _NAMES}, key)
    present = {name: _text(getattr(referral, name)) for name in after}
    wanted = {name: text for name, text in after.items() if text and text not in {before[name], present[name]}}
    if not wanted:
        return _NONE, False
    if referral.status is not Status.RECEIVED or any(present[name] != before[name] for name in wanted):
        return _NONE, True
    return wanted, False


def _naming(cells: Cells, key: str) -> Cells:
    """Return what a referral calls its prospect after the cells of its lead."""
    return {
        "prospect": cells["company"] or cells["prospect"] or _nameless(key),
        "prospect_domain": own_domain(cells["contact"]),
    }


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
    if isinstance(value, tuple):
        return ";".join(map(str, value))
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
