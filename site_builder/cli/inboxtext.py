"""What portal inbox says: a line for each lead, by its ids, and below it what is to be looked at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from site_builder.inbox.arrivals import Arrival, Sender
from site_builder.inbox.claims import Flag
from site_builder.inbox.writing import LEADS, REFERRALS, Change
from site_builder.leads.snapshot import Kind
from site_builder.load.csvtext import CsvRow, Sheet, open_sheet
from site_builder.load.text import decode
from site_builder.model.portal import Portal

_SHORT: Final = 8
_SHOWN: Final = (
    *("received_at", "prospect", "contact", "company", "referrer_id", "referrer_contact", "referrer_name"),
    *("trigger", "call_when", "told", "note"),
)


def said(portal: Portal, found: Sequence[Arrival], flagged: Mapping[str, Flag], planned: Sequence[Change]) -> str:
    """Return a line for each lead and one for each flag; planned: the tables as they were written. "" for no lead."""
    lines = _lines(planned)
    return "".join(f"{each}\n" for arrival in found for each in _arrival(portal, arrival, flagged, lines))


def doubt(arrival: Arrival) -> str:
    """Return what a suspected lead says, for whoever decides, and how to accept it."""
    cells = [(name, arrival.row.get(name, "")) for name in _SHOWN]
    rows = [(name, text.replace("\n", " / ")) for name, text in cells if text]
    rows.insert(0, ("suspected", "; ".join(arrival.lead.suspected)))
    width = max(len(name) for name, _ in rows)
    below = "".join(f"  {name.ljust(width)}  {text}\n" for name, text in rows)
    return f"{arrival.lead.key}{f' (more about {arrival.referral_id})' if not arrival.is_new else ''}\n{below}"


def _arrival(portal: Portal, arrival: Arrival, flagged: Mapping[str, Flag], lines: Mapping[str, int]) -> Iterator[str]:
    name = arrival.referral_id or f"the lead {arrival.lead.key[:_SHORT]}…"
    if arrival.referral is None:
        yield f"{name}: {_added(arrival)}."
        return
    yield f"{name} is new: received {arrival.referral.received_on}, {_sender(arrival)}."
    if arrival.referral.received_on > portal.as_of and portal.settings.as_of is not None:
        yield f"  {name} came after {portal.as_of}, for which the portal speaks (as_of in data/portal.yaml)."
    if flag := flagged.get(arrival.referral_id):
        other = f" ({flag.other})" if flag.other else _place(flag.earlier, lines)
        yield f"  Look first: the prospect of {name}{_place(name, lines)} {flag.why}{other}."


def _place(name: str, lines: Mapping[str, int]) -> str:
    """Return where a new referral's row stands, in brackets; "" where that is not known."""
    return f" ({REFERRALS}, line {lines[name]})" if name in lines else ""


def _added(arrival: Arrival) -> str:
    if arrival.is_new:
        return f"its details are in {LEADS} now"
    names = list(arrival.row)
    listed = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
    return f"{listed} {'was' if len(names) == 1 else 'were'} added or changed"


def _sender(arrival: Arrival) -> str:
    person = arrival.referrer_id
    if arrival.lead.kind is Kind.SELF and arrival.sender is Sender.UNKNOWN:
        return "and the friend wrote themselves"
    by = "and the friend wrote themselves, sent" if arrival.lead.kind is Kind.SELF else "sent"
    match arrival.sender:
        case Sender.CODE:
            return f"{by} by {person}"
        case Sender.ADDRESS:
            return f"sent by {person}, by their e-mail address"
        case Sender.STRANGE_CODE:
            return f"{by} by a link whose code is nobody's, so it names no referrer"
        case _:
            return f"sent by somebody who is not in data/referrers.csv; how to reach them stands in {LEADS}"


def _lines(planned: Sequence[Change]) -> Mapping[str, int]:
    """Return the line of each referral in the table as it was written."""
    content = next((each.content for each in planned if each.path == REFERRALS), b"")
    text = decode(content, REFERRALS)
    sheet = open_sheet(text, REFERRALS, ("referral_id",)) if isinstance(text, str) else text
    if not isinstance(sheet, Sheet):
        return {}
    at = sheet.labels.index("referral_id")
    return {row.cells[at]: row.line for row in sheet.rows() if isinstance(row, CsvRow) and at < len(row.cells)}
