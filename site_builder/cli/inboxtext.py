"""What portal inbox says: a line for each lead, by its ids, and below it what is to be looked at or done first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import Final

from site_builder.cli.asjson import document
from site_builder.inbox.arrivals import Arrival, Arrivals, Sender
from site_builder.inbox.claims import Flag
from site_builder.inbox.claims import place as row_place
from site_builder.inbox.writing import LEADS, REFERRALS, Change
from site_builder.leads.snapshot import Kind
from site_builder.load.csvtext import CsvRow, Sheet, open_sheet
from site_builder.load.text import decode
from site_builder.model.portal import Portal

_REFERRERS: Final = "data/referrers.csv"
_SHORT: Final = 8
_SHOWN: Final = (
    *("received_at", "prospect", "contact", "company", "referrer_id", "referrer_contact", "referrer_name"),
    *("trigger", "call_when", "told", "note"),
)


def said(portal: Portal, found: Sequence[Arrival], flagged: Mapping[str, Flag], planned: Sequence[Change]) -> str:
    """Return a line for each lead and those that belong to it; planned: the tables as they were written. "" for no lead."""
    lines = _lines(planned, portal)
    return "".join(f"{each}\n" for arrival in found for each in _arrival(portal, arrival, flagged, lines))


def doubt(arrival: Arrival, portal_id: str | None) -> str:
    """Return what a suspected lead says, for whoever decides, and what to type then; portal_id: as it was typed."""
    key = arrival.lead.key
    option = "" if portal_id is None else f" --portal-id {quote(portal_id)}"
    cells = [(name, arrival.row.get(name, "")) for name in _SHOWN]
    rows = [(name, text.replace("\n", " / ")) for name, text in cells if text]
    rows.insert(0, ("suspected", "; ".join(arrival.lead.suspected)))
    rows.append(("a person's", f"portal inbox --accept {key}{option}"))
    rows.append(("a robot's", f"portal erase --key {key}{option}"))
    width = max(len(name) for name, _ in rows)
    below = "".join(f"  {name.ljust(width)}  {text}\n" for name, text in rows)
    return f"{key}{f' (more about {arrival.referral_id})' if not arrival.is_new else ''}\n{below}"


def as_json(portal: Portal, found: Arrivals, flagged: Mapping[str, Flag], planned: Sequence[Change]) -> str:
    """Return {"arrivals": […], "suspected": […]}, by ids as the text; planned: the tables as they were written."""
    lines = _lines(planned, portal)
    entries = [_entry(each, flagged.get(each.referral_id), lines.get(each.referral_id)) for each in found.arrivals]
    return document({"arrivals": entries, "suspected": [_entry(each, None, None) for each in found.suspected]})


def _entry(arrival: Arrival, flag: Flag | None, line: int | None) -> Mapping[str, object]:
    """Return a lead for a program. line: of its row in referrals.csv, null where that was not written."""
    looked = None if flag is None else {"why": flag.why, "other": flag.other or flag.earlier}
    return {
        "lead_key": arrival.lead.key,
        "received_at": arrival.lead.received_at.isoformat(),
        "kind": arrival.lead.kind.value,
        "is_new": arrival.referral is not None,
        "referral": arrival.referral_id or None,
        "line": line,
        "referrer": arrival.referrer_id or None,
        "known_by": arrival.sender.value,
        "strange_code": arrival.code or None,
        "origin_missing": arrival.lead.origin_missing,
        "suspected": list(arrival.lead.suspected),
        "columns": [] if arrival.is_new else list(arrival.row),
        "prospect_changed": bool(arrival.edits),
        "prospect_differs": arrival.differs,
        "look_first": looked,
    }


def _arrival(portal: Portal, arrival: Arrival, flagged: Mapping[str, Flag], lines: Mapping[str, int]) -> Iterator[str]:
    name = arrival.referral_id or f"the lead {arrival.lead.key[:_SHORT]}…"
    if arrival.referral is None:
        yield f"{name}: {_added(arrival)}."
        yield from _renamed(arrival, lines)
    else:
        yield f"{name} is new: received {arrival.referral.received_on}, {_sender(arrival)}."
        if arrival.referral.received_on > portal.as_of and portal.settings.as_of is not None:
            yield f"  {name} came after {portal.as_of}, for which the portal speaks (as_of in data/portal.yaml)."
        if arrival.lead.origin_missing:
            yield "  It came from a browser that does not say from which page; look whether it makes sense."
        yield from _next(arrival, _at(name, lines))
    if flag := flagged.get(arrival.referral_id):
        other = f" ({flag.other})" if flag.other else _place(flag.earlier, lines)
        yield f"  Look first: the prospect of {name}{_place(name, lines)} {flag.why}{other}."


def _next(arrival: Arrival, at: str) -> Iterator[str]:
    """Yield what to do about a sender who is not known; a friend who wrote on their own has none."""
    row = arrival.row
    words = [text for text in (row.get("referrer_name"), row.get("referrer_contact")) if text]
    who = ", ".join(words)
    if arrival.sender is Sender.STRANGE_CODE:
        wrote = f" The sender wrote: {who}." if who else ""
        yield (
            f"  Next: if you know whose link that was, type their referrer_id into {at}, and the code into their old_codes in"
            f" {_REFERRERS}.{wrote}"
        )
    elif arrival.sender is Sender.UNKNOWN and arrival.lead.kind is Kind.REFERRAL:
        whom = f"for them ({who})" if who else "for them, if you find out who they are,"
        yield f"  Next: add a row {whom} to {_REFERRERS}, then type its referrer_id into {at}."


def _renamed(arrival: Arrival, lines: Mapping[str, int]) -> Iterator[str]:
    at = _at(arrival.referral_id, lines)
    if arrival.edits:
        yield f"  {' and '.join(arrival.edits)} in {at} changed with it."
    if arrival.differs:
        yield f"  {at} stays as you edited it; see whether its prospect should say what {LEADS} says now."


def _at(name: str, lines: Mapping[str, int]) -> str:
    """Return where a referral's row stands."""
    return f"{REFERRALS}, line {lines[name]}" if name in lines else REFERRALS


def _place(name: str, lines: Mapping[str, int]) -> str:
    """Return where a referral's row stands, in brackets; "" where that is not known."""
    return f" ({_at(name, lines)})" if name in lines else ""


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
            return f"{by} by a link whose code{f', {arrival.code},' if arrival.code else ''} is nobody's, so it names no referrer"
        case _:
            return f"sent by somebody who is not in {_REFERRERS}"


def _lines(planned: Sequence[Change], portal: Portal) -> Mapping[str, int]:
    """Return the line of each referral in the table as it was written, or as it is."""
    content = next((each.content for each in planned if each.path == REFERRALS), None)
    if content is None:
        return {each.referral_id: each.origin.source.line for each in portal.referrals if row_place(each)}
    text = decode(content, REFERRALS)
    sheet = open_sheet(text, REFERRALS, ("referral_id",)) if isinstance(text, str) else text
    if not isinstance(sheet, Sheet):
        return {}
    at = sheet.labels.index("referral_id")
    return {row.cells[at]: row.line for row in sheet.rows() if isinstance(row, CsvRow) and at < len(row.cells)}
