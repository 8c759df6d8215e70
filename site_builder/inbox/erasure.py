"""A person taken out of the tables: of the referral its days and its sender stay, of the lead nothing but that it was erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from site_builder.edit import append_rows, change_cells
from site_builder.inbox.arrivals import is_tombstone, tombstone
from site_builder.inbox.writing import LEADS, REFERRALS, Change, header
from site_builder.leads.snapshot import Lead, mentions
from site_builder.model.portal import Portal
from site_builder.model.record import Row
from site_builder.model.tables import Lead as LeadRow
from site_builder.model.tables import Referral
from site_builder.rules.incentives.claims import ERASED

SENDERS: Final = ("referrer_contact", "referrer_name")
"""What the sender wrote of themselves in a lead."""
_NAMING: Final = ("prospect_domain", "lead_key")


@dataclass(frozen=True, slots=True)
class Person:
    """Who is to be erased; one of the three, "" for the others."""

    key: str = ""
    referral_id: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Where they stand. keys: of their leads; leads: the rows that go; senders: rows that stay without who sent them.

    referrals: the rows that lose their prospect; others: rows that are not the inbox's and hold the address, which stay.
    gone: the tombstones that stand in leads.csv already.
    """

    keys: tuple[str, ...]
    leads: tuple[LeadRow, ...]
    senders: tuple[LeadRow, ...]
    referrals: tuple[Referral, ...]
    others: tuple[Row, ...]
    gone: frozenset[str]

    @property
    def is_none(self) -> bool:
        """Whether no table of the inbox's names them."""
        return not (self.leads or self.senders or self.referrals)


def erasure(portal: Portal, person: Person, stored: Iterable[Lead]) -> Erasure:
    """Find a person in the tables. stored: what the receiver holds of them.

    A referral whose lead was erased before is among them: that run was interrupted.
    """
    wanted = {person.key, *(each.lead_key or "" for each in portal.referrals if each.referral_id == person.referral_id)} - {""}
    wanted |= {lead.key for lead in stored if not person.email or is_friend(lead.fields, person.email)}
    friends = [row for row in portal.leads if person.email and is_friend(_fields(row), person.email)]
    keys = wanted | {row.lead_key for row in friends}
    gone = frozenset(row.lead_key for row in portal.leads if is_tombstone(row.lead_key))
    senders = (row for row in portal.leads if person.email and row.lead_key not in keys)
    return Erasure(
        keys=tuple(sorted(keys)),
        leads=tuple(row for row in portal.leads if row.lead_key in keys),
        senders=tuple(row for row in senders if mentions({"": row.referrer_contact or ""}, person.email)),
        referrals=tuple(
            each
            for each in portal.referrals
            if _names_somebody(each)
            and (each.referral_id == person.referral_id or each.lead_key in keys or tombstone(each.lead_key or "") in gone)
        ),
        others=tuple(_others(portal, person.email.strip().casefold())),
        gone=gone,
    )


def erased(found: Erasure, former: Mapping[str, bytes | None]) -> tuple[Change, ...]:
    """Return what becomes of the tables, in the order in which they are to be written; former: their bytes by path.

    First the lead, then the referral: what is left of the one leads the next run to the other, should this one be interrupted.
    """
    leads, referrals = former[LEADS], former[REFERRALS]
    emptied = {row.lead_key: {**dict.fromkeys(_filled(row), ""), "lead_key": tombstone(row.lead_key)} for row in found.leads}
    unsent = {row.lead_key: dict.fromkeys((name for name in SENDERS if getattr(row, name)), "") for row in found.senders}
    cells = {**emptied, **unsent}
    content = change_cells(leads, cells, key="lead_key") if leads is not None and cells else leads
    # Fetched by somebody else, whose leads.csv is not this one
    lost = {each.lead_key for each in found.referrals if each.lead_key} & set(found.keys) - set(emptied)
    if rows := [{"lead_key": tombstone(key)} for key in sorted(lost) if tombstone(key) not in found.gone]:
        content = append_rows(header(LeadRow) if content is None else content, rows, key="lead_key")
    nameless = {
        each.referral_id: {"prospect": ERASED, **dict.fromkeys((name for name in _NAMING if getattr(each, name)), "")}
        for each in found.referrals
    }
    edited = change_cells(referrals, nameless, key="referral_id") if referrals is not None and nameless else referrals
    planned = (Change(LEADS, leads, content or b""), Change(REFERRALS, referrals, edited or b""))
    return tuple(each for each in planned if not each.is_none)


def is_friend(fields: Mapping[str, str], email: str) -> bool:
    """Whether an address stands anywhere but where the sender wrote their own."""
    return mentions({name: text for name, text in fields.items() if name not in SENDERS}, email)


def _fields(row: LeadRow) -> Mapping[str, str]:
    return {name: value for name in _filled(row) if isinstance(value := getattr(row, name), str)}


def _filled(row: LeadRow) -> tuple[str, ...]:
    """Return the columns that say something."""
    return tuple(name for name in LeadRow.model_fields if name != "origin" and getattr(row, name))


def _names_somebody(referral: Referral) -> bool:
    return referral.prospect.casefold() != ERASED or any(getattr(referral, name) for name in _NAMING)


def _others(portal: Portal, email: str) -> Iterable[Row]:
    """Yield the clients and referrers who have this address: with them there is more between you than a lead."""
    if email:
        yield from (each for each in portal.clients if (each.contact_email or "").casefold() == email)
        yield from (each for each in portal.referrers if (each.email or "").casefold() == email)
