"""What to look at before anybody calls: the sender's own firm, a client, or somebody who was sent before; with both rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from site_builder.inbox.arrivals import Arrival, with_arrivals
from site_builder.inbox.freemail import address
from site_builder.model.marks import Origin
from site_builder.model.portal import Portal
from site_builder.model.record import Row
from site_builder.rules.incentives.claims import voids
from site_builder.rules.incentives.trace import Step, StepName

# Who is sent by nobody known has no claim to lose, and is looked at all the same. No id has a capital letter.
_SOMEBODY: Final = "Somebody"


@dataclass(frozen=True, slots=True)
class Flag:
    """Why a new referral is to be looked at. other: where the row it meets stands, "" where that is new too, or its own.

    earlier: the id of that row where it is new too, "" otherwise.
    """

    referral_id: str
    why: str
    other: str
    earlier: str = ""


def flags(portal: Portal, found: Iterable[Arrival]) -> Mapping[str, Flag]:
    """Return what is to be looked at, by the new referral's id, or by the changed one's. portal: without them."""
    new = [each for each in found if each.referral is not None or each.edits]
    judged = with_arrivals(portal, [_claimed(each) for each in new])
    why = voids(judged)
    rows = {each.referral_id: each for each in portal.referrals}
    flagged = {}
    for each in new:
        if step := why.get(each.referral_id):
            flagged[each.referral_id] = _flag(each.referral_id, step, portal, rows)
        elif _is_own(each, portal):
            flagged[each.referral_id] = Flag(each.referral_id, "is to be reached where its sender is: they sent themselves", "")
    return flagged


def place(row: Row) -> str:
    """Return where a row stands, "data/clients.csv, line 12"; "" for one that was not read from a file."""
    source = row.origin.source
    return f"{source.path}, line {source.line}" if row.origin != Origin() and source.line else ""


def _claimed(arrival: Arrival) -> Arrival:
    referral = arrival.referral
    if referral is None or referral.referrer_id is not None:
        return arrival
    return replace(arrival, referral=referral.model_copy(update={"referrer_id": _SOMEBODY}))


def _flag(name: str, step: Step, portal: Portal, rows: Mapping[str, Row]) -> Flag:
    match step.name:
        case StepName.SELF_REFERRAL:
            client = str(step.values["client"])
            return Flag(name, f"is the sender's own firm, {client}", place(portal.client_by_id[client]))
        case StepName.EXISTING_CLIENT:
            client = str(step.values["client"])
            return Flag(name, f"is a client already, {client}", place(portal.client_by_id[client]))
        case _:
            first = str(step.values["referral"])
            why = f"was sent before, as {first} on {step.values['on']}"
            return Flag(name, why, place(rows[first])) if first in rows else Flag(name, why, "", first)


def _is_own(arrival: Arrival, portal: Portal) -> bool:
    """Whether the friend's address is the sender's; of two numbers nobody can say, for they are written in many ways."""
    fields = arrival.lead.fields
    friend = address(fields.get("contact", ""))
    emails = (person.email for person in portal.referrers if person.referrer_id == arrival.referrer_id)
    return bool(friend) and friend in {address(fields.get("referrer_contact", "")), *(address(each or "") for each in emails)}
